//! `late` (迟报扣分): points lost for every day behind a deadline, or all of them.
//!
//! Late = days after the due day, none on the due day itself and none within the grace. Points = P − steps × each, then
//! not below the floor; or none when late and `all`. A day that does not apply makes the item not apply.
//!
//! ```json
//! {"kind": "late", "due": "应报日", "done": "报出日", "days": "calendar", "each": 0.5, "floor": 0}
//! ```

use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use super::step::{Parts, parts_zh};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Compare, Core, Lowered, Phrase};

crate::choice! {
    /// Which days count.
    pub enum Days {
        /// All of them.
        Calendar = "calendar" "自然日",
        /// Working days of the scheme's calendar.
        Working = "working" "工作日",
    }
}

crate::record! {
    /// 迟报扣分: points lost for every day behind a deadline, or all of them.
    pub struct Late {
        /// What is due; the item's title when missing.
        pub title: Option<String>,
        /// The day by which it is due.
        pub due: Formula,
        /// The day on which it was done.
        pub done: Formula,
        /// Which days count.
        pub days: Option<Days>,
        /// Days behind the deadline that do not count; nought when missing.
        pub grace: Option<Amount>,
        /// Whether being late costs all points.
        pub all: bool,
        /// Points of a step.
        pub each: Option<Amount>,
        /// Days in a step; one when missing.
        pub every: Option<Amount>,
        /// What a part of a step counts, when a step has several days.
        pub parts: Option<Parts>,
        /// Where the deduction stops.
        pub floor: Option<Limit>,
    }
}

const DAYS: &[(&str, &str)] = &[("\"calendar\"", "自然日"), ("\"working\"", "工作日")];

impl Late {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (due, done) = (reading.day(&self.due), reading.day(&self.done));
        let grace = reading.amount_or(&self.grace, Core::ZERO);
        let (zh, en) = ("按自然日还是工作日计算？", "calendar or working days?");
        let days = reading.forced("days", self.days, Days::Calendar, zh, en, DAYS);
        if days == Days::Working && !reading.names.calendars {
            let (zh, en) = (
                "按工作日计算须在办法中附工作日历（calendar）",
                "working days need the scheme's calendar",
            );
            return reading.problem("days", "scheme.no_calendar", zh, en);
        }
        let (due, done, grace) = (due?, done?, grace?);
        let behind = match days {
            Days::Calendar => done.clone().minus(due.clone()),
            Days::Working => Core::WorkDays(Box::new((due.clone(), done.clone()))),
        };
        let late = behind.minus(grace).at_least(Core::ZERO);
        let title = reading.titled(&self.title);
        let days_zh = days.zh();
        let grace_zh = self
            .grace
            .as_ref()
            .map(|grace| format!("，宽限 {} 天", grace.zh()))
            .unwrap_or_default();
        let (points, floor, told) = match (self.all, &self.each) {
            (true, None) => {
                let is_late = late.clone().compared(Compare::Greater, Core::ZERO);
                let lost = is_late.select(reading.points.clone(), Core::ZERO);
                (lost, None, "，逾期不得分".to_owned())
            }
            (false, Some(each)) => {
                let floor = reading.floor(&self.floor)?;
                let (core, every) = (reading.amount(each), reading.amount_or(&self.every, Core::whole(1)));
                let (core, every) = (core?, every?);
                above_nought(reading, "every", &every)?;
                let steps = reading.steps("parts", late.clone(), every, self.parts);
                let every_zh = self.every.as_ref().map_or_else(|| "1".to_owned(), Amount::zh);
                let told = format!(
                    "，每迟 {every_zh} 天扣 {} 分{}{}",
                    each.zh(),
                    parts_zh(self.parts),
                    super::channel::floor_zh(&self.floor)
                );
                (steps.times(core), floor, told)
            }
            _ => {
                let (zh, en) = ("each 与 all 须且只须填一项", "give exactly one of each, all");
                return reading.problem("", "scheme.late", zh, en);
            }
        };
        let line = channel(
            Core::ZERO.minus(points),
            vec![text("迟 "), value(&late), text(" 天，扣 "), Phrase::Points],
            vec![
                text(format!("{title}迟 ")),
                value(&late),
                text(format!(" 天（{days_zh}），扣 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let (due_zh, done_zh) = (self.due.zh(), self.done.zh());
        let read_back = format!(
            "{title}：“{done_zh}”不晚于“{due_zh}”得 {} 分（{days_zh}，截止当日不算迟{grace_zh}）{told}",
            reading.points_zh
        );
        Some(Lowered::taken(reading.points.clone(), vec![line], floor, read_back))
    }
}
