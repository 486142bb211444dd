//! Something over events that are all known.

pub(super) mod candidates;

use std::collections::BTreeMap;

use candidates::Way;

use super::Inputs;
use super::point::{number, truth};
use crate::exact::Exact;
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::{Core, Key, Tally, Together, Within};

/// The value; `None` when it is not known exactly.
pub(super) fn tally(tally: &Tally, inputs: &Inputs<'_>) -> Option<Exact> {
    let Held::Events(events) = &inputs.facts.get(tally.fact)?.held else {
        return None;
    };
    if !events.unseen.is_zero() {
        return None;
    }
    let mut values = Vec::new();
    for event in &events.list {
        if truth(&tally.filter, inputs, &event.fields)? {
            // One that passes must be known to count; of one that does not pass that matters nothing.
            let value = event.sure.then(|| number(&tally.value, inputs, &event.fields))??;
            let key = match &tally.group {
                None => None,
                Some(group) => Some(key(group.key, event.fields.get(field_of(group.key))?.as_ref()?)),
            };
            values.push((key, value));
        }
    }
    let values = match &tally.group {
        None => values.into_iter().map(|(_, value)| value).collect(),
        Some(group) => {
            let mut groups: BTreeMap<Option<Scalar>, Vec<Exact>> = BTreeMap::new();
            for (key, value) in values {
                groups.entry(key).or_default().push(value);
            }
            match &group.within {
                Within::Highest => groups
                    .into_values()
                    .filter_map(|values| values.into_iter().max())
                    .collect(),
                Within::Capped(cap) => {
                    let cap = number(cap, inputs, &[])?;
                    let sums = groups
                        .into_values()
                        .map(|values| values.iter().sum::<Exact>().min(cap.clone()));
                    sums.collect()
                }
            }
        }
    };
    match Way::from(&tally.how).of(values) {
        Some(value) => Some(value),
        None => number(otherwise(&tally.how)?, inputs, &[]),
    }
}

/// What stands where there is nothing to put together.
pub(super) fn otherwise(how: &Together) -> Option<&Core> {
    match how {
        Together::Sum => None,
        Together::Highest { otherwise } | Together::Lowest { otherwise } | Together::Mean { otherwise, .. } => {
            Some(otherwise)
        }
    }
}

/// The events of a fact, when all that happened are listed and all of them count.
pub(super) fn known_events<'i>(inputs: &Inputs<'i>, fact: usize) -> Option<&'i [HeldEvent]> {
    match &inputs.facts.get(fact)?.held {
        Held::Events(events) if events.unseen.is_zero() && events.list.iter().all(|event| event.sure) => {
            Some(&events.list)
        }
        _ => None,
    }
}

/// The field that a key reads.
pub(super) fn field_of(key: Key) -> usize {
    match key {
        Key::Field(field) | Key::Month(field) | Key::Quarter(field) => field,
    }
}

/// What a field's value has in common with others.
pub(super) fn key(key: Key, value: &Scalar) -> Scalar {
    let Scalar::Day(day) = value else { return value.clone() };
    let month = i64::from(day.year())
        .saturating_mul(12)
        .saturating_add(i64::from(day.month()));
    match key {
        Key::Field(_) => value.clone(),
        Key::Month(_) => Scalar::Number(Exact::from(month)),
        Key::Quarter(_) => Scalar::Number(Exact::from(month.saturating_sub(1).div_euclid(3))),
    }
}
