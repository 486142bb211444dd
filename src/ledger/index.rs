//! Which objects of one kind have to do with an object of another.

use super::table::append;
use super::{Key, Mark};

/// One entry: the newest of an object leads to the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry<K, V> {
    pub(super) owner: Key<K>,
    pub(super) owned: Key<V>,
    pub(super) before: u32,
}

/// Leads from an object to the objects that an act ever tied to it, whatever the day and the position: rows say whether
/// the tie holds. Entries are only added, or taken back to a [`Mark`]. A tie may be entered more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index<K, V> {
    /// For each object the number of its newest entry, counted from one; 0 when it has none.
    pub(super) newest: Vec<u32>,
    pub(super) entries: Vec<Entry<K, V>>,
}

impl<K, V> Default for Index<K, V> {
    fn default() -> Self {
        Index {
            newest: Vec::new(),
            entries: Vec::new(),
        }
    }
}

impl<K, V> Index<K, V> {
    /// Ties an object to its owner.
    pub fn push(&mut self, owner: Key<K>, owned: Key<V>) {
        let place = owner.index();
        while self.newest.len() <= place {
            append(&mut self.newest, 0);
        }
        let Some(newest) = self.newest.get_mut(place) else {
            return;
        };
        let before = *newest;
        append(&mut self.entries, Entry { owner, owned, before });
        *newest = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
    }

    /// What was ever tied to the object, the newest first.
    pub fn of(&self, owner: Key<K>) -> impl Iterator<Item = Key<V>> {
        let entry = |number: u32| {
            let place = usize::try_from(number).ok()?.checked_sub(1)?;
            self.entries.get(place)
        };
        let newest = self.newest.get(owner.index()).copied().unwrap_or(0);
        std::iter::successors(entry(newest), move |found| entry(found.before)).map(|found| found.owned)
    }

    /// How far the index is filled.
    pub fn mark(&self) -> Mark {
        Mark::of_rows(self.entries.len())
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: Mark) {
        while self.entries.len() > mark.rows() {
            let Some(entry) = self.entries.pop() else { break };
            if let Some(newest) = self.newest.get_mut(entry.owner.index()) {
                *newest = entry.before;
            }
        }
        while self.newest.last() == Some(&0) {
            self.newest.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Position, Table};
    use super::*;

    #[test]
    fn ties_are_found_and_taken_back() {
        let mut table: Table<u8> = Table::default();
        let keys: Vec<_> = ["甲", "乙", "丙"]
            .iter()
            .map(|id| table.push(Position::new(1), id, 0))
            .collect();
        let [first, second, third] = keys[..] else { return };
        let mut index: Index<u8, u8> = Index::default();
        index.push(first, second);
        let before = index.clone();
        let mark = index.mark();
        index.push(first, third);
        index.push(third, first);
        assert_eq!(index.of(first).collect::<Vec<_>>(), [third, second]);
        assert_eq!(index.of(second).next(), None);
        index.rollback(mark);
        assert_eq!(index, before);
    }
}
