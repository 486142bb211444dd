//! How each line of the ledger was sealed: enough to tell whether an act is the one that it holds.

use crate::calendar::Timestamp;
use crate::document::{Sm3Digest, Word, Written};
use crate::ledger::{Followed, Head, Place, Position};

/// One line without its act.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seal {
    digest: Sm3Digest,
    batch: u32,
    last: bool,
    time: Timestamp,
    operator: Word,
}
crate::document::kept!(struct Seal { digest, batch, last, time, operator });

/// The seals of all lines, from the first.
///
/// The acts themselves are with the host, and the state keeps no digest of each: an act that is handed in again is
/// sealed where the ledger has its id, and is the same when that gives the digest of the line there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seals(Vec<Seal>);

crate::document::kept!(struct Seals(all));

impl Seals {
    /// How many lines there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Forgets the lines behind so many.
    pub(super) fn rollback(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Notes the line that follows.
    pub(super) fn push(&mut self, place: &Place<'_>, digest: &str) {
        self.0.push(Seal {
            digest: Sm3Digest::from_hex(digest).unwrap_or_default(),
            batch: place.batch,
            last: place.last,
            time: place.time.clone(),
            operator: place.operator.into(),
        });
    }

    /// Notes the line that follows, as it was read.
    pub(super) fn push_read(&mut self, line: &Followed<'_>) {
        self.0.push(Seal {
            digest: line.digest,
            batch: line.batch,
            last: line.last,
            time: line.time.clone(),
            operator: (*line.operator).into(),
        });
    }

    /// When the line at this position was entered, and by whom.
    pub(super) fn told(&self, at: Position) -> Option<(&Timestamp, &str)> {
        let index = usize::try_from(at.sequence().checked_sub(1)?).ok()?;
        self.0.get(index).map(|seal| (&seal.time, &*seal.operator))
    }

    /// Whether the line at this position of the ledger holds this act; `None` when it is not sealed yet.
    pub(super) fn holds(&self, ledger: &str, at: Position, payload: &Written) -> Option<bool> {
        let seal = |at: Position| {
            let index = usize::try_from(at.sequence().checked_sub(1)?).ok()?;
            self.0.get(index)
        };
        let sealed = seal(at)?;
        let before = seal(at.before()).map_or(Head::empty().digest, |before| before.digest.to_string());
        let place = Place {
            ledger,
            sequence: at,
            batch: sealed.batch,
            last: sealed.last,
            time: &sealed.time,
            operator: &sealed.operator,
            previous: &before,
        };
        Some(Sm3Digest::from_hex(place.seal(payload).digest()) == Some(sealed.digest))
    }
}
