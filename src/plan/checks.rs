//! What is owed, what is proven, and what the plan leaves open.

use serde::Serialize;

use super::acts::Doer;
use super::{Plan, PlanItem, PlanItemRow, Problem, ProblemRow};
use crate::calendar::{Date, Period};
use crate::error::Finding;
use crate::registry::{RegistryView, When};

crate::choice! {
    /// Who owes an obligation.
    pub enum Owing {
        /// Every unit of the classes.
        Units = "units" "单位",
        /// Every leadership group of a unit of the classes.
        Groups = "groups" "领导小组",
    }
}

crate::record! {
    /// Something that must happen at least so many times in the period of the rule set, with the evidence that counts (规定动作).
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
        /// How many times at least.
        pub times: u32,
        /// Which evidence counts; any when empty.
        pub evidence: Vec<String>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}

/// How far an obligation is proven.
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
    let mut all = Vec::new();
    for obligation in obligations {
        let named = |id: &String| obligation.only.is_empty() || obligation.only.contains(id);
        for (doer, subject, name) in owing(registry, obligation).into_iter().filter(|(_, id, _)| named(id)) {
            let (mut proven, mut unproven) = (0_u32, 0_u32);
            for (_, record) in plan.records.latest(registry.when().known) {
                let counts = record.kind.as_ref() == obligation.record
                    && record.doer == doer
                    && period.holds(record.on)
                    && record.on <= registry.when().day;
                if !counts {
                    continue;
                }
                let evident = record
                    .evidence
                    .iter()
                    .any(|evidence| obligation.evidence.is_empty() || obligation.evidence.contains(&evidence.kind));
                let tally = if evident { &mut proven } else { &mut unproven };
                *tally = tally.saturating_add(1);
            }
            let (obligation, owed) = (obligation.id.clone(), obligation.times);
            all.push(Proof {
                obligation,
                subject,
                name,
                owed,
                proven,
                unproven,
            });
        }
    }
    all
}

fn owing(registry: &RegistryView<'_>, obligation: &Obligation) -> Vec<(Doer, String, String)> {
    let of_class =
        |unit| obligation.classes.is_empty() || obligation.classes.iter().any(|class| class == registry.class(unit));
    let tables = registry.registry();
    match obligation.owing {
        Owing::Units => registry
            .units()
            .filter(|unit| of_class(*unit))
            .map(|unit| {
                (
                    Doer::Unit(unit),
                    tables.units.id(unit).to_owned(),
                    registry.name(unit).to_owned(),
                )
            })
            .collect(),
        Owing::Groups => registry
            .groups()
            .filter(|(_, group)| of_class(group.unit))
            .filter_map(|(id, group)| {
                tables
                    .groups
                    .key(id)
                    .map(|key| (Doer::Group(key), id.to_owned(), group.name.to_string()))
            })
            .collect(),
    }
}

/// Findings about obligations, problems and plan items on the day.
///
/// Problems and plan items speak for themselves; obligations need a rule set: what is owed, and within which days.
pub fn findings(registry: &RegistryView<'_>, plan: &Plan, rules: Option<(&[Obligation], Period)>) -> Vec<Finding> {
    let mut found = Vec::new();
    let (obligations, period) = rules.unwrap_or((&[], Period::since(registry.when().day)));
    for proof in proofs(registry, plan, obligations, period) {
        let Some(obligation) = obligations.iter().find(|obligation| obligation.id == proof.obligation) else {
            continue;
        };
        if proof.proven < proof.owed {
            found.push(unproven(obligation, &proof, registry.when().day));
        }
    }
    let when = registry.when();
    problems(plan, when, &mut found);
    items(plan, when, &mut found);
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

fn problems(plan: &Plan, when: When, found: &mut Vec<Finding>) {
    for key in plan.problems.keys(when.known) {
        let mut open: Option<&Problem> = None;
        let mut closed = false;
        for row in plan.problems.rows(key, when.known) {
            match &row.value {
                ProblemRow::Registered(from, problem) => open = (*from <= when.day).then(|| problem.as_ref()),
                ProblemRow::Closed(on) => closed |= *on <= when.day,
            }
        }
        let Some(problem) = open.filter(|_| !closed) else {
            continue;
        };
        let title = &problem.title;
        let mut say = |code, zh: &str, en: &str| {
            let zh = format!("存在问题“{title}”{zh}");
            found.push(Finding::warning(code, zh, format!("problem \"{title}\" {en}")).about(problem.id.as_str()));
        };
        if problem.cause.is_none() {
            say("plan.problem_without_cause", "未说明原因", "states no cause");
        }
        overdue(problem.deadline, when.day, &mut say, "plan.problem_overdue");
    }
}

fn items(plan: &Plan, when: When, found: &mut Vec<Finding>) {
    for key in plan.items.keys(when.known) {
        let mut open: Option<&PlanItem> = None;
        let mut closed = false;
        for row in plan.items.rows(key, when.known) {
            match &row.value {
                PlanItemRow::Registered(from, item) => open = (*from <= when.day).then(|| item.as_ref()),
                PlanItemRow::Closed(on) => closed |= *on <= when.day,
            }
        }
        let Some(item) = open.filter(|_| !closed) else { continue };
        let title = &item.title;
        let mut say = |code, zh: &str, en: &str| {
            let zh = format!("计划事项“{title}”{zh}");
            found.push(Finding::warning(code, zh, format!("plan item \"{title}\" {en}")).about(item.id.as_str()));
        };
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
        if item.deadline.is_none() {
            say("plan.item_without_deadline", "未明确完成时限", "has no deadline");
        }
        overdue(item.deadline, when.day, &mut say, "plan.item_overdue");
    }
}

/// On the last day itself nothing is overdue.
fn overdue(deadline: Option<Date>, day: Date, say: &mut impl FnMut(&'static str, &str, &str), code: &'static str) {
    if let Some(deadline) = deadline.filter(|deadline| *deadline < day) {
        let days = deadline.days_until(day);
        say(code, &format!("已逾期 {days} 天"), &format!("is {days} days overdue"));
    }
}
