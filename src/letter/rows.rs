//! What the ledger holds of letters.

use std::ops::Deref;
use std::sync::Arc;

use super::{Amendment, Duty, Few, Manifested, SigningProof, Verification};
use crate::calendar::{Date, Period};
use crate::codes::DocumentNumber;
use crate::document::Sm3Digest;
use crate::ledger::{Key, Mark, Position, Table};
use crate::registry::{Basis, Capacity, Group, Post, TenureView, UnitRow};

/// Who a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyKey {
    /// A unit.
    Unit(Key<UnitRow>),
    /// A leadership group.
    Group(Key<Group>),
    /// A post.
    Post(Key<Post>),
}
crate::document::kept!(enum PartyKey { 0 Unit(a), 1 Group(a), 2 Post(a) });

impl PartyKey {
    /// The word unit, group or post.
    pub fn word(self) -> &'static str {
        match self {
            PartyKey::Unit(_) => "unit",
            PartyKey::Group(_) => "group",
            PartyKey::Post(_) => "post",
        }
    }
}

/// One party with the posts that sign for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The party.
    pub party: PartyKey,
    /// The posts that sign.
    pub signatories: Few<Key<Post>>,
}
crate::document::kept!(struct Side { party, signatories });

/// What a letter says beside its parties and its text. Letters that are entered together mostly say the same, and then
/// share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The day on which it was drafted or entered.
    pub from: Date,
    /// Its type, as rule sets name it.
    pub kind: Option<Box<str>>,
    /// Title.
    pub title: Box<str>,
    /// The days that it covers.
    pub period: Period,
    /// What is asked.
    pub duties: Vec<Duty>,
    /// Whether its text says that it reaches back to the first day of its period.
    pub retroactive: bool,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// Its entry in the yearly plan.
    pub plan_entry: Option<Box<str>>,
    /// The letter that it adds to.
    pub supplements: Option<Key<LetterRow>>,
}
crate::document::kept!(struct Terms {
    from, kind, title, period, duties, retroactive, basis, plan_entry, supplements
});

/// A letter as drafted. The fields of its terms are read as its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it says.
    pub terms: Arc<Terms>,
    /// Who asks.
    pub issuers: Few<Side>,
    /// Who answers.
    pub receivers: Few<Side>,
    /// Digest of the text.
    pub text: Option<Sm3Digest>,
}
crate::document::kept!(struct Letter { terms, issuers, receivers, text });

impl Deref for Letter {
    type Target = Terms;

    fn deref(&self) -> &Terms {
        &self.terms
    }
}

/// A signature on a letter or an amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// The post that signed.
    pub post: Key<Post>,
    /// Host key of the person.
    pub person: Box<str>,
    /// In which capacity.
    pub capacity: Capacity,
    /// The day.
    pub on: Date,
    /// What it says beside that: most letters of a nation are signed on paper, and their signatures say no more.
    pub proof: Option<Box<SigningProof>>,
}

impl Signing {
    /// Whether a tenure lets the person sign for the post on the day, in the capacity in which he did.
    pub(super) fn is_covered_by(&self, held: &TenureView<'_>) -> bool {
        held.tenure.person == self.person && held.tenure.capacity == self.capacity && held.period.holds(self.on)
    }
}
crate::document::kept!(struct Signing { post, person, capacity, on, proof });

/// What happened to a letter beside its drafting and signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its draft was shown to others (征求意见).
    Consulted {
        /// To whom.
        with: Vec<PartyKey>,
        /// The last day for their answer.
        until: Option<Date>,
    },
    /// It was approved for signing.
    Approved {
        /// By whom.
        by: PartyKey,
        /// What the letter rests on.
        basis: Vec<Basis>,
        /// Its entry in the yearly plan.
        plan_entry: Option<Box<str>>,
        /// The document that approves it.
        document: Option<DocumentNumber>,
    },
    /// It was amended.
    Amended(Amendment),
    /// An amendment was signed later than it was entered.
    AmendmentSigned {
        /// Id of the amendment.
        amendment: Box<str>,
        /// The signature.
        signing: Signing,
    },
    /// A thing was declared to say what its text says.
    Manifested(Manifested),
    /// A signature was verified elsewhere.
    Verified(Verification),
    /// The next holder of a post took the letter over (承接).
    Succeeded {
        /// The post.
        post: Key<Post>,
        /// Host key of who answered before.
        before: Box<str>,
        /// Host key of who answers from this day on.
        person: Box<str>,
        /// The day of the handing over.
        handed_over: Option<Date>,
        /// The document that records it.
        document: Option<DocumentNumber>,
        /// The day on which the successor signed again.
        signed: Option<Date>,
    },
    /// Another party took the place of one.
    PartySucceeded {
        /// Who was a party before.
        party: PartyKey,
        /// Who is from this day on.
        by: Side,
    },
    /// It does not bind from this day on, until it is resumed.
    Suspended {
        /// Why.
        reason: Box<str>,
        /// What that rests on.
        basis: Vec<Basis>,
    },
    /// It binds again.
    Resumed,
    /// It was scored.
    Scored {
        /// Under which scheme.
        scheme: Box<str>,
        /// As which subject.
        subject: Box<str>,
    },
    /// It was put into the archive.
    Archived {
        /// Under which number.
        number: Option<Box<str>>,
    },
    /// It was withdrawn: from this day on it does not bind.
    Withdrawn {
        /// Why.
        reason: Box<str>,
    },
    /// It was declared void, from its very start; this is the day of the declaration.
    Voided {
        /// Why.
        reason: Box<str>,
        /// What that rests on.
        basis: Vec<Basis>,
    },
}
crate::document::kept!(enum Event {
    0 Consulted { with, until }, 1 Approved { by, basis, plan_entry, document }, 2 Amended(a), 3 AmendmentSigned
    { amendment, signing }, 4 Succeeded { post, before, person, handed_over, document, signed }, 5
    PartySucceeded { party, by }, 6 Suspended { reason, basis }, 7 Resumed, 8 Scored { scheme, subject }, 9
    Archived { number }, 10 Withdrawn { reason }, 11 Voided { reason, basis }, 12
    Manifested(a), 13 Verified(a)
});

impl Event {
    /// Whether it may come after the letter was withdrawn or declared void.
    pub(super) fn may_follow_the_end(&self) -> bool {
        matches!(
            self,
            Event::Withdrawn { .. } | Event::Voided { .. } | Event::Archived { .. }
        ) || self.is_evidence()
    }

    /// Whether it only tells what proves the letter, and changes nothing of it.
    pub(super) fn is_evidence(&self) -> bool {
        matches!(self, Event::Manifested(_) | Event::Verified(_))
    }
}

/// What one act said of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterRow {
    /// It was drafted.
    Drafted(Box<Letter>),
    /// It was signed.
    Signed(Signing),
    /// Something else happened to it on this day.
    Happened(Date, Box<Event>),
}
crate::document::kept!(enum LetterRow { 0 Drafted(a), 1 Signed(a), 2 Happened(a, b) });

/// Everything the ledger has said of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// The letters.
    pub letters: Table<LetterRow>,
}

/// How far the letters were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct LettersMark(Mark);

impl Letters {
    /// How far the table is filled.
    pub fn mark(&self) -> LettersMark {
        LettersMark(self.letters.mark())
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: LettersMark) {
        self.letters.rollback(mark.0);
    }

    /// The letter as drafted.
    pub(super) fn drafted(&self, key: Key<LetterRow>, known: Position) -> Option<&Letter> {
        self.letters.rows(key, known).find_map(|row| match &row.value {
            LetterRow::Drafted(letter) => Some(letter.as_ref()),
            _ => None,
        })
    }

    /// What happened to the letter, on whatever day, in the order of the ledger.
    pub(super) fn events(&self, key: Key<LetterRow>, known: Position) -> impl Iterator<Item = (Date, &Event)> {
        self.letters.rows(key, known).filter_map(|row| match &row.value {
            LetterRow::Happened(on, event) => Some((*on, event.as_ref())),
            _ => None,
        })
    }

    /// The signatures to the letter and to its amendments, with the amendment and the line of the ledger, in the order of
    /// the ledger.
    pub(super) fn signings_of(&self, key: Key<LetterRow>, known: Position) -> Vec<(Option<&str>, Position, &Signing)> {
        let mut found = Vec::new();
        for row in self.letters.rows(key, known) {
            match &row.value {
                LetterRow::Signed(signing) => found.push((None, row.from, signing)),
                LetterRow::Happened(_, event) => match event.as_ref() {
                    Event::Amended(amended) => {
                        let signings = amended.signatures.iter();
                        found.extend(signings.map(|signing| (Some(&*amended.id), row.from, signing)));
                    }
                    Event::AmendmentSigned { amendment, signing } => found.push((Some(amendment), row.from, signing)),
                    _ => {}
                },
                LetterRow::Drafted(_) => {}
            }
        }
        found
    }

    /// Every side that the letter ever has: the parties of its draft, and those who took their place.
    pub(super) fn sides(&self, key: Key<LetterRow>, known: Position) -> Vec<&Side> {
        let drafted = self.drafted(key, known);
        let mut sides: Vec<&Side> = drafted
            .into_iter()
            .flat_map(|letter| letter.issuers.iter().chain(&*letter.receivers))
            .collect();
        sides.extend(self.events(key, known).filter_map(|(_, event)| match event {
            Event::PartySucceeded { by, .. } => Some(by),
            _ => None,
        }));
        sides
    }

    /// Whether the post signs for one of the sides that the letter ever has.
    pub(super) fn may_sign(&self, key: Key<LetterRow>, known: Position, post: Key<Post>) -> bool {
        let drafted = self.drafted(key, known);
        let mut drafted = drafted
            .into_iter()
            .flat_map(|letter| letter.issuers.iter().chain(&*letter.receivers));
        drafted.any(|side| side.signatories.contains(&post))
            || self.events(key, known).any(|(_, event)| match event {
                Event::PartySucceeded { by, .. } => by.signatories.contains(&post),
                _ => false,
            })
    }

    /// The first day on which the letter was withdrawn or declared void.
    pub(super) fn ended(&self, key: Key<LetterRow>, known: Position) -> Option<Date> {
        self.events(key, known)
            .filter(|(_, event)| matches!(event, Event::Withdrawn { .. } | Event::Voided { .. }))
            .map(|(on, _)| on)
            .min()
    }
}

crate::document::kept!(struct Letters { letters });
