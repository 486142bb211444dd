//! `formula` (公式): the points are what an expression says. The last resort, for what no other kind says.
//!
//! ```json
//! {"kind": "formula", "value": "max(0, 出境超标 - 入境超标) * 0.1", "floor": 0, "cap": "none"}
//! ```

use super::reading::{NO_CAP, Reading, TO_NOUGHT, channel, text};
use super::steps::limits_zh;
use crate::scheme::amount::{Formula, Limit};
use crate::scheme::core::{Lowered, Phrase};

crate::record! {
    /// 公式: the points are what an expression says.
    pub struct FormulaRule {
        /// What it gives; the item's title when missing.
        pub title: Option<String>,
        /// The points.
        pub value: Formula,
        /// The least.
        pub floor: Option<Limit>,
        /// The most.
        pub cap: Option<Limit>,
    }
}

impl FormulaRule {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let points = reading.number(&self.value);
        let (zh, en) = ("公式最低得多少分？", "how many points at least?");
        let floor = reading.limit("floor", &self.floor, zh, en, TO_NOUGHT);
        let (zh, en) = ("公式最高得多少分？", "how many points at most?");
        let cap = reading.limit("cap", &self.cap, zh, en, NO_CAP);
        let shown = self.value.zh();
        let title = reading.titled(&self.title);
        let line = channel(
            points?,
            vec![text(format!("{shown} = ")), Phrase::Points],
            vec![
                text(format!("{title}按公式“{shown}”计，得 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!("{title}按公式“{shown}”计{}", limits_zh(&self.floor, &self.cap));
        Some(Lowered {
            floor: floor?,
            cap: cap?,
            ..Lowered::earned(vec![line], read_back)
        })
    }
}
