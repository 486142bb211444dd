//! Columns, and questions to a scheme, in Rust, C and Python: the same bytes three ways.
#![cfg(feature = "capi")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{compile, has, library, root, run};
use zeren::calendar::Date;
use zeren::scheme::Scheme;
use zeren::score::check;
use zeren::score::column::{Amounts, Column, ColumnPlan, Presence, Table, Values};

const ROWS: usize = 40;

fn document() -> PathBuf {
    root().join("tests/three_ways/columns.json")
}

fn numbers(of: impl Fn(i64) -> i64) -> Vec<i64> {
    (0..i64::try_from(ROWS).unwrap()).map(of).collect()
}

fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // What an earlier run left must not pass for what this one says.
    let _ = std::fs::remove_file(&place);
    place
}

/// The facts of a row as a document.
fn facts(row: usize, meetings: usize) -> String {
    let (reached, level) = (row.is_multiple_of(2), if row.is_multiple_of(3) { "高" } else { "低" });
    let (money, month) = (100 + row, row % 12 + 1);
    format!(
        r#"{{"kind":"facts","format":1,"subject":"{row}","scheme":"s","facts":{{"场次":{meetings},"投入":{money},"达标":{reached},"档次":"{level}","报送日":"2023-{month:02}-15"}}}}"#
    )
}

/// Everything that is asked, through the Rust API.
fn transcript() -> String {
    let scheme = Scheme::parse(&std::fs::read(document()).unwrap()).unwrap();
    let plan = ColumnPlan::new(&scheme).unwrap();
    let mut said = vec![serde_json::to_string(&plan.about()).unwrap()];
    let (meetings, cents) = (numbers(|row| row * 7 % 21), numbers(|row| 100 + row * 97 % 90_000));
    let day = |row: i64| {
        Date::new(2023, u8::try_from(row % 12 + 1).unwrap(), 15)
            .unwrap()
            .number()
    };
    let days = numbers(day);
    let reached: Vec<u8> = (0..ROWS).map(|row| u8::from(row.is_multiple_of(2))).collect();
    let levels: Vec<u32> = (0..ROWS).map(|row| u32::from(!row.is_multiple_of(3))).collect();
    let cohorts: Vec<u32> = (0..ROWS).map(|row| u32::try_from(row / 10).unwrap()).collect();
    let known = |row: usize| {
        if row % 16 == 5 {
            Presence::Unknown
        } else {
            Presence::Known
        }
    };
    let presence: Vec<Presence> = (0..ROWS).map(known).collect();
    let number = |values, scale| Column::from(Values::Number { values, scale });
    let table = Table {
        rows: ROWS,
        columns: vec![
            Column {
                presence: Some(&presence),
                ..number(&meetings, 0)
            },
            number(&cents, 2),
            Values::Truth(&reached).into(),
            Values::Word(&levels).into(),
            number(&days, 0),
        ],
        cohorts: Some(&cohorts),
        parents: None,
    };
    let scored = plan.score(&table).unwrap();
    let column = |what: &str, item: &str, amounts: &Amounts| {
        let rows = (0..ROWS).filter(|row| !scored.sheets.contains_key(row));
        let below = |row: usize| {
            amounts
                .denominators
                .as_ref()
                .map_or(1, |below| *below.get(row).unwrap())
        };
        let cells = rows.map(|row| format!(" {}/{}", amounts.numerators.get(row).unwrap(), below(row)));
        format!("{what} {item}{}", cells.collect::<String>())
    };
    for (item, amounts) in plan.items().zip(&scored.points) {
        said.push(column("points", item, amounts));
    }
    said.push(column("total", "-", &scored.total));
    said.push(column("grade", "-", scored.grade.as_ref().unwrap()));
    said.push(column("earned_grade", "-", scored.earned_grade.as_ref().unwrap()));
    said.push(column("rank", "-", scored.rank.as_ref().unwrap()));
    said.extend(scored.sheets.values().map(|sheet| sheet.to_json().unwrap()));

    let all = |first: usize| {
        let each = (0..4).map(|row| facts(row, if row == 0 { first } else { row }));
        format!("[{}]", each.collect::<Vec<_>>().join(","))
    };
    let (before, after) = (all(0), all(5));
    let sheets = scheme.answer_cohort(before.as_bytes()).unwrap();
    // One a line: the other ways have them one by one.
    let inner = sheets
        .strip_prefix('[')
        .and_then(|sheets| sheets.strip_suffix(']'))
        .unwrap();
    said.push(inner.replace(",{\"kind\":\"sheet\"", "\n{\"kind\":\"sheet\""));
    said.push(serde_json::to_string(&check(&scheme)).unwrap());
    let query = format!(r#"{{"facts":{before},"subject":"0","total":12}}"#);
    said.push(scheme.answer_would_take(query.as_bytes()).unwrap());
    let query = format!(r#"{{"before":{before},"after":{after},"subject":"0"}}"#);
    said.push(scheme.answer_difference(&scheme, query.as_bytes()).unwrap());
    said.join("\n") + "\n"
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
    let transcript = place("columns-c.txt");
    run(Command::new(compile(&root().join("tests/three_ways/columns.c")))
        .arg(&transcript)
        .arg(document()));
    same(&transcript);
}

#[test]
fn python_says_what_rust_says() {
    if !has("python3") {
        return;
    }
    let transcript = place("columns-python.txt");
    run(Command::new("python3")
        .env("ZEREN_LIBRARY", library())
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-W", "error"])
        .arg(root().join("tests/three_ways/columns.py"))
        .arg(&transcript)
        .arg(document()));
    same(&transcript);
}

#[test]
fn the_transcript_holds_both_ways_of_scoring() {
    let said = transcript();
    // A cohort of ten takes part whole when one of it is unknown; the fourth has nobody unknown.
    assert!(
        said.lines()
            .filter(|line| line.starts_with("{\"kind\":\"sheet\""))
            .count()
            > 10
    );
    assert!(said.lines().any(|line| line.starts_with("total -") && line.len() > 20));
}
