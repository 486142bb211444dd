//! The oracle: what a scheme means, slowly and plainly.
//!
//! It reads the documents and does what `docs/scheme-reference.md` says, kind by kind, with fractions, days, a parser and
//! an evaluator of its own: nothing of the library but its JSON tree. It scores what is known; what unknown facts make of
//! a score is not its business. Where the oracle and the library differ, the reference decides who is right.

mod applies;
mod calculated;
mod day;
mod documents;
mod evaluate;
mod expression;
mod fraction;
mod kinds;
mod order;
mod outcome;

pub mod generator;
pub mod library;

pub use documents::{Scheme, Subject};
pub use fraction::Fraction;
pub use outcome::{Outcome, score};
