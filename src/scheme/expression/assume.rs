//! What a condition says of numbers where it is known to hold, or not to hold.

use super::signs::Signs;
use super::{Named, Names};
use crate::exact::Interval;
use crate::scheme::core::{Arithmetic, Compare, Core};

/// What is known of a number where it is worked out.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) core: Core,
    pub(super) within: Interval,
    pub(super) signs: Signs,
}

/// What is known at a place of an expression.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) names: Names<'a>,
    /// The events whose fields are at hand.
    pub(super) events: Option<usize>,
    pub(super) known: Vec<Known>,
}

impl<'a> Context<'a> {
    pub(super) fn new(names: &Names<'a>, events: Option<usize>) -> Self {
        Context {
            names: *names,
            events,
            known: Vec::new(),
        }
    }

    /// What `work` gives where the condition is known to be `truth`.
    pub(super) fn assuming<T>(&mut self, condition: &Core, truth: bool, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.known.len();
        self.assume(condition, truth);
        let result = work(self);
        self.known.truncate(before);
        result
    }

    fn assume(&mut self, condition: &Core, truth: bool) {
        match condition {
            Core::Not(inner) => self.assume(inner, !truth),
            Core::And(pair) if truth => {
                self.assume(&pair.0, true);
                self.assume(&pair.1, true);
            }
            Core::Or(pair) if !truth => {
                self.assume(&pair.0, false);
                self.assume(&pair.1, false);
            }
            Core::Compare(compare, pair) => {
                let compare = if truth { *compare } else { negated(*compare) };
                self.compared(compare, &pair.0, &pair.1);
            }
            _ => {}
        }
    }

    fn compared(&mut self, compare: Compare, one: &Core, other: &Core) {
        if matches!(one, Core::Word(_)) || matches!(other, Core::Word(_)) {
            return;
        }
        let (left, right) = (self.plain(one), self.plain(other));
        self.learn(one.clone(), compare, &right);
        self.learn(other.clone(), flipped(compare), &left);
        // 最优 > 最差 ? … / (最优 - 最差) : …
        if !matches!(one, Core::Number(_)) && !matches!(other, Core::Number(_)) {
            let nought = Interval::point(crate::exact::Exact::ZERO);
            let difference = |a: &Core, b: &Core| Core::arithmetic(Arithmetic::Subtract, a.clone(), b.clone());
            self.learn(difference(one, other), compare, &nought);
            self.learn(difference(other, one), flipped(compare), &nought);
        }
    }

    /// A number compares so with one of these.
    fn learn(&mut self, core: Core, compare: Compare, with: &Interval) {
        let signs = Signs::of(with);
        let from = Interval {
            low: with.low.clone(),
            high: None,
        };
        let upto = Interval {
            low: None,
            high: with.high.clone(),
        };
        let (within, signs) = match compare {
            Compare::Greater if !signs.negative => (from, Signs::POSITIVE),
            Compare::Greater => (from, Signs::ALL),
            Compare::GreaterOrEqual => (from, signs.or(Signs::POSITIVE)),
            Compare::Less if !signs.positive => (upto, Signs::NEGATIVE),
            Compare::Less => (upto, Signs::ALL),
            Compare::LessOrEqual => (upto, signs.or(Signs::NEGATIVE)),
            Compare::Equal => (with.clone(), signs),
            Compare::Unequal if signs == Signs::new(false, true, false) => (Interval::ALL, Signs::UNEQUAL),
            Compare::Unequal => (Interval::ALL, Signs::ALL),
        };
        if signs != Signs::ALL || within != Interval::ALL {
            self.known.push(Known { core, within, signs });
        }
    }

    /// The range of what is no operation; everything for others, so that nothing is looked at twice.
    pub(super) fn plain(&self, core: &Core) -> Interval {
        match core {
            Core::Number(number) => Interval::point(number.clone()),
            Core::Fact(place) => self.declared(*place),
            Core::Field(place) => self.field(*place),
            Core::Defined(name) => self
                .named(name)
                .map_or(Interval::ALL, |named| named.range.interval.clone()),
            _ => Interval::ALL,
        }
    }

    /// The named value of this name.
    pub(super) fn named(&self, name: &str) -> Option<&'a Named> {
        self.names.defined.iter().find(|named| named.name == name)
    }

    fn declared(&self, place: usize) -> Interval {
        match self.names.inputs.declaration(place) {
            Some(declaration) if declaration.kind.is_number() || declaration.kind == crate::fact::Kind::Date => {
                Interval::between(declaration.least(), declaration.greatest())
            }
            _ => Interval::ALL,
        }
    }

    fn field(&self, place: usize) -> Interval {
        use crate::fact::FieldKind;
        let events = self.events.and_then(|events| self.names.inputs.declaration(events));
        match events.as_ref().and_then(|events| events.fields.get(place)) {
            Some(field) if matches!(field.kind, FieldKind::Number | FieldKind::Date) => {
                Interval::between(field.least(), field.greatest())
            }
            _ => Interval::ALL,
        }
    }
}

fn negated(compare: Compare) -> Compare {
    match compare {
        Compare::Equal => Compare::Unequal,
        Compare::Unequal => Compare::Equal,
        Compare::Less => Compare::GreaterOrEqual,
        Compare::LessOrEqual => Compare::Greater,
        Compare::Greater => Compare::LessOrEqual,
        Compare::GreaterOrEqual => Compare::Less,
    }
}

/// The comparison seen from the other side.
fn flipped(compare: Compare) -> Compare {
    match compare {
        Compare::Less => Compare::Greater,
        Compare::LessOrEqual => Compare::GreaterOrEqual,
        Compare::Greater => Compare::Less,
        Compare::GreaterOrEqual => Compare::LessOrEqual,
        same => same,
    }
}
