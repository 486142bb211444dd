//! `deduct` (逐次扣分): from full points, so many for each occurrence, by one or more channels.
//!
//! Points = start − Σ min(cap, times × count × each), then not below the floor. Occurrences below nought count as none.
//! `floor` answers 扣完为止 (0), says how far it may go, or `"none"`. Where occurrences may be fractional, `whole` says
//! whether a part of one counts.
//!
//! ```json
//! {"kind": "deduct", "floor": 0, "channels": [
//!   {"title": "宣讲少开", "count": "12 - 宣讲场次", "measure": "场", "each": 0.5, "cap": 3}]}
//! ```

use super::channel::{Channel, floor_zh};
use super::reading::Reading;
use crate::scheme::amount::{Amount, Limit};
use crate::scheme::core::{Core, Lowered};

crate::record! {
    /// 逐次扣分: from full points, so many for each occurrence.
    pub struct Deduct {
        /// What may happen, with its points.
        pub channels: Vec<Channel>,
        /// The points from which is deducted; full points when missing.
        pub start: Option<Amount>,
        /// Where the deduction stops.
        pub floor: Option<Limit>,
    }
}

impl Deduct {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let floor = reading.floor(&self.floor);
        let start = reading.amount_or(&self.start, reading.points.clone());
        let read = read_channels(&self.channels, reading, "扣");
        let (floor, start, read) = (floor?, start?, read?);
        let (lines, told): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let lines = lines.into_iter().map(|mut line: crate::scheme::core::Channel| {
            line.points = Core::ZERO.minus(line.points);
            line
        });
        let start_zh = self
            .start
            .as_ref()
            .map_or_else(|| reading.points_zh.to_owned(), Amount::zh);
        let read_back = format!("基础分 {start_zh} 分，{}{}", told.join("；"), floor_zh(&self.floor));
        Some(Lowered::taken(start, lines.collect(), floor, read_back))
    }
}

/// The lines of channels, at least one, all read even when one is faulty.
pub(super) fn read_channels(
    channels: &[Channel],
    reading: &Reading<'_>,
    sign: &str,
) -> Option<Vec<(crate::scheme::core::Channel, String)>> {
    if channels.is_empty() {
        let (zh, en) = ("至少应有一个事项（channels）", "there is at least one channel");
        return reading.problem("channels", "scheme.no_channels", zh, en);
    }
    let read: Vec<_> = channels
        .iter()
        .enumerate()
        .map(|(place, channel)| channel.lower(reading, place, sign))
        .collect();
    read.into_iter().collect()
}
