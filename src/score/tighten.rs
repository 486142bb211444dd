//! Worst and best case of an item or total whose unknown facts have few values: each filling is tried.

use std::collections::BTreeSet;

use super::enumerate::fillings;
use super::run::Worked;
use super::{Possible, point, possible};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Held};
use crate::scheme::{Cell, Core, Program};

/// The cells that an item's points come from, in order, when they look at nothing but the subject's facts.
fn own_cells(program: &Program, own: usize) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![own];
    while let Some(cell) = open.pop() {
        if !seen.insert(cell) {
            continue;
        }
        match program.cells.get(cell)? {
            Cell::Map(core) => open.extend(core.cells()),
            Cell::Gather(_) => return None,
        }
    }
    Some(seen.into_iter().collect())
}

fn core(program: &Program, cell: usize) -> Option<&Core> {
    match program.cells.get(cell)? {
        Cell::Map(core) => Some(core),
        Cell::Gather(_) => None,
    }
}

/// The unknown inputs that some cells read.
pub(super) fn open_inputs(program: &Program, cells: &[usize], facts: &[Admitted]) -> Vec<usize> {
    let read: BTreeSet<usize> = cells
        .iter()
        .filter_map(|cell| core(program, *cell))
        .flat_map(Core::facts)
        .collect();
    read.into_iter()
        .filter(|fact| facts.get(*fact).is_some_and(|fact| is_open(&fact.held)))
        .collect()
}

/// Whether it may be more than one thing.
fn is_open(held: &Held) -> bool {
    match held {
        Held::Number(interval) => interval.single().is_none(),
        Held::Truth(truth) => truth.is_none(),
        Held::Word(word) => word.is_none(),
        Held::Events(events) => {
            let unsure = |event: &crate::fact::HeldEvent| !event.sure || event.fields.iter().any(Option::is_none);
            events.unseen.is_positive() || events.list.iter().any(unsure)
        }
        Held::Ballots(_) | Held::NotApplicable => false,
    }
}

/// Tries every filling of the unknown facts of an item, where they are few, and keeps its worst and best case.
pub(super) fn tighten(program: &Program, own: usize, worked: &mut Worked<'_>, most_fillings: usize) {
    let single = |cell: usize| match worked.cells.get(cell) {
        Some(Possible::Number(interval)) => interval.single().is_some(),
        _ => true,
    };
    if single(own) {
        return;
    }
    let Some(cells) = own_cells(program, own) else { return };
    let facts = &worked.admission.facts;
    let open = open_inputs(program, &cells, facts);
    let Some(fillings) = fillings(facts, &program.inputs, &open, most_fillings) else {
        return;
    };
    let mut filled = facts.clone();
    let mut scratch = worked.cells.clone();
    let (mut least, mut most): (Option<Exact>, Option<Exact>) = (None, None);
    for filling in fillings {
        for (fact, held) in open.iter().zip(filling) {
            if let Some(fact) = filled.get_mut(*fact) {
                fact.held = held;
            }
        }
        for cell in &cells {
            let Some(core) = core(program, *cell) else { return };
            let mut inputs = worked.inputs(program);
            inputs.facts = &filled;
            inputs.cells = &scratch;
            let value = match point(core, &inputs) {
                Some(value) => Possible::from(value),
                // What does not apply stays so; anything else that is open cannot be tried.
                None if possible(core, &inputs) == Possible::NotApplicable => Possible::NotApplicable,
                None => return,
            };
            if let Some(slot) = scratch.get_mut(*cell) {
                *slot = value;
            }
        }
        let Some(Possible::Number(value)) = scratch.get(own) else {
            return;
        };
        let Some(value) = value.single() else { return };
        if least.as_ref().is_none_or(|least| value < least) {
            least = Some(value.clone());
        }
        if most.as_ref().is_none_or(|most| value > most) {
            most = Some(value.clone());
        }
    }
    let (Some(least), Some(most)) = (least, most) else {
        return;
    };
    if let Some(cell) = worked.cells.get_mut(own) {
        *cell = Possible::Number(Interval::between(least, most));
    }
    worked.tried.insert(own);
}
