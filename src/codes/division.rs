//! Codes of administrative divisions (行政区划代码).

use std::fmt;

use serde::{Serialize, Serializer};

use super::typed::{forbidden, of_length, read_at};
use crate::document::{Cursor, Read, Shape};
use crate::error::{self, Error, ErrorKind, Finding};

crate::choice! {
    /// What the seventh to ninth digit say about a division below the county (GB/T 10114-2003).
    pub enum Township {
        /// 001 to 099.
        Street = "street" "街道",
        /// 100 to 199.
        Town = "town" "镇",
        /// 200 to 399.
        Township = "township" "乡",
        /// 400 to 599: an enterprise that does a government's work.
        Enterprise = "enterprise" "政企合一单位",
    }
}

crate::choice! {
    /// What the tenth to twelfth digit say about a community or village (statistical division codes).
    pub enum Village {
        /// 001 to 199.
        Residents = "residents" "居民委员会",
        /// 200 to 399.
        Villagers = "villagers" "村民委员会",
        /// 400 to 499.
        LikeResidents = "like_residents" "类似居民委员会",
        /// 500 to 599.
        LikeVillagers = "like_villagers" "类似村民委员会",
    }
}

/// The code of an administrative division: six digits for a county or above (GB/T 2260), nine with the street, town or
/// township (GB/T 10114), twelve with the community or village (statistics).
///
/// There is no check digit, so only length and digits are checked. **Nothing here gives a superior**: codes are issued
/// anew every year, prefecture-level cities may have no counties, and development zones often have no code at all.
/// Where it matters which year's edition is meant, use [`Division`].
///
/// ```
/// use zeren::codes::{DivisionCode, Township, Village};
/// let code = DivisionCode::parse("220581 102 202").unwrap();
/// assert_eq!(code.as_str(), "220581102202");
/// assert_eq!(code.county_part(), "220581");
/// assert_eq!(code.township(), Some(Township::Town));
/// assert_eq!(code.village(), Some(Village::Villagers));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(String);
crate::document::kept!(struct DivisionCode(a));

impl DivisionCode {
    /// Reads a code of six, nine or twelve digits as typed.
    ///
    /// # Errors
    /// `codes.wrong_length`; `codes.forbidden_character` for every character that is no digit.
    pub fn parse(text: &str) -> error::Result<Self> {
        let plain = of_length(text, ("行政区划代码", "division code"), &[6, 9, 12])?;
        let wrong: Vec<Finding> = (1_usize..)
            .zip(plain.chars())
            .filter(|(_, character)| !character.is_ascii_digit())
            .map(|(position, character)| forbidden(position, character, ("只用数字", "only digits are used")))
            .collect();
        if wrong.is_empty() {
            Ok(DivisionCode(plain))
        } else {
            Err(Error::new(ErrorKind::Document, wrong))
        }
    }

    /// The six digits inside another code, which has checked them.
    pub(super) fn of_digits(digits: &str) -> Self {
        DivisionCode(digits.to_owned())
    }

    /// All digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first six digits (GB/T 2260), for comparing with another code of the same edition.
    pub fn county_part(&self) -> &str {
        self.part(0, 6)
    }

    /// What the segment of the seventh to ninth digit means; `None` when there is none, when it is 000 (filled up), or
    /// when it lies beyond what GB/T 10114 assigns.
    pub fn township(&self) -> Option<Township> {
        match self.number(6, 9)? {
            1..=99 => Some(Township::Street),
            100..=199 => Some(Township::Town),
            200..=399 => Some(Township::Township),
            400..=599 => Some(Township::Enterprise),
            _ => None,
        }
    }

    /// What the segment of the tenth to twelfth digit means; `None` when there is none, when it is 000 (filled up), or
    /// when it lies beyond what is assigned.
    pub fn village(&self) -> Option<Village> {
        match self.number(9, 12)? {
            1..=199 => Some(Village::Residents),
            200..=399 => Some(Village::Villagers),
            400..=499 => Some(Village::LikeResidents),
            500..=599 => Some(Village::LikeVillagers),
            _ => None,
        }
    }

    /// What is unusual about the code, as warnings about it: `codes.unknown_segment` for a segment beyond what is
    /// assigned, `codes.empty_segment` for digits behind a segment of zeros. Never a reason to refuse it.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (from, to) in [(6_usize, 9_usize), (9, 12)] {
            if self.number(from, to).is_some_and(|segment| segment > 599) {
                let segment = self.part(from, to);
                findings.push(Finding::warning(
                    "codes.unknown_segment",
                    format!("行政区划代码中的“{segment}”不在已分配的号段（001 至 599）内，请核对"),
                    format!(
                        "\"{segment}\" in the division code lies beyond the assigned segments 001 to 599; please check"
                    ),
                ));
            }
        }
        let segments = [(0, 2), (2, 4), (4, 6), (6, 9), (9, 12)].map(|(from, to)| self.number(from, to));
        let after_empty = segments
            .iter()
            .zip(segments.iter().skip(1))
            .any(|(upper, lower)| *upper == Some(0) && lower.is_some_and(|lower| lower > 0));
        if after_empty {
            findings.push(Finding::warning(
                "codes.empty_segment",
                "行政区划代码中上一级为零而下一级不为零，请核对",
                "a segment of the division code is zero, but the one after it is not; please check",
            ));
        }
        findings.into_iter().map(|finding| finding.about(&self.0)).collect()
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.0.get(from..to).unwrap_or_default()
    }

    fn number(&self, from: usize, to: usize) -> Option<u16> {
        self.0.get(from..to)?.parse().ok()
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for DivisionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Read for DivisionCode {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        read_at(at, DivisionCode::parse)
    }
    fn shape() -> Shape {
        Shape::Text("division code of 6, 9 or 12 digits (GB/T 2260, GB/T 10114, statistics)")
    }
}

/// A division code with the year of the edition that it comes from, when that is known.
///
/// In a document either the bare code, `"220581"`, or `{"code": "220581", "edition": 2022}`.
///
/// ```
/// use zeren::codes::Division;
/// let division: Division = zeren::document::read(br#"{"code": "220581", "edition": 2022}"#).unwrap();
/// assert_eq!(division.to_string(), "220581（2022年版）");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Division {
    /// The code.
    pub code: DivisionCode,
    /// The year of the edition, 1980 (the first edition of GB/T 2260) to 9999.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<u16>,
}

crate::record! {
    /// A division code and the year of its edition.
    pub struct DivisionEdition {
        /// The code.
        pub code: DivisionCode,
        /// The year of the edition that it comes from, from 1980.
        pub edition: Option<u32>,
    }
}

impl Read for Division {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if !at.is_object() {
            return DivisionCode::read(at).map(|code| Division { code, edition: None });
        }
        let DivisionEdition { code, edition } = DivisionEdition::read(at)?;
        let Some(year) = edition else {
            return Some(Division { code, edition: None });
        };
        match u16::try_from(year) {
            Ok(year) if (1980..=9999).contains(&year) => Some(Division {
                code,
                edition: Some(year),
            }),
            _ => at.fields()?.cursor("edition")?.problem(
                "codes.no_such_edition",
                format!("区划代码版本年份 {year} 无效，应为 1980 至 9999 之间的年份"),
                format!("{year} is no edition of division codes; give a year from 1980 to 9999"),
            ),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[DivisionCode::shape, DivisionEdition::shape])
    }
}

impl fmt::Display for Division {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        match self.edition {
            Some(year) => write!(f, "（{year}年版）"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Division, DivisionCode, Township, Village};
    use crate::document::read;

    #[test]
    fn segments_have_their_classes() {
        let rows = [
            ("220581102001", Some(Township::Town), Some(Village::Residents)),
            ("220581102202", Some(Township::Town), Some(Village::Villagers)),
            ("654203500500", Some(Township::Enterprise), Some(Village::LikeVillagers)),
            ("110101001", Some(Township::Street), None),
            ("110101099", Some(Township::Street), None),
            ("110101200", Some(Township::Township), None),
            ("110101399", Some(Township::Township), None),
            ("110101400", Some(Township::Enterprise), None),
            ("110101600", None, None),
            ("110101000000", None, None),
            ("110101001400", Some(Township::Street), Some(Village::LikeResidents)),
            ("110101", None, None),
        ];
        for (text, township, village) in rows {
            let code = DivisionCode::parse(text).unwrap();
            assert_eq!((code.township(), code.village()), (township, village), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_refused_and_what_is_unusual_is_told() {
        let error = read::<DivisionCode>(br#""22O58l""#).unwrap_err();
        assert_eq!(error.findings().len(), 2);
        assert!(error.findings()[0].zh.contains("第 3 位“O”"));
        assert_eq!(DivisionCode::parse("2205811").unwrap_err().code(), "codes.wrong_length");
        let told = |text: &str| -> Vec<_> {
            let code = DivisionCode::parse(text).unwrap();
            code.findings().into_iter().map(|finding| finding.code).collect()
        };
        assert_eq!(told("220581102202"), [""; 0]);
        assert_eq!(told("220581000000"), [""; 0]);
        assert_eq!(told("220581600777"), ["codes.unknown_segment"; 2]);
        assert_eq!(told("220581000001"), ["codes.empty_segment"]);
        assert_eq!(told("220081"), ["codes.empty_segment"]);
    }

    #[test]
    fn the_edition_stands_beside_the_code() {
        let bare: Division = read("\"２２０５８１\"".as_bytes()).unwrap();
        assert_eq!((bare.code.as_str(), bare.edition), ("220581", None));
        let error = read::<Division>(br#"{"code": "220581", "edition": 202}"#).unwrap_err();
        assert_eq!(error.code(), "codes.no_such_edition");
        assert_eq!(error.findings()[0].pointer.as_deref(), Some("/edition"));
    }
}
