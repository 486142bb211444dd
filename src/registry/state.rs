//! The tables of the registry.

use super::view::RegistryView;
use super::{
    Alias, Decision, Division, EdgeKind, Group, GroupRow, Located, Post, PostRow, Responsibility, ResponsibilityEnd,
    TenureRow, UnitRow, When,
};
use crate::calendar::Date;
use crate::ledger::{Index, Mark, Position, Table};

/// Declares the tables once, so that none is left out of a mark.
macro_rules! tables {
    ($( $(#[doc = $doc:expr])+ $name:ident: $type:ty, )*) => {
        /// Everything the ledger has said of units, posts, tenures, responsibilities, the division of work, decisions and
        /// groups. An index leads to rows; whether they hold, the rows say.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct Registry {
            $( $(#[doc = $doc])+ pub $name: $type, )*
        }

        /// How far the tables were filled at some moment.
        #[derive(Clone, Copy, Debug)]
        pub struct RegistryMark {
            $( $name: Mark, )*
        }

        impl Registry {
            /// How far the tables are filled.
            pub fn mark(&self) -> RegistryMark {
                RegistryMark { $( $name: self.$name.mark(), )* }
            }

            /// Takes back everything since the mark.
            pub fn rollback(&mut self, mark: RegistryMark) {
                $( self.$name.rollback(mark.$name); )*
            }
        }

        crate::document::kept!(struct Registry { $($name),* });
    };
}

tables! {
    /// Kinds of edges.
    edges: Table<EdgeKind>,
    /// Units.
    units: Table<UnitRow>,
    /// From a unit to those that were ever placed under it.
    below: Index<UnitRow, UnitRow>,
    /// Ids of other systems: [`pair`](crate::ledger::pair) of system and id.
    aliases: Table<Alias>,
    /// From a unit to its ids in other systems.
    aliases_of: Index<UnitRow, Alias>,
    /// Where units are, under their ids.
    places: Table<Located>,
    /// Posts as founded.
    posts: Table<Post>,
    /// What was said of posts later, under their ids.
    post_rows: Table<PostRow>,
    /// From a unit to its posts.
    posts_of: Index<UnitRow, Post>,
    /// Tenures.
    tenures: Table<TenureRow>,
    /// From a post to its tenures.
    tenures_of: Index<Post, TenureRow>,
    /// Responsibilities as assigned.
    responsibilities: Table<Responsibility>,
    /// The last days of responsibilities, under their ids.
    responsibility_ends: Table<ResponsibilityEnd>,
    /// From a unit to the responsibilities for it.
    responsibilities_of: Index<UnitRow, Responsibility>,
    /// Divisions of work, under the ids of the units.
    divisions: Table<Division>,
    /// From a unit to the divisions of work in which somebody ever led it.
    led_by: Index<UnitRow, Division>,
    /// Collective decisions.
    decisions: Table<Decision>,
    /// Leadership groups as issued.
    groups: Table<Group>,
    /// What was said of groups between issues, under their ids.
    group_rows: Table<GroupRow>,
    /// From a unit to its groups.
    groups_of: Index<UnitRow, Group>,
    /// From a group to those that ever referred to it.
    referred_by: Index<Group, Group>,
}

impl Registry {
    /// The registry on a day, as known at a position.
    pub fn view(&self, day: Date, known: Position) -> RegistryView<'_> {
        RegistryView::new(self, When { day, known })
    }
}
