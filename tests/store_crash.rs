//! `kill -9` while batches are written: every acknowledged batch is there after reopening, and no half one.
//!
//! `ZEREN_KILLS` says how often (25 without it); the figures that are quoted come from a thousand.
#![cfg(all(feature = "store", unix))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use zeren::store::{Opened, Store};
use zeren::system::{Request, System};

const LEDGER: &str = "示例新区";
const FILE: &str = "ZEREN_CRASH_FILE";

/// A batch of one to five acts, by its number.
fn batch(system: &System, number: u32) -> Request {
    let head = system.head();
    let acts: Vec<String> = (0..=number % 5)
        .map(|act| {
            format!(
                r#"{{"act": "edges.declared", "id": "a-{number}-{act}", "effective": "2022-01-01", "edges": [{{"id":
                   "e-{number}-{act}", "name": "{}", "single": true, "acyclic": true}}]}}"#,
                "隶属".repeat(usize::try_from(number % 400).unwrap())
            )
        })
        .collect();
    let (position, digest, acts) = (head.position, &head.digest, acts.join(","));
    Request::parse(
        format!(
            r#"{{"head": {{"position": {position}, "digest": "{digest}"}}, "time": "2022-01-04T09:00:00+08:00",
               "operator": "u", "acts": [{acts}]}}"#
        )
        .as_bytes(),
    )
    .unwrap()
}

fn file() -> Option<PathBuf> {
    std::env::var_os(FILE).map(PathBuf::from)
}

/// Writes batches until it is killed, and says of each when it is synced. Does nothing unless the other test starts it.
#[test]
fn writer() {
    let Some(path) = file() else { return };
    let Opened {
        mut store, mut system, ..
    } = Store::open(path, LEDGER).unwrap();
    let mut out = std::io::stdout().lock();
    for number in batches(&system) + 1.. {
        let prepared = system.prepare(&batch(&system, number)).unwrap();
        store.append(&prepared).unwrap();
        system.commit(prepared).unwrap();
        writeln!(out, "\nsynced {number}").unwrap();
        out.flush().unwrap();
    }
}

/// How many batches a ledger of this test holds; a half one would make a number of lines that no number of batches has.
fn batches(system: &System) -> u32 {
    let lines = system.head().position.sequence();
    let mut number = 0;
    let mut counted = 0;
    while counted < lines {
        number += 1;
        counted += number % 5 + 1;
    }
    assert_eq!(counted, lines, "half of batch {number} is there");
    number
}

/// Starts the writer, lets it say so much, then kills it after a moment; gives what it said last.
fn killed(path: &Path, after: Duration) -> u32 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer", "--nocapture"])
        .env(FILE, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    let reader = std::thread::spawn(move || {
        let numbers = said
            .lines()
            .map_while(Result::ok)
            .filter_map(|line| line.strip_prefix("synced ")?.parse().ok());
        numbers.last().unwrap_or(0)
    });
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn every_acknowledged_batch_survives_and_no_half_one_does() {
    if file().is_some() {
        return;
    }
    let kills: u64 = std::env::var("ZEREN_KILLS").map_or(25, |kills| kills.parse().unwrap());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("store-crash");
    let path = folder.join("ledger.jsonl");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut seed: u64 = 0x0072_6573_7061_776E;
    let (mut entered, mut unfinished, mut unsaid, mut fresh) = (0, 0, 0, true);
    for _ in 0..kills {
        if fresh {
            let _ = std::fs::remove_file(&path);
            drop(Store::create(&path, LEDGER).unwrap());
            entered = 0;
        }
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let said = killed(&path, Duration::from_micros(2_000 + seed % 60_000));
        let opened = Store::open(&path, LEDGER).unwrap();
        let there = batches(&opened.system);
        assert!(
            there >= said.max(entered),
            "batch {} was acknowledged and is gone",
            said.max(entered)
        );
        unfinished += opened.findings.len();
        unsaid += u32::from(there > said && said > 0);
        entered = there;
        // A short ledger opens fast, so that the moments of the kills lie among the writes.
        fresh = there > 300;
    }
    // Not by a macro: the figures are for whoever reads the output.
    let figures = format!(
        "{kills} kills: {unfinished} found a batch half-written and dropped it, {unsaid} found one written that was not said yet\n"
    );
    let _ = std::io::stderr().write_all(figures.as_bytes());
}
