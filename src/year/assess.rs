//! Scoring a roster.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::document::{parse, read_value};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::Facts;
use crate::scheme::Scheme;
use crate::score::{Outcome, Results, Sheet, score};
use crate::system::{View, overlaps};

/// A year under way: schemes in the order in which they include each other, and what they gave so far.
#[derive(Debug, Default)]
pub struct Year {
    outcomes: BTreeMap<String, Results>,
}

/// The sheets of one scheme, with what was found beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessed {
    /// The scheme.
    pub scheme: String,
    /// One sheet a subject, in the order of the roster.
    pub sheets: Vec<Sheet>,
    /// Facts that may count the same things twice.
    pub findings: Vec<Finding>,
}

/// The facts of a subject under a scheme, as the ledger holds them.
///
/// # Errors
/// A document error when a recorded value is not one that any scheme could score.
pub fn facts_of(view: &View<'_>, scheme: &str, subject: &str) -> Result<Facts> {
    let text = serde_json::to_string(&view.facts(scheme, subject)).unwrap_or_default();
    Facts::read(&parse(text.as_bytes())?)
}

impl Year {
    /// Nothing scored yet.
    pub fn new() -> Self {
        Year::default()
    }

    /// Scores subjects under a scheme. A scheme that another includes must be scored before it.
    ///
    /// # Errors
    /// A refusal when the ledger adopted this version of the scheme with other content; not found for a subject that the
    /// ledger does not know; else the problems of the first subject whose facts cannot be scored. The year is then as it
    /// was.
    pub fn assess(&mut self, view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Assessed> {
        as_adopted(view, scheme)?;
        known(view, subjects)?;
        let mut assessed = Assessed {
            scheme: scheme.id().to_owned(),
            sheets: Vec::new(),
            findings: Vec::new(),
        };
        let mut given = Vec::new();
        for subject in subjects {
            let facts = facts_of(view, scheme.id(), subject)?;
            assessed.findings.extend(overlaps(scheme.facts(), &facts));
            let none = Results::new();
            let sheet = score(scheme, &facts, self.outcomes.get(subject).unwrap_or(&none))?;
            let outcome = Outcome {
                lowest: sheet.total.lowest.clone(),
                highest: sheet.total.highest.clone(),
                grades: sheet.grades.clone(),
            };
            given.push((subject.clone(), outcome));
            assessed.sheets.push(sheet);
        }
        // Only now: a roster that fails in the middle leaves the year as it was.
        for (subject, outcome) in given {
            let outcomes = self.outcomes.entry(subject).or_default();
            outcomes.insert(scheme.id().to_owned(), outcome);
        }
        Ok(assessed)
    }

    /// The roster that the ledger holds for a scheme on the day of the view.
    ///
    /// # Errors
    /// Not found when no roster was adopted by that day.
    pub fn roster(view: &View<'_>, scheme: &str) -> Result<Vec<String>> {
        let table = &view.system().state().assessment.rosters;
        let when = view.when();
        let adopted = table
            .key(scheme)
            .into_iter()
            .flat_map(|key| table.rows(key, when.known));
        let latest = adopted
            .filter(|row| row.value.from <= when.day)
            .max_by_key(|row| (row.value.from, row.from));
        latest.map(|row| row.value.subjects.clone()).ok_or_else(|| {
            let zh = format!("办法“{scheme}”没有考核名单，请先以 roster.adopted 登记");
            let en = format!("scheme \"{scheme}\" has no roster; enter one with roster.adopted");
            Error::one(ErrorKind::NotFound, Finding::error("year.no_roster", "", zh, en))
        })
    }
}

/// A version that was adopted is the version that is scored; one that was not is a trial.
fn as_adopted(view: &View<'_>, scheme: &Scheme) -> Result<()> {
    let table = &view.system().state().assessment.schemes;
    let known = view.when().known;
    let mut adopted = table.latest(known).map(|(_, (_, adopted))| adopted);
    let adopted = adopted.find(|adopted| adopted.scheme == scheme.id() && adopted.version == scheme.text().version);
    if adopted.is_none_or(|adopted| adopted.digest == scheme.digest()) {
        return Ok(());
    }
    let (id, version) = (scheme.id(), &scheme.text().version);
    let zh = format!("办法“{id}”版本 {version} 与账本中采用的内容不同，请使用采用时的文本或另定版本");
    let en = format!(
        "scheme \"{id}\", version {version}, is not the text that was adopted; use that text or another version"
    );
    Err(Error::one(
        ErrorKind::Refused,
        Finding::error("year.other_scheme", "", zh, en).about(id),
    ))
}

/// Every subject is in the ledger.
fn known(view: &View<'_>, subjects: &[String]) -> Result<()> {
    let table = &view.system().state().assessment.subjects;
    let unknown = |id: &&String| {
        table
            .key(id)
            .is_none_or(|key| table.last(key, view.when().known).is_none())
    };
    let findings: Vec<Finding> = subjects
        .iter()
        .filter(unknown)
        .map(|id| {
            let (zh, en) = (
                format!("账本中没有考核对象“{id}”"),
                format!("the ledger holds no subject \"{id}\""),
            );
            Finding::error("year.unknown_subject", "/subjects", zh, en).about(id)
        })
        .collect();
    if findings.is_empty() {
        Ok(())
    } else {
        Err(Error::new(ErrorKind::NotFound, findings))
    }
}

/// The canonical value of a sheet, as `result.approved` carries it.
///
/// # Errors
/// None in practice: a sheet is written by this library.
pub fn sheet_value(sheet: &Sheet) -> Result<crate::document::Value> {
    read_value(&parse(sheet.to_json().unwrap_or_default().as_bytes())?)
}
