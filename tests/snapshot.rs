//! Snapshots: a start without a replay. That they bring back every kind of row is tested with each case of
//! `tests/cases/system` and `tests/cases/year`; here is what they do besides.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use zeren::error::ErrorKind;
use zeren::system::{Request, System};

const LEDGER: &str = "示例新区";

fn request(system: &System, number: u32) -> Request {
    let head = system.head();
    let (position, digest) = (head.position, &head.digest);
    Request::parse(
        format!(
            r#"{{"head": {{"position": {position}, "digest": "{digest}"}}, "time": "2022-01-04T09:00:00+08:00",
               "operator": "u-17", "acts": [
                 {{"act": "edges.declared", "id": "a-{number}", "effective": "2022-01-01",
                   "edges": [{{"id": "e-{number}", "name": "隶属", "single": true, "acyclic": true}}]}},
                 {{"act": "units.founded", "id": "b-{number}", "effective": "2022-01-02",
                   "units": [{{"id": "u-{number}", "name": "第{number}街道𬱖", "class": "街道"}}]}}]}}"#
        )
        .as_bytes(),
    )
    .unwrap()
}

/// A ledger of so many batches, with its lines.
fn ledger(batches: u32) -> (System, Vec<String>) {
    let mut system = System::new(LEDGER);
    let mut lines = Vec::new();
    for number in 1..=batches {
        let prepared = system.prepare(&request(&system, number)).unwrap();
        lines.extend(prepared.lines().map(str::to_owned));
        system.commit(prepared).unwrap();
    }
    (system, lines)
}

#[test]
fn it_goes_on_from_a_snapshot_as_from_the_lines() {
    let (early, lines) = ledger(3);
    let (late, all) = ledger(6);
    let mut opened = System::from_snapshot(LEDGER, &early.snapshot()).unwrap();
    opened.follow(all[lines.len()..].iter().map(String::as_str)).unwrap();
    assert!(opened == late && opened.snapshot() == late.snapshot());
    // An act that the ledger holds is known again.
    let mut again = request(&opened, 2);
    again.head = opened.head().clone();
    let prepared = opened.prepare(&again).unwrap();
    assert!(prepared.receipts().iter().all(|receipt| receipt.repeated));
}

#[test]
fn what_was_only_prepared_is_not_in_it() {
    let (mut system, _) = ledger(2);
    let before = system.snapshot();
    let prepared = system.prepare(&request(&system, 9)).unwrap();
    assert_eq!(system.snapshot(), before);
    system.commit(prepared).unwrap();
    assert_ne!(system.snapshot(), before);
}

#[test]
fn every_changed_byte_and_every_cut_is_refused() {
    let (system, _) = ledger(2);
    let bytes = system.snapshot();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            let error = System::from_snapshot(LEDGER, &changed).unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Integrity | ErrorKind::Unsupported),
                "byte {at} bit {bit}: {error}"
            );
        }
        assert!(System::from_snapshot(LEDGER, &bytes[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn a_snapshot_of_another_version_or_ledger_says_so() {
    let (system, _) = ledger(1);
    let bytes = system.snapshot();
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let at = bytes.windows(version.len()).position(|part| part == version).unwrap();
    let mut other = bytes.clone();
    other[at] = b'9';
    let error = System::from_snapshot(LEDGER, &other).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Unsupported, "system.snapshot_of_other_version")
    );
    let error = System::from_snapshot("别处", &bytes).unwrap_err();
    assert_eq!(
        (error.kind(), error.code()),
        (ErrorKind::Integrity, "ledger.other_ledger")
    );
}
