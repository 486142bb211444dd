//! Private-use characters in names: told with what is meant, wherever texts come in, until an act corrects them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

mod names;

use names::{Office, scheme};
use serde_json::json;
use zeren::error::Finding;

/// What an older table makes of 龴 (FE59 in GB 18030), which stands in names.
const OLD: &str = "\u{E81E}";

/// The places at which the code is told.
fn told(findings: &[Finding]) -> Vec<(&str, &str)> {
    let ours = findings.iter().filter(|finding| finding.code == "document.private_use");
    ours.map(|finding| {
        (
            finding.subject.as_deref().unwrap_or(""),
            finding.pointer.as_deref().unwrap_or(""),
        )
    })
    .collect()
}

fn founded(id: &str, name: &str) -> serde_json::Value {
    json!({"act": "units.founded", "id": id, "effective": "2023-02-01",
           "units": [{"id": "甲", "name": name, "class": "镇"}]})
}

#[test]
fn a_name_in_the_ledger_is_told_as_of_its_day_and_position_until_its_act_is_corrected() {
    let mut office = Office::new();
    office.enter(&[founded("a-1", &format!("{OLD}镇"))]);
    let findings = office.findings("2023-03-01", None);
    assert_eq!(told(&findings), [("a-1", "/units/0/name")]);
    let finding = findings
        .iter()
        .find(|finding| finding.code == "document.private_use")
        .unwrap();
    assert!(finding.zh.contains("应为“龴”U+9FB4"), "{}", finding.zh);
    assert!(finding.en.contains("write U+9FB4"), "{}", finding.en);
    assert!(
        told(&office.findings("2023-01-31", None)).is_empty(),
        "before it takes effect"
    );
    // The text itself is kept as it was handed in.
    assert!(office.lines.concat().contains(&format!("\"{OLD}镇\"")));

    let mut corrected = founded("a-2", "龴镇");
    corrected["corrects"] = "a-1".into();
    office.enter(&[corrected]);
    assert!(told(&office.findings("2023-03-01", None)).is_empty());
    assert_eq!(
        told(&office.findings("2023-03-01", Some(1))),
        [("a-1", "/units/0/name")],
        "as known before"
    );
    assert_eq!(office.replayed(), office.system);
}

#[test]
fn what_was_only_prepared_is_not_told_and_leaves_nothing() {
    let mut office = Office::new();
    office.enter(&[founded("a-1", &format!("{OLD}镇"))]);
    let mut corrected = founded("a-2", "龴镇");
    corrected["corrects"] = "a-1".into();
    let bad = json!({"act": "unit.renamed", "id": "a-3", "effective": "2023-02-02", "unit": "甲", "name": "\u{E000}"});
    office.prepare(&[corrected, bad]);
    assert_eq!(told(&office.findings("2023-03-01", None)), [("a-1", "/units/0/name")]);
    assert_eq!(office.replayed(), office.system);
}

#[test]
fn every_kind_of_act_is_looked_through() {
    let mut office = Office::new();
    let name = OLD;
    office.enter(&[
        json!({"act": "edges.declared", "id": "边", "effective": "2023-01-01",
               "edges": [{"id": "line", "name": name, "single": true, "acyclic": true}]}),
        founded("建", "甲"),
        json!({"act": "posts.founded", "id": "职", "effective": "2023-02-01",
               "posts": [{"id": "p", "unit": "甲", "name": name}]}),
        json!({"act": "subjects.registered", "id": "对象", "effective": "2023-02-01",
               "subjects": [{"id": "s", "name": name, "class": "镇", "units": ["甲"]}]}),
    ]);
    let findings = office.findings("2023-03-01", None);
    assert_eq!(
        told(&findings),
        [
            ("边", "/edges/0/name"),
            ("职", "/posts/0/name"),
            ("对象", "/subjects/0/name")
        ]
    );
}

#[test]
fn a_rule_set_switches_it_off() {
    let mut office = Office::new();
    office.enter(&[founded("a-1", OLD)]);
    let adopted = |version: &str, off: &[&str]| {
        json!({"act": "rule_set.adopted", "id": format!("规-{version}"), "effective": "2023-01-01", "rule_set":
               {"kind": "rule_set", "format": 1, "id": "rs", "version": version, "title": "示例",
                "period": {"from": "2023-01-01", "to": "2023-12-31"}, "switched_off": off}})
    };
    office.enter(&[adopted("1", &[])]);
    assert_eq!(told(&office.findings("2023-03-01", None)), [("a-1", "/units/0/name")]);
    office.enter(&[adopted("2", &["document.private_use"])]);
    assert!(told(&office.findings("2023-03-01", None)).is_empty());
}

#[test]
fn a_scheme_and_a_sheet_tell_it_too() {
    let clean = scheme("督查通报", "省级");
    assert!(told(&zeren::score::check(&clean)).is_empty());
    let scheme = scheme(&format!("督查{OLD}通报"), "省级");
    let places = [("", "/items/0/rule/channels/0/title"), ("", "/items/0/title")];
    assert_eq!(told(&zeren::score::check(&scheme)), places);
    let sheet = names::sheet(&scheme, &format!("{OLD}村事项"));
    assert_eq!(told(&sheet.findings), [("通报", "/facts/通报")]);
    assert!(told(&names::sheet(&scheme, "龴村事项").findings).is_empty());
}
