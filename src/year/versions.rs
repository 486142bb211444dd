//! The versions of a sheet, and what led from one to the next.

use serde::Serialize;

use super::assess::{as_adopted, known, sheet_digest};
use super::pool::{assessment, entrants, facts_of, pool, results, score_run};
use super::query::not_for;
use super::{Year, YearTopic};
use crate::assessment::Looking;
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
    /// Whether the run over what was known then gives the sheet that was issued; where it does not (another version of the
    /// scheme, a result of another scheme that the ledger did not hold), the difference explains the runs, not the sheets.
    pub reproduced: bool,
    /// How many changes of facts the audience does not see.
    #[serde(skip_serializing_if = "is_none")]
    pub facts_hidden: usize,
}

fn is_none(count: &usize) -> bool {
    *count == 0
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
    /// As an audience may see them: a subject its own, with the facts of others as a count; leaders all, with every fact as a
    /// count; nothing where there is nothing for it to see. The steps still say how much each cause moved.
    ///
    /// # Errors
    /// A refusal when a scorer or everybody asks.
    pub fn shown_to(mut self, looking: Looking<'_>) -> Result<Option<Versions>> {
        match looking {
            Looking::Office => {}
            Looking::Subject(own) if own != self.subject => return Ok(None),
            Looking::Subject(own) => self.hide_facts(|subject| subject != own),
            Looking::Leaders => self.hide_facts(|_| true),
            Looking::Scorer(_) | Looking::Public => return Err(not_for(YearTopic::Versions)),
        }
        Ok(Some(self))
    }

    fn hide_facts(&mut self, hidden: impl Fn(&str) -> bool) {
        for version in &mut self.versions {
            let Some(difference) = &mut version.difference else {
                continue;
            };
            let before = difference.facts.len();
            difference.facts.retain(|change| !hidden(&change.subject));
            version.facts_hidden = before.saturating_sub(difference.facts.len());
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
                reproduced: then.gives(scheme, subject, &row.value.digest)?,
                facts_hidden: 0,
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

    /// Whether what was known gives the sheet of this digest.
    fn gives(&self, scheme: &Scheme, subject: &str, digest: &str) -> Result<bool> {
        let entrants = entrants(&self.facts, &self.results);
        let sheets = score_run(scheme, &entrants)?;
        let own = sheets.iter().find(|sheet| sheet.subject == subject);
        match own {
            Some(sheet) => Ok(sheet_digest(sheet)? == digest),
            None => Ok(false),
        }
    }

    pub(super) fn since(&self, before: &Known, scheme: &Scheme, subject: &str) -> Result<Difference> {
        let old = entrants(&before.facts, &before.results);
        let new = entrants(&self.facts, &self.results);
        let run = |entrants| Run { scheme, entrants };
        difference(run(&old), run(&new), subject)
    }
}
