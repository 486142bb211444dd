//! The table that adopters approve, as a paper that prints on A4.

use zeren::report::{Column, Paper, Part};
use zeren::scheme::Scheme;

use super::show;

/// The whole table, then item by item the published wording beside the rule.
pub(crate) fn page(scheme: &Scheme) -> String {
    let whole = scheme.read_back();
    // The paper has its own title.
    let whole = whole.split_once('\n').map_or("", |(_, rest)| rest);
    let mut parts = parts(whole, "评分标准");
    parts.extend(self::parts(&show::compared(scheme), "条文对照"));
    let text = scheme.text();
    let paper = Paper {
        kind: "scheme_table",
        number: None,
        title: format!("{}（{}年，版本 {}）", text.title, text.year, text.version),
        to: None,
        wide: true,
        dense: false,
        parts,
        issuer: None,
        date: None,
        note: None,
    };
    paper.html()
}

/// Markdown as the library and this program write a scheme: headings, tables, paragraphs.
fn parts(markdown: &str, caption: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('|') {
            let mut rows = Vec::new();
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            // Below the head stands the rule.
            let rows = rows.into_iter().skip(1).collect();
            let columns = cells(line).iter().map(|head| Column::text(head)).collect();
            parts.push(Part::Table {
                caption: caption.to_owned(),
                columns,
                rows,
            });
        } else if !line.starts_with('#') && !line.trim().is_empty() {
            parts.push(Part::Paragraph { text: line.to_owned() });
        }
    }
    parts
}

/// The cells of a row; `\|` is no end of a cell. Groups stand in bold, which a paper does not have.
fn cells(row: &str) -> Vec<String> {
    let inner = row.trim().strip_prefix('|').unwrap_or(row);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match character {
            '\\' if characters.next_if_eq(&'|').is_some() => cell.push('|'),
            '|' => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    let plain = |cell: String| cell.trim().replace("**", "");
    cells.into_iter().map(plain).collect()
}
