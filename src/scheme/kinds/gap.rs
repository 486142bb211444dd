//! `gap` (差距扣分): full points on target, so many fewer for every step that the value falls short.
//!
//! Gap = how far the value is on the wrong side of the target, nought on the right side. Points = P − steps(gap) × each,
//! then not below the floor.
//!
//! ```json
//! {"kind": "gap", "title": "PM10浓度", "value": "PM10浓度", "target": 70, "better": "lower", "unit": "微克", "each": 0.5,
//!  "parts": "whole", "floor": 0}
//! ```

use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use super::step::{Parts, parts_zh};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::choice! {
    /// Which side of the target is the right one.
    pub enum Better {
        /// The target or more.
        Higher = "higher" "达到",
        /// The target or less.
        Lower = "lower" "不超过",
    }
}

crate::record! {
    /// 差距扣分: full points on target, so many fewer for every step that the value falls short.
    pub struct Gap {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value that was reached.
        pub value: Formula,
        /// The value that was asked for.
        pub target: Amount,
        /// Which side of the target is the right one.
        pub better: Better,
        /// The size of a step; one when missing.
        pub every: Option<Amount>,
        /// The points of a step.
        pub each: Amount,
        /// What a part of a step counts.
        pub parts: Option<Parts>,
        /// The unit of the value, as people read it.
        pub unit: Option<String>,
        /// The least.
        pub floor: Option<Limit>,
    }
}

impl Gap {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let reached = reading.number(&self.value);
        let target = reading.amount(&self.target);
        let every = reading.amount_or(&self.every, Core::whole(1));
        let each = reading.amount(&self.each);
        let floor = reading.floor(&self.floor);
        let (reached, target, every, each, floor) = (reached?, target?, every?, each?, floor?);
        above_nought(reading, "every", &every)?;
        let distance = match self.better {
            Better::Higher => target.clone().minus(reached.clone()),
            Better::Lower => reached.clone().minus(target.clone()),
        };
        let gap = distance.at_least(Core::ZERO);
        let steps = reading.steps("parts", gap.clone(), every, self.parts);
        let lost = steps.clone().times(each.clone());
        let title = reading.titled(&self.title);
        let unit = self.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let line = channel(
            Core::ZERO.minus(lost),
            vec![value(&steps), text(" × "), value(&each), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}目标 ")),
                value(&target),
                text("，实际 "),
                value(&reached),
                text("，相差 "),
                value(&gap),
                text(format!("{unit}，扣 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let every_zh = self.every.as_ref().map_or_else(|| "1".to_owned(), Amount::zh);
        let read_back = format!(
            "{title}{} {}{unit} 得 {} 分，每差 {every_zh}{unit} 扣 {} 分{}{}",
            self.better.zh(),
            self.target.zh(),
            reading.points_zh,
            self.each.zh(),
            parts_zh(self.parts),
            super::channel::floor_zh(&self.floor)
        );
        Some(Lowered::taken(reading.points.clone(), vec![line], floor, read_back))
    }
}
