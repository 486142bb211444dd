//! The facts of one subject under one scheme.

use crate::document::{Cursor, Read, Shape, Value, expect_kind, read_value};
use crate::error::Result;

use super::FactValue;

/// A facts document: `{"kind":"facts","format":1,"subject":…,"scheme":…,"facts":{name: value}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Host id of the subject.
    pub subject: String,
    /// Id of the scheme that declares the facts.
    pub scheme: String,
    /// The reported values by name, in the order reported.
    pub values: Vec<(String, FactValue)>,
    /// The class of the subject, when the scheme has classes.
    pub class: Option<String>,
    /// Subjects of one cohort are ranked together.
    pub cohort: Option<String>,
    /// Host id of the subject above.
    pub parent: Option<String>,
    /// Values of earlier years, by year and name.
    pub history: Vec<(u32, Vec<(String, FactValue)>)>,
    /// Targets that letters set, by name of the fact.
    pub targets: Vec<(String, FactValue)>,
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
            class: read.class,
            cohort: read.cohort,
            parent: read.parent,
            history: read.history.0,
            targets: read.targets.map(|targets| targets.0).unwrap_or_default(),
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
        /// The class of the subject, when the scheme has classes.
        pub class: Option<String>,
        /// The cohort: subjects of one cohort are ranked together.
        pub cohort: Option<String>,
        /// Host id of the subject above.
        pub parent: Option<String>,
        /// The values of earlier years, by year: what `last` reads.
        pub history: History,
        /// The targets that letters set, by name of the fact: what `target` reads.
        pub targets: Option<Values>,
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

/// Values of earlier years: `{"2022": {name: value}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History(pub Vec<(u32, Vec<(String, FactValue)>)>);

impl Read for History {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, cursor| {
            let year = Some(name)
                .filter(|name| name.len() == 4 && name.bytes().all(|digit| digit.is_ascii_digit()))
                .and_then(|name| name.parse().ok());
            let values = Values::read(cursor);
            match year {
                Some(year) => Some((year, values?.0)),
                None => cursor.problem(
                    "fact.no_year",
                    format!("“{name}”不是年份，应写四位数字，如 \"2022\""),
                    format!("\"{name}\" is no year; write four digits such as \"2022\""),
                ),
            }
        })
        .map(History)
    }
    fn absent() -> Option<Self> {
        Some(History(Vec::new()))
    }
    fn shape() -> Shape {
        Shape::Map(Values::shape)
    }
}
