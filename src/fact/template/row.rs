//! One row of a table, by what its columns mean.

use super::cell::{Cell, Why};
use super::column::{Beside, Column};
use super::grid::address;
use crate::document::Value;

/// One row of the table with what its columns mean.
pub(super) struct Row<'t> {
    pub(super) number: usize,
    pub(super) cells: &'t [String],
    pub(super) heads: &'t [Option<&'t Column>],
}

impl Row<'_> {
    /// The cell of a column, with its place; nothing when the column was left out.
    pub(super) fn of(&self, column: &Column) -> Option<(usize, &str)> {
        // Most are asked for by the very column that the head was found to be.
        let same = |head: &&Column| std::ptr::eq(*head, column);
        let place = self.heads.iter().position(|head| head.as_ref().is_some_and(same));
        let place = place.or_else(|| self.heads.iter().position(|head| *head == Some(column)))?;
        Some((place, self.cells.get(place).map_or("", String::as_str)))
    }

    /// The address of a cell of the row.
    pub(super) fn address(&self, place: usize) -> String {
        address(self.number, place)
    }

    fn beside(&self, fact: &str, beside: Beside) -> Option<&str> {
        let (_, text) = self.of(&Column::Beside(fact.to_owned(), beside))?;
        Some(text).filter(|text| !text.is_empty())
    }

    /// The value with what the columns beside it say: who declares a zero, who judged and why.
    pub(super) fn with_beside(&self, fact: &str, judged: bool, cell: Cell) -> std::result::Result<Option<Value>, Why> {
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
