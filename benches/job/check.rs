//! What a result has wrong, by the oracle.

use std::path::Path;

use serde_json::Value;

use crate::contender::{Job, python};

/// What `check.py` reports.
pub struct Report(Value);

/// Compares a result with the oracle's, unit by unit.
pub fn check(job: &Job, result: &Path) -> Result<Report, String> {
    let printed = python("check.py", &[&job.oracle, result])?;
    serde_json::from_str(&printed)
        .map(Report)
        .map_err(|error| format!("check.py: {error}: {printed}"))
}

impl Report {
    /// How many units have another value in this column; `None` when the result has no such column.
    pub fn wrong(&self, column: &str) -> Option<u64> {
        self.0["columns"][column].as_u64()
    }

    /// Every value that differs, in all columns; units that the oracle does not know count one each.
    pub fn differences(&self) -> u64 {
        let columns = self.0["columns"].as_object().into_iter().flatten();
        columns.filter_map(|(_, wrong)| wrong.as_u64()).sum::<u64>() + self.0["strangers"].as_u64().unwrap_or(0)
    }

    /// Columns that were compared.
    pub fn columns(&self) -> usize {
        self.0["columns"].as_object().map_or(0, serde_json::Map::len)
    }

    /// Columns that the oracle has and the result lacks.
    pub fn missing(&self) -> Vec<&str> {
        self.texts("missing")
    }

    /// The first differences, a sentence each.
    pub fn first(&self) -> Vec<&str> {
        self.texts("first")
    }

    fn texts(&self, name: &str) -> Vec<&str> {
        self.0[name]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }
}
