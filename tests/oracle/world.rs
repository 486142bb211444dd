//! Subjects with known facts, and the value of expressions over them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use zeren::document::Value;

use super::day;
use super::expression::{Expression, parse};
use super::fraction::Fraction;

/// A value: days are whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    Number(Fraction),
    Truth(bool),
    Word(String),
}

/// One subject.
pub struct Subject {
    pub id: String,
    pub cohort: String,
    pub parent: Option<String>,
    /// The values of its facts document.
    pub facts: Value,
    /// Scores of other schemes.
    pub results: BTreeMap<String, Fraction>,
}

/// Everybody who is scored together.
pub struct World<'a> {
    pub scheme: &'a Value,
    pub subjects: Vec<Subject>,
    /// Points that are worked out already, by subject and id.
    pub known: RefCell<BTreeMap<(usize, String), Fraction>>,
    /// Whether `total` is the one before rounding: in what grades need, where lines are compared in full.
    pub in_full: Cell<bool>,
}

pub fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_text)
}

pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

pub fn number(value: &Value) -> Option<Fraction> {
    match value {
        Value::Number(number) => Fraction::parse(number.as_str()),
        Value::Text(text) => Fraction::parse(text),
        _ => None,
    }
}

/// Where an expression is evaluated: a subject, and perhaps one event of it.
#[derive(Clone, Copy)]
pub struct Place<'p> {
    pub who: usize,
    pub event: Option<&'p Value>,
}

impl World<'_> {
    fn declaration(&self, name: &str) -> Option<&Value> {
        list(self.scheme, "facts")
            .iter()
            .find(|fact| text(fact, "name") == Some(name))
    }

    pub fn fact(&self, who: usize, name: &str) -> Option<&Value> {
        self.subjects[who].facts.get(name)
    }

    /// Whether a fact applies to a subject.
    pub fn applicable(&self, who: usize, name: &str) -> bool {
        self.fact(who, name).and_then(|value| text(value, "state")) != Some("not_applicable")
    }

    pub fn events(&self, who: usize, name: &str) -> &[Value] {
        self.fact(who, name).map_or(&[], |value| list(value, "events"))
    }

    fn field(&self, events: &str, field: &str, event: &Value) -> Val {
        let declared = self.declaration(events).unwrap();
        let declared = list(declared, "fields")
            .iter()
            .find(|known| text(known, "name") == Some(field))
            .unwrap();
        let value = event.get(field).unwrap();
        match (text(declared, "kind").unwrap(), value) {
            ("date", Value::Text(text)) => Val::Number(Fraction::whole(day::parse(text))),
            (_, Value::Bool(truth)) => Val::Truth(*truth),
            (_, Value::Text(word)) => Val::Word(word.clone()),
            (_, value) => Val::Number(number(value).unwrap()),
        }
    }

    fn value_of(&self, who: usize, name: &str) -> Val {
        let value = self.fact(who, name).unwrap_or_else(|| panic!("no fact {name}"));
        match (text(self.declaration(name).unwrap(), "kind").unwrap(), value) {
            ("date", Value::Text(text)) => Val::Number(Fraction::whole(day::parse(text))),
            (_, Value::Bool(truth)) => Val::Truth(*truth),
            ("choice", Value::Text(word)) => Val::Word(word.clone()),
            (_, Value::Object(_)) => Val::Number(Fraction::zero()),
            (_, value) => Val::Number(number(value).unwrap()),
        }
    }

    /// Whether an expression applies, and what `applicable` alone makes of it.
    fn reading(&self, expression: &Expression, who: usize) -> (bool, Option<bool>) {
        let on = |expression: &Expression| self.reading(expression, who);
        match expression {
            Expression::Name(name) => (self.declaration(name).is_none() || self.applicable(who, name), None),
            Expression::Truth(truth) => (true, Some(*truth)),
            Expression::Number(_) | Expression::Word(_) => (true, None),
            Expression::Not(inner) => {
                let (applies, settled) = on(inner);
                (applies, settled.map(|truth| !truth))
            }
            Expression::And(pair) | Expression::Or(pair) => {
                let decides = matches!(expression, Expression::Or(_));
                let (left, right) = (on(&pair[0]), on(&pair[1]));
                if left.1 == Some(decides) {
                    return left;
                }
                let settled = match (left.1, right.1) {
                    (_, Some(truth)) if truth == decides => Some(decides),
                    (Some(_), other) => other,
                    _ => None,
                };
                (left.0 && right.0, settled)
            }
            Expression::Choose(parts) => {
                let (condition, settled) = on(&parts[0]);
                let chosen = match settled {
                    Some(true) => on(&parts[1]),
                    Some(false) => on(&parts[2]),
                    None => (on(&parts[1]).0 && on(&parts[2]).0, None),
                };
                (condition && chosen.0, chosen.1)
            }
            Expression::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("applicable", [Expression::Name(fact)]) => (true, Some(self.applicable(who, fact))),
                ("count" | "sum" | "mean" | "highest" | "lowest" | "distinct", [Expression::Name(fact), ..]) => {
                    (self.applicable(who, fact), None)
                }
                _ => (arguments.iter().all(|argument| on(argument).0), None),
            },
            Expression::Minus(inner) => (on(inner).0, None),
            Expression::Compare(_, pair) | Expression::Arithmetic(_, pair) => (on(&pair[0]).0 && on(&pair[1]).0, None),
        }
    }

    pub fn applies(&self, expression: &Expression, who: usize) -> bool {
        self.reading(expression, who).0
    }

    /// The value of an expression that applies.
    pub fn value(&self, expression: &Expression, at: Place<'_>, events: &str) -> Val {
        let number = |expression: &Expression| self.number(expression, at, events);
        let truth = |expression: &Expression| self.truth(expression, at, events);
        match expression {
            Expression::Number(number) => Val::Number(number.clone()),
            Expression::Word(word) => Val::Word(word.clone()),
            Expression::Truth(truth) => Val::Truth(*truth),
            Expression::Name(name) => match at.event.filter(|event| event.get(name).is_some()) {
                Some(event) => self.field(events, name, event),
                None if name == "total" && self.in_full.get() => Val::Number(self.full_total(at.who)),
                None if name == "total" => Val::Number(self.total(at.who)),
                None => self.value_of(at.who, name),
            },
            Expression::Not(inner) => Val::Truth(!truth(inner)),
            Expression::Minus(inner) => Val::Number(-number(inner)),
            Expression::And(pair) => Val::Truth(truth(&pair[0]) && truth(&pair[1])),
            Expression::Or(pair) => Val::Truth(truth(&pair[0]) || truth(&pair[1])),
            Expression::Choose(parts) => self.value(if truth(&parts[0]) { &parts[1] } else { &parts[2] }, at, events),
            Expression::Compare(operator, pair) => {
                let (one, other) = (self.value(&pair[0], at, events), self.value(&pair[1], at, events));
                if let (Val::Number(one), Val::Number(other)) = (&one, &other) {
                    return Val::Truth(match operator.as_str() {
                        "==" => one == other,
                        "!=" => one != other,
                        "<" => one < other,
                        "<=" => one <= other,
                        ">" => one > other,
                        _ => one >= other,
                    });
                }
                Val::Truth((one == other) == (operator == "=="))
            }
            Expression::Arithmetic(operator, pair) => {
                let (one, other) = (number(&pair[0]), number(&pair[1]));
                Val::Number(match operator {
                    '+' => one + other,
                    '-' => one - other,
                    '*' => one * other,
                    _ => one / other,
                })
            }
            Expression::Call(name, arguments) => self.call(name, arguments, at, events),
        }
    }

    fn call(&self, name: &str, arguments: &[Expression], at: Place<'_>, events: &str) -> Val {
        let number = |expression: &Expression| self.number(expression, at, events);
        let word = |expression: &Expression| match expression {
            Expression::Word(word) => word.clone(),
            other => panic!("a word is expected, not {other:?}"),
        };
        match name {
            "min" => Val::Number(arguments.iter().map(number).min().unwrap()),
            "max" => Val::Number(arguments.iter().map(number).max().unwrap()),
            "abs" => Val::Number(number(&arguments[0]).abs()),
            "round" => Val::Number(number(&arguments[0]).rounded(number(&arguments[1]).to_i64(), &word(&arguments[2]))),
            "root" => {
                let degree = u32::try_from(number(&arguments[1]).to_i64()).unwrap();
                let place = number(&arguments[2]).to_i64();
                Val::Number(number(&arguments[0]).root(degree, place, &word(&arguments[3])))
            }
            "applicable" => match &arguments[0] {
                Expression::Name(fact) => Val::Truth(self.applicable(at.who, fact)),
                other => panic!("{other:?}"),
            },
            "date" => Val::Number(Fraction::whole(day::parse(&word(&arguments[0])))),
            "months_after" => {
                let from = number(&arguments[0]).to_i64();
                Val::Number(Fraction::whole(day::months_after(from, number(&arguments[1]).to_i64())))
            }
            "item" => Val::Number(self.own_points(at.who, &word(&arguments[0]))),
            "rank" => {
                let all = self.cohort_values(at.who, &arguments[0]);
                let own = number(&arguments[0]);
                let better = all.iter().filter(|other| {
                    if arguments.len() > 1 {
                        **other < own
                    } else {
                        **other > own
                    }
                });
                Val::Number(Fraction::whole(1 + i64::try_from(better.count()).unwrap()))
            }
            "cohort_max" => Val::Number(self.cohort_values(at.who, &arguments[0]).into_iter().max().unwrap()),
            "cohort_min" => Val::Number(self.cohort_values(at.who, &arguments[0]).into_iter().min().unwrap()),
            "cohort_sum" => Val::Number(self.cohort_values(at.who, &arguments[0]).into_iter().sum()),
            "count" | "sum" => {
                let Expression::Name(list) = &arguments[0] else {
                    panic!("{arguments:?}")
                };
                let filter = if name == "count" {
                    arguments.get(1)
                } else {
                    arguments.get(2)
                };
                let one = Expression::Number(Fraction::whole(1));
                let value = if name == "count" { &one } else { &arguments[1] };
                let all = self.events(at.who, list).iter().map(|event| {
                    let at = Place {
                        event: Some(event),
                        ..at
                    };
                    let counts = filter.is_none_or(|filter| self.truth(filter, at, list));
                    if counts {
                        self.number(value, at, list)
                    } else {
                        Fraction::zero()
                    }
                });
                Val::Number(all.sum())
            }
            other => panic!("the oracle knows no function {other}"),
        }
    }

    pub fn number(&self, expression: &Expression, at: Place<'_>, events: &str) -> Fraction {
        match self.value(expression, at, events) {
            Val::Number(number) => number,
            other => panic!("a number is expected, not {other:?}"),
        }
    }

    pub fn truth(&self, expression: &Expression, at: Place<'_>, events: &str) -> bool {
        match self.value(expression, at, events) {
            Val::Truth(truth) => truth,
            other => panic!("a condition is expected, not {other:?}"),
        }
    }

    /// Everybody of a subject's cohort.
    pub fn cohort(&self, who: usize) -> Vec<usize> {
        let own = &self.subjects[who].cohort;
        (0..self.subjects.len())
            .filter(|other| self.subjects[*other].cohort == *own)
            .collect()
    }

    /// Those below a subject.
    pub fn below(&self, who: usize) -> Vec<usize> {
        let own = Some(&self.subjects[who].id);
        (0..self.subjects.len())
            .filter(|other| self.subjects[*other].parent.as_ref() == own)
            .collect()
    }

    /// The values of those of the cohort to whom an expression applies.
    pub fn cohort_values(&self, who: usize, expression: &Expression) -> Vec<Fraction> {
        self.values(&self.cohort(who), expression)
    }

    pub fn values(&self, of: &[usize], expression: &Expression) -> Vec<Fraction> {
        let there = of.iter().filter(|who| self.applies(expression, **who));
        there
            .map(|who| self.number(expression, Place { who: *who, event: None }, ""))
            .collect()
    }

    /// A condition in text; one that does not apply does not hold.
    pub fn holds(&self, condition: &str, who: usize) -> bool {
        let condition = parse(condition);
        self.applies(&condition, who) && self.truth(&condition, Place { who, event: None }, "")
    }
}
