//! The rule sets that ship as examples, and the pieces of `docs/rule-sets.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use zeren::calendar::{Date, Timestamp};
use zeren::document::{Name, Read, Shape, Value, canonical, parse, read, read_value};
use zeren::error::Severity;
use zeren::system::{Request, RuleSet, System, known_checks};

const EXAMPLES: &[&str] = &["publicity-2023.json", "safety-2023.json"];

/// What a rule set must say besides what a piece shows.
const BASE: &str = r#"{"kind": "rule_set", "format": 1, "id": "rs", "version": "1", "title": "示例规则集",
    "period": {"from": "2023-01-01", "to": "2023-12-31"}}"#;

fn text(path: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn example(name: &str) -> Value {
    parse(text(&format!("examples/rules/{name}")).as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn members(value: &Value) -> &[(Name, Value)] {
    match value {
        Value::Object(members) => members,
        other => panic!("not an object: {}", canonical(other)),
    }
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        None => &[],
        Some(other) => panic!("{name} is no list: {}", canonical(other)),
    }
}

/// The codes that a rule set names, switched off or otherwise.
fn named(rule_set: &Value) -> Vec<&str> {
    let off = list(rule_set, "switched_off").iter().filter_map(Value::as_text);
    let checks = list(rule_set, "checks").iter();
    off.chain(checks.filter_map(|check| check.get("code").and_then(Value::as_text)))
        .collect()
}

/// The rooms of which a view or a year tells; of documents, what is said of texts that were taken as they are.
const ROOMS: &[&str] = &[
    "assessment",
    "cascade",
    "document",
    "letter",
    "plan",
    "registry",
    "supervision",
    "system",
    "year",
];

/// The findings that a view can show, by the reference of acts and checks.
fn checks() -> BTreeSet<String> {
    let reference = text("docs/acts.md");
    let rows = reference.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        let code = cells.next()?.strip_suffix('`')?;
        let severity = cells.next()?;
        let (room, _) = code.split_once('.')?;
        (ROOMS.contains(&room) && ["问题", "提示"].contains(&severity)).then(|| code.to_owned())
    });
    rows.collect()
}

#[test]
fn every_check_is_named_by_an_example_and_every_name_is_a_check() {
    let checks = checks();
    assert!(checks.len() > 40, "the reference is not read as it is written");
    let examples: Vec<Value> = EXAMPLES.iter().map(|name| example(name)).collect();
    let named: BTreeSet<String> = examples.iter().flat_map(named).map(str::to_owned).collect();
    let missing: Vec<&String> = checks.difference(&named).collect();
    assert!(
        missing.is_empty(),
        "name in examples/rules/publicity-2023.json or safety-2023.json: {missing:#?}"
    );
    let unknown: Vec<&String> = named.difference(&checks).collect();
    assert!(unknown.is_empty(), "examples/rules name what is no check: {unknown:#?}");
}

#[test]
fn the_library_knows_the_checks_of_the_reference() {
    let checks = checks();
    if std::env::var_os("ZEREN_BLESS").is_some_and(|bless| bless == "1") {
        let lines: String = checks.iter().map(|code| format!("{code}\n")).collect();
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/system/checks.txt");
        std::fs::write(path, lines).unwrap();
        return;
    }
    assert!(
        known_checks().eq(checks.iter().map(String::as_str)),
        "src/system/checks.txt is not what docs/acts.md says: run this test with ZEREN_BLESS=1, once docs/acts.md is right"
    );
}

#[test]
fn a_misspelt_check_is_told_with_its_place_and_the_nearest() {
    let rules = r#"{"switched_off": ["letter.no_basis", "letter.no_bases"],
        "checks": [{"code": "system.loop_open", "off": true}, {"code": "etwas", "off": true}]}"#;
    let system = adopted("区", "镇", &piece(&parse(rules.as_bytes()).unwrap()));
    let found = system.view(Date::from_iso("2023-06-30").unwrap(), None).findings();
    let unknown: Vec<_> = found
        .iter()
        .filter(|finding| finding.code == "system.unknown_check")
        .collect();
    let places: Vec<_> = unknown
        .iter()
        .map(|finding| finding.pointer.as_deref().unwrap())
        .collect();
    assert_eq!(places, ["/switched_off/1", "/checks/1/code"]);
    assert!(unknown[0].zh.contains("“letter.no_basis”") && unknown[0].en.contains("\"letter.no_basis\""));
    assert!(!unknown[1].en.contains("did you mean"));
    assert!(unknown.iter().all(|finding| finding.subject.as_deref() == Some("rs")));
}

#[test]
fn an_example_names_a_check_once() {
    for name in EXAMPLES {
        let rule_set = example(name);
        let codes = named(&rule_set);
        let mut seen = BTreeSet::new();
        let twice: Vec<&&str> = codes.iter().filter(|code| !seen.insert(**code)).collect();
        assert!(twice.is_empty(), "{name}: {twice:?}");
    }
}

/// A ledger with a top, one unit below it, and the rule set in force.
fn adopted(top: &str, class: &str, rule_set: &Value) -> System {
    let mut system = System::new("示例");
    let acts = format!(
        r#"[{{"act": "edges.declared", "id": "边", "effective": "2023-01-01",
              "edges": [{{"id": "line", "name": "隶属", "single": true, "acyclic": true}}]}},
            {{"act": "units.founded", "id": "建", "effective": "2023-01-01", "units": [
              {{"id": "{top}", "name": "示例", "class": "顶"}},
              {{"id": "甲", "name": "甲", "class": "{class}", "superiors": [{{"edge": "line", "unit": "{top}"}}]}}]}},
            {{"act": "rule_set.adopted", "id": "规", "effective": "2023-01-01", "rule_set": {}}}]"#,
        canonical(rule_set)
    );
    let Value::List(acts) = parse(acts.as_bytes()).unwrap() else {
        panic!("acts are a list")
    };
    let request = Request {
        head: system.head().clone(),
        time: Timestamp::parse("2023-01-02T09:00:00+08:00").unwrap(),
        operator: "录入员-1".into(),
        acts: acts.into_iter().map(Into::into).collect(),
    };
    let prepared = system.prepare(&request).unwrap_or_else(|error| panic!("{error}"));
    system.commit(prepared).unwrap();
    system
}

/// Codes and severities of the findings of a day, with how many of each.
fn found(system: &System, day: &str) -> BTreeMap<(&'static str, Severity), usize> {
    let mut found = BTreeMap::new();
    for finding in system.view(Date::from_iso(day).unwrap(), None).findings() {
        *found.entry((finding.code, finding.severity)).or_insert(0) += 1;
    }
    found
}

#[test]
fn the_publicity_year_asks_of_a_town_what_it_says() {
    let system = adopted("xinqu", "镇", &example("publicity-2023.json"));
    let (warning, notice) = (Severity::Warning, Severity::Notice);
    let july = found(&system, "2023-07-10");
    // On the last day for the first half of the year nothing is overdue.
    assert_eq!(july.get(&("plan.obligation_overdue", warning)), None);
    assert_eq!(july.get(&("cascade.no_letter", warning)), Some(&1));
    assert_eq!(july.get(&("system.loop_open", warning)), Some(&5));
    let august = found(&system, "2023-08-01");
    // The half-year meeting and the half-year report.
    assert_eq!(august.get(&("plan.obligation_overdue", warning)), Some(&2));
    assert_eq!(august.get(&("registry.group_without_number", notice)), None);
    // Until its accounts are closed the year is still told of; one day later nobody asks.
    assert!(found(&system, "2024-02-29").contains_key(&("plan.obligation_overdue", warning)));
    assert!(found(&system, "2024-03-01").is_empty());
}

#[test]
fn the_safety_year_asks_of_a_county_what_it_says() {
    let system = adopted("shi", "县区", &example("safety-2023.json"));
    let april = found(&system, "2023-04-11");
    // One quarterly meeting and three months of checks.
    assert_eq!(april.get(&("plan.obligation_overdue", Severity::Warning)), Some(&4));
    let view = system.view(Date::from_iso("2023-04-11").unwrap(), None);
    let bases: BTreeSet<String> = view
        .findings()
        .into_iter()
        .filter_map(|finding| finding.basis)
        .collect();
    for article in ["六", "九"] {
        assert!(bases.contains(&format!("《示例市安全生产责任制规定》第{article}条")));
    }
}

#[test]
fn a_place_weighs_a_check_and_gives_it_a_basis() {
    let with = |checks: &str| {
        let rules = format!(r#"{{"loop": ["inspection"], "checks": {checks}}}"#);
        let system = adopted("区", "镇", &piece(&parse(rules.as_bytes()).unwrap()));
        system.view(Date::from_iso("2023-06-30").unwrap(), None).findings()
    };
    let plain = with("[]");
    assert_eq!(
        (plain.len(), plain[0].severity, &plain[0].basis),
        (1, Severity::Warning, &None)
    );
    let weighed = with(r#"[{"code": "system.loop_open", "severity": "notice", "basis": "《规定》第二条"}]"#);
    assert_eq!(weighed[0].severity, Severity::Notice);
    assert_eq!(weighed[0].basis.as_deref(), Some("《规定》第二条"));
    assert!(with(r#"[{"code": "system.loop_open", "off": true}]"#).is_empty());
}

/// A whole rule set of the members shown.
fn piece(shown: &Value) -> Value {
    let base = parse(BASE.as_bytes()).unwrap();
    let mut whole: Vec<(Name, Value)> = members(shown).to_vec();
    let missing = members(&base).iter().filter(|(name, _)| shown.get(name).is_none());
    whole.extend(missing.cloned());
    Value::Object(whole)
}

#[test]
fn the_pieces_of_the_guide_can_be_adopted_and_its_cases_exist() {
    let guide = text("docs/rule-sets.md");
    let pieces: Vec<&str> = guide
        .split("```json\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    let mut shown = BTreeSet::new();
    for piece_text in &pieces {
        let value = parse(piece_text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {piece_text}"));
        shown.extend(members(&value).iter().map(|(name, _)| name.clone()));
        let whole = piece(&value);
        read_value::<RuleSet>(&whole).unwrap_or_else(|error| panic!("{error}: {piece_text}"));
        adopted("区", "镇", &whole);
    }
    let Shape::Record(shape) = RuleSet::shape() else {
        panic!("a rule set is a record")
    };
    let hidden: Vec<&str> = shape
        .fields
        .iter()
        .map(|field| field.name)
        .filter(|name| !shown.contains(*name))
        .collect();
    assert!(hidden.is_empty(), "docs/rule-sets.md shows no example of {hidden:?}");
    let cases: Vec<&str> = guide
        .split("\nCases: ")
        .skip(1)
        .flat_map(|rest| rest.split("\n\n").next().unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert!(cases.len() > 30, "every chapter names its cases");
    for case in cases {
        text(&format!("tests/cases/system/{case}.json"));
    }
}

#[test]
fn an_example_reads_as_a_document() {
    for name in EXAMPLES {
        let document = text(&format!("examples/rules/{name}"));
        read::<RuleSet>(document.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}
