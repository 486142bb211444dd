//! Writing what is known into a table, in the words in which it is read back.

use super::Template;
use super::column::{Beside, Column};
use super::mark::Content;
use crate::document::{NumberText, Value, extend};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::{FieldDeclaration, FieldKind, Holder};

/// A subject that a table is made for, with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectRow {
    /// Host id.
    pub id: String,
    /// Its name, for those who fill the table in.
    pub name: String,
    /// Values by the name of the fact, as a facts document writes them: what stands in the cells already.
    pub facts: Vec<(String, Value)>,
}

impl SubjectRow {
    /// A subject of which nothing is filled in.
    pub fn blank(id: &str, name: &str) -> Self {
        SubjectRow {
            id: id.to_owned(),
            name: name.to_owned(),
            facts: Vec::new(),
        }
    }
}

impl Template {
    /// All rows of the table.
    ///
    /// # Errors
    /// A document error for everything that no cell can hold, told by the place among the subjects.
    pub(super) fn lines(&self, subjects: &[SubjectRow]) -> Result<Vec<Vec<String>>> {
        let mut problems = Vec::new();
        let mut lines: Vec<Vec<String>> = self.head().collect();
        for (number, subject) in subjects.iter().enumerate() {
            let here = extend(&extend("/subjects", &number.to_string()), "facts");
            for (name, _) in &subject.facts {
                if !self.facts.iter().any(|fact| fact.name == *name) {
                    problems.push(Finding::error(
                        "fact.template_no_column",
                        extend(&here, name),
                        format!("这张填报表没有“{name}”一列"),
                        format!("the table has no column for \"{name}\""),
                    ));
                }
            }
            match &self.mark.content {
                Content::Events(fact) => lines.extend(self.event_rows(fact, subject, &here, &mut problems)),
                Content::Values | Content::Opening(_) => lines.push(self.value_row(subject, &here, &mut problems)),
            }
        }
        if problems.is_empty() {
            Ok(lines)
        } else {
            Err(Error::new(ErrorKind::Document, problems))
        }
    }

    /// Rows without anything but who they are for.
    pub(super) fn blank_rows(&self, subjects: &[SubjectRow]) -> impl Iterator<Item = Vec<String>> {
        let blank = self.columns.len().saturating_sub(2);
        subjects.iter().map(move |subject| {
            let who = [subject.id.clone(), subject.name.clone()].into_iter();
            who.chain(std::iter::repeat_n(String::new(), blank)).collect()
        })
    }

    fn value_row(&self, subject: &SubjectRow, here: &str, problems: &mut Vec<Finding>) -> Vec<String> {
        let of = |fact: &str| {
            subject
                .facts
                .iter()
                .find(|(name, _)| name == fact)
                .map(|(_, value)| value)
        };
        let cell = |column: &Column| {
            Some(match column {
                Column::Subject => subject.id.clone(),
                Column::Name => subject.name.clone(),
                Column::Value(fact) => {
                    let Some(value) = of(&fact.name) else {
                        return Some(String::new());
                    };
                    let posted = self
                        .columns
                        .contains(&Column::Beside(fact.name.clone(), Beside::ZeroPost));
                    value_text(value, posted)?
                }
                Column::Beside(fact, beside) => match (of(fact).and_then(|value| beside_value(value, *beside)), beside)
                {
                    (Some(value), _) => plain_text(value)?,
                    (None, _) => String::new(),
                },
                Column::Votes(fact, word) => {
                    match of(fact)
                        .and_then(|value| value.get("votes"))
                        .and_then(|votes| votes.get(word))
                    {
                        Some(votes) => plain_text(votes)?,
                        None => String::new(),
                    }
                }
                Column::Complete | Column::Field(_) => String::new(),
            })
        };
        let mut row = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let text = cell(column);
            if let (None, Some(fact)) = (&text, column.fact()) {
                problems.push(unwritable(fact, extend(here, fact)));
            }
            row.push(text.unwrap_or_default());
        }
        row
    }

    /// A row an event; one row where there is none.
    fn event_rows(
        &self,
        fact: &str,
        subject: &SubjectRow,
        here: &str,
        problems: &mut Vec<Finding>,
    ) -> Vec<Vec<String>> {
        let value = subject
            .facts
            .iter()
            .find(|(name, _)| name == fact)
            .map(|(_, value)| value);
        let events = value.and_then(|value| value.get("events"));
        let complete = match value.and_then(|value| value.get("complete")) {
            Some(Value::Bool(true)) => "是",
            Some(Value::Bool(false)) => "否",
            _ => "",
        };
        let list = match events {
            Some(Value::List(list)) => list.as_slice(),
            _ => &[],
        };
        let listed = matches!(events, Some(Value::List(_)));
        if value.is_some() && !listed {
            problems.push(unwritable(fact, extend(here, fact)));
        }
        let events: Vec<Option<&Value>> = match list {
            [] => vec![None],
            list => list.iter().map(Some).collect(),
        };
        let row = |event: Option<&Value>| {
            let cell = |column: &Column| match column {
                Column::Subject => subject.id.clone(),
                Column::Name => subject.name.clone(),
                Column::Complete => complete.to_owned(),
                Column::Field(field) => event
                    .and_then(|event| event.get(&field.name))
                    .and_then(|value| field_text(value, field))
                    .unwrap_or_default(),
                _ => String::new(),
            };
            self.columns.iter().map(cell).collect()
        };
        events.into_iter().map(row).collect()
    }
}

fn unwritable(fact: &str, pointer: String) -> Finding {
    Finding::error(
        "fact.template_unwritable",
        pointer,
        format!("“{fact}”的值无法写进一个单元格，请留空由填报人填写"),
        format!("no cell can hold this value of \"{fact}\"; leave it out"),
    )
}

/// The text of the cell of a value. `posted`: a column beside it names the post that declares a zero.
fn value_text(value: &Value, posted: bool) -> Option<String> {
    let Some(state) = value.get("state").and_then(Value::as_text) else {
        return plain_text(value);
    };
    Some(match state {
        "pending" => "未报".to_owned(),
        "unknown" => "不明".to_owned(),
        "not_applicable" => match value.get("reason").and_then(Value::as_text) {
            None | Some("填报表填写不适用") => "/".to_owned(),
            Some(reason) => format!("不适用：{reason}"),
        },
        "at_least" => format!("≥{}", plain_text(value.get("value")?)?),
        "zero" if posted => "无".to_owned(),
        "zero" => "0".to_owned(),
        "judged" => plain_text(value.get("value")?)?,
        _ => return None,
    })
}

fn beside_value(value: &Value, beside: Beside) -> Option<&Value> {
    value.get(match beside {
        Beside::ZeroPost => "declared_by",
        Beside::Why if value.get("state").and_then(Value::as_text) != Some("judged") => return None,
        Beside::Why => "reason",
        Beside::By => "by",
        Beside::Issued | Beside::Returned | Beside::Valid => beside.word(),
    })
}

/// A number, word, day or truth. A ratio is read back from no cell.
fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(NumberText::as_str(number).to_owned()),
        Value::Text(text) if !is_ratio(text) => Some(text.clone()),
        Value::Bool(true) => Some("是".to_owned()),
        Value::Bool(false) => Some("否".to_owned()),
        _ => None,
    }
}

fn is_ratio(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('/')
        .is_some_and(|(above, below)| digits(above.trim_start_matches('-')) && digits(below))
}

fn field_text(value: &Value, field: &FieldDeclaration) -> Option<String> {
    let text = plain_text(value)?;
    if field.kind != FieldKind::Holder {
        return Some(text);
    }
    let holder = Holder::ALL.into_iter().find(|holder| holder.word() == text);
    holder.map(|holder| holder.zh().to_owned())
}
