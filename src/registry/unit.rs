//! Units (单位) and the dated edges between them.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use super::reorganised::end;
use super::{Context, Registry};
use crate::calendar::Date;
use crate::codes::CreditCode;
use crate::document::Word;
use crate::ledger::Key;

crate::record! {
    /// A kind of edge from a unit to its superior, such as line (隶属), guidance (业务指导) or dispatched (派出).
    #[derive(Serialize)]
    pub struct EdgeKind {
        /// The word that edges use.
        pub id: String,
        /// The Chinese name.
        pub name: String,
        /// Whether a unit has at most one superior of this kind at a time.
        pub single: bool,
        /// Whether nobody may be above himself.
        pub acyclic: bool,
    }
}
crate::document::kept!(struct EdgeKind { id, name, single, acyclic });

crate::record! {
    /// Declares the kinds of edges between units.
    pub struct EdgesDeclared {
        /// The kinds.
        pub edges: Vec<EdgeKind>,
    }
}

crate::record! {
    /// A superior of a unit.
    #[derive(Serialize)]
    pub struct Superior {
        /// The declared kind of edge.
        pub edge: Word,
        /// The superior unit.
        pub unit: Word,
    }
}

crate::record! {
    /// A unit as it is founded or first entered.
    pub struct UnitFounded {
        /// Host id.
        pub id: Word,
        /// Name.
        pub name: String,
        /// The class that rule sets refer to, such as 镇, 街道, 部门.
        pub class: Word,
        /// Unified social credit code (GB 32100), when it has one.
        pub code: Option<CreditCode>,
        /// Its superiors from the effective day on; each must be in the ledger or earlier in this list.
        pub superiors: Vec<Superior>,
    }
}

crate::record! {
    /// Enters units, many in one line.
    pub struct UnitsFounded {
        /// The units, superiors before subordinates.
        pub units: Vec<UnitFounded>,
    }
}

crate::record! {
    /// Renames a unit from the effective day on.
    pub struct UnitRenamed {
        /// The unit.
        pub unit: String,
        /// Its new name.
        pub name: String,
    }
}

crate::record! {
    /// Gives a unit a superior from the effective day on; for a single edge kind the former superior ends the day before.
    pub struct UnitPlaced {
        /// The unit.
        pub unit: String,
        /// The edge and the superior.
        pub superior: Superior,
    }
}

crate::record! {
    /// Takes a unit from under a superior: the effective day is the last on which it stands there. For a single edge kind
    /// this is only needed where no other superior follows.
    pub struct UnitDetached {
        /// The unit.
        pub unit: String,
        /// The edge and the superior.
        pub superior: Superior,
    }
}

crate::record! {
    /// Ends a unit: the effective day is its last.
    pub struct UnitEnded {
        /// The unit.
        pub unit: String,
        /// The units to which its functions went, when it has any.
        pub into: Vec<String>,
    }
}

/// As what a unit was founded. Units that are entered together are mostly alike, and then share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Class.
    pub class: Box<str>,
    /// Unified social credit code.
    pub code: Option<CreditCode>,
}
crate::document::kept!(struct Founding { class, code });

/// What one act said of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitRow {
    /// It exists from this day on.
    Founded {
        /// First day.
        from: Date,
        /// As what.
        founding: Arc<Founding>,
    },
    /// It is of this class from this day on.
    Reclassified {
        /// First day.
        from: Date,
        /// Class.
        class: Box<str>,
    },
    /// It bears this name from this day on.
    Named {
        /// First day.
        from: Date,
        /// Name.
        name: Box<str>,
    },
    /// It has this superior from this day on.
    Placed {
        /// First day.
        from: Date,
        /// Kind of edge.
        edge: Key<EdgeKind>,
        /// Superior unit.
        superior: Key<UnitRow>,
    },
    /// Part of its functions goes to these units from this day on; it goes on.
    Split {
        /// First day.
        from: Date,
        /// Those units.
        into: Box<[Key<UnitRow>]>,
    },
    /// This is the last day under this superior.
    Detached {
        /// Last day.
        on: Date,
        /// Kind of edge.
        edge: Key<EdgeKind>,
        /// Superior unit.
        superior: Key<UnitRow>,
    },
    /// This is its last day.
    Ended {
        /// Last day.
        on: Date,
        /// The units to which its functions went.
        into: Box<[Key<UnitRow>]>,
    },
}
crate::document::kept!(enum UnitRow {
    0 Founded { from, founding }, 1 Reclassified { from, class }, 2 Named { from, name }, 3 Placed { from, edge,
    superior }, 4 Split { from, into }, 5 Detached { on, edge, superior }, 6 Ended { on, into }
});

const UNIT: (&str, &str) = ("单位", "unit");
const EDGE: (&str, &str) = ("隶属关系类型", "edge kind");

impl EdgesDeclared {
    /// Declares the kinds.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, edge) in self.edges.into_iter().enumerate() {
            let id = edge.id.clone();
            act.introduce(&mut registry.edges, format_args!("/edges/{index}/id"), EDGE, &id);
            registry.edges.push(act.at, &id, edge);
        }
    }
}

impl UnitsFounded {
    /// Enters the units.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let from = act.effective;
        let mut last: Option<Arc<Founding>> = None;
        for (index, unit) in self.units.into_iter().enumerate() {
            let place = format_args!("/units/{index}");
            let found = act.introduce(&mut registry.units, format_args!("{place}/id"), UNIT, &unit.id);
            let founding = last
                .take()
                .filter(|last| *last.class == *unit.class && last.code == unit.code)
                .unwrap_or_else(|| {
                    let class = unit.class.into();
                    Arc::new(Founding { class, code: unit.code })
                });
            last = Some(founding.clone());
            let key = registry
                .units
                .push_found(act.at, found, &unit.id, UnitRow::Founded { from, founding });
            let name = unit.name.into();
            registry.units.push_to(act.at, key, UnitRow::Named { from, name });
            // A correction may move the start behind an end that was entered meanwhile.
            let ends = registry.units.rows(key, act.at).filter_map(|row| match row.value {
                UnitRow::Ended { on, .. } => Some(on),
                _ => None,
            });
            act.in_order("/effective", from, ends.min());
            for (number, superior) in unit.superiors.iter().enumerate() {
                place_under(
                    registry,
                    act,
                    &format_args!("{place}/superiors/{number}"),
                    key,
                    superior,
                );
            }
        }
    }
}

impl UnitRenamed {
    /// Renames the unit.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.units, "/unit", UNIT, &self.unit) else {
            return;
        };
        act.supersede(&mut registry.units, key);
        registry.units.push(
            act.at,
            &self.unit,
            UnitRow::Named {
                from: act.effective,
                name: self.name.into(),
            },
        );
    }
}

impl UnitPlaced {
    /// Places the unit.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.units, "/unit", UNIT, &self.unit) else {
            return;
        };
        act.supersede(&mut registry.units, key);
        place_under(registry, act, &"/superior", key, &self.superior);
    }
}

impl UnitDetached {
    /// Detaches the unit.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Superior { edge, unit: superior } = &self.superior;
        let unit = act.reference(&registry.units, "/unit", UNIT, &self.unit);
        let edge = act.reference(&registry.edges, "/superior/edge", EDGE, edge);
        let above = act.reference(&registry.units, "/superior/unit", UNIT, superior);
        let (Some(key), Some(edge), Some(above)) = (unit, edge, above) else {
            return;
        };
        act.supersede(&mut registry.units, key);
        let placed = registry.units.rows(key, act.at).filter_map(|row| match row.value {
            UnitRow::Placed {
                from,
                edge: kind,
                superior,
            } if kind == edge && superior == above => Some(from),
            _ => None,
        });
        match placed.min() {
            Some(first) => act.in_order("/effective", first, Some(act.effective)),
            None => act.refuse(
                "/superior",
                "registry.never_placed",
                format!("“{}”从未以该类隶属关系置于“{superior}”之下", self.unit),
                format!(
                    "\"{}\" was never placed under \"{superior}\" by an edge of this kind",
                    self.unit
                ),
            ),
        }
        let row = UnitRow::Detached {
            on: act.effective,
            edge,
            superior: above,
        };
        registry.units.push(act.at, &self.unit, row);
    }
}

impl UnitEnded {
    /// Ends the unit.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.units, "/unit", UNIT, &self.unit) else {
            return;
        };
        act.supersede(&mut registry.units, key);
        let mut into = Vec::with_capacity(self.into.len());
        for (index, unit) in self.into.iter().enumerate() {
            let place = format!("/into/{index}");
            into.extend(act.reference(&registry.units, &place, UNIT, unit));
            if *unit == self.unit {
                act.refuse(
                    &place,
                    "registry.ended_into_itself",
                    format!("“{unit}”终止后职能不能归于自身"),
                    format!("\"{unit}\" ends; its functions cannot go to itself"),
                );
            }
        }
        end(registry, act, "/effective", key, act.effective, into.into());
    }
}

/// Adds an edge; refuses one that would put a unit above itself where the kind forbids it.
fn place_under(
    registry: &mut Registry,
    act: &Context<'_>,
    place: &dyn Display,
    unit: Key<UnitRow>,
    superior: &Superior,
) {
    let edge = act.reference(&registry.edges, format_args!("{place}/edge"), EDGE, &superior.edge);
    let above = act.reference(&registry.units, format_args!("{place}/unit"), UNIT, &superior.unit);
    let (Some(edge), Some(above)) = (edge, above) else {
        return;
    };
    let acyclic = registry.edges.last(edge, act.at).is_some_and(|row| row.value.acyclic);
    if acyclic && closes_a_ring(registry, act, edge, unit, above) {
        act.refuse(
            format_args!("{place}/unit"),
            "registry.cycle",
            format!("“{}”已在该单位之下，不能再作其上级", superior.unit),
            format!(
                "\"{}\" stands below this unit and cannot be its superior",
                superior.unit
            ),
        );
        return;
    }
    registry.units.push_to(
        act.at,
        unit,
        UnitRow::Placed {
            from: act.effective,
            edge,
            superior: above,
        },
    );
    registry.below.push(above, unit);
}

/// Whether the unit, once placed, would stand above itself on the effective day or on a later one: a back-dated act
/// meets placings that take effect after it.
fn closes_a_ring(
    registry: &Registry,
    act: &Context<'_>,
    edge: Key<EdgeKind>,
    unit: Key<UnitRow>,
    above: Key<UnitRow>,
) -> bool {
    // Under whom nobody was ever placed closes no ring, unless he is placed under himself.
    if unit != above && registry.below.of(unit).next().is_none() {
        return false;
    }
    // Everything that is ever above the new superior, and the days on which that changes.
    let mut seen = BTreeSet::new();
    let mut days = BTreeSet::from([act.effective]);
    let mut open = vec![above];
    while let Some(next) = open.pop() {
        if !seen.insert(next) {
            continue;
        }
        for row in registry.units.rows(next, act.at) {
            if let UnitRow::Placed {
                from,
                edge: kind,
                superior,
            } = row.value
                && kind == edge
            {
                days.insert(from.max(act.effective));
                open.push(superior);
            }
        }
    }
    if !seen.contains(&unit) {
        return false;
    }
    // The placing holds until the unit is detached, of a single kind until its next one.
    let single = registry.edges.last(edge, act.at).is_some_and(|row| row.value.single);
    let until = registry.units.rows(unit, act.at).filter_map(|row| match row.value {
        UnitRow::Placed { from, edge: kind, .. } if single && kind == edge && from > act.effective => Some(from),
        UnitRow::Detached {
            on,
            edge: kind,
            superior,
        } if kind == edge && superior == above && on >= act.effective => Some(on.next()),
        _ => None,
    });
    let until = until.min().unwrap_or(Date::LAST);
    days.into_iter()
        .filter(|day| *day == act.effective || *day < until)
        .any(|day| registry.view(day, act.at).is_above(edge, unit, above))
}
