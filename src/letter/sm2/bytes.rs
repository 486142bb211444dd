//! Bytes in text: hexadecimal digits, base64, PEM.

use std::fmt::Write;

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(
        String::with_capacity(bytes.len().saturating_mul(2)),
        |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        },
    )
}

/// The bytes of hexadecimal digits of either case; nothing when the text is anything else.
pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| match pair {
            [high, low] => Some((high << 4) | low),
            _ => None,
        })
        .collect()
}

/// The bytes of base64 (RFC 4648, section 4) with its padding; white space between is passed over.
///
/// One text for each content: bits that belong to no byte must be zero.
pub(super) fn unbase64(text: &str) -> Option<Vec<u8>> {
    let signs: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let body = signs.strip_suffix(b"==").or_else(|| signs.strip_suffix(b"="));
    let body = body.unwrap_or(&signs);
    if !signs.len().is_multiple_of(4) {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(signs.len()), 0_u32, 0_u32);
    for sign in body {
        let six = match sign {
            b'A'..=b'Z' => sign.checked_sub(b'A')?,
            b'a'..=b'z' => sign.checked_sub(b'a')?.checked_add(26)?,
            b'0'..=b'9' => sign.checked_sub(b'0')?.checked_add(52)?,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits = bits.saturating_add(6);
        if bits >= 8 {
            bits = bits.saturating_sub(8);
            bytes.push(u8::try_from(held >> bits).ok()?);
            held &= (1_u32 << bits).saturating_sub(1);
        }
    }
    (held == 0 && bits < 6).then_some(bytes)
}

/// The bytes in the first PEM block of this label (RFC 7468), such as `PUBLIC KEY`.
pub(super) fn unpem(text: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    unbase64(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_one_way() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("Zg==", b"f"),
            ("Zm8=", b"fo"),
            ("Zm9v", b"foo"),
            ("Zm9v\nYg==", b"foob"),
        ] {
            assert_eq!(unbase64(text).as_deref(), Some(bytes), "{text}");
        }
        for text in ["Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm9v=", "====", "Zg==Zg==", "Z*=="] {
            assert_eq!(unbase64(text), None, "{text}");
        }
    }

    #[test]
    fn hexadecimal_digits_come_in_pairs() {
        assert_eq!(unhex("00fFa1"), Some(vec![0, 255, 161]));
        assert_eq!((unhex("0"), unhex("0g")), (None, None));
        assert_eq!(hex(&[0, 255, 161]), "00ffa1");
    }
}
