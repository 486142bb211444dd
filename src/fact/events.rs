//! Admitting a list of events.

use super::admit::Desk;
use super::held::shown_day;
use super::{
    Declaration, Event, FieldDeclaration, FieldKind, FieldValue, Held, HeldEvent, HeldEvents, Holder, Scalar, State,
};
use crate::calendar::Date;
use crate::document::{extend, nearest};
use crate::exact::Exact;

/// The events that count or may count, and how many more there may be.
///
/// An event of another holder counts when the attribution rule names that holder; when no rule is declared it may count.
pub(super) fn admit_events(
    desk: &mut Desk,
    declaration: &Declaration,
    events: &[Event],
    complete: bool,
) -> (State, Held) {
    let name = &declaration.name;
    let count = Exact::from(events.len());
    if count > declaration.greatest() {
        desk.error(
            "fact.out_of_range",
            desk.here.clone(),
            format!("“{name}”报了 {count} 件，超出声明的上限 {}", declaration.greatest()),
            format!(
                "\"{name}\" lists {count} events, more than the declared {}",
                declaration.greatest()
            ),
        );
    }
    let mut list = Vec::new();
    let mut open = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let place = format!("{}/events/{index}", desk.here);
        let (fields, holder) = admit_event(desk, declaration, event, &place);
        let counts = match (holder, &declaration.attribution) {
            (None | Some(Holder::Own), None) => Some(true),
            (Some(_), None) => None,
            (holder, Some(rule)) => Some(rule.contains(&holder.unwrap_or(Holder::Own))),
        };
        if counts.is_none() {
            open.push(index.saturating_add(1).to_string());
        }
        if counts != Some(false) {
            list.push(HeldEvent {
                sure: counts == Some(true),
                fields,
            });
        }
    }
    if !open.is_empty() {
        desk.warn(
            "fact.attribution_open",
            name,
            format!("“{name}”第 {} 件不归本单位所有，办法没有规定是否计入，暂按可计可不计处理，请明确归属规则", open.join("、")),
            format!("events {} of \"{name}\" belong to others and no attribution rule is declared: they may or may not count", open.join(", ")),
        );
    }
    if !complete {
        desk.warn(
            "fact.incomplete",
            name,
            format!("“{name}”的清单没有报全，得分计为区间"),
            format!("the list of \"{name}\" is not complete: it makes the score an interval"),
        );
    }
    let unseen = if complete {
        Exact::ZERO
    } else {
        (&declaration.greatest() - &count).max(Exact::ZERO)
    };
    let partial =
        !open.is_empty() || unseen.is_positive() || list.iter().any(|event| event.fields.iter().any(Option::is_none));
    let state = if partial { State::Partial } else { State::Known };
    (state, Held::Events(HeldEvents { list, unseen }))
}

fn admit_event(
    desk: &mut Desk,
    declaration: &Declaration,
    event: &Event,
    place: &str,
) -> (Vec<Option<Scalar>>, Option<Holder>) {
    let mut fields = vec![None; declaration.fields.len()];
    let mut holder = None;
    for (name, value) in &event.0 {
        let pointer = extend(place, name);
        let Some(index) = declaration.field(name) else {
            let near = nearest(name, declaration.fields.iter().map(|field| field.name.as_str()));
            desk.error(
                "fact.unknown_field",
                pointer,
                format!(
                    "“{}”没有字段“{name}”{}",
                    declaration.name,
                    near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default()
                ),
                format!(
                    "\"{}\" has no field \"{name}\"{}",
                    declaration.name,
                    near.map(|near| format!("; did you mean \"{near}\"?"))
                        .unwrap_or_default()
                ),
            );
            continue;
        };
        let Some(field) = declaration.fields.get(index) else {
            continue;
        };
        let scalar = admit_field(desk, field, value, pointer);
        if let (FieldKind::Holder, Some(Scalar::Text(word))) = (field.kind, &scalar) {
            holder = holder_of(word);
        }
        if let Some(slot) = fields.get_mut(index) {
            *slot = scalar;
        }
    }
    // Nobody named: the subject's own.
    for (slot, field) in fields.iter_mut().zip(&declaration.fields) {
        if field.kind == FieldKind::Holder && slot.is_none() {
            *slot = Some(Scalar::Text(Holder::Own.word().to_owned()));
        }
    }
    (fields, holder)
}

pub(crate) fn holder_of(word: &str) -> Option<Holder> {
    Holder::ALL.into_iter().find(|holder| holder.word() == word)
}

fn admit_field(desk: &mut Desk, field: &FieldDeclaration, value: &FieldValue, pointer: String) -> Option<Scalar> {
    let name = &field.name;
    match (field.kind, value) {
        (FieldKind::Choice, FieldValue::Text(text)) => {
            if !field.words.contains(text) {
                desk.unknown_word(pointer, text, &field.words);
            }
            Some(Scalar::Text(text.clone()))
        }
        (FieldKind::Matter, FieldValue::Text(text)) => Some(Scalar::Text(text.clone())),
        (FieldKind::Holder, FieldValue::Text(text)) => {
            if holder_of(text).is_none() {
                let words = Holder::ALL.map(|holder| holder.word().to_owned());
                desk.unknown_word(pointer, text, &words);
            }
            Some(Scalar::Text(text.clone()))
        }
        (FieldKind::YesNo, FieldValue::Truth(truth)) => Some(Scalar::Truth(*truth)),
        (FieldKind::Date, FieldValue::Text(text)) if Date::from_iso(text).is_some() => {
            let day = Date::from_iso(text)?;
            in_range(desk, field, &Exact::from(day.number()), shown_day, pointer);
            Some(Scalar::Day(day))
        }
        (FieldKind::Number, FieldValue::Number(number)) => {
            in_range(desk, field, number, Exact::to_string, pointer);
            Some(Scalar::Number(number.clone()))
        }
        (FieldKind::Number, FieldValue::Text(text)) if Exact::from_text(text).is_some() => {
            let number = Exact::from_text(text)?;
            in_range(desk, field, &number, Exact::to_string, pointer);
            Some(Scalar::Number(number))
        }
        (kind, _) => {
            desk.error(
                "fact.wrong_kind",
                pointer,
                format!("字段“{name}”声明为{}，所报的值不符", kind.zh()),
                format!(
                    "field \"{name}\" is declared as {}: the value does not fit",
                    kind.word()
                ),
            );
            None
        }
    }
}

fn in_range(desk: &mut Desk, field: &FieldDeclaration, number: &Exact, shown: fn(&Exact) -> String, pointer: String) {
    let (name, low, high) = (&field.name, field.least(), field.greatest());
    if *number < low || *number > high {
        let (number, low, high) = (shown(number), shown(&low), shown(&high));
        desk.error(
            "fact.out_of_range",
            pointer,
            format!("“{name}”为 {number}，超出声明的范围 {low} 至 {high}"),
            format!("\"{name}\" is {number}, outside its declared range {low} to {high}"),
        );
    }
}
