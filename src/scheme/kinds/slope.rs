//! `slope` (分段累进): a base, and for each bracket of the value a rate of its own, as taxes are reckoned.
//!
//! Points = base + Σ over brackets of (the part of the value inside the bracket × rate). Below nought: the same brackets
//! downward (`mirror`), nothing (`flat`), or brackets of their own with points lost per unit.
//!
//! ```json
//! {"kind": "slope", "value": "增幅 - 全省平均增幅", "base": 60, "below": "mirror", "floor": "none", "cap": "none",
//!  "brackets": [{"to": 10, "rate": 3}, {"to": 20, "rate": 1.5}, {"rate": 1}]}
//! ```

use super::reading::{NO_CAP, Reading, TO_NOUGHT, channel, text, value};
use super::steps::limits_zh;
use crate::document::{Cursor, Read, Shape, Value};
use crate::exact::Exact;
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::record! {
    /// 分段累进: a base, and for each bracket of the value a rate of its own.
    pub struct Slope {
        /// What is measured; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// The points at nought.
        pub base: Amount,
        /// The brackets above nought, rising; the last has no `to`.
        pub brackets: Vec<Bracket>,
        /// What stands below nought.
        pub below: Below,
        /// The least.
        pub floor: Option<Limit>,
        /// The most.
        pub cap: Option<Limit>,
    }
}

crate::record! {
    /// One bracket.
    pub struct Bracket {
        /// Where it ends; missing in the last.
        pub to: Option<Exact>,
        /// Points of each unit inside it.
        pub rate: Amount,
    }
}

/// What stands below nought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Below {
    /// The same brackets downward.
    Mirror,
    /// Nothing.
    Flat,
    /// Brackets of their own: points lost.
    Brackets(Vec<Bracket>),
}

impl Read for Below {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Text(text) if text == "mirror" => Some(Below::Mirror),
            Value::Text(text) if text == "flat" => Some(Below::Flat),
            Value::List(_) => Vec::<Bracket>::read(at).map(Below::Brackets),
            _ => at.expected("mirror、flat 或分段列表", "mirror, flat or a list of brackets"),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Choice(&[("mirror", "同式反向扣"), ("flat", "不扣")]),
            <Vec<Bracket> as Read>::shape,
        ])
    }
}

impl Slope {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let measured = reading.number(&self.value);
        let base = reading.amount(&self.base);
        let (zh, en) = ("本项最低得多少分？", "how many points at least?");
        let floor = reading.limit("floor", &self.floor, zh, en, TO_NOUGHT);
        let (zh, en) = ("本项最高得多少分？", "how many points at most?");
        let cap = reading.limit("cap", &self.cap, zh, en, NO_CAP);
        let up = brackets(reading, "brackets", &self.brackets);
        let down = match &self.below {
            Below::Mirror => up.clone().map(Some),
            Below::Flat => Some(None),
            Below::Brackets(own) => brackets(reading, "below", own).map(Some),
        };
        let (measured, base, floor, cap, up, down) = (measured?, base?, floor?, cap?, up?, down?);
        let won = progressive(&measured.clone().at_least(Core::ZERO), &up);
        let lost = down.map_or(Core::ZERO, |down| {
            progressive(&Core::ZERO.minus(measured.clone()).at_least(Core::ZERO), &down)
        });
        let title = reading.titled(&self.title);
        let line = channel(
            won.minus(lost),
            vec![text("分段累进 = "), Phrase::Points],
            vec![
                text(format!("{title}为 ")),
                value(&measured),
                text("，分段累进计 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let below = match &self.below {
            Below::Mirror => "；低于 0 的同式反向扣".to_owned(),
            Below::Flat => "；低于 0 的不扣".to_owned(),
            Below::Brackets(own) => format!("；低于 0 的扣：{}", told(own)),
        };
        let read_back = format!(
            "{title}：基本分 {} 分，{}{below}{}",
            self.base.zh(),
            told(&self.brackets),
            limits_zh(&self.floor, &self.cap)
        );
        Some(Lowered {
            start: base,
            floor,
            cap,
            ..Lowered::earned(vec![line], read_back)
        })
    }
}

fn brackets(reading: &Reading<'_>, place: &str, list: &[Bracket]) -> Option<Vec<(Option<Exact>, Core)>> {
    let rises = list.windows(2).all(|pair| match pair {
        [one, other] => one.to.is_some() && other.to.as_ref().is_none_or(|to| Some(to) > one.to.as_ref()),
        _ => true,
    });
    let begins = list
        .first()
        .is_some_and(|first| first.to.as_ref().is_none_or(Exact::is_positive));
    if !rises || !begins {
        let (zh, en) = (
            "分段的 to 应由小到大、大于 0，只有最后一段可以不写",
            "brackets rise from above 0; only the last has no \"to\"",
        );
        return reading.problem(place, "scheme.brackets", zh, en);
    }
    list.iter()
        .map(|bracket| Some((bracket.to.clone(), reading.amount(&bracket.rate)?)))
        .collect()
}

/// The sum over brackets of what lies inside each, times its rate.
fn progressive(measured: &Core, brackets: &[(Option<Exact>, Core)]) -> Core {
    let mut from = Exact::ZERO;
    let mut sum = Core::ZERO;
    for (to, rate) in brackets {
        let mut inside = measured.clone().minus(Core::Number(from.clone())).at_least(Core::ZERO);
        if let Some(to) = to {
            inside = inside.at_most(Core::Number(to - &from));
            from = to.clone();
        }
        sum = sum.plus(inside.times(rate.clone()));
    }
    sum
}

fn told(brackets: &[Bracket]) -> String {
    let mut from = "0".to_owned();
    let mut told = Vec::new();
    for bracket in brackets {
        let rate = bracket.rate.zh();
        told.push(match &bracket.to {
            Some(to) => format!("{from} 至 {to} 的部分每单位 {rate} 分"),
            None => format!("{from} 以上的部分每单位 {rate} 分"),
        });
        from = bracket.to.as_ref().map(ToString::to_string).unwrap_or_default();
    }
    told.join("，")
}
