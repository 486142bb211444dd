//! Steps over blocks of rows.

use super::call::{Caller, call};
use super::groups::Groups;
use super::kept::{Kept, Spare};
use super::kernel::compute;
use super::load::{load, outside};
use super::places::Places;
use super::steps::{Filled, Source, Stage, Step, Steps, Told, Width};
use super::table::Table;
use super::whole::{Registers, Whole};
use crate::error::Error;
use crate::progress::Watch;
use crate::scheme::Scheme;

/// Bytes that the registers of a stage take together, so that they stay in a near cache.
const NEAR_CACHE: usize = 512 << 10;
/// Rows of a block: enough for a step to be worth its dispatch, and in a table that leaves the caches anyway so many that
/// each column is read and written in runs of several pages.
const FEWEST: usize = 256;
const IN_CACHE: usize = 512;
const BEYOND_CACHE: usize = 2_048;
/// A table of more rows leaves the caches.
const CACHED_ROWS: usize = 8_192;

/// Rows of a block of a stage.
fn block(stage: &Stage, rows: usize) -> usize {
    let most = if rows > CACHED_ROWS { BEYOND_CACHE } else { IN_CACHE };
    let [narrow, middle, wide] = stage.registers;
    let each = [(narrow, 4_usize), (middle, 8), (wide, 16)];
    let bytes = each.iter().fold(1_usize, |sum, (count, size)| {
        sum.saturating_add(count.saturating_mul(*size))
    });
    let near = NEAR_CACHE.checked_div(bytes).unwrap_or(most);
    near.clamp(FEWEST, most).min(rows)
}

/// A value outside of its declared range: input, row.
pub(super) type Outside = (usize, usize);

/// Why a run ended before its end.
pub(super) enum Stopped {
    /// A value lies outside of its declared range.
    Outside(Outside),
    /// The caller asked for it.
    Asked(Error),
}

impl From<Outside> for Stopped {
    fn from(outside: Outside) -> Self {
        Stopped::Outside(outside)
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        Stopped::Asked(error)
    }
}

/// Steps of a row, as they are counted for whoever waits: one a stage, and one a cell that goes row by row.
pub(super) fn steps_each(steps: &Steps) -> usize {
    let called = steps.stages.iter().map(|stage| stage.called.len().saturating_add(1));
    called.fold(0, usize::saturating_add)
}

/// What is read beside the registers.
struct Around<'r> {
    steps: &'r Steps,
    table: &'r Table<'r>,
    open: &'r [bool],
}

/// The columns that the program keeps, or an input with a value outside of the declared range in a row of which all is
/// known. Rows whose value of some cell is not known, or fits no column, become open.
pub(super) fn run(
    steps: &Steps,
    table: &Table<'_>,
    scheme: &Scheme,
    groups: &Groups,
    open: &mut Vec<bool>,
    spare: &mut Spare,
    watch: Watch<'_>,
) -> Result<Vec<Kept>, Stopped> {
    let mut kept: Vec<Kept> = (steps.kept.iter())
        .map(|width| Kept::new(*width, table.rows, spare))
        .collect();
    let mut places = Places::default();
    let caller = Caller { scheme, steps, table };
    for stage in &steps.stages {
        for gathered in &stage.gathered {
            groups.gather(gathered, &mut kept, &mut places);
        }
        for called in &stage.called {
            call(called, &caller, groups, open, &mut kept, watch)?;
        }
        stage_blocks(stage, &Around { steps, table, open }, &mut kept, watch)?;
    }
    Ok(kept)
}

fn stage_blocks(stage: &Stage, around: &Around<'_>, kept: &mut [Kept], watch: Watch<'_>) -> Result<(), Stopped> {
    let rows = around.table.rows;
    if stage.steps.is_empty() {
        watch.step(rows)?;
        return Ok(());
    }
    let block = block(stage, rows);
    let mut registers = Registers::new(stage.registers, block);
    let mut start = 0;
    while start < rows {
        let end = start.saturating_add(block).min(rows);
        for filled in &stage.steps {
            match filled.width {
                Width::Narrow => fill::<i32>(filled, around, start..end, &mut registers, kept)?,
                Width::Middle => fill::<i64>(filled, around, start..end, &mut registers, kept)?,
                Width::Wide => fill::<i128>(filled, around, start..end, &mut registers, kept)?,
            }
        }
        watch.step(end.saturating_sub(start))?;
        start = end;
    }
    Ok(())
}

fn fill<W: Whole>(
    filled: &Filled,
    around: &Around<'_>,
    rows: std::ops::Range<usize>,
    registers: &mut Registers,
    kept: &mut [Kept],
) -> Result<(), Outside> {
    let file = W::file_mut(registers);
    let Some(mut out) = file.get_mut(filled.register).map(std::mem::take) else {
        return Ok(());
    };
    let slots = out.get_mut(..rows.len()).unwrap_or_default();
    match filled.step {
        Step::Input(place) => {
            let column = around.table.columns.get(place);
            let how = around.steps.loaded.get(place).and_then(Option::as_ref);
            if let (Some(column), Some(how)) = (column, how)
                && load(slots, column, how, rows.start)
                && let Some(row) = outside(column, how, rows, around.open)
            {
                return Err((place, row));
            }
        }
        Step::Kept(place) => {
            if let Some(column) = kept.get(place) {
                W::fetch(slots, column, rows);
            }
        }
        step => compute(step, slots, registers),
    }
    if let Some(column) = filled.kept.and_then(|place| kept.get_mut(place)) {
        W::append(slots, column);
    }
    if let Some(register) = W::file_mut(registers).get_mut(filled.register) {
        *register = out;
    }
    Ok(())
}

/// How often results read each kept column.
pub(super) fn uses(steps: &Steps, all: &[Told]) -> Vec<usize> {
    let mut uses = vec![0_usize; steps.kept.len()];
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
