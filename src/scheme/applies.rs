//! When an expression applies to a subject, as a condition over [`Core::Applicable`] alone, or over cells of such.
//!
//! It applies unless it reads a fact that does not. Only `applicable(x)` takes a part out of what is read: the values of
//! other facts do not. So it is always known whether an item applies, and learning an unknown fact never changes it.

use std::collections::BTreeMap;

use super::core::{Compare, Core, Gathered, Gathering};

/// When named values apply, by name.
pub(super) type Defined = BTreeMap<String, Core>;

/// The condition under which the expression applies.
pub(super) fn applies(core: &Core, defined: &Defined) -> Core {
    match core {
        Core::Fact(fact) => Core::Applicable(*fact),
        Core::And(pair) => {
            let decided = settled(&pair.0, false);
            applies(&pair.0, defined).and(decided.or(applies(&pair.1, defined)))
        }
        Core::Or(pair) => {
            let decided = settled(&pair.0, true);
            applies(&pair.0, defined).and(decided.or(applies(&pair.1, defined)))
        }
        Core::Select(parts) => {
            let (yes, no) = (settled(&parts.0, true), settled(&parts.0, false));
            let (first, second) = (applies(&parts.1, defined), applies(&parts.2, defined));
            let chosen = yes.clone().and(first.clone()).or(no.clone().and(second.clone()));
            let open = yes.or(no).negated();
            applies(&parts.0, defined).and(chosen.or(open.and(first).and(second)))
        }
        Core::Tally(tally) => all(core, defined).and(Core::Applicable(tally.fact)),
        Core::Expiring(expiring) => all(core, defined).and(Core::Applicable(expiring.fact)),
        Core::Defined(name) => defined.get(name).cloned().unwrap_or(Core::Truth(true)),
        Core::Gathered(gathered) => match gathered.how {
            Gathering::Higher | Gathering::Lower | Gathering::Equal => all(core, defined),
            Gathering::Sum | Gathering::Tied => Core::Truth(true),
            Gathering::Highest | Gathering::Lowest | Gathering::Mean => {
                let own = applies(&gathered.value, defined);
                let takes_part = Core::Gathered(Box::new(Gathered {
                    how: Gathering::Sum,
                    scope: gathered.scope,
                    value: own.select(Core::whole(1), Core::ZERO),
                    then: None,
                    when: gathered.when.clone(),
                }));
                takes_part.compared(Compare::Greater, Core::ZERO)
            }
        },
        _ => all(core, defined),
    }
}

fn all(core: &Core, defined: &Defined) -> Core {
    core.parts()
        .into_iter()
        .fold(Core::Truth(true), |whole, part| whole.and(applies(part, defined)))
}

/// The condition under which `applicable` alone settles a condition to this truth.
fn settled(core: &Core, to: bool) -> Core {
    match core {
        Core::Applicable(fact) if to => Core::Applicable(*fact),
        Core::Applicable(fact) => Core::Applicable(*fact).negated(),
        Core::Truth(truth) => Core::Truth(*truth == to),
        Core::Not(inner) => settled(inner, !to),
        Core::And(pair) if to => settled(&pair.0, true).and(settled(&pair.1, true)),
        Core::And(pair) => settled(&pair.0, false).or(settled(&pair.1, false)),
        Core::Or(pair) if to => settled(&pair.0, true).or(settled(&pair.1, true)),
        Core::Or(pair) => settled(&pair.0, false).and(settled(&pair.1, false)),
        Core::Select(parts) => {
            let first = settled(&parts.0, true).and(settled(&parts.1, to));
            first.or(settled(&parts.0, false).and(settled(&parts.2, to)))
        }
        _ => Core::Truth(false),
    }
}
