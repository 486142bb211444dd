//! SM3 digests (GB/T 32905-2016).

use std::fmt::{self, Write};

use serde::{Serialize, Serializer};
use sm3::{Digest, Sm3};

/// The SM3 digest of some bytes, as 64 lower-case hexadecimal digits.
///
/// ```
/// assert_eq!(zeren::document::sm3_hex(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
/// ```
pub fn sm3_hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    hex.extend(Sm3Digest::of(bytes).digits());
    hex
}

/// An SM3 digest, in 32 bytes.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sm3Digest([u8; 32]);

impl Sm3Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Sm3Digest(Sm3::digest(bytes).into())
    }

    fn digits(&self) -> impl Iterator<Item = char> {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        self.0
            .into_iter()
            .flat_map(move |byte| [digit(byte >> 4), digit(byte & 0xF)])
    }

    /// The digest written as [`sm3_hex`] writes it; `None` when the text is not one.
    ///
    /// ```
    /// use zeren::document::{Sm3Digest, sm3_hex};
    /// let hex = sm3_hex(b"abc");
    /// assert_eq!(Sm3Digest::from_hex(&hex).unwrap().to_string(), hex);
    /// assert_eq!(Sm3Digest::from_hex("abc"), None);
    /// ```
    pub fn from_hex(text: &str) -> Option<Self> {
        if !is_sm3_hex(text) {
            return None;
        }
        let mut bytes = [0; 32];
        let (pairs, _) = text.as_bytes().as_chunks::<2>();
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = (nibble(*high) << 4) | nibble(*low);
        }
        Some(Sm3Digest(bytes))
    }
}

impl fmt::Display for Sm3Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digits().try_for_each(|digit| f.write_char(digit))
    }
}

/// As its 64 digits.
impl Serialize for Sm3Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Debug for Sm3Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What a lower-case hexadecimal digit stands for.
fn nibble(digit: u8) -> u8 {
    if digit.is_ascii_digit() {
        digit.wrapping_sub(b'0')
    } else {
        digit.wrapping_sub(b'a').wrapping_add(10)
    }
}

/// Whether the text is a digest as [`sm3_hex`] writes it.
pub fn is_sm3_hex(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

impl super::Keep for Sm3Digest {
    fn keep(&self, to: &mut super::Keeper) {
        to.raw(&self.0);
    }
    fn kept(from: &mut super::Kept<'_>) -> Option<Self> {
        from.array().map(Sm3Digest)
    }
}
