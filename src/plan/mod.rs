//! The plan: obligations (规定动作) and the records that prove them, problems and plan items from duty reports.

mod acts;
mod checks;

pub use acts::{
    Doer, Evidence, ItemsClosed, Plan, PlanItem, PlanItemRow, PlanItemsRegistered, PlanMark, Problem, ProblemRow,
    ProblemsRegistered, Record, RecordRow, RecordsEntered,
};
pub use checks::{Obligation, Owing, Proof, findings, proofs};
