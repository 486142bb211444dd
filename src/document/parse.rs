//! JSON text (RFC 8259) into a [`Value`] tree.
//!
//! `serde_json` reads documents too, but gives numbers as floats unless a feature that changes it for the host's whole
//! build is on, and keeps the last of duplicate keys in silence. So the reading is done here: without recursion, with
//! bounds that come before allocation, and held to `serde_json`'s verdict by a differential test.

use std::collections::BTreeSet;

use super::names::{Name, Names};
use super::plain::plain_length;
use super::{NumberText, Value};
use crate::error::{Error, ErrorKind, Finding, Result};

/// The longest document, in bytes (64 MiB).
pub const MAX_BYTES: usize = 64 << 20;
/// The deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 128;
/// The most values in one document.
pub const MAX_VALUES: usize = 8 << 20;

/// Reads JSON text (UTF-8, without a byte order mark).
///
/// # Errors
/// A document error that names the place: text that is not UTF-8 or not JSON stops the reading; duplicate keys and
/// numbers beyond 64 characters are all reported.
pub fn parse(bytes: &[u8]) -> Result<Value> {
    if bytes.len() > MAX_BYTES {
        return Err(refuse(
            "document.too_large",
            format!("文档超过 {MAX_BYTES} 字节上限，请拆分后分批提交"),
            format!("the document is over {MAX_BYTES} bytes; split it"),
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        refuse(
            "document.not_utf8",
            format!("第 {at} 字节处不是 UTF-8 编码，请先由 GB 18030 等编码转换为 UTF-8"),
            format!("byte {at} is not UTF-8; convert the text to UTF-8 first"),
        )
    })?;
    Parser {
        text,
        at: 0,
        values: 0,
        frames: Vec::new(),
        items: Vec::new(),
        members: Vec::new(),
        names: Names::default(),
        problems: Vec::new(),
    }
    .document()
}

fn refuse(code: &'static str, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Document, Finding::error(code, "", zh, en))
}

/// An array or object that is not closed yet. What it holds so far lies on the stacks of the [`Parser`], from `start` on.
enum Frame {
    List {
        start: usize,
    },
    Object {
        start: usize,
        /// The names so far, once they are out of order and too many to be looked through.
        names: BTreeSet<Name>,
        /// Whether each name so far came behind the one before it: then the last one tells whether a name is new.
        rising: bool,
        /// The name of the member that is being read; none before the first.
        name: Option<Name>,
    },
}

/// An object of more members than this keeps its names in a set.
const FEW: usize = 32;

/// Whether no member bears this name yet.
fn is_new(members: &[(Name, Value)], names: &mut BTreeSet<Name>, rising: &mut bool, name: &Name) -> bool {
    if *rising && members.last().is_none_or(|(last, _)| *last < *name) {
        return true;
    }
    *rising = false;
    if members.len() < FEW {
        return !members.iter().any(|(other, _)| *other == *name);
    }
    if names.is_empty() {
        names.extend(members.iter().map(|(name, _)| name.clone()));
    }
    names.insert(name.clone())
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    frames: Vec<Frame>,
    /// Items of the open arrays. A closed array takes its own off the end, in a list of just their number.
    items: Vec<Value>,
    /// Members of the open objects, likewise.
    members: Vec<(Name, Value)>,
    names: Names,
    problems: Vec<Finding>,
}

impl<'a> Parser<'a> {
    fn document(mut self) -> Result<Value> {
        if self.text.starts_with('\u{feff}') {
            return Err(refuse(
                "document.byte_order_mark",
                "文档开头有字节顺序标记（BOM），请保存为不带 BOM 的 UTF-8".into(),
                "the document begins with a byte order mark; save it as UTF-8 without one".into(),
            ));
        }
        let root = self.tree()?;
        self.space();
        if self.at < self.text.len() {
            return Err(self.syntax("文档结束后还有内容", "there is text after the end of the document"));
        }
        if self.problems.is_empty() {
            Ok(root)
        } else {
            Err(Error::new(ErrorKind::Document, self.problems))
        }
    }

    /// One value with everything inside it; a stack of frames stands in for recursion.
    fn tree(&mut self) -> Result<Value> {
        loop {
            // A value begins here; an opened array or object begins its first member, a closed one is a value.
            let mut done = self.begin()?;
            while let Some(value) = done {
                let Some(frame) = self.frames.last_mut() else {
                    return Ok(value);
                };
                match frame {
                    Frame::List { .. } => self.items.push(value),
                    Frame::Object {
                        start,
                        names,
                        rising,
                        name,
                    } => {
                        let name = name.take().unwrap_or_else(|| "".into());
                        let before = self.members.get(*start..).unwrap_or(&[]);
                        if is_new(before, names, rising, &name) {
                            self.members.push((name, value));
                        } else {
                            let pointer = self.pointer(&name);
                            self.problems.push(Finding::error(
                                "document.duplicate_key",
                                pointer,
                                format!("键“{name}”重复出现，请只保留一个"),
                                format!("key \"{name}\" occurs twice; keep one"),
                            ));
                        }
                    }
                }
                done = self.next_or_close()?;
            }
        }
    }

    /// Reads a scalar, or opens an array or object; an empty one is closed at once.
    fn begin(&mut self) -> Result<Option<Value>> {
        self.space();
        self.values = self.values.saturating_add(1);
        if self.values > MAX_VALUES {
            return Err(refuse(
                "document.too_many_values",
                format!("文档中的值超过 {MAX_VALUES} 个，请拆分后分批提交"),
                format!("the document holds more than {MAX_VALUES} values; split it"),
            ));
        }
        match self.peek() {
            Some(b'{') => {
                self.open(Frame::Object {
                    start: self.members.len(),
                    names: BTreeSet::new(),
                    rising: true,
                    name: None,
                })?;
                self.space();
                if self.eat(b'}') {
                    return Ok(self.close());
                }
                self.name()?;
                Ok(None)
            }
            Some(b'[') => {
                self.open(Frame::List {
                    start: self.items.len(),
                })?;
                self.space();
                Ok(if self.eat(b']') { self.close() } else { None })
            }
            Some(b'"') => self.string().map(|text| Some(Value::Text(text))),
            Some(b'-' | b'0'..=b'9') => self.number().map(Some),
            Some(b't') => self.word("true", Value::Bool(true)).map(Some),
            Some(b'f') => self.word("false", Value::Bool(false)).map(Some),
            Some(b'n') => self.word("null", Value::Null).map(Some),
            Some(_) => Err(self.syntax("此处应为一个值", "a value is expected here")),
            None => Err(self.syntax("文档没有写完", "the document ends too early")),
        }
    }

    /// After a member: a comma leads to the next one, a bracket closes the frame and makes it a value.
    fn next_or_close(&mut self) -> Result<Option<Value>> {
        self.space();
        let in_object = match self.frames.last() {
            None => return Ok(None),
            Some(frame) => matches!(frame, Frame::Object { .. }),
        };
        if self.eat(b',') {
            if in_object {
                self.space();
                self.name()?;
            }
            return Ok(None);
        }
        if self.eat(if in_object { b'}' } else { b']' }) {
            return Ok(self.close());
        }
        Err(match (self.peek(), in_object) {
            (None, _) => self.syntax("文档没有写完", "the document ends too early"),
            (_, true) => self.syntax("此处应为逗号或右花括号", "a comma or a closing brace is expected here"),
            (_, false) => self.syntax(
                "此处应为逗号或右方括号",
                "a comma or a closing bracket is expected here",
            ),
        })
    }

    fn open(&mut self, frame: Frame) -> Result<()> {
        if self.frames.len() >= MAX_DEPTH {
            let pointer = self.pointer_here();
            return Err(Error::one(
                ErrorKind::Document,
                Finding::error(
                    "document.too_deep",
                    pointer,
                    format!("嵌套超过 {MAX_DEPTH} 层"),
                    format!("nesting is deeper than {MAX_DEPTH}"),
                ),
            ));
        }
        self.at = self.at.saturating_add(1);
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self) -> Option<Value> {
        self.frames.pop().map(|frame| match frame {
            Frame::List { start } => Value::List(self.items.drain(start..).collect()),
            Frame::Object { start, .. } => Value::Object(self.members.drain(start..).collect()),
        })
    }

    /// The name of an object's next member, and the colon behind it.
    fn name(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax(
                "此处应为带双引号的键名",
                "a member name in double quotes is expected here",
            ));
        }
        let read = match self.plain() {
            Some(plain) => self.names.shared(plain),
            None => self.string()?.into(),
        };
        self.space();
        if !self.eat(b':') {
            return Err(self.syntax("键名之后应为冒号", "a colon is expected after the member name"));
        }
        if let Some(Frame::Object { name, .. }) = self.frames.last_mut() {
            *name = Some(read);
        }
        Ok(())
    }

    /// The string here, when it holds no escape.
    fn plain(&mut self) -> Option<&'a str> {
        let rest = self.text.get(self.at.checked_add(1)?..)?;
        let (plain, behind) = rest.split_at_checked(plain_length(rest.as_bytes())?)?;
        if !behind.starts_with('"') {
            return None;
        }
        self.at = self.at.saturating_add(plain.len()).saturating_add(2);
        Some(plain)
    }

    fn string(&mut self) -> Result<String> {
        if let Some(plain) = self.plain() {
            return Ok(plain.to_owned());
        }
        self.at = self.at.saturating_add(1);
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(stop) = plain_length(rest.as_bytes()) else {
                return Err(self.syntax("字符串缺少右引号", "the string is not closed"));
            };
            let (plain, stopped) = rest.split_at_checked(stop).unwrap_or((rest, ""));
            text.push_str(plain);
            let byte = stopped.bytes().next();
            self.at = self.at.saturating_add(stop);
            match byte {
                Some(b'"') => {
                    self.at = self.at.saturating_add(1);
                    return Ok(text);
                }
                Some(b'\\') => {
                    let character = self.escape()?;
                    text.push(character);
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

    fn number(&mut self) -> Result<Value> {
        let rest = self.rest();
        let length = rest
            .bytes()
            .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
            .unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or(rest);
        if !follows_grammar(text) {
            return Err(self.syntax("数字写法有误", "this is not a JSON number"));
        }
        let number = NumberText::from_json(text);
        self.at = self.at.saturating_add(length);
        Ok(Value::Number(number.unwrap_or_else(|| {
            let pointer = self.pointer_here();
            self.problems.push(Finding::error(
                "document.number_too_long",
                pointer,
                "数字展开后超过 64 个字符",
                "the number has more than 64 characters in plain form",
            ));
            NumberText::from(0)
        })))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value> {
        if self.rest().starts_with(word) {
            self.at = self.at.saturating_add(word.len());
            Ok(value)
        } else {
            Err(self.syntax("此处应为一个值", "a value is expected here"))
        }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at = self.at.saturating_add(1);
        }
        found
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at = self.at.saturating_add(1);
        }
    }

    fn pointer_here(&self) -> String {
        // The items of an array end where those of the next one begin.
        let starts = self.frames.iter().filter_map(|frame| match frame {
            Frame::List { start } => Some(*start),
            Frame::Object { .. } => None,
        });
        let mut ends = starts.skip(1).chain([self.items.len()]);
        self.frames.iter().fold(String::new(), |pointer, frame| match frame {
            Frame::List { start } => {
                let items = ends.next().unwrap_or(*start).saturating_sub(*start);
                super::cursor::extend(&pointer, &items.to_string())
            }
            Frame::Object { name, .. } => super::cursor::extend(&pointer, name.as_deref().unwrap_or("")),
        })
    }

    /// The pointer of a member whose name has already been taken from the innermost frame.
    fn pointer(&self, name: &str) -> String {
        let here = self.pointer_here();
        let parent = here.rfind('/').and_then(|at| here.get(..at)).unwrap_or("");
        super::cursor::extend(parent, name)
    }

    fn syntax(&self, zh: &str, en: &str) -> Error {
        let before = self.text.get(..self.at).unwrap_or("");
        let line = before.bytes().filter(|byte| *byte == b'\n').count().saturating_add(1);
        let column = before
            .chars()
            .rev()
            .take_while(|character| *character != '\n')
            .count()
            .saturating_add(1);
        let pointer = self.pointer_here();
        Error::one(
            ErrorKind::Document,
            Finding::error(
                "document.syntax",
                pointer,
                format!("第 {line} 行第 {column} 列：{zh}"),
                format!("line {line}, column {column}: {en}"),
            ),
        )
    }
}

/// The grammar of RFC 8259, section 6.
fn follows_grammar(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        None => (unsigned, None),
        Some(at) => (unsigned.get(..at).unwrap_or(""), unsigned.get(at.saturating_add(1)..)),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        None => (mantissa, None),
        Some((whole, fraction)) => (whole, Some(fraction)),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests;
