//! Gaps and excess of the cascade.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{Cascade, letters_between};
use super::flow::Flow;
use super::{BurdenRule, CascadeRule, Duties, breakdown, burden, cascade, follow};
use crate::calendar::Period;
use crate::error::Finding;
use crate::ledger::Key;
use crate::letter::{LetterView, LettersView, PartyKey, party_id, party_name, party_unit};
use crate::plan::Plan;
use crate::registry::{RegistryView, UnitRow};
use crate::supervision::{InspectionRow, Supervision, in_scope};

/// What the checks of the cascade look at.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// Units and groups.
    pub registry: &'a RegistryView<'a>,
    /// Letters.
    pub letters: &'a LettersView<'a>,
    /// Records, problems, plan items, campaigns, checklists.
    pub plan: &'a Plan,
    /// Inspections.
    pub supervision: &'a Supervision,
    /// Breakdowns and duty lists.
    pub duties: &'a Duties,
}

/// Findings about the cascade on the day: gaps first, then excess.
pub fn findings(seen: Seen<'_>, rule: &CascadeRule) -> Vec<Finding> {
    let Seen {
        registry,
        letters,
        plan,
        supervision,
        duties,
    } = seen;
    let mut found = Vec::new();
    if let Some(cascade) = cascade(registry, letters, rule) {
        missing(&cascade, rule, &mut found);
        shallow(&cascade, rule, &mut found);
    }
    let flow = Flow::new(registry, letters, Some(rule));
    breakdown::findings(registry, &flow, duties, rule, &mut found);
    follow::forgotten(registry.when(), letters, plan, supervision, duties, rule, &mut found);
    inspected_without_letter(registry, letters, supervision, &mut found);
    upwards(registry, letters, rule, &mut found);
    asked_twice(registry, letters, &mut found);
    burden::outside_lists(registry, &flow, duties, &mut found);
    found
}

/// Findings about units on which more is laid in the period than the rules allow.
pub fn laid(seen: Seen<'_>, rules: &[BurdenRule], period: Period) -> Vec<Finding> {
    let mut found = Vec::new();
    if !rules.is_empty() {
        let rows = burden::burden(seen.registry, seen.letters, seen.supervision, seen.duties, period);
        burden::over(&rows, rules, &mut found);
    }
    found
}

/// Units that must hold a letter or have a group, and do not.
fn missing(cascade: &Cascade, rule: &CascadeRule, found: &mut Vec<Finding>) {
    for link in &cascade.links {
        let name = &link.name;
        let basis = rule.basis.as_deref();
        if rule.letters.contains(&link.class) && link.letters.is_empty() {
            let zh = format!("“{name}”未与上级签订责任书");
            let en = format!("\"{name}\" holds no letter from its superior");
            found.push(
                Finding::warning("cascade.no_letter", zh, en)
                    .about(&link.unit)
                    .resting_on(basis),
            );
        }
        if rule.groups.contains(&link.class) && !link.group {
            let zh = format!("“{name}”未成立相应的领导小组");
            let en = format!("\"{name}\" has no leadership group of its own");
            found.push(
                Finding::warning("cascade.no_group", zh, en)
                    .about(&link.unit)
                    .resting_on(basis),
            );
        }
    }
}

/// Letters stop above the lowest level.
fn shallow(cascade: &Cascade, rule: &CascadeRule, found: &mut Vec<Finding>) {
    let depth = cascade.levels.len();
    let proven = usize::try_from(cascade.proven_depth).unwrap_or(usize::MAX);
    if proven >= depth {
        return;
    }
    // Of each superior, whether letters lead on to any of those below it.
    let mut onward: BTreeMap<&str, bool> = BTreeMap::new();
    for link in &cascade.links {
        *onward.entry(&link.superior).or_default() |= link.unbroken;
    }
    let stopped: Vec<&str> = cascade
        .links
        .iter()
        .filter(|link| link.unbroken && onward.get(link.unit.as_str()) == Some(&false))
        .map(|link| link.name.as_str())
        .collect();
    let mut zh = format!(
        "“{}”以下共 {depth} 级，责任书只落实到第 {proven} 级，未见“层层落实”",
        cascade.name
    );
    if !stopped.is_empty() {
        zh.push_str(&format!("；止于：{}", stopped.join("、")));
    }
    let en = format!(
        "below \"{}\" there are {depth} levels; letters are shown {proven} deep",
        cascade.name
    );
    let finding = Finding::warning("cascade.depth_unproven", zh, en);
    found.push(finding.about(&cascade.top).resting_on(rule.basis.as_deref()));
}

/// An inspection goes over units that hold no letter: they would be checked on what nobody asked of them.
fn inspected_without_letter(
    registry: &RegistryView<'_>,
    letters: &LettersView<'_>,
    supervision: &Supervision,
    found: &mut Vec<Finding>,
) {
    let receivers: BTreeSet<Key<UnitRow>> = letters_between(registry, letters)
        .into_keys()
        .map(|(_, receiver)| receiver)
        .collect();
    let known = registry.when().known;
    for key in supervision.inspections.keys(known) {
        for row in supervision.inspections.rows(key, known) {
            let InspectionRow::Planned(planned) = &row.value else {
                continue;
            };
            let inspector = registry.registry().units.key(&planned.unit);
            let scope = in_scope(registry, &planned.scope);
            let without: Vec<_> = scope
                .iter()
                .filter(|unit| Some(**unit) != inspector && !receivers.contains(unit))
                .copied()
                .collect();
            if without.is_empty() {
                continue;
            }
            let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
            for unit in &without {
                let count = classes.entry(registry.class(*unit)).or_default();
                *count = count.saturating_add(1);
            }
            let classes: Vec<String> = classes
                .iter()
                .map(|(class, count)| format!("{class} {count} 个"))
                .collect();
            let (title, total, missing) = (&planned.title, scope.len(), without.len());
            let zh = format!(
                "督查“{title}”范围内 {total} 个单位中有 {missing} 个未签责任书（{}），督查范围大于责任书范围",
                classes.join("、")
            );
            let en = format!("inspection \"{title}\" goes over {total} units, of which {missing} hold no letter");
            found.push(Finding::warning("cascade.inspected_without_letter", zh, en).about(&planned.id));
        }
    }
}

/// A letter to somebody who does not stand below the issuer.
fn upwards(registry: &RegistryView<'_>, letters: &LettersView<'_>, rule: &CascadeRule, found: &mut Vec<Finding>) {
    let Some(edge) = registry.registry().edges.key(&rule.edge) else {
        return;
    };
    // A type that names an edge of its own is checked by it.
    let own_edge = |letter: &LetterView<'_>| letter.kind.is_some_and(|kind| kind.edge.is_some());
    for letter in letters.in_force().filter(|letter| !own_edge(letter)) {
        let issuers = units(registry, letter.issuers().iter().map(|side| side.party));
        let receivers = units(registry, letter.receivers().iter().map(|side| side.party));
        let mut receivers: Vec<_> = receivers.into_iter().collect();
        receivers.sort_by_key(|unit| registry.registry().units.id(*unit));
        for receiver in receivers {
            if !issuers.iter().any(|issuer| registry.is_above(edge, *issuer, receiver)) {
                let (title, name) = (letter.title(), registry.name(receiver));
                let zh = format!("责任书“{title}”的接受方“{name}”不隶属于签发方");
                let en = format!("letter \"{title}\" goes to \"{name}\", which does not stand below its issuer");
                found.push(Finding::warning("cascade.receiver_not_below", zh, en).about(letter.id));
            }
        }
    }
}

/// The same duty asked of one unit by two letters (减负); inside one unit, of one party.
fn asked_twice(registry: &RegistryView<'_>, letters: &LettersView<'_>, found: &mut Vec<Finding>) {
    let mut asked: BTreeMap<(PartyKey, String), BTreeSet<&str>> = BTreeMap::new();
    for letter in letters.in_force() {
        let issuers = units(registry, letter.issuers().iter().map(|side| side.party));
        for side in letter.receivers().iter() {
            let Some(unit) = party_unit(registry, side.party) else {
                continue;
            };
            let receiver = if issuers.contains(&unit) {
                side.party
            } else {
                PartyKey::Unit(unit)
            };
            for duty in letter.duties() {
                asked
                    .entry((receiver, duty.title.clone()))
                    .or_default()
                    .insert(letter.id);
            }
        }
    }
    let mut twice: Vec<_> = asked.into_iter().filter(|(_, by)| by.len() > 1).collect();
    twice.sort_by_key(|((receiver, _), _)| party_id(registry, *receiver));
    for ((receiver, duty), by) in twice {
        let by: Vec<&str> = by.into_iter().collect();
        let name = party_name(registry, receiver);
        let zh = format!(
            "“{name}”的责任“{duty}”由 {} 份责任书重复要求：{}",
            by.len(),
            by.join("、")
        );
        let en = format!(
            "duty \"{duty}\" is asked of \"{name}\" by {} letters: {}",
            by.len(),
            by.join(", ")
        );
        found.push(Finding::warning("cascade.asked_twice", zh, en).about(party_id(registry, receiver)));
    }
}

/// The units that parties speak for, each once: two posts of one unit are one unit.
fn units(registry: &RegistryView<'_>, parties: impl Iterator<Item = PartyKey>) -> BTreeSet<Key<UnitRow>> {
    parties.filter_map(|party| party_unit(registry, party)).collect()
}
