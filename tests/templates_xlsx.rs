//! Templates as workbooks: what other programs make of them, and what is refused, by the address of its cell. The files in
//! `tests/data/templates` were made by openpyxl and LibreOffice.
#![cfg(feature = "xlsx")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use std::path::Path;

use zeren::document::{Value, canonical, parse};
use zeren::error::Severity;
use zeren::fact::{Declaration, Entered, SubjectRow, Template, declarations};

const FACTS: &str = r#"[
    {"name": "会议次数", "kind": "count", "unit": "次", "max": 12, "supplier": "宣传部", "zero": "declared"},
    {"name": "惠民人次", "kind": "count", "unit": "人次", "max": 100000, "supplier": "宣传部"},
    {"name": "满意率", "kind": "number", "unit": "%", "min": 0, "max": 100, "supplier": "宣传部"},
    {"name": "建成日期", "kind": "date", "supplier": "宣传部"},
    {"name": "已公开", "kind": "yes_no", "supplier": "宣传部"},
    {"name": "档次", "kind": "choice", "words": ["好", "一般"], "supplier": "宣传部", "judged": true},
    {"name": "测评", "kind": "ballots", "words": ["优秀", "良好"], "max": 500, "supplier": "组织部"},
    {"name": "通报", "kind": "events", "max": 20, "supplier": "督查室", "fields": [
        {"name": "级别", "kind": "choice", "words": ["省级", "市级"]}, {"name": "日期", "kind": "date"},
        {"name": "扣分", "kind": "number", "min": 0, "max": 5}, {"name": "归属", "kind": "holder"}]}]"#;

fn facts() -> Vec<Declaration> {
    declarations(FACTS.as_bytes()).unwrap()
}

fn values() -> Template {
    Template::values("办法", "1", &facts(), Some("宣传部"))
}

fn file(name: &str) -> Vec<u8> {
    std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/templates")
            .join(name),
    )
    .unwrap()
}

fn entered(template: &Template, bytes: &[u8]) -> Entered {
    let read = Entered::read(bytes, |_| Ok(template.clone()));
    read.unwrap_or_else(|error| panic!("{error}"))
}

fn written(facts: &[(String, Value)]) -> String {
    let members = facts.iter().map(|(name, value)| (name.as_str().into(), value.clone()));
    canonical(&Value::Object(members.collect()))
}

/// Code and cell of every problem.
fn refused(name: &str) -> Vec<(&'static str, String)> {
    let error = values().read(&file(name)).unwrap_err();
    let told = error.findings().iter();
    told.map(|finding| (finding.code, finding.pointer.clone().unwrap()))
        .collect()
}

fn pairs(expected: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    expected.iter().map(|(code, at)| (*code, (*at).to_owned())).collect()
}

#[test]
fn a_book_of_another_program_means_what_its_cells_show() {
    let entered = entered(&values(), &file("openpyxl.xlsx"));
    let told: Vec<(&str, String)> = entered
        .subjects
        .iter()
        .map(|filled| (filled.subject.as_str(), written(&filled.facts)))
        .collect();
    let expected = [
        (
            "s-1",
            r#"{"会议次数":3,"建成日期":"2022-03-05","已公开":true,"惠民人次":1234,"档次":{"by":"考核组","reason":"现场核查","state":"judged","value":"好"},"满意率":12.5}"#,
        ),
        (
            "s-2",
            r#"{"会议次数":{"declared_by":"办公室主任","state":"zero"},"建成日期":"2022-03-05","已公开":false,"惠民人次":{"state":"at_least","value":8000},"档次":{"reason":"填报表填写不适用","state":"not_applicable"},"满意率":93.2}"#,
        ),
        (
            "s-3",
            r#"{"会议次数":{"state":"pending"},"建成日期":"2022-03-05","惠民人次":1234,"档次":{"state":"unknown"},"满意率":93.2}"#,
        ),
        ("s-4", r#"{"满意率":100}"#),
    ];
    assert_eq!(told.len(), expected.len());
    for ((subject, facts), (id, expected)) in told.iter().zip(expected) {
        assert_eq!(
            (*subject, facts.as_str()),
            (id, canonical(&parse(expected.as_bytes()).unwrap()).as_str())
        );
    }
    let at = |code: &str| -> Vec<&str> {
        let found = entered.findings.iter().filter(|finding| finding.code == code);
        found.map(|finding| finding.pointer.as_deref().unwrap()).collect()
    };
    assert_eq!(at("fact.template_hidden"), ["A6", "E2"]);
    // What stays blank is pending, in its cell.
    assert_eq!(at("fact.pending"), ["C6", "H6", "C7", "E7", "G7", "H7", "I7"]);
}

#[test]
fn days_are_counted_from_1904_where_the_book_says_so() {
    let entered = entered(&values(), &file("days_1904.xlsx"));
    assert_eq!(written(&entered.subjects[0].facts), r#"{"建成日期":"2022-03-05"}"#);
}

/// LibreOffice saved the table that this library wrote, filled in by it.
#[test]
fn a_book_saved_by_libreoffice_is_read() {
    let entered = entered(&values(), &file("libreoffice.xlsx"));
    let expected = r#"{"会议次数":2,"建成日期":"2022-03-05","已公开":true,"惠民人次":1234,"档次":{"by":"考核组","reason":"现场核查","state":"judged","value":"好"},"满意率":93.2}"#;
    let expected = canonical(&parse(expected.as_bytes()).unwrap());
    assert_eq!(written(&entered.subjects[0].facts), expected);
    // Its third cell is a formula: read as it was when saved, and told.
    let formula = entered
        .findings
        .iter()
        .find(|finding| finding.code == "fact.template_formula");
    let formula = formula.unwrap();
    assert_eq!(
        (formula.pointer.as_deref(), formula.severity),
        (Some("C4"), Severity::Notice)
    );
    assert_eq!(written(&entered.subjects[1].facts), r#"{"满意率":12.5}"#);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut told = refused("refused.xlsx");
    told.sort();
    let mut expected = pairs(&[
        ("fact.not_whole", "C4"),
        ("fact.out_of_range", "E4"),
        ("fact.template_cell", "F4"),
        ("fact.template_cell", "G4"),
        ("fact.template_cell", "H4"),
        ("fact.template_cell", "I4"),
        ("fact.template_error_cell", "C5"),
        ("fact.template_cell", "E5"),
        ("fact.template_finer", "F5"),
        ("fact.template_cell", "G5"),
        ("fact.template_formula_empty", "C6"),
        ("fact.template_cell", "E6"),
        ("fact.template_merged", "I6"),
        ("fact.template_beyond_heads", "L7"),
        ("fact.template_no_subject", "A8"),
        ("fact.template_subject_twice", "A9"),
    ]);
    expected.sort();
    assert_eq!(told, expected);
    for finding in values().read(&file("refused.xlsx")).unwrap_err().findings() {
        let at = finding.pointer.as_deref().unwrap();
        assert!(finding.zh.starts_with(&format!("{at}：")), "{}", finding.zh);
        assert!(finding.en.starts_with(&format!("{at}: ")), "{}", finding.en);
    }
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(refused("two_tables.xlsx"), pairs(&[("fact.template_two_tables", "A1")]));
    assert_eq!(refused("hidden_sheet.xlsx"), pairs(&[("fact.template_no_mark", "A1")]));
    assert_eq!(refused("doctype.xlsx"), pairs(&[("fact.template_not_workbook", "")]));
    assert_eq!(
        refused("far_cell.xlsx"),
        pairs(&[
            ("fact.template_beyond_heads", "XFD1048576"),
            ("fact.template_no_subject", "A1048576")
        ])
    );
}

#[test]
fn archives_that_lie_about_their_size_cost_nothing() {
    assert_eq!(refused("bomb.xlsx"), pairs(&[("fact.template_not_workbook", "")]));
    assert_eq!(refused("claims_much.xlsx"), pairs(&[("fact.template_too_large", "")]));
    let large = [b"PK\x03\x04".as_slice(), &vec![0; 17 << 20]].concat();
    assert_eq!(values().read(&large).unwrap_err().code(), "fact.template_too_large");
}

/// Whatever is cut off or turned around is an error, never a panic, and never read as something else.
#[test]
fn damaged_books_are_refused() {
    let whole = file("openpyxl.xlsx");
    let subjects = entered(&values(), &whole).subjects;
    for length in (0..whole.len()).step_by(37) {
        assert!(values().read(&whole[..length]).is_err(), "{length}");
    }
    for place in (0..whole.len()).step_by(11) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        if let Ok(read) = values().read(&damaged) {
            // Nothing but times, attributes and parts that are not read may change unseen.
            assert_eq!(read, subjects, "{place}");
        }
    }
}

fn rows() -> Vec<SubjectRow> {
    let known = r#"{"会议次数": {"state": "zero", "declared_by": "办公室主任"}, "惠民人次": {"state": "at_least", "value": 8000},
        "满意率": 93.20, "建成日期": "2022-03-05", "已公开": false,
        "档次": {"state": "judged", "value": "一般", "by": "考核组", "reason": "一、二\n\"三\" <四> & 五"}}"#;
    let Value::Object(members) = parse(known.as_bytes()).unwrap() else {
        panic!()
    };
    let facts = members
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect();
    let full = SubjectRow {
        id: "007".to_owned(),
        name: "甲镇 <&>".to_owned(),
        facts,
    };
    let states = r#"{"会议次数": {"state": "pending"}, "惠民人次": {"state": "unknown"}, "满意率": {"state": "not_applicable", "reason": "未设窗口"}}"#;
    let Value::Object(members) = parse(states.as_bytes()).unwrap() else {
        panic!()
    };
    let facts = members
        .into_iter()
        .map(|(name, value)| (name.to_string(), value))
        .collect();
    let states = SubjectRow {
        id: "s-2".to_owned(),
        name: "乙镇".to_owned(),
        facts,
    };
    vec![full, states, SubjectRow::blank("s-3", "丙镇")]
}

/// What is filled in beforehand is what is read, from a workbook as from CSV; and a workbook has the same bytes every time.
#[test]
fn what_is_written_is_read_back() {
    let template = values().bound_to(&"0a".repeat(32));
    let book = template.xlsx(&rows()).unwrap();
    assert_eq!(book, template.xlsx(&rows()).unwrap());
    let csv = template.csv_with(&rows()).unwrap();
    let (from_book, from_csv) = (template.read(&book).unwrap(), template.read(csv.as_bytes()).unwrap());
    assert_eq!(from_book, from_csv);
    for (row, filled) in rows().iter().zip(&from_book) {
        assert_eq!(row.id, filled.subject);
        assert_eq!(written(&row.facts), written(&filled.facts));
    }
    let other = values().bound_to(&"0b".repeat(32));
    let error = other.read(&book).unwrap_err();
    assert_eq!(
        (error.code(), error.findings()[0].pointer.as_deref()),
        ("fact.template_other_digest", Some("J1"))
    );
}

#[test]
fn events_and_ballots_have_books_as_well() {
    let declared = facts();
    let events = Template::events("办法", "1", &declared[7]);
    let known = r#"{"complete": false, "events": [{"级别": "省级", "日期": "2022-03-05", "扣分": 0.5, "归属": "subordinate"}, {"级别": "市级"}]}"#;
    let row = SubjectRow {
        facts: vec![("通报".to_owned(), parse(known.as_bytes()).unwrap())],
        ..SubjectRow::blank("s-1", "甲镇")
    };
    let book = events.xlsx(&[row.clone(), SubjectRow::blank("s-2", "乙镇")]).unwrap();
    let read = events.read(&book).unwrap();
    assert_eq!(read.len(), 1, "of 乙镇 nothing is said");
    assert_eq!(written(&read[0].facts), written(&row.facts));
    let ballots = Template::values("办法", "1", &declared, Some("组织部"));
    let known = r#"{"issued": 100, "returned": 98, "valid": 95, "votes": {"优秀": 60, "良好": 30}}"#;
    let row = SubjectRow {
        facts: vec![("测评".to_owned(), parse(known.as_bytes()).unwrap())],
        ..SubjectRow::blank("s-1", "甲镇")
    };
    let book = ballots.xlsx(std::slice::from_ref(&row)).unwrap();
    assert_eq!(written(&ballots.read(&book).unwrap()[0].facts), written(&row.facts));
    // Votes that do not add up are told by their cell.
    let more = row.facts[0].1.clone();
    let text = canonical(&more).replace("\"优秀\":60", "\"优秀\":70");
    let row = SubjectRow {
        facts: vec![("测评".to_owned(), parse(text.as_bytes()).unwrap())],
        ..row
    };
    let error = ballots.read(&ballots.xlsx(&[row]).unwrap()).unwrap_err();
    assert!(
        error.findings()[0]
            .pointer
            .as_deref()
            .is_some_and(|at| at.ends_with('4')),
        "{error}"
    );
}
