//! A cohort under two versions of a scheme, before one of them is adopted (试算).

use std::collections::BTreeMap;

use serde::Serialize;

use super::carry::{carried, entrants};
use super::difference::{changed_items, signed};
use super::kept::Kept;
use super::{Entrant, ItemChange, Range, Sheet, Standing, score_together};
use crate::error::Result;
use crate::exact::Exact;
use crate::fact::Facts;
use crate::scheme::Scheme;

/// How differences are distributed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// The least.
    pub least: Exact,
    /// The most.
    pub most: Exact,
    /// The arithmetic mean.
    pub mean: Exact,
    /// The median; of an even number the mean of the two in the middle.
    pub median: Exact,
    /// How many lie from each whole point up to the next, that one excluded; empty points left out.
    pub histogram: Vec<Bin>,
}

/// Differences of one whole point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bin {
    /// From this, included.
    pub from: Exact,
    /// How many.
    pub count: usize,
}

/// A subject under both versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// The subject.
    pub subject: String,
    /// Under the first version.
    pub before: Standing,
    /// Under the second.
    pub after: Standing,
    /// The change of the total: worst case and best case.
    pub total: Range,
    /// Whether the grades that it may have change.
    pub grade_changes: bool,
    /// Whether the rank changes.
    pub rank_changes: bool,
    /// The items that made the difference.
    pub items: Vec<ItemChange>,
    /// What people read.
    pub zh: String,
}

/// A cohort under two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trial {
    /// The subjects, in the order given.
    pub subjects: Vec<Tried>,
    /// Differences when everything unknown falls out worst; missing without subjects.
    pub worst: Option<Distribution>,
    /// Differences when everything unknown falls out best.
    pub best: Option<Distribution>,
    /// What people read.
    pub zh: String,
}

/// Tries the facts of a cohort under two versions of a scheme. Facts that the second does not declare are left out, those
/// that only it declares are pending where they are not among the facts already.
///
/// # Errors
/// As [`score_together`].
pub fn trial(before: &Scheme, after: &Scheme, cohort: &[Entrant<'_>]) -> Result<Trial> {
    let facts = |scheme: &Scheme| -> Result<Vec<Facts>> {
        cohort
            .iter()
            .map(|entrant| carried(scheme, entrant.facts, None))
            .collect()
    };
    let (old, new) = (facts(before)?, facts(after)?);
    let first = score_together(before, &entrants(&old, cohort))?;
    let second = score_together(after, &entrants(&new, cohort))?;
    let subjects: Vec<Tried> = first
        .iter()
        .zip(&second)
        .map(|(first, second)| tried(first, second))
        .collect();
    let changes = |end: fn(&Range) -> &Exact| subjects.iter().map(|tried| end(&tried.total).clone()).collect();
    let worst = distribution(changes(|range| &range.lowest));
    let best = distribution(changes(|range| &range.highest));
    let graded = subjects.iter().filter(|tried| tried.grade_changes).count();
    let ranked = subjects.iter().filter(|tried| tried.rank_changes).count();
    let told = match (&worst, &best) {
        (Some(worst), Some(best)) => format!(
            "，总分变化最小 {}、最大 {}，平均 {}",
            worst.least.shown(),
            best.most.shown(),
            Range {
                lowest: worst.mean.clone(),
                highest: best.mean.clone()
            }
            .zh()
        ),
        _ => String::new(),
    };
    let zh = format!(
        "共 {} 个对象{told}；等次变化 {graded} 个，名次变化 {ranked} 个",
        subjects.len()
    );
    Ok(Trial {
        subjects,
        worst,
        best,
        zh,
    })
}

fn tried(first: &Sheet, second: &Sheet) -> Tried {
    let total = second.total.minus(&first.total);
    let items = changed_items(&Kept::of(first), &Kept::of(second));
    let (grade_changes, rank_changes) = (first.grades != second.grades, first.rank != second.rank);
    let mut zh = format!(
        "{}：总分由 {} 变为 {}，变化{}",
        first.subject,
        first.total.zh(),
        second.total.zh(),
        signed(&total)
    );
    if grade_changes {
        let told = |grades: &[String]| {
            if grades.is_empty() {
                "无".to_owned()
            } else {
                grades.join("或")
            }
        };
        zh.push_str(&format!("，等次由{}变为{}", told(&first.grades), told(&second.grades)));
    }
    if rank_changes {
        let told = |sheet: &Sheet| sheet.rank.map_or_else(|| "无".to_owned(), |rank| rank.zh());
        zh.push_str(&format!("，名次由 {} 变为 {}", told(first), told(second)));
    }
    let told: Vec<String> = items
        .iter()
        .map(|item| format!("{}{}", item.title, signed(&item.points)))
        .collect();
    if !told.is_empty() {
        zh.push_str(&format!("；其中{}", told.join("，")));
    }
    Tried {
        subject: first.subject.clone(),
        before: Standing::of(first),
        after: Standing::of(second),
        total,
        grade_changes,
        rank_changes,
        items,
        zh,
    }
}

/// `None` without values.
fn distribution(mut values: Vec<Exact>) -> Option<Distribution> {
    values.sort();
    let mean = values.iter().sum::<Exact>().checked_div(&Exact::from(values.len()))?;
    let last = values.len().checked_sub(1)?;
    let (lower, upper) = (values.get(last.div_euclid(2))?, values.get(values.len().div_euclid(2))?);
    let mut bins: BTreeMap<Exact, usize> = BTreeMap::new();
    for value in &values {
        let bin = bins.entry(value.floor()).or_insert(0);
        *bin = bin.saturating_add(1);
    }
    Some(Distribution {
        least: values.first()?.clone(),
        most: values.last()?.clone(),
        mean,
        median: (lower + upper).checked_div(&Exact::from(2_i32))?,
        histogram: bins.into_iter().map(|(from, count)| Bin { from, count }).collect(),
    })
}
