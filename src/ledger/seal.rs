//! How a line is sealed: its last member is the SM3 digest of all the bytes before that member.

use crate::document::sm3_hex;

/// Between what is sealed and the digest.
const SEAM: &str = ",\"digest\":\"";
/// What closes a sealed line.
const END: &str = "\"}";

/// Seals an object that is not closed yet: its text up to the last member, without the closing brace.
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

/// The digest of a sealed line, 64 hexadecimal digits.
pub(super) fn digest(text: &str) -> &str {
    text.strip_suffix(END)
        .and_then(|text| text.get(text.len().saturating_sub(64)..))
        .unwrap_or("")
}
