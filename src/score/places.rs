//! Which of a few whole numbers a value may be: the places of grades, where an interval would name grades between.

use std::collections::BTreeSet;

use super::{Inputs, Possible, possible};
use crate::exact::Exact;
use crate::scheme::core::{Arithmetic, Core};
use crate::scheme::{Cell, Program};

/// Every value that a cell may have, where it comes down to choices between numbers; else every whole number between its
/// bounds.
pub(super) fn places(cell: usize, program: &Program, inputs: &Inputs<'_>) -> BTreeSet<Exact> {
    let between = || match inputs.cells.get(cell) {
        Some(Possible::Number(interval)) => whole(interval),
        _ => BTreeSet::new(),
    };
    match program.cells.get(cell) {
        Some(Cell::Map(core)) => choices(core, program, inputs).unwrap_or_else(between),
        _ => between(),
    }
}

fn whole(interval: &crate::exact::Interval) -> BTreeSet<Exact> {
    let ends = (interval.low.as_ref(), interval.high.as_ref());
    let (Some(low), Some(high)) = ends else {
        return BTreeSet::new();
    };
    let (Some(low), Some(high)) = (low.to_i128(), high.to_i128()) else {
        return BTreeSet::new();
    };
    // Grades are few.
    (low..=high)
        .take(1_000)
        .filter_map(|place| Exact::ratio(place, 1))
        .collect()
}

/// `None` where it is more than a choice between numbers.
fn choices(core: &Core, program: &Program, inputs: &Inputs<'_>) -> Option<BTreeSet<Exact>> {
    let on = |core: &Core| choices(core, program, inputs);
    Some(match core {
        Core::Number(number) => BTreeSet::from([number.clone()]),
        Core::Cell(cell) => places(*cell, program, inputs),
        Core::Select(parts) => match possible(&parts.0, inputs) {
            Possible::Truth(Some(true)) => on(&parts.1)?,
            Possible::Truth(Some(false)) => on(&parts.2)?,
            Possible::Truth(None) => on(&parts.1)?.union(&on(&parts.2)?).cloned().collect(),
            _ => return None,
        },
        Core::Arithmetic(operator, pair) => {
            let (left, right) = (on(&pair.0)?, on(&pair.1)?);
            let mut all = BTreeSet::new();
            for one in &left {
                for other in &right {
                    all.insert(match operator {
                        Arithmetic::Lower => one.min(other).clone(),
                        Arithmetic::Higher => one.max(other).clone(),
                        Arithmetic::Add => one + other,
                        _ => return None,
                    });
                }
            }
            all
        }
        Core::ByGrade(scheme, numbers) => match inputs.results.get(scheme) {
            Some(result) if !result.grades.is_empty() => {
                let grades = result.grades.iter().map(|grade| super::point::of_grade(grade, numbers));
                grades.collect()
            }
            _ => numbers
                .iter()
                .map(|(_, number)| number.clone())
                .chain([Exact::ZERO])
                .collect(),
        },
        _ => return None,
    })
}
