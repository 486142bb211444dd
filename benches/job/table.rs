//! Rounds and the table of what they measured.

use std::path::PathBuf;

use crate::check::check;
use crate::contender::{Contender, Job};

/// What one contender did in all rounds.
pub struct Measured<'a> {
    contender: &'a dyn Contender,
    version: String,
    /// Units a second, round by round.
    rates: Vec<f64>,
    /// Of the last round.
    pub result: PathBuf,
}

/// Runs all contenders in turn, round by round, so that a drift of the machine hits all of them; each round begins with
/// another one. A failure ends the benchmark: a contender that breaks is not one that is absent.
pub fn measure<'a>(job: &Job, contenders: &[&'a dyn Contender], rounds: usize) -> Result<Vec<Measured<'a>>, String> {
    let mut measured: Vec<Measured> = contenders
        .iter()
        .map(|&contender| Measured {
            contender,
            version: String::new(),
            rates: Vec::new(),
            result: PathBuf::new(),
        })
        .collect();
    let units = job.facts.units() as f64;
    for round in 0..rounds {
        for turn in 0..measured.len() {
            let next = (round + turn) % measured.len();
            let run = measured[next].contender.run(job)?;
            measured[next].version = run.version;
            measured[next].rates.push(units / run.seconds);
            measured[next].result = run.result;
        }
    }
    Ok(measured)
}

impl Measured<'_> {
    pub fn name(&self) -> &'static str {
        self.contender.name()
    }

    /// One line of the table. Ratios are taken within a round.
    pub fn line(&self, job: &Job, first: Option<&Measured>) -> Result<String, String> {
        let ratio = match first {
            Some(first) if first.name() == self.name() => "1".to_owned(),
            Some(first) => {
                let pairs = first.rates.iter().zip(&self.rates);
                let ratios: Vec<f64> = pairs.map(|(zeren, other)| zeren / other).collect();
                spread(&ratios, |ratio| format!("{ratio:.2}"))
            }
            None => "not measured".to_owned(),
        };
        let report = check(job, &self.result)?;
        let wrong = |column| {
            report
                .wrong(column)
                .map_or("not told".to_owned(), |count| thousands(count as f64))
        };
        Ok(format!(
            "| {} {} | {} | {} | {} | {} |",
            self.name(),
            self.version,
            spread(&self.rates, thousands),
            ratio,
            wrong("total"),
            wrong("rank"),
        ))
    }
}

/// Median, least and greatest.
fn spread(values: &[f64], show: impl Fn(f64) -> String) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(least), Some(median), Some(greatest)) => {
            format!("{} ({} to {})", show(*median), show(*least), show(*greatest))
        }
        _ => "no rounds".to_owned(),
    }
}

/// A whole number with its thousands apart.
pub fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
