//! `cargo bench --bench store`: a county's ten years as a ledger, a line an act: how fast it is checked, replayed and opened
//! from a snapshot, and what a synced batch costs beside SQLite and beside the bare disk, in one run of one machine.
//!
//! `benches/README.md` says what is measured.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark reads a clock and prints; the library it measures does neither"
)]

mod batches;
#[path = "../nation/clock.rs"]
mod clock;
#[path = "../nation/counting.rs"]
mod counting;
mod county;
mod start;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

/// How many lines the ten years have.
const LINES: usize = 1_000_000;
/// How many without `--bench`, where nothing is measured.
const FEW: usize = 3_000;

fn main() -> ExitCode {
    // `cargo test --benches` runs the same program without this: all answers, no timing.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let done = start::run(if measuring { LINES } else { FEW }, measuring).and_then(|()| batches::run(measuring));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Median, least and greatest.
fn spread(values: &[f64]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(least), Some(median), Some(greatest)) => format!("{median:.2} ({least:.2} to {greatest:.2})"),
        _ => "no rounds".to_owned(),
    }
}
