//! The two documents as the oracle reads them: the scheme stays JSON, the facts of a subject become known values.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use zeren::document::{Name, Value};

use super::day::{self, WorkCalendar};
use super::expression::{self, Expression};
use super::fraction::Fraction;

/// What an expression may give.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    Number(Fraction),
    Truth(bool),
    Word(String),
    Day(i64),
}

/// One event: its fields by name.
pub type Event = BTreeMap<String, Known>;

/// What is known of a fact.
#[derive(Clone, Debug)]
pub enum Held {
    NotApplicable,
    One(Known),
    Events(Vec<Event>),
    Ballots {
        issued: Fraction,
        returned: Fraction,
        valid: Fraction,
        votes: BTreeMap<String, Fraction>,
    },
}

/// A declared fact, as far as values hang on it.
pub struct Declared {
    pub kind: String,
    /// Fields of events by name: their kind.
    pub fields: BTreeMap<String, String>,
    /// Whose events count.
    attribution: Vec<String>,
}

/// The members of a list; none when it is missing.
pub fn list(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::List(list)) => list,
        _ => &[],
    }
}

/// The members of an object; none when it is missing.
pub fn members(value: Option<&Value>) -> &[(Name, Value)] {
    match value {
        Some(Value::Object(members)) => members,
        _ => &[],
    }
}

pub fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_text)
}

pub fn fraction(value: &Value) -> Option<Fraction> {
    match value {
        Value::Number(number) => Fraction::parse(number.as_str()),
        Value::Text(text) => Fraction::parse(text),
        _ => None,
    }
}

/// The scheme.
pub struct Scheme {
    pub document: Value,
    pub facts: BTreeMap<String, Declared>,
    pub definitions: BTreeMap<String, String>,
    pub calendar: WorkCalendar,
    pub year: i64,
    /// Expressions are parsed once.
    parsed: RefCell<BTreeMap<String, Rc<Expression>>>,
}

impl Scheme {
    pub fn read(document: Value) -> Self {
        let owned = |value: Option<&Value>| text(value).unwrap_or_default().to_owned();
        let declared = |fact: &Value| Declared {
            kind: owned(fact.get("kind")),
            fields: list(fact.get("fields"))
                .iter()
                .map(|field| (owned(field.get("name")), owned(field.get("kind"))))
                .collect(),
            attribution: list(fact.get("attribution"))
                .iter()
                .map(|who| owned(Some(who)))
                .collect(),
        };
        Scheme {
            facts: list(document.get("facts"))
                .iter()
                .map(|fact| (owned(fact.get("name")), declared(fact)))
                .collect(),
            definitions: list(document.get("definitions"))
                .iter()
                .map(|named| (owned(named.get("name")), owned(named.get("value"))))
                .collect(),
            calendar: WorkCalendar::read(list(document.get("calendar"))),
            year: document.get("year").and_then(fraction).map_or(0, |year| year.to_i64()),
            parsed: RefCell::default(),
            document,
        }
    }

    pub fn parse(&self, text: &str) -> Rc<Expression> {
        if let Some(known) = self.parsed.borrow().get(text) {
            return Rc::clone(known);
        }
        let parsed = Rc::new(expression::parse(text));
        self.parsed.borrow_mut().insert(text.to_owned(), Rc::clone(&parsed));
        parsed
    }

    /// The item or group of this id, and whether it stands in a pool.
    pub fn item(&self, id: &str) -> (&Value, bool) {
        fn find<'v>(items: &'v [Value], id: &str) -> Option<&'v Value> {
            items.iter().find_map(|item| match text(item.get("id")) == Some(id) {
                true => Some(item),
                false => find(list(item.get("items")), id),
            })
        }
        let of = |pool: &str| self.document.get(pool).map_or(&[][..], |pool| list(pool.get("items")));
        let own = find(list(self.document.get("items")), id).map(|item| (item, false));
        let pooled = || {
            find(of("bonus"), id)
                .or_else(|| find(of("penalties"), id))
                .map(|item| (item, true))
        };
        own.or_else(pooled).unwrap_or_else(|| panic!("no item {id}"))
    }
}

/// One subject with its facts, and its results in other schemes.
pub struct Subject {
    pub id: String,
    pub class: Option<String>,
    pub cohort: Option<String>,
    pub parent: Option<String>,
    pub facts: BTreeMap<String, Held>,
    pub history: BTreeMap<i64, BTreeMap<String, Held>>,
    pub targets: BTreeMap<String, Held>,
    /// Score and grade by scheme.
    pub results: BTreeMap<String, (Fraction, String)>,
}

impl Subject {
    pub fn read(scheme: &Scheme, document: &Value, results: BTreeMap<String, (Fraction, String)>) -> Self {
        let owned = |name: &str| text(document.get(name)).map(str::to_owned);
        let values = |values: Option<&Value>| -> BTreeMap<String, Held> {
            let held = |(name, value): &(Name, Value)| (name.to_string(), held(&scheme.facts[name.as_str()], value));
            members(values).iter().map(held).collect()
        };
        Subject {
            id: owned("subject").unwrap(),
            class: owned("class"),
            cohort: owned("cohort"),
            parent: owned("parent"),
            facts: values(document.get("facts")),
            history: members(document.get("history"))
                .iter()
                .map(|(year, facts)| (year.parse().unwrap(), values(Some(facts))))
                .collect(),
            targets: values(document.get("targets")),
            results,
        }
    }
}

/// A value as it is reported, in the light of its declaration.
fn held(declared: &Declared, value: &Value) -> Held {
    match text(value.get("state")) {
        Some("not_applicable") => return Held::NotApplicable,
        Some("zero") if declared.kind == "events" => return Held::Events(Vec::new()),
        Some("zero") => return Held::One(Known::Number(Fraction::zero())),
        Some("judged") => return Held::One(known(&declared.kind, value.get("value").unwrap())),
        Some(state) => panic!("the oracle scores what is known only, not {state}"),
        None => {}
    }
    let count = |name: &str| value.get(name).and_then(fraction).unwrap_or_else(Fraction::zero);
    match declared.kind.as_str() {
        "events" => {
            assert_eq!(value.get("complete"), Some(&Value::Bool(true)));
            Held::Events(
                list(value.get("events"))
                    .iter()
                    .filter_map(|event| counted(declared, event))
                    .collect(),
            )
        }
        "ballots" => Held::Ballots {
            issued: count("issued"),
            returned: count("returned"),
            valid: count("valid"),
            votes: members(value.get("votes"))
                .iter()
                .map(|(word, votes)| (word.to_string(), fraction(votes).unwrap()))
                .collect(),
        },
        kind => Held::One(known(kind, value)),
    }
}

/// An event with its fields, when it counts: the subject's own where no holder is named, and otherwise those of the
/// holders that the attribution names.
fn counted(declared: &Declared, event: &Value) -> Option<Event> {
    let mut fields: Event = members(Some(event))
        .iter()
        .map(|(name, value)| (name.to_string(), known(&declared.fields[name.as_str()], value)))
        .collect();
    let holder = declared
        .fields
        .iter()
        .find(|(_, kind)| *kind == "holder")
        .map(|(name, _)| name);
    let own = || Known::Word("own".to_owned());
    let of = match holder {
        Some(name) => fields.entry(name.clone()).or_insert_with(own).clone(),
        None => own(),
    };
    let counts = match &of {
        Known::Word(of) if declared.attribution.is_empty() => of == "own",
        Known::Word(of) => declared.attribution.contains(of),
        other => panic!("{other:?} is no holder"),
    };
    counts.then_some(fields)
}

fn known(kind: &str, value: &Value) -> Known {
    match (kind, value) {
        (_, Value::Bool(truth)) => Known::Truth(*truth),
        ("date", Value::Text(text)) => Known::Day(day::parse(text)),
        ("choice" | "matter" | "holder", Value::Text(text)) => Known::Word(text.clone()),
        (_, value) => Known::Number(fraction(value).unwrap_or_else(|| panic!("{value:?} is no {kind}"))),
    }
}
