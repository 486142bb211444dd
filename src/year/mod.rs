//! The assessment year: scores a roster from the facts of the ledger, and includes the results in an annual scheme.
//!
//! ```text
//! facts of the ledger ──► scheme ──► sheets ──► outcomes ──► annual scheme ──► annual sheets
//! ```
//!
//! Beside the sheets it answers what subjects claim against what was verified, what is missing from whom, what a decision
//! would move, and which results of the ledger are no longer what its facts give. Nothing here writes anything.

mod archive;
mod assess;
mod audience;
mod changes;
mod checks;
mod compare;
mod draft;
mod missing;
mod pool;
mod query;
mod versions;

pub use archive::{ArchiveQuery, ArchiveVerified, verify_archive};
pub use assess::{Assessed, LeftOut, Prorated, Year, sheet_value};
pub use audience::{Shown, ShownItems, ShownResult, ShownSheet};
pub use changes::{ScoreChanges, ScoreMoved};
pub use compare::{Compared, ComparedItem};
pub use draft::{Draft, DraftChange, Moved};
pub use missing::{Missing, MissingFact, MissingItem};
pub use pool::{claims_of, facts_of};
pub use query::{AssessQuery, YearTopic};
pub use versions::{Version, Versions};
