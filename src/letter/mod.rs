//! Responsibility letters (责任书): parties, signatories, duties, the digest of the text, signatures, what happens to a
//! letter during its life, and its state on a day. The letter binds posts, not persons.

mod acts;
mod amend;
mod answer;
mod bound;
mod certificate_page;
mod checks;
mod few;
mod kind;
mod life;
mod manifest;
mod name;
mod party;
mod proof;
mod role;
mod rows;
mod sign;
mod sm2;
mod state;
mod statement;
mod succeed;
mod terms;
mod verified;
mod view;

pub use acts::{Duty, DutyFrom, LetterDrafted, LetterEntered, LetterText, LettersRegistered, RegisteredLetter, Target};
pub use amend::{Amendment, LetterAmended};
pub use answer::{HappeningLine, LetterLife, LetterLine, PartyLine, SigningLine, Wanted, What, life, lines};
pub use bound::Bound;
pub use certificate_page::{
    CertificatePage, CertifiedSignature, ManifestationLine, SignerKey, VerificationLine, certificate_page,
};
pub use checks::findings;
pub use few::Few;
pub use kind::{AmendmentSigners, AmendmentWindow, LeastSignatories, LetterType, LetterTypes, Unique};
pub use life::{
    LetterApproved, LetterArchived, LetterConsulted, LetterResumed, LetterScored, LetterSuspended, LetterVoided,
    LetterWithdrawn,
};
pub use manifest::{DigestAlgorithm, FileDigest, LetterManifested, Manifestation, ManifestationForm, Manifested};
pub use name::{party_id, party_name, party_unit};
pub use party::{Party, PartyName};
pub use proof::{CertificateName, Electronic, SignedOver, SigningProof};
pub use role::{DutyLine, DutyRole, DutyRoles, RoleLine};
pub use rows::{Event, Letter, LetterRow, Letters, LettersMark, PartyKey, Side, Signing, Terms};
pub use sign::{LetterSigned, Signature};
pub use sm2::{
    DigestQuery, Exactly, PublicKey, Revocation, SignatureQuery, SignatureReport, SignatureValue, SigningDigest, Unfit,
    UserId, signing_digest,
};
pub use state::LetterState;
pub use statement::{Statement, ToSign};
pub use succeed::{LetterPartySucceeded, LetterSucceeded};
pub use terms::CommonTerms;
pub use verified::{Outcome, Outcomes, SignatureVerified, Verification, VerifiedBy};
pub use view::{Happening, LetterView, LettersView};
