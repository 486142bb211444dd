//! Who takes part, and what a contender is asked.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use zeren::document::sm3_hex;

use crate::facts::Facts;

/// Units, and the digest of their facts as JSON Lines.
const KNOWN: (usize, &str) = (
    1_000,
    "6e2be26c6bc7cbcbbb4a590f2bfa58454eaca963c28d44f81bc5b4fd87caac56",
);

/// The job at one size: the facts in memory and as files, and what is right.
pub struct Job {
    pub facts: Facts,
    pub json_lines: PathBuf,
    pub csv: PathBuf,
    /// What the oracle says.
    pub oracle: PathBuf,
    /// Where all generated files lie.
    folder: PathBuf,
}

/// One measured run.
pub struct Run {
    /// Of the contender, as it names itself; empty when it does not.
    pub version: String,
    /// Evaluation in memory, of all units.
    pub seconds: f64,
    /// The results, as a table that `check.py` reads.
    pub result: PathBuf,
}

pub trait Contender {
    fn name(&self) -> &'static str;

    /// Why it cannot take part here, with the command that changes that. `None` when it can.
    fn absent(&self) -> Option<String>;

    /// Evaluates the job once for measure and writes what came out.
    fn run(&self, job: &Job) -> Result<Run, String>;
}

impl Job {
    /// Generates the facts, writes them and asks the oracle.
    pub fn prepare(units: u32) -> Result<Self, String> {
        let folder = root().join("target/bench");
        let job = Self {
            facts: Facts::generate(units),
            json_lines: folder.join(format!("facts_{units}.jsonl")),
            csv: folder.join(format!("facts_{units}.csv")),
            oracle: folder.join(format!("oracle_{units}.csv")),
            folder,
        };
        job.write()
            .map_err(|error| format!("facts of {units} units: {error}"))?;
        job.known()?;
        python("scheme.py", &[&job.decision()])?;
        python("oracle.py", &[&job.json_lines, &job.oracle])?;
        Ok(job)
    }

    /// Refuses facts that are not those of the figures told so far.
    fn known(&self) -> Result<(), String> {
        let text = fs::read(&self.json_lines).map_err(|error| error.to_string())?;
        let digest = sm3_hex(&text);
        if self.facts.units() == KNOWN.0 && digest != KNOWN.1 {
            return Err(format!(
                "other facts than before, so no figures compare: {digest}, not {}",
                KNOWN.1
            ));
        }
        Ok(())
    }

    fn write(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        self.facts.write_json_lines(&self.json_lines)?;
        self.facts.write_csv(&self.csv)
    }

    /// The scheme as zen-engine reads it.
    pub fn decision(&self) -> PathBuf {
        self.folder.join("zen.json")
    }

    /// Where a contender writes its results.
    pub fn result(&self, contender: &str) -> PathBuf {
        self.folder.join(format!("{contender}_{}.csv", self.facts.units()))
    }
}

/// The package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs a script of this folder with the system's Python, of which it needs the standard library only.
pub fn python(script: &str, arguments: &[&Path]) -> Result<String, String> {
    output(
        Command::new("python3")
            .arg(root().join("benches/job").join(script))
            .args(arguments),
    )
}

/// What a program printed, or why it failed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let program = command.get_program().to_string_lossy().into_owned();
    // Python must not leave compiled files beside its sources.
    let output = command
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .map_err(|error| format!("{program}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "{program}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}
