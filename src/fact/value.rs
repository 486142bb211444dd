//! A fact as it is reported, before anybody knows what it is for.

use crate::document::{Cursor, Read, Shape, Value, VariantShape};
use crate::exact::Exact;

/// A reported value, in one of six states (number, unknown, pending, at least, not applicable, declared zero) or of another kind.
///
/// ```
/// use zeren::fact::FactValue;
/// let value: FactValue = zeren::document::read(br#"{"state":"at_least","value":8000}"#).unwrap();
/// assert_eq!(value, FactValue::AtLeast(8000.into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// `12`
    Number(Exact),
    /// `true`
    Truth(bool),
    /// `"省级"`, `"2022-12-31"`, `"257/3"`: a word, a day or a number; the declaration decides.
    Text(String),
    /// `{"state":"unknown"}`: nobody knows.
    Unknown,
    /// `{"state":"pending"}`: its supplier has not reported.
    Pending,
    /// `{"state":"at_least","value":8000}`
    AtLeast(Exact),
    /// `{"state":"not_applicable","reason":"…"}`
    NotApplicable(String),
    /// `{"state":"zero","declared_by":"post id"}`
    Zero(String),
    /// `{"events":[{…}],"complete":true}`
    Events {
        /// What happened, in the order reported.
        events: Vec<Event>,
        /// Whether nothing else happened.
        complete: bool,
    },
    /// `{"issued":100,"returned":98,"valid":95,"votes":{"优秀":60}}`
    Ballots {
        /// How many ballots were given out.
        issued: u32,
        /// How many came back.
        returned: u32,
        /// How many of them are valid.
        valid: u32,
        /// The votes for each word, in the order reported; a word that is not listed has none.
        votes: Vec<(String, u32)>,
    },
    /// `{"state":"judged","value":6,"by":"考核组","reason":"…"}`
    Judged {
        /// What was judged.
        value: FieldValue,
        /// Who judged.
        by: String,
        /// Why so.
        reason: String,
    },
}

/// One event: its fields by name, in the order reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event(pub Vec<(String, FieldValue)>);

/// A value without a state of its own: what a field of an event holds (a missing field is unknown), or what was judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A number.
    Number(Exact),
    /// A word, a day, a matter.
    Text(String),
    /// Yes or no.
    Truth(bool),
}

impl FactValue {
    /// What it says in words: words, matters, names and reasons, in the order reported.
    pub(super) fn texts(&self) -> Vec<&str> {
        fn text(value: &FieldValue) -> Option<&str> {
            match value {
                FieldValue::Text(text) => Some(text),
                _ => None,
            }
        }
        match self {
            FactValue::Text(text) | FactValue::NotApplicable(text) | FactValue::Zero(text) => vec![text],
            FactValue::Events { events, .. } => {
                let fields = events.iter().flat_map(|event| &event.0);
                fields.filter_map(|(_, value)| text(value)).collect()
            }
            FactValue::Ballots { votes, .. } => votes.iter().map(|(word, _)| word.as_str()).collect(),
            FactValue::Judged { value, by, reason } => text(value).into_iter().chain([by.as_str(), reason]).collect(),
            _ => Vec::new(),
        }
    }
}

crate::choice! {
    /// The states that are written out.
    pub enum Word {
        /// Nobody knows.
        Unknown = "unknown" "不明",
        /// Not reported yet.
        Pending = "pending" "待报送",
        /// A lower bound.
        AtLeast = "at_least" "不少于",
        /// Does not apply to the subject.
        NotApplicable = "not_applicable" "不适用",
        /// An explicit zero.
        Zero = "zero" "零报告",
        /// What somebody judged.
        Judged = "judged" "评定",
    }
}

crate::record! {
    /// Lower bound.
    pub struct AtLeastText {
        /// Always `at_least`.
        pub state: Word,
        /// The bound.
        pub value: Exact,
    }
}
crate::record! {
    /// Why a fact does not apply.
    pub struct NotApplicableText {
        /// Always `not_applicable`.
        pub state: Word,
        /// Why.
        pub reason: String,
    }
}
crate::record! {
    /// Who declares the zero.
    pub struct ZeroText {
        /// Always `zero`.
        pub state: Word,
        /// Host id of the post that declares it.
        pub declared_by: String,
    }
}
crate::record! {
    /// What somebody judged, who, and why so.
    pub struct JudgedText {
        /// Always `judged`.
        pub state: Word,
        /// What was judged.
        pub value: FieldValue,
        /// Who judged.
        pub by: String,
        /// Why so.
        pub reason: String,
    }
}
crate::record! {
    /// A state without more.
    pub struct StateText {
        /// `unknown` or `pending`.
        pub state: Word,
    }
}
/// The events of a fact. They are what tells it from a state, so they are listed even when there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventList(Vec<Event>);

impl Read for EventList {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.items(Event::read).map(EventList)
    }
    fn shape() -> Shape {
        Shape::List(Event::shape)
    }
}

crate::record! {
    /// Events.
    pub struct EventsText {
        /// What happened.
        pub events: EventList,
        /// Whether nothing else happened.
        pub complete: bool,
    }
}

crate::record! {
    /// The ballots of a poll. What is valid and voted for nothing is an abstention.
    pub struct BallotsText {
        /// How many ballots were given out.
        pub issued: u32,
        /// How many came back.
        pub returned: u32,
        /// How many of them are valid.
        pub valid: u32,
        /// The votes for each word.
        pub votes: Votes,
    }
}

/// Votes by word, in the order reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes(pub Vec<(String, u32)>);

impl Read for Votes {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|word, cursor| Some((word.to_owned(), u32::read(cursor)?)))
            .map(Votes)
    }
    fn shape() -> Shape {
        Shape::Map(|| Shape::Whole)
    }
}

/// What stands beside each state.
const STATES: &[VariantShape] = &[
    VariantShape {
        tag: "unknown",
        shape: StateText::shape,
    },
    VariantShape {
        tag: "pending",
        shape: StateText::shape,
    },
    VariantShape {
        tag: "at_least",
        shape: AtLeastText::shape,
    },
    VariantShape {
        tag: "not_applicable",
        shape: NotApplicableText::shape,
    },
    VariantShape {
        tag: "zero",
        shape: ZeroText::shape,
    },
    VariantShape {
        tag: "judged",
        shape: JudgedText::shape,
    },
];

impl Read for FactValue {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if at.has("events") {
            return EventsText::read(at).map(|read| FactValue::Events {
                events: read.events.0,
                complete: read.complete,
            });
        }
        if at.has("issued") || at.has("votes") {
            return BallotsText::read(at).map(|read| FactValue::Ballots {
                issued: read.issued,
                returned: read.returned,
                valid: read.valid,
                votes: read.votes.0,
            });
        }
        if at.is_object() {
            return match at.fields()?.field::<Word>("state")? {
                Word::Unknown => StateText::read(at).map(|_| FactValue::Unknown),
                Word::Pending => StateText::read(at).map(|_| FactValue::Pending),
                Word::AtLeast => AtLeastText::read(at).map(|read| FactValue::AtLeast(read.value)),
                Word::NotApplicable => NotApplicableText::read(at).map(|read| FactValue::NotApplicable(read.reason)),
                Word::Zero => ZeroText::read(at).map(|read| FactValue::Zero(read.declared_by)),
                Word::Judged => JudgedText::read(at).map(|read| FactValue::Judged {
                    value: read.value,
                    by: read.by,
                    reason: read.reason,
                }),
            };
        }
        match at.value().as_ref() {
            Value::Number(number) => Some(FactValue::Number(Exact::from(number))),
            Value::Bool(truth) => Some(FactValue::Truth(*truth)),
            Value::Text(_) => String::read(at).map(FactValue::Text),
            _ => at.expected(
                "数字、是否、文字，或写明 state、events 的对象（不明写作 {\"state\":\"unknown\"}）",
                "a number, true or false, text, or an object with state or events (unknown is {\"state\":\"unknown\"})",
            ),
        }
    }

    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Number,
            || Shape::Boolean,
            || Shape::Text("a word, a day or an exact number"),
            || Shape::Tagged("state", STATES),
            EventsText::shape,
            BallotsText::shape,
        ])
    }
}

impl Read for Event {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, cursor| Some((name.to_owned(), FieldValue::read(cursor)?)))
            .map(Event)
    }
    fn shape() -> Shape {
        Shape::Map(FieldValue::shape)
    }
}

impl Read for FieldValue {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Number(number) => Some(FieldValue::Number(Exact::from(number))),
            Value::Text(_) => String::read(at).map(FieldValue::Text),
            Value::Bool(truth) => Some(FieldValue::Truth(*truth)),
            _ => at.expected("数字、文字或是否", "a number, text, or true or false"),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[|| Shape::Number, || Shape::Text(""), || Shape::Boolean])
    }
}
