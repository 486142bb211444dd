//! What the declared ranges say of an expression before any fact is known.

use super::Fault;
use crate::exact::{Exact, Interval};
use crate::fact::{Inputs, Kind};
use crate::scheme::core::{Arithmetic, Compare, Core, Together};

/// Refuses a division whose divisor may be nought, unless a condition around it excludes that.
pub(super) fn divisors(core: &Core, inputs: &Inputs) -> Result<(), Fault> {
    walk(core, inputs, &mut Vec::new())
}

/// Depth is bounded by the parser, so recursion is too.
fn walk<'c>(core: &'c Core, inputs: &Inputs, guarded: &mut Vec<&'c Core>) -> Result<(), Fault> {
    if let Core::Arithmetic(Arithmetic::Divide, pair) = core
        && !guarded.contains(&&pair.1)
        && !never_nought(&pair.1, inputs)
    {
        return Err(Fault {
            at: 1,
            zh: "除数可能为零；请用条件排除，例如 目标 > 0 ? 完成 / 目标 : 0".into(),
            en: "the divisor may be nought; exclude it by a condition: target > 0 ? done / target : 0".into(),
        });
    }
    if let Core::Select(parts) = core {
        walk(&parts.0, inputs, guarded)?;
        for (branch, holds) in [(&parts.1, true), (&parts.2, false)] {
            let before = guarded.len();
            excluded(&parts.0, holds, guarded);
            walk(branch, inputs, guarded)?;
            guarded.truncate(before);
        }
        return Ok(());
    }
    core.parts()
        .into_iter()
        .try_for_each(|part| walk(part, inputs, guarded))
}

/// What a condition, holding or not, says is not nought.
fn excluded<'c>(condition: &'c Core, holds: bool, guarded: &mut Vec<&'c Core>) {
    match condition {
        Core::Not(inner) => excluded(inner, !holds, guarded),
        Core::And(pair) if holds => {
            excluded(&pair.0, holds, guarded);
            excluded(&pair.1, holds, guarded);
        }
        Core::Or(pair) if !holds => {
            excluded(&pair.0, holds, guarded);
            excluded(&pair.1, holds, guarded);
        }
        Core::Compare(compare, pair) => {
            let Core::Number(bound) = &pair.1 else { return };
            let excludes = match (compare, holds) {
                (Compare::Greater, true) | (Compare::LessOrEqual, false) => !bound.is_negative(),
                (Compare::GreaterOrEqual, true) | (Compare::Less, false) => bound.is_positive(),
                (Compare::Less, true) | (Compare::GreaterOrEqual, false) => !bound.is_positive(),
                (Compare::LessOrEqual, true) | (Compare::Greater, false) => bound.is_negative(),
                (Compare::Unequal, true) | (Compare::Equal, false) => bound.is_zero(),
                (Compare::Equal, true) | (Compare::Unequal, false) => !bound.is_zero(),
            };
            if excludes {
                guarded.push(&pair.0);
            }
        }
        _ => {}
    }
}

fn never_nought(core: &Core, inputs: &Inputs) -> bool {
    let range = bounds(core, inputs);
    range.low.as_ref().is_some_and(Exact::is_positive) || range.high.as_ref().is_some_and(Exact::is_negative)
}

/// The declared range of a number; everything where it is not known from declarations.
pub fn bounds(core: &Core, inputs: &Inputs) -> Interval {
    match core {
        Core::Number(number) => Interval::point(number.clone()),
        Core::Fact(fact) => match inputs.declaration(*fact) {
            Some(declaration) if declaration.kind.is_number() || declaration.kind == Kind::Date => {
                Interval::between(declaration.least(), declaration.greatest())
            }
            _ => Interval::ALL,
        },
        Core::Arithmetic(operator, pair) => {
            let (left, right) = (bounds(&pair.0, inputs), bounds(&pair.1, inputs));
            match operator {
                Arithmetic::Add => left.plus(&right),
                Arithmetic::Subtract => left.plus(&right.negated()),
                Arithmetic::Multiply => left.times(&right),
                Arithmetic::Divide => left.over(&right).unwrap_or(Interval::ALL),
                Arithmetic::Lower => left.lower(&right),
                Arithmetic::Higher => left.higher(&right),
            }
        }
        Core::Absolute(inner) => bounds(inner, inputs).abs(),
        Core::Round(inner, rounding) => bounds(inner, inputs).rounded(rounding),
        Core::Select(parts) => bounds(&parts.1, inputs).hull(&bounds(&parts.2, inputs)),
        Core::Tally(tally) if tally.value == Core::whole(1) && tally.how == Together::Sum => {
            let most = inputs.declaration(tally.fact).map(|declaration| declaration.greatest());
            Interval {
                low: Some(Exact::ZERO),
                high: most,
            }
        }
        _ => Interval::ALL,
    }
}

/// Whether the value is a whole number whatever the facts are.
pub fn is_whole(core: &Core, inputs: &Inputs) -> bool {
    match core {
        Core::Number(number) => number.is_whole(),
        Core::Fact(fact) => inputs
            .declaration(*fact)
            .is_some_and(|declaration| matches!(declaration.kind, Kind::Count | Kind::Date)),
        Core::Tally(tally) => tally.value == Core::whole(1) && tally.how == Together::Sum,
        Core::WorkDays(_) | Core::MonthsAfter(_) => true,
        Core::Round(_, rounding) => rounding.interval().is_whole(),
        Core::Arithmetic(operator, pair) => {
            *operator != Arithmetic::Divide && is_whole(&pair.0, inputs) && is_whole(&pair.1, inputs)
        }
        Core::Absolute(inner) => is_whole(inner, inputs),
        Core::Select(parts) => is_whole(&parts.1, inputs) && is_whole(&parts.2, inputs),
        _ => false,
    }
}
