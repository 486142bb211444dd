//! `minmax` (功效系数): points between a base and full points by where the value lies between worst and best.
//!
//! Points = base + (P − base) × (value − worst) / (best − worst), not below nought and not above P. Where best and worst
//! are the same, `equal`. A best that is lower than the worst is meant so: less is better.
//!
//! ```json
//! {"kind": "minmax", "value": "增速", "worst": "cohort", "best": "cohort", "base": 60, "equal": 100}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::document::{Cursor, Read, Shape, Value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Compare, Core, Gathered, Gathering, Lowered, Phrase, Scope};

crate::record! {
    /// 功效系数: points by where the value lies between worst and best.
    pub struct MinMax {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// The worst value (不允许值).
        pub worst: End,
        /// The best value (满意值).
        pub best: End,
        /// The points at the worst value.
        pub base: Amount,
        /// The points when worst and best are the same.
        pub equal: Option<Amount>,
    }
}

/// One end of the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// That of the cohort.
    Cohort,
    /// A mark.
    Amount(Amount),
}

impl Read for End {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Text(text) if text == "cohort" => Some(End::Cohort),
            _ => Amount::read(at).map(End::Amount),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[|| Shape::Choice(&[("cohort", "同类组的最值")]), Amount::shape])
    }
}

impl End {
    fn core(&self, reading: &Reading<'_>, measured: &Core, how: Gathering) -> Option<Core> {
        match self {
            End::Amount(amount) => reading.amount(amount),
            End::Cohort => Some(Core::Gathered(Box::new(Gathered {
                how,
                scope: Scope::Cohort,
                value: measured.clone(),
                then: None,
                when: None,
            }))),
        }
    }

    fn zh(&self, cohort: &str) -> String {
        match self {
            End::Amount(amount) => amount.zh(),
            End::Cohort => cohort.to_owned(),
        }
    }
}

impl MinMax {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = (
            "最优值与最差值相同时得多少分？",
            "how many points when worst and best are the same?",
        );
        let equal = reading.forced_amount("equal", &self.equal, zh, en);
        let (measured, base) = (reading.number(&self.value)?, reading.amount(&self.base));
        let worst = self.worst.core(reading, &measured, Gathering::Lowest);
        let best = self.best.core(reading, &measured, Gathering::Highest);
        let (equal, base, worst, best) = (equal?, base?, worst?, best?);
        let span = best.clone().minus(worst.clone());
        let share = measured.clone().minus(worst.clone()).over(span.clone());
        let scaled = base
            .clone()
            .plus(reading.points.clone().minus(base.clone()).times(share));
        let same = span.compared(Compare::Equal, Core::ZERO);
        let points = same.select(equal, scaled);
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![text("功效系数法 = "), Phrase::Points],
            vec![
                text(format!("{title}为 ")),
                value(&measured),
                text("，最差值 "),
                value(&worst),
                text("，最优值 "),
                value(&best),
                text("，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!(
            "{title}按功效系数法：{}得 {} 分，{}得 {} 分，其间按比例",
            self.worst.zh("同类组最低值"),
            self.base.zh(),
            self.best.zh("同类组最高值"),
            reading.points_zh
        );
        Some(Lowered {
            floor: Some(Core::ZERO),
            cap: Some(reading.points.clone()),
            ..Lowered::earned(vec![line], read_back)
        })
    }
}
