//! What does not apply: an item that reads a fact that does not apply, unless `applicable(x)` guards it.
//!
//! Only `applicable(…)` takes a part of an expression out of what is read; the values of other facts do not. So whether an
//! item applies never hangs on what is still unknown.

use zeren::document::Value;

use super::documents::Held;
use super::evaluate::{At, name_of};
use super::expression::Expression;

/// Fields of rules that hold an expression or an amount wherever they stand.
const READ: &[&str] = &[
    "above",
    "at",
    "at_least",
    "at_most",
    "base",
    "below",
    "best",
    "beyond",
    "by",
    "cap",
    "count",
    "denominator",
    "direct",
    "done",
    "due",
    "each",
    "equal",
    "escalate",
    "every",
    "extra",
    "factor",
    "fail",
    "first",
    "floor",
    "from",
    "from_last",
    "given",
    "gives",
    "grace",
    "least",
    "levels",
    "most",
    "none",
    "of",
    "on",
    "otherwise",
    "out_of",
    "pass",
    "points",
    "rate",
    "repeat_times",
    "score",
    "share",
    "start",
    "starts",
    "step",
    "target",
    "then",
    "times",
    "to",
    "under",
    "value",
    "void",
    "weight",
    "weights",
    "when",
    "where",
    "worst",
    "against",
    "over",
];

/// Words that stand in such a field and are no expression.
const WORDS: &[&str] = &[
    "none", "mirror", "flat", "cohort", "best", "mean", "valid", "returned", "issued",
];

impl At<'_> {
    /// Whether an expression applies to the subject.
    pub fn applies(self, expression: &Expression) -> bool {
        match expression {
            Expression::Number(_) | Expression::Word(_) | Expression::Truth(_) => true,
            Expression::Name(name) => self.name_applies(name),
            Expression::Not(inner) | Expression::Minus(inner) => self.applies(inner),
            Expression::And(sides) => {
                self.applies(&sides[0]) && (self.settled(&sides[0]) == Some(false) || self.applies(&sides[1]))
            }
            Expression::Or(sides) => {
                self.applies(&sides[0]) && (self.settled(&sides[0]) == Some(true) || self.applies(&sides[1]))
            }
            Expression::Choose(parts) => {
                let settled = self.settled(&parts[0]);
                self.applies(&parts[0])
                    && (settled == Some(false) || self.applies(&parts[1]))
                    && (settled == Some(true) || self.applies(&parts[2]))
            }
            Expression::Compare(_, sides) | Expression::Arithmetic(_, sides) => {
                sides.iter().all(|side| self.applies(side))
            }
            Expression::Call(function, given) => self.call_applies(function, given),
        }
    }

    fn name_applies(self, name: &str) -> bool {
        let field = self.events.is_some_and(|events| events.fields.contains_key(name));
        if field || name == "class" || name == "total" {
            return true;
        }
        match self.cohort.scheme.definitions.get(name) {
            Some(text) => self.outside_events().applies(&self.cohort.scheme.parse(text)),
            None => !matches!(self.held(name), Held::NotApplicable),
        }
    }

    fn call_applies(self, function: &str, given: &[Expression]) -> bool {
        let somebody = |members: Vec<At<'_>>| members.iter().any(|at| at.applies(&given[0]));
        match function {
            "applicable" | "item" | "result" | "grade" | "last" | "target" => true,
            "cohort_sum" | "cohort_count" | "below_sum" | "below_count" => true,
            "cohort_max" | "cohort_min" | "cohort_mean" => somebody(self.peers()),
            "below_max" | "below_min" | "below_mean" => somebody(self.below()),
            "count" | "sum" | "any" | "distinct" | "mean" | "highest" | "lowest" => {
                let events = name_of(&given[0]);
                let over = At {
                    events: Some(&self.cohort.scheme.facts[events]),
                    ..self
                };
                self.name_applies(events) && given[1..].iter().all(|argument| over.applies(argument))
            }
            _ => given.iter().all(|argument| self.applies(argument)),
        }
    }

    /// What `applicable` alone says of a condition, whatever the values of facts.
    pub fn settled(self, condition: &Expression) -> Option<bool> {
        match condition {
            Expression::Truth(truth) => Some(*truth),
            Expression::Call(function, given) if function == "applicable" => {
                Some(self.name_applies(name_of(&given[0])))
            }
            Expression::Not(inner) => self.settled(inner).map(|truth| !truth),
            Expression::And(sides) => match (self.settled(&sides[0]), self.settled(&sides[1])) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Expression::Or(sides) => match (self.settled(&sides[0]), self.settled(&sides[1])) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Expression::Choose(parts) => match self.settled(&parts[0])? {
                true => self.settled(&parts[1]),
                false => self.settled(&parts[2]),
            },
            _ => None,
        }
    }

    /// Whether everything applies that a rule reads, wherever in the rule it stands, but for the fields `other`, which
    /// the kind itself asks about.
    pub fn rule_applies(self, rule: &Value, other: &[&str]) -> bool {
        let over = match rule.get("events").and_then(Value::as_text) {
            Some(events) if !self.name_applies(events) => return false,
            Some(events) => At {
                events: Some(&self.cohort.scheme.facts[events]),
                ..self
            },
            None => self,
        };
        if let Some(ballots) = rule.get("ballots").and_then(Value::as_text)
            && !self.name_applies(ballots)
        {
            return false;
        }
        let Value::Object(members) = rule else { return true };
        let read = members.iter().filter(|(name, _)| !other.contains(&name.as_str()));
        read.into_iter().all(|(name, value)| over.field_applies(name, value))
    }

    /// Whether everything applies that an amount reads.
    pub fn amount_applies(self, amount: &Value) -> bool {
        self.field_applies("points", amount)
    }

    /// A field of a rule, or of a part of a rule.
    fn field_applies(self, name: &str, value: &Value) -> bool {
        match value {
            Value::Text(text) => {
                let read = READ.contains(&name) && !WORDS.contains(&text.as_str());
                !read || self.applies(&self.cohort.scheme.parse(text))
            }
            Value::List(all) => all.iter().all(|value| self.field_applies(name, value)),
            // An option of `better_of` is a rule; points by word are amounts; other parts have fields of their own.
            Value::Object(_) if name == "options" => self.rule_applies(value, &[]),
            Value::Object(members) => match name {
                "points" | "weights" | "levels" if value.get("by").is_none() => {
                    members.iter().all(|(_, value)| match value {
                        Value::Object(_) => self.field_applies("", value),
                        amount => self.field_applies("points", amount),
                    })
                }
                "per_period" | "trim" | "quorum" | "passes" => true,
                _ => members.iter().all(|(name, value)| self.field_applies(name, value)),
            },
            _ => true,
        }
    }
}
