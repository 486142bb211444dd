//! Facts (事实): what is declared, what is reported, what is admitted.
//!
//! A [`FactValue`] is read without knowing what it is for, so that a ledger can keep facts of schemes it has never seen.
//! A [`Declaration`] says what a fact means. [`admit`] holds the one against the other: the result says, for each
//! declared fact, what it may be. Unknown is never zero: it is the declared range.

mod admit;
mod ballots;
mod declaration;
mod document;
mod events;
mod held;
mod input;
mod read;
mod template;
mod value;

#[cfg(test)]
mod tests;

pub use admit::{Admission, admit};
pub use declaration::{Declaration, FieldDeclaration, FieldKind, Holder, Kind, RESERVED, ZeroRule, is_name};
pub(crate) use declaration::{begins_name, continues_name};
pub use document::{Facts, Values};
pub(crate) use held::shown_interval;
pub use held::{Admitted, Held, HeldBallots, HeldEvent, HeldEvents, Judged, Scalar, State};
pub use input::{Input, Inputs, Source};
pub use read::{declarations, read_declarations};
pub use template::{Content, Entered, Filled, Mark, SubjectRow, Template, cell_address, cell_value, table_rows};
pub use value::{Event, FactValue, FieldValue, Word as StateWord};
