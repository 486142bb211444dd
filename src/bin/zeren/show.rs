//! What the program prints.

use zeren::scheme::{ItemText, LeafText, Scheme};
use zeren::score::{Difference, QuestionEffect, Sheet};

/// The line of a document on which what a pointer names begins, as far as its names can be found in order.
pub(crate) fn line_of(text: &str, pointer: &str) -> Option<usize> {
    let mut at = 0;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let rest = text.get(at..)?;
        match step.parse::<usize>() {
            // Items are counted by what opens them on this level.
            Ok(number) => at = at.checked_add(nth_item(rest, number)?)?,
            Err(_) => {
                let Some(found) = rest.find(&format!("\"{step}\"")) else {
                    break;
                };
                at = at.checked_add(found)?;
            }
        }
    }
    let before = text.get(..at)?;
    Some(before.matches('\n').count().saturating_add(1))
}

/// Where the n-th item of the array that comes next begins.
fn nth_item(text: &str, number: usize) -> Option<usize> {
    let (mut depth, mut seen, mut quoted, mut escaped) = (0_usize, 0_usize, false, false);
    let start = text.find('[')?;
    for (place, character) in text.get(start..)?.char_indices() {
        if quoted {
            match character {
                '"' if !escaped => quoted = false,
                _ => {}
            }
            escaped = character == '\\' && !escaped;
            continue;
        }
        match character {
            '"' => quoted = true,
            '[' | '{' => {
                if depth == 1 && seen == number {
                    return start.checked_add(place);
                }
                depth = depth.saturating_add(1);
            }
            ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 1 => seen = seen.saturating_add(1),
            _ => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

/// An open question with what each answer would make of the worked examples.
pub(crate) fn question(effect: &QuestionEffect) -> String {
    let place = effect.question.pointer.as_deref().unwrap_or("");
    let mut told = format!("{place} {}", effect.question.zh);
    for answer in &effect.answers {
        let totals = answer.examples.iter().map(|example| {
            let total = example
                .total
                .as_ref()
                .map_or_else(|| "不能评分".to_owned(), |total| total.zh());
            format!("{} {total}", example.title)
        });
        let totals: Vec<String> = totals.collect();
        if !totals.is_empty() {
            told.push_str(&format!(
                "\n    {}（{}）：{}",
                answer.value,
                answer.zh,
                totals.join("；")
            ));
        }
    }
    told
}

fn leaves(items: &[ItemText]) -> Vec<&LeafText> {
    let each = items.iter().flat_map(|item| match item {
        ItemText::Leaf(leaf) => vec![leaf.as_ref()],
        ItemText::Group(group) => leaves(&group.items.0),
    });
    each.collect()
}

/// Published wording beside read-back beside worked examples, a row an item.
fn side_by_side(scheme: &Scheme) -> Vec<[String; 4]> {
    let text = scheme.text();
    let pools = text
        .bonus
        .iter()
        .chain(&text.penalties)
        .flat_map(|pool| leaves(&pool.items));
    let all = leaves(&text.items).into_iter().chain(pools);
    all.map(|leaf| {
        let read_back = scheme
            .rule(&leaf.id)
            .map(|rule| rule.lowered.read_back.clone())
            .unwrap_or_default();
        let examples = text.examples.iter().filter_map(|example| {
            let points = example.items.as_ref()?.0.iter().find(|(id, _)| *id == leaf.id)?;
            Some(format!("{}：{} 分", example.title, points.1))
        });
        [
            format!("{} {}", leaf.id, leaf.title),
            leaf.wording.clone().unwrap_or_default(),
            read_back,
            examples.collect::<Vec<_>>().join("；"),
        ]
    })
    .collect()
}

/// The table in Markdown: what adopters approve, then each item's published wording beside it.
pub(crate) fn table(scheme: &Scheme) -> String {
    let mut text = scheme.read_back();
    text.push_str("\n## 条文对照\n\n| 项目 | 印发条文 | 本办法表述 | 算例 |\n|---|---|---|---|\n");
    for row in side_by_side(scheme) {
        let cells = row.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The same as one self-contained page.
pub(crate) fn page(scheme: &Scheme) -> String {
    let title = escaped(&scheme.text().title);
    let rows: Vec<String> = side_by_side(scheme)
        .into_iter()
        .map(|row| format!("<tr><td>{}</td></tr>", row.map(|cell| escaped(&cell)).join("</td><td>")))
        .collect();
    format!(
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>body{{font-family:serif;margin:2em}}table{{border-collapse:collapse}}td,th{{border:1px solid #444;padding:.3em .6em;vertical-align:top}}pre{{white-space:pre-wrap}}</style>\
         <h1>{title}</h1><table><thead><tr><th scope=\"col\">项目</th><th scope=\"col\">印发条文</th><th scope=\"col\">本办法表述</th><th scope=\"col\">算例</th></tr></thead><tbody>{}</tbody></table><h2>全表</h2><pre>{}</pre></html>",
        rows.join(""),
        escaped(&scheme.read_back())
    )
}

/// Ranking first, then each sheet with its reasons.
pub(crate) fn sheets(scheme: &Scheme, sheets: &[Sheet]) -> String {
    let mut text = format!("# {}\n\n", scheme.text().title);
    text.push_str("| 考核对象 | 总分 | 等次 | 名次 |\n|---|---|---|---|\n");
    for sheet in sheets {
        let rank = sheet.rank.map(|rank| rank.zh()).unwrap_or_default();
        text.push_str(&format!(
            "| {} | {} | {} | {rank} |\n",
            sheet.subject,
            sheet.total.zh(),
            sheet.grades.join(" / ")
        ));
    }
    for sheet in sheets {
        text.push_str(&format!(
            "\n## {}\n\n| 项目 | 得分 | 理由 | 条款 |\n|---|---|---|---|\n",
            sheet.subject
        ));
        for line in &sheet.lines {
            let article = line.article.as_deref().unwrap_or("");
            let reason = line.reason.replace('|', "\\|");
            text.push_str(&format!(
                "| {} | {} | {reason} | {article} |\n",
                line.item,
                line.points.zh()
            ));
        }
        if !sheet.open.is_empty() {
            text.push_str(&format!("\n不明事实：{}\n", sheet.open.join("、")));
        }
        for finding in &sheet.findings {
            text.push_str(&format!("\n- {} {}\n", finding.severity.zh(), finding.zh));
        }
    }
    text
}

/// The steps from one run to another.
pub(crate) fn difference(difference: &Difference) -> String {
    let mut text = format!("{}\n", difference.zh);
    for step in &difference.steps {
        text.push_str(&format!("\n- {}\n", step.zh));
        for item in &step.items {
            text.push_str(&format!("    {} {}：{}\n", item.id, item.title, item.points.zh()));
        }
    }
    for fact in &difference.facts {
        text.push_str(&format!("\n- {}\n", fact.zh));
    }
    text
}
