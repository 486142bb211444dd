//! Amending a letter: its text is frozen, so whatever changes is an amendment with a text of its own.

use super::acts::{LETTER, comes_from, digest};
use super::manifest::manifest;
use super::sign::{signings, text_frozen};
use super::{Duty, Event, LetterRow, LetterText, Letters, Manifestation, Signature, Signing, role};
use crate::calendar::Period;
use crate::codes::DocumentNumber;
use crate::registry::{Context, Registry};

crate::record! {
    /// Amends a letter from the effective day on: what is given here takes the place of what held before.
    pub struct LetterAmended {
        /// Host id. An amendment shares this field with its act, and the act's id is the amendment's.
        pub id: String,
        /// Host id of the amendment when it is not the id of the act: a correction has an id of its own.
        pub amendment: Option<String>,
        /// The letter.
        pub letter: String,
        /// Why.
        pub reason: String,
        /// The document that amends it.
        pub document: Option<DocumentNumber>,
        /// The new title.
        pub title: Option<String>,
        /// The new period.
        pub period: Option<Period>,
        /// The new duties, all of them.
        pub duties: Option<Vec<Duty>>,
        /// The new text, frozen before its first signature.
        pub text: Option<LetterText>,
        /// The things that say what the new text says; more may be declared later.
        pub manifestations: Vec<Manifestation>,
        /// The signatures under the amendment.
        pub signatures: Vec<Signature>,
    }
}

/// An amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// Host id.
    pub id: Box<str>,
    /// Why.
    pub reason: Box<str>,
    /// The document that amends the letter.
    pub document: Option<DocumentNumber>,
    /// The new title, when it changes.
    pub title: Option<Box<str>>,
    /// The new period, when it changes.
    pub period: Option<Period>,
    /// The new duties, when they change.
    pub duties: Option<Vec<Duty>>,
    /// Digest of the new text.
    pub text: Option<Box<str>>,
    /// The signatures that came with it.
    pub signatures: Vec<Signing>,
}
crate::document::kept!(struct Amendment { id, reason, document, title, period, duties, text, signatures });

impl Amendment {
    /// The fields that it changes, by their names in documents.
    pub(super) fn changes(&self) -> Vec<&'static str> {
        let fields = [
            ("title", self.title.is_some()),
            ("period", self.period.is_some()),
            ("duties", self.duties.is_some()),
            ("text", self.text.is_some()),
        ];
        fields
            .into_iter()
            .filter(|(_, changed)| *changed)
            .map(|(name, _)| name)
            .collect()
    }
}

impl LetterAmended {
    /// Amends the letter.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        let cited = letters.cited(key, act.at);
        act.supersede(&mut letters.letters, key);
        letters.binding(act, "/letter", key, act.effective);
        let (id, named) = match self.amendment {
            Some(id) => (id, "/amendment"),
            None => (self.id, "/id"),
        };
        let named_already = letters
            .events(key, act.at)
            .any(|(_, event)| matches!(event, Event::Amended(amended) if *amended.id == id));
        if named_already {
            act.refuse(
                named,
                "act.already_exists",
                format!("修订“{id}”已经登记；更正请用 corrects 注明原行为"),
                format!("amendment \"{id}\" exists already; to correct it, cite the act in \"corrects\""),
            );
        }
        if self.title.is_none() && self.period.is_none() && self.duties.is_none() && self.text.is_none() {
            act.refuse(
                "",
                "letter.amends_nothing",
                "修订须给出 title、period、duties、text 中至少一项",
                "an amendment gives at least one of title, period, duties, text",
            );
        }
        digest(act, "/text", self.text.as_ref());
        comes_from(letters, act, "", self.duties.as_deref().unwrap_or(&[]));
        let duties = self.duties.as_deref().unwrap_or(&[]);
        let receivers = letters.receivers_ever(key, act.at);
        role::check(registry, act, "", duties, receivers.iter().copied());
        text_frozen(act, "", self.text.is_some(), &self.signatures);
        let text = (Some(id.as_str()), self.text.as_ref().map(|text| text.sm3.clone()));
        manifest(registry, letters, act, "", key, text, self.manifestations);
        letters.keep_cited(act, "", key, &cited);
        let signatures = signings(registry, letters, act, "", (key, Some(&id)), self.signatures);
        let amendment = Amendment {
            id: id.into(),
            reason: self.reason.into(),
            document: self.document,
            title: self.title.map(Into::into),
            period: self.period,
            duties: self.duties,
            text: self.text.map(|text| text.sm3.into()),
            signatures,
        };
        letters.letters.push(
            act.at,
            &self.letter,
            LetterRow::Happened(act.effective, Box::new(Event::Amended(amendment))),
        );
    }
}
