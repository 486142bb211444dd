//! Which acts belong to a subject and year.

use std::collections::BTreeSet;

use crate::calendar::{Date, Period};
use crate::document::Value;

/// Members by which an object says whose it is.
const WHOSE: &[&str] = &["unit", "group", "post", "subject", "letter"];

/// Members in which an object carries an id of its own, by which later acts name it.
const OWN: &[&str] = &["id", "appeal", "inspection", "finding", "redetermination"];

/// Acts of the record of work and of supervision: those of other years are left out.
const OF_A_YEAR: &[&str] = &[
    "records.",
    "problems.",
    "plan_items.",
    "items.",
    "campaigns.",
    "campaign.",
    "checklists.",
    "checklist.",
    "counts.",
    "inspection.",
    "rectification.",
    "finding.",
];

/// Picks the acts that speak of what is wanted, from the first line of the ledger on.
///
/// An act belongs when any text in it is an id that is wanted: of the subject, its units, its letters, the posts that sign
/// them, the scheme. What an act of theirs introduces (a tenure, a record, an appeal) is wanted from then on, so its later
/// fate belongs too. So the archive may hold more than it must, never less.
pub(super) struct Selection<'a> {
    /// The ids that are wanted.
    pub(super) ids: BTreeSet<String>,
    /// The letters among them, whose acts belong whatever their day.
    pub(super) letters: BTreeSet<String>,
    /// The scheme; acts of other schemes are left out.
    pub(super) scheme: &'a str,
    /// The subject; acts about another one are left out.
    pub(super) subject: &'a str,
    /// The year.
    pub(super) year: Period,
    /// Acts that take effect later are left out.
    pub(super) until: Date,
}

impl Selection<'_> {
    /// Whether this act belongs.
    pub(super) fn wants(&mut self, payload: &Value) -> bool {
        let word = payload.get("act").and_then(Value::as_text).unwrap_or("");
        let of_other = |name: &str, own: &str| {
            let told = payload.get(name).and_then(Value::as_text);
            told.is_some_and(|told| told != own)
        };
        let of_others = of_other("scheme", self.scheme) || of_other("subject", self.subject);
        if of_others || !names(payload, &self.ids) {
            return false;
        }
        let effective = payload
            .get("effective")
            .and_then(Value::as_text)
            .and_then(Date::from_iso);
        let late = effective.is_some_and(|day| day > self.until);
        let other_year = OF_A_YEAR.iter().any(|prefix| word.starts_with(prefix))
            && effective.is_some_and(|day| !self.year.holds(day))
            && !names(payload, &self.letters);
        if late || other_year {
            return false;
        }
        // Founding posts names every post of a unit; only those that sign are wanted, and they are wanted already.
        if word != "posts.founded" {
            introduced(payload, &mut self.ids);
        }
        true
    }
}

/// Whether any text in the value is one of the ids. Depth is bounded by the reader (128), so recursion is too.
fn names(value: &Value, ids: &BTreeSet<String>) -> bool {
    match value {
        Value::Text(text) => ids.contains(text),
        Value::List(items) => items.iter().any(|item| names(item, ids)),
        Value::Object(members) => members.iter().any(|(_, value)| names(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Adds the ids that objects of what is wanted carry themselves.
fn introduced(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| introduced(item, ids)),
        Value::Object(members) => {
            let told = |names: &[&str]| {
                let members = members.iter().filter(|(name, _)| names.contains(&name.as_str()));
                let texts = members.filter_map(|(_, value)| value.as_text()).map(str::to_owned);
                texts.collect::<Vec<_>>()
            };
            if told(WHOSE).iter().any(|id| ids.contains(id)) {
                ids.extend(told(OWN));
            }
            members.iter().for_each(|(_, value)| introduced(value, ids));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
