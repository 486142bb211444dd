//! Refusing a division by what may be nought.

use super::Fault;
use super::Names;
use super::assume::Context;
use crate::scheme::core::{Arithmetic, Core};

/// Refuses a division whose divisor may be nought, unless a condition around it excludes that.
pub(super) fn check(core: &Core, names: &Names<'_>, events: Option<usize>) -> Result<(), Fault> {
    walk(core, &mut Context::new(names, events))
}

/// Depth is bounded by the parser, so recursion is too.
fn walk(core: &Core, context: &mut Context<'_>) -> Result<(), Fault> {
    match core {
        Core::Arithmetic(operator, pair) => {
            if *operator == Arithmetic::Divide && context.range(&pair.1).signs.nought {
                return Err(may_be_nought());
            }
            walk(&pair.0, context)?;
            walk(&pair.1, context)
        }
        // What settles a condition on the left guards what stands on the right of it.
        Core::And(pair) => {
            walk(&pair.0, context)?;
            context.assuming(&pair.0, true, |context| walk(&pair.1, context))
        }
        Core::Or(pair) => {
            walk(&pair.0, context)?;
            context.assuming(&pair.0, false, |context| walk(&pair.1, context))
        }
        Core::Select(parts) => {
            walk(&parts.0, context)?;
            context.assuming(&parts.0, true, |context| walk(&parts.1, context))?;
            context.assuming(&parts.0, false, |context| walk(&parts.2, context))
        }
        Core::Tally(tally) => {
            let outer = context.events.replace(tally.fact);
            walk(&tally.filter, context)?;
            context.assuming(&tally.filter, true, |context| walk(&tally.value, context))?;
            context.events = outer;
            let about_one = [&tally.filter, &tally.value];
            let others = core
                .parts()
                .into_iter()
                .filter(|part| !about_one.iter().any(|one| std::ptr::eq(*one, *part)));
            others.into_iter().try_for_each(|part| walk(part, context))
        }
        // Of other subjects nothing is known but what is declared.
        Core::Gathered(_) => {
            let mut fresh = Context::new(&context.names, None);
            core.parts().into_iter().try_for_each(|part| walk(part, &mut fresh))
        }
        _ => core.parts().into_iter().try_for_each(|part| walk(part, context)),
    }
}

fn may_be_nought() -> Fault {
    Fault::new(
        1,
        "除数可能为零；请用条件排除，例如 目标 > 0 ? 完成 / 目标 : 0",
        "the divisor may be nought; exclude it by a condition: target > 0 ? done / target : 0",
    )
}
