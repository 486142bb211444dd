//! zeren (责任): who answers for what, who signed for it, how far down it got, what was done, and what it scores.
//!
//! # The house
//!
//! Data goes one way: documents and acts in; state, scores and reports out. A room imports only from rooms below it
//! and, within its row, from rooms to its right; `tests/house.rs` holds the source to this picture. The two wings,
//! numbers (`scheme`, `score`) and responsibility (`registry` to `assessment`), know nothing of each other; they meet in
//! `system` and `year`.
//!
//! | room | what lives there |
//! |---|---|
//! | `capi` (feature `capi`) | the C ABI of `include/zeren.h`: ten lines an entry point |
//! | [`library`] | how the library was built, and whether it still computes what is known |
//! | [`schemas`] · [`report`] | the JSON Schema of every document that is read · papers for people, each for an audience |
//! | `store` (feature `store`) | a ledger's lines in one file: the only room that opens files |
//! | [`year`] | scores a roster from the ledger's facts, drafts what an appeal would move, finds what is outdated, shapes what each audience sees |
//! | [`system`] | acts, the state as a fold over them, prepare and commit, views as of a day and as known at a position |
//! | [`cascade`] · [`plan`] · [`supervision`] · [`assessment`] | coverage, breakdown, burden, gaps and excess · obligations, problems, plan items, campaigns, checklists, reported counts · inspection, rectification · rosters, steps, clocks, recusal, appeal, approved sheets |
//! | [`score`] | evaluators of the core form, the order of application, sheets |
//! | [`scheme`] | the language: expressions, rule kinds, their core form, open questions, read-back |
//! | [`letter`] · [`registry`] | responsibility letters from draft to archive, their types · units, posts, tenures, division of work, who answers, leadership groups |
//! | [`ledger`] | sealed lines, the chain, checkpoints and proofs, rows that know when they held |
//! | [`fact`] · [`exact`] · [`calendar`] · [`codes`] · [`document`] · [`progress`] · [`error`] | values in six states, templates for data entry · numbers · dates · identifiers · the one reader · how far long work has come · errors and findings |
//!
//! To add an act: its record and its `apply` in the room it belongs to, and one line in `system/act.rs`. To add a rule
//! kind: one file under `scheme/kinds/`, one line in its table, one case file.
//!
//! Start at [`system::System`], [`scheme::Scheme`] and [`year::Year`].

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
pub mod library;
pub mod plan;
pub mod progress;
pub mod registry;
pub mod report;
pub mod schemas;
pub mod scheme;
pub mod score;
#[cfg(feature = "store")]
pub mod store;
pub mod supervision;
pub mod system;
pub mod year;
