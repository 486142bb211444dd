//! Texts sealed as lines are: the last member is the SM3 digest of all the bytes before that member.

use super::line::{END, SEAM};
use crate::document::sm3_hex;

/// Seals an object that is not closed yet: its text up to the last member, without the closing brace.
///
/// ```
/// use zeren::ledger::{seal, unseal};
/// let sealed = seal("{\"number\":1".to_owned());
/// let (object, digest) = unseal(&sealed).unwrap();
/// assert_eq!((object.as_str(), digest.len()), ("{\"number\":1}", 64));
/// assert_eq!(unseal(&sealed.replace('1', "2")), None);
/// ```
pub fn seal(mut open: String) -> String {
    let digest = sm3_hex(open.as_bytes());
    open.push_str(SEAM);
    open.push_str(&digest);
    open.push_str(END);
    open
}

/// The object without its digest, closed again, and the digest; nothing when the bytes are not those that were sealed.
pub fn unseal(text: &str) -> Option<(String, &str)> {
    let sealed = text.strip_suffix(END)?;
    let (rest, digest) = sealed.split_at_checked(sealed.len().checked_sub(64)?)?;
    let open = rest.strip_suffix(SEAM)?;
    (sm3_hex(open.as_bytes()) == digest).then(|| ([open, "}"].concat(), digest))
}
