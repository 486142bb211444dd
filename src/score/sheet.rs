//! The sheet (得分表).

use serde::Serialize;

use crate::document::sm3_hex;
use crate::error::Finding;
use crate::exact::Exact;
use crate::fact::State;

/// Points when everything unknown falls out worst, and when it falls out best. Equal when nothing is unknown.
///
/// Each column adds up on its own: the lowest points of the lines sum to the lowest total, the highest to the highest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// The worst case.
    pub lowest: Exact,
    /// The best case.
    pub highest: Exact,
}

impl Range {
    /// The same in both cases.
    pub fn single(points: Exact) -> Self {
        Range {
            lowest: points.clone(),
            highest: points,
        }
    }

    /// Nothing.
    pub fn nought() -> Self {
        Range::single(Exact::ZERO)
    }

    /// Whether both cases are the same.
    pub fn is_single(&self) -> bool {
        self.lowest == self.highest
    }

    pub(super) fn is_nought(&self) -> bool {
        self.lowest.is_zero() && self.highest.is_zero()
    }

    /// The other side of the scale: what is taken off.
    pub(super) fn negated(&self) -> Range {
        Range {
            lowest: -&self.highest,
            highest: -&self.lowest,
        }
    }

    pub(super) fn minus(&self, other: &Range) -> Range {
        Range {
            lowest: &self.lowest - &other.lowest,
            highest: &self.highest - &other.highest,
        }
    }

    /// `3`, or `0 至 5`.
    pub fn zh(&self) -> String {
        if self.is_single() {
            self.lowest.shown()
        } else {
            format!("{} 至 {}", self.lowest.shown(), self.highest.shown())
        }
    }
}

/// A fact as a line used it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactUsed {
    /// Its name.
    pub name: String,
    /// Its value, as people read it.
    pub value: String,
    /// Its state.
    pub state: State,
}

/// One change of points with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Stable id: the item and what changes it.
    pub id: String,
    /// The item, or `total`.
    pub item: String,
    /// The rule kind, or the step of the order of application.
    pub rule: String,
    /// The article that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The facts that it used.
    pub facts: Vec<FactUsed>,
    /// The arithmetic.
    pub arithmetic: String,
    /// The points won (positive) or lost (negative).
    pub points: Range,
    /// The reason, in Chinese that the assessed unit can read.
    pub reason: String,
}

/// The score of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemScore {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Full points.
    pub full: Exact,
    /// Its points: the sum of its lines.
    pub points: Range,
    /// Whether it applies to the subject.
    pub applicable: bool,
    /// Whether the worst and best case are bounds that may not be reached; missing when they are reached.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
}

/// A rank, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rank {
    /// The best that it may be.
    pub best: u32,
    /// The worst that it may be.
    pub worst: u32,
}

impl Rank {
    /// `3`, or `2 至 5`.
    pub fn zh(self) -> String {
        if self.best == self.worst {
            self.best.to_string()
        } else {
            format!("{} 至 {}", self.best, self.worst)
        }
    }
}

/// The lines of one subject under one scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Always `sheet`.
    pub kind: &'static str,
    /// Always 1.
    pub format: u32,
    /// The scheme.
    pub scheme: String,
    /// Its version.
    pub version: String,
    /// SM3 digest of the scheme.
    pub scheme_digest: String,
    /// The subject.
    pub subject: String,
    /// Its class, when the scheme has classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Its cohort, when it was scored with others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// The total.
    pub total: Range,
    /// The grades that it may have, best first; one when nothing is open, none when the scheme grants none.
    pub grades: Vec<String>,
    /// The grades before quotas, where a quota changed them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earned_grades: Vec<String>,
    /// The rank within the cohort, when the scheme ranks: best and worst possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// Whether the worst and best total are bounds that may not be reached; missing when they are reached.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
    /// The facts that leave the total open.
    pub open: Vec<String>,
    /// The items, those of pools last.
    pub items: Vec<ItemScore>,
    /// The groups, inner ones first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<ItemScore>,
    /// Every change of points, in the order of application.
    pub lines: Vec<Line>,
    /// What was found on admission.
    pub findings: Vec<Finding>,
}

impl Sheet {
    /// The bytes of the sheet: the same facts and scheme give the same bytes everywhere.
    ///
    /// # Errors
    /// None in practice: a sheet holds only text, truths and small whole numbers.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// SM3 digest of [`Sheet::to_json`].
    pub fn digest(&self) -> String {
        self.to_json()
            .map_or_else(|_| String::new(), |text| sm3_hex(text.as_bytes()))
    }
}
