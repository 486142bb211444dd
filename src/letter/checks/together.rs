//! Letters side by side: two that ask the same, and one that is signed unlike its sisters.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::calendar::Period;
use crate::error::Finding;
use crate::letter::{LetterView, PartyKey, Side, Unique, party_name};
use crate::registry::RegistryView;

/// Letters of which one should be enough.
#[derive(Default)]
pub(super) struct Duplicates<'a> {
    alike: BTreeMap<Alike<'a>, Vec<Running<'a>>>,
}

/// What must not be shared by two letters whose periods meet.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Alike<'a> {
    /// A type and a receiver.
    Receiver(&'a str, PartyKey),
    /// A type, an issuer and a receiver.
    Pair(&'a str, PartyKey, PartyKey),
    /// Without a type: title and parties.
    Everything(&'a str, Vec<PartyKey>, Vec<PartyKey>),
}

struct Running<'a> {
    period: Period,
    id: &'a str,
    title: &'a str,
    basis: Option<&'a str>,
}

fn parties(sides: &[Side]) -> Vec<PartyKey> {
    let mut parties: Vec<_> = sides.iter().map(|side| side.party).collect();
    parties.sort_unstable();
    parties
}

impl<'a> Duplicates<'a> {
    pub(super) fn add(&mut self, check: &Check<'_, 'a>) {
        let letter = check.letter;
        if letter.letter.supplements.is_some() {
            return;
        }
        let (issuers, receivers) = (letter.issuers(), letter.receivers());
        let Some(kind) = letter.kind else {
            let alike = Alike::Everything(letter.title(), parties(&issuers), parties(&receivers));
            return self.put(alike, letter, None);
        };
        for receiver in places(check, &receivers) {
            match kind.unique.unwrap_or(Unique::None) {
                Unique::None => {}
                Unique::Receiver => self.put(Alike::Receiver(&kind.id, receiver), letter, kind.basis.as_deref()),
                Unique::Pair => {
                    for issuer in places(check, &issuers) {
                        self.put(Alike::Pair(&kind.id, issuer, receiver), letter, kind.basis.as_deref());
                    }
                }
            }
        }
    }

    fn put(&mut self, alike: Alike<'a>, letter: &LetterView<'a>, basis: Option<&'a str>) {
        self.alike.entry(alike).or_default().push(Running {
            period: letter.period(),
            id: letter.id,
            title: letter.title(),
            basis,
        });
    }

    pub(super) fn finish(self, found: &mut Vec<Finding>) {
        let mut pairs: BTreeMap<(&str, &str), (&str, Option<&str>)> = BTreeMap::new();
        for mut running in self.alike.into_values().filter(|running| running.len() > 1) {
            running.sort_by_key(|letter| (letter.period, letter.id));
            let mut running = running.into_iter();
            // The letter that runs longest so far: whatever meets any earlier one meets it.
            let Some(mut longest) = running.next() else { continue };
            for letter in running {
                if letter.period.meets(longest.period) {
                    pairs.insert((letter.id, longest.id), (letter.title, letter.basis));
                }
                if letter.period.to() > longest.period.to() {
                    longest = letter;
                }
            }
        }
        for ((id, other), (title, basis)) in pairs {
            let zh = format!("责任书“{title}”（{id}）与“{other}”重复：期间重叠，对象相同");
            let en = format!("letter \"{title}\" ({id}) repeats \"{other}\": same parties, overlapping periods");
            let finding = Finding::warning("letter.duplicate", zh, en);
            found.push(finding.about(id).resting_on(basis));
        }
    }
}

fn places(check: &Check<'_, '_>, sides: &[Side]) -> BTreeSet<PartyKey> {
    sides.iter().map(|side| check.place(side.party)).collect()
}

/// Letters that go from the same issuers to units of one class.
#[derive(Default)]
pub(super) struct Likeness<'a> {
    sisters: BTreeMap<Sisters<'a>, Vec<Signed<'a>>>,
}

/// Type or title, issuers, class of the receiver.
type Sisters<'a> = (&'a str, Vec<PartyKey>, &'a str);

struct Signed<'a> {
    id: &'a str,
    title: &'a str,
    receiver: PartyKey,
    posts: Vec<&'a str>,
}

impl<'a> Likeness<'a> {
    pub(super) fn add(&mut self, check: &Check<'_, 'a>) {
        let letter = check.letter;
        let name = letter.letter.kind.as_deref().unwrap_or(letter.title());
        let issuers = parties(&letter.issuers());
        for side in letter.receivers().iter() {
            let PartyKey::Unit(unit) = side.party else { continue };
            let mut posts: Vec<_> = side
                .signatories
                .iter()
                .map(|post| check.registry.post_name(*post))
                .collect();
            posts.sort_unstable();
            let sisters = (name, issuers.clone(), check.registry.class(unit));
            self.sisters.entry(sisters).or_default().push(Signed {
                id: letter.id,
                title: letter.title(),
                receiver: side.party,
                posts,
            });
        }
    }

    /// What most sisters do is the custom; whoever differs is named. Without a majority there is no custom.
    pub(super) fn finish(self, registry: &RegistryView<'_>, found: &mut Vec<Finding>) {
        let mut unlike = BTreeMap::new();
        for signed in self.sisters.into_values().filter(|signed| signed.len() > 2) {
            let mut customs: BTreeMap<&[&str], usize> = BTreeMap::new();
            for letter in &signed {
                let count = customs.entry(&letter.posts).or_default();
                *count = count.saturating_add(1);
            }
            let most = customs.into_iter().max_by_key(|(_, count)| *count);
            let Some((custom, _)) = most.filter(|(_, count)| count.saturating_mul(2) > signed.len()) else {
                continue;
            };
            for letter in signed.iter().filter(|letter| letter.posts != custom) {
                let name = party_name(registry, letter.receiver);
                let (own, usual) = (letter.posts.join("、"), custom.join("、"));
                let zh = format!(
                    "责任书“{}”由“{name}”的{own}签署，同类责任书多由{usual}签署",
                    letter.title
                );
                let en = format!(
                    "letter \"{}\" is signed for \"{name}\" by {own}; most letters of its kind by {usual}",
                    letter.title
                );
                let finding = Finding::notice("letter.signatories_unlike", zh, en).about(letter.id);
                unlike.insert((letter.id, name), finding);
            }
        }
        found.extend(unlike.into_values());
    }
}
