//! Inspections (督查): what is planned and held over which units, what was found, its rectification in stages, its write-off
//! (销号), and what comes back (反弹).

mod acts;
mod rectify;
mod standing;

pub use acts::{
    FindingRow, InspectionFinding, InspectionHeld, InspectionPlanned, InspectionRow, Scope, Supervision,
    SupervisionMark, WrittenOff, in_scope,
};
pub use rectify::{FindingExtended, FindingRecurred, RectificationPlanned, RectificationReached, RectificationStage};
pub use standing::{FindingStanding, StageStanding, findings};
