//! A certificate (X.509) as it is read here.

use x509_cert::Certificate as Read;
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::der::{Decode, Encode};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::time::Time;

use super::{PublicKey, SignatureValue, Unfit, UserId, bytes, signing_digest, verify};
use crate::calendar::Date;
use crate::document::sm3_hex;
use crate::letter::proof::CertificateName;

/// SM2 with SM3 (GM/T 0006).
const SM2_WITH_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");

/// A certificate with its bytes.
pub(super) struct Certificate {
    read: Read,
    bytes: Vec<u8>,
}

impl Certificate {
    /// Reads a certificate in PEM, base64 or hexadecimal digits. Bytes that are not the one DER form are refused: the
    /// digest would bind something else than what was read.
    pub(super) fn read(text: &str) -> Result<Self, Unfit> {
        let text = text.trim();
        let bytes = bytes::unpem(text, "CERTIFICATE")
            .or_else(|| bytes::unhex(text))
            .or_else(|| bytes::unbase64(text));
        let read = bytes.and_then(|bytes| {
            let read = Read::from_der(&bytes).ok()?;
            (read.to_der().ok()? == bytes).then_some(Certificate { read, bytes })
        });
        read.ok_or_else(|| {
            unfit(
                "不是 X.509 证书（PEM、base64 或十六进制的 DER）",
                "no X.509 certificate (PEM, or DER in base64 or hexadecimal)",
            )
        })
    }

    /// Its name, which is all that is kept of it.
    pub(super) fn name(&self) -> CertificateName {
        let own = self.read.tbs_certificate();
        CertificateName {
            issuer: own.issuer().to_string(),
            serial: bytes::hex(own.serial_number().as_bytes()),
            sm3: sm3_hex(&self.bytes),
        }
    }

    /// Its key.
    pub(super) fn key(&self) -> Result<PublicKey, Unfit> {
        let spki = self.read.tbs_certificate().subject_public_key_info().to_der().ok();
        spki.and_then(|spki| PublicKey::of(&spki))
            .ok_or_else(|| unfit("证书中的公钥不是 SM2 公钥", "the key of the certificate is no SM2 key"))
    }

    /// The days on which it is valid, by the days of Beijing.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let validity = self.read.tbs_certificate().validity();
        Some((day(validity.not_before)?, day(validity.not_after)?))
    }

    /// Whether its key is for signatures; a certificate that says nothing of it allows everything.
    pub(super) fn may_sign(&self) -> bool {
        match self.read.tbs_certificate().get_extension::<KeyUsage>() {
            Ok(usage) => usage.is_none_or(|(_, usage)| usage.digital_signature() || usage.non_repudiation()),
            Err(_) => false,
        }
    }

    /// Whether it may issue certificates with so many issuers between it and the signer.
    pub(super) fn may_issue(&self, between: usize) -> bool {
        let own = self.read.tbs_certificate();
        let usage = own.get_extension::<KeyUsage>();
        let issues = usage.is_ok_and(|usage| usage.is_none_or(|(_, usage)| usage.key_cert_sign()));
        let issuer = match own.get_extension::<BasicConstraints>() {
            Ok(Some((_, limits))) => {
                let room = limits.path_len_constraint.map(usize::from);
                limits.ca && room.is_none_or(|room| between <= room)
            }
            _ => false,
        };
        issues && issuer
    }

    /// Whether it has a critical extension that is not looked at here.
    pub(super) fn says_more(&self) -> bool {
        let known = [KeyUsage::OID, BasicConstraints::OID, ExtendedKeyUsage::OID];
        let extensions = self.read.tbs_certificate().extensions();
        extensions
            .into_iter()
            .flatten()
            .any(|extension| extension.critical && !known.contains(&extension.extn_id))
    }

    /// Whether the issuer's key signed it, and it names the issuer.
    pub(super) fn is_signed_by(&self, issuer: &Certificate) -> bool {
        let own = self.read.tbs_certificate();
        if own.issuer() != issuer.read.tbs_certificate().subject()
            || self.read.signature_algorithm().oid != SM2_WITH_SM3
            || own.signature() != self.read.signature_algorithm()
        {
            return false;
        }
        let value = self.read.signature().as_bytes().and_then(SignatureValue::of);
        let (Some(value), Ok(key), Ok(signed)) = (value, issuer.key(), own.to_der()) else {
            return false;
        };
        let e = signing_digest(&key, &UserId::usual(), &signed).e;
        verify::fits(&key, &bytes::unhex(&e).unwrap_or_default(), &value)
    }
}

/// The day in Beijing, eight hours ahead of the certificate's own time.
fn day(time: Time) -> Option<Date> {
    let told = time.to_date_time();
    let day = Date::new(told.year(), told.month(), told.day())?;
    Some(if told.hour() >= 16 { day.next() } else { day })
}

fn unfit(zh: &str, en: &str) -> Unfit {
    Unfit {
        code: "letter.not_a_certificate",
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}
