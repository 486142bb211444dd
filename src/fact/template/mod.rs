//! Templates for data entry (填报表): tables that a supplier fills in with WPS or Excel, written from the declarations and
//! read back cell by cell.
//!
//! A template is CSV in UTF-8 with a byte order mark, so that both programs open it as what it is. Its first row says of
//! which scheme and version it is, the second holds the heads, the third how to fill each column in.
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
mod column;
mod fill;
mod grid;

pub use cell::cell_value;
pub use fill::Filled;
pub use grid::{address as cell_address, read as table_rows};

use column::Column;

use super::{Declaration, Kind};

/// A table that one supplier fills in: a row a subject and a column a fact, or a row an event of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    scheme: String,
    version: String,
    supplier: Option<String>,
    rows: Rows,
    columns: Vec<Column>,
}

/// What a row of the table is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Rows {
    /// A subject.
    Subjects,
    /// An event of this fact.
    Events(String),
}

/// The mark of the first row.
const SCHEME: &str = "办法";
/// What the first column of the third row says.
const HINTS: &str = "填写说明";

impl Template {
    /// The table of the plain facts of a supplier; of all facts when none is named.
    pub fn values(scheme: &str, version: &str, declarations: &[Declaration], supplier: Option<&str>) -> Self {
        let own = declarations
            .iter()
            .filter(|fact| supplier.is_none_or(|supplier| fact.supplier.as_deref() == Some(supplier)));
        let facts = own.filter(|fact| fact.kind != Kind::Events);
        let columns = [Column::Subject, Column::Name]
            .into_iter()
            .chain(facts.flat_map(column::of_fact));
        Template {
            scheme: scheme.to_owned(),
            version: version.to_owned(),
            supplier: supplier.map(str::to_owned),
            rows: Rows::Subjects,
            columns: columns.collect(),
        }
    }

    /// The table of the events of one fact: a row an event. Whether the list of a subject is complete stands in a column
    /// of its own; a complete list without events is a row without fields.
    pub fn events(scheme: &str, version: &str, fact: &Declaration) -> Self {
        let columns = [Column::Subject, Column::Name, Column::Complete].into_iter();
        Template {
            scheme: scheme.to_owned(),
            version: version.to_owned(),
            supplier: fact.supplier.clone(),
            rows: Rows::Events(fact.name.clone()),
            columns: columns.chain(fact.fields.iter().cloned().map(Column::Field)).collect(),
        }
    }

    /// The empty table for these subjects, each with its host id and its name.
    pub fn csv(&self, subjects: &[(&str, &str)]) -> String {
        let mut text = String::from('\u{feff}');
        let mark = [
            SCHEME,
            &self.scheme,
            "版本",
            &self.version,
            "填报内容",
            self.content(),
            "填报单位",
        ];
        let supplier = self.supplier.as_deref().unwrap_or("");
        grid::write(mark.into_iter().chain([supplier]), &mut text);
        let heads: Vec<String> = self.columns.iter().map(Column::head).collect();
        grid::write(heads.iter().map(String::as_str), &mut text);
        let hints: Vec<String> = self.columns.iter().map(Column::hint).collect();
        grid::write(hints.iter().map(String::as_str), &mut text);
        let blank = self.columns.len().saturating_sub(2);
        for (id, name) in subjects {
            grid::write(
                [*id, *name].into_iter().chain(std::iter::repeat_n("", blank)),
                &mut text,
            );
        }
        text
    }

    /// What is filled in: the fact of an events table, else a word for plain values.
    fn content(&self) -> &str {
        match &self.rows {
            Rows::Subjects => "事实数值",
            Rows::Events(fact) => fact,
        }
    }
}
