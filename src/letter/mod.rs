//! Responsibility letters (责任书): parties, signatories, duties, the digest of the text, signatures, and the state of a
//! letter on a day. The letter binds posts, not persons.

mod acts;
mod checks;
mod view;

pub use acts::{
    Duty, DutyFrom, Letter, LetterDrafted, LetterRow, LetterSigned, LetterText, LetterWithdrawn, Letters, LettersMark,
    LettersRegistered, Party, PartyKey, RegisteredLetter, Side, Signature, Signing, Target,
};
pub use checks::findings;
pub use view::{LetterState, LetterView, LettersView, party_unit};
