//! Places within a group: how many are ahead, behind or level.
//!
//! A group is put in order by its keys, byte by byte, without comparing anybody with anybody; who has the same key then
//! stands together.

use crate::scheme::core::Gathering;

/// Groups smaller than this are sorted by comparing.
const FEW: usize = 48;

/// A key and the place of its owner in the group.
type Keyed = (u64, u32);

/// Memory for putting groups in order.
#[derive(Default)]
pub(super) struct Places {
    keyed: Vec<Keyed>,
    other: Vec<Keyed>,
}

/// A value by which members of a group are put in order.
pub(super) trait Rated: Copy + Ord {
    /// The distance from the least, where it fits.
    fn above(self, least: Self) -> Option<u64>;
}

impl Rated for i64 {
    fn above(self, least: i64) -> Option<u64> {
        Some(self.abs_diff(least))
    }
}

impl Rated for i128 {
    fn above(self, least: i128) -> Option<u64> {
        u64::try_from(self.abs_diff(least)).ok()
    }
}

/// Least value and the greatest distance from it.
fn span<W: Rated>(values: &[W]) -> Option<(W, u64)> {
    let (least, greatest) = (values.iter().min()?, values.iter().max()?);
    Some((*least, greatest.above(*least)?))
}

impl Places {
    /// The places of all members of a group, in their order: `values` and, where ties are broken, `thens`.
    ///
    /// Members whose `whens` is nought are not counted, but are told their place too.
    pub(super) fn count<W: Rated>(
        &mut self,
        how: Gathering,
        values: &[W],
        thens: Option<&[W]>,
        takes_part: impl Fn(usize) -> bool,
        mut tell: impl FnMut(usize, usize),
    ) {
        if self.keys(values, thens).is_none() {
            self.compared(values, thens);
        }
        let places = |run: &[Keyed]| run.iter().filter(|(_, place)| takes_part(at(*place))).count();
        let taking = places(&self.keyed);
        let runs = || self.keyed.chunk_by(|one, other| one.0 == other.0);
        if how == Gathering::Tied {
            let tied: usize = runs().map(places).filter(|level| *level > 1).sum();
            self.keyed.iter().for_each(|(_, place)| tell(at(*place), tied));
            return;
        }
        let mut below = 0_usize;
        for run in runs() {
            let level = places(run);
            let ahead = taking.saturating_sub(below).saturating_sub(level);
            for (_, place) in run {
                let place = at(*place);
                let count = match how {
                    Gathering::Higher => ahead,
                    Gathering::Lower => below,
                    // Nobody is level with himself.
                    _ => level.saturating_sub(usize::from(takes_part(place))),
                };
                tell(place, count);
            }
            below = below.saturating_add(level);
        }
    }

    /// Puts the members in order by keys; `None` where they do not fit.
    fn keys<W: Rated>(&mut self, values: &[W], thens: Option<&[W]>) -> Option<()> {
        self.keyed.clear();
        if values.is_empty() {
            return Some(());
        }
        let (least, mut most) = span(values)?;
        match thens {
            None => {
                for (place, value) in (0_u32..).zip(values) {
                    self.keyed.push((value.above(least)?, place));
                }
            }
            Some(thens) => {
                let (then_least, then_most) = span(thens)?;
                let times = then_most.checked_add(1)?;
                most = most.checked_mul(times)?.checked_add(then_most)?;
                for ((place, value), then) in (0_u32..).zip(values).zip(thens) {
                    let key = value.above(least)?.checked_mul(times)?;
                    self.keyed.push((key.checked_add(then.above(then_least)?)?, place));
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
    fn compared<W: Rated>(&mut self, values: &[W], thens: Option<&[W]>) {
        let rated = |place: &u32| (values.get(at(*place)), thens.and_then(|thens| thens.get(at(*place))));
        let mut order: Vec<u32> = (0_u32..).zip(values).map(|(place, _)| place).collect();
        order.sort_unstable_by_key(rated);
        self.keyed.clear();
        for (key, run) in (0_u64..).zip(order.chunk_by(|one, other| rated(one) == rated(other))) {
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
                Gathering::Lower => others.filter(|other| rated(*other) < rated(own)).count(),
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
        Places::default().count(
            how,
            values,
            thens,
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
