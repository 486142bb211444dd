//! The scheme language: what a published set of assessment rules says, as data.
//!
//! A scheme document declares its facts, its items with their rules, its grades, vetoes and rounding. Each rule kind
//! lives in one file under `kinds/` and comes down to the [core form](core::Core), which the evaluators of `score`
//! know. What a published clause leaves open must be answered: a draft lists its open questions (待明确事项), an adopted
//! scheme has none.

mod about;
pub mod core;
pub mod expression;
mod item;
pub mod kinds;
mod open;
mod parts;
mod read_back;
mod text;

pub use self::core::Core;
pub use about::About;
pub use item::{Item, Leaf, Rule};
pub use open::Questions;
pub use parts::{Effect, Grade, GradeCap, GradeCompare, Grades, Moment, NotApplicable, TotalRounding, Veto};
pub use text::{Bonus, Scheme, Status};
