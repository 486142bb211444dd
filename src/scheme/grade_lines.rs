//! The lines that say why a grade is not the one that the points give: vetoes of grades, caps that pass up, quotas. They win and
//! lose no points, and stand only where they change the grade, or may.

use super::core::{Core, Phrase};
use super::layout::{Change, LineSpec, Shown};
use super::order::{Build, text};

/// What a line about the grade says.
pub(super) struct Told {
    /// The veto, the item that passes a cap up, or the grade of the quota.
    pub(super) id: String,
    /// What it belongs to on the sheet.
    pub(super) item: String,
    /// The step of the order of application.
    pub(super) rule: &'static str,
    /// The article that says so.
    pub(super) article: Option<String>,
    /// What people read.
    pub(super) reason: String,
}

impl Build<'_> {
    /// Says it where the grade changes; `perhaps` is the condition that may be open.
    pub(super) fn tell_grade(&mut self, told: Told, changes: Core, perhaps: Option<Core>) {
        let Told {
            id,
            item,
            rule,
            article,
            reason,
        } = told;
        let applies = self.cells.add("等次变动", changes);
        let nothing = self.cells.add("等次变动不计分", Core::ZERO);
        let facts = perhaps.as_ref().map(Core::facts).unwrap_or_default();
        let mut phrases: Vec<Phrase> = perhaps.map(Phrase::Perhaps).into_iter().collect();
        phrases.push(text(reason));
        self.layout.lines.push(LineSpec {
            id: format!("{id}#grade"),
            item,
            rule: rule.to_owned(),
            article,
            change: Change::Value(nothing),
            negative: false,
            applies: Some(applies),
            shown: Shown::Always,
            arithmetic: Vec::new(),
            reason: phrases,
            facts,
        });
    }
}
