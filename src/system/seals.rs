//! How each line of the ledger was sealed: enough to tell whether an act is the one that it holds.

use crate::calendar::Timestamp;
use crate::document::{Sm3Digest, Word, Written};
use crate::ledger::{Followed, Head, Place, Position};

/// What the lines of a batch have in common: they were entered at once, by one operator.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    batch: u32,
    time: Timestamp,
    operator: Word,
    /// The place behind the last of its lines, counted from 0.
    end: usize,
}
crate::document::kept!(struct Entry { batch, time, operator, end });

/// The seals of all lines, from the first.
///
/// The acts themselves are with the host, and the state keeps no digest of each: an act that is handed in again is
/// sealed where the ledger has its id, and is the same when that gives the digest of the line there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seals {
    digests: Vec<Sm3Digest>,
    /// In the order of the ledger. Lines of one batch that somebody else sealed with several operators make several.
    entries: Vec<Entry>,
}
crate::document::kept!(struct Seals { digests, entries });

impl Seals {
    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.digests.len()
    }

    /// Forgets the lines behind so many.
    pub(super) fn rollback(&mut self, count: usize) {
        self.digests.truncate(count);
        let entries = self.entries.partition_point(|entry| entry.end < count);
        self.entries.truncate(entries.saturating_add(1));
        if let Some(last) = self.entries.last_mut() {
            last.end = count;
        }
        if count == 0 {
            self.entries.clear();
        }
    }

    /// Notes the line that follows.
    pub(super) fn push(&mut self, place: &Place<'_>, digest: &str) {
        let digest = Sm3Digest::from_hex(digest).unwrap_or_default();
        self.add(digest, place.batch, place.time, place.operator);
    }

    /// Notes the line that follows, as it was read.
    pub(super) fn push_read(&mut self, line: &Followed<'_>) {
        self.add(line.digest, line.batch, &line.time, &line.operator);
    }

    fn add(&mut self, digest: Sm3Digest, batch: u32, time: &Timestamp, operator: &str) {
        self.digests.push(digest);
        let end = self.digests.len();
        match self.entries.last_mut() {
            Some(last) if last.batch == batch && last.time == *time && *last.operator == *operator => last.end = end,
            _ => self.entries.push(Entry {
                batch,
                time: time.clone(),
                operator: operator.into(),
                end,
            }),
        }
    }

    /// With which others the line at this place, counted from 0, was entered; and whether it ends its batch.
    fn entry(&self, place: usize) -> Option<(&Entry, bool)> {
        let at = self.entries.partition_point(|entry| entry.end <= place);
        let entry = self.entries.get(at)?;
        let next = self.entries.get(at.saturating_add(1));
        let last = entry.end == place.saturating_add(1) && next.is_none_or(|next| next.batch != entry.batch);
        Some((entry, last))
    }

    /// When the line at this position was entered, and by whom.
    pub(super) fn told(&self, at: Position) -> Option<(&Timestamp, &str)> {
        let (entry, _) = self.entry(place(at)?)?;
        Some((&entry.time, &entry.operator))
    }

    /// Whether the line at this position of the ledger holds this act; `None` when it is not sealed yet.
    pub(super) fn holds(&self, ledger: &str, at: Position, payload: &Written) -> Option<bool> {
        let digest = |at: Position| self.digests.get(place(at)?).copied();
        let sealed = digest(at)?;
        let (entry, last) = self.entry(place(at)?)?;
        let before = digest(at.before()).map_or(Head::empty().digest, |before| before.to_string());
        let place = Place {
            ledger,
            sequence: at,
            batch: entry.batch,
            last,
            time: &entry.time,
            operator: &entry.operator,
            previous: &before,
        };
        Some(Sm3Digest::from_hex(place.seal(payload).digest()) == Some(sealed))
    }
}

/// Where the line at this position stands, counted from 0; `None` before the first.
fn place(at: Position) -> Option<usize> {
    usize::try_from(at.sequence().checked_sub(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as batch, time of day and operator; the digest says which line it is.
    fn seals(lines: &[(u32, &str, &str)]) -> Seals {
        let mut seals = Seals::default();
        for (line, (batch, hour, operator)) in lines.iter().enumerate() {
            let time = Timestamp::parse(&format!("2022-12-31T{hour}:00:00+08:00")).unwrap();
            seals.add(Sm3Digest::of(&line.to_le_bytes()), *batch, &time, operator);
        }
        seals
    }

    const LINES: [(u32, &str, &str); 7] = [
        (1, "09", "a"),
        (1, "09", "a"),
        // The next batch in the same minute by the same operator, and one that others sealed with two.
        (2, "09", "a"),
        (3, "10", "a"),
        (3, "10", "b"),
        (3, "10", "b"),
        (4, "10", "b"),
    ];

    #[test]
    fn each_line_says_when_and_by_whom_it_was_entered_and_what_ends_its_batch() {
        let seals = seals(&LINES);
        assert_eq!(seals.entries.len(), 5);
        let ends: Vec<bool> = (0..LINES.len()).map(|place| seals.entry(place).unwrap().1).collect();
        assert_eq!(ends, [false, true, true, false, false, true, true]);
        for (index, (_, hour, operator)) in LINES.iter().enumerate() {
            let at = Position::new(u32::try_from(index + 1).unwrap());
            let (time, by) = seals.told(at).unwrap();
            assert_eq!((&time.as_str()[11..13], by), (*hour, *operator));
        }
        assert!(seals.told(Position::START).is_none());
        assert!(seals.told(Position::new(8)).is_none());
    }

    #[test]
    fn what_is_taken_back_was_never_there() {
        for count in 0..=LINES.len() {
            let mut taken_back = seals(&LINES);
            taken_back.rollback(count);
            assert_eq!(taken_back, seals(&LINES[..count]), "{count}");
        }
    }
}
