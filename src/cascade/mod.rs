//! How far responsibility got down (层层落实), seen from both sides: gaps and excess.

mod coverage;
mod findings;
mod rule;

pub use coverage::{Cascade, Level, Link, cascade};
pub use findings::findings;
pub use rule::CascadeRule;
