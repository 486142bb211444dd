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
mod baseline;
mod changes;
mod checks;
mod compare;
mod draft;
mod missing;
mod pool;
mod query;
mod ranks;
mod versions;

pub use archive::{ArchiveQuery, ArchiveVerified, verify_archive};
pub use assess::{Assessed, LeftOut, Prorated, Year, sheet_digest, sheet_value};
pub use audience::{Shown, ShownItems, ShownResult, ShownSheet};
pub use changes::{ScoreChanges, ScoreMoved};
pub use checks::{FindingCount, FoundFor};
pub use compare::{Compared, ComparedFor, ComparedItem, ComparedItems};
pub use draft::{Draft, DraftChange, Moved};
pub use missing::{Missing, MissingFact, MissingFor, MissingItem, Owed};
pub use pool::{claims_of, facts_of};
pub use query::{AssessQuery, YearTopic};
pub use ranks::{Ranked, Ranking};
pub use versions::{Version, Versions};
