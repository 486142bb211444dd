//! The registry on a day, as known at a position.

use std::collections::BTreeSet;

use super::group::Seat;
use super::{Capacity, EdgeKind, Group, GroupRole, Post, Registry, Responsibility, Tenure, TenureRow, UnitRow, When};
use crate::calendar::Period;
use crate::ledger::Key;

/// Looks at the registry from one day and one position.
#[derive(Clone, Copy, Debug)]
pub struct RegistryView<'a> {
    registry: &'a Registry,
    when: When,
}

/// A tenure with its real end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenureView<'a> {
    /// As it began.
    pub tenure: &'a Tenure,
    /// First and last day.
    pub period: Period,
}

impl<'a> RegistryView<'a> {
    pub(super) fn new(registry: &'a Registry, when: When) -> Self {
        RegistryView { registry, when }
    }

    /// The day and the position.
    pub fn when(&self) -> When {
        self.when
    }

    /// The tables behind the view.
    pub fn registry(&self) -> &'a Registry {
        self.registry
    }

    /// Whether the unit exists on the day.
    pub fn exists(&self, unit: Key<UnitRow>) -> bool {
        let mut founded = false;
        let mut ended = false;
        for row in self.registry.units.rows(unit, self.when.known) {
            match &row.value {
                UnitRow::Founded { from, .. } => founded |= *from <= self.when.day,
                UnitRow::Ended { on, .. } => ended |= *on < self.when.day,
                _ => {}
            }
        }
        founded && !ended
    }

    /// The units that exist on the day, in the order of their ids.
    pub fn units(&self) -> impl Iterator<Item = Key<UnitRow>> {
        self.registry
            .units
            .keys(self.when.known)
            .filter(|unit| self.exists(*unit))
    }

    /// The name on the day: of names given for the same day the later position wins.
    pub fn name(&self, unit: Key<UnitRow>) -> &'a str {
        let names = self
            .registry
            .units
            .rows(unit, self.when.known)
            .filter_map(|row| match &row.value {
                UnitRow::Named { from, name } if *from <= self.when.day => Some((*from, row.from, name.as_ref())),
                _ => None,
            });
        names
            .max_by_key(|(from, position, _)| (*from, *position))
            .map_or("", |(_, _, name)| name)
    }

    /// The class on the day: of classes given for the same day the later position wins. Before its first day a unit is
    /// of the class that it will be founded in.
    pub fn class(&self, unit: Key<UnitRow>) -> &'a str {
        let rows = self.registry.units.rows(unit, self.when.known);
        let classes = rows.filter_map(|row| match &row.value {
            UnitRow::Founded { from, class, .. } => {
                Some((Some(*from).filter(|from| *from <= self.when.day), row.from, class))
            }
            UnitRow::Reclassified { from, class } if *from <= self.when.day => Some((Some(*from), row.from, class)),
            _ => None,
        });
        classes
            .max_by_key(|(from, position, _)| (*from, *position))
            .map_or("", |(_, _, class)| class.as_ref())
    }

    /// The superiors of one edge kind on the day. Of a single kind only the latest placing holds.
    pub fn superiors(&self, edge: Key<EdgeKind>, unit: Key<UnitRow>) -> Vec<Key<UnitRow>> {
        let mut placed: Vec<_> = self
            .registry
            .units
            .rows(unit, self.when.known)
            .filter_map(|row| match &row.value {
                UnitRow::Placed {
                    from,
                    edge: kind,
                    superior,
                } if *kind == edge && *from <= self.when.day => Some((*from, row.from, *superior)),
                _ => None,
            })
            .collect();
        placed.sort_by_key(|(from, position, _)| (*from, *position));
        let single = self
            .registry
            .edges
            .last(edge, self.when.known)
            .is_some_and(|row| row.value.single);
        let kept = if single { placed.len().saturating_sub(1) } else { 0 };
        let superiors: BTreeSet<_> = placed.into_iter().skip(kept).map(|(_, _, superior)| superior).collect();
        superiors.into_iter().collect()
    }

    /// Whether `upper` is `unit` itself or stands above it by edges of this kind.
    pub fn is_above(&self, edge: Key<EdgeKind>, upper: Key<UnitRow>, unit: Key<UnitRow>) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![unit];
        while let Some(unit) = open.pop() {
            if unit == upper {
                return true;
            }
            if seen.insert(unit) {
                open.extend(self.superiors(edge, unit));
            }
        }
        false
    }

    /// Every tenure of a post, whenever it held, in the order of their ids.
    pub fn tenures(&self, post: Key<Post>) -> Vec<TenureView<'a>> {
        let table = &self.registry.tenures;
        let mut tenures = Vec::new();
        for key in table.keys(self.when.known) {
            let mut begun = None;
            let mut ended = None;
            for row in table.rows(key, self.when.known) {
                match &row.value {
                    TenureRow::Begun(tenure) if tenure.post == post => begun = Some(tenure),
                    TenureRow::Begun(_) => {}
                    TenureRow::Ended(on) => ended = Some(*on),
                }
            }
            let Some(tenure) = begun else { continue };
            let to = ended.unwrap_or(tenure.period.to());
            if let Some(period) = Period::new(tenure.period.from(), to) {
                tenures.push(TenureView { tenure, period });
            }
        }
        tenures
    }

    /// Who acts for a post on the day, with the capacity of each.
    pub fn holders(&self, post: Key<Post>) -> Vec<(&'a str, Capacity)> {
        self.tenures(post)
            .into_iter()
            .filter(|held| held.period.holds(self.when.day))
            .map(|held| (held.tenure.person.as_ref(), held.tenure.capacity))
            .collect()
    }

    /// The responsibilities that hold on the day, in the order of their ids.
    pub fn responsibilities(&self) -> impl Iterator<Item = (&'a str, &'a Responsibility)> {
        let day = self.when.day;
        self.registry
            .responsibilities
            .latest(self.when.known)
            .filter(move |(_, row)| row.from <= day)
    }

    /// The groups that exist on the day, as issued last, in the order of their ids.
    pub fn groups(&self) -> impl Iterator<Item = (&'a str, &'a Group)> {
        let (table, when) = (&self.registry.groups, self.when);
        table.keys(when.known).filter_map(move |key| {
            let issued = table.rows(key, when.known).filter(|row| row.value.from <= when.day);
            issued
                .max_by_key(|row| (row.value.from, row.from))
                .map(|row| (table.id(key), &row.value))
        })
    }

    /// Who fills the seats of this role on the day: host keys of persons. Members by reference are followed, a group
    /// that is met again is not entered twice.
    pub fn members(&self, group: &'a Group, role: GroupRole) -> BTreeSet<&'a str> {
        let mut persons = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<&Seat> = group
            .members
            .iter()
            .filter(|(own, _)| *own == role)
            .map(|(_, seat)| seat)
            .collect();
        let registry = self.registry;
        while let Some(seat) = open.pop() {
            match seat {
                Seat::Post(post) => persons.extend(self.holders(*post).into_iter().map(|(person, _)| person)),
                Seat::Person(person) => drop(persons.insert(person.as_ref())),
                Seat::Group(key) if seen.insert(*key) => {
                    let id = registry.groups.id(*key);
                    if let Some((_, referred)) = self.groups().find(|(other, _)| *other == id) {
                        open.extend(referred.members.iter().map(|(_, seat)| seat));
                    }
                }
                Seat::Group(_) | Seat::Described(_) => {}
            }
        }
        persons
    }
}
