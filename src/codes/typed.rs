//! From what people type to what is meant.

use crate::document::Cursor;
use crate::error::{Error, ErrorKind, Finding, Result};

/// The half-width twin of a full-width character (U+FF01 to U+FF5E) or of the ideographic space; others stay.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => u32::from(character)
            .checked_sub(0xfee0)
            .and_then(char::from_u32)
            .unwrap_or(character),
        _ => character,
    }
}

/// White space, and the marks without width that come along when text is copied from a page.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A code as typed, in its plain form: half-width, upper case, without blanks and hyphens.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|character| !is_blank(*character) && !matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

/// The code in its plain form when it has one of these lengths, else a refusal that states both.
pub(super) fn of_length(text: &str, name: (&str, &str), lengths: &[usize]) -> Result<String> {
    let plain = plain(text);
    let found = plain.chars().count();
    if lengths.contains(&found) {
        return Ok(plain);
    }
    let lengths: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    let (hint_zh, hint_en) = match found {
        6 => ("；6 位的通常是行政区划代码", "; six are usually a division code"),
        9 => ("；9 位的通常是组织机构代码", "; nine are usually an organisation code"),
        15 => (
            "；15 位的通常是旧的营业执照注册号",
            "; fifteen are usually an old business licence number",
        ),
        18 => (
            "；18 位的通常是统一社会信用代码",
            "; eighteen are usually a unified social credit code",
        ),
        _ => (
            "，请对照证书补全或更正",
            "; complete or correct it from the certificate",
        ),
    };
    Err(refuse(Finding::error(
        "codes.wrong_length",
        "",
        format!("{}应为 {} 位，实际为 {found} 位{hint_zh}", name.0, lengths.join("、")),
        format!(
            "a {} has {} characters, this one has {found}{hint_en}",
            name.1,
            lengths.join(" or ")
        ),
    )))
}

/// That the character at this position (counted from 1) cannot stand there, with the one it is often mistaken for.
pub(super) fn forbidden(position: usize, character: char, rule: (&str, &str)) -> Finding {
    let likely = match character {
        'I' | 'L' => Some('1'),
        'O' | 'Q' => Some('0'),
        'S' => Some('5'),
        'V' => Some('U'),
        'Z' => Some('2'),
        _ => None,
    };
    let (hint_zh, hint_en) = match likely {
        Some(likely) => (
            format!("，是否应为“{likely}”？请对照证书更正"),
            format!("; is it \"{likely}\"? Correct it from the certificate"),
        ),
        None => (
            "，请对照证书更正".to_owned(),
            "; correct it from the certificate".to_owned(),
        ),
    };
    Finding::error(
        "codes.forbidden_character",
        "",
        format!("第 {position} 位“{character}”不能出现在此处：{}{hint_zh}", rule.0),
        format!(
            "character {position}, \"{character}\", cannot stand there: {}{hint_en}",
            rule.1
        ),
    )
}

/// That the last character is not the one that follows from the others.
pub(super) fn wrong_check(found: char, expected: char) -> Finding {
    Finding::error(
        "codes.wrong_check_digit",
        "",
        format!("校验码应为“{expected}”，实际为“{found}”：至少有一位抄错，请对照证书逐位核对"),
        format!(
            "the check digit should be \"{expected}\", not \"{found}\": at least one character is wrong; compare all of them with the certificate"
        ),
    )
}

/// A refusal for one reason.
pub(super) fn refuse(finding: Finding) -> Error {
    Error::one(ErrorKind::Document, finding)
}

/// Reads the text at a place of a document; what is wrong with it is told at that place.
pub(super) fn read_at<T>(at: &Cursor<'_>, parse: fn(&str) -> Result<T>) -> Option<T> {
    match parse(at.text()?) {
        Ok(value) => Some(value),
        Err(error) => {
            for finding in error.findings() {
                at.problems().push(finding.clone().at(at.pointer()));
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{half_width, plain};

    #[test]
    fn what_is_typed_becomes_plain() {
        assert_eq!(
            plain(" ９１１１ 0000-６０００３７３４１ｌ\u{feff}"),
            "91110000600037341L"
        );
        assert_eq!(plain("60003734－1"), "600037341");
        assert_eq!(half_width('～'), '~');
        assert_eq!(half_width('中'), '中');
    }
}
