//! `decision` (条件表): the points of the first row whose condition holds.
//!
//! ```json
//! {"kind": "decision", "otherwise": 0, "rows": [
//!   {"title": "都达到", "when": "当年完成 && 累计达标", "points": 60}, {"title": "只累计", "when": "累计达标", "points": 55}]}
//! ```

use super::reading::{Reading, channel, text};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Lowered, Phrase};

crate::record! {
    /// 条件表: the points of the first row whose condition holds.
    pub struct Decision {
        /// What is decided; the item's title when missing.
        pub title: Option<String>,
        /// The rows, in order.
        pub rows: Vec<Row>,
        /// The points when no row holds.
        pub otherwise: Option<Amount>,
    }
}

crate::record! {
    /// A condition with its points.
    pub struct Row {
        /// What it says; the condition itself when missing.
        pub title: Option<String>,
        /// The condition.
        pub when: Formula,
        /// The points.
        pub points: Amount,
    }
}

impl Decision {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = ("各条件都不成立时得多少分？", "how many points when no row holds?");
        let otherwise = reading.forced_amount("otherwise", &self.otherwise, zh, en);
        let rows = self
            .rows
            .iter()
            .map(|row| (reading.truth(&row.when), reading.amount(&row.points)));
        let rows: Vec<_> = rows.collect();
        let rows = rows.into_iter().map(|(when, points)| when.zip(points));
        let rows: Option<Vec<_>> = rows.collect();
        let (otherwise, rows) = (otherwise?, rows?);
        if rows.is_empty() {
            let (zh, en) = ("rows 至少一行", "there is at least one row");
            return reading.problem("rows", "scheme.rows", zh, en);
        }
        let points = rows
            .into_iter()
            .rev()
            .fold(otherwise, |rest, (when, points)| when.select(points, rest));
        let title = reading.titled(&self.title);
        let told: Vec<String> = self.rows.iter().map(Row::told).collect();
        let rest = self
            .otherwise
            .as_ref()
            .map_or_else(|| "待明确".to_owned(), |rest| format!("{} 分", rest.zh()));
        let told = format!("{}；其余 {rest}", told.join("；"));
        let line = channel(
            points,
            vec![text("条件表 = "), Phrase::Points],
            vec![
                text(format!("{title}按条件依次判定（{told}），得 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        Some(Lowered::earned(vec![line], format!("{title}：{told}")))
    }
}

impl Row {
    fn told(&self) -> String {
        let title = self.title.as_deref().unwrap_or_else(|| self.when.zh());
        format!("{title} {} 分", self.points.zh())
    }
}
