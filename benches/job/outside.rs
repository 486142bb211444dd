//! Contenders that are programs of their own. They time their evaluation themselves and print it as one JSON line.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::contender::{Contender, Job, Run, output, root};

/// A program that takes files of the job and prints its time.
pub struct Outside {
    name: &'static str,
    program: PathBuf,
    /// Arguments with which it succeeds if it is fully installed; none when it is enough that the program is there.
    probe: &'static [&'static str],
    arguments: fn(&Job) -> Vec<PathBuf>,
    install: &'static str,
}

/// polars over integers of 64 bits, which it adds up exactly.
pub fn polars() -> Outside {
    Outside {
        name: "polars",
        program: root().join("target/bench-venv/bin/python"),
        probe: &["-c", "import polars"],
        arguments: |job| vec![root().join("benches/job/polars_int64.py"), job.csv.clone()],
        install: "python3 -m venv target/bench-venv && target/bench-venv/bin/pip install polars",
    }
}

/// zen-engine, a rules engine in Rust, over decimal numbers.
pub fn zen_engine() -> Outside {
    Outside {
        name: "zen-engine",
        program: root().join("target/peers/release/peers"),
        probe: &[],
        arguments: |job| vec![job.decision(), job.json_lines.clone()],
        install: "cargo build --release --manifest-path benches/peers/Cargo.toml --target-dir target/peers",
    }
}

impl Contender for Outside {
    fn name(&self) -> &'static str {
        self.name
    }

    fn absent(&self) -> Option<String> {
        let probed = self.probe.is_empty() || output(Command::new(&self.program).args(self.probe)).is_ok();
        (!probed || !self.program.is_file()).then(|| format!("not installed; install it with `{}`", self.install))
    }

    fn run(&self, job: &Job) -> Result<Run, String> {
        let result = job.result(self.name);
        let printed = output(Command::new(&self.program).args((self.arguments)(job)).arg(&result))?;
        let told: Value =
            serde_json::from_str(&printed).map_err(|error| format!("{}: {error}: {printed}", self.name))?;
        let units = u64::try_from(job.facts.units()).ok();
        match (
            told.get("eval_s").and_then(Value::as_f64),
            told.get("n").and_then(Value::as_u64),
        ) {
            (Some(seconds), n) if n == units => {
                let version = told
                    .get("version")
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned();
                Ok(Run {
                    version,
                    seconds,
                    result,
                })
            }
            _ => Err(format!(
                "{}: told no time for {} units: {printed}",
                self.name,
                job.facts.units()
            )),
        }
    }
}
