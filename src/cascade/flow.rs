//! The letters in force with who receives them, and the duties that others break down: indexed once, asked often.

use std::collections::{BTreeMap, BTreeSet};

use super::CascadeRule;
use crate::calendar::Date;
use crate::ledger::Key;
use crate::letter::{Duty, DutyRole, LetterView, LettersView, Side, party_unit};
use crate::registry::{RegistryView, UnitRow};

/// A letter in force.
#[derive(Debug)]
pub(super) struct Flowing<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) duties: &'a [Duty],
    /// By when its type wants the breakdown filed, and the rule that does.
    pub(super) breakdown_by: Option<(Date, Option<&'a str>)>,
    pub(super) issuers: Units,
    pub(super) receivers: Units,
    /// The parts that units have in duties, by id, where the letter says so: leading ones first.
    roles: Vec<(&'a str, Key<UnitRow>, DutyRole)>,
}

/// The units that a side speaks for, each once, in the order of their ids: keys stand in the order of the ledger, on which
/// nothing that is told may depend.
#[derive(Debug)]
pub(super) struct Units {
    ordered: Vec<Key<UnitRow>>,
    all: BTreeSet<Key<UnitRow>>,
}

impl Units {
    /// The units of a side: two posts of one unit are one unit.
    pub(super) fn of(registry: &RegistryView<'_>, side: &[Side]) -> Self {
        let units = side.iter().filter_map(|side| party_unit(registry, side.party));
        let all: BTreeSet<Key<UnitRow>> = units.collect();
        let ordered = in_order(registry, all.iter().copied());
        Units { ordered, all }
    }

    pub(super) fn contains(&self, unit: Key<UnitRow>) -> bool {
        self.all.contains(&unit)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Key<UnitRow>> {
        self.ordered.iter().copied()
    }
}

/// Units in the order of their ids.
fn in_order(registry: &RegistryView<'_>, units: impl Iterator<Item = Key<UnitRow>>) -> Vec<Key<UnitRow>> {
    let mut units: Vec<Key<UnitRow>> = units.collect();
    units.sort_by_key(|unit| registry.registry().units.id(*unit));
    units
}

impl<'a> Flowing<'a> {
    fn new(registry: &RegistryView<'_>, view: &LetterView<'a>) -> Self {
        Flowing {
            id: view.id,
            title: view.title(),
            duties: view.duties(),
            breakdown_by: view.kind.and_then(|kind| {
                let by = kind.last_day_to_break_down(view.letter.period)?;
                Some((by, kind.basis.as_deref()))
            }),
            issuers: Units::of(registry, &view.issuers()),
            receivers: Units::of(registry, &view.receivers()),
            roles: unit_roles(registry, view),
        }
    }

    /// The part that a unit has in a duty, itself or by a group or post of it.
    pub(super) fn role(&self, duty: &str, unit: Key<UnitRow>) -> Option<DutyRole> {
        let mut roles = self.roles.iter();
        roles
            .find(|(of, held_by, _)| *of == duty && *held_by == unit)
            .map(|(_, _, role)| *role)
    }

    pub(super) fn duty(&self, id: &str) -> Option<&'a Duty> {
        self.duties.iter().find(|duty| duty.id == id)
    }
}

/// The parts that units have in the duties of a letter, those that lead before those that support.
pub(super) fn unit_roles<'a>(
    registry: &RegistryView<'_>,
    letter: &LetterView<'a>,
) -> Vec<(&'a str, Key<UnitRow>, DutyRole)> {
    let mut held = Vec::new();
    for duty in letter.duties() {
        if duty.leading.is_empty() && duty.supporting.is_empty() {
            continue;
        }
        let roles = letter.roles(registry.registry(), duty);
        for (parties, role) in [
            (roles.leading, DutyRole::Leading),
            (roles.supporting, DutyRole::Supporting),
        ] {
            let units = parties.into_iter().filter_map(|party| party_unit(registry, party));
            held.extend(units.map(|unit| (duty.id.as_str(), unit, role)));
        }
    }
    held
}

/// One duty of a letter below that breaks another down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'f, 'a> {
    pub(super) letter: &'f Flowing<'a>,
    pub(super) duty: &'a Duty,
}

/// The letters in force on the day, indexed.
#[derive(Debug)]
pub(super) struct Flow<'a> {
    pub(super) letters: Vec<Flowing<'a>>,
    of_id: BTreeMap<&'a str, usize>,
    received: BTreeMap<Key<UnitRow>, Vec<usize>>,
    /// For each duty of a letter, the duties that say they break it down: letter and duty by number.
    parts: BTreeMap<(&'a str, &'a str), Vec<(usize, usize)>>,
    /// The units directly below each unit along the edge of the rule, by key.
    below: BTreeMap<Key<UnitRow>, Vec<Key<UnitRow>>>,
}

impl<'a> Flow<'a> {
    /// Indexes the letters in force on the day of the view, and the tree along the edge of the rule if there is one.
    pub(super) fn new(registry: &RegistryView<'_>, letters: &LettersView<'a>, rule: Option<&CascadeRule>) -> Self {
        let letters: Vec<Flowing<'a>> = letters.in_force().map(|view| Flowing::new(registry, &view)).collect();
        let mut flow = Flow {
            of_id: letters.iter().enumerate().map(|(at, letter)| (letter.id, at)).collect(),
            received: BTreeMap::new(),
            parts: BTreeMap::new(),
            below: BTreeMap::new(),
            letters,
        };
        for (at, letter) in flow.letters.iter().enumerate() {
            // What a unit asks of posts of its own, it did not receive.
            for unit in letter.receivers.iter().filter(|unit| !letter.issuers.contains(*unit)) {
                flow.received.entry(unit).or_default().push(at);
            }
            for (number, duty) in letter.duties.iter().enumerate() {
                if let Some(from) = &duty.from {
                    flow.parts
                        .entry((&from.letter, &from.duty))
                        .or_default()
                        .push((at, number));
                }
            }
        }
        if let Some(edge) = rule.and_then(|rule| registry.registry().edges.key(&rule.edge)) {
            for unit in registry.units() {
                for superior in registry.superiors(edge, unit) {
                    flow.below.entry(superior).or_default().push(unit);
                }
            }
        }
        flow
    }

    pub(super) fn letter(&self, id: &str) -> Option<&Flowing<'a>> {
        self.of_id.get(id).and_then(|at| self.letters.get(*at))
    }

    /// The letters in force that a unit received, in the order of their ids.
    pub(super) fn received(&self, unit: Key<UnitRow>) -> impl Iterator<Item = &Flowing<'a>> {
        let numbers = self.received.get(&unit).into_iter().flatten();
        numbers.filter_map(|at| self.letters.get(*at))
    }

    /// Every unit that received a letter in force, in the order of their ids.
    pub(super) fn receivers(&self, registry: &RegistryView<'_>) -> Vec<Key<UnitRow>> {
        in_order(registry, self.received.keys().copied())
    }

    /// The duties of letters which this unit issued that break down a duty of a letter which it received.
    pub(super) fn parts(&self, letter: &str, duty: &str, unit: Key<UnitRow>) -> Vec<Part<'_, 'a>> {
        let numbers = self.parts.get(&(letter, duty)).into_iter().flatten();
        numbers
            .filter_map(|(at, number)| {
                let letter = self.letters.get(*at)?;
                let duty = letter.duties.get(*number)?;
                letter.issuers.contains(unit).then_some(Part { letter, duty })
            })
            .collect()
    }

    /// The units directly below a unit.
    pub(super) fn below(&self, unit: Key<UnitRow>) -> &[Key<UnitRow>] {
        self.below.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// How many levels below the top each unit stands.
    pub(super) fn depths(&self, top: Key<UnitRow>) -> BTreeMap<Key<UnitRow>, u32> {
        let mut depths = BTreeMap::from([(top, 0_u32)]);
        let mut level = vec![top];
        let mut depth = 0_u32;
        while !level.is_empty() {
            depth = depth.saturating_add(1);
            let mut next = Vec::new();
            for unit in level.iter().flat_map(|unit| self.below(*unit)) {
                if !depths.contains_key(unit) {
                    depths.insert(*unit, depth);
                    next.push(*unit);
                }
            }
            level = next;
        }
        depths
    }
}
