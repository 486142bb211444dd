//! `included` (结果折算): the score of another scheme, converted.
//!
//! Points = score × full points / `out_of`. `over_full` answers what becomes of points above the full points, which a bonus
//! there can give: `lost` or `carried`. `passes` names grades of the other scheme that cap the grade of this one.
//! While the other result is an interval, so is this; while it is missing, it may be anything from nought to `out_of`.
//!
//! ```json
//! {"kind": "included", "scheme": "xinqu-zrz-2023", "title": "责任制考核", "out_of": 100,
//!  "over_full": "lost", "passes": [{"grade": "不合格", "at_most": "合格"}]}
//! ```

use super::Reading;
use crate::document::{Fields, Read};
use crate::exact::Exact;
use crate::scheme::GradeCap;
use crate::scheme::core::{Arithmetic, Channel, Core, Lowered, Phrase};

crate::choice! {
    /// What becomes of points above the full points of the item.
    pub enum OverFull {
        /// They are lost.
        Lost = "lost" "超出满分部分不计",
        /// They count.
        Carried = "carried" "超出满分部分照计",
    }
}

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let scheme: Option<String> = fields.field("scheme");
    let title: Option<String> = fields.field("title");
    let out_of: Option<Exact> = fields.field("out_of");
    let passes: Option<Vec<GradeCap>> = fields.field("passes");
    let over: Option<Option<OverFull>> = fields.field("over_full");
    let (scheme, title, out_of, passes, over) = (scheme?, title?, out_of?, passes?, over?);
    if over.is_none() {
        let (zh, en) = (
            "折算后超出本项满分的部分如何处理？不计写 lost，照计写 carried",
            "do points above the full points count?",
        );
        reading.questions.ask(fields.at(), "over_full", zh, en);
    }
    let full = reading.points;
    let Some(factor) = full.checked_div(&out_of).filter(|_| out_of.is_positive()) else {
        return fields
            .at()
            .problem("scheme.conversion", "out_of 应大于 0", "\"out_of\" must be above 0");
    };
    let score = Core::Result(scheme, out_of.clone());
    let text = |text: String| Phrase::Text(text);
    let channel = Channel {
        points: Core::arithmetic(Arithmetic::Multiply, score.clone(), Core::Number(factor)),
        arithmetic: vec![
            Phrase::Value(score.clone()),
            text(format!(" × {full} / {out_of} = ")),
            Phrase::Points,
        ],
        reason: vec![
            text(format!("{title}得分 ")),
            Phrase::Value(score),
            text(format!("，按 {out_of} 分折算 {full} 分，得 ")),
            Phrase::Points,
            text(" 分".into()),
        ],
    };
    let mut read_back = format!("{title}结果按 {out_of} 分折算为 {full} 分");
    if let Some(over) = over {
        read_back.push_str(&format!("，{}", over.zh()));
    }
    for cap in &passes {
        read_back.push_str(&format!("；该项为“{}”的，本办法等次不高于“{}”", cap.grade, cap.at_most));
    }
    let cap = (over == Some(OverFull::Lost)).then(|| full.clone());
    Some((
        Lowered {
            start: Exact::ZERO,
            channels: vec![channel],
            floor: None,
            cap,
        },
        read_back,
    ))
}

/// The scheme whose result is included, and what passes up.
pub(super) fn includes(fields: &Fields<'_>) -> Option<(String, Vec<GradeCap>)> {
    let scheme = fields.at().value().get("scheme")?.as_text()?.to_owned();
    let passes = fields
        .cursor("passes")
        .map_or_else(|| Some(Vec::new()), |at| Vec::<GradeCap>::read(&at));
    Some((scheme, passes?))
}
