//! A document as it was written: its text, and where each value stands in it.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::canonical::write_text;
use super::names::Names;
use super::{NumberText, Value};

/// What kind of value stands at a place, and where its text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    False,
    True,
    /// In plain form.
    Number,
    /// Its plain form is put aside.
    NumberAside,
    /// Without escapes; the quotes do not belong to it.
    Text,
    /// Its escapes are resolved aside.
    TextAside,
    List,
    Object,
}

impl Kind {
    /// What it is called, in Chinese and English.
    pub(super) fn told(self) -> (&'static str, &'static str) {
        match self {
            Kind::Null => ("空值 null", "null"),
            Kind::False | Kind::True => ("布尔值", "a boolean"),
            Kind::Number | Kind::NumberAside => ("数字", "a number"),
            Kind::Text | Kind::TextAside => ("字符串", "a string"),
            Kind::List => ("数组", "an array"),
            Kind::Object => ("对象", "an object"),
        }
    }
}

/// One value. Those inside an array or object follow it, the name of a member before the member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Whether the text of an array or object is canonical.
    pub(super) canonical: bool,
    pub(super) from: u32,
    pub(super) to: u32,
    /// The node behind everything inside this one.
    pub(super) behind: u32,
}

impl Node {
    /// Whether it is this name.
    fn spells(&self, text: &str, aside: &str, name: &str) -> bool {
        let (from, to) = (wide(self.from), wide(self.to));
        let place = if self.kind == Kind::Text { text } else { aside };
        to.checked_sub(from) == Some(name.len()) && place.as_bytes().get(from..to) == Some(name.as_bytes())
    }
}

/// The text of a document with the places of all its values. A value costs no allocation.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) text: String,
    /// What does not stand in the text as it means: resolved escapes, plain forms of numbers.
    pub(super) aside: String,
    pub(super) nodes: Vec<Node>,
}

impl Source {
    fn node(&self, at: usize) -> Node {
        self.nodes.get(at).copied().unwrap_or(Node {
            kind: Kind::Null,
            canonical: false,
            from: 0,
            to: 0,
            behind: narrow(at.saturating_add(1)),
        })
    }
}

/// A value as it was written, inside the text that it came with. Cheap to clone: parts of one document share its text.
///
/// ```
/// use zeren::document::Written;
/// let written = Written::parse(br#"{"b": [1.50], "a": "\u4e2d"}"#).unwrap();
/// assert_eq!(written.canonical(), r#"{"a":"中","b":[1.5]}"#);
/// assert_eq!(written, Written::parse(br#"{"a":"\u4e2d","b":[1.5]}"#).unwrap());
/// ```
#[derive(Clone, Debug)]
pub struct Written {
    source: Arc<Source>,
    at: usize,
}

impl Written {
    /// Reads JSON text (UTF-8, without a byte order mark).
    ///
    /// # Errors
    /// As [`parse`](super::parse()).
    pub fn parse(bytes: &[u8]) -> crate::error::Result<Self> {
        super::parse::source(bytes).map(Written::whole)
    }

    pub(super) fn whole(source: Source) -> Self {
        Written::shared(Arc::new(source))
    }

    pub(super) fn shared(source: Arc<Source>) -> Self {
        Written { source, at: 0 }
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part::new(&self.source, self.at)
    }

    /// The value as a tree.
    pub fn to_value(&self) -> Value {
        self.part().to_value()
    }

    /// The canonical text, as [`canonical`](super::canonical()) gives it.
    pub fn canonical(&self) -> String {
        let mut text = String::new();
        self.part().write_canonical(&mut text);
        text
    }

    /// Adds the canonical text.
    pub(crate) fn write_canonical(&self, text: &mut String) {
        self.part().write_canonical(text);
    }

    /// Bytes of the value as it was written: close to what its canonical text takes.
    pub(crate) fn length(&self) -> usize {
        let node = self.part().node;
        wide(node.to.saturating_sub(node.from))
    }
}

/// Equal content, however it is written.
impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.canonical() == other.canonical()
    }
}
impl Eq for Written {}

/// As the value that it is.
impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

/// Written in canonical form.
impl From<&Value> for Written {
    fn from(value: &Value) -> Self {
        let mut source = Source::default();
        put(value, &mut source);
        Written::whole(source)
    }
}

impl From<Value> for Written {
    fn from(value: Value) -> Self {
        Written::from(&value)
    }
}

/// A value inside a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    source: &'a Arc<Source>,
    at: usize,
    node: Node,
}

impl<'a> Part<'a> {
    fn new(source: &'a Arc<Source>, at: usize) -> Self {
        let node = source.node(at);
        Part { source, at, node }
    }

    pub(super) fn kind(self) -> Kind {
        self.node.kind
    }

    pub(super) fn written(self) -> Written {
        Written {
            source: self.source.clone(),
            at: self.at,
        }
    }

    /// The text of a string, the plain form of a number.
    pub(super) fn text(self) -> &'a str {
        let text = match self.node.kind {
            Kind::Text | Kind::Number => &self.source.text,
            Kind::TextAside | Kind::NumberAside => &self.source.aside,
            Kind::Null | Kind::False | Kind::True | Kind::List | Kind::Object => return "",
        };
        text.get(wide(self.node.from)..wide(self.node.to)).unwrap_or("")
    }

    /// The items of an array; of an object its names and members by turns.
    pub(super) fn inside(self) -> impl Iterator<Item = Part<'a>> + Clone {
        let behind = wide(self.node.behind);
        let mut next = self.at.saturating_add(1);
        std::iter::from_fn(move || {
            let part = (next < behind).then(|| Part::new(self.source, next))?;
            next = wide(part.node.behind);
            Some(part)
        })
    }

    /// The members of an object.
    pub(super) fn members(self) -> impl Iterator<Item = (&'a str, Part<'a>)> + Clone {
        let mut inside = self.inside();
        std::iter::from_fn(move || Some((inside.next()?.text(), inside.next()?)))
    }

    /// The member of this name, with its place in the object.
    pub(super) fn member(self, name: &str) -> Option<(usize, Part<'a>)> {
        let (mut at, behind) = (self.at.saturating_add(1), wide(self.node.behind));
        let mut place = 0_usize;
        while at < behind {
            let value = at.saturating_add(1);
            if self
                .source
                .nodes
                .get(at)?
                .spells(&self.source.text, &self.source.aside, name)
            {
                return Some((place, Part::new(self.source, value)));
            }
            at = wide(self.source.nodes.get(value)?.behind);
            place = place.saturating_add(1);
        }
        None
    }

    /// The members of an object but for those whose places are marked.
    pub(super) fn members_but(self, marked: impl Fn(usize) -> bool) -> Option<Vec<(&'a str, Part<'a>)>> {
        let (mut at, behind) = (self.at.saturating_add(1), wide(self.node.behind));
        let mut place = 0_usize;
        let mut others = Vec::new();
        while at < behind {
            let value = at.saturating_add(1);
            if !marked(place) {
                others.push((Part::new(self.source, at).text(), Part::new(self.source, value)));
            }
            at = wide(self.source.nodes.get(value)?.behind);
            place = place.saturating_add(1);
        }
        Some(others)
    }

    pub(super) fn to_value(self) -> Value {
        self.value(&mut Names::default())
    }

    /// Depth is bounded by the reader (128), so recursion is too.
    fn value(self, names: &mut Names) -> Value {
        match self.node.kind {
            Kind::Null => Value::Null,
            Kind::False => Value::Bool(false),
            Kind::True => Value::Bool(true),
            Kind::Number | Kind::NumberAside => Value::Number(NumberText::plain(self.text())),
            Kind::Text | Kind::TextAside => Value::Text(self.text().to_owned()),
            Kind::List => Value::List(self.inside().map(|item| item.value(names)).collect()),
            Kind::Object => {
                let members = self.members();
                Value::Object(
                    members
                        .map(|(name, member)| (names.shared(name), member.value(names)))
                        .collect(),
                )
            }
        }
    }

    fn write_canonical(self, text: &mut String) {
        match self.node.kind {
            Kind::Null => text.push_str("null"),
            Kind::False => text.push_str("false"),
            Kind::True => text.push_str("true"),
            Kind::Number | Kind::NumberAside => text.push_str(self.text()),
            Kind::Text | Kind::TextAside => write_text(self.text(), text),
            Kind::List | Kind::Object if self.node.canonical => {
                let (from, to) = (wide(self.node.from), wide(self.node.to));
                text.push_str(self.source.text.get(from..to).unwrap_or(""));
            }
            Kind::List => {
                text.push('[');
                for (index, item) in self.inside().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    item.write_canonical(text);
                }
                text.push(']');
            }
            Kind::Object => {
                let mut members: Vec<(&str, Part<'_>)> = self.members().collect();
                members.sort_by_key(|(name, _)| *name);
                text.push('{');
                for (index, (name, member)) in members.into_iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    write_text(name, text);
                    text.push(':');
                    member.write_canonical(text);
                }
                text.push('}');
            }
        }
    }
}

/// Adds a tree to the end of a text that is being written in canonical form.
fn put(value: &Value, source: &mut Source) {
    let at = source.nodes.len();
    let from = narrow(source.text.len());
    let kind = match value {
        Value::Null => Kind::Null,
        Value::Bool(false) => Kind::False,
        Value::Bool(true) => Kind::True,
        Value::Number(_) => Kind::Number,
        Value::Text(_) => Kind::TextAside,
        Value::List(_) => Kind::List,
        Value::Object(_) => Kind::Object,
    };
    source.nodes.push(Node {
        kind,
        canonical: true,
        from,
        to: from,
        behind: 0,
    });
    let mut range = None;
    match value {
        Value::Null => source.text.push_str("null"),
        Value::Bool(truth) => source.text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => source.text.push_str(number.as_str()),
        Value::Text(string) => range = Some(put_text(string, source)),
        Value::List(items) => {
            source.text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    source.text.push(',');
                }
                put(item, source);
            }
            source.text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|left, right| left.0.cmp(&right.0));
            source.text.push('{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    source.text.push(',');
                }
                let (from, to) = put_text(name, source);
                let behind = narrow(source.nodes.len().saturating_add(1));
                source.nodes.push(Node {
                    kind: Kind::TextAside,
                    canonical: true,
                    from,
                    to,
                    behind,
                });
                source.text.push(':');
                put(member, source);
            }
            source.text.push('}');
        }
    }
    let (from, to) = range.unwrap_or((from, narrow(source.text.len())));
    let behind = narrow(source.nodes.len());
    if let Some(node) = source.nodes.get_mut(at) {
        (node.from, node.to, node.behind) = (from, to, behind);
    }
}

/// Writes a string, and puts it aside as it means.
fn put_text(string: &str, source: &mut Source) -> (u32, u32) {
    write_text(string, &mut source.text);
    let from = narrow(source.aside.len());
    source.aside.push_str(string);
    (from, narrow(source.aside.len()))
}

pub(super) fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Documents are bounded far below 32 bits.
pub(super) fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
