//! Who carries which responsibility (责任类型).

use super::{Context, Post, Registry, UnitRow};
use crate::calendar::Date;
use crate::ledger::Key;

crate::choice! {
    /// A type of responsibility.
    pub enum ResponsibilityType {
        /// Of a committee as a body.
        Body = "body" "主体责任",
        /// Of the post that answers first.
        First = "first" "第一责任人",
        /// Of the post in charge.
        Direct = "direct" "直接责任人",
        /// Of the other members, within the division of work.
        Leadership = "leadership" "领导责任",
    }
}

crate::record! {
    /// One responsibility: of a body when it names no post, else of the post.
    pub struct ResponsibilityAssigned {
        /// Host id.
        pub id: String,
        /// The unit whose work is answered for.
        pub unit: String,
        /// The type.
        pub responsibility: ResponsibilityType,
        /// The post that carries it; none for the responsibility of the body.
        pub post: Option<String>,
    }
}

crate::record! {
    /// Enters responsibilities, from the effective day on.
    pub struct Responsibilities {
        /// The responsibilities.
        pub responsibilities: Vec<ResponsibilityAssigned>,
    }
}

/// A responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responsibility {
    /// The unit whose work is answered for.
    pub unit: Key<UnitRow>,
    /// The type.
    pub responsibility: ResponsibilityType,
    /// The post that carries it.
    pub post: Option<Key<Post>>,
    /// First day.
    pub from: Date,
}

impl Responsibilities {
    /// Enters the responsibilities.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, row) in self.responsibilities.into_iter().enumerate() {
            let place = format!("/responsibilities/{index}");
            let unit = act.reference(&registry.units, &format!("{place}/unit"), ("单位", "unit"), &row.unit);
            let post = row
                .post
                .as_deref()
                .map(|post| act.reference(&registry.posts, &format!("{place}/post"), ("职务", "post"), post));
            if (row.responsibility == ResponsibilityType::Body) != post.is_none() {
                act.refuse(
                    &format!("{place}/post"),
                    "registry.responsibility_carrier",
                    "主体责任由班子承担，不填职务；其他责任类型须填职务",
                    "the responsibility of the body names no post; every other type names one",
                );
            }
            act.introduce(
                &mut registry.responsibilities,
                &format!("{place}/id"),
                ("责任", "responsibility"),
                &row.id,
            );
            let (Some(unit), post) = (unit, post.flatten()) else {
                continue;
            };
            let (responsibility, from) = (row.responsibility, act.effective);
            registry.responsibilities.push(
                act.at,
                &row.id,
                Responsibility {
                    unit,
                    responsibility,
                    post,
                    from,
                },
            );
        }
    }
}
