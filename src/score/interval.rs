//! The core form over facts that may not be known: everything that a value may be.
//!
//! Sound always: whatever the facts turn out to be within their declarations, the value lies in what is given here. And
//! exact where everything is known: a single value.

mod narrow;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;

use narrow::Said;

use super::Inputs;
use super::expiring::possible_points;
use super::point::{ladder, months_after, of_grade, work_days};
use super::tally_interval::possible_tally;
use crate::exact::{Exact, Interval};
use crate::fact::{FieldDeclaration, FieldKind, Held, Input, Scalar};
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

/// The event at hand.
#[derive(Clone, Copy)]
pub(super) struct EventAt<'c> {
    /// Its fields; `None` for an event that nobody has seen.
    pub(super) fields: Option<&'c [Option<Scalar>]>,
    /// The list that it belongs to.
    pub(super) of: &'c Input,
}

impl<'c> EventAt<'c> {
    /// A field, where it is known.
    pub(super) fn field(&self, field: usize) -> Option<&'c Scalar> {
        self.fields?.get(field)?.as_ref()
    }

    /// What is declared of a field.
    pub(super) fn declared(&self, field: usize) -> Option<&'c FieldDeclaration> {
        self.of.declaration.fields.get(field)
    }
}

/// Everything that the value may be.
pub fn possible(core: &Core, inputs: &Inputs<'_>) -> Possible {
    let mut evaluator = Evaluator {
        inputs: *inputs,
        event: None,
        said: Vec::new(),
    };
    evaluator.value(core).unwrap_or(Possible::NotApplicable)
}

/// Reads the core form. Each operator has its own function, so that deep expressions fit small stacks.
pub(super) struct Evaluator<'c> {
    pub(super) inputs: Inputs<'c>,
    pub(super) event: Option<EventAt<'c>>,
    /// What the branches around say about values.
    pub(super) said: Vec<Said<'c>>,
}

/// In all of these `None` says that something does not apply.
impl<'c> Evaluator<'c> {
    /// Everything that the value may be.
    pub(super) fn value(&mut self, core: &'c Core) -> Option<Possible> {
        let value = match core {
            Core::Arithmetic(operator, pair) => self.arithmetic(*operator, pair)?,
            Core::Absolute(inner) => Possible::Number(self.number(inner)?.abs()),
            Core::Round(inner, rounding) => Possible::Number(self.number(inner)?.rounded(rounding)),
            Core::Root(inner, degree, rounding) => {
                let inner = self.number(inner)?;
                let root = |end: &Exact| end.root(*degree, rounding);
                Possible::Number(Interval {
                    low: Some(inner.low.as_ref().map_or(Exact::ZERO, root)),
                    high: inner.high.as_ref().map(root),
                })
            }
            Core::Compare(operator, pair) => self.compare(*operator, pair)?,
            Core::And(pair) => self.joined(pair, false)?,
            Core::Or(pair) => self.joined(pair, true)?,
            Core::Not(inner) => Possible::Truth(self.truth(inner)?.map(|truth| !truth)),
            Core::Select(parts) => self.select(parts)?,
            Core::MonthsAfter(pair) => self.months_after(pair)?,
            Core::WorkDays(pair) => self.work_days(pair)?,
            Core::Tally(tally) => Possible::Number(possible_tally(tally, self)?),
            Core::Expiring(expiring) => Possible::Number(possible_points(expiring, self)?),
            Core::Ladder(ladder) => Possible::Number(self.places(ladder)?),
            _ => self.leaf(core)?,
        };
        Some(if self.said.is_empty() {
            value
        } else {
            self.refined(core, value)
        })
    }

    pub(super) fn number(&mut self, core: &'c Core) -> Option<Interval> {
        match self.value(core)? {
            Possible::Number(interval) => Some(interval),
            _ => None,
        }
    }

    pub(super) fn truth(&mut self, core: &'c Core) -> Option<Option<bool>> {
        match self.value(core)? {
            Possible::Truth(truth) => Some(truth),
            _ => None,
        }
    }

    /// What has no operands.
    #[inline(never)]
    fn leaf(&self, core: &Core) -> Option<Possible> {
        Some(match core {
            Core::Number(value) => Possible::Number(Interval::point(value.clone())),
            Core::Truth(value) => Possible::Truth(Some(*value)),
            Core::Word(word) => Possible::Word(Some(word.clone())),
            Core::Fact(fact) => match &self.inputs.facts.get(*fact)?.held {
                Held::Number(interval) => Possible::Number(interval.clone()),
                Held::Truth(value) => Possible::Truth(*value),
                Held::Word(word) => Possible::Word(word.clone()),
                Held::Events(_) | Held::Ballots(_) | Held::NotApplicable => return None,
            },
            Core::Applicable(fact) => Possible::Truth(Some(self.inputs.facts.get(*fact)?.held != Held::NotApplicable)),
            Core::Field(field) => self.field(*field)?,
            Core::Cell(cell) => match self.inputs.cells.get(*cell)? {
                Possible::NotApplicable => return None,
                value => value.clone(),
            },
            Core::Result(scheme, out_of) => Possible::Number(self.inputs.results.get(scheme).map_or_else(
                || Interval::between(Exact::ZERO, out_of.clone()),
                |result| result.interval(),
            )),
            Core::ByGrade(scheme, numbers) => Possible::Number(self.by_grade(scheme, numbers)),
            Core::Grade(scheme) => Possible::Word(
                match self.inputs.results.get(scheme).map(|result| result.grades.as_slice()) {
                    Some([grade]) => Some(grade.clone()),
                    _ => None,
                },
            ),
            // Linked programs have nothing else here.
            _ => return None,
        })
    }

    /// A field of the event at hand; while it is unknown, what its declaration allows.
    fn field(&self, field: usize) -> Option<Possible> {
        let event = self.event?;
        Some(match event.field(field) {
            Some(Scalar::Number(number)) => Possible::Number(Interval::point(number.clone())),
            Some(Scalar::Text(text)) => Possible::Word(Some(text.clone())),
            Some(Scalar::Day(day)) => Possible::Number(Interval::point(Exact::from(day.number()))),
            Some(Scalar::Truth(truth)) => Possible::Truth(Some(*truth)),
            None => {
                let declared = event.declared(field)?;
                match declared.kind {
                    FieldKind::Number | FieldKind::Date => {
                        Possible::Number(Interval::between(declared.least(), declared.greatest()))
                    }
                    FieldKind::YesNo => Possible::Truth(None),
                    FieldKind::Choice | FieldKind::Matter | FieldKind::Holder => Possible::Word(None),
                }
            }
        })
    }

    /// The numbers of the grades that may be; of any grade, listed or not, where they are not known.
    fn by_grade(&self, scheme: &str, numbers: &[(String, Exact)]) -> Interval {
        let nought = Interval::point(Exact::ZERO);
        let hull = |numbers: &mut dyn Iterator<Item = Exact>| {
            numbers.map(Interval::point).reduce(|one, other| one.hull(&other))
        };
        match self.inputs.results.get(scheme) {
            Some(result) if !result.grades.is_empty() => {
                hull(&mut result.grades.iter().map(|grade| of_grade(grade, numbers))).unwrap_or(nought)
            }
            _ => hull(&mut numbers.iter().map(|(_, number)| number.clone()))
                .map_or(nought.clone(), |hull| hull.hull(&nought)),
        }
    }

    #[inline(never)]
    fn arithmetic(&mut self, operator: Arithmetic, pair: &'c (Core, Core)) -> Option<Possible> {
        let left = self.number(&pair.0)?;
        let right = self.number(&pair.1)?;
        Some(Possible::Number(match operator {
            Arithmetic::Add => left.plus(&right),
            Arithmetic::Subtract => left.plus(&right.negated()),
            Arithmetic::Multiply => left.times(&right),
            Arithmetic::Divide => left.over(&right).unwrap_or(Interval::ALL),
            Arithmetic::Lower => left.lower(&right),
            Arithmetic::Higher => left.higher(&right),
        }))
    }

    #[inline(never)]
    fn compare(&mut self, operator: Compare, pair: &'c (Core, Core)) -> Option<Possible> {
        let equal = |same: bool| same == (operator == Compare::Equal);
        Some(Possible::Truth(match (self.value(&pair.0)?, self.value(&pair.1)?) {
            (Possible::Number(left), Possible::Number(right)) => ordered(operator, &left, &right),
            (Possible::Word(Some(left)), Possible::Word(Some(right))) => Some(equal(left == right)),
            (Possible::Word(None), Possible::Word(Some(word))) => self.is_word(&pair.0, &word).map(equal),
            (Possible::Word(Some(word)), Possible::Word(None)) => self.is_word(&pair.1, &word).map(equal),
            (Possible::Truth(Some(left)), Possible::Truth(Some(right))) => Some(equal(left == right)),
            _ => None,
        }))
    }

    /// Both or either: `decides` is the truth of one side that settles the whole. The right side matters only where the left
    /// did not settle it.
    #[inline(never)]
    fn joined(&mut self, pair: &'c (Core, Core), decides: bool) -> Option<Possible> {
        let left = self.truth(&pair.0)?;
        if left == Some(decides) {
            return Some(Possible::Truth(Some(decides)));
        }
        let here = self.said.len();
        if left.is_none() {
            self.suppose(&pair.0, !decides);
        }
        let right = self.truth(&pair.1);
        self.said.truncate(here);
        let right = right?;
        Some(Possible::Truth(match (left, right) {
            (_, Some(truth)) if truth == decides => Some(decides),
            (Some(_), right) => right,
            _ => None,
        }))
    }

    /// The chosen branch; of an undecided condition both, each with what the condition says about it. A chain of else
    /// branches is walked without going deeper.
    #[inline(never)]
    fn select(&mut self, parts: &'c (Core, Core, Core)) -> Option<Possible> {
        let outside = self.said.len();
        let mut parts = parts;
        let mut hull: Option<Possible> = None;
        let last = loop {
            let Some(condition) = self.truth(&parts.0) else {
                break None;
            };
            if condition == Some(true) {
                break self.value(&parts.1);
            }
            if condition.is_none() {
                let here = self.said.len();
                self.suppose(&parts.0, true);
                let yes = self.value(&parts.1);
                self.said.truncate(here);
                let Some(yes) = yes else { break None };
                hull = Some(hull.map_or_else(|| yes.clone(), |hull| hull.hull(yes.clone())));
                self.suppose(&parts.0, false);
            }
            match &parts.2 {
                Core::Select(next) => parts = next,
                no => break self.value(no),
            }
        };
        self.said.truncate(outside);
        let last = last?;
        Some(hull.map_or_else(|| last.clone(), |hull| hull.hull(last.clone())))
    }

    #[inline(never)]
    fn months_after(&mut self, pair: &'c (Core, Core)) -> Option<Possible> {
        let (from, months) = (self.number(&pair.0)?, self.number(&pair.1)?);
        // Later in both; what has no bound has none afterwards.
        let end = |from: &Option<Exact>, months: &Option<Exact>| months_after(from.as_ref()?, months.as_ref()?);
        Some(Possible::Number(Interval {
            low: end(&from.low, &months.low),
            high: end(&from.high, &months.high),
        }))
    }

    #[inline(never)]
    fn work_days(&mut self, pair: &'c (Core, Core)) -> Option<Possible> {
        let (from, to) = (self.number(&pair.0)?, self.number(&pair.1)?);
        let inputs = &self.inputs;
        let between = |from: &Option<Exact>, to: &Option<Exact>| Some(work_days(from.as_ref()?, to.as_ref()?, inputs));
        Some(Possible::Number(Interval {
            low: between(&from.high, &to.low).or(Some(Exact::ZERO)),
            high: between(&from.low, &to.high),
        }))
    }

    /// The mean of the places that may be taken.
    ///
    /// Every place behind the list is like the first behind it. With more places behind the list the mean moves towards
    /// `beyond` and nowhere else, so of these widths only the ends matter.
    #[inline(never)]
    fn places(&mut self, what: &'c Ladder) -> Option<Interval> {
        let (place, width) = (self.number(&what.place)?, self.number(&what.width)?);
        let mut points = Vec::with_capacity(what.points.len());
        for core in &what.points {
            points.push(self.number(core)?);
        }
        let beyond = self.number(&what.beyond)?;
        let behind = points.len().saturating_add(1);
        let first = place.low.as_ref().map_or(1, whole_place);
        let last = place
            .high
            .as_ref()
            .map_or(behind, whole_place)
            .min(behind)
            .max(first.min(behind));
        let (narrowest, widest) = (
            width.low.as_ref().map_or(1, whole_place),
            width.high.as_ref().map(whole_place),
        );
        let (lows, highs): (Vec<_>, Vec<_>) = points.into_iter().map(|points| (points.low, points.high)).unzip();
        let mean = |points: &[Option<Exact>], beyond: &Option<Exact>, place: usize, width: usize| {
            ladder(points, beyond.as_ref(), place, width)
        };
        let mut hull: Option<Interval> = None;
        for place in first.min(behind)..=last {
            let listed = behind.saturating_sub(place);
            let most = widest.unwrap_or(usize::MAX);
            let widths = (narrowest..=most.min(listed)).chain([listed.max(narrowest).min(most), most]);
            for width in widths {
                let mean = Interval {
                    low: mean(&lows, &beyond.low, place, width),
                    high: mean(&highs, &beyond.high, place, width),
                };
                hull = Some(hull.map_or_else(|| mean.clone(), |hull| hull.hull(&mean)));
            }
        }
        hull
    }
}

/// A place or how many, at least one.
pub(super) fn whole_place(number: &Exact) -> usize {
    let whole = number.floor().to_i128().unwrap_or(i128::MAX).max(1);
    usize::try_from(whole).unwrap_or(usize::MAX)
}

/// What a comparison comes to, where it is settled.
fn ordered(operator: Compare, left: &Interval, right: &Interval) -> Option<bool> {
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
