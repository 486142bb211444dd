//! The tables of the registry.

use super::view::RegistryView;
use super::{EdgeKind, Group, Post, Responsibility, TenureRow, UnitRow, When};
use crate::calendar::Date;
use crate::ledger::{Mark, Position, Table};

/// Everything the ledger has said of units, posts, tenures, responsibilities and groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registry {
    /// Kinds of edges.
    pub edges: Table<EdgeKind>,
    /// Units.
    pub units: Table<UnitRow>,
    /// Posts.
    pub posts: Table<Post>,
    /// Tenures.
    pub tenures: Table<TenureRow>,
    /// Responsibilities.
    pub responsibilities: Table<Responsibility>,
    /// Leadership groups.
    pub groups: Table<Group>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct RegistryMark([Mark; 6]);

impl Registry {
    /// The registry on a day, as known at a position.
    pub fn view(&self, day: Date, known: Position) -> RegistryView<'_> {
        RegistryView::new(self, When { day, known })
    }

    /// How far the tables are filled.
    pub fn mark(&self) -> RegistryMark {
        RegistryMark([
            self.edges.mark(),
            self.units.mark(),
            self.posts.mark(),
            self.tenures.mark(),
            self.responsibilities.mark(),
            self.groups.mark(),
        ])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: RegistryMark) {
        let RegistryMark([edges, units, posts, tenures, responsibilities, groups]) = mark;
        self.edges.rollback(edges);
        self.units.rollback(units);
        self.posts.rollback(posts);
        self.tenures.rollback(tenures);
        self.responsibilities.rollback(responsibilities);
        self.groups.rollback(groups);
    }
}
