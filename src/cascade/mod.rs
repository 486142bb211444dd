//! How far responsibility got down (层层落实), seen from both sides: gaps and excess.

mod branch;
mod breakdown;
mod burden;
mod coverage;
mod duties;
mod findings;
mod flow;
mod follow;
mod index;
mod levels;
mod path;
mod role;
mod rule;

pub use branch::BranchCoverage;
pub use burden::{Burden, BurdenRule, burden};
pub use coverage::{Cascade, Level, Link, cascade};
pub use duties::{
    Bound, BreakdownFiled, BreakdownRow, Duties, DutiesListed, DutiesMark, DutyListRow, DutyPassed, How, ListedDuty,
};
pub use findings::{Seen, findings, laid};
pub use index::{CascadeIndex, CascadeIndexMark, Stale};
pub use levels::Coverage;
pub use path::{Branch, DutyCoverage, Passing, Path, Step, StepDuty, Way, branches, duty_coverage, path};
pub use role::HeldRole;
pub use rule::CascadeRule;
