//! The core form over facts that are all known: exact arithmetic, one value.

use std::collections::BTreeMap;

use super::Inputs;
use super::applies::applies;
use super::filter::passes;
use crate::exact::Exact;
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::{Arithmetic, Compare, Core};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A number.
    Number(Exact),
    /// A truth.
    Truth(bool),
    /// A word.
    Word(String),
}

impl Point {
    pub(super) fn number(self) -> Option<Exact> {
        match self {
            Point::Number(number) => Some(number),
            Point::Truth(_) | Point::Word(_) => None,
        }
    }

    pub(super) fn truth(self) -> Option<bool> {
        match self {
            Point::Truth(truth) => Some(truth),
            Point::Number(_) | Point::Word(_) => None,
        }
    }
}

/// The value; `None` when a fact that it reads is not known exactly or does not apply.
pub fn point(core: &Core, inputs: &Inputs<'_>) -> Option<Point> {
    if applies(core, inputs) {
        evaluate(core, inputs)
    } else {
        None
    }
}

fn evaluate(core: &Core, inputs: &Inputs<'_>) -> Option<Point> {
    let number = |core: &Core| evaluate(core, inputs)?.number();
    let truth = |core: &Core| evaluate(core, inputs)?.truth();
    Some(match core {
        Core::Number(value) => Point::Number(value.clone()),
        Core::Truth(value) => Point::Truth(*value),
        Core::Word(word) => Point::Word(word.clone()),
        Core::Fact(fact) => match &inputs.facts.facts.get(*fact)?.held {
            Held::Number(interval) => Point::Number(interval.single()?.clone()),
            Held::Truth(value) => Point::Truth((*value)?),
            Held::Word(word) => Point::Word(word.clone()?),
            Held::Day(_) | Held::Events(_) | Held::NotApplicable => return None,
        },
        Core::Applicable(fact) => Point::Truth(inputs.facts.facts.get(*fact)?.held != Held::NotApplicable),
        Core::Arithmetic(operator, pair) => Point::Number(arithmetic(*operator, &number(&pair.0)?, &number(&pair.1)?)?),
        Core::Absolute(inner) => Point::Number(number(inner)?.abs()),
        Core::Round(inner, rounding) => Point::Number(rounding.round(&number(inner)?)),
        Core::Compare(compare, pair) => {
            let order = match (evaluate(&pair.0, inputs)?, evaluate(&pair.1, inputs)?) {
                (Point::Number(left), Point::Number(right)) => left.cmp(&right),
                (Point::Word(left), Point::Word(right)) => left.cmp(&right),
                _ => return None,
            };
            Point::Truth(match compare {
                Compare::Equal => order.is_eq(),
                Compare::Unequal => order.is_ne(),
                Compare::Less => order.is_lt(),
                Compare::LessOrEqual => order.is_le(),
                Compare::Greater => order.is_gt(),
                Compare::GreaterOrEqual => order.is_ge(),
            })
        }
        Core::And(pair) => Point::Truth(truth(&pair.0)? && truth(&pair.1)?),
        Core::Or(pair) => Point::Truth(truth(&pair.0)? || truth(&pair.1)?),
        Core::Not(inner) => Point::Truth(!truth(inner)?),
        Core::Select(parts) => return evaluate(if truth(&parts.0)? { &parts.1 } else { &parts.2 }, inputs),
        Core::Count(fact, filters) => {
            let events = events(inputs, *fact)?;
            let mut count = 0_usize;
            for event in events {
                count = count.saturating_add(usize::from(passes(event, filters)?));
            }
            Point::Number(Exact::from(count))
        }
        Core::Levels {
            fact,
            level,
            points,
            matter,
        } => Point::Number(levels(events(inputs, *fact)?, *level, points, *matter)?),
        Core::Result(scheme, _) => Point::Number(inputs.results.get(scheme)?.interval().single()?.clone()),
    })
}

fn arithmetic(operator: Arithmetic, left: &Exact, right: &Exact) -> Option<Exact> {
    Some(match operator {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left.checked_div(right)?,
        Arithmetic::Lower => left.min(right).clone(),
        Arithmetic::Higher => left.max(right).clone(),
    })
}

/// The events of a fact, when all that happened are listed and all of them count.
fn events<'i>(inputs: &Inputs<'i>, fact: usize) -> Option<&'i [HeldEvent]> {
    match &inputs.facts.facts.get(fact)?.held {
        Held::Events(events) if events.unseen.is_zero() && events.list.iter().all(|event| event.sure) => {
            Some(&events.list)
        }
        _ => None,
    }
}

fn levels(events: &[HeldEvent], level: usize, points: &[(String, Exact)], matter: Option<usize>) -> Option<Exact> {
    let mut best: BTreeMap<&Scalar, Exact> = BTreeMap::new();
    let mut sum = Exact::ZERO;
    for event in events {
        let Some(Scalar::Text(word)) = event.fields.get(level)?.as_ref() else {
            return None;
        };
        let (_, earned) = points.iter().find(|(level, _)| level == word)?;
        match matter {
            None => sum = &sum + earned,
            Some(matter) => {
                let highest = best.entry(event.fields.get(matter)?.as_ref()?).or_insert(Exact::ZERO);
                *highest = earned.max(highest).clone();
            }
        }
    }
    Some(best.values().fold(sum, |sum, points| &sum + points))
}
