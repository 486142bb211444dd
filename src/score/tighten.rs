//! Worst and best case of an item whose unknown facts have few values: each filling is tried.

use std::collections::{BTreeMap, BTreeSet};

use super::enumerate::{MOST, fillings};
use super::run::Worked;
use super::sheet::Range;
use super::{Possible, point};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Held};
use crate::scheme::{Cell, Core, NodeSpec, Program};

/// The cells of an item in its worst and its best case.
pub(super) struct Scenario {
    /// Worst and best case of each cell of the item.
    pub(super) cells: BTreeMap<usize, Range>,
}

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
    seen.extend(node.region.iter().copied());
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
    let Some(fillings) = fillings(facts, &program.inputs, &open, MOST) else { return };
    let mut filled = facts.clone();
    let mut scratch = worked.cells.clone();
    let mut worst: Option<(Exact, Vec<Exact>)> = None;
    let mut best: Option<(Exact, Vec<Exact>)> = None;
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
        let number = |cell: &usize| match scratch.get(*cell) {
            Some(Possible::Number(interval)) => interval.single().cloned().unwrap_or(Exact::ZERO),
            _ => Exact::ZERO,
        };
        let own = number(&node.own);
        if worst.as_ref().is_none_or(|(least, _)| own < *least) {
            worst = Some((own.clone(), node.region.iter().map(number).collect()));
        }
        if best.as_ref().is_none_or(|(most, _)| own > *most) {
            best = Some((own, node.region.iter().map(number).collect()));
        }
    }
    let (Some((least, low)), Some((most, high))) = (worst, best) else { return };
    let pairs = node.region.iter().zip(low.into_iter().zip(high));
    let cells = pairs
        .map(|(cell, (lowest, highest))| (*cell, Range { lowest, highest }))
        .collect();
    if let Some(own) = worked.cells.get_mut(node.own) {
        *own = Possible::Number(Interval::between(least, most));
    }
    worked.scenarios.push(Scenario { cells });
}
