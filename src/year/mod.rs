//! The assessment year: scores a roster from the facts of the ledger, and includes the results in an annual scheme.
//!
//! ```text
//! facts of the ledger ──► scheme ──► sheets ──► outcomes ──► annual scheme ──► annual sheets
//! ```

mod assess;
mod pool;
mod query;

pub use assess::{Assessed, LeftOut, Prorated, Year, sheet_value};
pub use pool::{claims_of, facts_of};
pub use query::AssessQuery;
