//! Rows that know in which positions they held.
//!
//! A table of a nation's units is held in memory whole, so an object costs few bytes beside its rows: its id stands in
//! one text with all others, and its rows, which one act mostly writes together, are a run in the list of all rows.
//!
//! State is kept as tables of rows that are only ever added; a row that a later act corrects is closed, not removed. A
//! view as known at a position filters, instead of replaying. What was added after a [`Mark`] can be taken back, so an
//! act can be tried on the state itself.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use super::{Position, ids::Ids};

/// An object of a table: its host id, interned. Keys order as the ledger first named them; outputs sort by id.
pub struct Key<V>(u32, PhantomData<fn() -> V>);

/// The id of an object that two ids name together. Line breaks of the first are escaped, so the first one in the result
/// ends it.
pub fn pair(first: &str, second: &str) -> String {
    let first = first.replace('\\', "\\\\").replace('\n', "\\n");
    format!("{first}\n{second}")
}

impl<V> Key<V> {
    /// The object in this place, counted from 0 as the ledger first named them.
    pub fn nth(place: usize) -> Self {
        Key(u32::try_from(place).unwrap_or(u32::MAX), PhantomData)
    }

    /// The place of the object, counted from 0 as the ledger first named them: lists beside a table are indexed by it.
    pub fn index(self) -> usize {
        index(self.0)
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
    /// The object's number, with [`CLOSED`] when the row was closed.
    pub(super) number: u32,
    /// The position of the act that said it.
    pub from: Position,
    /// What was said.
    pub value: V,
}

/// Marks a closed row; so a table holds fewer than 2³¹ objects.
const CLOSED: u32 = 1 << 31;

impl<V> Row<V> {
    /// The object.
    pub fn key(&self) -> Key<V> {
        Key(self.number & !CLOSED, PhantomData)
    }

    /// Whether an act corrected it, so that from some position on it does not hold.
    pub fn is_closed(&self) -> bool {
        self.number & CLOSED != 0
    }
}

/// How far a table was filled at some moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub(super) rows: usize,
    pub(super) closed: usize,
}

impl Mark {
    /// The mark of something that only ever adds rows.
    pub(super) fn of_rows(rows: usize) -> Self {
        Mark { rows, closed: 0 }
    }

    pub(super) fn rows(self) -> usize {
        self.rows
    }
}

/// Which rows are those of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The first of them; of scattered rows the number of their list.
    pub(super) start: u32,
    /// How many there are, one behind the other; [`Run::SCATTERED`] when they do not stand together.
    pub(super) length: u32,
}

impl Run {
    const SCATTERED: u32 = u32::MAX;
}

/// The rows about the objects of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table<V> {
    pub(super) ids: Ids,
    /// For each object, its rows in the order of the ledger.
    pub(super) of: Vec<Run>,
    /// The rows of objects of which later acts spoke again.
    pub(super) scattered: Vec<Vec<u32>>,
    pub(super) rows: Vec<Row<V>>,
    /// Rows in the order in which they were closed.
    pub(super) closed: Vec<u32>,
    /// From which position on the closed rows do not hold.
    pub(super) ends: BTreeMap<u32, Position>,
}

impl<V> Default for Table<V> {
    fn default() -> Self {
        Table {
            ids: Ids::default(),
            of: Vec::new(),
            scattered: Vec::new(),
            rows: Vec::new(),
            closed: Vec::new(),
            ends: BTreeMap::new(),
        }
    }
}

/// Adds to a long list that lives long: it grows by a little, not to twice its size.
pub(super) fn append<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len().div_euclid(32).max(4));
    }
    list.push(item);
}

impl<V> Table<V> {
    /// The object of this id, if the ledger has named it.
    pub fn key(&self, id: &str) -> Option<Key<V>> {
        self.ids.find(id).map(|place| Key(place, PhantomData))
    }

    /// The host id of an object.
    pub fn id(&self, key: Key<V>) -> &str {
        self.ids.get(key.0)
    }

    /// How many objects the ledger has named.
    pub fn objects(&self) -> usize {
        self.of.len()
    }

    /// Adds what the act at this position says of an object.
    ///
    /// A table holds fewer than 2³² rows: positions are 32 bits wide, and documents bound what one act may carry.
    pub fn push(&mut self, at: Position, id: &str, value: V) -> Key<V> {
        self.push_found(at, self.key(id), id, value)
    }

    /// [`Table::push`] for who has looked the id up: `found` is what [`Table::key`] gives for it now.
    pub fn push_found(&mut self, at: Position, found: Option<Key<V>>, id: &str, value: V) -> Key<V> {
        let key = found.unwrap_or_else(|| {
            append(&mut self.of, Run { start: 0, length: 0 });
            Key(self.ids.push(id), PhantomData)
        });
        self.push_to(at, key, value);
        key
    }

    /// Whether anything is known of an object at a position.
    pub fn knows(&self, key: Key<V>, known: Position) -> bool {
        // Every object has rows. Positions only grow, so the last row tells whether all rows are known.
        let all = self.closed.is_empty() && self.rows.last().is_some_and(|row| row.from <= known);
        all || self.rows(key, known).next().is_some()
    }

    /// Adds what the act at this position says of an object that the ledger has named.
    pub fn push_to(&mut self, at: Position, key: Key<V>, value: V) {
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        append(
            &mut self.rows,
            Row {
                number: key.0,
                from: at,
                value,
            },
        );
        let Some(run) = self.of.get_mut(key.index()) else {
            return;
        };
        match *run {
            Run { length: 0, .. } => *run = Run { start: row, length: 1 },
            Run {
                start,
                length: Run::SCATTERED,
            } => {
                if let Some(list) = self.scattered.get_mut(index(start)) {
                    list.push(row);
                }
            }
            Run { start, length } if start.saturating_add(length) == row => run.length = length.saturating_add(1),
            Run { start, length } => {
                let mut list: Vec<u32> = (start..start.saturating_add(length)).collect();
                list.push(row);
                *run = Run {
                    start: u32::try_from(self.scattered.len()).unwrap_or(u32::MAX),
                    length: Run::SCATTERED,
                };
                self.scattered.push(list);
            }
        }
    }

    /// The numbers of an object's rows: a range, or a list.
    fn numbers(&self, key: Key<V>) -> (std::ops::Range<u32>, &[u32]) {
        match self.of.get(key.index()) {
            None => (0..0, &[]),
            Some(Run {
                start,
                length: Run::SCATTERED,
            }) => (0..0, self.scattered.get(index(*start)).map_or(&[][..], Vec::as_slice)),
            Some(Run { start, length }) => (*start..start.saturating_add(*length), &[]),
        }
    }

    /// Closes the rows that the act at `said` wrote about an object: from `now` on they do not hold. Whether there
    /// were any.
    pub fn retract(&mut self, key: Key<V>, said: Position, now: Position) -> bool {
        self.retract_where(key, said, now, |_| true)
    }

    /// Closes those of the rows that the act at `said` wrote about an object which the test picks.
    pub fn retract_where(&mut self, key: Key<V>, said: Position, now: Position, picked: impl Fn(&V) -> bool) -> bool {
        let before = self.closed.len();
        let (run, list) = self.numbers(key);
        let numbers: Vec<u32> = run.chain(list.iter().copied()).collect();
        for number in numbers {
            let row = self.rows.get(index(number));
            if row.is_some_and(|row| row.from == said && picked(&row.value)) {
                self.close(number, now);
            }
        }
        self.closed.len() > before
    }

    /// Closes every row that the act at `said` wrote, whatever the object. Whether there were any.
    pub fn retract_act(&mut self, said: Position, now: Position) -> bool {
        let before = self.closed.len();
        // Positions only grow, so what one act wrote stands together.
        let first = self.rows.partition_point(|row| row.from < said);
        let behind = self.rows.partition_point(|row| row.from <= said);
        for number in first..behind {
            self.close(u32::try_from(number).unwrap_or(u32::MAX), now);
        }
        self.closed.len() > before
    }

    fn close(&mut self, number: u32, now: Position) {
        if let Some(row) = self.rows.get_mut(index(number)).filter(|row| !row.is_closed()) {
            row.number |= CLOSED;
            self.closed.push(number);
            self.ends.insert(number, now);
        }
    }

    /// What is known of an object at a position, in the order of the ledger.
    pub fn rows(&self, key: Key<V>, known: Position) -> impl DoubleEndedIterator<Item = &Row<V>> {
        self.numbered(key)
            .filter(move |(number, row)| {
                row.from <= known && (!row.is_closed() || self.ends.get(number).is_none_or(|end| known < *end))
            })
            .map(|(_, row)| row)
    }

    /// What was ever said of an object, in the order of the ledger.
    pub fn history(&self, key: Key<V>) -> impl DoubleEndedIterator<Item = &Row<V>> {
        self.numbered(key).map(|(_, row)| row)
    }

    fn numbered(&self, key: Key<V>) -> impl DoubleEndedIterator<Item = (u32, &Row<V>)> {
        let (run, list) = self.numbers(key);
        let rows = self.rows.get(index(run.start)..index(run.end)).unwrap_or(&[]);
        let scattered = list
            .iter()
            .filter_map(|number| Some((*number, self.rows.get(index(*number))?)));
        run.zip(rows).chain(scattered)
    }

    /// The rows that were added since the mark.
    pub fn added(&self, mark: Mark) -> &[Row<V>] {
        self.rows.get(mark.rows..).unwrap_or(&[])
    }

    /// The rows that were added since the mark, and behind them those that were closed since.
    pub fn since(&self, mark: Mark) -> impl Iterator<Item = &Row<V>> {
        let added = self.added(mark);
        let closed = self.closed.get(mark.closed..).unwrap_or(&[]);
        added
            .iter()
            .chain(closed.iter().filter_map(|number| self.rows.get(index(*number))))
    }

    /// What was said last of an object, as known at a position.
    pub fn last(&self, key: Key<V>, known: Position) -> Option<&Row<V>> {
        self.rows(key, known).next_back()
    }

    /// Every object of which something is known at a position, in the order of their ids.
    pub fn keys(&self, known: Position) -> impl Iterator<Item = Key<V>> {
        self.ids
            .in_order()
            .map(|place| Key(place, PhantomData))
            .filter(move |key| self.rows(*key, known).next().is_some())
    }

    /// Every object with what was said last of it, in the order of their ids.
    pub fn latest(&self, known: Position) -> impl Iterator<Item = (&str, &V)> {
        self.ids.in_order().filter_map(move |place| {
            let key = Key(place, PhantomData);
            self.last(key, known).map(|row| (self.ids.get(place), &row.value))
        })
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
            self.ends.remove(&number);
            if let Some(row) = self.rows.get_mut(index(number)) {
                row.number &= !CLOSED;
            }
        }
        for row in self.rows.drain(mark.rows.min(self.rows.len())..).rev() {
            let Some(run) = self.of.get_mut(row.key().index()) else {
                continue;
            };
            if run.length == Run::SCATTERED {
                let Some(list) = self.scattered.get_mut(index(run.start)) else {
                    continue;
                };
                list.pop();
                // The row that scattered them is the one that goes, so their list is the last one.
                if let (Some(first), Some(last)) = (list.first(), list.last())
                    && index(last.saturating_sub(*first)).saturating_add(1) == list.len()
                {
                    *run = Run {
                        start: *first,
                        length: u32::try_from(list.len()).unwrap_or(u32::MAX),
                    };
                    self.scattered.pop();
                }
                continue;
            }
            run.length = run.length.saturating_sub(1);
            // The last object named is the first to be forgotten, so keys stay dense.
            if run.length == 0 {
                self.of.pop();
                self.ids.pop();
            }
        }
        self.ids.settle();
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
