//! What the program prints.

use zeren::scheme::{ItemText, LeafText, Scheme};
use zeren::score::{Difference, QuestionEffect, Sheet};

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
    format!("{}\n{}", scheme.read_back(), compared(scheme).trim_end())
}

/// Each item's published wording beside what the scheme says and its worked examples, in Markdown.
pub(crate) fn compared(scheme: &Scheme) -> String {
    let mut text = String::from("## 条文对照\n\n| 项目 | 印发条文 | 本办法表述 | 算例 |\n|---|---|---|---|\n");
    for row in side_by_side(scheme) {
        let cells = row.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
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
