//! Posts that change their name or seats, or end.

use super::{Context, Registry};
use crate::calendar::Date;

crate::record! {
    /// Ends posts: the effective day is their last.
    pub struct PostsEnded {
        /// The posts; none in a correction that takes the end back.
        pub posts: Vec<String>,
    }
}

crate::record! {
    /// Changes a post from the effective day on.
    pub struct PostChanged {
        /// The post.
        pub post: String,
        /// Its new name, when that changes.
        pub name: Option<String>,
        /// Its new number of seats, when that changes.
        pub seats: Option<u32>,
    }
}

/// What one act said of a post after it was founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostRow {
    /// It bears this name from this day on.
    Named(Date, Box<str>),
    /// It has so many seats from this day on.
    Seated(Date, u32),
    /// This is its last day.
    Ended(Date),
}
crate::document::kept!(enum PostRow { 0 Named(a, b), 1 Seated(a, b), 2 Ended(a) });

const POST: (&str, &str) = ("职务", "post");

impl PostsEnded {
    /// Ends the posts.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.post_rows);
        for (index, post) in self.posts.iter().enumerate() {
            let Some(key) = act.reference(&registry.posts, format_args!("/posts/{index}"), POST, post) else {
                continue;
            };
            let founded = registry.posts.last(key, act.at).map(|row| row.value.from);
            act.in_order("/effective", founded.unwrap_or(act.effective), Some(act.effective));
            registry.post_rows.push(act.at, post, PostRow::Ended(act.effective));
        }
    }
}

impl PostChanged {
    /// Changes the post.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let known = act.reference(&registry.posts, "/post", POST, &self.post);
        act.supersede_all(&mut registry.post_rows);
        if self.name.is_none() && self.seats.is_none() && act.corrects.is_none() {
            act.refuse(
                "",
                "registry.changes_nothing",
                "没有写明变更的内容",
                "the act changes nothing; say what",
            );
        }
        if self.seats == Some(0) {
            act.refuse(
                "/seats",
                "registry.no_seat",
                "职数不能为 0",
                "a post has at least one seat",
            );
        }
        if known.is_none() {
            return;
        }
        let from = act.effective;
        if let Some(name) = self.name {
            registry
                .post_rows
                .push(act.at, &self.post, PostRow::Named(from, name.into()));
        }
        if let Some(seats) = self.seats {
            registry
                .post_rows
                .push(act.at, &self.post, PostRow::Seated(from, seats));
        }
    }
}
