//! Letters on a day, as known at a position.

use std::borrow::Cow;

use super::{Amendment, Duty, Event, Letter, LetterRow, LetterState, LetterType, LetterTypes, Letters, Side};
use super::{Signing, Verification, state};
use crate::calendar::{Date, Period};
use crate::ledger::{Key, Position, Row};
use crate::registry::{Basis, Post, When};

/// Looks at the letters from one day and one position.
#[derive(Clone, Debug)]
pub struct LettersView<'a> {
    letters: &'a Letters,
    when: When,
    types: LetterTypes<'a>,
}

/// Something that happened to a letter.
#[derive(Clone, Copy, Debug)]
pub struct Happening<'a> {
    /// The day on which it takes effect.
    pub on: Date,
    /// Where the ledger says so.
    pub at: Position,
    /// What happened.
    pub event: &'a Event,
}

/// A letter on a day.
#[derive(Clone, Debug)]
pub struct LetterView<'a> {
    /// The letter in its table.
    pub key: Key<LetterRow>,
    /// Host id.
    pub id: &'a str,
    /// As drafted; what holds on the day, the methods say.
    pub letter: &'a Letter,
    /// Its type, when the rule set of its first day declares it.
    pub kind: Option<&'a LetterType>,
    /// The signatures up to the day, in the order of their days.
    pub signatures: Vec<&'a Signing>,
    /// What happened up to the day, in the order of days; a declaration that the letter is void on whatever day.
    pub happenings: Vec<Happening<'a>>,
    /// Its state on the day.
    pub state: LetterState,
    /// Since when it is suspended, while it is.
    pub suspended: Option<Date>,
}

impl<'a> LettersView<'a> {
    /// The letters on a day, as known at a position, under these types.
    pub fn new(letters: &'a Letters, when: When, types: LetterTypes<'a>) -> Self {
        LettersView { letters, when, types }
    }

    /// The day and the position.
    pub fn when(&self) -> When {
        self.when
    }

    /// The tables behind the view.
    pub fn letters(&self) -> &'a Letters {
        self.letters
    }

    /// The types that rule sets declare.
    pub fn types(&self) -> &LetterTypes<'a> {
        &self.types
    }

    /// Every letter that exists on the day, in the order of ids.
    pub fn all(&self) -> impl Iterator<Item = LetterView<'a>> + use<'a> {
        let view = self.clone();
        view.letters
            .letters
            .keys(view.when.known)
            .filter_map(move |key| view.letter(key))
    }

    /// The letters that bind on the day: all have signed, the period holds the day, and it is not suspended.
    pub fn in_force(&self) -> impl Iterator<Item = LetterView<'a>> + use<'a> {
        let day = self.when.day;
        self.all().filter(move |letter| letter.binds(day))
    }

    /// The letter of this id, when it exists on the day.
    pub fn named(&self, id: &str) -> Option<LetterView<'a>> {
        self.letter(self.letters.letters.key(id)?)
    }

    /// A letter, when it exists on the day: it was drafted or, entered later, signed by then.
    pub fn letter(&self, key: Key<LetterRow>) -> Option<LetterView<'a>> {
        let table = &self.letters.letters;
        let mut drafted: Option<&'a Letter> = None;
        let mut signatures: Vec<&'a Signing> = Vec::new();
        let mut happenings: Vec<Happening<'a>> = Vec::new();
        for Row { value, from, .. } in table.rows(key, self.when.known) {
            match value {
                LetterRow::Drafted(letter) => drafted = Some(letter),
                LetterRow::Signed(signing) if signing.on <= self.when.day => signatures.push(signing),
                LetterRow::Happened(on, event) if *on <= self.when.day || matches!(**event, Event::Voided { .. }) => {
                    let (on, at) = (*on, *from);
                    happenings.push(Happening { on, at, event });
                }
                LetterRow::Signed(_) | LetterRow::Happened(..) => {}
            }
        }
        let letter = drafted.filter(|letter| letter.from <= self.when.day || !signatures.is_empty())?;
        // Papers arrive in any order: days count, and on one day the order of the ledger, in which the rows stand.
        signatures.sort_by_key(|signing| signing.on);
        happenings.sort_by_key(|happening| happening.on);
        let first_day = letter.period.from();
        let kind = letter
            .kind
            .as_deref()
            .and_then(|kind| self.types.named(kind, first_day));
        let mut view = LetterView {
            key,
            id: table.id(key),
            letter,
            kind,
            signatures,
            happenings,
            state: LetterState::Draft,
            suspended: None,
        };
        view.suspended = state::suspended(&view);
        view.state = state::state(&view, self.when.day);
        Some(view)
    }
}

impl<'a> LetterView<'a> {
    /// Whether it binds on its day.
    pub fn binds(&self, day: Date) -> bool {
        self.state == LetterState::InForce && self.suspended.is_none() && self.period().holds(day)
    }

    /// What happened to it up to its day.
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &'a Event> + '_ {
        self.happenings.iter().map(|happening| happening.event)
    }

    /// The amendments up to the day, in the order of their days.
    pub fn amendments(&self) -> impl DoubleEndedIterator<Item = (Date, &'a Amendment)> + '_ {
        self.happenings.iter().filter_map(|happening| match happening.event {
            Event::Amended(amendment) => Some((happening.on, amendment)),
            _ => None,
        })
    }

    /// The verifications of a signature that were made elsewhere, the latest first: it leads.
    pub fn verified(&self, amendment: Option<&str>, signing: &Signing) -> Vec<(Happening<'a>, &'a Verification)> {
        let mut made: Vec<_> = self
            .happenings
            .iter()
            .filter_map(|happening| match happening.event {
                Event::Verified(made) if made.is_of(amendment, signing) => Some((*happening, made)),
                _ => None,
            })
            .collect();
        made.sort_by_key(|(happening, _)| std::cmp::Reverse((happening.on, happening.at)));
        made
    }

    /// The same without where the ledger says so.
    pub(super) fn verifications(&self, amendment: Option<&str>, signing: &Signing) -> Vec<&'a Verification> {
        let made = self.verified(amendment, signing).into_iter();
        made.map(|(_, made)| made).collect()
    }

    fn amended<T>(&self, changed: impl Fn(&'a Amendment) -> Option<T>) -> Option<T> {
        self.amendments().rev().find_map(|(_, amendment)| changed(amendment))
    }

    /// The title on the day.
    pub fn title(&self) -> &'a str {
        self.amended(|amendment| amendment.title.as_deref())
            .unwrap_or(&self.letter.title)
    }

    /// The period, as amended up to the day.
    pub fn period(&self) -> Period {
        self.amended(|amendment| amendment.period).unwrap_or(self.letter.period)
    }

    /// The duties on the day.
    pub fn duties(&self) -> &'a [Duty] {
        self.amended(|amendment| amendment.duties.as_deref())
            .unwrap_or(&self.letter.duties)
    }

    /// What the letter rests on: its own papers and those of its approval.
    pub fn basis(&self) -> impl Iterator<Item = &'a Basis> + '_ {
        let approved = self.events().flat_map(|event| match event {
            Event::Approved { basis, .. } => basis.as_slice(),
            _ => &[],
        });
        self.letter.basis.iter().chain(approved)
    }

    /// Its entry in the yearly plan: as drafted, or as its approval says.
    pub fn plan_entry(&self) -> Option<&'a str> {
        let mut approved = self.events().filter_map(|event| match event {
            Event::Approved { plan_entry, .. } => plan_entry.as_deref(),
            _ => None,
        });
        self.letter.plan_entry.as_deref().or_else(|| approved.next())
    }

    /// Who asks on the day.
    pub fn issuers(&self) -> Cow<'a, [Side]> {
        self.after_successions(&self.letter.issuers)
    }

    /// Who answers on the day.
    pub fn receivers(&self) -> Cow<'a, [Side]> {
        self.after_successions(&self.letter.receivers)
    }

    /// The posts that sign on either side on the day, each once, in the order of the sides.
    pub fn signatories(&self) -> Vec<Key<Post>> {
        let (issuers, receivers) = (self.issuers(), self.receivers());
        let mut posts = Vec::new();
        for side in issuers.iter().chain(receivers.iter()) {
            for post in &side.signatories {
                if !posts.contains(post) {
                    posts.push(*post);
                }
            }
        }
        posts
    }

    /// A side with each party replaced by the one that took its place. Two parties that become one are one.
    fn after_successions(&self, drafted: &'a [Side]) -> Cow<'a, [Side]> {
        let mut sides = Cow::Borrowed(drafted);
        for event in self.events() {
            let Event::PartySucceeded { party, by } = event else {
                continue;
            };
            let Some(place) = sides.iter().position(|side| side.party == *party) else {
                continue;
            };
            let list = sides.to_mut();
            list.remove(place);
            match list.iter_mut().find(|side| side.party == by.party) {
                Some(side) => {
                    let new = by.signatories.iter().filter(|post| !side.signatories.contains(post));
                    side.signatories = side.signatories.iter().chain(new).copied().collect();
                }
                None => list.insert(place, by.clone()),
            }
        }
        sides
    }

    /// Whether a party of the draft and its successors have signed: all its own signatories, or all of those of a
    /// successor.
    fn side_signed(&self, side: &Side) -> bool {
        let signed = |posts: &[Key<Post>]| {
            posts
                .iter()
                .all(|post| self.signatures.iter().any(|signing| signing.post == *post))
        };
        let mut party = side.party;
        signed(&side.signatories)
            || self.events().any(|event| match event {
                Event::PartySucceeded { party: gone, by } if *gone == party => {
                    party = by.party;
                    !by.signatories.is_empty() && signed(&by.signatories)
                }
                _ => false,
            })
    }

    /// The day of the last signature, when all have signed up to the day.
    pub fn signed_up(&self) -> Option<Date> {
        let mut sides = self.letter.issuers.iter().chain(&*self.letter.receivers);
        let all = sides.all(|side| self.side_signed(side));
        self.signatures.last().map(|signing| signing.on).filter(|_| all)
    }
}
