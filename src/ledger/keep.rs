//! Tables in a snapshot. Ids with their order and their index go as they are: to find them again would cost more than to read them.

use super::ids::Ids;
use super::index::{Entry, Index};
use super::table::{Key, Mark, Row, Run, Table};
use super::{Chain, Head, Position};
use crate::document::{Keep, Keeper, Kept, kept};

kept!(struct Head { position, digest });
kept!(struct Mark { rows, closed });

impl<V> Keep for Key<V> {
    fn keep(&self, to: &mut Keeper) {
        to.length(self.index());
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        usize::kept(from).map(Key::nth)
    }
}

impl Keep for Ids {
    fn keep(&self, to: &mut Keeper) {
        self.text.keep(to);
        to.words(&self.ends);
        self.starts.keep(to);
        to.words(&self.slots);
        to.words(&self.sorted);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        Some(Ids {
            text: Keep::kept(from)?,
            ends: from.words()?,
            starts: Keep::kept(from)?,
            slots: from.words()?,
            sorted: from.words()?,
        })
    }
}

impl<V: Keep> Keep for Table<V> {
    fn keep(&self, to: &mut Keeper) {
        self.ids.keep(to);
        let runs = self.of.iter();
        to.words(&runs.flat_map(|run| [run.start, run.length]).collect::<Vec<u32>>());
        to.length(self.scattered.len());
        for rows in &self.scattered {
            to.words(rows);
        }
        to.words(&self.rows.iter().map(|row| row.number).collect::<Vec<u32>>());
        to.words(&self.rows.iter().map(|row| row.from.sequence()).collect::<Vec<u32>>());
        for row in &self.rows {
            row.value.keep(to);
        }
        to.words(&self.closed);
        self.ends.keep(to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        let ids = Keep::kept(from)?;
        let run = |[a, b, c, d, e, f, g, h]: [u8; 8]| Run {
            start: u32::from_le_bytes([a, b, c, d]),
            length: u32::from_le_bytes([e, f, g, h]),
        };
        let of = from.each()?.map(run).collect();
        let scattered = (0..from.length()?).map(|_| from.words()).collect::<Option<_>>()?;
        let (numbers, places) = (from.each_word()?, from.each_word()?);
        let mut rows = Vec::with_capacity(numbers.len());
        for (number, place) in numbers.zip(places) {
            rows.push(Row {
                number,
                from: Position::new(place),
                value: V::kept(from)?,
            });
        }
        Some(Table {
            ids,
            of,
            scattered,
            rows,
            closed: from.words()?,
            ends: Keep::kept(from)?,
        })
    }
}

impl<K, V> Keep for Index<K, V> {
    fn keep(&self, to: &mut Keeper) {
        to.words(&self.newest);
        let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let entries = self.entries.iter();
        let words = entries.flat_map(|entry| [number(entry.owner.index()), number(entry.owned.index()), entry.before]);
        to.words(&words.collect::<Vec<u32>>());
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        let newest = from.words()?;
        let place = |bytes| usize::try_from(u32::from_le_bytes(bytes)).ok();
        let words = from.each::<12>()?;
        let mut entries = Vec::with_capacity(words.len());
        for [a, b, c, d, e, f, g, h, i, j, k, l] in words {
            entries.push(Entry {
                owner: Key::nth(place([a, b, c, d])?),
                owned: Key::nth(place([e, f, g, h])?),
                before: u32::from_le_bytes([i, j, k, l]),
            });
        }
        Some(Index { newest, entries })
    }
}

kept!(struct Chain { ledger, head, batch, open });
