//! The checks of a view, room by room and rule set by rule set, and the one that belongs to no wing: whether the yearly
//! loop is closed.

use std::collections::BTreeSet;

use super::rule_set::{RuleSetBody, Stage};
use super::{View, contradiction, known_checks, scored};
use crate::assessment::Assessment;
use crate::calendar::Date;
use crate::error::Finding;
use crate::supervision::InspectionRow;
use crate::{assessment, cascade, letter, plan, registry, supervision};

/// Everything the checks find under the rule sets, each finding once, in the order of the rooms.
///
/// What units, letters and plans show of themselves is told by the rule sets whose period holds the day; one whose
/// accounts are merely still open adds what its own period lacks, as of its last day.
pub(super) fn findings(view: &View<'_>, rule_sets: &[&RuleSetBody]) -> Vec<Finding> {
    let state = view.system().state();
    let (tables, letters) = (view.registry(), view.letters());
    // What units, groups and letters show, as far as rules have a say in it.
    let shown = |rules: Option<&RuleSetBody>| {
        let rules = rules.map(RuleSetBody::registry).unwrap_or_default();
        let mut shown = registry::findings(&tables, rules);
        shown.extend(letter::findings(&tables, &letters));
        scored::findings(view, &mut shown);
        shown.extend(state.private_use.findings(view.when()));
        shown.extend(supervision::findings(&state.supervision, view.when()));
        shown.extend(assessment::findings(&state.assessment, view.when()));
        shown
    };
    if rule_sets.is_empty() {
        let mut found = shown(None);
        found.extend(plan::findings(&tables, &state.plan, None));
        found.extend(contradiction::findings(view, None));
        return found;
    }
    let holds = |rules: &RuleSetBody| rules.period.holds(view.when().day);
    let nobody_holds = !rule_sets.iter().any(|rules| holds(rules));
    let mut all = Vec::new();
    let mut told = BTreeSet::new();
    for rules in rule_sets {
        let present = holds(rules) || nobody_holds;
        let mut found = if present { shown(Some(rules)) } else { Vec::new() };
        found.extend(asked(&view.under(rules), rules));
        found.extend(plan::unmet(&tables, &state.plan, &rules.owed(&tables), rules.period));
        if present {
            found.extend(plan::findings(&tables, &state.plan, Some(rules.period)));
        }
        found.extend(contradiction::findings(view, Some(rules.period)));
        found.extend(known_checks::unknown(rules));
        for stage in &rules.r#loop {
            if !passed(view, rules, *stage) {
                found.push(open(rules, *stage, view.when().day));
            }
        }
        for finding in rules.wanted(found) {
            let same = (finding.code, finding.subject.clone(), finding.zh.clone());
            if told.insert(same) {
                all.push(finding);
            }
        }
    }
    all
}

/// What the rule set asks of the cascade and lays down of burdens, on the day of its own.
fn asked(view: &View<'_>, rules: &RuleSetBody) -> Vec<Finding> {
    let state = view.system().state();
    let seen = cascade::Seen {
        registry: &view.registry(),
        letters: &view.letters(),
        plan: &state.plan,
        supervision: &state.supervision,
        duties: &state.duties,
    };
    let mut found = Vec::new();
    if let Some(rule) = &rules.cascade {
        found.extend(cascade::findings(seen, rule));
    }
    found.extend(cascade::laid(seen, &rules.burden, rules.period));
    found
}

/// Whether the ledger shows the stage within the rule set's period, up to the day.
fn passed(view: &View<'_>, rules: &RuleSetBody, stage: Stage) -> bool {
    let state = view.system().state();
    let (day, known) = (view.when().day, view.when().known);
    let within = |on: Date| rules.period.holds(on) && on <= day;
    match stage {
        Stage::Group => view.under(rules).registry().groups().next().is_some(),
        Stage::Letters => view.under(rules).letters().in_force().next().is_some(),
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
