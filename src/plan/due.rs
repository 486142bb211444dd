//! What is due, overdue and proven, span by span.

use serde::Serialize;

use super::obligation::{Debtor, debtors};
use super::{Done, Newcomers, Obligation, Plan};
use crate::calendar::{Date, Period};
use crate::registry::RegistryView;

crate::choice! {
    /// Where an obligation stands in a span.
    pub enum DueState {
        /// The span has not begun.
        NotDue = "not_due" "未开始",
        /// The span has begun and its last day is not over.
        Due = "due" "待完成",
        /// Its last day is over and the proof is not complete.
        Overdue = "overdue" "逾期未完成",
        /// It is proven as often as it is owed.
        Proven = "proven" "已有佐证",
    }
}

/// An obligation of one who owes it, in one span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The obligation.
    pub obligation: String,
    /// What must happen.
    pub record: String,
    /// Host id of the unit or group.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// The unit: itself, or the group's.
    pub unit: String,
    /// The days in which it is owed.
    pub span: Period,
    /// The last day for it.
    pub due: Date,
    /// Where it stands.
    pub state: DueState,
    /// How many times it is owed.
    pub owed: u32,
    /// How many times it is proven by the last day.
    pub proven: u32,
    /// How many times it is proven by something done later.
    pub late: u32,
    /// How many times it is recorded without evidence that counts.
    pub unproven: u32,
    /// The rule that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

/// Each obligation in each span, for each who owes it: the spans that have begun by the day of the view, or those whose
/// last day comes until the day given.
///
/// A span is owed by who exists on its last day; one that is still running, or to come, by who exists on the day of the
/// view. A record counts in the span that holds the day which it is for.
pub fn due(
    registry: &RegistryView<'_>,
    plan: &Plan,
    obligations: &[Obligation],
    period: Period,
    until: Option<Date>,
) -> Vec<Due> {
    due_by(registry, &Done::new(plan, registry.when()), obligations, period, until)
}

/// The same from records that are sorted already.
pub(super) fn due_by(
    registry: &RegistryView<'_>,
    done: &Done<'_>,
    obligations: &[Obligation],
    period: Period,
    until: Option<Date>,
) -> Vec<Due> {
    let when = registry.when();
    let mut all = Vec::new();
    for obligation in obligations {
        for span in obligation.spans(period, until.unwrap_or(when.day).max(when.day)) {
            let last = obligation.due(span);
            if until.map_or(span.from() > when.day, |until| last > until) {
                continue;
            }
            let over = registry.registry().view(span.to().min(when.day), when.known);
            let at = if span.from() <= when.day { &over } else { registry };
            let before = registry.registry().view(span.from(), when.known);
            let exempt = obligation.newcomers == Some(Newcomers::Exempt) && span.from() <= when.day;
            let old: Option<Vec<Debtor>> = exempt.then(|| debtors(&before, obligation));
            let owes = |debtor: &Debtor| {
                old.as_ref()
                    .is_none_or(|old| old.binary_search_by(|other| other.id.cmp(&debtor.id)).is_ok())
            };
            for debtor in debtors(at, obligation).into_iter().filter(owes) {
                all.push(stand(done, obligation, span, last, when.day, debtor));
            }
        }
    }
    all
}

fn stand(done: &Done<'_>, obligation: &Obligation, span: Period, last: Date, day: Date, debtor: Debtor) -> Due {
    let (mut proven, mut late, mut unproven) = (0_u32, 0_u32, 0_u32);
    for (_, record) in done.of(&obligation.record, debtor.doer) {
        if span.holds(record.covers) {
            let tally = match obligation.proven_by(record) {
                false => &mut unproven,
                true if record.on <= last => &mut proven,
                true => &mut late,
            };
            *tally = tally.saturating_add(1);
        }
    }
    let state = if proven.saturating_add(late) >= obligation.times {
        DueState::Proven
    } else if day > last {
        DueState::Overdue
    } else if day >= span.from() {
        DueState::Due
    } else {
        DueState::NotDue
    };
    Due {
        obligation: obligation.id.clone(),
        record: obligation.record.clone(),
        subject: debtor.id,
        name: debtor.name,
        unit: debtor.unit,
        span,
        due: last,
        state,
        owed: obligation.times,
        proven,
        late,
        unproven,
        basis: obligation.basis.clone(),
    }
}
