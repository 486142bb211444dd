//! The cells of a table, wherever they come from.

use super::{csv, xlsx};
use crate::error::{Error, ErrorKind, Finding, Result};

/// Cells of a table at most, with the blank ones between them: whoever has more has taken the wrong file.
pub(super) const MAX_CELLS: usize = 4_000_000;
/// Bytes of all cells together at most.
pub(super) const MAX_TEXT: usize = 64 << 20;

/// Refuses what is over the bounds.
pub(super) fn too_much(at: &str) -> Error {
    let (zh, en) = (
        format!("表格内容过多（上限 {MAX_CELLS} 个单元格、{MAX_TEXT} 字节），请只保留填报表，删除多余的行列"),
        format!("too much for a table (at most {MAX_CELLS} cells, {MAX_TEXT} bytes); keep nothing but the table"),
    );
    let (zh, en) = match at {
        "" => (zh, en),
        at => (format!("{at}：{zh}"), format!("{at}: {en}")),
    };
    refuse("fact.template_too_large", at.to_owned(), zh, en)
}

/// The cells of a table as text, with what was found while they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grid {
    /// Rows of cells.
    pub(super) rows: Vec<Vec<String>>,
    /// What nobody can read.
    pub(super) problems: Vec<Finding>,
    /// What is worth a look.
    pub(super) notices: Vec<Finding>,
}

impl Grid {
    /// The cells of a file: a workbook, else CSV.
    ///
    /// # Errors
    /// A document error for a file that is neither.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        if xlsx::is_workbook(bytes) {
            return xlsx::read(bytes);
        }
        Ok(Grid {
            rows: csv::read(bytes)?,
            ..Grid::default()
        })
    }

    /// The cells of a row; none where there is no such row.
    pub(super) fn row(&self, row: usize) -> &[String] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }
}

/// The address of a cell as spreadsheets tell it: `A1` for row 0, column 0.
pub fn address(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        let digit = rest.saturating_sub(1).rem_euclid(26);
        letters.push(u8::try_from(digit).unwrap_or(0).saturating_add(b'A'));
        rest = rest.saturating_sub(1).div_euclid(26);
    }
    letters.reverse();
    let letters: String = letters.into_iter().map(char::from).collect();
    format!("{letters}{}", row.saturating_add(1))
}

pub(super) fn refuse(code: &'static str, at: String, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Document, Finding::error(code, at, zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        let places = [
            (0, 0, "A1"),
            (3, 25, "Z4"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
            (0, 702, "AAA1"),
        ];
        for (row, column, expected) in places {
            assert_eq!(address(row, column), expected);
        }
    }
}
