//! Rule kinds, each one short function that says what section 7 of the reference says.

mod compared;
mod curves;
mod judged;
mod listed;
mod occurrences;

use zeren::document::Value;

use super::documents::{self, Event, Known, text};
use super::evaluate::At;
use super::fraction::Fraction;

/// Raw points of a rule, and the floor and cap that are its own.
pub struct Raw {
    pub points: Fraction,
    pub floor: Option<Fraction>,
    pub cap: Option<Fraction>,
}

impl Raw {
    /// Points without limits.
    fn free(points: Fraction) -> Self {
        Raw {
            points,
            floor: None,
            cap: None,
        }
    }

    /// Points within the rule's own floor and cap.
    pub fn whole(self) -> Fraction {
        let raised = self
            .floor
            .map_or(self.points.clone(), |floor| self.points.clone().max(floor));
        self.cap.map_or(raised.clone(), |cap| raised.min(cap))
    }
}

/// A rule (or a part of one) of an item of so many points.
pub struct Rule<'c> {
    pub at: At<'c>,
    pub json: &'c Value,
    /// P
    pub full: Fraction,
}

impl<'c> Rule<'c> {
    /// A part of the rule.
    fn part(&self, json: &'c Value) -> Self {
        Rule {
            at: self.at,
            json,
            full: self.full.clone(),
        }
    }

    fn word(&self, name: &str) -> Option<&'c str> {
        text(self.json.get(name))
    }

    fn is(&self, name: &str, word: &str) -> bool {
        self.word(name) == Some(word)
    }

    fn flag(&self, name: &str) -> bool {
        self.json.get(name) == Some(&Value::Bool(true))
    }

    fn list(&self, name: &str) -> &'c [Value] {
        documents::list(self.json.get(name))
    }

    /// A list of parts.
    fn parts(&self, name: &str) -> Vec<Rule<'c>> {
        self.list(name).iter().map(|json| self.part(json)).collect()
    }

    fn truth(&self, name: &str) -> bool {
        self.at.truth(&self.at.cohort.scheme.parse(self.word(name).unwrap()))
    }

    /// A condition that may be left out, then it holds.
    fn holds(&self, name: &str) -> bool {
        self.word(name).is_none() || self.truth(name)
    }

    /// An expression or amount that must be there.
    fn number(&self, name: &str) -> Fraction {
        self.amount(name)
            .unwrap_or_else(|| panic!("no {name} in {:?}", self.json))
    }

    fn amount(&self, name: &str) -> Option<Fraction> {
        self.json.get(name).map(|amount| self.at.amount(amount))
    }

    fn amount_or(&self, name: &str, otherwise: Fraction) -> Fraction {
        self.amount(name).unwrap_or(otherwise)
    }

    /// A limit that must be there: an amount, or `"none"`.
    fn limit(&self, name: &str) -> Option<Fraction> {
        assert!(self.json.get(name).is_some(), "no {name} in {:?}", self.json);
        if self.is(name, "none") { None } else { self.amount(name) }
    }

    /// The amount of a word in an object of amounts by word.
    fn by_word(&self, name: &str, word: &str) -> Option<Fraction> {
        self.json
            .get(name)
            .and_then(|words| words.get(word))
            .map(|amount| self.at.amount(amount))
    }

    /// The rule for each event that passes the filter, fields at hand.
    fn events(&self, filter: Option<&str>) -> Vec<(Rule<'c>, &'c Event)> {
        let (declared, events) = self.at.events_of(self.word("events").unwrap());
        let one = |event: &'c Event| {
            let at = self.at.event(declared, event);
            let rule = Rule {
                at,
                json: self.json,
                full: self.full.clone(),
            };
            (rule, event)
        };
        let all = events.iter().map(one);
        all.filter(|(rule, _)| filter.is_none_or(|filter| rule.holds(filter)))
            .collect()
    }

    /// Raw points: step 2 of the order of application.
    pub fn raw(&self) -> Raw {
        match self.word("kind").unwrap() {
            "all_or_nothing" => Raw::free(listed::all_or_nothing(self)),
            "checklist" => Raw::free(listed::checklist(self)),
            "bands" => Raw::free(listed::bands(self)),
            "choice" => Raw::free(listed::choice(self)),
            "decision" => Raw::free(listed::decision(self)),
            "better_of" => Raw::free(listed::better_of(self)),
            "formula" => listed::formula(self),
            "ratio" => curves::ratio(self),
            "interpolate" => Raw::free(curves::interpolate(self)),
            "slope" => curves::slope(self),
            "steps" => curves::steps(self),
            "gap" => curves::gap(self),
            "late" => curves::late(self),
            "deduct" => occurrences::deduct(self),
            "earn" => occurrences::earn(self),
            "award" => occurrences::award(self),
            "joint" => occurrences::joint(self),
            "expiring" => occurrences::expiring(self),
            "rank" => Raw::free(compared::rank(self)),
            "benchmark" => compared::benchmark(self),
            "minmax" => Raw::free(compared::minmax(self)),
            "subordinates" => Raw::free(compared::subordinates(self)),
            "included" => compared::included(self),
            "panel" => Raw::free(judged::panel(self)),
            "vote" => Raw::free(judged::vote(self)),
            "discretion" => Raw::free(judged::discretion(self)),
            "by_hand" => Raw::free(judged::by_hand(self)),
            other => panic!("no kind {other}"),
        }
    }

    /// Whether the rule applies to the subject.
    pub fn applies(&self) -> bool {
        match self.word("kind").unwrap() {
            "rank" => compared::is_ranked(self),
            "decision" => listed::decision_applies(self),
            "subordinates" => compared::somebody_below(self),
            _ => self.at.rule_applies(self.json, &[]),
        }
    }
}

/// The word that an event has in a field.
fn word_in<'e>(event: &'e Event, field: &str) -> &'e str {
    match &event[field] {
        Known::Word(word) => word,
        other => panic!("{other:?} in {field} is no word"),
    }
}

/// The day that an event has in a field.
fn day_in(event: &Event, field: &str) -> i64 {
    match &event[field] {
        Known::Day(day) => *day,
        other => panic!("{other:?} in {field} is no day"),
    }
}

/// Whole steps only, the part of one too, or that part as a whole one.
fn stepped(rule: &Rule<'_>, steps: Fraction) -> Fraction {
    let whole = steps.floor();
    if rule.is("parts", "proportional") {
        steps
    } else if rule.is("parts", "up") && whole < steps {
        whole + Fraction::whole(1)
    } else {
        whole
    }
}
