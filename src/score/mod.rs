//! Scoring: the core form over admitted facts, and the sheet (得分表) that explains every point.
//!
//! A scheme's program is worked out cell by cell: exactly where everything is known ([`point`]), else as everything that
//! a value may be ([`possible`]). The order of application stands in `scheme/order.rs`.

pub mod column;
mod enumerate;
mod expiring;
mod gather;
mod inputs;
mod interval;
mod places;
mod point;
mod run;
mod sheet;
mod tally;
mod tally_interval;
mod tighten;
mod words;
mod write;

pub use inputs::{Inputs, MissingYears, Outcome, Results};
pub use interval::{Possible, possible};
pub use point::{Point, point};
pub use run::{Entrant, score, score_cohort, score_together};
pub use sheet::{FactUsed, ItemScore, Line, Range, Rank, Sheet};
