//! Drafting letters, and entering letters that were signed already.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;

use super::manifest::manifest;
use super::party::side;
use super::sign::sign;
use super::{Letter, LetterRow, Letters, Manifestation, Party, Signature, Terms};
use crate::calendar::Period;
use crate::document::{NumberText, Sm3Digest, is_sm3_hex};
use crate::ledger::Key;
use crate::registry::{Basis, Context, Registry, ResponsibilityType};

crate::record! {
    /// A figure that a duty asks for.
    #[derive(Serialize)]
    pub struct Target {
        /// The figure.
        pub value: NumberText,
        /// Its unit, such as 次 or %.
        pub unit: String,
    }
}

crate::record! {
    /// The duty of a superior's letter that a duty breaks down (分解).
    #[derive(Serialize)]
    pub struct DutyFrom {
        /// The letter.
        pub letter: String,
        /// The duty's id within it.
        pub duty: String,
    }
}

crate::record! {
    /// What a letter asks for (责任内容).
    #[derive(Serialize)]
    pub struct Duty {
        /// Its id within the letter; a breakdown refers to it.
        pub id: String,
        /// What is asked.
        pub title: String,
        /// The type of responsibility.
        pub responsibility: Option<ResponsibilityType>,
        /// The figure, where there is one.
        pub target: Option<Target>,
        /// Which duty of the letter above it breaks down.
        pub from: Option<DutyFrom>,
        /// Its part of that duty, in percent.
        pub share: Option<NumberText>,
    }
}

crate::record! {
    /// The text that is signed: it stays with the host, bound by its digest.
    #[derive(Serialize)]
    pub struct LetterText {
        /// SM3 digest of the text's bytes, 64 hexadecimal digits.
        pub sm3: String,
    }
}

crate::record! {
    /// Drafts a letter.
    pub struct LetterDrafted {
        /// Host id. As an act of its own a draft shares this field with the act, and the act's id is the letter's.
        pub id: String,
        /// Host id of the letter when it is not the id of the act: a correction has an id of its own.
        pub letter: Option<String>,
        /// Its type: one that the rule set of its first day declares.
        pub kind as "type": Option<String>,
        /// Title.
        pub title: String,
        /// The days that it covers.
        pub period: Period,
        /// Who asks.
        pub issuers: Vec<Party>,
        /// Who answers.
        pub receivers: Vec<Party>,
        /// What is asked.
        pub duties: Vec<Duty>,
        /// The text, frozen before the first signature.
        pub text: Option<LetterText>,
        /// Whether the text says that it reaches back to the first day of its period when it is signed later.
        pub retroactive: bool,
        /// The letter that this one adds to.
        pub supplements: Option<String>,
        /// What the letter rests on.
        pub basis: Vec<Basis>,
        /// Its entry in the yearly plan.
        pub plan_entry: Option<String>,
        /// The things that say what the text says; more may be declared later.
        pub manifestations: Vec<Manifestation>,
    }
}

crate::record! {
    /// A letter that was signed before it was entered.
    pub struct RegisteredLetter {
        /// The letter.
        pub letter: LetterDrafted,
        /// Its signatures.
        pub signatures: Vec<Signature>,
    }
}

crate::record! {
    /// Enters letters with their signatures, many in one line.
    pub struct LettersRegistered {
        /// The letters.
        pub letters: Vec<RegisteredLetter>,
    }
}

pub(super) const LETTER: (&str, &str) = ("责任书", "letter");

impl LetterDrafted {
    /// Drafts the letter.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        draft(registry, letters, act, "", self, &mut None);
    }
}

impl LettersRegistered {
    /// Enters the letters.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let mut last = None;
        for (index, row) in self.letters.into_iter().enumerate() {
            let id = row.letter.letter.clone().unwrap_or_else(|| row.letter.id.clone());
            draft(
                registry,
                letters,
                act,
                format_args!("/letters/{index}/letter"),
                row.letter,
                &mut last,
            );
            sign(
                registry,
                letters,
                act,
                format_args!("/letters/{index}"),
                &id,
                row.signatures,
            );
        }
    }
}

/// Drafts one letter; `last` are the terms of the one before it, which it shares when they are the same.
fn draft(
    registry: &Registry,
    letters: &mut Letters,
    act: &Context<'_>,
    place: impl Display,
    letter: LetterDrafted,
    last: &mut Option<Arc<Terms>>,
) {
    let (id, named) = match letter.letter {
        Some(id) => (id, "letter"),
        None => (letter.id, "id"),
    };
    let replaced = letters.letters.key(&id).and_then(|key| letters.drafted(key, act.at));
    let frozen = replaced.and_then(|letter| letter.text);
    let text = letter.text.as_ref().and_then(|text| Sm3Digest::from_hex(&text.sm3));
    let cited = letters.letters.key(&id).map(|key| letters.cited(key, act.at));
    act.introduce(&mut letters.letters, format_args!("{place}/{named}"), LETTER, &id);
    // Signatures that the correction leaves standing were given to the frozen text.
    let signed = letters.letters.key(&id).is_some_and(|key| {
        let mut rows = letters.letters.rows(key, act.at);
        rows.any(|row| matches!(row.value, LetterRow::Signed(_)))
    });
    if signed && frozen != text {
        act.refuse(
            format_args!("{place}/text"),
            "letter.text_frozen",
            "责任书已有签署，文本摘要不能更改；请撤回原责任书后另行起草",
            "the letter is signed and its text cannot change; withdraw it and draft another",
        );
    }
    digest(act, format_args!("{place}/text"), letter.text.as_ref());
    comes_from(letters, act, &place, &letter.duties);
    let issuers = side(registry, act, format_args!("{place}/issuers"), letter.issuers);
    let receivers = side(registry, act, format_args!("{place}/receivers"), letter.receivers);
    let supplements = letter.supplements.and_then(|base| {
        let place = format!("{place}/supplements");
        let base = act.reference(&letters.letters, &place, LETTER, &base)?;
        adds_to_itself(letters, act, &place, &id, base);
        Some(base)
    });
    let terms = Terms {
        from: act.effective,
        kind: letter.kind.map(Into::into),
        title: letter.title.into(),
        period: letter.period,
        duties: letter.duties,
        retroactive: letter.retroactive,
        basis: letter.basis,
        plan_entry: letter.plan_entry.map(Into::into),
        supplements,
    };
    let terms = match last.take().filter(|last| **last == terms) {
        Some(same) => same,
        None => Arc::new(terms),
    };
    *last = Some(terms.clone());
    let drafted = Letter {
        terms,
        issuers: issuers.into(),
        receivers: receivers.into(),
        text,
    };
    letters.letters.push(act.at, &id, LetterRow::Drafted(Box::new(drafted)));
    let Some(key) = letters.letters.key(&id) else { return };
    let text = (None, text.map(|text| text.to_string()));
    manifest(registry, letters, act, &place, key, text, letter.manifestations);
    if let Some(cited) = cited {
        letters.keep_cited(act, place, key, &cited);
    }
}

/// Refuses what is no digest.
pub(super) fn digest(act: &Context<'_>, place: impl Display, text: Option<&LetterText>) {
    if let Some(text) = text.filter(|text| !is_sm3_hex(&text.sm3)) {
        act.refuse(
            format_args!("{place}/sm3"),
            "letter.not_a_digest",
            format!("“{}”不是 SM3 摘要，应为 64 位小写十六进制", text.sm3),
            format!("\"{}\" is no SM3 digest: 64 lower-case hexadecimal digits", text.sm3),
        );
    }
}

/// Refuses a letter that would add to itself, whether at once or by way of the letters that its base adds to: a
/// correction may name a letter that came later.
fn adds_to_itself(letters: &Letters, act: &Context<'_>, place: &str, id: &str, base: Key<LetterRow>) {
    let mut seen = BTreeSet::new();
    let mut next = Some(base);
    while let Some(key) = next.filter(|key| seen.insert(*key)) {
        if letters.letters.id(key) == id {
            act.refuse(
                place,
                "letter.supplements_itself",
                "责任书不能补充自身（包括经由其他补充责任书）",
                "a letter cannot add to itself, nor to one that adds to it",
            );
            return;
        }
        next = letters.drafted(key, act.at).and_then(|letter| letter.supplements);
    }
}

/// Refuses a duty that breaks down a duty of a letter which the ledger does not hold.
pub(super) fn comes_from(letters: &Letters, act: &Context<'_>, place: impl Display, duties: &[Duty]) {
    for (index, duty) in duties.iter().enumerate() {
        if let Some(from) = &duty.from {
            let place = format!("{place}/duties/{index}/from/letter");
            act.reference(&letters.letters, &place, LETTER, &from.letter);
        }
    }
}
