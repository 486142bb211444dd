//! Everything that is asked of the library, in one place.

use std::collections::{BTreeMap, BTreeSet};

use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::Facts;
use zeren::score::{Entrant, ItemScore, Outcome as Result, Results, Sheet, score_together};

use super::{Fraction, Outcome};

/// The scheme, or why the reader refuses it.
pub fn read(text: &str) -> std::result::Result<zeren::scheme::Scheme, String> {
    zeren::scheme::Scheme::parse(text.as_bytes()).map_err(|error| error.to_string())
}

/// What is known of one subject.
pub struct Given {
    /// Its facts document.
    pub facts: String,
    /// Score and grade that other schemes gave it.
    pub results: BTreeMap<String, (Fraction, String)>,
}

/// Scores subjects together.
pub fn score(scheme: &zeren::scheme::Scheme, given: &[Given]) -> Vec<Outcome> {
    let read = |given: &Given| {
        let text = &given.facts;
        Facts::read(&parse(text.as_bytes()).unwrap()).unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    let facts: Vec<Facts> = given.iter().map(read).collect();
    let results: Vec<Results> = given.iter().map(|given| results(&given.results)).collect();
    let entrants: Vec<Entrant<'_>> = facts
        .iter()
        .zip(&results)
        .map(|(facts, results)| Entrant { facts, results })
        .collect();
    let sheets = score_together(scheme, &entrants).unwrap_or_else(|error| panic!("{error}"));
    sheets.iter().map(seen).collect()
}

fn results(results: &BTreeMap<String, (Fraction, String)>) -> Results {
    let one = |(scheme, (score, grade)): (&String, &(Fraction, String))| {
        let points = Exact::from_text(&score.to_string()).unwrap();
        let result = Result {
            lowest: points.clone(),
            highest: points,
            grades: vec![grade.clone()],
        };
        (scheme.clone(), result)
    };
    results.iter().map(one).collect()
}

/// What a sheet says, in the oracle's words. What should be known exactly and is not, is a failure.
fn seen(sheet: &Sheet) -> Outcome {
    let fraction = |exact: &Exact| Fraction::parse(&exact.to_string()).unwrap();
    let nodes = || sheet.items.iter().chain(&sheet.groups);
    let single = |item: &ItemScore| {
        assert!(item.points.is_single(), "{}: {}", item.id, item.points.zh());
        (item.id.clone(), fraction(&item.points.lowest))
    };
    assert!(sheet.total.is_single(), "total: {}", sheet.total.zh());
    assert!(sheet.grades.len() < 2, "{:?}", sheet.grades);
    let grade = sheet.grades.first().cloned();
    Outcome {
        points: nodes().map(single).collect(),
        applying: nodes()
            .filter(|item| item.applicable)
            .map(|item| item.id.clone())
            .collect::<BTreeSet<_>>(),
        total: fraction(&sheet.total.lowest),
        rank: sheet.rank.map(|rank| {
            assert_eq!(rank.best, rank.worst);
            rank.best
        }),
        earned: sheet.earned_grades.first().cloned().or_else(|| grade.clone()),
        grade,
    }
}
