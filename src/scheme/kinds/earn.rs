//! `earn` (逐次加分): so many points for each occurrence, by one or more channels, up to a cap.
//!
//! Points = min(cap, start + Σ min(cap of the channel, times × count × each)). The cap is the item's points when missing.
//!
//! ```json
//! {"kind": "earn", "channels": [{"title": "研究节能的会议纪要", "count": "会议纪要数", "measure": "次", "each": 1}]}
//! ```

use super::channel::Channel;
use super::deduct::read_channels;
use super::reading::Reading;
use crate::scheme::amount::{Amount, Limit};
use crate::scheme::core::{Core, Lowered};

crate::record! {
    /// 逐次加分: so many points for each occurrence, up to a cap.
    pub struct Earn {
        /// What may happen, with its points.
        pub channels: Vec<Channel>,
        /// The points that are there before anything happens; nought when missing.
        pub start: Option<Amount>,
        /// The most; the item's points when missing.
        pub cap: Option<Limit>,
    }
}

impl Earn {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let start = reading.amount_or(&self.start, Core::ZERO);
        let cap = cap(reading, &self.cap);
        let read = read_channels(&self.channels, reading, "加");
        let (start, (cap, cap_zh), read) = (start?, cap?, read?);
        let (lines, told): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let start_zh = self.start.as_ref().map(|start| format!("基础分 {} 分，", start.zh()));
        let read_back = format!("{}{}{cap_zh}", start_zh.unwrap_or_default(), told.join("；"));
        Some(Lowered {
            start,
            cap,
            ..Lowered::earned(lines, read_back)
        })
    }
}

/// The cap of a rule that earns points: the item's points when it is missing.
pub(super) fn cap(reading: &Reading<'_>, limit: &Option<Limit>) -> Option<(Option<Core>, String)> {
    match limit {
        None => Some((Some(reading.points.clone()), format!("；最高 {} 分", reading.points_zh))),
        Some(limit) => {
            let told = limit
                .amount()
                .map_or_else(|| "；不封顶".to_owned(), |cap| format!("；最高 {} 分", cap.zh()));
            Some((reading.stated(limit)?, told))
        }
    }
}
