//! Parts that no program would write.

use super::pack::archive;
use super::zip::Archive;
use super::{read, write};
use crate::fact::template::grid::{Grid, MAX_CELLS};
use crate::fact::{SubjectRow, Template, declarations};

const PARTS: [&str; 7] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
];

fn template() -> Template {
    let facts = r#"[{"name": "会议次数", "kind": "count", "max": 12}, {"name": "满意率", "kind": "number", "min": 0, "max": 100},
        {"name": "日期", "kind": "date"}]"#;
    Template::values("办法", "1", &declarations(facts.as_bytes()).unwrap(), None)
}

fn parts() -> Vec<(&'static str, String)> {
    let template = template();
    let rows = ["s-1", "s-2"].map(|id| SubjectRow::blank(id, "甲镇"));
    let book = write(&template, &template.lines(&rows).unwrap()).unwrap();
    let archive = Archive::open(&book).unwrap();
    let part = |name: &'static str| (name, String::from_utf8(archive.part(name).unwrap().unwrap()).unwrap());
    PARTS.into_iter().map(part).collect()
}

/// The book with the cells of its third column, from the first subject on, as this XML.
fn with_cell(cell: &str) -> Vec<u8> {
    with_sheet(|sheet| sheet.replacen(r#"<c r="C4" s="5"/>"#, cell, 1))
}

fn with_sheet(change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts();
    parts[5].1 = change(&parts[5].1);
    archive(&parts)
}

fn cell(xml: &str) -> Result<String, (&'static str, String)> {
    let grid = read(&with_cell(xml)).map_err(|error| (error.code(), String::new()))?;
    match grid.problems.first() {
        Some(problem) => Err((problem.code, problem.pointer.clone().unwrap())),
        None => Ok(grid.rows[3].get(2).cloned().unwrap_or_default()),
    }
}

#[test]
fn every_sort_of_cell_is_read() {
    for (xml, text) in [
        (r#"<c r="C4"><v>93.200000000000003</v></c>"#, "93.2"),
        (r#"<c r="C4" t="n"><v> 5 </v></c>"#, "5"),
        (r#"<c r="C4" t="b"><v>1</v></c>"#, "是"),
        (r#"<c r="C4" t="d"><v>2022-03-05T00:00:00</v></c>"#, "2022-03-05"),
        (r#"<c r="C4" t="str"><f>A1</f><v> 甲&amp;乙&#x20;</v></c>"#, "甲&乙"),
        (r#"<c r="C4" t="str"><f>IF(1,"")</f><v></v></c>"#, ""),
        (
            r#"<c r="C4" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh><t>jia</t></rPh></is></c>"#,
            "甲乙",
        ),
        (r#"<x:c xmlns:x="y" x:r="C4"><x:v>7</x:v></x:c>"#, "7"),
        (r#"<c t="str"><v><![CDATA[<甲>]]></v></c>"#, "<甲>"),
        (r#"<c r="C4" s="6"><v>44625</v></c>"#, "2022-03-05"),
        (r#"<c r="C4" s="999"><v>44625</v></c>"#, "44625"),
        (r#"<c r="C4"/>"#, ""),
    ] {
        assert_eq!(cell(xml).as_deref(), Ok(text), "{xml}");
    }
    for (xml, code) in [
        (r#"<c r="C4" t="e"><v>#DIV/0!</v></c>"#, "fact.template_error_cell"),
        (r#"<c r="C4" t="s"><v>0</v></c>"#, "fact.template_cell"),
        (r#"<c r="C4" t="new"><v>0</v></c>"#, "fact.template_cell"),
        (r#"<c r="C4"><v>1e999</v></c>"#, "fact.template_cell"),
        (r#"<c r="C4"><f>1+1</f></c>"#, "fact.template_formula_empty"),
        (r#"<c r="C4" s="6"><v>44625.5</v></c>"#, "fact.template_cell"),
    ] {
        assert_eq!(cell(xml), Err((code, "C4".to_owned())), "{xml}");
    }
    for xml in ["<c r=\"C4\"><v>1</c>", "<c r=\"C4\"><v>&nobody;</v></c>", "</row>"] {
        assert_eq!(cell(xml).unwrap_err().0, "fact.template_not_workbook", "{xml}");
    }
}

#[test]
fn what_would_take_all_memory_is_refused() {
    // One long text, shared by many cells.
    let long = "甲".repeat(100_000);
    let shared = format!("<sst><si><t>{long}</t></si></sst>");
    let rows: String = (4..400)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let mut parts = parts();
    parts[3].1 = parts[3].1.replace(
        "</Relationships>",
        r#"<Relationship Id="s" Type="x/sharedStrings" Target="shared.xml"/></Relationships>"#,
    );
    parts[5].1 = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    parts.push(("xl/shared.xml", shared));
    assert_eq!(read(&archive(&parts)).unwrap_err().code(), "fact.template_too_large");
    // A cell far to the right of every row, and one far below.
    let far: String = (1..400)
        .map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>"))
        .collect();
    for sheet in [
        far,
        format!("<row r=\"{0}\"><c r=\"A{0}\"><v>1</v></c></row>", MAX_CELLS + 2),
    ] {
        let book = with_sheet(|_| format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>"));
        assert_eq!(read(&book).unwrap_err().code(), "fact.template_too_large");
    }
    let huge = r#"<row r="18446744073709551615"><c r="A18446744073709551615"><v>1</v></c><c><v>1</v></c></row>"#;
    let book = with_sheet(|_| format!("<worksheet><sheetData>{huge}</sheetData></worksheet>"));
    assert!(read(&book).is_err());
}

/// Parts with a few bytes changed are refused or read, and nothing else happens.
#[test]
fn changed_parts_never_panic() {
    let whole = parts();
    let (mut state, mut read_anyway) = (7_u64, 0);
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..3_000 {
        let mut parts = whole.clone();
        let part = [2, 3, 4, 5][next(4)];
        let mut characters: Vec<char> = parts[part].1.chars().collect();
        for _ in 0..=next(3) {
            let at = next(characters.len());
            match next(4) {
                0 => drop(characters.remove(at)),
                1 => characters[at] = ['<', '>', '"', '&', '/', '9', '-', ';', '\u{0}', '甲'][next(10)],
                2 => characters.insert(at, ['<', '/', '9', '=', '\'', ']'][next(6)]),
                _ => {
                    let other = next(characters.len());
                    characters.swap(at, other);
                }
            }
        }
        parts[part].1 = characters.into_iter().collect();
        read_anyway += usize::from(Grid::read(&archive(&parts)).is_ok());
    }
    assert!(read_anyway > 100, "{read_anyway}");
}
