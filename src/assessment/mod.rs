//! What the ledger keeps of an assessment: subjects (考核对象), adopted schemes, rosters, recorded facts, approved results.
//!
//! Subjects are units or several units together, never persons.

mod acts;
mod facts;

pub use acts::{
    Approved, Assessment, AssessmentMark, ResultApproved, Roster, RosterAdopted, SchemeAdopted, Subject,
    SubjectsRegistered,
};
pub use facts::{FactRow, FactValues, FactsRecorded};
