//! Worst and best case of an item or total whose unknown facts have few values: each filling is tried.

use std::collections::BTreeSet;

use super::enumerate::fillings;
use super::run::Worked;
use super::{Possible, point, possible};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Held};
use crate::scheme::{Cell, Core, Program, Scheme};

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

/// How many items of unknown applicability are looked at both ways.
const BRANCHES: u32 = 6;

/// Where it is unknown whether items apply, the total is worked out for either way, so that an item is not counted and
/// left out at once.
pub(super) fn branch(scheme: &Scheme, worked: &mut Worked<'_>) {
    let layout = scheme.layout();
    let leaves = layout.nodes.iter().filter(|node| !node.group);
    let open: Vec<usize> = leaves
        .map(|node| node.applies)
        .filter(|applies| worked.cells.get(*applies) == Some(&Possible::Truth(None)))
        .collect();
    let count = u32::try_from(open.len()).unwrap_or(u32::MAX);
    if count == 0 || count > BRANCHES {
        return;
    }
    let program = scheme.program();
    let mut hull: Option<Interval> = None;
    for ways in 0..2_u32.pow(count) {
        let mut scratch = worked.cells.clone();
        for (bit, applies) in open.iter().enumerate() {
            let way = u32::try_from(bit)
                .ok()
                .and_then(|bit| ways.checked_shr(bit))
                .unwrap_or(0);
            if let Some(cell) = scratch.get_mut(*applies) {
                *cell = Possible::Truth(Some(way & 1 == 1));
            }
        }
        for place in 0..=layout.full_total {
            // What others gave stays; what was tried out stays, for it holds either way.
            let Some(core) = core(program, place).filter(|_| !open.contains(&place)) else {
                continue;
            };
            let mut inputs = worked.inputs(program);
            inputs.cells = &scratch;
            let value = possible(core, &inputs);
            if let Some(cell) = scratch.get_mut(place) {
                *cell = match (value, &*cell) {
                    (Possible::Number(value), Possible::Number(known)) => Possible::Number(value.meet(known)),
                    (value, _) => value,
                };
            }
        }
        let Some(Possible::Number(total)) = scratch.get(layout.full_total) else {
            return;
        };
        hull = Some(hull.map_or_else(|| total.clone(), |hull| hull.hull(total)));
    }
    if let (Some(hull), Some(cell)) = (hull, worked.cells.get_mut(layout.full_total)) {
        *cell = Possible::Number(hull);
    }
}
