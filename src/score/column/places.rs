//! Places within a group: how many are ahead, behind or level.
//!
//! A group is put in order by its keys, byte by byte, without comparing anybody with anybody; who has the same key then
//! stands together.

use super::steps::Source;
use crate::scheme::core::Gathering;

/// Groups smaller than this are sorted by comparing.
const FEW: usize = 48;

/// A key and the place of its owner in the group.
type Keyed = (u64, u32);

/// By what groups are put in order: the value, what breaks ties, and whether lower is ahead.
pub(super) type By = (Source, Source, bool);

/// Groups in order.
#[derive(Default)]
pub(super) struct Places {
    keyed: Vec<Keyed>,
    other: Vec<Keyed>,
    /// The order of all groups, one behind the other, and by what: gatherings over the same value share it.
    sorted: Vec<Keyed>,
    by: Option<By>,
}

/// A value by which members of a group are put in order.
pub(super) trait Rated: Copy + Ord {
    /// The distance from another value, where it fits.
    fn distance(self, other: Self) -> Option<u64>;
}

impl Rated for i64 {
    fn distance(self, other: i64) -> Option<u64> {
        Some(self.abs_diff(other))
    }
}

impl Rated for i128 {
    fn distance(self, other: i128) -> Option<u64> {
        u64::try_from(self.abs_diff(other)).ok()
    }
}

/// Least and greatest value, and the distance between them.
fn span<W: Rated>(values: &[W]) -> Option<(W, W, u64)> {
    let (least, greatest) = (values.iter().min()?, values.iter().max()?);
    Some((*least, *greatest, greatest.distance(*least)?))
}

impl Places {
    /// Whether all groups are in this order already. If not, each is to be put in order in turn.
    pub(super) fn begin(&mut self, by: By) -> bool {
        if self.by == Some(by) {
            return true;
        }
        self.by = Some(by);
        self.sorted.clear();
        false
    }

    /// Puts the next group in order, by `values` and, where ties are broken, `thens`. Who has less is ahead where lower
    /// counts; more of what breaks ties is ahead either way.
    pub(super) fn order<W: Rated>(&mut self, lower: bool, values: &[W], thens: Option<&[W]>) {
        if self.keys(lower, values, thens).is_none() {
            self.compared(lower, values, thens);
        }
        self.sorted.extend_from_slice(&self.keyed);
    }

    /// Tells each member of a group in order its place. Members that do not take part are not counted, but are told
    /// their place too.
    pub(super) fn count(
        &self,
        how: Gathering,
        group: std::ops::Range<usize>,
        takes_part: impl Fn(usize) -> bool,
        mut tell: impl FnMut(usize, usize),
    ) {
        let sorted = self.sorted.get(group).unwrap_or_default();
        let places = |run: &[Keyed]| run.iter().filter(|(_, place)| takes_part(at(*place))).count();
        let runs = || sorted.chunk_by(|one, other| one.0 == other.0);
        if how == Gathering::Tied {
            let tied: usize = runs().map(places).filter(|level| *level > 1).sum();
            sorted.iter().for_each(|(_, place)| tell(at(*place), tied));
            return;
        }
        let mut ahead = places(sorted);
        for run in runs() {
            let level = places(run);
            ahead = ahead.saturating_sub(level);
            for (_, place) in run {
                let place = at(*place);
                let count = match how {
                    Gathering::Higher | Gathering::Lower => ahead,
                    // Nobody is level with himself.
                    _ => level.saturating_sub(usize::from(takes_part(place))),
                };
                tell(place, count);
            }
        }
    }

    /// Puts the members in order by keys, who is ahead last; `None` where keys do not fit.
    fn keys<W: Rated>(&mut self, lower: bool, values: &[W], thens: Option<&[W]>) -> Option<()> {
        self.keyed.clear();
        if values.is_empty() {
            return Some(());
        }
        let (least, greatest, mut most) = span(values)?;
        let base = if lower { greatest } else { least };
        match thens {
            None => {
                for (place, value) in (0_u32..).zip(values) {
                    self.keyed.push((value.distance(base)?, place));
                }
            }
            Some(thens) => {
                let (then_least, _, then_most) = span(thens)?;
                let times = then_most.checked_add(1)?;
                most = most.checked_mul(times)?.checked_add(then_most)?;
                for ((place, value), then) in (0_u32..).zip(values).zip(thens) {
                    let key = value.distance(base)?.checked_mul(times)?;
                    self.keyed.push((key.checked_add(then.distance(then_least)?)?, place));
                }
            }
        }
        if values.len() < FEW {
            self.keyed.sort_unstable();
            return Some(());
        }
        let mut shift = 0_u32;
        while most.checked_shr(shift).unwrap_or(0) > 0 {
            self.pass(shift);
            shift = shift.saturating_add(8);
        }
        Some(())
    }

    /// Puts members in order by one byte of their keys; who has the same byte stays in order.
    fn pass(&mut self, shift: u32) {
        let byte = |key: u64| key.to_le_bytes().get(at(shift >> 3)).copied().map_or(0, usize::from);
        let mut starts = [0_u32; 256];
        for (key, _) in &self.keyed {
            if let Some(count) = starts.get_mut(byte(*key)) {
                *count = count.wrapping_add(1);
            }
        }
        let mut start = 0_u32;
        for count in &mut starts {
            let end = start.wrapping_add(*count);
            *count = start;
            start = end;
        }
        self.other.clear();
        self.other.resize(self.keyed.len(), (0, 0));
        for keyed in &self.keyed {
            if let Some(start) = starts.get_mut(byte(keyed.0)) {
                if let Some(slot) = self.other.get_mut(at(*start)) {
                    *slot = *keyed;
                }
                *start = start.wrapping_add(1);
            }
        }
        std::mem::swap(&mut self.keyed, &mut self.other);
    }

    /// Puts members in order by comparing them.
    fn compared<W: Rated>(&mut self, lower: bool, values: &[W], thens: Option<&[W]>) {
        let value = |place: &u32| values.get(at(*place));
        let then = |place: &u32| thens.and_then(|thens| thens.get(at(*place)));
        let mut order: Vec<u32> = (0_u32..).zip(values).map(|(place, _)| place).collect();
        order.sort_unstable_by(|one, other| {
            let ahead = value(one).cmp(&value(other));
            let ahead = if lower { ahead.reverse() } else { ahead };
            ahead.then(then(one).cmp(&then(other)))
        });
        let level = |one: &u32, other: &u32| value(one) == value(other) && then(one) == then(other);
        self.keyed.clear();
        for (key, run) in (0_u64..).zip(order.chunk_by(level)) {
            self.keyed.extend(run.iter().map(|place| (key, *place)));
        }
    }
}

/// Groups have fewer than 2^32 members.
fn at(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By definition: everybody is compared with everybody.
    fn counted<W: Rated>(how: Gathering, values: &[W], thens: Option<&[W]>, whens: &[bool]) -> Vec<usize> {
        let rated = |place: usize| (values[place], thens.map(|thens| thens[place]));
        let counts = (0..values.len()).map(|own| {
            let others = (0..values.len()).filter(|other| whens[*other]);
            match how {
                Gathering::Higher => others.filter(|other| rated(*other) > rated(own)).count(),
                // Less is ahead, but more of what breaks ties.
                Gathering::Lower => others
                    .filter(|other| {
                        let (one, other) = (rated(*other), rated(own));
                        one.0 < other.0 || (one.0 == other.0 && one.1 > other.1)
                    })
                    .count(),
                Gathering::Equal => others
                    .filter(|other| *other != own && rated(*other) == rated(own))
                    .count(),
                _ => (0..values.len())
                    .filter(|one| whens[*one])
                    .filter(|one| others.clone().any(|other| other != *one && rated(other) == rated(*one)))
                    .count(),
            }
        });
        counts.collect()
    }

    fn told<W: Rated>(how: Gathering, values: &[W], thens: Option<&[W]>, whens: &[bool]) -> Vec<usize> {
        let mut told = vec![usize::MAX; values.len()];
        let mut places = Places::default();
        places.order(how == Gathering::Lower, values, thens);
        places.count(
            how,
            0..values.len(),
            |place| whens[place],
            |place, count| told[place] = count,
        );
        told
    }

    #[test]
    fn places_are_those_of_comparing_everybody() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for size in [0, 1, 5, 47, 48, 130] {
            for spread in [1, 3, 300, 70_000, 1 << 30] {
                let values: Vec<i64> = (0..size).map(|_| next(spread) as i64 - 5).collect();
                let thens: Vec<i64> = (0..size).map(|_| next(3) as i64).collect();
                let whens: Vec<bool> = (0..size).map(|_| next(3) > 0).collect();
                // Apart so far that keys of 64 bits do not hold them.
                let far = |values: &[i64]| values.iter().map(|value| i128::from(*value) << 60).collect::<Vec<_>>();
                for how in [Gathering::Higher, Gathering::Lower, Gathering::Equal, Gathering::Tied] {
                    for thens in [None, Some(thens.as_slice())] {
                        let expected = counted(how, &values, thens, &whens);
                        assert_eq!(
                            told(how, &values, thens, &whens),
                            expected,
                            "{how:?} of {size} within {spread}"
                        );
                        let far_thens = thens.map(far);
                        assert_eq!(told(how, &far(&values), far_thens.as_deref(), &whens), expected);
                    }
                }
            }
        }
        let ends = [i64::MIN, i64::MAX, 0];
        assert_eq!(told(Gathering::Higher, &ends, None, &[true; 3]), [2, 0, 1]);
        assert_eq!(told(Gathering::Higher, &ends, Some(&ends), &[true; 3]), [2, 0, 1]);
    }
}
