//! `panel` (评委打分): the mean of scores, extremes left out where so many are there.
//!
//! Without `class` one mean; with it Σ weight × mean of each class of scorers. Points = P × mean / out_of.
//!
//! ```json
//! {"kind": "panel", "events": "评分", "score": "分数", "out_of": 100, "none": 0, "trim": {"highest": 1, "lowest": 1, "from": 6}}
//! ```

use super::choice::AmountByWord;
use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use crate::fact::FieldKind;
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Compare, Core, Lowered, Phrase, Tally, Together};
use crate::scheme::expression::Type;

crate::choice! {
    /// What a class without scores does.
    pub enum Absent {
        /// It gives nothing.
        Zero = "zero" "无评分的一类计零"
        ,
        /// The other classes carry its weight.
        Renormalise = "renormalise" "无评分的一类剔除，其余按权重折算",
    }
}

crate::record! {
    /// 评委打分: the mean of scores.
    pub struct Panel {
        /// What is scored; the item's title when missing.
        pub title: Option<String>,
        /// The declared scores: one event each.
        pub events: String,
        /// The score: a number over the fields.
        pub score: Formula,
        /// Which scores count; all when missing.
        pub filter as "where": Option<Formula>,
        /// The full score.
        pub out_of: Amount,
        /// What is left out.
        pub trim: Option<Trim>,
        /// The field that holds the class of the scorer.
        pub class: Option<String>,
        /// The weight of every class.
        pub weights: Option<AmountByWord>,
        /// What a class without scores does.
        pub absent: Option<Absent>,
        /// The points when nobody scored.
        pub none: Option<Amount>,
    }
}

crate::record! {
    /// How many extremes are left out.
    pub struct Trim {
        /// How many of the highest.
        pub highest: u32,
        /// How many of the lowest.
        pub lowest: u32,
        /// Only with at least so many scores.
        pub from: u32,
    }
}

const ABSENT: &[(&str, &str)] = &[("\"zero\"", "该类计零"), ("\"renormalise\"", "剔除后按权重折算")];

impl Panel {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let events = reading.events("events", &self.events)?;
        let (zh, en) = ("没有人评分时得多少分？", "how many points when nobody scored?");
        let none = reading.forced_amount("none", &self.none, zh, en);
        let filter = reading.filter(&self.filter, events);
        let score = reading.over(&self.score, events, Type::Number);
        let out_of = reading.amount(&self.out_of);
        let (none, filter, score, out_of) = (none?, filter?, score?, out_of?);
        above_nought(reading, "out_of", &out_of)?;
        let mean = |filter: Core| self.mean(reading, events, filter, score.clone());
        let count = |filter: &Core| tally(events, filter.clone(), Core::whole(1), Together::Sum);
        let (together, told) = match (&self.class, &self.weights) {
            (None, None) => (mean(filter.clone())?, "取平均分".to_owned()),
            (Some(class), Some(weights)) => {
                let field = reading.field("class", events, class, &[FieldKind::Choice])?;
                let (zh, en) = ("某一类没有评分时如何计？", "what does a class without scores do?");
                let absent = reading.forced("absent", self.absent, Absent::Zero, zh, en, ABSENT);
                let rows = weights.lower(reading, "weights", &reading.words(events, field))?;
                let (mut sum, mut there) = (Core::ZERO, Core::ZERO);
                for (word, weight) in rows {
                    let own = Core::Field(field).compared(Compare::Equal, Core::Word(word));
                    let own = filter.clone().and(own);
                    let some = count(&own).compared(Compare::Greater, Core::ZERO);
                    sum = sum.plus(mean(own)?.times(weight.clone()));
                    there = there.plus(some.select(weight, Core::ZERO));
                }
                let told = weights.told().replace(" 分", "");
                let told = format!("各类平均分按权重合成（{told}），{}", absent.zh());
                match absent {
                    Absent::Zero => (sum, told),
                    Absent::Renormalise => {
                        let some = there.clone().compared(Compare::Greater, Core::ZERO);
                        // A weighted mean lies between the lowest and the highest score; said for unknown scores.
                        let end = |how: Together| tally(events, filter.clone(), score.clone(), how);
                        let highest = end(Together::Highest { otherwise: Core::ZERO });
                        let lowest = end(Together::Lowest { otherwise: Core::ZERO });
                        let mean = sum.over(there).at_most(highest).at_least(lowest);
                        (some.select(mean, Core::ZERO), told)
                    }
                }
            }
            _ => {
                let (zh, en) = ("class 与 weights 须同时填写", "class and weights go together");
                return reading.problem("", "scheme.panel", zh, en);
            }
        };
        let scored = count(&filter);
        let some = scored.clone().compared(Compare::Greater, Core::ZERO);
        let points = some.select(together.clone().times(reading.points.clone()).over(out_of), none);
        let title = reading.titled(&self.title);
        let trim = self.trim.as_ref().map(|trim| {
            let Trim { highest, lowest, from } = trim;
            format!("，满 {from} 人时去掉 {highest} 个最高分、{lowest} 个最低分")
        });
        let trim = trim.unwrap_or_default();
        let line = channel(
            points,
            vec![
                value(&together),
                text(" × "),
                value(reading.points),
                text(format!(" / {} = ", self.out_of.zh())),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}共 ")),
                value(&scored),
                text(format!(" 人评分，{told}{trim}，合成 ")),
                value(&together),
                text(format!(" 分（满分 {} 分），得 ", self.out_of.zh())),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let rest = self
            .none
            .as_ref()
            .map_or_else(|| "待明确".to_owned(), |none| format!("{} 分", none.zh()));
        let read_back = format!(
            "{title}由评委打分，{told}{trim}，{} 分制折算为 {} 分；无人评分的得 {rest}",
            self.out_of.zh(),
            reading.points_zh
        );
        Some(Lowered::earned(vec![line], read_back))
    }

    fn mean(&self, reading: &Reading<'_>, events: usize, filter: Core, score: Core) -> Option<Core> {
        let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (highest, lowest, from) = self.trim.as_ref().map_or((0, 0, 1), |trim| {
            (size(trim.highest), size(trim.lowest), size(trim.from))
        });
        if from <= highest.saturating_add(lowest) {
            let (zh, en) = (
                "from 应大于去掉的个数之和",
                "\"from\" must be above the number of scores left out",
            );
            return reading.problem("trim", "scheme.trim", zh, en);
        }
        let how = Together::Mean {
            highest,
            lowest,
            from,
            otherwise: Core::ZERO,
        };
        Some(tally(events, filter, score, how))
    }
}

/// Something over events without groups.
pub(super) fn tally(fact: usize, filter: Core, value: Core, how: Together) -> Core {
    Core::Tally(Box::new(Tally {
        fact,
        filter,
        value,
        group: None,
        how,
    }))
}
