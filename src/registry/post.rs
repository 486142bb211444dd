//! Posts (职务) with seats, and who held them in which capacity.

use std::sync::Arc;

use super::{Basis, Context, PostRow, Registry, UnitRow};
use crate::calendar::{Date, Period};
use crate::document::Word;
use crate::ledger::Key;

crate::record! {
    /// A post of a unit.
    pub struct PostFounded {
        /// Host id.
        pub id: Word,
        /// The unit that it belongs to.
        pub unit: Word,
        /// Its name, such as 书记.
        pub name: Word,
        /// How many people may hold it at a time; one when missing.
        pub seats: Option<u32>,
    }
}

crate::record! {
    /// Enters posts.
    pub struct PostsFounded {
        /// The posts.
        pub posts: Vec<PostFounded>,
    }
}

/// A post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The unit that it belongs to.
    pub unit: Key<UnitRow>,
    /// Its name.
    pub name: Arc<str>,
    /// How many people may hold it at a time.
    pub seats: u32,
    /// First day.
    pub from: Date,
}
crate::document::kept!(struct Post { unit, name, seats, from });

crate::choice! {
    /// In which capacity somebody acts for a post.
    pub enum Capacity {
        /// Holds it.
        Holder = "holder" "任职",
        /// Acts in it (代理).
        Acting = "acting" "代理",
        /// Presides over the work without holding it.
        Presiding = "presiding" "主持工作",
        /// May sign in its place for a while.
        Authorised = "authorised" "授权代签",
    }
}
crate::document::kept!(enum Capacity { 0 Holder, 1 Acting, 2 Presiding, 3 Authorised });

crate::record! {
    /// Somebody begins to hold a post, from the effective day on.
    pub struct TenureBegun {
        /// Host id of the tenure.
        pub id: String,
        /// The post.
        pub post: String,
        /// Host key of the person.
        pub person: String,
        /// In which capacity.
        pub capacity: Capacity,
        /// Last day, when it is settled from the start.
        pub to: Option<Date>,
        /// What an acting, presiding or authorised capacity rests on.
        pub basis: Option<Basis>,
    }
}

crate::record! {
    /// Enters tenures.
    pub struct TenuresBegun {
        /// The tenures.
        pub tenures: Vec<TenureBegun>,
    }
}

crate::record! {
    /// Ends a tenure: the effective day is its last.
    pub struct TenureEnded {
        /// The tenure.
        pub tenure: String,
    }
}

/// What one act said of a tenure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TenureRow {
    /// It began.
    Begun(Tenure),
    /// This was its last day.
    Ended(Date),
}
crate::document::kept!(enum TenureRow { 0 Begun(a), 1 Ended(a) });

/// A tenure as it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// The post.
    pub post: Key<Post>,
    /// Host key of the person.
    pub person: Box<str>,
    /// In which capacity.
    pub capacity: Capacity,
    /// First day and the last as settled at the start.
    pub period: Period,
    /// What the capacity rests on.
    pub basis: Option<Basis>,
}
crate::document::kept!(struct Tenure { post, person, capacity, period, basis });

const POST: (&str, &str) = ("职务", "post");
const TENURE: (&str, &str) = ("任职", "tenure");

impl PostsFounded {
    /// Enters the posts.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let mut last: Option<Arc<str>> = None;
        for (index, post) in self.posts.into_iter().enumerate() {
            let unit = act.reference(
                &registry.units,
                format_args!("/posts/{index}/unit"),
                ("单位", "unit"),
                &post.unit,
            );
            let found = act.introduce(&mut registry.posts, format_args!("/posts/{index}/id"), POST, &post.id);
            let Some(unit) = unit else { continue };
            let seats = post.seats.unwrap_or(1);
            if seats == 0 {
                act.refuse(
                    format_args!("/posts/{index}/seats"),
                    "registry.no_seat",
                    "职数不能为 0",
                    "a post has at least one seat",
                );
            }
            // A correction may move the start behind an end that was entered meanwhile.
            let ends = registry.post_rows.key(&post.id).and_then(|key| {
                let rows = registry.post_rows.rows(key, act.at);
                rows.filter_map(|row| match row.value {
                    PostRow::Ended(on) => Some(on),
                    PostRow::Named(..) | PostRow::Seated(..) => None,
                })
                .min()
            });
            act.in_order("/effective", act.effective, ends);
            // Posts that are entered together are mostly called alike.
            let name = last
                .take()
                .filter(|last| **last == *post.name)
                .unwrap_or_else(|| Arc::from(&*post.name));
            last = Some(name.clone());
            let key = registry.posts.push_found(
                act.at,
                found,
                &post.id,
                Post {
                    unit,
                    name: name.clone(),
                    seats,
                    from: act.effective,
                },
            );
            registry.posts_of.push(unit, key);
        }
    }
}

impl TenuresBegun {
    /// Enters the tenures.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, tenure) in self.tenures.into_iter().enumerate() {
            let post = act.reference(
                &registry.posts,
                format_args!("/tenures/{index}/post"),
                POST,
                &tenure.post,
            );
            act.introduce(
                &mut registry.tenures,
                format_args!("/tenures/{index}/id"),
                TENURE,
                &tenure.id,
            );
            act.in_order(format_args!("/tenures/{index}/to"), act.effective, tenure.to);
            // A correction may move the start behind an end that was entered meanwhile.
            let ended = registry.tenures.key(&tenure.id).and_then(|key| {
                let rows = registry.tenures.rows(key, act.at);
                rows.filter_map(|row| match row.value {
                    TenureRow::Ended(on) => Some(on),
                    TenureRow::Begun(_) => None,
                })
                .min()
            });
            act.in_order("/effective", act.effective, ended);
            let period = Period::new(act.effective, tenure.to.unwrap_or(Date::LAST));
            let (Some(post), Some(period)) = (post, period) else {
                continue;
            };
            let (person, capacity, basis) = (tenure.person.into(), tenure.capacity, tenure.basis);
            let row = TenureRow::Begun(Tenure {
                post,
                person,
                capacity,
                period,
                basis,
            });
            let key = registry.tenures.push(act.at, &tenure.id, row);
            registry.tenures_of.push(post, key);
        }
    }
}

impl TenureEnded {
    /// Ends the tenure.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(key) = act.reference(&registry.tenures, "/tenure", TENURE, &self.tenure) else {
            return;
        };
        act.supersede(&mut registry.tenures, key);
        let begun = registry.tenures.rows(key, act.at).find_map(|row| match &row.value {
            TenureRow::Begun(tenure) => Some(tenure.period.from()),
            TenureRow::Ended(_) => None,
        });
        act.in_order("/effective", begun.unwrap_or(act.effective), Some(act.effective));
        registry
            .tenures
            .push(act.at, &self.tenure, TenureRow::Ended(act.effective));
    }
}
