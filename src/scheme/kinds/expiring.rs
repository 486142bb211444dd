//! `expiring` (限期扣分): points lost by events for as long as they are in force, then given back.
//!
//! An event counts from its day until `months` later, that day excluded. One that happens while an earlier one is in force
//! costs `repeat_times` as much. Points = start − Σ of what is in force `on` the day, then not below the floor.
//!
//! ```json
//! {"kind": "expiring", "events": "失信行为", "level": "程度", "date": "认定日", "on": "date(\"2024-12-31\")", "repeat_times": 2,
//!  "levels": {"轻": {"points": 10, "months": 3}, "重": {"points": 15, "months": 6}}, "floor": 0}
//! ```

use super::channel::floor_zh;
use super::reading::{Reading, channel, text, value};
use crate::document::{Cursor, Read, Shape};
use crate::exact::Exact;
use crate::fact::FieldKind;
use crate::scheme::amount::{Amount, Formula, Limit, WORDS, words_match};
use crate::scheme::core::{self, Core, Lowered, Phrase};

crate::record! {
    /// 限期扣分: points lost by events for as long as they are in force.
    pub struct Expiring {
        /// What happens; the events' name when missing.
        pub title: Option<String>,
        /// The declared events.
        pub events: String,
        /// The field that holds the level.
        pub level: String,
        /// Points and force of every level.
        pub levels: Forces,
        /// The field that holds the day.
        pub date: String,
        /// The day on which is counted.
        pub on: Formula,
        /// What an event within the force of an earlier one is multiplied by; one when missing.
        pub repeat_times: Option<Amount>,
        /// The points from which is deducted; full points when missing.
        pub start: Option<Amount>,
        /// Where the deduction stops.
        pub floor: Option<Limit>,
    }
}

crate::record! {
    /// What a level costs, and for how long.
    pub struct Force {
        /// The points.
        pub points: Exact,
        /// The months in force.
        pub months: u32,
    }
}

/// The force of every level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forces(pub Vec<(String, Force)>);

impl Read for Forces {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|word, at| Some((word.to_owned(), Force::read(at)?)))
            .map(Forces)
    }
    fn shape() -> Shape {
        Shape::Map(Force::shape)
    }
}

impl Expiring {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let floor = reading.floor(&self.floor);
        let fact = reading.events("events", &self.events)?;
        let level = reading.field("level", fact, &self.level, &[FieldKind::Choice]);
        let date = reading.field("date", fact, &self.date, &[FieldKind::Date]);
        let on = reading.day(&self.on);
        let repeat = reading.amount_or(&self.repeat_times, Core::whole(1));
        let start = reading.amount_or(&self.start, reading.points.clone());
        let (floor, level, date, on, repeat, start) = (floor?, level?, date?, on?, repeat?, start?);
        let listed = self.levels.0.iter().map(|(word, _)| word.as_str());
        let pointer = format!("{}/levels", reading.pointer);
        words_match(reading.problems, &pointer, &reading.words(fact, level), listed, WORDS)?;
        let levels = self.levels.0.iter();
        let levels = levels.map(|(word, force)| (word.clone(), force.points.clone(), force.months));
        let lost = Core::Expiring(Box::new(core::Expiring {
            fact,
            date,
            level,
            levels: levels.collect(),
            on,
            repeat,
        }));
        let title = self.title.clone().unwrap_or_else(|| self.events.clone());
        let told: Vec<String> = self
            .levels
            .0
            .iter()
            .map(|(word, force)| format!("{word}的扣 {} 分、管 {} 个月", force.points, force.months))
            .collect();
        let told = told.join("，");
        let again = self
            .repeat_times
            .as_ref()
            .map(|times| format!("，期限内再犯的乘以 {}", times.zh()));
        let again = again.unwrap_or_default();
        let line = channel(
            Core::ZERO.minus(lost.clone()),
            vec![text("仍在期限内的扣分 "), value(&lost), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}（{told}{again}），仍在期限内的扣 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!(
            "{title}：{told}，到期返还，每次单独计时{again}{}",
            floor_zh(&self.floor)
        );
        Some(Lowered::taken(start, vec![line], floor, read_back))
    }
}
