//! What the registry itself shows.

use super::{Capacity, RegistryRules, RegistryView, alias_view, end_checks, group_checks, work_checks};
use crate::error::Finding;

/// Findings about units, posts, the division of work and groups on the day of the view; what is asked of them, the rule
/// set says.
pub fn findings(registry: &RegistryView<'_>, rules: RegistryRules<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    group_checks::findings(registry, rules, &mut found);
    overfull(registry, &mut found);
    end_checks::findings(registry, &mut found);
    work_checks::capacities(registry, rules.capacities, &mut found);
    work_checks::divisions(registry, rules.division, &mut found);
    work_checks::decisions(registry, &mut found);
    alias_view::findings(registry, &mut found);
    found
}

/// More holders than seats.
fn overfull(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    for key in tables.posts.keys(registry.when().known) {
        let seats = registry.post_seats(key);
        let holders = registry
            .holders(key)
            .iter()
            .filter(|(_, capacity)| *capacity == Capacity::Holder)
            .count();
        if holders > usize::try_from(seats).unwrap_or(usize::MAX) {
            let (name, id) = (registry.post_name(key), tables.posts.id(key));
            let zh = format!("职务“{name}”（{id}）职数 {seats}，当日任职 {holders} 人");
            let en = format!("post \"{name}\" ({id}) has {seats} seats and {holders} holders on the day");
            found.push(Finding::warning("registry.seats_exceeded", zh, en).about(id));
        }
    }
}
