//! Worst and best case of an item whose unknown facts have few values: each filling is tried.

use std::collections::BTreeSet;

use super::enumerate::{MOST, fillings};
use super::run::Worked;
use super::{Possible, point};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Held};
use crate::scheme::{Cell, Core, NodeSpec, Program};

/// The cells that an item's points come from, in order, when they look at nothing but the subject's facts.
fn own_cells(program: &Program, node: &NodeSpec) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![node.own];
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
pub(super) fn tighten(program: &Program, node: &NodeSpec, worked: &mut Worked<'_>) {
    let single = |cell: usize| match worked.cells.get(cell) {
        Some(Possible::Number(interval)) => interval.single().is_some(),
        _ => true,
    };
    if single(node.own) {
        return;
    }
    let Some(cells) = own_cells(program, node) else { return };
    let facts = &worked.admission.facts;
    let open = open_inputs(program, &cells, facts);
    let Some(fillings) = fillings(facts, &program.inputs, &open, MOST) else {
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
            let Some(value) = point(core, &inputs) else { return };
            if let Some(slot) = scratch.get_mut(*cell) {
                *slot = Possible::from(value);
            }
        }
        let Some(Possible::Number(own)) = scratch.get(node.own) else {
            return;
        };
        let Some(own) = own.single() else { return };
        if least.as_ref().is_none_or(|least| own < least) {
            least = Some(own.clone());
        }
        if most.as_ref().is_none_or(|most| own > most) {
            most = Some(own.clone());
        }
    }
    let (Some(least), Some(most)) = (least, most) else {
        return;
    };
    if let Some(own) = worked.cells.get_mut(node.own) {
        *own = Possible::Number(Interval::between(least, most));
    }
    worked.tried.insert(node.own);
}
