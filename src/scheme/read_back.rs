//! The scheme as the Chinese table that its adopters approve (the act of adoption binds this table's digest).

use super::amount::Amount;
use super::item::{Combine, Convert, Gate, GroupText, ItemText, LeafText};
use super::parts::{Grade, Pool, QuotaTies};
use super::{Core, Moment, Scheme};
use crate::document::sm3_hex;

impl Scheme {
    /// The table in Markdown.
    pub fn read_back(&self) -> String {
        let scheme = self.text();
        let mut text = format!("# {}（{}年，版本 {}）\n\n", scheme.title, scheme.year, scheme.version);
        for basis in &scheme.basis {
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
        if let Some(period) = &scheme.period {
            text.push_str(&format!("考核期：{}至{}。\n\n", period.from.zh(), period.to.zh()));
        }
        for definition in &scheme.definitions {
            let unit = definition
                .unit
                .as_ref()
                .map(|unit| format!("（{unit}）"))
                .unwrap_or_default();
            let (name, value) = (&definition.name, definition.value.zh());
            text.push_str(&format!("“{name}”{unit}指：{value}。\n\n"));
        }
        text.push_str("| 编号 | 项目 | 分值 | 评分标准 | 条款 |\n|---|---|---|---|---|\n");
        self.rows(&scheme.items, &mut text);
        self.pool("加分", &scheme.bonus, &mut text);
        self.pool("扣分", &scheme.penalties, &mut text);
        text.push('\n');
        if let Core::Number(full) = &self.layout().full {
            text.push_str(&format!("满分 {full} 分。"));
        }
        if let Some(rounding) = &scheme.rounding {
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
        if let Some(choice) = scheme.not_applicable {
            text.push_str(&format!("不适用的项目{}。", choice.zh()));
        }
        if let Some(limits) = &scheme.total {
            if let Some(floor) = &limits.floor {
                text.push_str(&format!("总分最低 {} 分。", floor.zh()));
            }
            if let Some(cap) = &limits.cap {
                text.push_str(&format!("总分最高 {} 分。", cap.zh()));
            }
        }
        text.push('\n');
        self.after(&mut text);
        for question in self.questions() {
            text.push_str(&format!("\n{}\n", question.finding.zh));
        }
        text
    }

    /// SM3 digest of the table.
    pub fn table_digest(&self) -> String {
        sm3_hex(self.read_back().as_bytes())
    }

    fn pool(&self, name: &str, pool: &Option<Pool>, text: &mut String) {
        let Some(pool) = pool else { return };
        let name = pool.title.as_deref().unwrap_or(name);
        let cap = match pool.cap.as_ref().map(|cap| cap.amount()) {
            Some(Some(cap)) => cap.zh(),
            Some(None) => "不封顶".to_owned(),
            None => "待明确".to_owned(),
        };
        let when = pool
            .when
            .as_ref()
            .map(|when| format!("“{}”成立时才计", when.zh()))
            .unwrap_or_default();
        text.push_str(&format!("| {name} | 合计最高 | {cap} | {when} | |\n"));
        self.rows(&pool.items, text);
    }

    /// Items nest no deeper than documents may.
    fn rows(&self, items: &[ItemText], text: &mut String) {
        for item in items {
            match item {
                ItemText::Leaf(leaf) => text.push_str(&self.leaf(leaf)),
                ItemText::Group(group) => {
                    text.push_str(&group_row(group));
                    self.rows(&group.items.0, text);
                }
            }
        }
    }

    fn leaf(&self, leaf: &LeafText) -> String {
        let mut told = self
            .rule(&leaf.id)
            .map(|rule| rule.lowered.read_back.clone())
            .unwrap_or_default();
        if let Some(when) = &leaf.applies_when {
            told.push_str(&format!("；“{}”的才适用", when.zh()));
        }
        if let Some(choice) = leaf.not_applicable {
            told.push_str(&format!("；不适用的{}", choice.zh()));
        }
        if let Some(when) = &leaf.zero_when {
            told.push_str(&format!("；“{}”的本项计零分", when.zh()));
        }
        if let Some(rounding) = &leaf.rounding {
            told.push_str(&format!("；本项{}", rounding.zh()));
        }
        told.push_str(&tail(&leaf.gates, &leaf.coefficient, &leaf.convert, &leaf.weight));
        let article = leaf.article.as_deref().unwrap_or("");
        format!(
            "| {} | {} | {} | {} | {article} |\n",
            leaf.id,
            leaf.title,
            leaf.points.zh(),
            cell(&told)
        )
    }

    /// Grades, vetoes, quotas, ranks.
    fn after(&self, text: &mut String) {
        let scheme = self.text();
        if let Some(grades) = &scheme.grades {
            let bands: Vec<String> = grades.bands.iter().map(band).collect();
            let compare = grades
                .compare
                .map(|compare| format!("（{}）", compare.zh()))
                .unwrap_or_default();
            let by = grades
                .value
                .as_ref()
                .map(|value| format!("按“{}”", value.zh()))
                .unwrap_or_default();
            text.push_str(&format!("\n等次{compare}{by}：{}。\n", bands.join("，")));
        }
        for veto in &scheme.vetoes {
            let effect = veto.effect().map(|effect| effect.zh()).unwrap_or_default();
            let article = veto
                .article
                .as_ref()
                .map(|article| format!("（{article}）"))
                .unwrap_or_default();
            text.push_str(&format!(
                "\n否决：{}（{}）的，{effect}{article}。\n",
                veto.title,
                veto.when.zh()
            ));
        }
        for quota in &scheme.quotas {
            let limit = match (&quota.share, &quota.count) {
                (Some(share), _) => format!("同类对象数乘以 {}", share.zh()),
                (None, Some(count)) => format!("{} 个", count.zh()),
                (None, None) => String::new(),
            };
            let rounding = quota
                .rounding
                .map(|mode| format!("（取整：{}）", mode.zh()))
                .unwrap_or_default();
            let ties = quota.ties.map_or("", QuotaTies::zh);
            let grade = &quota.grade;
            text.push_str(&format!(
                "\n限额：“{grade}”不超过{limit}{rounding}，{ties}，超出的降为下一等次。\n"
            ));
        }
        if let Some(ranking) = &scheme.ranking {
            let ties = ranking.ties.map(|ties| ties.zh()).unwrap_or_default();
            let then = ranking
                .then
                .as_ref()
                .map(|then| format!("（{}）", then.zh()))
                .unwrap_or_default();
            text.push_str(&format!("\n名次：同类对象按总分由高到低，{ties}{then}。\n"));
        }
        if let Some(choice) = scheme.redetermination {
            text.push_str(&format!("\n审定后重新评定的：{}。\n", choice.zh()));
        }
    }
}

fn band(band: &Grade) -> String {
    let mut sides = Vec::new();
    if let Some(from) = &band.from {
        sides.push(format!("{} 分及以上", from.zh()));
    }
    if let Some(above) = &band.above {
        sides.push(format!("高于 {} 分", above.zh()));
    }
    if let Some(to) = &band.to {
        sides.push(format!("{} 分及以下", to.zh()));
    }
    if let Some(below) = &band.below {
        sides.push(format!("低于 {} 分", below.zh()));
    }
    if let Some(needs) = &band.needs {
        sides.push(format!("且“{}”", needs.zh()));
    }
    if sides.is_empty() {
        sides.push("其余".to_owned());
    }
    format!("{}为“{}”", sides.join("、"), band.grade)
}

fn group_row(group: &GroupText) -> String {
    let mut told = Vec::new();
    match group.combine {
        None | Some(Combine::Sum) => {}
        Some(combine) => told.push(format!("各项{}", combine.zh())),
    }
    if let Some(least) = group.least_applicable {
        told.push(format!("适用项目不足 {least} 项的，本组不适用"));
    }
    if let Some(when) = &group.zero_when {
        told.push(format!("“{}”的本组计零分", when.zh()));
    }
    if let Some(floor) = &group.floor {
        told.push(format!("合计最低 {} 分", floor.zh()));
    }
    if let Some(cap) = &group.cap {
        told.push(format!("合计最高 {} 分", cap.zh()));
    }
    let tail = tail(&group.gates, &group.coefficient, &group.convert, &group.weight);
    let told = format!("{}{tail}", told.join("；"));
    let article = group.article.as_deref().unwrap_or("");
    format!(
        "| {} | **{}** | | {} | {article} |\n",
        group.id,
        group.title,
        cell(told.trim_start_matches('；'))
    )
}

fn tail(gates: &[Gate], coefficient: &Option<Amount>, convert: &Option<Convert>, weight: &Option<Amount>) -> String {
    let mut told = String::new();
    for gate in gates {
        told.push_str(&format!(
            "；{}（“{}”）的最高 {} 分",
            gate.title,
            gate.when.zh(),
            gate.at_most.zh()
        ));
    }
    if let Some(coefficient) = coefficient {
        told.push_str(&format!("；乘以系数 {}", coefficient.zh()));
    }
    if let Some(convert) = convert {
        told.push_str(&format!("；由 {} 分折算为 {} 分", convert.from.zh(), convert.to.zh()));
    }
    if let Some(weight) = weight {
        told.push_str(&format!("；权重 {}", weight.zh()));
    }
    told
}

/// `||` and line breaks would end a cell of the table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
