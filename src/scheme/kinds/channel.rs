//! Channels: what happens how often, and what each time costs or earns. `deduct` and `earn` share them.

use super::reading::{Reading, text, value};
use crate::exact::Exact;
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{self, Core, Ladder, Phrase};

crate::record! {
    /// One thing that happens so often, with points each time.
    pub struct Channel {
        /// What happens.
        pub title: String,
        /// 量词 of what is counted; 次 when missing.
        pub measure: Option<String>,
        /// How often; below nought counts as never.
        pub count: Option<Formula>,
        /// Whether it happened at all, in place of `count`.
        pub when: Option<Formula>,
        /// Points each time.
        pub each: Option<Amount>,
        /// Points of the first, second, … time, the last of them going on; in place of `each`.
        pub escalate: Vec<Amount>,
        /// What the points are multiplied by.
        pub times: Option<Amount>,
        /// Whether a part of an occurrence counts nothing (`true`) or in proportion (`false`).
        pub whole: Option<bool>,
        /// The most that this gives or takes.
        pub cap: Option<Limit>,
    }
}

/// The answers to a question about parts of an occurrence.
const WHOLE: &[(&str, &str)] = &[("true", "不足一次不计"), ("false", "按比例计")];

impl Channel {
    /// The line and what the reader of the scheme is told; `sign` is 扣 or 加.
    pub(super) fn lower(&self, reading: &Reading<'_>, place: usize, sign: &str) -> Option<(core::Channel, String)> {
        let pointer = format!("{}/channels/{place}", reading.pointer);
        let reading = &Reading {
            pointer: &pointer,
            ..*reading
        };
        let measure = self.measure.as_deref().unwrap_or("次");
        let count = self.count(reading);
        let times = match &self.times {
            None => Some(None),
            Some(times) => reading.amount(times).map(Some),
        };
        let cap = match &self.cap {
            None => Some(None),
            Some(cap) => reading.stated(cap),
        };
        let (count, times, cap) = (count?, times?, cap?);
        let (points, each_zh, each) = match (&self.each, self.escalate.as_slice()) {
            (Some(each), []) => {
                positive(reading, "each", each)?;
                let core = reading.amount(each)?;
                (
                    count.clone().times(core.clone()),
                    format!("{} 分", each.zh()),
                    Some(core),
                )
            }
            (None, [_, ..]) => {
                let points: Option<Vec<Core>> = self.escalate.iter().map(|amount| reading.amount(amount)).collect();
                let told: Vec<String> = self.escalate.iter().map(Amount::zh).collect();
                (
                    escalated(&count, points?),
                    format!("依次 {} 分（其后同末次）", told.join("、")),
                    None,
                )
            }
            _ => {
                return reading.problem(
                    "",
                    "scheme.channel_each",
                    "each 与 escalate 须且只须填一项",
                    "give exactly one of each, escalate",
                );
            }
        };
        let mut points = match &times {
            Some(times) => points.times(times.clone()),
            None => points,
        };
        if let Some(cap) = &cap {
            points = points.at_most(cap.clone());
        }
        let limit = self.cap.as_ref().and_then(Limit::amount);
        let limit = limit
            .map(|cap| format!("（最多{sign} {} 分）", cap.zh()))
            .unwrap_or_default();
        let by = self
            .times
            .as_ref()
            .map(|times| format!("，乘以 {}", times.zh()))
            .unwrap_or_default();
        let title = &self.title;
        let arithmetic = match &each {
            Some(each) => vec![
                value(&count),
                text(" × "),
                value(each),
                text(format!("{limit} = ")),
                Phrase::Points,
            ],
            None => vec![value(&count), text(format!(" 次{limit} = ")), Phrase::Points],
        };
        let each_value = each.as_ref().map_or_else(|| text(each_zh.clone()), value);
        let unit = if each.is_some() { " 分" } else { "" };
        let once = self.when.is_some();
        let reason = if once {
            vec![
                text(format!("{title}，一次性{sign} ")),
                each_value,
                text(format!("{unit}{by}{limit}，{sign} ")),
                Phrase::Points,
                text(" 分"),
            ]
        } else {
            vec![
                text(format!("{title}：")),
                value(&count),
                text(format!(" {measure}，每{measure}{sign} ")),
                each_value,
                text(format!("{unit}{by}{limit}，{sign} ")),
                Phrase::Points,
                text(" 分"),
            ]
        };
        let told = if once {
            format!("{title}的一次性{sign} {each_zh}{by}{limit}")
        } else {
            format!("{title}，每{measure}{sign} {each_zh}{by}{limit}")
        };
        let line = core::Channel {
            points,
            arithmetic,
            reason,
        };
        Some((line, told))
    }

    fn count(&self, reading: &Reading<'_>) -> Option<Core> {
        match (&self.count, &self.when) {
            (None, Some(when)) => Some(reading.truth(when)?.select(Core::whole(1), Core::ZERO)),
            (Some(count), None) => {
                let count = reading.number(count)?;
                let whole = if self.whole.is_none() && reading.is_whole(&count) {
                    false
                } else {
                    let (zh, en) = ("不足一次的部分是否计？", "does a part of one occurrence count?");
                    reading.forced("whole", self.whole, false, zh, en, WHOLE)
                };
                // Down is towards nought, and what is below nought is cut off next.
                let count = if whole { count.whole_steps() } else { count };
                Some(count.at_least(Core::ZERO))
            }
            _ => reading.problem(
                "",
                "scheme.channel_count",
                "count 与 when 须且只须填一项",
                "give exactly one of count, when",
            ),
        }
    }
}

fn positive(reading: &Reading<'_>, field: &str, amount: &Amount) -> Option<()> {
    if amount
        .constants()
        .is_none_or(|constants| constants.into_iter().all(Exact::is_positive))
    {
        return Some(());
    }
    reading.problem(
        field,
        "scheme.deduction",
        "每次的分值应大于 0",
        "points each must be above 0",
    )
}

/// The points of the first `count` occurrences: the listed ones, then the last of them for each that follows.
fn escalated(count: &Core, points: Vec<Core>) -> Core {
    let last = points.last().cloned().unwrap_or(Core::ZERO);
    let listed = Core::whole(i64::try_from(points.len()).unwrap_or(i64::MAX));
    let whole = count.clone().whole_steps();
    let within = whole.clone().at_most(listed.clone());
    // The mean of the first places times their number is their sum; with none there is no mean.
    let some = within.clone().compared(core::Compare::Greater, Core::ZERO);
    let mean = Core::Ladder(Box::new(Ladder {
        place: Core::whole(1),
        width: within.clone().at_least(Core::whole(1)),
        points,
        beyond: Core::ZERO,
    }));
    let sum = some.select(mean.times(within), Core::ZERO);
    sum.plus(whole.minus(listed).at_least(Core::ZERO).times(last))
}

/// `；扣完为止`.
pub(super) fn floor_zh(floor: &Option<Limit>) -> String {
    match floor {
        None => "；（待明确：扣到多少为止）".to_owned(),
        Some(Limit::None) => "；不设下限".to_owned(),
        Some(Limit::Amount(amount)) if amount.constant().is_some_and(Exact::is_zero) => "；扣完为止".to_owned(),
        Some(Limit::Amount(amount)) => format!("；最低扣至 {} 分", amount.zh()),
    }
}
