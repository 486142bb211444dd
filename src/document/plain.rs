//! Finding what a string must escape.

/// The same byte in each of eight places.
const fn eight(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many bytes come before the first one that does not stand for itself in a JSON string: a quote, a backslash or a
/// control character. `None` when every byte does. Eight bytes are looked at together.
pub(super) fn plain_length(bytes: &[u8]) -> Option<usize> {
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let marks = marks(u64::from_le_bytes(*word));
        if marks != 0 {
            let byte = usize::try_from(marks.trailing_zeros() >> 3).ok()?;
            return Some(number.saturating_mul(8).saturating_add(byte));
        }
    }
    let before = bytes.len().saturating_sub(rest.len());
    rest.iter()
        .position(|byte| matches!(byte, 0..0x20 | b'"' | b'\\'))
        .map(|at| before.saturating_add(at))
}

/// The highest bit of each byte that needs an escape. Behind the first such byte a mark may be wrong, because a
/// subtraction borrows; the lowest mark is right.
fn marks(word: u64) -> u64 {
    let zero = |word: u64| word.wrapping_sub(eight(1)) & !word;
    let control = word.wrapping_sub(eight(b' ')) & !word;
    (control | zero(word ^ eight(b'"')) | zero(word ^ eight(b'\\'))) & eight(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_that_needs_an_escape_is_found_wherever_it_stands() {
        for special in 0..=u8::MAX {
            for filler in [b'a', b'!', b'#', b'[', b' ', 0x80, 0xFF] {
                for length in 0..20 {
                    let mut bytes = vec![filler; length];
                    assert_eq!(plain_length(&bytes), None);
                    for at in 0..length {
                        bytes[at] = special;
                        let slow = bytes
                            .iter()
                            .position(|byte| *byte < b' ' || *byte == b'"' || *byte == b'\\');
                        assert_eq!(plain_length(&bytes), slow);
                        bytes[at] = filler;
                    }
                }
            }
        }
    }
}
