//! Synced batches: the store, SQLite with the same lines, and the disk itself with the same bytes.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use zeren::store::{Store, read};
use zeren::system::Request;

use crate::county::{LEDGER, record, request, told};
use crate::spread;

const ROUNDS: usize = 5;
const BATCHES: usize = 200;
const ACTS: usize = 5;

pub fn run(measuring: bool) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench/store");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut rounds: [Vec<f64>; 3] = Default::default();
    for round in 0..if measuring { ROUNDS } else { 1 } {
        let path = folder.join(format!("{round}.jsonl"));
        // Each round begins with another one, so that none always has the disk when it is fresh.
        let lines = zeren(&path, &mut rounds[0])?;
        let mut others: [&dyn Fn() -> Result<f64, String>; 2] =
            [&|| bare(&folder.join(format!("{round}.bare")), &lines), &|| {
                sqlite(&folder.join(format!("{round}.db")), &path)
            }];
        let swapped = round % 2 == 1;
        if swapped {
            others.reverse();
        }
        for (place, other) in others.into_iter().enumerate() {
            let seconds = other()?;
            rounds[if (place == 0) == swapped { 2 } else { 1 }].push(seconds);
        }
    }
    if measuring {
        let per = |seconds: &[f64]| spread(&seconds.iter().map(|all| all * 1e6 / BATCHES as f64).collect::<Vec<_>>());
        let ratio = |other: &[f64]| {
            spread(
                &rounds[0]
                    .iter()
                    .zip(other)
                    .map(|(own, other)| own / other)
                    .collect::<Vec<_>>(),
            )
        };
        println!("| {BATCHES} synced batches of {ACTS} acts | µs a batch | zeren takes times as long |");
        println!("|---|---|---|");
        println!(
            "| zeren: read, validated, sealed, written, synced, committed | {} | |",
            per(&rounds[0])
        );
        println!(
            "| SQLite, WAL, synchronous=FULL: the same lines | {} | {} |",
            per(&rounds[2]),
            ratio(&rounds[2])
        );
        println!(
            "| write and fdatasync of the same bytes | {} | {} |",
            per(&rounds[1]),
            ratio(&rounds[1])
        );
    }
    Ok(())
}

/// From the bytes of the requests to what is acknowledged; gives the batches as they stand in the file.
fn zeren(path: &Path, seconds: &mut Vec<f64>) -> Result<Vec<String>, String> {
    let (mut store, mut system) = Store::create(path, LEDGER).map_err(told)?;
    enter(&mut store, &mut system, &[r#"{"act":"units.founded","id":"u","effective":"2013-01-01","units":[{"id":"u-0","name":"县","class":"县"}]}"#.to_owned()])?;
    let units: Vec<String> = (1..=200)
        .map(|unit| format!(r#"{{"id":"u-{unit}","name":"第{unit}单位","class":"乡镇"}}"#))
        .collect();
    enter(
        &mut store,
        &mut system,
        &[format!(
            r#"{{"act":"units.founded","id":"us","effective":"2013-01-01","units":[{}]}}"#,
            units.join(",")
        )],
    )?;
    let mut batches = Vec::with_capacity(BATCHES);
    let mut spent = 0.0;
    for batch in 0..BATCHES {
        let acts: Vec<String> = (0..ACTS)
            .map(|act| record(2013, batch * ACTS + act, BATCHES * ACTS))
            .collect();
        let text = request(system.head(), &acts);
        let start = Instant::now();
        let request = Request::parse(text.as_bytes()).map_err(told)?;
        let prepared = system.prepare(&request).map_err(told)?;
        store.append(&prepared).map_err(told)?;
        batches.push(prepared.lines().flat_map(|line| [line, "\n"]).collect());
        system.commit(prepared).map_err(told)?;
        spent += start.elapsed().as_secs_f64();
    }
    drop(store);
    seconds.push(spent);
    let opened = read(path, LEDGER).map_err(told)?;
    if opened.system != system || !opened.findings.is_empty() {
        return Err("the file does not hold what was entered".to_owned());
    }
    Ok(batches)
}

fn enter(store: &mut Store, system: &mut zeren::system::System, acts: &[String]) -> Result<(), String> {
    let request = Request::parse(request(system.head(), acts).as_bytes()).map_err(told)?;
    let prepared = system.prepare(&request).map_err(told)?;
    store.append(&prepared).map_err(told)?;
    system.commit(prepared).map_err(told)
}

/// Appends and syncs the same bytes, batch by batch.
fn bare(path: &Path, batches: &[String]) -> Result<f64, String> {
    let write = || -> std::io::Result<f64> {
        let mut file = OpenOptions::new().create_new(true).append(true).open(path)?;
        file.sync_all()?;
        let start = Instant::now();
        for batch in batches {
            file.write_all(batch.as_bytes())?;
            file.sync_data()?;
        }
        Ok(start.elapsed().as_secs_f64())
    };
    write().map_err(|error| error.to_string())
}

/// The same lines, a transaction a batch, by the `sqlite3` of Python, which is SQLite's own C library.
fn sqlite(path: &Path, lines: &Path) -> Result<f64, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/store/sqlite_batches.py");
    let mut child = Command::new("python3")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args([script.as_os_str(), path.as_os_str(), lines.as_os_str()])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("SQLite: {error}"))?;
    let mut told = String::new();
    let output = child.stdout.take().ok_or("SQLite: no output")?;
    BufReader::new(output)
        .read_line(&mut told)
        .map_err(|error| format!("SQLite: {error}"))?;
    child.wait().map_err(|error| format!("SQLite: {error}"))?;
    told.trim().parse().map_err(|_| format!("SQLite said: {told}"))
}
