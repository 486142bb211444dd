//! `benchmark` (对标计分): points in proportion to the best, to the mean, or to a given mark.
//!
//! Points = P × value / benchmark, or P × benchmark / value where lower is better; above P as `over_full` says; never
//! below nought. What is divided by must be above nought in its declared range.
//!
//! ```json
//! {"kind": "benchmark", "value": "人均投入", "against": "best", "over_full": "lost"}
//! ```

use super::ratio::{OverFull, above_nought, over_full};
use super::reading::{Reading, channel, text, value};
use crate::document::{Cursor, Read, Shape, Value};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Core, Gathered, Gathering, Lowered, Phrase, Scope};

crate::record! {
    /// 对标计分: points in proportion to a benchmark.
    pub struct Benchmark {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// What it is measured against.
        pub against: Against,
        /// Whether less is better.
        pub lower_is_better: bool,
        /// What becomes of points above full points.
        pub over_full: Option<OverFull>,
        /// The most, where points above full points count.
        pub at_most: Option<Limit>,
    }
}

/// What a value is measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// The best of the cohort.
    Best,
    /// The mean of the cohort.
    Mean,
    /// A mark.
    Amount(Amount),
}

impl Read for Against {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Text(text) if text == "best" => Some(Against::Best),
            Value::Text(text) if text == "mean" => Some(Against::Mean),
            _ => Amount::read(at).map(Against::Amount),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Choice(&[("best", "同类组最优值"), ("mean", "同类组平均值")]),
            Amount::shape,
        ])
    }
}

impl Benchmark {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (cap, cap_zh) = over_full(reading, self.over_full, &self.at_most)?;
        let measured = reading.number(&self.value)?;
        let cohort = |how: Gathering| {
            Core::Gathered(Box::new(Gathered {
                how,
                scope: Scope::Cohort,
                value: measured.clone(),
                then: None,
                when: None,
            }))
        };
        let best = if self.lower_is_better {
            Gathering::Lowest
        } else {
            Gathering::Highest
        };
        let mark = match &self.against {
            Against::Best => cohort(best),
            Against::Mean => cohort(Gathering::Mean),
            Against::Amount(amount) => reading.amount(amount)?,
        };
        // The cohort's best and mean lie in the range of the value itself.
        let range = match &self.against {
            Against::Amount(_) => &mark,
            Against::Best | Against::Mean => &measured,
        };
        let (top, bottom) = if self.lower_is_better {
            above_nought(reading, "value", &measured)?;
            (&mark, &measured)
        } else {
            let place = if matches!(self.against, Against::Amount(_)) {
                "against"
            } else {
                "value"
            };
            above_nought(reading, place, range)?;
            (&measured, &mark)
        };
        let points = reading.points.clone().times(top.clone()).over(bottom.clone());
        let title = reading.titled(&self.title);
        let named = match &self.against {
            Against::Best => "同类组最优值".to_owned(),
            Against::Mean => "同类组平均值".to_owned(),
            Against::Amount(amount) => format!("标杆 {}", amount.zh()),
        };
        let line = channel(
            points,
            vec![
                value(reading.points),
                text(" × "),
                value(top),
                text(" / "),
                value(bottom),
                text(" = "),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}为 ")),
                value(&measured),
                text(format!("，{named}为 ")),
                value(&mark),
                text("，按比例得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!("{title}与{named}之比乘以 {} 分{cap_zh}", reading.points_zh);
        Some(Lowered {
            floor: Some(Core::ZERO),
            cap,
            ..Lowered::earned(vec![line], read_back)
        })
    }
}
