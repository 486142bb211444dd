//! A sheet read back from the bytes in which it was kept: how it stands, and what its items gave.

use super::difference::{Cause, Difference, Standing, told};
use super::{Range, Rank, Sheet};
use crate::document::{Value, read_value};
use crate::exact::Exact;

/// What a kept sheet says of its result. Its lines stay in its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How it stands.
    pub standing: Standing,
    /// SM3 digest of the scheme that gave it; empty when the sheet does not say.
    pub scheme_digest: String,
    /// The items: id, title and points.
    pub items: Vec<(String, String, Range)>,
}

impl Kept {
    /// Reads a kept sheet; nothing when it states no total.
    pub fn read(sheet: &Value) -> Option<Self> {
        let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_text).unwrap_or_default().to_owned();
        let items = list(sheet, "items").iter().filter_map(|item| {
            let points = range(item.get("points")?)?;
            Some((text(item, "id"), text(item, "title"), points))
        });
        let grades = list(sheet, "grades").iter().filter_map(Value::as_text);
        Some(Kept {
            standing: Standing {
                scheme: text(sheet, "scheme"),
                version: text(sheet, "version"),
                total: range(sheet.get("total")?)?,
                grades: grades.map(str::to_owned).collect(),
                rank: sheet.get("rank").and_then(rank),
            },
            scheme_digest: text(sheet, "scheme_digest"),
            items: items.collect(),
        })
    }

    /// What a sheet would be kept as.
    pub fn of(sheet: &Sheet) -> Self {
        let items = sheet.items.iter();
        Kept {
            standing: Standing::of(sheet),
            scheme_digest: sheet.scheme_digest.clone(),
            items: items
                .map(|item| (item.id.clone(), item.title.clone(), item.points.clone()))
                .collect(),
        }
    }
}

/// The items of a member that is a list; none where it is missing.
pub(crate) fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// A range as a sheet writes it.
pub(crate) fn range(value: &Value) -> Option<Range> {
    let end = |name| read_value::<Exact>(value.get(name)?).ok();
    Some(Range {
        lowest: end("lowest")?,
        highest: end("highest")?,
    })
}

/// A rank as a sheet writes it.
pub(crate) fn rank(value: &Value) -> Option<Rank> {
    let end = |name| read_value::<u32>(value.get(name)?).ok();
    Some(Rank {
        best: end("best")?,
        worst: end("worst")?,
    })
}

impl Difference {
    /// The same difference from a sheet that was kept: what has moved between that sheet and the first run comes first, as
    /// a step of its own, so that the steps still sum to the change.
    #[must_use]
    pub fn since(mut self, kept: &Kept, first_run: &Sheet) -> Self {
        let step = super::difference::step(Cause::SinceKept, kept, &Kept::of(first_run));
        if !step.items.is_empty() {
            self.steps.insert(0, step);
        }
        self.before = kept.standing.clone();
        self.total = self.after.total.minus(&self.before.total);
        self.zh = told(&self.before.total, &self.after.total, &self.steps);
        self
    }
}
