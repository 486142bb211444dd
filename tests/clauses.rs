//! The published clauses of `tests/cases/clauses`: each in the scheme language, with worked facts, holes, reason lines
//! and read-back.
//!
//! ```json
//! {
//!   "clause": "C026", "source": "…", "published": "the paraphrase", "standing": "rule" | "step" | "outside", "note": "…",
//!   "scheme": {members of a scheme}, "holes": [{"at": pointer, "question": "…", "assumed": "…"}],
//!   "cases": [{"title", "facts", "class", "points", "items", "grades"}],
//!   "cohorts": [{"title", "subjects": {id: {facts document members}}, "expect": {id: {"points", "rank", "grades", "items"}}}],
//!   "lines": [reasons of the first case], "read_back": [rule sentences of the items]
//! }
//! ```
//!
//! Points are worked by hand. `lines` and `read_back` are written by `ZEREN_BLESS=1 cargo test --test clauses` and then
//! read by a person. The table `docs/clauses.md` is written the same way.
//!
//! `tests/cases/afresh` holds twenty of the clauses a second time, drawn by lot and written from the pages of `docs/` alone,
//! without a look at the first: what two people make of one clause, and whether the pages are enough to write it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zeren::document::{Name, Value, canonical, parse};
use zeren::error::Error;
use zeren::fact::Facts;
use zeren::scheme::{Scheme, kinds};
use zeren::score::{Sheet, score_cohort};

const KNOWN: [&str; 11] = [
    "clause",
    "source",
    "published",
    "standing",
    "note",
    "scheme",
    "holes",
    "cases",
    "cohorts",
    "lines",
    "read_back",
];

fn files(topic: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(topic);
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn read(file: &Path) -> Value {
    parse(&std::fs::read(file).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_text)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        None => &[],
        Some(other) => panic!("{name} is a list, not {}", canonical(other)),
    }
}

fn members(value: &Value) -> &[(Name, Value)] {
    match value {
        Value::Object(members) => members,
        other => panic!("expected an object, found {}", canonical(other)),
    }
}

/// The scheme of a clause with the frame that every scheme needs.
fn framed(own: &Value) -> Value {
    let frame = r#"{"kind":"scheme","format":1,"edition":"1","id":"办法","version":"1","title":"示例办法","year":2023,
        "status":"adopted","not_applicable":"renormalise","rounding":{"when":"total","place":2,"mode":"half_up"}}"#;
    let Ok(Value::Object(mut whole)) = parse(frame.as_bytes()) else {
        panic!("the frame is an object");
    };
    whole.retain(|(name, _)| own.get(name).is_none());
    whole.extend(members(own).iter().cloned());
    let ranks = own.get("ranking").is_some() || own.get("quotas").is_some();
    if ranks && own.get("redetermination").is_none() {
        whole.push(("redetermination".into(), Value::Text("subject_only".to_owned())));
    }
    Value::Object(whole)
}

/// The document without the member at a pointer.
fn without(document: &Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a hole has a pointer");
    let name = name.replace("~1", "/").replace("~0", "~");
    change(document, parent, &|value| match value {
        Value::Object(members) => {
            assert!(
                members.iter().any(|(known, _)| *known == name),
                "nothing stands at {pointer}"
            );
            Value::Object(members.iter().filter(|(known, _)| *known != name).cloned().collect())
        }
        other => panic!("{pointer} names no member of {}", canonical(other)),
    })
}

fn change(value: &Value, pointer: &str, with: &dyn Fn(&Value) -> Value) -> Value {
    let Some(rest) = pointer.strip_prefix('/') else {
        return with(value);
    };
    let (step, rest) = rest
        .split_once('/')
        .map_or((rest, String::new()), |(step, rest)| (step, format!("/{rest}")));
    let step = step.replace("~1", "/").replace("~0", "~");
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| {
                    let changed = if *name == step {
                        change(value, &rest, with)
                    } else {
                        value.clone()
                    };
                    (name.clone(), changed)
                })
                .collect(),
        ),
        Value::List(items) => Value::List(
            items
                .iter()
                .enumerate()
                .map(|(place, value)| {
                    if place.to_string() == step {
                        change(value, &rest, with)
                    } else {
                        value.clone()
                    }
                })
                .collect(),
        ),
        other => panic!("{pointer} leads nowhere in {}", canonical(other)),
    }
}

fn facts(subject: &str, given: &Value) -> Result<Facts, Error> {
    let mut whole = vec![
        ("kind".into(), Value::Text("facts".to_owned())),
        ("format".into(), parse(b"1").unwrap()),
        ("subject".into(), Value::Text(subject.to_owned())),
        ("scheme".into(), Value::Text("办法".to_owned())),
    ];
    let told = ["class", "cohort", "parent", "history", "targets", "facts"];
    whole.extend(
        members(given)
            .iter()
            .filter(|(name, _)| told.contains(&name.as_str()))
            .cloned(),
    );
    Facts::read(&Value::Object(whole))
}

/// What a sheet says, as cases write it.
fn compare(sheet: &Sheet, expected: &Value, title: &str) {
    for (name, expected) in members(expected) {
        match name.as_str() {
            "points" => assert_eq!(Some(sheet.total.zh().as_str()), expected.as_text(), "points: {title}"),
            "rank" => {
                let rank = sheet.rank.map(|rank| rank.zh());
                assert_eq!(rank.as_deref(), expected.as_text(), "rank: {title}");
            }
            "grades" => {
                let Value::List(expected) = expected else {
                    panic!("grades are a list")
                };
                let expected: Vec<&str> = expected.iter().filter_map(Value::as_text).collect();
                assert_eq!(sheet.grades, expected, "grades: {title}");
            }
            "items" => {
                for (id, expected) in members(expected) {
                    let mut all = sheet.items.iter().chain(&sheet.groups);
                    let item = all
                        .find(|item| *id == item.id)
                        .unwrap_or_else(|| panic!("no item {id}: {title}"));
                    assert_eq!(
                        Some(item.points.zh().as_str()),
                        expected.as_text(),
                        "item {id}: {title}"
                    );
                }
            }
            "title" | "facts" | "class" | "history" | "targets" | "note" => {}
            other => panic!("unknown key {other:?} of {title}"),
        }
    }
    let lowest: zeren::exact::Exact = sheet.lines.iter().map(|line| &line.points.lowest).sum();
    assert_eq!(lowest, sheet.total.lowest, "lines add up: {title}");
}

/// What a clause comes to, for the table and for what is blessed.
struct Told {
    kinds: Vec<&'static str>,
    lines: Vec<String>,
    read_back: Vec<String>,
}

fn run(case: &Value) -> Told {
    for (name, _) in members(case) {
        assert!(KNOWN.contains(&name.as_str()), "unknown key {name:?}");
    }
    let standing = text(case, "standing").expect("a clause has a standing");
    assert!(["rule", "step", "outside"].contains(&standing));
    assert!(
        standing == "rule" || text(case, "note").is_some(),
        "say why it is no rule"
    );
    let mut told = Told {
        kinds: Vec::new(),
        lines: Vec::new(),
        read_back: Vec::new(),
    };
    let Some(own) = case.get("scheme") else {
        assert_ne!(standing, "rule", "a rule has a scheme");
        return told;
    };
    let document = framed(own);
    let scheme = Scheme::read(&document).unwrap_or_else(|error| panic!("{error}"));
    for hole in list(case, "holes") {
        let at = text(hole, "at").expect("a hole has a place");
        let error = Scheme::read(&without(&document, at)).expect_err("leaving it out is refused");
        let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
        let named = error.findings().iter().any(|finding| {
            let place = finding.pointer.as_deref().unwrap_or("");
            place == at || (place == parent && finding.code == "document.missing_field")
        });
        assert!(named, "{at}: {error}");
    }
    for (number, one) in list(case, "cases").iter().enumerate() {
        let title = text(one, "title").expect("a case has a title");
        let sheets = facts("某单位", one).and_then(|facts| score_cohort(&scheme, &[facts]));
        let sheets = sheets.unwrap_or_else(|error| panic!("{title}: {error}"));
        compare(&sheets[0], one, title);
        if number == 0 {
            told.lines = sheets[0].lines.iter().map(|line| line.reason.clone()).collect();
        }
    }
    for cohort in list(case, "cohorts") {
        let title = text(cohort, "title").expect("a cohort has a title");
        let subjects = members(cohort.get("subjects").expect("a cohort has subjects"));
        let all: Result<Vec<Facts>, Error> = subjects.iter().map(|(id, given)| facts(id, given)).collect();
        let sheets = all.and_then(|all| score_cohort(&scheme, &all));
        let sheets = sheets.unwrap_or_else(|error| panic!("{title}: {error}"));
        for (id, expected) in members(cohort.get("expect").expect("a cohort expects something")) {
            let sheet = sheets
                .iter()
                .find(|sheet| *id == sheet.subject)
                .expect("a subject of the cohort");
            compare(sheet, expected, &format!("{title}, {id}"));
        }
        if told.lines.is_empty() {
            told.lines = sheets[0].lines.iter().map(|line| line.reason.clone()).collect();
        }
    }
    assert!(
        !list(case, "cases").is_empty() || !list(case, "cohorts").is_empty(),
        "no worked facts"
    );
    for (_, rule) in scheme.rules() {
        told.kinds.push(rule.kind);
        told.read_back.push(rule.lowered.read_back.clone());
    }
    told.kinds.sort_unstable();
    told.kinds.dedup();
    told
}

/// The file with `lines` and `read_back` as they are found.
fn blessed(case: &Value, told: &Told) -> String {
    let texts = |texts: &[String]| Value::List(texts.iter().cloned().map(Value::Text).collect());
    let mut whole: Vec<(Name, Value)> = members(case).to_vec();
    whole.retain(|(name, _)| name != "lines" && name != "read_back");
    if !told.read_back.is_empty() {
        whole.push(("lines".into(), texts(&told.lines)));
        whole.push(("read_back".into(), texts(&told.read_back)));
    }
    let mut text = String::new();
    write(&Value::Object(whole), 0, &mut text);
    text.push('\n');
    text
}

/// A value as people read it: on one line where it fits, else a member or item a line. Numbers stay as they are.
fn write(value: &Value, depth: usize, text: &mut String) {
    const WIDTH: usize = 110;
    let flat = canonical(value);
    let indent = "  ".repeat(depth + 1);
    let fits = depth > 0 && flat.chars().count() + indent.len() <= WIDTH;
    let name = |name: &str| canonical(&Value::Text(name.to_owned()));
    match value {
        Value::Object(members) if !members.is_empty() => {
            let (open, between, close) = if fits {
                ("{".to_owned(), ", ".to_owned(), "}".to_owned())
            } else {
                let end = "  ".repeat(depth);
                (format!("{{\n{indent}"), format!(",\n{indent}"), format!("\n{end}}}"))
            };
            text.push_str(&open);
            for (place, (key, value)) in members.iter().enumerate() {
                if place > 0 {
                    text.push_str(&between);
                }
                text.push_str(&name(key));
                text.push_str(": ");
                write(value, depth + 1, text);
            }
            text.push_str(&close);
        }
        Value::List(items) if !items.is_empty() => {
            let (open, between, close) = if fits {
                ("[".to_owned(), ", ".to_owned(), "]".to_owned())
            } else {
                let end = "  ".repeat(depth);
                (format!("[\n{indent}"), format!(",\n{indent}"), format!("\n{end}]"))
            };
            text.push_str(&open);
            for (place, value) in items.iter().enumerate() {
                if place > 0 {
                    text.push_str(&between);
                }
                write(value, depth + 1, text);
            }
            text.push_str(&close);
        }
        _ => text.push_str(&flat),
    }
}

fn strings(case: &Value, name: &str) -> Vec<String> {
    list(case, name)
        .iter()
        .filter_map(Value::as_text)
        .map(str::to_owned)
        .collect()
}

/// The table of `docs/clauses.md`.
fn table(rows: &[(Value, Told)]) -> String {
    let zh: BTreeMap<&str, &str> = kinds::words().collect();
    let mut text = String::from(
        "# Published clauses 已表达的条款\n\nWritten by `ZEREN_BLESS=1 cargo test --test clauses`. Each row is a published scoring \
         clause, the rule kinds that say it, and its case file in `tests/cases/clauses`.\n\n",
    );
    let formulas = rows.iter().filter(|(_, told)| told.kinds.contains(&"formula")).count();
    let count = |standing: &str| {
        rows.iter()
            .filter(|(case, _)| self::text(case, "standing") == Some(standing))
            .count()
    };
    text.push_str(&format!(
        "{} clauses: {} as rules, {} as a fact rule or step, {} outside. With a bare formula: {formulas}.\n\n",
        rows.len(),
        count("rule"),
        count("step"),
        count("outside")
    ));
    text.push_str(
        "| clause | published | standing | rule kinds and parts | holes | note |\n|---|---|---|---|---|---|\n",
    );
    for (case, told) in rows {
        let mut kinds: Vec<String> = told.kinds.iter().map(|kind| format!("`{kind}` {}", zh[kind])).collect();
        let parts = [
            "vetoes",
            "grades",
            "quotas",
            "bonus",
            "penalties",
            "definitions",
            "ranking",
        ];
        let used = |part: &&&str| case.get("scheme").is_some_and(|scheme| scheme.get(part).is_some());
        kinds.extend(parts.iter().filter(used).map(|part| format!("`{part}`")));
        let holes: Vec<&str> = list(case, "holes")
            .iter()
            .filter_map(|hole| self::text(hole, "question"))
            .collect();
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        text.push_str(&format!(
            "| [{id}](../tests/cases/clauses/{id}.json) | {} | {} | {} | {} | {} |\n",
            cell(self::text(case, "published").unwrap_or("")),
            self::text(case, "standing").unwrap_or(""),
            kinds.join("、"),
            cell(&holes.join("；")),
            cell(self::text(case, "note").unwrap_or("")),
            id = self::text(case, "clause").unwrap_or(""),
        ));
    }
    text
}

#[test]
fn every_published_clause() {
    let bless = std::env::var_os("ZEREN_BLESS").is_some();
    let files = files("clauses");
    let mut failed = Vec::new();
    let mut rows = Vec::new();
    for file in &files {
        let case = read(file);
        let tried = std::panic::catch_unwind(|| {
            let told = run(&case);
            if !bless {
                assert_eq!(strings(&case, "lines"), told.lines, "lines");
                assert_eq!(strings(&case, "read_back"), told.read_back, "read_back");
            }
            told
        });
        match tried {
            Ok(told) => {
                if bless {
                    std::fs::write(file, blessed(&case, &told)).unwrap();
                }
                rows.push((case, told));
            }
            Err(_) => failed.push(file.file_name().unwrap().to_owned()),
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} failed: {failed:?}",
        failed.len(),
        files.len()
    );
    assert_eq!(files.len(), 205, "one file a clause");
    let (page, written) = (
        table(&rows),
        Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clauses.md"),
    );
    if bless {
        std::fs::write(&written, &page).unwrap();
    }
    let held = std::fs::read_to_string(&written).unwrap_or_default();
    assert_eq!(
        held, page,
        "docs/clauses.md is written by ZEREN_BLESS=1 cargo test --test clauses"
    );
}

#[test]
fn twenty_clauses_written_afresh() {
    let files = files("afresh");
    for file in &files {
        let case = read(file);
        run(&case);
        let first = file
            .parent()
            .unwrap()
            .with_file_name("clauses")
            .join(file.file_name().unwrap());
        for same in ["clause", "source", "published"] {
            assert_eq!(text(&case, same), text(&read(&first), same), "{same}");
        }
    }
    assert_eq!(files.len(), 20, "one file a clause");
}
