//! What lives on after the unit that it belongs to, and tenures outside the life of their post.

use super::{RegistryView, UnitRow};
use crate::calendar::Date;
use crate::error::Finding;
use crate::ledger::Key;

/// Findings about what outlives its unit or post on the day of the view.
pub(super) fn findings(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    for unit in tables.units.keys(registry.when().known) {
        if let Some((on, into)) = registry.ended(unit) {
            outlived(registry, unit, on, found);
            untraced(registry, unit, into, found);
        }
    }
    outside(registry, found);
}

/// Posts, tenures, subordinates and groups of an ended unit.
fn outlived(registry: &RegistryView<'_>, unit: Key<UnitRow>, on: Date, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let day = registry.when().day;
    let mut say = |code, severe: bool, (zh, en): (&str, &str), ids: Vec<&str>| {
        if ids.is_empty() {
            return;
        }
        let name = registry.name(unit);
        let sentence_zh = format!(
            "“{name}”已于{}终止，其{zh}尚未处理，请终止或另行明确：{}",
            on.zh(),
            ids.join("、")
        );
        let sentence_en = format!(
            "\"{name}\" ended on {on}, but {en} of it live on; end them or place them elsewhere: {}",
            ids.join(", ")
        );
        let finding = if severe {
            Finding::warning(code, sentence_zh, sentence_en)
        } else {
            Finding::notice(code, sentence_zh, sentence_en)
        };
        found.push(finding.about(tables.units.id(unit)));
    };
    let posts = registry.posts_ever(unit);
    let open = posts
        .iter()
        .filter(|post| registry.post(**post).is_some_and(|founded| founded.from <= on))
        .filter(|post| registry.post_end(**post).is_none_or(|end| day <= end));
    let open = open.map(|post| tables.posts.id(*post)).collect();
    say("registry.ended_with_posts", false, ("职务", "posts"), open);
    let held = posts.iter().flat_map(|post| registry.tenures(*post));
    let held = held.filter(|held| held.period.holds(day) && held.period.from() <= on);
    let held = held.map(|held| held.id).collect();
    say("registry.ended_with_tenures", true, ("任职", "tenures"), held);
    let mut below: Vec<&str> = Vec::new();
    for edge in tables.edges.keys(registry.when().known) {
        below.extend(
            registry
                .subordinates(edge, unit)
                .iter()
                .map(|lower| tables.units.id(*lower)),
        );
    }
    below.sort_unstable();
    below.dedup();
    say(
        "registry.ended_with_subordinates",
        true,
        ("下级单位", "subordinates"),
        below,
    );
    let groups = registry.groups_of(unit);
    let groups = groups.iter().map(|group| tables.groups.id(*group)).collect();
    say(
        "registry.ended_with_groups",
        true,
        ("领导小组", "leadership groups"),
        groups,
    );
}

/// An end names units that carry on, but none of them exists.
fn untraced(registry: &RegistryView<'_>, unit: Key<UnitRow>, into: &[Key<UnitRow>], found: &mut Vec<Finding>) {
    if into.is_empty() || !registry.successors(unit).is_empty() {
        return;
    }
    let tables = registry.registry();
    let (name, into): (_, Vec<&str>) = (
        registry.name(unit),
        into.iter().map(|unit| tables.units.id(*unit)).collect(),
    );
    let zh = format!(
        "“{name}”的职能归于{}，但承接单位当日均不存在，请注明由谁承接",
        into.join("、")
    );
    let en = format!(
        "the functions of \"{name}\" went to {}, and nobody who carries on exists on the day; say who does",
        into.join(", ")
    );
    found.push(Finding::warning("registry.successor_absent", zh, en).about(tables.units.id(unit)));
}

/// Tenures that began before their post or after it, or ran on after its own end. What runs on after the unit's end is
/// told of the unit.
fn outside(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    let day = registry.when().day;
    for key in tables.tenures.keys(registry.when().known) {
        let Some(held) = registry.tenure(key) else { continue };
        let (from, to) = (held.period.from(), held.period.to().min(day));
        let post = held.tenure.post;
        let unit = registry.post(post).map(|post| post.unit);
        let told_of_unit = unit.is_some_and(|unit| registry.ended(unit).is_some());
        let runs_on = registry.post_end(post).is_some_and(|end| end < to) && !told_of_unit;
        let inside = !runs_on && registry.post_life(post).is_some_and(|life| life.holds(from));
        if inside || from > day {
            continue;
        }
        let (person, name, id) = (&held.tenure.person, registry.post_name(post), tables.posts.id(post));
        let life = registry.post_life(post).map_or("无".to_owned(), |life| life.zh());
        let zh = format!(
            "“{person}”自{}起任职务“{name}”（{id}），任职期间超出该职务或其单位的存续期（{life}），请更正起止日期",
            from.zh()
        );
        let en = format!(
            "the tenure of \"{person}\" in post \"{name}\" ({id}) from {from} lies outside the life of the post or its unit; correct the days"
        );
        found.push(Finding::warning("registry.tenure_outside_post", zh, en).about(held.id));
    }
}
