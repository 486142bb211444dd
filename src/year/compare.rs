//! What subjects claim beside what was verified.

use std::collections::BTreeSet;

use serde::Serialize;

use super::assess::{as_adopted, known};
use super::pool::{assessment, claims_of, facts_of, pool, run};
use super::query::not_for;
use super::{Year, YearTopic};
use crate::assessment::Looking;
use crate::error::{Finding, Result};
use crate::exact::Exact;
use crate::fact::Facts;
use crate::scheme::Scheme;
use crate::score::{Range, Sheet};
use crate::system::View;

/// An item as the subject claims it and as it was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedItem {
    /// The item.
    pub item: String,
    /// Its title.
    pub title: String,
    /// The points that the subject stated for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claimed: Option<Exact>,
    /// The points that the claimed facts give.
    pub own: Range,
    /// The points that the scorer confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Exact>,
    /// The points that the recorded facts give.
    pub verified: Range,
    /// From own to verified: worst case and best case.
    pub difference: Range,
}

/// A subject's claim beside what was verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The subject.
    pub subject: String,
    /// The total that the claimed facts give.
    pub own: Range,
    /// The total that the recorded facts give.
    pub verified: Range,
    /// From own to verified: worst case and best case.
    pub difference: Range,
    /// The items.
    pub items: Vec<ComparedItem>,
    /// Confirmed points that are not those of the facts.
    pub findings: Vec<Finding>,
}

impl Year {
    /// Scores subjects twice: from what they claim, and from what is recorded. In a scheme that compares subjects the
    /// claims of all stand against each other.
    ///
    /// # Errors
    /// As [`Year::assess`].
    pub fn compare(&self, view: &View<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Vec<Compared>> {
        as_adopted(view, scheme)?;
        known(view, subjects)?;
        let pool = pool(view, scheme, subjects);
        let facts = |of: fn(&View<'_>, &str, &str) -> Result<Facts>| -> Result<Vec<Facts>> {
            let facts = pool.iter().map(|entry| of(view, scheme.id(), &entry.subject));
            facts.collect()
        };
        let own = run(self, view, scheme, &facts(claims_of)?)?;
        let verified = run(self, view, scheme, &facts(facts_of)?)?;
        let asked: BTreeSet<&str> = subjects.iter().map(String::as_str).collect();
        let pairs = own.iter().zip(&verified);
        let pairs = pairs.filter(|(own, _)| asked.contains(own.subject.as_str()));
        Ok(pairs.map(|(own, verified)| compared(view, own, verified)).collect())
    }
}

/// What a scorer compares: the items that it scores, without the totals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedItems {
    /// The subject.
    pub subject: String,
    /// The items.
    pub items: Vec<ComparedItem>,
}

/// A claim beside its verification as an audience sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum ComparedFor {
    /// All of it.
    Whole(Box<Compared>),
    /// For a scorer.
    Items(ComparedItems),
}

impl Compared {
    /// As an audience may see it: a subject its own, a scorer the items that it scores, leaders points without findings;
    /// nothing where there is nothing for it to see.
    ///
    /// # Errors
    /// A refusal when everybody asks.
    pub fn shown_to(mut self, looking: Looking<'_>, view: &View<'_>, scheme: &str) -> Result<Option<ComparedFor>> {
        Ok(match looking {
            Looking::Office => Some(ComparedFor::Whole(Box::new(self))),
            Looking::Subject(own) => (self.subject == own).then_some(ComparedFor::Whole(Box::new(self))),
            Looking::Scorer(unit) => {
                let own = assessment(view).items_of(unit, scheme, &self.subject, view.when());
                self.items.retain(|item| own.contains(&item.item.as_str()));
                let (subject, items) = (self.subject, self.items);
                (!items.is_empty()).then_some(ComparedFor::Items(ComparedItems { subject, items }))
            }
            Looking::Leaders => {
                self.findings.clear();
                Some(ComparedFor::Whole(Box::new(self)))
            }
            Looking::Public => return Err(not_for(YearTopic::Compare)),
        })
    }
}

fn compared(view: &View<'_>, own: &Sheet, verified: &Sheet) -> Compared {
    let when = view.when();
    let course = assessment(view).course_of(&own.scheme, &own.subject, when.day, when.known);
    let claimed = assessment(view).claimed_points(course);
    let items: Vec<ComparedItem> = own
        .items
        .iter()
        .zip(&verified.items)
        .map(|(before, after)| ComparedItem {
            item: after.id.clone(),
            title: after.title.clone(),
            claimed: claimed
                .iter()
                .find(|(item, _)| *item == after.id)
                .map(|(_, points)| points.clone()),
            own: before.points.clone(),
            confirmed: course.verified(&after.id).and_then(|verified| verified.points.clone()),
            verified: after.points.clone(),
            difference: between(&before.points, &after.points),
        })
        .collect();
    Compared {
        subject: own.subject.clone(),
        own: own.total.clone(),
        verified: verified.total.clone(),
        difference: between(&own.total, &verified.total),
        findings: items.iter().filter_map(|item| differs(item, &own.subject)).collect(),
        items,
    }
}

/// Points that a scorer confirmed and that are not among those that the facts give.
pub(super) fn differs(item: &ComparedItem, subject: &str) -> Option<Finding> {
    let confirmed = item.confirmed.as_ref()?;
    let within = item.verified.lowest <= *confirmed && *confirmed <= item.verified.highest;
    (!within).then(|| {
        let (confirmed, points) = (confirmed.shown(), item.verified.zh());
        let (id, title) = (&item.item, &item.title);
        let zh = format!("项目“{id} {title}”评分单位确认 {confirmed} 分，按事实应为 {points} 分，请核对事实");
        let en = format!("item \"{id}\": the scorer confirms {confirmed} points, the facts give {points}");
        Finding::warning("year.points_differ", zh, en).about(subject)
    })
}

fn between(before: &Range, after: &Range) -> Range {
    Range {
        lowest: &after.lowest - &before.lowest,
        highest: &after.highest - &before.highest,
    }
}
