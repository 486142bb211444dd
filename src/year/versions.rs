//! The versions of a sheet, and what led from one to the next.

use serde::Serialize;

use super::Year;
use super::assess::{as_adopted, known};
use super::pool::{assessment, entrants, facts_of, pool, results};
use crate::calendar::Date;
use crate::error::Result;
use crate::fact::Facts;
use crate::ledger::Position;
use crate::scheme::Scheme;
use crate::score::{Difference, Run, difference};
use crate::system::View;

/// A sheet as it was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Its number, from 1.
    pub version: usize,
    /// The day on which it was issued.
    pub on: Date,
    /// SM3 digest of its canonical text.
    pub digest: String,
    /// Where it stands in the ledger.
    pub position: Position,
    /// Whether the approved result is this one.
    pub approved: bool,
    /// What led to it from the version before: the run over the facts that were known then, against the run over those
    /// that were known now. Missing for the first version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<Difference>,
}

/// The versions of one subject's sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Versions {
    /// The scheme.
    pub scheme: String,
    /// The subject.
    pub subject: String,
    /// The versions, in the order of the ledger.
    pub versions: Vec<Version>,
}

impl Versions {
    /// Without the facts of others that changed: the steps still say how much they moved.
    pub(super) fn own_facts_only(&mut self) {
        for difference in self
            .versions
            .iter_mut()
            .filter_map(|version| version.difference.as_mut())
        {
            difference.facts.retain(|change| change.subject == self.subject);
        }
    }
}

impl Year {
    /// The versions of the sheet of a subject, each with what led to it.
    ///
    /// # Errors
    /// As [`Year::assess`].
    pub fn versions(&self, view: &View<'_>, scheme: &Scheme, subject: &str) -> Result<Versions> {
        as_adopted(view, scheme)?;
        let asked = [subject.to_owned()];
        known(view, &asked)?;
        let when = view.when();
        let course = assessment(view).course_of(scheme.id(), subject, when.day, when.known);
        let approved = course.approved().map(|row| &row.value.digest);
        let (mut versions, mut before) = (Vec::new(), None);
        for row in course.versions() {
            let then = Known::at(self, view, scheme, &asked, row.from)?;
            let difference = match &before {
                Some(before) => Some(then.since(before, scheme, subject)?),
                None => None,
            };
            versions.push(Version {
                version: versions.len().saturating_add(1),
                on: row.value.on,
                digest: row.value.digest.to_string(),
                position: row.from,
                approved: approved == Some(&row.value.digest),
                difference,
            });
            before = Some(then);
        }
        Ok(Versions {
            scheme: scheme.id().to_owned(),
            subject: subject.to_owned(),
            versions,
        })
    }
}

/// What was known at a position of those who are scored together.
pub(super) struct Known {
    facts: Vec<Facts>,
    results: Vec<crate::score::Results>,
}

impl Known {
    /// Whether a subject is scored among them.
    pub(super) fn holds(&self, subject: &str) -> bool {
        self.facts.iter().any(|facts| facts.subject == subject)
    }

    pub(super) fn at(year: &Year, view: &View<'_>, scheme: &Scheme, asked: &[String], known: Position) -> Result<Self> {
        let then = view.system().view(view.when().day, Some(known));
        let pool = pool(&then, scheme, asked);
        let facts: Result<Vec<Facts>> = pool
            .iter()
            .map(|entry| facts_of(&then, scheme.id(), &entry.subject))
            .collect();
        let facts = facts?;
        let results = results(year, &then, scheme, &facts);
        Ok(Known { facts, results })
    }

    pub(super) fn since(&self, before: &Known, scheme: &Scheme, subject: &str) -> Result<Difference> {
        let old = entrants(&before.facts, &before.results);
        let new = entrants(&self.facts, &self.results);
        let run = |entrants| Run { scheme, entrants };
        difference(run(&old), run(&new), subject)
    }
}
