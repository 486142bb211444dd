//! The oracle: the scheme language as `docs/scheme-reference.md` defines it, kind by kind, slow and plain, with fractions,
//! days and an expression parser of its own. It shares nothing with the library but the reader of JSON, and knows only
//! facts that are known.

pub mod day;
pub mod expression;
pub mod fraction;
pub mod rules;
pub mod whole;
pub mod world;
