//! The difference of two runs for one subject, in a fixed order of causes, with steps that sum exactly.
//!
//! First the rules change, over the facts of the first run; then the subject's own facts (with what other schemes gave it,
//! its class, its cohort); then those of everybody else. A cause that is looked at later may owe its share to an earlier
//! one: the order is fixed so that two people who ask get the same answer.

use serde::Serialize;

use super::carry::{carried, entrants};
use super::kept::Kept;
use super::{Entrant, Outcome, Range, Rank, Results, Sheet, score_together};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::{Admitted, Facts, admit};
use crate::scheme::Scheme;

/// A run: a scheme over the subjects that are scored together.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The subjects.
    pub entrants: &'a [Entrant<'a>],
}

/// What changes in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// What has moved since the sheet was kept from which the difference is told ([`Difference::since`]).
    SinceKept,
    /// The rules.
    Scheme,
    /// The facts of the subject, and what other schemes gave it.
    OwnFacts,
    /// The facts of the others, and who they are.
    OtherFacts,
}

impl Cause {
    /// As a sentence names it.
    pub fn zh(self) -> &'static str {
        match self {
            Cause::SinceKept => "审定以来已有的变化",
            Cause::Scheme => "办法变化",
            Cause::OwnFacts => "本对象事实变化",
            Cause::OtherFacts => "其他对象事实变化",
        }
    }
}

/// What an item contributes to a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// Its id; `total` is what stands between the items and the total: caps, conversions, vetoes, rounding.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The change of its points: worst case and best case.
    pub points: Range,
}

/// One step from the first run to the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What changes.
    pub cause: Cause,
    /// The change of the total: worst case and best case.
    pub total: Range,
    /// The items that change; they sum to the change of the total.
    pub items: Vec<ItemChange>,
    /// What people read.
    pub zh: String,
}

/// A fact that is not the same in both runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactChange {
    /// Whose.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// What it was; missing where the first run does not have it.
    pub before: Option<String>,
    /// What it is; missing where the second run does not have it.
    pub after: Option<String>,
    /// What people read.
    pub zh: String,
}

/// How a subject stands in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The scheme.
    pub scheme: String,
    /// Its version.
    pub version: String,
    /// The total.
    pub total: Range,
    /// The grades that it may have.
    pub grades: Vec<String>,
    /// The rank, when the scheme ranks.
    pub rank: Option<Rank>,
}

impl Standing {
    /// How a sheet stands.
    pub fn of(sheet: &Sheet) -> Self {
        Standing {
            scheme: sheet.scheme.clone(),
            version: sheet.version.clone(),
            total: sheet.total.clone(),
            grades: sheet.grades.clone(),
            rank: sheet.rank,
        }
    }
}

/// The difference of two runs for one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The subject.
    pub subject: String,
    /// The first run.
    pub before: Standing,
    /// The second run.
    pub after: Standing,
    /// The change of the total: the sum of the steps.
    pub total: Range,
    /// The steps: rules, own facts, facts of others.
    pub steps: Vec<Step>,
    /// Facts of the subject that changed, then those of others.
    pub facts: Vec<FactChange>,
    /// What people read.
    pub zh: String,
}

/// The difference of two runs for one subject.
///
/// # Errors
/// As [`score_together`], and a refusal when the subject stands in only one of the runs.
pub fn difference(before: Run<'_>, after: Run<'_>, subject: &str) -> Result<Difference> {
    let own = find(after.entrants, subject)?;
    find(before.entrants, subject)?;
    let class_after = |facts: &Facts| {
        let same = after
            .entrants
            .iter()
            .find(|entrant| entrant.facts.subject == facts.subject);
        same.and_then(|entrant| entrant.facts.class.clone())
    };
    let old: Result<Vec<Facts>> = before
        .entrants
        .iter()
        .map(|entrant| carried(after.scheme, entrant.facts, class_after(entrant.facts).as_deref()))
        .collect();
    let old = old?;
    let under_new = entrants(&old, before.entrants);
    let own_new: Vec<Entrant<'_>> = under_new
        .iter()
        .map(|entrant| {
            if entrant.facts.subject == subject {
                own
            } else {
                *entrant
            }
        })
        .collect();
    let sheets = [
        sheet_of(before.scheme, before.entrants, subject)?,
        sheet_of(after.scheme, &under_new, subject)?,
        sheet_of(after.scheme, &own_new, subject)?,
        sheet_of(after.scheme, after.entrants, subject)?,
    ];
    let causes = [Cause::Scheme, Cause::OwnFacts, Cause::OtherFacts];
    let steps: Vec<Step> = causes
        .into_iter()
        .zip(sheets.windows(2))
        .filter_map(|(cause, pair)| match pair {
            [from, to] => Some(step(cause, &Kept::of(from), &Kept::of(to))),
            _ => None,
        })
        .collect();
    let [first, .., last] = &sheets;
    let total = last.total.minus(&first.total);
    let zh = told(&first.total, &last.total, &steps);
    Ok(Difference {
        subject: subject.to_owned(),
        before: Standing::of(first),
        after: Standing::of(last),
        total,
        steps,
        facts: changed_facts(before, after, subject)?,
        zh,
    })
}

/// The change as people read it.
pub(super) fn told(before: &Range, after: &Range, steps: &[Step]) -> String {
    let told: Vec<String> = steps
        .iter()
        .map(|step| format!("{}{}", step.cause.zh(), signed(&step.total)))
        .collect();
    format!(
        "总分由 {} 变为 {}，变化{}：{}",
        before.zh(),
        after.zh(),
        signed(&after.minus(before)),
        told.join("，")
    )
}

/// The entrant of this subject.
pub(super) fn find<'a>(entrants: &[Entrant<'a>], subject: &str) -> Result<Entrant<'a>> {
    let found = entrants.iter().find(|entrant| entrant.facts.subject == subject);
    found.copied().ok_or_else(|| {
        let zh = format!("考核对象“{subject}”不在所给的评分范围内，请把它的事实一并给出");
        let en = format!("subject \"{subject}\" is not among those that are scored: give its facts too");
        Error::one(
            ErrorKind::Refused,
            Finding::error("score.no_such_subject", "", zh, en).about(subject),
        )
    })
}

/// The sheet of one of those that are scored together.
pub(super) fn sheet_of(scheme: &Scheme, entrants: &[Entrant<'_>], subject: &str) -> Result<Sheet> {
    let sheets = score_together(scheme, entrants)?;
    let found = sheets.into_iter().find(|sheet| sheet.subject == subject);
    found.ok_or_else(|| Error::new(ErrorKind::Refused, Vec::new()))
}

pub(super) fn step(cause: Cause, from: &Kept, to: &Kept) -> Step {
    let total = to.standing.total.minus(&from.standing.total);
    let items = changed_items(from, to);
    let told: Vec<String> = items
        .iter()
        .map(|item| format!("{}{}", item.title, signed(&item.points)))
        .collect();
    let zh = if total.is_nought() && items.is_empty() {
        format!("{}：总分不变", cause.zh())
    } else {
        format!("{}：总分{}（{}）", cause.zh(), signed(&total), told.join("，"))
    };
    Step {
        cause,
        total,
        items,
        zh,
    }
}

/// The items that change from one sheet to another; they sum to the change of the total.
pub(super) fn changed_items(from: &Kept, to: &Kept) -> Vec<ItemChange> {
    let nought = Range::nought();
    let points = |sheet: &Kept, id: &str| {
        let found = sheet.items.iter().find(|(own, ..)| own == id);
        found.map_or_else(|| nought.clone(), |(.., points)| points.clone())
    };
    let gone = from
        .items
        .iter()
        .filter(|(id, ..)| !to.items.iter().any(|(other, ..)| other == id));
    let mut rest = to.standing.total.minus(&from.standing.total);
    let mut changed = Vec::new();
    for (id, title, _) in to.items.iter().chain(gone) {
        let change = points(to, id).minus(&points(from, id));
        rest = rest.minus(&change);
        changed.push(ItemChange {
            id: id.clone(),
            title: title.clone(),
            points: change,
        });
    }
    changed.push(ItemChange {
        id: "total".to_owned(),
        title: "合计环节".to_owned(),
        points: rest,
    });
    changed.retain(|item| !item.points.is_nought());
    changed
}

/// ` +3`, ` -2`, or ` -2 / +1` where worst and best case change differently.
pub(super) fn signed(change: &Range) -> String {
    let one = |number: &crate::exact::Exact| {
        let sign = if number.is_positive() { "+" } else { "" };
        format!("{sign}{}", number.shown())
    };
    if change.is_single() {
        format!(" {} 分", one(&change.lowest))
    } else {
        format!("（最差 {}、最好 {}）分", one(&change.lowest), one(&change.highest))
    }
}

/// Facts that are not the same in both runs: the subject's own first.
fn changed_facts(before: Run<'_>, after: Run<'_>, subject: &str) -> Result<Vec<FactChange>> {
    let mut ids: Vec<&str> = vec![subject];
    for entrant in before.entrants.iter().chain(after.entrants) {
        let id = entrant.facts.subject.as_str();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut changes = Vec::new();
    for id in ids {
        let (old, new) = (held(before, id)?, held(after, id)?);
        let gone = old
            .iter()
            .filter(|fact| !new.iter().any(|other| other.name == fact.name));
        for fact in new.iter().chain(gone) {
            let of = |list: &[Admitted]| list.iter().find(|other| other.name == fact.name).cloned();
            let (old, new) = (of(&old), of(&new));
            let same = match (&old, &new) {
                (Some(old), Some(new)) => old.held == new.held && old.state == new.state,
                _ => false,
            };
            if !same {
                let shown =
                    |fact: Option<Admitted>| fact.map(|fact| format!("{}（{}）", fact.shown(), fact.state.zh()));
                changes.push(fact_change(id, &fact.name, shown(old), shown(new)));
            }
        }
        changes.extend(changed_results(before, after, id));
    }
    Ok(changes)
}

fn fact_change(subject: &str, name: &str, before: Option<String>, after: Option<String>) -> FactChange {
    let zh = match (&before, &after) {
        (Some(before), Some(after)) if before == after => format!("“{name}”的内容有变（{after}）"),
        (Some(before), Some(after)) => format!("“{name}”由 {before} 变为 {after}"),
        (Some(before), None) => format!("“{name}”原为 {before}，现不再采用"),
        (None, Some(after)) => format!("“{name}”为新增，现为 {after}"),
        (None, None) => String::new(),
    };
    FactChange {
        subject: subject.to_owned(),
        name: name.to_owned(),
        before,
        after,
        zh,
    }
}

/// The facts of a subject as its run admits them; none when it is not there.
fn held(run: Run<'_>, subject: &str) -> Result<Vec<Admitted>> {
    match run.entrants.iter().find(|entrant| entrant.facts.subject == subject) {
        Some(entrant) => {
            let admission = admit(&run.scheme.program().inputs, run.scheme.text().year, entrant.facts)?;
            Ok(admission.facts)
        }
        None => Ok(Vec::new()),
    }
}

/// What other schemes gave a subject, where it changed.
fn changed_results(before: Run<'_>, after: Run<'_>, subject: &str) -> Vec<FactChange> {
    let none = Results::new();
    let of = |run: Run<'_>, scheme: &str| {
        let entrant = run.entrants.iter().find(|entrant| entrant.facts.subject == subject);
        let results = entrant.map_or(&none, |entrant| entrant.results);
        results.get(scheme).map(shown_outcome)
    };
    let mut schemes: Vec<&str> = before
        .scheme
        .includes()
        .map(|(_, included)| included.scheme.as_str())
        .collect();
    schemes.extend(after.scheme.includes().map(|(_, included)| included.scheme.as_str()));
    schemes.sort_unstable();
    schemes.dedup();
    schemes
        .into_iter()
        .filter(|scheme| of(before, scheme) != of(after, scheme))
        .map(|scheme| {
            let name = format!("办法“{scheme}”的结果");
            fact_change(subject, &name, of(before, scheme), of(after, scheme))
        })
        .collect()
}

fn shown_outcome(outcome: &Outcome) -> String {
    let total = Range {
        lowest: outcome.lowest.clone(),
        highest: outcome.highest.clone(),
    };
    format!("{} 分{}", total.zh(), outcome.grades.join("或"))
}
