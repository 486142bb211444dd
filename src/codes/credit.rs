//! The unified social credit code (统一社会信用代码).

use std::fmt;

use serde::{Serialize, Serializer};

use super::typed::{forbidden, of_length, read_at, refuse, wrong_check};
use super::{DivisionCode, OrganizationCode, registrar};
use crate::document::{Cursor, Read, Shape};
use crate::error::{Error, ErrorKind, Finding, Result};

/// The 31 symbols in the order of their values: without I, O, S, V and Z (GB 32100-2015, table 2).
const SYMBOLS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Powers of three modulo 31 (GB 32100-2015, 17 weights).
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// A unified social credit code: 18 characters whose check digit holds (GB 32100-2015).
///
/// Registering department (1), category (1), division of the registering authority (6 digits, GB/T 2260), organisation
/// code (9, GB 11714), check digit (1). Party and government organs begin with 11, public institutions with 12.
///
/// ```
/// use zeren::codes::CreditCode;
/// let code = CreditCode::parse("９１１１ 0000 6000 3734 1l").unwrap();
/// assert_eq!(code.as_str(), "91110000600037341L");
/// assert_eq!(code.category_zh(), Some("企业"));
/// let error = CreditCode::parse("91310115MA1G4L1WXK").unwrap_err();
/// assert_eq!(error.code(), "codes.wrong_check_digit");
/// assert!(error.findings()[0].zh.contains("应为“7”"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

impl CreditCode {
    /// Reads a code as typed: full-width, lower case, blanks and hyphens are understood.
    ///
    /// # Errors
    /// `codes.wrong_length`; `codes.forbidden_character` for every character outside the alphabet (I, O, S, V, Z are
    /// told with the likely one, but never replaced) and for a division that is not six digits;
    /// `codes.wrong_check_digit` with the one expected. An unknown department or category is no error:
    /// see [`CreditCode::findings`].
    pub fn parse(text: &str) -> Result<Self> {
        let plain = of_length(text, ("统一社会信用代码", "unified social credit code"), &[18])?;
        let mut wrong = Vec::new();
        for (position, character) in (1_usize..).zip(plain.chars()) {
            if (3..=8).contains(&position) && !character.is_ascii_digit() {
                let rule = (
                    "第 3 至 8 位是行政区划代码，只能是数字",
                    "characters 3 to 8 are a division code of digits",
                );
                wrong.push(forbidden(position, character, rule));
            } else if !SYMBOLS.contains(character) {
                let rule = (
                    "只用数字和除 I、O、S、V、Z 以外的大写字母（GB 32100-2015）",
                    "only digits and letters other than I, O, S, V, Z are used (GB 32100-2015)",
                );
                wrong.push(forbidden(position, character, rule));
            }
        }
        if !wrong.is_empty() {
            return Err(Error::new(ErrorKind::Document, wrong));
        }
        match (check_digit(&plain), plain.chars().last()) {
            (Some(expected), Some(found)) if expected != found => Err(refuse(wrong_check(found, expected))),
            _ => Ok(CreditCode(
                plain.bytes().collect::<Vec<_>>().try_into().unwrap_or([b'0'; 18]),
            )),
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The character of the registering department (登记管理部门), for example `1` for 机构编制.
    pub fn department(&self) -> char {
        self.symbol(0)
    }

    /// The registering department, when the standard lists it.
    pub fn department_zh(&self) -> Option<&'static str> {
        registrar::department(self.department())
    }

    /// The character of the category (机构类别). Its meaning depends on the department.
    pub fn category(&self) -> char {
        self.symbol(1)
    }

    /// The category, when the standard lists it under this department.
    pub fn category_zh(&self) -> Option<&'static str> {
        registrar::category(self.department(), self.category())
    }

    /// The division of the authority that registered the body (登记管理机关行政区划). It is neither the body's
    /// address nor its superior.
    pub fn division(&self) -> DivisionCode {
        DivisionCode::of_digits(self.part(2, 8))
    }

    /// The nine characters of the organisation code (主体标识码).
    pub fn organization_part(&self) -> &str {
        self.part(8, 17)
    }

    /// The organisation code, when its own check digit holds, as it should.
    pub fn organization(&self) -> Option<OrganizationCode> {
        OrganizationCode::parse(self.organization_part()).ok()
    }

    /// What is unusual about a code that is formed correctly, as warnings about the code: `codes.unknown_category`
    /// and `codes.organization_part`. Never a reason to refuse it: departments are added and practice runs ahead.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.category_zh().is_none() {
            let (department, category) = (self.department(), self.category());
            findings.push(Finding::warning(
                "codes.unknown_category",
                format!("登记管理部门“{department}”、机构类别“{category}”不在 GB 32100-2015 的列表内，请核对"),
                format!("department \"{department}\" with category \"{category}\" is not listed in GB 32100-2015; please check"),
            ));
        }
        if self.organization().is_none() {
            let part = self.organization_part();
            findings.push(Finding::warning(
                "codes.organization_part",
                format!("主体标识码“{part}”自身的校验码不符合 GB 11714，请核对"),
                format!("the organisation code \"{part}\" inside has a check digit of its own that does not hold (GB 11714); please check"),
            ));
        }
        findings
            .into_iter()
            .map(|finding| finding.about(self.as_str()))
            .collect()
    }

    fn symbol(&self, index: usize) -> char {
        self.0.get(index).copied().map_or('0', char::from)
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.as_str().get(from..to).unwrap_or_default()
    }
}

/// The check digit that follows from the first 17 symbols; `None` when one of them is not a symbol.
fn check_digit(code: &str) -> Option<char> {
    let sum = code.chars().zip(WEIGHTS).try_fold(0_usize, |sum, (symbol, weight)| {
        Some(sum.saturating_add(SYMBOLS.find(symbol)?.saturating_mul(weight)))
    })?;
    // 31 minus a remainder of nothing is 31, which stands for 0.
    let value = 31_usize.saturating_sub(sum.rem_euclid(31)).rem_euclid(31);
    SYMBOLS.chars().nth(value)
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CreditCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Read for CreditCode {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        read_at(at, CreditCode::parse)
    }
    fn shape() -> Shape {
        Shape::Text("unified social credit code, 18 characters (GB 32100-2015)")
    }
}

impl crate::document::Keep for CreditCode {
    fn keep(&self, to: &mut crate::document::Keeper) {
        to.raw(&self.0);
    }
    fn kept(from: &mut crate::document::Kept<'_>) -> Option<Self> {
        from.array().map(CreditCode)
    }
}

#[cfg(test)]
mod tests {
    use super::{CreditCode, SYMBOLS};
    use crate::document::{Value, parse, read};

    fn vectors(pointer: &str) -> Vec<Value> {
        let document = parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
        match document.at(pointer) {
            Some(Value::List(rows)) => rows.clone(),
            other => panic!("{pointer}: {other:?}"),
        }
    }

    #[test]
    fn every_valid_vector_is_read_without_a_finding() {
        let rows = vectors("/unified_social_credit_code/valid");
        assert_eq!(rows.len(), 14);
        for row in rows {
            let code = CreditCode::parse(row.as_text().unwrap()).unwrap();
            assert_eq!(code.as_str(), row.as_text().unwrap());
            assert_eq!(code.findings(), [], "{code}");
        }
    }

    #[test]
    fn every_invalid_vector_is_refused_with_the_expected_check_digit() {
        for row in vectors("/unified_social_credit_code/invalid") {
            let text = row.get("code").unwrap().as_text().unwrap();
            let expected = row.get("expected_check").unwrap().as_text().unwrap();
            let error = CreditCode::parse(text).unwrap_err();
            assert_eq!(error.code(), "codes.wrong_check_digit");
            assert!(error.findings()[0].zh.contains(&format!("校验码应为“{expected}”")));
        }
    }

    #[test]
    fn the_alphabet_is_that_of_the_vectors() {
        let document = parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
        let alphabet = document.at("/unified_social_credit_code/alphabet").unwrap();
        assert_eq!(alphabet.as_text(), Some(SYMBOLS));
    }

    #[test]
    fn every_single_substitution_and_every_swap_of_neighbours_is_detected() {
        let valid: Vec<char> = "91110000600037341L".chars().collect();
        let (mut tried, mut swapped) = (0, 0);
        for position in 0..18 {
            for symbol in SYMBOLS.chars().filter(|symbol| *symbol != valid[position]) {
                let mut other = valid.clone();
                other[position] = symbol;
                assert!(
                    CreditCode::parse(&other.iter().collect::<String>()).is_err(),
                    "{other:?}"
                );
                tried += 1;
            }
            if position < 17 && valid[position] != valid[position + 1] {
                let mut other = valid.clone();
                other.swap(position, position + 1);
                assert!(
                    CreditCode::parse(&other.iter().collect::<String>()).is_err(),
                    "{other:?}"
                );
                swapped += 1;
            }
        }
        assert_eq!((tried, swapped), (18 * 30, 10));
    }

    /// The check digit alone does it, without the rule that a division is digits.
    #[test]
    fn the_check_digit_detects_letters_in_the_division_too() {
        let valid = "91110000600037341L";
        for position in 2..8 {
            for symbol in SYMBOLS.chars().filter(|symbol| !symbol.is_ascii_digit()) {
                let mut other: Vec<char> = valid.chars().collect();
                other[position] = symbol;
                let other: String = other.iter().collect();
                assert_ne!(super::check_digit(&other), Some('L'), "{other}");
            }
        }
    }

    #[test]
    fn parts_are_told_apart() {
        let code = CreditCode::parse("9144030071526726XG").unwrap();
        assert_eq!((code.department(), code.department_zh()), ('9', Some("工商")));
        assert_eq!((code.category(), code.category_zh()), ('1', Some("企业")));
        assert_eq!(code.division().as_str(), "440300");
        assert_eq!(code.organization_part(), "71526726X");
        assert_eq!(code.organization().unwrap().to_string(), "71526726-X");
        let organ = CreditCode::parse("11000000000000019Q").unwrap();
        assert_eq!(
            (organ.department_zh(), organ.category_zh()),
            (Some("机构编制"), Some("机关"))
        );
    }

    #[test]
    fn forbidden_letters_are_told_with_a_hint_all_at_once() {
        let error = read::<CreditCode>(br#""9111OOOO60003734IZ""#).unwrap_err();
        let told: Vec<_> = error.findings().iter().map(|finding| finding.code).collect();
        assert_eq!(told, ["codes.forbidden_character"; 6]);
        assert_eq!(error.findings()[0].pointer.as_deref(), Some(""));
        for (finding, hint) in error.findings().iter().zip(["0", "0", "0", "0", "1", "2"]) {
            assert!(finding.zh.contains(&format!("是否应为“{hint}”")), "{}", finding.zh);
        }
        for (letter, hint) in [("S", "5"), ("V", "U")] {
            let error = CreditCode::parse(&format!("9111000060003734{letter}L")).unwrap_err();
            assert!(error.findings()[0].en.contains(&format!("is it \"{hint}\"?")));
        }
    }

    #[test]
    fn a_wrong_length_says_what_it_may_be() {
        for (text, hint) in [
            ("71526726X", "组织机构代码"),
            ("440301103097413", "注册号"),
            ("", "实际为 0 位"),
        ] {
            let error = CreditCode::parse(text).unwrap_err();
            assert_eq!(error.code(), "codes.wrong_length");
            assert!(error.findings()[0].zh.contains(hint));
        }
    }

    #[test]
    fn what_the_tables_do_not_know_is_only_a_warning() {
        // A department B does not exist, and the organisation part has a check digit that does not hold.
        let body = "B9000000000000018";
        let code = format!("{body}{}", super::check_digit(body).unwrap());
        let code = CreditCode::parse(&code).unwrap();
        assert_eq!((code.department_zh(), code.category_zh()), (None, None));
        let told: Vec<_> = code.findings().into_iter().map(|finding| finding.code).collect();
        assert_eq!(told, ["codes.unknown_category", "codes.organization_part"]);
    }
}
