//! A fact as it was admitted: what it may be.

use serde::Serialize;

use super::Kind;
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
    /// What somebody judged, with the reason.
    Judged,
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
            State::Judged => "评定",
        }
    }
}

/// One declared fact with what it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Its declared name.
    pub name: String,
    /// Its declared kind: a number of a day is shown as the day.
    pub kind: Kind,
    /// The state in which it was admitted.
    pub state: State,
    /// What it may be.
    pub held: Held,
    /// Who judged it and why, when somebody did.
    pub judged: Option<Judged>,
}

/// Who judged, and why so: a sheet prints both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Who.
    pub by: String,
    /// Why so.
    pub reason: String,
}

/// What a fact may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// A number, or a day as its number, within these bounds.
    Number(Interval),
    /// Yes or no; `None` is either.
    Truth(Option<bool>),
    /// A declared word; `None` is any of them.
    Word(Option<String>),
    /// Events.
    Events(HeldEvents),
    /// Ballots.
    Ballots(Box<HeldBallots>),
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

/// The ballots of a poll, each count within its bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldBallots {
    /// Given out.
    pub issued: Interval,
    /// Came back.
    pub returned: Interval,
    /// Valid.
    pub valid: Interval,
    /// Votes for each declared word, in declared order.
    pub votes: Vec<(String, Interval)>,
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
    /// Yes or no.
    Truth(bool),
}

impl Admitted {
    /// The value as a reason line prints it: `3`, `0 至 5`, `是`, `2022年12月31日`, `4 件，可能另有 2 件`.
    pub fn shown(&self) -> String {
        let open = |text: Option<String>| text.unwrap_or_else(|| "不明".to_owned());
        match &self.held {
            Held::Number(interval) if self.kind == Kind::Date => shown_days(interval),
            Held::Number(interval) => shown_interval(interval),
            Held::Truth(truth) => open(truth.map(|truth| if truth { "是" } else { "否" }.to_owned())),
            Held::Word(word) => open(word.clone()),
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
            Held::Ballots(ballots) => {
                let votes: Vec<String> = ballots
                    .votes
                    .iter()
                    .map(|(word, votes)| format!("{word} {}", shown_interval(votes)))
                    .collect();
                format!(
                    "发出 {}，收回 {}，有效 {}；{}",
                    shown_interval(&ballots.issued),
                    shown_interval(&ballots.returned),
                    shown_interval(&ballots.valid),
                    votes.join("、")
                )
            }
            Held::NotApplicable => "不适用".to_owned(),
        }
    }
}

/// The day of this number as documents write it; the number where there is no such day.
pub(crate) fn shown_day(number: &Exact) -> String {
    let day = number.to_i128().and_then(|number| i64::try_from(number).ok());
    match day.and_then(Date::from_number) {
        Some(day) => day.zh(),
        None => number.shown(),
    }
}

/// `2023年3月31日`, or `2023年1月1日 至 2023年12月31日`.
fn shown_days(interval: &Interval) -> String {
    let end = |end: &Option<Exact>| end.as_ref().map_or_else(|| "无限".to_owned(), shown_day);
    match interval.single() {
        Some(number) => shown_day(number),
        None => format!("{} 至 {}", end(&interval.low), end(&interval.high)),
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
