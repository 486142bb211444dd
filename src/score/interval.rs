//! The core form over facts that may not be known: everything that a value may be.
//!
//! Sound always: whatever the facts turn out to be within their declarations, the value lies in what is given here.

use super::expiring::possible_points;
use super::point::{months_after, of_grade, work_days};
use super::tally_interval::possible_tally;
use super::{Inputs, Point, point};
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, FieldDeclaration, FieldKind, Held, Input, Scalar};
use crate::scheme::core::{Arithmetic, Compare, Core, Ladder};

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

/// The event at hand: its fields, and what is declared of them.
#[derive(Clone, Copy)]
pub(super) struct EventAt<'e> {
    pub(super) fields: &'e [Option<Scalar>],
    pub(super) declared: Option<&'e Input>,
}

const NO_EVENT: EventAt<'static> = EventAt {
    fields: &[],
    declared: None,
};

/// Everything that the value may be.
pub fn possible(core: &Core, inputs: &Inputs<'_>) -> Possible {
    over(core, inputs, NO_EVENT)
}

/// The bounds of a number; `None` where it does not apply.
pub(super) fn number(core: &Core, inputs: &Inputs<'_>) -> Option<Interval> {
    match possible(core, inputs) {
        Possible::Number(interval) => Some(interval),
        _ => None,
    }
}

/// Everything that the value may be, with an event at hand.
pub(super) fn over(core: &Core, inputs: &Inputs<'_>, event: EventAt<'_>) -> Possible {
    evaluate(core, inputs, event).unwrap_or(Possible::NotApplicable)
}

/// `None` when something does not apply.
fn evaluate(core: &Core, inputs: &Inputs<'_>, event: EventAt<'_>) -> Option<Possible> {
    let number = |core: &Core| match evaluate(core, inputs, event)? {
        Possible::Number(interval) => Some(interval),
        _ => None,
    };
    let truth = |core: &Core| match evaluate(core, inputs, event)? {
        Possible::Truth(truth) => Some(truth),
        _ => None,
    };
    Some(match core {
        Core::Number(value) => Possible::Number(Interval::point(value.clone())),
        Core::Truth(value) => Possible::Truth(Some(*value)),
        Core::Word(word) => Possible::Word(Some(word.clone())),
        Core::Fact(fact) => match &inputs.facts.get(*fact)?.held {
            Held::Number(interval) => Possible::Number(interval.clone()),
            Held::Truth(value) => Possible::Truth(*value),
            Held::Word(word) => Possible::Word(word.clone()),
            Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => return None,
        },
        Core::Applicable(fact) => Possible::Truth(Some(inputs.facts.get(*fact)?.held != Held::NotApplicable)),
        Core::Field(field) => field_value(*field, event)?,
        Core::Cell(cell) => match inputs.cells.get(*cell)? {
            Possible::NotApplicable => return None,
            value => value.clone(),
        },
        Core::Arithmetic(operator, pair) => {
            let (left, right) = (number(&pair.0)?, number(&pair.1)?);
            Possible::Number(arithmetic(*operator, &left, &right))
        }
        Core::Absolute(inner) => Possible::Number(number(inner)?.abs()),
        Core::Round(inner, rounding) => Possible::Number(number(inner)?.rounded(rounding)),
        Core::Root(inner, degree, rounding) => {
            let inner = number(inner)?;
            let end = |end: &Option<Exact>| end.as_ref().map(|end| end.root(*degree, rounding));
            Possible::Number(Interval {
                low: Some(end(&inner.low).unwrap_or(Exact::ZERO)),
                high: end(&inner.high),
            })
        }
        Core::Compare(operator, pair) => {
            let pair = (evaluate(&pair.0, inputs, event)?, evaluate(&pair.1, inputs, event)?);
            Possible::Truth(match pair {
                (Possible::Number(left), Possible::Number(right)) => compare(*operator, &left, &right),
                (Possible::Word(Some(left)), Possible::Word(Some(right))) => {
                    Some((left == right) == (*operator == Compare::Equal))
                }
                (Possible::Truth(Some(left)), Possible::Truth(Some(right))) => {
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
            Some(true) => return evaluate(&parts.1, inputs, event),
            Some(false) => return evaluate(&parts.2, inputs, event),
            None => {
                let narrowed = |holds: bool| narrow(&parts.0, inputs.facts, holds);
                let branch = |core: &Core, facts: Option<Vec<Admitted>>| match facts {
                    None => evaluate(core, inputs, event),
                    Some(facts) => evaluate(
                        core,
                        &Inputs {
                            facts: &facts,
                            ..*inputs
                        },
                        event,
                    ),
                };
                branch(&parts.1, narrowed(true))?.hull(branch(&parts.2, narrowed(false))?)
            }
        },
        Core::MonthsAfter(pair) => {
            let (from, months) = (number(&pair.0)?, number(&pair.1)?);
            let end = |from: &Option<Exact>, months: &Option<Exact>| months_after(from.as_ref()?, months.as_ref()?);
            Possible::Number(Interval {
                low: end(&from.low, &months.low),
                high: end(&from.high, &months.high),
            })
        }
        Core::WorkDays(pair) => {
            let (from, to) = (number(&pair.0)?, number(&pair.1)?);
            let between =
                |from: &Option<Exact>, to: &Option<Exact>| Some(work_days(from.as_ref()?, to.as_ref()?, inputs));
            Possible::Number(Interval {
                low: between(&from.high, &to.low).or(Some(Exact::ZERO)),
                high: between(&from.low, &to.high),
            })
        }
        Core::Tally(tally) => Possible::Number(possible_tally(tally, inputs)?),
        Core::Expiring(expiring) => match point(core, inputs) {
            Some(Point::Number(number)) => Possible::Number(Interval::point(number)),
            _ => Possible::Number(possible_points(expiring, inputs)?),
        },
        Core::Ladder(ladder) => Possible::Number(places(ladder, &number)?),
        Core::Result(scheme, out_of) => Possible::Number(inputs.results.get(scheme).map_or_else(
            || Interval::between(Exact::ZERO, out_of.clone()),
            |result| result.interval(),
        )),
        Core::ByGrade(scheme, numbers) => {
            let hull = match inputs.results.get(scheme) {
                Some(result) if !result.grades.is_empty() => {
                    let grades = result.grades.iter().map(|grade| of_grade(grade, numbers));
                    grades.map(Interval::point).reduce(|one, other| one.hull(&other))
                }
                // Any grade, listed or not.
                _ => {
                    let numbers = numbers.iter().map(|(_, number)| Interval::point(number.clone()));
                    Some(numbers.fold(Interval::point(Exact::ZERO), |hull, number| hull.hull(&number)))
                }
            };
            Possible::Number(hull.unwrap_or_else(|| Interval::point(Exact::ZERO)))
        }
        Core::Grade(scheme) => Possible::Word(
            match inputs.results.get(scheme).map(|result| result.grades.as_slice()) {
                Some([grade]) => Some(grade.clone()),
                _ => None,
            },
        ),
        // Linked programs have none of these.
        Core::Item(_) | Core::Total | Core::FullTotal | Core::Defined(_) | Core::Gathered(_) => return None,
    })
}

/// A field of the event at hand; while it is unknown, what its declaration allows.
fn field_value(field: usize, event: EventAt<'_>) -> Option<Possible> {
    Some(match event.fields.get(field).and_then(Option::as_ref) {
        Some(Scalar::Number(number)) => Possible::Number(Interval::point(number.clone())),
        Some(Scalar::Text(text)) => Possible::Word(Some(text.clone())),
        Some(Scalar::Day(day)) => Possible::Number(Interval::point(Exact::from(day.number()))),
        Some(Scalar::Truth(truth)) => Possible::Truth(Some(*truth)),
        None => anything(event.declared?.declaration.fields.get(field)?),
    })
}

/// What a field may be while it is unknown.
fn anything(field: &FieldDeclaration) -> Possible {
    match field.kind {
        FieldKind::Number | FieldKind::Date => Possible::Number(Interval::between(field.least(), field.greatest())),
        FieldKind::YesNo => Possible::Truth(None),
        FieldKind::Choice | FieldKind::Matter | FieldKind::Holder => Possible::Word(None),
    }
}

fn arithmetic(operator: Arithmetic, left: &Interval, right: &Interval) -> Interval {
    match operator {
        Arithmetic::Add => left.plus(right),
        Arithmetic::Subtract => left.plus(&right.negated()),
        Arithmetic::Multiply => left.times(right),
        Arithmetic::Divide => left.over(right).unwrap_or(Interval::ALL),
        Arithmetic::Lower => left.lower(right),
        Arithmetic::Higher => left.higher(right),
    }
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

/// The facts as far as an undecided condition, holding or not, narrows them: an input compared with a constant. What a
/// strict comparison excludes stays in as the end of the interval: sound, and the hull stays closed.
fn narrow(condition: &Core, facts: &[Admitted], holds: bool) -> Option<Vec<Admitted>> {
    match condition {
        Core::Not(inner) => narrow(inner, facts, !holds),
        Core::And(pair) if holds => both(pair, facts, holds),
        Core::Or(pair) if !holds => both(pair, facts, holds),
        Core::Compare(operator, pair) => {
            let (Core::Fact(place), Core::Number(bound)) = (&pair.0, &pair.1) else {
                return None;
            };
            let to = |low: bool| Interval {
                low: low.then(|| bound.clone()),
                high: (!low).then(|| bound.clone()),
            };
            let limit =
                match (operator, holds) {
                    (Compare::Greater | Compare::GreaterOrEqual, true)
                    | (Compare::Less | Compare::LessOrEqual, false) => to(true),
                    (Compare::Less | Compare::LessOrEqual, true)
                    | (Compare::Greater | Compare::GreaterOrEqual, false) => to(false),
                    (Compare::Equal, true) | (Compare::Unequal, false) => Interval::point(bound.clone()),
                    (Compare::Equal, false) | (Compare::Unequal, true) => return None,
                };
            let Held::Number(interval) = &facts.get(*place)?.held else {
                return None;
            };
            let narrowed = interval.meet(&limit);
            let mut facts = facts.to_vec();
            facts.get_mut(*place)?.held = Held::Number(narrowed);
            Some(facts)
        }
        _ => None,
    }
}

fn both(pair: &(Core, Core), facts: &[Admitted], holds: bool) -> Option<Vec<Admitted>> {
    let first = narrow(&pair.0, facts, holds);
    let second = narrow(&pair.1, first.as_deref().unwrap_or(facts), holds);
    second.or(first)
}

/// The mean of places within bounds: between the least and the most of the places that may be taken.
fn places(ladder: &Ladder, number: &impl Fn(&Core) -> Option<Interval>) -> Option<Interval> {
    let (place, width) = (number(&ladder.place)?, number(&ladder.width)?);
    if let (Some(place), Some(width)) = (place.single(), width.single()) {
        let singles = |core: &Core| number(core)?.single().cloned();
        if let Some(mean) = super::point::ladder(ladder, place, width, &singles) {
            return Some(Interval::point(mean));
        }
    }
    let whole = |number: &Exact| {
        number
            .floor()
            .to_i128()
            .and_then(|number| usize::try_from(number.max(1)).ok())
    };
    let first = place.low.as_ref().and_then(whole)?;
    let last = place.high.as_ref().and_then(whole)?;
    let wide = width.high.as_ref().and_then(whole)?;
    let end = last.saturating_add(wide.saturating_sub(1));
    let listed = ladder.points.iter().take(end).skip(first.saturating_sub(1));
    let mut hull: Option<Interval> = None;
    for points in listed {
        let points = number(points)?;
        hull = Some(hull.map_or(points.clone(), |hull| hull.hull(&points)));
    }
    if end > ladder.points.len() {
        let beyond = number(&ladder.beyond)?;
        hull = Some(hull.map_or(beyond.clone(), |hull| hull.hull(&beyond)));
    }
    hull
}
