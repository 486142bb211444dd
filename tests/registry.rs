//! The registry through its views: what an act changes, on which days, and as known when.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::disallowed_types,
    reason = "a test that fails should fail loudly, and one of bounded time looks at the clock"
)]

use zeren::calendar::{Date, Timestamp};
use zeren::document::{Value, parse};
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

fn request(system: &System, acts: &str) -> Request {
    let Value::List(acts) = parse(acts.as_bytes()).unwrap() else {
        panic!("a list of acts");
    };
    Request {
        head: system.head().clone(),
        time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
        operator: "录入员-1".into(),
        acts: acts.into_iter().map(Into::into).collect(),
    }
}

fn add(system: &mut System, acts: &str) {
    let request = request(system, acts);
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

/// What is asked of every state: the answers do not name positions, so they can be compared between two orders.
fn told(system: &System) -> Vec<String> {
    let mut told = Vec::new();
    for day in ["2022-02-15", "2022-04-15", "2022-06-15", "2022-08-15", "2022-12-31"] {
        let system_view = system.view(Date::from_iso(day).unwrap(), None);
        let view = system_view.registry();
        told.push(serde_json::to_string(&system_view.findings()).unwrap());
        told.push(serde_json::to_string(&zeren::registry::unit_lines(&view, None)).unwrap());
        for unit in view.units() {
            let answers = zeren::registry::answers(&view, &[], unit, Some("文化"));
            told.push(serde_json::to_string(&answers.carriers).unwrap());
            told.push(format!("{:?}", view.places(unit)));
            for post in view.posts(unit) {
                told.push(format!(
                    "{} {} {:?}",
                    view.post_name(post),
                    view.post_seats(post),
                    view.holders(post)
                ));
            }
        }
        for (id, _) in view.groups() {
            let group = zeren::registry::group_portrait(&view, view.registry().groups.key(id).unwrap());
            told.push(serde_json::to_string(&group.standing).unwrap());
        }
    }
    told
}

/// Acts on different days, or on different objects, that refer only to what was entered before them all.
const LATE: &[&str] = &[
    r#"{"act": "unit.reclassified", "id": "1", "effective": "2022-03-01", "unit": "甲", "class": "街道"}"#,
    r#"{"act": "unit.reclassified", "id": "2", "effective": "2022-05-01", "unit": "甲", "class": "新镇"}"#,
    r#"{"act": "unit.renamed", "id": "3", "effective": "2022-05-01", "unit": "甲", "name": "甲街道"}"#,
    r#"{"act": "units.merged", "id": "4", "effective": "2022-08-01", "units": ["乙"], "into": "丙"}"#,
    r#"{"act": "unit.ended", "id": "5", "effective": "2022-10-31", "unit": "乙", "into": ["甲"]}"#,
    r#"{"act": "unit.placed", "id": "6", "effective": "2022-07-01", "unit": "甲", "superior": {"edge": "line", "unit": "丙"}}"#,
    r#"{"act": "unit.detached", "id": "7", "effective": "2022-06-10", "unit": "甲", "superior": {"edge": "line", "unit": "区"}}"#,
    r#"{"act": "post.changed", "id": "8", "effective": "2022-03-01", "post": "甲书记", "seats": 2}"#,
    r#"{"act": "post.changed", "id": "9", "effective": "2022-06-01", "post": "甲书记", "name": "党工委书记"}"#,
    r#"{"act": "posts.ended", "id": "10", "effective": "2022-11-30", "posts": ["乙书记"]}"#,
    r#"{"act": "tenure.ended", "id": "11", "effective": "2022-05-31", "tenure": "t-2"}"#,
    r#"{"act": "tenure.ended", "id": "12", "effective": "2022-09-30", "tenure": "t-2"}"#,
    r#"{"act": "tenures.begun", "id": "13", "effective": "2022-06-01", "tenures": [
        {"id": "t-9", "post": "甲书记", "person": "p-9", "capacity": "presiding"}]}"#,
    r#"{"act": "work.divided", "id": "14", "effective": "2022-03-01", "unit": "区", "members": [
        {"post": "区书记", "units": ["甲"], "fields": ["文化"]}]}"#,
    r#"{"act": "work.divided", "id": "15", "effective": "2022-06-01", "unit": "区", "members": [
        {"post": "区书记", "units": ["乙", "丙"]}, {"post": "乙书记", "units": ["甲"], "fields": ["文化"]}]}"#,
    r#"{"act": "responsibilities.assigned", "id": "16", "effective": "2022-04-01", "responsibilities": [
        {"id": "r-1", "unit": "甲", "responsibility": "first", "post": "甲书记"}]}"#,
    r#"{"act": "group.changed", "id": "17", "effective": "2022-03-01", "group": "组",
        "added": [{"role": "member", "post": "乙书记"}]}"#,
    r#"{"act": "group.changed", "id": "18", "effective": "2022-07-01", "group": "组",
        "removed": [{"role": "member", "post": "乙书记"}]}"#,
    r#"{"act": "groups.confirmed", "id": "19", "effective": "2022-05-01", "groups": ["组"]}"#,
    r#"{"act": "group.abolished", "id": "20", "effective": "2022-09-30", "group": "组"}"#,
    r#"{"act": "groups.merged", "id": "21", "effective": "2022-11-01", "groups": ["组"], "into": "丙组"}"#,
    r#"{"act": "units.located", "id": "22", "effective": "2022-03-01", "units": [{"unit": "甲", "places": [{"name": "旧址"}]}]}"#,
    r#"{"act": "units.located", "id": "23", "effective": "2022-07-01", "units": [{"unit": "甲", "places": [{"name": "新址"}]}]}"#,
    r#"{"act": "units.aliased", "id": "24", "effective": "2022-03-01", "aliases": [{"unit": "甲", "system": "编制", "id": "7"}]}"#,
    r#"{"act": "units.aliased", "id": "25", "effective": "2022-07-01", "aliases": [{"unit": "乙", "system": "编制", "id": "7"}]}"#,
    r#"{"act": "decision.recorded", "id": "26", "effective": "2022-04-01", "decision": "会-1", "unit": "区",
        "attended": [{"post": "区书记", "person": "p-2"}], "dissented": [{"post": "甲书记"}]}"#,
    r#"{"act": "unit.split", "id": "27", "effective": "2022-07-01", "unit": "丙", "into": ["甲"]}"#,
];

const POSTS: &str = r#"[
    {"act": "posts.founded", "id": "职", "effective": "2022-01-01", "posts": [
        {"id": "区书记", "unit": "区", "name": "书记"}, {"id": "甲书记", "unit": "甲", "name": "书记"},
        {"id": "乙书记", "unit": "乙", "name": "书记"}]},
    {"act": "tenures.begun", "id": "任", "effective": "2022-01-01", "tenures": [
        {"id": "t-1", "post": "区书记", "person": "p-1", "capacity": "holder"},
        {"id": "t-2", "post": "甲书记", "person": "p-2", "capacity": "holder"},
        {"id": "t-3", "post": "乙书记", "person": "p-3", "capacity": "holder"}]},
    {"act": "groups.founded", "id": "组建", "effective": "2022-01-05", "groups": [
        {"id": "组", "name": "甲领导小组", "unit": "甲", "changes": [{"policy": "head_approved"}],
         "members": [{"role": "head", "post": "甲书记"}]},
        {"id": "丙组", "name": "丙领导小组", "unit": "丙", "members": [
            {"role": "head", "post": "区书记"}, {"role": "member", "group": "组"}]}]}
]"#;

#[test]
fn the_order_in_which_papers_arrive_does_not_matter() {
    let in_order = |order: &[usize]| {
        let mut system = system(POSTS);
        for at in order {
            add(&mut system, &format!("[{}]", LATE.get(*at).unwrap()));
        }
        told(&system)
    };
    let mut order: Vec<usize> = (0..LATE.len()).collect();
    let expected = in_order(&order);
    // A linear congruential generator with a fixed seed draws the other orders.
    let mut drawn: u64 = 20_220_101;
    for _ in 0..40 {
        for last in (1..order.len()).rev() {
            drawn = drawn
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(drawn >> 33).unwrap() % (last + 1);
            order.swap(last, at);
        }
        let found = in_order(&order);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "in the order {order:?}");
        }
    }
}

/// A tree in which each unit stands below the one before, entered in one act.
fn chain(length: usize) -> String {
    let units: Vec<String> = (0..length)
        .map(|number| {
            let above = number.checked_sub(1).map_or(String::new(), |above| {
                format!(r#", "superiors": [{{"edge": "line", "unit": "深{above}"}}]"#)
            });
            format!(r#"{{"id": "深{number}", "name": "深{number}", "class": "级"{above}}}"#)
        })
        .collect();
    format!(
        r#"[{{"act": "units.founded", "id": "深", "effective": "2022-01-01", "units": [{}]}}]"#,
        units.join(",")
    )
}

#[test]
fn a_tree_ten_thousand_deep_is_entered_and_asked_in_bounded_time() {
    let started = std::time::Instant::now();
    let mut system = system(&chain(10_000));
    add(
        &mut system,
        r#"[{"act": "unit.placed", "id": "根", "effective": "2022-03-01", "unit": "深0", "superior": {"edge": "line", "unit": "区"}},
            {"act": "unit.placed", "id": "中", "effective": "2022-04-01", "unit": "深5000", "superior": {"edge": "line", "unit": "区"}}]"#,
    );
    let ring = r#"[{"act": "unit.placed", "id": "环", "effective": "2022-04-01", "unit": "深5000", "superior": {"edge": "line", "unit": "深9999"}}]"#;
    let request = request(&system, ring);
    assert_eq!(system.prepare(&request).unwrap_err().code(), "registry.cycle");
    let view = system.view(Date::from_iso("2022-06-30").unwrap(), None);
    assert!(view.findings().is_empty());
    let tables = view.registry();
    let units = &tables.registry().units;
    let (deep, top) = (units.key("深9999").unwrap(), units.key("区").unwrap());
    let line = tables.registry().edges.key("line").unwrap();
    assert!(tables.is_above(line, top, deep));
    assert_eq!(zeren::registry::unit_portrait(&tables, deep).line.superiors.len(), 1);
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn a_group_that_refers_to_a_thousand_groups_is_answered_in_bounded_time() {
    let started = std::time::Instant::now();
    let mut system = system(POSTS);
    let groups: Vec<String> = (0..1_000)
        .map(|number| {
            // Each refers to those before it whose number it is a multiple of, so that many ways lead to each.
            let referred: Vec<String> = (1..number)
                .filter(|other| number % other == 0)
                .map(|other| format!(r#", {{"role": "member", "group": "g{other}"}}"#))
                .collect();
            format!(
                r#"{{"id": "g{number}", "name": "g{number}", "unit": "甲", "members": [{{"role": "head", "post": "甲书记"}}{}]}}"#,
                referred.concat()
            )
        })
        .collect();
    let all: Vec<String> = (0..1_000)
        .map(|number| format!(r#"{{"role": "member", "group": "g{number}"}}"#))
        .collect();
    add(
        &mut system,
        &format!(
            r#"[{{"act": "groups.founded", "id": "众", "effective": "2022-01-05", "groups": [{}]}},
                {{"act": "groups.founded", "id": "总", "effective": "2022-01-05", "groups": [
                  {{"id": "总组", "name": "总组", "unit": "区", "members": [{{"role": "head", "post": "区书记"}}, {}]}}]}}]"#,
            groups.join(","),
            all.join(",")
        ),
    );
    let view = view(&system, "2022-06-30");
    let key = view.registry().groups.key("总组").unwrap();
    let members = view.members(key, zeren::registry::GroupRole::Member);
    assert_eq!(members.into_iter().collect::<Vec<_>>(), ["p-2"]);
    assert!(
        !system
            .view(Date::from_iso("2022-06-30").unwrap(), None)
            .findings()
            .is_empty()
    );
    // The last of them cannot refer back to the one that refers to all.
    let back = r#"[{"act": "group.changed", "id": "回", "effective": "2022-02-01", "group": "g7",
        "added": [{"role": "member", "group": "总组"}]}]"#;
    let request = request(&system, back);
    assert_eq!(system.prepare(&request).unwrap_err().code(), "registry.group_ring");
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn a_vacant_head_seat_says_since_when_and_how_long() {
    let mut system = system(POSTS);
    add(
        &mut system,
        r#"[{"act": "tenure.ended", "id": "免", "effective": "2022-03-31", "tenure": "t-2"}]"#,
    );
    let found = system.view(Date::from_iso("2022-06-30").unwrap(), None).findings();
    let vacant = found
        .iter()
        .find(|finding| finding.code == "registry.group_head_vacant")
        .unwrap();
    assert!(vacant.zh.contains("自2022年4月1日起空缺，已 91 天"), "{}", vacant.zh);
    assert!(vacant.en.contains("since 2022-04-01, for 91 days"), "{}", vacant.en);
}

#[test]
fn a_correction_leaves_what_it_alone_would_have_said() {
    let correction = |act: &str, id: &str| {
        let (before, after) = act.split_once(r#""id": ""#).unwrap();
        let (_, after) = after.split_once('"').unwrap();
        format!(r#"{before}"id": "正-{id}", "corrects": "{id}"{after}"#)
    };
    for (number, act) in LATE.iter().enumerate() {
        let id = (number + 1).to_string();
        let mut alone = system(POSTS);
        add(&mut alone, &format!("[{act}]"));
        let expected = told(&alone);
        // What was wrong about it is the day.
        let (before, after) = act.split_once(r#""effective": ""#).unwrap();
        let wrong = format!(
            r#"{before}"effective": "2022-12-0{}{}"#,
            1 + number % 9,
            after.get(10..).unwrap()
        );
        let mut corrected = system(POSTS);
        add(&mut corrected, &format!("[{wrong}]"));
        add(&mut corrected, &format!("[{}]", correction(act, &id)));
        let found = told(&corrected);
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "{act}");
        }
        // What is corrected already cannot be corrected again.
        let again = correction(act, &id).replace("正-", "再-");
        let again = request(&corrected, &format!("[{again}]"));
        let refused = corrected.prepare(&again).unwrap_err();
        let codes = ["act.corrects_nothing", "act.already_exists"];
        assert!(codes.contains(&refused.code()), "{act}: {refused}");
    }
}
