//! Steps over blocks of rows.

use super::groups::Groups;
use super::steps::{Binary, Loaded, Operand, Source, Stage, Step, Steps, Told, Way};
use super::table::{Column, Table, Values};
use super::whole::Whole;

/// Rows of a block: few enough for the registers of a stage to stay in the nearest cache.
const BLOCK: usize = 512;

/// A value outside of its declared range: input, row.
pub(super) type Outside = (usize, usize);

/// The columns that the program keeps, and inputs with a value outside of the declared range in a row of which all is
/// known.
pub(super) fn run<W: Whole>(
    steps: &Steps,
    table: &Table<'_>,
    groups: &Groups,
    open: &[bool],
    used: Vec<Vec<i64>>,
) -> Result<Vec<Vec<W>>, Outside> {
    let mut used = used.into_iter();
    let kept = (0..steps.kept).map(|_| used.next().map_or_else(Vec::new, W::reused));
    let mut kept: Vec<Vec<W>> = kept.collect();
    for stage in &steps.stages {
        for gathered in &stage.gathered {
            let column = groups.gather(gathered, &kept, table.rows);
            if let Some(slot) = kept.get_mut(gathered.into) {
                *slot = column;
            }
        }
        for filled in &stage.steps {
            if let Some(column) = filled.kept.and_then(|place| kept.get_mut(place)) {
                column.reserve(table.rows);
            }
        }
        stage_blocks(stage, steps, table, open, &mut kept)?;
    }
    Ok(kept)
}

fn stage_blocks<W: Whole>(
    stage: &Stage,
    steps: &Steps,
    table: &Table<'_>,
    open: &[bool],
    kept: &mut [Vec<W>],
) -> Result<(), Outside> {
    let mut registers: Vec<Vec<W>> = (0..stage.registers).map(|_| vec![W::ZERO; BLOCK]).collect();
    let mut start = 0;
    while start < table.rows && !stage.steps.is_empty() {
        let end = start.saturating_add(BLOCK).min(table.rows);
        let size = end.saturating_sub(start);
        for filled in &stage.steps {
            let Some(mut out) = registers.get_mut(filled.register).map(std::mem::take) else {
                continue;
            };
            let slots = out.get_mut(..size).unwrap_or_default();
            match filled.step {
                Step::Input(place) => {
                    let column = table.columns.get(place);
                    let how = steps.loaded.get(place).and_then(Option::as_ref);
                    if let (Some(column), Some(how)) = (column, how)
                        && load(slots, column, how, start)
                        && let Some(row) = outside(column, how, start..end, open)
                    {
                        return Err((place, row));
                    }
                }
                Step::Kept(place) => {
                    let column = kept.get(place).and_then(|column| column.get(start..end));
                    if let Some(column) = column {
                        slots.copy_from_slice(column);
                    }
                }
                step => compute(step, slots, &registers),
            }
            if let Some(column) = filled.kept.and_then(|place| kept.get_mut(place)) {
                column.extend_from_slice(slots);
            }
            if let Some(register) = registers.get_mut(filled.register) {
                *register = out;
            }
        }
        start = end;
    }
    Ok(())
}

/// A register's rows, or one number.
#[derive(Clone, Copy)]
enum Read<'r, W> {
    Rows(&'r [W]),
    One(W),
}

fn read<W: Whole>(operand: Operand, registers: &[Vec<W>]) -> Read<'_, W> {
    match operand {
        Operand::Register(register) => Read::Rows(registers.get(register).map(Vec::as_slice).unwrap_or_default()),
        Operand::Constant(number) => Read::One(W::of(number)),
    }
}

/// One loop for each mixture of rows and constants.
#[inline(always)]
fn each<W: Whole>(out: &mut [W], one: Read<'_, W>, other: Read<'_, W>, with: impl Fn(W, W) -> W) {
    match (one, other) {
        (Read::Rows(one), Read::Rows(other)) => {
            for ((out, one), other) in out.iter_mut().zip(one).zip(other) {
                *out = with(*one, *other);
            }
        }
        (Read::Rows(one), Read::One(other)) => {
            for (out, one) in out.iter_mut().zip(one) {
                *out = with(*one, other);
            }
        }
        (Read::One(one), Read::Rows(other)) => {
            for (out, other) in out.iter_mut().zip(other) {
                *out = with(one, *other);
            }
        }
        (Read::One(one), Read::One(other)) => out.fill(with(one, other)),
    }
}

fn compute<W: Whole>(step: Step, out: &mut [W], registers: &[Vec<W>]) {
    match step {
        Step::Input(_) | Step::Kept(_) => {}
        Step::Binary(operator, one, other) => {
            let (one, other) = (read(one, registers), read(other, registers));
            match operator {
                Binary::Add => each(out, one, other, W::plus),
                Binary::Subtract => each(out, one, other, W::minus),
                Binary::Multiply => each(out, one, other, W::times),
                Binary::Lower => each(out, one, other, |one, other| if other < one { other } else { one }),
                Binary::Higher => each(out, one, other, |one, other| if other > one { other } else { one }),
                Binary::Equal => each(out, one, other, |one, other| W::truth(one == other)),
                Binary::Unequal => each(out, one, other, |one, other| W::truth(one != other)),
                Binary::Less => each(out, one, other, |one, other| W::truth(one < other)),
                Binary::LessOrEqual => each(out, one, other, |one, other| W::truth(one <= other)),
            }
        }
        Step::Select(when, yes, no) => {
            let Read::Rows(when) = read(when, registers) else {
                return;
            };
            let chosen = |when: W, yes: W, no: W| if when != W::ZERO { yes } else { no };
            match (read(yes, registers), read(no, registers)) {
                (Read::Rows(yes), Read::Rows(no)) => {
                    for (((out, when), yes), no) in out.iter_mut().zip(when).zip(yes).zip(no) {
                        *out = chosen(*when, *yes, *no);
                    }
                }
                (Read::Rows(yes), Read::One(no)) => {
                    for ((out, when), yes) in out.iter_mut().zip(when).zip(yes) {
                        *out = chosen(*when, *yes, no);
                    }
                }
                (Read::One(yes), Read::Rows(no)) => {
                    for ((out, when), no) in out.iter_mut().zip(when).zip(no) {
                        *out = chosen(*when, yes, *no);
                    }
                }
                (Read::One(yes), Read::One(no)) => {
                    for (out, when) in out.iter_mut().zip(when) {
                        *out = chosen(*when, yes, no);
                    }
                }
            }
        }
        Step::Quotient(way, number, by, narrow) => {
            let (number, by) = (read(number, registers), read(by, registers));
            match (way, narrow) {
                (Way::HalfUp, true) => each(out, number, by, |number, by| quotient(Way::HalfUp, number, by, true)),
                (Way::HalfUp, false) => each(out, number, by, |number, by| quotient(Way::HalfUp, number, by, false)),
                (way, narrow) => each(out, number, by, |number, by| quotient(way, number, by, narrow)),
            }
        }
    }
}

/// The quotient by what is above nought, rounded: the absolute value is, and the sign restored.
#[inline(always)]
pub(super) fn quotient<W: Whole>(way: Way, number: W, by: W, narrow: bool) -> W {
    let negative = number < W::ZERO;
    let size = if negative { number.negated() } else { number };
    let (whole, rest) = if narrow { size.split_narrow(by) } else { size.split(by) };
    let left = by.minus(rest);
    let carry = match way {
        Way::HalfUp => rest >= left,
        Way::HalfEven => rest > left || (rest == left && whole.is_odd()),
        Way::Down => false,
        Way::Up => rest > W::ZERO,
    };
    let rounded = whole.plus(W::truth(carry));
    if negative { rounded.negated() } else { rounded }
}

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

/// Fills a register; whether a value had to be brought into its declared range.
fn load<W: Whole>(out: &mut [W], column: &Column<'_>, how: &Loaded, start: usize) -> bool {
    let mut beyond = false;
    match &column.values {
        Values::Number { values, scale: places } => {
            let scale = scale(how, *places);
            let values = values.get(start..).unwrap_or_default();
            if scale.times == 1 && scale.by == 1 {
                for (out, value) in out.iter_mut().zip(values) {
                    let held = (*value).max(scale.least).min(scale.greatest);
                    beyond |= held != *value;
                    *out = W::from_i64(held);
                }
            } else {
                for (out, value) in out.iter_mut().zip(values) {
                    let held = (*value).max(scale.least).min(scale.greatest);
                    beyond |= held != *value;
                    let whole = held.checked_div(scale.by).unwrap_or(0);
                    *out = W::from_i64(whole).times(W::from_i64(scale.times));
                }
            }
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
fn outside(column: &Column<'_>, how: &Loaded, rows: std::ops::Range<usize>, open: &[bool]) -> Option<usize> {
    let mut rows = rows.filter(|row| open.get(*row) != Some(&true));
    rows.find(|row| match &column.values {
        Values::Number { values, scale: places } => {
            let scale = scale(how, *places);
            values
                .get(*row)
                .is_some_and(|value| *value < scale.least || *value > scale.greatest)
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
    match &column.values {
        Values::Number { values, scale: places } if *places > how.places => {
            let by = scale(how, *places).by;
            values.get(row).is_some_and(|value| value.checked_rem(by) != Some(0))
        }
        _ => false,
    }
}

/// A column of results, as `i64`: the compiler has proven that they fit.
pub(super) fn told<W: Whole>(source: Source, kept: &mut [Vec<W>], uses: &mut [usize], rows: usize) -> Vec<i64> {
    match source {
        Source::Constant(number) => vec![i64::of(number); rows],
        Source::Kept(place) => {
            let left = uses.get_mut(place).map(|uses| {
                *uses = uses.saturating_sub(1);
                *uses
            });
            match kept.get_mut(place) {
                None => Vec::new(),
                Some(column) if left == Some(0) => W::told(std::mem::take(column)),
                Some(column) => W::told(column.clone()),
            }
        }
    }
}

/// How often results read each kept column.
pub(super) fn uses(steps: &Steps, all: &[Told]) -> Vec<usize> {
    let mut uses = vec![0_usize; steps.kept];
    let sources = all.iter().flat_map(|told| [Some(told.numerators), told.denominators]);
    for source in sources.flatten() {
        if let Source::Kept(place) = source
            && let Some(uses) = uses.get_mut(place)
        {
            *uses = uses.saturating_add(1);
        }
    }
    uses
}
