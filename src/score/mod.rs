//! Scoring: the core form over admitted facts, and the sheet (得分表) that explains every point.
//!
//! A scheme's program is worked out cell by cell: exactly where everything is known ([`point`]), else as everything that
//! a value may be ([`possible`]). The order of application stands in `scheme/order.rs`.

mod bounds;
mod carry;
mod check;
pub mod column;
mod difference;
mod effects;
mod enumerate;
mod expiring;
mod gather;
mod inputs;
mod interval;
mod kept;
mod places;
mod point;
mod query;
mod run;
mod sheet;
mod tally;
mod tally_interval;
mod tighten;
mod trial;
mod words;
mod would_take;
mod write;

pub use check::check;
pub use difference::{Cause, Difference, FactChange, ItemChange, Run, Standing, Step, difference};
pub use effects::{AnswerEffect, ExampleTotal, QuestionEffect, effects};
pub use inputs::{Inputs, MissingYears, Outcome, Results};
pub use interval::{Possible, possible};
pub use kept::Kept;
pub(crate) use kept::{list as kept_list, range as kept_range, rank as kept_rank};
pub use point::{Point, point};
pub use query::{DifferenceQuery, Within, WouldTakeQuery};
pub use run::{Entrant, score, score_cohort, score_cohort_watched, score_together, score_together_watched};
pub(crate) use run::{scored as score_under, steps_each as score_steps};
pub use sheet::{FactUsed, ItemScore, Line, Range, Rank, Sheet};
pub use trial::{Bin, Distribution, Trial, Tried, trial};
pub use would_take::{Goal, Taken, Verdict, WouldTake, would_take};
