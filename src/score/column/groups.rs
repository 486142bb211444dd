//! Groups of rows, and what is gathered over them.

use super::kept::Kept;
use super::places::{Places, Rated};
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

    /// Fills the gathered column.
    pub(super) fn gather(&self, what: &Gathered, kept: &mut [Kept], places: &mut Places) {
        let Some(mut into) = kept.get_mut(what.into).map(std::mem::take) else {
            return;
        };
        let wide = |source: Source| match source {
            Source::Constant(number) => i64::try_from(number).is_err(),
            Source::Kept(place) => matches!(kept.get(place), Some(Kept::Wide(_))),
        };
        let any_wide = matches!(into, Kept::Wide(_)) || [what.value, what.then].into_iter().any(wide);
        if any_wide {
            self.gather_as::<i128>(what, kept, &mut into, places);
        } else {
            self.gather_as::<i64>(what, kept, &mut into, places);
        }
        if let Some(slot) = kept.get_mut(what.into) {
            *slot = into;
        }
    }

    fn gather_as<W: Whole + Rated>(&self, what: &Gathered, kept: &[Kept], into: &mut Kept, places: &mut Places) {
        let rows = self.ends.last().copied().unwrap_or(0);
        let mut results: Vec<W> = vec![W::ZERO; if self.order.is_some() { rows } else { 0 }];
        let (mut values, mut thens, mut whens) = (Vec::new(), Vec::new(), Vec::new());
        let mut told: Vec<W> = Vec::new();
        let everybody = matches!(what.when, Source::Constant(1));
        let broken = !matches!(what.then, Source::Constant(_));
        let lower = what.how == Gathering::Lower;
        let ranked = match what.how {
            Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => true,
            Gathering::Highest | Gathering::Lowest | Gathering::Mean | Gathering::Sum => false,
        };
        let ordered = ranked && places.begin((what.value, what.then, lower));
        let mut start = 0;
        for end in &self.ends {
            let group = start..*end;
            start = *end;
            if !ordered {
                self.read(what.value, kept, group.clone(), &mut values);
            }
            if !everybody {
                self.read(what.when, kept, group.clone(), &mut whens);
            }
            let takes_part = |place: usize| everybody || whens.get(place) != Some(&W::ZERO);
            let same = match what.how {
                // A mean is compiled to a sum and a count.
                Gathering::Sum | Gathering::Mean => {
                    let taking = values.iter().enumerate().filter(|(place, _)| takes_part(*place));
                    taking.fold(W::ZERO, |sum, (_, value)| sum.plus(*value))
                }
                Gathering::Highest => values.iter().copied().max().unwrap_or(W::ZERO),
                Gathering::Lowest => values.iter().copied().min().unwrap_or(W::ZERO),
                Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => W::ZERO,
            };
            told.clear();
            told.resize(group.len(), same);
            if ranked && !ordered {
                if broken {
                    self.read(what.then, kept, group.clone(), &mut thens);
                }
                places.order(lower, &values, broken.then_some(thens.as_slice()));
            }
            if ranked {
                places.count(what.how, group.clone(), takes_part, |place, count| {
                    if let Some(slot) = told.get_mut(place) {
                        *slot = W::from_i64(i64::try_from(count).unwrap_or(i64::MAX));
                    }
                });
            }
            match &self.order {
                None => W::append(&told, into),
                Some(order) => {
                    for (row, result) in order.get(group).unwrap_or_default().iter().zip(&told) {
                        if let Some(slot) = results.get_mut(*row) {
                            *slot = *result;
                        }
                    }
                }
            }
        }
        if self.order.is_some() {
            W::append(&results, into);
        }
    }

    /// The rows of a group, of a column or of a constant.
    fn read<W: Whole>(&self, source: Source, kept: &[Kept], group: std::ops::Range<usize>, into: &mut Vec<W>) {
        into.clear();
        match (source, &self.order) {
            (Source::Constant(number), _) => into.resize(group.len(), W::of(number)),
            (Source::Kept(place), None) => {
                into.resize(group.len(), W::ZERO);
                if let Some(column) = kept.get(place) {
                    W::fetch(into, column, group);
                }
            }
            (Source::Kept(place), Some(order)) => {
                let rows = order.get(group).unwrap_or_default().iter();
                if let Some(column) = kept.get(place) {
                    into.extend(rows.map(|row| W::of(column.value(*row))));
                }
            }
        }
    }
}
