//! What is missing, from whom, by when.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::pool::{assessment, pool};
use super::query::not_for;
use super::{Year, YearTopic, assess::as_adopted};
use crate::assessment::{Looking, Step};
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

/// How much a unit owes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owed {
    /// The unit, or the supplier as the scheme names it; missing when nobody was assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How many items it has not verified.
    pub unverified: usize,
    /// How many facts it has not reported.
    pub unreported: usize,
    /// How many of both are overdue.
    pub overdue: usize,
}

/// What an audience is told of what is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum MissingFor {
    /// What it may see.
    List(Missing),
    /// For leaders: how much each unit owes.
    Counts {
        /// The scheme.
        scheme: String,
        /// By unit.
        units: Vec<Owed>,
    },
}

impl Missing {
    /// As an audience may see it: a subject what is missing of itself, a scorer what it owes, leaders how much who owes.
    ///
    /// # Errors
    /// A refusal when everybody asks.
    pub fn shown_to(mut self, looking: Looking<'_>) -> Result<MissingFor> {
        match looking {
            Looking::Office => {}
            Looking::Subject(own) => {
                self.items.retain(|missing| missing.subject == own);
                self.facts.retain(|missing| missing.subject == own);
            }
            Looking::Scorer(unit) => {
                self.items.retain(|missing| missing.scorer.as_deref() == Some(unit));
                self.facts.retain(|missing| missing.supplier.as_deref() == Some(unit));
            }
            Looking::Leaders => {
                let units = self.owed();
                let scheme = self.scheme;
                return Ok(MissingFor::Counts { scheme, units });
            }
            Looking::Public => return Err(not_for(YearTopic::Missing)),
        }
        Ok(MissingFor::List(self))
    }

    /// How much each unit owes, in the order of their ids; what nobody owes comes first.
    pub fn owed(&self) -> Vec<Owed> {
        let mut units: BTreeMap<Option<&str>, Owed> = BTreeMap::new();
        let items = self
            .items
            .iter()
            .map(|missing| (&missing.scorer, missing.overdue, (1, 0)));
        let facts = self
            .facts
            .iter()
            .map(|missing| (&missing.supplier, missing.overdue, (0, 1)));
        for (unit, overdue, (items, facts)) in items.chain(facts) {
            let owed = units.entry(unit.as_deref()).or_insert_with(|| Owed {
                unit: unit.clone(),
                unverified: 0,
                unreported: 0,
                overdue: 0,
            });
            owed.unverified = owed.unverified.saturating_add(items);
            owed.unreported = owed.unreported.saturating_add(facts);
            owed.overdue = owed.overdue.saturating_add(usize::from(overdue > 0));
        }
        units.into_values().collect()
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
            let counted = view.counted_facts(scheme.id(), subject);
            let reported = |name: &str| {
                let value = recorded.iter().find(|(own, _)| *own == name).map(|(_, value)| *value);
                counted.contains_key(name)
                    || value.is_some_and(|value| value.get("state").and_then(Value::as_text) != Some("pending"))
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
