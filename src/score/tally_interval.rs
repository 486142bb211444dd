//! Something over events that may not all be known: bounds that hold whatever turns out.

use std::collections::BTreeMap;

use super::Inputs;
use super::interval::{EventAt, Possible, number, over};
use super::tally::{field_of, key, tally, trimmed_mean};
use crate::exact::{Exact, Interval};
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::{Core, Tally, Together, Within};

/// An event as far as it counts.
struct Counted {
    /// Whether it certainly counts.
    sure: bool,
    value: Interval,
    /// What it has in common with others; `None` is unknown.
    key: Option<Scalar>,
}

/// Everything that the value may be; `None` where it does not apply.
pub(super) fn possible_tally(what: &Tally, inputs: &Inputs<'_>) -> Option<Interval> {
    if let Some(known) = tally(what, inputs) {
        return Some(Interval::point(known));
    }
    let Held::Events(events) = &inputs.facts.get(what.fact)?.held else {
        return None;
    };
    let mut counted = Vec::new();
    for event in &events.list {
        counted.extend(count(what, event, inputs)?);
    }
    // An event that was not seen: any field may be anything. Only its most and its least matter.
    let blank = HeldEvent {
        sure: false,
        fields: vec![None; inputs.declared.get(what.fact)?.declaration.fields.len()],
    };
    let unseen = if events.unseen.is_positive() {
        count(what, &blank, inputs)?
    } else {
        None
    };
    let nought = Interval::point(Exact::ZERO);
    match &what.how {
        Together::Sum => {
            let sum = match &what.group {
                None => counted
                    .iter()
                    .fold(nought.clone(), |sum, event| sum.plus(&contribution(event))),
                Some(group) => {
                    let cap = match &group.within {
                        Within::Highest => None,
                        Within::Capped(cap) => Some(number(cap, inputs)?),
                    };
                    grouped(&counted, cap.as_ref())
                }
            };
            Some(match &unseen {
                None => sum,
                // Each adds between its least and its most, or nothing.
                Some(event) => sum.plus(
                    &contribution(event)
                        .hull(&nought)
                        .times(&Interval::between(Exact::ZERO, events.unseen.clone())),
                ),
            })
        }
        Together::Highest { otherwise } => extreme(&counted, unseen.as_ref(), otherwise, inputs, true),
        Together::Lowest { otherwise } => extreme(&counted, unseen.as_ref(), otherwise, inputs, false),
        Together::Mean {
            highest,
            lowest,
            from,
            otherwise,
        } => {
            let all_sure = counted.iter().all(|event| event.sure) && unseen.is_none() && !counted.is_empty();
            if all_sure {
                // The mean, extremes left out, grows with every value.
                let end = |low: bool| {
                    let ends = counted.iter().map(|event| {
                        if low {
                            event.value.low.clone()
                        } else {
                            event.value.high.clone()
                        }
                    });
                    trimmed_mean(ends.collect::<Option<Vec<_>>>()?, *highest, *lowest, *from)
                };
                return Some(Interval {
                    low: end(true),
                    high: end(false),
                });
            }
            let values = counted.iter().chain(&unseen).map(|event| event.value.clone());
            let hull = values.reduce(|one, other| one.hull(&other));
            let none = number(otherwise, inputs)?;
            // A mean lies between the least and the most of what may be there.
            Some(match (hull, counted.iter().any(|event| event.sure)) {
                (Some(hull), true) => hull,
                (Some(hull), false) => hull.hull(&none),
                (None, _) => none,
            })
        }
    }
}

/// `None` where something does not apply; `Some(None)` for an event that certainly does not count.
fn count(what: &Tally, event: &HeldEvent, inputs: &Inputs<'_>) -> Option<Option<Counted>> {
    let at = EventAt {
        fields: &event.fields,
        declared: inputs.declared.get(what.fact),
    };
    let passes = match over(&what.filter, inputs, at) {
        Possible::Truth(truth) => truth,
        _ => return None,
    };
    if passes == Some(false) {
        return Some(None);
    }
    let Possible::Number(value) = over(&what.value, inputs, at) else {
        return None;
    };
    let key = what.group.as_ref().and_then(|group| {
        let value = event.fields.get(field_of(group.key))?.as_ref()?;
        Some(key(group.key, value))
    });
    Some(Some(Counted {
        sure: event.sure && passes == Some(true),
        value,
        key,
    }))
}

/// What an event adds to a sum.
fn contribution(event: &Counted) -> Interval {
    if event.sure {
        event.value.clone()
    } else {
        event.value.hull(&Interval::point(Exact::ZERO))
    }
}

/// The sum over groups: of each the highest, or the sum up to a cap.
///
/// Events of unknown group: at the best each is a group of its own, at the worst it joins one (values below nought join
/// at the best and stand alone at the worst).
fn grouped(counted: &[Counted], cap: Option<&Interval>) -> Interval {
    let nought = Interval::point(Exact::ZERO);
    let mut groups: BTreeMap<&Scalar, Vec<&Counted>> = BTreeMap::new();
    let mut unknown: Vec<&Counted> = Vec::new();
    for event in counted {
        match &event.key {
            Some(key) => groups.entry(key).or_default().push(event),
            None => unknown.push(event),
        }
    }
    let of_group = |events: &[&Counted]| match cap {
        Some(cap) => {
            let sum = events
                .iter()
                .fold(nought.clone(), |sum, event| sum.plus(&contribution(event)));
            sum.lower(cap)
        }
        None => {
            let highest = events
                .iter()
                .map(|event| event.value.clone())
                .reduce(|one, other| one.higher(&other));
            let sure = events.iter().filter(|event| event.sure);
            let least = sure
                .map(|event| event.value.clone())
                .reduce(|one, other| one.higher(&other));
            match (highest, least) {
                (Some(highest), Some(least)) => Interval {
                    low: least.low,
                    high: highest.high,
                },
                (Some(highest), None) => highest.hull(&nought),
                (None, _) => nought.clone(),
            }
        }
    };
    let known = groups
        .values()
        .map(|events| of_group(events))
        .fold(nought.clone(), |sum, group| sum.plus(&group));
    if unknown.is_empty() {
        return known;
    }
    let alone = unknown
        .iter()
        .map(|event| of_group(&[event]))
        .fold(nought.clone(), |sum, group| sum.plus(&group));
    let apart = known.plus(&alone);
    // Joined to others an event may add nothing at all, or take what is below nought away.
    let none_below = unknown
        .iter()
        .all(|event| event.value.low.as_ref().is_some_and(|low| !low.is_negative()));
    if none_below && cap.is_none() {
        let lone = unknown.iter().filter(|event| event.sure);
        let lone = lone.map(|event| event.value.low.clone().unwrap_or(Exact::ZERO)).max();
        let low = known.low.map(|low| low.max(lone.unwrap_or(Exact::ZERO)));
        return Interval { low, high: apart.high };
    }
    if none_below {
        // Joining full groups adds nothing; the cap itself is not negative where points are.
        let low = known.low.clone().map(|low| low.min(known.low.unwrap_or(Exact::ZERO)));
        return Interval { low, high: apart.high };
    }
    let loose = |number: Option<Exact>, low: bool| {
        number.map(|number| {
            let spread = unknown.iter().fold(Exact::ZERO, |sum, event| {
                let end = |end: &Option<Exact>| end.as_ref().map(Exact::abs).unwrap_or(Exact::ZERO);
                &sum + &end(&event.value.low).max(end(&event.value.high))
            });
            if low { &number - &spread } else { &number + &spread }
        })
    };
    let hull = known.hull(&apart);
    Interval {
        low: loose(hull.low, true),
        high: loose(hull.high, false),
    }
}

/// The highest (or lowest) of what is there, else what stands when there is nothing.
fn extreme(
    counted: &[Counted],
    unseen: Option<&Counted>,
    otherwise: &Core,
    inputs: &Inputs<'_>,
    highest: bool,
) -> Option<Interval> {
    let join = |one: Interval, other: &Interval| if highest { one.higher(other) } else { one.lower(other) };
    let fold = |events: &mut dyn Iterator<Item = &Counted>| {
        events.fold(None, |extreme: Option<Interval>, event| {
            Some(extreme.map_or_else(|| event.value.clone(), |extreme| join(extreme, &event.value)))
        })
    };
    let sure = fold(&mut counted.iter().filter(|event| event.sure));
    let all = fold(&mut counted.iter().chain(unseen));
    Some(match (sure, all) {
        // What may be there can only carry the extreme further.
        (Some(sure), Some(all)) if highest => Interval {
            low: sure.low,
            high: all.high,
        },
        (Some(sure), Some(all)) => Interval {
            low: all.low,
            high: sure.high,
        },
        (None, Some(_)) => {
            let values = counted.iter().chain(unseen).map(|event| event.value.clone());
            let hull = values.reduce(|one, other| one.hull(&other))?;
            hull.hull(&number(otherwise, inputs)?)
        }
        _ => number(otherwise, inputs)?,
    })
}
