//! Acts whose texts hold private-use characters: told until an act corrects them.

use super::Envelope;
use crate::calendar::Date;
use crate::document::{Value, private_use};
use crate::error::Finding;
use crate::ledger::Position;
use crate::registry::When;

/// What was found, act by act, in the order of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PrivateUse {
    noted: Vec<Noted>,
    /// Which of them was corrected, and by which act.
    corrected: Vec<(Position, Position)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Noted {
    at: Position,
    effective: Date,
    findings: Vec<Finding>,
}

/// How much was noted at some moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrivateUseMark {
    noted: usize,
    corrected: usize,
}

impl PrivateUse {
    /// Looks through an act as it is taken into the ledger.
    pub(super) fn note(&mut self, at: Position, envelope: &Envelope, corrects: Option<Position>, act: &Value) {
        if let Some(corrected) = corrects
            && self.noted.iter().any(|noted| noted.at == corrected)
        {
            self.corrected.push((corrected, at));
        }
        let findings: Vec<Finding> = private_use(act)
            .into_iter()
            .map(|finding| finding.about(envelope.id.as_str()))
            .collect();
        if !findings.is_empty() {
            self.noted.push(Noted {
                at,
                effective: envelope.effective,
                findings,
            });
        }
    }

    /// What acts that have taken effect by the day, and that nothing known corrects, hold; the place is one in the act.
    pub(super) fn findings(&self, when: When) -> impl Iterator<Item = Finding> {
        let corrected = move |at: Position| {
            let mut corrected = self.corrected.iter();
            corrected.any(|(of, by)| *of == at && *by <= when.known)
        };
        let told = self
            .noted
            .iter()
            .filter(move |noted| noted.at <= when.known && noted.effective <= when.day && !corrected(noted.at));
        told.flat_map(|noted| noted.findings.iter().cloned())
    }

    pub(super) fn mark(&self) -> PrivateUseMark {
        PrivateUseMark {
            noted: self.noted.len(),
            corrected: self.corrected.len(),
        }
    }

    pub(super) fn rollback(&mut self, mark: PrivateUseMark) {
        self.noted.truncate(mark.noted);
        self.corrected.truncate(mark.corrected);
    }
}
