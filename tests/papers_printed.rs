//! Papers in a real browser: they render, print on A4 to the number of pages that they should have, hold their text, and
//! long tables repeat their heads. Needs `chromium` and, to read what was printed, `pdfinfo` and `pdftotext`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

mod printed;
mod stage;

use printed::{Printed, can_print};
use stage::{Stage, document, files, list, text};
use zeren::document::{parse, read, read_value};
use zeren::report::{Column, Paper, PaperRequest, Part, paper};

/// The papers of the cases by name, without those that are refused.
fn papers() -> Vec<(String, Paper)> {
    let mut papers = Vec::new();
    for file in files("papers") {
        let case = document(&file);
        if case.at("/then/paper").is_none() {
            continue;
        }
        let mut stage = Stage::new("papers");
        stage.enter(text(&case, "after").unwrap());
        stage.take(list(case.get("given"))).unwrap();
        let request: PaperRequest = read_value(case.get("request").unwrap()).unwrap();
        let scheme = text(&case, "scheme").map(|id| &stage.schemes[id]);
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        papers.push((name, paper(&stage.system, scheme, &request).unwrap()));
    }
    papers
}

/// Papers of the cases that need more than one page: everything else is one.
const LONGER: [(&str, usize); 7] = [
    ("approval", 2),
    ("approval_downgraded", 2),
    ("approval_prorated", 2),
    ("duty_report", 2),
    ("letter_partly_signed", 2),
    ("missing_data", 2),
    ("rectification_notice", 2),
];

#[test]
fn every_paper_prints_on_a4_and_holds_its_text() {
    if !can_print() {
        return;
    }
    let mut wrong = Vec::new();
    for (name, paper) in papers() {
        let printed = Printed::new(&name, &paper.html());
        let pages = LONGER
            .iter()
            .find(|(longer, _)| *longer == name)
            .map_or(1, |(_, pages)| *pages);
        if printed.pages != pages {
            wrong.push(format!("{name}: {} pages, not {pages}", printed.pages));
        }
        assert!(printed.is_a4, "{name} does not print on A4");
        for words in words(&paper) {
            assert!(
                printed.holds(&words),
                "{name}: {words} was not printed:\n{}",
                printed.text
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Some words of every part of a paper.
fn words(paper: &Paper) -> Vec<String> {
    let mut words = vec![paper.title.clone()];
    words.extend(paper.to.clone());
    words.extend(paper.issuer.clone());
    words.extend(paper.date.map(|date| date.zh()));
    for part in &paper.parts {
        match part {
            Part::Heading { text } | Part::Paragraph { text } => words.push(text.clone()),
            Part::List { entries } => words.extend(entries.iter().cloned()),
            Part::Table { caption, columns, rows } => {
                words.push(caption.clone());
                words.extend(columns.iter().map(|column| column.title.clone()));
                words.extend(rows.concat());
            }
            Part::Form { caption, rows } => {
                words.push(caption.clone());
                for row in rows {
                    words.extend([row.label.clone(), row.text.clone()]);
                }
            }
            Part::Picture { description, .. } => words.push(description.clone()),
            Part::Places { sides } => {
                for place in sides {
                    words.push(place.name.clone());
                    words.extend(place.lines.iter().cloned());
                }
            }
        }
    }
    words
}

#[test]
fn a_long_table_repeats_its_head_on_every_page() {
    if !can_print() {
        return;
    }
    let mut paper = Paper {
        kind: "missing_data",
        number: None,
        title: "缺报数据清单".to_owned(),
        to: None,
        wide: false,
        dense: false,
        parts: vec![Part::Table {
            caption: "长表".to_owned(),
            columns: vec![
                Column::figures("序号"),
                Column::text("缺报内容"),
                Column::text("报送期限"),
            ],
            rows: (1..=200)
                .map(|row| vec![row.to_string(), format!("第{row}项数据"), "2024年1月31日".to_owned()])
                .collect(),
        }],
        issuer: None,
        date: None,
        note: None,
    };
    let printed = Printed::new("long", &paper.html());
    assert!((4..=7).contains(&printed.pages), "{} pages", printed.pages);
    for (number, page) in (1..).zip(printed.each_page()) {
        assert!(
            page.contains("缺报内容") && page.contains("报送期限"),
            "page {number}:\n{page}"
        );
    }
    assert_eq!(printed.numbers(), (1..=printed.pages).collect::<Vec<_>>());
    for row in 1..=200 {
        assert!(printed.holds(&format!("第{row}项数据")), "row {row}");
    }
    paper.wide = true;
    let across = Printed::new("long_wide", &paper.html());
    assert!(
        across.is_a4_across && across.pages > printed.pages,
        "{} pages",
        across.pages
    );
}

/// A region with a hundred and twenty communities below one of its streets.
fn large() -> Stage {
    let mut stage = Stage::new("papers");
    stage.enter("region");
    let many: Vec<String> = (0..120)
        .map(|number| {
            let class = number % 9;
            format!(
                r#"{{"id": "c-{number}", "name": "名称很长的第{number}个社区居民委员会和便民服务中心", "class": "社区{class}",
                    "superiors": [{{"edge": "line", "unit": "yi"}}]}}"#
            )
        })
        .collect();
    let act = format!(
        r#"{{"act": "units.founded", "id": "多", "effective": "2022-01-01", "units": [{}]}}"#,
        many.join(",")
    );
    stage.take(vec![parse(act.as_bytes()).unwrap()]).unwrap();
    stage
}

fn printed(stage: &Stage, name: &str, request: &str) -> Printed {
    let request: PaperRequest = read(request.as_bytes()).unwrap();
    let page = paper(&stage.system, Some(&stage.schemes["zrz"]), &request).unwrap();
    Printed::new(name, &page.html())
}

#[test]
fn the_page_of_leaders_is_one_whatever_happened() {
    if !can_print() {
        return;
    }
    let request = r#"{"kind": "leaders_page", "day": "2024-01-27", "rule_set": "ls", "since": {"day": "2023-06-30", "known": 12}}"#;
    let page = printed(&large(), "leaders_many", request);
    assert_eq!(page.pages, 1, "{}", page.text);
}

#[test]
fn a_large_map_goes_over_pages_without_tearing_a_row() {
    if !can_print() {
        return;
    }
    let page = printed(&large(), "map_many", r#"{"kind": "cascade_map", "day": "2023-06-30"}"#);
    assert!((3..=6).contains(&page.pages), "{} pages", page.pages);
    for number in 0..120 {
        // A row that is torn is drawn on both pages.
        let name = format!("名称很长的第{number}个社区居民委员会和便民服务中心（社区");
        let found = page.each_page().filter(|page| page.contains(&name)).count();
        assert_eq!(found, 1, "{name}");
    }
}
