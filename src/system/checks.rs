//! The checks of a view, room by room, and the one that belongs to no wing: whether the yearly loop is closed.

use super::View;
use super::rule_set::{RuleSetBody, Stage};
use crate::assessment::Assessment;
use crate::calendar::Date;
use crate::error::Finding;
use crate::supervision::InspectionRow;
use crate::{cascade, letter, plan, registry};

/// Everything the checks find, in the order of the rooms.
pub(super) fn findings(view: &View<'_>) -> Vec<Finding> {
    let (tables, letters) = (view.registry(), view.letters());
    let state = view.system().state();
    let mut found = registry::findings(&tables, view.rule_set().map(RuleSetBody::registry).unwrap_or_default());
    found.extend(letter::findings(&tables, &letters));
    let Some(rules) = view.rule_set() else {
        found.extend(plan::findings(&tables, &state.plan, None));
        return found;
    };
    if let Some(rule) = &rules.cascade {
        found.extend(cascade::findings(&tables, &letters, &state.supervision, rule));
    }
    found.extend(plan::findings(
        &tables,
        &state.plan,
        Some((&rules.obligations, rules.period)),
    ));
    for stage in &rules.r#loop {
        if !passed(view, rules, *stage) {
            found.push(open(rules, *stage, view.when().day));
        }
    }
    found.retain(|finding| !rules.switched_off.iter().any(|code| code == finding.code));
    found
}

/// Whether the ledger shows the stage within the rule set's period, up to the day.
fn passed(view: &View<'_>, rules: &RuleSetBody, stage: Stage) -> bool {
    let state = view.system().state();
    let (day, known) = (view.when().day, view.when().known);
    let within = |on: Date| rules.period.holds(on) && on <= day;
    match stage {
        Stage::Group => view.registry().groups().next().is_some(),
        Stage::Letters => view.letters().in_force().next().is_some(),
        Stage::Records => state.plan.records.latest(known).any(|(_, record)| within(record.on)),
        Stage::Inspection => state.supervision.inspections.keys(known).any(|key| {
            let mut rows = state.supervision.inspections.rows(key, known);
            rows.any(|row| matches!(row.value, InspectionRow::Held { on, .. } if within(on)))
        }),
        // The assessment of a year ends in the next: the scheme's year counts and what is known, not the day of approval.
        Stage::Assessment => state.assessment.schemes.latest(known).any(|(_, (_, scheme))| {
            u32::from(rules.period.from().year()) == scheme.year && {
                let prefix = Assessment::pair(&scheme.scheme, "");
                let mut results = state.assessment.results.latest(known);
                results.any(|(id, _)| id.starts_with(&prefix))
            }
        }),
    }
}

fn open(rules: &RuleSetBody, stage: Stage, day: Date) -> Finding {
    let zh = format!(
        "年度闭环缺少“{}”环节：{}内截至{}没有记录",
        stage.zh(),
        rules.period.zh(),
        day.zh()
    );
    let en = format!(
        "the yearly loop is open at \"{}\": nothing is recorded by {day}",
        stage.word()
    );
    let basis = rules.basis.first().map(crate::registry::Basis::zh);
    Finding::warning("system.loop_open", zh, en)
        .about(stage.word())
        .resting_on(basis)
}
