//! `bands` (分档得分): points by the band in which a value lies.
//!
//! Each band states its sides: `from` (included) or `above` (excluded), `to` (included) or `below` (excluded). Together
//! the bands cover the declared range of the value without overlap, or the scheme is refused with the place that is left
//! out; `otherwise` takes what no band names. Within a band a discretion may be given: clamped to `least` and `most`.
//!
//! ```json
//! {"kind": "bands", "value": "完成率", "bands": [
//!   {"from": 100, "points": 2}, {"from": 80, "below": 100, "points": 1}, {"below": 80, "points": 0}]}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::exact::Interval;
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Compare, Core, Lowered, Phrase};
use crate::scheme::cover::{Side, Span, uncovered};
use crate::scheme::expression::{bounds, is_whole};

crate::record! {
    /// 分档得分: points by the band in which a value lies.
    pub struct Bands {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// The bands, best first or worst first.
        pub bands: Vec<Band>,
        /// Points of what no band names.
        pub otherwise: Option<Amount>,
    }
}

crate::record! {
    /// One band.
    pub struct Band {
        /// Its name.
        pub title: Option<String>,
        /// Its lower side, included.
        pub from: Option<Amount>,
        /// Its lower side, excluded.
        pub above: Option<Amount>,
        /// Its upper side, included.
        pub to: Option<Amount>,
        /// Its upper side, excluded.
        pub below: Option<Amount>,
        /// Its points.
        pub points: Option<Amount>,
        /// The least points of a discretion within the band.
        pub least: Option<Amount>,
        /// The most points of a discretion within the band.
        pub most: Option<Amount>,
        /// The points that were given within the band.
        pub given: Option<Formula>,
    }
}

impl Bands {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let measured = reading.number(&self.value);
        let otherwise = match &self.otherwise {
            None => Some(None),
            Some(amount) => reading.amount(amount).map(Some),
        };
        let read: Vec<Option<(Core, Core)>> = self
            .bands
            .iter()
            .enumerate()
            .map(|(place, band)| band.lower(reading, place, measured.as_ref()?))
            .collect();
        let read: Option<Vec<_>> = read.into_iter().collect();
        let (measured, otherwise, mut read) = (measured?, otherwise?, read?);
        if self.otherwise.is_none() {
            self.covers(reading, &measured)?;
        }
        let rest = match otherwise {
            Some(points) => points,
            // The bands cover everything, so what none of the others takes belongs to the last.
            None => read.pop().map_or(Core::ZERO, |(_, points)| points),
        };
        let points = read
            .into_iter()
            .rev()
            .fold(rest, |rest, (holds, points)| holds.select(points, rest));
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![text("所在档次得分 = "), Phrase::Points],
            vec![
                text(format!("{title}实际 ")),
                value(&measured),
                text("，所在档次得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let mut told: Vec<String> = self.bands.iter().map(Band::told).collect();
        if let Some(otherwise) = &self.otherwise {
            told.push(format!("其余得 {} 分", otherwise.zh()));
        }
        Some(Lowered::earned(vec![line], format!("{title}：{}", told.join("；"))))
    }

    /// Refuses a hole or an overlap within the declared range, where the sides are constants.
    fn covers(&self, reading: &Reading<'_>, measured: &Core) -> Option<()> {
        let range = bounds(measured, reading.names.inputs);
        let whole = is_whole(measured, reading.names.inputs);
        let Some(spans) = self.bands.iter().map(Band::span).collect::<Option<Vec<Span>>>() else {
            let (zh, en) = (
                "档次界限不是常数时须写明 otherwise（其余情形的得分）",
                "where bounds are not constant, say what everything else gives (otherwise)",
            );
            reading
                .questions
                .ask(reading.pointer, "otherwise", zh, en, &[("0", "其余不得分")]);
            return Some(());
        };
        cover(reading, "bands", &spans, &range, whole)
    }
}

/// Refuses a hole or an overlap of bands.
pub(in crate::scheme) fn cover(
    reading: &Reading<'_>,
    place: &str,
    spans: &[Span],
    range: &Interval,
    whole: bool,
) -> Option<()> {
    match uncovered(spans, range, whole) {
        None => Some(()),
        Some(fault) => {
            let (zh, en) = fault.told();
            reading.problem(place, "scheme.bands", zh, en)
        }
    }
}

impl Band {
    fn lower(&self, reading: &Reading<'_>, place: usize, measured: &Core) -> Option<(Core, Core)> {
        let pointer = format!("{}/bands/{place}", reading.pointer);
        let reading = &Reading {
            pointer: &pointer,
            ..*reading
        };
        if (self.from.is_some() && self.above.is_some()) || (self.to.is_some() && self.below.is_some()) {
            let (zh, en) = (
                "一侧界限只写一项：from（含）或 above（不含），to（含）或 below（不含）",
                "state a side once: from or above, to or below",
            );
            return reading.problem("", "scheme.band_side", zh, en);
        }
        let side = |amount: &Option<Amount>, operator: Compare| match amount {
            None => Some(Core::Truth(true)),
            Some(amount) => Some(measured.clone().compared(operator, reading.amount(amount)?)),
        };
        let sides = [
            side(&self.from, Compare::GreaterOrEqual),
            side(&self.above, Compare::Greater),
            side(&self.to, Compare::LessOrEqual),
            side(&self.below, Compare::Less),
        ];
        let points = match (&self.points, &self.least, &self.most, &self.given) {
            (Some(points), None, None, None) => reading.amount(points),
            (None, Some(least), Some(most), Some(given)) => {
                let (least, most, given) = (reading.amount(least), reading.amount(most), reading.number(given));
                Some(given?.at_least(least?).at_most(most?))
            }
            _ => reading.problem(
                "",
                "scheme.band_points",
                "档次应写 points，或写 least、most 和 given",
                "a band has points, or least, most and given",
            ),
        };
        let sides: Option<Vec<Core>> = sides.into_iter().collect();
        let holds = sides?.into_iter().fold(Core::Truth(true), Core::and);
        Some((holds, points?))
    }

    fn span(&self) -> Option<Span> {
        let side = |included: &Option<Amount>, excluded: &Option<Amount>| match (included, excluded) {
            (Some(amount), _) => amount.constant().map(|at| Some(Side::included(at))),
            (None, Some(amount)) => amount.constant().map(|at| Some(Side::excluded(at))),
            (None, None) => Some(None),
        };
        Some(Span {
            low: side(&self.from, &self.above)?,
            high: side(&self.to, &self.below)?,
        })
    }

    fn told(&self) -> String {
        let mut sides = Vec::new();
        if let Some(from) = &self.from {
            sides.push(format!("{} 及以上", from.zh()));
        }
        if let Some(above) = &self.above {
            sides.push(format!("高于 {}", above.zh()));
        }
        if let Some(to) = &self.to {
            sides.push(format!("不超过 {}", to.zh()));
        }
        if let Some(below) = &self.below {
            sides.push(format!("低于 {}", below.zh()));
        }
        let name = self
            .title
            .as_ref()
            .map(|title| format!("“{title}”"))
            .unwrap_or_default();
        let sides = if sides.is_empty() {
            "其余".to_owned()
        } else {
            sides.join("、")
        };
        match (&self.points, &self.least, &self.most) {
            (Some(points), ..) => format!("{name}{sides}得 {} 分", points.zh()),
            (None, Some(least), Some(most)) => format!("{name}{sides}在 {} 至 {} 分之间评定", least.zh(), most.zh()),
            _ => format!("{name}{sides}"),
        }
    }
}
