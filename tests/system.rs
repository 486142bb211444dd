//! What holds of the system whatever the acts: retries, conflicts, failures of the host, other nodes, replay, damage,
//! views of the past.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use zeren::calendar::{Date, Timestamp};
use zeren::document::{Value, parse, sm3_hex};
use zeren::ledger::{Head, Position};
use zeren::system::{Prepared, Query, Request, System};

const LEDGER: &str = "示例新区";

/// An invented district, batch by batch.
fn district() -> Vec<Vec<Value>> {
    let text = sm3_hex("2022年责任书".as_bytes());
    let batches = [
        r#"[{"act": "edges.declared", "id": "边", "effective": "2022-01-01",
             "edges": [{"id": "line", "name": "隶属", "single": true, "acyclic": true},
                       {"id": "guidance", "name": "业务指导"}]},
            {"act": "units.founded", "id": "建", "effective": "2022-01-01", "units": [
              {"id": "区", "name": "示例新区", "class": "区"},
              {"id": "甲镇", "name": "甲镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]},
              {"id": "乙镇", "name": "乙镇", "class": "镇", "superiors": [{"edge": "line", "unit": "区"}]},
              {"id": "一村", "name": "一村", "class": "村", "superiors": [{"edge": "line", "unit": "甲镇"}]}]}]"#,
        r#"[{"act": "posts.founded", "id": "职", "effective": "2022-01-01", "posts": [
              {"id": "区书记", "unit": "区", "name": "书记"}, {"id": "甲书记", "unit": "甲镇", "name": "书记"},
              {"id": "甲副书记", "unit": "甲镇", "name": "副书记", "seats": 3}]},
            {"act": "tenures.begun", "id": "任", "effective": "2022-01-01", "tenures": [
              {"id": "t-1", "post": "区书记", "person": "p-1", "capacity": "holder"},
              {"id": "t-2", "post": "甲书记", "person": "p-2", "capacity": "presiding"}]},
            {"act": "responsibilities.assigned", "id": "责", "effective": "2022-01-01", "responsibilities": [
              {"id": "r-1", "unit": "区", "responsibility": "first", "post": "区书记"}]},
            {"act": "groups.founded", "id": "组建", "effective": "2022-01-05", "groups": [
              {"id": "组", "name": "领导小组", "unit": "区", "members": [
                {"role": "head", "post": "区书记"}, {"role": "member", "post": "甲书记"}]}]}]"#,
        r#"[{"act": "letter.drafted", "id": "书-1", "effective": "2022-01-10", "title": "2022年责任书",
             "period": {"from": "2022-01-01", "to": "2022-12-31"},
             "issuers": [{"unit": "区", "signatories": ["区书记"]}],
             "receivers": [{"unit": "甲镇", "signatories": ["甲书记"]}],
             "duties": [{"id": "d-1", "title": "信息公开", "target": {"value": 1.50, "unit": "次"}}],
             "text": {"sm3": "TEXT"}}]"#,
        r#"[{"act": "letter.signed", "id": "签-1", "effective": "2022-01-12", "letter": "书-1", "signatures": [
              {"post": "区书记", "person": "p-1", "capacity": "holder"},
              {"post": "甲书记", "person": "p-2", "capacity": "presiding"}]},
            {"act": "rule_set.adopted", "id": "规", "effective": "2022-01-01", "rule_set": {
              "kind": "rule_set", "format": 1, "id": "rs", "version": "1", "title": "示例规则集",
              "period": {"from": "2022-01-01", "to": "2022-12-31"},
              "cascade": {"edge": "line", "top": "区", "letters": ["镇"], "groups": ["镇"]},
              "obligations": [{"id": "o-1", "record": "专题会议", "owing": "groups", "times": 2}],
              "loop": ["group", "letters", "records", "inspection", "assessment"]}}]"#,
        r#"[{"act": "records.entered", "id": "台", "effective": "2022-03-01", "records": [
              {"id": "会-1", "kind": "专题会议", "group": "组", "evidence": [{"reference": "档-1", "kind": "会议纪要"}]}]},
            {"act": "problems.registered", "id": "问", "effective": "2022-03-01", "problems": [
              {"id": "问-1", "unit": "甲镇", "title": "更新不及时"}]},
            {"act": "plan_items.registered", "id": "划", "effective": "2022-03-02", "items": [
              {"id": "事-1", "unit": "甲镇", "title": "增配人员", "problems": ["问-1"], "owner": "甲书记"}]},
            {"act": "inspection.planned", "id": "督-1", "effective": "2022-04-01", "title": "督查", "unit": "区",
             "period": {"from": "2022-05-01"}, "scope": {"classes": ["镇", "村"]}}]"#,
        r#"[{"act": "inspection.held", "id": "督查", "effective": "2022-05-10", "inspection": "督-1", "units": ["甲镇"],
             "findings": [{"id": "现-1", "unit": "甲镇", "title": "台账不全", "deadline": "2022-06-10"}]},
            {"act": "finding.written_off", "id": "销", "effective": "2022-06-01", "finding": "现-1",
             "rectified_by": "甲镇", "confirmed_by": "区"},
            {"act": "items.closed", "id": "结", "effective": "2022-06-02", "problems": ["问-1"], "items": ["事-1"]}]"#,
        r#"[{"act": "unit.renamed", "id": "改名", "effective": "2022-07-01", "unit": "甲镇", "name": "甲街道"},
            {"act": "subjects.registered", "id": "象", "effective": "2022-01-01", "subjects": [
              {"id": "考-甲", "name": "甲镇党委政府", "class": "镇", "units": ["甲镇"]}]},
            {"act": "facts.recorded", "id": "数", "effective": "2022-12-31", "scheme": "办法", "subject": "考-甲",
             "facts": {"会议次数": 3, "得票率": 98.70}}]"#,
        r#"[{"act": "facts.recorded", "id": "改数", "corrects": "数", "effective": "2022-12-31", "scheme": "办法",
             "subject": "考-甲", "facts": {"会议次数": 4, "得票率": 98.70}},
            {"act": "units.founded", "id": "更正建", "corrects": "建", "effective": "2022-01-01", "units": [
              {"id": "甲镇", "name": "甲乡", "class": "乡", "superiors": [{"edge": "line", "unit": "区"}]}]}]"#,
    ];
    batches
        .iter()
        .map(|batch| acts(&batch.replace("TEXT", &text)))
        .collect()
}

fn acts(text: &str) -> Vec<Value> {
    match parse(text.as_bytes()).unwrap() {
        Value::List(acts) => acts,
        _ => panic!("acts are a list"),
    }
}

fn request(head: &Head, acts: Vec<Value>) -> Request {
    Request {
        head: head.clone(),
        time: Timestamp::parse("2022-12-31T09:00:00+08:00").unwrap(),
        operator: "录入员-1".into(),
        acts: acts.into_iter().map(Into::into).collect(),
    }
}

fn prepare(system: &mut System, acts: Vec<Value>) -> Prepared {
    let request = request(system.head(), acts);
    system.prepare(&request).unwrap()
}

/// Prepares, stores, commits.
fn take(system: &mut System, store: &mut Vec<String>, acts: Vec<Value>) {
    let prepared = prepare(system, acts);
    store.extend(prepared.lines().map(str::to_owned));
    system.commit(prepared).unwrap();
}

fn whole() -> (System, Vec<String>) {
    let (mut system, mut store) = (System::new(LEDGER), Vec::new());
    for batch in district() {
        take(&mut system, &mut store, batch);
    }
    (system, store)
}

fn open(lines: &[String]) -> zeren::error::Result<System> {
    System::open(LEDGER, lines.iter().map(String::as_str))
}

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

fn name(system: &System, on: &str, known: Option<u32>) -> String {
    let view = system.view(day(on), known.map(Position::new)).registry();
    let unit = view.registry().units.key("甲镇").unwrap();
    view.name(unit).to_owned()
}

/// Marsaglia's xorshift: the same "random" places on every machine.
struct Xorshift(u64);

impl Xorshift {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }
}

#[test]
fn a_retry_gives_the_old_positions_and_no_lines() {
    let (mut system, _) = whole();
    let before = system.clone();
    let all: Vec<Value> = district().concat();
    let prepared = prepare(&mut system, all.clone());
    assert_eq!(prepared.lines().len(), 0);
    let positions: Vec<u32> = prepared
        .receipts()
        .iter()
        .map(|receipt| receipt.position.sequence())
        .collect();
    let count = u32::try_from(all.len()).unwrap();
    assert_eq!(positions, (1..=count).collect::<Vec<_>>());
    assert!(prepared.receipts().iter().all(|receipt| receipt.repeated));
    system.commit(prepared).unwrap();
    assert!(system == before);
}

#[test]
fn a_retry_beside_new_acts_writes_only_these() {
    let (mut system, _) = whole();
    let head = system.head().position.sequence();
    let mut batch = district().remove(0);
    batch.extend(acts(
        r#"[{"act": "unit.renamed", "id": "新", "effective": "2022-08-01", "unit": "乙镇", "name": "乙街道"}]"#,
    ));
    let prepared = prepare(&mut system, batch);
    assert_eq!(prepared.lines().len(), 1);
    let last = prepared.receipts().last().unwrap();
    assert_eq!((last.position.sequence(), last.repeated), (head + 1, false));
}

/// Members in another order are the same content.
#[test]
fn the_same_id_with_other_content_is_refused() {
    let (mut system, _) = whole();
    let before = system.clone();
    let reordered =
        r#"[{"id": "改名", "name": "甲街道", "act": "unit.renamed", "unit": "甲镇", "effective": "2022-07-01"}]"#;
    assert_eq!(prepare(&mut system, acts(reordered)).lines().len(), 0);
    let other = acts(&reordered.replace("甲街道", "丙街道"));
    let error = system.prepare(&request(&before.head().clone(), other)).unwrap_err();
    assert_eq!(error.code(), "act.id_used");
    assert!(system == before);
}

#[test]
fn a_moved_head_is_a_conflict_at_prepare_and_at_commit() {
    let mut batches = district().into_iter();
    let (mut system, mut store) = (System::new(LEDGER), Vec::new());
    take(&mut system, &mut store, batches.next().unwrap());
    let error = system
        .prepare(&request(&Head::empty(), batches.next().unwrap()))
        .unwrap_err();
    assert!(error.is_conflict());
    // Two batches prepared on one head: the second to be committed comes too late.
    let rename = |id: &str| {
        acts(&format!(
            r#"[{{"act": "unit.renamed", "id": "{id}", "effective": "2022-08-01", "unit": "乙镇", "name": "{id}"}}]"#
        ))
    };
    let first = prepare(&mut system, rename("先"));
    let second = prepare(&mut system, rename("后"));
    system.commit(first).unwrap();
    let after = system.clone();
    assert!(system.commit(second).unwrap_err().is_conflict());
    assert!(system == after);
}

#[test]
fn dropping_a_prepared_batch_leaves_the_state() {
    let mut system = System::new(LEDGER);
    for batch in district() {
        let before = system.clone();
        drop(prepare(&mut system, batch.clone()));
        assert!(system == before);
        take(&mut system, &mut Vec::new(), batch);
    }
}

#[test]
fn a_host_that_rolls_back_ends_like_one_that_never_failed() {
    let (expected, lines) = whole();
    let mut random = Xorshift(0x5eed_2022);
    let (mut system, mut store) = (System::new(LEDGER), Vec::new());
    let batches = district();
    let mut failures = vec![0_usize; batches.len()];
    for _ in 0..100 {
        failures[random.below(batches.len())] += 1;
    }
    for (batch, failures) in batches.into_iter().zip(failures) {
        for _ in 0..failures {
            // The host fails before it asked, with only some of the acts, or with an act that cannot be.
            let mut tried = batch.clone();
            match random.below(3) {
                0 => tried.truncate(random.below(tried.len()) + 1),
                1 => tried.extend(acts(
                    r#"[{"act": "unit.ended", "id": "x", "effective": "2022-01-01", "unit": "无"}]"#,
                )),
                _ => {}
            }
            drop(system.prepare(&request(&system.head().clone(), tried)));
        }
        take(&mut system, &mut store, batch);
    }
    assert!(system == expected);
    assert_eq!(store, lines);
}

#[test]
fn two_nodes_on_one_store_end_equal() {
    let mut random = Xorshift(0x2022_0104);
    let mut store: Vec<String> = Vec::new();
    let mut nodes = [System::new(LEDGER), System::new(LEDGER)];
    let mut conflicts = 0;
    for batch in district() {
        let node = random.below(2);
        let head = Head {
            position: Position::new(u32::try_from(store.len()).unwrap()),
            digest: store
                .last()
                .map_or("0".repeat(64), |_| open(&store).unwrap().head().digest.clone()),
        };
        let asked = request(&head, batch);
        let prepared = match nodes[node].prepare(&asked) {
            Ok(prepared) => prepared,
            Err(error) => {
                assert!(error.is_conflict());
                conflicts += 1;
                let behind = usize::try_from(nodes[node].head().position.sequence()).unwrap();
                nodes[node].follow(store[behind..].iter().map(String::as_str)).unwrap();
                nodes[node].prepare(&asked).unwrap()
            }
        };
        store.extend(prepared.lines().map(str::to_owned));
        nodes[node].commit(prepared).unwrap();
    }
    assert!(conflicts > 0);
    for node in &mut nodes {
        let behind = usize::try_from(node.head().position.sequence()).unwrap();
        node.follow(store[behind..].iter().map(String::as_str)).unwrap();
    }
    assert!(nodes[0] == nodes[1]);
    assert_eq!(store, whole().1);
}

#[test]
fn replay_gives_the_live_state_and_the_same_answers() {
    let (live, store) = whole();
    let replayed = open(&store).unwrap();
    assert!(replayed == live);
    for view in ["findings", "cascade", "obligations", "head"] {
        let query = format!(r#"{{"view": "{view}", "day": "2022-06-30"}}"#);
        let query: Query = zeren::document::read(query.as_bytes()).unwrap();
        assert_eq!(replayed.answer(&query).unwrap(), live.answer(&query).unwrap());
    }
}

#[test]
fn a_flipped_byte_names_its_line() {
    let (_, store) = whole();
    let mut random = Xorshift(0x00f1_1b17);
    for (index, line) in store.iter().enumerate() {
        let mut node = System::new(LEDGER);
        node.follow(whole_batches(&store, index)).unwrap();
        let before = node.clone();
        let behind = usize::try_from(node.head().position.sequence()).unwrap();
        for at in 0..line.len() {
            let mut bytes = line.clone().into_bytes();
            bytes[at] ^= u8::try_from(random.below(127)).unwrap() + 1;
            // Bytes that are no text any more cannot be handed over.
            let Ok(changed) = String::from_utf8(bytes) else {
                continue;
            };
            let good = store[behind..index].iter().map(String::as_str);
            let error = node.follow(good.chain([changed.as_str()])).unwrap_err();
            assert_eq!(error.code(), "ledger.line_changed");
            assert_eq!(error.findings()[0].subject, Some((index + 1).to_string()));
        }
        assert!(node == before);
        let mut damaged = store.clone();
        damaged[index] = line.replacen("\"act\"", "\"akt\"", 1);
        let error = open(&damaged).unwrap_err();
        assert_eq!(error.findings()[0].subject, Some((index + 1).to_string()));
    }
}

/// The lines of the batches that end before this line.
fn whole_batches(store: &[String], index: usize) -> impl Iterator<Item = &str> {
    let end = store[..index]
        .iter()
        .rposition(|line| line.contains("\"last\":true"))
        .map_or(0, |last| last + 1);
    store[..end].iter().map(String::as_str)
}

#[test]
fn a_batch_cut_in_the_middle_is_refused_whole() {
    let (_, store) = whole();
    let mut cut = 0;
    for length in 1..store.len() {
        if store[length - 1].contains("\"last\":true") {
            assert!(open(&store[..length]).is_ok());
            continue;
        }
        cut += 1;
        let mut node = System::new(LEDGER);
        node.follow(whole_batches(&store, length - 1)).unwrap();
        let before = node.clone();
        let behind = usize::try_from(node.head().position.sequence()).unwrap();
        let error = node
            .follow(store[behind..length].iter().map(String::as_str))
            .unwrap_err();
        assert_eq!(error.code(), "ledger.batch_incomplete");
        assert!(node == before);
        // With the rest it is taken.
        node.follow(store[behind..].iter().map(String::as_str)).unwrap();
        assert!(node == open(&store).unwrap());
    }
    assert!(cut > 5);
}

#[test]
fn a_stored_act_that_cannot_be_is_refused_by_its_line() {
    let (_, store) = whole();
    let body = zeren::ledger::Line::open(&store[0]).unwrap().unwrap().body().clone();
    let forged = zeren::ledger::Line::seal(zeren::ledger::LineBody {
        last: true,
        payload: acts(r#"[{"act": "unit.ended", "id": "x", "effective": "2022-01-01", "unit": "无"}]"#)
            .remove(0)
            .into(),
        ..body
    });
    let error = System::open(LEDGER, [forged.text()]).unwrap_err();
    let codes: Vec<_> = error.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["ledger.act_refused", "act.unknown_reference"]);
}

/// One act a line on top of the district's first batch, whose lines are 1 and 2.
fn renamed(rows: &[(&str, &str, &str)]) -> System {
    let (mut system, mut store) = (System::new(LEDGER), Vec::new());
    take(&mut system, &mut store, district().remove(0));
    for (index, (effective, name, corrects)) in rows.iter().enumerate() {
        let corrects = if corrects.is_empty() {
            String::new()
        } else {
            format!(r#""corrects": "{corrects}","#)
        };
        let act = format!(
            r#"[{{"act": "unit.renamed", "id": "n{index}", {corrects} "effective": "{effective}", "unit": "甲镇", "name": "{name}"}}]"#
        );
        take(&mut system, &mut store, acts(&act));
    }
    assert!(open(&store).unwrap() == system);
    system
}

#[test]
fn a_back_dated_rename_is_seen_by_day_and_by_position() {
    let system = renamed(&[("2022-07-01", "甲街道", ""), ("2022-04-01", "甲新镇", "")]);
    assert_eq!(name(&system, "2022-03-31", None), "甲镇");
    assert_eq!(name(&system, "2022-04-01", None), "甲新镇");
    assert_eq!(name(&system, "2022-07-01", None), "甲街道");
    assert_eq!(name(&system, "2022-05-01", Some(3)), "甲镇");
    assert_eq!(name(&system, "2022-05-01", Some(4)), "甲新镇");
    assert_eq!(name(&system, "2022-07-01", Some(2)), "甲镇");
    assert_eq!(name(&system, "2021-12-31", None), "");
}

#[test]
fn a_correction_replaces_from_its_position_on() {
    let system = renamed(&[("2022-07-01", "甲接道", ""), ("2022-08-01", "甲街道", "n0")]);
    assert_eq!(name(&system, "2022-07-15", Some(3)), "甲接道");
    assert_eq!(name(&system, "2022-07-15", None), "甲镇");
    assert_eq!(name(&system, "2022-08-01", None), "甲街道");
}

#[test]
fn on_one_day_the_later_position_wins() {
    let system = renamed(&[("2022-07-01", "先名", ""), ("2022-07-01", "后名", "")]);
    assert_eq!(name(&system, "2022-07-01", None), "后名");
    assert_eq!(name(&system, "2022-07-01", Some(3)), "先名");
}

#[test]
fn a_corrected_founding_keeps_later_renames() {
    let (system, _) = whole();
    assert_eq!(name(&system, "2022-06-30", None), "甲乡");
    assert_eq!(name(&system, "2022-07-01", None), "甲街道");
    assert_eq!(name(&system, "2022-06-30", Some(2)), "甲镇");
    let view = system.view(day("2022-07-01"), None).registry();
    let unit = view.registry().units.key("甲镇").unwrap();
    assert_eq!(view.class(unit), "乡");
    let line = view.registry().edges.key("line").unwrap();
    assert_eq!(view.superiors(line, unit).len(), 1);
    // What the correction does not name stays.
    assert_eq!(view.units().count(), 4);
}

#[test]
fn ten_thousand_units_in_one_line() {
    let mut units = vec![r#"{"id": "u0", "name": "区", "class": "区"}"#.to_owned()];
    for number in 1..10_000_usize {
        let upper = number.isqrt();
        let upper = if upper == number { 0 } else { upper };
        units.push(format!(
            r#"{{"id": "u{number}", "name": "单位{number}", "class": "村", "superiors": [{{"edge": "line", "unit": "u{upper}"}}]}}"#
        ));
    }
    let text = format!(
        r#"[{{"act": "edges.declared", "id": "e", "effective": "2022-01-01",
              "edges": [{{"id": "line", "name": "隶属", "single": true, "acyclic": true}}]}},
            {{"act": "units.founded", "id": "many", "effective": "2022-01-01", "units": [{}]}}]"#,
        units.join(",")
    );
    let (mut system, mut store) = (System::new(LEDGER), Vec::new());
    take(&mut system, &mut store, acts(&text));
    assert_eq!(store.len(), 2);
    assert_eq!(system.view(day("2022-06-30"), None).registry().units().count(), 10_000);
    assert!(open(&store).unwrap() == system);
}

/// The request just fits in a document, the line with its digests would not: nobody could open the ledger again.
#[test]
#[cfg_attr(
    debug_assertions,
    ignore = "64 MiB of digests take 20 s without optimisation; cargo test --release"
)]
fn a_line_that_could_not_be_read_again_is_refused() {
    let (mut system, _) = whole();
    let before = system.clone();
    let mut batch = acts(
        r#"[{"act": "facts.recorded", "id": "大", "effective": "2022-12-31", "scheme": "办法", "subject": "考-甲"}]"#,
    );
    let large = Value::Text("x".repeat(zeren::document::MAX_BYTES - 300));
    if let Value::Object(members) = &mut batch[0] {
        members.push(("facts".into(), Value::Object(vec![("大数".into(), large)])));
    }
    let error = system.prepare(&request(&before.head().clone(), batch)).unwrap_err();
    assert_eq!(error.code(), "system.line_too_large");
    assert_eq!(error.findings()[0].subject.as_deref(), Some("大"));
    assert!(system == before);
}
