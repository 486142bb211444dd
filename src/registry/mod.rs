//! The registry: units and the dated edges between them, posts and who held them, responsibility, leadership groups.
//!
//! It answers "who answered for this on that day, and what did we know then?" Persons are host keys; the library keeps
//! no names of people.

mod checks;
mod context;
mod group;
mod post;
mod reorganised;
mod responsibility;
mod state;
mod succession;
mod unit;
mod view;

pub use checks::findings;
pub use context::{Basis, Context, When};
pub use group::{FoundingDocument, Group, GroupFounded, GroupMember, GroupRole, GroupsFounded, GroupsReissued, Seat};
pub use post::{Capacity, Post, PostFounded, PostsFounded, Tenure, TenureBegun, TenureEnded, TenureRow, TenuresBegun};
pub use reorganised::{UnitReclassified, UnitSplit, UnitsMerged};
pub use responsibility::{Responsibilities, Responsibility, ResponsibilityAssigned, ResponsibilityType};
pub use state::{Registry, RegistryMark};
pub use unit::{
    EdgeKind, EdgesDeclared, Superior, UnitEnded, UnitFounded, UnitPlaced, UnitRenamed, UnitRow, UnitsFounded,
};
pub use view::{RegistryView, TenureView};
