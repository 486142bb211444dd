//! All values that a few unknown facts may have.

use crate::exact::Exact;
use crate::fact::{Admitted, Held, Input, Kind};

/// The most fillings that are tried for an item.
pub(super) const MOST: usize = 4_096;
/// The most fillings that are tried for the total, each of which works out the whole scheme.
pub(super) const FEW: usize = 64;

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

#[cfg(test)]
mod tests {
    use super::{MOST, fillings};
    use crate::fact::{Held, Kind};
    use crate::score::interval::testing::{Subject, count, days, number, open_events, word};

    #[test]
    fn every_filling_of_few_values_is_there_once() {
        let subject = Subject::of(vec![
            count(2, 4),
            word(None),
            (Kind::YesNo, Held::Truth(None)),
            count(7, 7),
        ]);
        let all = fillings(&subject.facts, &subject.declared, &[0, 1, 2], MOST).unwrap();
        assert_eq!(all.len(), 3 * 3 * 2);
        for (place, filling) in all.iter().enumerate() {
            assert!(all.iter().skip(place + 1).all(|other| other != filling));
        }
        assert_eq!(all[0], [count(2, 2).1, word(Some("高")).1, Held::Truth(Some(false))]);
        let year = Subject::of(vec![days("2023-01-01", "2023-12-31")]);
        assert_eq!(fillings(&year.facts, &year.declared, &[0], MOST).unwrap().len(), 365);
    }

    #[test]
    fn what_is_dense_a_list_or_too_much_is_not_tried() {
        let subject = Subject::of(vec![
            number(0, 1),
            open_events(Vec::new(), 1),
            count(0, 63),
            count(0, 64),
        ]);
        let tried = |open: &[usize]| fillings(&subject.facts, &subject.declared, open, MOST).map(|all| all.len());
        assert_eq!((tried(&[]), tried(&[0]), tried(&[1])), (None, None, None));
        assert_eq!((tried(&[2, 2]), tried(&[2, 3])), (Some(4_096), None));
    }
}
