//! Letters on a day, as known at a position.

use super::{Letter, LetterRow, Letters, PartyKey, Signing};
use crate::ledger::{Key, Row};
use crate::registry::{Post, RegistryView, UnitRow, When};

crate::choice! {
    /// The state of a letter on a day.
    pub enum LetterState {
        /// Drafted; its text is not frozen.
        Draft = "draft" "起草",
        /// Its text is frozen, nobody has signed.
        ToBeSigned = "to_be_signed" "待签",
        /// Some have signed.
        PartlySigned = "partly_signed" "部分签署",
        /// All have signed and the period is running or to come.
        InForce = "in_force" "生效",
        /// The period is over.
        Expired = "expired" "到期",
        /// It was withdrawn.
        Withdrawn = "withdrawn" "撤回",
    }
}

/// Looks at the letters from one day and one position.
#[derive(Clone, Copy, Debug)]
pub struct LettersView<'a> {
    letters: &'a Letters,
    when: When,
}

/// A letter on a day.
#[derive(Clone, Debug)]
pub struct LetterView<'a> {
    /// Host id.
    pub id: &'a str,
    /// As drafted.
    pub letter: &'a Letter,
    /// The signatures up to the day, in the order of their days; of one day in the order of the ledger.
    pub signatures: Vec<&'a Signing>,
    /// Its state on the day.
    pub state: LetterState,
}

impl<'a> LettersView<'a> {
    /// The letters on a day, as known at a position.
    pub fn new(letters: &'a Letters, when: When) -> Self {
        LettersView { letters, when }
    }

    /// Every letter that is known, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = LetterView<'a>> + use<'a> {
        let view = *self;
        view.letters
            .letters
            .keys(view.when.known)
            .filter_map(move |key| view.letter(key))
    }

    /// The letters that all have signed and whose period holds the day.
    pub fn in_force(&self) -> impl Iterator<Item = LetterView<'a>> + use<'a> {
        let day = self.when.day;
        self.all()
            .filter(move |letter| letter.state == LetterState::InForce && letter.letter.period.holds(day))
    }

    fn letter(&self, key: Key<LetterRow>) -> Option<LetterView<'a>> {
        let table = &self.letters.letters;
        let mut drafted: Option<&'a Letter> = None;
        let mut signatures: Vec<&'a Signing> = Vec::new();
        let mut withdrawn = false;
        for Row { value, .. } in table.rows(key, self.when.known) {
            match value {
                LetterRow::Drafted(letter) => drafted = Some(letter),
                LetterRow::Signed(signing) if signing.on <= self.when.day => signatures.push(signing),
                LetterRow::Withdrawn { on, .. } => withdrawn |= *on <= self.when.day,
                LetterRow::Signed(_) => {}
            }
        }
        let letter = drafted?;
        // Papers arrive late: what counts is the day of signing.
        signatures.sort_by_key(|signing| signing.on);
        let mut expected = letter
            .issuers
            .iter()
            .chain(&letter.receivers)
            .flat_map(|side| &side.signatories)
            .peekable();
        let anybody = expected.peek().is_some();
        let complete = anybody && expected.all(|post| signatures.iter().any(|signing| signing.post == *post));
        let state = match () {
            () if withdrawn => LetterState::Withdrawn,
            () if letter.text.is_none() => LetterState::Draft,
            () if signatures.is_empty() => LetterState::ToBeSigned,
            () if !complete => LetterState::PartlySigned,
            () if letter.period.to() < self.when.day => LetterState::Expired,
            () => LetterState::InForce,
        };
        Some(LetterView {
            id: table.id(key),
            letter,
            signatures,
            state,
        })
    }
}

/// The unit that a party speaks for: a post's or a group's is the unit that it belongs to.
pub fn party_unit(registry: &RegistryView<'_>, party: PartyKey) -> Option<Key<UnitRow>> {
    match party {
        PartyKey::Unit(unit) => Some(unit),
        PartyKey::Post(post) => post_unit(registry, post),
        PartyKey::Group(group) => registry
            .registry()
            .groups
            .last(group, registry.when().known)
            .map(|row| row.value.unit),
    }
}

fn post_unit(registry: &RegistryView<'_>, post: Key<Post>) -> Option<Key<UnitRow>> {
    registry
        .registry()
        .posts
        .last(post, registry.when().known)
        .map(|row| row.value.unit)
}
