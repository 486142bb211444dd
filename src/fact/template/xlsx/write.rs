//! Writing a table as a workbook: the table on one sheet, how to fill it in on another. Neither is hidden or protected.

use std::fmt::Write as _;

use super::entry::Entry;
use super::number::serial;
use super::pack::archive;
use crate::calendar::Date;
use crate::error::Result;
use crate::fact::template::column::Column;
use crate::fact::template::grid::address;
use crate::fact::{Content, Template};

/// Rows for further events behind those that the table begins with.
const SPARE: usize = 1_000;
/// Rows above the subjects.
const HEAD: usize = 3;

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
"#;
const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Styles of cells, in the order of [`STYLES`].
const MARK: usize = 1;
const HEADS: usize = 2;
const HINTS: usize = 3;
const TEXT: usize = 4;
const PLAIN: usize = 5;
const DAY: usize = 6;
const PROSE: usize = 7;

const STYLES: &str = r##"<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="9"/><color rgb="FF595959"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EEF7"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="8"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf numFmtId="49" fontId="2" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>"##;

/// How to fill a table in, for whoever opens the second sheet.
const GUIDE: [[&str; 2]; 12] = [
    ["写法", "含义"],
    ["数字，如 12、1,234、93.2", "该数值，按表头括号内的单位"],
    ["百分数，如 12.5%", "只用于单位为 % 的列"],
    ["8000以上、≥8000、不少于8000", "概数：不少于该数"],
    ["留空、未报", "尚未报送。留空从不按零计"],
    ["不明", "无人掌握"],
    ["/、不适用、不适用：原因", "该项不适用于这个考核对象"],
    ["0", "零"],
    ["无", "零报告：须在旁边一列写明申报岗位；没有该列的请填 0"],
    ["2022-12-31、2022年12月31日", "日期；不要带时刻"],
    ["是、否", "是否类"],
    [
        "注意",
        "不要改动第一行和表头，不要增加列、合并单元格；公式请粘贴为数值，小数位数不要超过说明行所写",
    ],
];

/// The workbook of a table.
pub(in crate::fact::template) fn write(template: &Template, lines: &[Vec<String>]) -> Result<Vec<u8>> {
    let part = |text: String| format!("{DECLARATION}{text}");
    Ok(archive(&[
        ("[Content_Types].xml", part(content_types())),
        ("_rels/.rels", part(relations(&[("officeDocument", "xl/workbook.xml")]))),
        ("xl/workbook.xml", part(workbook())),
        (
            "xl/_rels/workbook.xml.rels",
            part(relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
                ("styles", "styles.xml"),
            ])),
        ),
        (
            "xl/styles.xml",
            part(format!("<styleSheet {MAIN}>{STYLES}</styleSheet>")),
        ),
        ("xl/worksheets/sheet1.xml", part(table(template, lines))),
        ("xl/worksheets/sheet2.xml", part(guide())),
    ]))
}

fn content_types() -> String {
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="/xl/{name}" ContentType="{TYPE}.{kind}+xml"/>"#);
    [
        format!(r#"<Types xmlns="{PACKAGE}/content-types">"#),
        format!(
            r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}"#,
            r#"<Default Extension="xml" ContentType="application/xml"/>"#
        ),
        part("workbook.xml", "sheet.main"),
        part("styles.xml", "styles"),
        part("worksheets/sheet1.xml", "worksheet"),
        part("worksheets/sheet2.xml", "worksheet"),
        "</Types>".to_owned(),
    ]
    .concat()
}

fn relations(all: &[(&str, &str)]) -> String {
    let mut text = format!(r#"<Relationships xmlns="{PACKAGE}/relationships">"#);
    for (number, (kind, target)) in (1_u32..).zip(all) {
        // Writing into text does not fail.
        let _ = write!(
            text,
            r#"<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>"#
        );
    }
    text.push_str("</Relationships>");
    text
}

fn workbook() -> String {
    [
        format!(r#"<workbook {MAIN} xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews><sheets>"#),
        r#"<sheet name="填报表" sheetId="1" r:id="rId1"/><sheet name="填写说明" sheetId="2" r:id="rId2"/></sheets>"#.to_owned(),
        r#"<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'填报表'!$1:$3</definedName></definedNames>"#
            .to_owned(),
        "</workbook>".to_owned(),
    ]
    .concat()
}

fn table(template: &Template, lines: &[Vec<String>]) -> String {
    let columns = &template.columns;
    let entries: Vec<Entry> = columns.iter().map(Entry::of).collect();
    let mut text = format!(
        r#"<worksheet {MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="3" topLeftCell="C4" activePane="bottomRight" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>"#
    );
    for (number, (column, entry)) in (1_u32..).zip(columns.iter().zip(&entries)) {
        let (width, style) = (width(column), style(entry));
        let _ = write!(
            text,
            r#"<col min="{number}" max="{number}" width="{width}" style="{style}" customWidth="1"/>"#
        );
    }
    text.push_str("</cols><sheetData>");
    for (row, line) in lines.iter().enumerate() {
        let number = row.saturating_add(1);
        let height = if row == 2 { hint_height(columns) } else { String::new() };
        let _ = write!(text, r#"<row r="{number}"{height}>"#);
        for (place, cell) in line.iter().enumerate() {
            let at = address(row, place);
            let entry = entries.get(place).unwrap_or(&Entry::Text);
            match row {
                0 => words(&mut text, &at, MARK, cell),
                1 => words(&mut text, &at, HEADS, cell),
                2 => words(&mut text, &at, HINTS, cell),
                _ => value(&mut text, &at, entry, cell),
            }
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData>");
    let last = match template.mark.content {
        Content::Events(_) => lines.len().saturating_add(SPARE),
        Content::Values | Content::Opening(_) => lines.len(),
    };
    if last > HEAD {
        validations(&mut text, columns, &entries, last);
    }
    text.push_str(r#"<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>"#);
    text
}

fn guide() -> String {
    let mut text = format!(
        r#"<worksheet {MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="34" customWidth="1"/><col min="2" max="2" width="60" customWidth="1"/></cols><sheetData>"#
    );
    for (row, pair) in GUIDE.iter().enumerate() {
        let _ = write!(text, r#"<row r="{}">"#, row.saturating_add(1));
        for (place, cell) in pair.iter().enumerate() {
            let style = if row == 0 { HEADS } else { PROSE };
            words(&mut text, &address(row, place), style, cell);
        }
        text.push_str("</row>");
    }
    text.push_str(r#"</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToHeight="0"/></worksheet>"#);
    text
}

fn style(entry: &Entry) -> usize {
    match entry {
        Entry::Number { .. } => PLAIN,
        Entry::Day => DAY,
        Entry::Text | Entry::Words { .. } => TEXT,
    }
}

/// The width of a column, in characters.
fn width(column: &Column) -> usize {
    // A Chinese character takes the width of two digits.
    let head = column.head().chars().count().saturating_mul(2).saturating_add(2);
    head.clamp(14, 36)
}

/// The height of the row of hints: that of the longest, broken into lines. Nobody adjusts it when the file is opened.
fn hint_height(columns: &[Column]) -> String {
    // Its characters are smaller: each takes 1.7 digits of width, and a line 12 points.
    let lines = columns.iter().map(|column| {
        let tenths = column.hint().chars().count().saturating_mul(17);
        tenths.div_ceil(width(column).saturating_mul(10))
    });
    let points = lines.max().unwrap_or(1).saturating_mul(12).saturating_add(6).min(400);
    format!(r#" ht="{points}" customHeight="1""#)
}

fn words(text: &mut String, at: &str, style: usize, cell: &str) {
    if cell.is_empty() {
        let _ = write!(text, r#"<c r="{at}" s="{style}"/>"#);
    } else {
        let cell = escaped(cell);
        let _ = write!(
            text,
            r#"<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#
        );
    }
}

/// A cell of a subject: a number or a day where it is one that the spreadsheet holds as it is, else text.
fn value(text: &mut String, at: &str, entry: &Entry, cell: &str) {
    let style = style(entry);
    let number = match entry {
        Entry::Number { .. } => Some(cell.to_owned()).filter(|cell| is_held(cell)),
        Entry::Day => Date::from_iso(cell).and_then(serial).map(|serial| serial.to_string()),
        Entry::Text | Entry::Words { .. } => None,
    };
    match number {
        Some(number) => {
            let _ = write!(text, r#"<c r="{at}" s="{style}"><v>{number}</v></c>"#);
        }
        None => words(text, at, style, cell),
    }
}

/// Whether a spreadsheet holds the number as it is written: a plain decimal of 15 digits at most.
fn is_held(cell: &str) -> bool {
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    digits(whole) && digits(decimals) && whole.len().saturating_add(decimals.len()) <= 15
}

/// What cells take: numbers within their range or words for what is not known; one of the words of a choice.
fn validations(text: &mut String, columns: &[Column], entries: &[Entry], last: usize) {
    let mut all = String::new();
    let mut count = 0_usize;
    for (place, (column, entry)) in columns.iter().zip(entries).enumerate() {
        let (first, last) = (address(HEAD, place), address(last.saturating_sub(1), place));
        let (style, kind, formula) = match entry {
            Entry::Number { least, greatest, whole } => {
                let whole = if *whole {
                    format!(",{first}=INT({first})")
                } else {
                    String::new()
                };
                let range = format!("AND({first}>={least},{first}<={greatest}{whole})");
                (
                    "stop",
                    "custom",
                    format!("IF(ISNUMBER({first}),{range},ISTEXT({first}))"),
                )
            }
            Entry::Words { words, states } => {
                let states: &[&str] = if *states { &["未报", "不明", "/"] } else { &[] };
                let listed: Vec<&str> = words.iter().map(String::as_str).chain(states.iter().copied()).collect();
                let listed = listed.join(",");
                // Longer lists stand in the hints alone: a cell takes no longer one.
                let apart = words.iter().any(|word| word.contains(',') || word.contains('"'));
                if apart || listed.encode_utf16().count() > 255 {
                    continue;
                }
                // A reason why something does not apply is in no list.
                let style = if states.is_empty() { "stop" } else { "warning" };
                (style, "list", format!("\"{listed}\""))
            }
            Entry::Text | Entry::Day => continue,
        };
        count = count.saturating_add(1);
        // A prompt takes 255 characters, an error 225.
        let short: String = column.hint().chars().take(200).collect();
        let (formula, hint) = (escaped(&formula), escaped(&short));
        let _ = write!(
            all,
            r#"<dataValidation type="{kind}" errorStyle="{style}" allowBlank="1" showInputMessage="1" showErrorMessage="1" errorTitle="请核对" error="{hint}" promptTitle="填写说明" prompt="{hint}" sqref="{first}:{last}"><formula1>{formula}</formula1></dataValidation>"#
        );
    }
    if count > 0 {
        let _ = write!(text, r#"<dataValidations count="{count}">{all}</dataValidations>"#);
    }
}

/// The text as XML writes it; characters that XML cannot hold are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\t' | '\n' => escaped.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
