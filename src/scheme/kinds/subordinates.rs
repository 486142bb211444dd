//! `subordinates` (下级汇总): what the subjects below come to together.
//!
//! Points = P × combined / out_of, from 0 to P. With nobody below to whom the value applies, the item does not apply.
//!
//! ```json
//! {"kind": "subordinates", "value": "达标率", "combine": "mean", "out_of": 100}
//! ```

use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::applies::applies;
use crate::scheme::core::{Compare, Core, Gathered, Gathering, Lowered, Phrase, Scope};

crate::choice! {
    /// How values are combined.
    pub enum Combine {
        /// The arithmetic mean.
        Mean = "mean" "取平均",
        /// The lowest.
        Lowest = "lowest" "取最低",
        /// The highest.
        Highest = "highest" "取最高",
        /// The sum.
        Sum = "sum" "求和",
        /// The mean by weight.
        Weighted = "weighted" "按权数加权平均",
    }
}

crate::record! {
    /// 下级汇总: what the subjects below come to together.
    pub struct Subordinates {
        /// What is combined; the item's title when missing.
        pub title: Option<String>,
        /// The value of each subject below.
        pub value: Formula,
        /// How they are combined.
        pub combine: Combine,
        /// The weight of each subject below, for `weighted`.
        pub weight: Option<Formula>,
        /// The combined value that gives full points.
        pub out_of: Amount,
    }
}

impl Subordinates {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (each, out_of) = (reading.number(&self.value), reading.amount(&self.out_of));
        let weight = match &self.weight {
            None => Some(None),
            Some(weight) => reading.number(weight).map(Some),
        };
        let (each, out_of, weight) = (each?, out_of?, weight?);
        above_nought(reading, "out_of", &out_of)?;
        let below = |how: Gathering, value: Core| {
            Core::Gathered(Box::new(Gathered {
                how,
                scope: Scope::Below,
                value,
                then: None,
                when: None,
            }))
        };
        // Those to whom the value does not apply are as good as not there.
        let there = applies(&each, reading.defined).select(Core::whole(1), Core::ZERO);
        let count = below(Gathering::Sum, there);
        let some = count.clone().compared(Compare::Greater, Core::ZERO);
        let combined = match (self.combine, weight) {
            (Combine::Mean, None) => below(Gathering::Mean, each),
            (Combine::Lowest, None) => below(Gathering::Lowest, each),
            (Combine::Highest, None) => below(Gathering::Highest, each),
            (Combine::Sum, None) => below(Gathering::Sum, each),
            (Combine::Weighted, Some(weight)) => {
                let sum = below(Gathering::Sum, each.clone().times(weight.clone()));
                // Nor do their weights count.
                let by = Core::Gathered(Box::new(Gathered {
                    how: Gathering::Sum,
                    scope: Scope::Below,
                    value: weight,
                    then: None,
                    when: Some(applies(&each, reading.defined)),
                }));
                let there = by.clone().compared(Compare::Greater, Core::ZERO);
                there.select(sum.over(by), Core::ZERO)
            }
            _ => {
                let (zh, en) = (
                    "weight 与 combine: weighted 须同时填写",
                    "weight goes with combine \"weighted\"",
                );
                return reading.problem("weight", "scheme.combine", zh, en);
            }
        };
        let points = combined.clone().times(reading.points.clone()).over(out_of);
        let title = reading.titled(&self.title);
        let how = self.combine.zh();
        let line = channel(
            points,
            vec![
                value(&combined),
                text(" × "),
                value(reading.points),
                text(format!(" / {} = ", self.out_of.zh())),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}：下级 ")),
                value(&count),
                text(format!(" 个对象{how}为 ")),
                value(&combined),
                text("，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!(
            "{title}：下级对象的“{}”{how}，达到 {} 得 {} 分，按比例计",
            self.value.zh(),
            self.out_of.zh(),
            reading.points_zh
        );
        Some(Lowered {
            floor: Some(Core::ZERO),
            cap: Some(reading.points.clone()),
            applies: Some(some),
            ..Lowered::earned(vec![line], read_back)
        })
    }
}
