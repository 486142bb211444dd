//! Rows that know in which positions they held.
//!
//! State is kept as tables of rows that are only ever added; a row that a later act corrects is closed, not removed. A
//! view as known at a position filters, instead of replaying. What was added after a [`Mark`] can be taken back, so an
//! act can be tried on the state itself.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::Position;

/// An object of a table: its host id, interned. Keys order as the ledger first named them; outputs sort by id.
pub struct Key<V>(u32, PhantomData<fn() -> V>);

impl<V> Key<V> {
    fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl<V> Clone for Key<V> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<V> Copy for Key<V> {}
impl<V> PartialEq for Key<V> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<V> Eq for Key<V> {}
impl<V> PartialOrd for Key<V> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<V> Ord for Key<V> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<V> fmt::Debug for Key<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.0)
    }
}

/// One row: what an act said of an object, and from which position up to (not including) which it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<V> {
    /// The object.
    pub key: Key<V>,
    /// The position of the act that said it.
    pub from: Position,
    /// The position of the act that corrected it; [`Position::END`] while it holds.
    pub to: Position,
    /// What was said.
    pub value: V,
}

impl<V> Row<V> {
    fn known(&self, at: Position) -> bool {
        self.from <= at && at < self.to
    }
}

/// How far a table was filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    rows: usize,
    closed: usize,
}

/// The rows about the objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<V> {
    ids: Vec<Arc<str>>,
    index: BTreeMap<Arc<str>, Key<V>>,
    /// For each object, its rows in the order of the ledger.
    of: Vec<Vec<u32>>,
    rows: Vec<Row<V>>,
    /// Rows in the order in which they were closed.
    closed: Vec<u32>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Table {
            ids: Vec::new(),
            index: BTreeMap::new(),
            of: Vec::new(),
            rows: Vec::new(),
            closed: Vec::new(),
        }
    }
}

impl<V> Table<V> {
    /// The object of this id, if the ledger has named it.
    pub fn key(&self, id: &str) -> Option<Key<V>> {
        self.index.get(id).copied()
    }

    /// The host id of an object.
    pub fn id(&self, key: Key<V>) -> &str {
        self.ids.get(key.index()).map_or("", AsRef::as_ref)
    }

    /// Adds what the act at this position says of an object.
    ///
    /// A table holds fewer than 2³² rows: positions are 32 bits wide, and documents bound what one act may carry.
    pub fn push(&mut self, at: Position, id: &str, value: V) -> Key<V> {
        let key = self.index.get(id).copied().unwrap_or_else(|| {
            let key = Key(u32::try_from(self.ids.len()).unwrap_or(u32::MAX), PhantomData);
            let id: Arc<str> = id.into();
            self.ids.push(id.clone());
            self.of.push(Vec::new());
            self.index.insert(id, key);
            key
        });
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.rows.push(Row {
            key,
            from: at,
            to: Position::END,
            value,
        });
        if let Some(of) = self.of.get_mut(key.index()) {
            of.push(row);
        }
        key
    }

    /// Closes the rows that the act at `said` wrote about an object: from `now` on they do not hold. Whether there
    /// were any.
    pub fn retract(&mut self, key: Key<V>, said: Position, now: Position) -> bool {
        self.retract_where(key, said, now, |_| true)
    }

    /// Closes those of the rows that the act at `said` wrote about an object which the test picks.
    pub fn retract_where(&mut self, key: Key<V>, said: Position, now: Position, picked: impl Fn(&V) -> bool) -> bool {
        let before = self.closed.len();
        let Some(of) = self.of.get(key.index()) else {
            return false;
        };
        for number in of {
            let Some(row) = self.rows.get_mut(index(*number)) else {
                continue;
            };
            if row.from == said && row.to == Position::END && picked(&row.value) {
                row.to = now;
                self.closed.push(*number);
            }
        }
        self.closed.len() > before
    }

    /// Closes every row that the act at `said` wrote, whatever the object. Whether there were any.
    pub fn retract_act(&mut self, said: Position, now: Position) -> bool {
        let before = self.closed.len();
        // Positions only grow, so what one act wrote stands together.
        let first = self.rows.partition_point(|row| row.from < said);
        for (number, row) in self.rows.iter_mut().enumerate().skip(first) {
            if row.from > said {
                break;
            }
            if row.to == Position::END {
                row.to = now;
                self.closed.push(u32::try_from(number).unwrap_or(u32::MAX));
            }
        }
        self.closed.len() > before
    }

    /// What is known of an object at a position, in the order of the ledger.
    pub fn rows(&self, key: Key<V>, known: Position) -> impl DoubleEndedIterator<Item = &Row<V>> {
        let of = self.of.get(key.index()).map_or(&[][..], Vec::as_slice);
        of.iter()
            .filter_map(|row| self.rows.get(index(*row)))
            .filter(move |row| row.known(known))
    }

    /// What was said last of an object, as known at a position.
    pub fn last(&self, key: Key<V>, known: Position) -> Option<&Row<V>> {
        self.rows(key, known).next_back()
    }

    /// Every object of which something is known at a position, in the order of their ids.
    pub fn keys(&self, known: Position) -> impl Iterator<Item = Key<V>> {
        self.index
            .values()
            .copied()
            .filter(move |key| self.rows(*key, known).next().is_some())
    }

    /// Every object with what was said last of it, in the order of their ids.
    pub fn latest(&self, known: Position) -> impl Iterator<Item = (&str, &V)> {
        self.index
            .iter()
            .filter_map(move |(id, key)| self.last(*key, known).map(|row| (id.as_ref(), &row.value)))
    }

    /// How far the table is filled.
    pub fn mark(&self) -> Mark {
        Mark {
            rows: self.rows.len(),
            closed: self.closed.len(),
        }
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: Mark) {
        for number in self.closed.drain(mark.closed.min(self.closed.len())..) {
            if let Some(row) = self.rows.get_mut(index(number)) {
                row.to = Position::END;
            }
        }
        for row in self.rows.drain(mark.rows.min(self.rows.len())..).rev() {
            let Some(of) = self.of.get_mut(row.key.index()) else {
                continue;
            };
            of.pop();
            // The last object named is the first to be forgotten, so keys stay dense.
            if of.is_empty() {
                self.of.pop();
                if let Some(id) = self.ids.pop() {
                    self.index.remove(&id);
                }
            }
        }
    }
}

fn index(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(sequence: u32) -> Position {
        Position::new(sequence)
    }

    #[test]
    fn a_view_sees_what_was_known_then() {
        let mut table = Table::default();
        let key = table.push(at(1), "甲", "first");
        table.push(at(2), "乙", "other");
        table.retract(key, at(1), at(3));
        table.push(at(3), "甲", "corrected");
        let known = |position| table.last(key, at(position)).map(|row| row.value);
        assert_eq!(
            [known(0), known(1), known(2), known(3)],
            [None, Some("first"), Some("first"), Some("corrected")]
        );
        assert_eq!(table.latest(at(2)).map(|(id, _)| id).collect::<Vec<_>>(), ["乙", "甲"]);
    }

    #[test]
    fn taking_back_leaves_the_table_as_it_was() {
        let mut table = Table::default();
        let key = table.push(at(1), "甲", 1);
        let before = table.clone();
        let mark = table.mark();
        table.retract(key, at(1), at(2));
        table.push(at(2), "甲", 2);
        table.push(at(2), "乙", 3);
        table.push(at(2), "甲", 4);
        table.push(at(2), "丙", 5);
        table.rollback(mark);
        assert_eq!(table, before);
    }
}
