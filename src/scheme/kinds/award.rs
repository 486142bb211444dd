//! `award` (分级计分): points for each event by its level, up to a cap; or so many taken off.
//!
//! An event that passes `where` gives the points of its level × `factor`, and what `extra` adds. `same_matter` answers how
//! events of one matter count: `highest` (only the one with most points) or `stacked` (each). With `per_period` the events
//! of one month or quarter give no more than its cap. Points = min(cap, Σ), or with the direction `deduct` P − min(cap, Σ)
//! and not below the floor. Events that may not count widen the interval.
//!
//! ```json
//! {"kind": "award", "events": "稿件", "level": "层级", "levels": {"中央级": 3, "省级": 2, "市级": 1},
//!  "matter": "事项", "same_matter": "highest"}
//! ```

use super::channel::floor_zh;
use super::choice::AmountByWord;
use super::discretion::Direction;
use super::earn::cap;
use super::reading::{Reading, by_word, channel, text, value};
use crate::exact::Exact;
use crate::fact::FieldKind;
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Core, Group, Key, Lowered, Phrase, Tally, Together, Within};
use crate::scheme::expression::Type;

crate::choice! {
    /// How events of one matter count.
    pub enum SameMatter {
        /// Only the one with most points.
        Highest = "highest" "同一事项只计最高一次",
        /// Each of them.
        Stacked = "stacked" "同一事项可累计",
    }
}

crate::choice! {
    /// A stretch of time.
    pub enum Period {
        /// A month of the calendar.
        Month = "month" "月",
        /// A quarter of the year.
        Quarter = "quarter" "季度",
    }
}

crate::record! {
    /// 分级计分: points for each event by its level.
    pub struct Award {
        /// What is awarded; the events' name when missing.
        pub title: Option<String>,
        /// The declared list of events.
        pub events: String,
        /// Which of them count; all when missing.
        pub filter as "where": Option<Formula>,
        /// The field that holds the level.
        pub level: String,
        /// The points of every level.
        pub levels: AmountByWord,
        /// What the points of an event are multiplied by.
        pub factor: Option<Formula>,
        /// Points added to the same event.
        pub extra: Vec<Extra>,
        /// The field that holds the matter, or the class of matters.
        pub matter: Option<String>,
        /// How events of one matter count.
        pub same_matter: Option<SameMatter>,
        /// The most that one month or quarter gives.
        pub per_period: Option<PerPeriod>,
        /// Whether points are given or taken off; given when missing.
        pub direction: Option<Direction>,
        /// The most; when missing the item's points where points are given, none where they are taken off.
        pub cap: Option<Limit>,
        /// Where points that are taken off stop.
        pub floor: Option<Limit>,
    }
}

crate::record! {
    /// Points added to an event.
    pub struct Extra {
        /// What for.
        pub title: String,
        /// The events that get them.
        pub filter as "where": Formula,
        /// The points.
        pub points: Amount,
    }
}

crate::record! {
    /// The most that one stretch of time gives.
    pub struct PerPeriod {
        /// The field that holds the day.
        pub date: String,
        /// How long a stretch is.
        pub period: Period,
        /// The most.
        pub cap: Amount,
    }
}

/// A matter by its name, or a class of matters (同类).
const MATTER: &[FieldKind] = &[FieldKind::Matter, FieldKind::Choice];

/// How far the points go.
struct Limits {
    cap: Option<Core>,
    floor: Option<Core>,
    told: String,
}

const SAME: &[(&str, &str)] = &[("\"highest\"", "只计最高"), ("\"stacked\"", "可累计")];

impl Award {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let events = reading.events("events", &self.events)?;
        let filter = reading.filter(&self.filter, events);
        let value_of = self.value(reading, events);
        let group = self.group(reading, events);
        let deducts = self.direction == Some(Direction::Deduct);
        let limits = if deducts {
            self.taken(reading)
        } else {
            self.given(reading)
        };
        let (filter, value_of, group, limits) = (filter?, value_of?, group?, limits?);
        let title = self.title.clone().unwrap_or_else(|| self.events.clone());
        let counted = Core::Tally(Box::new(Tally {
            fact: events,
            filter: filter.clone(),
            value: Core::whole(1),
            group: None,
            how: Together::Sum,
        }));
        let tally = Core::Tally(Box::new(Tally {
            fact: events,
            filter: filter.clone(),
            value: value_of,
            group,
            how: Together::Sum,
        }));
        let points = match (deducts, limits.cap.clone()) {
            (false, _) => tally,
            (true, None) => Core::ZERO.minus(tally),
            (true, Some(most)) => Core::ZERO.minus(tally.at_most(most)),
        };
        let rule = self.rule_zh();
        let table = self.levels.told();
        let (way, each) = if deducts {
            ("扣", "每件扣")
        } else {
            ("得", "每件计")
        };
        let line = channel(
            points,
            vec![text(format!("Σ（{table}）= ")), Phrase::Points],
            vec![
                text(format!("{title} ")),
                value(&counted),
                text(format!(" 件，按{table}计{rule}，{way} ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let only = self
            .filter
            .as_ref()
            .map(|filter| format!("（限{}）", filter.zh()))
            .unwrap_or_default();
        let told = format!("{title}{only}{each} {table}{rule}{}", limits.told);
        Some(if deducts {
            Lowered::taken(reading.points.clone(), vec![line], limits.floor, told)
        } else {
            Lowered {
                cap: limits.cap,
                ..Lowered::earned(vec![line], told)
            }
        })
    }

    /// The limits of points that are given.
    fn given(&self, reading: &Reading<'_>) -> Option<Limits> {
        if self.floor.is_some() {
            let (zh, en) = (
                "floor 只用于扣分，扣分须写 direction 为 deduct",
                "floor is for points that are taken off: say direction deduct",
            );
            return reading.problem("floor", "scheme.award_floor", zh, en);
        }
        let (cap, told) = cap(reading, &self.cap)?;
        Some(Limits { cap, floor: None, told })
    }

    /// The limits of points that are taken off.
    fn taken(&self, reading: &Reading<'_>) -> Option<Limits> {
        let cap = match &self.cap {
            None => Some(None),
            Some(limit) => reading.stated(limit),
        };
        let floor = reading.floor(&self.floor);
        let (cap, floor) = (cap?, floor?);
        let most = self.cap.as_ref().and_then(Limit::amount);
        let most = most
            .map(|most| format!("；最多扣 {} 分", most.zh()))
            .unwrap_or_default();
        let told = format!("{most}{}", floor_zh(&self.floor));
        Some(Limits { cap, floor, told })
    }

    /// The points of one event.
    fn value(&self, reading: &Reading<'_>, events: usize) -> Option<Core> {
        let level = reading.field("level", events, &self.level, &[FieldKind::Choice])?;
        let rows = self.levels.lower(reading, "levels", &reading.words(events, level))?;
        for (word, amount) in &self.levels.0 {
            if amount
                .constants()
                .is_some_and(|constants| constants.into_iter().any(Exact::is_negative))
            {
                let (zh, en) = ("各级分值不能为负", "the points of a level are not negative");
                return reading.problem(&format!("levels/{word}"), "scheme.level_points", zh, en);
            }
        }
        let mut points = by_word(&Core::Field(level), &rows);
        if let Some(factor) = &self.factor {
            points = points.times(reading.over(factor, events, Type::Number)?);
        }
        for extra in &self.extra {
            let holds = reading.over(&extra.filter, events, Type::Truth)?;
            points = points.plus(holds.select(reading.amount(&extra.points)?, Core::ZERO));
        }
        Some(points)
    }

    fn group(&self, reading: &Reading<'_>, events: usize) -> Option<Option<Group>> {
        let declaration = reading.names.inputs.declaration(events)?;
        let has_matter = declaration.fields.iter().any(|field| field.kind == FieldKind::Matter);
        if self.same_matter.is_none() && (has_matter || self.matter.is_some()) {
            let (zh, en) = ("同一事项多次出现如何计分？", "how do events of one matter count?");
            reading.questions.ask(reading.pointer, "same_matter", zh, en, SAME);
        }
        if let Some(matter) = &self.matter {
            reading.field("matter", events, matter, MATTER)?;
        }
        let highest = self.same_matter == Some(SameMatter::Highest);
        match (&self.matter, highest, &self.per_period) {
            (None, true, _) => reading.problem(
                "",
                "scheme.matter_missing",
                "只计最高须用 matter 指明事项字段",
                "name the matter field",
            ),
            (_, true, Some(_)) => reading.problem(
                "per_period",
                "scheme.award_group",
                "同一事项只计最高与分期封顶不能用于同一规则，请拆成两项",
                "of one matter only the highest, and a cap a period, do not go together; make two items",
            ),
            (Some(matter), true, None) => {
                let field = reading.field("matter", events, matter, MATTER)?;
                Some(Some(Group {
                    key: Key::Field(field),
                    within: Within::Highest,
                }))
            }
            (_, false, Some(period)) => {
                let date = reading.field("per_period/date", events, &period.date, &[FieldKind::Date])?;
                let cap = reading.amount(&period.cap)?;
                Some(Some(Group {
                    key: match period.period {
                        Period::Month => Key::Month(date),
                        Period::Quarter => Key::Quarter(date),
                    },
                    within: Within::Capped(cap),
                }))
            }
            (_, false, None) => Some(None),
        }
    }

    fn rule_zh(&self) -> String {
        let mut told = String::new();
        if let Some(factor) = &self.factor {
            told.push_str(&format!("，乘以 {}", factor.zh()));
        }
        for extra in &self.extra {
            let way = if self.direction == Some(Direction::Deduct) {
                "另扣"
            } else {
                "另加"
            };
            told.push_str(&format!("，{}{way} {} 分", extra.title, extra.points.zh()));
        }
        if let Some(same) = self.same_matter {
            told.push_str(&format!("，{}", same.zh()));
        }
        if let Some(period) = &self.per_period {
            told.push_str(&format!("，每{}最高 {} 分", period.period.zh(), period.cap.zh()));
        }
        told
    }
}
