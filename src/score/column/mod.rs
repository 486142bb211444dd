//! The core form over columns: many subjects at once, as exact as the run over one.
//!
//! A plan is compiled once from a scheme. Numbers are whole numbers over a constant scale; every intermediate value is
//! proven from the declared ranges to fit 64 bits, or else 128. What is not proven, and rows in which something is
//! unknown or does not apply, are left to the exact run: such rows have a whole sheet with worst and best case. Where a
//! scheme compares subjects, one such row takes its whole cohort along, because ranks then have a worst and a best case.
//!
//! Ways through: `compile` gives steps, `blocks` runs them over a few hundred rows at a time, `groups` gathers between
//! stages, `exact` is the way out.

mod about;
mod blocks;
mod build;
mod compile;
mod exact;
mod explain;
mod groups;
mod read;
mod steps;
mod table;
mod whole;

use std::collections::BTreeMap;

pub use self::about::{About, Given, Wanted, WantedField};
use self::blocks::{is_finer, quotient};
use self::groups::Groups;
use self::steps::{LARGEST_GROUP, Steps, Told};
pub use self::table::{Column, Presence, Table, Values};
use self::whole::Whole;
use super::Sheet;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::Exact;
use crate::scheme::{Cell, Core, Scheme};

/// A scheme compiled for columns.
#[derive(Clone, Debug)]
pub struct ColumnPlan<'s> {
    scheme: &'s Scheme,
    steps: std::result::Result<Steps, &'static str>,
    compares: bool,
    looks_below: bool,
}

/// One result of every row: numerators over `per`, and over `denominators` where a quotient was never rounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The numerators.
    pub numerators: Vec<i64>,
    /// The denominators, above nought.
    pub denominators: Option<Vec<i64>>,
    /// What all numerators are over: 100 where they are hundredths.
    pub per: i64,
}

impl Amounts {
    /// The exact value of a row; `None` where there is no such row.
    pub fn value(&self, row: usize) -> Option<Exact> {
        let per = i128::from(self.per);
        let below = match &self.denominators {
            None => 1,
            Some(denominators) => i128::from(*denominators.get(row)?),
        };
        Exact::ratio(i128::from(*self.numerators.get(row)?), per.checked_mul(below)?)
    }
}

/// The results of a table. What columns say of a row that has a sheet does not count: its sheet does.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The points of every item, bonus and penalty, in the order of the sheet; penalties are negative.
    pub points: Vec<Amounts>,
    /// The total.
    pub total: Amounts,
    /// The place of the grade among the bands, after quotas.
    pub grade: Option<Amounts>,
    /// The place of the grade before quotas.
    pub earned_grade: Option<Amounts>,
    /// The rank in the cohort.
    pub rank: Option<Amounts>,
    /// The rows that the exact run scored, because something in them, in their cohort or in the scheme is not for
    /// columns. Worst and best case differ where something is unknown.
    pub sheets: BTreeMap<usize, Sheet>,
}

impl<'s> ColumnPlan<'s> {
    /// Compiles a scheme.
    ///
    /// # Errors
    /// A refusal for a scheme that includes results of other schemes: they are no part of a table.
    pub fn new(scheme: &'s Scheme) -> Result<Self> {
        if reads_results(scheme) {
            let (zh, en) = (
                "办法包含其他办法的结果，不能按列评分，请逐个评分",
                "the scheme includes results of others: score its subjects one by one",
            );
            return Err(Error::one(
                ErrorKind::Refused,
                Finding::error("column.results", "", zh, en),
            ));
        }
        let narrow = compile::compile(scheme, i128::from(i64::MAX));
        // Half of the width, so that twice a rest is still inside.
        let steps = narrow.or_else(|_| compile::compile(scheme, i128::MAX >> 1));
        let cells = &scheme.program().cells;
        let below = |cell: &Cell| matches!(cell, Cell::Gather(what) if what.scope == crate::scheme::core::Scope::Below);
        Ok(ColumnPlan {
            scheme,
            steps,
            compares: cells.iter().any(|cell| matches!(cell, Cell::Gather(_))),
            looks_below: cells.iter().any(below),
        })
    }

    /// Why all rows are left to the exact run, where they are.
    pub fn exact_because(&self) -> Option<&'static str> {
        self.steps.as_ref().err().copied()
    }

    /// The ids of the items, in the order of their points.
    pub fn items(&self) -> impl Iterator<Item = &'s str> {
        let nodes = self.scheme.layout().nodes.iter().filter(|node| !node.group);
        nodes.map(|node| node.id.as_str())
    }

    /// The width in bits in which columns are computed; `None` where they are not.
    pub fn bits(&self) -> Option<u32> {
        let steps = self.steps.as_ref().ok()?;
        Some(if steps.narrow { 64 } else { 128 })
    }

    /// Scores a table.
    ///
    /// # Errors
    /// A column that does not fit the declarations, a value outside of its declared range, and what the exact run refuses.
    pub fn score(&self, table: &Table<'_>) -> Result<Scored> {
        self.score_again(table, Scored::default())
    }

    /// Scores a table in the memory of results that are no longer needed: a host that scores again and again saves the
    /// cost of fresh memory, which is most of the cost of large tables.
    ///
    /// # Errors
    /// As [`ColumnPlan::score`].
    pub fn score_again(&self, table: &Table<'_>, used: Scored) -> Result<Scored> {
        if let Some((place, zh, en)) = table.misfit(self.scheme) {
            let pointer = format!("/columns/{place}");
            return Err(Error::one(
                ErrorKind::Document,
                Finding::error("column.misfit", pointer, zh, en),
            ));
        }
        let groups = Groups::of(table.cohorts, table.rows);
        let steps = self.steps.as_ref().ok().filter(|_| groups.largest() <= LARGEST_GROUP);
        let open = steps.map(|steps| self.open(steps, table, &groups));
        let mut scored = match (steps, &open) {
            (Some(steps), Some(open)) if steps.narrow => self.columns::<i64>(steps, table, &groups, open, used)?,
            (Some(steps), Some(open)) => self.columns::<i128>(steps, table, &groups, open, used)?,
            _ => Scored::default(),
        };
        let open = open.unwrap_or_else(|| vec![true; table.rows]);
        if !open.contains(&true) {
            return Ok(scored);
        }
        let together = match (self.looks_below, self.compares) {
            (true, _) => vec![(0..table.rows).collect()],
            (false, true) => groups.rows(),
            (false, false) => (0..table.rows).map(|row| vec![row]).collect(),
        };
        for rows in together {
            if rows.iter().any(|row| open.get(*row) == Some(&true)) {
                let sheets = exact::exact(self.scheme, table, &rows)?;
                scored.sheets.extend(rows.into_iter().zip(sheets));
            }
        }
        Ok(scored)
    }

    /// The rows that are left to the exact run.
    fn open(&self, steps: &Steps, table: &Table<'_>, groups: &Groups) -> Vec<bool> {
        let mut open = Vec::new();
        let pairs = table.columns.iter().zip(&steps.loaded);
        for (column, how) in pairs {
            let finer =
                matches!((&column.values, how), (Values::Number { scale, .. }, Some(how)) if *scale > how.places);
            let absent = matches!(column.values, Values::Absent) && how.is_some();
            if column.presence.is_none() && !finer && !absent {
                continue;
            }
            open.resize(table.rows, false);
            for (row, open) in open.iter_mut().enumerate() {
                let missing = !matches!(column.values, Values::Absent) && column.presence(row) != Presence::Known;
                *open |= absent || missing || how.as_ref().is_some_and(|how| is_finer(column, how, row));
            }
        }
        if self.compares && open.contains(&true) {
            for rows in groups.rows() {
                if rows.iter().any(|row| open.get(*row) == Some(&true)) {
                    for row in rows {
                        if let Some(open) = open.get_mut(row) {
                            *open = true;
                        }
                    }
                }
            }
        }
        open
    }

    fn columns<W: Whole>(
        &self,
        steps: &Steps,
        table: &Table<'_>,
        groups: &Groups,
        open: &[bool],
        used: Scored,
    ) -> Result<Scored> {
        let mut kept = blocks::run::<W>(steps, table, groups, open, used.into_columns()).map_err(|(place, row)| {
            let name = self
                .scheme
                .program()
                .inputs
                .get(place)
                .map(|input| &input.declaration.name);
            let name = name.cloned().unwrap_or_default();
            let zh = format!("“{name}”第 {row} 行（从 0 起）的值超出声明的范围，请核实");
            let en = format!("\"{name}\": the value of row {row} (from 0) lies outside of the declared range");
            let pointer = format!("/columns/{place}/{row}");
            Error::one(
                ErrorKind::Document,
                Finding::error("column.out_of_range", pointer, zh, en),
            )
        })?;
        let optional = [steps.grade, steps.earned, steps.rank];
        let all = steps.points.iter().copied().chain([steps.total]);
        let all: Vec<Told> = all.chain(optional.into_iter().flatten()).collect();
        let mut uses = blocks::uses(steps, &all);
        let mut amounts = |told: Told| Amounts {
            numerators: blocks::told(told.numerators, &mut kept, &mut uses, table.rows),
            denominators: told
                .denominators
                .map(|source| blocks::told(source, &mut kept, &mut uses, table.rows)),
            per: i64::of(told.per),
        };
        Ok(Scored {
            points: steps.points.iter().map(|told| amounts(*told)).collect(),
            total: amounts(steps.total),
            grade: steps.grade.map(&mut amounts),
            earned_grade: steps.earned.map(&mut amounts),
            rank: steps.rank.map(amounts),
            sheets: BTreeMap::new(),
        })
    }
}

impl Scored {
    /// The memory of all columns.
    fn into_columns(self) -> Vec<Vec<i64>> {
        let optional = [self.grade, self.earned_grade, self.rank].into_iter().flatten();
        let all = self.points.into_iter().chain([self.total]).chain(optional);
        all.flat_map(|amounts| [Some(amounts.numerators), amounts.denominators])
            .flatten()
            .collect()
    }
}

/// Columns without rows.
impl Default for Scored {
    fn default() -> Scored {
        Scored {
            points: Vec::new(),
            total: Amounts {
                numerators: Vec::new(),
                denominators: None,
                per: 1,
            },
            grade: None,
            earned_grade: None,
            rank: None,
            sheets: BTreeMap::new(),
        }
    }
}

fn reads_results(scheme: &Scheme) -> bool {
    let maps = scheme.program().cells.iter().filter_map(|cell| match cell {
        Cell::Map(core) => Some(core),
        Cell::Gather(_) => None,
    });
    let mut open: Vec<&Core> = maps.collect();
    while let Some(core) = open.pop() {
        if matches!(core, Core::Result(..) | Core::Grade(_) | Core::ByGrade(..)) {
            return true;
        }
        open.extend(core.parts());
    }
    false
}
