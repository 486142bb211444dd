//! How long a unit lived, and which units carry on for it.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{RegistryView, UnitRow};
use crate::calendar::{Date, Period};
use crate::ledger::Key;

impl<'a> RegistryView<'a> {
    /// The last day of a unit that ended before the day of the view, and the units to which its functions went as far as
    /// the papers say. Of several ends the earliest holds, of those on one day the one entered last.
    pub fn ended(&self, unit: Key<UnitRow>) -> Option<(Date, &'a [Key<UnitRow>])> {
        self.end(unit).filter(|(on, _)| *on < self.when().day)
    }

    /// The days on which a unit exists, as far as is known at the position of the view, whatever its day; nothing when
    /// the known papers end it before they found it.
    pub fn life(&self, unit: Key<UnitRow>) -> Option<Period> {
        let mut rows = self.registry().units.rows(unit, self.when().known);
        let from = rows.find_map(|row| match row.value {
            UnitRow::Founded { from, .. } => Some(from),
            _ => None,
        })?;
        Period::new(from, self.end(unit).map_or(Date::LAST, |(on, _)| on))
    }

    /// The units that carry on for this one on the day of the view, in the order of their ids: itself while it exists,
    /// else those to which its functions went, and so on until they exist. Empty when the trail ends.
    pub fn successors(&self, unit: Key<UnitRow>) -> Vec<Key<UnitRow>> {
        let mut seen = BTreeSet::new();
        let mut open = vec![unit];
        let mut alive = Vec::new();
        while let Some(unit) = open.pop() {
            if !seen.insert(unit) {
                continue;
            }
            if self.exists(unit) {
                alive.push(unit);
            } else if let Some((_, into)) = self.ended(unit) {
                open.extend(into);
            }
        }
        let units = &self.registry().units;
        alive.sort_by(|left, right| units.id(*left).cmp(units.id(*right)));
        alive
    }

    fn end(&self, unit: Key<UnitRow>) -> Option<(Date, &'a [Key<UnitRow>])> {
        let rows = self.registry().units.rows(unit, self.when().known);
        rows.filter_map(|row| match &row.value {
            UnitRow::Ended { on, into } => Some((*on, row.from, into.as_ref())),
            _ => None,
        })
        .min_by_key(|(on, position, _)| (*on, Reverse(*position)))
        .map(|(on, _, into)| (on, into))
    }
}
