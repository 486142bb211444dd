//! The cases of `tests/cases/system`: what is given, what happens, what then holds.
//!
//! ```json
//! {
//!   "title": "a sentence",
//!   "given": [acts that are committed first, as one batch],
//!   "when": {"acts": [...]}  or  {"text": "a raw request", "repeat": ["text", times]}  or  {"view": {a query}},
//!   "then": {"errors": [{"code", "pointer"}]}  or  {"findings": [{"code", "subject"}]}  or  {"answer": any JSON}
//! }
//! ```
//!
//! Lists are complete and in order; no errors means that the acts are taken. With `repeat`, `<repeat>` in the text
//! stands for so many repetitions. A key that is not named here fails the case.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use std::path::Path;

use zeren::calendar::Timestamp;
use zeren::document::{Value, canonical, parse, read, read_value};
use zeren::error::{Error, Finding};
use zeren::system::{Query, Request, System};

/// The members of an object, none but these.
fn members<'v>(value: &'v Value, allowed: &[&str]) -> Vec<(&'v str, &'v Value)> {
    let Value::Object(members) = value else {
        panic!("expected an object with {allowed:?}, found {}", canonical(value));
    };
    for (name, _) in members {
        assert!(
            allowed.contains(&name.as_str()),
            "unknown key {name:?}; known are {allowed:?}"
        );
    }
    members.iter().map(|(name, value)| (name.as_str(), value)).collect()
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(other) => panic!("expected a list, found {}", canonical(other)),
    }
}

fn request(system: &System, acts: Vec<Value>) -> Request {
    Request {
        head: system.head().clone(),
        time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
        operator: "录入员-1".into(),
        acts: acts.into_iter().map(Into::into).collect(),
    }
}

fn raw(when: &Value, text: &str) -> String {
    match list(when.get("repeat")).as_slice() {
        [] => text.to_owned(),
        [Value::Text(part), Value::Number(times)] => {
            let times = usize::try_from(times.to_i64().unwrap()).unwrap();
            text.replace("<repeat>", &part.repeat(times))
        }
        other => panic!("repeat is [text, times], not {other:?}"),
    }
}

/// What a finding is compared by: its code and where it is, or what it is about.
fn told(findings: &[Finding], place: &'static str) -> Vec<Value> {
    let text = |text: &str| Value::Text(text.to_owned());
    findings
        .iter()
        .map(|finding| {
            for sentence in [&finding.zh, &finding.en] {
                assert!(!sentence.is_empty(), "{} has no sentence", finding.code);
            }
            let at = if place == "pointer" {
                &finding.pointer
            } else {
                &finding.subject
            };
            let mut members = vec![("code".into(), text(finding.code))];
            members.extend(at.as_deref().map(|at| (place.into(), text(at))));
            Value::Object(members)
        })
        .collect()
}

enum Outcome {
    Refused(Error),
    Taken,
    Answer(String),
}

fn happens(system: &mut System, when: &Value) -> Outcome {
    let request = match members(when, &["acts", "text", "repeat", "view"]).first() {
        Some(("acts", acts)) => Ok(request(system, list(Some(acts)))),
        Some(("text", text)) => read::<Request>(raw(when, text.as_text().unwrap()).as_bytes()),
        Some(("view", query)) => {
            return match read_value::<Query>(query).and_then(|query| system.answer(&query)) {
                Ok(answer) => Outcome::Answer(answer),
                Err(error) => Outcome::Refused(error),
            };
        }
        other => panic!("when begins with acts, text or view, not {other:?}"),
    };
    match request.and_then(|request| system.prepare(&request)) {
        Ok(prepared) => {
            system.commit(prepared).expect("what was prepared can be committed");
            Outcome::Taken
        }
        Err(error) => Outcome::Refused(error),
    }
}

fn run(case: &Value) {
    members(case, &["title", "given", "when", "then"]);
    assert!(
        case.get("title").and_then(Value::as_text).is_some(),
        "a case has a title"
    );
    let mut system = System::new("示例新区");
    let given = request(&system, list(case.get("given")));
    let prepared = system.prepare(&given).unwrap_or_else(|error| panic!("given: {error}"));
    system.commit(prepared).unwrap();
    // What a snapshot brings back is the same, and answers the same.
    let before = system;
    let mut system = System::from_snapshot("示例新区", &before.snapshot()).unwrap();
    assert!(system == before, "a snapshot brings back another state");
    let when = case.get("when").expect("a case has a when");
    let outcome = happens(&mut system, when);
    let then = case.get("then").expect("a case has a then");
    match members(then, &["errors", "findings", "answer"]).as_slice() {
        [("errors", expected)] => {
            let found = match &outcome {
                Outcome::Refused(error) => told(error.findings(), "pointer"),
                Outcome::Taken | Outcome::Answer(_) => Vec::new(),
            };
            same(&found, &list(Some(expected)), &outcome);
            if !found.is_empty() {
                assert!(system == before, "a refusal changed the state");
            }
        }
        [("findings", expected)] => {
            let query: Query = read_value(when.get("view").expect("findings need a view")).unwrap();
            let found = told(&system.view(query.day, query.known).findings(), "subject");
            same(&found, &list(Some(expected)), &outcome);
        }
        [("answer", expected)] => match &outcome {
            Outcome::Answer(answer) => assert_eq!(canonical(&parse(answer.as_bytes()).unwrap()), canonical(expected)),
            _ => panic!("no answer"),
        },
        _ => panic!("then has one of errors, findings, answer"),
    }
}

fn same(found: &[Value], expected: &[Value], outcome: &Outcome) {
    let lines = |list: &[Value]| list.iter().map(canonical).collect::<Vec<_>>();
    let why = match outcome {
        Outcome::Refused(error) => error.to_string(),
        Outcome::Answer(answer) => answer.clone(),
        Outcome::Taken => String::new(),
    };
    assert_eq!(lines(found), lines(expected), "{why}");
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/system");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut failed = Vec::new();
    for file in &files {
        let text = std::fs::read(file).unwrap();
        let tried = std::panic::catch_unwind(|| run(&parse(&text).unwrap_or_else(|error| panic!("{error}"))));
        if tried.is_err() {
            failed.push(file.file_name().unwrap().to_owned());
        }
    }
    assert!(files.len() >= 45, "only {} cases", files.len());
    assert!(failed.is_empty(), "failed: {failed:#?}");
}
