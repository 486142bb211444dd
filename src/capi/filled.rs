//! What a table holds: columns as they were set, one copy of what the caller gave.

use std::sync::Arc;

use super::compiled::Compiled;
use super::error::Failure;
use super::settled::settled;
use super::status::ZEREN_WRONG_ARRAY;
use super::table::{ZEREN_KNOWN, ZEREN_NOT_APPLICABLE, ZEREN_UNKNOWN};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::Exact;
use crate::fact::{Declaration, Kind};
use crate::score::Sheet;
use crate::score::column::{Column, Presence, Scored, Table, Values};

/// A table that is being filled.
pub(super) struct Filled {
    pub(super) compiled: Arc<Compiled>,
    pub(super) rows: usize,
    columns: Vec<Option<Set>>,
    cohorts: Option<Vec<u32>>,
    parents: Option<Vec<Option<usize>>>,
}

/// A column that was set.
struct Set {
    values: SetValues,
    presence: Option<Vec<Presence>>,
}

enum SetValues {
    Numbers(Vec<i64>, u32),
    Truths(Vec<u8>),
    Words(Vec<u32>),
}

impl Set {
    /// The column; one that was not set has no values.
    fn column(set: &Option<Set>) -> Column<'_> {
        let Some(set) = set else {
            return Column::from(Values::Absent);
        };
        Column {
            values: match &set.values {
                SetValues::Numbers(values, scale) => Values::Number { values, scale: *scale },
                SetValues::Truths(values) => Values::Truth(values),
                SetValues::Words(values) => Values::Word(values),
            },
            presence: set.presence.as_deref(),
        }
    }
}

/// What the values of one column may be.
struct Bounds {
    least: i64,
    greatest: i64,
}

impl Filled {
    pub(super) fn new(compiled: Arc<Compiled>, rows: usize) -> Self {
        let columns = compiled.scheme().program().inputs.len();
        Filled {
            compiled,
            rows,
            columns: (0..columns).map(|_| None).collect(),
            cohorts: None,
            parents: None,
        }
    }

    /// Sets a column of numbers with so many decimal places.
    pub(super) fn numbers(
        &mut self,
        name: &str,
        values: &[i64],
        places: i32,
        states: Option<&[u8]>,
    ) -> std::result::Result<(), Failure> {
        let kinds = [Kind::Count, Kind::Number, Kind::Money];
        let (place, bounds) = self.column(name, &kinds, |declaration| {
            let most = if declaration.kind == Kind::Count { 0 } else { 18 };
            let places = u32::try_from(places).ok().filter(|places| *places <= most)?;
            let scale = Exact::from(10_i64.checked_pow(places)?);
            let end = |end: Exact| (&end * &scale).floor().to_i128();
            let least = end(&Exact::ZERO - &declaration.least())?.checked_neg()?;
            Some((clamped(least, end(declaration.greatest())?), places))
        })?;
        let (bounds, places) = bounds.ok_or_else(|| {
            let (zh, en) = (
                format!("“{name}”的小数位数 {places} 不可用：数量须为 0，其他数值为 0 至 18"),
                format!("\"{name}\": {places} decimal places cannot be; a count has 0, other numbers 0 to 18"),
            );
            Error::one(
                ErrorKind::Document,
                Finding::error("capi.column_places", "", zh, en).about(name),
            )
        })?;
        self.set(place, name, values, states, |values, presence| {
            within(name, values, presence, &bounds)?;
            Ok(SetValues::Numbers(values.to_vec(), places))
        })
    }

    /// Sets a column of days, each as yyyymmdd.
    pub(super) fn days(
        &mut self,
        name: &str,
        values: &[i32],
        states: Option<&[u8]>,
    ) -> std::result::Result<(), Failure> {
        let (place, bounds) = self.column(name, &[Kind::Date], |declaration| {
            Some(clamped(
                declaration.least().to_i128()?,
                declaration.greatest().to_i128()?,
            ))
        })?;
        self.set(place, name, values, states, |values, presence| {
            let mut numbers = Vec::with_capacity(values.len());
            for (row, value) in values.iter().enumerate() {
                numbers.push(match (day(*value), known(presence, row)) {
                    (Some(day), _) => day.number(),
                    (None, false) => 0,
                    (None, true) => return Err(outside(name, row, &value.to_string())),
                });
            }
            if let Some(bounds) = &bounds {
                within(name, &numbers, presence, bounds)?;
            }
            Ok(SetValues::Numbers(numbers, 0))
        })
    }

    /// Sets a column of yes (not nought) and no.
    pub(super) fn truths(
        &mut self,
        name: &str,
        values: &[u8],
        states: Option<&[u8]>,
    ) -> std::result::Result<(), Failure> {
        let (place, ()) = self.column(name, &[Kind::YesNo], |_| ())?;
        self.set(place, name, values, states, |values, _| {
            Ok(SetValues::Truths(values.to_vec()))
        })
    }

    /// Sets a column of words, each as its place in the declaration.
    pub(super) fn words(
        &mut self,
        name: &str,
        values: &[i32],
        states: Option<&[u8]>,
    ) -> std::result::Result<(), Failure> {
        let (place, count) = self.column(name, &[Kind::Choice], |declaration| declaration.words.len())?;
        self.set(place, name, values, states, |values, presence| {
            let mut words = Vec::with_capacity(values.len());
            for (row, value) in values.iter().enumerate() {
                let word = u32::try_from(*value).ok();
                let declared = word
                    .and_then(|word| usize::try_from(word).ok())
                    .is_some_and(|word| word < count);
                if !declared && known(presence, row) {
                    return Err(outside(name, row, &value.to_string()));
                }
                words.push(word.unwrap_or(0));
            }
            Ok(SetValues::Words(words))
        })
    }

    /// Sets the cohort of each row.
    pub(super) fn cohorts(&mut self, cohorts: Option<&[i32]>) -> std::result::Result<(), Failure> {
        let Some(cohorts) = cohorts else {
            self.cohorts = None;
            return Ok(());
        };
        self.sized(cohorts.len(), "cohorts")?;
        let mut numbers = Vec::with_capacity(cohorts.len());
        for (row, cohort) in cohorts.iter().enumerate() {
            numbers.push(u32::try_from(*cohort).map_err(|_| outside("cohorts", row, &cohort.to_string()))?);
        }
        self.cohorts = Some(numbers);
        Ok(())
    }

    /// Sets the row above each row; below nought where there is none.
    pub(super) fn parents(&mut self, parents: Option<&[i64]>) -> std::result::Result<(), Failure> {
        let Some(parents) = parents else {
            self.parents = None;
            return Ok(());
        };
        self.sized(parents.len(), "parents")?;
        let mut rows = Vec::with_capacity(parents.len());
        for (row, parent) in parents.iter().enumerate() {
            let above = usize::try_from(*parent).ok();
            if above.is_some_and(|above| above >= self.rows || above == row) {
                return Err(outside("parents", row, &parent.to_string()).into());
            }
            rows.push(above);
        }
        self.parents = Some(rows);
        Ok(())
    }

    /// Scores what was set.
    pub(super) fn score(&self) -> Result<Scored> {
        self.complete()?;
        let scored = self.compiled.plan().score(&self.table())?;
        Ok(settled(&self.compiled, scored, self.rows))
    }

    /// The sheet of a row.
    pub(super) fn sheet(&self, row: usize) -> Result<Sheet> {
        self.complete()?;
        self.compiled.plan().sheet(&self.table(), row)
    }

    /// Every column that something reads was set.
    fn complete(&self) -> Result<()> {
        let about = self.compiled.plan().about();
        let missing = about.columns.iter().zip(&self.columns);
        let missing = missing.filter(|(wanted, set)| wanted.needed && set.is_none());
        let mut findings: Vec<Finding> = missing
            .map(|(wanted, _)| {
                let (zh, en) = (
                    format!("缺少“{}”一列；确实不掌握的，请填入任意值并将各行状态设为不明", wanted.name),
                    format!(
                        "the column \"{}\" was not set; if nobody knows it, set any values with the state of each row unknown",
                        wanted.name
                    ),
                );
                let mut finding = Finding::error("capi.column_missing", "", zh, en).about(wanted.name);
                finding.pointer = None;
                finding
            })
            .collect();
        if about.parents && self.parents.is_none() {
            let (zh, en) = ("缺少上级行（parents）", "the rows above (parents) were not set");
            findings.push(Finding::error("capi.column_missing", "", zh, en).about("parents"));
        }
        if findings.is_empty() {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Refused, findings))
        }
    }

    fn table(&self) -> Table<'_> {
        Table {
            rows: self.rows,
            columns: self.columns.iter().map(Set::column).collect(),
            cohorts: self.cohorts.as_deref(),
            parents: self.parents.as_deref(),
        }
    }

    /// The place of a column of one of these kinds, with what is asked of its declaration.
    fn column<A>(&self, name: &str, kinds: &[Kind], ask: impl Fn(&Declaration) -> A) -> Result<(usize, A)> {
        let inputs = &self.compiled.scheme().program().inputs;
        let found = inputs.iter().position(|input| input.declaration.name == name);
        let Some((place, input)) = found.and_then(|place| Some((place, inputs.get(place)?))) else {
            let names: Vec<&str> = inputs.iter().map(|input| input.declaration.name.as_str()).collect();
            let (zh, en) = (
                format!("办法没有“{name}”一列；有：{}", names.join("、")),
                format!("the scheme has no column \"{name}\"; it has: {}", names.join(", ")),
            );
            let finding = Finding::error("capi.column_unknown", "", zh, en).about(name);
            return Err(Error::one(ErrorKind::NotFound, finding));
        };
        if !kinds.contains(&input.declaration.kind) {
            let word = input.declaration.kind.word();
            let (zh, en) = (
                format!("“{name}”声明为 {word}，请用该类型的函数填入"),
                format!("\"{name}\" is declared as {word}: set it with the function for that kind"),
            );
            let finding = Finding::error("capi.column_kind", "", zh, en).about(name);
            return Err(Error::one(ErrorKind::Refused, finding));
        }
        Ok((place, ask(&input.declaration)))
    }

    /// Puts a column in its place, once values and states are those of all rows.
    fn set<T>(
        &mut self,
        place: usize,
        name: &str,
        values: &[T],
        states: Option<&[u8]>,
        read: impl FnOnce(&[T], Option<&[Presence]>) -> Result<SetValues>,
    ) -> std::result::Result<(), Failure> {
        self.sized(values.len(), name)?;
        let presence = states.map(|states| presence(name, states)).transpose()?;
        let values = read(values, presence.as_deref())?;
        if let Some(slot) = self.columns.get_mut(place) {
            *slot = Some(Set { values, presence });
        }
        Ok(())
    }

    fn sized(&self, len: usize, name: &str) -> std::result::Result<(), Failure> {
        if len == self.rows {
            return Ok(());
        }
        Err(wrong_length(name, len, self.rows))
    }
}

/// An array of another length than there are rows.
pub(super) fn wrong_length(name: &str, len: usize, rows: usize) -> Failure {
    Failure::misuse(
        ZEREN_WRONG_ARRAY,
        "wrong_array",
        "capi.wrong_array",
        format!("“{name}”有 {len} 行，表有 {rows} 行，两者须相等"),
        format!("\"{name}\" has {len} rows and the table {rows}: they must be the same"),
    )
}

fn outside(name: &str, row: usize, value: &str) -> Error {
    let (zh, en) = (
        format!("“{name}”第 {row} 行（从 0 起）的值 {value} 超出声明的范围，请核实"),
        format!("\"{name}\": the value {value} of row {row} (from 0) lies outside of the declared range"),
    );
    let finding = Finding::error("capi.out_of_range", format!("/{row}"), zh, en).about(name);
    Error::one(ErrorKind::Document, finding)
}

fn presence(name: &str, states: &[u8]) -> Result<Vec<Presence>> {
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

fn clamped(least: i128, greatest: i128) -> Bounds {
    let narrow = |number: i128| {
        let held = number.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
        i64::try_from(held).unwrap_or(0)
    };
    Bounds {
        least: narrow(least),
        greatest: narrow(greatest),
    }
}

/// All values that are known lie within the declared range. The column evaluator checks its own rows once more; those that
/// are left to the exact run rest on this.
fn within(name: &str, values: &[i64], presence: Option<&[Presence]>, bounds: &Bounds) -> Result<()> {
    let wrong = |value: &i64| *value < bounds.least || *value > bounds.greatest;
    if !values.iter().fold(false, |any, value| any | wrong(value)) {
        return Ok(());
    }
    let first = values
        .iter()
        .enumerate()
        .find(|(row, value)| wrong(value) && known(presence, *row));
    first.map_or(Ok(()), |(row, value)| Err(outside(name, row, &value.to_string())))
}

fn day(yyyymmdd: i32) -> Option<Date> {
    let number = u32::try_from(yyyymmdd).ok()?;
    let (year, rest) = (number.checked_div(10_000)?, number.checked_rem(10_000)?);
    let (month, day) = (rest.checked_div(100)?, rest.checked_rem(100)?);
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)
}
