//! A sheet as the assessed unit reads it.

use super::cell;
use crate::score::Sheet;

/// The sheet in Chinese: total and grade, items, then every change of points with its reason.
pub fn sheet_markdown(sheet: &Sheet, title: &str, subject: &str) -> String {
    let mut text = format!("#### {subject}：{title}\n\n得分 **{}** 分", sheet.total.zh());
    if !sheet.grades.is_empty() {
        text.push_str(&format!("，等次 **{}**", sheet.grades.join(" / ")));
    }
    text.push_str("。\n");
    if !sheet.open.is_empty() {
        text.push_str(&format!("\n得分为区间，待查明：{}。\n", sheet.open.join("、")));
    }
    text.push_str("\n| 项目 | 满分 | 得分 |\n|---|---|---|\n");
    for item in &sheet.items {
        let (id, title, full, points) = (&item.id, cell(&item.title), &item.full, item.points.zh());
        text.push_str(&format!("| {id} {title} | {full} | {points} |\n"));
    }
    text.push_str("\n| 行 | 得失分 | 理由 | 依据 |\n|---|---|---|---|\n");
    for line in &sheet.lines {
        let article = line.article.as_deref().unwrap_or("");
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            line.id,
            line.points.zh(),
            cell(&line.reason),
            cell(article)
        ));
    }
    text
}
