//! What is owed (规定动作), by whom, and how far the period's records prove it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Doer, Done, Every, Plan, RecordRow};
use crate::calendar::{Date, Period};
use crate::registry::{RegistryView, Span};

crate::choice! {
    /// Who owes an obligation.
    pub enum Owing {
        /// Every unit of the classes.
        Units = "units" "单位",
        /// Every leadership group of a unit of the classes.
        Groups = "groups" "领导小组",
    }
}
crate::document::kept!(enum Owing { 0 Units, 1 Groups });

crate::choice! {
    /// Whether who did not exist on the first day of a span owes it.
    pub enum Newcomers {
        /// They owe it like everybody.
        Owe = "owe" "照常承担",
        /// They owe from the next span on.
        Exempt = "exempt" "下一周期起承担",
    }
}
crate::document::kept!(enum Newcomers { 0 Owe, 1 Exempt });

crate::record! {
    /// Something that must happen at least so many times, with the evidence that counts (规定动作).
    pub struct Obligation {
        /// Id within the rule set.
        pub id: String,
        /// What must happen: the kind of record that counts.
        pub record: String,
        /// Who owes it.
        pub owing: Owing,
        /// The classes of units; all when empty.
        pub classes: Vec<String>,
        /// Host ids of the units or groups; all of the classes when empty.
        pub only: Vec<String>,
        /// How many times at least: in the period of the rule set, or in each span when it returns.
        pub times: u32,
        /// How often it returns; the whole period is one span when missing.
        pub every: Option<Every>,
        /// The last day for it, when it is owed once and before the end of the period; not beside `every`.
        pub by: Option<Date>,
        /// How many days after the end of the span it may still be done.
        pub due_days: Option<u32>,
        /// What is asked of those who came during a span; they owe it when missing.
        pub newcomers: Option<Newcomers>,
        /// Which evidence counts; any when empty.
        pub evidence: Vec<String>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct Obligation {
    id, record, owing, classes, only, times, every, by, due_days, newcomers, evidence, basis
});

crate::record! {
    /// What counts as a meeting of a leadership group whose papers say how often it meets.
    pub struct MeetingRule {
        /// The kind of record that counts.
        pub record: String,
        /// How many days after the end of the span the meeting may still be held.
        pub due_days: Option<u32>,
        /// Which evidence counts; any when empty.
        pub evidence: Vec<String>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct MeetingRule { record, due_days, evidence, basis });

/// What is owed: what the rule set lists, and the meetings that the papers of the groups of the day promise.
pub fn owed(registry: &RegistryView<'_>, listed: &[Obligation], meetings: Option<&MeetingRule>) -> Vec<Obligation> {
    let mut all = listed.to_vec();
    let Some(rule) = meetings else { return all };
    let mut promised: BTreeMap<(Every, u32), Vec<String>> = BTreeMap::new();
    for (id, group) in registry.groups() {
        if let Some(meetings) = &group.meetings {
            let every = match meetings.every {
                Span::Month => Every::Month,
                Span::Quarter => Every::Quarter,
                Span::HalfYear => Every::HalfYear,
                Span::Year => Every::Year,
            };
            promised.entry((every, meetings.times)).or_default().push(id.to_owned());
        }
    }
    all.extend(promised.into_iter().map(|((every, times), only)| Obligation {
        id: "meetings".to_owned(),
        record: rule.record.clone(),
        owing: Owing::Groups,
        classes: Vec::new(),
        only,
        times,
        every: Some(every),
        by: None,
        due_days: rule.due_days,
        newcomers: None,
        evidence: rule.evidence.clone(),
        basis: rule.basis.clone(),
    }));
    all
}

impl Obligation {
    /// The spans in which it is owed within the period of the rule set.
    pub(super) fn spans(&self, period: Period, day: Date) -> Vec<Period> {
        match (self.by, self.every) {
            (Some(by), _) => Period::new(period.from(), by).into_iter().collect(),
            (None, every) => every.unwrap_or(Every::Period).spans(period, day),
        }
    }

    /// Whether it has days of its own, span by span, rather than a number that the whole period must reach.
    pub(super) fn returns(&self) -> bool {
        self.every.is_some() || self.by.is_some() || self.due_days.is_some()
    }

    /// The last day for a span.
    pub(super) fn due(&self, span: Period) -> Date {
        let days = self.due_days.unwrap_or(0);
        span.to().days_later(days).unwrap_or(Date::LAST)
    }

    /// Whether a record has evidence that counts.
    pub(super) fn proven_by(&self, record: &RecordRow) -> bool {
        let mut kinds = record.evidence.iter().map(|evidence| &evidence.kind);
        kinds.any(|kind| self.evidence.is_empty() || self.evidence.iter().any(|wanted| **wanted == **kind))
    }
}

/// One who owes.
pub(super) struct Debtor {
    pub(super) doer: Doer,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: String,
}

/// Who owes the obligation on the day of the view, in the order of their ids.
pub(super) fn debtors(registry: &RegistryView<'_>, obligation: &Obligation) -> Vec<Debtor> {
    let of_class =
        |unit| obligation.classes.is_empty() || obligation.classes.iter().any(|class| class == registry.class(unit));
    let only: BTreeSet<&str> = obligation.only.iter().map(String::as_str).collect();
    let named = |id: &str| only.is_empty() || only.contains(id);
    let tables = registry.registry();
    match obligation.owing {
        Owing::Units => registry
            .units()
            .map(|unit| (unit, tables.units.id(unit)))
            .filter(|(unit, id)| named(id) && of_class(*unit))
            .map(|(unit, id)| Debtor {
                doer: Doer::Unit(unit),
                id: id.to_owned(),
                name: registry.name(unit).to_owned(),
                unit: id.to_owned(),
            })
            .collect(),
        Owing::Groups => registry
            .groups()
            .filter(|(id, group)| named(id) && of_class(group.unit))
            .filter_map(|(id, group)| {
                tables.groups.key(id).map(|key| Debtor {
                    doer: Doer::Group(key),
                    id: id.to_owned(),
                    name: group.name.to_string(),
                    unit: tables.units.id(group.unit).to_owned(),
                })
            })
            .collect(),
    }
}

/// How far an obligation is proven over the whole period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The obligation.
    pub obligation: String,
    /// Host id of the unit or group.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// How many times it is owed.
    pub owed: u32,
    /// How many times it is recorded with evidence that counts.
    pub proven: u32,
    /// How many times it is recorded without.
    pub unproven: u32,
}

/// How far each obligation is proven for each who owes it, by the day of the view, within the period.
pub fn proofs(registry: &RegistryView<'_>, plan: &Plan, obligations: &[Obligation], period: Period) -> Vec<Proof> {
    proofs_by(registry, &Done::new(plan, registry.when()), obligations, period)
}

/// The same from records that are sorted already.
pub(super) fn proofs_by(
    registry: &RegistryView<'_>,
    done: &Done<'_>,
    obligations: &[Obligation],
    period: Period,
) -> Vec<Proof> {
    let day = registry.when().day;
    let mut all = Vec::new();
    for obligation in obligations {
        let spans = u32::try_from(obligation.spans(period, day).len()).unwrap_or(u32::MAX);
        for debtor in debtors(registry, obligation) {
            let (mut proven, mut unproven) = (0_u32, 0_u32);
            for (_, record) in done.of(&obligation.record, debtor.doer) {
                if period.holds(record.covers) {
                    let tally = if obligation.proven_by(record) {
                        &mut proven
                    } else {
                        &mut unproven
                    };
                    *tally = tally.saturating_add(1);
                }
            }
            all.push(Proof {
                obligation: obligation.id.clone(),
                subject: debtor.id,
                name: debtor.name,
                owed: obligation.times.saturating_mul(spans),
                proven,
                unproven,
            });
        }
    }
    all
}
