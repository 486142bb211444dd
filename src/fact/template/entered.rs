//! What was filled in, with where each value stood.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::grid::Grid;
use super::{Content, Mark, Template};
use crate::document::Value;
use crate::error::{Finding, Result};

/// What was filled in for a subject, as a facts document and `facts.recorded` write it. What stays blank is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// Host id of the subject.
    pub subject: String,
    /// Values by the name of the fact, in the order of the columns.
    #[serde(serialize_with = "by_name")]
    pub facts: Vec<(String, Value)>,
}

/// What a whole table said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// Of which scheme it is, and what it asked for.
    pub mark: Mark,
    /// The subjects, in the order of the rows.
    pub subjects: Vec<Filled>,
    /// What is worth a look, with the address of its cell: cells left blank, zeros that nobody declares, values that
    /// come from formulas, hidden rows.
    pub findings: Vec<Finding>,
}

impl Entered {
    /// Reads a table of which the bytes themselves say what it is; `choose` gives the template of its mark.
    ///
    /// # Errors
    /// As [`Template::read`], and what `choose` refuses.
    pub fn read(bytes: &[u8], choose: impl FnOnce(&Mark) -> Result<Template>) -> Result<Self> {
        let grid = Grid::read(bytes)?;
        let mark = Mark::of(&grid)?;
        choose(&mark)?.take(grid, mark)
    }
}

impl Template {
    /// Reads the table that was made of this template, filled in: CSV or, with the feature `xlsx`, a workbook. Columns may
    /// have been put in another order or left out; none may have been added.
    ///
    /// # Errors
    /// Everything that is wrong with the table at once, each with the address of its cell: another scheme, version or
    /// content, unknown heads, a subject twice, cells that cannot be read or hold what the declarations do not allow.
    /// Nothing of such a table is taken.
    pub fn read(&self, bytes: &[u8]) -> Result<Vec<Filled>> {
        Entered::read(bytes, |_| Ok(self.clone())).map(|entered| entered.subjects)
    }
}

/// The entered values as JSON: what was asked for, by whom, and the values of each subject.
impl Serialize for Entered {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("scheme", &self.mark.scheme)?;
        map.serialize_entry("version", &self.mark.version)?;
        match &self.mark.content {
            Content::Values => map.serialize_entry("content", "values")?,
            Content::Events(fact) => {
                map.serialize_entry("content", "events")?;
                map.serialize_entry("fact", fact)?;
            }
            Content::Opening(year) => {
                map.serialize_entry("content", "opening")?;
                map.serialize_entry("year", year)?;
            }
        }
        if let Some(supplier) = &self.mark.supplier {
            map.serialize_entry("supplier", supplier)?;
        }
        map.serialize_entry("subjects", &self.subjects)?;
        map.serialize_entry("findings", &self.findings)?;
        map.end()
    }
}

fn by_name<S: Serializer>(facts: &[(String, Value)], serializer: S) -> std::result::Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(facts.len()))?;
    for (name, value) in facts {
        map.serialize_entry(name, value)?;
    }
    map.end()
}
