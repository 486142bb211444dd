//! The year told in `docs/responsibility-model.md` happens: its acts are entered, its questions asked, its answers come.
//!
//! | fence | holds |
//! |---|---|
//! | `json acts` | acts, entered as one batch after all that stands above them |
//! | `json refused` | acts of which the batch is refused; a fence `text` follows with the code of the error |
//! | `json question` | a question |
//! | `json answer` | part of the answer to the question above: of an object the members shown, of a list items in the order shown |
//!
//! Any other fence fails.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeSet;
use std::path::Path;

use zeren::calendar::Timestamp;
use zeren::document::{Value, canonical, parse, read};
use zeren::error::Error;
use zeren::system::{Query, Request, System};

const GUIDE: &str = "docs/responsibility-model.md";

struct Fence {
    line: usize,
    kind: String,
    text: String,
}

fn guide() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(GUIDE)).unwrap()
}

fn fences() -> Vec<Fence> {
    let text = guide();
    let (mut all, mut open) = (Vec::new(), None::<Fence>);
    for (line, content) in (1..).zip(text.lines()) {
        match (&mut open, content.strip_prefix("```")) {
            (Some(_), Some(_)) => all.extend(open.take()),
            (Some(fence), None) => fence.text.extend([content, "\n"]),
            (None, Some(kind)) => {
                let (kind, text) = (kind.trim().to_owned(), String::new());
                open = Some(Fence { line, kind, text });
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{GUIDE}: a fence stays open");
    all
}

fn value(fence: &Fence) -> Value {
    parse(fence.text.as_bytes()).unwrap_or_else(|error| panic!("{GUIDE}:{}: {error}", fence.line))
}

/// Enters a batch at nine o'clock of the last day that one of its acts names, or of the day of the batch before.
fn enter(system: &mut System, last: &mut String, fence: &Fence) -> Result<(), Error> {
    let Value::List(acts) = value(fence) else {
        panic!("{GUIDE}:{}: acts are a list", fence.line)
    };
    let days = acts.iter().filter_map(|act| act.get("effective")?.as_text());
    let day = days.chain([last.as_str()]).max().unwrap().to_owned();
    let request = Request {
        head: system.head().clone(),
        time: Timestamp::parse(&format!("{day}T09:00:00+08:00")).unwrap(),
        operator: "录入员-1".into(),
        acts: acts.into_iter().map(Into::into).collect(),
    };
    let prepared = system.prepare(&request)?;
    system.commit(prepared)?;
    *last = day;
    Ok(())
}

/// Whether what the guide shows is part of what was said.
fn part(shown: &Value, said: &Value) -> bool {
    match (shown, said) {
        (Value::Object(members), Value::Object(_)) if members.is_empty() => panic!("{GUIDE}: an object shows nothing"),
        (Value::Object(members), Value::Object(_)) => members
            .iter()
            .all(|(name, shown)| said.get(name).is_some_and(|said| part(shown, said))),
        (Value::List(shown), Value::List(said)) if shown.is_empty() => said.is_empty(),
        (Value::List(shown), Value::List(said)) => {
            let mut rest = said.iter();
            shown.iter().all(|shown| rest.any(|said| part(shown, said)))
        }
        _ => canonical(shown) == canonical(said),
    }
}

#[test]
fn the_year_of_the_guide_happens_as_told() {
    let (mut system, mut last) = (System::new("示例县"), "2023-01-01".to_owned());
    let (mut said, mut refused) = (None::<String>, None::<Error>);
    let mut wrong = Vec::new();
    let mut kinds = BTreeSet::new();
    for fence in fences() {
        let line = fence.line;
        kinds.insert(fence.kind.clone());
        match fence.kind.as_str() {
            "json acts" => {
                enter(&mut system, &mut last, &fence).unwrap_or_else(|error| panic!("{GUIDE}:{line}: {error}"))
            }
            "json refused" => refused = enter(&mut system, &mut last, &fence).err(),
            "text" => {
                let error = refused
                    .take()
                    .unwrap_or_else(|| panic!("{GUIDE}:{line}: nothing was refused"));
                let codes: Vec<&str> = error.findings().iter().map(|finding| finding.code).collect();
                if codes != fence.text.lines().collect::<Vec<_>>() {
                    wrong.push(format!("{GUIDE}:{line}: {codes:?}"));
                }
            }
            "json question" => {
                let query =
                    read::<Query>(fence.text.as_bytes()).unwrap_or_else(|error| panic!("{GUIDE}:{line}: {error}"));
                said = Some(
                    system
                        .answer(&query)
                        .unwrap_or_else(|error| panic!("{GUIDE}:{line}: {error}")),
                );
            }
            "json answer" => {
                let said = said
                    .take()
                    .unwrap_or_else(|| panic!("{GUIDE}:{line}: nothing was asked"));
                if !part(&value(&fence), &parse(said.as_bytes()).unwrap()) {
                    wrong.push(format!("{GUIDE}:{line}: {said}"));
                }
            }
            other => panic!("{GUIDE}:{line}: no fence is called {other}"),
        }
        assert!(
            fence.kind == "json question" || said.is_none(),
            "{GUIDE}:{line}: a question has no answer"
        );
        assert!(
            fence.kind == "json refused" || refused.is_none(),
            "{GUIDE}:{line}: a refusal has no code"
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn the_cases_of_the_guide_exist() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/system");
    let guide = guide();
    let lists = guide.split("\nCases: ").skip(1);
    let named: Vec<&str> = lists
        .flat_map(|rest| rest.split("\n\n").next().unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert!(named.len() > 50, "every chapter names its cases");
    let missing: Vec<&&str> = named
        .iter()
        .filter(|name| !cases.join(format!("{name}.json")).is_file())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
