//! The scheme language: what a published set of assessment rules says, as data.
//!
//! A scheme document declares its facts, its items with their rules, its grades, vetoes and rounding
//! (`docs/scheme-reference.md`). Each rule kind lives in one file under `kinds/` and comes down to the
//! [core form](core::Core), which the evaluators of `score` know. [`order`](self) puts everything in the order of
//! application, `link` in the order of what uses what. What a published clause leaves open must be answered: a draft
//! lists its open questions (待明确事项), an adopted scheme has none.

mod about;
pub mod amount;
mod applies;
pub mod core;
mod cover;
pub mod expression;
mod finish;
mod grade_lines;
mod group;
mod item;
pub mod kinds;
mod layout;
mod link;
mod lint;
mod open;
mod order;
mod parts;
mod program;
mod read;
mod read_back;
mod template;
mod text;
mod walk;

pub use self::core::Core;
pub use about::{About, AboutTemplate};
pub use item::{Combine, Convert, Gate, GroupText, ItemText, LeafText, RuleText};
pub use kinds::Rule;
pub use layout::{Change, Layout, LineSpec, NodeSpec, Shown};
pub use lint::lint;
pub use open::{Answer, Question, Questions};
pub use parts::{
    Definition, Effect, Example, Grade, GradeCompare, Grades, Moment, NotApplicable, Points, Pool, Quota, QuotaTies,
    RankTies, Ranking, Redetermination, TotalLimits, TotalRounding, VetoText,
};
pub use program::{Cell, Gather, Program};
pub use read::{EDITIONS, Scheme};
pub use template::{Known, TemplateFormat, TemplateQuery, TemplateSubject};
pub use text::{Declared, SchemeBasis, SchemePeriod, SchemeText, Status, shape};
