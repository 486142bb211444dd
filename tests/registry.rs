//! The registry through its views: what an act changes, on which days, and as known when.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use zeren::calendar::{Date, Timestamp};
use zeren::document::parse;
use zeren::ledger::Position;
use zeren::registry::RegistryView;
use zeren::system::{Request, System};

const FOUNDED: &str = r#"[
    {"act": "edges.declared", "id": "边", "effective": "2022-01-01",
     "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true}]},
    {"act": "units.founded", "id": "建", "effective": "2022-01-01", "units": [
        {"id": "区", "name": "示例新区", "class": "区"},
        {"id": "甲", "name": "甲镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]},
        {"id": "乙", "name": "乙镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]},
        {"id": "丙", "name": "丙镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]}]}
]"#;

fn add(system: &mut System, acts: &str) {
    let zeren::document::Value::List(acts) = parse(acts.as_bytes()).unwrap() else {
        panic!("a list of acts");
    };
    let request = Request {
        head: system.head().clone(),
        time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
        operator: "录入员-1".into(),
        acts,
    };
    let prepared = system.prepare(&request).unwrap_or_else(|error| panic!("{error}"));
    system.commit(prepared).unwrap();
}

fn system(acts: &str) -> System {
    let mut system = System::new("示例新区");
    add(&mut system, FOUNDED);
    add(&mut system, acts);
    system
}

fn view<'a>(system: &'a System, day: &str) -> RegistryView<'a> {
    system.view(Date::from_iso(day).unwrap(), None).registry()
}

fn successors(view: &RegistryView<'_>, unit: &str) -> Vec<String> {
    let units = &view.registry().units;
    let found = view.successors(units.key(unit).unwrap());
    found.into_iter().map(|key| units.id(key).to_owned()).collect()
}

#[test]
fn a_class_is_of_the_day() {
    let system = system(
        r#"[
        {"act": "unit.reclassified", "id": "撤镇设街", "effective": "2022-06-01", "unit": "甲", "class": "街道"},
        {"act": "unit.reclassified", "id": "改正", "effective": "2022-07-01", "unit": "甲", "class": "街道", "corrects": "撤镇设街"}
    ]"#,
    );
    let class = |day, known: u32| {
        let view = system
            .view(Date::from_iso(day).unwrap(), Some(Position::new(known)))
            .registry();
        view.class(view.registry().units.key("甲").unwrap()).to_owned()
    };
    assert_eq!(class("2022-06-15", 2), "镇");
    assert_eq!(class("2022-06-15", 3), "街道");
    assert_eq!(class("2022-06-15", 4), "镇");
    assert_eq!(class("2022-07-01", 4), "街道");
    assert_eq!(class("2021-12-31", 4), "镇");
}

#[test]
fn successors_are_followed_to_units_that_exist() {
    let system = system(
        r#"[
        {"act": "units.merged", "id": "并", "effective": "2022-05-01", "units": ["甲"], "into": "乙"},
        {"act": "unit.split", "id": "分", "effective": "2022-09-01", "unit": "乙", "into": ["丙", "区"], "ends": true},
        {"act": "unit.split", "id": "析", "effective": "2022-10-01", "unit": "丙", "into": ["区"]}
    ]"#,
    );
    assert_eq!(successors(&view(&system, "2022-04-30"), "甲"), ["甲"]);
    assert_eq!(successors(&view(&system, "2022-05-01"), "甲"), ["乙"]);
    assert_eq!(successors(&view(&system, "2022-09-01"), "甲"), ["丙", "区"]);
    // A split that leaves the unit alive changes nothing for who carries on.
    assert_eq!(successors(&view(&system, "2022-10-01"), "甲"), ["丙", "区"]);
    let view = view(&system, "2022-05-01");
    let (last, into) = view.ended(view.registry().units.key("甲").unwrap()).unwrap();
    assert_eq!(last, Date::from_iso("2022-04-30").unwrap());
    assert_eq!(into, [view.registry().units.key("乙").unwrap()]);
}

#[test]
fn two_units_that_were_merged_into_each_other_lead_nowhere() {
    let system = system(
        r#"[
        {"act": "units.merged", "id": "并", "effective": "2022-05-01", "units": ["甲"], "into": "乙"},
        {"act": "units.merged", "id": "反并", "effective": "2022-05-01", "units": ["乙"], "into": "甲"}
    ]"#,
    );
    assert!(successors(&view(&system, "2022-06-01"), "甲").is_empty());
}

#[test]
fn a_correction_of_a_merger_replaces_it_whole() {
    let mut system = system(
        r#"[
        {"act": "units.merged", "id": "并", "effective": "2022-05-01", "units": ["甲", "乙"], "into": "区"},
        {"act": "units.merged", "id": "改", "effective": "2022-06-01", "units": ["甲", "丙"], "into": "乙", "corrects": "并"}
    ]"#,
    );
    let now = view(&system, "2022-06-01");
    let alive: Vec<_> = now.units().map(|unit| now.registry().units.id(unit)).collect();
    assert_eq!(alive, ["乙", "区"]);
    assert_eq!(successors(&now, "丙"), ["乙"]);
    let before = system
        .view(Date::from_iso("2022-06-01").unwrap(), Some(Position::new(3)))
        .registry();
    assert_eq!(successors(&before, "乙"), ["区"]);
    add(
        &mut system,
        r#"[{"act": "units.merged", "id": "撤", "effective": "2022-06-01", "units": [], "into": "乙", "corrects": "改"}]"#,
    );
    assert_eq!(view(&system, "2022-06-01").units().count(), 4);
}
