//! Who carries which responsibility (责任类型).

use std::collections::BTreeSet;

use super::{Context, Post, Registry, RegistryView, UnitRow};
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
crate::document::kept!(enum ResponsibilityType { 0 Body, 1 First, 2 Direct, 3 Leadership });

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
        /// The field of work, when it is not for all of it.
        pub field: Option<String>,
    }
}

crate::record! {
    /// Enters responsibilities, from the effective day on.
    pub struct Responsibilities {
        /// The responsibilities.
        pub responsibilities: Vec<ResponsibilityAssigned>,
    }
}

crate::record! {
    /// Ends responsibilities: the effective day is their last.
    pub struct ResponsibilitiesEnded {
        /// The responsibilities; none in a correction that takes the end back.
        pub responsibilities: Vec<String>,
    }
}

/// The last day of a responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponsibilityEnd(pub Date);
crate::document::kept!(struct ResponsibilityEnd(a));

const RESPONSIBILITY: (&str, &str) = ("责任", "responsibility");

/// A responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responsibility {
    /// The unit whose work is answered for.
    pub unit: Key<UnitRow>,
    /// The type.
    pub responsibility: ResponsibilityType,
    /// The post that carries it.
    pub post: Option<Key<Post>>,
    /// The field of work, when it is not for all of it.
    pub field: Option<Box<str>>,
    /// First day.
    pub from: Date,
}
crate::document::kept!(struct Responsibility { unit, responsibility, post, field, from });

impl Responsibilities {
    /// Enters the responsibilities.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, row) in self.responsibilities.into_iter().enumerate() {
            let place = format!("/responsibilities/{index}");
            let unit = act.reference(
                &registry.units,
                format_args!("{place}/unit"),
                ("单位", "unit"),
                &row.unit,
            );
            let post = row
                .post
                .as_deref()
                .map(|post| act.reference(&registry.posts, format_args!("{place}/post"), ("职务", "post"), post));
            if (row.responsibility == ResponsibilityType::Body) != post.is_none() {
                act.refuse(
                    format_args!("{place}/post"),
                    "registry.responsibility_carrier",
                    "主体责任由班子承担，不填职务；其他责任类型须填职务",
                    "the responsibility of the body names no post; every other type names one",
                );
            }
            act.introduce(
                &mut registry.responsibilities,
                format_args!("{place}/id"),
                RESPONSIBILITY,
                &row.id,
            );
            let (Some(unit), post) = (unit, post.flatten()) else {
                continue;
            };
            let (responsibility, from) = (row.responsibility, act.effective);
            // A correction may move the start behind an end that was entered meanwhile.
            let ends = registry.responsibility_ends.key(&row.id).and_then(|key| {
                let rows = registry.responsibility_ends.rows(key, act.at);
                rows.map(|row| row.value.0).min()
            });
            act.in_order("/effective", from, ends);
            let key = registry.responsibilities.push(
                act.at,
                &row.id,
                Responsibility {
                    unit,
                    responsibility,
                    post,
                    field: row.field.map(Into::into),
                    from,
                },
            );
            registry.responsibilities_of.push(unit, key);
        }
    }
}

impl ResponsibilitiesEnded {
    /// Ends the responsibilities.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.responsibility_ends);
        for (index, id) in self.responsibilities.iter().enumerate() {
            let place = format!("/responsibilities/{index}");
            let Some(key) = act.reference(&registry.responsibilities, &place, RESPONSIBILITY, id) else {
                continue;
            };
            let from = registry.responsibilities.last(key, act.at).map(|row| row.value.from);
            act.in_order("/effective", from.unwrap_or(act.effective), Some(act.effective));
            registry
                .responsibility_ends
                .push(act.at, id, ResponsibilityEnd(act.effective));
        }
    }
}

impl<'a> RegistryView<'a> {
    /// The responsibilities that were assigned for a unit and hold on the day, in the order of their ids.
    pub fn responsibilities(&self, unit: Key<UnitRow>) -> Vec<(&'a str, &'a Responsibility)> {
        let (tables, when) = (self.registry(), self.when());
        let keys: BTreeSet<Key<Responsibility>> = tables.responsibilities_of.of(unit).collect();
        let mut held: Vec<_> = keys
            .into_iter()
            .filter_map(|key| {
                let row = &tables.responsibilities.last(key, when.known)?.value;
                let id = tables.responsibilities.id(key);
                let ends = tables.responsibility_ends.key(id).into_iter();
                let mut ends = ends.flat_map(|key| tables.responsibility_ends.rows(key, when.known));
                let holds = row.unit == unit && row.from <= when.day && ends.all(|end| when.day <= end.value.0);
                holds.then_some((id, row))
            })
            .collect();
        held.sort_by_key(|(id, _)| *id);
        held
    }
}
