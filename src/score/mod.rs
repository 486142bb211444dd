//! Scoring: the core form over admitted facts, and the sheet (得分表) that explains every point.
//!
//! # The order of application
//!
//! Written here and carried out in `run`: facts are admitted → channels of an item → the item's floor, then its cap →
//! rounding of items, if items are rounded → caps of groups, inner ones first → items that do not apply → bonus with its
//! cap → score vetoes → rounding of the total → grade → grade vetoes and grades of included schemes that pass up.

mod applies;
mod filter;
mod grade;
mod interval;
mod point;
mod results;
mod run;
mod sheet;
mod words;

pub use interval::{Possible, possible};
pub use point::{Point, point};
pub use results::{Inputs, Outcome, Results};
pub use run::score;
pub use sheet::{FactUsed, ItemScore, Line, Range, Sheet};
