//! SM3 digests (GB/T 32905-2016).

use std::fmt::Write;

use sm3::{Digest, Sm3};

/// The SM3 digest of some bytes, as 64 lower-case hexadecimal digits.
///
/// ```
/// assert_eq!(zeren::document::sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
/// ```
pub fn sm3_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sm3::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// Whether the text is a digest as [`sm3_hex`] writes it.
pub fn is_sm3_hex(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
