//! The cases of `tests/cases/papers`: a paper that is asked for, and its text or why it is refused.
//!
//! ```json
//! {
//!   "title": "a sentence",
//!   "after": "a file of given that is entered first (tests/stage)",
//!   "given": [more acts],
//!   "scheme": "the scheme of the paper, where it needs one",
//!   "request": {a paper request},
//!   "then": {"paper": "its Markdown, a file of golden"}  or  {"errors": [{"code", "pointer"}]}
//! }
//! ```
//!
//! `ZEREN_BLESS=1 cargo test --test papers` writes the golden files anew: read the difference as the receiver would. Every
//! paper is also made as a page, which `tests/page` holds to what a page must be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

mod page;
mod stage;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use stage::{Stage, cases, document, files, list, members, text};
use zeren::document::{Value, read_value};
use zeren::error::Error;
use zeren::report::{Paper, PaperKind, PaperRequest, paper};

/// The stage of a case, and what it asks for.
fn asked(case: &Value) -> (Stage, PaperRequest, Option<String>) {
    members(case, &["title", "after", "given", "scheme", "request", "then"]);
    assert!(text(case, "title").is_some(), "a case has a title");
    let mut stage = Stage::new("papers");
    stage.enter(text(case, "after").expect("a case comes after something"));
    stage
        .take(list(case.get("given")))
        .unwrap_or_else(|error| panic!("given: {error}"));
    let request = read_value(case.get("request").expect("a case asks for a paper"));
    let request = request.unwrap_or_else(|error| panic!("request: {error}"));
    (stage, request, text(case, "scheme").map(str::to_owned))
}

fn made(case: &Value) -> Result<Paper, Error> {
    let (stage, request, scheme) = asked(case);
    let scheme = scheme.map(|id| &stage.schemes[&id]);
    let before = stage.system.clone();
    let made = paper(&stage.system, scheme, &request);
    assert!(stage.system == before, "a paper changed the state");
    made
}

fn golden(name: &str) -> PathBuf {
    cases().join("papers/golden").join(name)
}

fn run(case: &Value) {
    let made = made(case);
    let then = case.get("then").expect("a case has a then");
    match (members(then, &["paper", "errors"]).as_slice(), made) {
        ([("paper", name)], Ok(paper)) => {
            let (found, file) = (paper.markdown(), golden(name.as_text().unwrap()));
            if std::env::var_os("ZEREN_BLESS").is_some() {
                std::fs::write(&file, &found).unwrap();
            }
            let written = std::fs::read_to_string(&file).unwrap_or_default();
            assert!(found == written, "{}: not what was agreed:\n{found}", file.display());
            let faults = page::faults(&paper.html());
            assert!(faults.is_empty(), "{faults:#?}");
        }
        ([("errors", errors)], Err(error)) => {
            let found: Vec<String> = error
                .findings()
                .iter()
                .map(|finding| {
                    assert!(!finding.zh.is_empty() && !finding.en.is_empty());
                    format!("{} {}", finding.code, finding.pointer.as_deref().unwrap_or("-"))
                })
                .collect();
            let expected: Vec<String> = list(Some(errors))
                .iter()
                .map(|one| format!("{} {}", text(one, "code").unwrap(), text(one, "pointer").unwrap_or("-")))
                .collect();
            assert_eq!(found, expected, "{error}");
        }
        (then, Ok(paper)) => panic!("{then:?}, and yet there is a paper:\n{}", paper.markdown()),
        (then, Err(error)) => panic!("{then:?}, and yet it is refused: {error}"),
    }
}

#[test]
fn papers_are_what_was_agreed() {
    let files = files("papers");
    assert!(files.len() >= 50, "only {} cases", files.len());
    let failed: Vec<&Path> = files
        .iter()
        .filter(|file| std::panic::catch_unwind(|| run(&document(file))).is_err())
        .map(PathBuf::as_path)
        .collect();
    assert!(failed.is_empty(), "failed: {failed:#?}");
}

#[test]
fn every_kind_has_a_paper_and_a_refusal_is_for_a_reason() {
    let (mut told, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for file in files("papers") {
        let case = document(&file);
        let kind: PaperKind = read_value(case.at("/request/kind").unwrap()).unwrap();
        if case.at("/then/paper").is_some() {
            told.insert(kind);
        }
        if case.at("/then/errors/0/code").and_then(Value::as_text) == Some("report.not_for_audience") {
            refused.insert(kind);
        }
    }
    assert_eq!(told.len(), 12, "{told:?}");
    // The map alone is for everybody: it becomes counts for those who may not see names.
    assert_eq!(refused.len(), 11, "{refused:?}");
}

#[test]
fn no_golden_file_is_left_behind() {
    if std::env::var_os("ZEREN_BLESS").is_some() {
        return;
    }
    let used: BTreeSet<String> = files("papers")
        .iter()
        .filter_map(|file| Some(document(file).at("/then/paper")?.as_text()?.to_owned()))
        .collect();
    let found: BTreeSet<String> = std::fs::read_dir(cases().join("papers/golden"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, used);
}
