//! Signatures on letters and on their amendments.

use std::fmt::Display;

use super::acts::LETTER;
use super::proof::proof;
use super::{Electronic, Event, LetterRow, Letters, Signing};
use crate::calendar::Date;
use crate::document::Word;
use crate::ledger::Key;
use crate::registry::{Capacity, Context, Registry};

crate::record! {
    /// One signature.
    pub struct Signature {
        /// The post that signs.
        pub post: Word,
        /// Host key of the person who signed.
        pub person: Word,
        /// In which capacity.
        pub capacity: Capacity,
        /// The day; the effective day of the act when missing.
        pub on: Option<Date>,
        /// The manifestation that was signed, by its id.
        pub manifestation: Option<String>,
        /// The electronic signature, when it is one.
        pub electronic: Option<Electronic>,
    }
}

crate::record! {
    /// Signs a letter, or an amendment of it.
    pub struct LetterSigned {
        /// The letter.
        pub letter: String,
        /// The amendment, when it is not the letter itself that is signed.
        pub amendment: Option<String>,
        /// The signatures.
        pub signatures: Vec<Signature>,
    }
}

impl LetterSigned {
    /// Adds the signatures.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        let Some(amendment) = self.amendment else {
            return sign(registry, letters, act, "", key, self.signatures);
        };
        let Some(text) = letters.amendment_text(key, &amendment, act) else {
            return;
        };
        text_frozen(act, "", text.is_some(), &self.signatures);
        let whose = (key, Some(amendment.as_str()));
        for signing in signings(registry, letters, act, "", whose, self.signatures) {
            let row = Event::AmendmentSigned {
                amendment: amendment.clone().into(),
                signing: signing.clone(),
            };
            letters
                .letters
                .push(act.at, &self.letter, LetterRow::Happened(signing.on, Box::new(row)));
        }
    }
}

/// Adds signatures to the letter itself.
pub(super) fn sign(
    registry: &Registry,
    letters: &mut Letters,
    act: &Context<'_>,
    place: impl Display,
    key: Key<LetterRow>,
    signatures: Vec<Signature>,
) {
    let Some(letter) = letters.drafted(key, act.at) else {
        return;
    };
    text_frozen(act, &place, letter.text.is_some(), &signatures);
    for signing in signings(registry, letters, act, place, (key, None), signatures) {
        letters.letters.push_to(act.at, key, LetterRow::Signed(signing));
    }
}

/// Refuses signatures to a text that is not fixed.
pub(super) fn text_frozen(act: &Context<'_>, place: impl Display, frozen: bool, signatures: &[Signature]) {
    if !frozen && !signatures.is_empty() {
        act.refuse(
            place,
            "letter.text_not_frozen",
            "签署之前须先固定文本摘要（text.sm3）",
            "the digest of the text must be fixed before the first signature",
        );
    }
}

/// The signatures to the letter, or to the amendment that is named, as far as they are possible: by a signatory of the
/// letter, before its end.
pub(super) fn signings(
    registry: &Registry,
    letters: &Letters,
    act: &Context<'_>,
    place: impl Display,
    (key, amendment): (Key<LetterRow>, Option<&str>),
    signatures: Vec<Signature>,
) -> Vec<Signing> {
    let mut given = Vec::with_capacity(signatures.len());
    for (index, signature) in signatures.into_iter().enumerate() {
        let Some(post) = act.reference(
            &registry.posts,
            format_args!("{place}/signatures/{index}/post"),
            ("职务", "post"),
            &signature.post,
        ) else {
            continue;
        };
        if !letters.may_sign(key, act.at, post) {
            act.refuse(
                format_args!("{place}/signatures/{index}/post"),
                "letter.not_a_signatory",
                format!("职务“{}”不在该责任书的签署人之列", signature.post),
                format!("post \"{}\" is not a signatory of this letter", signature.post),
            );
            continue;
        }
        let on = signature.on.unwrap_or(act.effective);
        let place = format!("{place}/signatures/{index}");
        letters.binding(act, &place, key, on);
        let cited = (signature.manifestation, signature.electronic);
        let proof = proof(letters, act, &place, (key, amendment), cited);
        given.push(Signing {
            post,
            person: signature.person.into(),
            capacity: signature.capacity,
            on,
            proof,
        });
    }
    given
}

impl Letters {
    /// Refuses an act of a day on which the letter is known to be withdrawn or void. One of an earlier day is taken.
    pub(super) fn binding(&self, act: &Context<'_>, place: impl Display, key: Key<LetterRow>, on: Date) {
        if let Some(end) = self.ended(key, act.at).filter(|end| *end <= on) {
            let id = self.letters.id(key);
            act.refuse(
                place,
                "letter.ended",
                format!("责任书“{id}”已于{}撤回或作废，{}的行为不能成立", end.zh(), on.zh()),
                format!("letter \"{id}\" was withdrawn or void on {end}; nothing can be done to it on {on}"),
            );
        }
    }
}
