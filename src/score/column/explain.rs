//! Why a row has the points that it has.

use super::groups::Groups;
use super::{ColumnPlan, Sheet, Table, exact};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::progress::Watch;

impl ColumnPlan<'_> {
    /// The whole sheet of a row, with the reason of every point. Who is compared with it is scored exactly as well, so of a
    /// cohort of thousands it takes its time.
    ///
    /// # Errors
    /// There is no such row; a column that does not fit the declarations; what the exact run refuses.
    pub fn sheet(&self, table: &Table<'_>, row: usize) -> Result<Sheet> {
        if let Some((place, zh, en)) = table.misfit(self.scheme, self.results.len()) {
            let finding = Finding::error("column.misfit", format!("/columns/{place}"), zh, en);
            return Err(Error::one(ErrorKind::Document, finding));
        }
        let together = match (self.looks_below, self.compares) {
            (true, _) => (0..table.rows).collect(),
            (false, true) => Groups::of(table.cohorts, table.rows)
                .rows()
                .into_iter()
                .find(|rows| rows.contains(&row))
                .unwrap_or_default(),
            (false, false) => vec![row],
        };
        let no_row = || {
            let (zh, en) = (
                format!("没有第 {row} 行（从 0 起），共 {} 行", table.rows),
                format!("there is no row {row} (from 0) of {}", table.rows),
            );
            Error::one(ErrorKind::NotFound, Finding::error("score.no_row", "", zh, en))
        };
        let place = together.iter().position(|other| *other == row);
        let place = place.filter(|_| row < table.rows).ok_or_else(no_row)?;
        let sheets = exact::exact(self.scheme, &self.results, table, &together, Watch::NOBODY)?;
        sheets.into_iter().nth(place).ok_or_else(no_row)
    }
}
