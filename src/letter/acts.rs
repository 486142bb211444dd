//! Drafting, signing and withdrawing a letter.

use serde::Serialize;

use crate::calendar::{Date, Period};
use crate::document::{NumberText, is_sm3_hex};
use crate::ledger::{Key, Mark, Position, Table};
use crate::registry::{Basis, Capacity, Context, Group, Post, Registry, ResponsibilityType, UnitRow};

crate::record! {
    /// One party on a side of a letter: a unit, a group or a post, with the posts that sign for it.
    pub struct Party {
        /// The unit.
        pub unit: Option<String>,
        /// The leadership group.
        pub group: Option<String>,
        /// The post.
        pub post: Option<String>,
        /// The posts whose signatures it takes, all of them.
        pub signatories: Vec<String>,
    }
}

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
        /// What the letter rests on.
        pub basis: Vec<Basis>,
        /// Its entry in the yearly plan.
        pub plan_entry: Option<String>,
    }
}

crate::record! {
    /// One signature.
    pub struct Signature {
        /// The post that signs.
        pub post: String,
        /// Host key of the person who signed.
        pub person: String,
        /// In which capacity.
        pub capacity: Capacity,
        /// The day; the effective day of the act when missing.
        pub on: Option<Date>,
    }
}

crate::record! {
    /// Signs a letter.
    pub struct LetterSigned {
        /// The letter.
        pub letter: String,
        /// The signatures.
        pub signatures: Vec<Signature>,
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

crate::record! {
    /// Withdraws a letter: the effective day is the first on which it does not bind.
    pub struct LetterWithdrawn {
        /// The letter.
        pub letter: String,
        /// Why.
        pub reason: String,
    }
}

/// Who a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKey {
    /// A unit.
    Unit(Key<UnitRow>),
    /// A leadership group.
    Group(Key<Group>),
    /// A post.
    Post(Key<Post>),
}

/// One party with the posts that sign for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The party.
    pub party: PartyKey,
    /// The posts that sign.
    pub signatories: Vec<Key<Post>>,
}

/// A letter as drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Title.
    pub title: Box<str>,
    /// The days that it covers.
    pub period: Period,
    /// Who asks.
    pub issuers: Vec<Side>,
    /// Who answers.
    pub receivers: Vec<Side>,
    /// What is asked.
    pub duties: Vec<Duty>,
    /// Digest of the text.
    pub text: Option<Box<str>>,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// Its entry in the yearly plan.
    pub plan_entry: Option<Box<str>>,
}

/// A signature on a letter.
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
}

/// What one act said of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterRow {
    /// It was drafted.
    Drafted(Box<Letter>),
    /// It was signed.
    Signed(Signing),
    /// It was withdrawn on this day.
    Withdrawn {
        /// The first day on which it does not bind.
        on: Date,
        /// Why.
        reason: Box<str>,
    },
}

/// Everything the ledger has said of letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// The letters.
    pub letters: Table<LetterRow>,
}

/// How far the letters were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct LettersMark(Mark);

const LETTER: (&str, &str) = ("责任书", "letter");

impl Letters {
    /// How far the table is filled.
    pub fn mark(&self) -> LettersMark {
        LettersMark(self.letters.mark())
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: LettersMark) {
        self.letters.rollback(mark.0);
    }

    fn drafted(&self, key: Key<LetterRow>, known: Position) -> Option<&Letter> {
        self.letters.rows(key, known).find_map(|row| match &row.value {
            LetterRow::Drafted(letter) => Some(letter.as_ref()),
            _ => None,
        })
    }
}

impl LetterDrafted {
    /// Drafts the letter.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        draft(registry, letters, act, "", self);
    }
}

impl LetterSigned {
    /// Adds the signatures.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        sign(registry, letters, act, "", &self.letter, self.signatures);
    }
}

impl LettersRegistered {
    /// Enters the letters.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        for (index, row) in self.letters.into_iter().enumerate() {
            let id = row.letter.letter.clone().unwrap_or_else(|| row.letter.id.clone());
            draft(registry, letters, act, &format!("/letters/{index}/letter"), row.letter);
            sign(
                registry,
                letters,
                act,
                &format!("/letters/{index}"),
                &id,
                row.signatures,
            );
        }
    }
}

impl LetterWithdrawn {
    /// Withdraws the letter.
    pub fn apply(self, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        let row = LetterRow::Withdrawn {
            on: act.effective,
            reason: self.reason.into(),
        };
        letters.letters.push(act.at, &self.letter, row);
    }
}

fn draft(registry: &Registry, letters: &mut Letters, act: &Context<'_>, place: &str, letter: LetterDrafted) {
    let (id, named) = match letter.letter {
        Some(id) => (id, "letter"),
        None => (letter.id, "id"),
    };
    let replaced = letters.letters.key(&id).and_then(|key| letters.drafted(key, act.at));
    let frozen = replaced.and_then(|letter| letter.text.clone());
    act.introduce(&mut letters.letters, &format!("{place}/{named}"), LETTER, &id);
    // Signatures that the correction leaves standing were given to the frozen text.
    let signed = letters.letters.key(&id).is_some_and(|key| {
        let mut rows = letters.letters.rows(key, act.at);
        rows.any(|row| matches!(row.value, LetterRow::Signed(_)))
    });
    if signed && frozen.as_deref() != letter.text.as_ref().map(|text| text.sm3.as_str()) {
        act.refuse(
            &format!("{place}/text"),
            "letter.text_frozen",
            "责任书已有签署，文本摘要不能更改；请撤回原责任书后另行起草",
            "the letter is signed and its text cannot change; withdraw it and draft another",
        );
    }
    if let Some(text) = letter.text.as_ref().filter(|text| !is_sm3_hex(&text.sm3)) {
        act.refuse(
            &format!("{place}/text/sm3"),
            "letter.not_a_digest",
            format!("“{}”不是 SM3 摘要，应为 64 位小写十六进制", text.sm3),
            format!("\"{}\" is no SM3 digest: 64 lower-case hexadecimal digits", text.sm3),
        );
    }
    for (index, duty) in letter.duties.iter().enumerate() {
        if let Some(from) = &duty.from {
            let place = format!("{place}/duties/{index}/from/letter");
            act.reference(&letters.letters, &place, LETTER, &from.letter);
        }
    }
    let issuers = side(registry, act, &format!("{place}/issuers"), letter.issuers);
    let receivers = side(registry, act, &format!("{place}/receivers"), letter.receivers);
    let drafted = Letter {
        title: letter.title.into(),
        period: letter.period,
        issuers,
        receivers,
        duties: letter.duties,
        text: letter.text.map(|text| text.sm3.into()),
        basis: letter.basis,
        plan_entry: letter.plan_entry.map(Into::into),
    };
    letters.letters.push(act.at, &id, LetterRow::Drafted(Box::new(drafted)));
}

fn side(registry: &Registry, act: &Context<'_>, place: &str, parties: Vec<Party>) -> Vec<Side> {
    if parties.is_empty() {
        act.refuse(
            place,
            "letter.side_empty",
            "责任书缺少一方，请填写",
            "a side of the letter is empty; fill it in",
        );
    }
    let mut side = Vec::with_capacity(parties.len());
    for (index, party) in parties.into_iter().enumerate() {
        let place = format!("{place}/{index}");
        let key = match (&party.unit, &party.group, &party.post) {
            (Some(unit), None, None) => act
                .reference(&registry.units, &format!("{place}/unit"), ("单位", "unit"), unit)
                .map(PartyKey::Unit),
            (None, Some(group), None) => act
                .reference(
                    &registry.groups,
                    &format!("{place}/group"),
                    ("领导小组", "leadership group"),
                    group,
                )
                .map(PartyKey::Group),
            (None, None, Some(post)) => act
                .reference(&registry.posts, &format!("{place}/post"), ("职务", "post"), post)
                .map(PartyKey::Post),
            _ => {
                act.refuse(
                    &place,
                    "letter.party_not_single",
                    "unit、group、post 三项须且只须填一项",
                    "give exactly one of unit, group, post",
                );
                None
            }
        };
        let mut signatories = Vec::with_capacity(party.signatories.len());
        for (number, post) in party.signatories.iter().enumerate() {
            let place = format!("{place}/signatories/{number}");
            signatories.extend(act.reference(&registry.posts, &place, ("职务", "post"), post));
        }
        side.extend(key.map(|party| Side { party, signatories }));
    }
    side
}

fn sign(
    registry: &Registry,
    letters: &mut Letters,
    act: &Context<'_>,
    place: &str,
    id: &str,
    signatures: Vec<Signature>,
) {
    let Some(key) = letters.letters.key(id) else { return };
    let Some(letter) = letters.drafted(key, act.at) else {
        return;
    };
    if letter.text.is_none() && !signatures.is_empty() {
        act.refuse(
            place,
            "letter.text_not_frozen",
            "签署之前须先固定文本摘要（text.sm3）",
            "the digest of the text must be fixed before the first signature",
        );
    }
    let expected: Vec<Key<Post>> = letter
        .issuers
        .iter()
        .chain(&letter.receivers)
        .flat_map(|side| side.signatories.iter().copied())
        .collect();
    for (index, signature) in signatures.into_iter().enumerate() {
        let place = format!("{place}/signatures/{index}");
        let Some(post) = act.reference(
            &registry.posts,
            &format!("{place}/post"),
            ("职务", "post"),
            &signature.post,
        ) else {
            continue;
        };
        if !expected.contains(&post) {
            act.refuse(
                &format!("{place}/post"),
                "letter.not_a_signatory",
                format!("职务“{}”不在该责任书的签署人之列", signature.post),
                format!("post \"{}\" is not a signatory of this letter", signature.post),
            );
            continue;
        }
        let on = signature.on.unwrap_or(act.effective);
        let signing = Signing {
            post,
            person: signature.person.into(),
            capacity: signature.capacity,
            on,
        };
        letters.letters.push(act.at, id, LetterRow::Signed(signing));
    }
}
