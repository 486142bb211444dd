//! Whole, proportional or started steps: what `steps`, `gap` and `late` share.

use super::reading::{PARTS, Reading};
use crate::scheme::core::Core;

crate::choice! {
    /// What a part of a step counts.
    pub enum Parts {
        /// Nothing.
        Whole = "whole" "不足一档不计",
        /// In proportion.
        Proportional = "proportional" "不足一档按比例计",
        /// As much as a whole step.
        Up = "up" "不足一档按一档计",
    }
}

impl Reading<'_> {
    /// How many steps of this size a distance from nought up has; asks what a part counts where there may be one.
    pub(super) fn steps(&self, field: &str, distance: Core, every: Core, parts: Option<Parts>) -> Core {
        let steps = distance.over(every);
        let meanwhile = Parts::Proportional;
        let parts = if parts.is_none() && self.is_whole(&steps) {
            meanwhile
        } else {
            let (zh, en) = ("不足一档的部分如何计？", "what does a part of a step count?");
            self.forced(field, parts, meanwhile, zh, en, PARTS)
        };
        match parts {
            Parts::Whole => steps.whole_steps(),
            Parts::Proportional => steps,
            Parts::Up => steps.started_steps(),
        }
    }
}

/// `，不足一档不计`.
pub(super) fn parts_zh(parts: Option<Parts>) -> String {
    parts.map_or(String::new(), |parts| format!("（{}）", parts.zh()))
}
