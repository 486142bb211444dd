//! Reading a filled template back.

use std::collections::BTreeMap;

use super::cell::{self, Cell, Why};
use super::column::{Beside, Column};
use super::grid::{self, address, refuse};
use super::{HINTS, Rows, SCHEME, Template};
use crate::document::Value;
use crate::error::{Error, ErrorKind, Finding, Result};

/// What was filled in for a subject, as a facts document and `facts.recorded` write it. What stays blank is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Host id of the subject.
    pub subject: String,
    /// Values by the name of the fact, in the order of the columns.
    pub facts: Vec<(String, Value)>,
}

/// Rows before the first subject: the mark, the heads, the hints.
const HEAD: usize = 3;

impl Template {
    /// Reads the table that was made of this template, filled in. Columns may have been put in another order or left
    /// out; none may have been added.
    ///
    /// # Errors
    /// Everything that is wrong with the table at once, each with the address of its cell: another scheme, version or
    /// content, unknown heads, a subject twice, cells that cannot be read. Nothing of such a table is taken.
    pub fn read(&self, csv: &[u8]) -> Result<Vec<Filled>> {
        let rows = grid::read(csv)?;
        self.is_own(rows.first().map_or(&[][..], Vec::as_slice))?;
        let mut found = Vec::new();
        let heads = self.heads(rows.get(1).map_or(&[][..], Vec::as_slice), &mut found);
        let hints = rows
            .get(2)
            .and_then(|row| row.first())
            .is_some_and(|first| first == HINTS);
        let first = if hints { HEAD } else { HEAD.saturating_sub(1) };
        let mut table: Vec<(usize, String, Row<'_>)> = Vec::new();
        for (number, cells) in rows.iter().enumerate().skip(first) {
            if cells.iter().all(String::is_empty) {
                continue;
            }
            for (column, _) in cells
                .iter()
                .enumerate()
                .skip(heads.len())
                .filter(|(_, cell)| !cell.is_empty())
            {
                problem(
                    &mut found,
                    "fact.template_beyond_heads",
                    address(number, column),
                    &(
                        "表头以外的单元格，请删除".to_owned(),
                        "a cell beyond the heads; delete it".to_owned(),
                    ),
                );
            }
            let row = Row {
                number,
                cells,
                heads: &heads,
            };
            match row.of(&Column::Subject).filter(|(_, id)| !id.is_empty()) {
                Some((_, id)) => table.push((number, id.to_owned(), row)),
                None => problem(
                    &mut found,
                    "fact.template_no_subject",
                    address(number, 0),
                    &(
                        "缺少考核对象编号".to_owned(),
                        "the id of the subject is missing".to_owned(),
                    ),
                ),
            }
        }
        let filled = match &self.rows {
            Rows::Subjects => self.subjects(&table, &mut found),
            Rows::Events(fact) => self.listed(fact, &table, &mut found),
        };
        if found.is_empty() {
            Ok(filled)
        } else {
            Err(Error::new(ErrorKind::Document, found))
        }
    }

    /// Refuses a table that was made for something else.
    fn is_own(&self, mark: &[String]) -> Result<()> {
        let expected = [
            (
                0,
                SCHEME,
                "fact.template_no_mark",
                "第一行不是填报表的标记行，请使用下发的模板",
            ),
            (
                1,
                self.scheme.as_str(),
                "fact.template_other_scheme",
                "这是另一个考核办法的填报表",
            ),
            (
                3,
                self.version.as_str(),
                "fact.template_other_version",
                "这是考核办法另一版本的填报表，请重新下载模板",
            ),
            (5, self.content(), "fact.template_other_content", "这是另一张填报表"),
        ];
        for (column, expected, code, zh) in expected {
            let found = mark.get(column).map_or("", String::as_str);
            if found != expected {
                let at = address(0, column);
                let zh = format!("{at}：{zh}（应为“{expected}”，实为“{found}”）");
                let en = format!("{at}: expected \"{expected}\", found \"{found}\": not a table of this template");
                return Err(refuse(code, at, zh, en));
            }
        }
        Ok(())
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

    fn subjects(&self, table: &[(usize, String, Row<'_>)], found: &mut Vec<Finding>) -> Vec<Filled> {
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
                        match cell::value(text, fact).and_then(|cell| row.with_beside(&fact.name, fact.judged, cell)) {
                            Ok(Some(value)) => facts.push((fact.name.clone(), value)),
                            Ok(None) => {}
                            Err(why) => problem(found, "fact.template_cell", address(*number, place), &why),
                        }
                    }
                    Column::Beside(fact, Beside::Issued) => facts.extend(self.ballots(fact, row, found)),
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
    fn ballots(&self, fact: &str, row: &Row<'_>, found: &mut Vec<Finding>) -> Option<(String, Value)> {
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

    /// The events of each subject, in the order of the rows.
    fn listed(&self, fact: &str, table: &[(usize, String, Row<'_>)], found: &mut Vec<Finding>) -> Vec<Filled> {
        let mut order: Vec<&str> = Vec::new();
        let mut lists: BTreeMap<&str, (Vec<Value>, Option<bool>)> = BTreeMap::new();
        for (number, subject, row) in table {
            if !lists.contains_key(subject.as_str()) {
                order.push(subject);
            }
            let (events, complete) = lists.entry(subject).or_default();
            let mut fields = Vec::new();
            for column in &self.columns {
                let Some((place, text)) = row.of(column) else { continue };
                match column {
                    Column::Field(field) => match cell::field(text, field) {
                        Ok(Some(value)) => fields.push((field.name.as_str().into(), value)),
                        Ok(None) => {}
                        Err(why) => problem(found, "fact.template_cell", address(*number, place), &why),
                    },
                    Column::Complete => match (text, *complete) {
                        ("", _) => {}
                        ("是", None | Some(true)) => *complete = Some(true),
                        ("否", None | Some(false)) => *complete = Some(false),
                        _ => problem(
                            found,
                            "fact.template_cell",
                            address(*number, place),
                            &(
                                format!("“{text}”应为“是”或“否”，且同一考核对象各行一致"),
                                format!("\"{text}\": 是 or 否, the same in every row of a subject"),
                            ),
                        ),
                    },
                    _ => {}
                }
            }
            if !fields.is_empty() {
                events.push(Value::Object(fields));
            }
        }
        let filled = order.into_iter().filter_map(|subject| {
            let (events, complete) = lists.remove(subject)?;
            // Neither an event nor a word on completeness: nothing was reported.
            if events.is_empty() && complete.is_none() {
                return None;
            }
            let list = Value::Object(vec![
                ("events".into(), Value::List(events)),
                ("complete".into(), Value::Bool(complete.unwrap_or(false))),
            ]);
            Some(Filled {
                subject: subject.to_owned(),
                facts: vec![(fact.to_owned(), list)],
            })
        });
        filled.collect()
    }
}

/// One row of the table with what its columns mean.
struct Row<'t> {
    number: usize,
    cells: &'t [String],
    heads: &'t [Option<&'t Column>],
}

impl Row<'_> {
    /// The cell of a column, with its place; nothing when the column was left out.
    fn of(&self, column: &Column) -> Option<(usize, &str)> {
        let place = self.heads.iter().position(|head| *head == Some(column))?;
        Some((place, self.cells.get(place).map_or("", String::as_str)))
    }

    fn beside(&self, fact: &str, beside: Beside) -> Option<&str> {
        let (_, text) = self.of(&Column::Beside(fact.to_owned(), beside))?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// The value with what the columns beside it say: who declares a zero, who judged and why.
    fn with_beside(&self, fact: &str, judged: bool, cell: Cell) -> std::result::Result<Option<Value>, Why> {
        let text = |text: &str| Value::Text(text.to_owned());
        match cell {
            Cell::Blank => Ok(None),
            Cell::Nought => match self.beside(fact, Beside::ZeroPost) {
                Some(post) => Ok(Some(object([("state", text("zero")), ("declared_by", text(post))]))),
                None => Err((
                    "“无”须在“零报告岗位”一列写明申报岗位；模板没有该列的，请填 0".to_owned(),
                    "无 needs the post that declares it beside it; where there is no such column write 0".to_owned(),
                )),
            },
            Cell::Value(value) if judged && !matches!(value, Value::Object(_)) => {
                match (self.beside(fact, Beside::By), self.beside(fact, Beside::Why)) {
                    (Some(by), Some(why)) => Ok(Some(object([
                        ("state", text("judged")),
                        ("value", value),
                        ("by", text(by)),
                        ("reason", text(why)),
                    ]))),
                    _ => Err((
                        "该事实由人评定，须写明评定人和评定理由".to_owned(),
                        "the fact is judged: say who judged and why".to_owned(),
                    )),
                }
            }
            Cell::Value(value) => Ok(Some(value)),
        }
    }
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// One more problem, told by the address of its cell.
fn problem(found: &mut Vec<Finding>, code: &'static str, at: String, (zh, en): &Why) {
    let (zh, en) = (format!("{at}：{zh}"), format!("{at}: {en}"));
    found.push(Finding::error(code, at, zh, en));
}
