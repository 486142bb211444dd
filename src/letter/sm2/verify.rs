//! The mathematics: whether a value fits e and a key.

use sm2::dsa::signature::hazmat::PrehashVerifier;
use sm2::dsa::{Signature, VerifyingKey};

use super::{PublicKey, SignatureValue};

/// Whether the value fits; it does not when the key is no point of the curve or a number is out of range.
pub(super) fn fits(key: &PublicKey, e: &[u8], value: &SignatureValue) -> bool {
    let point = [&[4], &key.coordinates()[..]].concat();
    // The id goes into e, so it plays no part here.
    let key = VerifyingKey::from_sec1_bytes("", &point);
    let value = Signature::from_slice(value.bytes());
    match (key, value) {
        (Ok(key), Ok(value)) => key.verify_prehash(e, &value).is_ok(),
        _ => false,
    }
}
