//! The core form over facts that may not be known: everything that a value may be.
//!
//! Sound always: whatever the facts turn out to be within their declarations, the value lies in what is given here.

use std::collections::BTreeMap;

use super::Inputs;
use super::applies::applies;
use super::filter::passes;
use crate::exact::{Exact, Interval};
use crate::fact::{Held, HeldEvents, Scalar};
use crate::scheme::core::{Arithmetic, Compare, Core, Filter};

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Possible {
    /// A number within these bounds.
    Number(Interval),
    /// A truth; `None` is either.
    Truth(Option<bool>),
    /// A word; `None` is any.
    Word(Option<String>),
    /// Nothing: a fact that it reads does not apply.
    NotApplicable,
}

impl Possible {
    fn hull(self, other: Possible) -> Possible {
        match (self, other) {
            (Possible::Number(one), Possible::Number(other)) => Possible::Number(one.hull(&other)),
            (Possible::Truth(one), Possible::Truth(other)) => Possible::Truth(if one == other { one } else { None }),
            (Possible::Word(one), Possible::Word(other)) => Possible::Word(if one == other { one } else { None }),
            (Possible::NotApplicable, _) | (_, Possible::NotApplicable) => Possible::NotApplicable,
            // The parser lets no two types meet.
            (one, _) => one,
        }
    }
}

/// Everything that the value may be.
pub fn possible(core: &Core, inputs: &Inputs<'_>) -> Possible {
    if !applies(core, inputs) {
        return Possible::NotApplicable;
    }
    evaluate(core, inputs).unwrap_or(Possible::NotApplicable)
}

/// `None` when a fact does not apply.
fn evaluate(core: &Core, inputs: &Inputs<'_>) -> Option<Possible> {
    let number = |core: &Core| match evaluate(core, inputs)? {
        Possible::Number(interval) => Some(interval),
        _ => None,
    };
    let truth = |core: &Core| match evaluate(core, inputs)? {
        Possible::Truth(truth) => Some(truth),
        _ => None,
    };
    Some(match core {
        Core::Number(value) => Possible::Number(Interval::point(value.clone())),
        Core::Truth(value) => Possible::Truth(Some(*value)),
        Core::Word(word) => Possible::Word(Some(word.clone())),
        Core::Fact(fact) => match &inputs.facts.facts.get(*fact)?.held {
            Held::Number(interval) => Possible::Number(interval.clone()),
            Held::Truth(value) => Possible::Truth(*value),
            Held::Word(word) => Possible::Word(word.clone()),
            Held::Day(_) | Held::Events(_) | Held::NotApplicable => return None,
        },
        Core::Applicable(fact) => Possible::Truth(Some(inputs.facts.facts.get(*fact)?.held != Held::NotApplicable)),
        Core::Arithmetic(operator, pair) => {
            let (left, right) = (number(&pair.0)?, number(&pair.1)?);
            Possible::Number(match operator {
                Arithmetic::Add => left.plus(&right),
                Arithmetic::Subtract => left.plus(&right.negated()),
                Arithmetic::Multiply => left.times(&right),
                Arithmetic::Divide => left.over(&right).unwrap_or(Interval::ALL),
                Arithmetic::Lower => left.lower(&right),
                Arithmetic::Higher => left.higher(&right),
            })
        }
        Core::Absolute(inner) => Possible::Number(number(inner)?.abs()),
        Core::Round(inner, rounding) => Possible::Number(number(inner)?.rounded(rounding)),
        Core::Compare(operator, pair) => {
            Possible::Truth(match (evaluate(&pair.0, inputs)?, evaluate(&pair.1, inputs)?) {
                (Possible::Number(left), Possible::Number(right)) => compare(*operator, &left, &right),
                (Possible::Word(Some(left)), Possible::Word(Some(right))) => {
                    Some((left == right) == (*operator == Compare::Equal))
                }
                _ => None,
            })
        }
        Core::And(pair) => match truth(&pair.0)? {
            Some(false) => Possible::Truth(Some(false)),
            left => Possible::Truth(match (left, truth(&pair.1)?) {
                (_, Some(false)) => Some(false),
                (Some(true), right) => right,
                _ => None,
            }),
        },
        Core::Or(pair) => match truth(&pair.0)? {
            Some(true) => Possible::Truth(Some(true)),
            left => Possible::Truth(match (left, truth(&pair.1)?) {
                (_, Some(true)) => Some(true),
                (Some(false), right) => right,
                _ => None,
            }),
        },
        Core::Not(inner) => Possible::Truth(truth(inner)?.map(|truth| !truth)),
        Core::Select(parts) => match truth(&parts.0)? {
            Some(true) => return evaluate(&parts.1, inputs),
            Some(false) => return evaluate(&parts.2, inputs),
            None => evaluate(&parts.1, inputs)?.hull(evaluate(&parts.2, inputs)?),
        },
        Core::Count(fact, filters) => Possible::Number(count(events(inputs, *fact)?, filters)),
        Core::Levels {
            fact,
            level,
            points,
            matter,
        } => Possible::Number(levels(events(inputs, *fact)?, *level, points, *matter)),
        Core::Result(scheme, out_of) => Possible::Number(inputs.results.get(scheme).map_or_else(
            || Interval::between(Exact::ZERO, out_of.clone()),
            |result| result.interval(),
        )),
    })
}

fn compare(operator: Compare, left: &Interval, right: &Interval) -> Option<bool> {
    let below = |a: &Option<Exact>, b: &Option<Exact>, or_equal: bool| {
        a.as_ref()
            .zip(b.as_ref())
            .is_some_and(|(a, b)| a < b || (or_equal && a == b))
    };
    let less = below(&left.high, &right.low, false);
    let less_or_equal = below(&left.high, &right.low, true);
    let greater = below(&right.high, &left.low, false);
    let greater_or_equal = below(&right.high, &left.low, true);
    let same = left.single().is_some_and(|number| right.single() == Some(number));
    let (yes, no) = match operator {
        Compare::Equal => (same, less || greater),
        Compare::Unequal => (less || greater, same),
        Compare::Less => (less, greater_or_equal),
        Compare::LessOrEqual => (less_or_equal, greater),
        Compare::Greater => (greater, less_or_equal),
        Compare::GreaterOrEqual => (greater_or_equal, less),
    };
    match (yes, no) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn events<'i>(inputs: &Inputs<'i>, fact: usize) -> Option<&'i HeldEvents> {
    match &inputs.facts.facts.get(fact)?.held {
        Held::Events(events) => Some(events),
        _ => None,
    }
}

/// How many pass for sure, and how many may.
fn count(events: &HeldEvents, filters: &[Filter]) -> Interval {
    let (mut sure, mut maybe) = (0_usize, 0_usize);
    for event in &events.list {
        match passes(event, filters) {
            Some(false) => {}
            Some(true) if event.sure => sure = sure.saturating_add(1),
            _ => maybe = maybe.saturating_add(1),
        }
    }
    let high = &Exact::from(sure.saturating_add(maybe)) + &events.unseen;
    Interval::between(Exact::from(sure), high)
}

/// The points that are sure, and the most that there may be.
///
/// Lowest: sure events of known level; those of unknown matter may repeat a known one. Highest: every event that may
/// count at the best it may be, each unknown matter on its own, and the unseen ones at the best level.
fn levels(events: &HeldEvents, level: usize, points: &[(String, Exact)], matter: Option<usize>) -> Interval {
    let least = points
        .iter()
        .map(|(_, points)| points)
        .min()
        .cloned()
        .unwrap_or(Exact::ZERO);
    let most = points
        .iter()
        .map(|(_, points)| points)
        .max()
        .cloned()
        .unwrap_or(Exact::ZERO);
    let mut low = Tally::default();
    let mut high = Tally::default();
    for event in &events.list {
        let earned = match event.fields.get(level) {
            Some(Some(Scalar::Text(word))) => points.iter().find(|(level, _)| level == word).map(|(_, points)| points),
            _ => None,
        };
        let about = matter.map(|matter| event.fields.get(matter).and_then(Option::as_ref));
        if event.sure {
            low.add(about, earned.unwrap_or(&least));
        }
        high.add(about, earned.unwrap_or(&most));
    }
    let unseen = &events.unseen * &most;
    Interval::between(low.sure(), &high.all() + &unseen)
}

/// Points by matter.
#[derive(Default)]
struct Tally<'e> {
    best: BTreeMap<&'e Scalar, Exact>,
    unknown: Vec<Exact>,
    each: Exact,
}

impl<'e> Tally<'e> {
    /// `about` is `None` where every event counts, `Some(None)` where the matter is not known.
    fn add(&mut self, about: Option<Option<&'e Scalar>>, points: &Exact) {
        match about {
            None => self.each = &self.each + points,
            Some(None) => self.unknown.push(points.clone()),
            Some(Some(matter)) => {
                let best = self.best.entry(matter).or_insert(Exact::ZERO);
                *best = points.max(best).clone();
            }
        }
    }

    fn known(&self) -> Exact {
        self.best.values().fold(self.each.clone(), |sum, points| &sum + points)
    }

    /// With every unknown matter repeating another.
    fn sure(&self) -> Exact {
        let lone = self.unknown.iter().max().cloned().unwrap_or(Exact::ZERO);
        self.known().max(lone)
    }

    /// With every unknown matter on its own.
    fn all(&self) -> Exact {
        self.unknown.iter().fold(self.known(), |sum, points| &sum + points)
    }
}
