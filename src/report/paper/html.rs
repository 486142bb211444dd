//! A paper as one page of HTML: no scripts, nothing from outside, prints on A4.

use super::{Column, FormRow, Paper, Part, Place};

/// Margins, type sizes and line height of official documents (GB/T 9704-2012, 5.2 and 7.3): type area 156 mm by 225 mm,
/// title in size 2, body in size 3, 22 lines a page. Tables are set smaller, as annexes are.
const STYLE: &str = include_str!("paper.css");

impl Paper {
    /// The paper as a self-contained HTML page in Chinese.
    pub fn html(&self) -> String {
        let title = escape(&self.title);
        let across = if self.wide { "@page{size:A4 landscape}" } else { "" };
        let margins = if self.dense { "@page{margin:22mm 20mm 20mm}" } else { "" };
        let main = if self.dense { "<main class=\"dense\">" } else { "<main>" };
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
             <style>\n{STYLE}{across}{margins}</style>\n</head>\n<body>\n{main}\n<h1>{title}</h1>\n"
        );
        if let Some(number) = &self.number {
            html.push_str(&format!("<p class=\"number\">{}</p>\n", escape(number)));
        }
        if let Some(to) = &self.to {
            html.push_str(&format!("<p class=\"to\">{}：</p>\n", escape(to)));
        }
        for part in &self.parts {
            self::part(part, &mut html);
        }
        if self.issuer.is_some() || self.date.is_some() {
            html.push_str("<div class=\"end\">\n");
            if let Some(issuer) = &self.issuer {
                html.push_str(&format!("<p>{}</p>\n", escape(issuer)));
            }
            if let Some(date) = self.date {
                html.push_str(&format!("<p><time datetime=\"{date}\">{}</time></p>\n", date.zh()));
            }
            html.push_str("</div>\n");
        }
        if let Some(note) = &self.note {
            html.push_str(&format!("<p class=\"note\">{}</p>\n", escape(note)));
        }
        html.push_str("</main>\n</body>\n</html>\n");
        html
    }
}

fn part(part: &Part, html: &mut String) {
    match part {
        Part::Heading { text } => html.push_str(&format!("<h2>{}</h2>\n", escape(text))),
        Part::Paragraph { text } => html.push_str(&format!("<p>{}</p>\n", escape(text))),
        Part::List { entries } => {
            html.push_str("<ul>\n");
            for entry in entries {
                html.push_str(&format!("<li>{}</li>\n", escape(entry)));
            }
            html.push_str("</ul>\n");
        }
        Part::Table { caption, columns, rows } => table(caption, columns, rows, html),
        Part::Form { caption, rows } => form(caption, rows, html),
        Part::Picture { description, strips } => html.push_str(&format!(
            "<figure>\n{}\n<figcaption>{}</figcaption>\n</figure>\n",
            strips.join("\n"),
            escape(description)
        )),
        Part::Places { sides } => places(sides, html),
    }
}

fn table(caption: &str, columns: &[Column], rows: &[Vec<String>], html: &mut String) {
    html.push_str(&format!(
        "<table>\n<caption>{}</caption>\n<thead>\n<tr>",
        escape(caption)
    ));
    for column in columns {
        // A short head stands in one line.
        let class = if column.title.chars().count() <= 5 {
            " class=\"short\""
        } else {
            ""
        };
        html.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape(&column.title)));
    }
    html.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (words, column) in row.iter().zip(columns) {
            let class = match column.figures {
                true => " class=\"figures\"",
                false if is_day(words) => " class=\"day\"",
                false => "",
            };
            html.push_str(&format!("<td{class}>{}</td>", escape(words)));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
}

/// 2023年12月31日: not to be torn.
fn is_day(words: &str) -> bool {
    words.starts_with(|first: char| first.is_ascii_digit()) && words.ends_with('日') && words.chars().count() <= 11
}

fn form(caption: &str, rows: &[FormRow], html: &mut String) {
    html.push_str(&format!(
        "<table class=\"form\">\n<caption>{}</caption>\n<tbody>\n",
        escape(caption)
    ));
    for row in rows {
        let class = if row.room { " class=\"room\"" } else { "" };
        html.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td{class}>{}</td></tr>\n",
            escape(&row.label),
            escape(&row.text)
        ));
    }
    html.push_str("</tbody>\n</table>\n");
}

fn places(sides: &[Place], html: &mut String) {
    html.push_str("<div class=\"places\">\n");
    for place in sides {
        html.push_str(&format!(
            "<section>\n<p>{}：{}</p>\n",
            escape(&place.side),
            escape(&place.name)
        ));
        for words in &place.lines {
            html.push_str(&format!("<p>{}</p>\n", escape(words)));
        }
        html.push_str("</section>\n");
    }
    html.push_str("</div>\n");
}

/// Words that HTML reads as words, in text and in attributes.
pub(crate) fn escape(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\'' => text.push_str("&#39;"),
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_host_says_is_never_markup() {
        let hostile = "<script>alert(\"1\")</script>&'".to_owned();
        let paper = Paper {
            kind: "test",
            number: Some(hostile.clone()),
            title: hostile.clone(),
            to: Some(hostile.clone()),
            wide: true,
            dense: true,
            parts: vec![
                Part::Heading { text: hostile.clone() },
                Part::Paragraph { text: hostile.clone() },
                Part::List {
                    entries: vec![hostile.clone()],
                },
                Part::Table {
                    caption: hostile.clone(),
                    columns: vec![Column::text(&hostile)],
                    rows: vec![vec![hostile.clone()]],
                },
                Part::Form {
                    caption: hostile.clone(),
                    rows: vec![FormRow::filled(&hostile, hostile.clone())],
                },
                Part::Picture {
                    description: hostile.clone(),
                    strips: vec!["<svg/>".to_owned()],
                },
                Part::Places {
                    sides: vec![Place {
                        side: hostile.clone(),
                        name: hostile.clone(),
                        lines: vec![hostile.clone()],
                    }],
                },
            ],
            issuer: Some(hostile.clone()),
            date: None,
            note: Some(hostile),
        };
        let html = paper.html();
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(
            html.matches("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")
                .count(),
            19
        );
    }
}
