//! What the letters themselves show.

mod course;
mod evidence;
mod kinds;
mod papers;
mod rings;
mod signing;
mod successions;
mod together;

pub(super) use successions::{Succession, party_ended, succession, waiting_posts};

use super::{LetterView, LettersView, PartyKey, party_unit};
use crate::calendar::Date;
use crate::error::Finding;
use crate::ledger::Key;
use crate::registry::{RegistryView, UnitRow};

/// Findings about the letters on a day: letter by letter in the order of their ids, then what only shows when letters
/// are laid side by side.
pub fn findings(registry: &RegistryView<'_>, letters: &LettersView<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut duplicates = together::Duplicates::default();
    let mut likeness = together::Likeness::default();
    let mut rings = rings::Rings::default();
    for letter in letters.all() {
        let check = Check {
            registry,
            letters,
            letter: &letter,
        };
        check.alone(&mut found);
        if check.stands() {
            duplicates.add(&check);
            likeness.add(&check);
            rings.add(&check);
        }
    }
    duplicates.finish(&mut found);
    likeness.finish(registry, &mut found);
    rings.finish(registry, &mut found);
    found
}

/// Findings about one letter, without those that only show beside others.
pub(super) fn of_one<'a>(
    registry: &RegistryView<'a>,
    letters: &LettersView<'a>,
    letter: &LetterView<'a>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let check = Check {
        registry,
        letters,
        letter,
    };
    check.alone(&mut found);
    found
}

/// One letter, with what surrounds it.
#[derive(Clone, Copy)]
struct Check<'c, 'a> {
    registry: &'c RegistryView<'a>,
    letters: &'c LettersView<'a>,
    letter: &'c LetterView<'a>,
}

impl<'a> Check<'_, 'a> {
    /// Everything about this letter alone.
    fn alone(&self, found: &mut Vec<Finding>) {
        if self.stands() {
            papers::findings(self, found);
            signing::findings(self, found);
            kinds::findings(self, found);
            successions::findings(self, found);
        }
        course::findings(self, found);
        evidence::findings(self, found);
    }

    /// Whether the letter is neither out of the way nor over.
    fn stands(&self) -> bool {
        !self.letter.state.is_dead() && !self.letter.state.is_over()
    }

    fn day(&self) -> Date {
        self.letters.when().day
    }

    /// A breach, about the letter and resting on its type.
    fn warning(&self, code: &'static str, zh: &str, en: &str) -> Finding {
        self.dress(Finding::warning(code, self.zh(zh), self.en(en)))
    }

    /// Something worth knowing, about the letter and resting on its type.
    fn notice(&self, code: &'static str, zh: &str, en: &str) -> Finding {
        self.dress(Finding::notice(code, self.zh(zh), self.en(en)))
    }

    fn zh(&self, zh: &str) -> String {
        format!("责任书“{}”{zh}", self.letter.title())
    }

    fn en(&self, en: &str) -> String {
        format!("letter \"{}\" {en}", self.letter.title())
    }

    fn dress(&self, finding: Finding) -> Finding {
        let basis = self.letter.kind.and_then(|kind| kind.basis.as_deref());
        finding.about(self.letter.id).resting_on(basis)
    }

    fn unit(&self, party: PartyKey) -> Option<Key<UnitRow>> {
        party_unit(self.registry, party)
    }

    /// The party as uniqueness and rings see it: the unit that it speaks for, or inside one unit the party itself.
    fn place(&self, party: PartyKey) -> PartyKey {
        let inside = self.letter.kind.is_some_and(|kind| kind.inside);
        let unit = self.unit(party).filter(|_| !inside);
        unit.map_or(party, PartyKey::Unit)
    }
}
