//! Columns that outlive a block.

use super::steps::{Source, Width};
use super::whole::Whole;

/// A column, as wide as its values need.
#[derive(Debug)]
pub(super) enum Kept {
    Middle(Vec<i64>),
    Wide(Vec<i128>),
}

/// Memory of columns that nobody reads any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Spare(Vec<Vec<i64>>);

impl Spare {
    pub(super) fn take(&mut self) -> Vec<i64> {
        let mut column = self.0.pop().unwrap_or_default();
        column.clear();
        column
    }

    pub(super) fn give(&mut self, column: Vec<i64>) {
        if column.capacity() > 0 {
            self.0.push(column);
        }
    }
}

impl Kept {
    /// An empty column with room for so many rows.
    pub(super) fn new(width: Width, rows: usize, spare: &mut Spare) -> Kept {
        match width {
            Width::Narrow | Width::Middle => {
                let mut column = spare.take();
                column.reserve(rows);
                Kept::Middle(column)
            }
            Width::Wide => Kept::Wide(Vec::with_capacity(rows)),
        }
    }

    /// Puts a value behind the column, which holds it.
    pub(super) fn push(&mut self, value: i128) {
        match self {
            Kept::Middle(column) => column.push(i64::of(value)),
            Kept::Wide(column) => column.push(value),
        }
    }

    /// The value of a row.
    pub(super) fn value(&self, row: usize) -> i128 {
        let value = match self {
            Kept::Middle(column) => column.get(row).copied().map(i128::from),
            Kept::Wide(column) => column.get(row).copied(),
        };
        value.unwrap_or(0)
    }
}

impl Default for Kept {
    fn default() -> Kept {
        Kept::Middle(Vec::new())
    }
}

/// A column of results as `i64`: the compiler has proven that they fit.
pub(super) fn told(source: Source, kept: &mut [Kept], uses: &mut [usize], rows: usize, spare: &mut Spare) -> Vec<i64> {
    let mut told = spare.take();
    match source {
        Source::Constant(number) => told.resize(rows, i64::of(number)),
        Source::Kept(place) => {
            let left = uses.get_mut(place).map(|uses| {
                *uses = uses.saturating_sub(1);
                *uses
            });
            match kept.get_mut(place) {
                None => {}
                Some(Kept::Middle(column)) if left == Some(0) => {
                    spare.give(told);
                    return std::mem::take(column);
                }
                Some(Kept::Middle(column)) => told.extend_from_slice(column),
                Some(Kept::Wide(column)) => told.extend(column.iter().map(|value| i64::of(*value))),
            }
        }
    }
    told
}
