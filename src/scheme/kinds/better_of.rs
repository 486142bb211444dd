//! `better_of` (择优计分): one of several rules: the higher, the lower, or the one that was chosen.
//!
//! ```json
//! {"kind": "better_of", "choose": "higher", "options": [
//!   {"title": "结余率", "rule": {"kind": "all_or_nothing", "when": "结余率 <= 9"}},
//!   {"title": "变动率", "rule": {"kind": "all_or_nothing", "when": "变动率 <= -30"}}]}
//! ```

use super::reading::{Reading, by_word, channel, text, value};
use crate::document::Cursor;
use crate::scheme::amount::Formula;
use crate::scheme::core::{Core, Lowered, Phrase};
use crate::scheme::item::RuleText;

crate::record! {
    /// 择优计分: one of several rules.
    pub struct BetterOf {
        /// The options: each a title and a rule.
        pub options: Vec<OptionText>,
        /// `higher`, `lower` or `given`.
        pub choose: Option<Choose>,
        /// The title of the option that was chosen: a declared choice.
        pub given: Option<Formula>,
    }
}

crate::choice! {
    /// Which option counts.
    pub enum Choose {
        /// The one with more points.
        Higher = "higher" "取较高",
        /// The one with fewer points.
        Lower = "lower" "取较低",
        /// The one that was chosen.
        Given = "given" "按选定的一项",
    }
}

crate::record! {
    /// One option.
    pub struct OptionText {
        /// Its title.
        pub title: String,
        /// Its rule.
        pub rule: RuleText,
    }
}

const CHOOSE: &[(&str, &str)] = &[("\"higher\"", "取较高"), ("\"lower\"", "取较低")];

impl BetterOf {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = ("取哪一项？", "which option counts?");
        let choose = reading.forced("choose", self.choose, Choose::Higher, zh, en, CHOOSE);
        let read: Vec<_> = self
            .options
            .iter()
            .map(|option| {
                let inner = Reading {
                    title: &option.title,
                    pointer: &option.rule.pointer,
                    ..*reading
                };
                let at = Cursor::placed(&option.rule.value, &option.rule.pointer, reading.problems);
                super::read(&at, &inner)
            })
            .collect();
        let read = read.into_iter().collect::<Option<Vec<_>>>()?;
        if read.len() < 2 {
            let (zh, en) = ("options 至少两项", "there are two options or more");
            return reading.problem("options", "scheme.options", zh, en);
        }
        if let Some(option) = read
            .iter()
            .find(|rule| rule.lowered.applies.is_some() || rule.lowered.includes.is_some())
        {
            let (zh, en) = (
                format!("“{}”不能作为择优的一项", option.zh),
                format!("a rule of kind {} cannot be an option", option.kind),
            );
            return reading.problem("options", "scheme.options", zh, en);
        }
        let points: Vec<(String, Core)> = self
            .options
            .iter()
            .zip(&read)
            .map(|(option, rule)| (option.title.clone(), rule.lowered.whole()))
            .collect();
        let each = points.iter().map(|(_, points)| points.clone());
        let chosen = match (choose, &self.given) {
            (Choose::Higher, None) => each.reduce(Core::at_least)?,
            (Choose::Lower, None) => each.reduce(Core::at_most)?,
            (Choose::Given, Some(given)) => {
                let word = reading.word(given)?;
                by_word(&word, &points)
            }
            _ => {
                let (zh, en) = (
                    "given 与 choose: given 须同时填写",
                    "\"given\" goes with choose \"given\"",
                );
                return reading.problem("given", "scheme.options", zh, en);
            }
        };
        let mut reason = vec![text(format!("{}：", choose.zh()))];
        for (place, (title, points)) in points.iter().enumerate() {
            let comma = if place > 0 { "，" } else { "" };
            reason.extend([text(format!("{comma}“{title}”得 ")), value(points), text(" 分")]);
        }
        reason.extend([text("，得 "), Phrase::Points, text(" 分")]);
        let line = channel(
            chosen,
            vec![text(format!("{} = ", choose.zh())), Phrase::Points],
            reason,
        );
        let told = self.options.iter().zip(&read);
        let told: Vec<String> = told
            .map(|(option, rule)| format!("“{}”：{}", option.title, rule.lowered.read_back))
            .collect();
        Some(Lowered::earned(
            vec![line],
            format!("{}：{}", choose.zh(), told.join("；")),
        ))
    }
}
