//! Groups that would be members of themselves by way of others.

use std::collections::BTreeSet;

use super::{Context, Group, GroupRole, GroupRow, Registry, RegistryView, Seat};
use crate::calendar::Date;
use crate::ledger::Key;

/// Ties the groups to which this act makes a group refer, and refuses the act when, on its effective day or on a later
/// one, the group is met again by following references from it.
pub(super) fn refuse_ring(
    registry: &mut Registry,
    act: &Context<'_>,
    place: &str,
    group: Key<Group>,
    referred: Vec<Key<Group>>,
) {
    if referred.is_empty() {
        return;
    }
    for referred in referred {
        registry.referred_by.push(referred, group);
    }
    // Whom nobody ever referred to closes no ring.
    if registry.referred_by.of(group).next().is_none() {
        return;
    }
    let mut met_again = false;
    let mut seen = BTreeSet::new();
    let mut days = BTreeSet::from([act.effective]);
    let mut open = vec![group];
    while let Some(next) = open.pop() {
        if !seen.insert(next) {
            continue;
        }
        days.extend(days_of(registry, act, next).filter(|day| *day > act.effective));
        let referred = referred_ever(registry, act, next);
        met_again |= referred.contains(&group);
        open.extend(referred);
    }
    let on = |day: Date| meets_itself(&registry.view(day, act.at), group);
    if met_again && days.into_iter().any(on) {
        let id = registry.groups.id(group);
        act.refuse(
            place,
            "registry.group_ring",
            format!("领导小组“{id}”经由其他领导小组引用了自身成员"),
            format!("group \"{id}\" refers to itself by way of other groups"),
        );
    }
}

/// The groups that seats refer to.
pub(super) fn referred_by_seats(seats: &[(GroupRole, Seat)]) -> Vec<Key<Group>> {
    let referred = seats.iter().filter_map(|(_, seat)| match seat {
        Seat::Group(referred) => Some(*referred),
        Seat::Post(_) | Seat::Person(_) | Seat::Described(_) => None,
    });
    referred.collect()
}

fn meets_itself(view: &RegistryView<'_>, group: Key<Group>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![group];
    while let Some(next) = open.pop() {
        for seat in view.seats(next) {
            let Seat::Group(referred) = seat.seat else { continue };
            if *referred == group {
                return true;
            }
            if seen.insert(*referred) {
                open.push(*referred);
            }
        }
    }
    false
}

/// Every group that this one refers to on some day.
fn referred_ever(registry: &Registry, act: &Context<'_>, group: Key<Group>) -> BTreeSet<Key<Group>> {
    let issued = registry
        .groups
        .rows(group, act.at)
        .map(|row| row.value.members.as_slice());
    let added = rows(registry, act, group).map(|row| match row {
        GroupRow::Changed(change) => change.added.as_slice(),
        GroupRow::Confirmed(_) | GroupRow::Ended { .. } => &[],
    });
    issued.chain(added).flat_map(referred_by_seats).collect()
}

/// The days on which what a group refers to may change.
fn days_of(registry: &Registry, act: &Context<'_>, group: Key<Group>) -> impl Iterator<Item = Date> {
    let issued = registry.groups.rows(group, act.at).map(|row| row.value.from);
    issued.chain(rows(registry, act, group).map(GroupRow::day))
}

fn rows<'r>(registry: &'r Registry, act: &Context<'_>, group: Key<Group>) -> impl Iterator<Item = &'r GroupRow> {
    let key = registry.group_rows.key(registry.groups.id(group));
    let at = act.at;
    key.into_iter()
        .flat_map(move |key| registry.group_rows.rows(key, at))
        .map(|row| &row.value)
}
