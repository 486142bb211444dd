//! Templates for data entry (填报表): tables that a supplier fills in with WPS or Excel, written from the declarations and
//! read back cell by cell.
//!
//! A template is CSV in UTF-8 with a byte order mark, so that both programs open it as what it is, or with the feature
//! `xlsx` a workbook. Its first row says of which scheme and version it is, the second holds the heads, the third how to
//! fill each column in.
//!
//! | what is written | what it means |
//! |---|---|
//! | `1,234` `１２` `12.5%` (where the unit is %) | the number |
//! | `≥8000` `不少于8000` `8000以上` | at least so many |
//! | blank, `未报` | not reported: it stays pending, never zero |
//! | `不明` | unknown |
//! | `/` `不适用` `不适用：原因` | not applicable |
//! | `无` | zero, where the column beside it names the post that declares it; else refused: write `0` |
//!
//! ```
//! use zeren::fact::{Declaration, Template};
//! let declarations = zeren::fact::declarations(r#"[
//!     {"name": "宣讲场次", "kind": "count", "unit": "场", "max": 100, "supplier": "宣传部"}]"#.as_bytes())?;
//! let template = Template::values("办法", "1", &declarations, Some("宣传部"));
//! let empty = template.csv(&[("s-1", "甲镇")]);
//! let filled = empty.replace("s-1,甲镇,", "s-1,甲镇,\"1,2\"");
//! let error = template.read(filled.as_bytes()).unwrap_err();
//! assert_eq!(error.findings()[0].pointer.as_deref(), Some("C4"));
//! let filled = empty.replace("s-1,甲镇,", "s-1,甲镇,12");
//! assert_eq!(template.read(filled.as_bytes())?[0].facts[0].0, "宣讲场次");
//! # Ok::<(), zeren::error::Error>(())
//! ```

mod cell;
mod check;
mod column;
mod csv;
mod encoding;
mod entered;
mod events;
mod fill;
mod grid;
mod mark;
mod row;
mod shown;
mod xlsx;

pub use cell::cell_value;
pub use csv::read as table_rows;
pub use entered::{Entered, Filled};
pub use grid::address as cell_address;
pub use mark::{Content, Mark};
pub use shown::SubjectRow;

use column::Column;

use super::{Declaration, Kind};
use crate::error::Result;

/// A table that one supplier fills in: a row a subject and a column a fact, or a row an event of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    mark: Mark,
    columns: Vec<Column>,
    /// The facts that are asked for.
    facts: Vec<Declaration>,
}

/// What the first column of the third row says.
const HINTS: &str = "填写说明";

impl Template {
    /// The table of the plain facts of a supplier; of all facts when none is named, and of those that nobody is named for
    /// when the name is empty.
    pub fn values(scheme: &str, version: &str, declarations: &[Declaration], supplier: Option<&str>) -> Self {
        Template::of_values(scheme, version, declarations, supplier, Content::Values)
    }

    /// The table of the values that a supplier's facts had in an earlier year, from before the ledger: what
    /// `opening_values.imported` takes.
    pub fn opening(
        scheme: &str,
        version: &str,
        declarations: &[Declaration],
        supplier: Option<&str>,
        year: u32,
    ) -> Self {
        Template::of_values(scheme, version, declarations, supplier, Content::Opening(year))
    }

    fn of_values(
        scheme: &str,
        version: &str,
        declarations: &[Declaration],
        supplier: Option<&str>,
        content: Content,
    ) -> Self {
        let own = declarations
            .iter()
            .filter(|fact| supplier.is_none_or(|supplier| fact.supplier.as_deref().unwrap_or("") == supplier));
        let facts: Vec<Declaration> = own.filter(|fact| fact.kind != Kind::Events).cloned().collect();
        let columns = [Column::Subject, Column::Name]
            .into_iter()
            .chain(facts.iter().flat_map(column::of_fact));
        Template {
            columns: columns.collect(),
            mark: Mark {
                scheme: scheme.to_owned(),
                version: version.to_owned(),
                content,
                supplier: supplier.filter(|supplier| !supplier.is_empty()).map(str::to_owned),
                digest: None,
            },
            facts,
        }
    }

    /// The table of the events of one fact: a row an event. Whether the list of a subject is complete stands in a column
    /// of its own; a complete list without events is a row without fields.
    pub fn events(scheme: &str, version: &str, fact: &Declaration) -> Self {
        let columns = [Column::Subject, Column::Name, Column::Complete].into_iter();
        Template {
            columns: columns.chain(fact.fields.iter().cloned().map(Column::Field)).collect(),
            mark: Mark {
                scheme: scheme.to_owned(),
                version: version.to_owned(),
                content: Content::Events(fact.name.clone()),
                supplier: fact.supplier.clone(),
                digest: None,
            },
            facts: vec![fact.clone()],
        }
    }

    /// The same table bound to the text of the scheme: a table of a text with another digest is refused.
    #[must_use]
    pub fn bound_to(mut self, digest: &str) -> Self {
        self.mark.digest = Some(digest.to_owned());
        self
    }

    /// Of which scheme it is, and what it asks for.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The facts that it asks for; none where a supplier has nothing but lists of events.
    pub fn facts(&self) -> &[Declaration] {
        &self.facts
    }

    /// The empty table for these subjects, each with its host id and its name, as CSV.
    pub fn csv(&self, subjects: &[(&str, &str)]) -> String {
        let rows: Vec<SubjectRow> = subjects.iter().map(|(id, name)| SubjectRow::blank(id, name)).collect();
        self.csv_text(&self.head().chain(self.blank_rows(&rows)).collect::<Vec<_>>())
    }

    /// The table for these subjects, with what is known of them filled in, as CSV.
    ///
    /// # Errors
    /// A document error for a value that no cell can hold, or a fact that the table has no column for.
    pub fn csv_with(&self, subjects: &[SubjectRow]) -> Result<String> {
        Ok(self.csv_text(&self.lines(subjects)?))
    }

    /// The table for these subjects, with what is known of them filled in, as a workbook (.xlsx): one sheet that is not
    /// protected, its heads frozen, choices and bounds offered by the cells. The same table gives the same bytes.
    ///
    /// # Errors
    /// As [`Template::csv_with`]; unsupported in a build without the feature `xlsx`.
    pub fn xlsx(&self, subjects: &[SubjectRow]) -> Result<Vec<u8>> {
        xlsx::write(self, &self.lines(subjects)?)
    }

    fn csv_text(&self, lines: &[Vec<String>]) -> String {
        let mut text = String::from('\u{feff}');
        for line in lines {
            csv::write(line.iter().map(String::as_str), &mut text);
        }
        text
    }

    /// The rows above the subjects: the mark, the heads, how to fill each column in.
    fn head(&self) -> impl Iterator<Item = Vec<String>> {
        let heads = self.columns.iter().map(Column::head).collect();
        let hints = self.columns.iter().map(Column::hint).collect();
        [self.mark.cells(), heads, hints].into_iter()
    }
}
