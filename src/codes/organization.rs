//! The organisation code (组织机构代码).

use std::fmt;

use serde::{Serialize, Serializer};

use super::typed::{forbidden, of_length, read_at, refuse, wrong_check};
use crate::document::{Cursor, Read, Shape};
use crate::error::{Error, ErrorKind, Result};

/// The weights of the eight characters before the check digit (GB 11714-1997).
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// An organisation code: eight characters and a check digit that holds (GB 11714-1997).
///
/// Its letters count A=10 to Z=35, all 26 of them: not the map of the unified social credit code (GB 32100-2015), in
/// which the nine characters stand at places 9 to 17. Written `60003734-1`, stored without the hyphen.
///
/// ```
/// use zeren::codes::OrganizationCode;
/// let code = OrganizationCode::parse("60003734-1").unwrap();
/// assert_eq!(code, OrganizationCode::parse("600037341").unwrap());
/// assert_eq!(code.as_str(), "600037341");
/// assert_eq!(code.to_string(), "60003734-1");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganizationCode([u8; 9]);

impl OrganizationCode {
    /// Reads a code as typed, with or without its hyphen.
    ///
    /// # Errors
    /// `codes.wrong_length`; `codes.forbidden_character` for every character that is no digit or letter, and for a
    /// check digit other than 0 to 9 and X; `codes.wrong_check_digit` with the one expected.
    pub fn parse(text: &str) -> Result<Self> {
        let plain = of_length(text, ("组织机构代码", "organisation code"), &[9])?;
        let mut wrong = Vec::new();
        for (position, character) in (1_usize..).zip(plain.chars()) {
            if position == 9 {
                if !character.is_ascii_digit() && character != 'X' {
                    let rule = ("校验码只能是数字或 X", "the check digit is a digit or X");
                    wrong.push(forbidden(position, character, rule));
                }
            } else if !character.is_ascii_alphanumeric() {
                let rule = (
                    "只用数字和大写字母（GB 11714）",
                    "only digits and letters are used (GB 11714)",
                );
                wrong.push(forbidden(position, character, rule));
            }
        }
        if !wrong.is_empty() {
            return Err(Error::new(ErrorKind::Document, wrong));
        }
        match (check_digit(&plain), plain.chars().last()) {
            (Some(expected), Some(found)) if expected != found => Err(refuse(wrong_check(found, expected))),
            _ => Ok(OrganizationCode(
                plain.bytes().collect::<Vec<_>>().try_into().unwrap_or([b'0'; 9]),
            )),
        }
    }

    /// The nine characters, without a hyphen.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether the code lies in the range that users may assign themselves, PDY00001 to PDY99999: for a unit that
    /// was never issued a code.
    pub fn is_self_assigned(&self) -> bool {
        self.as_str()
            .strip_prefix("PDY")
            .and_then(|rest| rest.get(..5))
            .is_some_and(|number| number != "00000" && number.bytes().all(|digit| digit.is_ascii_digit()))
    }
}

/// The check digit that follows from the first eight characters; `None` when one is no digit or letter.
fn check_digit(code: &str) -> Option<char> {
    let sum = code.chars().zip(WEIGHTS).try_fold(0_u32, |sum, (character, weight)| {
        // Base 36 is exactly the map of the standard: 0 to 9, A=10 to Z=35.
        Some(sum.saturating_add(character.to_digit(36)?.saturating_mul(weight)))
    })?;
    match 11_u32.saturating_sub(sum.rem_euclid(11)) {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

impl fmt::Display for OrganizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (body, check) = self.as_str().split_at_checked(8).unwrap_or_default();
        write!(f, "{body}-{check}")
    }
}

impl fmt::Debug for OrganizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for OrganizationCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Read for OrganizationCode {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        read_at(at, OrganizationCode::parse)
    }
    fn shape() -> Shape {
        Shape::Text("organisation code, 9 characters (GB 11714)")
    }
}

#[cfg(test)]
mod tests {
    use super::{OrganizationCode, WEIGHTS, check_digit};
    use crate::document::{Value, parse, read};

    #[test]
    fn every_vector_holds_and_every_other_check_digit_is_refused() {
        let document = parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
        let Some(Value::List(rows)) = document.at("/organization_code") else {
            panic!("no rows")
        };
        assert_eq!(rows.len(), 6);
        for row in rows {
            let body = row.get("body").unwrap().as_text().unwrap();
            let check = row.get("check").unwrap().as_text().unwrap();
            for digit in "0123456789X".chars() {
                let parsed = OrganizationCode::parse(&format!("{body}-{digit}"));
                if digit.to_string() == check {
                    assert_eq!(parsed.unwrap().to_string(), format!("{body}-{check}"));
                } else {
                    let error = parsed.unwrap_err();
                    assert_eq!(error.code(), "codes.wrong_check_digit");
                    assert!(error.findings()[0].zh.contains(&format!("应为“{check}”")));
                }
            }
        }
    }

    /// A published tutorial counts the letters by the map of GB 32100, which leaves out I, O, S, V and Z.
    #[test]
    fn letters_count_by_the_map_of_this_standard() {
        let others = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        let by_other_map: usize = "MA1G4L1W"
            .chars()
            .zip(WEIGHTS)
            .map(|(symbol, weight)| others.find(symbol).unwrap() * weight as usize)
            .sum();
        assert_eq!((by_other_map, 11 - by_other_map % 11), (542, 8));
        assert_eq!(check_digit("MA1G4L1W"), Some('0'));
        assert_eq!(
            OrganizationCode::parse("MA1G4L1W8").unwrap_err().code(),
            "codes.wrong_check_digit"
        );
    }

    #[test]
    fn problems_name_the_character() {
        let error = read::<OrganizationCode>(r#""6000 中734-A""#.as_bytes()).unwrap_err();
        let told: Vec<_> = error.findings().iter().map(|finding| finding.code).collect();
        assert_eq!(told, ["codes.forbidden_character"; 2]);
        assert!(error.findings()[0].zh.contains("第 5 位“中”"));
        let long = OrganizationCode::parse("91110000600037341L").unwrap_err();
        assert!(long.findings()[0].zh.contains("统一社会信用代码"));
    }

    #[test]
    fn the_range_that_users_may_assign_is_known() {
        let code = |body: &str| OrganizationCode::parse(&format!("{body}{}", check_digit(body).unwrap())).unwrap();
        assert!(code("PDY00001").is_self_assigned());
        assert!(code("PDY99999").is_self_assigned());
        assert!(!code("PDY00000").is_self_assigned());
        assert!(!code("60003734").is_self_assigned());
    }
}
