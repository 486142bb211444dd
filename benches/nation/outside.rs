//! Contenders that are programs of their own: they stay open for the whole run, time themselves, and answer in JSON.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::question::{Answer, Level, Question};
use crate::rows::number;

pub struct Outside {
    pub name: &'static str,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What loading the rows took, in seconds.
pub struct Loaded {
    pub version: String,
    pub rows: f64,
    /// Indexes, where the contender makes them.
    pub indexes: Option<f64>,
}

impl Outside {
    /// Starts the program; an error says why it cannot take part.
    pub fn start(name: &'static str, python: &Path, script: &str, needs: &str) -> Result<Self, String> {
        let probe = Command::new(python).args(["-c", &format!("import {needs}")]).output();
        if !probe.is_ok_and(|probe| probe.status.success()) {
            return Err(format!("{name}: absent, for {} has no {needs}", python.display()));
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("benches/nation")
            .join(script);
        let mut child = Command::new(python)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name}: {error}"))?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or_else(|| format!("{name}: no pipes"))?;
        Ok(Self {
            name,
            child,
            input,
            output: BufReader::new(output),
        })
    }

    pub fn load(&mut self, folder: &Path) -> Result<Loaded, String> {
        let told = self.command(&format!("load {}", folder.display()))?;
        Ok(Loaded {
            version: told.get("version").and_then(Value::as_str).unwrap_or("").to_owned(),
            rows: told.get("load_s").and_then(Value::as_f64).unwrap_or(f64::NAN),
            indexes: told.get("index_s").and_then(Value::as_f64),
        })
    }

    pub fn ask(&mut self, question: &Question) -> Result<Answer, String> {
        let told = self.command(&format!("ask 0 {} {}", number(question.day), question.known))?;
        let levels: Option<Vec<[u32; 4]>> = told
            .get("levels")
            .and_then(|levels| serde_json::from_value(levels.clone()).ok());
        let seconds = told.get("seconds").and_then(Value::as_f64);
        match (levels, seconds) {
            (Some(levels), Some(seconds)) => Ok(Answer {
                seconds,
                levels: levels.into_iter().map(Level::from).collect(),
            }),
            _ => Err(format!("{}: {told}", self.name)),
        }
    }

    fn command(&mut self, line: &str) -> Result<Value, String> {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", self.name);
        writeln!(self.input, "{line}").map_err(|error| failed(&error))?;
        self.input.flush().map_err(|error| failed(&error))?;
        let mut answer = String::new();
        self.output.read_line(&mut answer).map_err(|error| failed(&error))?;
        serde_json::from_str(&answer).map_err(|error| failed(&error))
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        // A contender that is gone already has nothing left to stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
