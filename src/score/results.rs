//! What a score is made from.

use std::collections::BTreeMap;

use crate::exact::{Exact, Interval};
use crate::fact::Admission;

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

/// Everything that the evaluators read.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The admitted facts.
    pub facts: &'a Admission,
    /// Outcomes of other schemes.
    pub results: &'a Results,
}
