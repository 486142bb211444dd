//! A paper in Markdown.

use super::{Paper, Part};
use crate::report::cell;

impl Paper {
    /// The paper in Markdown (CommonMark with tables).
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", line(&self.title));
        if let Some(number) = &self.number {
            text.push_str(&format!("\n{}\n", line(number)));
        }
        if let Some(to) = &self.to {
            text.push_str(&format!("\n{}：\n", line(to)));
        }
        for part in &self.parts {
            text.push('\n');
            self::part(part, &mut text);
        }
        if let Some(issuer) = &self.issuer {
            text.push_str(&format!("\n{}\n", line(issuer)));
        }
        if let Some(date) = self.date {
            text.push_str(&format!("\n{}\n", date.zh()));
        }
        if let Some(note) = &self.note {
            text.push_str(&format!("\n（{}）\n", line(note)));
        }
        text
    }
}

fn part(part: &Part, text: &mut String) {
    match part {
        Part::Heading { text: words } => text.push_str(&format!("## {}\n", line(words))),
        Part::Paragraph { text: words } => text.push_str(&format!("{}\n", line(words))),
        Part::List { entries } => {
            for entry in entries {
                text.push_str(&format!("- {}\n", line(entry)));
            }
        }
        Part::Table { caption, columns, rows } => {
            text.push_str(&format!("{}\n\n", line(caption)));
            let heads: Vec<String> = columns.iter().map(|column| cell(&column.title)).collect();
            let rules: Vec<&str> = columns
                .iter()
                .map(|column| if column.figures { "---:" } else { "---" })
                .collect();
            text.push_str(&format!("| {} |\n|{}|\n", heads.join(" | "), rules.join("|")));
            for row in rows {
                let cells: Vec<String> = row.iter().map(|words| cell(words)).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
        Part::Form { caption, rows } => {
            text.push_str(&format!("{}\n\n| 项目 | 内容 |\n|---|---|\n", line(caption)));
            for row in rows {
                text.push_str(&format!("| {} | {} |\n", cell(&row.label), cell(&row.text)));
            }
        }
        Part::Picture { description, .. } => text.push_str(&format!("（图：{}）\n", line(description))),
        Part::Places { sides } => {
            for place in sides {
                text.push_str(&format!("- {}：{}\n", line(&place.side), line(&place.name)));
                for words in &place.lines {
                    text.push_str(&format!("  - {}\n", line(words)));
                }
            }
        }
    }
}

/// Words without what Markdown would read as its own: no line breaks, no marks at the start of a line.
fn line(words: &str) -> String {
    let words = words.replace(['\n', '\r'], " ");
    let marked = words.starts_with(['#', '-', '+', '*', '>', '`', '|']);
    if marked { format!("\\{words}") } else { words }
}
