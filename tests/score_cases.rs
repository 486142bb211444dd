//! The cases of `tests/cases/{expression,scheme,fact,score}`: schemes, facts and what they come to.
//!
//! ```json
//! {
//!   "title": "a sentence",
//!   "given": {"facts": [declarations], "scheme": {members of a scheme}, "without": [names], "results": {scheme: outcome}},
//!   "when": {"number" | "condition": "an expression", "repeat": ["text", times], "values": {facts}}
//!        or {"scheme": {members of a scheme}}
//!        or {"values": {facts}},
//!   "then": one or more of "errors", "says", "questions", "table", "findings", "admitted", "value", "total",
//!           "grades", "lines", "items", "open"
//! }
//! ```
//!
//! A scheme is given by what it is about; the rest (identity, `adopted`, `renormalise`, total rounded half up to two
//! places) is put in unless `without` names it. With `given.scheme`, values are scored; with `given.facts` alone they
//! are admitted. Lists are complete and in order. An error is `"code pointer"`, a line `"id points"`, an item
//! `"id points"`, an admitted fact `"name state value"`, a finding `"code fact"`. `table` lists what the read-back must
//! contain. A key that is not named here fails the case.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeSet;
use std::path::Path;

use zeren::document::{Cursor, Name, Problems, Value, canonical, parse};
use zeren::error::{Error, ErrorKind, Finding};
use zeren::exact::Exact;
use zeren::fact::{Admission, Declaration, Facts, Inputs, admit, read_declarations};
use zeren::scheme::Scheme;
use zeren::score::{Outcome, Results, Sheet, score};

fn members<'v>(value: &'v Value, allowed: &[&str]) -> &'v [(Name, Value)] {
    let Value::Object(members) = value else {
        panic!("expected an object with {allowed:?}, found {}", canonical(value));
    };
    for (name, _) in members {
        assert!(
            allowed.contains(&name.as_str()),
            "unknown key {name:?}; known are {allowed:?}"
        );
    }
    members
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(other) => panic!("expected a list, found {}", canonical(other)),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_text().expect("a list of text").to_owned();
    list(Some(value)).iter().map(text).collect()
}

/// The frame of a scheme, with these members in place of its own.
fn scheme(given: &Value, facts: &[Value], without: &[String]) -> Result<Scheme, Error> {
    let frame = r#"{"kind":"scheme","format":1,"edition":"1","id":"办法","version":"1","title":"示例办法","year":2023,
        "status":"adopted","not_applicable":"renormalise","rounding":{"when":"total","place":2,"mode":"half_up"}}"#;
    let Ok(Value::Object(mut whole)) = parse(frame.as_bytes()) else {
        panic!("the frame is an object");
    };
    whole.retain(|(name, _)| given.get(name).is_none() && !without.iter().any(|other| name == other));
    let Value::Object(own) = given else {
        panic!("a scheme is an object");
    };
    whole.extend(own.iter().cloned());
    if given.get("facts").is_none() {
        whole.push(("facts".into(), Value::List(facts.to_vec())));
    }
    Scheme::parse(canonical(&Value::Object(whole)).as_bytes())
}

fn declarations(facts: &[Value]) -> Result<Vec<Declaration>, Error> {
    let problems = Problems::new();
    let whole = Value::List(facts.to_vec());
    let read = read_declarations(&Cursor::root(&whole, &problems));
    problems.settle(ErrorKind::Document, read)
}

fn facts(values: &Value) -> Result<Facts, Error> {
    let text = format!(
        r#"{{"kind":"facts","format":1,"subject":"某部","scheme":"办法","facts":{}}}"#,
        canonical(values)
    );
    Facts::read(&parse(text.as_bytes())?)
}

fn results(given: Option<&Value>) -> Results {
    let Some(Value::Object(schemes)) = given else {
        return Results::new();
    };
    let number = |value: &Value| Exact::from_text(value.as_text().expect("points as text")).unwrap();
    let outcome = |value: &Value| {
        members(value, &["lowest", "highest", "grades"]);
        Outcome {
            lowest: number(value.get("lowest").unwrap()),
            highest: number(value.get("highest").unwrap()),
            grades: texts(value.get("grades").unwrap()),
        }
    };
    schemes
        .iter()
        .map(|(id, value)| (id.to_string(), outcome(value)))
        .collect()
}

enum Outcomes {
    Refused(Error),
    Scheme(Box<Scheme>),
    Admitted(Admission),
    Sheet(Box<Sheet>),
}

/// An expression as the condition of an item, or as the value of one that is worth as many points as it says.
fn around(when: &Value) -> Option<Value> {
    let expression = |text: &str| match list(when.get("repeat")).as_slice() {
        [] => text.to_owned(),
        [Value::Text(part), Value::Number(times)] => {
            let times = usize::try_from(times.to_i64().unwrap()).unwrap();
            text.replace("<repeat>", &part.repeat(times))
        }
        other => panic!("repeat is [text, times], not {other:?}"),
    };
    let (text, rule) = match (when.get("number"), when.get("condition")) {
        (Some(text), None) => (
            text,
            r#"{"kind":"ratio","title":"甲","target":100000,"over_full":"lost","value":""#,
        ),
        (None, Some(text)) => (text, r#"{"kind":"all_or_nothing","when":""#),
        _ => return None,
    };
    let text = canonical(&Value::Text(expression(text.as_text().unwrap())));
    let rule = format!("{}{text}}}", rule.trim_end_matches('"'));
    let items = format!(r#"{{"items":[{{"id":"1","title":"甲","points":100000,"rule":{rule}}}]}}"#);
    Some(parse(items.as_bytes()).unwrap())
}

fn happens(given: &Value, when: &Value) -> Result<Outcomes, Error> {
    members(when, &["number", "condition", "repeat", "values", "scheme"]);
    let declared = list(given.get("facts"));
    let without = given.get("without").map(texts).unwrap_or_default();
    let expression = around(when);
    let members = when.get("scheme").or(expression.as_ref()).or(given.get("scheme"));
    let Some(values) = when.get("values") else {
        let members = members.expect("an expression, a scheme or values");
        return scheme(members, &declared, &without).map(|scheme| Outcomes::Scheme(Box::new(scheme)));
    };
    let Some(members) = members else {
        let inputs = Inputs::new(&declarations(&declared)?, &[]).list();
        return admit(&inputs, 2023, &facts(values)?).map(Outcomes::Admitted);
    };
    let scheme = scheme(members, &declared, &without).unwrap_or_else(|error| panic!("given: {error}"));
    let sheet = score(&scheme, &facts(values)?, &results(given.get("results")))?;
    sums(&sheet);
    Ok(Outcomes::Sheet(Box::new(sheet)))
}

/// Whatever a case is about: the columns add up.
fn sums(sheet: &Sheet) {
    let lowest: Exact = sheet.lines.iter().map(|line| &line.points.lowest).sum();
    let highest: Exact = sheet.lines.iter().map(|line| &line.points.highest).sum();
    assert_eq!(
        (lowest, highest),
        (sheet.total.lowest.clone(), sheet.total.highest.clone())
    );
    let ids: BTreeSet<&str> = sheet.lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), sheet.lines.len(), "line ids repeat");
}

fn told(findings: &[Finding]) -> Vec<String> {
    let told = |finding: &Finding| {
        assert!(!finding.zh.is_empty() && !finding.en.is_empty());
        let place = finding.pointer.as_deref().filter(|place| !place.is_empty());
        format!(
            "{} {}",
            finding.code,
            place.or(finding.subject.as_deref()).unwrap_or("")
        )
        .trim_end()
        .to_owned()
    };
    findings.iter().map(told).collect()
}

/// What a member of `then` is compared with.
fn found(outcome: &Outcomes, name: &str) -> Vec<String> {
    match (name, outcome) {
        ("errors", Outcomes::Refused(error)) => told(error.findings()),
        ("says", Outcomes::Refused(error)) => error.findings().iter().map(|finding| finding.zh.clone()).collect(),
        ("errors", _) => Vec::new(),
        ("questions", Outcomes::Scheme(scheme)) => {
            let asked: Vec<Finding> = scheme
                .questions()
                .iter()
                .map(|question| question.finding.clone())
                .collect();
            told(&asked)
        }
        ("findings", Outcomes::Admitted(admission)) => told(&admission.findings),
        ("admitted", Outcomes::Admitted(admission)) => {
            let word = |fact: &zeren::fact::Admitted| serde_json::to_string(&fact.state).unwrap().replace('"', "");
            let facts = admission.facts.iter();
            facts
                .map(|fact| format!("{} {} {}", fact.name, word(fact), fact.shown()))
                .collect()
        }
        (_, Outcomes::Sheet(sheet)) => match name {
            "findings" => told(&sheet.findings),
            "total" | "value" => vec![sheet.total.zh()],
            "grades" => sheet.grades.clone(),
            "open" => sheet.open.clone(),
            "says" => sheet.lines.iter().map(|line| line.reason.clone()).collect(),
            "lines" => sheet
                .lines
                .iter()
                .map(|line| format!("{} {}", line.id, line.points.zh()))
                .collect(),
            "items" => {
                let not = |applies: bool| if applies { "" } else { " 不适用" };
                let items = sheet.items.iter();
                items
                    .map(|item| format!("{} {}{}", item.id, item.points.zh(), not(item.applicable)))
                    .collect()
            }
            _ => panic!("a sheet has no {name}"),
        },
        (_, Outcomes::Refused(error)) => panic!("refused: {:?}", told(error.findings())),
        _ => panic!("there is no {name} here"),
    }
}

fn run(case: &Value) {
    members(case, &["title", "given", "when", "then"]);
    let title = case.get("title").and_then(Value::as_text).expect("a case has a title");
    assert!(!title.is_ascii(), "titles are Chinese");
    let nothing = Value::Object(Vec::new());
    let given = case.get("given").unwrap_or(&nothing);
    members(given, &["facts", "scheme", "without", "results"]);
    let when = case.get("when").expect("a case has a when");
    let outcome = happens(given, when).unwrap_or_else(Outcomes::Refused);
    let known = [
        "errors",
        "says",
        "questions",
        "table",
        "findings",
        "admitted",
        "value",
        "total",
        "grades",
        "lines",
        "items",
        "open",
    ];
    let then = members(case.get("then").expect("a case has a then"), &known);
    assert!(!then.is_empty(), "a case expects something");
    for (name, expected) in then {
        if name == "table" {
            let Outcomes::Scheme(scheme) = &outcome else {
                panic!("only a scheme has a table");
            };
            for part in texts(expected) {
                assert!(
                    scheme.read_back().contains(&part),
                    "{part} is not in\n{}",
                    scheme.read_back()
                );
            }
            continue;
        }
        let expected = match expected {
            Value::Text(text) => vec![text.clone()],
            _ => texts(expected),
        };
        assert_eq!(found(&outcome, name), expected, "{name} of {title}");
    }
}

#[test]
fn cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = ["expression", "scheme", "fact", "score"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut failed = Vec::new();
    for file in &files {
        let text = std::fs::read(file).unwrap();
        let tried = std::panic::catch_unwind(|| run(&parse(&text).unwrap_or_else(|error| panic!("{error}"))));
        if tried.is_err() {
            failed.push(file.strip_prefix(&root).unwrap().to_owned());
        }
    }
    assert!(files.len() >= 45, "only {} cases", files.len());
    assert!(failed.is_empty(), "failed: {failed:#?}");
}
