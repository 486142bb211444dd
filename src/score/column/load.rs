//! From columns of a table to registers.

use super::steps::Loaded;
use super::table::{Column, Values};
use super::whole::Whole;

/// The range in units of the table, and what brings them to the program's.
struct Scale {
    least: i64,
    greatest: i64,
    times: i64,
    by: i64,
}

fn scale(how: &Loaded, scale: u32) -> Scale {
    let power = |places: u32| 10_i64.checked_pow(places).unwrap_or(1);
    let (times, by) = (
        power(how.places.saturating_sub(scale)),
        power(scale.saturating_sub(how.places)),
    );
    let (many, few) = (i128::from(times), i128::from(by));
    let brought = |end: i128| end.saturating_mul(few);
    Scale {
        // Towards the inside of the range.
        least: i64::of(brought(how.least).saturating_neg().div_euclid(many).saturating_neg()),
        greatest: i64::of(brought(how.greatest).div_euclid(many)),
        times,
        by,
    }
}

/// Numbers held within their range, brought to the program's scale.
fn scaled<W: Whole>(out: &mut [W], values: impl Iterator<Item = i64>, scale: &Scale) -> bool {
    let times = W::from_i64(scale.times);
    let mut beyond = false;
    for (out, value) in out.iter_mut().zip(values) {
        let held = value.max(scale.least).min(scale.greatest);
        beyond |= held != value;
        let whole = if scale.by == 1 {
            held
        } else {
            held.checked_div(scale.by).unwrap_or(0)
        };
        *out = W::from_i64(whole).times(times);
    }
    beyond
}

/// Fills a register; whether a value had to be brought into its declared range.
pub(super) fn load<W: Whole>(out: &mut [W], column: &Column<'_>, how: &Loaded, start: usize) -> bool {
    let mut beyond = false;
    match &column.values {
        Values::Number { values, scale: places } => {
            let scale = scale(how, *places);
            let values = values.get(start..).unwrap_or_default();
            if scale.times == 1 && scale.by == 1 {
                return W::held(out, values, scale.least, scale.greatest);
            }
            beyond = scaled(out, values.iter().copied(), &scale);
        }
        Values::Narrow { values, scale: places } => {
            let scale = scale(how, *places);
            let values = values.get(start..).unwrap_or_default();
            if scale.times == 1 && scale.by == 1 {
                return W::held_narrow(out, values, scale.least, scale.greatest);
            }
            beyond = scaled(out, values.iter().map(|value| i64::from(*value)), &scale);
        }
        Values::Truth(values) => {
            for (out, value) in out.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                *out = W::truth(*value != 0);
            }
        }
        Values::Word(values) => {
            for (out, value) in out.iter_mut().zip(values.get(start..).unwrap_or_default()) {
                let word = usize::try_from(*value).ok().and_then(|word| how.words.get(word));
                beyond |= word.is_none();
                *out = W::of(word.copied().unwrap_or(how.least));
            }
        }
        // Every row of such a column is open.
        Values::Absent | Values::Text(_) | Values::Events { .. } => out.fill(W::of(how.least)),
    }
    beyond
}

/// The first of these rows that is computed here and lies outside of the declared range.
pub(super) fn outside(column: &Column<'_>, how: &Loaded, rows: std::ops::Range<usize>, open: &[bool]) -> Option<usize> {
    let mut rows = rows.filter(|row| open.get(*row) != Some(&true));
    rows.find(|row| match &column.values {
        values @ (Values::Number { .. } | Values::Narrow { .. }) => {
            let scale = scale(how, values.scale().unwrap_or(0));
            let value = values.number(*row);
            value.is_some_and(|value| value < scale.least || value > scale.greatest)
        }
        Values::Word(values) => values.get(*row).is_some_and(|word| {
            let word = usize::try_from(*word).ok();
            word.is_none_or(|word| word >= how.words.len())
        }),
        _ => false,
    })
}

/// Whether a number of the table has more places than the program keeps.
pub(super) fn is_finer(column: &Column<'_>, how: &Loaded, row: usize) -> bool {
    match column.values.scale() {
        Some(places) if places > how.places => {
            let by = scale(how, places).by;
            let value = column.values.number(row);
            value.is_some_and(|value| value.checked_rem(by) != Some(0))
        }
        _ => false,
    }
}
