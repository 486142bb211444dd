//! Letters that go round in a ring: somebody answers, by way of others, to himself.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::error::Finding;
use crate::letter::{LetterState, PartyKey, party_name};
use crate::registry::RegistryView;

/// Letters of the types that forbid rings.
#[derive(Default)]
pub(super) struct Rings<'a> {
    kinds: BTreeMap<&'a str, Kind<'a>>,
}

#[derive(Default)]
struct Kind<'a> {
    basis: Option<&'a str>,
    /// From whom to whom by which letters.
    letters: BTreeMap<PartyKey, Vec<(PartyKey, &'a str)>>,
}

impl<'a> Rings<'a> {
    pub(super) fn add(&mut self, check: &Check<'_, 'a>) {
        let letter = check.letter;
        let Some(kind) = letter
            .kind
            .filter(|kind| kind.acyclic && letter.state == LetterState::InForce)
        else {
            return;
        };
        let entry = self.kinds.entry(&kind.id).or_default();
        entry.basis = kind.basis.as_deref();
        let receivers = letter.receivers();
        for issuer in letter.issuers().iter().map(|side| check.place(side.party)) {
            for receiver in receivers.iter().map(|side| check.place(side.party)) {
                // A letter from a unit to itself has a finding of its own.
                if issuer != receiver {
                    entry.letters.entry(issuer).or_default().push((receiver, letter.id));
                }
            }
        }
    }

    pub(super) fn finish(self, registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
        for kind in self.kinds.into_values() {
            let mut rings = BTreeMap::new();
            for ring in components(&kind.letters).into_iter().filter(|ring| ring.len() > 1) {
                let letters: BTreeSet<&str> = ring
                    .iter()
                    .flat_map(|issuer| kind.letters.get(issuer).into_iter().flatten())
                    .filter(|(receiver, _)| ring.contains(receiver))
                    .map(|(_, letter)| *letter)
                    .collect();
                let Some(first) = letters.first() else { continue };
                let names: BTreeSet<String> = ring.iter().map(|party| party_name(registry, *party)).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let letters: Vec<&str> = letters.iter().copied().collect();
                let zh = format!(
                    "责任书首尾相接成环，{}互为签发方与接受方：{}",
                    names.join("、"),
                    letters.join("、")
                );
                let en = format!(
                    "letters go round in a ring among {}: {}",
                    names.join(", "),
                    letters.join(", ")
                );
                let finding = Finding::warning("letter.ring", zh, en);
                rings.insert(*first, finding.about(*first).resting_on(kind.basis));
            }
            found.extend(rings.into_values());
        }
    }
}

/// The strongly connected components (Tarjan), without recursion: chains of letters may be long.
fn components(letters: &BTreeMap<PartyKey, Vec<(PartyKey, &str)>>) -> Vec<BTreeSet<PartyKey>> {
    /// When a party was met, and the earliest party that it leads back to.
    struct Met {
        order: usize,
        low: usize,
        open: bool,
    }
    let mut met: BTreeMap<PartyKey, Met> = BTreeMap::new();
    let mut open: Vec<PartyKey> = Vec::new();
    let mut found = Vec::new();
    for start in letters.keys().copied() {
        let mut path: Vec<(PartyKey, usize)> = Vec::new();
        if !met.contains_key(&start) {
            path.push((start, 0));
        }
        while let Some((party, step)) = path.last_mut() {
            let party = *party;
            if *step == 0 && !met.contains_key(&party) {
                let order = met.len();
                let open_now = Met {
                    order,
                    low: order,
                    open: true,
                };
                met.insert(party, open_now);
                open.push(party);
            }
            let next = letters.get(&party).and_then(|next| next.get(*step));
            *step = step.saturating_add(1);
            if let Some((next, _)) = next {
                match met.get(next).map(|other| (other.open, other.order)) {
                    None => path.push((*next, 0)),
                    Some((true, order)) => lower(met.get_mut(&party).map(|own| &mut own.low), order),
                    Some((false, _)) => {}
                }
                continue;
            }
            path.pop();
            let Some((order, low)) = met.get(&party).map(|own| (own.order, own.low)) else {
                continue;
            };
            if let Some((above, _)) = path.last() {
                lower(met.get_mut(above).map(|own| &mut own.low), low);
            }
            if order == low {
                let mut component = BTreeSet::new();
                while let Some(member) = open.pop() {
                    if let Some(own) = met.get_mut(&member) {
                        own.open = false;
                    }
                    component.insert(member);
                    if member == party {
                        break;
                    }
                }
                found.push(component);
            }
        }
    }
    found
}

fn lower(low: Option<&mut usize>, to: usize) {
    if let Some(low) = low {
        *low = to.min(*low);
    }
}
