//! The core form over what is known: exact arithmetic, one value.

use super::interval::whole_place;
use super::tally::tally;
use super::{Inputs, Possible, expiring};
use crate::calendar::{Date, months_later};
use crate::exact::{Exact, Interval};
use crate::fact::{Held, Scalar};
use crate::scheme::core::{Arithmetic, Compare, Core};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A number, or a day as its number.
    Number(Exact),
    /// A truth.
    Truth(bool),
    /// A word.
    Word(String),
}

impl From<Point> for Possible {
    fn from(point: Point) -> Self {
        match point {
            Point::Number(number) => Possible::Number(Interval::point(number)),
            Point::Truth(truth) => Possible::Truth(Some(truth)),
            Point::Word(word) => Possible::Word(Some(word)),
        }
    }
}

impl Possible {
    /// The value, when there is only one.
    pub(super) fn single(&self) -> Option<Point> {
        match self {
            Possible::Number(interval) => interval.single().cloned().map(Point::Number),
            Possible::Truth(truth) => truth.map(Point::Truth),
            Possible::Word(word) => word.clone().map(Point::Word),
            Possible::NotApplicable => None,
        }
    }
}

/// The value; `None` when something that it reads is not known exactly or does not apply.
pub fn point(core: &Core, inputs: &Inputs<'_>) -> Option<Point> {
    over(core, inputs, &[])
}

/// The value with the fields of an event at hand.
pub(super) fn over(core: &Core, inputs: &Inputs<'_>, event: &[Option<Scalar>]) -> Option<Point> {
    let number = |core: &Core| number(core, inputs, event);
    let truth = |core: &Core| truth(core, inputs, event);
    Some(match core {
        Core::Number(value) => Point::Number(value.clone()),
        Core::Truth(value) => Point::Truth(*value),
        Core::Word(word) => Point::Word(word.clone()),
        Core::Fact(fact) => match &inputs.facts.get(*fact)?.held {
            Held::Number(interval) => Point::Number(interval.single()?.clone()),
            Held::Truth(value) => Point::Truth((*value)?),
            Held::Word(word) => Point::Word(word.clone()?),
            Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => return None,
        },
        Core::Applicable(fact) => Point::Truth(inputs.facts.get(*fact)?.held != Held::NotApplicable),
        Core::Field(field) => scalar(event.get(*field)?.as_ref()?),
        Core::Cell(cell) => inputs.cells.get(*cell)?.single()?,
        Core::Arithmetic(operator, pair) => Point::Number(arithmetic(*operator, &number(&pair.0)?, &number(&pair.1)?)?),
        Core::Absolute(inner) => Point::Number(number(inner)?.abs()),
        Core::Round(inner, rounding) => Point::Number(rounding.round(&number(inner)?)),
        Core::Root(inner, degree, rounding) => Point::Number(number(inner)?.root(*degree, rounding)),
        Core::Compare(compare, pair) => {
            let order = match (over(&pair.0, inputs, event)?, over(&pair.1, inputs, event)?) {
                (Point::Number(left), Point::Number(right)) => left.cmp(&right),
                (Point::Word(left), Point::Word(right)) => left.cmp(&right),
                (Point::Truth(left), Point::Truth(right)) => left.cmp(&right),
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
        Core::Select(parts) => {
            return over(if truth(&parts.0)? { &parts.1 } else { &parts.2 }, inputs, event);
        }
        Core::MonthsAfter(pair) => Point::Number(months_after(&number(&pair.0)?, &number(&pair.1)?)?),
        Core::WorkDays(pair) => Point::Number(work_days(&number(&pair.0)?, &number(&pair.1)?, inputs)),
        Core::Tally(inner) => Point::Number(tally(inner, inputs)?),
        Core::Expiring(inner) => Point::Number(expiring::points(inner, inputs)?),
        Core::Ladder(inner) => {
            let points: Option<Vec<_>> = inner.points.iter().map(|points| number(points).map(Some)).collect();
            let (place, width) = (whole_place(&number(&inner.place)?), whole_place(&number(&inner.width)?));
            Point::Number(ladder(&points?, Some(&number(&inner.beyond)?), place, width)?)
        }
        Core::Result(scheme, _) => Point::Number(inputs.results.get(scheme)?.interval().single()?.clone()),
        Core::ByGrade(scheme, numbers) => match inputs.results.get(scheme)?.grades.as_slice() {
            [grade] => Point::Number(of_grade(grade, numbers)),
            _ => return None,
        },
        Core::Grade(scheme) => match inputs.results.get(scheme)?.grades.as_slice() {
            [grade] => Point::Word(grade.clone()),
            _ => return None,
        },
        // Linked programs have none of these.
        Core::Item(_) | Core::Total | Core::FullTotal | Core::Defined(_) | Core::Gathered(_) => return None,
    })
}

/// The number that goes with a grade.
pub(super) fn of_grade(grade: &str, numbers: &[(String, Exact)]) -> Exact {
    let listed = numbers.iter().find(|(known, _)| known == grade);
    listed.map_or(Exact::ZERO, |(_, number)| number.clone())
}

pub(super) fn number(core: &Core, inputs: &Inputs<'_>, event: &[Option<Scalar>]) -> Option<Exact> {
    match over(core, inputs, event)? {
        Point::Number(number) => Some(number),
        Point::Truth(_) | Point::Word(_) => None,
    }
}

pub(super) fn truth(core: &Core, inputs: &Inputs<'_>, event: &[Option<Scalar>]) -> Option<bool> {
    match over(core, inputs, event)? {
        Point::Truth(truth) => Some(truth),
        Point::Number(_) | Point::Word(_) => None,
    }
}

fn scalar(value: &Scalar) -> Point {
    match value {
        Scalar::Number(number) => Point::Number(number.clone()),
        Scalar::Text(text) => Point::Word(text.clone()),
        Scalar::Day(day) => Point::Number(Exact::from(day.number())),
        Scalar::Truth(truth) => Point::Truth(*truth),
    }
}

pub(super) fn arithmetic(operator: Arithmetic, left: &Exact, right: &Exact) -> Option<Exact> {
    Some(match operator {
        Arithmetic::Add => left + right,
        Arithmetic::Subtract => left - right,
        Arithmetic::Multiply => left * right,
        Arithmetic::Divide => left.checked_div(right)?,
        Arithmetic::Lower => left.min(right).clone(),
        Arithmetic::Higher => left.max(right).clone(),
    })
}

fn whole(number: &Exact) -> Option<i128> {
    let floor = number.floor();
    floor.to_i128()
}

/// The day of a number; numbers beyond the calendar are its ends.
pub(super) fn day(number: &Exact) -> Date {
    let day = whole(number)
        .and_then(|number| i64::try_from(number).ok())
        .and_then(Date::from_number);
    match day {
        Some(day) => day,
        None if *number < Exact::ONE => Date::from_number(1).unwrap_or(Date::LAST),
        None => Date::LAST,
    }
}

/// The day so many whole months later.
pub(super) fn months_after(from: &Exact, months: &Exact) -> Option<Exact> {
    let months = whole(months).and_then(|months| u32::try_from(months).ok()).unwrap_or(0);
    let later = months_later(day(from), months).unwrap_or(Date::LAST);
    Some(Exact::from(later.number()))
}

/// Working days after the first day up to and with the second; a year without calendar is noted.
pub(super) fn work_days(from: &Exact, to: &Exact, inputs: &Inputs<'_>) -> Exact {
    let (from, to) = (day(from), day(to));
    if to <= from {
        return Exact::ZERO;
    }
    match inputs
        .calendars
        .days_counted(from, to, crate::calendar::FirstDay::DoesNotCount)
    {
        Ok(days) => Exact::from(days),
        Err(_) => {
            for year in from.year()..=to.year() {
                if inputs.calendars.of_year(year).is_none() {
                    inputs.missing.note(year);
                }
            }
            Exact::ZERO
        }
    }
}

/// The mean of so many places from this one on; `None` when one of them has no number.
pub(super) fn ladder(points: &[Option<Exact>], beyond: Option<&Exact>, place: usize, width: usize) -> Option<Exact> {
    let listed = points.iter().skip(place.saturating_sub(1)).take(width);
    let behind = width.saturating_sub(listed.len());
    let mut sum = Exact::ZERO;
    for points in listed {
        sum = &sum + points.as_ref()?;
    }
    if behind > 0 {
        sum = &sum + &(beyond? * &Exact::from(behind));
    }
    sum.checked_div(&Exact::from(width))
}
