//! What a rule set asks of units, posts and groups.

use super::{Capacity, ResponsibilityType};
use crate::calendar::MonthDay;

crate::record! {
    /// Which posts carry which responsibility by their name, where nothing else is assigned.
    pub struct ResponsibilityRule {
        /// Id within the rule set.
        pub id: String,
        /// The classes of units; all when empty.
        pub classes: Vec<String>,
        /// The names of the posts, such as 书记; none for the responsibility of the body.
        pub posts: Vec<String>,
        /// The type.
        pub responsibility: ResponsibilityType,
        /// The rule that says so.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct ResponsibilityRule { id, classes, posts, responsibility, basis });

crate::record! {
    /// What is asked of those who act in a capacity.
    pub struct CapacityRule {
        /// The capacity.
        pub capacity: Capacity,
        /// Whether it must name what it rests on.
        pub needs_basis: bool,
        /// Whether its last day must be settled from the start.
        pub needs_end: bool,
        /// How many days it may last at most.
        pub longest: Option<u32>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct CapacityRule { capacity, needs_basis, needs_end, longest, basis });

crate::record! {
    /// What is asked of the division of work.
    pub struct DivisionRule {
        /// The classes of units whose team must divide its work.
        pub classes: Vec<String>,
        /// The kind of edge below which the units to be led stand.
        pub edge: String,
        /// The classes of units directly below that some member must lead; all when empty.
        pub led: Vec<String>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct DivisionRule { classes, edge, led, basis });

crate::record! {
    /// What is asked of leadership groups.
    pub struct GroupsRule {
        /// The classes of units whose groups it is asked of; all when empty.
        pub classes: Vec<String>,
        /// The day of the year by which every group is confirmed or issued anew.
        pub confirmed_by: Option<MonthDay>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct GroupsRule { classes, confirmed_by, basis });

/// The parts of a rule set that concern the registry.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegistryRules<'a> {
    /// Responsibilities by the names of posts.
    pub responsibilities: &'a [ResponsibilityRule],
    /// Capacities.
    pub capacities: &'a [CapacityRule],
    /// The division of work.
    pub division: Option<&'a DivisionRule>,
    /// Leadership groups.
    pub groups: Option<&'a GroupsRule>,
}

/// Whether a list of classes holds the class; an empty list holds all.
pub(super) fn among(classes: &[String], class: &str) -> bool {
    classes.is_empty() || classes.iter().any(|other| other == class)
}
