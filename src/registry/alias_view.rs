//! Ids of other systems and places on a day.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alias, Place, RegistryView, UnitRow};
use crate::error::Finding;
use crate::ledger::{Key, pair};

impl<'a> RegistryView<'a> {
    /// The units that another system's id names on the day, in the order of their ids: more than one is a finding.
    pub fn units_called(&self, system: &str, id: &str) -> Vec<Key<UnitRow>> {
        let key = self.registry().aliases.key(&pair(system, id));
        let held = key.map(|key| self.named_by(key)).unwrap_or_default();
        let mut units: Vec<_> = held.into_keys().collect();
        let table = &self.registry().units;
        units.sort_by(|left, right| table.id(*left).cmp(table.id(*right)));
        units
    }

    /// The ids of other systems that name the unit on the day, by system and id.
    pub fn aliases(&self, unit: Key<UnitRow>) -> Vec<&'a Alias> {
        let keys: BTreeSet<Key<Alias>> = self.registry().aliases_of.of(unit).collect();
        let mut aliases: Vec<_> = keys
            .into_iter()
            .filter_map(|key| self.named_by(key).remove(&unit))
            .collect();
        aliases.sort_by(|left, right| (&left.system, &left.id).cmp(&(&right.system, &right.id)));
        aliases
    }

    /// The places of the unit on the day.
    pub fn places(&self, unit: Key<UnitRow>) -> &'a [Place] {
        let table = &self.registry().places;
        let Some(key) = table.key(self.registry().units.id(unit)) else {
            return &[];
        };
        table
            .rows(key, self.when().known)
            .filter(|row| row.value.from <= self.when().day)
            .max_by_key(|row| (row.value.from, row.from))
            .map_or(&[], |row| &row.value.places)
    }

    /// Whom an id names on the day. What was said last of the id, a unit and a first day holds: a later act may end it.
    fn named_by(&self, alias: Key<Alias>) -> BTreeMap<Key<UnitRow>, &'a Alias> {
        let mut said = BTreeMap::new();
        for row in self.registry().aliases.rows(alias, self.when().known) {
            said.insert((row.value.unit, row.value.period.from()), &row.value);
        }
        said.into_iter()
            .filter(|(_, alias)| alias.period.holds(self.when().day))
            .map(|((unit, _), alias)| (unit, alias))
            .collect()
    }
}

/// Ids that name two units on one day.
pub(super) fn findings(registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
    let tables = registry.registry();
    for key in tables.aliases.keys(registry.when().known) {
        let held = registry.named_by(key);
        let Some(alias) = held.values().next().filter(|_| held.len() > 1) else {
            continue;
        };
        let mut ids: Vec<&str> = held.keys().map(|unit| tables.units.id(*unit)).collect();
        ids.sort_unstable();
        let zh = format!(
            "“{}”的编号“{}”当日同时指向{}个单位：{}；请注明各自的截止日期",
            alias.system,
            alias.id,
            ids.len(),
            ids.join("、")
        );
        let en = format!(
            "id \"{}\" of \"{}\" names {} units on the day: {}; say until when each bears it",
            alias.id,
            alias.system,
            ids.len(),
            ids.join(", ")
        );
        found.push(Finding::warning("registry.alias_shared", zh, en).about(alias.id.as_ref()));
    }
}
