//! `award` (分级计分): points for each event by its level, up to a cap.
//!
//! An event that passes `where` gives the points of its level × `factor`, and what `extra` adds. `same_matter` answers how
//! events of one matter count: `highest` (only the one with most points) or `stacked` (each). With `per_period` the events
//! of one month or quarter give no more than its cap. Points = min(cap, Σ). Events that may not count widen the interval.
//!
//! ```json
//! {"kind": "award", "events": "稿件", "level": "层级", "levels": {"中央级": 3, "省级": 2, "市级": 1},
//!  "matter": "事项", "same_matter": "highest"}
//! ```

use super::choice::AmountByWord;
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
        /// The field that holds the matter.
        pub matter: Option<String>,
        /// How events of one matter count.
        pub same_matter: Option<SameMatter>,
        /// The most that one month or quarter gives.
        pub per_period: Option<PerPeriod>,
        /// The most; the item's points when missing.
        pub cap: Option<Limit>,
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

const SAME: &[(&str, &str)] = &[("\"highest\"", "只计最高"), ("\"stacked\"", "可累计")];

impl Award {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let events = reading.events("events", &self.events)?;
        let filter = reading.filter(&self.filter, events);
        let value_of = self.value(reading, events);
        let group = self.group(reading, events);
        let (cap, cap_zh) = cap(reading, &self.cap)?;
        let (filter, value_of, group) = (filter?, value_of?, group?);
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
        let rule = self.rule_zh();
        let table = self.levels.told();
        let line = channel(
            tally,
            vec![text(format!("Σ（{table}）= ")), Phrase::Points],
            vec![
                text(format!("{title} ")),
                value(&counted),
                text(format!(" 件，按{table}计{rule}，得 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let only = self
            .filter
            .as_ref()
            .map(|filter| format!("（限{}）", filter.zh()))
            .unwrap_or_default();
        Some(Lowered {
            cap,
            ..Lowered::earned(vec![line], format!("{title}{only}每件计 {table}{rule}{cap_zh}"))
        })
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
        if self.same_matter.is_none() && has_matter {
            let (zh, en) = ("同一事项多次出现如何计分？", "how do events of one matter count?");
            reading.questions.ask(reading.pointer, "same_matter", zh, en, SAME);
        }
        if let Some(matter) = &self.matter {
            reading.field("matter", events, matter, &[FieldKind::Matter])?;
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
                let field = reading.field("matter", events, matter, &[FieldKind::Matter])?;
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
            told.push_str(&format!("，{}另加 {} 分", extra.title, extra.points.zh()));
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
