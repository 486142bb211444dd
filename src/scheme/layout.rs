//! What the sheet of a scheme shows: which cells are lines, items, total and grade.

use super::core::{Core, Phrase};

/// What changes points in one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The value of a cell.
    Value(usize),
    /// What leads from one cell to another.
    Step {
        /// Before.
        from: usize,
        /// After.
        to: usize,
    },
}

/// When a line stands on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// When it changes points.
    Changing,
    /// Always.
    Always,
    /// When the cell is not true: what does not apply. Where it certainly does not, the line is the whole value.
    Unless(usize),
}

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineSpec {
    /// Stable id.
    pub id: String,
    /// The item, or `total`, `bonus`, `penalties`.
    pub item: String,
    /// The rule kind, or the step of the order of application.
    pub rule: String,
    /// The article that says so.
    pub article: Option<String>,
    /// The points.
    pub change: Change,
    /// Whether the points are taken off the total.
    pub negative: bool,
    /// The cell that must not be false for the line to stand.
    pub applies: Option<usize>,
    /// When it stands.
    pub shown: Shown,
    /// The arithmetic.
    pub arithmetic: Vec<Phrase>,
    /// The reason.
    pub reason: Vec<Phrase>,
    /// The inputs that it reads, in declared order.
    pub facts: Vec<usize>,
}

/// An item or group on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSpec {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether it is a group.
    pub group: bool,
    /// Full points.
    pub full: Core,
    /// The cell with its points before its tail.
    pub own: usize,
    /// The cell with its points.
    pub points: usize,
    /// The cell that says whether it applies.
    pub applies: usize,
    /// Whether the points are taken off the total.
    pub negative: bool,
    /// The cells of a leaf that lead to its own points, the latter last.
    pub region: Vec<usize>,
}

/// What the sheet shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Lines, in the order of the sheet.
    pub lines: Vec<LineSpec>,
    /// Items, in document order; pools last.
    pub nodes: Vec<NodeSpec>,
    /// Full points without pools.
    pub full: Core,
    /// The total.
    pub total: usize,
    /// The total before rounding.
    pub full_total: usize,
    /// The rank, when the scheme ranks.
    pub rank: Option<usize>,
    /// The place of the grade among the bands, when the scheme grades.
    pub grade: Option<usize>,
    /// The grade before quotas.
    pub earned_grade: Option<usize>,
    /// Full and applicable points of all items, where items may be left out.
    pub applicable: Option<(usize, usize)>,
    /// Definitions: name, cell.
    pub definitions: Vec<(String, usize)>,
}

impl Default for Layout {
    fn default() -> Self {
        Layout {
            lines: Vec::new(),
            nodes: Vec::new(),
            full: Core::ZERO,
            total: 0,
            full_total: 0,
            rank: None,
            grade: None,
            earned_grade: None,
            applicable: None,
            definitions: Vec::new(),
        }
    }
}
