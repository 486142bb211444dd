//! zeren (责任): who answers for what, who signed for it, how far down it got, what was done, and what it scores.
//!
//! # The house
//!
//! Data goes one way: documents and acts in; state, scores and reports out. A room imports only from rooms below it
//! and, within its row, from rooms to its right; a test holds the source to this picture. The two wings, numbers
//! (`scheme`, `score`) and responsibility (the rest between `ledger` and `system`), know nothing of each other.
//!
//! | room | what lives there |
//! |---|---|
//! | [`report`] | documents for people |
//! | [`system`] | acts, the state as a fold over them, prepare and commit, views as of a day and as known at a position |
//! | [`cascade`] · [`plan`] · [`supervision`] · [`assessment`] | coverage, gaps and excess · obligations, problems, plan items · inspections · subjects, facts, approved sheets |
//! | [`letter`] · [`registry`] | responsibility letters · units, posts, tenures, responsibility, leadership groups |
//! | [`ledger`] | sealed lines, the chain, rows that know when they held |
//! | [`calendar`] · [`codes`] · [`document`] · [`error`] | dates · identifiers · the one reader · errors and findings |
//!
//! Start at [`system::System`].

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
pub mod codes;
pub mod document;
pub mod error;
pub mod exact;
pub mod fact;
pub mod ledger;
pub mod letter;
pub mod plan;
pub mod registry;
pub mod report;
pub mod scheme;
pub mod score;
pub mod supervision;
pub mod system;
pub mod year;
