//! Exact numbers: rationals that never overflow, rounding by declared rules, intervals of what a number may be.
//!
//! Points, shares and means are exact between the roundings that a scheme declares. No binary float takes part.

mod interval;
mod rational;
mod root;
mod rounding;
mod text;

#[cfg(test)]
mod tests;

pub use interval::Interval;
pub use rational::Exact;
pub use rounding::{Mode, Rounding};
