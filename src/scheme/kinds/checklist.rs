//! `checklist` (逐项计分): full points are shared by a number of entries; each done earns its share.
//!
//! Points = full points × min(done, of) / of, exactly; `done` below nought counts as none. While `done` is unknown it may be anything in its range.
//!
//! ```json
//! {"kind": "checklist", "done": "专题学习完成项", "of": 4, "title": "专题学习"}
//! ```

use super::Reading;
use crate::document::Fields;
use crate::exact::Exact;
use crate::scheme::core::{Arithmetic, Channel, Core, Lowered, Phrase};
use crate::scheme::expression::Type;

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let done = reading.expression(fields, "done", Type::Number);
    let of: Option<u32> = fields.field("of");
    let title: Option<String> = fields.field("title");
    let (done, of, title) = (done?, of?, title?);
    let Some(share) = reading.points.checked_div(&Exact::from(of)) else {
        return fields
            .at()
            .problem("scheme.empty_checklist", "of 应大于 0", "\"of\" must be above 0");
    };
    let counted = Core::arithmetic(Arithmetic::Lower, done, Core::Number(Exact::from(of)));
    let counted = Core::arithmetic(Arithmetic::Higher, counted, Core::Number(Exact::ZERO));
    let points = Core::arithmetic(Arithmetic::Multiply, counted.clone(), Core::Number(share.clone()));
    let text = |text: String| Phrase::Text(text);
    let channel = Channel {
        points,
        arithmetic: vec![
            Phrase::Value(counted.clone()),
            text(format!(" × {} = ", share.shown())),
            Phrase::Points,
        ],
        reason: vec![
            text(format!("{title}共 {of} 项，完成 ")),
            Phrase::Value(counted),
            text(format!(" 项，每项 {} 分，得 ", share.shown())),
            Phrase::Points,
            text(" 分".into()),
        ],
    };
    let lowered = Lowered {
        start: Exact::ZERO,
        channels: vec![channel],
        floor: None,
        cap: None,
    };
    Some((lowered, format!("{title}共 {of} 项，每完成一项得 {} 分", share.shown())))
}
