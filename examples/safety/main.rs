//! A second subject, work safety: `cargo run --example safety`.
//!
//! Forty items assembled from published clauses (`docs/clauses.md`), and three units under invented names: one that did
//! well, one that a veto catches, and a department of which some facts are still unknown. The program prints questions
//! and findings where there are any, the ranking, and the sheet of the department.

#![allow(clippy::disallowed_macros, reason = "a program prints")]

use std::error::Error;
use std::fs;
use std::path::Path;

use zeren::document::parse;
use zeren::fact::Facts;
use zeren::report::sheet_markdown;
use zeren::scheme::Scheme;
use zeren::score::{Rank, check, score_cohort};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/safety");
    let scheme = Scheme::parse(&fs::read(folder.join("scheme.json"))?)?;
    for finding in check(&scheme) {
        println!("- {} {}", finding.code, finding.zh);
    }

    let mut cohort = Vec::new();
    for unit in ["donghe", "xishan", "gongxin"] {
        let text = fs::read(folder.join(format!("facts-{unit}.json")))?;
        cohort.push(Facts::read(&parse(&text)?)?);
    }
    let mut sheets = score_cohort(&scheme, &cohort)?;
    sheets.sort_by_key(|sheet| sheet.rank.map(|rank| (rank.best, rank.worst)));

    let title = &scheme.text().title;
    println!("# {title}：排名\n\n| 名次 | 单位 | 得分 | 等次 |\n|---|---|---|---|");
    for sheet in &sheets {
        let rank = sheet.rank.map_or_else(String::new, Rank::zh);
        let (subject, total, grades) = (&sheet.subject, sheet.total.zh(), sheet.grades.join(" / "));
        println!("| {rank} | {subject} | {total} | {grades} |");
    }
    if let Some(open) = sheets.iter().find(|sheet| !sheet.open.is_empty()) {
        println!("\n{}", sheet_markdown(open, title, &open.subject));
    }
    Ok(())
}
