//! Numbers that are put together though it is not known of all of them how much they are or whether they are there.

use crate::exact::{Exact, Interval};
use crate::scheme::core::Together;

/// How numbers are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::score) enum Way {
    Sum,
    Highest,
    Lowest,
    /// The mean without so many of the highest and of the lowest, where there are at least `from` numbers.
    Mean {
        highest: usize,
        lowest: usize,
        from: usize,
    },
}

/// The arithmetic mean of all.
pub(in crate::score) const MEAN: Way = Way::Mean {
    highest: 0,
    lowest: 0,
    from: 0,
};

/// A number that is there, or may be.
#[derive(Clone, Debug)]
pub(in crate::score) struct Candidate {
    pub(in crate::score) sure: bool,
    pub(in crate::score) value: Interval,
    /// Up to so many like this one; a sure one is there once.
    pub(in crate::score) times: Exact,
}

/// What numbers together may give.
pub(in crate::score) struct Bounds {
    /// Where there is at least one number; `None` when there never is.
    pub(in crate::score) some: Option<Interval>,
    /// Whether there may be none at all.
    pub(in crate::score) none: bool,
}

/// More combinations of unsure numbers than this are not tried one by one for a trimmed mean.
const TRIED: usize = 256;

impl From<&Together> for Way {
    fn from(how: &Together) -> Self {
        match how {
            Together::Sum => Way::Sum,
            Together::Highest { .. } => Way::Highest,
            Together::Lowest { .. } => Way::Lowest,
            Together::Mean {
                highest, lowest, from, ..
            } => Way::Mean {
                highest: *highest,
                lowest: *lowest,
                from: *from,
            },
        }
    }
}

impl Way {
    /// What does the same to the numbers with their signs changed.
    fn mirrored(self) -> Way {
        match self {
            Way::Sum => Way::Sum,
            Way::Highest => Way::Lowest,
            Way::Lowest => Way::Highest,
            Way::Mean { highest, lowest, from } => Way::Mean {
                highest: lowest,
                lowest: highest,
                from,
            },
        }
    }

    /// What numbers that are all known give; `None` where there are none. A sum of none is nought.
    pub(in crate::score) fn of(self, mut values: Vec<Exact>) -> Option<Exact> {
        match self {
            Way::Sum => Some(values.iter().sum()),
            Way::Highest => values.into_iter().max(),
            Way::Lowest => values.into_iter().min(),
            Way::Mean { highest, lowest, from } => {
                values.sort();
                trimmed(&values, highest, lowest, from)
            }
        }
    }
}

/// The mean of sorted numbers without the extremes.
fn trimmed(sorted: &[Exact], highest: usize, lowest: usize, from: usize) -> Option<Exact> {
    let left_out = highest.saturating_add(lowest);
    let (skip, take) = if sorted.len() >= from && sorted.len() > left_out {
        (lowest, sorted.len().saturating_sub(left_out))
    } else {
        (0, sorted.len())
    };
    let kept = sorted.iter().skip(skip).take(take);
    kept.sum::<Exact>().checked_div(&Exact::from(take))
}

/// Everything that they may give, whichever of the unsure ones are there.
pub(in crate::score) fn bounds(way: Way, candidates: &[Candidate]) -> Bounds {
    let none = way != Way::Sum && !candidates.iter().any(|candidate| candidate.sure);
    if candidates.is_empty() {
        let some = (way == Way::Sum).then(|| Interval::point(Exact::ZERO));
        return Bounds { some, none };
    }
    let high = |candidate: &Candidate| candidate.value.high.as_ref().map(|high| -high);
    let low = |candidate: &Candidate| candidate.value.low.clone();
    Bounds {
        some: Some(Interval {
            low: least(way, candidates, low),
            high: least(way.mirrored(), candidates, high).map(|high| -&high),
        }),
        none,
    }
}

/// The least that they may give where there is one, each at its own least; no bound where one of them has none.
fn least(way: Way, candidates: &[Candidate], end: impl Fn(&Candidate) -> Option<Exact>) -> Option<Exact> {
    let (mut sure, mut unsure) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let end = end(candidate)?;
        if candidate.sure {
            sure.push(end);
        } else {
            unsure.push((end, &candidate.times));
        }
    }
    match way {
        Way::Sum => {
            let below = unsure.iter().filter(|(end, _)| end.is_negative());
            Some(below.fold(sure.iter().sum(), |sum: Exact, (end, times)| &sum + &(end * times)))
        }
        // More numbers only carry the highest up, so none but the sure ones are there; of unsure ones alone the lowest.
        Way::Highest => sure
            .into_iter()
            .max()
            .or_else(|| unsure.into_iter().map(|(end, _)| end).min()),
        Way::Lowest => sure.into_iter().chain(unsure.into_iter().map(|(end, _)| end)).min(),
        Way::Mean { highest, lowest, from } => {
            unsure.sort();
            if highest == 0 && lowest == 0 {
                least_mean(&sure, &unsure)
            } else {
                least_trimmed(sure, &unsure, (highest, lowest, from))
            }
        }
    }
}

/// The sure ones, and from the lowest up every unsure one that draws the mean down.
fn least_mean(sure: &[Exact], unsure: &[(Exact, &Exact)]) -> Option<Exact> {
    let (mut sum, mut count) = (sure.iter().sum::<Exact>(), Exact::from(sure.len()));
    for (end, times) in unsure {
        if sum.checked_div(&count).is_some_and(|mean| mean <= *end) {
            break;
        }
        sum = &sum + &(end * times);
        count = &count + times;
    }
    sum.checked_div(&count)
}

/// Of however many unsure ones are there, the lowest ones are: every place of the sorted list is lowest then.
fn least_trimmed(
    mut sorted: Vec<Exact>,
    unsure: &[(Exact, &Exact)],
    (highest, lowest, from): (usize, usize, usize),
) -> Option<Exact> {
    sorted.sort();
    let number = unsure.iter().fold(Exact::ZERO, |sum, (_, times)| &sum + times);
    if number > Exact::from(TRIED) {
        // A mean is not below the lowest.
        return sorted.iter().chain(unsure.iter().map(|(end, _)| end)).min().cloned();
    }
    let mut least = trimmed(&sorted, highest, lowest, from);
    for (end, times) in unsure {
        let mut left = (*times).clone();
        while left >= Exact::ONE {
            left = &left - &Exact::ONE;
            let place = sorted.partition_point(|known| known < end);
            sorted.insert(place, end.clone());
            let mean = trimmed(&sorted, highest, lowest, from);
            least = match (least, mean) {
                (Some(least), Some(mean)) => Some(least.min(mean)),
                (least, mean) => least.or(mean),
            };
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Candidate, MEAN, Way, bounds};
    use crate::exact::{Exact, Interval};

    const TRIMMED: Way = Way::Mean {
        highest: 1,
        lowest: 1,
        from: 3,
    };

    fn candidate(sure: bool, low: i64, high: i64) -> Candidate {
        Candidate {
            sure,
            value: Interval::between(low.into(), high.into()),
            times: Exact::ONE,
        }
    }

    fn ends(bounds: &Bounds) -> String {
        match &bounds.some {
            None => "-".to_owned(),
            Some(some) => {
                let end = |end: &Option<Exact>| end.as_ref().map_or("*".to_owned(), Exact::to_string);
                format!(
                    "{} {}{}",
                    end(&some.low),
                    end(&some.high),
                    if bounds.none { " -" } else { "" }
                )
            }
        }
    }

    #[test]
    fn unsure_numbers_carry_the_bounds_as_far_as_they_can_and_no_farther() {
        let some = [candidate(true, 4, 6), candidate(false, 1, 9), candidate(false, -2, 3)];
        for (way, expected) in [
            (Way::Sum, "2 18"),
            (Way::Highest, "4 9"),
            (Way::Lowest, "-2 6"),
            (MEAN, "1 7.5"),
            // 4, 1, -2 leave 1; 4 and -2 are too few to leave anything out.
            (TRIMMED, "1 7.5"),
        ] {
            assert_eq!(ends(&bounds(way, &some)), expected, "{way:?}");
        }
        let unsure = [candidate(false, 1, 2), candidate(false, 5, 7)];
        for (way, expected) in [
            (Way::Sum, "0 9"),
            (Way::Highest, "1 7 -"),
            (Way::Lowest, "1 7 -"),
            (MEAN, "1 7 -"),
            (TRIMMED, "1 7 -"),
        ] {
            assert_eq!(ends(&bounds(way, &unsure)), expected, "{way:?}");
        }
        assert_eq!(ends(&bounds(Way::Sum, &[])), "0 0");
        assert_eq!(ends(&bounds(MEAN, &[])), "-");
    }

    #[test]
    fn every_choice_of_unsure_numbers_lies_within_the_bounds_and_the_ends_are_reached() {
        // All multisets of up to five numbers of which some are sure, against trying every choice.
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for _ in 0..400 {
            let numbers: Vec<(bool, i64)> = (0..next(6)).map(|_| (next(2) == 0, next(9) as i64 - 3)).collect();
            let candidates: Vec<Candidate> = numbers
                .iter()
                .map(|(sure, number)| candidate(*sure, *number, *number))
                .collect();
            for way in [
                Way::Sum,
                Way::Highest,
                Way::Lowest,
                MEAN,
                TRIMMED,
                Way::Mean {
                    highest: 2,
                    lowest: 0,
                    from: 4,
                },
            ] {
                let (mut least, mut most, mut none) = (None, None, false);
                for choice in 0..1_u32 << numbers.len() {
                    let there = |place: usize, sure: bool| sure || choice >> place & 1 == 1;
                    let chosen = numbers
                        .iter()
                        .enumerate()
                        .filter(|(place, (sure, _))| there(*place, *sure));
                    match way.of(chosen.map(|(_, (_, number))| Exact::from(*number)).collect()) {
                        None => none = true,
                        Some(value) => {
                            least = Some(least.map_or(value.clone(), |least: Exact| least.min(value.clone())));
                            most = Some(most.map_or(value.clone(), |most: Exact| most.max(value)));
                        }
                    }
                }
                let told = bounds(way, &candidates);
                assert_eq!(told.none, none, "{way:?} {numbers:?}");
                let expected = least.zip(most).map(|(low, high)| Interval::between(low, high));
                assert_eq!(told.some, expected, "{way:?} {numbers:?}");
            }
        }
    }
}
