//! `schema/*.json` is what the shapes say (`ZEREN_BLESS=1 cargo test --test schemas` writes it anew), and the schemas
//! agree with the reader on every document of the examples and cases, and on those documents with one thing changed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

mod validator;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use validator::{Validator, members};
use zeren::calendar::WorkCalendar;
use zeren::document::{Read, Value, canonical, parse, read_value};
use zeren::error::Error;
use zeren::fact::Facts;
use zeren::ledger::{Checkpoint, Inclusion};
use zeren::letter::{DigestQuery, SignatureQuery};
use zeren::report::{CertificateRequest, PaperRequest};
use zeren::schemas::schemas;
use zeren::scheme::{Scheme, TemplateQuery};
use zeren::system::{ACTS, Act, Query, Request, RuleSet};
use zeren::year::{ArchiveQuery, AssessQuery};

/// What a schema must see too. All other problems, such as a day that does not exist, are for the reader alone.
const STRUCTURE: &[&str] = &[
    "act.unknown_kind",
    "calendar.unknown_format",
    "calendar.wrong_kind",
    "document.missing_field",
    "document.other_format",
    "document.other_kind",
    "document.out_of_range",
    "document.unknown_field",
    "document.unknown_format",
    "document.unknown_word",
    "document.wrong_type",
    "scheme.edition",
    "scheme.unknown_kind",
];

/// Documents that stand in no example.
const SAMPLES: &[(&str, &str)] = &[
    (
        "calendar",
        r#"{"kind": "calendar", "format": 1, "year": 2022, "basis": "国办发明电〔2021〕11号",
            "holidays": ["2022-10-03", "20221004"], "workdays": ["2022-10-08"]}"#,
    ),
    (
        "assess_query",
        r#"{"day": "2023-12-31", "known": 12, "subjects": ["s-jia"]}"#,
    ),
    ("assess_query", r#"{"day": "2023-12-31"}"#),
    (
        "checkpoint",
        r#"{"kind": "checkpoint", "format": 1, "ledger": "示例新区", "position": 2,
            "digest": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "root": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"}"#,
    ),
    (
        "inclusion",
        r#"{"kind": "inclusion", "format": 1, "of": 2, "line": "x",
            "path": ["66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"]}"#,
    ),
    ("archive_query", r#"{"subject": "s-jia", "day": "2023-12-31"}"#),
    (
        "certificate_request",
        r#"{"letter": "l-1", "day": "2023-12-31", "known": 12, "format": "html", "names": [{"person": "p-1", "name": "张三"}],
            "keys": [{"post": "p", "certificate": "-----BEGIN CERTIFICATE-----", "chain": [""],
                      "revocation": {"outcome": "holds", "source": "吊销列表", "on": "2023-12-01"}}]}"#,
    ),
    (
        "digest_query",
        r#"{"key": "04", "user_id": "1234567812345678", "message": ""}"#,
    ),
    (
        "signature_query",
        r#"{"certificate": "", "chain": [], "content": "", "signature": "00", "signed": "2023-12-31"}"#,
    ),
    (
        "template_query",
        r#"{"format": "xlsx", "supplier": "宣传部", "subjects": [{"id": "s-1", "name": "甲镇", "facts": {
            "宣讲场次": 12, "满意率": {"state": "unknown"}}}, {"id": "s-2"}]}"#,
    ),
    ("template_query", r#"{"opening": 2022, "subjects": []}"#),
    ("template_query", r#"{"events": "通报", "subjects": [{"id": "s-1"}]}"#),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn value(text: &str) -> Value {
    parse(text.as_bytes()).unwrap()
}

fn validators() -> BTreeMap<&'static str, Validator> {
    schemas()
        .map(|(name, text)| (name, Validator::new(value(&text))))
        .collect()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        Some(Value::List(items)) => items.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn the_files_are_what_the_shapes_say() {
    let folder = root().join("schema");
    if std::env::var_os("ZEREN_BLESS").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in schemas() {
            std::fs::write(folder.join(format!("{name}.json")), text).unwrap();
        }
    }
    let mut expected = Vec::new();
    for (name, text) in schemas() {
        let path = folder.join(format!("{name}.json"));
        assert!(
            std::fs::read_to_string(&path).unwrap_or_default() == text,
            "schema/{name}.json is out of date: ZEREN_BLESS=1 cargo test --test schemas"
        );
        expected.push(path);
    }
    assert_eq!(
        files("schema"),
        expected,
        "a file without a document, or names out of order"
    );
}

/// A facts document around values, as the library makes it from the ledger.
fn facts(values: &Value) -> Value {
    value(&format!(
        r#"{{"kind": "facts", "format": 1, "subject": "某部", "scheme": "办法", "facts": {}}}"#,
        canonical(values)
    ))
}

/// A scheme document around what a case is about, as `tests/score_cases.rs` makes it.
fn scheme(about: &Value, facts: Option<&Value>) -> Value {
    let frame = value(
        r#"{"kind": "scheme", "format": 1, "edition": "1", "id": "办法", "version": "1", "title": "示例办法", "year": 2023,
            "status": "adopted", "not_applicable": "renormalise"}"#,
    );
    let mut whole = members(&frame).to_vec();
    whole.extend(facts.map(|facts| ("facts".into(), facts.clone())));
    whole.retain(|(name, _)| about.get(name).is_none());
    whole.extend(members(about).iter().cloned());
    Value::Object(whole)
}

/// The document and those that stand inside it.
fn gather(found: &mut BTreeSet<(&'static str, String)>, acts: &[Value]) {
    for act in acts {
        found.insert(("act", canonical(act)));
        if let Some(rule_set) = act.get("rule_set") {
            found.insert(("rule_set", canonical(rule_set)));
        }
        if let (Some("facts.recorded"), Some(values)) = (act.get("act").and_then(Value::as_text), act.get("facts")) {
            found.insert(("facts", canonical(&facts(values))));
        }
    }
}

/// Every document of the examples and cases, good and bad, with the name of its schema; each once.
fn documents() -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    let head = format!(r#"{{"position": 0, "digest": "{}"}}"#, "0".repeat(64));
    for file in ["2022", "2023"]
        .iter()
        .flat_map(|year| files(&format!("examples/district/{year}")))
    {
        let batch = value(&std::fs::read_to_string(file).unwrap());
        gather(&mut found, &list(batch.get("acts")));
        // The head is put in by the host.
        let mut request = members(&batch).to_vec();
        request.push(("head".into(), value(&head)));
        found.insert(("request", canonical(&Value::Object(request))));
    }
    for file in files("tests/cases/system") {
        let case = value(&std::fs::read_to_string(file).unwrap());
        gather(&mut found, &list(case.get("given")));
        let when = case.get("when").unwrap();
        gather(&mut found, &list(when.get("acts")));
        found.extend(when.get("view").map(|query| ("query", canonical(query))));
        let raw = when.get("text").and_then(Value::as_text);
        found.extend(
            raw.and_then(|text| parse(text.as_bytes()).ok())
                .map(|request| ("request", canonical(&request))),
        );
    }
    for file in files("tests/cases/year/given") {
        let given = value(&std::fs::read_to_string(file).unwrap());
        gather(&mut found, &list(given.get("acts")));
        found.extend(
            list(given.get("schemes"))
                .iter()
                .map(|scheme| ("scheme", canonical(scheme))),
        );
    }
    for file in files("tests/cases/year").iter().filter(|file| file.is_file()) {
        let case = value(&std::fs::read_to_string(file).unwrap());
        gather(&mut found, &list(case.get("given")));
        let when = case.get("when").unwrap();
        gather(&mut found, &list(when.get("acts")));
        for (name, schema) in [("view", "query"), ("query", "assess_query")] {
            found.extend(when.get(name).map(|query| (schema, canonical(query))));
        }
    }
    for file in files("tests/cases/papers/given") {
        let given = value(&std::fs::read_to_string(file).unwrap());
        gather(&mut found, &list(given.get("acts")));
    }
    for file in files("tests/cases/papers").iter().filter(|file| file.is_file()) {
        let case = value(&std::fs::read_to_string(file).unwrap());
        found.insert(("paper_request", canonical(case.get("request").unwrap())));
    }
    for topic in ["expression", "fact", "scheme", "score"] {
        for file in files(&format!("tests/cases/{topic}")) {
            let case = value(&std::fs::read_to_string(file).unwrap());
            for about in ["/given/scheme", "/when/scheme"] {
                let about = case.at(about);
                found.extend(about.map(|about| ("scheme", canonical(&scheme(about, case.at("/given/facts"))))));
            }
            found.extend(
                case.at("/when/values")
                    .map(|values| ("facts", canonical(&facts(values)))),
            );
        }
    }
    for file in files("examples/district/schemes") {
        let scheme = value(&std::fs::read_to_string(file).unwrap());
        found.insert(("scheme", canonical(&scheme)));
    }
    found.extend(SAMPLES.iter().map(|(name, text)| (*name, canonical(&value(text)))));
    found
}

/// The values of facts that an act carries. The ledger keeps any word as a fact; the schema asks at once for what scoring
/// will ask for.
fn values_of(act: &Value) -> Vec<Value> {
    let own = match act.get("act").and_then(Value::as_text) {
        Some("opening_values.imported") => act.get("values"),
        Some("targets.set") => act.get("targets"),
        _ => act.get("facts"),
    };
    let items = list(act.get("items"));
    let of_items = items.iter().filter_map(|item| item.get("facts"));
    own.into_iter().chain(of_items).cloned().collect()
}

fn read_as(name: &str, document: &Value) -> Result<(), Error> {
    fn whole<T: Read>(document: &Value) -> Result<(), Error> {
        read_value::<T>(document).map(drop)
    }
    match name {
        "act" => {
            whole::<Act>(document)?;
            values_of(document)
                .iter()
                .try_for_each(|values| Facts::read(&facts(values)).map(drop))
        }
        "archive_query" => whole::<ArchiveQuery>(document),
        "assess_query" => {
            whole::<AssessQuery>(document)?;
            let changed = document.at("/draft/facts").map(facts);
            changed.map_or(Ok(()), |changed| Facts::read(&changed).map(drop))
        }
        "calendar" => whole::<WorkCalendar>(document),
        "certificate_request" => whole::<CertificateRequest>(document),
        "checkpoint" => Checkpoint::read(document).map(drop),
        "digest_query" => whole::<DigestQuery>(document),
        "facts" => Facts::read(document).map(drop),
        "inclusion" => Inclusion::read(document).map(drop),
        "paper_request" => whole::<PaperRequest>(document),
        "query" => whole::<Query>(document),
        "request" => {
            let request: Request = read_value(document)?;
            request.acts.iter().try_for_each(|act| read_as("act", &act.to_value()))
        }
        "rule_set" => whole::<RuleSet>(document),
        "scheme" => Scheme::read(document).map(drop),
        "signature_query" => whole::<SignatureQuery>(document),
        "template_query" => whole::<TemplateQuery>(document),
        other => panic!("how is {other} read?"),
    }
}

/// Whether the schema is right about a document. What the reader takes it takes; what breaks the structure it refuses.
fn agree(validator: &Validator, name: &str, document: &Value) -> bool {
    let read = read_as(name, document);
    let breaches = validator.breaches(document);
    let right = match &read {
        Ok(()) => breaches.is_empty(),
        Err(error) => {
            let broken = error.findings().iter().any(|finding| STRUCTURE.contains(&finding.code));
            !broken || !breaches.is_empty()
        }
    };
    assert!(
        right,
        "{name}: the schema says {breaches:?}, the reader says {read:?}, of {}",
        canonical(document)
    );
    read.is_ok()
}

#[test]
fn the_schemas_agree_with_the_reader_on_every_example_and_case() {
    let validators = validators();
    let mut good: BTreeMap<&str, u32> = BTreeMap::new();
    let mut acts = BTreeSet::new();
    let mut bad = 0;
    for (name, text) in documents() {
        let document = value(&text);
        if agree(&validators[name], name, &document) {
            *good.entry(name).or_default() += 1;
            acts.extend(document.get("act").and_then(Value::as_text).map(str::to_owned));
        } else {
            bad += 1;
        }
    }
    assert!(
        good.keys().eq(validators.keys()),
        "schemas without a good document: {good:?}"
    );
    let all: BTreeSet<_> = ACTS.iter().map(|act| act.tag.to_owned()).collect();
    assert_eq!(acts, all, "acts without a good document");
    assert!(bad >= 10, "only {bad} bad documents");
}

/// How a document is built: equal for those that differ in their words and numbers, or in how often something repeats.
fn built_like(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let inner = members
                .iter()
                .map(|(name, member)| format!("{name}:{}", built_like(member)));
            format!("{{{}}}", inner.collect::<Vec<_>>().join(","))
        }
        Value::List(items) => {
            let inner: BTreeSet<_> = items.iter().map(built_like).collect();
            format!("[{}]", inner.into_iter().collect::<Vec<_>>().join(","))
        }
        Value::Text(_) => "text".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::Bool(_) => "truth".to_owned(),
        Value::Null => "null".to_owned(),
    }
}

/// The value with one thing changed, in every way.
fn mutants(whole: &Value) -> Vec<Value> {
    let others = [
        "null",
        "true",
        "[]",
        "{}",
        "-1",
        "0.5",
        "4294967296",
        "\"\"",
        "\"无此词\"",
    ];
    let mut found: Vec<Value> = others.map(value).into();
    match whole {
        Value::Object(members) => {
            let with = |index: usize, member: Value| {
                let mut members = members.clone();
                members[index].1 = member;
                Value::Object(members)
            };
            for (index, (_, member)) in members.iter().enumerate() {
                found.extend(mutants(member).into_iter().map(|member| with(index, member)));
                let mut fewer = members.clone();
                fewer.remove(index);
                found.push(Value::Object(fewer));
            }
            let mut more = members.clone();
            more.push(("无此字段".into(), Value::Null));
            found.push(Value::Object(more));
        }
        Value::List(items) => {
            let mut built = BTreeSet::new();
            for (index, item) in items.iter().enumerate() {
                if !built.insert(built_like(item)) {
                    continue;
                }
                found.extend(mutants(item).into_iter().map(|item| {
                    let mut items = items.clone();
                    items[index] = item;
                    Value::List(items)
                }));
            }
        }
        _ => {}
    }
    found
}

#[test]
fn the_schemas_agree_with_the_reader_when_one_thing_is_changed() {
    let validators = validators();
    let mut tried = BTreeMap::from([(true, 0), (false, 0)]);
    let mut built = BTreeSet::new();
    for (name, text) in documents() {
        let document = value(&text);
        // Requests hold acts, and whole schemes the rules of small ones, which are changed on their own.
        if name == "request"
            || (name == "scheme" && text.len() > 2000)
            || !built.insert((
                document.get("act").cloned().map(|act| canonical(&act)),
                built_like(&document),
            ))
        {
            continue;
        }
        for mutant in mutants(&document) {
            *tried.get_mut(&agree(&validators[name], name, &mutant)).unwrap() += 1;
        }
    }
    assert!(tried.values().all(|times| *times > 1000), "{tried:?}");
}

#[test]
fn a_wrong_field_is_refused_where_it_stands() {
    let good = r#"{"act": "units.founded", "id": "a-1", "effective": "2022-01-01",
                   "units": [{"id": "jia", "name": "甲镇", "class": "镇"}]}"#;
    let (act, request) = (&validators()["act"], &validators()["request"]);
    assert_eq!(act.breaches(&value(good)), [""; 0]);
    let bad = good.replace("\"class\"", "\"klass\"");
    assert_eq!(act.breaches(&value(&bad)), [" oneOf"]);
    let around = |act: &str| {
        value(&format!(
            r#"{{"head": {{"position": 0, "digest": "{}"}}, "time": "2022-01-04T09:00:00+08:00", "operator": "u", "acts": [{act}]}}"#,
            "0".repeat(64)
        ))
    };
    assert!(request.accepts(&around(good)));
    assert_eq!(request.breaches(&around(&bad)), ["/acts/0 oneOf"]);
    let facts_schema = &validators()["facts"];
    let reported = |reported: &str| facts_schema.breaches(&facts(&value(reported)));
    assert_eq!(
        reported(r#"{"会议次数": {"state": "at_least", "value": "257/3"}}"#),
        [""; 0]
    );
    assert_eq!(
        reported(r#"{"会议次数": {"state": "at_least"}}"#),
        ["/facts/会议次数 anyOf"]
    );
    assert_eq!(
        reported(r#"{"会议次数": {"state": "unknown", "reason": "未报"}}"#),
        ["/facts/会议次数 anyOf"]
    );
}
