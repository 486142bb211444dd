//! The table that adopters approve, as one self-contained page.

use zeren::scheme::Scheme;

use super::show;

const STYLE: &str = "body{font-family:serif;margin:2em}table{border-collapse:collapse;margin:1em 0}\
    td,th{border:1px solid #444;padding:.3em .6em;vertical-align:top;text-align:left}";

/// Item by item the published wording beside the rule, then the whole table.
pub(crate) fn page(scheme: &Scheme) -> String {
    let title = escaped(&scheme.text().title);
    let compared = show::compared(scheme);
    let whole = scheme.read_back();
    // The page has its own title.
    let whole = whole.split_once('\n').map_or("", |(_, rest)| rest);
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body>\n<h1>{title}</h1>\n{}<h2>全表</h2>\n{}</body>\n</html>",
        body(&compared),
        body(whole)
    )
}

/// Markdown as this program and the library write it: headings, tables, paragraphs, bold.
fn body(markdown: &str) -> String {
    let mut page = String::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('|') {
            let mut rows = vec![cells(line)];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(cells(row));
            }
            page.push_str(&table(&rows));
        } else if let Some(heading) = line.strip_prefix("## ") {
            page.push_str(&format!("<h2>{}</h2>\n", inline(heading)));
        } else if !line.trim().is_empty() {
            page.push_str(&format!("<p>{}</p>\n", inline(line)));
        }
    }
    page
}

/// The cells of a row; `\|` is no end of a cell.
fn cells(row: &str) -> Vec<String> {
    let inner = row.trim().trim_start_matches('|');
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
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn table(rows: &[Vec<String>]) -> String {
    let rule = |row: &&Vec<String>| {
        !row.iter()
            .all(|cell| !cell.is_empty() && cell.chars().all(|dash| dash == '-'))
    };
    let row = |row: &Vec<String>, tag: &str| {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| format!("<{tag}>{}</{}>", inline(cell), end(tag)))
            .collect();
        format!("<tr>{}</tr>\n", cells.join(""))
    };
    let mut rows = rows.iter().filter(rule);
    let head = rows
        .next()
        .map(|head| row(head, "th scope=\"col\""))
        .unwrap_or_default();
    let body: String = rows.map(|cells| row(cells, "td")).collect();
    format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>\n")
}

/// The name of a tag with attributes.
fn end(tag: &str) -> &str {
    tag.split_once(' ').map_or(tag, |(name, _)| name)
}

fn inline(text: &str) -> String {
    let mut bold = false;
    let mut told = String::new();
    for (place, part) in text.split("**").enumerate() {
        if place > 0 {
            bold = !bold;
            told.push_str(if bold { "<strong>" } else { "</strong>" });
        }
        told.push_str(&escaped(part));
    }
    if bold {
        told.push_str("</strong>");
    }
    told
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
