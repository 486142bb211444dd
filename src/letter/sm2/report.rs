//! What is said of a signature: four parts, each on its own, and never more than was looked at.

use serde::Serialize;

use super::query::{Revocation, SignatureQuery};
use crate::calendar::Date;
use crate::error::Result;
use crate::letter::proof::CertificateName;
#[cfg(feature = "sign")]
use crate::letter::verified::Outcome;
use crate::letter::verified::Outcomes;

/// What this library works out about one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    /// The words signature_report.
    pub kind: &'static str,
    /// The number 1.
    pub format: u32,
    /// Who verified: this library, with its version.
    pub verifier: String,
    /// The four parts.
    #[serde(flatten)]
    pub outcomes: Outcomes,
    /// Why a part does not hold, in Chinese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The user id that was taken.
    pub user_id: String,
    /// e = SM3(Z‖M), 64 hexadecimal digits.
    pub e: String,
    /// The certificate of the key, when it came from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<CertificateName>,
    /// The day of signing that validity was held to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed: Option<Date>,
    /// Where the host says that revocation was looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation_source: Option<Revocation>,
    /// What that means, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Verifies, in a build that can.
#[cfg(not(feature = "sign"))]
pub(super) fn verified(_: &SignatureQuery) -> Result<SignatureReport> {
    Err(super::chain::without_sign())
}

/// Verifies, in a build that can.
#[cfg(feature = "sign")]
pub(super) fn verified(query: &SignatureQuery) -> Result<SignatureReport> {
    use super::query::{key_of, message_of};
    use super::{SignatureValue, UserId, bytes, chain, signing_digest, verify};

    let key = key_of(query.key.as_ref(), query.certificate.as_ref())?;
    let value = SignatureValue::read(&query.signature.0).map_err(|unfit| unfit.at("/signature"))?;
    let user_id = UserId::told(query.user_id.as_deref()).map_err(|unfit| unfit.at("/user_id"))?;
    let message = message_of(query.message.as_ref(), query.content.as_ref())?;
    let e = signing_digest(&key, &user_id, &message).e;
    let mut reasons = Vec::new();
    let holds = |holds: bool| Some(if holds { Outcome::Holds } else { Outcome::Fails });
    let fits = verify::fits(&key, &bytes::unhex(&e).unwrap_or_default(), &value);
    if !fits {
        reasons.push("签名值与所给内容、公钥、用户标识不相符".to_owned());
    }
    let seen = chain::seen(query)?;
    reasons.extend(seen.reasons);
    let outcomes = Outcomes {
        mathematics: holds(fits),
        chain: seen.chain,
        validity: seen.validity,
        revocation: query.revocation.as_ref().map(|told| told.outcome),
    };
    let (zh, en) = words(&outcomes);
    Ok(SignatureReport {
        kind: "signature_report",
        format: 1,
        verifier: format!("zeren {}", env!("CARGO_PKG_VERSION")),
        outcomes,
        reasons,
        user_id: user_id.text().to_owned(),
        e,
        certificate: seen.name,
        signed: query.signed,
        revocation_source: query.revocation.clone(),
        zh,
        en,
    })
}

/// How far the answer reaches. It speaks of numbers and certificates; what follows in law, it leaves to others.
#[cfg(feature = "sign")]
fn words(outcomes: &Outcomes) -> (String, String) {
    let zh = format!("{}。以上仅为技术核验结果，不构成对签署效力的法律认定。", outcomes.zh());
    let said = |outcome: Option<Outcome>| outcome.unwrap_or(Outcome::NotChecked).word().replace('_', " ");
    let en = format!(
        "signature value: {}; chain: {}; validity at the time of signing: {}; revocation: {}. This is a technical result and no statement of law.",
        said(outcomes.mathematics),
        said(outcomes.chain),
        said(outcomes.validity),
        said(outcomes.revocation)
    );
    (zh, en)
}
