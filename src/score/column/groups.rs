//! Groups of rows, and what is gathered over them.

use super::steps::{Gathered, Source};
use super::whole::Whole;
use crate::scheme::core::Gathering;

/// Which rows belong together.
pub(super) struct Groups {
    /// The rows, group by group; `None` where they lie so already.
    order: Option<Vec<usize>>,
    /// Where each group ends.
    ends: Vec<usize>,
}

impl Groups {
    pub(super) fn of(cohorts: Option<&[u32]>, rows: usize) -> Groups {
        let Some(cohorts) = cohorts else {
            return Groups {
                order: None,
                ends: vec![rows],
            };
        };
        let order = (!cohorts.is_sorted()).then(|| {
            let mut order: Vec<usize> = (0..rows).collect();
            order.sort_by_key(|row| cohorts.get(*row));
            order
        });
        let sorted: Vec<u32> = match &order {
            Some(order) => order.iter().filter_map(|row| cohorts.get(*row)).copied().collect(),
            None => cohorts.to_vec(),
        };
        let mut ends = Vec::new();
        let mut end = 0_usize;
        for group in sorted.chunk_by(|one, other| one == other) {
            end = end.saturating_add(group.len());
            ends.push(end);
        }
        Groups { order, ends }
    }

    /// The rows of each group.
    pub(super) fn rows(&self) -> Vec<Vec<usize>> {
        let mut start = 0;
        let mut groups = Vec::with_capacity(self.ends.len());
        for end in &self.ends {
            let places = start..*end;
            groups.push(match &self.order {
                None => places.collect(),
                Some(order) => order.get(places).unwrap_or_default().to_vec(),
            });
            start = *end;
        }
        groups
    }

    pub(super) fn largest(&self) -> usize {
        let starts = std::iter::once(&0).chain(&self.ends);
        let sizes = self
            .ends
            .iter()
            .zip(starts)
            .map(|(end, start)| end.saturating_sub(*start));
        sizes.max().unwrap_or(0)
    }

    /// Part of a column in the order of groups.
    fn part<'k, W: Whole>(&self, column: &'k [W], start: usize, end: usize, scratch: &'k mut Vec<W>) -> &'k [W] {
        match &self.order {
            None => column.get(start..end).unwrap_or_default(),
            Some(order) => {
                scratch.clear();
                let rows = order.get(start..end).unwrap_or_default();
                scratch.extend(rows.iter().filter_map(|row| column.get(*row)).copied());
                scratch
            }
        }
    }

    /// The gathered column.
    pub(super) fn gather<W: Whole>(&self, what: &Gathered, kept: &[Vec<W>], rows: usize) -> Vec<W> {
        let mut results: Vec<W> = Vec::with_capacity(rows);
        let mut scratches = [Vec::new(), Vec::new(), Vec::new()];
        let [first, second, third] = &mut scratches;
        let mut filled = [Vec::new(), Vec::new(), Vec::new()];
        let [same_value, same_then, same_when] = &mut filled;
        let mut members = Members {
            plain: Vec::new(),
            rated: Vec::new(),
        };
        let mut start = 0;
        for end in &self.ends {
            let size = end.saturating_sub(start);
            let read = |source: Source, scratch: &'_ mut Vec<W>, same: &mut Vec<W>| match source {
                Source::Constant(number) => {
                    same.clear();
                    same.resize(size, W::of(number));
                }
                Source::Kept(place) => {
                    let column = kept.get(place).map(Vec::as_slice).unwrap_or_default();
                    let part = self.part(column, start, *end, scratch);
                    same.clear();
                    same.extend_from_slice(part);
                }
            };
            read(what.value, first, same_value);
            read(what.then, second, same_then);
            read(what.when, third, same_when);
            let broken = !matches!(what.then, Source::Constant(_));
            members.gather(what.how, (same_value, same_then, same_when), broken, &mut results);
            start = *end;
        }
        match &self.order {
            None => results,
            Some(order) => {
                let mut placed = vec![W::ZERO; rows];
                for (row, result) in order.iter().zip(results) {
                    if let Some(slot) = placed.get_mut(*row) {
                        *slot = result;
                    }
                }
                placed
            }
        }
    }
}

/// Those who take part in one group, sorted.
struct Members<W> {
    plain: Vec<W>,
    rated: Vec<(W, W)>,
}

fn count<W: Whole>(number: usize) -> W {
    W::from_i64(i64::try_from(number).unwrap_or(i64::MAX))
}

impl<W: Whole> Members<W> {
    fn gather(
        &mut self,
        how: Gathering,
        (values, thens, whens): (&[W], &[W], &[W]),
        broken: bool,
        results: &mut Vec<W>,
    ) {
        let taking = || {
            values
                .iter()
                .zip(thens)
                .zip(whens)
                .filter(|(_, when)| **when != W::ZERO)
        };
        let one = |value: W| std::iter::repeat_n(value, values.len());
        match how {
            Gathering::Sum => {
                let sum = taking().fold(W::ZERO, |sum, ((value, _), _)| sum.plus(*value));
                results.extend(one(sum));
            }
            Gathering::Highest => results.extend(one(taking().map(|((value, _), _)| *value).max().unwrap_or(W::ZERO))),
            Gathering::Lowest => results.extend(one(taking().map(|((value, _), _)| *value).min().unwrap_or(W::ZERO))),
            // A mean is compiled to a sum and a count.
            Gathering::Mean => results.extend(one(W::ZERO)),
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied if broken => {
                self.rated.clear();
                self.rated.extend(taking().map(|((value, then), _)| (*value, *then)));
                self.rated.sort_unstable();
                let asking = values.iter().copied().zip(thens.iter().copied());
                places(how, &self.rated, asking, whens, results);
            }
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => {
                self.plain.clear();
                self.plain.extend(taking().map(|((value, _), _)| *value));
                self.plain.sort_unstable();
                places(how, &self.plain, values.iter().copied(), whens, results);
            }
        }
    }
}

/// How many are ahead, behind, level or tied, of those who take part, for each who asks.
fn places<W: Whole, K: Ord>(
    how: Gathering,
    sorted: &[K],
    asking: impl Iterator<Item = K>,
    whens: &[W],
    results: &mut Vec<W>,
) {
    if how == Gathering::Tied {
        let shared = sorted.chunk_by(|one, other| one == other).map(<[K]>::len);
        let tied: usize = shared.filter(|size| *size > 1).sum();
        results.extend(std::iter::repeat_n(count::<W>(tied), whens.len()));
        return;
    }
    results.extend(asking.zip(whens).map(|(own, when)| {
        let below = || sorted.partition_point(|other| *other < own);
        let up_to = || sorted.partition_point(|other| *other <= own);
        count::<W>(match how {
            Gathering::Higher => sorted.len().saturating_sub(up_to()),
            Gathering::Lower => below(),
            _ => {
                let level = up_to().saturating_sub(below());
                level.saturating_sub(usize::from(*when != W::ZERO))
            }
        })
    }));
}
