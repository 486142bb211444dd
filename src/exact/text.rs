//! How exact numbers are read and written.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;
use serde::{Serialize, Serializer};

use super::{Exact, Mode, Rounding};
use crate::document::{Cursor, NumberText, Read, Shape, Value};

/// The longest text of a number, in bytes.
const MAX_TEXT: usize = 1_000;
/// A decimal with more places than this is written as a ratio.
const MAX_PLACES: u32 = 18;

impl Exact {
    /// The number written `12`, `-2.50` or `257/3`; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        if denominator.starts_with('-') {
            return None;
        }
        decimal(numerator)?.checked_div(&decimal(denominator)?)
    }

    /// What a sheet prints: the exact form, and for a ratio its value to two places: `257/3(≈85.67)`.
    pub fn shown(&self) -> String {
        let exact = self.to_string();
        if !exact.contains('/') {
            return exact;
        }
        match Rounding::to_place(Mode::HalfUp, 2) {
            Some(rounding) => format!("{exact}(≈{})", rounding.round(self)),
            None => exact,
        }
    }
}

/// A decimal number without an exponent.
fn decimal(text: &str) -> Option<Exact> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = match unsigned.split_once('.') {
        None => (unsigned, ""),
        Some((_, "")) => return None,
        Some(split) => split,
    };
    if whole.is_empty() || ![whole, fraction].concat().bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: BigInt = [whole, fraction].concat().parse().ok()?;
    let number = Exact::big(digits, ten_to(u32::try_from(fraction.len()).ok()?))?;
    Some(if negative { -&number } else { number })
}

/// A power of ten.
pub(super) fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

impl From<&NumberText> for Exact {
    fn from(number: &NumberText) -> Self {
        // The plain form of a JSON number is always a decimal of ours.
        Exact::from_text(number.as_str()).unwrap_or(Exact::ZERO)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.parts();
        if denominator == BigInt::from(1) {
            return write!(f, "{numerator}");
        }
        let places = (1..=MAX_PLACES).find(|places| ten_to(*places).is_multiple_of(&denominator));
        let Some(places) = places else {
            return write!(f, "{numerator}/{denominator}");
        };
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, rest) = (numerator.magnitude() * ten_to(places).magnitude() / denominator.magnitude())
            .div_rem(ten_to(places).magnitude());
        debug_assert!(!rest.is_zero());
        let width = usize::try_from(places).unwrap_or(0);
        write!(f, "{sign}{whole}.{rest:0>width$}", rest = rest.to_string())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Always text, so that no reader makes a float of it.
impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A JSON number, or text such as `"257/3"`.
impl Read for Exact {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Number(number) => Some(Exact::from(number)),
            Value::Text(text) => Exact::from_text(text).or_else(|| {
                at.problem(
                    "exact.not_a_number",
                    format!("“{text}”不是数，应写作 12、2.5 或 \"257/3\""),
                    format!("\"{text}\" is not a number; write 12, 2.5 or \"257/3\""),
                )
            }),
            _ => at.expected("数字", "a number"),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Number,
            || {
                Shape::Pattern(
                    "exact number, 2.5 or 257/3",
                    "^-?[0-9]+([.][0-9]+)?(/[0-9]+([.][0-9]+)?)?$",
                )
            },
        ])
    }
}
