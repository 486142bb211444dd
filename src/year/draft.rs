//! What a decision would move, before it is taken: a draft (处理意见测算). Nothing is written.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Year;
use super::assess::{as_adopted, known};
use super::pool::{assessment, entrants, facts_of, pool, results, run};
use crate::assessment::{FactValues, RosterEntry};
use crate::document::{Cursor, Problems, Read};
use crate::error::{ErrorKind, Result};
use crate::fact::{FactValue, Facts};
use crate::scheme::{Redetermination, Scheme};
use crate::score::{Difference, Range, Run, Sheet, Standing, difference};
use crate::system::View;

crate::record! {
    /// What a decision would change.
    pub struct DraftChange {
        /// The subject.
        pub subject: String,
        /// The facts with the values that they would have.
        pub facts: FactValues,
    }
}

/// Another subject whose result would move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The subject.
    pub subject: String,
    /// How it stands.
    pub before: Standing,
    /// How it would stand.
    pub after: Standing,
    /// Whether it would: not where its result is approved and the scheme's answer for redeterminations leaves it.
    pub takes_effect: bool,
    /// What people read.
    pub zh: String,
}

/// What a decision would move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// The scheme.
    pub scheme: String,
    /// The subject.
    pub subject: String,
    /// Whether its result is approved, so that the decision is a redetermination.
    pub approved: bool,
    /// What the scheme says of the others then; missing where it does not rank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redetermination: Option<Redetermination>,
    /// What would change for the subject, step by step.
    pub difference: Difference,
    /// The others whose results would move, in the order of the roster.
    pub others: Vec<Moved>,
}

impl Year {
    /// Works out what changed facts of a subject would move.
    ///
    /// Before the approval everybody moves as the scheme ranks. An approved result of another subject moves only as the
    /// scheme answers: not at all, always, or unless its rank, grade or total would be worse. Where the scheme does not
    /// rank it has no answer, and approved results stay.
    ///
    /// # Errors
    /// As [`Year::assess`]; a document error when a changed value cannot be read.
    pub fn draft(&self, view: &View<'_>, scheme: &Scheme, change: &DraftChange) -> Result<Draft> {
        as_adopted(view, scheme)?;
        let asked = [change.subject.clone()];
        known(view, &asked)?;
        let pool = pool(view, scheme, &asked);
        let facts: Result<Vec<Facts>> = pool
            .iter()
            .map(|entry| facts_of(view, scheme.id(), &entry.subject))
            .collect();
        let before = facts?;
        let mut after = before.clone();
        for facts in after.iter_mut().filter(|facts| facts.subject == change.subject) {
            changed(facts, change)?;
        }
        let results = results(self, view, scheme, &before);
        let (old, new) = (entrants(&before, &results), entrants(&after, &results));
        let run_of = |entrants| Run { scheme, entrants };
        let difference = difference(run_of(&old), run_of(&new), &change.subject)?;
        let when = view.when();
        let is_approved = |subject: &str| {
            let course = assessment(view).course_of(scheme.id(), subject, when.day, when.known);
            course.approved().is_some()
        };
        let answer = scheme.text().redetermination;
        let sheets = [run(self, view, scheme, &before)?, run(self, view, scheme, &after)?];
        let others = moved(&pool, &sheets, &change.subject, |before, after| {
            !is_approved(&before.subject) || moves(answer, before, after, &scheme.grades())
        });
        Ok(Draft {
            scheme: scheme.id().to_owned(),
            subject: change.subject.clone(),
            approved: is_approved(&change.subject),
            redetermination: answer,
            difference,
            others,
        })
    }
}

/// Puts the changed values into the facts.
fn changed(facts: &mut Facts, change: &DraftChange) -> Result<()> {
    let problems = Problems::new();
    for (name, value) in &change.facts.0 {
        let pointer = crate::document::extend("/draft/facts", name);
        let Some(value) = FactValue::read(&Cursor::placed(value, &pointer, &problems)) else {
            continue;
        };
        match facts.values.iter_mut().find(|(own, _)| own == name) {
            Some(own) => own.1 = value,
            None => facts.values.push((name.clone(), value)),
        }
    }
    problems.settle(ErrorKind::Document, Some(()))
}

/// The others that stand otherwise afterwards.
fn moved(
    pool: &[RosterEntry],
    sheets: &[Vec<Sheet>; 2],
    own: &str,
    takes_effect: impl Fn(&Sheet, &Sheet) -> bool,
) -> Vec<Moved> {
    let [before, after] = sheets;
    let later: BTreeMap<&str, &Sheet> = after.iter().map(|sheet| (sheet.subject.as_str(), sheet)).collect();
    let others = pool.iter().zip(before).filter(|(entry, _)| entry.subject != own);
    others
        .filter_map(|(entry, sheet)| {
            let after = later.get(entry.subject.as_str())?;
            let (old, new) = (Standing::of(sheet), Standing::of(after));
            (old != new).then(|| {
                let takes_effect = takes_effect(sheet, after);
                let kept = if takes_effect {
                    ""
                } else {
                    "（按办法规定不予变动）"
                };
                let zh = format!("{}：{} → {}{kept}", entry.subject, told(&old), told(&new));
                Moved {
                    subject: entry.subject.clone(),
                    before: old,
                    after: new,
                    takes_effect,
                    zh,
                }
            })
        })
        .collect()
}

fn told(standing: &Standing) -> String {
    let mut text = format!("{} 分", standing.total.zh());
    if let Some(rank) = standing.rank {
        text.push_str(&format!("，第 {} 名", rank.zh()));
    }
    if !standing.grades.is_empty() {
        text.push_str(&format!("，{}", standing.grades.join("或")));
    }
    text
}

/// Whether an approved result of another subject moves.
fn moves(answer: Option<Redetermination>, before: &Sheet, after: &Sheet, grades: &[&str]) -> bool {
    match answer {
        None | Some(Redetermination::SubjectOnly) => false,
        Some(Redetermination::RerankAll) => true,
        Some(Redetermination::RerankNeverLower) => {
            let place = |sheet: &Sheet| {
                let places = sheet.grades.iter();
                let places = places.filter_map(|grade| grades.iter().position(|word| word == grade));
                places.max()
            };
            let worst = |sheet: &Sheet| sheet.rank.map(|rank| rank.worst);
            let least = |total: &Range| total.lowest.clone();
            place(after) <= place(before)
                && worst(after) <= worst(before)
                && least(&after.total) >= least(&before.total)
        }
    }
}
