//! What is asked about a signature, as documents.

use std::fmt;

use serde::Serialize;

use super::report::{SignatureReport, verified};
use super::{PublicKey, SigningDigest, Unfit, UserId, bytes, chain, signing_digest};
use crate::calendar::Date;
use crate::document::{Cursor, Read, Shape};
use crate::error::{Error, Result};
use crate::letter::verified::Outcome;

/// Text as it is: nothing is trimmed, it may be empty, and its length is not bounded.
#[derive(Clone, PartialEq, Eq)]
pub struct Exactly(pub String);

impl fmt::Debug for Exactly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Read for Exactly {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.text().map(|text| Exactly(text.to_owned()))
    }
    fn shape() -> Shape {
        Shape::Pattern("text as it is", "")
    }
}

crate::record! {
    /// Asks what a signer outside signs: Z and e = SM3(Z‖M).
    pub struct DigestQuery {
        /// The public key: x and y in hexadecimal digits, with 04 before them or without; or SPKI as PEM.
        pub key: Option<Exactly>,
        /// The signer's certificate (X.509, PEM or base64), in place of the key. It needs the feature `sign`.
        pub certificate: Option<Exactly>,
        /// The signer's id; 1234567812345678 when missing.
        pub user_id: Option<String>,
        /// The message as text, such as a signing statement.
        pub message: Option<Exactly>,
        /// The message as base64, such as a file.
        pub content: Option<Exactly>,
    }
}

crate::record! {
    /// What the host knows about the revocation of a certificate. The library asks nobody.
    #[derive(Serialize)]
    pub struct Revocation {
        /// What was found.
        pub outcome: Outcome,
        /// Where: the list or the service.
        pub source: String,
        /// When.
        pub on: Option<Date>,
    }
}

crate::record! {
    /// Asks whether an SM2 signature fits.
    pub struct SignatureQuery {
        /// The public key: x and y in hexadecimal digits, with 04 before them or without; or SPKI as PEM.
        pub key: Option<Exactly>,
        /// The signer's certificate (X.509, PEM or base64), in place of the key.
        pub certificate: Option<Exactly>,
        /// The certificates of the issuers, from the signer's upward; the last is the one that the host trusts.
        pub chain: Vec<Exactly>,
        /// What the host knows about revocation.
        pub revocation: Option<Revocation>,
        /// The signer's id; 1234567812345678 when missing.
        pub user_id: Option<String>,
        /// The message as text, such as a signing statement.
        pub message: Option<Exactly>,
        /// The message as base64, such as a file.
        pub content: Option<Exactly>,
        /// The value, in hexadecimal digits or base64: DER, or r and s in 64 bytes.
        pub signature: Exactly,
        /// The day of signing, on which the certificate must be valid; by the days of Beijing.
        pub signed: Option<Date>,
    }
}

impl DigestQuery {
    /// Z and e.
    ///
    /// # Errors
    /// A document error for what is not given exactly once or cannot be read; unsupported for a certificate in a build
    /// without the feature `sign`.
    pub fn answer(&self) -> Result<SigningDigest> {
        let key = key_of(self.key.as_ref(), self.certificate.as_ref())?;
        let user_id = UserId::told(self.user_id.as_deref()).map_err(|unfit| unfit.at("/user_id"))?;
        let message = message_of(self.message.as_ref(), self.content.as_ref())?;
        Ok(signing_digest(&key, &user_id, &message))
    }
}

impl SignatureQuery {
    /// What the mathematics and the certificates say. A signature that does not fit is an answer, not an error.
    ///
    /// # Errors
    /// A document error for what is not given exactly once or cannot be read; unsupported in a build without the feature
    /// `sign`.
    pub fn answer(&self) -> Result<SignatureReport> {
        verified(self)
    }
}

/// The key, from wherever it is given.
pub(super) fn key_of(key: Option<&Exactly>, certificate: Option<&Exactly>) -> Result<PublicKey> {
    match (key, certificate) {
        (Some(key), None) => PublicKey::read(&key.0).map_err(|unfit| unfit.at("/key")),
        (None, Some(certificate)) => chain::key_of(certificate),
        _ => Err(single(
            "",
            "key、certificate 两项须且只须填一项",
            "give exactly one of key, certificate",
        )),
    }
}

/// The bytes of the message.
pub(super) fn message_of(message: Option<&Exactly>, content: Option<&Exactly>) -> Result<Vec<u8>> {
    match (message, content) {
        (Some(text), None) => Ok(text.0.clone().into_bytes()),
        (None, Some(content)) => bytes::unbase64(&content.0).ok_or_else(|| {
            let (zh, en) = ("content 不是 base64", "content is no base64");
            single("/content", zh, en)
        }),
        _ => Err(single(
            "",
            "message、content 两项须且只须填一项",
            "give exactly one of message, content",
        )),
    }
}

fn single(pointer: &str, zh: &str, en: &str) -> Error {
    Unfit {
        code: "letter.signature_question",
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
    .at(pointer)
}
