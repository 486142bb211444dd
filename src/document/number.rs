//! The text of a JSON number, in plain form.

use std::fmt;

use serde::{Serialize, Serializer};

/// The longest number that a document may hold, in characters of its plain form.
const MAX_PLAIN: usize = 64;

/// A JSON number as text: a sign, digits, perhaps a point and more digits; no exponent, no needless zeros.
///
/// Kept as text because binary floating point would change it: `0.1` stays one tenth.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NumberText(Box<str>);

impl NumberText {
    /// The plain form of a number that follows the JSON grammar; `None` when it would be longer than 64 characters.
    pub(super) fn from_json(text: &str) -> Option<Self> {
        if text.len() <= MAX_PLAIN && is_plain_whole(text) {
            return Some(NumberText(text.into()));
        }
        let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
            None => (unsigned, 0_i64),
            Some(at) => {
                let (mantissa, marked) = unsigned.split_at(at);
                (mantissa, marked.get(1..)?.parse::<i16>().ok().map(i64::from)?)
            }
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.len().saturating_add(fraction.len()) > MAX_PLAIN.saturating_mul(4) {
            return None;
        }
        let digits: String = [whole, fraction].concat();
        if digits.bytes().all(|digit| digit == b'0') {
            return Some(NumberText("0".into()));
        }
        // The point stands after this many of the digits.
        let point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let (whole, fraction) = match usize::try_from(point) {
            Err(_) => {
                let zeros = usize::try_from(point.checked_neg()?)
                    .ok()
                    .filter(|zeros| *zeros <= MAX_PLAIN)?;
                (String::new(), "0".repeat(zeros) + &digits)
            }
            Ok(point) if point <= digits.len() => {
                let (whole, fraction) = digits.split_at(point);
                (whole.to_owned(), fraction.to_owned())
            }
            Ok(point) => {
                let zeros = point.checked_sub(digits.len()).filter(|zeros| *zeros <= MAX_PLAIN)?;
                (digits + &"0".repeat(zeros), String::new())
            }
        };
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let mut plain = String::new();
        if negative {
            plain.push('-');
        }
        plain.push_str(if whole.is_empty() { "0" } else { whole });
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
        }
        (plain.len() <= MAX_PLAIN).then(|| NumberText(plain.into()))
    }

    /// A number whose text is in plain form already.
    pub(super) fn plain(text: &str) -> Self {
        NumberText(text.into())
    }

    /// The plain form: `-?digits(.digits)?`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as a whole number, when it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

/// Whether a number that follows the JSON grammar is whole and in plain form.
fn is_plain_whole(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    text != "-0" && digits.bytes().all(|byte| byte.is_ascii_digit())
}

impl From<i64> for NumberText {
    fn from(number: i64) -> Self {
        NumberText(number.to_string().into())
    }
}

impl fmt::Display for NumberText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// As text: no reader of the output may make a float of it.
impl Serialize for NumberText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

crate::document::kept!(struct NumberText(text));

#[cfg(test)]
mod tests {
    use super::NumberText;

    #[test]
    fn numbers_take_their_plain_form() {
        for (text, plain) in [
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("12.50", "12.5"),
            ("1e2", "100"),
            ("1.25E-2", "0.0125"),
            ("-120e-1", "-12"),
            ("0.000e9", "0"),
            ("1000", "1000"),
        ] {
            assert_eq!(NumberText::from_json(text).unwrap().as_str(), plain, "{text}");
        }
    }

    #[test]
    fn a_number_bomb_is_no_number() {
        for text in ["1e65", "1e-65", "1e999999999", "1e32767", &"9".repeat(65)] {
            assert_eq!(NumberText::from_json(text), None, "{text}");
        }
    }
}
