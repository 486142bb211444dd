//! What a signature says beside who signed: which manifestation, and an electronic signature's value.

use std::fmt::Display;

use serde::Serialize;

use super::sm2::{SignatureValue, UserId};
use super::{LetterRow, Letters};
use crate::document::is_sm3_hex;
use crate::ledger::Key;
use crate::registry::Context;

crate::choice! {
    /// What an electronic signature is over.
    pub enum SignedOver {
        /// The signing statement that this library writes: letter, text, manifestation, post, person, capacity and day.
        Statement = "statement" "签署陈述",
        /// The bytes of the manifestation's file.
        File = "file" "载体文件",
        /// A sealed file (GB/T 38540): a seal server checks it, and its verification is recorded.
        Seal = "seal" "电子签章",
    }
}
crate::document::kept!(enum SignedOver { 0 Statement, 1 File, 2 Seal });

crate::record! {
    /// Which certificate a key came from. The certificate itself stays with the host.
    #[derive(Serialize)]
    pub struct CertificateName {
        /// Its issuer, as the certificate tells it.
        pub issuer: String,
        /// Its serial number, in lower-case hexadecimal digits.
        pub serial: String,
        /// SM3 digest of its bytes (DER).
        pub sm3: String,
    }
}
crate::document::kept!(struct CertificateName { issuer, serial, sm3 });

crate::record! {
    /// An electronic signature. No key enters the ledger.
    #[derive(Serialize)]
    pub struct Electronic {
        /// What it is over.
        pub over: SignedOver,
        /// The SM2 signature with SM3, in hexadecimal digits or base64: DER, or r and s in 64 bytes. A seal has its value in its
        /// file.
        pub value: Option<String>,
        /// The signer's id for SM2; 1234567812345678 when missing.
        pub user_id: Option<String>,
        /// The certificate of the key.
        pub certificate: Option<CertificateName>,
    }
}
crate::document::kept!(struct Electronic { over, value, user_id, certificate });

/// What a signature says beside who signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningProof {
    /// The manifestation that was signed.
    pub manifestation: Option<Box<str>>,
    /// The electronic signature, when there is one.
    pub electronic: Option<Electronic>,
}
crate::document::kept!(struct SigningProof { manifestation, electronic });

impl CertificateName {
    /// Refuses what no certificate has.
    pub(super) fn check(&self, act: &Context<'_>, place: impl Display) {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if !self.serial.bytes().all(hex) || !is_sm3_hex(&self.sm3) {
            act.refuse(
                place,
                "letter.not_a_certificate_name",
                "证书序列号应为小写十六进制，证书摘要应为 64 位小写十六进制（SM3）",
                "the serial of a certificate is lower-case hexadecimal, its digest 64 such digits (SM3)",
            );
        }
    }
}

/// The proof of a signature to the text of the letter, or of the amendment that is named; the act is refused for what it
/// cites and the letter does not have.
pub(super) fn proof(
    letters: &Letters,
    act: &Context<'_>,
    place: impl Display,
    (key, amendment): (Key<LetterRow>, Option<&str>),
    (manifestation, electronic): (Option<String>, Option<Electronic>),
) -> Option<Box<SigningProof>> {
    match &manifestation {
        Some(id) if letters.manifested(key, amendment, id, act.at).is_none() => act.refuse(
            format_args!("{place}/manifestation"),
            "act.unknown_reference",
            format!("该文本没有载体“{id}”，请先声明"),
            format!("the text has no manifestation \"{id}\"; declare it first"),
        ),
        None if electronic.is_some() => act.refuse(
            format_args!("{place}/manifestation"),
            "letter.signature_cites_nothing",
            "电子签名须注明所签的载体（manifestation）",
            "an electronic signature names the manifestation that was signed",
        ),
        _ => {}
    }
    if let Some(electronic) = &electronic {
        let place = format!("{place}/electronic");
        if let Some(name) = &electronic.certificate {
            name.check(act, format_args!("{place}/certificate"));
        }
        if let Some(Err(problem)) = electronic.user_id.as_deref().map(UserId::new) {
            act.refuse(format_args!("{place}/user_id"), problem.code, problem.zh, problem.en);
        }
        let value = electronic.value.as_deref().map(SignatureValue::read);
        match value {
            Some(Err(problem)) => act.refuse(format_args!("{place}/value"), problem.code, problem.zh, problem.en),
            None if electronic.over != SignedOver::Seal => act.refuse(
                format_args!("{place}/value"),
                "letter.not_a_signature",
                "请填写签名值（value）；电子签章可不填",
                "give the value of the signature; only a seal goes without",
            ),
            _ => {}
        }
    }
    (manifestation.is_some() || electronic.is_some()).then(|| {
        Box::new(SigningProof {
            manifestation: manifestation.map(Into::into),
            electronic,
        })
    })
}
