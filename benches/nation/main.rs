//! `cargo bench --bench nation`: the tree of a province (or of the nation) with a letter on every edge, built from acts
//! and asked how far responsibility got down, beside SQLite and DuckDB over the same rows, in one run of one machine.
//!
//! `benches/README.md` says what is measured, how to give it the nation, and how to install the contenders.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark reads a clock and prints; the library it measures does neither"
)]

mod acts;
mod clock;
mod counting;
mod divisions;
mod outside;
mod question;
mod rows;
mod table;
mod zeren;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use acts::Wording;
use outside::Outside;
use question::Question;
use table::Rounds;

#[global_allocator]
static ALLOCATOR: counting::Counting = counting::Counting;

/// The variable that names another table of divisions than the province that comes with the package.
const TABLE: &str = "ZEREN_DIVISIONS";
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    // `cargo test --benches` runs the same program without this: one round, no contender.
    let measuring = std::env::args().any(|argument| argument == "--bench");
    match run(measuring) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(measuring: bool) -> Result<(), String> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = std::env::var_os(TABLE).map_or_else(|| package.join("tests/data/divisions-34.csv.gz"), PathBuf::from);
    let divisions = divisions::read(&path)?;
    let units = divisions.len();
    let mut built = zeren::build(&divisions, Wording::Common)?;
    let spelled_out = zeren::build(&divisions, Wording::SpelledOut)?;
    if spelled_out.system.state().letters != built.system.state().letters {
        return Err("letters with common terms are not those that say everything themselves".to_owned());
    }
    let built_both = [
        ("common terms", built.cost()),
        ("terms spelled out", spelled_out.cost()),
    ];
    drop(spelled_out);
    let head = built.system.head().position.sequence();
    let first_letter = built.positions.letters.get(1).copied().unwrap_or(head);
    let questions = [
        Question {
            name: "plain",
            day: "2022-06-30",
            known: head,
        },
        Question {
            name: "another day",
            day: "2022-01-11",
            known: head,
        },
        Question {
            name: "another position",
            day: "2022-06-30",
            known: first_letter + (head - first_letter) / 2,
        },
    ];
    println!("# {units} units, {} letters\n", units - 1);
    for (wording, cost) in &built_both {
        table::built(wording, cost, units);
    }
    let mut outside = Vec::new();
    if measuring {
        let folder = package.join("target/bench/nation");
        rows::write(&divisions, &built.positions, &folder)?;
        let venv = package.join("target/bench-venv/bin/python");
        let contenders = [
            Outside::start("SQLite", Path::new("python3"), "sqlite_rows.py", "sqlite3"),
            Outside::start("DuckDB", &venv, "duckdb_rows.py", "duckdb"),
        ];
        for contender in contenders {
            match contender {
                Ok(mut contender) => {
                    let loaded = contender.load(&folder)?;
                    table::loaded(contender.name, &loaded, &built_both);
                    outside.push(contender);
                }
                Err(absent) => println!("{absent}"),
            }
        }
    }
    println!("\n| question | contender | ms | zeren is so many times as fast |\n|---|---|---|---|");
    for question in &questions {
        let mut rounds = Rounds::new(outside.len());
        for _ in 0..if measuring { ROUNDS } else { 1 } {
            let own = zeren::ask(&built.system, question)?;
            let mut answers = Vec::new();
            for contender in &mut outside {
                let answer = contender.ask(question)?;
                if answer.levels != own.levels {
                    return Err(format!(
                        "{}, {}: {:?} is not {:?}",
                        question.name, contender.name, answer.levels, own.levels
                    ));
                }
                answers.push(answer.seconds);
            }
            rounds.push(own, &answers);
        }
        rounds.print(question, &outside);
    }
    let seconds = zeren::one_more(&mut built.system, &divisions, 1_000)?;
    table::one_more(&seconds);
    Ok(())
}
