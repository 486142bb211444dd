//! Leadership groups on a day: which exist, which seats they have, who fills them.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Capacity, Change, Group, GroupRole, GroupRow, RegistryView, Seat, TenureView, UnitRow};
use crate::calendar::Date;
use crate::ledger::{Key, Position};

/// A seat of a group on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatView<'a> {
    /// The role.
    pub role: GroupRole,
    /// Who fills it.
    pub seat: &'a Seat,
    /// Since when it is there.
    pub since: Date,
    /// The day up to which its holder is on record: of its issue, of the last change that renewed it, of the last
    /// confirmation.
    pub recorded: Date,
}

impl<'a> RegistryView<'a> {
    /// The groups that exist on the day, as issued last, in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = (&'a str, &'a Group)> + use<'a> {
        let view = *self;
        let table = &view.registry().groups;
        table
            .keys(view.when().known)
            .filter_map(move |key| view.group(key).map(|group| (table.id(key), group)))
    }

    /// The group as issued last, when it exists on the day.
    pub fn group(&self, group: Key<Group>) -> Option<&'a Group> {
        self.issue(group).map(|(_, issued)| issued)
    }

    /// The groups of a unit that exist on the day, in the order of their ids.
    pub fn groups_of(&self, unit: Key<UnitRow>) -> Vec<Key<Group>> {
        let tables = self.registry();
        let keys: BTreeSet<Key<Group>> = tables.groups_of.of(unit).collect();
        let mut groups: Vec<Key<Group>> = keys
            .into_iter()
            .filter(|key| self.group(*key).is_some_and(|group| group.unit == unit))
            .collect();
        groups.sort_by(|left, right| tables.groups.id(*left).cmp(tables.groups.id(*right)));
        groups
    }

    /// The last day of a group that ended before the day, and the group into which it was merged. Of several ends the
    /// earliest holds; an issue after it makes the group live again.
    pub fn group_ended(&self, group: Key<Group>) -> Option<(Date, Option<Key<Group>>)> {
        let (day, known) = (self.when().day, self.when().known);
        let issues = self.registry().groups.rows(group, known);
        let issued = issues.map(|row| row.value.from).filter(|from| *from <= day).max()?;
        self.group_end_since(group, issued)
    }

    /// The seats of a group on the day: of its last issue with the changes since then. Empty when it does not exist.
    pub fn seats(&self, group: Key<Group>) -> Vec<SeatView<'a>> {
        let Some((issued_at, issued)) = self.issue(group) else {
            return Vec::new();
        };
        let mut seats = as_issued(issued);
        for (_, row) in self.group_rows_since(group, (issued.from, issued_at)) {
            match row {
                GroupRow::Changed(change) => apply(change, &mut seats),
                GroupRow::Confirmed(on) => {
                    for seat in &mut seats {
                        seat.recorded = *on;
                    }
                }
                GroupRow::Ended { .. } => {}
            }
        }
        seats
    }

    /// The changes of members since the last issue, up to the day, with their positions, in the order of their days.
    pub fn changes(&self, group: Key<Group>) -> Vec<(Position, &'a Change)> {
        let Some((issued_at, issued)) = self.issue(group) else {
            return Vec::new();
        };
        let rows = self.group_rows_since(group, (issued.from, issued_at));
        rows.into_iter()
            .filter_map(|(position, row)| match row {
                GroupRow::Changed(change) => Some((position, change.as_ref())),
                GroupRow::Confirmed(_) | GroupRow::Ended { .. } => None,
            })
            .collect()
    }

    /// The changes up to the day that took away seats which were not there, with the number of those seats.
    pub fn removed_in_vain(&self, group: Key<Group>) -> Vec<(&'a Change, usize)> {
        let Some(issued) = self.group(group) else {
            return Vec::new();
        };
        let mut seats = as_issued(issued);
        let mut vain = Vec::new();
        for (_, change) in self.changes(group) {
            let here = |removed: &&(GroupRole, Seat)| seats.iter().any(|seat| same(seat, removed));
            let strangers = change.removed.iter().filter(|removed| !here(removed)).count();
            if strangers > 0 {
                vain.push((change, strangers));
            }
            apply(change, &mut seats);
        }
        vain
    }

    /// Who fills the seats of this role on the day: host keys of persons. Members by reference are followed, a group
    /// that is met again is not entered twice.
    pub fn members(&self, group: Key<Group>, role: GroupRole) -> BTreeSet<&'a str> {
        let mut persons = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let seats = self.seats(group);
        let mut open: Vec<&Seat> = seats
            .iter()
            .filter(|seat| seat.role == role)
            .map(|seat| seat.seat)
            .collect();
        while let Some(seat) = open.pop() {
            match seat {
                Seat::Post(post) => persons.extend(self.in_office(*post).iter().map(person)),
                Seat::Person(person) => drop(persons.insert(person.as_ref())),
                Seat::Group(key) if seen.insert(*key) => {
                    open.extend(self.seats(*key).iter().map(|seat| seat.seat));
                }
                Seat::Group(_) | Seat::Described(_) => {}
            }
        }
        persons
    }

    /// Since when nobody fills the head seat: the day after the last on which somebody filled one of the head seats of
    /// the day. Nothing when it is filled, or the group does not exist.
    pub fn head_vacant_since(&self, group: Key<Group>) -> Option<Date> {
        let issued = self.group(group)?;
        if !self.members(group, GroupRole::Head).is_empty() {
            return None;
        }
        let day = self.when().day;
        let seats = self.seats(group);
        let heads = seats.iter().filter(|seat| seat.role == GroupRole::Head);
        let since = heads.map(|seat| {
            let Seat::Post(post) = seat.seat else { return seat.since };
            let tenures = self.tenures(*post).into_iter();
            let tenures = tenures.filter(|held| held.tenure.capacity != Capacity::Authorised);
            let gone = tenures.map(|held| held.period.to().next()).filter(|gone| *gone <= day);
            gone.max().map_or(seat.since, |gone| gone.max(seat.since))
        });
        Some(since.max().unwrap_or(issued.from))
    }

    fn issue(&self, group: Key<Group>) -> Option<(Position, &'a Group)> {
        let rows = self.registry().groups.rows(group, self.when().known);
        rows.filter(|row| row.value.from <= self.when().day)
            .max_by_key(|row| (row.value.from, row.from))
            .filter(|row| self.group_end_since(group, row.value.from).is_none())
            .map(|row| (row.from, &row.value))
    }

    fn group_end_since(&self, group: Key<Group>, issued: Date) -> Option<(Date, Option<Key<Group>>)> {
        let ends = self.group_rows(group).filter_map(|(position, row)| match row {
            GroupRow::Ended { on, into, .. } => Some((*on, position, *into)),
            GroupRow::Changed(_) | GroupRow::Confirmed(_) => None,
        });
        ends.filter(|(on, _, _)| issued <= *on && *on < self.when().day)
            .min_by_key(|(on, position, _)| (*on, Reverse(*position)))
            .map(|(on, _, into)| (on, into))
    }

    /// What was said of a group after this issue, up to the day, in the order of days and positions.
    fn group_rows_since(&self, group: Key<Group>, issue: (Date, Position)) -> Vec<(Position, &'a GroupRow)> {
        let day = self.when().day;
        let mut rows: Vec<_> = self
            .group_rows(group)
            .filter(|(position, row)| row.day() <= day && (row.day(), *position) > issue)
            .collect();
        rows.sort_by_key(|(position, row)| (row.day(), *position));
        rows
    }

    pub(super) fn group_rows(&self, group: Key<Group>) -> impl Iterator<Item = (Position, &'a GroupRow)> + use<'a> {
        let (tables, known) = (self.registry(), self.when().known);
        let key = tables.group_rows.key(tables.groups.id(group));
        key.into_iter()
            .flat_map(move |key| tables.group_rows.rows(key, known))
            .map(|row| (row.from, &row.value))
    }
}

fn person<'a>(held: &TenureView<'a>) -> &'a str {
    &held.tenure.person
}

fn as_issued(issued: &Group) -> Vec<SeatView<'_>> {
    let seats = issued.members.iter().map(|(role, seat)| SeatView {
        role: *role,
        seat,
        since: issued.from,
        recorded: issued.from,
    });
    seats.collect()
}

fn same(seat: &SeatView<'_>, (role, other): &(GroupRole, Seat)) -> bool {
    seat.role == *role && seat.seat == other
}

fn apply<'a>(change: &'a Change, seats: &mut Vec<SeatView<'a>>) {
    seats.retain(|seat| !change.removed.iter().any(|removed| same(seat, removed)));
    for added in &change.added {
        match seats.iter_mut().find(|seat| same(seat, added)) {
            Some(seat) => seat.recorded = change.from,
            None => seats.push(SeatView {
                role: added.0,
                seat: &added.1,
                since: change.from,
                recorded: change.from,
            }),
        }
    }
}
