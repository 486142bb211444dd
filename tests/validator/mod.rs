//! A validator of JSON Schema (draft 2020-12) for the keywords that our schemas use, written from the specification and
//! not from the generator. A keyword that it does not know fails the test: a check that is skipped proves nothing.

use std::collections::BTreeMap;

use regex_lite::Regex;
use zeren::document::{Name, Value, canonical};

/// Says nothing of the document.
const ANNOTATIONS: &[&str] = &["$schema", "$id", "$defs", "title", "description"];

/// A schema with the definitions that it refers to.
pub struct Validator {
    root: Value,
    patterns: BTreeMap<String, Regex>,
}

/// The breaches found so far.
#[derive(Default)]
struct Found {
    breaches: Vec<String>,
    /// Of an alternative, all that matters is whether there is one.
    one_is_enough: bool,
}

impl Found {
    fn enough(&self) -> bool {
        self.one_is_enough && !self.breaches.is_empty()
    }
}

impl Validator {
    pub fn new(root: Value) -> Self {
        let mut patterns = BTreeMap::new();
        let definitions = root.get("$defs").map(members).unwrap_or_default();
        for schema in std::iter::once(&root).chain(definitions.iter().map(|(_, schema)| schema)) {
            must_know(&root, schema, &mut patterns);
        }
        Validator { root, patterns }
    }

    /// Where the document breaks the schema, as pointers with the keyword that it breaks; none for a valid one.
    pub fn breaches(&self, document: &Value) -> Vec<String> {
        let mut found = Found::default();
        self.check(&self.root, document, "", &mut found);
        found.breaches
    }

    pub fn accepts(&self, document: &Value) -> bool {
        self.breaches(document).is_empty()
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Found) {
        for (keyword, limit) in members(schema) {
            if found.enough() {
                return;
            }
            let holds = match keyword.as_str() {
                "$ref" => {
                    self.check(referred(&self.root, limit).unwrap(), value, at, found);
                    true
                }
                "type" => is_of(value, word(limit)),
                "const" => value == limit,
                "minLength" => number_of_characters(value).is_none_or(|length| length >= whole(limit)),
                "pattern" => value
                    .as_text()
                    .is_none_or(|text| self.patterns[word(limit)].is_match(text)),
                "minimum" => whole_number(value).is_none_or(|number| number >= whole(limit)),
                "maximum" => whole_number(value).is_none_or(|number| number <= whole(limit)),
                "items" => {
                    if let Value::List(items) = value {
                        for (index, item) in items.iter().enumerate() {
                            self.check(limit, item, &format!("{at}/{index}"), found);
                        }
                    }
                    true
                }
                "required" => match value {
                    Value::Object(_) => items(limit).iter().all(|name| value.get(word(name)).is_some()),
                    _ => true,
                },
                "properties" => {
                    for (name, schema) in members(limit) {
                        if let Some(member) = value.get(name).filter(|_| !found.enough()) {
                            self.check(schema, member, &format!("{at}/{name}"), found);
                        }
                    }
                    true
                }
                "additionalProperties" => {
                    self.check_others(schema, limit, value, at, found);
                    true
                }
                "oneOf" => self.fitting(limit, value) == 1,
                "anyOf" => self.fitting(limit, value) > 0,
                // `must_know` has refused what is unknown.
                _ => true,
            };
            if !holds {
                found.breaches.push(format!("{at} {keyword}"));
            }
        }
    }

    /// The members that `properties` does not name.
    fn check_others(&self, schema: &Value, limit: &Value, value: &Value, at: &str, found: &mut Found) {
        let Value::Object(written) = value else { return };
        let named = schema.get("properties");
        for (name, member) in written {
            if named.is_some_and(|named| named.get(name).is_some()) {
                continue;
            }
            match limit {
                Value::Bool(false) => found.breaches.push(format!("{at}/{name} additionalProperties")),
                limit => self.check(limit, member, &format!("{at}/{name}"), found),
            }
        }
    }

    fn fitting(&self, schemas: &Value, value: &Value) -> usize {
        let fits = |schema: &&Value| {
            let mut found = Found {
                one_is_enough: true,
                ..Found::default()
            };
            self.check(schema, value, "", &mut found);
            found.breaches.is_empty()
        };
        items(schemas).iter().filter(fits).count()
    }
}

/// Walks the whole schema, so that a keyword which no document reaches is noticed too.
fn must_know(root: &Value, schema: &Value, patterns: &mut BTreeMap<String, Regex>) {
    for (keyword, value) in members(schema) {
        match keyword.as_str() {
            "additionalProperties" if *value == Value::Bool(false) => {}
            "items" | "additionalProperties" => must_know(root, value, patterns),
            "oneOf" | "anyOf" => {
                for schema in items(value) {
                    must_know(root, schema, patterns);
                }
            }
            "properties" => {
                for (_, schema) in members(value) {
                    must_know(root, schema, patterns);
                }
            }
            "$ref" => assert!(referred(root, value).is_some(), "{} leads nowhere", canonical(value)),
            "pattern" => {
                patterns.insert(word(value).to_owned(), Regex::new(word(value)).unwrap());
            }
            "type" | "required" | "const" | "minLength" | "minimum" | "maximum" => {}
            other => assert!(ANNOTATIONS.contains(&other), "no keyword that is known here: {other}"),
        }
    }
}

fn referred<'r>(root: &'r Value, to: &Value) -> Option<&'r Value> {
    root.at(word(to).strip_prefix('#')?)
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => matches!(value, Value::Object(_)),
        "array" => matches!(value, Value::List(_)),
        "string" => matches!(value, Value::Text(_)),
        "number" => matches!(value, Value::Number(_)),
        "integer" => matches!(value, Value::Number(number) if !number.as_str().contains('.')),
        "boolean" => matches!(value, Value::Bool(_)),
        other => panic!("no type: {other}"),
    }
}

fn number_of_characters(value: &Value) -> Option<i128> {
    Some(i128::try_from(value.as_text()?.chars().count()).unwrap())
}

/// A number without the digits behind its point: limits stand only beside `integer`. One that is too long for any limit
/// is as far out as can be.
fn whole_number(value: &Value) -> Option<i128> {
    let Value::Number(number) = value else { return None };
    let text = number.as_str();
    let beyond = if text.starts_with('-') { i128::MIN } else { i128::MAX };
    Some(text.split('.').next().unwrap().parse().unwrap_or(beyond))
}

fn whole(limit: &Value) -> i128 {
    whole_number(limit).unwrap()
}

fn word(value: &Value) -> &str {
    value.as_text().unwrap()
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::List(items) => items,
        other => panic!("not a list: {other:?}"),
    }
}

pub fn members(value: &Value) -> &[(Name, Value)] {
    match value {
        Value::Object(members) => members,
        other => panic!("not an object: {other:?}"),
    }
}
