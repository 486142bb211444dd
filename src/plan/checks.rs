//! What the plan leaves open: obligations, problems, plan items, campaigns and checklists.

use std::collections::BTreeSet;

use super::due::due_by;
use super::obligation::{Proof, proofs_by};
use super::{Done, Due, DueState, ItemView, Obligation, Plan, Progress};
use crate::calendar::{Date, Period};
use crate::error::Finding;
use crate::registry::RegistryView;

/// Findings about problems, plan items, campaigns and checklists on the day: they speak for themselves. What was closed
/// late is told while the period lasts in which it was closed.
pub fn findings(registry: &RegistryView<'_>, plan: &Plan, period: Option<Period>) -> Vec<Finding> {
    let mut found = Vec::new();
    problems(registry, plan, period, &mut found);
    plan_items(registry, plan, period, &mut found);
    campaigns(registry, plan, period, &mut found);
    checklists(registry, plan, period, &mut found);
    found
}

/// Findings about obligations: what a rule set asks for within its period and the records do not show.
pub fn unmet(registry: &RegistryView<'_>, plan: &Plan, obligations: &[Obligation], period: Period) -> Vec<Finding> {
    let mut found = Vec::new();
    let when = registry.when();
    let done = Done::new(plan, when);
    // Once the period is over, what the whole of it asked was owed by who was there at its end.
    let end = registry.registry().view(when.day.min(period.to()), when.known);
    for obligation in obligations {
        let one = std::slice::from_ref(obligation);
        if obligation.returns() {
            let spans = due_by(registry, &done, one, period, None);
            found.extend(spans.iter().filter_map(|span| overdue_or_late(span, when.day)));
        } else {
            let proofs = proofs_by(&end, &done, one, period).into_iter();
            let open = proofs.filter(|proof| proof.proven < proof.owed);
            found.extend(open.map(|proof| unproven(obligation, &proof, end.when().day)));
        }
    }
    found
}

fn unproven(obligation: &Obligation, proof: &Proof, day: Date) -> Finding {
    let Proof {
        subject,
        name,
        owed,
        proven,
        unproven,
        ..
    } = proof;
    let record = &obligation.record;
    let mut zh = format!(
        "“{name}”应开展{record}至少 {owed} 次，截至{}有佐证的 {proven} 次",
        day.zh()
    );
    if *unproven > 0 {
        zh.push_str(&format!("，另有 {unproven} 次无有效佐证"));
    }
    let en = format!("\"{name}\" owes {record} {owed} times; {proven} proven, {unproven} without evidence by {day}");
    Finding::warning("plan.obligation_unproven", zh, en)
        .about(subject.as_str())
        .resting_on(obligation.basis.as_deref())
}

fn overdue_or_late(span: &Due, day: Date) -> Option<Finding> {
    let Due { record, name, owed, .. } = span;
    let (proven, late) = (span.proven, span.late);
    let finding = match span.state {
        DueState::Overdue => {
            let days = span.due.days_until(day);
            let mut zh = format!(
                "“{name}”{}应有{record} {owed} 次，期限{}，已逾期 {days} 天，有佐证的 {} 次",
                span.span.zh(),
                span.due.zh(),
                proven.saturating_add(late)
            );
            if span.unproven > 0 {
                zh.push_str(&format!("，另有 {} 次无有效佐证", span.unproven));
            }
            let en = format!(
                "\"{name}\" owed {record} {owed} times from {} to {} by {}: {days} days overdue, {} proven, {} without evidence",
                span.span.from(),
                span.span.to(),
                span.due,
                proven.saturating_add(late),
                span.unproven
            );
            Finding::warning("plan.obligation_overdue", zh, en)
        }
        DueState::Proven if proven < *owed => {
            let zh = format!(
                "“{name}”{}的{record}应于{}前完成 {owed} 次，其中按期 {proven} 次、逾期完成 {late} 次",
                span.span.zh(),
                span.due.zh()
            );
            let en = format!(
                "\"{name}\" did {record} of {} to {} in time {proven} times of {owed}, {late} after {}",
                span.span.from(),
                span.span.to(),
                span.due
            );
            Finding::notice("plan.obligation_late", zh, en)
        }
        _ => return None,
    };
    Some(finding.about(span.subject.as_str()).resting_on(span.basis.as_deref()))
}

fn problems(registry: &RegistryView<'_>, plan: &Plan, period: Option<Period>, found: &mut Vec<Finding>) {
    let when = registry.when();
    let answered: BTreeSet<&str> = plan
        .items_on(when)
        .flat_map(|view| view.item.problems.iter().map(String::as_str))
        .collect();
    for view in plan.problems_on(when) {
        let problem = view.item;
        let title = &problem.title;
        let mut say = |code, zh: &str, en: &str| {
            let zh = format!("存在问题“{title}”{zh}");
            found.push(Finding::warning(code, zh, format!("problem \"{title}\" {en}")).about(problem.id.as_str()));
        };
        if view.closed.is_some() {
            closed_late(&view, period, &mut say, "plan.problem_closed_late");
            continue;
        }
        if problem.cause.is_none() {
            say("plan.problem_without_cause", "未说明原因", "states no cause");
        }
        if problem.measure.is_none() {
            say("plan.problem_without_measure", "未提出整改措施", "states no measure");
        }
        if !answered.contains(problem.id.as_str()) {
            say(
                "plan.problem_unanswered",
                "没有任何计划事项与之对应",
                "is answered by no plan item",
            );
        }
        if let Some(owner) = vacant(registry, problem.owner.as_deref()) {
            say(
                "plan.problem_owner_vacant",
                &format!("的责任职务“{owner}”当日无人任职"),
                &format!("is owned by post \"{owner}\", which nobody holds on the day"),
            );
        }
        overdue(&view, when.day, &mut say, "plan.problem_overdue");
    }
}

fn plan_items(registry: &RegistryView<'_>, plan: &Plan, period: Option<Period>, found: &mut Vec<Finding>) {
    let when = registry.when();
    for view in plan.items_on(when) {
        let item = view.item;
        let title = &item.title;
        let mut say = |code, zh: &str, en: &str| {
            let zh = format!("计划事项“{title}”{zh}");
            found.push(Finding::warning(code, zh, format!("plan item \"{title}\" {en}")).about(item.id.as_str()));
        };
        if view.closed.is_some() {
            closed_late(&view, period, &mut say, "plan.item_closed_late");
            continue;
        }
        if item.problems.is_empty() {
            say(
                "plan.item_without_problem",
                "未对应任何已列问题",
                "answers no listed problem",
            );
        }
        if item.owner.is_none() {
            say("plan.item_without_owner", "未明确责任人", "has no owner");
        }
        if let Some(owner) = vacant(registry, item.owner.as_deref()) {
            say(
                "plan.item_owner_vacant",
                &format!("的责任职务“{owner}”当日无人任职"),
                &format!("is owned by post \"{owner}\", which nobody holds on the day"),
            );
        }
        if view.deadline.is_none() {
            say("plan.item_without_deadline", "未明确完成时限", "has no deadline");
        }
        overdue(&view, when.day, &mut say, "plan.item_overdue");
    }
}

/// The owner when nobody acts for it on the day.
fn vacant<'o>(registry: &RegistryView<'_>, owner: Option<&'o str>) -> Option<&'o str> {
    let post = registry.registry().posts.key(owner?)?;
    registry.in_office(post).is_empty().then_some(owner).flatten()
}

/// On the last day itself nothing is overdue.
fn overdue<T>(view: &ItemView<'_, T>, day: Date, say: &mut impl FnMut(&'static str, &str, &str), code: &'static str) {
    if let Some(deadline) = view.deadline.filter(|deadline| *deadline < day) {
        let days = deadline.days_until(day);
        let (mut zh, mut en) = (format!("已逾期 {days} 天"), format!("is {days} days overdue"));
        if view.extensions > 0 {
            zh.push_str(&format!("（已延期 {} 次）", view.extensions));
            en.push_str(&format!(", after {} extensions", view.extensions));
        }
        say(code, &zh, &en);
    }
}

fn closed_late<T>(
    view: &ItemView<'_, T>,
    period: Option<Period>,
    say: &mut impl FnMut(&'static str, &str, &str),
    code: &'static str,
) {
    let told = |closed: Date| period.is_some_and(|period| period.holds(closed));
    if let (Some(closed), Some(deadline)) = (view.closed.filter(|closed| told(*closed)), view.deadline)
        && closed > deadline
    {
        let days = deadline.days_until(closed);
        say(
            code,
            &format!("逾期 {days} 天完成"),
            &format!("was closed {days} days late"),
        );
    }
}

fn campaigns(registry: &RegistryView<'_>, plan: &Plan, period: Option<Period>, found: &mut Vec<Finding>) {
    for campaign in super::campaigns(registry, plan) {
        // What ended in an earlier period is told no more.
        let told = |closed: Date| period.is_some_and(|period| period.holds(closed));
        if campaign.closed.is_some_and(|closed| !told(closed)) {
            continue;
        }
        let title = campaign.title;
        let later = campaign.stages.iter().rposition(|stage| stage.reached.is_some());
        for (number, stage) in campaign.stages.iter().enumerate() {
            let name = stage.name;
            let mut say = |code, zh: &str, en: &str| {
                let zh = format!("专项行动“{title}”的“{name}”阶段{zh}");
                let en = format!("campaign \"{title}\": stage \"{name}\" {en}");
                found.push(Finding::warning(code, zh, en).about(campaign.campaign));
            };
            match stage.state {
                Progress::Late => {
                    let by = stage.by.map(Date::zh).unwrap_or_default();
                    let zh = format!("应于{by}前完成，尚未完成");
                    say("plan.stage_overdue", &zh, "is not reached by its last day");
                }
                Progress::DoneLate => say("plan.stage_late", "逾期完成", "was reached late"),
                Progress::Done | Progress::Open => {}
            }
            if stage.reached.is_some() && !stage.proven {
                say(
                    "plan.stage_without_evidence",
                    "已记完成但没有佐证",
                    "is reached without evidence",
                );
            }
            if stage.reached.is_none() && later.is_some_and(|later| number < later) {
                say(
                    "plan.stage_skipped",
                    "尚未完成而后续阶段已完成",
                    "is open while a later one is reached",
                );
            }
        }
    }
}

fn checklists(registry: &RegistryView<'_>, plan: &Plan, period: Option<Period>, found: &mut Vec<Finding>) {
    for checklist in super::checklists(registry, plan) {
        let (title, total) = (checklist.title, checklist.items.len());
        let titles = |picked: &dyn Fn(&super::TickView<'_>) -> bool| {
            let items = checklist.items.iter().filter(|item| picked(item));
            items.map(|item| item.title).collect::<Vec<_>>()
        };
        let told = |on: Option<Date>| match (on, period) {
            (Some(on), Some(period)) => period.holds(on),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let mut say = |code, items: Vec<&str>, zh: &str, en: &str| {
            if items.is_empty() {
                return;
            }
            let zh = format!(
                "清单“{title}”{total} 项中有 {} 项{zh}：{}",
                items.len(),
                items.join("、")
            );
            let en = format!("checklist \"{title}\": {} of {total} items {en}", items.len());
            found.push(Finding::warning(code, zh, en).about(checklist.checklist));
        };
        let overdue = titles(&|item| item.state == Progress::Late);
        say("plan.checklist_overdue", overdue, "逾期未完成", "are overdue");
        let late = titles(&|item| item.state == Progress::DoneLate && told(item.ticked));
        say("plan.checklist_late", late, "逾期完成", "were ticked off late");
        let bare = titles(&|item| item.ticked.is_some() && !item.proven && told(item.ticked));
        say(
            "plan.checklist_without_evidence",
            bare,
            "已勾选但没有佐证",
            "are ticked off without evidence",
        );
    }
}
