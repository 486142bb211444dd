//! Verifications of signatures that were made elsewhere: by a seal server, by a verification service, by hand.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::acts::LETTER;
use super::proof::CertificateName;
use super::{Event, FileDigest, LetterRow, Letters, Signing};
use crate::calendar::Date;
use crate::ledger::Key;
use crate::registry::{Context, Post, Registry};

crate::choice! {
    /// How a signature was verified.
    pub enum VerifiedBy {
        /// As a seal, along GB/T 38540.
        Seal = "seal" "电子签章验证",
        /// As a digital signature.
        Signature = "signature" "数字签名验证",
        /// By looking at it, as with ink.
        Inspection = "inspection" "人工核对",
    }
}
crate::document::kept!(enum VerifiedBy { 0 Seal, 1 Signature, 2 Inspection });

crate::choice! {
    /// What one part of a verification gave.
    pub enum Outcome {
        /// It holds.
        Holds = "holds" "成立",
        /// It does not hold.
        Fails = "fails" "不成立",
        /// Nobody looked.
        NotChecked = "not_checked" "未核查",
    }
}
crate::document::kept!(enum Outcome { 0 Holds, 1 Fails, 2 NotChecked });

crate::record! {
    /// The four parts of a verification. What is missing was not checked.
    pub struct Outcomes {
        /// The value fits what was signed and the key.
        pub mathematics: Option<Outcome>,
        /// The certificate leads to an issuer whom the verifier trusts.
        pub chain: Option<Outcome>,
        /// The certificate was valid on the day of signing.
        pub validity: Option<Outcome>,
        /// The certificate was not revoked.
        pub revocation: Option<Outcome>,
    }
}
crate::document::kept!(struct Outcomes { mathematics, chain, validity, revocation });

crate::record! {
    /// Records that a signature was verified elsewhere, on the effective day. It leads over what this library works out.
    pub struct SignatureVerified {
        /// The letter.
        pub letter: String,
        /// The amendment, when it is its signature.
        pub amendment: Option<String>,
        /// The post that signed.
        pub post: String,
        /// The day of the signature, when the post signed more than once.
        pub signed: Option<Date>,
        /// How it was verified.
        pub means: VerifiedBy,
        /// Who verified it: the server, service or office, with its version.
        pub verifier: String,
        /// Digest of the verifier's report, which stays with the host.
        pub report: FileDigest,
        /// What it gave.
        pub outcomes: Outcomes,
        /// The certificate that the verifier saw.
        pub certificate: Option<CertificateName>,
    }
}

/// A verification that was made elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The amendment, when it is its signature.
    pub amendment: Option<Box<str>>,
    /// The post that signed.
    pub post: Key<Post>,
    /// The day of the signature, when it was named.
    pub signed: Option<Date>,
    /// How it was verified.
    pub means: VerifiedBy,
    /// Who verified it.
    pub verifier: Box<str>,
    /// Digest of the verifier's report.
    pub report: FileDigest,
    /// What it gave.
    pub outcomes: Outcomes,
    /// The certificate that the verifier saw.
    pub certificate: Option<CertificateName>,
}
crate::document::kept!(struct Verification { amendment, post, signed, means, verifier, report, outcomes, certificate });

impl Verification {
    /// Whether it speaks of this signature.
    pub(super) fn is_of(&self, amendment: Option<&str>, signing: &Signing) -> bool {
        self.amendment.as_deref() == amendment
            && self.post == signing.post
            && self.signed.is_none_or(|on| on == signing.on)
    }
}

/// Every part is written, so that nobody takes what is missing for what holds.
impl Serialize for Outcomes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = ["mathematics", "chain", "validity", "revocation"];
        let mut map = serializer.serialize_map(Some(names.len()))?;
        for (name, (_, outcome)) in names.iter().zip(self.parts()) {
            map.serialize_entry(name, &outcome)?;
        }
        map.end()
    }
}

impl Outcomes {
    /// The parts with their Chinese names, in order.
    pub fn parts(&self) -> [(&'static str, Outcome); 4] {
        let said = |outcome: Option<Outcome>| outcome.unwrap_or(Outcome::NotChecked);
        [
            ("签名值", said(self.mathematics)),
            ("证书链", said(self.chain)),
            ("签署时证书有效期", said(self.validity)),
            ("吊销状态", said(self.revocation)),
        ]
    }

    /// Whether some part does not hold.
    pub fn refutes(&self) -> bool {
        self.parts().iter().any(|(_, outcome)| *outcome == Outcome::Fails)
    }

    /// One phrase of Chinese: 签名值成立；证书链成立；签署时证书有效期未核查；吊销状态未核查.
    pub fn zh(&self) -> String {
        let parts = self.parts().map(|(name, outcome)| format!("{name}{}", outcome.zh()));
        parts.join("；")
    }
}

impl SignatureVerified {
    /// Records the verification; a letter that is over is verified too.
    pub fn apply(self, registry: &Registry, letters: &mut Letters, act: &Context<'_>) {
        let Some(key) = act.reference(&letters.letters, "/letter", LETTER, &self.letter) else {
            return;
        };
        act.supersede(&mut letters.letters, key);
        let Some(post) = act.reference(&registry.posts, "/post", ("职务", "post"), &self.post) else {
            return;
        };
        self.report.check(act, "/report");
        if let Some(name) = &self.certificate {
            name.check(act, "/certificate");
        }
        let amendment = self.amendment.as_deref();
        let signed = letters.signings_of(key, act.at).into_iter().any(|(of, _, signing)| {
            of == amendment && signing.post == post && self.signed.is_none_or(|on| on == signing.on)
        });
        if !signed {
            act.refuse(
                "/post",
                "act.unknown_reference",
                format!("责任书“{}”没有职务“{}”的这一签署，请先登记", self.letter, self.post),
                format!(
                    "letter \"{}\" has no such signature of post \"{}\"; enter it first",
                    self.letter, self.post
                ),
            );
        }
        let event = Event::Verified(Verification {
            amendment: self.amendment.map(Into::into),
            post,
            signed: self.signed,
            means: self.means,
            verifier: self.verifier.into(),
            report: self.report,
            outcomes: self.outcomes,
            certificate: self.certificate,
        });
        let row = LetterRow::Happened(act.effective, Box::new(event));
        letters.letters.push_to(act.at, key, row);
    }
}
