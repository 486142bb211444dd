//! Drafting letters, and entering letters that were signed already.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::Serialize;

use super::manifest::manifest;
use super::party::side;
use super::sign::sign;
use super::terms::SharedTerms;
use super::{CommonTerms, Few, Letter, LetterRow, Letters, Manifestation, Party, PartyName, Signature, role};
use crate::calendar::Period;
use crate::document::{NumberText, Sm3Digest, Word, is_sm3_hex};
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
crate::document::kept!(struct Target { value, unit });

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
crate::document::kept!(struct DutyFrom { letter, duty });

crate::record! {
    /// What a letter asks for (责任内容).
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
        /// The receivers that lead it (牵头), where several receive it.
        pub leading: Vec<PartyName>,
        /// The receivers that support it (配合).
        pub supporting: Vec<PartyName>,
    }
}
crate::document::kept!(struct Duty { id, title, responsibility, target, from, share, leading, supporting });

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
        pub issuers: Few<Party>,
        /// Who answers.
        pub receivers: Few<Party>,
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
    /// A letter as it is entered with others. What it does not say itself, the act says for all of them.
    pub struct LetterEntered {
        /// Host id.
        pub id: Word,
        /// Host id of the letter when it is not `id`.
        pub letter: Option<Word>,
        /// Its type: one that the rule set of its first day declares.
        pub kind as "type": Option<String>,
        /// Title; here or in `common`.
        pub title: Option<String>,
        /// The days that it covers; here or in `common`.
        pub period: Option<Period>,
        /// Who asks.
        pub issuers: Few<Party>,
        /// Who answers.
        pub receivers: Few<Party>,
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
        pub letter: LetterEntered,
        /// Its signatures.
        pub signatures: Vec<Signature>,
    }
}

crate::record! {
    /// Enters letters with their signatures, many in one line.
    pub struct LettersRegistered {
        /// What the letters have in common: a letter that does not give one of these fields itself takes it from here.
        pub common: Option<CommonTerms>,
        /// The letters.
        pub letters: Vec<RegisteredLetter>,
    }
}

pub(super) const LETTER: (&str, &str) = ("责任书", "letter");

/// A letter on its way into the table, its terms apart.
struct Draft {
    id: Word,
    /// The field that names it.
    named: &'static str,
    issuers: Few<Party>,
    receivers: Few<Party>,
    text: Option<LetterText>,
    supplements: Option<String>,
    manifestations: Vec<Manifestation>,
}

impl Draft {
    fn new(id: Word, letter: Option<Word>, sides: [Few<Party>; 2], text: Option<LetterText>) -> Self {
        let (id, named) = match letter {
            Some(id) => (id, "letter"),
            None => (id, "id"),
        };
        let [issuers, receivers] = sides;
        Draft {
            id,
            named,
            issuers,
            receivers,
            text,
            supplements: None,
            manifestations: Vec::new(),
        }
    }
}

impl LetterDrafted {
    /// Drafts the letter.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let own = CommonTerms {
            kind: self.kind,
            title: Some(self.title),
            period: Some(self.period),
            duties: self.duties,
            retroactive: self.retroactive,
            basis: self.basis,
            plan_entry: self.plan_entry,
        };
        let mut draft = Draft::new(
            self.id.into(),
            self.letter.map(Into::into),
            [self.issuers, self.receivers],
            self.text,
        );
        draft.supplements = self.supplements;
        draft.manifestations = self.manifestations;
        draft.apply(registry, letters, act, &"", own, &mut SharedTerms::default());
    }
}

impl LettersRegistered {
    /// Enters the letters.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let common_duties = self.common.as_ref().map_or(&[][..], |common| &common.duties);
        comes_from(letters, act, "/common", common_duties);
        let mut shared = SharedTerms::new(self.common);
        for (index, row) in self.letters.into_iter().enumerate() {
            let letter = row.letter;
            let own = CommonTerms {
                kind: letter.kind,
                title: letter.title,
                period: letter.period,
                duties: letter.duties,
                retroactive: letter.retroactive,
                basis: letter.basis,
                plan_entry: letter.plan_entry,
            };
            let sides = [letter.issuers, letter.receivers];
            let mut draft = Draft::new(letter.id, letter.letter, sides, letter.text);
            draft.supplements = letter.supplements;
            draft.manifestations = letter.manifestations;
            let place = format_args!("/letters/{index}/letter");
            if let Some(key) = draft.apply(registry, letters, act, &place, own, &mut shared) {
                let place = format_args!("/letters/{index}");
                sign(registry, letters, act, place, key, row.signatures);
            }
        }
    }
}

impl Draft {
    /// Enters the letter; nothing when its terms are not whole.
    fn apply(
        self,
        registry: &Registry,
        letters: &mut Letters,
        act: &Context<'_>,
        place: &dyn Display,
        own: CommonTerms,
        shared: &mut SharedTerms,
    ) -> Option<Key<LetterRow>> {
        let text = self.text.as_ref().and_then(|text| Sm3Digest::from_hex(&text.sm3));
        let found = letters.letters.key(&self.id);
        let cited = found.map(|key| letters.cited(key, act.at));
        if let Some(key) = found {
            let frozen = letters.drafted(key, act.at).and_then(|letter| letter.text);
            act.introduce(
                &mut letters.letters,
                format_args!("{place}/{}", self.named),
                LETTER,
                &self.id,
            );
            // Signatures that the correction leaves standing were given to the frozen text.
            let mut rows = letters.letters.rows(key, act.at);
            let signed = rows.any(|row| matches!(row.value, LetterRow::Signed(_)));
            if signed && frozen != text {
                act.refuse(
                    format_args!("{place}/text"),
                    "letter.text_frozen",
                    "责任书已有签署，文本摘要不能更改；请撤回原责任书后另行起草",
                    "the letter is signed and its text cannot change; withdraw it and draft another",
                );
            }
        }
        digest(act, format_args!("{place}/text"), self.text.as_ref());
        comes_from(letters, act, place, &own.duties);
        let issuers = side(registry, act, format_args!("{place}/issuers"), self.issuers);
        let receivers = side(registry, act, format_args!("{place}/receivers"), self.receivers);
        let parties = receivers.iter().map(|side| side.party);
        match shared.common_duties(&own) {
            Some(common) => role::check(registry, act, "/common", common, parties),
            None => role::check(registry, act, place, &own.duties, parties),
        }
        let supplements = self.supplements.and_then(|base| {
            let place = format!("{place}/supplements");
            let base = act.reference(&letters.letters, &place, LETTER, &base)?;
            adds_to_itself(letters, act, &place, &self.id, base);
            Some(base)
        });
        let drafted = Letter {
            terms: shared.of(own, supplements, act, place)?,
            issuers,
            receivers,
            text,
        };
        let row = LetterRow::Drafted(Box::new(drafted));
        let key = letters.letters.push_found(act.at, found, &self.id, row);
        let own = (None, text.map(|text| text.to_string()));
        manifest(registry, letters, act, place, key, own, self.manifestations);
        if let Some(cited) = cited {
            letters.keep_cited(act, place, key, &cited);
        }
        Some(key)
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
