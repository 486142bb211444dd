//! The tree that a document is read into.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::written::Kind;
use super::{Name, NumberText};

/// A JSON value. Objects keep the order in which their members were written; no two members share a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as text.
    Number(NumberText),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object. Rows of one document share the names of their members.
    Object(Vec<(Name, Value)>),
}

impl Value {
    /// The member of this name, when the value is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, when the value is a string.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value at a JSON pointer (RFC 6901).
    pub fn at(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(self, |value, token| match value {
            Value::List(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            Value::Object(_) => value.get(&token.replace("~1", "/").replace("~0", "~")),
            _ => None,
        })
    }

    /// What kind of value this is, in Chinese and English.
    pub(super) fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Value::Null => Kind::Null,
            Value::Bool(_) => Kind::True,
            Value::Number(_) => Kind::Number,
            Value::Text(_) => Kind::Text,
            Value::List(_) => Kind::List,
            Value::Object(_) => Kind::Object,
        }
        .told()
    }
}

/// Numbers are written as they were read, so a value can stand inside any output.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(truth) => serializer.serialize_bool(*truth),
            // A whole number that fits is a JSON number; any other stays text, for no float may touch it.
            Value::Number(number) => match number.to_i64() {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_str(number.as_str()),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
