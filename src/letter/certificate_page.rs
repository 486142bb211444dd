//! The certificate page of a letter (签署证明页) as data: who signed which manifestation when in which capacity, what was
//! verified by whom, and what became of the letter since.

use serde::Serialize;

use super::answer::{party_line, what};
use super::{
    CertificateName, Event, Exactly, FileDigest, HappeningLine, LetterState, LetterView, LettersView,
    ManifestationForm, Outcomes, PartyLine, Revocation, SignatureQuery, SignatureReport, SignedOver, Signing,
    VerifiedBy, party_name,
};
use crate::calendar::{Date, Period};
use crate::document::Sm3Digest;
use crate::error::{Finding, Result};
use crate::ledger::Position;
use crate::registry::{Capacity, RegistryView};

/// The certificate page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertificatePage<'a> {
    /// The ledger.
    pub ledger: &'a str,
    /// The last line that it speaks for.
    pub position: Position,
    /// The day looked at.
    pub day: Date,
    /// Host id of the letter.
    pub letter: &'a str,
    /// Title on the day.
    pub title: &'a str,
    /// Period on the day.
    pub period: Period,
    /// State on the day.
    pub state: LetterState,
    /// SM3 digest of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Sm3Digest>,
    /// Who asks.
    pub issuers: Vec<PartyLine<'a>>,
    /// Who answers.
    pub receivers: Vec<PartyLine<'a>>,
    /// The things that say what the texts say, in the order of the ledger.
    pub manifestations: Vec<ManifestationLine<'a>>,
    /// The signatures, in the order of their days.
    pub signatures: Vec<CertifiedSignature<'a>>,
    /// The posts that have not signed the letter itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'a str>,
    /// Amendments, successions and what ended it, in the order of days.
    pub course: Vec<HappeningLine<'a>>,
    /// What the checks find about the letter.
    pub findings: Vec<Finding>,
}

/// A manifestation of a text of the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ManifestationLine<'a> {
    /// Its id within the letter.
    pub manifestation: &'a str,
    /// The amendment whose text it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amendment: Option<&'a str>,
    /// Its form.
    pub form: ManifestationForm,
    /// Its digest.
    pub file: &'a FileDigest,
    /// What the party is called that declared it equal to the text.
    pub declared_by: String,
    /// Host key of the person who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<&'a str>,
    /// The day of the declaration.
    pub on: Date,
    /// The line of the ledger that says so.
    pub line: Position,
    /// SM3 digest of the text.
    pub text: &'a str,
}

/// A signature with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CertifiedSignature<'a> {
    /// The amendment, when it is not the letter itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amendment: Option<&'a str>,
    /// The post.
    pub post: &'a str,
    /// What the post is called, with its unit.
    pub name: String,
    /// Host key of the person.
    pub person: &'a str,
    /// In which capacity.
    pub capacity: Capacity,
    /// The tenure that covers the signature on its day, in that capacity; none is a finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenure: Option<&'a str>,
    /// The day.
    pub on: Date,
    /// The line of the ledger that says so.
    pub line: Position,
    /// The manifestation that was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manifestation: Option<&'a str>,
    /// What the electronic signature is over, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<SignedOver>,
    /// Its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<&'a CertificateName>,
    /// The verifications made elsewhere, the leading one first.
    pub verifications: Vec<VerificationLine<'a>>,
    /// What this library works out, when it was given the key; those made elsewhere lead over it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<SignatureReport>,
}

/// A verification made elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerificationLine<'a> {
    /// The day.
    pub on: Date,
    /// The line of the ledger that says so.
    pub line: Position,
    /// How.
    pub means: VerifiedBy,
    /// By whom.
    pub verifier: &'a str,
    /// Digest of the verifier's report.
    pub report: &'a FileDigest,
    /// What it gave.
    pub outcomes: &'a Outcomes,
    /// The certificate that the verifier saw.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<&'a CertificateName>,
}

crate::record! {
    /// The key of somebody who signed, for the time of a question; it is not kept. What was signed and the value come from
    /// the ledger.
    pub struct SignerKey {
        /// The post that signed.
        pub post: String,
        /// The public key: x and y in hexadecimal digits, with 04 before them or without; or SPKI as PEM.
        pub key: Option<Exactly>,
        /// The signer's certificate (X.509, PEM or base64), in place of the key.
        pub certificate: Option<Exactly>,
        /// The certificates of the issuers, from the signer's upward; the last is the one that the host trusts.
        pub chain: Vec<Exactly>,
        /// What the host knows about revocation.
        pub revocation: Option<Revocation>,
    }
}

/// The certificate page of a letter; nothing when it does not exist on the day.
///
/// # Errors
/// As [`SignatureQuery::answer`], for a key that is given.
pub fn certificate_page<'a>(
    registry: &RegistryView<'a>,
    letters: &LettersView<'a>,
    (ledger, letter): (&'a str, &str),
    keys: &[SignerKey],
) -> Result<Option<CertificatePage<'a>>> {
    let Some(letter) = letters.named(letter) else {
        return Ok(None);
    };
    let signings = letters.letters().signings_of(letter.key, letters.when().known);
    let mut signatures = Vec::with_capacity(signings.len());
    for (amendment, line, signing) in signings {
        if signing.on > letters.when().day {
            continue;
        }
        let mut certified = certified(registry, &letter, (amendment, line, signing));
        let statement = letters.statement_of(registry, &letter, ledger, (amendment, signing));
        let key = keys.iter().find(|key| key.post == certified.post);
        if let (Some(key), Some(statement)) = (key, statement)
            && let Some(query) = key.about(signing, statement.statement)
        {
            certified.own = Some(query.answer()?);
        }
        signatures.push(certified);
    }
    signatures.sort_by_key(|signature| (signature.on, signature.line));
    let posts = &registry.registry().posts;
    let missing = letter.signatories().into_iter().filter(|post| {
        let mut given = letter.signatures.iter();
        !given.any(|signing| signing.post == *post)
    });
    Ok(Some(CertificatePage {
        ledger,
        position: letters.when().known,
        day: letters.when().day,
        letter: letter.id,
        title: letter.title(),
        period: letter.period(),
        state: letter.state,
        text: letter.letter.text,
        issuers: letter.issuers().iter().map(|side| party_line(registry, side)).collect(),
        receivers: letter
            .receivers()
            .iter()
            .map(|side| party_line(registry, side))
            .collect(),
        manifestations: manifestations(registry, &letter),
        signatures,
        missing: missing.map(|post| posts.id(post)).collect(),
        course: course(registry, &letter),
        findings: super::checks::of_one(registry, letters, &letter),
    }))
}

fn certified<'a>(
    registry: &RegistryView<'a>,
    letter: &LetterView<'a>,
    (amendment, line, signing): (Option<&'a str>, Position, &'a Signing),
) -> CertifiedSignature<'a> {
    let proof = signing.proof.as_ref();
    let electronic = proof.and_then(|proof| proof.electronic.as_ref());
    let made = letter.verified(amendment, signing).into_iter();
    let tenures = registry.tenures(signing.post);
    CertifiedSignature {
        amendment,
        post: registry.registry().posts.id(signing.post),
        name: party_name(registry, super::PartyKey::Post(signing.post)),
        person: &signing.person,
        capacity: signing.capacity,
        tenure: tenures
            .iter()
            .find(|held| signing.is_covered_by(held))
            .map(|held| held.id),
        on: signing.on,
        line,
        manifestation: proof.and_then(|proof| proof.manifestation.as_deref()),
        over: electronic.map(|electronic| electronic.over),
        certificate: electronic.and_then(|electronic| electronic.certificate.as_ref()),
        verifications: made
            .map(|(happening, made)| VerificationLine {
                on: happening.on,
                line: happening.at,
                means: made.means,
                verifier: &made.verifier,
                report: &made.report,
                outcomes: &made.outcomes,
                certificate: made.certificate.as_ref(),
            })
            .collect(),
        own: None,
    }
}

fn manifestations<'a>(registry: &RegistryView<'a>, letter: &LetterView<'a>) -> Vec<ManifestationLine<'a>> {
    let mut lines: Vec<_> = letter
        .happenings
        .iter()
        .filter_map(|happening| match happening.event {
            Event::Manifested(one) => Some(ManifestationLine {
                manifestation: &one.id,
                amendment: one.amendment.as_deref(),
                form: one.form,
                file: &one.file,
                declared_by: party_name(registry, one.by),
                person: one.person.as_deref(),
                on: happening.on,
                line: happening.at,
                text: &one.text,
            }),
            _ => None,
        })
        .collect();
    lines.sort_by_key(|line| line.line);
    lines
}

fn course<'a>(registry: &RegistryView<'a>, letter: &LetterView<'a>) -> Vec<HappeningLine<'a>> {
    let told = letter.happenings.iter().filter(|happening| {
        matches!(
            happening.event,
            Event::Amended(_)
                | Event::Succeeded { .. }
                | Event::PartySucceeded { .. }
                | Event::Suspended { .. }
                | Event::Resumed
                | Event::Withdrawn { .. }
                | Event::Voided { .. }
        )
    });
    told.map(|happening| HappeningLine {
        on: happening.on,
        line: happening.at,
        what: what(registry, happening.event),
    })
    .collect()
}

impl SignerKey {
    /// The question about a signature over its statement; nothing when it is none.
    fn about(&self, signing: &Signing, statement: String) -> Option<SignatureQuery> {
        let electronic = signing.proof.as_ref()?.electronic.as_ref()?;
        let value = electronic
            .value
            .clone()
            .filter(|_| electronic.over == SignedOver::Statement)?;
        Some(SignatureQuery {
            key: self.key.clone(),
            certificate: self.certificate.clone(),
            chain: self.chain.clone(),
            revocation: self.revocation.clone(),
            user_id: electronic.user_id.clone(),
            message: Some(Exactly(statement)),
            content: None,
            signature: Exactly(value),
            signed: Some(signing.on),
        })
    }
}
