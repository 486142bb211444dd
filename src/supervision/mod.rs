//! Inspections (督查): what is planned and held over which units, what was found, and its write-off (销号).

mod acts;

pub use acts::{
    FindingRow, InspectionFinding, InspectionHeld, InspectionPlanned, InspectionRow, Scope, Supervision,
    SupervisionMark, WrittenOff, in_scope,
};
