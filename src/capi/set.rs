//! A column that was set: one copy of what the caller gave, held against its declaration.

use super::table::{ZEREN_KNOWN, ZEREN_NOT_APPLICABLE, ZEREN_UNKNOWN};
use super::wants::Bounds;
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::score::column::{Column, Presence, Values};

/// A column that was set.
pub(super) struct Set {
    pub(super) values: SetValues,
    pub(super) presence: Option<Vec<Presence>>,
}

pub(super) enum SetValues {
    Numbers(Vec<i64>, u32),
    Truths(Vec<u8>),
    Words(Vec<u32>),
    Texts(Vec<String>),
    Events(SetEvents),
}

/// The events of all rows.
pub(super) struct SetEvents {
    /// Where those of each row end.
    pub(super) ends: Vec<usize>,
    /// The declared fields, once they are set.
    pub(super) fields: Vec<Option<Set>>,
}

/// Texts as a table borrows them.
pub(super) type Borrowed<'a> = Vec<Vec<&'a str>>;

impl Set {
    /// Its texts, or those of its fields; those of other columns are empty.
    pub(super) fn texts(set: &Option<Set>) -> Borrowed<'_> {
        let events = match set.as_ref().map(|set| &set.values) {
            Some(SetValues::Events(events)) => events,
            Some(SetValues::Texts(texts)) => return vec![texts.iter().map(String::as_str).collect()],
            _ => return Vec::new(),
        };
        let texts = events
            .fields
            .iter()
            .map(|field| match field.as_ref().map(|set| &set.values) {
                Some(SetValues::Texts(texts)) => texts.iter().map(String::as_str).collect(),
                _ => Vec::new(),
            });
        texts.collect()
    }

    /// The column; one that was not set has no values.
    pub(super) fn column<'a>(set: &'a Option<Set>, texts: &'a [Vec<&'a str>]) -> Column<'a> {
        let Some(set) = set else {
            return Column::from(Values::Absent);
        };
        Column {
            values: match &set.values {
                SetValues::Numbers(values, scale) => Values::Number { values, scale: *scale },
                SetValues::Truths(values) => Values::Truth(values),
                SetValues::Words(values) => Values::Word(values),
                SetValues::Texts(_) => Values::Text(texts.first().map(Vec::as_slice).unwrap_or_default()),
                SetValues::Events(events) => Values::Events {
                    ends: &events.ends,
                    fields: events
                        .fields
                        .iter()
                        .enumerate()
                        .map(|(place, field)| Set::column(field, texts.get(place..).unwrap_or_default()))
                        .collect(),
                },
            },
            presence: set.presence.as_deref(),
        }
    }
}

/// What is wrong with the value of a row.
pub(super) fn outside(name: &str, row: usize, value: &str) -> Error {
    let (zh, en) = (
        format!("“{name}”第 {row} 行（从 0 起）的值 {value} 超出声明的范围，请核实"),
        format!("\"{name}\": the value {value} of row {row} (from 0) lies outside of the declared range"),
    );
    let finding = Finding::error("capi.out_of_range", format!("/{row}"), zh, en).about(name);
    Error::one(ErrorKind::Document, finding)
}

/// The states of the header as the evaluators read them.
pub(super) fn presence(name: &str, states: &[u8]) -> Result<Vec<Presence>> {
    let mut presence = Vec::with_capacity(states.len());
    for (row, state) in states.iter().enumerate() {
        presence.push(match state {
            &ZEREN_KNOWN => Presence::Known,
            &ZEREN_UNKNOWN => Presence::Unknown,
            &ZEREN_NOT_APPLICABLE => Presence::NotApplicable,
            other => return Err(outside(name, row, &format!("（状态 state）{other}"))),
        });
    }
    Ok(presence)
}

fn known(presence: Option<&[Presence]>, row: usize) -> bool {
    presence.is_none_or(|presence| presence.get(row) == Some(&Presence::Known))
}

/// Numbers within their bounds where they are known. The column evaluator checks its own rows once more; those that are
/// left to the exact run rest on this.
pub(super) fn numbers(name: &str, values: &[i64], presence: Option<&[Presence]>, bounds: &Bounds) -> Result<Vec<i64>> {
    if !values.iter().fold(true, |all, value| all & bounds.hold(*value)) {
        let mut rows = values.iter().enumerate();
        let wrong = rows.find(|(row, value)| !bounds.hold(**value) && known(presence, *row));
        if let Some((row, value)) = wrong {
            return Err(outside(name, row, &value.to_string()));
        }
    }
    Ok(values.to_vec())
}

/// The numbers of days that are written yyyymmdd.
pub(super) fn days(name: &str, values: &[i32], presence: Option<&[Presence]>, bounds: &Bounds) -> Result<Vec<i64>> {
    let mut numbers = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        let number = day(*value).map(Date::number).filter(|number| bounds.hold(*number));
        if number.is_none() && known(presence, row) {
            return Err(outside(name, row, &value.to_string()));
        }
        numbers.push(number.unwrap_or(0));
    }
    Ok(numbers)
}

/// Places of words, of which there are so many.
pub(super) fn words(name: &str, values: &[i32], presence: Option<&[Presence]>, count: usize) -> Result<Vec<u32>> {
    let mut words = Vec::with_capacity(values.len());
    for (row, value) in values.iter().enumerate() {
        let word = u32::try_from(*value).ok();
        let declared = word.is_some_and(|word| usize::try_from(word).is_ok_and(|word| word < count));
        if !declared && known(presence, row) {
            return Err(outside(name, row, &value.to_string()));
        }
        words.push(word.unwrap_or(0));
    }
    Ok(words)
}

/// Texts that stand one behind another: each goes from the end of the one before to its own end, in bytes.
pub(super) fn texts(name: &str, all: &str, ends: &[i64]) -> Result<Vec<String>> {
    let mut texts = Vec::with_capacity(ends.len());
    let mut start = 0;
    for (row, end) in ends.iter().enumerate() {
        let text = usize::try_from(*end)
            .ok()
            .and_then(|end| Some((all.get(start..end)?, end)));
        let (text, end) = text.ok_or_else(|| outside(name, row, &end.to_string()))?;
        texts.push(text.to_owned());
        start = end;
    }
    Ok(texts)
}

/// Ends that never go back.
pub(super) fn ends(name: &str, ends: &[i64]) -> Result<Vec<usize>> {
    let mut read = Vec::with_capacity(ends.len());
    let mut start = 0;
    for (row, end) in ends.iter().enumerate() {
        let end = usize::try_from(*end).ok().filter(|end| *end >= start);
        start = end.ok_or_else(|| outside(name, row, "（结束位置 end）"))?;
        read.push(start);
    }
    Ok(read)
}

fn day(yyyymmdd: i32) -> Option<Date> {
    let number = u32::try_from(yyyymmdd).ok()?;
    let (year, rest) = (number.checked_div(10_000)?, number.checked_rem(10_000)?);
    let (month, day) = (rest.checked_div(100)?, rest.checked_rem(100)?);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}
