//! What the ledger keeps of an assessment: subjects (考核对象), adopted schemes, rosters, recorded facts, the steps of the
//! procedure from self-assessment to archive, objections, approved results. `docs/assessment-year.md` tells the whole.
//!
//! Subjects are units or several units together, never persons.

mod appeal;
mod audience;
mod checks;
mod claim;
mod counted;
mod course;
mod facts;
mod issue;
mod opening;
mod procedure;
mod public;
mod referral;
mod result;
mod roster;
mod scorers;
mod standing;
mod state;
mod subject;
mod verification;

pub use appeal::{Answer, Appeal, AppealDecided, AppealFiled, AppealRow, Filed, ObjectionFiled, Ruling};
pub use audience::{Audience, Looking, Viewer};
pub use checks::findings;
pub use claim::{Check, ClaimedEvidence, ClaimedPoints, FormalCheckRecorded, SelfAssessmentSubmitted};
pub use counted::{Count, CountedFact, FactsCounted};
pub use course::{Course, Detail, StepRow};
pub use facts::{FactRow, FactValues, FactsRecorded, TargetRow, TargetsSet};
pub use issue::{
    Cause, Decision, Issued, PreliminaryIssued, ReviewRecorded, SheetDelivered, StatementSubmitted, Verdict,
};
pub use opening::{OpeningRow, OpeningValuesImported, Source};
pub use procedure::{Clock, Counting, Late, Procedure, Step, StepRule};
pub use public::{CircularIssued, GradesProposed, ProposedGrade, PublicityHeld, ResultArchived, ResultDecided};
pub use referral::{OutsideDecision, OutsideDecisionRecorded, ReferralMade, ReferralRow, ReferralStanding};
pub use result::{Approved, RedeterminationDecided, ResultApproved};
pub use roster::{Entry, How, Roster, RosterAdopted, RosterEntry};
pub use scorers::{ItemScorer, Recusal, RecusalRecorded, Scorer, ScorersAssigned};
pub use standing::{AppealStanding, NextStep, Standing, Standings, TakenStep};
pub use state::{Assessment, AssessmentMark};
pub use subject::{CalendarAdopted, SchemeAdopted, Subject, SubjectsRegistered};
pub use verification::{
    Discretion, EvidenceVerdict, JudgedValue, Sample, VerificationRecorded, Verified, VerifiedItem,
};
