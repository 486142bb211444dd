//! What a decision would move, before it is taken: a draft (处理意见测算). Nothing is written.
//!
//! An approved result is compared as its stored sheet stands. Where its facts or its scheme have moved since, that part of
//! the change is a step of its own and a finding: it does not come from the decision that is drafted.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Year;
use super::assess::{as_adopted, known};
use super::baseline::{Baseline, baseline};
use super::pool::{entrants, facts_of, pool, results, run};
use crate::assessment::FactValues;
use crate::document::{Cursor, Problems, Read};
use crate::error::{ErrorKind, Finding, Result};
use crate::fact::{FactValue, Facts};
use crate::scheme::{Redetermination, Scheme};
use crate::score::{Difference, Run, Standing, difference};
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
    /// How it stands: as approved, else as its facts give.
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
    /// Approved results of which the facts or the scheme have moved since they were made (`year.baseline_moved`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
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
        let mut difference = difference(run_of(&old), run_of(&new), &change.subject)?;
        let (sheets, decided) = (run(self, view, scheme, &before)?, run(self, view, scheme, &after)?);
        let mut baselines: BTreeMap<&str, Baseline> = BTreeMap::new();
        for entry in &pool {
            let found = baseline(view, scheme, &entry.subject)?;
            baselines.extend(found.map(|found| (entry.subject.as_str(), found)));
        }
        let answer = scheme.text().redetermination;
        let mut others = Vec::new();
        for (sheet, after) in sheets.iter().zip(&decided) {
            let approved = baselines.get(sheet.subject.as_str());
            if sheet.subject == change.subject {
                difference = match approved {
                    Some(approved) => difference.since(&approved.kept, sheet),
                    None => difference,
                };
                continue;
            }
            let before = approved.map_or_else(|| Standing::of(sheet), |approved| approved.kept.standing.clone());
            let after = Standing::of(after);
            if same_result(&before, &after) {
                continue;
            }
            let takes_effect = approved.is_none() || moves(answer, &before, &after, &scheme.grades());
            others.push(Moved {
                zh: told(&sheet.subject, &before, &after, takes_effect),
                subject: sheet.subject.clone(),
                before,
                after,
                takes_effect,
            });
        }
        let moved = pool
            .iter()
            .filter_map(|entry| baselines.get(entry.subject.as_str())?.moved.clone())
            .collect();
        Ok(Draft {
            scheme: scheme.id().to_owned(),
            subject: change.subject.clone(),
            approved: baselines.contains_key(change.subject.as_str()),
            redetermination: answer,
            difference,
            others,
            findings: super::checks::wanted(view, moved),
        })
    }
}

/// Whether both say the same of the result, whatever version of the scheme gave it.
fn same_result(before: &Standing, after: &Standing) -> bool {
    (&before.total, &before.grades, before.rank) == (&after.total, &after.grades, after.rank)
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

/// The movement of another subject as people read it.
fn told(subject: &str, before: &Standing, after: &Standing, takes_effect: bool) -> String {
    let kept = if takes_effect {
        ""
    } else {
        "（按办法规定不予变动）"
    };
    format!("{subject}：{} → {}{kept}", stands(before), stands(after))
}

fn stands(standing: &Standing) -> String {
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
fn moves(answer: Option<Redetermination>, before: &Standing, after: &Standing, grades: &[&str]) -> bool {
    match answer {
        None | Some(Redetermination::SubjectOnly) => false,
        Some(Redetermination::RerankAll) => true,
        Some(Redetermination::RerankNeverLower) => {
            let place = |standing: &Standing| {
                let places = standing.grades.iter();
                let places = places.filter_map(|grade| grades.iter().position(|word| word == grade));
                places.max()
            };
            let worst = |standing: &Standing| standing.rank.map(|rank| rank.worst);
            place(after) <= place(before) && worst(after) <= worst(before) && after.total.lowest >= before.total.lowest
        }
    }
}
