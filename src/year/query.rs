//! Questions to a year as documents: the one path for callers that speak JSON.

use super::Year;
use crate::calendar::Date;
use crate::error::Result;
use crate::ledger::Position;
use crate::scheme::Scheme;
use crate::system::{System, answer_text};

crate::record! {
    /// Whom to score, and as of when.
    pub struct AssessQuery {
        /// The day looked at.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// Whom to score; the roster that the ledger holds on that day when missing.
        pub subjects: Option<Vec<String>>,
    }
}

impl Year {
    /// Scores a roster and gives [`Assessed`](super::Assessed) as JSON text. The same ledger, scheme, question and
    /// earlier answers give the same bytes.
    ///
    /// # Errors
    /// Not found when no subjects are given and no roster was adopted by that day; else as [`Year::assess`].
    pub fn answer(&mut self, system: &System, scheme: &Scheme, query: &AssessQuery) -> Result<String> {
        let view = system.view(query.day, query.known);
        let assessed = match &query.subjects {
            Some(subjects) => self.assess(&view, scheme, subjects),
            None => self.assess(&view, scheme, &Year::roster(&view, scheme.id())?),
        };
        answer_text(&assessed?)
    }
}
