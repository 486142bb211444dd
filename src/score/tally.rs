//! Something over events that are all known.

use std::collections::BTreeMap;

use super::Inputs;
use super::point::{number, truth};
use crate::exact::Exact;
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::{Key, Tally, Together, Within};

/// The value; `None` when it is not known exactly.
pub(super) fn tally(tally: &Tally, inputs: &Inputs<'_>) -> Option<Exact> {
    let mut values = Vec::new();
    for event in known_events(inputs, tally.fact)? {
        if truth(&tally.filter, inputs, &event.fields)? {
            let value = number(&tally.value, inputs, &event.fields)?;
            let key = match &tally.group {
                None => None,
                Some(group) => Some(key(group.key, event.fields.get(field_of(group.key))?.as_ref()?)),
            };
            values.push((key, value));
        }
    }
    let values: Vec<Exact> = match &tally.group {
        None => values.into_iter().map(|(_, value)| value).collect(),
        Some(group) => {
            let mut groups: BTreeMap<Option<Scalar>, Vec<Exact>> = BTreeMap::new();
            for (key, value) in values {
                groups.entry(key).or_default().push(value);
            }
            let cap = match &group.within {
                Within::Highest => None,
                Within::Capped(cap) => Some(number(cap, inputs, &[])?),
            };
            let joined = groups.into_values().filter_map(|values: Vec<Exact>| match &cap {
                None => values.into_iter().max(),
                Some(cap) => Some(values.iter().sum::<Exact>().min(cap.clone())),
            });
            joined.collect()
        }
    };
    let otherwise = |core| number(core, inputs, &[]);
    match &tally.how {
        Together::Sum => Some(values.iter().sum()),
        Together::Highest { otherwise: none } => values.into_iter().max().map_or_else(|| otherwise(none), Some),
        Together::Lowest { otherwise: none } => values.into_iter().min().map_or_else(|| otherwise(none), Some),
        Together::Mean {
            highest,
            lowest,
            from,
            otherwise: none,
        } => trimmed_mean(values, *highest, *lowest, *from).map_or_else(|| otherwise(none), Some),
    }
}

/// The mean with extremes left out; `None` without values.
pub(super) fn trimmed_mean(mut values: Vec<Exact>, highest: usize, lowest: usize, from: usize) -> Option<Exact> {
    values.sort();
    let kept: Vec<Exact> = if values.len() >= from {
        let left = values.len().saturating_sub(highest.saturating_add(lowest));
        values.into_iter().skip(lowest).take(left).collect()
    } else {
        values
    };
    kept.iter().sum::<Exact>().checked_div(&Exact::from(kept.len()))
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
