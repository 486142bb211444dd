//! What is missing, from whom, by when.

use std::collections::BTreeSet;

use serde::Serialize;

use super::pool::{assessment, pool};
use super::{Year, assess::as_adopted};
use crate::assessment::Step;
use crate::calendar::{Date, days_late};
use crate::document::Value;
use crate::error::Result;
use crate::scheme::Scheme;
use crate::system::View;

/// An item that its scorer has not verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingItem {
    /// The subject.
    pub subject: String,
    /// The item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// The unit that must verify it; missing when nobody was assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scorer: Option<String>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// How many days it is overdue.
    pub overdue: u32,
}

/// A declared fact that nobody reported, or that its supplier reported as still to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingFact {
    /// The subject.
    pub subject: String,
    /// The fact.
    pub fact: String,
    /// Who reports it, as the scheme declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// The last day: that of the verification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// How many days it is overdue.
    pub overdue: u32,
}

/// What is missing under a scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The scheme.
    pub scheme: String,
    /// Items that nobody verified, by subject in the order of the roster.
    pub items: Vec<MissingItem>,
    /// Facts that nobody reported, by subject in the order of the roster.
    pub facts: Vec<MissingFact>,
}

impl Missing {
    /// Only what is missing of this subject.
    pub(super) fn only_of(&mut self, subject: &str) {
        self.items.retain(|missing| missing.subject == subject);
        self.facts.retain(|missing| missing.subject == subject);
    }

    /// Only what this unit owes.
    pub(super) fn only_from(&mut self, unit: &str) {
        self.items.retain(|missing| missing.scorer.as_deref() == Some(unit));
        self.facts.retain(|missing| missing.supplier.as_deref() == Some(unit));
    }
}

impl Year {
    /// What is missing of these subjects on the day of the view: items without verification where scorers are assigned,
    /// and facts without a report.
    ///
    /// # Errors
    /// A refusal when the scheme is not the one that was adopted; a calendar error when a clock counts working days of a
    /// year without a calendar.
    pub fn missing(view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Missing> {
        as_adopted(view, scheme)?;
        let (assessment, when) = (assessment(view), view.when());
        let assigned = !assessment.scorers_of(scheme.id(), when.day, when.known).is_empty();
        let mut missing = Missing {
            scheme: scheme.id().to_owned(),
            items: Vec::new(),
            facts: Vec::new(),
        };
        let overdue = |by: Option<Date>| by.map_or(0, |by| days_late(by, when.day));
        let pool = pool(view, scheme, subjects);
        let asked: BTreeSet<&str> = subjects.iter().map(String::as_str).collect();
        for entry in pool.iter().filter(|entry| asked.contains(entry.subject.as_str())) {
            let subject = &entry.subject;
            let course = assessment.course_of(scheme.id(), subject, when.day, when.known);
            let rule = assessment
                .procedure(scheme.id(), when.known)
                .and_then(|procedure| procedure.rule(Step::Verification));
            let last = match rule {
                Some((_, rule)) => course.last_day(rule)?,
                None => None,
            };
            let leaves = scheme.layout().nodes.iter().filter(|node| !node.group);
            for node in leaves.filter(|node| assigned && course.verified(&node.id).is_none()) {
                let open = course.unverified().find(|(item, ..)| *item == node.id);
                let by = open.and_then(|(.., by)| by).or(last);
                missing.items.push(MissingItem {
                    subject: subject.clone(),
                    item: node.id.clone(),
                    title: node.title.clone(),
                    scorer: open.map(|(_, unit, _)| unit.to_owned()),
                    by,
                    overdue: overdue(by),
                });
            }
            let recorded = assessment.recorded(scheme.id(), subject, when.known);
            let reported = |name: &str| {
                let value = recorded.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
                value.is_some_and(|value| value.get("state").and_then(Value::as_text) != Some("pending"))
            };
            let silent = scheme.facts().iter().filter(|fact| !reported(&fact.name));
            missing.facts.extend(silent.map(|fact| MissingFact {
                subject: subject.clone(),
                fact: fact.name.clone(),
                supplier: fact.supplier.clone(),
                by: last,
                overdue: overdue(last),
            }));
        }
        Ok(missing)
    }
}
