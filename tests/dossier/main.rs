//! What a dispute years later needs: letters, archives, and what changed since.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

#[path = "../support/mod.rs"]
#[allow(dead_code, reason = "no C program here")]
mod support;

mod archive;
mod case;
mod changes;
mod letter;
