//! What certificates say: the key, the chain to an issuer whom the host trusts, validity on the day of signing.

use super::PublicKey;
use super::query::Exactly;
use crate::error::Result;
#[cfg(feature = "sign")]
pub(super) use with_certificates::{key_of, seen};

/// The key of a certificate, in a build that reads none.
#[cfg(not(feature = "sign"))]
pub(super) fn key_of(_: &Exactly) -> Result<PublicKey> {
    Err(without_sign())
}

/// Says that this build does not verify.
#[cfg(not(feature = "sign"))]
pub(super) fn without_sign() -> crate::error::Error {
    use crate::error::{Error, ErrorKind, Finding};
    let zh = "本程序库编译时未启用 sign，不能验证签名或读取证书；请使用启用 sign 的版本，或记录外部验证结果";
    let en = "built without sign: this library verifies no signatures and reads no certificates; use a build with the feature sign, or record a verification made elsewhere";
    Error::one(
        ErrorKind::Unsupported,
        Finding::error("letter.built_without_sign", "", zh, en),
    )
}

#[cfg(feature = "sign")]
mod with_certificates {
    use super::super::certificate::Certificate;
    use super::super::query::SignatureQuery;
    use super::{Exactly, PublicKey, Result};
    use crate::letter::proof::CertificateName;
    use crate::letter::verified::Outcome;

    /// What was seen of a signer's certificate; without one nothing was checked.
    #[derive(Default)]
    pub(in super::super) struct Seen {
        pub(in super::super) name: Option<CertificateName>,
        pub(in super::super) chain: Option<Outcome>,
        pub(in super::super) validity: Option<Outcome>,
        pub(in super::super) reasons: Vec<String>,
    }

    /// The key of a certificate.
    pub(in super::super) fn key_of(certificate: &Exactly) -> Result<PublicKey> {
        let read = Certificate::read(&certificate.0);
        let key = read.and_then(|read| read.key());
        key.map_err(|unfit| unfit.at("/certificate"))
    }

    /// Looks at the certificates of a question.
    pub(in super::super) fn seen(query: &SignatureQuery) -> Result<Seen> {
        let Some(own) = &query.certificate else {
            return Ok(Seen::default());
        };
        let own = Certificate::read(&own.0).map_err(|unfit| unfit.at("/certificate"))?;
        let mut issuers = Vec::with_capacity(query.chain.len());
        for (index, issuer) in query.chain.iter().enumerate() {
            let read = Certificate::read(&issuer.0);
            issuers.push(read.map_err(|unfit| unfit.at(&format!("/chain/{index}")))?);
        }
        let mut seen = Seen {
            name: Some(own.name()),
            ..Seen::default()
        };
        if !issuers.is_empty() {
            let broken = broken(&own, &issuers);
            seen.chain = Some(outcome(broken.is_empty()));
            seen.reasons.extend(broken);
        }
        if let Some(day) = query.signed {
            let mut all = vec![(&own, "签名证书".to_owned())];
            let above = issuers.iter().enumerate();
            all.extend(above.map(|(index, issuer)| (issuer, format!("第 {} 级签发者证书", index.saturating_add(1)))));
            let outside: Vec<String> = all
                .into_iter()
                .filter_map(|(certificate, what)| {
                    let days = certificate.days();
                    let holds = days.is_some_and(|(from, to)| from <= day && day <= to);
                    (!holds).then(|| match days {
                        Some((from, to)) => format!("{what}有效期为{}至{}，不含签署日{}", from.zh(), to.zh(), day.zh()),
                        None => format!("{what}的有效期无法识别"),
                    })
                })
                .collect();
            seen.validity = Some(outcome(outside.is_empty()));
            seen.reasons.extend(outside);
        }
        Ok(seen)
    }

    fn outcome(holds: bool) -> Outcome {
        if holds { Outcome::Holds } else { Outcome::Fails }
    }

    /// Why the chain does not hold: from the signer up, each signed by the next, each but the first an issuer.
    fn broken(own: &Certificate, issuers: &[Certificate]) -> Vec<String> {
        let mut why = Vec::new();
        if !own.may_sign() {
            why.push("签名证书的密钥用途不含数字签名或抗抵赖".to_owned());
        }
        let below = std::iter::once(own).chain(issuers);
        for (index, (certificate, issuer)) in below.zip(issuers).enumerate() {
            let level = index.saturating_add(1);
            if !certificate.is_signed_by(issuer) {
                why.push(format!("第 {level} 级签发者证书没有签发其下一级证书"));
            }
            if !issuer.may_issue(index) {
                why.push(format!("第 {level} 级证书不具备签发证书的资格或路径过长"));
            }
        }
        if std::iter::once(own).chain(issuers).any(Certificate::says_more) {
            why.push("证书含有本程序库不认识的关键扩展".to_owned());
        }
        why
    }
}
