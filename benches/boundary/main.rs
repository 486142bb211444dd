//! `cargo bench --bench boundary`: what the boundaries cost. The same calls in Rust, from C through the shared library and
//! from Python, side by side in one run; and how large the library is and how fast it starts.
//!
//! `benches/README.md` says how to read it. The shared library and the C programs are built as a packager builds them.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark reads a clock and prints; the library it measures does neither"
)]

mod built;
mod calls;

use std::collections::BTreeMap;
use std::process::{Command, ExitCode};

/// Rounds of the whole comparison; the best time of each counts, since what else runs here only adds.
const ROUNDS: usize = 9;

fn main() -> ExitCode {
    // `cargo test --benches` runs the same program without this: one round, and nothing is said about time.
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
    let built = built::build(measuring)?;
    let job = calls::Job::read()?;
    let (rounds, milliseconds) = if measuring { (ROUNDS, 200) } else { (1, 1) };
    let mut best = Best::default();
    let mut starts = Vec::new();
    for _ in 0..rounds {
        best.take("Rust", &job.measure(milliseconds)?);
        best.take("C", &told(&mut built.call(milliseconds))?);
        if let Some(mut python) = built.python(milliseconds) {
            best.take("Python", &told(&mut python)?);
        }
        starts.push(told(&mut built.start())?);
    }
    best.same_answers()?;
    if measuring {
        best.print();
        print_starts(&starts);
        println!(
            "\nstripped shared library, feature capi alone: {:.2} MB",
            built.megabytes()?
        );
    }
    Ok(())
}

/// By call: nanoseconds each, and the sum of the answer.
type Told = BTreeMap<String, (f64, String)>;

/// Lines of `name nanoseconds sum`.
fn told(command: &mut Command) -> Result<Told, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        return Err(format!(
            "{command:?}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (name, time) = (words.next()?, words.next()?.parse().ok()?);
        Some((name.to_owned(), (time, words.next().unwrap_or_default().to_owned())))
    };
    text.lines()
        .map(|text| line(text).ok_or_else(|| format!("not understood: {text}")))
        .collect()
}

/// The best of each caller and call.
#[derive(Default)]
struct Best(BTreeMap<String, BTreeMap<&'static str, (f64, String)>>);

impl Best {
    fn take(&mut self, who: &'static str, told: &Told) {
        for (call, (time, answer)) in told {
            let callers = self.0.entry(call.clone()).or_default();
            let best = callers.entry(who).or_insert_with(|| (*time, answer.clone()));
            if *time < best.0 {
                best.0 = *time;
            }
        }
    }

    /// Every caller was given the same bytes.
    fn same_answers(&self) -> Result<(), String> {
        for (call, callers) in &self.0 {
            let mut answers = callers.values().map(|(_, answer)| answer);
            let first = answers.next();
            if !answers.all(|answer| Some(answer) == first) {
                return Err(format!("{call}: the answers differ: {callers:?}"));
            }
        }
        Ok(())
    }

    fn print(&self) {
        println!(
            "{:12} {:>12} {:>12} {:>12} {:>8} {:>9}",
            "call", "Rust ns", "C ns", "Python ns", "C/Rust", "Python/C"
        );
        for (call, callers) in &self.0 {
            let time = |who| callers.get(who).map(|(time, _)| *time);
            let shown = |time: Option<f64>| time.map_or_else(|| "-".to_owned(), |time| format!("{time:.0}"));
            let ratio = |one: Option<f64>, other: Option<f64>| {
                one.zip(other)
                    .map_or_else(|| "-".to_owned(), |(one, other)| format!("{:.3}", one / other))
            };
            let (rust, c, python) = (time("Rust"), time("C"), time("Python"));
            let (rust_ns, c_ns, python_ns) = (shown(rust), shown(c), shown(python));
            println!(
                "{call:12} {rust_ns:>12} {c_ns:>12} {python_ns:>12} {:>8} {:>9}",
                ratio(c, rust),
                ratio(python, c)
            );
        }
    }
}

fn print_starts(starts: &[Told]) {
    for what in ["load", "first"] {
        let mut all: Vec<f64> = starts
            .iter()
            .filter_map(|told| told.get(what))
            .map(|(time, _)| *time)
            .collect();
        all.sort_by(f64::total_cmp);
        let median = all.get(all.len() / 2).copied().unwrap_or(f64::NAN);
        let name = if what == "load" {
            "load (dlopen)"
        } else {
            "load, then the first sheet"
        };
        println!("{name}: median {:.2} ms, of {} processes", median / 1e6, all.len());
    }
}
