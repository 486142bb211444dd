//! Acts whose texts hold private-use characters: told until an act corrects them.

use crate::calendar::Date;
use crate::document::{Keep, Keeper, Kept, Value, holds_private_use, parse, private_use};
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
    act: String,
    effective: Date,
    findings: Vec<Finding>,
}

/// How much was noted at some moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrivateUseMark {
    noted: usize,
    corrected: usize,
}

crate::document::kept!(struct PrivateUse { noted, corrected });

/// Of a finding its place and sentences: the rest is the same in all of them.
impl Keep for Noted {
    fn keep(&self, to: &mut Keeper) {
        self.at.keep(to);
        self.act.keep(to);
        self.effective.keep(to);
        to.length(self.findings.len());
        for finding in &self.findings {
            finding.pointer.keep(to);
            finding.zh.keep(to);
            finding.en.keep(to);
        }
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        let (at, act, effective) = (Keep::kept(from)?, String::kept(from)?, Keep::kept(from)?);
        let finding = |(pointer, zh, en): (Option<String>, String, String)| {
            let finding = Finding::warning("document.private_use", zh, en).about(act.clone());
            Finding { pointer, ..finding }
        };
        let findings = Vec::kept(from)?.into_iter().map(finding).collect();
        Some(Noted {
            at,
            act,
            effective,
            findings,
        })
    }
}

impl PrivateUse {
    /// Looks through an act as its line stores it. Few lines hold anything of the kind, so the others are not read again.
    pub(super) fn note(&mut self, at: Position, line: &str) {
        let held = holds_private_use(line);
        let corrects = !self.noted.is_empty() && line.contains("\"corrects\":");
        if !held && !corrects {
            return;
        }
        let Ok(document) = parse(line.as_bytes()) else { return };
        let Some(act) = document.get("payload") else { return };
        let text = |name| act.get(name).and_then(Value::as_text);
        if let Some(other) = text("corrects")
            && let Some(noted) = self.noted.iter().find(|noted| noted.act == other)
        {
            self.corrected.push((noted.at, at));
        }
        let (Some(id), Some(effective)) = (text("id"), text("effective").and_then(Date::from_iso)) else {
            return;
        };
        let found = private_use(act).into_iter().map(|finding| finding.about(id));
        let findings: Vec<Finding> = found.collect();
        if !findings.is_empty() {
            self.noted.push(Noted {
                at,
                act: id.to_owned(),
                effective,
                findings,
            });
        }
    }

    /// What acts hold that have taken effect by the day, and that nothing known corrects; the place is one in the act.
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
