//! zeren itself: the one place where the benchmark calls the library.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::contender::{Contender, Job, Run};
use crate::facts::{Facts, decimal};

/// A run this short is repeated and its median reported, as the other contenders do.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// Everything that is asked of one evaluation, column by column. Amounts are hundredths.
pub struct Answer {
    /// The points of each indicator that has any, with its code.
    pub points: Vec<(String, Vec<i64>)>,
    pub base: Vec<i64>,
    pub bonus: Vec<i64>,
    pub totals: Vec<i64>,
    pub grades: Vec<char>,
    pub ranks: Vec<u32>,
    /// The grade after the quota.
    pub finals: Vec<char>,
    /// One a group.
    pub group_means: Vec<i64>,
    /// One a province.
    pub province_means: Vec<i64>,
}

// ---- the library begins ----------------------------------------------------------------------------------------------

/// The scheme of the job, compiled for columns. No value of it can exist before the library evaluates columns.
enum Engine {}

impl Engine {
    /// Compiles the scheme. Not timed, as the other contenders' plans are not.
    fn compile() -> Result<Self, String> {
        Err("not built yet: the library evaluates no columns so far".to_owned())
    }

    /// Scores all units in one thread. This is what the clock sees.
    fn score(&self, _facts: &Facts) -> Answer {
        match *self {}
    }
}

// ---- the library ends ------------------------------------------------------------------------------------------------

/// The contender that all others are compared with.
pub struct Zeren;

/// Its name in the table.
pub const NAME: &str = "zeren";

impl Contender for Zeren {
    fn name(&self) -> &'static str {
        NAME
    }

    fn absent(&self) -> Option<String> {
        Engine::compile().err()
    }

    fn run(&self, job: &Job) -> Result<Run, String> {
        let (answer, seconds) = measure(&Engine::compile()?, &job.facts);
        let result = job.result(self.name());
        answer
            .write(&job.facts, &result)
            .map_err(|error| format!("{}: {error}", result.display()))?;
        Ok(Run {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seconds,
            result,
        })
    }
}

/// The answer and the median time of one evaluation.
fn measure(engine: &Engine, facts: &Facts) -> (Answer, f64) {
    let mut answer = engine.score(facts); // unmeasured: the first run fills caches and grows the heap
    let mut times = Vec::new();
    while times.iter().sum::<Duration>() < LONG_ENOUGH {
        let start = Instant::now();
        answer = engine.score(facts);
        times.push(start.elapsed());
    }
    times.sort();
    (answer, times[times.len() / 2].as_secs_f64())
}

impl Answer {
    /// Writes the columns that the oracle writes, under the same names.
    fn write(&self, facts: &Facts, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        let codes: String = self.points.iter().map(|(code, _)| format!("p_{code},")).collect();
        writeln!(out, "id,{codes}base,bonus,total,grade,rank,final")?;
        for (unit, id) in facts.ids.iter().enumerate() {
            write!(out, "{id}")?;
            let points = self.points.iter().map(|(_, points)| points);
            for amounts in points.chain([&self.base, &self.bonus, &self.totals]) {
                write!(out, ",{}", decimal(amounts[unit], 2))?;
            }
            writeln!(out, ",{},{},{}", self.grades[unit], self.ranks[unit], self.finals[unit])?;
        }
        out.flush()?;
        write_means(path, "groups", &self.group_means)?;
        write_means(path, "provinces", &self.province_means)
    }
}

fn write_means(result: &Path, of: &str, means: &[i64]) -> io::Result<()> {
    let lines: String = (0..)
        .zip(means)
        .map(|(number, mean)| format!("{number},{}\n", decimal(*mean, 2)))
        .collect();
    std::fs::write(format!("{}.{of}", result.display()), lines)
}
