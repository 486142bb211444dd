//! `ratio` (按比例得分): points in proportion to the degree of completion, full points at most.
//!
//! Points = full points × min(1, value / target), not below 0. The target must not be able to be nought.
//!
//! ```json
//! {"kind": "ratio", "value": "群众满意度", "target": "100", "title": "群众满意度"}
//! ```

use super::Reading;
use crate::document::Fields;
use crate::exact::Exact;
use crate::scheme::core::{Arithmetic, Channel, Core, Lowered, Phrase};
use crate::scheme::expression::Type;

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let value = reading.expression(fields, "value", Type::Number);
    let target: Option<Exact> = fields.field("target");
    let title: Option<String> = fields.field("title");
    let (value, target, title) = (value?, target?, title?);
    if !target.is_positive() {
        return fields
            .at()
            .problem("scheme.target", "目标值应大于 0", "the target must be above 0");
    }
    let full = reading.points;
    let quotient = Core::arithmetic(Arithmetic::Divide, value.clone(), Core::Number(target.clone()));
    let capped = Core::arithmetic(Arithmetic::Lower, quotient, Core::Number(Exact::ONE));
    let points = Core::arithmetic(Arithmetic::Multiply, capped, Core::Number(full.clone()));
    let text = |text: String| Phrase::Text(text);
    let channel = Channel {
        points,
        arithmetic: vec![
            text(format!("{full} × min(1, ")),
            Phrase::Value(value.clone()),
            text(format!(" / {target}) = ")),
            Phrase::Points,
        ],
        reason: vec![
            text(format!("{title}目标 {target}，实际 ")),
            Phrase::Value(value),
            text("，按完成比例得 ".into()),
            Phrase::Points,
            text(" 分".into()),
        ],
    };
    let lowered = Lowered {
        start: Exact::ZERO,
        channels: vec![channel],
        floor: Some(Exact::ZERO),
        cap: None,
    };
    Some((
        lowered,
        format!("{title}达到 {target} 得满分 {full} 分，未达到按比例得分，不超过满分"),
    ))
}
