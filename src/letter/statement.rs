//! The signing statement (签署陈述): the bytes that a signer outside signs, made from the ledger alone.
//!
//! A signature over a file proves that somebody signed a file. The statement says besides which letter, which text and
//! which manifestation of it, for which post, in which capacity and on which day, so that a signature cannot be moved
//! to another letter or capacity, and can be checked years later without the file.

use serde::Serialize;

use super::manifest::Manifested;
use super::{LetterView, LettersView, Signing};
use crate::calendar::Date;
use crate::document::{Value, canonical, sm3_hex};
use crate::registry::{Capacity, RegistryView};

/// Who signs what.
#[derive(Clone, Copy, Debug)]
pub struct ToSign<'a> {
    /// The ledger.
    pub ledger: &'a str,
    /// The amendment, when it is not the letter itself.
    pub amendment: Option<&'a str>,
    /// The manifestation, by its id.
    pub manifestation: &'a str,
    /// The post.
    pub post: &'a str,
    /// Host key of the person.
    pub person: &'a str,
    /// In which capacity.
    pub capacity: Capacity,
    /// The day.
    pub on: Date,
}

/// A signing statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The text whose UTF-8 bytes are signed: canonical JSON.
    pub statement: String,
    /// The SM3 digest of these bytes.
    pub sm3: String,
}

impl<'a> LettersView<'a> {
    /// The statement to sign; nothing when the letter has no such manifestation.
    pub fn statement(&self, letter: &LetterView<'a>, to_sign: ToSign<'_>) -> Option<Statement> {
        let (id, known) = (to_sign.manifestation, self.when().known);
        let one = self.letters().manifested(letter.key, to_sign.amendment, id, known)?;
        Some(written(letter.id, one, to_sign))
    }

    /// The statement that a recorded signature is over; nothing when it cites no manifestation.
    pub(super) fn statement_of(
        &self,
        registry: &RegistryView<'_>,
        letter: &LetterView<'a>,
        ledger: &str,
        (amendment, signing): (Option<&str>, &Signing),
    ) -> Option<Statement> {
        let manifestation = signing.proof.as_ref()?.manifestation.as_deref()?;
        let to_sign = ToSign {
            ledger,
            amendment,
            manifestation,
            post: registry.registry().posts.id(signing.post),
            person: &signing.person,
            capacity: signing.capacity,
            on: signing.on,
        };
        self.statement(letter, to_sign)
    }
}

fn written(letter: &str, one: &Manifested, to_sign: ToSign<'_>) -> Statement {
    let text = |text: &str| Value::Text(text.to_owned());
    let object = |members: Vec<(&str, Value)>| {
        Value::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
    };
    let manifestation = object(vec![
        ("id", text(&one.id)),
        ("form", text(one.form.word())),
        ("algorithm", text(one.file.algorithm.word())),
        ("digest", text(&one.file.digest)),
    ]);
    let mut members = vec![
        ("kind", text("signing_statement")),
        ("format", Value::Number(1.into())),
        ("ledger", text(to_sign.ledger)),
        ("letter", text(letter)),
        ("text", text(&one.text)),
        ("manifestation", manifestation),
        ("post", text(to_sign.post)),
        ("person", text(to_sign.person)),
        ("capacity", text(to_sign.capacity.word())),
        ("on", text(&to_sign.on.to_string())),
    ];
    members.extend(to_sign.amendment.map(|amendment| ("amendment", text(amendment))));
    let statement = canonical(&object(members));
    let sm3 = sm3_hex(statement.as_bytes());
    Statement { statement, sm3 }
}
