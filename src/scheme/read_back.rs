//! The scheme as the Chinese table that its adopters approve (the act of adoption binds this table's digest).

use super::text::full;
use super::{Effect, Item, Moment, Scheme};
use crate::document::sm3_hex;

impl Scheme {
    /// The table in Markdown.
    pub fn read_back(&self) -> String {
        let mut text = format!("# {}（{}年，版本 {}）\n\n", self.title, self.year, self.version);
        for basis in &self.basis {
            let number = basis
                .number
                .as_ref()
                .map(|number| format!("（{number}）"))
                .unwrap_or_default();
            text.push_str(&format!(
                "依据：《{}》{number}{}\n\n",
                basis.title,
                basis.article.as_deref().unwrap_or("")
            ));
        }
        text.push_str("| 编号 | 项目 | 分值 | 评分标准 | 条款 |\n|---|---|---|---|---|\n");
        rows(&self.items, &mut text);
        if let Some(bonus) = &self.bonus {
            text.push_str(&format!("| 加分 | 合计最高 | {} | | |\n", bonus.cap));
            rows(&bonus.items, &mut text);
        }
        text.push_str(&format!("\n满分 {} 分。", self.full()));
        if let Some(rounding) = &self.rounding {
            let when = match rounding.when {
                Moment::Item => "各项得分",
                Moment::Total => "总分",
            };
            text.push_str(&format!(
                "{when}保留 {} 位小数（{}）。",
                rounding.place,
                rounding.mode.zh()
            ));
        }
        if let Some(choice) = self.not_applicable {
            text.push_str(&format!("不适用的项目{}。", choice.zh()));
        }
        text.push('\n');
        if let Some(grades) = &self.grades {
            let bands = grades.bands.iter().map(|band| match &band.from {
                Some(from) => format!("{from} 分及以上为“{}”", band.grade),
                None => format!("其余为“{}”", band.grade),
            });
            let bands: Vec<String> = bands.collect();
            let compare = grades
                .compare
                .map(|compare| format!("（{}）", compare.zh()))
                .unwrap_or_default();
            text.push_str(&format!("\n等次{compare}：{}。\n", bands.join("，")));
        }
        for veto in &self.vetoes {
            let effect = match &veto.effect {
                Effect::ScoreZero => "总分计零".to_owned(),
                Effect::GradeAtMost(grade) => format!("等次不高于“{grade}”"),
            };
            let article = veto
                .article
                .as_ref()
                .map(|article| format!("（{article}）"))
                .unwrap_or_default();
            text.push_str(&format!("\n否决：{}的，{effect}{article}。\n", veto.title));
        }
        for question in self.questions() {
            text.push_str(&format!("\n{}\n", question.zh));
        }
        text
    }

    /// SM3 digest of the table.
    pub fn table_digest(&self) -> String {
        sm3_hex(self.read_back().as_bytes())
    }
}

/// Items nest no deeper than documents may.
fn rows(items: &[Item], text: &mut String) {
    for item in items {
        match item {
            Item::Leaf(leaf) => {
                let article = leaf.article.as_deref().unwrap_or("");
                let (id, title, points, rule) = (&leaf.id, &leaf.title, &leaf.points, &leaf.rule.read_back);
                text.push_str(&format!("| {id} | {title} | {points} | {rule} | {article} |\n"));
            }
            Item::Group { id, title, cap, items } => {
                let cap = if cap.is_some() { "合计封顶" } else { "" };
                text.push_str(&format!("| {id} | **{title}** | {} | {cap} | |\n", full(item)));
                rows(items, text);
            }
        }
    }
}
