//! All values that a few unknown facts may have.

use crate::exact::Exact;
use crate::fact::{Admitted, Held, Input, Kind};

/// The most fillings that are tried.
pub(super) const MOST: usize = 4_096;

/// Every filling of the open inputs, each with one value for each of them; `None` where there are none, too many, or
/// where an input is dense (a number between numbers) or a list.
pub(super) fn fillings(facts: &[Admitted], declared: &[Input], open: &[usize], most: usize) -> Option<Vec<Vec<Held>>> {
    if open.is_empty() {
        return None;
    }
    let mut fillings: Vec<Vec<Held>> = vec![Vec::new()];
    for place in open {
        let values = values(facts.get(*place)?, declared.get(*place)?, most)?;
        if fillings.len().saturating_mul(values.len()) > most {
            return None;
        }
        fillings = fillings
            .into_iter()
            .flat_map(|filling| {
                values.iter().map(move |value| {
                    let mut filling = filling.clone();
                    filling.push(value.clone());
                    filling
                })
            })
            .collect();
    }
    Some(fillings)
}

fn values(fact: &Admitted, declared: &Input, most: usize) -> Option<Vec<Held>> {
    match (&fact.held, declared.declaration.kind) {
        (Held::Truth(None), _) => Some(vec![Held::Truth(Some(false)), Held::Truth(Some(true))]),
        (Held::Word(None), _) => {
            let words = declared.declaration.words.iter();
            Some(words.map(|word| Held::Word(Some(word.clone()))).collect())
        }
        (Held::Number(interval), Kind::Count | Kind::Date) => {
            let (low, high) = (interval.low.as_ref()?, interval.high.as_ref()?);
            let (low, high) = (low.to_i128()?, high.to_i128()?);
            let span = usize::try_from(high.checked_sub(low)?).ok()?;
            if span >= most {
                return None;
            }
            let values = (low..=high)
                .map(|value| Exact::ratio(value, 1).map(|value| Held::Number(crate::exact::Interval::point(value))));
            values.collect()
        }
        _ => None,
    }
}
