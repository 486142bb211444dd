//! The registry: units and the dated edges between them, posts and who held them, responsibility, leadership groups.
//!
//! It answers "who answered for this on that day, and what did we know then?" Persons are host keys; the library keeps
//! no names of people.

mod alias;
mod alias_view;
mod answers;
mod carrier;
mod checks;
mod context;
mod decision;
mod division;
mod end_checks;
mod group;
mod group_change;
mod group_checks;
mod group_portrait;
mod group_view;
mod portrait;
mod post;
mod post_change;
mod post_view;
mod reorganised;
mod responsibility;
mod ring;
mod rules;
mod state;
mod succession;
mod unit;
mod view;
mod work_checks;

pub use alias::{Alias, Located, Place, UnitAlias, UnitPlaces, UnitsAliased, UnitsLocated};
pub use answers::{Answers, CarrierShown, DecisionShown, PersonShown, Within, answers, answers_for_decision};
pub use carrier::{Carrier, Source};
pub use checks::findings;
pub use context::{Basis, Context, When};
pub use decision::{Attended, Attendee, Decision, DecisionRecorded, Present};
pub use division::{Division, DivisionMember, Member, WorkDivided};
pub use group::{
    ChangePolicy, FoundingDocument, Group, GroupFounded, GroupMember, GroupRole, GroupsFounded, GroupsReissued,
    Meetings, Office, OfficeHeaded, RolePolicy, Seat, Span,
};
pub use group_change::{Change, GroupAbolished, GroupChanged, GroupRow, GroupsConfirmed, GroupsMerged};
pub use group_portrait::{GroupPortrait, group_portrait};
pub use group_view::SeatView;
pub use portrait::{UnitLine, UnitPortrait, unit_lines, unit_portrait};
pub use post::{Capacity, Post, PostFounded, PostsFounded, Tenure, TenureBegun, TenureEnded, TenureRow, TenuresBegun};
pub use post_change::{PostChanged, PostRow, PostsEnded};
pub use post_view::TenureView;
pub use reorganised::{UnitReclassified, UnitSplit, UnitsMerged};
pub use responsibility::{
    Responsibilities, ResponsibilitiesEnded, Responsibility, ResponsibilityAssigned, ResponsibilityEnd,
    ResponsibilityType,
};
pub use rules::{CapacityRule, DivisionRule, GroupsRule, RegistryRules, ResponsibilityRule};
pub use state::{Registry, RegistryMark};
pub use unit::{
    EdgeKind, EdgesDeclared, Founding, Superior, UnitDetached, UnitEnded, UnitFounded, UnitPlaced, UnitRenamed,
    UnitRow, UnitsFounded,
};
pub use view::RegistryView;
