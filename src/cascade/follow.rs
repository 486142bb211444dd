//! Letters that were signed and then forgotten.

use std::collections::BTreeSet;

use super::{CascadeRule, Duties};
use crate::error::Finding;
use crate::letter::LettersView;
use crate::plan::{CampaignRow, ChecklistRow, ItemRow, Plan};
use crate::registry::When;
use crate::supervision::{InspectionRow, Supervision};

/// Letters in force that nothing follows up within the days of the rule: no record, problem, plan item, campaign,
/// checklist, inspection or breakdown cites them, and no duty below comes from them.
pub(super) fn forgotten(
    when: When,
    letters: &LettersView<'_>,
    plan: &Plan,
    supervision: &Supervision,
    duties: &Duties,
    rule: &CascadeRule,
    found: &mut Vec<Finding>,
) {
    let Some(days) = rule.follow_up_days else { return };
    let mut cited = cited(when, plan, supervision, duties);
    for letter in letters.in_force() {
        let from = letter.duties().iter().filter_map(|duty| duty.from.as_ref());
        cited.extend(from.map(|from| from.letter.as_str()));
    }
    for letter in letters.in_force().filter(|letter| !cited.contains(letter.id)) {
        let Some((signed, last)) = letter
            .signed_up()
            .and_then(|signed| Some((signed, signed.days_later(days)?)))
        else {
            continue;
        };
        if when.day > last {
            let title = letter.title();
            let zh = format!(
                "责任书“{title}”于{}签齐，{days} 天内没有任何台账、计划、督查或分解与之对应",
                signed.zh()
            );
            let en = format!("letter \"{title}\" was signed on {signed}; nothing followed it up within {days} days");
            found.push(
                Finding::warning("cascade.letter_not_followed_up", zh, en)
                    .about(letter.id)
                    .resting_on(rule.basis.as_deref()),
            );
        }
    }
}

/// The letters that something cites by the day.
fn cited<'a>(when: When, plan: &'a Plan, supervision: &'a Supervision, duties: &'a Duties) -> BTreeSet<&'a str> {
    let (day, known) = (when.day, when.known);
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for (_, record) in plan.records.latest(known).filter(|(_, record)| record.on <= day) {
        cited.extend(record.letter.as_deref());
    }
    for key in plan.problems.keys(known) {
        for row in plan.problems.rows(key, known) {
            if let ItemRow::Registered(from, problem) = &row.value
                && *from <= day
            {
                cited.extend(problem.letter.as_deref());
            }
        }
    }
    for key in plan.items.keys(known) {
        for row in plan.items.rows(key, known) {
            if let ItemRow::Registered(from, item) = &row.value
                && *from <= day
            {
                cited.extend(item.letter.as_deref());
            }
        }
    }
    for key in plan.campaigns.keys(known) {
        for row in plan.campaigns.rows(key, known) {
            if let CampaignRow::Opened(from, campaign) = &row.value
                && *from <= day
            {
                cited.extend(campaign.letter.as_deref());
            }
        }
    }
    for key in plan.checklists.keys(known) {
        for row in plan.checklists.rows(key, known) {
            if let ChecklistRow::Issued(from, checklist) = &row.value
                && *from <= day
            {
                cited.extend(checklist.letter.as_deref());
            }
        }
    }
    for key in supervision.inspections.keys(known) {
        for row in supervision.inspections.rows(key, known) {
            if let InspectionRow::Planned(planned) = &row.value {
                cited.extend(planned.letter.as_deref());
            }
        }
    }
    for key in duties.breakdowns.keys(known) {
        let mut rows = duties.breakdowns.rows(key, known);
        if rows.any(|row| row.value.on <= day) {
            cited.insert(duties.breakdowns.id(key));
        }
    }
    cited
}
