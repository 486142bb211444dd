//! Opening values: what earlier years gave, brought in from before the ledger or from another scheme, with their source.

use super::Assessment;
use super::facts::FactValues;
use super::subject::SUBJECT;
use crate::document::Value;
use crate::ledger::Position;
use crate::registry::Context;

crate::record! {
    /// Where imported values come from.
    pub struct Source {
        /// The document or register, in a few words.
        pub title: String,
        /// The host's reference to it.
        pub reference: Option<String>,
        /// The scheme of the earlier year, when its results are in this ledger: a redetermination there makes what rests
        /// on these values stale.
        pub scheme: Option<String>,
        /// The subject whose values they were, when it is another: the predecessor of a merged one.
        pub subject: Option<String>,
    }
}
crate::document::kept!(struct Source { title, reference, scheme, subject });

crate::record! {
    /// Imports the values of an earlier year, which `last` of a scheme reads. They are marked as imported: nobody in this
    /// ledger reported or verified them.
    pub struct OpeningValuesImported {
        /// The scheme that compares with them.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The year of the values, 1 to 9999.
        pub year: u32,
        /// The values by name.
        pub values: FactValues,
        /// Where they come from.
        pub source: Source,
    }
}

/// The imported values of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningRow {
    /// The year.
    pub year: u32,
    /// The values by name.
    pub values: Vec<(String, Value)>,
    /// Where they come from.
    pub source: Source,
}
crate::document::kept!(struct OpeningRow { year, values, source });

impl OpeningValuesImported {
    /// Imports the values.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(subject) = &self.source.subject {
            act.reference(&assessment.subjects, "/source/subject", SUBJECT, subject);
        }
        if !(1..=9999).contains(&self.year) {
            act.refuse(
                "/year",
                "assessment.no_year",
                format!("{} 不是年份，应为 1 至 9999", self.year),
                format!("{} is no year from 1 to 9999", self.year),
            );
        }
        let id = Assessment::pair(&self.scheme, &self.subject);
        if let Some(key) = assessment.openings.key(&id) {
            act.supersede(&mut assessment.openings, key);
            let mut known = assessment
                .openings
                .rows(key, act.at)
                .filter(|row| row.value.year == self.year);
            if let Some(name) = known.find_map(|row| self.values.0.iter().find(|new| named(&row.value, &new.0))) {
                act.refuse(
                    "/values",
                    "assessment.opening_imported",
                    format!("{} 年的“{}”已经导入；更正请用 corrects 注明原行为", self.year, name.0),
                    format!(
                        "\"{}\" of {} is imported already; to correct it, cite the act in \"corrects\"",
                        name.0, self.year
                    ),
                );
            }
        }
        let row = OpeningRow {
            year: self.year,
            values: self.values.0,
            source: self.source,
        };
        assessment.openings.push(act.at, &id, row);
    }
}

fn named(row: &OpeningRow, name: &str) -> bool {
    row.values.iter().any(|(own, _)| own == name)
}

impl Assessment {
    /// The imported values of a subject under a scheme, as known at a position, in the order of the ledger.
    pub fn opening_values(&self, scheme: &str, subject: &str, known: Position) -> impl Iterator<Item = &OpeningRow> {
        let key = self.openings.key(&Assessment::pair(scheme, subject));
        key.into_iter()
            .flat_map(move |key| self.openings.rows(key, known))
            .map(|row| &row.value)
    }
}
