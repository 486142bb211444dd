//! Strings and the names of members: where they stand, and what their escapes mean.

use super::Parser;
use crate::document::plain::plain_length;
use crate::document::written::Kind;
use crate::error::Result;

impl Parser<'_> {
    /// The length of the string here, when it holds no escape.
    fn plain(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at.checked_add(1)?..)?;
        let length = plain_length(rest)?;
        (rest.get(length) == Some(&b'"')).then_some(length)
    }

    /// A string or a name. One without escapes stays where it stands, of another one the meaning is put aside.
    pub(super) fn string(&mut self) -> Result<()> {
        let from = self.at.saturating_add(1);
        if let Some(length) = self.plain() {
            let to = from.saturating_add(length);
            self.put(Kind::Text, from, to);
            self.at = to.saturating_add(1);
            return Ok(());
        }
        self.loose = self.loose.saturating_add(1);
        self.at = from;
        let from = self.aside.len();
        loop {
            let rest = self.rest();
            let Some(stop) = plain_length(rest.as_bytes()) else {
                return Err(self.syntax("字符串缺少右引号", "the string is not closed"));
            };
            let (plain, stopped) = rest.split_at_checked(stop).unwrap_or((rest, ""));
            self.aside.push_str(plain);
            let byte = stopped.bytes().next();
            self.at = self.at.saturating_add(stop);
            match byte {
                Some(b'"') => {
                    self.at = self.at.saturating_add(1);
                    self.put(Kind::TextAside, from, self.aside.len());
                    return Ok(());
                }
                Some(b'\\') => {
                    let character = self.escape()?;
                    self.aside.push(character);
                }
                _ => {
                    return Err(self.syntax(
                        "字符串中有未转义的控制字符",
                        "a control character in a string must be escaped",
                    ));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char> {
        self.at = self.at.saturating_add(1);
        let plain = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.syntax("未知的转义符", "unknown escape")),
        };
        self.at = self.at.saturating_add(1);
        Ok(plain)
    }

    /// `\uXXXX`, a surrogate pair included; a lone surrogate is no character.
    fn unicode(&mut self) -> Result<char> {
        let first = self.unit()?;
        let code = match first {
            0xD800..=0xDBFF => {
                let low = if self.eat(b'\\') && self.peek() == Some(b'u') {
                    self.unit()?
                } else {
                    0
                };
                if !(0xDC00..=0xDFFF).contains(&low) {
                    return Err(self.syntax("\\u 代理对不完整", "incomplete surrogate pair"));
                }
                0x10000_u32
                    .saturating_add(first.saturating_sub(0xD800).saturating_mul(0x400))
                    .saturating_add(low.saturating_sub(0xDC00))
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| self.syntax("\\u 代理对不完整", "incomplete surrogate pair"))
    }

    /// The four hexadecimal digits behind a `u`.
    fn unit(&mut self) -> Result<u32> {
        self.at = self.at.saturating_add(1);
        let digits = self
            .rest()
            .get(..4)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.syntax(
                "\\u 之后应为四位十六进制数",
                "four hexadecimal digits are expected after \\u",
            ));
        };
        self.at = self.at.saturating_add(4);
        Ok(unit)
    }
}
