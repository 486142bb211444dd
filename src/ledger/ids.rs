//! Host ids, interned: numbered as they come, found by their text, given out in the order of their texts.

use super::table::append;

/// Ids in one text, with an index by content and one by order.
///
/// The hash is not seeded: order and time are the same in every run. Ids are the host's own keys; a host that wanted to
/// make its own ledger slow could.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    pub(super) text: String,
    /// Where each id ends, counted from the start of its block.
    pub(super) ends: Vec<u32>,
    /// Where each block of [`BLOCK`] ids starts: an id is at most 40,000 bytes long, so a block ends within 32 bits.
    pub(super) starts: Vec<usize>,
    /// Numbers of ids plus one, each at the place that its hash gives or behind it; 0 where there is none. A number needs
    /// fewer bits than there are places; the bits above them are some of the hash, so that another id is mostly told apart
    /// without a look at its text.
    pub(super) slots: Vec<u32>,
    /// The first so many ids, in the order of their texts. Those behind them are few, and are ordered when they are asked for.
    pub(super) sorted: Vec<u32>,
}

const BLOCK: usize = 1_024;

/// Only the ids and their numbers count: how far they were put in order is nobody's business.
impl PartialEq for Ids {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.ends == other.ends
    }
}
impl Eq for Ids {}

impl Ids {
    fn len(&self) -> usize {
        self.ends.len()
    }

    /// The id of this number; empty when there is none.
    pub(super) fn get(&self, number: u32) -> &str {
        let place = wide(number);
        let range = || {
            let block = *self.starts.get(place.div_euclid(BLOCK))?;
            let from = match place.rem_euclid(BLOCK) {
                0 => 0,
                _ => *self.ends.get(place.checked_sub(1)?)?,
            };
            let to = *self.ends.get(place)?;
            self.text
                .get(block.checked_add(wide(from))?..block.checked_add(wide(to))?)
        };
        range().unwrap_or("")
    }

    /// The number of an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let (mut slot, tag) = self.first_slot(id)?;
        let mask = self.mask();
        loop {
            let found = *self.slots.get(slot)?;
            let number = (found & mask).checked_sub(1)?;
            if found & !mask == tag && self.get(number) == id {
                return Some(number);
            }
            slot = self.behind(slot);
        }
    }

    /// Adds an id that is not there yet.
    pub(super) fn push(&mut self, id: &str) -> u32 {
        // At least a quarter of the slots stays free, so that searches stay short.
        if self.len().saturating_mul(4) >= self.slots.len().saturating_mul(3) {
            self.grow();
        }
        let number = narrow(self.len());
        if self.len().is_multiple_of(BLOCK) {
            self.starts.push(self.text.len());
        }
        if self.text.capacity().saturating_sub(self.text.len()) < id.len() {
            self.text.reserve_exact(id.len().max(self.text.len().div_euclid(8)));
        }
        self.text.push_str(id);
        let start = self.starts.last().copied().unwrap_or(0);
        append(&mut self.ends, narrow(self.text.len().saturating_sub(start)));
        self.place(number);
        let sorted = self.sorted.len();
        if sorted == wide(number) {
            // Most hosts name their objects in the order of their ids.
            if self.sorted.last().is_none_or(|last| self.get(*last) < id) {
                append(&mut self.sorted, number);
            }
        } else if self.len().saturating_sub(sorted) > sorted.div_euclid(16).max(1_024) {
            let sorted = self.in_order().collect();
            self.sorted = sorted;
        }
        number
    }

    /// Forgets the id that was added last; [`Ids::settle`] has to follow.
    pub(super) fn pop(&mut self) {
        let Some(number) = self.len().checked_sub(1).map(narrow) else {
            return;
        };
        let id = self.get(number);
        let start = self.text.len().saturating_sub(id.len());
        // Whoever came last took a free slot, and nobody searches beyond it for another id.
        let mask = self.mask();
        let mut slot = self.first_slot(id).map(|(slot, _)| slot);
        while let Some(at) = slot {
            match self.slots.get_mut(at) {
                Some(found) if *found & mask == number.saturating_add(1) => {
                    *found = 0;
                    slot = None;
                }
                Some(0) | None => slot = None,
                Some(_) => slot = Some(self.behind(at)),
            }
        }
        self.text.truncate(start);
        self.ends.pop();
        if self.len().is_multiple_of(BLOCK) {
            self.starts.pop();
        }
    }

    /// Takes the forgotten ids out of the order.
    pub(super) fn settle(&mut self) {
        let count = narrow(self.len());
        if self.sorted.len() > self.len() {
            self.sorted.retain(|number| *number < count);
        }
    }

    /// All numbers in the order of their ids.
    pub(super) fn in_order(&self) -> impl Iterator<Item = u32> {
        let mut rest: Vec<u32> = (narrow(self.sorted.len())..narrow(self.len())).collect();
        rest.sort_by(|left, right| self.get(*left).cmp(self.get(*right)));
        let mut rest = rest.into_iter().peekable();
        let mut sorted = self.sorted.iter().copied().peekable();
        std::iter::from_fn(move || match (sorted.peek(), rest.peek()) {
            (Some(left), Some(right)) if self.get(*left) < self.get(*right) => sorted.next(),
            (_, Some(_)) => rest.next(),
            _ => sorted.next(),
        })
    }

    fn grow(&mut self) {
        let slots = self.slots.len().saturating_mul(2).max(16);
        self.slots = vec![0; slots];
        for number in 0..narrow(self.len()) {
            self.place(number);
        }
    }

    fn place(&mut self, number: u32) {
        let Some((mut slot, tag)) = self.first_slot(self.get(number)) else {
            return;
        };
        while self.slots.get(slot).is_some_and(|taken| *taken != 0) {
            slot = self.behind(slot);
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = number.saturating_add(1) | tag;
        }
    }

    /// Where a search for this id starts, and its tag; nowhere while there are no slots. Their number is a power of two.
    fn first_slot(&self, id: &str) -> Option<(usize, u32)> {
        let mask = self.slots.len().checked_sub(1)?;
        let hash = hash(id.as_bytes());
        let slot = usize::try_from(hash >> 32).ok()? & mask;
        let [first, second, third, fourth, ..] = hash.to_le_bytes();
        Some((slot, u32::from_le_bytes([first, second, third, fourth]) & !self.mask()))
    }

    /// The bits of a slot that hold a number. Numbers stay below three quarters of the slots.
    fn mask(&self) -> u32 {
        narrow(self.slots.len().saturating_sub(1))
    }

    fn behind(&self, slot: usize) -> usize {
        slot.saturating_add(1) & self.slots.len().saturating_sub(1)
    }
}

/// Mixes eight bytes at a time; the upper half of the result is well mixed.
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |hash: u64, word: [u8; 8]| {
        let hash = (hash.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
        hash ^ (hash >> 32)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let start = u64::try_from(bytes.len()).unwrap_or(0);
    let hash = words.iter().fold(start, |hash, word| mix(hash, *word));
    // The last eight bytes of a longer id stand for its rest: what they repeat does no harm.
    let last = match (bytes.last_chunk::<8>(), rest) {
        (_, []) => return hash.wrapping_mul(FACTOR),
        (Some(last), _) => *last,
        (None, rest) => {
            let mut word = [0; 8];
            word.iter_mut().zip(rest).for_each(|(place, byte)| *place = *byte);
            word
        }
    };
    mix(hash, last).wrapping_mul(FACTOR)
}

fn wide(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// Tables hold fewer than 2³² rows, so fewer objects.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Drawn ids in no order, some taken back: found, numbered and ordered as a map has them.
    #[test]
    fn ids_are_found_and_ordered_as_in_a_map() {
        let mut ids = Ids::default();
        let mut map: BTreeMap<String, u32> = BTreeMap::new();
        let mut list: Vec<String> = Vec::new();
        let mut drawn = 1_u64;
        let mut draw = |below: u64| {
            drawn = drawn
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (drawn >> 33) % below
        };
        for round in 0..60 {
            for _ in 0..draw(400) {
                let id = format!("单位-{}", draw(20_000));
                assert_eq!(ids.find(&id), map.get(&id).copied());
                if !map.contains_key(&id) {
                    let number = ids.push(&id);
                    assert_eq!(usize::try_from(number).unwrap(), list.len());
                    map.insert(id.clone(), number);
                    list.push(id);
                }
            }
            if round % 3 == 2 {
                for _ in 0..draw(300) {
                    if let Some(id) = list.pop() {
                        map.remove(&id);
                        ids.pop();
                    }
                }
                ids.settle();
            }
            assert!(ids.in_order().eq(map.values().copied()));
            assert!(
                list.iter()
                    .zip(0..)
                    .all(|(id, number)| ids.get(number) == id && ids.find(id) == Some(number))
            );
        }
        assert!(list.len() > 2 * BLOCK);
    }
}
