//! What a score is made from.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Possible;
use crate::calendar::WorkCalendars;
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Input};

/// The outcome of another scheme for the same subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its lowest possible score.
    pub lowest: Exact,
    /// Its highest possible score.
    pub highest: Exact,
    /// The grades that it may have, best first; empty when it gives none.
    pub grades: Vec<String>,
}

impl Outcome {
    pub(super) fn interval(&self) -> Interval {
        Interval::between(self.lowest.clone(), self.highest.clone())
    }
}

/// Outcomes by scheme.
pub type Results = BTreeMap<String, Outcome>;

/// Years whose working days were asked for and are not in the scheme's calendar.
#[derive(Debug, Default)]
pub struct MissingYears(RefCell<BTreeSet<u16>>);

impl MissingYears {
    pub(super) fn note(&self, year: u16) {
        self.0.borrow_mut().insert(year);
    }

    /// The years, in order.
    pub fn list(&self) -> Vec<u16> {
        self.0.borrow().iter().copied().collect()
    }
}

/// Everything that the evaluators read of one subject.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The admitted inputs, in their order.
    pub facts: &'a [Admitted],
    /// Their declarations.
    pub declared: &'a [Input],
    /// Outcomes of other schemes.
    pub results: &'a Results,
    /// The cells that are worked out so far.
    pub cells: &'a [Possible],
    /// Calendars for working days.
    pub calendars: &'a WorkCalendars,
    /// Where missing calendars are noted.
    pub missing: &'a MissingYears,
}
