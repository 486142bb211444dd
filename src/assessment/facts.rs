//! Recorded facts: values of a subject under a scheme, kept as they were reported.

use std::collections::BTreeMap;

use super::Assessment;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::{Cursor, Read, Shape, Value};
use crate::fact::FactValue;
use crate::ledger::{Position, Table};
use crate::letter::Letters;
use crate::registry::Context;

/// Facts by name. Their values are read against the scheme's declarations when it scores; the ledger keeps the words. So
/// the shape asks for more than the reader does: what scoring will ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactValues(pub Vec<(String, Value)>);

impl Read for FactValues {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, value| Some((name.to_owned(), value.value().into_owned())))
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

crate::record! {
    /// Sets the targets of a subject under a scheme, by the names of the facts that they are targets of. A target that is
    /// set again is changed from the effective day on.
    pub struct TargetsSet {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The targets.
        pub targets: FactValues,
        /// The letter that they stand in.
        pub letter: Option<String>,
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
crate::document::kept!(struct FactRow { name, value });

/// One target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// The fact that it is a target of.
    pub name: Box<str>,
    /// The value.
    pub value: Value,
    /// First day.
    pub from: Date,
}
crate::document::kept!(struct TargetRow { name, value, from });

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

impl TargetsSet {
    /// Sets the targets.
    pub fn apply(self, letters: &Letters, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(letter) = &self.letter {
            act.reference(&letters.letters, "/letter", ("责任书", "letter"), letter);
        }
        let id = Assessment::pair(&self.scheme, &self.subject);
        if let Some(key) = assessment.targets.key(&id) {
            act.supersede(&mut assessment.targets, key);
        }
        for (name, value) in self.targets.0 {
            let row = TargetRow {
                name: name.into(),
                value,
                from: act.effective,
            };
            assessment.targets.push(act.at, &id, row);
        }
    }
}

/// Puts values in the place of those that are recorded under the same names, in an act whose business that is: a
/// verification, a review, the decision of an appeal. What was recorded stays in the ledger as known before.
pub(super) fn settle(table: &mut Table<FactRow>, id: &str, values: Vec<(String, Value)>, at: Position) {
    for (name, value) in values {
        if let Some(key) = table.key(id) {
            let former = table.rows(key, at).find(|row| *row.value.name == *name);
            let former = former.map(|row| (row.from, row.value.value == value));
            match former {
                Some((_, true)) => continue,
                Some((said, false)) => drop(table.retract_where(key, said, at, |row| *row.name == *name)),
                None => {}
            }
        }
        let name = name.into();
        table.push(at, id, FactRow { name, value });
    }
}

impl Assessment {
    /// The facts of a subject under a scheme, as known at a position, in the order of their names.
    pub fn recorded(&self, scheme: &str, subject: &str, known: Position) -> Vec<(&str, &Value)> {
        rows_of(&self.facts, scheme, subject, known)
    }

    /// What a subject claims of itself, as known at a position, in the order of the names.
    pub fn claimed(&self, scheme: &str, subject: &str, known: Position) -> Vec<(&str, &Value)> {
        rows_of(&self.claims, scheme, subject, known)
    }

    /// The targets of a subject, as known at a position: of several for one fact that of the latest day, then of the later
    /// act.
    pub fn targets_of(&self, scheme: &str, subject: &str, known: Position) -> Vec<(&str, &Value)> {
        let Some(key) = self.targets.key(&Assessment::pair(scheme, subject)) else {
            return Vec::new();
        };
        let mut rows: Vec<_> = self.targets.rows(key, known).collect();
        rows.sort_by_key(|row| (row.value.from, row.from));
        let held: BTreeMap<&str, &Value> = rows
            .into_iter()
            .map(|row| (row.value.name.as_ref(), &row.value.value))
            .collect();
        held.into_iter().collect()
    }
}

fn rows_of<'a>(table: &'a Table<FactRow>, scheme: &str, subject: &str, known: Position) -> Vec<(&'a str, &'a Value)> {
    let Some(key) = table.key(&Assessment::pair(scheme, subject)) else {
        return Vec::new();
    };
    let rows = table.rows(key, known);
    let mut facts: Vec<_> = rows.map(|row| (row.value.name.as_ref(), &row.value.value)).collect();
    facts.sort_by_key(|(name, _)| *name);
    facts
}
