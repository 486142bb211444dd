//! Letters with a short story: drafted once and signed, nothing else. When such a letter binds can be said once, so a
//! question about all letters does not have to read every story.

use super::{LetterRow, Letters, PartyKey};
use crate::calendar::Date;
use crate::ledger::{Key, Position};

/// Between whom and when a letter binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Who asks.
    pub issuer: PartyKey,
    /// Who answers.
    pub receiver: PartyKey,
    /// The first day: the period has begun and all have signed.
    pub from: Date,
    /// The last day. It may lie before the first; then the letter never binds.
    pub to: Date,
    /// The position from which this is known; before it the letter does not bind on any day.
    pub known: Position,
}

impl Letters {
    /// When a letter binds, as far as the whole ledger says. `None` for a letter with a longer story (something was
    /// corrected, something happened to it, somebody signed twice) or with several parties on a side: ask
    /// [`LettersView::letter`](super::LettersView::letter) for the day and the position.
    pub fn bound(&self, key: Key<LetterRow>) -> Option<Bound> {
        let mut drafted = None;
        let mut signed: Vec<_> = Vec::with_capacity(4);
        let mut known = Position::START;
        for row in self.letters.history(key) {
            if row.is_closed() {
                return None;
            }
            match &row.value {
                LetterRow::Drafted(letter) if drafted.is_none() => {
                    drafted = Some(letter);
                    known = known.max(row.from);
                }
                LetterRow::Signed(signing) if !signed.iter().any(|(post, _, _)| *post == signing.post) => {
                    signed.push((signing.post, signing.on, row.from));
                }
                // What proves a letter does not change when it binds.
                LetterRow::Happened(_, event) if event.is_evidence() => {}
                _ => return None,
            }
        }
        let letter = drafted?;
        let ([issuer], [receiver]) = (&*letter.issuers, &*letter.receivers) else {
            return None;
        };
        let mut from = letter.period.from();
        let mut anybody = false;
        for post in issuer.signatories.iter().chain(&receiver.signatories) {
            match signed.iter().find(|(by, _, _)| by == post) {
                Some((_, on, at)) => {
                    from = from.max(*on);
                    known = known.max(*at);
                }
                None => known = Position::END,
            }
            anybody = true;
        }
        Some(Bound {
            issuer: issuer.party,
            receiver: receiver.party,
            from,
            to: letter.period.to(),
            known: if anybody { known } else { Position::END },
        })
    }
}
