//! Coverage of the whole tree, level by level, without a line for each unit.
//!
//! The answer is the levels of [`cascade`](super::cascade) and is held to it by tests; here units and letters are
//! numbers in lists, which are read once from front to back.

use serde::Serialize;

use super::coverage::leads;
use super::index::{CascadeIndex, NONE, number, place};
use super::{CascadeRule, Level, cascade};
use crate::ledger::{Key, Position};
use crate::letter::LettersView;
use crate::registry::{EdgeKind, RegistryView, UnitRow};

/// How far responsibility got down, level by level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The unit at the top.
    pub top: String,
    /// Its name.
    pub name: String,
    /// The levels below it.
    pub levels: Vec<Level>,
    /// How many levels down letters lead without a break in at least one branch.
    pub proven_depth: u32,
}

/// The unit has more than one superior: see [`Tree::several`].
const SEVERAL: u32 = u32::MAX.saturating_sub(1);

/// The tree of one edge kind on a day, as known at a position, with the letters that lead down its edges.
struct Tree {
    top: u32,
    /// By unit: its superior, [`NONE`] or [`SEVERAL`].
    superiors: Vec<u32>,
    /// By unit: whether a letter binds between it and its only superior.
    given: Vec<bool>,
    /// Unit, superior and whether a letter binds between them, for units with several superiors; in that order.
    several: Vec<(u32, u32, bool)>,
}

impl CascadeIndex {
    /// The levels below the top; nothing when the rule's top does not exist.
    pub fn coverage(
        &self,
        registry: &RegistryView<'_>,
        letters: &LettersView<'_>,
        rule: &CascadeRule,
    ) -> Option<Coverage> {
        let levels = if self.is_settled() {
            let tables = registry.registry();
            let edge = tables.edges.key(&rule.edge)?;
            let top = tables.units.key(&rule.top).filter(|top| registry.exists(*top))?;
            let mut tree = self.tree(registry, edge, top);
            self.letters(registry, letters, &mut tree);
            tree.levels()
        } else {
            cascade(registry, letters, rule)?.levels
        };
        let top = registry.registry().units.key(&rule.top)?;
        let proven = levels.iter().rev().find(|level| level.unbroken > 0);
        Some(Coverage {
            top: rule.top.clone(),
            name: registry.name(top).to_owned(),
            proven_depth: proven.map_or(0, |level| level.depth),
            levels,
        })
    }

    /// The superiors of all units that exist.
    fn tree(&self, registry: &RegistryView<'_>, edge: Key<EdgeKind>, top: Key<UnitRow>) -> Tree {
        let when = registry.when();
        let under = self.under.get(edge.index()).map_or(&[][..], Vec::as_slice);
        let mut several = Vec::new();
        let superiors = self.lives.iter().enumerate().map(|(unit, life)| {
            if life.known != Position::END {
                let exists = life.from <= when.day && life.known <= when.known;
                return under.get(unit).copied().filter(|_| exists).unwrap_or(NONE);
            }
            let key = Key::nth(unit);
            if !registry.exists(key) {
                return NONE;
            }
            match registry.superiors(edge, key).as_slice() {
                [] => NONE,
                [one] => number(*one),
                all => {
                    several.extend(all.iter().map(|superior| (number(key), number(*superior), false)));
                    SEVERAL
                }
            }
        });
        let mut superiors: Vec<u32> = superiors.collect();
        // Whatever may stand above the top, the tree ends there.
        if let Some(above) = superiors.get_mut(top.index()) {
            *above = NONE;
        }
        several.retain(|(unit, _, _)| *unit != number(top));
        Tree {
            top: number(top),
            given: vec![false; superiors.len()],
            superiors,
            several,
        }
    }

    /// Notes on which edges letters bind.
    fn letters(&self, registry: &RegistryView<'_>, letters: &LettersView<'_>, tree: &mut Tree) {
        let when = registry.when();
        for (letter, lead) in self.leads.iter().enumerate() {
            if lead.issuer != NONE {
                let binds = self
                    .span_of(lead)
                    .is_some_and(|span| span.known <= when.known && span.from <= when.day && when.day <= span.to);
                if binds {
                    tree.give(lead.issuer, lead.receiver);
                }
                continue;
            }
            let Some(letter) = letters.letter(Key::nth(letter)).filter(|letter| letter.binds(when.day)) else {
                continue;
            };
            for (issuer, receiver) in leads(registry, &letter) {
                tree.give(number(issuer), number(receiver));
            }
        }
    }
}

/// Where a unit stands, in one number: 0 while it is not known, else twice one more than its depth, and one more when
/// letters lead down to it without a break.
type Standing = u32;
const UNKNOWN: Standing = 0;
/// On the way to the top, which is not reached yet.
const UNDER_WAY: Standing = u32::MAX;
/// Not below the top.
const OUTSIDE: Standing = u32::MAX.saturating_sub(1);
const TOP: Standing = 3;

fn below(above: Standing, given: bool) -> Standing {
    let unbroken = u32::from(given) & above & 1;
    (above | 1).saturating_add(1).saturating_add(unbroken)
}

impl Tree {
    /// A letter binds between the two.
    fn give(&mut self, issuer: u32, receiver: u32) {
        let Some(superior) = self.superiors.get(place(receiver)) else {
            return;
        };
        if *superior == SEVERAL {
            let edge = self
                .several
                .binary_search_by_key(&(receiver, issuer), |(unit, superior, _)| (*unit, *superior));
            if let Some((_, _, given)) = edge.ok().and_then(|edge| self.several.get_mut(edge)) {
                *given = true;
            }
        } else if *superior == issuer
            && let Some(given) = self.given.get_mut(place(receiver))
        {
            *given = true;
        }
    }

    fn levels(self) -> Vec<Level> {
        if self.several.is_empty() {
            self.by_superior()
        } else {
            self.by_level()
        }
    }

    /// Each unit has one superior, so where it stands follows from where that one stands.
    fn by_superior(&self) -> Vec<Level> {
        let mut standings = vec![UNKNOWN; self.superiors.len()];
        if let Some(top) = standings.get_mut(place(self.top)) {
            *top = TOP;
        }
        let mut levels = Levels::default();
        let mut way = Vec::new();
        for (unit, (superior, given)) in self.superiors.iter().zip(&self.given).enumerate() {
            // Superiors mostly come before their subordinates, and are known.
            let above = standings.get(place(*superior)).copied().unwrap_or(OUTSIDE);
            let Some(own) = standings.get_mut(unit) else { continue };
            if *own != UNKNOWN {
                continue;
            }
            if above != UNKNOWN {
                *own = if above == OUTSIDE {
                    OUTSIDE
                } else {
                    below(above, *given)
                };
                levels.count(*own, *given);
                continue;
            }
            let mut next = number::<UnitRow>(Key::nth(unit));
            let mut standing = loop {
                match standings.get_mut(place(next)) {
                    // A ring, or the end of the way: the top is not there.
                    None | Some(&mut UNDER_WAY) => break OUTSIDE,
                    Some(found) if *found == UNKNOWN => *found = UNDER_WAY,
                    Some(found) => break *found,
                }
                way.push(next);
                next = self.superiors.get(place(next)).copied().unwrap_or(NONE);
            };
            for unit in way.drain(..).rev() {
                let given = self.given.get(place(unit)).copied().unwrap_or(false);
                if standing != OUTSIDE {
                    standing = below(standing, given);
                }
                levels.count(standing, given);
                if let Some(own) = standings.get_mut(place(unit)) {
                    *own = standing;
                }
            }
        }
        levels.0
    }

    /// Some units have several superiors: only those on the level above count, so level follows level.
    fn by_level(&self) -> Vec<Level> {
        // Unit below, and whether a letter binds, in the order of superiors.
        let single = self.superiors.iter().zip(&self.given).enumerate();
        let single = single
            .filter(|(_, (superior, _))| **superior < SEVERAL)
            .map(|(unit, (superior, given))| (*superior, number::<UnitRow>(Key::nth(unit)), *given));
        let several = self
            .several
            .iter()
            .map(|(unit, superior, given)| (*superior, *unit, *given));
        let mut edges: Vec<(u32, u32, bool)> = single.chain(several).collect();
        edges.sort_unstable();
        let mut standings = vec![UNKNOWN; self.superiors.len()];
        let mut covered = vec![false; self.superiors.len()];
        if let Some(top) = standings.get_mut(place(self.top)) {
            *top = TOP;
        }
        let mut levels = Levels::default();
        let mut row = vec![self.top];
        while !row.is_empty() {
            let mut next = Vec::new();
            for superior in row {
                let above = standings.get(place(superior)).copied().unwrap_or(UNKNOWN);
                let first = edges.partition_point(|(other, _, _)| *other < superior);
                let edges = edges.get(first..).unwrap_or(&[]);
                for (_, unit, given) in edges.iter().take_while(|(other, _, _)| *other == superior) {
                    let standing = below(above, *given);
                    let (Some(own), Some(covered)) = (standings.get_mut(place(*unit)), covered.get_mut(place(*unit)))
                    else {
                        continue;
                    };
                    if *own == UNKNOWN {
                        next.push(*unit);
                    } else if *own | 1 != standing | 1 {
                        // It stands on a higher level already.
                        continue;
                    }
                    *own = standing.max(*own);
                    *covered |= *given;
                }
            }
            for unit in &next {
                let standing = standings.get(place(*unit)).copied().unwrap_or(UNKNOWN);
                levels.count(standing, covered.get(place(*unit)).copied().unwrap_or(false));
            }
            row = next;
        }
        levels.0
    }
}

/// The levels, as units are counted into them in any order.
#[derive(Default)]
struct Levels(Vec<Level>);

impl Levels {
    fn count(&mut self, standing: Standing, covered: bool) {
        if standing == OUTSIDE {
            return;
        }
        let depth = (standing >> 1).saturating_sub(1);
        while self.0.len() < place(depth) {
            self.0.push(Level {
                depth: number::<UnitRow>(Key::nth(self.0.len())).saturating_add(1),
                units: 0,
                covered: 0,
                unbroken: 0,
            });
        }
        let level = depth.checked_sub(1).and_then(|level| self.0.get_mut(place(level)));
        if let Some(level) = level {
            level.units = level.units.saturating_add(1);
            level.covered = level.covered.saturating_add(u32::from(covered));
            level.unbroken = level.unbroken.saturating_add(standing & 1);
        }
    }
}
