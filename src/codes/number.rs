//! The number of a document (发文字号).

use std::fmt;

use serde::{Serialize, Serializer};

use super::typed::{half_width, is_blank, read_at, refuse};
use crate::document::{Cursor, Read, Shape};
use crate::error::{Finding, Result};

const OPENING: &[char] = &['〔', '［', '[', '【', '(', '（', '﹝', '〖'];
const CLOSING: &[char] = &['〕', '］', ']', '】', ')', '）', '﹞', '〗'];

/// The number of an official document: the agency's word (机关代字), the year and the serial number (GB/T 9704-2012).
///
/// However the brackets were typed, it is kept and shown with 〔〕; a number is unique per agency and year. A leading 第
/// and leading zeros, which the standard does not use, are read and dropped.
///
/// ```
/// use zeren::codes::DocumentNumber;
/// let number = DocumentNumber::parse("川府发[2012] 17号").unwrap();
/// assert_eq!(number.to_string(), "川府发〔2012〕17号");
/// assert_eq!((number.agency(), number.year(), number.serial()), ("川府发", 2012, 17));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    agency: String,
    year: u16,
    serial: u32,
}
crate::document::kept!(struct DocumentNumber { agency, year, serial });

impl DocumentNumber {
    /// Reads a number as typed.
    ///
    /// # Errors
    /// `codes.document_number_form` when it is not agency, year in brackets, serial number and 号;
    /// `codes.document_number_agency` when the agency's word is missing, longer than 40 characters or not letters;
    /// `codes.document_number_year` for a year that is not four digits from 1900 to 2999;
    /// `codes.document_number_serial` for a serial number outside 1 to 999,999.
    pub fn parse(text: &str) -> Result<Self> {
        // Brackets inside the agency's word stay as they are: only letters and digits change their width.
        let plain: String = text
            .chars()
            .filter(|character| !is_blank(*character))
            .map(|character| match half_width(character) {
                half if half.is_ascii_alphanumeric() => half,
                _ => character,
            })
            .collect();
        let (agency, year, serial) = plain
            .strip_suffix('号')
            .and_then(|rest| rest.rsplit_once(CLOSING))
            .and_then(|(front, serial)| Some((front.rsplit_once(OPENING)?, serial)))
            .map(|((agency, year), serial)| (agency, year, serial))
            .ok_or_else(|| {
                refuse(Finding::error(
                    "codes.document_number_form",
                    "",
                    "发文字号应由机关代字、年份、发文顺序号组成，写作“川府发〔2012〕17号”",
                    "a document number is agency, year in brackets, serial number and 号; write it as 川府发〔2012〕17号",
                ))
            })?;
        Ok(DocumentNumber {
            agency: agency_word(agency)?,
            year: four_digit_year(year)?,
            serial: serial_number(serial.strip_prefix('第').unwrap_or(serial))?,
        })
    }

    /// The agency's word, for example 川府发.
    pub fn agency(&self) -> &str {
        &self.agency
    }

    /// The year in the brackets, 1900 to 2999. An assessment of one year is often papered in the next.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The serial number within agency and year, 1 to 999,999.
    pub fn serial(&self) -> u32 {
        self.serial
    }
}

fn agency_word(text: &str) -> Result<String> {
    let is_word = |character: char| {
        character.is_alphanumeric() || "·-—、".contains(character) || [OPENING, CLOSING].concat().contains(&character)
    };
    let length = text.chars().take(41).count();
    if (1..=40).contains(&length) && text.chars().all(is_word) && text.chars().any(char::is_alphabetic) {
        return Ok(text.to_owned());
    }
    Err(refuse(Finding::error(
        "codes.document_number_agency",
        "",
        "发文字号缺少机关代字，或者机关代字超过 40 字、含有文字以外的符号，应写作“川府发〔2012〕17号”",
        "the agency's word of the document number is missing, over 40 characters or not letters; write it as 川府发〔2012〕17号",
    )))
}

fn four_digit_year(text: &str) -> Result<u16> {
    let digits = text.len() == 4 && text.bytes().all(|digit| digit.is_ascii_digit());
    match text.parse() {
        Ok(year @ 1900..=2999) if digits => Ok(year),
        _ => Err(refuse(Finding::error(
            "codes.document_number_year",
            "",
            "发文字号括号内应为四位年份，例如〔2012〕",
            "the brackets of a document number hold a year of four digits, such as 〔2012〕",
        ))),
    }
}

fn serial_number(text: &str) -> Result<u32> {
    let digits = text.len() <= 20 && text.bytes().all(|digit| digit.is_ascii_digit());
    match text.parse() {
        Ok(serial @ 1..=999_999) if digits => Ok(serial),
        _ => Err(refuse(Finding::error(
            "codes.document_number_serial",
            "",
            "发文字号的顺序号应为 1 至 999999 的阿拉伯数字，例如 17号",
            "the serial number of a document number is a whole number from 1 to 999999, such as 17号",
        ))),
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.agency, self.year, self.serial)
    }
}

impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Read for DocumentNumber {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        read_at(at, DocumentNumber::parse)
    }
    fn shape() -> Shape {
        Shape::Text("document number, 川府发〔2012〕17号 (GB/T 9704)")
    }
}

#[cfg(test)]
mod tests {
    use super::DocumentNumber;
    use crate::document::{Value, parse, read};

    #[test]
    fn every_vector_is_read_and_shown_with_the_right_brackets() {
        let document = parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
        let Some(Value::List(rows)) = document.at("/document_numbers") else {
            panic!("no rows")
        };
        assert_eq!(rows.len(), 4);
        for row in rows {
            let number = DocumentNumber::parse(row.get("text").unwrap().as_text().unwrap()).unwrap();
            let agency = row.get("agency").unwrap().as_text().unwrap();
            assert_eq!(number.agency(), agency);
            let figure = |name: &str| match row.get(name) {
                Some(Value::Number(figure)) => figure.to_i64().unwrap(),
                other => panic!("{other:?}"),
            };
            assert_eq!(i64::from(number.year()), figure("year"));
            assert_eq!(i64::from(number.serial()), figure("serial"));
            let shown = format!("{agency}〔{}〕{}号", figure("year"), figure("serial"));
            assert_eq!(number.to_string(), shown);
            assert_eq!(DocumentNumber::parse(&shown).unwrap(), number);
        }
    }

    #[test]
    fn every_way_of_typing_it_is_the_same_number() {
        for text in [
            "川府发〔2012〕17号",
            "川府发［２０１２］１７号",
            "川府发[2012]17号",
            "川府发【2012】17号",
            "川府发(2012)17号",
            "川府发（2012）17 号",
            "川府发﹝2012﹞第17号",
            "\u{3000}川府发〔 2012 〕 017号 ",
            "川府发〔2012]17号",
        ] {
            assert_eq!(
                DocumentNumber::parse(text).unwrap().to_string(),
                "川府发〔2012〕17号",
                "{text}"
            );
        }
    }

    #[test]
    fn the_agency_may_hold_brackets_and_letters_of_its_own() {
        let number = DocumentNumber::parse("Ａ市委办（试行）[2020]3号").unwrap();
        assert_eq!(number.to_string(), "A市委办（试行）〔2020〕3号");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, code) in [
            ("", "codes.document_number_form"),
            ("川府发〔2012〕17", "codes.document_number_form"),
            ("川府发2012年17号", "codes.document_number_form"),
            ("〔2012〕17号", "codes.document_number_agency"),
            ("川\"府〔2012〕17号", "codes.document_number_agency"),
            ("川府发〔12〕17号", "codes.document_number_year"),
            ("川府发〔+201〕17号", "codes.document_number_year"),
            ("川府发〔0201〕17号", "codes.document_number_year"),
            ("川府发〔2012〕号", "codes.document_number_serial"),
            ("川府发〔2012〕0号", "codes.document_number_serial"),
            ("川府发〔2012〕十七号", "codes.document_number_serial"),
            ("川府发〔2012〕+17号", "codes.document_number_serial"),
            ("川府发〔2012〕1000000号", "codes.document_number_serial"),
        ] {
            assert_eq!(DocumentNumber::parse(text).unwrap_err().code(), code, "{text}");
        }
        let error = read::<Vec<DocumentNumber>>("[\"川府发〔2012〕17号\", \"x\"]".as_bytes()).unwrap_err();
        assert_eq!(error.findings()[0].pointer.as_deref(), Some("/1"));
    }
}
