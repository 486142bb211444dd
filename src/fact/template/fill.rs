//! Reading a filled table back.

use std::collections::BTreeMap;

use super::cell::{self, Why};
use super::check::{Places, check};
use super::column::{Beside, Column};
use super::grid::{Grid, address};
use super::row::Row;
use super::{Content, Entered, Filled, HINTS, Mark, Template};
use crate::document::{Value, extend};
use crate::error::{Error, ErrorKind, Finding, Result};

/// Rows before the first subject: the mark, the heads, the hints.
const HEAD: usize = 3;

/// A row of a subject: its number, the host id, its cells.
pub(super) type SubjectCells<'t> = (usize, String, Row<'t>);

impl Template {
    /// What a table with this mark says.
    pub(super) fn take(&self, grid: Grid, mark: Mark) -> Result<Entered> {
        mark.expect(&self.mark)?;
        let mut found = grid.problems.clone();
        let heads = self.heads(grid.row(1), &mut found);
        let hints = grid.row(2).first().is_some_and(|first| first == HINTS);
        let first = if hints { HEAD } else { HEAD.saturating_sub(1) };
        let mut table: Vec<SubjectCells<'_>> = Vec::new();
        for (number, cells) in grid.rows.iter().enumerate().skip(first) {
            if cells.iter().all(String::is_empty) {
                continue;
            }
            let beyond = cells.iter().enumerate().skip(heads.len());
            for (column, _) in beyond.filter(|(_, cell)| !cell.is_empty()) {
                let (zh, en) = ("表头以外的单元格，请删除", "a cell beyond the heads; delete it");
                let why = (zh.to_owned(), en.to_owned());
                problem(&mut found, "fact.template_beyond_heads", address(number, column), &why);
            }
            let row = Row {
                number,
                cells,
                heads: &heads,
            };
            match row.of(&Column::Subject).filter(|(_, id)| !id.is_empty()) {
                Some((_, id)) => table.push((number, id.to_owned(), row)),
                None => {
                    let (zh, en) = ("缺少考核对象编号", "the id of the subject is missing");
                    let why = (zh.to_owned(), en.to_owned());
                    problem(&mut found, "fact.template_no_subject", address(number, 0), &why);
                }
            }
        }
        let mut places = Places::default();
        let subjects = match &self.mark.content {
            Content::Values | Content::Opening(_) => self.subjects(&table, &mut places, &mut found),
            Content::Events(fact) => self.listed(fact, &table, &mut places, &mut found),
        };
        let mut findings = grid.notices;
        check(&self.facts, &subjects, &places, &mut found, &mut findings);
        if found.is_empty() {
            Ok(Entered {
                mark,
                subjects,
                findings,
            })
        } else {
            Err(Error::new(ErrorKind::Document, found))
        }
    }

    /// The column that each head names.
    fn heads(&self, heads: &[String], found: &mut Vec<Finding>) -> Vec<Option<&Column>> {
        let mut columns: Vec<Option<&Column>> = Vec::with_capacity(heads.len());
        for (place, head) in heads.iter().enumerate() {
            let column = self.columns.iter().find(|column| column.head() == *head);
            if column.is_none() && !head.is_empty() {
                problem(
                    found,
                    "fact.template_unknown_head",
                    address(1, place),
                    &(
                        format!("模板中没有“{head}”一列"),
                        format!("the template has no column \"{head}\""),
                    ),
                );
            }
            if column.is_some() && columns.contains(&column) {
                problem(
                    found,
                    "fact.template_head_twice",
                    address(1, place),
                    &(format!("“{head}”一列重复"), format!("column \"{head}\" stands twice")),
                );
            }
            columns.push(column);
        }
        columns
    }

    fn subjects(&self, table: &[SubjectCells<'_>], places: &mut Places, found: &mut Vec<Finding>) -> Vec<Filled> {
        let mut seen = BTreeMap::new();
        let mut filled = Vec::new();
        for (number, subject, row) in table {
            if let Some(before) = seen.insert(subject, number) {
                let line = before.saturating_add(1);
                problem(
                    found,
                    "fact.template_subject_twice",
                    address(*number, 0),
                    &(
                        format!("“{subject}”与第 {line} 行重复"),
                        format!("\"{subject}\" stands in row {line} already"),
                    ),
                );
            }
            let mut facts = Vec::new();
            for column in &self.columns {
                match column {
                    Column::Value(fact) => {
                        let Some((place, text)) = row.of(column) else { continue };
                        places.put(subject, &extend("/facts", &fact.name), row.address(place));
                        match cell::value(text, fact).and_then(|cell| row.with_beside(&fact.name, fact.judged, cell)) {
                            Ok(Some(value)) => facts.push((fact.name.clone(), value)),
                            Ok(None) => {}
                            Err(why) => problem(found, "fact.template_cell", address(*number, place), &why),
                        }
                    }
                    Column::Beside(fact, Beside::Issued) => {
                        facts.extend(self.ballots(subject, fact, row, places, found));
                    }
                    _ => {}
                }
            }
            filled.push(Filled {
                subject: subject.clone(),
                facts,
            });
        }
        filled
    }

    /// The ballots of a poll; nothing when no cell of it is filled in.
    fn ballots(
        &self,
        subject: &str,
        fact: &str,
        row: &Row<'_>,
        places: &mut Places,
        found: &mut Vec<Finding>,
    ) -> Option<(String, Value)> {
        let here = extend("/facts", fact);
        let (mut members, mut votes) = (Vec::new(), Vec::new());
        for column in &self.columns {
            let Some((place, text)) = row.of(column) else { continue };
            let (list, name) = match column {
                Column::Beside(of, beside @ (Beside::Issued | Beside::Returned | Beside::Valid)) if of == fact => {
                    (&mut members, beside.word())
                }
                Column::Votes(of, word) if of == fact => (&mut votes, word.as_str()),
                _ => continue,
            };
            let part = match column {
                Column::Votes(_, word) => extend(&extend(&here, "votes"), word),
                _ => extend(&here, name),
            };
            places.put(subject, &here, row.address(place));
            places.put(subject, &part, row.address(place));
            match cell::ballots(text) {
                Ok(Some(value)) => list.push((name.into(), value)),
                Ok(None) => {}
                Err(why) => problem(found, "fact.template_cell", address(row.number, place), &why),
            }
        }
        if members.is_empty() && votes.is_empty() {
            return None;
        }
        members.push(("votes".into(), Value::Object(votes)));
        Some((fact.to_owned(), Value::Object(members)))
    }
}

/// One more problem, told by the address of its cell.
pub(super) fn problem(found: &mut Vec<Finding>, code: &'static str, at: String, (zh, en): &Why) {
    let (zh, en) = (format!("{at}：{zh}"), format!("{at}: {en}"));
    found.push(Finding::error(code, at, zh, en));
}
