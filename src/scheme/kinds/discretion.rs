//! `discretion` (裁量计分): what somebody judged, within a range.
//!
//! Points = given, clamped to `least` and `most` (`award`), or P − that (`deduct`). The fact should be declared `judged`,
//! so that it carries who judged and why.
//!
//! ```json
//! {"kind": "discretion", "given": "规范程度扣分", "least": 0, "most": 8, "direction": "deduct"}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::choice! {
    /// Whether points are given or taken.
    pub enum Direction {
        /// Points are given.
        Award = "award" "评分",
        /// Points are taken off.
        Deduct = "deduct" "扣分",
    }
}

crate::record! {
    /// 裁量计分: what somebody judged, within a range.
    pub struct Discretion {
        /// What is judged; the item's title when missing.
        pub title: Option<String>,
        /// What was given or taken.
        pub given: Formula,
        /// The least.
        pub least: Amount,
        /// The most.
        pub most: Amount,
        /// Whether points are given or taken.
        pub direction: Direction,
    }
}

impl Discretion {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let given = reading.number(&self.given);
        let (least, most) = (reading.amount(&self.least), reading.amount(&self.most));
        let given = given?.at_least(least?).at_most(most?);
        let title = reading.titled(&self.title);
        let way = self.direction.zh();
        let deducts = self.direction == Direction::Deduct;
        let points = if deducts {
            Core::ZERO.minus(given.clone())
        } else {
            given.clone()
        };
        let line = channel(
            points,
            vec![text(format!("{way} ")), value(&given), text(" = "), Phrase::Points],
            vec![
                text(format!(
                    "{title}在 {} 至 {} 分之间裁量，{way} ",
                    self.least.zh(),
                    self.most.zh()
                )),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let told = format!(
            "{title}在 {} 至 {} 分之间裁量{way}，须写明由谁、为何",
            self.least.zh(),
            self.most.zh()
        );
        let start = if deducts { reading.points.clone() } else { Core::ZERO };
        Some(Lowered::taken(start, vec![line], None, told))
    }
}
