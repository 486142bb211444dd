//! `all_or_nothing` (达标得分): full points when the condition holds, else none.
//!
//! Points = full points if `when`, else 0. An unknown condition may give either.
//!
//! ```json
//! {"kind": "all_or_nothing", "when": "年度计划已制定"}
//! ```

use super::Reading;
use crate::document::Fields;
use crate::exact::Exact;
use crate::scheme::core::{Channel, Core, Lowered, Phrase};
use crate::scheme::expression::Type;

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let when = reading.expression(fields, "when", Type::Truth)?;
    let text = fields
        .at()
        .value()
        .get("when")
        .and_then(|when| when.as_text())
        .unwrap_or("")
        .to_owned();
    let full = reading.points;
    let parts = (when, Core::Number(full.clone()), Core::Number(Exact::ZERO));
    let points = Core::Select(Box::new(parts));
    let channel = Channel {
        points,
        arithmetic: vec![Phrase::Text(format!("{text} ? {full} : 0 = ")), Phrase::Points],
        reason: vec![
            Phrase::Text(format!("条件“{text}”成立得 {full} 分，否则不得分，得 ")),
            Phrase::Points,
            Phrase::Text(" 分".into()),
        ],
    };
    let lowered = Lowered {
        start: Exact::ZERO,
        channels: vec![channel],
        floor: None,
        cap: None,
    };
    Some((lowered, format!("“{text}”成立得 {full} 分，否则得 0 分")))
}
