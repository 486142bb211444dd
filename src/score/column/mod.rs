//! The core form over columns: many subjects at once, as exact as the run over one.
//!
//! A plan is compiled once from a scheme. Numbers are whole numbers over a constant scale; every intermediate value is
//! proven from the declared ranges to fit 32, 64 or 128 bits, and is computed in the least width that holds it.
//!
//! Three ways out, each for as little as possible:
//!
//! * A cell that columns cannot compute is worked out row by row by the evaluators over one subject, and its values are a
//!   column again ([`ColumnPlan::rows_because`]): tallies of events, roots, the calendar, results of other schemes, what is
//!   gathered from subjects below or over fractions, and what is not proven to fit 128 bits.
//! * A row in which something is unknown or does not apply, or in which such a cell has no value or one too large for its
//!   column, is left to the exact run: it has a whole sheet with worst and best case. Where a scheme compares subjects, one
//!   such row takes its whole cohort along, because ranks then have a worst and a best case. An extreme or a mean over
//!   nobody is such a value: where a scheme takes the mean, the highest or the lowest of the subjects below, rows with
//!   nobody below them take the whole table along.
//! * Groups of more than a million rows are left to the exact run, because sums over them are not proven to fit.
//!
//! Ways through: `compile` gives steps over registers, with `grid` for cells that go row by row; `blocks` runs them over
//! some hundred rows at a time with `load`, `kernel` and `quotient`; `groups` and `places` gather between stages, `call`
//! works out cells row by row; `exact` is the run over whole rows.

mod about;
mod blocks;
mod build;
mod call;
mod compile;
mod exact;
mod explain;
mod grid;
mod groups;
mod kept;
mod kernel;
mod load;
mod places;
mod quotient;
mod read;
mod registers;
mod steps;
mod table;
mod whole;

use std::collections::BTreeMap;

pub use self::about::{About, Given, Wanted, WantedField};
use self::groups::Groups;
use self::kept::{Kept, Spare, told};
use self::load::is_finer;
use self::steps::{LARGEST_GROUP, Steps, Told};
pub use self::table::{Column, Presence, Table, Values};
use self::whole::Whole;
use super::Sheet;
use super::run::steps_each;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::Exact;
use crate::progress::{Progress, Watch};
use crate::scheme::{Cell, Scheme};

/// A scheme compiled for columns.
#[derive(Clone, Debug)]
pub struct ColumnPlan<'s> {
    scheme: &'s Scheme,
    steps: std::result::Result<Steps, &'static str>,
    results: Vec<String>,
    compares: bool,
    looks_below: bool,
}

/// One result of every row: numerators over `per`, and over `denominators` where a quotient was never rounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The numerators.
    pub numerators: Vec<i64>,
    /// The denominators, above nought.
    pub denominators: Option<Vec<i64>>,
    /// What all numerators are over: 100 where they are hundredths.
    pub per: i64,
}

impl Amounts {
    /// The exact value of a row; `None` where there is no such row.
    pub fn value(&self, row: usize) -> Option<Exact> {
        let per = i128::from(self.per);
        let below = match &self.denominators {
            None => 1,
            Some(denominators) => i128::from(*denominators.get(row)?),
        };
        Exact::ratio(i128::from(*self.numerators.get(row)?), per.checked_mul(below)?)
    }
}

/// The results of a table. What columns say of a row that has a sheet does not count: its sheet does.
#[derive(Clone, Debug)]
pub struct Scored {
    /// The points of every item, bonus and penalty, in the order of the sheet; penalties are negative.
    pub points: Vec<Amounts>,
    /// The total.
    pub total: Amounts,
    /// The place of the grade among the bands, after quotas.
    pub grade: Option<Amounts>,
    /// The place of the grade before quotas.
    pub earned_grade: Option<Amounts>,
    /// The rank in the cohort.
    pub rank: Option<Amounts>,
    /// The rows that the exact run scored, because something in them, in their cohort or in the scheme is not for
    /// columns. Worst and best case differ where something is unknown.
    pub sheets: BTreeMap<usize, Sheet>,
    /// Memory for the next table.
    spare: Spare,
}

impl<'s> ColumnPlan<'s> {
    /// Compiles a scheme.
    ///
    /// # Errors
    /// None: every scheme has a plan.
    pub fn new(scheme: &'s Scheme) -> Result<Self> {
        let steps = compile::compile(scheme);
        let cells = &scheme.program().cells;
        let below = |cell: &Cell| matches!(cell, Cell::Gather(what) if what.scope == crate::scheme::core::Scope::Below);
        Ok(ColumnPlan {
            scheme,
            steps,
            results: compile::results(scheme),
            compares: cells.iter().any(|cell| matches!(cell, Cell::Gather(_))),
            looks_below: cells.iter().any(below),
        })
    }

    /// Why all rows are left to the exact run, where they are.
    pub fn exact_because(&self) -> Option<&'static str> {
        self.steps.as_ref().err().copied()
    }

    /// Why cells are worked out row by row, each by its own: one reason a cell. The rest is computed in columns.
    pub fn rows_because(&self) -> impl Iterator<Item = &'static str> {
        let steps = self.steps.as_ref().into_iter();
        steps.flat_map(|steps| steps.rows_because.iter().map(|(_, why)| *why))
    }

    /// The schemes whose results the scheme includes, in the order of their columns behind those of the inputs.
    pub fn results(&self) -> impl Iterator<Item = &str> {
        self.results.iter().map(String::as_str)
    }

    /// The ids of the items, in the order of their points.
    pub fn items(&self) -> impl Iterator<Item = &'s str> {
        let nodes = self.scheme.layout().nodes.iter().filter(|node| !node.group);
        nodes.map(|node| node.id.as_str())
    }

    /// The greatest width in bits that a step takes: 32, 64 or 128. `None` where nothing is computed in columns.
    pub fn bits(&self) -> Option<u32> {
        let steps = self.steps.as_ref().ok()?;
        let filled = steps.stages.iter().flat_map(|stage| &stage.steps);
        let widths = filled.map(|filled| filled.width).chain(steps.kept.iter().copied());
        Some(widths.max().map_or(32, |width| width.bits()))
    }

    /// Scores a table.
    ///
    /// # Errors
    /// A column that does not fit the declarations, a value outside of its declared range, and what the exact run refuses.
    pub fn score(&self, table: &Table<'_>) -> Result<Scored> {
        self.score_again(table, Scored::default())
    }

    /// Scores a table in the memory of results that are no longer needed: a host that scores again and again saves the
    /// cost of fresh memory, which is most of the cost of large tables.
    ///
    /// # Errors
    /// As [`ColumnPlan::score`].
    pub fn score_again(&self, table: &Table<'_>, used: Scored) -> Result<Scored> {
        self.scored(table, used, Watch::NOBODY)
    }

    /// As [`ColumnPlan::score_again`], under the eyes of whoever waits.
    ///
    /// # Errors
    /// As [`ColumnPlan::score`]; a refusal when the work was asked to stop.
    pub fn score_watched(&self, table: &Table<'_>, used: Scored, progress: &Progress) -> Result<Scored> {
        self.scored(table, used, Watch::by(progress))
    }

    fn scored(&self, table: &Table<'_>, used: Scored, watch: Watch<'_>) -> Result<Scored> {
        if let Some((place, zh, en)) = table.misfit(self.scheme, self.results.len()) {
            let pointer = format!("/columns/{place}");
            return Err(Error::one(
                ErrorKind::Document,
                Finding::error("column.misfit", pointer, zh, en),
            ));
        }
        let groups = Groups::of(table.cohorts, table.rows);
        let largest = if self.looks_below { table.rows } else { groups.largest() };
        let steps = self.steps.as_ref().ok().filter(|_| largest <= LARGEST_GROUP);
        // Which rows are left to the exact run turns out on the way, so they are all expected, and the others done at once.
        let exactly = steps_each(self.scheme);
        let in_columns = steps.map_or(0, blocks::steps_each);
        watch.expect(table.rows.saturating_mul(exactly.saturating_add(in_columns)));
        let (mut scored, mut open) = match steps {
            Some(steps) => {
                let mut open = self.open(steps, table, &groups);
                (self.columns(steps, table, &groups, &mut open, used, watch)?, open)
            }
            None => (Scored::default(), vec![true; table.rows]),
        };
        if !open.contains(&true) {
            watch.step(table.rows.saturating_mul(exactly))?;
            return Ok(scored);
        }
        self.spread(&mut open, &groups);
        let together = match (self.looks_below, self.compares) {
            (true, _) => vec![(0..table.rows).collect()],
            (false, true) => groups.rows(),
            (false, false) => (0..table.rows).map(|row| vec![row]).collect(),
        };
        for rows in together {
            if rows.iter().any(|row| open.get(*row) == Some(&true)) {
                let sheets = exact::exact(self.scheme, &self.results, table, &rows, watch)?;
                scored.sheets.extend(rows.into_iter().zip(sheets));
            } else {
                watch.step(rows.len().saturating_mul(exactly))?;
            }
        }
        Ok(scored)
    }

    /// The rows that are left to the exact run.
    fn open(&self, steps: &Steps, table: &Table<'_>, groups: &Groups) -> Vec<bool> {
        let mut open = Vec::new();
        let pairs = table.columns.iter().zip(&steps.loaded);
        for (column, how) in pairs {
            let places = column.values.scale();
            let finer = how.as_ref().is_some_and(|how| places > Some(how.places));
            let absent = matches!(column.values, Values::Absent) && how.is_some();
            if column.presence.is_none() && !finer && !absent {
                continue;
            }
            open.resize(table.rows, false);
            for (row, open) in open.iter_mut().enumerate() {
                let missing = match column.presence(row) {
                    Presence::Known => false,
                    Presence::NotApplicable => true,
                    Presence::Unknown => !matches!(column.values, Values::Absent),
                };
                *open |= absent || missing || how.as_ref().is_some_and(|how| is_finer(column, how, row));
            }
        }
        self.spread(&mut open, groups);
        open
    }

    /// An open row takes along those with whom it is compared.
    fn spread(&self, open: &mut [bool], groups: &Groups) {
        if !self.compares || !open.contains(&true) {
            return;
        }
        if self.looks_below {
            open.fill(true);
            return;
        }
        for rows in groups.rows() {
            if rows.iter().any(|row| open.get(*row) == Some(&true)) {
                for row in rows {
                    if let Some(open) = open.get_mut(row) {
                        *open = true;
                    }
                }
            }
        }
    }

    fn columns(
        &self,
        steps: &Steps,
        table: &Table<'_>,
        groups: &Groups,
        open: &mut Vec<bool>,
        used: Scored,
        watch: Watch<'_>,
    ) -> Result<Scored> {
        let mut spare = used.into_spare();
        let run = blocks::run(steps, table, self.scheme, groups, open, &mut spare, watch);
        let mut kept = run.map_err(|stopped| {
            let (place, row) = match stopped {
                blocks::Stopped::Outside(outside) => outside,
                blocks::Stopped::Asked(error) => return error,
            };
            let name = self
                .scheme
                .program()
                .inputs
                .get(place)
                .map(|input| &input.declaration.name);
            let name = name.cloned().unwrap_or_default();
            let zh = format!("“{name}”第 {row} 行（从 0 起）的值超出声明的范围，请核实");
            let en = format!("\"{name}\": the value of row {row} (from 0) lies outside of the declared range");
            let pointer = format!("/columns/{place}/{row}");
            Error::one(
                ErrorKind::Document,
                Finding::error("column.out_of_range", pointer, zh, en),
            )
        })?;
        let optional = [steps.grade, steps.earned, steps.rank];
        let all = steps.points.iter().copied().chain([steps.total]);
        let all: Vec<Told> = all.chain(optional.into_iter().flatten()).collect();
        let mut uses = blocks::uses(steps, &all);
        let mut column = |source| told(source, &mut kept, &mut uses, table.rows, &mut spare);
        let mut amounts = |told: Told| Amounts {
            numerators: column(told.numerators),
            denominators: told.denominators.map(&mut column),
            per: i64::of(told.per),
        };
        let mut scored = Scored {
            points: steps.points.iter().map(|told| amounts(*told)).collect(),
            total: amounts(steps.total),
            grade: steps.grade.map(&mut amounts),
            earned_grade: steps.earned.map(&mut amounts),
            rank: steps.rank.map(amounts),
            sheets: BTreeMap::new(),
            spare: Spare::default(),
        };
        for column in kept {
            if let Kept::Middle(column) = column {
                spare.give(column);
            }
        }
        scored.spare = spare;
        Ok(scored)
    }
}

impl Scored {
    /// The memory of all columns.
    fn into_spare(self) -> Spare {
        let mut spare = self.spare;
        let optional = [self.grade, self.earned_grade, self.rank].into_iter().flatten();
        let all = self.points.into_iter().chain([self.total]).chain(optional);
        for amounts in all {
            spare.give(amounts.numerators);
            amounts.denominators.into_iter().for_each(|column| spare.give(column));
        }
        spare
    }
}

/// Columns without rows.
impl Default for Scored {
    fn default() -> Scored {
        Scored {
            points: Vec::new(),
            total: Amounts {
                numerators: Vec::new(),
                denominators: None,
                per: 1,
            },
            grade: None,
            earned_grade: None,
            rank: None,
            sheets: BTreeMap::new(),
            spare: Spare::default(),
        }
    }
}
