//! Recorded facts: values of a subject under a scheme, kept as they were reported.

use super::Assessment;
use super::acts::SUBJECT;
use crate::document::{Cursor, Read, Shape, Value};
use crate::fact::FactValue;
use crate::ledger::Position;
use crate::registry::Context;

/// Facts by name. Their values are read against the scheme's declarations when it scores; the ledger keeps the words. So
/// the shape asks for more than the reader does: what scoring will ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValues(pub Vec<(String, Value)>);

impl Read for FactValues {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, value| Some((name.to_owned(), value.value().clone())))
            .map(FactValues)
    }
    fn shape() -> Shape {
        Shape::Map(FactValue::shape)
    }
}

crate::record! {
    /// Records facts of a subject. A value that is recorded already is changed only by an act that cites the old one; the
    /// values that a correction does not name stay.
    pub struct FactsRecorded {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The values by name.
        pub facts: FactValues,
    }
}

/// One recorded value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// The name that the scheme declares.
    pub name: Box<str>,
    /// The value as reported.
    pub value: Value,
}

impl FactsRecorded {
    /// Records the facts.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        let id = Assessment::pair(&self.scheme, &self.subject);
        for (name, value) in self.facts.0 {
            // A correction changes the values that it names; the others of the act that it cites stay.
            if let (Some(key), Some(corrected)) = (assessment.facts.key(&id), act.corrects) {
                let facts = &mut assessment.facts;
                facts.retract_where(key, corrected, act.at, |row| *row.name == *name);
            }
            let recorded = assessment
                .facts
                .key(&id)
                .is_some_and(|key| assessment.facts.rows(key, act.at).any(|row| *row.value.name == *name));
            if recorded {
                act.refuse(
                    "/facts",
                    "assessment.fact_recorded",
                    format!("“{name}”已有记录；更正请用 corrects 注明原行为"),
                    format!("\"{name}\" is recorded already; to correct it, cite the act in \"corrects\""),
                );
                continue;
            }
            assessment.facts.push(
                act.at,
                &id,
                FactRow {
                    name: name.into(),
                    value,
                },
            );
        }
    }
}

impl Assessment {
    /// The facts of a subject under a scheme, as known at a position, in the order of their names.
    pub fn recorded(&self, scheme: &str, subject: &str, known: Position) -> Vec<(&str, &Value)> {
        let Some(key) = self.facts.key(&Assessment::pair(scheme, subject)) else {
            return Vec::new();
        };
        let mut facts: Vec<_> = self
            .facts
            .rows(key, known)
            .map(|row| (row.value.name.as_ref(), &row.value.value))
            .collect();
        facts.sort_by_key(|(name, _)| *name);
        facts
    }
}
