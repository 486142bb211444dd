//! What the division of work leaves open, and capacities that nothing covers.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::among;
use super::{CapacityRule, Division, DivisionRule, RegistryView, UnitRow};
use crate::error::Finding;
use crate::ledger::Key;

/// Findings about the division of work on the day of the view.
pub(super) fn divisions(registry: &RegistryView<'_>, rule: Option<&DivisionRule>, found: &mut Vec<Finding>) {
    for division in registry.divisions() {
        led_twice(registry, division, found);
        leaders(registry, division, found);
    }
    if let Some(rule) = rule {
        asked(registry, rule, found);
    }
}

/// Units and fields that two members lead.
fn led_twice(registry: &RegistryView<'_>, division: &Division, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let mut units: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for member in &division.members {
        let post = tables.posts.id(member.post);
        for unit in &member.units {
            units.entry(tables.units.id(*unit)).or_default().insert(post);
        }
        for field in &member.fields {
            fields.entry(field).or_default().insert(post);
        }
    }
    let (team, id) = (registry.name(division.unit), tables.units.id(division.unit));
    let two = |led: BTreeMap<_, BTreeSet<_>>| led.into_iter().filter(|(_, posts)| posts.len() > 1).collect::<Vec<_>>();
    for (unit, posts) in two(units) {
        let posts: Vec<&str> = posts.into_iter().collect();
        let zh = format!(
            "“{team}”的班子分工中，单位“{unit}”由 {} 人分管，请明确一人：{}",
            posts.len(),
            posts.join("、")
        );
        let en = format!(
            "in the division of work of \"{team}\" unit \"{unit}\" is led by {}; name one",
            posts.join(", ")
        );
        found.push(Finding::warning("registry.unit_led_by_two", zh, en).about(unit));
    }
    for (field, posts) in two(fields) {
        let posts: Vec<&str> = posts.into_iter().collect();
        let zh = format!(
            "“{team}”的班子分工中，工作“{field}”由 {} 人分管，请明确一人：{}",
            posts.len(),
            posts.join("、")
        );
        let en = format!(
            "in the division of work of \"{team}\" field \"{field}\" is led by {}; name one",
            posts.join(", ")
        );
        found.push(Finding::warning("registry.field_led_by_two", zh, en).about(id));
    }
}

/// Members that nobody is, and units that no longer are.
fn leaders(registry: &RegistryView<'_>, division: &Division, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let team = registry.name(division.unit);
    for member in &division.members {
        let leads = !member.units.is_empty() || !member.fields.is_empty();
        let (post, name) = (tables.posts.id(member.post), registry.post_name(member.post));
        if leads && registry.in_office(member.post).is_empty() {
            let zh = format!("“{team}”的班子分工中，分管职务“{name}”（{post}）当日无人任职，其分管工作须另行明确");
            let en =
                format!("in the division of work of \"{team}\" post \"{name}\" ({post}) leads, but nobody is in it");
            found.push(Finding::warning("registry.leader_vacant", zh, en).about(post));
        }
        for unit in member.units.iter().filter(|unit| registry.ended(**unit).is_some()) {
            let (lower, id) = (registry.name(*unit), tables.units.id(*unit));
            let zh = format!("“{team}”的班子分工中，职务“{name}”分管的“{lower}”已终止，请调整分工");
            let en =
                format!("in the division of work of \"{team}\" post \"{name}\" leads \"{lower}\", which has ended");
            found.push(Finding::warning("registry.leads_ended_unit", zh, en).about(id));
        }
    }
}

/// Teams without a division of work, and units that no member of the team above leads.
fn asked(registry: &RegistryView<'_>, rule: &DivisionRule, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let edge = tables.edges.key(&rule.edge);
    for team in registry
        .units()
        .filter(|team| among(&rule.classes, registry.class(*team)))
    {
        let (name, id) = (registry.name(team), tables.units.id(team));
        let Some(division) = registry.division(team) else {
            let zh = format!("“{name}”没有班子分工记录，请登记");
            let en = format!("nothing is recorded of how the team of \"{name}\" divides its work; enter it");
            let finding = Finding::warning("registry.division_missing", zh, en).about(id);
            found.push(finding.resting_on(rule.basis.as_deref()));
            continue;
        };
        let led: BTreeSet<Key<UnitRow>> = division
            .members
            .iter()
            .flat_map(|member| member.units.iter().copied())
            .collect();
        let below = edge.map(|edge| registry.subordinates(edge, team)).unwrap_or_default();
        for unit in below {
            if led.contains(&unit) || !among(&rule.led, registry.class(unit)) {
                continue;
            }
            let lower = registry.name(unit);
            let zh = format!("“{name}”的班子分工中没有人分管“{lower}”，请明确");
            let en = format!("nobody in the team of \"{name}\" leads \"{lower}\"; say who does");
            let finding = Finding::warning("registry.unit_led_by_nobody", zh, en).about(tables.units.id(unit));
            found.push(finding.resting_on(rule.basis.as_deref()));
        }
    }
}

/// Findings about those who act on the day in a capacity of which the rule set asks something.
pub(super) fn capacities(registry: &RegistryView<'_>, rules: &[CapacityRule], found: &mut Vec<Finding>) {
    if rules.is_empty() {
        return;
    }
    let tables = registry.registry();
    let day = registry.when().day;
    for key in tables.tenures.keys(registry.when().known) {
        let Some(held) = registry.tenure(key).filter(|held| held.period.holds(day)) else {
            continue;
        };
        for rule in rules.iter().filter(|rule| rule.capacity == held.tenure.capacity) {
            let (person, capacity) = (&held.tenure.person, rule.capacity);
            let (zh_capacity, en_capacity, post) =
                (capacity.zh(), capacity.word(), registry.post_name(held.tenure.post));
            let mut say = |code, zh: String, en: String| {
                let zh = format!("“{person}”以{zh_capacity}身份担任“{post}”{zh}");
                let en = format!("\"{person}\" is in post \"{post}\" as {en_capacity}{en}");
                found.push(
                    Finding::warning(code, zh, en)
                        .about(held.id)
                        .resting_on(rule.basis.as_deref()),
                );
            };
            if rule.needs_basis && held.tenure.basis.is_none() {
                say(
                    "registry.capacity_without_basis",
                    "，没有注明依据，请补充".into(),
                    " without a basis; name it".into(),
                );
            }
            if rule.needs_end && held.period.to() == crate::calendar::Date::LAST {
                say(
                    "registry.capacity_without_end",
                    "，没有注明截止日期，请补充".into(),
                    " without a last day; settle it".into(),
                );
            }
            let days = held.period.from().days_until(day).saturating_add(1);
            if let Some(longest) = rule.longest.filter(|longest| days > i64::from(*longest)) {
                say(
                    "registry.capacity_too_long",
                    format!("已 {days} 天，超过 {longest} 天"),
                    format!(" for {days} days, over {longest}"),
                );
            }
        }
    }
}

/// Findings about who attended and who objected.
pub(super) fn decisions(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let when = registry.when();
    for (id, decision) in tables.decisions.latest(when.known) {
        if when.day < decision.on {
            continue;
        }
        let then = tables.view(decision.on, when.known);
        let present: BTreeSet<&str> = decision
            .attended
            .iter()
            .flat_map(|present| super::answers::attended(&then, present).persons)
            .collect();
        for objector in &decision.dissented {
            for person in super::answers::attended(&then, objector).persons {
                if !present.contains(person) {
                    let zh = format!("集体决策“{id}”记载“{person}”持异议，但未记载其出席，请更正出席或异议");
                    let en = format!(
                        "decision \"{id}\" records the dissent of \"{person}\", who is not among those present; correct one of the two"
                    );
                    found.push(Finding::warning("registry.dissent_without_attendance", zh, en).about(id));
                }
            }
        }
        for attendee in decision.attended.iter().chain(&decision.dissented) {
            let (Some(post), Some(person)) = (attendee.post, &attendee.person) else {
                continue;
            };
            if !then.in_office(post).iter().any(|held| held.tenure.person == *person) {
                let name = then.post_name(post);
                let zh = format!("集体决策“{id}”记载“{person}”以“{name}”身份参加，但任职记录不涵盖当日");
                let en = format!(
                    "decision \"{id}\" names \"{person}\" in post \"{name}\", whom no tenure covers on that day"
                );
                found.push(Finding::warning("registry.attendee_without_tenure", zh, en).about(id));
            }
        }
    }
}
