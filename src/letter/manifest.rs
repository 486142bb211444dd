//! The manifestations (载体) of a text: the files and papers in which it exists, each bound by its own digest.
//!
//! A text is frozen by the digest of its bytes, but nobody signs bytes: people sign a sheet of paper, a PDF, an OFD. That
//! such a thing says the same as the text is a statement that somebody makes, so it is recorded with who made it.

use std::collections::BTreeMap;
use std::fmt::Display;

use serde::Serialize;

use super::acts::LETTER;
use super::{Event, LetterRow, Letters, PartyKey, PartyName};
use crate::ledger::{Key, Position};
use crate::registry::{Context, Registry};

crate::choice! {
    /// In what form a text exists.
    pub enum ManifestationForm {
        /// The very bytes that the digest of the text is over.
        Canonical = "canonical" "正文字节",
        /// A PDF file.
        Pdf = "pdf" "PDF 文件",
        /// An OFD file (GB/T 33190).
        Ofd = "ofd" "OFD 文件",
        /// The scan of a signed paper.
        PaperScan = "paper_scan" "纸质件扫描件",
    }
}
crate::document::kept!(enum ManifestationForm { 0 Canonical, 1 Pdf, 2 Ofd, 3 PaperScan });

crate::choice! {
    /// How a digest was made.
    pub enum DigestAlgorithm {
        /// GB/T 32905.
        Sm3 = "sm3" "SM3",
        /// FIPS 180-4.
        Sha256 = "sha256" "SHA-256",
        /// FIPS 180-4.
        Sha384 = "sha384" "SHA-384",
        /// FIPS 180-4.
        Sha512 = "sha512" "SHA-512",
    }
}
crate::document::kept!(enum DigestAlgorithm { 0 Sm3, 1 Sha256, 2 Sha384, 3 Sha512 });

crate::record! {
    /// The digest of a file that stays with the host.
    #[derive(Serialize)]
    pub struct FileDigest {
        /// How it was made.
        pub algorithm: DigestAlgorithm,
        /// Lower-case hexadecimal digits: 64 of SM3 and SHA-256, 96 of SHA-384, 128 of SHA-512.
        pub digest: String,
    }
}
crate::document::kept!(struct FileDigest { algorithm, digest });

crate::record! {
    /// One thing in which the text exists, and who says that it is the text.
    pub struct Manifestation {
        /// Its id within the letter; signatures cite it.
        pub id: String,
        /// Its form.
        pub form: ManifestationForm,
        /// Its digest.
        pub file: FileDigest,
        /// Who declared that it says what the text says.
        pub declared_by: PartyName,
        /// Host key of the person who did.
        pub person: Option<String>,
    }
}

crate::record! {
    /// Declares manifestations of the text of a letter, or of an amendment of it.
    pub struct LetterManifested {
        /// The letter.
        pub letter: String,
        /// The amendment, when it is its text.
        pub amendment: Option<String>,
        /// The manifestations.
        pub manifestations: Vec<Manifestation>,
    }
}

/// A manifestation as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifested {
    /// Its id within the letter.
    pub id: Box<str>,
    /// The amendment whose text it is; the letter's own when there is none.
    pub amendment: Option<Box<str>>,
    /// Its form.
    pub form: ManifestationForm,
    /// Its digest.
    pub file: FileDigest,
    /// Who declared it.
    pub by: PartyKey,
    /// Host key of the person who did.
    pub person: Option<Box<str>>,
    /// The SM3 digest of the text that it was declared equal to.
    pub text: Box<str>,
}
crate::document::kept!(struct Manifested { id, amendment, form, file, by, person, text });

impl DigestAlgorithm {
    /// How many hexadecimal digits a digest has.
    fn digits(self) -> usize {
        match self {
            DigestAlgorithm::Sm3 | DigestAlgorithm::Sha256 => 64,
            DigestAlgorithm::Sha384 => 96,
            DigestAlgorithm::Sha512 => 128,
        }
    }
}

impl FileDigest {
    /// Refuses what is no digest of its algorithm.
    pub(super) fn check(&self, act: &Context<'_>, place: impl Display) {
        let digits = self.algorithm.digits();
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if self.digest.len() != digits || !self.digest.bytes().all(hex) {
            let name = self.algorithm.zh();
            act.refuse(
                format_args!("{place}/digest"),
                "letter.not_a_digest",
                format!("“{}”不是 {name} 摘要，应为 {digits} 位小写十六进制", self.digest),
                format!(
                    "\"{}\" is no {name} digest: {digits} lower-case hexadecimal digits",
                    self.digest
                ),
            );
        }
    }
}

impl LetterManifested {
    /// Records the declaration; what was withdrawn or void may still be scanned.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        let before = letters.cited(key, act.at);
        act.supersede(&mut letters.letters, key);
        if self.manifestations.is_empty() {
            act.refuse(
                "/manifestations",
                "letter.manifests_nothing",
                "须至少声明一个载体",
                "declare at least one manifestation",
            );
        }
        let text = match &self.amendment {
            None => letters.own_text(key, act.at),
            Some(amendment) => match letters.amendment_text(key, amendment, act) {
                Some(text) => text.map(String::from),
                None => return,
            },
        };
        let amendment = self.amendment.as_deref();
        manifest(registry, letters, act, "", key, (amendment, text), self.manifestations);
        letters.keep_cited(act, "", key, &before);
    }
}

/// Adds manifestations of a text of a letter: of the amendment that is named, or its own.
pub(super) fn manifest(
    registry: &Registry,
    letters: &mut Letters,
    act: &Context<'_>,
    place: impl Display,
    key: Key<LetterRow>,
    (amendment, text): (Option<&str>, Option<String>),
    declared: Vec<Manifestation>,
) {
    if declared.is_empty() {
        return;
    }
    let Some(text) = text else {
        return act.refuse(
            format_args!("{place}/manifestations"),
            "letter.text_not_frozen",
            "声明载体之前须先固定文本摘要（text.sm3）",
            "the digest of the text must be fixed before a manifestation of it is declared",
        );
    };
    for (index, one) in declared.into_iter().enumerate() {
        let place = format!("{place}/manifestations/{index}");
        one.file.check(act, format_args!("{place}/file"));
        let own = one.form == ManifestationForm::Canonical && one.file.algorithm == DigestAlgorithm::Sm3;
        if own && one.file.digest != text {
            act.refuse(
                format_args!("{place}/file/digest"),
                "letter.manifestation_not_the_text",
                format!("正文字节的摘要应与文本摘要一致：{text}"),
                format!("the bytes of the text have the digest of the text: {text}"),
            );
        }
        if letters.manifested(key, amendment, &one.id, act.at).is_some() {
            act.refuse(
                format_args!("{place}/id"),
                "act.already_exists",
                format!("载体“{}”已经登记；更正请用 corrects 注明原行为", one.id),
                format!(
                    "manifestation \"{}\" exists already; to correct it, cite the act in \"corrects\"",
                    one.id
                ),
            );
        }
        let Some(by) = one.declared_by.find(registry, act, format_args!("{place}/declared_by")) else {
            continue;
        };
        let event = Event::Manifested(Manifested {
            id: one.id.into(),
            amendment: amendment.map(Into::into),
            form: one.form,
            file: one.file,
            by,
            person: one.person.map(Into::into),
            text: text.as_str().into(),
        });
        let row = LetterRow::Happened(act.effective, Box::new(event));
        letters.letters.push_to(act.at, key, row);
    }
}

/// What signatures cite, by amendment and id, with its digest.
pub(super) type Cited = BTreeMap<(Option<Box<str>>, Box<str>), FileDigest>;

impl Letters {
    /// The manifestation of this id of the letter's own text or of an amendment's.
    pub(super) fn manifested(
        &self,
        key: Key<LetterRow>,
        amendment: Option<&str>,
        id: &str,
        known: Position,
    ) -> Option<&Manifested> {
        self.events(key, known).find_map(|(_, event)| match event {
            Event::Manifested(one) if *one.id == *id && one.amendment.as_deref() == amendment => Some(one),
            _ => None,
        })
    }

    /// The digest of the letter's own text, when it is fixed.
    fn own_text(&self, key: Key<LetterRow>, known: Position) -> Option<String> {
        let text = self.drafted(key, known)?.text?;
        Some(text.to_string())
    }

    /// The digest of an amendment's text, when it fixes one; the act is refused when there is no such amendment.
    #[allow(clippy::option_option, reason = "an amendment may leave the text as it is")]
    pub(super) fn amendment_text(
        &self,
        key: Key<LetterRow>,
        amendment: &str,
        act: &Context<'_>,
    ) -> Option<Option<Box<str>>> {
        let found = self.events(key, act.at).find_map(|(_, event)| match event {
            Event::Amended(amended) if *amended.id == *amendment => Some(amended.text.clone()),
            _ => None,
        });
        if found.is_none() {
            let letter = self.letters.id(key);
            act.refuse(
                "/amendment",
                "act.unknown_reference",
                format!("责任书“{letter}”没有修订“{amendment}”，请先登记"),
                format!("letter \"{letter}\" has no amendment \"{amendment}\"; enter it first"),
            );
        }
        found
    }

    /// The manifestations that standing signatures cite.
    pub(super) fn cited(&self, key: Key<LetterRow>, known: Position) -> Cited {
        let signings = self.signings_of(key, known);
        let found = signings.into_iter().filter_map(|(amendment, _, signing)| {
            let id = signing.proof.as_ref()?.manifestation.as_deref()?;
            let one = self.manifested(key, amendment, id, known)?;
            Some(((amendment.map(Into::into), id.into()), one.file.clone()))
        });
        found.collect()
    }

    /// Refuses a correction that takes from a standing signature what it cites, or puts something else in its place.
    pub(super) fn keep_cited(&self, act: &Context<'_>, place: impl Display, key: Key<LetterRow>, before: &Cited) {
        for (amendment, _, signing) in self.signings_of(key, act.at) {
            let Some(id) = signing.proof.as_ref().and_then(|proof| proof.manifestation.as_deref()) else {
                continue;
            };
            let was = before.get(&(amendment.map(Into::into), id.into()));
            let is = self.manifested(key, amendment, id, act.at).map(|one| &one.file);
            if was.is_some() && was != is {
                return act.refuse(
                    format_args!("{place}/manifestations"),
                    "letter.manifestation_frozen",
                    format!("载体“{id}”已有签署引用，不能更改或撤销；请另行声明载体"),
                    format!("signatures cite manifestation \"{id}\", so it cannot change; declare another"),
                );
            }
        }
    }
}
