//! `ratio` (按比例得分): points in proportion to the degree of completion.
//!
//! r = value / target, or target / value where lower is better. Points = P × r; below a cliff (r < under) what the cliff
//! gives; then not below `at_least`, and not above P (`over_full: lost`) or `at_most` (`carried`). What is divided by must
//! not be able to be nought.
//!
//! ```json
//! {"kind": "ratio", "title": "内资引进", "value": "到位内资", "target": 5000, "over_full": "lost"}
//! ```

use super::reading::{NO_CAP, Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Compare, Core, Lowered, Phrase};

crate::choice! {
    /// What becomes of points above the full points of the item.
    pub enum OverFull {
        /// They are lost.
        Lost = "lost" "超出满分部分不计",
        /// They count.
        Carried = "carried" "超出满分部分照计",
    }
}

/// The answers to a question about points above full points.
pub(super) const OVER_FULL: &[(&str, &str)] = &[("\"lost\"", "超出满分不计"), ("\"carried\"", "超出满分照计")];

crate::record! {
    /// 按比例得分: points in proportion to the degree of completion.
    pub struct Ratio {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value that was reached.
        pub value: Formula,
        /// The value that was asked for, above nought.
        pub target: Amount,
        /// Whether less is better: then the ratio is target / value.
        pub lower_is_better: bool,
        /// What becomes of points above full points.
        pub over_full: Option<OverFull>,
        /// The most, where points above full points count.
        pub at_most: Option<Limit>,
        /// Below this degree of completion the ratio does not count.
        pub cliff: Option<Cliff>,
        /// The least; nought when missing.
        pub at_least: Option<Amount>,
    }
}

crate::record! {
    /// A degree of completion below which the ratio does not count.
    pub struct Cliff {
        /// The degree: 0.8 is 80 %.
        pub under: Amount,
        /// The points below it.
        pub gives: Amount,
    }
}

impl Ratio {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let reached = reading.number(&self.value);
        let target = reading.amount(&self.target);
        let least = reading.amount_or(&self.at_least, Core::ZERO);
        let cliff = match &self.cliff {
            None => Some(None),
            Some(cliff) => reading.amount(&cliff.under).zip(reading.amount(&cliff.gives)).map(Some),
        };
        let (cap, cap_zh) = over_full(reading, self.over_full, &self.at_most)?;
        let (reached, target, least, cliff) = (reached?, target?, least?, cliff?);
        let title = reading.titled(&self.title);
        let (top, bottom) = if self.lower_is_better {
            (&target, &reached)
        } else {
            (&reached, &target)
        };
        above_nought(reading, if self.lower_is_better { "value" } else { "target" }, bottom)?;
        let rate = top.clone().over(bottom.clone());
        let mut points = reading.points.clone().times(rate.clone());
        if let Some((under, gives)) = &cliff {
            let below = rate.compared(Compare::Less, under.clone());
            points = below.select(gives.clone(), points);
        }
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
                text(format!("{title}目标 ")),
                value(&target),
                text("，实际 "),
                value(&reached),
                text("，按完成比例得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let mut read_back = format!(
            "{title}{}到 {} 得 {} 分，按比例计分",
            if self.lower_is_better { "降" } else { "达" },
            self.target.zh(),
            reading.points_zh
        );
        if let Some(cliff) = &self.cliff {
            read_back.push_str(&format!(
                "；完成比例低于 {} 的得 {} 分",
                cliff.under.zh(),
                cliff.gives.zh()
            ));
        }
        read_back.push_str(&cap_zh);
        if let Some(least) = &self.at_least {
            read_back.push_str(&format!("，最低 {} 分", least.zh()));
        }
        Some(Lowered {
            floor: Some(least),
            cap,
            ..Lowered::earned(vec![line], read_back)
        })
    }
}

/// The cap that `over_full` and `at_most` say, with its words.
pub(super) fn over_full(
    reading: &Reading<'_>,
    over: Option<OverFull>,
    most: &Option<Limit>,
) -> Option<(Option<Core>, String)> {
    let (zh, en) = ("超出满分的部分是否计分？", "do points above the full points count?");
    let Some(over) = over else {
        reading.questions.ask(reading.pointer, "over_full", zh, en, OVER_FULL);
        return Some((Some(reading.points.clone()), String::new()));
    };
    match (over, most) {
        (OverFull::Lost, None) => Some((Some(reading.points.clone()), "，不超过满分".to_owned())),
        (OverFull::Lost, Some(_)) => reading.problem(
            "at_most",
            "scheme.at_most",
            "超出满分不计时不得另写 at_most",
            "at_most goes with \"carried\" only",
        ),
        (OverFull::Carried, most) => {
            let (zh, en) = ("超额部分最高得到多少分？", "how many points at most?");
            let cap = reading.limit("at_most", most, zh, en, NO_CAP)?;
            let told = most.as_ref().and_then(Limit::amount).map_or_else(
                || "，超额照计，不封顶".to_owned(),
                |most| format!("，超额照计，最高 {} 分", most.zh()),
            );
            Some((cap, told))
        }
    }
}

/// Refuses a divisor that may be nought or below.
pub(super) fn above_nought(reading: &Reading<'_>, field: &str, divisor: &Core) -> Option<()> {
    let range = reading.range(divisor);
    if range.low.as_ref().is_some_and(crate::exact::Exact::is_positive) {
        return Some(());
    }
    reading.problem(
        field,
        "scheme.target",
        "作除数的值应始终大于 0：请在事实声明中写大于 0 的 min，或写成 max(…, 1)；applies_when 不能代替",
        "what is divided by must always be above 0: declare a min above 0 or write max(…, 1); applies_when does not do it",
    )
}
