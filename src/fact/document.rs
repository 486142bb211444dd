//! The facts of one subject under one scheme.

use crate::document::{Cursor, Read, Shape, Value, expect_kind, read_value};
use crate::error::Result;

use super::FactValue;

/// A facts document: `{"kind":"facts","format":1,"subject":…,"scheme":…,"facts":{name: value}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Host id of the subject.
    pub subject: String,
    /// Id of the scheme that declares the facts.
    pub scheme: String,
    /// The reported values by name, in the order reported.
    pub values: Vec<(String, FactValue)>,
}

impl Facts {
    /// Reads a facts document, without knowing its scheme.
    ///
    /// # Errors
    /// Unsupported for another kind or format; else all problems of the document.
    pub fn read(document: &Value) -> Result<Self> {
        expect_kind(document, "facts")?;
        let read: FactsText = read_value(document)?;
        Ok(Facts {
            subject: read.subject,
            scheme: read.scheme,
            values: read.facts.0,
        })
    }

    /// What a facts document must hold.
    pub fn shape() -> Shape {
        FactsText::shape()
    }

    /// The reported value of this name.
    pub fn get(&self, name: &str) -> Option<&FactValue> {
        self.values.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

crate::record! {
    /// The facts of one subject under one scheme.
    pub struct FactsText {
        /// Always `facts`.
        pub kind: String => || Shape::Choice(&[("facts", "事实")]),
        /// Always 1.
        pub format: u32 => || Shape::Format(1),
        /// Host id of the subject.
        pub subject: String,
        /// Id of the scheme that declares the facts.
        pub scheme: String,
        /// The values by name.
        pub facts: Values,
    }
}

/// Values by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values(pub Vec<(String, FactValue)>);

impl Read for Values {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, cursor| Some((name.to_owned(), FactValue::read(cursor)?)))
            .map(Values)
    }
    fn shape() -> Shape {
        Shape::Map(FactValue::shape)
    }
}
