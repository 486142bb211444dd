//! Short texts: ids, classes, names of kinds.

use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::{Cursor, Read, Shape};

/// A text that is mostly short, such as a host id: up to 22 bytes lie in it, so that a row of a large document costs no
/// allocation for each of its ids.
///
/// ```
/// use zeren::document::Word;
/// for text in ["", "p350102001001", "a host id of more than twenty-two bytes"] {
///     assert_eq!(&*Word::from(text), text);
/// }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Word(Held);

const SHORT: usize = 22;

/// What fits is always held as `Short`, with zeros behind it: so equal texts are held alike.
#[derive(Clone, PartialEq, Eq)]
enum Held {
    Short(u8, [u8; SHORT]),
    Long(Box<str>),
}

impl From<&str> for Word {
    fn from(text: &str) -> Self {
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Word(Held::Short(length, bytes))
            }
            _ => Word(Held::Long(text.into())),
        }
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<Word> for Box<str> {
    fn from(word: Word) -> Self {
        match word.0 {
            Held::Short(..) => (*word).into(),
            Held::Long(text) => text,
        }
    }
}

impl Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            // These bytes were a text when they were put in.
            Held::Short(length, bytes) => {
                let bytes = bytes.get(..usize::from(*length)).unwrap_or(&[]);
                std::str::from_utf8(bytes).unwrap_or("")
            }
            Held::Long(text) => text,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}
impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// As any text: one to 10,000 characters, no white space at either end.
impl Read for Word {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        super::read::text(at).map(Word::from)
    }
    fn shape() -> Shape {
        String::shape()
    }
}
