//! Gathering: one value over the subjects of a cohort, or over those below a subject.

use std::collections::BTreeMap;

use super::Possible;
use crate::exact::{Exact, Interval};
use crate::scheme::Gather;
use crate::scheme::core::{Gathering, Scope};

/// A subject as others see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub(super) id: &'a str,
    pub(super) cohort: &'a str,
    pub(super) parent: Option<&'a str>,
    pub(super) cells: &'a [Possible],
}

/// A member that takes part, or may.
struct Taking {
    sure: bool,
    value: Interval,
    then: Interval,
}

/// The gathered value of every member, in order.
pub(super) fn gather(what: &Gather, members: &[Member<'_>]) -> Vec<Possible> {
    // Who is looked at together: by cohort, or by parent.
    let mut groups: BTreeMap<&str, Vec<Taking>> = BTreeMap::new();
    for member in members {
        let group = match what.scope {
            Scope::Cohort => Some(member.cohort),
            Scope::Below => member.parent,
        };
        let (Some(group), Some(taking)) = (group, taking(what, member)) else {
            continue;
        };
        groups.entry(group).or_default().push(taking);
    }
    let none = Vec::new();
    let summaries: BTreeMap<&str, Summary> = groups
        .iter()
        .map(|(key, takes)| (*key, Summary::of(what.how, takes)))
        .collect();
    let empty = Summary::of(what.how, &none);
    members
        .iter()
        .map(|member| {
            let key = match what.scope {
                Scope::Cohort => member.cohort,
                Scope::Below => member.id,
            };
            let summary = summaries.get(key).unwrap_or(&empty);
            summary.told(what, member)
        })
        .collect()
}

fn interval(cell: usize, member: &Member<'_>) -> Option<Interval> {
    match member.cells.get(cell)? {
        Possible::Number(interval) => Some(interval.clone()),
        _ => None,
    }
}

fn then(what: &Gather, member: &Member<'_>) -> Interval {
    let nought = || Interval::point(Exact::ZERO);
    what.then
        .map_or_else(nought, |cell| interval(cell, member).unwrap_or_else(nought))
}

/// How a member takes part; `None` when it does not.
fn taking(what: &Gather, member: &Member<'_>) -> Option<Taking> {
    let sure = match what.when {
        None => true,
        Some(cell) => match member.cells.get(cell)? {
            Possible::Truth(Some(true)) => true,
            Possible::Truth(None) => false,
            _ => return None,
        },
    };
    Some(Taking {
        sure,
        value: interval(what.value, member)?,
        then: then(what, member),
    })
}

/// What a group comes to.
enum Summary {
    /// One value for all.
    One(Possible),
    /// Places depend on who asks: the ends of all values, sorted.
    Places(Places),
}

/// A value with what breaks ties.
type Rated = (Exact, Exact);

struct Places {
    /// The lowest each of the sure members may be.
    sure_low: Vec<Rated>,
    /// The highest each of the sure members may be.
    sure_high: Vec<Rated>,
    /// The lowest each of the members that may take part may be.
    any_low: Vec<Rated>,
    /// The highest each of the members that may take part may be.
    any_high: Vec<Rated>,
    /// How many sure members have exactly this value.
    exact: BTreeMap<Rated, usize>,
}

fn low(taking: &Taking) -> Option<Rated> {
    Some((taking.value.low.clone()?, taking.then.low.clone()?))
}

fn high(taking: &Taking) -> Option<Rated> {
    Some((taking.value.high.clone()?, taking.then.high.clone()?))
}

impl Summary {
    fn of(how: Gathering, takes: &[Taking]) -> Summary {
        match how {
            Gathering::Higher | Gathering::Lower | Gathering::Equal => Summary::Places(Places::of(takes)),
            Gathering::Tied => Summary::One(Possible::Number(tied(takes))),
            Gathering::Sum => {
                let nought = Interval::point(Exact::ZERO);
                let sum = takes.iter().fold(nought.clone(), |sum, taking| {
                    sum.plus(&if taking.sure {
                        taking.value.clone()
                    } else {
                        taking.value.hull(&nought)
                    })
                });
                Summary::One(Possible::Number(sum))
            }
            Gathering::Highest | Gathering::Lowest | Gathering::Mean => {
                Summary::One(extreme(how, takes).map_or(Possible::NotApplicable, Possible::Number))
            }
        }
    }

    fn told(&self, what: &Gather, member: &Member<'_>) -> Possible {
        match self {
            Summary::One(value) => value.clone(),
            Summary::Places(places) => match interval(what.value, member) {
                Some(value) => {
                    let takes = taking(what, member);
                    let asking = Taking {
                        sure: takes.as_ref().is_some_and(|taking| taking.sure),
                        value,
                        then: then(what, member),
                    };
                    Possible::Number(places.count(what.how, &asking, takes.is_some()))
                }
                None => Possible::NotApplicable,
            },
        }
    }
}

fn extreme(how: Gathering, takes: &[Taking]) -> Option<Interval> {
    let all_sure = takes.iter().all(|taking| taking.sure);
    if how == Gathering::Mean {
        if all_sure {
            let sum = takes
                .iter()
                .fold(Interval::point(Exact::ZERO), |sum, taking| sum.plus(&taking.value));
            let count = Exact::from(takes.len());
            let end = |end: &Option<Exact>| end.as_ref()?.checked_div(&count);
            return (!takes.is_empty()).then(|| Interval {
                low: end(&sum.low),
                high: end(&sum.high),
            });
        }
        return takes
            .iter()
            .map(|taking| taking.value.clone())
            .reduce(|one, other| one.hull(&other));
    }
    let join = |one: Interval, other: Interval| {
        if how == Gathering::Highest {
            one.higher(&other)
        } else {
            one.lower(&other)
        }
    };
    let all = takes.iter().map(|taking| taking.value.clone()).reduce(join)?;
    if all_sure {
        return Some(all);
    }
    let hull = takes
        .iter()
        .map(|taking| taking.value.clone())
        .reduce(|one, other| one.hull(&other))?;
    let sure = takes
        .iter()
        .filter(|taking| taking.sure)
        .map(|taking| taking.value.clone())
        .reduce(join);
    Some(match (sure, how) {
        (Some(sure), Gathering::Highest) => Interval {
            low: sure.low,
            high: all.high,
        },
        (Some(sure), _) => Interval {
            low: all.low,
            high: sure.high,
        },
        (None, _) => hull,
    })
}

impl Places {
    fn of(takes: &[Taking]) -> Places {
        let ends = |sure_only: bool, end: fn(&Taking) -> Option<Rated>| {
            let mut ends: Vec<Rated> = takes
                .iter()
                .filter(|taking| taking.sure || !sure_only)
                .filter_map(end)
                .collect();
            ends.sort();
            ends
        };
        let mut exact: BTreeMap<Rated, usize> = BTreeMap::new();
        for taking in takes.iter().filter(|taking| taking.sure) {
            if let (Some(low), Some(high)) = (low(taking), high(taking))
                && low == high
            {
                let count = exact.entry(low).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
        Places {
            sure_low: ends(true, low),
            sure_high: ends(true, high),
            any_low: ends(false, low),
            any_high: ends(false, high),
            exact,
        }
    }

    /// How many are ahead, behind or level; `within`: whether the one who asks is among them, or may be.
    fn count(&self, how: Gathering, asking: &Taking, within: bool) -> Interval {
        let all = self.any_low.len();
        let (Some(low), Some(high)) = (low(asking), high(asking)) else {
            return Interval::between(Exact::ZERO, Exact::from(all));
        };
        let single = low == high;
        let above = |ends: &[Rated], mark: &Rated| ends.len().saturating_sub(ends.partition_point(|end| end <= mark));
        let below = |ends: &[Rated], mark: &Rated| ends.partition_point(|end| end < mark);
        let own = usize::from(within);
        let (least, most) = match how {
            // Those whose lowest is above my highest are ahead for sure; those whose highest is above my lowest may be.
            Gathering::Higher => {
                let may = above(&self.any_high, &low);
                // I am not ahead of myself: an open value of mine is above its own lowest.
                let myself = if single { 0 } else { own };
                (above(&self.sure_low, &high), may.saturating_sub(myself))
            }
            Gathering::Lower => {
                let may = below(&self.any_low, &high);
                let myself = if single { 0 } else { own };
                (below(&self.sure_high, &low), may.saturating_sub(myself))
            }
            _ => {
                let sure = if single {
                    self.exact.get(&low).copied().unwrap_or(0)
                } else {
                    0
                };
                let me = usize::from(asking.sure && within && single);
                let overlap = all
                    .saturating_sub(above(&self.any_low, &high))
                    .saturating_sub(below(&self.any_high, &low));
                (sure.saturating_sub(me), overlap.saturating_sub(own))
            }
        };
        Interval::between(Exact::from(least), Exact::from(most.max(least)))
    }
}

/// How many share their value with another.
fn tied(takes: &[Taking]) -> Interval {
    let mut exact: BTreeMap<Rated, usize> = BTreeMap::new();
    let mut open = false;
    for taking in takes {
        match (low(taking), high(taking)) {
            (Some(low), Some(high)) if low == high && taking.sure => {
                let count = exact.entry(low).or_insert(0);
                *count = count.saturating_add(1);
            }
            _ => open = true,
        }
    }
    let sure: usize = exact.values().filter(|count| **count > 1).sum();
    let most = if open { takes.len() } else { sure };
    Interval::between(Exact::from(sure), Exact::from(most))
}
