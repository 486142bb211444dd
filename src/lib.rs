//! zeren (责任): who answers for what, who signed for it, how far down it got, what was done, and what it scores.

#![forbid(unsafe_op_in_unsafe_fn)]
#![deny(unsafe_code)]
#![warn(missing_docs)]
// The lint wall. A guest in somebody's process neither panics nor rounds behind the caller's back.
#![warn(clippy::unwrap_used)] // a missing value is an error with a code, not an abort
#![warn(clippy::expect_used)] // the same
#![warn(clippy::panic, clippy::todo, clippy::unimplemented, clippy::unreachable)] // the same
#![warn(clippy::indexing_slicing)] // out of bounds is an error with a pointer
#![warn(clippy::arithmetic_side_effects)] // overflow must be thought about where it can happen
#![warn(clippy::float_arithmetic)] // no result depends on binary floating point
#![warn(clippy::as_conversions)] // `as` truncates silently; From and TryFrom do not
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic,
        clippy::as_conversions,
        reason = "a test that fails should fail loudly"
    )
)]

pub mod assessment;
pub mod calendar;
#[cfg(feature = "capi")]
#[allow(
    unsafe_code,
    clippy::missing_safety_doc,
    reason = "the one room that speaks C: its contract with callers is the header"
)]
mod capi;
pub mod cascade;
pub mod document;
pub mod error;
pub mod ledger;
pub mod letter;
pub mod plan;
pub mod registry;
pub mod supervision;
pub mod system;
