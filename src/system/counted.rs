//! Facts that the ledger itself counts: assessments say which, inspections and rectifications give the numbers.

use std::collections::BTreeMap;

use super::View;
use crate::assessment::{Count, FactsCounted};
use crate::document::{NumberText, Value};
use crate::registry::When;
use crate::supervision::{FindingStanding, InspectionRow};

/// The counted facts of a subject; none where nothing is to be counted or the subject is not in the ledger.
pub(super) fn counted<'a>(view: &View<'a>, scheme: &str, subject: &str) -> BTreeMap<&'a str, Value> {
    let (state, known) = (view.system().state(), view.when().known);
    let of = state.assessment.counts_of(scheme, known);
    let (Some(counted), Some(subject)) = (of, state.assessment.subject(subject, known)) else {
        return BTreeMap::new();
    };
    let when = When {
        day: view.when().day.min(counted.to),
        known,
    };
    let inside = |on| counted.from <= on && on <= when.day;
    let mut found: Vec<FindingStanding> = state.supervision.standings(None, when);
    found.retain(|finding| subject.covers(&finding.unit) && inside(finding.found));
    let held = held(view, counted, &subject.units, when);
    let facts = counted.counts.iter().map(|fact| {
        let number = match fact.count {
            Count::Inspections => held,
            count => found
                .iter()
                .map(|finding| of_finding(count, finding))
                .fold(0, i64::saturating_add),
        };
        (fact.fact.as_str(), value(number, &counted.post))
    });
    facts.collect()
}

/// How many inspections were held at one of the units.
fn held(view: &View<'_>, counted: &FactsCounted, units: &[String], when: When) -> i64 {
    let state = view.system().state();
    let own: Vec<_> = units.iter().filter_map(|unit| state.registry.units.key(unit)).collect();
    let table = &state.supervision.inspections;
    let rows = table.keys(when.known).flat_map(|key| table.rows(key, when.known));
    let held = rows.filter(|row| match &row.value {
        InspectionRow::Held { on, units } => {
            counted.from <= *on && *on <= when.day && units.iter().any(|unit| own.contains(unit))
        }
        InspectionRow::Planned(_) => false,
    });
    i64::try_from(held.count()).unwrap_or(i64::MAX)
}

fn of_finding(count: Count, finding: &FindingStanding) -> i64 {
    match count {
        Count::Inspections => 0,
        Count::Findings => 1,
        Count::WrittenOff => i64::from(finding.written_off.is_some()),
        Count::Open => i64::from(finding.written_off.is_none()),
        Count::Late => i64::from(finding.late > 0),
        Count::DaysLate => i64::from(finding.late),
        Count::Extended => i64::from(finding.extended),
        Count::Recurred => i64::from(finding.recurred),
    }
}

/// A number; nothing counted is a zero that the post declares.
fn value(number: i64, post: &str) -> Value {
    if number > 0 {
        return Value::Number(NumberText::from(number));
    }
    let text = |text: &str| Value::Text(text.to_owned());
    Value::Object(vec![("state".into(), text("zero")), ("declared_by".into(), text(post))])
}
