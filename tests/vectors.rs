//! The rows of `tests/data/vectors.json` that the public interface can be held to.
//!
//! The rows of codes, document numbers and written dates are also walked by the unit tests of those rooms; here they
//! are held to what a host sees. The SM2 rows are walked by `tests/signatures`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeSet;

use zeren::document::{Value, parse, sm3_hex};
use zeren::exact::{Exact, Mode, Rounding};

const VECTORS: &[u8] = include_bytes!("data/vectors.json");

fn rows(section: &str) -> Vec<Value> {
    match parse(VECTORS).unwrap().get(section) {
        Some(Value::List(rows)) if !rows.is_empty() => rows.clone(),
        _ => panic!("vectors.json has no rows {section}"),
    }
}

fn text<'v>(row: &'v Value, name: &str) -> &'v str {
    row.get(name).and_then(Value::as_text).unwrap()
}

#[test]
fn every_rounding_row_in_every_mode() {
    for row in rows("rounding") {
        let number = |name: &str| Exact::from_text(text(&row, name)).unwrap();
        for mode in [Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up] {
            let rounding = Rounding::new(mode, number("interval")).unwrap();
            let rounded = rounding.round(&number("value"));
            assert_eq!(rounded, number(mode.word()), "{row:?} {}", mode.word());
            assert_eq!(rounding.round(&rounded), rounded, "rounding twice moved {row:?}");
        }
    }
}

#[test]
fn every_digest_row() {
    for row in rows("sm3") {
        assert_eq!(sm3_hex(text(&row, "text").as_bytes()), text(&row, "digest"));
    }
}

/// A section that nobody walks is a promise that nobody keeps.
#[test]
fn no_section_is_left_out() {
    let Value::Object(sections) = parse(VECTORS).unwrap() else {
        panic!("vectors.json is an object");
    };
    let walked = [
        ("src/exact/tests.rs", "rounding"),
        ("src/codes/credit.rs", "unified_social_credit_code"),
        ("src/codes/organization.rs", "organization_code"),
        ("src/codes/number.rs", "document_numbers"),
        ("src/calendar/written.rs", "written_dates"),
        ("tests/vectors.rs", "sm3"),
        ("tests/signatures/main.rs", "sm2"),
    ];
    for (file, section) in walked {
        let source = std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(source.contains(section), "{file} no longer walks {section}");
    }
    let known: BTreeSet<&str> = walked.iter().map(|(_, section)| *section).chain(["about"]).collect();
    for (section, _) in &sections {
        assert!(known.contains(section.as_str()), "nobody walks {section}");
    }
}
