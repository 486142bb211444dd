//! What other systems call a unit, and where it is.

use super::{Context, Registry, UnitRow};
use crate::calendar::{Date, Period};
use crate::codes::DivisionCode;
use crate::ledger::{Key, pair};

crate::record! {
    /// The id of a unit in another system, from the effective day on.
    pub struct UnitAlias {
        /// The unit.
        pub unit: String,
        /// The other system, in the host's words.
        pub system: String,
        /// The unit's id there.
        pub id: String,
        /// The last day on which it is the unit's, when that is settled.
        pub to: Option<Date>,
    }
}

crate::record! {
    /// Enters ids of other systems.
    pub struct UnitsAliased {
        /// The ids.
        pub aliases: Vec<UnitAlias>,
    }
}

crate::record! {
    /// A place where a unit is.
    #[derive(serde::Serialize)]
    pub struct Place {
        /// The division in which it lies.
        pub division: Option<DivisionCode>,
        /// Its name.
        pub name: String,
    }
}
crate::document::kept!(struct Place { division, name });

crate::record! {
    /// The places of one unit.
    pub struct UnitPlaces {
        /// The unit.
        pub unit: String,
        /// Every place that it has from the effective day on; none when it has given up the last.
        pub places: Vec<Place>,
    }
}

crate::record! {
    /// Says where units are: what is said here takes the place of what was said before.
    pub struct UnitsLocated {
        /// The units.
        pub units: Vec<UnitPlaces>,
    }
}

/// An id of another system and the unit that it names, while it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The unit.
    pub unit: Key<UnitRow>,
    /// The other system.
    pub system: Box<str>,
    /// The id there.
    pub id: Box<str>,
    /// First and last day.
    pub period: Period,
}
crate::document::kept!(struct Alias { unit, system, id, period });

/// Where a unit is from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// First day.
    pub from: Date,
    /// Its places.
    pub places: Vec<Place>,
}
crate::document::kept!(struct Located { from, places });

const UNIT: (&str, &str) = ("单位", "unit");

impl UnitsAliased {
    /// Enters the ids.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.aliases);
        for (index, alias) in self.aliases.into_iter().enumerate() {
            let place = format!("/aliases/{index}");
            let unit = act.reference(&registry.units, format_args!("{place}/unit"), UNIT, &alias.unit);
            act.in_order(format_args!("{place}/to"), act.effective, alias.to);
            let period = Period::new(act.effective, alias.to.unwrap_or(Date::LAST));
            let (Some(unit), Some(period)) = (unit, period) else {
                continue;
            };
            let id = pair(&alias.system, &alias.id);
            let row = Alias {
                unit,
                system: alias.system.into(),
                id: alias.id.into(),
                period,
            };
            let key = registry.aliases.push(act.at, &id, row);
            registry.aliases_of.push(unit, key);
        }
    }
}

impl UnitsLocated {
    /// Says where the units are.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.places);
        for (index, unit) in self.units.into_iter().enumerate() {
            let place = format!("/units/{index}/unit");
            if act.reference(&registry.units, &place, UNIT, &unit.unit).is_none() {
                continue;
            }
            let row = Located {
                from: act.effective,
                places: unit.places,
            };
            registry.places.push(act.at, &unit.unit, row);
        }
    }
}
