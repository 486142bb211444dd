//! `steps` (超减计分): points on target, then so many more or fewer for every step above or below it.
//!
//! d = value − target (`difference`), or (value / target − 1) × 100 (`percent`). Above: points = base + min(cap, steps ×
//! each), where d counts from `starts`, the step at `starts` itself included when `first`. Below: base − min(cap, steps ×
//! each), or what `gives` says. Then not below `floor`, then not above `cap`.
//!
//! ```json
//! {"kind": "steps", "value": "利润", "target": "利润目标", "measure": "percent", "floor": "none", "cap": "none",
//!  "over": {"every": 3, "each": 1, "parts": "whole", "cap": 6}, "under": {"every": 3, "each": 1, "parts": "whole", "cap": 6}}
//! ```

use super::ratio::above_nought;
use super::reading::{NO_CAP, Reading, TO_NOUGHT, channel, text, value};
use super::step::{Parts, parts_zh};
use crate::document::{Cursor, Read, Shape, Value};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Compare, Core, Lowered, Phrase};

crate::choice! {
    /// How far a value is from its target.
    pub enum Measure {
        /// value − target, in the value's own unit.
        Difference = "difference" "与目标之差",
        /// (value / target − 1) × 100.
        Percent = "percent" "与目标相差的百分比",
    }
}

crate::record! {
    /// 超减计分: points on target, then so many more or fewer for every step above or below it.
    pub struct Steps {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value that was reached.
        pub value: Formula,
        /// The value that was asked for.
        pub target: Amount,
        /// How the distance is measured.
        pub measure: Measure,
        /// Points on target; full points when missing.
        pub base: Option<Amount>,
        /// What is above the target.
        pub over: Option<Side>,
        /// What is below the target.
        pub under: Option<Side>,
        /// The least of all.
        pub floor: Option<Limit>,
        /// The most of all.
        pub cap: Option<Limit>,
    }
}

/// What stands on one side of the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nothing changes.
    None,
    /// Fixed points.
    Gives(Amount),
    /// Steps.
    Steps(Box<SideSteps>),
}

crate::record! {
    /// Fixed points on one side of the target.
    pub struct SideGives {
        /// The points.
        pub gives: Amount,
    }
}

crate::record! {
    /// Steps on one side of the target.
    pub struct SideSteps {
        /// The size of a step.
        pub every: Amount,
        /// The points of a step.
        pub each: Amount,
        /// What a part of a step counts.
        pub parts: Option<Parts>,
        /// The most that the steps give or take.
        pub cap: Option<Limit>,
        /// The distance from which steps count; nought when missing.
        pub starts: Option<Amount>,
        /// Whether reaching `starts` is a step of its own.
        pub first: bool,
    }
}

impl Read for Side {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Text(text) if text == "none" => Some(Side::None),
            object if object.get("gives").is_some() => SideGives::read(at).map(|read| Side::Gives(read.gives)),
            _ => SideSteps::read(at).map(|read| Side::Steps(Box::new(read))),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Choice(&[("none", "不加不减")]),
            SideGives::shape,
            SideSteps::shape,
        ])
    }
}

impl Steps {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let reached = reading.number(&self.value);
        let target = reading.amount(&self.target);
        let base = reading.amount_or(&self.base, reading.points.clone());
        let (zh, en) = ("本项最低得多少分？", "how many points at least?");
        let floor = reading.limit("floor", &self.floor, zh, en, TO_NOUGHT);
        let (zh, en) = ("本项最高得多少分？", "how many points at most?");
        let cap = reading.limit("cap", &self.cap, zh, en, NO_CAP);
        let (reached, target, base) = (reached?, target?, base?);
        let distance = match self.measure {
            Measure::Difference => reached.clone().minus(target.clone()),
            Measure::Percent => {
                above_nought(reading, "target", &target)?;
                let rate = reached.clone().over(target.clone());
                rate.minus(Core::whole(1)).times(Core::whole(100))
            }
        };
        let over = self.side(reading, "over", &self.over, distance.clone(), &base)?;
        let under = Core::ZERO.minus(distance.clone());
        let under = self.side(reading, "under", &self.under, under, &base)?;
        let above = distance.clone().compared(Compare::GreaterOrEqual, Core::ZERO);
        let points = above.select(over, under);
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![
                text("差距 "),
                value(&distance),
                text("，基本分 "),
                value(&base),
                text("，得 "),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}目标 ")),
                value(&target),
                text("，实际 "),
                value(&reached),
                text(format!("，{} ", self.measure.zh())),
                value(&distance),
                text("，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let base_zh = self
            .base
            .as_ref()
            .map_or_else(|| reading.points_zh.to_owned(), Amount::zh);
        let read_back = format!(
            "{title}达到 {} 得 {base_zh} 分；{}；{}{}",
            self.target.zh(),
            self.told("超过", "加", &self.over),
            self.told("低于", "扣", &self.under),
            limits_zh(&self.floor, &self.cap)
        );
        Some(Lowered {
            floor: floor?,
            cap: cap?,
            ..Lowered::earned(vec![line], read_back)
        })
    }

    /// The points on one side, `distance` being positive there.
    fn side(
        &self,
        reading: &Reading<'_>,
        name: &str,
        side: &Option<Side>,
        distance: Core,
        base: &Core,
    ) -> Option<Core> {
        let up = name == "over";
        let steps = match side {
            None => {
                let (zh, en) = if up {
                    ("超过目标的部分如何加分？", "what is above the target?")
                } else {
                    ("低于目标的部分如何扣分？", "what is below the target?")
                };
                reading
                    .questions
                    .ask(reading.pointer, name, zh, en, &[("\"none\"", "不加不减")]);
                return Some(base.clone());
            }
            Some(Side::None) => return Some(base.clone()),
            Some(Side::Gives(amount)) => return reading.amount(amount),
            Some(Side::Steps(steps)) => steps,
        };
        let pointer = format!("{}/{name}", reading.pointer);
        let below = Reading {
            pointer: &pointer,
            ..*reading
        };
        let every = reading.amount(&steps.every);
        let each = reading.amount(&steps.each);
        let starts = reading.amount_or(&steps.starts, Core::ZERO);
        let (zh, en) = ("加减分最多多少？", "how many points at most?");
        let cap = below.limit("cap", &steps.cap, zh, en, NO_CAP);
        let (every, each, starts, cap) = (every?, each?, starts?, cap?);
        above_nought(&below, "every", &every)?;
        let beyond = distance.clone().minus(starts.clone()).at_least(Core::ZERO);
        let mut count = below.steps("parts", beyond, every, steps.parts);
        if steps.first {
            let reached = distance.compared(Compare::GreaterOrEqual, starts);
            count = reached.select(count.plus(Core::whole(1)), Core::ZERO);
        }
        let mut points = count.times(each);
        if let Some(cap) = cap {
            points = points.at_most(cap);
        }
        Some(if up {
            base.clone().plus(points)
        } else {
            base.clone().minus(points)
        })
    }

    fn told(&self, side: &str, sign: &str, told: &Option<Side>) -> String {
        match told {
            None => format!("{side}目标的部分待明确"),
            Some(Side::None) => format!("{side}目标不{sign}分"),
            Some(Side::Gives(amount)) => format!("{side}目标得 {} 分", amount.zh()),
            Some(Side::Steps(steps)) => {
                let unit = if self.measure == Measure::Percent { "%" } else { "" };
                let starts = match (&steps.starts, steps.first) {
                    (None, _) => String::new(),
                    (Some(starts), true) => format!("满 {}{unit} {sign}一次，其后", starts.zh()),
                    (Some(starts), false) => format!("自 {}{unit} 起，", starts.zh()),
                };
                let cap = steps.cap.as_ref().and_then(Limit::amount);
                let cap = cap.map_or_else(|| "，不限".to_owned(), |cap| format!("，最多{sign} {} 分", cap.zh()));
                let parts = parts_zh(steps.parts);
                let (every, each) = (steps.every.zh(), steps.each.zh());
                format!("{side}目标{starts}每 {every}{unit} {sign} {each} 分{parts}{cap}")
            }
        }
    }
}

/// `，最低 0 分，最高 10 分`.
pub(super) fn limits_zh(floor: &Option<Limit>, cap: &Option<Limit>) -> String {
    let mut told = String::new();
    if let Some(floor) = floor.as_ref().and_then(Limit::amount) {
        told.push_str(&format!("；最低 {} 分", floor.zh()));
    }
    if let Some(cap) = cap.as_ref().and_then(Limit::amount) {
        told.push_str(&format!("；最高 {} 分", cap.zh()));
    }
    told
}
