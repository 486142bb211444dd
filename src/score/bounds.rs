//! What total and grade of one subject may be while one of its facts is anything within a range.
//!
//! The cells are worked out with intervals only. Values of other subjects that do not look at anybody are worked out once.

use std::collections::BTreeSet;

use super::run::{Worked, work_cell};
use super::{Entrant, Possible};
use crate::error::Result;
use crate::exact::Interval;
use crate::fact::{Admission, Held, admit};
use crate::scheme::{Cell, Scheme};

/// The subjects of a run, of which one is asked about.
pub(super) struct Field<'a> {
    scheme: &'a Scheme,
    subjects: Vec<Worked<'a>>,
    asking: usize,
    /// Cells that look at other subjects, themselves or through other cells.
    shared: BTreeSet<usize>,
}

/// What total and grade may be.
pub(super) struct Bounds {
    /// The total; open where it may be anything.
    pub(super) total: Interval,
    /// The place of the grade, 0 the best; `None` when the scheme grants none.
    pub(super) grade: Option<Interval>,
}

impl<'a> Field<'a> {
    /// Admits everybody; `asking` is the place of the subject that is asked about.
    pub(super) fn new(scheme: &'a Scheme, entrants: &[Entrant<'a>], asking: usize) -> Result<Field<'a>> {
        let mut subjects = Vec::with_capacity(entrants.len());
        for entrant in entrants {
            let admission = admit(&scheme.program().inputs, scheme.text().year, entrant.facts)?;
            subjects.push(Worked::new(admission, entrant.facts, entrant.results));
        }
        let mut shared = BTreeSet::new();
        for (place, cell) in scheme.program().cells.iter().enumerate() {
            let looks = match cell {
                Cell::Map(core) => core.cells().iter().any(|cell| shared.contains(cell)),
                Cell::Gather(_) => true,
            };
            if looks {
                shared.insert(place);
            }
        }
        let mut field = Field {
            scheme,
            subjects,
            asking,
            shared,
        };
        field.work(true);
        Ok(field)
    }

    /// The admitted facts of the subject that is asked about.
    pub(super) fn admission(&self) -> Option<&Admission> {
        self.subjects.get(self.asking).map(|subject| &subject.admission)
    }

    /// What total and grade may be while this fact is held so.
    pub(super) fn bounds(&mut self, fact: usize, held: &Held) -> Bounds {
        let asking = self.asking;
        let put = |field: &mut Field<'_>, held: Held| {
            let facts = field
                .subjects
                .get_mut(asking)
                .map(|subject| &mut subject.admission.facts);
            let slot = facts.and_then(|facts| facts.get_mut(fact));
            slot.map(|slot| std::mem::replace(&mut slot.held, held))
        };
        let before = put(self, held.clone());
        self.work(false);
        if let Some(before) = before {
            put(self, before);
        }
        let layout = self.scheme.layout();
        let number = |cell: usize| match self.subjects.get(asking).and_then(|subject| subject.cells.get(cell)) {
            Some(Possible::Number(interval)) => interval.clone(),
            // What may not apply is not bounded here.
            _ => Interval::ALL,
        };
        Bounds {
            total: number(layout.total),
            grade: layout.grade.map(number),
        }
    }

    /// Works out all cells; of others only those that look at somebody, unless `everything`.
    fn work(&mut self, everything: bool) {
        let program = self.scheme.program();
        for place in 0..program.cells.len() {
            let all = everything || self.shared.contains(&place);
            let asking = self.asking;
            work_cell(program, place, &mut self.subjects, |number| all || number == asking);
        }
    }
}
