//! The tree of units with the letters between its levels.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::CascadeRule;
use crate::ledger::Key;
use crate::letter::{LetterView, LettersView, party_unit};
use crate::registry::{RegistryView, UnitRow};

/// One unit below the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Host id.
    pub unit: String,
    /// Name.
    pub name: String,
    /// Class.
    pub class: String,
    /// The superior through which it hangs in the tree.
    pub superior: String,
    /// How many levels below the top.
    pub depth: u32,
    /// The letters in force that it received from its superior.
    pub letters: Vec<String>,
    /// Whether letters lead from the top down to it without a break.
    pub unbroken: bool,
    /// Whether it has a leadership group of its own.
    pub group: bool,
}

/// One level of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Level {
    /// How many levels below the top.
    pub depth: u32,
    /// Units on it.
    pub units: u32,
    /// Units that hold a letter from their superior.
    pub covered: u32,
    /// Units to which letters lead down from the top without a break.
    pub unbroken: u32,
}

/// The cascade on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cascade {
    /// The unit at the top.
    pub top: String,
    /// Its name.
    pub name: String,
    /// The levels below it.
    pub levels: Vec<Level>,
    /// How many levels down letters lead without a break in at least one branch.
    pub proven_depth: u32,
    /// Every unit below the top, level by level, in the order of ids.
    pub links: Vec<Link>,
}

/// Walks the tree below the top, and notes which letters lead down.
pub fn cascade(registry: &RegistryView<'_>, letters: &LettersView<'_>, rule: &CascadeRule) -> Option<Cascade> {
    let tables = registry.registry();
    let edge = tables.edges.key(&rule.edge)?;
    let top = tables.units.key(&rule.top).filter(|top| registry.exists(*top))?;
    let given = letters_between(registry, letters);
    let with_group: BTreeSet<Key<UnitRow>> = registry.groups().map(|(_, group)| group.unit).collect();
    let mut children: BTreeMap<Key<UnitRow>, Vec<Key<UnitRow>>> = BTreeMap::new();
    for unit in registry.units() {
        for superior in registry.superiors(edge, unit) {
            children.entry(superior).or_default().push(unit);
        }
    }
    let mut links = Vec::new();
    let mut levels = Vec::new();
    let mut seen = BTreeSet::from([top]);
    // The units of the level above, and whether letters lead down to each without a break.
    let mut above = BTreeMap::from([(top, true)]);
    let (mut depth, mut proven_depth) = (0_u32, 0_u32);
    while !above.is_empty() {
        depth = depth.saturating_add(1);
        let mut level = Level {
            depth,
            units: 0,
            covered: 0,
            unbroken: 0,
        };
        let mut below = BTreeMap::new();
        let mut row: Vec<Link> = Vec::new();
        let units: BTreeSet<_> = above
            .keys()
            .flat_map(|superior| children.get(superior).into_iter().flatten())
            .collect();
        for unit in units {
            if !seen.insert(*unit) {
                continue;
            }
            // A unit may have several superiors: it hangs below the one from which a letter came, if any did.
            let superiors = registry.superiors(edge, *unit).into_iter().filter_map(|superior| {
                let letters = given.get(&(superior, *unit)).cloned().unwrap_or_default();
                above
                    .get(&superior)
                    .map(|reached| (*reached && !letters.is_empty(), letters, superior))
            });
            let mut superiors: Vec<(bool, Vec<String>, Key<UnitRow>)> = superiors.collect();
            superiors.sort_by_key(|(unbroken, letters, _)| (!*unbroken, letters.is_empty()));
            let Some((unbroken, _, superior)) = superiors.first().cloned() else {
                continue;
            };
            let letters: Vec<String> = superiors.into_iter().flat_map(|(_, letters, _)| letters).collect();
            level.units = level.units.saturating_add(1);
            level.covered = level.covered.saturating_add(u32::from(!letters.is_empty()));
            level.unbroken = level.unbroken.saturating_add(u32::from(unbroken));
            row.push(Link {
                unit: tables.units.id(*unit).to_owned(),
                name: registry.name(*unit).to_owned(),
                class: registry.class(*unit).to_owned(),
                superior: tables.units.id(superior).to_owned(),
                depth,
                letters,
                unbroken,
                group: with_group.contains(unit),
            });
            below.insert(*unit, unbroken);
        }
        row.sort_by(|left, right| left.unit.cmp(&right.unit));
        links.extend(row);
        if level.unbroken > 0 {
            proven_depth = depth;
        }
        if level.units > 0 {
            levels.push(level);
        }
        above = below;
    }
    let name = registry.name(top).to_owned();
    Some(Cascade {
        top: rule.top.clone(),
        name,
        levels,
        proven_depth,
        links,
    })
}

/// Letters in force, by the units of issuer and receiver.
pub(super) fn letters_between(
    registry: &RegistryView<'_>,
    letters: &LettersView<'_>,
) -> BTreeMap<(Key<UnitRow>, Key<UnitRow>), Vec<String>> {
    let mut between: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for letter in letters.in_force() {
        for pair in leads(registry, &letter) {
            between.entry(pair).or_default().push(letter.id.to_owned());
        }
    }
    between
}

/// From which units to which a letter leads. Two parties of a letter may be posts of one unit: it is still one letter
/// between the two units.
pub(super) fn leads(registry: &RegistryView<'_>, letter: &LetterView<'_>) -> BTreeSet<(Key<UnitRow>, Key<UnitRow>)> {
    let mut pairs = BTreeSet::new();
    let receivers = letter.receivers();
    for issuer in letter.issuers().iter() {
        for receiver in receivers.iter() {
            let pair = (party_unit(registry, issuer.party), party_unit(registry, receiver.party));
            // A letter inside one unit leads nowhere down.
            if let (Some(issuer), Some(receiver)) = pair
                && issuer != receiver
            {
                pairs.insert((issuer, receiver));
            }
        }
    }
    pairs
}
