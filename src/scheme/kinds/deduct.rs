//! `deduct` (逐次扣分): from full points, so many for each occurrence, by one or more channels.
//!
//! Points = full points − Σ min(sub-cap, occurrences × points each), then not below the floor. Occurrences below nought
//! count as none. `floor` answers 扣完为止 (0) or says how far below nought it may go. Where occurrences may be
//! fractional, `whole` says whether a part of one is deducted in proportion (`false`) or not at all (`true`).
//!
//! ```json
//! {"kind": "deduct", "floor": 0, "channels": [
//!   {"title": "宣讲少开", "count": "12 - 宣讲场次", "measure": "场", "each": 0.5, "cap": 3}]}
//! ```

use super::Reading;
use crate::document::{Cursor, Fields};
use crate::exact::{Exact, Mode, Rounding};
use crate::scheme::core::{Arithmetic, Channel, Core, Lowered, Phrase};
use crate::scheme::expression::{Type, is_whole};

pub(super) fn read(fields: &Fields<'_>, reading: &Reading<'_>) -> Option<(Lowered, String)> {
    let floor: Option<Exact> = fields.field::<Option<Exact>>("floor")?;
    if floor.is_none() {
        let (zh, en) = (
            "扣分扣到多少为止？扣完为止写 0",
            "where does the deduction stop? 0 for 扣完为止",
        );
        reading.questions.ask(fields.at(), "floor", zh, en);
    }
    let Some(at) = fields.cursor("channels") else {
        return fields.at().problem(
            "document.missing_field",
            "缺少必填字段“channels”",
            "field \"channels\" is missing",
        );
    };
    let read = at.items(|item| channel(item, reading))?;
    if read.is_empty() {
        let (zh, en) = ("扣分规则至少应有一个扣分事项", "a deduction has at least one channel");
        return at.problem("scheme.no_channels", zh, en);
    }
    let (channels, texts): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    let mut read_back = format!("基础分 {} 分，{}", reading.points, texts.join("；"));
    read_back.push_str(&match &floor {
        Some(floor) if floor.is_zero() => "；扣完为止".to_owned(),
        Some(floor) => format!("；最低扣至 {floor} 分"),
        None => "；（待明确：扣到多少为止）".to_owned(),
    });
    Some((
        Lowered {
            start: reading.points.clone(),
            channels,
            floor,
            cap: None,
        },
        read_back,
    ))
}

fn channel(at: &Cursor<'_>, reading: &Reading<'_>) -> Option<(Channel, String)> {
    let fields = at.fields()?;
    let count = reading.expression(&fields, "count", Type::Number);
    let title: Option<String> = fields.field("title");
    let measure: Option<String> = fields.field("measure");
    let each: Option<Exact> = fields.field("each");
    let cap: Option<Exact> = fields.field::<Option<Exact>>("cap")?;
    let whole = fields
        .cursor("whole")
        .map(|at| <bool as crate::document::Read>::read(&at));
    fields.finish();
    let (count, title, measure, each) = (count?, title?, measure?, each?);
    if !each.is_positive() || cap.as_ref().is_some_and(|cap| !cap.is_positive()) {
        return at.problem(
            "scheme.deduction",
            "每次扣分和分项上限应大于 0",
            "points each and sub-cap must be above 0",
        );
    }
    let whole = match whole {
        Some(whole) => whole?,
        None => {
            if !is_whole(&count, reading.declarations) {
                let (zh, en) = (
                    "不足一次的部分是否扣分？不扣写 true，按比例扣写 false",
                    "is a part of one occurrence deducted?",
                );
                reading.questions.ask(at, "whole", zh, en);
            }
            false
        }
    };
    let counted = if whole {
        // Down is towards nought, and what is below nought is cut off next.
        match Rounding::to_place(Mode::Down, 0) {
            Some(down) => Core::Round(Box::new(count), down),
            None => count,
        }
    } else {
        count
    };
    let counted = Core::arithmetic(Arithmetic::Higher, counted, Core::Number(Exact::ZERO));
    let mut lost = Core::arithmetic(Arithmetic::Multiply, counted.clone(), Core::Number(each.clone()));
    if let Some(cap) = &cap {
        lost = Core::arithmetic(Arithmetic::Lower, lost, Core::Number(cap.clone()));
    }
    let points = Core::arithmetic(Arithmetic::Subtract, Core::Number(Exact::ZERO), lost);
    let limit = cap
        .as_ref()
        .map(|cap| format!("（最多扣 {cap} 分）"))
        .unwrap_or_default();
    let text = |text: String| Phrase::Text(text);
    let channel = Channel {
        points,
        arithmetic: vec![
            Phrase::Value(counted.clone()),
            text(format!(" × {each}{limit} = ")),
            Phrase::Points,
        ],
        reason: vec![
            text(format!("{title}：")),
            Phrase::Value(counted),
            text(format!(" {measure}，每{measure}扣 {each} 分{limit}，扣 ")),
            Phrase::Points,
            text(" 分".into()),
        ],
    };
    Some((channel, format!("{title}，每{measure}扣 {each} 分{limit}")))
}
