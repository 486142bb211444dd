//! `interpolate` (线性插值): linear between nodes.
//!
//! Between two nodes points = lower node's points + (value − at) / (next at − at) × the difference. Outside the nodes:
//! `flat` (the end node's points), or `zero` (0 below the lowest node; flat above the highest).
//!
//! ```json
//! {"kind": "interpolate", "value": "投入比", "nodes": [{"at": 10, "points": 0}, {"at": 40, "points": 5}], "outside": "flat"}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::exact::Exact;
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Compare, Core, Lowered, Phrase};

crate::choice! {
    /// What stands outside the nodes.
    pub enum Outside {
        /// The end node's points.
        Flat = "flat" "两端以外按端点计",
        /// Nought below the lowest node; the highest node's points above it.
        Zero = "zero" "低于最低点不得分",
    }
}

crate::record! {
    /// 线性插值: linear between nodes.
    pub struct Interpolate {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// The nodes, rising.
        pub nodes: Vec<Node>,
        /// What stands outside the nodes.
        pub outside: Option<Outside>,
    }
}

crate::record! {
    /// A value and its points.
    pub struct Node {
        /// The value.
        pub at: Amount,
        /// Its points.
        pub points: Amount,
    }
}

const OUTSIDE: &[(&str, &str)] = &[("\"flat\"", "两端以外按端点计"), ("\"zero\"", "低于最低点不得分")];

impl Interpolate {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = ("两端以外如何计分？", "what stands outside the nodes?");
        let outside = reading.forced("outside", self.outside, Outside::Flat, zh, en, OUTSIDE);
        let measured = reading.number(&self.value)?;
        let read = self
            .nodes
            .iter()
            .map(|node| reading.amount(&node.at).zip(reading.amount(&node.points)));
        let nodes: Vec<(Core, Core)> = read.collect::<Option<_>>()?;
        let rises = nodes.windows(2).all(|pair| match pair {
            [(Core::Number(one), _), (Core::Number(other), _)] => one < other,
            _ => self.tables_rise(),
        });
        if nodes.len() < 2 || !rises {
            let (zh, en) = (
                "nodes 至少两个，at 由小到大且不重复",
                "there are two nodes or more, rising, no two alike",
            );
            return reading.problem("nodes", "scheme.nodes", zh, en);
        }
        let ((lowest, least), (_, most)) = (nodes.first()?, nodes.last()?);
        // From the top down: the first pair whose lower end is reached.
        let mut points = match outside {
            Outside::Flat => least.clone(),
            Outside::Zero => Core::ZERO,
        };
        for pair in nodes.windows(2) {
            let [(from, low), (to, high)] = pair else { continue };
            let share = measured
                .clone()
                .minus(from.clone())
                .over(to.clone().minus(from.clone()));
            let between = low.clone().plus(share.times(high.clone().minus(low.clone())));
            let reached = measured.clone().compared(Compare::GreaterOrEqual, from.clone());
            points = reached.select(between, points);
        }
        let (last, _) = nodes.last()?;
        let beyond = measured.clone().compared(Compare::GreaterOrEqual, last.clone());
        let points = beyond.select(most.clone(), points);
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![text("按比例插入 = "), Phrase::Points],
            vec![
                text(format!("{title}实际 ")),
                value(&measured),
                text("，自 "),
                value(lowest),
                text(" 至 "),
                value(last),
                text(" 之间按比例计，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let told: Vec<String> = self
            .nodes
            .iter()
            .map(|node| format!("{} 得 {} 分", node.at.zh(), node.points.zh()))
            .collect();
        let read_back = format!("{title}：{}，其间按比例计；{}", told.join("，"), outside.zh());
        Some(Lowered::earned(vec![line], read_back))
    }

    /// Nodes from tables rise for every word.
    fn tables_rise(&self) -> bool {
        self.nodes.windows(2).all(|pair| match pair {
            [one, other] => match (one.at.constants(), other.at.constants()) {
                (Some(one), Some(other)) => match (one.as_slice(), other.as_slice()) {
                    ([one], others) => others.iter().all(|other| one < other),
                    (ones, [other]) => ones.iter().all(|one| one < other),
                    (ones, others) => ones
                        .iter()
                        .zip(others)
                        .all(|(one, other): (&&Exact, &&Exact)| one < other),
                },
                _ => false,
            },
            _ => true,
        })
    }
}
