//! A linked scheme: cells in the order in which they are worked out.
//!
//! A cell is one value of each subject. Most are mapped: worked out from the subject's own facts and earlier cells.
//! Gathered ones look at one earlier cell of the other subjects. So a scheme alternates between stages that need one
//! subject and stages that need all of them, ordered by what uses what.

use super::core::{Core, Gathering, Scope};
use crate::calendar::WorkCalendars;
use crate::fact::Input;

/// One value of each subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// From the subject's own facts and earlier cells.
    Map(Core),
    /// From an earlier cell of other subjects.
    Gather(Gather),
}

/// What is gathered, from which cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gather {
    /// What is gathered.
    pub how: Gathering,
    /// Over whom.
    pub scope: Scope,
    /// The cell with the value of each subject.
    pub value: usize,
    /// The cell that breaks ties.
    pub then: Option<usize>,
    /// The cell that says who takes part.
    pub when: Option<usize>,
}

/// Everything that evaluators need of a scheme.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// What is read of each subject.
    pub inputs: Vec<Input>,
    /// The cells; each reads only earlier ones.
    pub cells: Vec<Cell>,
    /// Calendars for working days.
    pub calendars: WorkCalendars,
}
