//! What the ledger said between two positions.

use serde::Serialize;

use super::{State, System};
use crate::calendar::{Date, Timestamp};
use crate::ledger::Position;

/// The acts between two positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes<'a> {
    /// What was known before: acts up to and including this position.
    pub since: Position,
    /// What is known now: acts up to and including this position.
    pub known: Position,
    /// The acts between, in the order of the ledger.
    pub acts: Vec<ActLine<'a>>,
}

/// An act as the ledger holds it, without its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActLine<'a> {
    /// Its line.
    pub line: Position,
    /// Its host id.
    pub id: &'a str,
    /// The word for it.
    pub act: &'a str,
    /// The day from which it takes effect.
    pub effective: Date,
    /// The id of the act that it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<&'a str>,
    /// The moment that the host told when it was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<&'a Timestamp>,
    /// Who entered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<&'a str>,
}

impl System {
    /// The acts behind one position, up to another.
    pub fn changes(&self, since: Position, known: Position) -> Changes<'_> {
        let known = known.min(self.head().position);
        Changes {
            since,
            known,
            acts: self.state().acts_between(since, known),
        }
    }
}

impl State {
    fn acts_between(&self, since: Position, known: Position) -> Vec<ActLine<'_>> {
        let all = self.acts.keys(known).filter_map(|key| self.acts.last(key, known));
        let mut acts: Vec<ActLine<'_>> = all
            .filter(|row| row.from > since)
            .map(|row| {
                let sealed = self.seals.told(row.from);
                ActLine {
                    line: row.from,
                    id: self.acts.id(row.key()),
                    act: row.value.kind.word(),
                    effective: row.value.effective,
                    corrects: row.value.corrects.map(|key| self.acts.id(key)),
                    time: sealed.map(|(time, _)| time),
                    operator: sealed.map(|(_, operator)| operator),
                }
            })
            .collect();
        acts.sort_by_key(|act| act.line);
        acts
    }
}
