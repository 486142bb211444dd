//! Whether an expression applies to the subject.
//!
//! It does unless it reads a fact that does not. Only `applicable(x)` takes a part out of what is read: the values of
//! other facts do not. So it is always known whether an item applies, and learning an unknown fact never changes it.

use super::Inputs;
use crate::fact::Held;
use crate::scheme::Core;

/// Whether the expression applies.
pub(super) fn applies(core: &Core, inputs: &Inputs<'_>) -> bool {
    reading(core, inputs).applies
}

struct Reading {
    applies: bool,
    /// What the expression says whatever the facts are, by `applicable` alone.
    settled: Option<bool>,
}

impl Reading {
    fn open(applies: bool) -> Self {
        Reading { applies, settled: None }
    }
}

fn reading(core: &Core, inputs: &Inputs<'_>) -> Reading {
    let applicable = |fact: &usize| {
        let fact = inputs.facts.facts.get(*fact);
        fact.is_some_and(|fact| fact.held != Held::NotApplicable)
    };
    match core {
        Core::Fact(fact) | Core::Count(fact, _) | Core::Levels { fact, .. } => Reading::open(applicable(fact)),
        Core::Applicable(fact) => Reading {
            applies: true,
            settled: Some(applicable(fact)),
        },
        Core::Truth(truth) => Reading {
            applies: true,
            settled: Some(*truth),
        },
        Core::Number(_) | Core::Word(_) | Core::Result(..) => Reading::open(true),
        Core::Arithmetic(_, pair) | Core::Compare(_, pair) => {
            Reading::open(applies(&pair.0, inputs) && applies(&pair.1, inputs))
        }
        Core::Absolute(inner) | Core::Round(inner, _) => Reading::open(applies(inner, inputs)),
        Core::Not(inner) => {
            let inner = reading(inner, inputs);
            Reading {
                applies: inner.applies,
                settled: inner.settled.map(|truth| !truth),
            }
        }
        Core::And(pair) => joined(pair, inputs, false),
        Core::Or(pair) => joined(pair, inputs, true),
        Core::Select(parts) => {
            let condition = reading(&parts.0, inputs);
            let mut chosen = match condition.settled {
                Some(true) => reading(&parts.1, inputs),
                Some(false) => reading(&parts.2, inputs),
                None => Reading::open(applies(&parts.1, inputs) && applies(&parts.2, inputs)),
            };
            chosen.applies &= condition.applies;
            chosen
        }
    }
}

/// Both or either: `decides` is the truth that settles the whole from one side, and the right is not read when the left does.
fn joined(pair: &(Core, Core), inputs: &Inputs<'_>, decides: bool) -> Reading {
    let left = reading(&pair.0, inputs);
    if left.settled == Some(decides) {
        return left;
    }
    let right = reading(&pair.1, inputs);
    let settled = match (left.settled, right.settled) {
        (_, Some(truth)) if truth == decides => Some(decides),
        (Some(_), other) => other,
        _ => None,
    };
    Reading {
        applies: left.applies && right.applies,
        settled,
    }
}
