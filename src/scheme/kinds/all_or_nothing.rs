//! `all_or_nothing` (达标得分): full points when the condition holds, else none.
//!
//! Points = `when` ? pass : fail. An unknown condition may give either.
//!
//! ```json
//! {"kind": "all_or_nothing", "when": "取水总量 <= 年度目标"}
//! ```

use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::core::{Core, Lowered, Phrase};

crate::record! {
    /// 达标得分: full points when the condition holds, else none.
    pub struct AllOrNothing {
        /// What is asked for; the item's title when missing.
        pub title: Option<String>,
        /// The condition.
        pub when: Formula,
        /// Points when it holds; full points when missing.
        pub pass: Option<Amount>,
        /// Points when it does not hold; nought when missing.
        pub fail: Option<Amount>,
    }
}

impl AllOrNothing {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let when = reading.truth(&self.when);
        let pass = reading.amount_or(&self.pass, reading.points.clone());
        let fail = reading.amount_or(&self.fail, Core::ZERO);
        let (when, pass, fail) = (when?, pass?, fail?);
        let shown = self.when.zh();
        let pass_zh = self
            .pass
            .as_ref()
            .map_or_else(|| reading.points_zh.to_owned(), Amount::zh);
        let fail_zh = self.fail.as_ref().map_or_else(|| "0".to_owned(), Amount::zh);
        let line = channel(
            when.select(pass.clone(), fail.clone()),
            vec![
                text(format!("{shown} ? ")),
                value(&pass),
                text(" : "),
                value(&fail),
                text(" = "),
                Phrase::Points,
            ],
            vec![
                text(format!("条件“{shown}”成立得 ")),
                value(&pass),
                text(" 分，否则得 "),
                value(&fail),
                text(" 分，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        Some(Lowered::earned(
            vec![line],
            format!("“{shown}”成立得 {pass_zh} 分，否则得 {fail_zh} 分"),
        ))
    }
}
