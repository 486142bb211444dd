//! Gathering: one value over the subjects of a cohort, or over those below a subject.
//!
//! Places are counted by sorting the ends of what each value may be, so a cohort of n takes n log n.

use std::collections::BTreeMap;

use super::Possible;
use super::tally::candidates::{Candidate, MEAN, Way, bounds};
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

/// The end of what a number may be. What is not applicable stands below every number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Nothing,
    Unbounded,
    At(Exact),
    Boundless,
}

/// A value with what breaks ties; more is better in both.
type Rated = (End, End);

/// A member that takes part, or may.
struct Taking {
    sure: bool,
    value: Interval,
    low: Rated,
    high: Rated,
}

impl Taking {
    fn is_single(&self) -> bool {
        self.low == self.high && matches!(self.low, (End::At(_), End::At(_) | End::Nothing))
    }
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
        let (Some(group), Some(sure)) = (group, takes_part(what, member)) else {
            continue;
        };
        if let Some(taking) = rated(what, member, sure) {
            groups.entry(group).or_default().push(taking);
        }
    }
    let summaries: BTreeMap<&str, Summary> = groups
        .iter()
        .map(|(key, takes)| (*key, Summary::of(what.how, takes)))
        .collect();
    let empty = Summary::of(what.how, &[]);
    members
        .iter()
        .map(|member| {
            let key = match what.scope {
                Scope::Cohort => member.cohort,
                Scope::Below => member.id,
            };
            match summaries.get(key).unwrap_or(&empty) {
                Summary::One(value) => value.clone(),
                Summary::Places(places) => {
                    let part = takes_part(what, member);
                    // Whether the one who asks is among those who are counted.
                    let within = part.is_some() && (what.scope == Scope::Cohort || member.parent == Some(member.id));
                    rated(what, member, part == Some(true)).map_or(Possible::NotApplicable, |asking| {
                        let (least, most) = places.count(what.how, &asking, within);
                        Possible::Number(Interval::between(Exact::from(least), Exact::from(most)))
                    })
                }
            }
        })
        .collect()
}

fn number<'a>(cell: usize, member: &Member<'a>) -> Option<&'a Interval> {
    match member.cells.get(cell)? {
        Possible::Number(interval) => Some(interval),
        _ => None,
    }
}

/// Whether a member takes part for sure; `None` when it does not.
fn takes_part(what: &Gather, member: &Member<'_>) -> Option<bool> {
    match what.when {
        None => Some(true),
        Some(cell) => match member.cells.get(cell)? {
            Possible::Truth(Some(true)) => Some(true),
            Possible::Truth(None) => Some(false),
            _ => None,
        },
    }
}

/// What a member brings; `None` when the value does not apply to it.
fn rated(what: &Gather, member: &Member<'_>, sure: bool) -> Option<Taking> {
    let value = number(what.value, member)?;
    let then = what.then.and_then(|cell| number(cell, member));
    let end = |end: &Option<Exact>, open: End| end.as_ref().map_or(open, |end| End::At(end.clone()));
    let low = |interval: &Interval| end(&interval.low, End::Unbounded);
    let high = |interval: &Interval| end(&interval.high, End::Boundless);
    // Who has less is ahead where lower counts: the same with the sign changed.
    let ranked = if what.how == Gathering::Lower {
        value.negated()
    } else {
        value.clone()
    };
    Some(Taking {
        sure,
        value: value.clone(),
        low: (low(&ranked), then.map_or(End::Nothing, low)),
        high: (high(&ranked), then.map_or(End::Nothing, high)),
    })
}

/// What a group comes to.
enum Summary {
    /// One value for all.
    One(Possible),
    /// Places depend on who asks.
    Places(Places),
}

impl Summary {
    fn of(how: Gathering, takes: &[Taking]) -> Summary {
        let together = |way: Way| {
            let candidates: Vec<Candidate> = takes
                .iter()
                .map(|taking| Candidate {
                    sure: taking.sure,
                    value: taking.value.clone(),
                    times: Exact::ONE,
                })
                .collect();
            // Where nobody need take part the value stands for the case that somebody does.
            Summary::One(
                bounds(way, &candidates)
                    .some
                    .map_or(Possible::NotApplicable, Possible::Number),
            )
        };
        match how {
            Gathering::Highest => together(Way::Highest),
            Gathering::Lowest => together(Way::Lowest),
            Gathering::Mean => together(MEAN),
            Gathering::Sum => together(Way::Sum),
            Gathering::Higher | Gathering::Lower | Gathering::Equal => Summary::Places(Places::of(takes)),
            Gathering::Tied => {
                let places = Places::of(takes);
                let (mut sure, mut most) = (0_usize, 0_usize);
                for taking in takes {
                    let (level, may_be_level) = places.count(Gathering::Equal, taking, true);
                    sure = sure.saturating_add(usize::from(taking.sure && level > 0));
                    most = most.saturating_add(usize::from(may_be_level > 0));
                }
                Summary::One(Possible::Number(Interval::between(
                    Exact::from(sure),
                    Exact::from(most),
                )))
            }
        }
    }
}

/// The ends of all values, sorted.
struct Places {
    /// The lowest that each of the sure members may be.
    sure_low: Vec<Rated>,
    /// The lowest that each member may be.
    low: Vec<Rated>,
    /// The highest that each member may be.
    high: Vec<Rated>,
    /// How many sure members have exactly this value.
    same: BTreeMap<Rated, usize>,
}

impl Places {
    fn of(takes: &[Taking]) -> Places {
        let sorted = |ends: &mut dyn Iterator<Item = &Rated>| {
            let mut ends: Vec<Rated> = ends.cloned().collect();
            ends.sort();
            ends
        };
        let mut same: BTreeMap<Rated, usize> = BTreeMap::new();
        for taking in takes.iter().filter(|taking| taking.sure && taking.is_single()) {
            let count = same.entry(taking.low.clone()).or_insert(0);
            *count = count.saturating_add(1);
        }
        let sure = || takes.iter().filter(|taking| taking.sure);
        Places {
            sure_low: sorted(&mut sure().map(|taking| &taking.low)),
            low: sorted(&mut takes.iter().map(|taking| &taking.low)),
            high: sorted(&mut takes.iter().map(|taking| &taking.high)),
            same,
        }
    }

    /// How many are ahead of, or level with, the one who asks: for sure, and at the most. `within`: whether the one who asks
    /// is, or may be, among them.
    fn count(&self, how: Gathering, asking: &Taking, within: bool) -> (usize, usize) {
        let above = |ends: &[Rated], mark: &Rated| ends.len().saturating_sub(ends.partition_point(|end| end <= mark));
        if how == Gathering::Equal {
            let single = asking.is_single();
            let sure = if single {
                self.same.get(&asking.low).copied().unwrap_or(0)
            } else {
                0
            };
            let below = self.high.partition_point(|end| *end < asking.low);
            let overlap = self
                .low
                .len()
                .saturating_sub(above(&self.low, &asking.high))
                .saturating_sub(below);
            // Nobody is level with himself.
            let myself = usize::from(within);
            let counted = usize::from(within && asking.sure && single);
            return (sure.saturating_sub(counted), overlap.saturating_sub(myself));
        }
        // Those whose lowest is above my highest are ahead for sure, those whose highest is above my lowest may be; and I
        // am not ahead of myself.
        let myself = usize::from(within && asking.high > asking.low);
        (
            above(&self.sure_low, &asking.high),
            above(&self.high, &asking.low).saturating_sub(myself),
        )
    }
}

#[cfg(test)]
mod tests;
