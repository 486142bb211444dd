//! The registry on a day, as known at a position.

use std::collections::BTreeSet;

use super::{EdgeKind, Registry, UnitRow, When};
use crate::calendar::Date;
use crate::ledger::Key;

/// Looks at the registry from one day and one position.
#[derive(Clone, Copy, Debug)]
pub struct RegistryView<'a> {
    registry: &'a Registry,
    when: When,
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
            UnitRow::Founded { from, founding } => {
                let from = Some(*from).filter(|from| *from <= self.when.day);
                Some((from, row.from, &founding.class))
            }
            UnitRow::Reclassified { from, class } if *from <= self.when.day => Some((Some(*from), row.from, class)),
            _ => None,
        });
        classes
            .max_by_key(|(from, position, _)| (*from, *position))
            .map_or("", |(_, _, class)| class.as_ref())
    }

    /// The superiors of one edge kind on the day. Of a single kind only the latest placing holds, unless the unit was
    /// detached since.
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
        let detached = |since: Date, above: Key<UnitRow>| {
            let mut rows = self.registry.units.rows(unit, self.when.known);
            rows.any(|row| match row.value {
                UnitRow::Detached {
                    on,
                    edge: kind,
                    superior,
                } => kind == edge && superior == above && since <= on && on < self.when.day,
                _ => false,
            })
        };
        let superiors: BTreeSet<_> = placed
            .into_iter()
            .skip(kept)
            .filter(|(from, _, superior)| !detached(*from, *superior))
            .map(|(_, _, superior)| superior)
            .collect();
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

    /// The units that were placed under this one by edges of this kind and stand there on the day, in the order of
    /// their ids.
    pub fn subordinates(&self, edge: Key<EdgeKind>, unit: Key<UnitRow>) -> Vec<Key<UnitRow>> {
        let units = &self.registry.units;
        let below: BTreeSet<Key<UnitRow>> = self.registry.below.of(unit).collect();
        let mut below: Vec<Key<UnitRow>> = below
            .into_iter()
            .filter(|lower| self.exists(*lower) && self.superiors(edge, *lower).contains(&unit))
            .collect();
        below.sort_by(|left, right| units.id(*left).cmp(units.id(*right)));
        below
    }
}
