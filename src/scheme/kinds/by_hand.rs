//! `by_hand` (人工评分): a score that was given elsewhere, converted to the item's points.
//!
//! Points = P × given / out_of, from 0 to P.
//!
//! ```json
//! {"kind": "by_hand", "given": "现场考核得分", "out_of": 100}
//! ```

use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::record! {
    /// 人工评分: a score that was given elsewhere, converted to the item's points.
    pub struct ByHand {
        /// What is scored; the item's title when missing.
        pub title: Option<String>,
        /// The score.
        pub given: Formula,
        /// The full score there.
        pub out_of: Amount,
    }
}

impl ByHand {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (given, out_of) = (reading.number(&self.given), reading.amount(&self.out_of));
        let (given, out_of) = (given?, out_of?);
        above_nought(reading, "out_of", &out_of)?;
        let points = given.clone().times(reading.points.clone()).over(out_of.clone());
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![
                value(&given),
                text(" × "),
                value(reading.points),
                text(" / "),
                value(&out_of),
                text(" = "),
                Phrase::Points,
            ],
            vec![
                text(format!("{title}评分 ")),
                value(&given),
                text("，满分 "),
                value(&out_of),
                text("，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let read_back = format!(
            "{title}由人工评分，{} 分制折算为 {} 分",
            self.out_of.zh(),
            reading.points_zh
        );
        Some(Lowered {
            floor: Some(Core::ZERO),
            cap: Some(reading.points.clone()),
            ..Lowered::earned(vec![line], read_back)
        })
    }
}
