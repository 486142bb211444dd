//! Which scores moved between two positions, and because of which acts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Year;
use super::assess::{as_adopted, known};
use super::pool::assessment;
use super::versions::Known;
use crate::assessment::Assessment;
use crate::error::Result;
use crate::ledger::{Key, Position, Table};
use crate::scheme::Scheme;
use crate::score::Difference;
use crate::system::{ActLine, View};

/// What moved between two positions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreChanges<'a> {
    /// The scheme.
    pub scheme: &'a str,
    /// What was known before: acts up to and including this position.
    pub since: Position,
    /// What is known now.
    pub known: Position,
    /// The subjects that stand otherwise, in the order asked.
    pub moved: Vec<ScoreMoved<'a>>,
    /// Those that were not scored before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub new: Vec<String>,
    /// How many stand as they stood.
    pub unmoved: usize,
}

/// A subject that stands otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScoreMoved<'a> {
    /// What leads from one to the other: own facts, facts of others.
    #[serde(flatten)]
    pub difference: Difference,
    /// The acts between the positions that speak of the facts that changed, in the order of the ledger.
    pub because: Vec<ActLine<'a>>,
}

impl Year {
    /// Which scores moved between two positions, on the day of the view; the later position is that of the view.
    ///
    /// # Errors
    /// As [`Year::assess`].
    pub fn changes<'a>(
        &self,
        view: &View<'a>,
        scheme: &'a Scheme,
        subjects: &[String],
        since: Position,
    ) -> Result<ScoreChanges<'a>> {
        as_adopted(view, scheme)?;
        known(view, subjects)?;
        let system = view.system();
        let before = system.view(view.when().day, Some(since));
        let is_new = |subject: &&String| assessment(&before).subject(subject, since).is_none();
        let (new, asked): (Vec<&String>, Vec<&String>) = subjects.iter().partition(is_new);
        let asked: Vec<String> = asked.into_iter().cloned().collect();
        let acts = system.changes(since, view.when().known);
        let mut changes = ScoreChanges {
            scheme: scheme.id(),
            since,
            known: acts.known,
            moved: Vec::new(),
            new: new.into_iter().cloned().collect(),
            unmoved: 0,
        };
        if asked.is_empty() {
            return Ok(changes);
        }
        let then = Known::at(self, view, scheme, &asked, since)?;
        let now = Known::at(self, view, scheme, &asked, acts.known)?;
        for subject in &asked {
            if !then.holds(subject) || !now.holds(subject) {
                changes.new.push(subject.clone());
                continue;
            }
            let difference = now.since(&then, scheme, subject)?;
            if difference.before == difference.after && difference.steps.iter().all(|step| step.items.is_empty()) {
                changes.unmoved = changes.unmoved.saturating_add(1);
                continue;
            }
            let mut whose: BTreeSet<&str> = difference.facts.iter().map(|fact| fact.subject.as_str()).collect();
            whose.insert(subject);
            let lines = lines(assessment(view), scheme.id(), &whose, (since, acts.known));
            let because = acts.acts.iter().filter(|act| lines.contains(&act.line));
            changes.moved.push(ScoreMoved {
                because: because.cloned().collect(),
                difference,
            });
        }
        Ok(changes)
    }
}

/// The lines between two positions that spoke of facts, targets or earlier values of these subjects, or of the roster.
fn lines(
    assessment: &Assessment,
    scheme: &str,
    subjects: &BTreeSet<&str>,
    (since, until): (Position, Position),
) -> BTreeSet<Position> {
    fn spoken<V>(table: &Table<V>, id: &str) -> Vec<Position> {
        let key: Option<Key<V>> = table.key(id);
        let rows = key.into_iter().flat_map(|key| table.history(key));
        rows.map(|row| row.from).collect()
    }
    let mut lines = spoken(&assessment.rosters, scheme);
    for subject in subjects {
        let id = Assessment::pair(scheme, subject);
        lines.extend(spoken(&assessment.facts, &id));
        lines.extend(spoken(&assessment.targets, &id));
        lines.extend(spoken(&assessment.openings, &id));
    }
    lines.retain(|line| since < *line && *line <= until);
    lines.into_iter().collect()
}
