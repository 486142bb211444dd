//! What a table holds, column by column, and what is asked of it.

use std::result::Result as Outcome;
use std::sync::Arc;

use super::compiled::Compiled;
use super::error::Failure;
use super::set::{Borrowed, Set, SetEvents, SetValues, days, ends, numbers, outside, presence, texts, words};
use super::settled::settled;
use super::status::ZEREN_WRONG_ARRAY;
use super::wants::{Bounds, Wants};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::Declaration;
use crate::progress::Progress;
use crate::score::Sheet;
use crate::score::column::{Presence, Scored, Table};

/// The most decimal places of a number.
const MOST_PLACES: u32 = 18;

/// The most rows: a number mistyped must not ask for all memory, which would end the host.
const MOST_ROWS: usize = 100_000_000;

/// A table that is being filled.
pub(super) struct Filled {
    pub(super) compiled: Arc<Compiled>,
    pub(super) rows: usize,
    columns: Vec<Option<Set>>,
    cohorts: Option<Vec<u32>>,
    parents: Option<Vec<Option<usize>>>,
}

/// Where a column belongs.
#[derive(Clone, Copy)]
struct Place {
    column: usize,
    /// A field of its events.
    field: Option<usize>,
    /// How many values there are.
    len: usize,
}

impl Filled {
    pub(super) fn new(compiled: Arc<Compiled>, rows: usize) -> Outcome<Self, Failure> {
        if rows > MOST_ROWS {
            return Err(Failure::misuse(
                ZEREN_WRONG_ARRAY,
                "wrong_array",
                "capi.wrong_array",
                format!("表不能有 {rows} 行，最多 {MOST_ROWS} 行"),
                format!("a table cannot have {rows} rows, {MOST_ROWS} at most"),
            ));
        }
        let columns = compiled.wanted().len();
        Ok(Filled {
            compiled,
            rows,
            columns: (0..columns).map(|_| None).collect(),
            cohorts: None,
            parents: None,
        })
    }

    /// Sets a column of numbers with so many decimal places.
    pub(super) fn numbers(
        &mut self,
        name: &str,
        values: &[i64],
        places: i32,
        states: Option<&[u8]>,
    ) -> Outcome<(), Failure> {
        let (place, wants) = self.place(name)?;
        let Wants::Numbers { whole, least, greatest } = wants else {
            return Err(other_kind(name, &wants).into());
        };
        let most = if whole { 0 } else { MOST_PLACES };
        let decimals = u32::try_from(places).ok().filter(|places| *places <= most);
        let bounds = decimals.and_then(|places| Some((Bounds::scaled(&least, &greatest, places)?, places)));
        let (bounds, places) = bounds.ok_or_else(|| {
            let (zh, en) = (
                format!("“{name}”的小数位数 {places} 不可用：数量须为 0，其他数值为 0 至 {MOST_PLACES}"),
                format!(
                    "\"{name}\": {places} decimal places cannot be; a count has 0, other numbers 0 to {MOST_PLACES}"
                ),
            );
            let finding = Finding::error("capi.column_places", "", zh, en).about(name);
            Error::one(ErrorKind::Document, finding)
        })?;
        self.set(place, name, values.len(), states, |presence| {
            Ok(SetValues::Numbers(numbers(name, values, presence, &bounds)?, places))
        })
    }

    /// Sets a column of days, each as yyyymmdd.
    pub(super) fn days(&mut self, name: &str, values: &[i32], states: Option<&[u8]>) -> Outcome<(), Failure> {
        let (place, wants) = self.place(name)?;
        let Wants::Days { least, greatest } = &wants else {
            return Err(other_kind(name, &wants).into());
        };
        let bounds = Bounds::scaled(least, greatest, 0).ok_or_else(|| other_kind(name, &wants))?;
        self.set(place, name, values.len(), states, |presence| {
            Ok(SetValues::Numbers(days(name, values, presence, &bounds)?, 0))
        })
    }

    /// Sets a column of yes (not nought) and no.
    pub(super) fn truths(&mut self, name: &str, values: &[u8], states: Option<&[u8]>) -> Outcome<(), Failure> {
        match self.place(name)? {
            (place, Wants::Truths) => self.set(place, name, values.len(), states, |_| {
                Ok(SetValues::Truths(values.to_vec()))
            }),
            (_, other) => Err(other_kind(name, &other).into()),
        }
    }

    /// Sets a column of words, each as its place in the declaration.
    pub(super) fn words(&mut self, name: &str, values: &[i32], states: Option<&[u8]>) -> Outcome<(), Failure> {
        match self.place(name)? {
            (place, Wants::Words(count)) => self.set(place, name, values.len(), states, |presence| {
                Ok(SetValues::Words(words(name, values, presence, count)?))
            }),
            (_, other) => Err(other_kind(name, &other).into()),
        }
    }

    /// Sets a column of texts, which stand one behind another.
    pub(super) fn texts(&mut self, name: &str, all: &str, ends: &[i64], states: Option<&[u8]>) -> Outcome<(), Failure> {
        match self.place(name)? {
            (place, Wants::Texts) => self.set(place, name, ends.len(), states, |_| {
                Ok(SetValues::Texts(texts(name, all, ends)?))
            }),
            (_, other) => Err(other_kind(name, &other).into()),
        }
    }

    /// Sets where the events of each row end; their fields are to be set again.
    pub(super) fn events(&mut self, name: &str, values: &[i64], states: Option<&[u8]>) -> Outcome<(), Failure> {
        match self.place(name)? {
            (place, Wants::Events) => {
                let fields = self
                    .declaration(place.column)
                    .map_or(0, |declared| declared.fields.len());
                self.set(place, name, values.len(), states, |_| {
                    Ok(SetValues::Events(SetEvents {
                        ends: ends(name, values)?,
                        fields: (0..fields).map(|_| None).collect(),
                    }))
                })
            }
            (_, other) => Err(other_kind(name, &other).into()),
        }
    }

    /// Sets the cohort of each row.
    pub(super) fn cohorts(&mut self, cohorts: Option<&[i32]>) -> Outcome<(), Failure> {
        let Some(cohorts) = cohorts else {
            self.cohorts = None;
            return Ok(());
        };
        sized("cohorts", cohorts.len(), self.rows)?;
        let mut numbers = Vec::with_capacity(cohorts.len());
        for (row, cohort) in cohorts.iter().enumerate() {
            numbers.push(u32::try_from(*cohort).map_err(|_| outside("cohorts", row, &cohort.to_string()))?);
        }
        self.cohorts = Some(numbers);
        Ok(())
    }

    /// Sets the row above each row; below nought where there is none.
    pub(super) fn parents(&mut self, parents: Option<&[i64]>) -> Outcome<(), Failure> {
        let Some(parents) = parents else {
            self.parents = None;
            return Ok(());
        };
        sized("parents", parents.len(), self.rows)?;
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
    pub(super) fn score(&self, progress: Option<&Progress>) -> Result<Scored> {
        self.complete()?;
        let texts = self.borrowed();
        let spare = self.compiled.take_spare();
        let (plan, table) = (self.compiled.plan(), self.table(&texts));
        let scored = match progress {
            Some(progress) => plan.score_watched(&table, spare, progress)?,
            None => plan.score_again(&table, spare)?,
        };
        Ok(settled(&self.compiled, scored, self.rows))
    }

    /// The sheet of a row.
    pub(super) fn sheet(&self, row: usize) -> Result<Sheet> {
        self.complete()?;
        let texts = self.borrowed();
        self.compiled.plan().sheet(&self.table(&texts), row)
    }

    /// Everything that is read was set.
    fn complete(&self) -> Result<()> {
        let mut missing = Vec::new();
        for (wanted, set) in self.compiled.wanted().iter().zip(&self.columns) {
            match set.as_ref().map(|set| &set.values) {
                None if wanted.needed => missing.push(wanted.name.to_string()),
                Some(SetValues::Events(events)) => {
                    let fields = wanted.fields.iter().zip(&events.fields);
                    let fields = fields.filter(|(_, set)| set.is_none());
                    missing.extend(fields.map(|(field, _)| format!("{}/{}", wanted.name, field.name)));
                }
                _ => {}
            }
        }
        if self.compiled.looks_below() && self.parents.is_none() {
            missing.push("parents".to_owned());
        }
        let findings: Vec<Finding> = missing
            .into_iter()
            .map(|name| {
                let (zh, en) = (
                    format!("缺少“{name}”一列；确实不掌握的，请填入任意值并将各行状态设为不明"),
                    format!(
                        "the column \"{name}\" was not set; if nobody knows it, set any values with each state unknown"
                    ),
                );
                Finding::error("capi.column_missing", "", zh, en).about(name)
            })
            .collect();
        if findings.is_empty() {
            Ok(())
        } else {
            Err(Error::new(ErrorKind::Refused, findings))
        }
    }

    fn borrowed(&self) -> Vec<Borrowed<'_>> {
        self.columns.iter().map(Set::texts).collect()
    }

    fn table<'a>(&'a self, texts: &'a [Borrowed<'a>]) -> Table<'a> {
        let columns = self.columns.iter().zip(texts);
        Table {
            rows: self.rows,
            columns: columns.map(|(set, texts)| Set::column(set, texts)).collect(),
            cohorts: self.cohorts.as_deref(),
            parents: self.parents.as_deref(),
        }
    }

    fn declaration(&self, column: usize) -> Option<&Declaration> {
        let inputs = &self.compiled.scheme().program().inputs;
        inputs.get(column).map(|input| &input.declaration)
    }

    /// The place of a column, or with `事件/级别` of a field of the events that were set.
    fn place(&self, name: &str) -> Result<(Place, Wants)> {
        let (fact, field) = match name.split_once('/') {
            Some((fact, field)) => (fact, Some(field)),
            None => (name, None),
        };
        let wanted = self.compiled.wanted();
        // The id of a scheme may hold any character.
        let found = wanted.iter().position(|wanted| wanted.name == name);
        let found = found.or_else(|| wanted.iter().position(|wanted| wanted.name == fact));
        let Some(column) = found else {
            let names: Vec<&str> = wanted.iter().map(|wanted| wanted.name.as_ref()).collect();
            return Err(unknown(name, &names));
        };
        let place = Place {
            column,
            field: None,
            len: self.rows,
        };
        let Some(declaration) = self.declaration(column) else {
            let kind = wanted.get(column).map_or("", |wanted| wanted.kind);
            return Ok((place, Wants::of_result(kind)));
        };
        let Some(field) = field else {
            return Ok((place, Wants::of(declaration)));
        };
        let fields = &declaration.fields;
        let found = fields.iter().position(|declared| declared.name == field);
        let Some((place, declared)) = found.and_then(|place| Some((place, fields.get(place)?))) else {
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            return Err(unknown(name, &names));
        };
        let Some(Some(SetValues::Events(events))) =
            self.columns.get(column).map(|set| set.as_ref().map(|set| &set.values))
        else {
            let (zh, en) = (
                format!("请先以 zeren_table_set_events 填入“{fact}”，再填其字段"),
                format!("set \"{fact}\" with zeren_table_set_events before its fields"),
            );
            let finding = Finding::error("capi.events_first", "", zh, en).about(name);
            return Err(Error::one(ErrorKind::Refused, finding));
        };
        let place = Place {
            column,
            field: Some(place),
            len: events.ends.last().copied().unwrap_or(0),
        };
        Ok((place, Wants::of_field(declared)))
    }

    /// Puts a column in its place, once there are as many values and states as there must be.
    fn set(
        &mut self,
        place: Place,
        name: &str,
        len: usize,
        states: Option<&[u8]>,
        read: impl FnOnce(Option<&[Presence]>) -> Result<SetValues>,
    ) -> Outcome<(), Failure> {
        sized(name, len, place.len)?;
        let presence = states.map(|states| presence(name, states)).transpose()?;
        let values = read(presence.as_deref())?;
        let slot = self
            .columns
            .get_mut(place.column)
            .and_then(|column| match (place.field, column) {
                (None, column) => Some(column),
                (
                    Some(field),
                    Some(Set {
                        values: SetValues::Events(events),
                        ..
                    }),
                ) => events.fields.get_mut(field),
                _ => None,
            });
        if let Some(slot) = slot {
            *slot = Some(Set { values, presence });
        }
        Ok(())
    }
}

/// An array has as many values as there must be.
pub(super) fn sized(name: &str, len: usize, wanted: usize) -> Outcome<(), Failure> {
    if len == wanted {
        return Ok(());
    }
    Err(Failure::misuse(
        ZEREN_WRONG_ARRAY,
        "wrong_array",
        "capi.wrong_array",
        format!("“{name}”有 {len} 个值，应有 {wanted} 个"),
        format!("\"{name}\" has {len} values and must have {wanted}"),
    ))
}

fn unknown(name: &str, names: &[&str]) -> Error {
    let (zh, en) = (
        format!("没有“{name}”一列；有：{}", names.join("、")),
        format!("there is no column \"{name}\"; there are: {}", names.join(", ")),
    );
    let finding = Finding::error("capi.column_unknown", "", zh, en).about(name);
    Error::one(ErrorKind::NotFound, finding)
}

fn other_kind(name: &str, wants: &Wants) -> Error {
    let (zh, en) = match wants.function() {
        Some(function) => (
            format!("“{name}”不是这种列，请用 {function} 填入"),
            format!("\"{name}\" is no such column: set it with {function}"),
        ),
        None => (
            format!("“{name}”是票数，没有评分标准直接读取；请填入由其得出的各列"),
            format!("\"{name}\" are ballots, which nothing reads: set the columns that are counted of them"),
        ),
    };
    let finding = Finding::error("capi.column_kind", "", zh, en).about(name);
    Error::one(ErrorKind::Refused, finding)
}
