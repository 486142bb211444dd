//! Units that change their class, merge or split (机构调整).

use super::{Context, Registry, UnitRow};
use crate::calendar::Date;
use crate::ledger::Key;

crate::record! {
    /// Gives a unit another class from the effective day on.
    pub struct UnitReclassified {
        /// The unit.
        pub unit: String,
        /// Its new class.
        pub class: String,
    }
}

crate::record! {
    /// Merges units: the effective day is the first of the merged unit, and each of the others ends the day before.
    pub struct UnitsMerged {
        /// The units that end; none in a correction that takes a merger back.
        pub units: Vec<String>,
        /// The unit that carries on; it is in the ledger and is none of them.
        pub into: String,
    }
}

crate::record! {
    /// Splits a unit from the effective day on.
    pub struct UnitSplit {
        /// The unit.
        pub unit: String,
        /// The units to which its functions go, in the ledger.
        pub into: Vec<String>,
        /// Whether the unit ends the day before; else it goes on with what it keeps.
        pub ends: bool,
    }
}

const UNIT: (&str, &str) = ("单位", "unit");

impl UnitReclassified {
    /// Gives the unit its class.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.units, "/unit", UNIT, &self.unit) else {
            return;
        };
        act.supersede(&mut registry.units, key);
        let row = UnitRow::Reclassified {
            from: act.effective,
            class: self.class.into(),
        };
        registry.units.push(act.at, &self.unit, row);
    }
}

impl UnitsMerged {
    /// Ends the units in favour of the other.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.units);
        let into = act.reference(&registry.units, "/into", UNIT, &self.into);
        if self.units.is_empty() && act.corrects.is_none() {
            act.refuse(
                "/units",
                "registry.merges_nothing",
                "没有写明被合并的单位，请填写 units",
                "no unit is merged; name them in \"units\"",
            );
        }
        for (index, unit) in self.units.iter().enumerate() {
            let place = format!("/units/{index}");
            let key = act.reference(&registry.units, &place, UNIT, unit);
            if *unit == self.into {
                act.refuse(
                    &place,
                    "registry.merged_into_itself",
                    format!("“{unit}”不能并入自身；合并后沿用原单位的，不要把它列入 units"),
                    format!("\"{unit}\" cannot be merged into itself; leave the unit that carries on out of \"units\""),
                );
                continue;
            }
            if let (Some(key), Some(into)) = (key, into) {
                end_before(registry, act, "/effective", key, Box::new([into]));
            }
        }
    }
}

impl UnitSplit {
    /// Splits the unit.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.units, "/unit", UNIT, &self.unit) else {
            return;
        };
        act.supersede_all(&mut registry.units);
        if self.into.is_empty() {
            act.refuse(
                "/into",
                "registry.splits_into_nothing",
                "没有写明分设后的单位，请填写 into",
                "the unit splits into nothing; name the units in \"into\"",
            );
        }
        let mut into = Vec::with_capacity(self.into.len());
        for (index, unit) in self.into.iter().enumerate() {
            let place = format!("/into/{index}");
            let part = act.reference(&registry.units, &place, UNIT, unit);
            if *unit == self.unit {
                act.refuse(
                    &place,
                    "registry.split_into_itself",
                    format!("“{unit}”不能列为自身分设出的单位；原单位保留的，不填 ends"),
                    format!("\"{unit}\" is no part of its own split; leave \"ends\" out when it goes on"),
                );
            }
            into.extend(part);
        }
        if self.ends {
            end_before(registry, act, "/effective", key, into.into());
            return;
        }
        let row = UnitRow::Split {
            from: act.effective,
            into: into.into(),
        };
        registry.units.push(act.at, &self.unit, row);
    }
}

/// Ends a unit on the day before the act takes effect.
fn end_before(registry: &mut Registry, act: &Context<'_>, place: &str, unit: Key<UnitRow>, into: Box<[Key<UnitRow>]>) {
    let Some(on) = act.effective.previous() else {
        act.in_order(place, act.effective.next(), Some(act.effective));
        return;
    };
    end(registry, act, place, unit, on, into);
}

/// Makes this the last day of a unit; refused when it lies before the first.
pub(super) fn end(
    registry: &mut Registry,
    act: &Context<'_>,
    place: &str,
    unit: Key<UnitRow>,
    on: Date,
    into: Box<[Key<UnitRow>]>,
) {
    let founded = registry.units.rows(unit, act.at).find_map(|row| match row.value {
        UnitRow::Founded { from, .. } => Some(from),
        _ => None,
    });
    act.in_order(place, founded.unwrap_or(on), Some(on));
    let id = registry.units.id(unit).to_owned();
    registry.units.push(act.at, &id, UnitRow::Ended { on, into });
}
