//! Facts carried from one version of a scheme to another.

use std::collections::BTreeSet;

use super::Entrant;
use crate::error::Result;
use crate::fact::{FactValue, Facts, admit};
use crate::scheme::Scheme;

/// The facts as a scheme can take them: what it does not declare, or declares so that the value cannot be taken, is left
/// out; what is missing is then pending. A class that it does not know gives way to `class`.
///
/// # Errors
/// What is still refused: a class that the scheme does not know.
pub(super) fn carried(scheme: &Scheme, facts: &Facts, class: Option<&str>) -> Result<Facts> {
    let declared: BTreeSet<&str> = scheme.facts().iter().map(|fact| fact.name.as_str()).collect();
    let mut carried = facts.clone();
    scheme.id().clone_into(&mut carried.scheme);
    let keep = |values: &mut Vec<(String, FactValue)>| values.retain(|(name, _)| declared.contains(name.as_str()));
    keep(&mut carried.values);
    keep(&mut carried.targets);
    for (_, values) in &mut carried.history {
        keep(values);
    }
    let known = |class: &str| scheme.text().classes.iter().any(|word| word == class);
    if !carried.class.as_deref().is_some_and(known) {
        carried.class = class.map(str::to_owned).or(carried.class);
    }
    let (inputs, year) = (&scheme.program().inputs, scheme.text().year);
    if let Err(error) = admit(inputs, year, &carried) {
        let refused: Vec<&str> = error
            .findings()
            .iter()
            .filter_map(|finding| finding.pointer.as_deref())
            .collect();
        let stands = |place: &str, name: &str| {
            let here = crate::document::extend(place, name);
            !refused.iter().any(|pointer| {
                pointer
                    .strip_prefix(&here)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        carried.values.retain(|(name, _)| stands("/facts", name));
        carried.targets.retain(|(name, _)| stands("/targets", name));
        for (year, values) in &mut carried.history {
            let place = crate::document::extend("/history", &year.to_string());
            values.retain(|(name, _)| stands(&place, name));
        }
        admit(inputs, year, &carried)?;
    }
    Ok(carried)
}

/// Entrants over facts that were carried, with the results that they had.
pub(super) fn entrants<'a>(facts: &'a [Facts], of: &[Entrant<'a>]) -> Vec<Entrant<'a>> {
    facts
        .iter()
        .zip(of)
        .map(|(facts, entrant)| Entrant {
            facts,
            results: entrant.results,
        })
        .collect()
}
