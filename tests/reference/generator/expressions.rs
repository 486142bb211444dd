//! Random expressions and amounts.

use super::{Draw, quoted};

/// What an expression may read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// Facts that always apply.
    Sure,
    /// Any fact.
    Any,
}

const SURE: &[&str] = &[
    "甲",
    "乙",
    "丙",
    "完成",
    "目标",
    "款",
    "判",
    "定",
    "count(事)",
    "count(事, 级 == \"上\")",
    "count(事, 属 == \"own\" && 级 != \"上\")",
    "count(事, 日 <= date(\"2023-06-30\") || 数 >= 4)",
    "sum(事, 数)",
    "sum(事, 数 * 2 - 甲, 题 == \"一\")",
    "mean(事, 数, 级 != \"下\", 3)",
    "mean(评, 分, 5)",
    "highest(评, 分, 类 == \"领导\", 甲)",
    "lowest(事, 数 + 1, 7)",
    "distinct(事, 题)",
    "count(事, !急)",
    "sum(事, 急 ? 数 : 1)",
    "distinct(事, 级, 数 > 2)",
    "votes(票, \"优\")",
    "issued(票)",
    "returned(票) - valid(票)",
    "votes(票, \"差\") / max(valid(票), 1)",
    "last(完成)",
    "last(完成, 2)",
    "target(完成)",
    "(完成 - last(完成)) / 目标",
    "(交 - 限)",
    "workdays(限, 交)",
    "(months_after(限, 1) - 限)",
    "cohort_max(完成)",
    "cohort_min(丙 + 1)",
    "cohort_mean(甲)",
    "cohort_sum(乙)",
    "cohort_count(丁)",
    "cohort_max(适用 ? 丙 : 甲)",
    "rank(完成)",
    "rank(甲 + 乙, \"ascending\")",
    "below_sum(甲)",
    "below_count(丁 || 甲 > 2)",
    "below_sum(辛)",
    "cohort_sum(己)",
    "cohort_count(庚)",
];

const ANY: &[&str] = &[
    "己",
    "辛",
    "定二",
    "count(报)",
    "count(报, 级 == \"上\" && 题 != \"一\")",
    "sum(报, 数, 数 >= 辛)",
    "votes(榜, \"优\")",
    "below_mean(完成)",
    "below_max(甲)",
    "below_min(己)",
    "cohort_mean(己)",
    "cohort_max(辛)",
    "rank(己)",
    "(applicable(己) ? 己 : 甲)",
    "(!applicable(辛) ? 1 : 辛)",
    "(丁 && applicable(己) ? 己 : 乙)",
    "(applicable(己) && applicable(辛) ? 己 + 辛 : 2)",
    "(!applicable(己) || 丁 ? 4 : 己)",
    "(交 - 办)",
];

impl Draw<'_> {
    /// A number of few digits.
    pub fn constant(&mut self) -> String {
        match self.below(6) {
            0 => format!("{}.5", self.below(6)),
            1 => format!("{}.25", self.below(4)),
            _ => self.below(9).to_string(),
        }
    }

    pub fn number(&mut self, depth: u32, reads: Reads) -> String {
        if depth == 0 {
            return match self.below(8) {
                0 | 1 => self.constant(),
                2 if !self.ids.is_empty() => {
                    let place = usize::try_from(self.random.below(self.ids.len() as u64)).unwrap();
                    let id = &self.ids[place];
                    match self.random.below(4) {
                        0 => format!("cohort_max(item(\"{id}\"))"),
                        1 => format!("rank(item(\"{id}\"))"),
                        _ => format!("item(\"{id}\")"),
                    }
                }
                3 | 4 if reads == Reads::Any => self.pick(ANY).to_owned(),
                _ => self.pick(SURE).replace("适用", "applicable(己)"),
            };
        }
        let (a, b) = (self.number(depth - 1, reads), self.number(depth - 1, reads));
        match self.below(12) {
            0 | 1 => format!("{a} + {b}"),
            2 => format!("{a} - ({b})"),
            3 => format!("({a}) * {}", self.constant()),
            4 => format!("({a}) / {}", 1 + self.below(4)),
            5 => format!("min({a}, {b})"),
            6 => format!("max({a}, {b})"),
            7 => format!("abs({a})"),
            8 => {
                let mode = self.pick(&["half_even", "half_up", "down", "up"]);
                format!("round({a}, {}, \"{mode}\")", self.below(2))
            }
            9 => {
                let mode = self.pick(&["half_even", "half_up", "down", "up"]);
                format!("root(abs({a}), {}, {}, \"{mode}\")", 2 + self.below(2), self.below(3))
            }
            10 => format!("({a} > 0 ? min({b}, 50) / ({a}) : 1)").replace(&format!("/ ({a})"), "/ 目标"),
            _ => format!("({} ? {a} : {b})", self.condition(depth - 1, reads)),
        }
    }

    pub fn condition(&mut self, depth: u32, reads: Reads) -> String {
        if depth == 0 {
            return match self.below(9) {
                0 => "丁".to_owned(),
                1 => self
                    .pick(&[
                        "戊 == \"优\"",
                        "戊 != \"差\"",
                        "class == \"镇\"",
                        "grade(\"他\") == \"好\"",
                    ])
                    .to_owned(),
                2 => self
                    .pick(&["applicable(己)", "applicable(报)", "!applicable(榜)"])
                    .to_owned(),
                3 => self
                    .pick(&["any(事, 级 == \"上\")", "any(事, 数 == 4)", "result(\"他\") >= 60"])
                    .to_owned(),
                4 => self
                    .pick(&["交 <= 限", "交 > date(\"2023-06-30\")", "交 == months_after(限, 1)"])
                    .to_owned(),
                5 if reads == Reads::Any => self
                    .pick(&["庚", "any(报, 数 > 3)", "办 <= 限", "(庚 || 丁)"])
                    .to_owned(),
                _ => {
                    let compare = self.pick(&["==", "!=", "<", "<=", ">", ">="]);
                    format!("{} {compare} {}", self.number(0, reads), self.number(0, reads))
                }
            };
        }
        let (a, b) = (self.condition(depth - 1, reads), self.condition(depth - 1, reads));
        match self.below(3) {
            0 => format!("({a} && {b})"),
            1 => format!("({a} || {b})"),
            _ => format!("!({a})"),
        }
    }

    /// An expression of few levels, as JSON.
    pub fn value(&mut self, reads: Reads) -> String {
        let depth = u32::try_from(self.below(3)).unwrap();
        quoted(&self.number(depth, reads))
    }

    pub fn when(&mut self, reads: Reads) -> String {
        let depth = u32::try_from(self.below(2)).unwrap();
        quoted(&self.condition(depth, reads))
    }

    /// An amount from 0, in any of its forms.
    pub fn amount(&mut self) -> String {
        match self.below(12) {
            0 => "\"甲 / 2\"".to_owned(),
            1 => "\"1/3\"".to_owned(),
            2 => format!(
                r#"{{"by_class":{{"镇":{},"街道":{}}}}}"#,
                self.constant(),
                self.constant()
            ),
            3 => format!(
                r#"{{"by":"戊","values":{{"优":{},"良":{},"差":{}}}}}"#,
                self.constant(),
                self.constant(),
                self.constant()
            ),
            _ => self.constant(),
        }
    }

    /// An amount that may read a fact that does not apply.
    pub fn any_amount(&mut self) -> String {
        match self.below(6) {
            0 => "\"己 / 2\"".to_owned(),
            1 => "\"applicable(辛) ? 辛 : 5\"".to_owned(),
            _ => self.amount(),
        }
    }

    /// An amount above 0.
    pub fn positive(&mut self) -> String {
        match self.below(8) {
            0 => "\"1/3\"".to_owned(),
            1 => r#"{"by_class":{"镇":2,"街道":2.5}}"#.to_owned(),
            2 => r#"{"by":"戊","values":{"优":1,"良":"3/2","差":4}}"#.to_owned(),
            3 => "0.5".to_owned(),
            _ => (1 + self.below(6)).to_string(),
        }
    }

    /// A limit: an amount, or none.
    pub fn limit(&mut self, low: bool) -> String {
        match self.below(4) {
            0 => "\"none\"".to_owned(),
            1 if low => "-3".to_owned(),
            2 if low => "0".to_owned(),
            _ => self.amount(),
        }
    }
}
