//! Identifiers that public bodies carry: their own codes, the codes of places, the numbers of their documents.
//!
//! Everything here is optional for a unit: a party working committee or a leadership group may have no code at all.
//! A code is read as people type it (full-width, lower case, with spaces and hyphens) and kept in one form; what cannot
//! be right is refused with a hint, never repaired in silence; what is merely unknown to the tables is a finding that
//! the caller may ask for. **No hierarchy is derived from a code**: codes are issued anew every year, development
//! zones often have none, and the superior of a unit is what the registry says.

mod credit;
mod division;
mod number;
mod organization;
mod registrar;
mod typed;

pub use credit::CreditCode;
pub use division::{Division, DivisionCode, Township, Village};
pub use number::DocumentNumber;
pub use organization::OrganizationCode;
pub(crate) use typed::{half_width, is_blank};
