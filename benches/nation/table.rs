//! What was measured, as lines of Markdown.

use crate::outside::{Loaded, Outside};
use crate::question::{Answer, Level, Question};
use crate::zeren::Cost;

pub fn built(wording: &str, built: &Cost, units: usize) {
    println!(
        "zeren, {wording}: built in {:.2} s (reading {:.2}, preparing {:.2}, committing {:.2}), {} MB of lines, {} bytes of state a unit",
        built.seconds,
        built.reading,
        built.preparing,
        built.seconds - built.reading - built.preparing,
        built.stored >> 20,
        built.held / units,
    );
}

pub fn loaded(name: &str, loaded: &Loaded, built: &[(&str, Cost)]) {
    let indexes = loaded
        .indexes
        .map_or(String::new(), |seconds| format!(", indexes {seconds:.2} s"));
    let times: Vec<String> = built
        .iter()
        .map(|(wording, cost)| format!("{:.2} times the bare load ({wording})", cost.seconds / loaded.rows))
        .collect();
    println!(
        "{name} {}: rows loaded in {:.2} s{indexes}; zeren took {}",
        loaded.version,
        loaded.rows,
        times.join(", "),
    );
}

/// One question, round by round.
pub struct Rounds {
    own: Vec<f64>,
    others: Vec<Vec<f64>>,
    levels: Vec<Level>,
}

impl Rounds {
    pub fn new(others: usize) -> Self {
        Self {
            own: Vec::new(),
            others: vec![Vec::new(); others],
            levels: Vec::new(),
        }
    }

    pub fn push(&mut self, own: Answer, others: &[f64]) {
        self.own.push(own.seconds);
        self.levels = own.levels;
        for (list, seconds) in self.others.iter_mut().zip(others) {
            list.push(*seconds);
        }
    }

    pub fn print(&self, question: &Question, outside: &[Outside]) {
        println!("| {} | zeren | {} | 1 |", question.name, spread(&self.own, 1_000.0));
        for (contender, seconds) in outside.iter().zip(&self.others) {
            let ratios: Vec<f64> = seconds.iter().zip(&self.own).map(|(other, own)| other / own).collect();
            println!(
                "| {} | {} | {} | {} |",
                question.name,
                contender.name,
                spread(seconds, 1_000.0),
                spread(&ratios, 1.0)
            );
        }
        let levels: Vec<String> = self
            .levels
            .iter()
            .map(|level| format!("{}/{}/{}", level.unbroken, level.covered, level.units))
            .collect();
        println!(
            "| {} | unbroken/covered/units | {} | |",
            question.name,
            levels.join(" ")
        );
    }
}

pub fn one_more(seconds: &[f64]) {
    println!(
        "\none more act and the coverage of its branch, {} times: {} µs",
        seconds.len(),
        spread(seconds, 1e6)
    );
}

/// Median, least and greatest.
fn spread(values: &[f64], scale: f64) -> String {
    let mut sorted: Vec<f64> = values.iter().map(|value| value * scale).collect();
    sorted.sort_by(f64::total_cmp);
    match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(least), Some(median), Some(greatest)) => format!("{median:.2} ({least:.2} to {greatest:.2})"),
        _ => "no rounds".to_owned(),
    }
}
