//! Long work tells how far it has come, gives the same bytes as without, and leaves the state as it was when it is asked
//! to stop.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use std::sync::atomic::{AtomicBool, Ordering};

use zeren::document::parse;
use zeren::error::ErrorKind;
use zeren::fact::Facts;
use zeren::ledger::{verify, verify_watched};
use zeren::progress::{Progress, Reading};
use zeren::scheme::Scheme;
use zeren::score::column::{Column, ColumnPlan, Scored, Table, Values};
use zeren::score::{score_cohort, score_cohort_watched};
use zeren::system::{Request, System};
use zeren::year::{AssessQuery, Year};

/// Does the work while another thread reads the counter, and tells what it gave, and what was read in the end. What is read
/// on the way must only grow, and never be more than all.
fn polled<T: Send>(work: impl FnOnce(&Progress) -> T + Send) -> (T, Reading) {
    let (progress, over) = (Progress::new(), AtomicBool::new(false));
    let given = std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            let given = work(&progress);
            over.store(true, Ordering::Release);
            given
        });
        let mut before = progress.read();
        while !over.load(Ordering::Acquire) && !work.is_finished() {
            let now = progress.read();
            assert!(now.done <= now.total, "{now:?}");
            assert!(
                before.done <= now.done && before.total <= now.total,
                "{before:?} {now:?}"
            );
            before = now;
        }
        work.join().unwrap()
    });
    (given, progress.read())
}

/// A counter of work that is to be stopped at once.
fn stopped() -> Progress {
    let progress = Progress::new();
    progress.cancel();
    progress
}

fn assert_whole(reading: Reading) {
    assert!(reading.total > 0 && reading.done == reading.total, "{reading:?}");
}

/// The acts of a district with this many subjects, and facts for each.
fn lines(subjects: usize) -> Vec<String> {
    let mut acts = vec![
        r#"{"act":"units.founded","id":"u","effective":"2022-01-01","units":[{"id":"u-0","name":"甲镇","class":"镇"}]}"#.to_owned(),
    ];
    for number in 0..subjects {
        acts.push(format!(
            r#"{{"act":"subjects.registered","id":"s{number}","effective":"2022-01-01","subjects":[{{"id":"s-{number}","name":"甲{number}","class":"乡镇","units":["u-0"]}}]}}"#
        ));
        acts.push(format!(
            r#"{{"act":"facts.recorded","id":"f{number}","effective":"2022-02-01","scheme":"办法","subject":"s-{number}","facts":{{"场次":{}}}}}"#,
            number % 10
        ));
    }
    let request = format!(
        r#"{{"head":{{"position":0,"digest":"{}"}},"time":"2022-03-01T09:00:00+08:00","operator":"u","acts":[{}]}}"#,
        "0".repeat(64),
        acts.join(",")
    );
    let mut system = System::new("示例");
    let prepared = system.prepare(&Request::parse(request.as_bytes()).unwrap()).unwrap();
    prepared.lines().map(str::to_owned).collect()
}

fn scheme(ranked: bool) -> Scheme {
    let rule = if ranked {
        r#"{"kind":"rank","value":"场次","order":"descending","points":[5,4,3],"ties":"shared"}"#
    } else {
        r#"{"kind":"formula","value":"min(5, 场次)","floor":0,"cap":5}"#
    };
    let text = format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"办法","version":"1","title":"考核办法","year":2022,"status":"draft",
            "facts":[{{"name":"场次","kind":"count","max":100}}],
            "items":[{{"id":"1","title":"宣讲","points":5,"rule":{rule}}}]}}"#
    );
    Scheme::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn facts(count: usize) -> Vec<Facts> {
    let one = |number: usize| {
        let value = if number.is_multiple_of(7) {
            r#"{"state":"unknown"}"#.to_owned()
        } else {
            (number % 10).to_string()
        };
        let text = format!(
            r#"{{"kind":"facts","format":1,"subject":"s-{number}","scheme":"办法","facts":{{"场次":{value}}}}}"#
        );
        Facts::read(&parse(text.as_bytes()).unwrap()).unwrap()
    };
    (0..count).map(one).collect()
}

#[test]
fn following_and_verifying_count_lines() {
    let lines = lines(400);
    let texts = || lines.iter().map(String::as_str);
    let (system, reading) = polled(|progress| {
        let mut system = System::new("示例");
        system.follow_watched(texts(), progress).map(|()| system)
    });
    assert_eq!(reading, Reading { done: 801, total: 801 });
    assert!(system.unwrap() == System::open("示例", texts()).unwrap());
    let (head, reading) = polled(|progress| verify_watched("示例", texts(), progress));
    assert_eq!(reading, Reading { done: 801, total: 801 });
    assert_eq!(head.unwrap(), verify("示例", texts()).unwrap());
}

#[test]
fn a_stopped_follow_leaves_the_system_as_it_was() {
    let lines = lines(50);
    let texts = || lines.iter().map(String::as_str);
    let mut system = System::new("示例");
    let error = system.follow_watched(texts(), &stopped()).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Cancelled, "progress.cancelled")
    );
    assert!(error.is_cancelled() && system == System::new("示例"));
    // And goes on from there.
    system.follow(texts()).unwrap();
    assert_eq!(system.head().position.sequence(), 101);
    assert!(verify_watched("示例", texts(), &stopped()).unwrap_err().is_cancelled());
}

#[test]
fn cohorts_are_scored_to_the_same_bytes() {
    for ranked in [false, true] {
        let (scheme, facts) = (scheme(ranked), facts(60));
        let (sheets, reading) = polled(|progress| score_cohort_watched(&scheme, &facts, progress));
        assert_whole(reading);
        let json =
            |sheets: &[zeren::score::Sheet]| sheets.iter().map(|sheet| sheet.to_json().unwrap()).collect::<Vec<_>>();
        assert_eq!(json(&sheets.unwrap()), json(&score_cohort(&scheme, &facts).unwrap()));
        assert!(
            score_cohort_watched(&scheme, &facts, &stopped())
                .unwrap_err()
                .is_cancelled()
        );
    }
}

#[test]
fn tables_are_scored_to_the_same_columns() {
    for ranked in [false, true] {
        let scheme = scheme(ranked);
        let plan = ColumnPlan::new(&scheme).unwrap();
        let values: Vec<i64> = (0..50_000).map(|row| row % 11).collect();
        // A cohort of ten rows each; without ranks one row in a thousand is not known.
        let cohorts: Vec<u32> = (0..50_000).map(|row| row / 10).collect();
        let presence: Vec<zeren::score::column::Presence> = (0..50_000)
            .map(|row| match row % 1000 {
                7 => zeren::score::column::Presence::Unknown,
                _ => zeren::score::column::Presence::Known,
            })
            .collect();
        let table = Table {
            rows: values.len(),
            columns: vec![Column {
                values: Values::Number {
                    values: &values,
                    scale: 0,
                },
                presence: Some(&presence),
            }],
            cohorts: Some(&cohorts),
            parents: None,
        };
        let (scored, reading) = polled(|progress| plan.score_watched(&table, Scored::default(), progress));
        assert_whole(reading);
        let (scored, plain) = (scored.unwrap(), plan.score(&table).unwrap());
        assert_eq!((scored.total, scored.rank), (plain.total, plain.rank));
        assert_eq!(scored.sheets.len(), plain.sheets.len());
        assert!(scored.sheets.iter().eq(plain.sheets.iter()));
        assert!(!plain.sheets.is_empty());
        let stopped = plan.score_watched(&table, Scored::default(), &stopped());
        assert!(stopped.unwrap_err().is_cancelled());
    }
}

#[test]
fn a_year_is_assessed_to_the_same_bytes_and_a_stopped_one_keeps_nothing() {
    let lines = lines(40);
    let system = System::open("示例", lines.iter().map(String::as_str)).unwrap();
    let ids: Vec<String> = (0..40).map(|number| format!("\"s-{number}\"")).collect();
    let query = format!(r#"{{"day":"2023-01-31","subjects":[{}]}}"#, ids.join(","));
    let query: AssessQuery = zeren::document::read(query.as_bytes()).unwrap();
    for ranked in [false, true] {
        let scheme = scheme(ranked);
        let mut year = Year::new();
        let error = year.answer_watched(&system, &scheme, &query, &stopped()).unwrap_err();
        assert!(error.is_cancelled());
        assert_eq!(format!("{year:?}"), format!("{:?}", Year::new()));
        let (answer, reading) = polled(|progress| year.answer_watched(&system, &scheme, &query, progress));
        assert_whole(reading);
        assert_eq!(answer.unwrap(), Year::new().answer(&system, &scheme, &query).unwrap());
    }
}

/// A second thread stops work that is under way.
#[test]
fn work_under_way_is_stopped() {
    let (scheme, progress) = (scheme(true), Progress::new());
    let facts = facts(1_000);
    std::thread::scope(|scope| {
        let work = scope.spawn(|| {
            // Again and again, so that it cannot be through before it is stopped.
            loop {
                if let Err(error) = score_cohort_watched(&scheme, &facts, &progress) {
                    return error;
                }
            }
        });
        while progress.read().done < 100 {
            std::thread::yield_now();
        }
        progress.cancel();
        assert!(work.join().unwrap().is_cancelled());
    });
    let reading = progress.read();
    assert!(reading.done < reading.total, "{reading:?}");
}
