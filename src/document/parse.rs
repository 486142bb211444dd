//! JSON text (RFC 8259) read once: where each value stands in it.
//!
//! `serde_json` reads documents too, but gives numbers as floats unless a feature that changes it for the host's whole
//! build is on, and keeps the last of duplicate keys in silence. So the reading is done here: without recursion, with
//! bounds that come before allocation, and held to `serde_json`'s verdict by a differential test.

mod string;

use std::collections::BTreeSet;

use super::written::{Kind, Node, Source, narrow, wide};
use super::{NumberText, Value, Written};
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
    source(bytes).map(|source| Written::whole(source).to_value())
}

/// Reads JSON text and notes where each value stands.
pub(super) fn source(bytes: &[u8]) -> Result<Source> {
    source_into(bytes, Around::default(), Source::default())
}

/// What stands around a value that is read by itself, towards the bounds of its document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// How many arrays and objects it stands in.
    pub(super) levels: usize,
    /// How many values there are beside it.
    pub(super) values: usize,
}

/// As [`source`], in the room that a document which nobody needs any more took.
pub(super) fn source_into(bytes: &[u8], around: Around, spare: Source) -> Result<Source> {
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
    let Source {
        text: mut held,
        mut aside,
        mut nodes,
    } = spare;
    held.clear();
    aside.clear();
    nodes.clear();
    // In documents of many rows a value or name takes some ten bytes.
    nodes.reserve(text.len().div_euclid(16));
    let parser = Parser {
        text,
        at: 0,
        values: around.values,
        levels: around.levels,
        frames: Vec::new(),
        nodes,
        aside,
        loose: 0,
        problems: Vec::new(),
    };
    parser.document(held)
}

fn refuse(code: &'static str, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Document, Finding::error(code, "", zh, en))
}

/// An array or object that is not closed yet.
struct Frame {
    object: bool,
    /// Its node.
    node: usize,
    /// How many items or members are whole.
    count: usize,
    /// What was loose before it.
    loose: usize,
    /// The node of the last whole member's name.
    last: Option<usize>,
    /// The node of the name of the member that is being read; none before the first.
    name: Option<usize>,
    /// Whether each name so far came behind the one before it: then the last one tells whether a name is new.
    rising: bool,
    /// The names so far, once they are out of order and too many to be looked through.
    names: BTreeSet<String>,
}

/// An object of more members than this keeps its names in a set.
const FEW: usize = 32;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    /// Those around everything that is read here.
    levels: usize,
    frames: Vec<Frame>,
    nodes: Vec<Node>,
    aside: String,
    /// How often the text was seen to be other than canonical.
    loose: usize,
    problems: Vec<Finding>,
}

impl<'a> Parser<'a> {
    fn document(mut self, mut held: String) -> Result<Source> {
        if self.text.starts_with('\u{feff}') {
            return Err(refuse(
                "document.byte_order_mark",
                "文档开头有字节顺序标记（BOM），请保存为不带 BOM 的 UTF-8".into(),
                "the document begins with a byte order mark; save it as UTF-8 without one".into(),
            ));
        }
        self.tree()?;
        self.space();
        if self.at < self.text.len() {
            return Err(self.syntax("文档结束后还有内容", "there is text after the end of the document"));
        }
        if self.problems.is_empty() {
            held.push_str(self.text);
            Ok(Source {
                text: held,
                aside: self.aside,
                nodes: self.nodes,
            })
        } else {
            Err(Error::new(ErrorKind::Document, self.problems))
        }
    }

    /// One value with everything inside it; a stack of frames stands in for recursion.
    fn tree(&mut self) -> Result<()> {
        loop {
            // A value begins here; an opened array or object begins its first member, a closed one is a value.
            let mut whole = self.begin()?;
            while whole {
                if self.frames.is_empty() {
                    return Ok(());
                }
                self.whole();
                whole = self.next_or_close()?;
            }
        }
    }

    /// Counts the value that was just read as an item or member of the innermost frame.
    fn whole(&mut self) {
        let Some(frame) = self.frames.last_mut() else { return };
        frame.count = frame.count.saturating_add(1);
        let Some(name) = frame.name.take() else { return };
        let last = frame.last.replace(name);
        let is_behind = frame.rising && last.is_none_or(|last| self.name_at(last) < self.name_at(name));
        if !is_behind && !self.is_new(name) {
            let name = self.name_at(name).to_owned();
            let pointer = self.pointer(&name);
            self.problems.push(Finding::error(
                "document.duplicate_key",
                pointer,
                format!("键“{name}”重复出现，请只保留一个"),
                format!("key \"{name}\" occurs twice; keep one"),
            ));
        }
    }

    /// Whether no member of the innermost object before this one bears its name, when names do not come in order.
    fn is_new(&mut self, name: usize) -> bool {
        let text = self.name_at(name).to_owned();
        let Some(frame) = self.frames.last_mut() else {
            return true;
        };
        frame.rising = false;
        let mut names = std::mem::take(&mut frame.names);
        let (count, first) = (frame.count, frame.node.saturating_add(1));
        if count > FEW && !names.is_empty() {
            let is_new = names.insert(text);
            if let Some(frame) = self.frames.last_mut() {
                frame.names = names;
            }
            return is_new;
        }
        let mut at = first;
        let mut is_new = true;
        while at < name {
            let other = self.name_at(at);
            is_new &= other != text;
            if count > FEW {
                names.insert(other.to_owned());
            }
            let value = at.saturating_add(1);
            at = self.nodes.get(value).map_or(name, |node| wide(node.behind));
        }
        if count > FEW {
            names.insert(text);
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.names = names;
        }
        is_new
    }

    /// The name of a member.
    fn name_at(&self, node: usize) -> &str {
        let range = |node: &Node| wide(node.from)..wide(node.to);
        let name = self.nodes.get(node).and_then(|node| match node.kind {
            Kind::TextAside => self.aside.get(range(node)),
            _ => self.text.get(range(node)),
        });
        name.unwrap_or("")
    }

    fn put(&mut self, kind: Kind, from: usize, to: usize) {
        let behind = narrow(self.nodes.len().saturating_add(1));
        self.nodes.push(Node {
            kind,
            canonical: false,
            from: narrow(from),
            to: narrow(to),
            behind,
        });
    }

    /// Reads a scalar, or opens an array or object; an empty one is closed at once. Whether a value is whole.
    fn begin(&mut self) -> Result<bool> {
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
                self.open(true)?;
                self.space();
                if self.eat(b'}') {
                    self.close();
                    return Ok(true);
                }
                self.name()?;
                Ok(false)
            }
            Some(b'[') => {
                self.open(false)?;
                self.space();
                let empty = self.eat(b']');
                if empty {
                    self.close();
                }
                Ok(empty)
            }
            Some(b'"') => self.string().map(|()| true),
            Some(b'-' | b'0'..=b'9') => self.number().map(|()| true),
            Some(b't') => self.word("true", Kind::True).map(|()| true),
            Some(b'f') => self.word("false", Kind::False).map(|()| true),
            Some(b'n') => self.word("null", Kind::Null).map(|()| true),
            Some(_) => Err(self.syntax("此处应为一个值", "a value is expected here")),
            None => Err(self.syntax("文档没有写完", "the document ends too early")),
        }
    }

    /// After a member: a comma leads to the next one, a bracket closes the frame and makes it a whole value.
    fn next_or_close(&mut self) -> Result<bool> {
        self.space();
        let in_object = match self.frames.last() {
            None => return Ok(false),
            Some(frame) => frame.object,
        };
        if self.eat(b',') {
            if in_object {
                self.space();
                self.name()?;
            }
            return Ok(false);
        }
        if self.eat(if in_object { b'}' } else { b']' }) {
            self.close();
            return Ok(true);
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

    fn open(&mut self, object: bool) -> Result<()> {
        if self.frames.len().saturating_add(self.levels) >= MAX_DEPTH {
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
        self.frames.push(Frame {
            object,
            node: self.nodes.len(),
            count: 0,
            loose: self.loose,
            last: None,
            name: None,
            rising: true,
            names: BTreeSet::new(),
        });
        self.put(if object { Kind::Object } else { Kind::List }, self.at, self.at);
        self.at = self.at.saturating_add(1);
        Ok(())
    }

    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        if !frame.rising {
            self.loose = self.loose.saturating_add(1);
        }
        let behind = narrow(self.nodes.len());
        if let Some(node) = self.nodes.get_mut(frame.node) {
            node.to = narrow(self.at);
            node.behind = behind;
            node.canonical = self.loose == frame.loose;
        }
    }

    /// The name of an object's next member, and the colon behind it.
    fn name(&mut self) -> Result<()> {
        if self.peek() != Some(b'"') {
            return Err(self.syntax(
                "此处应为带双引号的键名",
                "a member name in double quotes is expected here",
            ));
        }
        let node = self.nodes.len();
        self.string()?;
        self.space();
        if !self.eat(b':') {
            return Err(self.syntax("键名之后应为冒号", "a colon is expected after the member name"));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.name = Some(node);
        }
        Ok(())
    }

    fn number(&mut self) -> Result<()> {
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
        let (from, in_place) = (self.at, number.as_ref().is_some_and(|number| number.as_str() == text));
        self.at = self.at.saturating_add(length);
        if in_place {
            self.put(Kind::Number, from, self.at);
            return Ok(());
        }
        self.loose = self.loose.saturating_add(1);
        let from = self.aside.len();
        match number {
            Some(number) => self.aside.push_str(number.as_str()),
            None => {
                let pointer = self.pointer_here();
                self.problems.push(Finding::error(
                    "document.number_too_long",
                    pointer,
                    "数字展开后超过 64 个字符",
                    "the number has more than 64 characters in plain form",
                ));
            }
        }
        self.put(Kind::NumberAside, from, self.aside.len());
        Ok(())
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<()> {
        if self.rest().starts_with(word) {
            self.put(kind, self.at, self.at.saturating_add(word.len()));
            self.at = self.at.saturating_add(word.len());
            Ok(())
        } else {
            Err(self.syntax("此处应为一个值", "a value is expected here"))
        }
    }

    fn rest(&self) -> &'a str {
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
            self.loose = self.loose.saturating_add(1);
        }
    }

    fn pointer_here(&self) -> String {
        self.frames.iter().fold(String::new(), |pointer, frame| {
            if frame.object {
                let name = frame.name.map_or("", |name| self.name_at(name));
                super::cursor::extend(&pointer, name)
            } else {
                super::cursor::extend(&pointer, &frame.count.to_string())
            }
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
