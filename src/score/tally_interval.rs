//! Something over events that may not all be known: bounds that hold whatever turns out.

use std::collections::BTreeMap;

use super::interval::{Evaluator, EventAt};
use super::tally::candidates::{Bounds, Candidate, Way, bounds};
use super::tally::{field_of, key, otherwise};
use crate::exact::{Exact, Interval};
use crate::fact::{FieldDeclaration, FieldKind, Held, Holder, Scalar};
use crate::scheme::core::{Key, Tally, Within};

/// An event as far as it counts.
struct Counted {
    candidate: Candidate,
    /// What it has in common with others; `None` is unknown.
    key: Option<Scalar>,
}

/// How events of one group are joined: the highest stands, or the sum with a cap.
enum Joined {
    Highest,
    Capped(Interval),
}

/// Everything that the value may be; `None` where it does not apply.
pub(super) fn possible_tally<'c>(what: &'c Tally, evaluator: &mut Evaluator<'c>) -> Option<Interval> {
    let counted = counted(what, evaluator)?;
    let way = Way::from(&what.how);
    let told = match &what.group {
        None => bounds(way, &candidates(counted)),
        Some(group) => {
            let joined = match &group.within {
                Within::Highest => Joined::Highest,
                Within::Capped(cap) => Joined::Capped(evaluator.number(cap)?),
            };
            let declared = evaluator.inputs.declared.get(what.fact);
            let field = declared.and_then(|input| input.declaration.fields.get(field_of(group.key)));
            grouped(way, &joined, counted, field.and_then(|field| keys(group.key, field)))
        }
    };
    match (told.some, otherwise(&what.how)) {
        (Some(some), Some(none)) if told.none => Some(some.hull(&evaluator.number(none)?)),
        (Some(some), _) => Some(some),
        (None, none) => evaluator.number(none?),
    }
}

/// The events that count or may count, and one that stands for those which nobody has seen.
fn counted<'c>(what: &'c Tally, evaluator: &mut Evaluator<'c>) -> Option<Vec<Counted>> {
    let Held::Events(events) = &evaluator.inputs.facts.get(what.fact)?.held else {
        return None;
    };
    let of = evaluator.inputs.declared.get(what.fact)?;
    let mut counted = Vec::new();
    let seen = events
        .list
        .iter()
        .map(|event| (event.sure, Exact::ONE, Some(event.fields.as_slice())));
    let unseen = events
        .unseen
        .is_positive()
        .then(|| (false, events.unseen.clone(), None));
    for (sure, times, fields) in seen.chain(unseen) {
        let at = EventAt { fields, of };
        evaluator.event = Some(at);
        let here = evaluator.said.len();
        let value = count(what, evaluator);
        evaluator.said.truncate(here);
        evaluator.event = None;
        let Some((passes, value)) = value? else { continue };
        let known = what
            .group
            .as_ref()
            .and_then(|group| Some(key(group.key, at.field(field_of(group.key))?)));
        counted.push(Counted {
            candidate: Candidate {
                sure: sure && passes,
                value,
                times,
            },
            key: known,
        });
    }
    Some(counted)
}

/// Whether the event at hand passes for sure, and what it gives where it does; `Some(None)` when it does not pass.
fn count<'c>(what: &'c Tally, evaluator: &mut Evaluator<'c>) -> Option<Option<(bool, Interval)>> {
    let passes = evaluator.truth(&what.filter)?;
    if passes == Some(false) {
        return Some(None);
    }
    if passes.is_none() {
        evaluator.suppose(&what.filter, true);
    }
    Some(Some((passes.is_some(), evaluator.number(&what.value)?)))
}

fn candidates(counted: Vec<Counted>) -> Vec<Candidate> {
    counted.into_iter().map(|counted| counted.candidate).collect()
}

/// How many groups there can be; `None` when there is no telling.
fn keys(key: Key, field: &FieldDeclaration) -> Option<usize> {
    match (field.kind, key) {
        (FieldKind::Choice, _) => Some(field.words.len()),
        (FieldKind::YesNo, _) => Some(2),
        (FieldKind::Holder, _) => Some(Holder::ALL.len()),
        (FieldKind::Date, Key::Month(_) | Key::Quarter(_)) => {
            let number = |day| match super::tally::key(key, &Scalar::Day(day)) {
                Scalar::Number(number) => number.to_i128(),
                _ => None,
            };
            let span = number(field.latest?)?.checked_sub(number(field.earliest?)?)?;
            usize::try_from(span).ok()?.checked_add(1)
        }
        _ => None,
    }
}

/// What groups together may give.
fn grouped(way: Way, joined: &Joined, counted: Vec<Counted>, keys: Option<usize>) -> Bounds {
    let mut by_key: BTreeMap<Scalar, Vec<Candidate>> = BTreeMap::new();
    let mut homeless = Vec::new();
    for event in counted {
        match event.key {
            Some(key) => by_key.entry(key).or_default().push(event.candidate),
            None => homeless.push(event.candidate),
        }
    }
    let groups: Vec<Candidate> = by_key.values().map(|members| group(joined, members)).collect();
    if homeless.is_empty() {
        return bounds(way, &groups);
    }
    let all: Vec<Candidate> = by_key.into_values().flatten().chain(homeless.iter().cloned()).collect();
    match (way, joined) {
        // The highest of all groups is the highest of all.
        (Way::Highest, Joined::Highest) => bounds(Way::Highest, &all),
        (Way::Sum, _) => Bounds {
            some: Some(Interval {
                low: least_sum(joined, &groups, &homeless, &all),
                high: most_sum(joined, &groups, &homeless, keys),
            }),
            none: false,
        },
        _ => Bounds {
            some: Some(any_group(joined, &all)),
            none: !all.iter().any(|event| event.sure),
        },
    }
}

/// A group of known events as one number.
fn group(joined: &Joined, members: &[Candidate]) -> Candidate {
    let sure = members.iter().any(|member| member.sure);
    let value = match joined {
        Joined::Highest => bounds(Way::Highest, members).some.unwrap_or(Interval::ALL),
        Joined::Capped(cap) if sure => bounds(Way::Sum, members).some.unwrap_or(Interval::ALL).lower(cap),
        Joined::Capped(cap) => some_sum(members).lower(cap),
    };
    Candidate {
        sure,
        value,
        times: Exact::ONE,
    }
}

/// The sum of at least one of them, none of which is sure.
fn some_sum(members: &[Candidate]) -> Interval {
    let (sum, least) = (bounds(Way::Sum, members).some, bounds(Way::Lowest, members).some);
    let most = bounds(Way::Highest, members).some;
    // The sum of those below nought, or where there are none the least one alone.
    let low = |interval: Option<Interval>| interval.and_then(|interval| interval.low);
    let high = |interval: Option<Interval>| interval.and_then(|interval| interval.high);
    let (sum_low, least) = (low(sum.clone()), low(least));
    let (sum_high, most) = (high(sum), high(most));
    Interval {
        low: sum_low
            .zip(least)
            .map(|(sum, least)| if sum.is_negative() { sum } else { least }),
        high: sum_high
            .zip(most)
            .map(|(sum, most)| if sum.is_positive() { sum } else { most }),
    }
}

/// What any group of any of them may give.
fn any_group(joined: &Joined, all: &[Candidate]) -> Interval {
    match joined {
        Joined::Highest => {
            let values = all.iter().map(|event| event.value.clone());
            values.reduce(|one, other| one.hull(&other)).unwrap_or(Interval::ALL)
        }
        Joined::Capped(cap) => {
            let unsure: Vec<Candidate> = all
                .iter()
                .map(|event| Candidate {
                    sure: false,
                    ..event.clone()
                })
                .collect();
            some_sum(&unsure).lower(cap)
        }
    }
}

fn at_least_nought(number: &Exact) -> Exact {
    number.max(&Exact::ZERO).clone()
}

fn at_most_nought(number: &Exact) -> Exact {
    number.min(&Exact::ZERO).clone()
}

/// The least sum of groups when events without a known group may be in any of them.
///
/// An event above nought costs least in the fullest group, and all of them least in the same one. One below nought takes
/// no more away than itself.
fn least_sum(joined: &Joined, groups: &[Candidate], homeless: &[Candidate], all: &[Candidate]) -> Option<Exact> {
    let mut sum = Exact::ZERO;
    let mut fullest = Exact::ZERO;
    for group in groups {
        let low = group.value.low.as_ref()?;
        if group.sure {
            sum = &sum + low;
            fullest = low.max(&fullest).clone();
        } else {
            sum = &sum + &at_most_nought(low);
        }
    }
    let (mut highest, mut together) = (Exact::ZERO, Exact::ZERO);
    for event in homeless {
        let low = event.value.low.as_ref()?;
        sum = &sum + &(&at_most_nought(low) * &event.times);
        if event.sure {
            highest = low.max(&highest).clone();
            together = &together + &at_least_nought(low);
        }
    }
    let full = match joined {
        Joined::Highest => highest.max(fullest.clone()),
        Joined::Capped(cap) => {
            let cap = cap.low.as_ref()?;
            if cap.is_negative() {
                // Every event may be a group of its own that is cut down below nought.
                return all.iter().try_fold(Exact::ZERO, |sum, event| {
                    let low = &at_most_nought(event.value.low.as_ref()?) + cap;
                    Some(&sum + &(&low * &event.times))
                });
            }
            (&fullest + &together).min(cap.max(&fullest).clone())
        }
    };
    Some(&sum + &(&full - &fullest))
}

/// The greatest sum of groups when events without a known group may be in any of them: those above nought stand alone as
/// long as there are groups left, then where they add most.
fn most_sum(joined: &Joined, groups: &[Candidate], homeless: &[Candidate], keys: Option<usize>) -> Option<Exact> {
    let mut there = Vec::with_capacity(groups.len());
    for group in groups {
        there.push(at_least_nought(group.value.high.as_ref()?));
    }
    let sum: Exact = there.iter().sum();
    let mut more = Vec::with_capacity(homeless.len());
    for event in homeless {
        more.push((at_least_nought(event.value.high.as_ref()?), event.times.clone()));
    }
    let free = keys.map(|keys| keys.saturating_sub(there.len()));
    let cap = match joined {
        Joined::Highest => None,
        Joined::Capped(cap) => Some(cap.high.as_ref().map(at_least_nought)),
    };
    let added = match (cap, free) {
        (Some(None), _) | (None, None) => more
            .iter()
            .fold(Exact::ZERO, |sum, (high, times)| &sum + &(high * times)),
        (Some(Some(cap)), free) => {
            let alone = more
                .iter()
                .fold(Exact::ZERO, |sum, (high, times)| &sum + &(high.min(&cap) * times));
            let Some(free) = free else { return Some(&sum + &alone) };
            let room = there.iter().fold(&cap * &Exact::from(free), |room, there| {
                &room + &at_least_nought(&(&cap - there))
            });
            alone.min(room)
        }
        (None, Some(free)) => {
            // The highest ones go where least is there already.
            more.sort_by(|one, other| other.cmp(one));
            there.sort();
            let mut hosts = (0..free).map(|_| Exact::ZERO).chain(there);
            let mut added = Exact::ZERO;
            for (high, times) in more {
                let mut left = times;
                while left.is_positive() {
                    let Some(host) = hosts.next().filter(|host| *host < high) else {
                        return Some(&sum + &added);
                    };
                    added = &added + &(&high - &host);
                    left = &left - &Exact::ONE;
                }
            }
            added
        }
    };
    Some(&sum + &added)
}

#[cfg(test)]
mod tests;
