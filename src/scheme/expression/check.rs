//! What the declared ranges say of an expression before any fact is known.

use super::Fault;
use crate::exact::Exact;
use crate::fact::{Declaration, Kind};
use crate::scheme::core::{Arithmetic, Compare, Core};

/// Refuses a division whose divisor may be nought, unless a condition around it excludes that.
pub(super) fn divisors(core: &Core, declarations: &[Declaration]) -> Result<(), Fault> {
    walk(core, declarations, &mut Vec::new())
}

/// Depth is bounded by the parser, so recursion is too.
fn walk<'c>(core: &'c Core, declarations: &[Declaration], guarded: &mut Vec<&'c Core>) -> Result<(), Fault> {
    match core {
        Core::Arithmetic(operator, pair) => {
            if *operator == Arithmetic::Divide && !guarded.contains(&&pair.1) && !never_nought(&pair.1, declarations) {
                return Err(Fault {
                    at: 1,
                    zh: "除数可能为零；请用条件排除，例如 目标 > 0 ? 完成 / 目标 : 0".into(),
                    en: "the divisor may be nought; exclude it by a condition: target > 0 ? done / target : 0".into(),
                });
            }
            walk(&pair.0, declarations, guarded)?;
            walk(&pair.1, declarations, guarded)
        }
        Core::Compare(_, pair) | Core::And(pair) | Core::Or(pair) => {
            walk(&pair.0, declarations, guarded)?;
            walk(&pair.1, declarations, guarded)
        }
        Core::Absolute(inner) | Core::Not(inner) | Core::Round(inner, _) => walk(inner, declarations, guarded),
        Core::Select(parts) => {
            walk(&parts.0, declarations, guarded)?;
            let before = guarded.len();
            excluded(&parts.0, guarded);
            walk(&parts.1, declarations, guarded)?;
            guarded.truncate(before);
            walk(&parts.2, declarations, guarded)
        }
        _ => Ok(()),
    }
}

/// What a true condition says is not nought.
fn excluded<'c>(condition: &'c Core, guarded: &mut Vec<&'c Core>) {
    match condition {
        Core::And(pair) => {
            excluded(&pair.0, guarded);
            excluded(&pair.1, guarded);
        }
        Core::Compare(compare, pair) => {
            let Core::Number(bound) = &pair.1 else { return };
            let excludes = match compare {
                Compare::Greater => !bound.is_negative(),
                Compare::GreaterOrEqual => bound.is_positive(),
                Compare::Less => !bound.is_positive(),
                Compare::LessOrEqual => bound.is_negative(),
                Compare::Unequal => bound.is_zero(),
                Compare::Equal => !bound.is_zero(),
            };
            if excludes {
                guarded.push(&pair.0);
            }
        }
        _ => {}
    }
}

fn never_nought(core: &Core, declarations: &[Declaration]) -> bool {
    match core {
        Core::Number(number) => !number.is_zero(),
        Core::Fact(fact) => declarations
            .get(*fact)
            .is_some_and(|declaration| declaration.least().is_positive() || declaration.greatest() < Exact::ZERO),
        _ => false,
    }
}

/// Whether the value is a whole number whatever the facts are.
pub fn is_whole(core: &Core, declarations: &[Declaration]) -> bool {
    match core {
        Core::Number(number) => number.is_whole(),
        Core::Fact(fact) => declarations
            .get(*fact)
            .is_some_and(|declaration| declaration.kind == Kind::Count),
        Core::Count(..) => true,
        Core::Arithmetic(operator, pair) => {
            *operator != Arithmetic::Divide && is_whole(&pair.0, declarations) && is_whole(&pair.1, declarations)
        }
        Core::Absolute(inner) => is_whole(inner, declarations),
        Core::Select(parts) => is_whole(&parts.1, declarations) && is_whole(&parts.2, declarations),
        _ => false,
    }
}
