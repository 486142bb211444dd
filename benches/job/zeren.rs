//! zeren itself: the one place where the benchmark calls the library.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::contender::{Contender, Job, Run};
use crate::facts::{Column, Facts, GROUP, decimal};

use zeren::scheme::Scheme;
use zeren::score::column::{Amounts, ColumnPlan, Scored, Table, Values};

/// A run this short is repeated and its median reported, as the other contenders do.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

/// What one evaluation gives: the columns of the library, and means of their totals.
#[derive(Default)]
pub struct Answer {
    scored: Scored,
    /// One a group, in hundredths.
    group_means: Vec<i64>,
    /// One a province, in hundredths.
    province_means: Vec<i64>,
}

// ---- the library begins ----------------------------------------------------------------------------------------------

/// The scheme of the job.
const SCHEME: &[u8] = include_bytes!("scheme.json");
/// Groups of a province.
const PROVINCE: usize = 100;
/// The most points of all bonuses together, in hundredths.
const BONUS_CAP: i64 = 400;
/// The letters of the grades, best first.
const LETTERS: [char; 4] = ['A', 'B', 'C', 'D'];

/// A column of facts as the library likes it.
enum Narrow {
    Truths(Vec<u8>),
    Numbers(Vec<i32>, u32),
}

/// The scheme of the job, to be compiled for columns.
struct Engine(Scheme);

impl Engine {
    /// Reads the scheme. Not timed, as the other contenders' plans are not.
    fn compile() -> Result<Self, String> {
        let scheme = Scheme::parse(SCHEME).map_err(|error| error.to_string())?;
        let plan = ColumnPlan::new(&scheme).map_err(|error| error.to_string())?;
        match plan.exact_because() {
            Some(reason) => Err(format!("not in columns: {reason}")),
            None => Ok(Self(scheme)),
        }
    }

    /// The facts as the library likes them: yes and no as bytes, numbers in 32 bits. Not timed, as the conversions of the
    /// other contenders are not.
    fn narrow(facts: &Facts) -> Vec<Narrow> {
        let small = |value: &i64| i32::try_from(*value).expect("the facts fit 32 bits");
        let narrow = |column: &Column| match column.yes_no {
            true => Narrow::Truths(column.values.iter().map(|value| u8::from(*value != 0)).collect()),
            false => Narrow::Numbers(column.values.iter().map(small).collect(), column.scale),
        };
        facts.columns.iter().map(narrow).collect()
    }

    /// Scores all units in one thread. This is what the clock sees.
    fn score(plan: &ColumnPlan<'_>, facts: &Facts, narrow: &[Narrow], used: Answer) -> Answer {
        let values = narrow.iter().map(|column| match column {
            Narrow::Truths(values) => Values::Truth(values),
            Narrow::Numbers(values, scale) => Values::Narrow { values, scale: *scale },
        });
        let table = Table {
            rows: facts.units(),
            columns: values.map(Into::into).collect(),
            cohorts: Some(&facts.groups),
            parents: None,
        };
        // A host that scores again and again does so in the memory of the results before.
        let scored = plan
            .score_again(&table, used.scored)
            .expect("the facts are inside of their declared ranges");
        assert!(scored.sheets.is_empty(), "all facts are known");
        assert_eq!(scored.total.per, 100, "totals are hundredths");
        let group_means: Vec<i64> = scored.total.numerators.chunks(GROUP as usize).map(mean).collect();
        Answer {
            province_means: group_means.chunks(PROVINCE).map(mean).collect(),
            group_means,
            scored,
        }
    }
}

/// A row in hundredths: the plan tells the scale, some items have whole points only.
fn hundredths(amounts: &Amounts, row: usize) -> i64 {
    amounts.numerators[row] * (100 / amounts.per)
}

/// A row of places or ranks.
fn place(amounts: &Option<Amounts>, row: usize) -> i64 {
    amounts.as_ref().map_or(0, |amounts| amounts.numerators[row])
}

/// The mean of what is not negative, half up.
fn mean(values: &[i64]) -> i64 {
    let count = values.len() as i64;
    (2 * values.iter().sum::<i64>() + count) / (2 * count)
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
        let engine = Engine::compile()?;
        let plan = ColumnPlan::new(&engine.0).map_err(|error| error.to_string())?;
        let (answer, seconds) = measure(&plan, &job.facts);
        let result = job.result(self.name());
        answer
            .write(&plan, &job.facts, &result)
            .map_err(|error| format!("{}: {error}", result.display()))?;
        Ok(Run {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seconds,
            result,
        })
    }
}

/// The answer and the median time of one evaluation.
fn measure(plan: &ColumnPlan<'_>, facts: &Facts) -> (Answer, f64) {
    let narrow = Engine::narrow(facts);
    let mut answer = Engine::score(plan, facts, &narrow, Answer::default()); // unmeasured: the first run fills caches and grows the heap
    let mut times = Vec::new();
    while times.iter().sum::<Duration>() < LONG_ENOUGH {
        let start = Instant::now();
        answer = Engine::score(plan, facts, &narrow, answer);
        times.push(start.elapsed());
    }
    times.sort();
    (answer, times[times.len() / 2].as_secs_f64())
}

impl Answer {
    /// Writes the columns that the oracle writes, under the same names. Base and bonus, which no other contender tells,
    /// are summed here.
    fn write(&self, plan: &ColumnPlan<'_>, facts: &Facts, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        let codes: String = plan.items().map(|code| format!("p_{code},")).collect();
        writeln!(out, "id,{codes}base,bonus,total,grade,rank,final")?;
        let scored = &self.scored;
        let (base, bonus) = scored.points.split_at(scored.points.len() - 4);
        let sum = |items: &[Amounts], unit| items.iter().map(|points| hundredths(points, unit)).sum::<i64>();
        let letter = |grades: &Option<Amounts>, unit| LETTERS[place(grades, unit) as usize];
        for (unit, id) in facts.ids.iter().enumerate() {
            write!(out, "{id}")?;
            let points = scored.points.iter().map(|points| hundredths(points, unit));
            let sums = [
                sum(base, unit),
                sum(bonus, unit).min(BONUS_CAP),
                hundredths(&scored.total, unit),
            ];
            for amount in points.chain(sums) {
                write!(out, ",{}", decimal(amount, 2))?;
            }
            let (earned, held) = (letter(&scored.earned_grade, unit), letter(&scored.grade, unit));
            writeln!(out, ",{earned},{},{held}", place(&scored.rank, unit))?;
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
