//! `cargo bench --bench job`: one job, zeren against named contenders, measured in one run of one machine.
//!
//! The job: 40 indicators over units in groups of 250 (ten ratios to target with cap, eight step tables, six yes or no,
//! ten deductions per occurrence with floor, four bonuses under a common cap, two vetoes), points half up at two places,
//! total, grade, rank within the group, quota of the best grade, means of groups and provinces. Exact results are part
//! of the job: zeren's are compared with an oracle in decimal arithmetic, and one difference fails the run.
//!
//! `benches/README.md` says how to install the contenders and how to read the table.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark reads a clock and prints; the library it measures does neither"
)]

mod check;
mod contender;
mod facts;
mod outside;
mod table;
mod zeren;

use std::process::ExitCode;

use check::check;
use contender::{Contender, Job};
use table::{Measured, measure, thousands};

/// Units: a county's worth, and a province's worth.
const SIZES: [u32; 2] = [1_000, 100_000];
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    // `cargo test --benches` runs the same program without this: the check alone, of the smaller size.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    let outcome = if measuring { bench() } else { check_only() };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// All sizes, all contenders. Whether zeren was right.
fn bench() -> Result<bool, String> {
    let (polars, zen_engine) = (outside::polars(), outside::zen_engine());
    let contenders: [&dyn Contender; 3] = [&zeren::Zeren, &polars, &zen_engine];
    let mut right = true;
    for units in SIZES {
        let job = Job::prepare(units)?;
        let present: Vec<_> = contenders
            .iter()
            .copied()
            .filter(|contender| contender.absent().is_none())
            .collect();
        let measured = measure(&job, &present, ROUNDS)?;
        let zeren = measured.iter().find(|measured| measured.name() == zeren::NAME);
        print(&job, &contenders, &measured, zeren)?;
        right &= settle(&job, zeren)?;
    }
    Ok(right)
}

fn check_only() -> Result<bool, String> {
    let job = Job::prepare(SIZES[0])?;
    let contenders: [&dyn Contender; 1] = [&zeren::Zeren];
    let present: Vec<_> = contenders
        .iter()
        .copied()
        .filter(|contender| contender.absent().is_none())
        .collect();
    settle(&job, measure(&job, &present, 1)?.first())
}

/// The Markdown table of one size.
fn print(job: &Job, all: &[&dyn Contender], measured: &[Measured], zeren: Option<&Measured>) -> Result<(), String> {
    println!("\n## {} units\n", thousands(job.facts.units() as f64));
    println!("One thread, in memory; median (least to greatest) of {ROUNDS} rounds, ratios within a round.\n");
    println!("| contender | units/s | zeren / contender | wrong totals | wrong ranks |\n|---|---|---|---|---|");
    for contender in all {
        match (
            measured.iter().find(|measured| measured.name() == contender.name()),
            contender.absent(),
        ) {
            (Some(measured), _) => println!("{}", measured.line(job, zeren)?),
            (None, reason) => println!(
                "| {} | absent: {} | | | |",
                contender.name(),
                reason.unwrap_or_default()
            ),
        }
    }
    Ok(())
}

/// Prints how zeren differs from the oracle. Whether it does not.
fn settle(job: &Job, zeren: Option<&Measured>) -> Result<bool, String> {
    let units = thousands(job.facts.units() as f64);
    let Some(zeren) = zeren else {
        println!("\nzeren was not checked against the oracle at {units} units: it took no part.");
        return Ok(false);
    };
    let report = check(job, &zeren.result)?;
    println!(
        "\nDifferences of zeren from the oracle: {}, in {} columns of {units} units",
        report.differences(),
        report.columns()
    );
    report.first().iter().for_each(|difference| println!("* {difference}"));
    report
        .missing()
        .iter()
        .for_each(|column| println!("* no column {column}"));
    Ok(report.differences() == 0 && report.missing().is_empty())
}
