//! The stations of a letter's life beside drafting, signing, amending and succession.

use super::acts::LETTER;
use super::{Event, LetterRow, Letters, PartyName};
use crate::calendar::Date;
use crate::codes::DocumentNumber;
use crate::ledger::Key;
use crate::registry::{Basis, Context, Registry};

crate::record! {
    /// Shows the draft of a letter to others (征求意见), from the effective day on.
    pub struct LetterConsulted {
        /// The letter.
        pub letter: String,
        /// To whom.
        pub with: Vec<PartyName>,
        /// The last day for their answer.
        pub until: Option<Date>,
    }
}

crate::record! {
    /// Approves a letter for signing.
    pub struct LetterApproved {
        /// The letter.
        pub letter: String,
        /// Who approves it.
        pub by: PartyName,
        /// What the letter rests on.
        pub basis: Vec<Basis>,
        /// Its entry in the yearly plan.
        pub plan_entry: Option<String>,
        /// The document that approves it.
        pub document: Option<DocumentNumber>,
    }
}

crate::record! {
    /// Suspends a letter: from the effective day on it does not bind, until it is resumed.
    pub struct LetterSuspended {
        /// The letter.
        pub letter: String,
        /// Why.
        pub reason: String,
        /// What that rests on.
        pub basis: Vec<Basis>,
    }
}

crate::record! {
    /// Resumes a suspended letter: from the effective day on it binds again.
    pub struct LetterResumed {
        /// The letter.
        pub letter: String,
    }
}

crate::record! {
    /// Records that a letter was scored: under which scheme, as which subject.
    pub struct LetterScored {
        /// The letter.
        pub letter: String,
        /// The scheme.
        pub scheme: String,
        /// The assessed subject.
        pub subject: String,
    }
}

crate::record! {
    /// Puts a letter into the archive.
    pub struct LetterArchived {
        /// The letter.
        pub letter: String,
        /// Under which number.
        pub number: Option<String>,
    }
}

crate::record! {
    /// Withdraws a letter: the effective day is the first on which it does not bind.
    pub struct LetterWithdrawn {
        /// The letter.
        pub letter: String,
        /// Why.
        pub reason: String,
    }
}

crate::record! {
    /// Declares a letter void: it never bound. The effective day is that of the declaration.
    pub struct LetterVoided {
        /// The letter.
        pub letter: String,
        /// Why.
        pub reason: String,
        /// What that rests on.
        pub basis: Vec<Basis>,
    }
}

/// Finds the letter, makes room for a correction and, unless the letter may be over, refuses what comes after its end.
fn station(letters: &mut Letters, act: &Context<'_>, letter: &str, over: bool) -> Option<Key<LetterRow>> {
    let key = act.reference(&letters.letters, "/letter", LETTER, letter)?;
    act.supersede(&mut letters.letters, key);
    if !over {
        letters.binding(act, "/letter", key, act.effective);
    }
    Some(key)
}

fn happened(letters: &mut Letters, act: &Context<'_>, letter: &str, event: Event) {
    let row = LetterRow::Happened(act.effective, Box::new(event));
    letters.letters.push(act.at, letter, row);
}

impl LetterConsulted {
    /// Records the consultation.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_none() {
            return;
        }
        act.in_order("/until", act.effective, self.until);
        let with = self.with.iter().enumerate();
        let with = with
            .filter_map(|(index, party)| party.find(registry, act, format_args!("/with/{index}")))
            .collect();
        let until = self.until;
        happened(letters, act, &self.letter, Event::Consulted { with, until });
    }
}

impl LetterApproved {
    /// Records the approval.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_none() {
            return;
        }
        let Some(by) = self.by.find(registry, act, "/by") else {
            return;
        };
        let event = Event::Approved {
            by,
            basis: self.basis,
            plan_entry: self.plan_entry.map(Into::into),
            document: self.document,
        };
        happened(letters, act, &self.letter, event);
    }
}

impl LetterSuspended {
    /// Records the suspension.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_some() {
            let (reason, basis) = (self.reason.into(), self.basis);
            happened(letters, act, &self.letter, Event::Suspended { reason, basis });
        }
    }
}

impl LetterResumed {
    /// Records that the letter binds again.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_some() {
            happened(letters, act, &self.letter, Event::Resumed);
        }
    }
}

impl LetterScored {
    /// Records the scoring.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_some() {
            let (scheme, subject) = (self.scheme.into(), self.subject.into());
            happened(letters, act, &self.letter, Event::Scored { scheme, subject });
        }
    }
}

impl LetterArchived {
    /// Records the archiving; what was withdrawn or void is archived too.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, true).is_some() {
            let number = self.number.map(Into::into);
            happened(letters, act, &self.letter, Event::Archived { number });
        }
    }
}

impl LetterWithdrawn {
    /// Withdraws the letter.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        if station(letters, act, &self.letter, false).is_some() {
            let reason = self.reason.into();
            happened(letters, act, &self.letter, Event::Withdrawn { reason });
        }
    }
}

impl LetterVoided {
    /// Declares the letter void; a letter that was withdrawn may still turn out to be void.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = station(letters, act, &self.letter, true) else {
            return;
        };
        let void = letters
            .events(key, act.at)
            .any(|(_, event)| matches!(event, Event::Voided { .. }));
        if void {
            act.refuse(
                "/letter",
                "letter.void_already",
                format!("责任书“{}”已经作废；更正请用 corrects 注明原行为", self.letter),
                format!(
                    "letter \"{}\" is void already; to correct that, cite the act in \"corrects\"",
                    self.letter
                ),
            );
        }
        let (reason, basis) = (self.reason.into(), self.basis);
        happened(letters, act, &self.letter, Event::Voided { reason, basis });
    }
}
