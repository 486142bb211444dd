//! Coverage of one branch: the way down to a unit and the levels below it, without looking at any other unit.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::coverage::{leads, letters_between};
use super::index::{CascadeIndex, NONE, number};
use super::{CascadeRule, Level};
use crate::ledger::Key;
use crate::letter::{LetterRow, LettersView};
use crate::registry::{EdgeKind, RegistryView, UnitRow};

/// How far responsibility got down to a unit, and from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BranchCoverage {
    /// Host id.
    pub unit: String,
    /// Name.
    pub name: String,
    /// How many levels below the top; 0 for the top itself.
    pub depth: u32,
    /// The superior through which it hangs in the tree; none for the top.
    pub superior: Option<String>,
    /// The letters in force that it received from its superiors on the level above.
    pub letters: Vec<String>,
    /// Whether letters lead from the top down to it without a break.
    pub unbroken: bool,
    /// The levels below it, as if it were the top: unbroken from it on.
    pub levels: Vec<Level>,
    /// How many levels below it letters lead without a break in at least one branch.
    pub proven_depth: u32,
}

/// Ids of the letters in force, by the units of issuer and receiver.
type Between = BTreeMap<(Key<UnitRow>, Key<UnitRow>), Vec<String>>;

/// What a question about a branch looks at.
struct Look<'a> {
    index: &'a CascadeIndex,
    registry: &'a RegistryView<'a>,
    letters: &'a LettersView<'a>,
    edge: Key<EdgeKind>,
    /// All letters in force, when some post or group moved and letters cannot be found by unit.
    between: Option<Between>,
}

impl CascadeIndex {
    /// The branch of a unit; nothing when it does not stand below the rule's top on the day.
    pub fn branch(
        &self,
        registry: &RegistryView<'_>,
        letters: &LettersView<'_>,
        rule: &CascadeRule,
        unit: &str,
    ) -> Option<BranchCoverage> {
        let tables = registry.registry();
        let look = Look {
            index: self,
            registry,
            letters,
            edge: tables.edges.key(&rule.edge)?,
            between: (!self.is_settled()).then(|| letters_between(registry, letters)),
        };
        let top = tables.units.key(&rule.top).filter(|top| registry.exists(*top))?;
        let unit = tables.units.key(unit).filter(|unit| registry.exists(*unit))?;
        let way = look.way(top, unit)?;
        let levels = look.levels(unit);
        let proven = levels.iter().rev().find(|level| level.unbroken > 0);
        Some(BranchCoverage {
            unit: tables.units.id(unit).to_owned(),
            name: registry.name(unit).to_owned(),
            depth: way.depth,
            superior: way.superior.map(|superior| tables.units.id(superior).to_owned()),
            letters: way.letters,
            unbroken: way.unbroken,
            proven_depth: proven.map_or(0, |level| level.depth),
            levels,
        })
    }
}

/// Where a unit stands below the top.
#[derive(Clone)]
struct Way {
    depth: u32,
    superior: Option<Key<UnitRow>>,
    letters: Vec<String>,
    unbroken: bool,
}

impl Look<'_> {
    /// The way from the top down to a unit: only units above it matter.
    fn way(&self, top: Key<UnitRow>, unit: Key<UnitRow>) -> Option<Way> {
        let mut above: BTreeMap<Key<UnitRow>, Vec<Key<UnitRow>>> = BTreeMap::new();
        let mut open = vec![unit];
        while let Some(next) = open.pop() {
            if next == top || above.contains_key(&next) || !self.registry.exists(next) {
                continue;
            }
            let superiors = self.registry.superiors(self.edge, next);
            open.extend(&superiors);
            above.insert(next, superiors);
        }
        let start = Way {
            depth: 0,
            superior: None,
            letters: Vec::new(),
            unbroken: true,
        };
        if unit == top {
            return Some(start);
        }
        let mut row = BTreeMap::from([(top, start)]);
        while !row.is_empty() {
            let mut next = BTreeMap::new();
            for (unit, superiors) in &above {
                let mut ways: Vec<Way> = Vec::new();
                for superior in superiors {
                    let Some(way) = row.get(superior) else { continue };
                    let letters = self.given(*superior, *unit);
                    ways.push(Way {
                        depth: way.depth.saturating_add(1),
                        superior: Some(*superior),
                        unbroken: way.unbroken && !letters.is_empty(),
                        letters,
                    });
                }
                // A unit may have several superiors: it hangs below the one from which a letter came, if any did.
                ways.sort_by_key(|way| (!way.unbroken, way.letters.is_empty()));
                let letters = ways.iter().flat_map(|way| way.letters.iter().cloned()).collect();
                if let Some(first) = ways.into_iter().next() {
                    next.insert(*unit, Way { letters, ..first });
                }
            }
            if let Some(way) = next.remove(&unit) {
                return Some(way);
            }
            above.retain(|unit, _| !next.contains_key(unit));
            row = next;
        }
        None
    }

    /// The levels below a unit, as if it were the top.
    fn levels(&self, top: Key<UnitRow>) -> Vec<Level> {
        let mut seen = BTreeSet::from([top]);
        let mut row: BTreeMap<Key<UnitRow>, bool> = BTreeMap::from([(top, true)]);
        let mut levels: Vec<Level> = Vec::new();
        loop {
            let mut next: BTreeMap<Key<UnitRow>, (bool, bool)> = BTreeMap::new();
            for (superior, reached) in &row {
                let below: BTreeSet<Key<UnitRow>> = self.registry.registry().below.of(*superior).collect();
                for unit in below {
                    if seen.contains(&unit) || !self.stands_under(unit, *superior) {
                        continue;
                    }
                    let given = self.is_given(*superior, unit);
                    let (covered, unbroken) = next.entry(unit).or_insert((false, false));
                    *covered |= given;
                    *unbroken |= given && *reached;
                }
            }
            if next.is_empty() {
                return levels;
            }
            let count = |test: fn(&(bool, bool)) -> bool| {
                u32::try_from(next.values().filter(|found| test(found)).count()).unwrap_or(u32::MAX)
            };
            levels.push(Level {
                depth: u32::try_from(levels.len()).unwrap_or(u32::MAX).saturating_add(1),
                units: count(|_| true),
                covered: count(|(covered, _)| *covered),
                unbroken: count(|(_, unbroken)| *unbroken),
            });
            seen.extend(next.keys());
            row = next.into_iter().map(|(unit, (_, unbroken))| (unit, unbroken)).collect();
        }
    }

    fn stands_under(&self, unit: Key<UnitRow>, superior: Key<UnitRow>) -> bool {
        self.registry.exists(unit) && self.registry.superiors(self.edge, unit).contains(&superior)
    }

    fn is_given(&self, issuer: Key<UnitRow>, receiver: Key<UnitRow>) -> bool {
        match &self.between {
            Some(between) => between.contains_key(&(issuer, receiver)),
            None => self
                .index
                .received
                .of(receiver)
                .any(|letter| self.binds(letter, issuer, receiver)),
        }
    }

    /// Ids of the letters that bind between the two, in their order.
    fn given(&self, issuer: Key<UnitRow>, receiver: Key<UnitRow>) -> Vec<String> {
        if let Some(between) = &self.between {
            return between.get(&(issuer, receiver)).cloned().unwrap_or_default();
        }
        let letters: BTreeSet<&str> = self
            .index
            .received
            .of(receiver)
            .filter(|letter| self.binds(*letter, issuer, receiver))
            .map(|letter| self.letters.letters().letters.id(letter))
            .collect();
        letters.into_iter().map(str::to_owned).collect()
    }

    fn binds(&self, letter: Key<LetterRow>, issuer: Key<UnitRow>, receiver: Key<UnitRow>) -> bool {
        let when = self.registry.when();
        match self.index.leads.get(letter.index()) {
            Some(lead) if lead.issuer != NONE => {
                (lead.issuer, lead.receiver) == (number(issuer), number(receiver))
                    && self
                        .index
                        .span_of(lead)
                        .is_some_and(|span| span.known <= when.known && span.from <= when.day && when.day <= span.to)
            }
            _ => self.letters.letter(letter).is_some_and(|letter| {
                letter.binds(when.day) && leads(self.registry, &letter).contains(&(issuer, receiver))
            }),
        }
    }
}
