//! The archive of a subject and year: what it holds, that it proves itself, and that every changed byte is named; by the
//! library and by the independent program of its documentation.

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};
use zeren::document::read;
use zeren::error::Error;
use zeren::ledger::{Checkpoint, checkpoint};
use zeren::year::{ArchiveQuery, Year, verify_archive};

use super::case::{Case, LEDGER};
use super::support::{has, root, run};

fn archive_of(case: &Case, subject: &str) -> Result<String, Error> {
    let query: ArchiveQuery = read(json!({"subject": subject, "day": "2023-02-01"}).to_string().as_bytes()).unwrap();
    let view = case.system.view(query.day, None);
    Year::archive(&view, &case.scheme, &query, case.texts())
}

fn archive(case: &Case) -> String {
    archive_of(case, "s-甲").unwrap_or_else(|error| panic!("{error}"))
}

fn kept(case: &Case) -> Checkpoint {
    checkpoint(LEDGER, case.texts()).unwrap()
}

fn entries(archive: &str) -> Vec<Json> {
    archive
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of<'e>(entries: &'e [Json], word: &str) -> Vec<&'e Json> {
    entries.iter().filter(|entry| entry["entry"] == word).collect()
}

#[test]
fn an_archive_holds_what_a_dispute_needs_and_nothing_of_others() {
    let case = Case::new();
    let archive = archive(&case);
    let entries = entries(&archive);
    for (number, entry) in (1..).zip(&entries) {
        assert_eq!(entry["number"], json!(number));
    }
    let acts: Vec<String> = of(&entries, "act")
        .iter()
        .map(|entry| {
            let line: Json = serde_json::from_str(entry["line"].as_str().unwrap()).unwrap();
            line["payload"]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    let expected = [
        "建",
        "职",
        "任",
        "书-1",
        "签",
        "验",
        "修-1",
        "载",
        "离",
        "任2",
        "承",
        "记",
        "象",
        "办法",
        "数甲",
        "数甲改",
        "审",
    ];
    assert_eq!(acts, expected, "every act of the town, none of the other town's alone");
    let letters = of(&entries, "letter");
    assert_eq!(letters.len(), 1);
    let page = &letters[0]["page"];
    assert_eq!(page["signatures"].as_array().unwrap().len(), 4);
    assert_eq!(
        page["signatures"][0]["verifications"][0]["verifier"],
        "区电子签章平台 3.1"
    );
    let sheets = of(&entries, "sheet");
    assert_eq!((sheets.len(), &sheets[0]["step"]), (1, &json!("approval")));
    let scheme = of(&entries, "scheme");
    assert_eq!(
        (&scheme[0]["edition"], &scheme[0]["sm3"]),
        (&json!("1"), &json!(case.scheme.digest()))
    );
    let evidence = of(&entries, "evidence");
    assert_eq!(
        (evidence.len(), &evidence[0]["evidence"][0]["reference"]),
        (1, &json!("档-1"))
    );
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let case = Case::new();
    assert_eq!(archive(&case), archive(&case));
    let again = Case::new();
    assert_eq!(archive(&case), archive(&again));
}

#[test]
fn the_answer_says_whether_a_checkpoint_was_there() {
    let case = Case::new();
    let archive = archive(&case);
    let alone = verify_archive(&archive, None).unwrap();
    assert!(!alone.proven && alone.zh.contains("不能排除"), "{}", alone.zh);
    let with = verify_archive(&archive, Some(&kept(&case))).unwrap();
    assert!(with.proven && with.zh.contains("存证点"), "{}", with.zh);
    assert_eq!(with.acts, 17);
}

/// A package that somebody makes anew together with a forged ledger proves itself; the checkpoint finds it.
#[test]
fn a_forged_ledger_makes_a_whole_package_and_the_checkpoint_finds_it() {
    let (own, mut forged) = (Case::new(), Case::drafted());
    forged.enter(
        &json!([{"act": "subjects.registered", "id": "象", "effective": "2022-12-01",
                          "subjects": [{"id": "s-甲", "name": "甲镇", "class": "镇", "units": ["甲镇"]}]}]),
    );
    let archive = archive(&forged);
    assert!(verify_archive(&archive, None).is_ok());
    let error = verify_archive(&archive, Some(&kept(&own))).unwrap_err();
    assert_eq!(error.code(), "year.archive_other_checkpoint");
}

/// Every byte of the smaller package, and every eleventh of the one that has a letter and a sheet besides.
#[test]
fn every_flipped_byte_is_named() {
    let case = Case::new();
    flipped(archive_of(&case, "s-乙").unwrap().into_bytes(), 1);
    flipped(archive(&case).into_bytes(), 11);
}

fn flipped(archive: Vec<u8>, step: usize) {
    let mut number = 1_usize;
    for at in 0..archive.len() {
        if at % step != 0 {
            number += usize::from(archive[at] == b'\n');
            continue;
        }
        let mut changed = archive.clone();
        changed[at] ^= 1;
        // Bytes that are no text any more are refused before they come here.
        if let Ok(changed) = String::from_utf8(changed) {
            let error = verify_archive(&changed, None).unwrap_err();
            let named = error.findings()[0].subject.clone().unwrap();
            assert_eq!(named, number.to_string(), "byte {at}: {error}");
        }
        number += usize::from(archive[at] == b'\n');
    }
}

#[test]
fn entries_that_are_missing_doubled_or_moved_are_named() {
    let case = Case::new();
    let archive = archive(&case);
    let lines: Vec<&str> = archive.lines().collect();
    let told = |lines: &[&str]| {
        let text: String = lines.iter().flat_map(|line| [*line, "\n"]).collect();
        let error = verify_archive(&text, None).unwrap_err();
        (error.code(), error.findings()[0].subject.clone().unwrap())
    };
    for gone in 0..lines.len() - 1 {
        let mut fewer = lines.clone();
        fewer.remove(gone);
        assert_eq!(told(&fewer), ("year.archive_order", (gone + 1).to_string()));
        let mut doubled = lines.clone();
        doubled.insert(gone, lines[gone]);
        assert_eq!(told(&doubled), ("year.archive_order", (gone + 2).to_string()));
    }
    let cut = lines.len() - 1;
    assert_eq!(told(&lines[..cut]), ("year.archive_cut", (cut + 1).to_string()));
    assert_eq!(told(&[]), ("year.archive_cut", "1".into()));
    let mut more = lines.clone();
    more.push(lines[0]);
    assert_eq!(told(&more), ("year.archive_order", more.len().to_string()));
}

/// Somebody who seals the entries again cannot make an act of his own, nor a sheet that no act states.
#[test]
fn a_package_sealed_again_contradicts_its_acts() {
    let case = Case::new();
    let archive = archive(&case);
    let forge = |entry: &str, from: &str, to: &str| {
        let own = format!("\"entry\":\"{entry}\"");
        assert!(
            archive.lines().any(|line| line.contains(&own) && line.contains(from)),
            "{from}"
        );
        let (mut text, mut previous) = (String::new(), "0".repeat(64));
        for line in archive.lines() {
            let (open, _) = line.rsplit_once(",\"previous\":").unwrap();
            let open = if open.contains(&own) {
                open.replace(from, to)
            } else {
                open.to_owned()
            };
            let open = format!("{open},\"previous\":\"{previous}\"");
            let sealed = zeren::ledger::seal(open);
            previous = sealed[sealed.len() - 66..sealed.len() - 2].to_owned();
            text.push_str(&sealed);
            text.push('\n');
        }
        verify_archive(&text, None).unwrap_err().code()
    };
    assert_eq!(forge("act", "录入员-1", "录入员-2"), "year.archive_not_proven");
    assert_eq!(
        forge(
            "sheet",
            "\\\"subject\\\":\\\"s-甲\\\",\\\"total\\\"",
            "\\\"subject\\\":\\\"s-丙\\\",\\\"total\\\""
        ),
        "year.archive_contradicts"
    );
    assert_eq!(
        forge("scheme", "责任制考核办法", "责任制考核规定"),
        "year.archive_contradicts"
    );
}

#[test]
fn what_cannot_be_archived_is_told() {
    let case = Case::new();
    assert_eq!(archive_of(&case, "s-丙").unwrap_err().code(), "year.unknown_subject");
    let mut fewer = Case::new();
    fewer.lines.truncate(5);
    assert_eq!(
        archive_of(&fewer, "s-甲").unwrap_err().code(),
        "year.archive_other_lines"
    );
    let mut other = Case::new();
    other.lines[3] = other.lines[3].replace("p-1", "p-4");
    let error = archive_of(&other, "s-甲").unwrap_err();
    assert_eq!(
        (error.code(), error.findings()[0].subject.as_deref()),
        ("ledger.line_changed", Some("4"))
    );
}

/// The program of `docs/archive.md`: it has its own SM3 and nothing of this library.
#[test]
fn the_independent_program_says_the_same() {
    if !has("python3") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("archive");
    std::fs::create_dir_all(&folder).unwrap();
    let case = Case::new();
    let path = |name: &str| folder.join(name);
    std::fs::write(path("archive.jsonl"), archive(&case)).unwrap();
    std::fs::write(path("checkpoint.json"), serde_json::to_string(&kept(&case)).unwrap()).unwrap();
    let other = kept(&Case::drafted());
    std::fs::write(path("other.json"), serde_json::to_string(&other).unwrap()).unwrap();
    let program = root().join("docs/verify_archive.py");
    let said = run(Command::new("python3")
        .arg(&program)
        .arg(path("archive.jsonl"))
        .arg(path("checkpoint.json")));
    assert!(said.contains("17") && said.contains("proven"), "{said}");
    run(Command::new("python3")
        .args(["-W", "error"])
        .arg(root().join("tests/dossier/program.py"))
        .arg(program)
        .args([path("archive.jsonl"), path("checkpoint.json"), path("other.json")]));
}
