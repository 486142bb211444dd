//! `peers DECISION.json FACTS.jsonl OUT.csv`: zen-engine over the benchmark job, in one thread.
//!
//! Prints one JSON line, `{"name":"zen-engine","version":…,"n":…,"eval_s":…}`. Only evaluation is timed: facts are
//! already values of the engine when the clock starts. The engine scores unit by unit and knows no cohort, so ranks,
//! quota and means are not part of its time.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_macros,
    reason = "a benchmark reads a clock and prints"
)]

use std::error::Error;
use std::fs::{File, read, read_to_string};
use std::io::{BufWriter, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rust_decimal::Decimal;
use serde_json::Value;
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, EvaluationOptions};
use zen_types::variable::Variable;

/// Units whose values are held at once: a hundred thousand maps of 53 values would be timed against a cold cache.
const CHUNK: usize = 1_000;
/// A run this short is repeated and its median reported: a thousand units take a few hundredths of a second.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// Exact versions of what this is built from.
const LOCK: &str = include_str!("../Cargo.lock");

/// What one pass over all units gave: id, total, grade; and how long evaluation took.
struct Pass {
    results: Vec<(String, Decimal, Arc<str>)>,
    took: Duration,
}

fn text(value: &Value, name: &str) -> Result<String, Box<dyn Error>> {
    Ok(value
        .get(name)
        .and_then(Value::as_str)
        .ok_or("every unit has an id")?
        .to_owned())
}

fn pass(decision: &Decision, runtime: &tokio::runtime::Runtime, lines: &[&str]) -> Result<Pass, Box<dyn Error>> {
    let mut pass = Pass {
        results: Vec::with_capacity(lines.len()),
        took: Duration::ZERO,
    };
    for chunk in lines.chunks(CHUNK) {
        let mut units = Vec::with_capacity(chunk.len());
        for line in chunk {
            let value: Value = serde_json::from_str(line)?;
            units.push((text(&value, "id")?, Variable::from(value)));
        }
        let start = Instant::now();
        for (id, facts) in units {
            let options = EvaluationOptions {
                trace: false,
                max_depth: 5,
            };
            let answer = runtime
                .block_on(decision.evaluate_with_opts(facts, options))
                .map_err(|e| format!("{e:?}"))?;
            match (answer.result.dot("total"), answer.result.dot("grade")) {
                (Some(Variable::Number(total)), Some(Variable::String(grade))) => {
                    pass.results.push((id, total, Arc::from(&*grade)));
                }
                other => return Err(format!("{id}: no total and grade, but {other:?}").into()),
            }
        }
        pass.took += start.elapsed();
    }
    Ok(pass)
}

/// The engine's version: it does not tell its own.
fn version() -> Option<&'static str> {
    let (_, after) = LOCK.split_once("name = \"zen-engine\"\nversion = \"")?;
    after.split('"').next()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [decision, facts, out] = arguments.as_slice() else {
        return Err("usage: peers DECISION.json FACTS.jsonl OUT.csv".into());
    };
    let content: DecisionContent = serde_json::from_slice(&read(decision)?)?;
    let facts = read_to_string(facts)?;
    let lines: Vec<&str> = facts.lines().collect();

    let engine = DecisionEngine::default();
    let mut decision = engine.create_decision(content.into())?;
    decision.compile();
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;

    // Unmeasured: the first evaluations fill caches and grow the heap.
    pass(&decision, &runtime, lines.get(..CHUNK).unwrap_or(&lines))?;
    let mut last = pass(&decision, &runtime, &lines)?;
    let (mut times, mut all) = (vec![last.took], last.took);
    while all < LONG_ENOUGH {
        last = pass(&decision, &runtime, &lines)?;
        times.push(last.took);
        all += last.took;
    }
    times.sort();

    let mut file = BufWriter::new(File::create(out)?);
    writeln!(file, "id,total,grade")?;
    for (id, total, grade) in &last.results {
        writeln!(file, "{id},{total},{grade}")?;
    }
    file.flush()?;
    let median = times[times.len() / 2].as_secs_f64();
    let (version, n) = (version().unwrap_or_default(), lines.len());
    println!(r#"{{"name":"zen-engine","version":"{version}","n":{n},"eval_s":{median:.6}}}"#);
    Ok(())
}
