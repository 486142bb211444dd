//! What an undecided condition says about the values in the branch that it guards.
//!
//! In the branch where `x > 3` holds, x is above 3; where it does not, x is 3 at the most. What is known of an expression
//! is known wherever the same expression stands in that branch, so guards (`目标 > 0 ? 完成 / 目标 : 0`), interpolation
//! and the like keep their bounds tight.

use super::{Evaluator, Possible};
use crate::exact::{Exact, Interval};
use crate::fact::{FieldKind, Kind};
use crate::scheme::core::{Arithmetic, Compare, Core, Together};

/// What holds of an expression in a branch.
pub(in crate::score) struct Said<'c> {
    about: &'c Core,
    what: What<'c>,
}

enum What<'c> {
    Within(Interval),
    Is(bool),
    Word(&'c str),
    NotWord(&'c str),
}

impl<'c> Evaluator<'c> {
    /// From here on the condition holds, or does not.
    pub(in crate::score) fn suppose(&mut self, condition: &'c Core, holds: bool) {
        let mut open = vec![(condition, holds)];
        while let Some((condition, holds)) = open.pop() {
            self.say(condition, What::Is(holds));
            match condition {
                Core::Not(inner) => open.push((inner, !holds)),
                Core::And(pair) if holds => open.extend([(&pair.0, true), (&pair.1, true)]),
                Core::Or(pair) if !holds => open.extend([(&pair.0, false), (&pair.1, false)]),
                // Where one side is settled and did not decide, the other did.
                Core::And(pair) | Core::Or(pair) => {
                    let idle = !holds;
                    for (known, other) in [(&pair.0, &pair.1), (&pair.1, &pair.0)] {
                        if is_plain(known) && self.truth(known) == Some(Some(idle)) {
                            open.push((other, holds));
                        }
                    }
                }
                Core::Compare(operator, pair) => {
                    let operator = if holds { *operator } else { opposite(*operator) };
                    self.compared(operator, &pair.0, &pair.1);
                    self.compared(flipped(operator), &pair.1, &pair.0);
                }
                _ => {}
            }
        }
    }

    fn say(&mut self, about: &'c Core, what: What<'c>) {
        if !is_constant(about) {
            self.said.push(Said { about, what });
        }
    }

    /// What a comparison that holds says about its left side.
    fn compared(&mut self, operator: Compare, about: &'c Core, other: &'c Core) {
        if is_constant(about) {
            return;
        }
        match (operator, other) {
            (Compare::Equal, Core::Word(word)) => self.say(about, What::Word(word)),
            (Compare::Unequal, Core::Word(word)) => self.say(about, What::NotWord(word)),
            _ if is_plain(about) && is_plain(other) => {
                let (Some(Possible::Number(own)), Some(Possible::Number(other))) =
                    (self.value(about), self.value(other))
                else {
                    return;
                };
                if let Some(within) = bound(operator, &own, &other, self.is_whole(about)) {
                    self.say(about, What::Within(within));
                }
            }
            _ => {}
        }
    }

    /// The value with what was said about this expression.
    pub(super) fn refined(&self, core: &Core, value: Possible) -> Possible {
        let said = self.said.iter().filter(|said| said.about == core);
        match value {
            Possible::Number(interval) => Possible::Number(said.fold(interval, |interval, said| match &said.what {
                What::Within(within) => interval.meet(within),
                _ => interval,
            })),
            Possible::Truth(None) => Possible::Truth(said.fold(None, |truth, said| match said.what {
                What::Is(known) => Some(known),
                _ => truth,
            })),
            Possible::Word(None) => {
                let mut left = self.words(core);
                for said in said {
                    match said.what {
                        What::Word(word) => return Possible::Word(Some(word.to_owned())),
                        What::NotWord(word) => {
                            if let Some(left) = &mut left {
                                left.retain(|known| *known != word);
                            }
                        }
                        _ => {}
                    }
                }
                Possible::Word(match left.as_deref() {
                    Some([only]) => Some((*only).to_owned()),
                    _ => None,
                })
            }
            known => known,
        }
    }

    /// Whether an expression that may be several words is this one; `None` when it may be.
    pub(super) fn is_word(&self, core: &Core, word: &str) -> Option<bool> {
        let excluded = |said: &&Said<'_>| matches!(said.what, What::NotWord(known) if known == word);
        let mut about = self.said.iter().filter(|said| said.about == core);
        let never = about.any(|said| excluded(&said)) || self.words(core).is_some_and(|words| !words.contains(&word));
        never.then_some(false)
    }

    /// The words that an expression may be, where they are listed.
    fn words(&self, core: &Core) -> Option<Vec<&'c str>> {
        let words = match core {
            Core::Fact(fact) => &self.inputs.declared.get(*fact)?.declaration.words,
            Core::Field(field) => &self.event.as_ref()?.declared(*field)?.words,
            Core::Grade(scheme) => &self.inputs.results.get(scheme)?.grades,
            _ => return None,
        };
        (!words.is_empty()).then(|| words.iter().map(String::as_str).collect())
    }

    /// Whether an expression is a whole number whatever the facts are.
    fn is_whole(&self, core: &Core) -> bool {
        match core {
            Core::Number(number) => number.is_whole(),
            Core::Fact(fact) => {
                let kind = self.inputs.declared.get(*fact).map(|input| input.declaration.kind);
                matches!(kind, Some(Kind::Count | Kind::Date))
            }
            Core::Field(field) => {
                let declared = self.event.as_ref().and_then(|event| event.declared(*field));
                declared.is_some_and(|field| field.kind == FieldKind::Date)
            }
            Core::Arithmetic(Arithmetic::Divide, _) => false,
            Core::Arithmetic(_, pair) => self.is_whole(&pair.0) && self.is_whole(&pair.1),
            Core::Absolute(inner) => self.is_whole(inner),
            Core::Round(_, rounding) | Core::Root(_, _, rounding) => rounding.interval().is_whole(),
            Core::MonthsAfter(_) | Core::WorkDays(_) => true,
            Core::Tally(tally) => {
                tally.how == Together::Sum
                    && tally.group.is_none()
                    && matches!(&tally.value, Core::Number(value) if value.is_whole())
            }
            _ => false,
        }
    }
}

fn is_constant(core: &Core) -> bool {
    matches!(core, Core::Number(_) | Core::Truth(_) | Core::Word(_))
}

/// Whether an expression has no branch of its own. Only such ones are looked at a second time, so that conditions within
/// conditions do not double the work at every level.
fn is_plain(core: &Core) -> bool {
    let mut open = vec![core];
    while let Some(core) = open.pop() {
        if matches!(core, Core::Select(_) | Core::And(_) | Core::Or(_)) {
            return false;
        }
        open.extend(core.parts());
    }
    true
}

fn opposite(operator: Compare) -> Compare {
    match operator {
        Compare::Equal => Compare::Unequal,
        Compare::Unequal => Compare::Equal,
        Compare::Less => Compare::GreaterOrEqual,
        Compare::LessOrEqual => Compare::Greater,
        Compare::Greater => Compare::LessOrEqual,
        Compare::GreaterOrEqual => Compare::Less,
    }
}

/// The operator that says the same with the sides changed.
fn flipped(operator: Compare) -> Compare {
    match operator {
        Compare::Equal | Compare::Unequal => operator,
        Compare::Less => Compare::Greater,
        Compare::LessOrEqual => Compare::GreaterOrEqual,
        Compare::Greater => Compare::Less,
        Compare::GreaterOrEqual => Compare::LessOrEqual,
    }
}

/// Where a number lies that compares so with another. What a strict comparison excludes of a number that need not be
/// whole stays in as the end of the interval: there is no least number above 3.
fn bound(operator: Compare, own: &Interval, other: &Interval, whole: bool) -> Option<Interval> {
    let above = |low: Option<Exact>| Interval { low, high: None };
    let below = |high: Option<Exact>| Interval { low: None, high };
    let next = |number: &Exact| {
        if whole {
            &number.floor() + &Exact::ONE
        } else {
            number.clone()
        }
    };
    let previous = |number: &Exact| {
        if whole {
            &ceiling(number) - &Exact::ONE
        } else {
            number.clone()
        }
    };
    Some(match operator {
        Compare::Equal => other.clone(),
        Compare::Unequal => match other.single() {
            Some(number) if whole && own.low.as_ref() == Some(number) => above(Some(next(number))),
            Some(number) if whole && own.high.as_ref() == Some(number) => below(Some(previous(number))),
            _ => return None,
        },
        Compare::Less => below(other.high.as_ref().map(previous)),
        Compare::LessOrEqual if whole => below(other.high.as_ref().map(Exact::floor)),
        Compare::LessOrEqual => below(other.high.clone()),
        Compare::Greater => above(other.low.as_ref().map(next)),
        Compare::GreaterOrEqual if whole => above(other.low.as_ref().map(ceiling)),
        Compare::GreaterOrEqual => above(other.low.clone()),
    })
}

/// The smallest whole number that is not below it.
fn ceiling(number: &Exact) -> Exact {
    -&(-number).floor()
}
