//! The system: typed acts, the state as a fold over them, prepare and commit, views as of a day and as known at a position.
//!
//! ```
//! use zeren::system::{Request, System};
//! let mut system = System::new("示例新区");
//! let request = r#"{
//!   "head": {"position": 0, "digest": "0000000000000000000000000000000000000000000000000000000000000000"},
//!   "time": "2022-01-04T09:00:00+08:00", "operator": "u-17",
//!   "acts": [{"act": "edges.declared", "id": "a-1", "effective": "2022-01-01",
//!             "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true}]}]
//! }"#;
//! let request: Request = zeren::document::read(request.as_bytes())?;
//! let prepared = system.prepare(&request)?;
//! // Here the host writes prepared.lines() in its own transaction; without a commit nothing has happened.
//! assert_eq!(system.head().position.sequence(), 0);
//! system.commit(prepared)?;
//! assert_eq!(system.head().position.sequence(), 1);
//! # Ok::<(), zeren::error::Error>(())
//! ```

mod act;
mod ask;
mod ask_letter;
mod ask_signing;
mod changes;
mod checks;
mod contradiction;
mod counted;
mod fold;
mod known_checks;
mod live;
mod overlap;
mod prepare;
mod private_use;
mod query;
mod rule_set;
mod scored;
mod seals;
mod snapshot;
mod view;

pub use act::{ACTS, Act, Envelope};
pub use changes::{ActLine, Changes};
pub use contradiction::Counted;
pub use fold::State;
pub use known_checks::known_checks;
pub use live::RuleSetRow;
pub use overlap::overlaps;
pub use prepare::{Prepared, Receipt, Request, System};
pub(crate) use query::text as answer_text;
pub use query::{Query, Topic};
pub use rule_set::{CheckRule, RuleSet, RuleSetAdopted, RuleSetBody, Stage, Weight};
pub use view::View;
