//! `joint` (连带分担): points lost by events, borne in part or, where direct, whole.
//!
//! Points = P − Σ each × (direct ? 1 : share), then not below the floor.
//!
//! ```json
//! {"kind": "joint", "events": "查出问题", "each": "扣分", "share": 0.2, "direct": "直管 == \"是\"", "floor": 0}
//! ```

use super::channel::floor_zh;
use super::panel::tally;
use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::core::{Core, Lowered, Phrase, Together};
use crate::scheme::expression::Type;

crate::record! {
    /// 连带分担: points lost by events, borne in part.
    pub struct Joint {
        /// What happens; the events' name when missing.
        pub title: Option<String>,
        /// The declared events.
        pub events: String,
        /// Which of them count; all when missing.
        pub filter as "where": Option<Formula>,
        /// The points that one event costs: a number over its fields.
        pub each: Formula,
        /// The part that is borne: 0.2 is a fifth.
        pub share: Amount,
        /// The events that are borne whole.
        pub direct: Option<Formula>,
        /// Where the deduction stops.
        pub floor: Option<Limit>,
    }
}

impl Joint {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let floor = reading.floor(&self.floor);
        let events = reading.events("events", &self.events)?;
        let filter = reading.filter(&self.filter, events);
        let each = reading.over(&self.each, events, Type::Number);
        let share = reading.amount(&self.share);
        let direct = match &self.direct {
            None => Some(Core::Truth(false)),
            Some(direct) => reading.over(direct, events, Type::Truth),
        };
        let (floor, filter, each, share, direct) = (floor?, filter?, each?, share?, direct?);
        let counted = tally(events, filter.clone(), Core::whole(1), Together::Sum);
        let borne = each.times(direct.select(Core::whole(1), share.clone()));
        let lost = tally(events, filter, borne, Together::Sum);
        let title = self.title.clone().unwrap_or_else(|| self.events.clone());
        let whole = self
            .direct
            .as_ref()
            .map(|direct| format!("，“{}”的全额承担", direct.zh()))
            .unwrap_or_default();
        let line = channel(
            Core::ZERO.minus(lost),
            vec![text("Σ 扣分 × "), value(&share), text(" = "), Phrase::Points],
            vec![
                text(format!("{title} ")),
                value(&counted),
                text(" 件，承担 "),
                value(&share),
                text(format!("{whole}，扣 ")),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!(
            "{title}每件扣分（{}）承担 {}{whole}{}",
            self.each.zh(),
            self.share.zh(),
            floor_zh(&self.floor)
        );
        Some(Lowered::taken(reading.points.clone(), vec![line], floor, read_back))
    }
}
