//! Questions to a scheme as documents: the one path for callers that speak JSON.

use super::run::score_cohort_watched;
use super::{Entrant, Goal, Results, Run, difference, score_cohort, would_take};
use crate::document::{Cursor, Problems, Read, Shape, Value, parse};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::Exact;
use crate::fact::Facts;
use crate::progress::Progress;
use crate::scheme::Scheme;

/// A facts document inside another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within(pub Facts);

impl Read for Within {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match Facts::read(&at.value()) {
            Ok(facts) => Some(Within(facts)),
            Err(error) => {
                for finding in error.within(&at.pointer()).findings() {
                    at.problems().push(finding.clone());
                }
                None
            }
        }
    }
    fn shape() -> Shape {
        Shape::Any
    }
}

crate::record! {
    /// What it would take for a subject to reach a goal; exactly one of `total` and `grade`.
    pub struct WouldTakeQuery {
        /// The facts of everybody who is scored together.
        pub facts: Vec<Within>,
        /// The subject.
        pub subject: String,
        /// A total of at least this.
        pub total: Option<Exact>,
        /// This grade or a better one.
        pub grade: Option<String>,
    }
}

crate::record! {
    /// What leads from one run to another, for one subject.
    pub struct DifferenceQuery {
        /// The facts of everybody in the first run.
        pub before: Vec<Within>,
        /// The facts of everybody in the second run.
        pub after: Vec<Within>,
        /// The subject.
        pub subject: String,
    }
}

fn facts_of(documents: Vec<Within>) -> Vec<Facts> {
    documents.into_iter().map(|document| document.0).collect()
}

fn answer(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| {
        let text = error.to_string();
        Error::one(
            ErrorKind::Integrity,
            Finding::error("score.not_written", "", text.clone(), text),
        )
    })
}

/// The facts documents of an array, all problems of all of them at once.
fn array(text: &[u8]) -> Result<Vec<Facts>> {
    let value = parse(text)?;
    let problems = Problems::new();
    let read = match &value {
        Value::List(_) => Vec::<Within>::read(&Cursor::root(&value, &problems)),
        _ => Cursor::root(&value, &problems).expected("事实文档的数组", "an array of facts documents"),
    };
    problems.settle(ErrorKind::Document, read).map(facts_of)
}

impl Scheme {
    /// Scores an array of facts documents together, and gives their sheets as an array.
    ///
    /// # Errors
    /// All problems of the documents at once; else as [`score_cohort`].
    pub fn answer_cohort(&self, facts: &[u8]) -> Result<String> {
        answer(&score_cohort(self, &array(facts)?)?)
    }

    /// As [`Scheme::answer_cohort`], under the eyes of whoever waits.
    ///
    /// # Errors
    /// As [`Scheme::answer_cohort`]; a refusal when the work was asked to stop.
    pub fn answer_cohort_watched(&self, facts: &[u8], progress: &Progress) -> Result<String> {
        answer(&score_cohort_watched(self, &array(facts)?, progress)?)
    }

    /// Answers a [`WouldTakeQuery`] with a [`WouldTake`](super::WouldTake).
    ///
    /// # Errors
    /// As [`would_take`]; a refusal unless there is exactly one goal.
    pub fn answer_would_take(&self, query: &[u8]) -> Result<String> {
        let query: WouldTakeQuery = crate::document::read(query)?;
        let goal = match (query.total, query.grade) {
            (Some(total), None) => Goal::Total(total),
            (None, Some(grade)) => Goal::Grade(grade),
            _ => {
                let (zh, en) = ("total 与 grade 须且只须填一项", "give exactly one of total, grade");
                return Err(Error::one(
                    ErrorKind::Document,
                    Finding::error("score.goal", "", zh, en),
                ));
            }
        };
        let (facts, none) = (facts_of(query.facts), Results::new());
        let entrants: Vec<Entrant<'_>> = facts.iter().map(|facts| Entrant { facts, results: &none }).collect();
        answer(&would_take(self, &entrants, &query.subject, &goal)?)
    }

    /// Answers a [`DifferenceQuery`] with a [`Difference`](super::Difference): this scheme first, `after` second.
    ///
    /// # Errors
    /// As [`difference`].
    pub fn answer_difference(&self, after: &Scheme, query: &[u8]) -> Result<String> {
        let query: DifferenceQuery = crate::document::read(query)?;
        let none = Results::new();
        let (first, second) = (facts_of(query.before), facts_of(query.after));
        let first: Vec<Entrant<'_>> = first.iter().map(|facts| Entrant { facts, results: &none }).collect();
        let second: Vec<Entrant<'_>> = second.iter().map(|facts| Entrant { facts, results: &none }).collect();
        let (before, after) = (
            Run {
                scheme: self,
                entrants: &first,
            },
            Run {
                scheme: after,
                entrants: &second,
            },
        );
        answer(&difference(before, after, &query.subject)?)
    }
}
