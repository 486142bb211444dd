//! Ids and names of the parties of a letter, and the units that they speak for.

use super::PartyKey;
use crate::ledger::Key;
use crate::registry::{RegistryView, UnitRow};

/// The unit that a party speaks for: a post's or a group's is the unit that it belongs to.
pub fn party_unit(registry: &RegistryView<'_>, party: PartyKey) -> Option<Key<UnitRow>> {
    let tables = registry.registry();
    let known = registry.when().known;
    match party {
        PartyKey::Unit(unit) => Some(unit),
        PartyKey::Post(post) => tables.posts.last(post, known).map(|row| row.value.unit),
        PartyKey::Group(group) => tables.groups.last(group, known).map(|row| row.value.unit),
    }
}

/// The host id of a party.
pub fn party_id<'a>(registry: &RegistryView<'a>, party: PartyKey) -> &'a str {
    let tables = registry.registry();
    match party {
        PartyKey::Unit(unit) => tables.units.id(unit),
        PartyKey::Post(post) => tables.posts.id(post),
        PartyKey::Group(group) => tables.groups.id(group),
    }
}

/// What people call a party; a post is named with its unit.
pub fn party_name(registry: &RegistryView<'_>, party: PartyKey) -> String {
    match party {
        PartyKey::Unit(unit) => registry.name(unit).to_owned(),
        PartyKey::Group(group) => {
            let groups = &registry.registry().groups;
            groups
                .last(group, registry.when().known)
                .map_or_else(String::new, |row| row.value.name.to_string())
        }
        PartyKey::Post(post) => {
            let unit = party_unit(registry, party).map_or("", |unit| registry.name(unit));
            format!("{unit}{}", registry.post_name(post))
        }
    }
}
