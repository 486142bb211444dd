//! Points lost by events that are in force for a while.

use super::Inputs;
use super::interval::number as possible_number;
use super::point::{day, number};
use super::tally::known_events;
use crate::calendar::{Date, months_later};
use crate::exact::{Exact, Interval};
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::Expiring;

/// An event with what its level says.
struct Known<'e> {
    on: Date,
    until: Date,
    points: &'e Exact,
}

fn known<'e>(expiring: &'e Expiring, event: &HeldEvent) -> Option<Known<'e>> {
    let Some(Scalar::Day(on)) = event.fields.get(expiring.date)? else {
        return None;
    };
    let Some(Scalar::Text(level)) = event.fields.get(expiring.level)? else {
        return None;
    };
    let (_, points, months) = expiring.levels.iter().find(|(word, ..)| word == level)?;
    Some(Known {
        on: *on,
        until: months_later(*on, *months).unwrap_or(Date::LAST),
        points,
    })
}

/// The points lost; `None` when they are not known exactly.
pub(super) fn points(expiring: &Expiring, inputs: &Inputs<'_>) -> Option<Exact> {
    let today = day(&number(&expiring.on, inputs, &[])?);
    let repeat = number(&expiring.repeat, inputs, &[])?;
    let mut events = Vec::new();
    for event in known_events(inputs, expiring.fact)? {
        events.push(known(expiring, event)?);
    }
    // Stable: events of one day keep their place in the list.
    events.sort_by_key(|event| event.on);
    let mut lost = Exact::ZERO;
    for (place, event) in events.iter().enumerate() {
        if event.on > today || today >= event.until {
            continue;
        }
        let again = events.iter().take(place).any(|earlier| event.on < earlier.until);
        let points = if again {
            event.points * &repeat
        } else {
            event.points.clone()
        };
        lost = &lost + &points;
    }
    Some(lost)
}

/// Everything that the points lost may be.
pub(super) fn possible_points(expiring: &Expiring, inputs: &Inputs<'_>) -> Option<Interval> {
    let Held::Events(events) = &inputs.facts.get(expiring.fact)?.held else {
        return None;
    };
    let repeat = possible_number(&expiring.repeat, inputs)?;
    // Nought is the least that every event can cost, and its dearest level, repeated, the most.
    let dearest = expiring
        .levels
        .iter()
        .map(|(_, points, _)| points)
        .max()
        .cloned()
        .unwrap_or(Exact::ZERO);
    let times = repeat.high?.max(Exact::ONE);
    let number = &Exact::from(events.list.len()) + &events.unseen;
    let most = &(&dearest.max(Exact::ZERO) * &times) * &number;
    Some(Interval::between(Exact::ZERO, most))
}
