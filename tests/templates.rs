//! Templates filled in by hand: what each way of writing a cell means, and what is refused, by the address of its cell.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use zeren::document::{Value, canonical, parse};
use zeren::fact::{Declaration, Facts, Inputs, Template, admit, declarations};

fn object(facts: &[(String, Value)]) -> Value {
    let members = facts.iter().map(|(name, value)| (name.as_str().into(), value.clone()));
    Value::Object(members.collect())
}

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
        {"name": "归属", "kind": "holder"}]}]"#;

fn facts() -> Vec<Declaration> {
    declarations(FACTS.as_bytes()).unwrap()
}

fn values() -> Template {
    Template::values("办法", "1", &facts(), Some("宣传部"))
}

/// A table of these rows below the three of the head.
fn filled(template: &Template, rows: &[&str]) -> String {
    let head: Vec<String> = template.csv(&[]).split_inclusive("\r\n").map(str::to_owned).collect();
    let rows: Vec<String> = rows.iter().map(|row| format!("{row}\r\n")).collect();
    [head.concat(), rows.concat()].concat()
}

/// What one row of the values table says, as JSON.
fn row(cells: &str) -> Result<String, Vec<(String, String)>> {
    let template = values();
    let table = filled(&template, &[&format!("s-1,甲镇,{cells}")]);
    match template.read(table.as_bytes()) {
        Ok(filled) => Ok(canonical(&object(&filled[0].facts))),
        Err(error) => {
            let told = error.findings().iter();
            Err(told
                .map(|finding| (finding.code.to_owned(), finding.pointer.clone().unwrap()))
                .collect())
        }
    }
}

#[test]
fn the_table_is_what_a_spreadsheet_opens() {
    let csv = values().csv(&[("s-1", "甲镇"), ("s-2", "乙镇, \"新\"")]);
    assert!(csv.starts_with('\u{feff}'));
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "办法,办法,版本,1,填报内容,事实数值,填报单位,宣传部,办法摘要,");
    assert_eq!(
        lines[1],
        "考核对象编号,考核对象,会议次数（次）,会议次数·零报告岗位,惠民人次（人次）,满意率（%）,建成日期,已公开,档次,档次·评定人,档次·评定理由"
    );
    assert!(lines[2].starts_with("填写说明,"));
    assert!(lines[4].starts_with("s-2,\"乙镇, \"\"新\"\"\","));
}

#[test]
fn every_way_of_writing_has_one_meaning() {
    let cases = [
        ("3,,,,,,,,", r#"{"会议次数":3}"#),
        ("３,,,,,,,,", r#"{"会议次数":3}"#),
        (
            "无,办公室主任,,,,,,,",
            r#"{"会议次数":{"declared_by":"办公室主任","state":"zero"}}"#,
        ),
        ("0,,,,,,,,", r#"{"会议次数":0}"#),
        (",,,,,,,,", "{}"),
        ("未报,,,,,,,,", r#"{"会议次数":{"state":"pending"}}"#),
        ("不明,,,,,,,,", r#"{"会议次数":{"state":"unknown"}}"#),
        (",,\"1,234\",,,,,,", r#"{"惠民人次":1234}"#),
        (",,8000以上,,,,,,", r#"{"惠民人次":{"state":"at_least","value":8000}}"#),
        (",,≥8000,,,,,,", r#"{"惠民人次":{"state":"at_least","value":8000}}"#),
        (",,,12.5%,,,,,", r#"{"满意率":12.5}"#),
        (",,,12.50,,,,,", r#"{"满意率":12.5}"#),
        (
            ",,,/,,,,,",
            r#"{"满意率":{"reason":"填报表填写不适用","state":"not_applicable"}}"#,
        ),
        (
            ",,,不适用：未设窗口,,,,,",
            r#"{"满意率":{"reason":"未设窗口","state":"not_applicable"}}"#,
        ),
        (",,,,2022年3月5日,,,,", r#"{"建成日期":"2022-03-05"}"#),
        (",,,,2022/3/5,√,,,", r#"{"已公开":true,"建成日期":"2022-03-05"}"#),
        (
            ",,,,,,好,考核组,现场核查",
            r#"{"档次":{"by":"考核组","reason":"现场核查","state":"judged","value":"好"}}"#,
        ),
    ];
    for (cells, expected) in cases {
        let expected = canonical(&parse(expected.as_bytes()).unwrap());
        assert_eq!(row(cells), Ok(expected), "{cells}");
    }
}

#[test]
fn what_cannot_be_read_is_told_by_its_cell() {
    let cases = [
        ("无,,,,,,,,", "C4"),
        ("三,,,,,,,,", "C4"),
        ("-,,,,,,,,", "C4"),
        (",,\"12,34\",,,,,,", "E4"),
        (",,12%,,,,,,", "E4"),
        (",,1.23E+05,,,,,,", "E4"),
        (",,,98.5分,,,,,", "F4"),
        (",,,,2022年3月上旬,,,,", "G4"),
        (",,,,44625,,,,", "G4"),
        (",,,,,对,,,", "H4"),
        (",,,,,,差,考核组,核查", "I4"),
        (",,,,,,好,,", "I4"),
    ];
    for (cells, at) in cases {
        assert_eq!(
            row(cells),
            Err(vec![("fact.template_cell".to_owned(), at.to_owned())]),
            "{cells}"
        );
    }
    let all = row("三,,12%,,,,,,,多出").unwrap_err();
    let places: Vec<&str> = all.iter().map(|(_, at)| at.as_str()).collect();
    assert_eq!(places, ["L4", "C4", "E4"]);
}

/// The code and the cell of the first problem of a table.
fn refused(template: &Template, table: &[u8]) -> (&'static str, String) {
    let error = template.read(table).unwrap_err();
    let finding = &error.findings()[0];
    (finding.code, finding.pointer.clone().unwrap())
}

#[test]
fn a_table_of_something_else_is_refused() {
    let template = values();
    let table = filled(&template, &["s-1,甲镇,3"]);
    let told = |from: &str, to: &str| refused(&template, table.replacen(from, to, 1).as_bytes());
    let cell = |code, at: &str| (code, at.to_owned());
    assert_eq!(
        told("办法,办法", "办法,别的办法"),
        cell("fact.template_other_scheme", "B1")
    );
    assert_eq!(told("版本,1", "版本,2"), cell("fact.template_other_version", "D1"));
    assert_eq!(told("事实数值", "通报"), cell("fact.template_other_content", "F1"));
    assert_eq!(told("办法,办法", "表,办法"), cell("fact.template_no_mark", "A1"));
    assert_eq!(told("已公开", "公开"), cell("fact.template_unknown_head", "H2"));
    assert_eq!(told("已公开", "建成日期"), cell("fact.template_head_twice", "H2"));
    assert_eq!(told("s-1,", ","), cell("fact.template_no_subject", "A4"));
    let twice = filled(&template, &["s-1,甲镇,3", "s-1,甲镇,4"]);
    assert_eq!(
        refused(&template, twice.as_bytes()),
        cell("fact.template_subject_twice", "A5")
    );
    let (bound, other) = (values().bound_to("11"), values().bound_to("22"));
    let filled_in = filled(&bound, &["s-1,甲镇,3"]);
    assert!(bound.read(filled_in.as_bytes()).is_ok());
    assert_eq!(
        refused(&other, filled_in.as_bytes()),
        cell("fact.template_other_digest", "J1")
    );
    // The same table saved in GB 18030: 办 is two bytes there.
    assert_eq!(
        refused(&template, b"\xb0\xec\xb7\xa8"),
        cell("fact.template_not_utf8", "")
    );
    assert_eq!(
        refused(&template, &table.as_bytes()[..3]),
        cell("fact.template_no_mark", "A1")
    );
}

#[test]
fn columns_may_be_moved_and_left_out_and_blank_rows_stand_for_nothing() {
    let template = values();
    let head = "办法,办法,版本,1,填报内容,事实数值\r\n满意率（%）,考核对象编号\r\n";
    let filled = template.read(format!("{head},\r\n90,s-2\r\n").as_bytes()).unwrap();
    assert_eq!((filled.len(), filled[0].subject.as_str()), (1, "s-2"));
    assert_eq!(filled[0].facts.len(), 1);
}

#[test]
fn ballots_take_a_column_each() {
    let template = Template::values("办法", "1", &facts(), Some("组织部"));
    let table = filled(&template, &["s-1,甲镇,100,98,95,60,30", "s-2,乙镇,,,,,"]);
    let filled = template.read(table.as_bytes()).unwrap();
    let expected = r#"{"测评":{"issued":100,"returned":98,"valid":95,"votes":{"优秀":60,"良好":30}}}"#;
    assert_eq!(
        canonical(&object(&filled[0].facts)),
        canonical(&parse(expected.as_bytes()).unwrap())
    );
    assert!(filled[1].facts.is_empty());
}

#[test]
fn events_take_a_row_each() {
    let declared = facts();
    let template = Template::events("办法", "1", &declared[7]);
    let rows = [
        "s-1,甲镇,否,省级,2022-03-05,本单位",
        "s-1,甲镇,,市级,,下级单位",
        "s-2,乙镇,是,,,",
        "s-3,丙镇,,,,",
    ];
    let filled = template.read(filled(&template, &rows).as_bytes()).unwrap();
    let told: Vec<String> = filled.iter().map(|filled| canonical(&filled.facts[0].1)).collect();
    assert_eq!(told.len(), 2, "what 丙镇 did not report is missing, not empty");
    assert_eq!(
        told[0],
        canonical(&parse(r#"{"complete":false,"events":[{"级别":"省级","日期":"2022-03-05","归属":"own"},{"级别":"市级","归属":"subordinate"}]}"#.as_bytes()).unwrap())
    );
    assert_eq!(told[1], r#"{"complete":true,"events":[]}"#);
}

/// What a template gives is what a facts document takes.
#[test]
fn what_is_read_is_admitted() {
    let template = values();
    let table = filled(
        &template,
        &["s-1,甲镇,无,办公室主任,\"8,000以上\",96.5%,2022年3月5日,是,好,考核组,现场核查"],
    );
    let filled = template.read(table.as_bytes()).unwrap();
    let document = format!(
        r#"{{"kind":"facts","format":1,"subject":"s-1","scheme":"办法","facts":{}}}"#,
        canonical(&object(&filled[0].facts))
    );
    let facts = Facts::read(&parse(document.as_bytes()).unwrap()).unwrap();
    let inputs = Inputs::new(&declarations(FACTS.as_bytes()).unwrap(), &[]);
    let admission = admit(&inputs.list(), 2022, &facts).unwrap();
    assert!(
        admission
            .findings
            .iter()
            .all(|finding| finding.code != "fact.out_of_range")
    );
}
