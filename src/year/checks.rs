//! What is found when the results that the ledger holds are held against the facts that it holds.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::assess::sheet_digest;
use super::compare::differs;
use super::pool::assessment;
use super::query::not_for;
use super::{Year, YearTopic};
use crate::assessment::{Assessment, Course, Looking};
use crate::error::{Finding, Result};
use crate::ledger::Position;
use crate::scheme::Scheme;
use crate::score::Sheet;
use crate::system::View;

impl Year {
    /// What is found of the results of a scheme: sheets that are no longer what the facts give (`year.result_outdated`,
    /// `year.preliminary_outdated`), results that rest on an outdated one (`year.stale`), items that nobody scores and
    /// assignments of items that the scheme does not have, points that a scorer confirmed and the facts do not give; all as
    /// the rule set of the day wants them.
    ///
    /// # Errors
    /// As [`Year::assess`], and not found without a roster.
    pub fn findings(&self, view: &View<'_>, scheme: &Scheme) -> Result<Vec<Finding>> {
        let mut found = scorers(view, scheme);
        found.extend(self.of_subjects(view, scheme)?);
        Ok(wanted(view, found))
    }

    /// Those that are about results, each about its subject.
    fn of_subjects(&self, view: &View<'_>, scheme: &Scheme) -> Result<Vec<Finding>> {
        let subjects = Year::roster(view, scheme.id())?;
        let mut found = stale(view, scheme, &subjects);
        for sheet in self.scored(view, scheme, &subjects)? {
            let when = view.when();
            let course = assessment(view).course_of(scheme.id(), &sheet.subject, when.day, when.known);
            found.extend(outdated(course, &sheet)?);
        }
        for compared in self.compare(view, scheme, &subjects)? {
            found.extend(compared.findings);
        }
        Ok(found)
    }

    /// The same for an audience: a subject gets those about its own result, a scorer those about the points that it
    /// confirmed, leaders how many there are of each kind.
    ///
    /// # Errors
    /// As [`Year::findings`]; a refusal when everybody asks.
    pub fn findings_for(&self, view: &View<'_>, scheme: &Scheme, looking: Looking<'_>) -> Result<FoundFor> {
        let found = match looking {
            Looking::Office => self.findings(view, scheme)?,
            Looking::Subject(own) => {
                let mut found = self.of_subjects(view, scheme)?;
                found.retain(|finding| finding.subject.as_deref() == Some(own));
                wanted(view, found)
            }
            Looking::Scorer(unit) => {
                let mut found = Vec::new();
                for compared in self.compare(view, scheme, &Year::roster(view, scheme.id())?)? {
                    let own = assessment(view).items_of(unit, scheme.id(), &compared.subject, view.when());
                    let items = compared.items.iter().filter(|item| own.contains(&item.item.as_str()));
                    found.extend(items.filter_map(|item| differs(item, &compared.subject)));
                }
                wanted(view, found)
            }
            Looking::Leaders => {
                let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
                for finding in &self.findings(view, scheme)? {
                    let count = counts.entry(finding.code).or_default();
                    *count = count.saturating_add(1);
                }
                let counts = counts.into_iter().map(|(code, count)| FindingCount { code, count });
                return Ok(FoundFor::Counts(counts.collect()));
            }
            Looking::Public => return Err(not_for(YearTopic::Findings)),
        };
        Ok(FoundFor::Findings(found))
    }
}

/// What an audience is told of the findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FoundFor {
    /// The findings that it may see.
    Findings(Vec<Finding>),
    /// How many there are, in the order of their codes.
    Counts(Vec<FindingCount>),
}

/// How many findings of one kind there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingCount {
    /// Their code.
    pub code: &'static str,
    /// How many.
    pub count: usize,
}

/// As the rule set of the day wants them.
pub(super) fn wanted(view: &View<'_>, found: Vec<Finding>) -> Vec<Finding> {
    match view.rule_set() {
        Some(rules) => rules.wanted(found),
        None => found,
    }
}

/// A sheet that the ledger holds and that is no longer what the facts give: the approved one, else the one issued last.
fn outdated(course: Course<'_>, sheet: &Sheet) -> Result<Option<Finding>> {
    let digest = sheet_digest(sheet)?;
    let (held, on, approved) = match (course.approved(), course.issued()) {
        (Some(row), _) => (&row.value.digest, row.value.on, true),
        (None, Some(row)) => (&row.value.digest, row.value.on, false),
        (None, None) => return Ok(None),
    };
    if **held == *digest {
        return Ok(None);
    }
    let finding = if approved {
        let zh = format!("{on} 审定的得分表（{held}）已与账本现有事实不符；变更须经重新评定，不自动重算");
        let en = format!(
            "the sheet approved on {on} ({held}) is no longer what the facts give; nothing is rescored by itself"
        );
        Finding::warning("year.result_outdated", zh, en)
    } else {
        let zh = format!("{on} 印发的得分表（{held}）已与账本现有事实不符；须经复核或处理后重新印发");
        let en =
            format!("the sheet issued on {on} ({held}) is no longer what the facts give; issue it anew after a review");
        Finding::warning("year.preliminary_outdated", zh, en)
    };
    Ok(Some(finding.about(sheet.subject.as_str())))
}

/// Approved results that include a result, or compare with a result of an earlier year, that was approved or determined
/// anew since.
fn stale(view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Vec<Finding> {
    let (assessment, when) = (assessment(view), view.when());
    let included: BTreeSet<&str> = scheme
        .includes()
        .map(|(_, included)| included.scheme.as_str())
        .collect();
    let mut found = Vec::new();
    for subject in subjects {
        let course = assessment.course_of(scheme.id(), subject, when.day, when.known);
        let Some(own) = course.approved() else { continue };
        let rests_on = included.iter().map(|scheme| (*scheme, subject.as_str()));
        let openings = assessment.opening_values(scheme.id(), subject, when.known);
        let earlier = openings.filter_map(|row| {
            let from = row.source.subject.as_deref().unwrap_or(subject);
            row.source.scheme.as_deref().map(|scheme| (scheme, from))
        });
        for (other, whose) in rests_on.chain(earlier) {
            if approved_since(assessment, other, whose, own.from, view) {
                let zh = format!(
                    "审定结果（{}）所依据的办法“{other}”的结果此后另有审定，须重新核对",
                    own.value.on
                );
                let en = format!(
                    "the result approved on {} rests on a result of scheme \"{other}\" that was approved anew since",
                    own.value.on
                );
                found.push(Finding::warning("year.stale", zh, en).about(subject.as_str()));
            }
        }
    }
    found
}

/// Whether a result was approved behind this position.
fn approved_since(assessment: &Assessment, scheme: &str, subject: &str, since: Position, view: &View<'_>) -> bool {
    let when = view.when();
    let course = assessment.course_of(scheme, subject, when.day, when.known);
    course.approvals().any(|row| row.from > since)
}

/// Items without a scorer, where scorers are assigned at all, and assignments of items that do not exist.
fn scorers(view: &View<'_>, scheme: &Scheme) -> Vec<Finding> {
    let when = view.when();
    let scorers = assessment(view).scorers_of(scheme.id(), when.day, when.known);
    if scorers.is_empty() {
        return Vec::new();
    }
    let leaves: Vec<_> = scheme.layout().nodes.iter().filter(|node| !node.group).collect();
    let unassigned = leaves
        .iter()
        .filter(|node| !scorers.iter().any(|own| *own.item == *node.id));
    let unknown = scorers
        .iter()
        .filter(|own| !leaves.iter().any(|node| *own.item == *node.id));
    let unassigned = unassigned.map(|node| {
        let zh = format!("项目“{} {}”没有指定评分单位", node.id, node.title);
        let en = format!("item \"{}\" has no scorer", node.id);
        Finding::warning("year.item_unassigned", zh, en).about(node.id.as_str())
    });
    let unknown = unknown.map(|own| {
        let zh = format!("评分分工中的项目“{}”不在办法“{}”之内", own.item, scheme.id());
        let en = format!(
            "scheme \"{}\" has no item \"{}\", which has a scorer",
            scheme.id(),
            own.item
        );
        Finding::warning("year.item_unknown", zh, en).about(own.item.as_ref())
    });
    unassigned.chain(unknown).collect()
}
