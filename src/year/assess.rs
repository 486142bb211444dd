//! Scoring a roster.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::pool::{assessment, facts_of, pool, run, run_under, shared};
use crate::assessment::{How, RosterEntry};
use crate::document::{canonical, parse, read_value, sm3_hex};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::Facts;
use crate::progress::{Progress, Watch};
use crate::scheme::Scheme;
use crate::score::{Outcome, Range, Results, Sheet, score_steps};
use crate::system::{View, overlaps};

/// A year under way: schemes in the order in which they include each other, and what they gave so far.
#[derive(Debug, Default)]
pub struct Year {
    pub(super) outcomes: BTreeMap<String, Results>,
}

/// The sheets of one scheme, with what was found beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessed {
    /// The scheme.
    pub scheme: String,
    /// One sheet a subject, in the order of the roster.
    pub sheets: Vec<Sheet>,
    /// Results that count by a share, in the same order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub prorated: Vec<Prorated>,
    /// Those that have no sheet, as the roster says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// Facts that may count the same things twice.
    pub findings: Vec<Finding>,
}

/// A result that counts by a share (按比例折算), exactly: whoever includes it rounds as its own scheme says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prorated {
    /// The subject.
    pub subject: String,
    /// The share.
    pub share: crate::exact::Exact,
    /// The total of the sheet times the share.
    pub total: Range,
}

/// A subject of the roster that has no sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The subject.
    pub subject: String,
    /// How the roster assesses it.
    pub how: How,
    /// The subject that carries its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Year {
    /// Nothing scored yet.
    pub fn new() -> Self {
        Year::default()
    }

    /// Scores subjects under a scheme. A scheme that another includes is scored before it, or approved in the ledger. A
    /// scheme that compares subjects scores its whole roster, and gives the sheets of those that were asked for.
    ///
    /// # Errors
    /// A refusal when the ledger adopted this version of the scheme with other content; not found for a subject that the
    /// ledger does not know; else the problems of the first subject whose facts cannot be scored. The year is then as it
    /// was.
    pub fn assess(&mut self, view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Assessed> {
        self.assessed(view, scheme, subjects, Watch::NOBODY)
    }

    /// As [`Year::assess`], under the eyes of whoever waits.
    ///
    /// # Errors
    /// As [`Year::assess`]; a refusal when the work was asked to stop.
    pub fn assess_watched(
        &mut self,
        view: &View<'_>,
        scheme: &Scheme,
        subjects: &[String],
        progress: &Progress,
    ) -> Result<Assessed> {
        self.assessed(view, scheme, subjects, Watch::by(progress))
    }

    pub(super) fn assessed(
        &mut self,
        view: &View<'_>,
        scheme: &Scheme,
        subjects: &[String],
        watch: Watch<'_>,
    ) -> Result<Assessed> {
        as_adopted(view, scheme)?;
        known(view, subjects)?;
        let pool = pool(view, scheme, subjects);
        // One more than scoring takes: the facts of each are read from the ledger.
        watch.expect(score_steps(scheme).saturating_add(1).saturating_mul(pool.len()));
        let mut facts: Vec<Facts> = Vec::with_capacity(pool.len());
        for entry in &pool {
            facts.push(facts_of(view, scheme.id(), &entry.subject)?);
            watch.step(1)?;
        }
        let sheets = run_under(self, view, scheme, &facts, watch)?;
        let roster = assessment(view).roster(scheme.id(), view.when());
        let mut assessed = Assessed {
            scheme: scheme.id().to_owned(),
            sheets: Vec::new(),
            prorated: Vec::new(),
            left_out: subjects
                .iter()
                .filter_map(|subject| roster?.entry(subject))
                .filter_map(left_out)
                .collect(),
            findings: Vec::new(),
        };
        let asked: BTreeSet<&str> = subjects.iter().map(String::as_str).collect();
        // Only now: a roster that fails in the middle leaves the year as it was.
        for ((entry, facts), sheet) in pool.iter().zip(&facts).zip(sheets) {
            let outcome = Outcome {
                lowest: sheet.total.lowest.clone(),
                highest: sheet.total.highest.clone(),
                grades: sheet.grades.clone(),
            };
            let outcome = shared(outcome, entry.share.as_ref());
            if asked.contains(entry.subject.as_str()) {
                assessed.findings.extend(overlaps(scheme.facts(), facts));
                assessed.prorated.extend(entry.share.clone().map(|share| Prorated {
                    subject: entry.subject.clone(),
                    share,
                    total: Range {
                        lowest: outcome.lowest.clone(),
                        highest: outcome.highest.clone(),
                    },
                }));
                assessed.sheets.push(sheet);
            }
            let outcomes = self.outcomes.entry(entry.subject.clone()).or_default();
            outcomes.insert(scheme.id().to_owned(), outcome);
        }
        Ok(assessed)
    }

    /// The sheets of those who are scored with these subjects. The year stays as it was.
    pub(super) fn scored(&self, view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Vec<Sheet>> {
        as_adopted(view, scheme)?;
        let pool = pool(view, scheme, subjects);
        let facts: Result<Vec<Facts>> = pool
            .iter()
            .map(|entry| facts_of(view, scheme.id(), &entry.subject))
            .collect();
        run(self, view, scheme, &facts?)
    }

    /// The subjects on the roster that the ledger holds for a scheme on the day of the view.
    ///
    /// # Errors
    /// Not found when no roster was adopted by that day.
    pub fn roster(view: &View<'_>, scheme: &str) -> Result<Vec<String>> {
        let roster = assessment(view).roster(scheme, view.when()).ok_or_else(|| {
            let zh = format!("办法“{scheme}”没有考核名单，请先以 roster.adopted 登记");
            let en = format!("scheme \"{scheme}\" has no roster; enter one with roster.adopted");
            Error::one(ErrorKind::NotFound, Finding::error("year.no_roster", "", zh, en))
        })?;
        Ok(roster.entries.iter().map(|entry| entry.subject.clone()).collect())
    }
}

fn left_out(entry: &RosterEntry) -> Option<LeftOut> {
    (!entry.has_sheet()).then(|| LeftOut {
        subject: entry.subject.clone(),
        how: entry.how(),
        successor: entry.successor.clone(),
        reason: entry.reason.clone(),
    })
}

/// A version that was adopted is the version that is scored; one that was not is a trial.
pub(super) fn as_adopted(view: &View<'_>, scheme: &Scheme) -> Result<()> {
    let mut adopted = assessment(view).schemes.latest(view.when().known);
    let adopted =
        adopted.find(|(_, (_, adopted))| adopted.scheme == scheme.id() && adopted.version == scheme.text().version);
    if adopted.is_none_or(|(_, (_, adopted))| adopted.digest == scheme.digest()) {
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
pub(super) fn known(view: &View<'_>, subjects: &[String]) -> Result<()> {
    let unknown = |id: &&String| assessment(view).subject(id, view.when().known).is_none();
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

/// The digest of a sheet as acts state it: over its canonical text.
///
/// # Errors
/// As [`sheet_value`].
pub fn sheet_digest(sheet: &Sheet) -> Result<String> {
    Ok(sm3_hex(canonical(&sheet_value(sheet)?).as_bytes()))
}

/// The canonical value of a sheet, as `result.approved` carries it.
///
/// # Errors
/// None in practice: a sheet is written by this library.
pub fn sheet_value(sheet: &Sheet) -> Result<crate::document::Value> {
    read_value(&parse(sheet.to_json().unwrap_or_default().as_bytes())?)
}
