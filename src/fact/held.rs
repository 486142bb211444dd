//! A fact as it was admitted: what it may be.

use serde::Serialize;

use crate::calendar::Date;
use crate::exact::{Exact, Interval};

/// The state in which a fact was admitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Reported, and nothing is open.
    Known,
    /// Nobody knows it, or what was reported does not count.
    Unknown,
    /// Its supplier has not reported.
    Pending,
    /// A lower bound.
    AtLeast,
    /// Reported in part: a list of events that is not complete, or events that may or may not count.
    Partial,
    /// Does not apply to the subject.
    NotApplicable,
    /// An explicit zero with its declaring post.
    Zero,
    /// A zero that nobody declared, admitted as zero.
    ZeroUndeclared,
}

impl State {
    /// Whether the value may be more than one thing.
    pub fn is_open(self) -> bool {
        matches!(self, State::Unknown | State::Pending | State::AtLeast | State::Partial)
    }

    /// The word that a reason line puts behind the value.
    pub fn zh(self) -> &'static str {
        match self {
            State::Known => "已核实",
            State::Unknown => "不明",
            State::Pending => "待报送",
            State::AtLeast => "概数",
            State::Partial => "未报全",
            State::NotApplicable => "不适用",
            State::Zero => "零报告",
            State::ZeroUndeclared => "零，无申报岗位",
        }
    }
}

/// One declared fact with what it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Its declared name.
    pub name: String,
    /// The state in which it was admitted.
    pub state: State,
    /// What it may be.
    pub held: Held,
}

/// What a fact may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// A number within these bounds.
    Number(Interval),
    /// Yes or no; `None` is either.
    Truth(Option<bool>),
    /// A declared word; `None` is any of them.
    Word(Option<String>),
    /// A day; `None` is any.
    Day(Option<Date>),
    /// Events.
    Events(HeldEvents),
    /// Nothing: the fact does not apply.
    NotApplicable,
}

/// Events, and how many more there may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEvents {
    /// The events that were reported and may count.
    pub list: Vec<HeldEvent>,
    /// At most this many more, with any fields.
    pub unseen: Exact,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEvent {
    /// Whether it certainly counts.
    pub sure: bool,
    /// The value of each declared field, in declared order; `None` is any.
    pub fields: Vec<Option<Scalar>>,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// A number.
    Number(Exact),
    /// A word or a matter.
    Text(String),
    /// A day.
    Day(Date),
}

impl Admitted {
    /// The value as a reason line prints it: `3`, `0 至 5`, `是`, `2022年12月31日`, `4 件，可能另有 2 件`.
    pub fn shown(&self) -> String {
        let open = |text: Option<String>| text.unwrap_or_else(|| "不明".to_owned());
        match &self.held {
            Held::Number(interval) => shown_interval(interval),
            Held::Truth(truth) => open(truth.map(|truth| if truth { "是" } else { "否" }.to_owned())),
            Held::Word(word) => open(word.clone()),
            Held::Day(day) => open(day.map(Date::zh)),
            Held::Events(events) => {
                let sure = events.list.iter().filter(|event| event.sure).count();
                let maybe = events.list.len().saturating_sub(sure);
                let mut text = format!("{sure} 件");
                if maybe > 0 {
                    text.push_str(&format!("，归属待定 {maybe} 件"));
                }
                if events.unseen.is_positive() {
                    text.push_str(&format!("，可能另有至多 {} 件", events.unseen));
                }
                text
            }
            Held::NotApplicable => "不适用".to_owned(),
        }
    }
}

/// `3`, or `0 至 5`.
pub(crate) fn shown_interval(interval: &Interval) -> String {
    let end = |end: &Option<Exact>| end.as_ref().map_or_else(|| "无限".to_owned(), Exact::shown);
    match interval.single() {
        Some(number) => number.shown(),
        None => format!("{} 至 {}", end(&interval.low), end(&interval.high)),
    }
}
