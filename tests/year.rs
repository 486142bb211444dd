//! The assessment year over a small ledger: what an earlier scheme gave, and what a failure leaves behind.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

use zeren::document::{Value, parse, read};
use zeren::error::ErrorKind;
use zeren::scheme::Scheme;
use zeren::system::System;
use zeren::year::Year;

/// Two subjects, of which the second has a fact that scheme `part` does not declare.
fn system() -> System {
    let mut system = System::new("a");
    let head = serde_json::to_string(system.head()).unwrap();
    let acts = r#"[
        {"act": "edges.declared", "id": "e", "effective": "2022-01-01",
         "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true}]},
        {"act": "units.founded", "id": "u", "effective": "2022-01-01",
         "units": [{"id": "甲", "name": "甲镇", "class": "镇", "superiors": []}]},
        {"act": "subjects.registered", "id": "s", "effective": "2022-01-01", "subjects": [
          {"id": "one", "name": "甲镇", "class": "镇", "units": ["甲"]},
          {"id": "two", "name": "甲镇", "class": "镇", "units": ["甲"]}]},
        {"act": "facts.recorded", "id": "f", "effective": "2022-12-31", "scheme": "part", "subject": "two",
         "facts": {"谁也不认识": 1}}]"#;
    let request =
        format!(r#"{{"head": {head}, "time": "2023-01-01T09:00:00+08:00", "operator": "u", "acts": {acts}}}"#);
    let prepared = system.prepare(&read(request.as_bytes()).unwrap()).unwrap();
    system.commit(prepared).unwrap();
    system
}

fn scheme(id: &str, items: &str) -> Scheme {
    let document = format!(
        r#"{{"kind": "scheme", "format": 1, "edition": "1", "id": "{id}", "version": "1", "title": "办法", "year": 2022,
            "status": "draft", "items": {items}}}"#
    );
    Scheme::parse(document.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The least that a scheme can score.
const ONE_ITEM: &str =
    r#"[{"id": "1", "title": "项目", "points": 5, "rule": {"kind": "all_or_nothing", "when": "false"}}]"#;

/// An annual scheme of which the other is a part.
fn annual() -> Scheme {
    scheme(
        "annual",
        r#"[{"id": "1", "title": "责任制", "points": 5,
             "rule": {"kind": "included", "title": "责任制", "scheme": "part", "out_of": 100}}]"#,
    )
}

fn assess(year: &mut Year, system: &System, scheme: &Scheme, subjects: &str) -> Result<Value, ErrorKind> {
    let query = read(format!(r#"{{"day": "2022-12-31", "subjects": {subjects}}}"#).as_bytes()).unwrap();
    let answer = year.answer(system, scheme, &query).map_err(|error| error.kind())?;
    Ok(parse(answer.as_bytes()).unwrap())
}

/// Whether the answer says that the result of another scheme is still to come.
fn pending(answer: &Value) -> bool {
    format!("{answer:?}").contains("score.result_pending")
}

#[test]
fn what_a_scheme_gave_counts_in_the_one_that_includes_it() {
    let (system, mut year) = (system(), Year::new());
    let before = assess(&mut year, &system, &annual(), r#"["one"]"#).unwrap();
    assess(&mut year, &system, &scheme("part", ONE_ITEM), r#"["one"]"#).unwrap();
    let after = assess(&mut year, &system, &annual(), r#"["one"]"#).unwrap();
    assert!(pending(&before) && !pending(&after));
}

#[test]
fn an_assessment_that_fails_leaves_the_year_as_it_was() {
    let (system, mut year) = (system(), Year::new());
    let part = scheme("part", ONE_ITEM);
    let failed = assess(&mut year, &system, &part, r#"["one", "two"]"#);
    assert_eq!(failed, Err(ErrorKind::Document));
    assert!(pending(&assess(&mut year, &system, &annual(), r#"["one"]"#).unwrap()));
}

#[test]
fn nobody_is_scored_when_nobody_is_named_and_without_a_roster_that_is_an_error() {
    let (system, mut year) = (system(), Year::new());
    let answer = assess(&mut year, &system, &annual(), "[]").unwrap();
    assert_eq!(answer.get("sheets"), Some(&Value::List(Vec::new())));
    let query = read(br#"{"day": "2022-12-31"}"#).unwrap();
    let error = year.answer(&system, &annual(), &query).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[test]
fn a_subject_that_the_ledger_does_not_know_is_not_scored() {
    let system = system();
    let part = scheme("part", ONE_ITEM);
    assert_eq!(
        assess(&mut Year::new(), &system, &part, r#"["three"]"#),
        Err(ErrorKind::NotFound)
    );
}

#[test]
fn a_version_that_was_adopted_is_scored_as_it_was_adopted() {
    let mut system = system();
    let part = scheme("part", ONE_ITEM);
    let head = serde_json::to_string(system.head()).unwrap();
    let (digest, table) = (part.digest(), part.table_digest());
    let request = format!(
        r#"{{"head": {head}, "time": "2023-01-02T09:00:00+08:00", "operator": "u", "acts": [{{"act": "scheme.adopted", "id": "a",
            "effective": "2022-01-01", "scheme": "part", "version": "1", "year": 2022, "digest": "{digest}",
            "table": "{table}", "includes": []}}]}}"#
    );
    let prepared = system.prepare(&read(request.as_bytes()).unwrap()).unwrap();
    system.commit(prepared).unwrap();
    assert!(assess(&mut Year::new(), &system, &part, r#"["one"]"#).is_ok());
    let other = scheme(
        "part",
        r#"[{"id": "1", "title": "项目", "points": 5, "rule": {"kind": "all_or_nothing", "when": "true"}}]"#,
    );
    assert_eq!(
        assess(&mut Year::new(), &system, &other, r#"["one"]"#),
        Err(ErrorKind::Refused)
    );
}
