//! The assessment year: scores a roster from the facts of the ledger, and includes the results in an annual scheme.
//!
//! ```text
//! facts of the ledger ──► scheme ──► sheets ──► outcomes ──► annual scheme ──► annual sheets
//! ```

mod assess;
mod query;

pub use assess::{Assessed, Year, facts_of, sheet_value};
pub use query::AssessQuery;
