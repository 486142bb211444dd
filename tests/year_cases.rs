//! The cases of `tests/cases/year`: an assessment that has come so far, what happens then, and what holds.
//!
//! ```json
//! {
//!   "title": "a sentence",
//!   "after": "a file of tests/cases/year/given that is entered first, with what it comes after itself",
//!   "given": [more acts],
//!   "when": {"acts": [...]}  or  {"view": {a query}}  or  {"year": "a scheme", "query": {an assess query}, "first": ["schemes that are assessed before"]},
//!   "then": {"errors": [{"code", "pointer"}]}  or  {"findings": [{"code", "subject"}]}  or  {"answer": JSON}
//! }
//! ```
//!
//! Lists of errors and findings are complete and in order; of the findings of a view only those of assessments and inspections are looked
//! at. An answer must hold what is written: objects may hold more, lists may not. In an act `"sheet": "<scored>"` is the
//! sheet that the recorded facts give, and `"digest": "<digest>"` that of the act's sheet, else of the one issued last.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

mod stage;

use stage::{Stage, document, files, list, members, text};
use zeren::document::{Value, canonical, parse, read_value};
use zeren::error::{Error, Finding};
use zeren::system::Query;
use zeren::year::{AssessQuery, Year};

enum Outcome {
    Refused(Error),
    Taken,
    Answer(Value),
}

fn happens(stage: &mut Stage, when: &Value) -> Outcome {
    let answer = match members(when, &["acts", "view", "year", "query", "first"]).first() {
        Some(("acts", acts)) => {
            return match stage.take(list(Some(acts))) {
                Ok(()) => Outcome::Taken,
                Err(error) => Outcome::Refused(error),
            };
        }
        Some(("view", query)) => read_value::<Query>(query).and_then(|query| stage.system.answer(&query)),
        Some(("year", _)) => assessed(stage, when),
        other => panic!("when begins with acts, view or year, not {other:?}"),
    };
    match answer {
        Ok(answer) => Outcome::Answer(parse(answer.as_bytes()).unwrap()),
        Err(error) => Outcome::Refused(error),
    }
}

/// The answer of a year in which other schemes may have been assessed first.
fn assessed(stage: &Stage, when: &Value) -> Result<String, Error> {
    let scheme = |id: &Value| &stage.schemes[id.as_text().unwrap()];
    let own = scheme(when.get("year").unwrap());
    let query = when.get("query").expect("a year has a query");
    let day = ("day".into(), query.get("day").expect("a query has a day").clone());
    let mut year = Year::new();
    for first in list(when.get("first")) {
        year.answer(
            &stage.system,
            scheme(&first),
            &read_value(&Value::Object(vec![day.clone()]))?,
        )?;
    }
    year.answer(&stage.system, own, &read_value::<AssessQuery>(query)?)
}

/// What a finding is compared by: its code and where it is, or what it is about.
fn told(findings: &[Finding], place: &str) -> Vec<String> {
    findings
        .iter()
        .map(|finding| {
            assert!(!finding.zh.is_empty() && !finding.en.is_empty());
            let at = match place {
                "pointer" => &finding.pointer,
                _ => &finding.subject,
            };
            format!("{} {}", finding.code, at.as_deref().unwrap_or("-"))
        })
        .collect()
}

fn expected(list_of: &Value, place: &str) -> Vec<String> {
    list(Some(list_of))
        .iter()
        .map(|one| {
            members(one, &["code", place]);
            format!("{} {}", text(one, "code").unwrap(), text(one, place).unwrap_or("-"))
        })
        .collect()
}

/// Whether a value holds what is written: objects may hold more, lists may not.
fn holds(found: &Value, written: &Value, at: &str) -> Result<(), String> {
    match (found, written) {
        (Value::Object(_), Value::Object(members)) => members.iter().try_for_each(|(name, value)| {
            let at = format!("{at}/{name}");
            match (found.get(name), value) {
                (None, Value::Null) => Ok(()),
                (None, _) => Err(format!("{at} is missing in {}", canonical(found))),
                (Some(found), value) => holds(found, value, &at),
            }
        }),
        (Value::List(found), Value::List(written)) if found.len() == written.len() => found
            .iter()
            .zip(written)
            .enumerate()
            .try_for_each(|(index, (found, written))| holds(found, written, &format!("{at}/{index}"))),
        _ if canonical(found) == canonical(written) => Ok(()),
        _ => Err(format!(
            "{at}: found {}, written {}",
            canonical(found),
            canonical(written)
        )),
    }
}

fn run(case: &Value) {
    members(case, &["title", "after", "given", "when", "then"]);
    assert!(text(case, "title").is_some(), "a case has a title");
    let mut stage = Stage::new("year");
    if let Some(before) = text(case, "after") {
        stage.enter(before);
    }
    stage
        .take(list(case.get("given")))
        .unwrap_or_else(|error| panic!("given: {error}"));
    let when = case.get("when").expect("a case has a when");
    let before = stage.system.clone();
    let outcome = happens(&mut stage, when);
    let then = case.get("then").expect("a case has a then");
    match (members(then, &["errors", "findings", "answer"]).as_slice(), &outcome) {
        ([("errors", list)], Outcome::Refused(error)) => {
            assert_eq!(told(error.findings(), "pointer"), expected(list, "pointer"), "{error}");
            assert!(stage.system == before, "a refusal changed the state");
        }
        ([("errors", list)], _) => assert_eq!(Vec::<String>::new(), expected(list, "pointer")),
        ([("findings", list)], Outcome::Answer(Value::List(found))) => {
            let found: Vec<String> = found
                .iter()
                .map(|one| format!("{} {}", text(one, "code").unwrap(), text(one, "subject").unwrap_or("-")))
                .filter(|one| {
                    one.starts_with("assessment.") || one.starts_with("year.") || one.starts_with("supervision.")
                })
                .collect();
            assert_eq!(found, expected(list, "subject"));
        }
        ([("answer", written)], Outcome::Answer(found)) => {
            holds(found, written, "").unwrap_or_else(|why| panic!("{why}\n{}", canonical(found)));
        }
        (then, Outcome::Refused(error)) => panic!("refused, not {then:?}: {error}"),
        (then, _) => panic!("{then:?} is not what a case can hold here"),
    }
}

#[test]
fn cases() {
    let files = files("year");
    let mut failed = Vec::new();
    for file in &files {
        if std::panic::catch_unwind(|| run(&document(file))).is_err() {
            failed.push(file.file_name().unwrap().to_owned());
        }
    }
    assert!(files.len() >= 130, "only {} cases", files.len());
    assert!(failed.is_empty(), "failed: {failed:#?}");
}
