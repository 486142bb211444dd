//! The value of an expression for one subject: section 3, for facts that are known.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use zeren::document::Value;

use super::day;
use super::documents::{Declared, Event, Held, Known, Scheme, Subject};
use super::expression::Expression;
use super::fraction::Fraction;
use super::order::Part;

/// Subjects that are scored together.
pub struct Cohort<'s> {
    pub scheme: &'s Scheme,
    pub subjects: Vec<Subject>,
    /// What is worked out already: items by subject and id, totals by subject. They are asked for again and again.
    pub parts: RefCell<BTreeMap<(usize, String), Part>>,
    pub totals: RefCell<BTreeMap<usize, (Fraction, Fraction)>>,
}

/// Where an expression stands: of which subject it speaks, and of which event.
#[derive(Clone, Copy)]
pub struct At<'c> {
    pub cohort: &'c Cohort<'c>,
    pub subject: usize,
    /// The events whose fields come before facts, in a filter or value over events.
    pub events: Option<&'c Declared>,
    pub event: Option<&'c Event>,
    /// Whether `total` is the total before rounding, as in grades that are compared with it.
    pub full_total: bool,
}

impl<'c> At<'c> {
    pub fn own(self) -> &'c Subject {
        &self.cohort.subjects[self.subject]
    }

    /// The same place for another subject.
    pub fn of(self, subject: usize) -> Self {
        At { subject, ..self }
    }

    /// The same place for an event.
    pub fn event(self, events: &'c Declared, event: &'c Event) -> Self {
        At {
            events: Some(events),
            event: Some(event),
            ..self
        }
    }

    pub fn number(self, expression: &Expression) -> Fraction {
        match self.value(expression) {
            Known::Number(number) => number,
            other => panic!("{other:?} of {expression:?} is no number"),
        }
    }

    pub fn truth(self, expression: &Expression) -> bool {
        match self.value(expression) {
            Known::Truth(truth) => truth,
            other => panic!("{other:?} of {expression:?} is no condition"),
        }
    }

    pub fn day(self, expression: &Expression) -> i64 {
        match self.value(expression) {
            Known::Day(day) => day,
            other => panic!("{other:?} of {expression:?} is no day"),
        }
    }

    /// An amount: a number, an expression, a table by class or by a declared choice.
    pub fn amount(self, amount: &Value) -> Fraction {
        match amount {
            Value::Number(number) => Fraction::parse(number.as_str()).unwrap(),
            Value::Text(text) => match Fraction::parse(text) {
                Some(number) => number,
                None => self.number(&self.cohort.scheme.parse(text)),
            },
            table => {
                let (word, values) = match table.get("by_class") {
                    Some(values) => (self.own().class.clone().unwrap(), values),
                    None => {
                        let choice = table.get("by").and_then(Value::as_text).unwrap();
                        let Known::Word(word) = self.fact(choice) else {
                            panic!("{choice} is no choice")
                        };
                        (word, table.get("values").unwrap())
                    }
                };
                self.amount(values.get(&word).unwrap_or_else(|| panic!("the table names no {word}")))
            }
        }
    }

    pub fn value(self, expression: &Expression) -> Known {
        match expression {
            Expression::Number(number) => Known::Number(number.clone()),
            Expression::Word(word) => Known::Word(word.clone()),
            Expression::Truth(truth) => Known::Truth(*truth),
            Expression::Name(name) => self.named(name),
            Expression::Call(function, arguments) => self.call(function, arguments),
            Expression::Not(inner) => Known::Truth(!self.truth(inner)),
            Expression::Minus(inner) => Known::Number(-self.number(inner)),
            Expression::And(sides) => Known::Truth(self.truth(&sides[0]) && self.truth(&sides[1])),
            Expression::Or(sides) => Known::Truth(self.truth(&sides[0]) || self.truth(&sides[1])),
            Expression::Choose(parts) => self.value(if self.truth(&parts[0]) { &parts[1] } else { &parts[2] }),
            Expression::Compare(operator, sides) => {
                let (left, right) = (self.value(&sides[0]), self.value(&sides[1]));
                Known::Truth(match operator.as_str() {
                    "==" => left == right,
                    "!=" => left != right,
                    "<" => left < right,
                    "<=" => left <= right,
                    ">" => left > right,
                    _ => left >= right,
                })
            }
            Expression::Arithmetic(operator, sides) => match (operator, self.value(&sides[0]), self.value(&sides[1])) {
                ('-', Known::Day(one), Known::Day(other)) => Known::Number(Fraction::whole(one - other)),
                ('+', Known::Day(day), Known::Number(days)) => Known::Day(day + days.to_i64()),
                ('-', Known::Day(day), Known::Number(days)) => Known::Day(day - days.to_i64()),
                ('+', Known::Number(one), Known::Number(other)) => Known::Number(one + other),
                ('-', Known::Number(one), Known::Number(other)) => Known::Number(one - other),
                ('*', Known::Number(one), Known::Number(other)) => Known::Number(one * other),
                ('/', Known::Number(one), Known::Number(other)) => Known::Number(one / other),
                other => panic!("{other:?}"),
            },
        }
    }

    /// In a filter the names of fields come first, then definitions and facts.
    fn named(self, name: &str) -> Known {
        match name {
            "class" => return Known::Word(self.own().class.clone().unwrap()),
            "total" => return Known::Number(self.total(self.full_total)),
            _ => {}
        }
        if let Some(events) = self.events
            && events.fields.contains_key(name)
        {
            return self.event.unwrap()[name].clone();
        }
        match self.cohort.scheme.definitions.get(name) {
            Some(text) => self.outside_events().value(&self.cohort.scheme.parse(text)),
            None => self.fact(name),
        }
    }

    pub fn outside_events(self) -> Self {
        At {
            events: None,
            event: None,
            ..self
        }
    }

    fn fact(self, name: &str) -> Known {
        one(self.held(name))
    }

    pub fn held(self, name: &str) -> &'c Held {
        self.own()
            .facts
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not known"))
    }

    pub fn events_of(self, name: &str) -> (&'c Declared, &'c [Event]) {
        match self.held(name) {
            Held::Events(events) => (&self.cohort.scheme.facts[name], events),
            other => panic!("{name}: {other:?} is no list of events"),
        }
    }

    fn call(self, function: &str, given: &[Expression]) -> Known {
        let number = |place: usize| self.number(&given[place]);
        let numbers = || given.iter().map(|argument| self.number(argument));
        let word = |place: usize| word_of(&given[place]);
        Known::Number(match function {
            "min" => numbers().min().unwrap(),
            "max" => numbers().max().unwrap(),
            "abs" => number(0).abs(),
            "round" => number(0).rounded(number(1).to_i64(), word(2)),
            "root" => number(0).root(u32::try_from(number(1).to_i64()).unwrap(), number(2).to_i64(), word(3)),
            "applicable" => return Known::Truth(!matches!(self.held(name_of(&given[0])), Held::NotApplicable)),
            "date" => return Known::Day(day::parse(word(0))),
            "months_after" => return Known::Day(day::months_after(self.day(&given[0]), number(1).to_i64())),
            "workdays" => {
                let (first, second) = (self.day(&given[0]), self.day(&given[1]));
                Fraction::whole(self.cohort.scheme.calendar.between(first, second))
            }
            "last" => {
                let years = if given.len() > 1 { number(1).to_i64() } else { 1 };
                return one(&self.own().history[&(self.cohort.scheme.year - years)][name_of(&given[0])]);
            }
            "target" => return one(&self.own().targets[name_of(&given[0])]),
            "any" => return Known::Truth(!self.passing(given, Some(1)).is_empty()),
            "count" => Fraction::whole(
                self.passing(given, given.len().checked_sub(1).filter(|at| *at > 0))
                    .len() as i64,
            ),
            "distinct" => {
                let field = name_of(&given[1]);
                let passing = self.passing(given, (given.len() > 2).then_some(2));
                let different: BTreeSet<Known> = passing.iter().map(|at| at.event.unwrap()[field].clone()).collect();
                Fraction::whole(different.len() as i64)
            }
            "sum" => {
                let passing = self.passing(given, (given.len() > 2).then_some(2));
                passing.iter().map(|at| at.number(&given[1])).sum()
            }
            "mean" | "highest" | "lowest" => {
                let passing = self.passing(given, (given.len() > 3).then_some(2));
                let values: Vec<Fraction> = passing.iter().map(|at| at.number(&given[1])).collect();
                let found = match function {
                    "mean" => mean(&values),
                    "highest" => values.into_iter().max(),
                    _ => values.into_iter().min(),
                };
                found.unwrap_or_else(|| self.number(given.last().unwrap()))
            }
            "votes" | "issued" | "returned" | "valid" => {
                let Held::Ballots {
                    issued,
                    returned,
                    valid,
                    votes,
                } = self.held(name_of(&given[0]))
                else {
                    panic!("no ballots")
                };
                match function {
                    "issued" => issued.clone(),
                    "returned" => returned.clone(),
                    "valid" => valid.clone(),
                    _ => votes.get(word(1)).cloned().unwrap_or_else(Fraction::zero),
                }
            }
            "item" => self.part(word(0)).own,
            "result" => self.own().results[word(0)].0.clone(),
            "grade" => return Known::Word(self.own().results[word(0)].1.clone()),
            "rank" => {
                let descending = given.len() < 2 || word(1) == "descending";
                let (own, all) = (number(0), self.gathered(self.peers(), &given[0]));
                let better = all
                    .iter()
                    .filter(|other| if descending { **other > own } else { **other < own });
                Fraction::whole(1 + better.count() as i64)
            }
            _ => {
                let (over, how) = function
                    .split_once('_')
                    .unwrap_or_else(|| panic!("no function {function}"));
                let members = if over == "cohort" { self.peers() } else { self.below() };
                if how == "count" {
                    let holds = |at: &At<'_>| at.applies(&given[0]) && at.truth(&given[0]);
                    return Known::Number(Fraction::whole(members.into_iter().filter(holds).count() as i64));
                }
                let values = self.gathered(members, &given[0]);
                match how {
                    "max" => values.into_iter().max().unwrap(),
                    "min" => values.into_iter().min().unwrap(),
                    "mean" => mean(&values).unwrap(),
                    "sum" => values.into_iter().sum(),
                    _ => panic!("no function {function}"),
                }
            }
        })
    }

    /// The events of the first argument that pass the filter at a place, each as where its fields are read.
    fn passing(self, given: &[Expression], filter: Option<usize>) -> Vec<At<'c>> {
        let (declared, events) = self.events_of(name_of(&given[0]));
        let at = events.iter().map(|event| self.event(declared, event));
        at.filter(|at| filter.is_none_or(|place| at.truth(&given[place])))
            .collect()
    }

    /// Everybody of the subject's cohort, the subject included.
    pub fn peers(self) -> Vec<At<'c>> {
        let all = 0..self.cohort.subjects.len();
        all.map(|subject| self.of(subject))
            .filter(|at| at.own().cohort == self.own().cohort)
            .collect()
    }

    /// The subjects whose parent this is.
    pub fn below(self) -> Vec<At<'c>> {
        let all = 0..self.cohort.subjects.len();
        all.map(|subject| self.of(subject))
            .filter(|at| at.own().parent.as_ref() == Some(&self.own().id))
            .collect()
    }

    /// The value of each of these to whom it applies.
    pub fn gathered(self, members: Vec<At<'c>>, value: &Expression) -> Vec<Fraction> {
        let applying = members.into_iter().filter(|at| at.applies(value));
        applying.map(|at| at.number(value)).collect()
    }
}

/// The arithmetic mean, when there is anything.
pub fn mean(values: &[Fraction]) -> Option<Fraction> {
    let count = Fraction::whole(values.len() as i64);
    (!values.is_empty()).then(|| values.iter().cloned().sum::<Fraction>() / count)
}

fn one(held: &Held) -> Known {
    match held {
        Held::One(known) => known.clone(),
        other => panic!("{other:?} is no single value"),
    }
}

pub fn name_of(expression: &Expression) -> &str {
    match expression {
        Expression::Name(name) => name,
        other => panic!("{other:?} is no name"),
    }
}

pub fn word_of(expression: &Expression) -> &str {
    match expression {
        Expression::Word(word) => word,
        other => panic!("{other:?} is no word"),
    }
}
