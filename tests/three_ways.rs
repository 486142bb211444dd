//! The case of examples/district in Rust, C and Python: the same bytes three ways, and from any number of threads.
#![cfg(feature = "capi")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{compile, has, library, root, run};
use zeren::calendar::Date;
use zeren::document::{Value, parse, read_value};
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Results, score};
use zeren::system::{Query, Request, System, Topic};
use zeren::year::{AssessQuery, Year};

/// The schemes with the day looked at and whom to score; nobody named means the roster.
const SCHEMES: &[(&str, &str, &[&str])] = &[
    ("2022-trial", "2022-12-31", &["s-xinqu"]),
    ("2023", "2024-01-31", &[]),
    ("2023-annual", "2024-01-31", &[]),
];

/// What is asked of the system, as of the last day of each year.
const VIEWS: &[Topic] = &[
    Topic::Findings,
    Topic::Cascade,
    Topic::Obligations,
    Topic::Due,
    Topic::Duties,
    Topic::Burden,
    Topic::Letters,
];

fn district() -> PathBuf {
    root().join("examples/district")
}

/// The request files, in the order in which they are entered.
fn requests() -> Vec<PathBuf> {
    let files = |year: &str| {
        let folder = std::fs::read_dir(district().join(year)).unwrap();
        let mut files: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        files.sort();
        files
    };
    let files = [files("2022"), files("2023")].concat();
    assert!(!files.is_empty());
    files
}

fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap()
}

/// Enters every request, and gives the system with its lines.
fn entered() -> (System, String) {
    let (mut system, mut stored) = (System::new("示例新区"), String::new());
    for file in requests() {
        let Value::Object(mut members) = parse(&std::fs::read(&file).unwrap()).unwrap() else {
            panic!("{file:?} is no request");
        };
        let head = parse(serde_json::to_string(system.head()).unwrap().as_bytes()).unwrap();
        members.push(("head".into(), head));
        let request: Request = read_value(&Value::Object(members)).unwrap();
        let prepared = system
            .prepare(&request)
            .unwrap_or_else(|error| panic!("{file:?}: {error}"));
        for line in prepared.lines() {
            stored.push_str(line);
            stored.push('\n');
        }
        system.commit(prepared).unwrap();
    }
    (system, stored)
}

/// Everything that is asked of the system, through the Rust API.
fn answers(system: &System) -> String {
    let mut said = Vec::new();
    for view in VIEWS {
        for iso in ["2022-12-31", "2023-12-31"] {
            let query = format!(r#"{{"view": "{}", "day": "{iso}"}}"#, view.word());
            let query: Query = zeren::document::read(query.as_bytes()).unwrap();
            said.push(format!("{} {iso}", view.word()));
            said.push(system.answer(&query).unwrap());
        }
    }
    let mut year = Year::new();
    for (name, iso, subjects) in SCHEMES {
        let document = std::fs::read(district().join(format!("schemes/{name}.json"))).unwrap();
        let scheme = Scheme::parse(&document).unwrap_or_else(|error| panic!("{name}: {error}"));
        let subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
        let query = AssessQuery {
            day: day(iso),
            known: None,
            view: None,
            audience: None,
            draft: None,
            since: None,
            subjects: (!subjects.is_empty()).then_some(subjects),
        };
        said.push(format!("scheme {name}"));
        said.push(serde_json::to_string(&scheme.about()).unwrap());
        said.push(scheme.read_back());
        let assessed = year.answer(system, &scheme, &query);
        said.push(assessed.unwrap_or_else(|error| panic!("{name}: {error}")));
        // The first subject once more, from the facts that the view gives.
        let view = system.view(query.day, None);
        let roster = query
            .subjects
            .unwrap_or_else(|| Year::roster(&view, scheme.id()).unwrap());
        let facts = serde_json::to_string(&view.facts(scheme.id(), roster.first().unwrap())).unwrap();
        let facts = Facts::read(&parse(facts.as_bytes()).unwrap()).unwrap();
        let sheet = score(&scheme, &facts, &Results::new()).unwrap();
        said.push(sheet.to_json().unwrap());
    }
    said.join("\n") + "\n"
}

fn transcript() -> String {
    let (system, lines) = entered();
    format!("lines\n{lines}{}", answers(&system))
}

fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // What an earlier run left must not pass for what this one says.
    let _ = std::fs::remove_file(&place);
    place
}

/// Compares line by line first, so that a failure shows the one line that differs.
fn same(path: &Path) {
    let (expected, found) = (transcript(), std::fs::read_to_string(path).unwrap());
    for (number, (expected, found)) in (1..).zip(expected.lines().zip(found.lines())) {
        assert_eq!(found, expected, "{path:?}, line {number}");
    }
    assert!(found == expected, "{path:?} ends elsewhere or ends its lines otherwise");
}

#[test]
fn c_says_what_rust_says() {
    if !has("cc") {
        return;
    }
    let transcript = place("district-c.txt");
    run(Command::new(compile(&root().join("tests/three_ways/district.c")))
        .arg(&transcript)
        .arg(district())
        .args(requests()));
    same(&transcript);
}

#[test]
fn python_says_what_rust_says() {
    if !has("python3") {
        return;
    }
    let transcript = place("district-python.txt");
    run(Command::new("python3")
        .env("ZEREN_LIBRARY", library())
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-W", "error"])
        .arg(root().join("tests/three_ways/district.py"))
        .arg(&transcript)
        .arg(district()));
    same(&transcript);
}

#[test]
fn the_transcript_holds_the_case() {
    let said = transcript();
    assert_eq!(said.matches("\"kind\":\"sheet\"").count(), 1 + 4 + 4 + SCHEMES.len());
    let lines = said.lines().filter(|line| line.starts_with("{\"ledger\"")).count();
    let (system, stored) = entered();
    assert_eq!(stored.lines().count(), lines);
    assert!(
        serde_json::to_string(system.head())
            .unwrap()
            .contains(&format!("\"position\":{lines},"))
    );
}

#[test]
fn one_thread_and_eight_say_the_same() {
    let (system, lines) = entered();
    let alone = (lines, answers(&system));
    std::thread::scope(|scope| {
        // Each asks the shared system, and enters the case into one of its own.
        let work = || {
            let shared = answers(&system);
            let (own, lines) = entered();
            (shared, (lines, answers(&own)))
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            let (shared, own) = thread.join().unwrap();
            assert!(shared == alone.1, "the shared system says something else");
            assert!(own == alone, "a system of its own says something else");
        }
    });
}
