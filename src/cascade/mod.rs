//! How far responsibility got down (层层落实), seen from both sides: gaps and excess.

mod branch;
mod coverage;
mod findings;
mod index;
mod levels;
mod rule;

pub use branch::Branch;
pub use coverage::{Cascade, Level, Link, cascade};
pub use findings::findings;
pub use index::{CascadeIndex, CascadeIndexMark, Stale};
pub use levels::Coverage;
pub use rule::CascadeRule;
