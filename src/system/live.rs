//! Which rule sets are live on a day: the assessment of a year ends in the next, so there may be several.

use super::RuleSetBody;
use crate::calendar::Date;
use crate::ledger::{Position, Row, Table};
use crate::registry::When;

/// A rule set with the day from which its adoption takes effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetRow {
    /// First day of the version: from then on it takes the place of an earlier one of the same id and period.
    pub from: Date,
    /// What it says.
    pub rules: RuleSetBody,
}
crate::document::kept!(struct RuleSetRow { from, rules });

/// How a version ranks on a day: one in effect before one that is not; of those in effect the latest, of the others the
/// earliest, so that the first version binds its whole period even where it was adopted late.
pub(super) fn rank(row: &Row<RuleSetRow>, day: Date) -> (bool, i64, Position) {
    let number = row.value.from.number();
    let effective = row.value.from <= day;
    let number = if effective { number } else { number.saturating_neg() };
    (effective, number, row.from)
}

/// The rule sets that are live on a day: those whose period holds it, then those whose accounts are still open; within
/// each the one that took effect last comes first.
pub(super) fn live(table: &Table<RuleSetRow>, when: When) -> Vec<&RuleSetBody> {
    let day = when.day;
    let rows = table.keys(when.known).filter_map(|key| table.last(key, when.known));
    let open: Vec<&Row<RuleSetRow>> = rows
        .filter(|row| row.value.rules.period.from() <= day && day <= row.value.rules.open_until())
        .collect();
    let superseded = |row: &Row<RuleSetRow>| {
        open.iter().any(|other| {
            let (own, rules) = (&row.value.rules, &other.value.rules);
            own.id == rules.id && own.period.meets(rules.period) && rank(other, day) > rank(row, day)
        })
    };
    let mut live: Vec<&Row<RuleSetRow>> = open.iter().copied().filter(|row| !superseded(row)).collect();
    live.sort_by_key(|row| std::cmp::Reverse((row.value.rules.period.holds(day), rank(row, day))));
    live.into_iter().map(|row| &row.value.rules).collect()
}

/// The rule set of this id, or of this id and version with a space between: the live one, else the one of which the
/// period began last before the day, else any.
pub(super) fn named<'t>(table: &'t Table<RuleSetRow>, when: When, name: &str) -> Option<&'t RuleSetBody> {
    let is = |rules: &RuleSetBody| rules.id == name || format!("{} {}", rules.id, rules.version) == name;
    if let Some(rules) = live(table, when).into_iter().find(|rules| is(rules)) {
        return Some(rules);
    }
    let rows = table.keys(when.known).filter_map(|key| table.last(key, when.known));
    rows.filter(|row| is(&row.value.rules))
        .max_by_key(|row| {
            let from = row.value.rules.period.from();
            (from <= when.day, from, row.value.from, row.from)
        })
        .map(|row| &row.value.rules)
}
