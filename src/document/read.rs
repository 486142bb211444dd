//! What can be read from a document.

use super::{Cursor, NumberText, Problems, Shape, Value, Written};
use crate::error::{ErrorKind, Result};

/// A type that a document can hold.
pub trait Read: Sized {
    /// Reads the value at the cursor; on failure records at least one problem there and gives `None`.
    fn read(at: &Cursor<'_>) -> Option<Self>;

    /// What a missing field means; `None` when the field is required.
    fn absent() -> Option<Self> {
        None
    }

    /// What a document must hold for this type.
    fn shape() -> Shape;
}

/// Reads a whole document.
///
/// # Errors
/// All problems of the document at once.
pub fn read<T: Read>(text: &[u8]) -> Result<T> {
    let written = Written::parse(text)?;
    let problems = Problems::new();
    let read = T::read(&Cursor::written(&written, &problems));
    problems.settle(ErrorKind::Document, read)
}

/// Reads a tree that has been parsed already.
///
/// # Errors
/// All problems of the tree at once.
pub fn read_value<T: Read>(value: &Value) -> Result<T> {
    let problems = Problems::new();
    let read = T::read(&Cursor::root(value, &problems));
    problems.settle(ErrorKind::Document, read)
}

/// A field that may be missing; `null` is not "missing" and is refused like any wrong type.
impl<T: Read> Read for Option<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        T::read(at).map(Some)
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn shape() -> Shape {
        T::shape()
    }
}

/// An array; a missing field is an empty one.
impl<T: Read> Read for Vec<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.items(T::read)
    }
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        T::read(at).map(Box::new)
    }
    fn shape() -> Shape {
        T::shape()
    }
}

/// Text of one to 10,000 characters that does not begin or end in white space.
impl Read for String {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        text(at).map(str::to_owned)
    }
    fn shape() -> Shape {
        Shape::Text("")
    }
}

fn is_blank(text: &str) -> bool {
    text.is_empty() || text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace)
}

/// In bytes.
const LONGEST_TEXT: usize = 40_000;

/// Whether a field takes this text.
pub(crate) fn is_field_text(text: &str) -> bool {
    !is_blank(text) && text.len() <= LONGEST_TEXT
}

pub(super) fn text<'a>(at: &Cursor<'a>) -> Option<&'a str> {
    let text = at.text()?;
    if is_blank(text) {
        return at.problem(
            "document.blank_text",
            "文字为空或首尾有空白，请填写或去掉空白",
            "the text is empty or begins or ends in white space",
        );
    }
    if text.len() > LONGEST_TEXT {
        return at.problem(
            "document.text_too_long",
            "文字过长（超过 40000 字节）",
            "the text is over 40,000 bytes",
        );
    }
    Some(text)
}

/// A flag; a missing one is `false`.
impl Read for bool {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.truth()
            .or_else(|| at.expected("布尔值 true 或 false", "true or false"))
    }
    fn absent() -> Option<Self> {
        Some(false)
    }
    fn shape() -> Shape {
        Shape::Boolean
    }
}

/// A whole number from 0 to 4,294,967,295.
impl Read for u32 {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let Some(number) = at.number() else {
            return at.expected("非负整数", "a whole number from 0");
        };
        number.parse().ok().or_else(|| {
            at.problem(
                "document.out_of_range",
                format!("{number} 不是 0 至 4294967295 之间的整数"),
                format!("{number} is not a whole number from 0 to 4294967295"),
            )
        })
    }
    fn shape() -> Shape {
        Shape::Whole
    }
}

impl Read for NumberText {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.number() {
            Some(number) => Some(NumberText::plain(number)),
            None => at.expected("数字", "a number"),
        }
    }
    fn shape() -> Shape {
        Shape::Number
    }
}

/// Any value, kept as it is.
impl Read for Value {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        Some(at.value().into_owned())
    }
    fn shape() -> Shape {
        Shape::Any
    }
}

/// Any value, kept as it was written.
impl Read for Written {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        Some(at.as_written())
    }
    fn shape() -> Shape {
        Shape::Any
    }
}
