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

/// Everything that is asked of one evaluation, column by column. Amounts are hundredths.
#[derive(Default)]
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

/// The scheme of the job.
const SCHEME: &[u8] = include_bytes!("scheme.json");
/// Groups of a province.
const PROVINCE: usize = 100;
/// Rows that are summed at once, so that the sums stay in the cache.
const BLOCK: usize = 1_024;

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

    /// The facts as the library reads them: borrowed, but for yes and no, which it reads as bytes. Not timed.
    fn truths(facts: &Facts) -> Vec<Vec<u8>> {
        let narrow = |column: &Column| column.values.iter().map(|value| u8::from(*value != 0)).collect();
        facts.columns.iter().map(narrow).collect()
    }

    /// Scores all units in one thread. This is what the clock sees.
    fn score(plan: &ColumnPlan<'_>, facts: &Facts, truths: &[Vec<u8>], used: Answer) -> Answer {
        let values = facts
            .columns
            .iter()
            .zip(truths)
            .map(|(column, truths)| match column.yes_no {
                true => Values::Truth(truths),
                false => Values::Number {
                    values: &column.values,
                    scale: column.scale,
                },
            });
        let table = Table {
            rows: facts.units(),
            columns: values.map(Into::into).collect(),
            cohorts: Some(&facts.groups),
            parents: None,
        };
        // A host that scores again and again does so in the memory of the results before.
        let amounts = |numerators: Vec<i64>| Amounts {
            numerators,
            denominators: None,
            per: 100,
        };
        let used = Scored {
            points: used.points.into_iter().map(|(_, points)| amounts(points)).collect(),
            total: amounts(used.totals),
            ..Scored::default()
        };
        let scored = plan
            .score_again(&table, used)
            .expect("the facts are inside of their declared ranges");
        assert!(scored.sheets.is_empty(), "all facts are known");
        let letters = ['A', 'B', 'C', 'D'];
        let grades = |amounts: &Option<Amounts>| match amounts {
            Some(grades) => grades.numerators.iter().map(|grade| letters[*grade as usize]).collect(),
            None => Vec::new(),
        };
        let ranks = scored
            .rank
            .as_ref()
            .map(|rank| rank.numerators.iter().map(|rank| *rank as u32).collect());
        let (grades, finals) = (grades(&scored.earned_grade), grades(&scored.grade));
        let totals = hundredths(scored.total);
        let points: Vec<Vec<i64>> = scored.points.into_iter().map(hundredths).collect();
        let (base, bonus) = points.split_at(points.len() - 4);
        let sum = |columns: &[Vec<i64>]| {
            let mut sum = vec![0; facts.units()];
            for (block, sums) in sum.chunks_mut(BLOCK).enumerate() {
                for column in columns {
                    let points = &column[block * BLOCK..];
                    sums.iter_mut().zip(points).for_each(|(sum, points)| *sum += points);
                }
            }
            sum
        };
        let (base, mut bonus) = (sum(base), sum(bonus));
        bonus.iter_mut().for_each(|bonus| *bonus = (*bonus).min(400));
        let group_means: Vec<i64> = totals.chunks(GROUP as usize).map(mean).collect();
        Answer {
            province_means: group_means.chunks(PROVINCE).map(mean).collect(),
            points: plan.items().map(str::to_owned).zip(points).collect(),
            base,
            bonus,
            grades,
            ranks: ranks.unwrap_or_default(),
            finals,
            group_means,
            totals,
        }
    }
}

/// Points in hundredths: the plan tells the scale, some items have whole points only.
fn hundredths(amounts: Amounts) -> Vec<i64> {
    let times = 100 / amounts.per;
    let mut numerators = amounts.numerators;
    if times != 1 {
        numerators.iter_mut().for_each(|number| *number *= times);
    }
    numerators
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
        let (answer, seconds) = measure(&Engine::compile()?, &job.facts)?;
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
fn measure(engine: &Engine, facts: &Facts) -> Result<(Answer, f64), String> {
    let plan = ColumnPlan::new(&engine.0).map_err(|error| error.to_string())?;
    let truths = Engine::truths(facts);
    let mut answer = Engine::score(&plan, facts, &truths, Answer::default()); // unmeasured: the first run fills caches and grows the heap
    let mut times = Vec::new();
    while times.iter().sum::<Duration>() < LONG_ENOUGH {
        let start = Instant::now();
        answer = Engine::score(&plan, facts, &truths, answer);
        times.push(start.elapsed());
    }
    times.sort();
    Ok((answer, times[times.len() / 2].as_secs_f64()))
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
