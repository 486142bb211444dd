//! Posts and their holders on a day.

use std::collections::BTreeSet;

use super::{Capacity, Post, PostRow, RegistryView, Tenure, TenureRow, UnitRow};
use crate::calendar::{Date, Period};
use crate::ledger::{Key, Position};

/// A tenure with its real end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenureView<'a> {
    /// Host id.
    pub id: &'a str,
    /// As it began.
    pub tenure: &'a Tenure,
    /// First and last day.
    pub period: Period,
}

impl<'a> RegistryView<'a> {
    /// The posts of a unit that exist on the day, in the order of their ids.
    pub fn posts(&self, unit: Key<UnitRow>) -> Vec<Key<Post>> {
        let mut posts = self.posts_ever(unit);
        posts.retain(|post| self.post_life(*post).is_some_and(|life| life.holds(self.when().day)));
        posts
    }

    /// Every post that is known of a unit, whenever it existed, in the order of their ids.
    pub fn posts_ever(&self, unit: Key<UnitRow>) -> Vec<Key<Post>> {
        let tables = self.registry();
        let posts: BTreeSet<Key<Post>> = tables.posts_of.of(unit).collect();
        let mut posts: Vec<Key<Post>> = posts
            .into_iter()
            .filter(|post| self.post(*post).is_some_and(|post| post.unit == unit))
            .collect();
        posts.sort_by(|left, right| tables.posts.id(*left).cmp(tables.posts.id(*right)));
        posts
    }

    /// The post as it was founded.
    pub fn post(&self, post: Key<Post>) -> Option<&'a Post> {
        self.registry()
            .posts
            .last(post, self.when().known)
            .map(|row| &row.value)
    }

    /// Its name on the day.
    pub fn post_name(&self, post: Key<Post>) -> &'a str {
        let changed = self.post_changed(post, |row| match row {
            PostRow::Named(from, name) => Some((*from, name.as_ref())),
            PostRow::Seated(..) | PostRow::Ended(_) => None,
        });
        changed
            .or_else(|| self.post(post).map(|post| post.name.as_ref()))
            .unwrap_or("")
    }

    /// How many people may hold it on the day.
    pub fn post_seats(&self, post: Key<Post>) -> u32 {
        let changed = self.post_changed(post, |row| match row {
            PostRow::Seated(from, seats) => Some((*from, *seats)),
            PostRow::Named(..) | PostRow::Ended(_) => None,
        });
        changed.or_else(|| self.post(post).map(|post| post.seats)).unwrap_or(0)
    }

    /// The last day of the post itself, when it has one, whatever the day: of several ends the earliest.
    pub fn post_end(&self, post: Key<Post>) -> Option<Date> {
        let rows = self.post_rows(post);
        let ends = rows.filter_map(|(_, row)| match row {
            PostRow::Ended(on) => Some(*on),
            PostRow::Named(..) | PostRow::Seated(..) => None,
        });
        ends.min()
    }

    /// The days on which the post exists, whatever the day: its own, as far as its unit exists too.
    pub fn post_life(&self, post: Key<Post>) -> Option<Period> {
        let founded = self.post(post)?;
        let unit = self.life(founded.unit)?;
        let to = self.post_end(post).unwrap_or(Date::LAST);
        Period::new(founded.from.max(unit.from()), to.min(unit.to()))
    }

    /// Every tenure of a post, whenever it held, in the order of their ids.
    pub fn tenures(&self, post: Key<Post>) -> Vec<TenureView<'a>> {
        let keys: BTreeSet<Key<TenureRow>> = self.registry().tenures_of.of(post).collect();
        let mut tenures: Vec<_> = keys
            .into_iter()
            .filter_map(|key| self.tenure(key))
            .filter(|held| held.tenure.post == post)
            .collect();
        tenures.sort_by(|left, right| left.id.cmp(right.id));
        tenures
    }

    /// A tenure; nothing when the known papers end it before it begins. Of several ends the earliest holds.
    pub fn tenure(&self, key: Key<TenureRow>) -> Option<TenureView<'a>> {
        let table = &self.registry().tenures;
        let mut begun = None;
        let mut ended: Option<Date> = None;
        for row in table.rows(key, self.when().known) {
            match &row.value {
                TenureRow::Begun(tenure) => begun = Some(tenure),
                TenureRow::Ended(on) => ended = Some(ended.map_or(*on, |earlier| earlier.min(*on))),
            }
        }
        let tenure = begun?;
        let period = Period::new(tenure.period.from(), ended.unwrap_or(tenure.period.to()))?;
        let id = table.id(key);
        Some(TenureView { id, tenure, period })
    }

    /// Who acts for a post on the day, with the capacity of each, in the order of the tenures' ids.
    pub fn holders(&self, post: Key<Post>) -> Vec<(&'a str, Capacity)> {
        self.held(post)
            .map(|held| (held.tenure.person.as_ref(), held.tenure.capacity))
            .collect()
    }

    /// The tenures of those who do the work of a post on the day: whoever may only sign for it does not.
    pub fn in_office(&self, post: Key<Post>) -> Vec<TenureView<'a>> {
        self.held(post)
            .filter(|held| held.tenure.capacity != Capacity::Authorised)
            .collect()
    }

    fn held(&self, post: Key<Post>) -> impl Iterator<Item = TenureView<'a>> + use<'a> {
        let day = self.when().day;
        self.tenures(post)
            .into_iter()
            .filter(move |held| held.period.holds(day))
    }

    fn post_rows(&self, post: Key<Post>) -> impl Iterator<Item = (Position, &'a PostRow)> + use<'a> {
        let (tables, known) = (self.registry(), self.when().known);
        let key = tables.post_rows.key(tables.posts.id(post));
        key.into_iter()
            .flat_map(move |key| tables.post_rows.rows(key, known))
            .map(|row| (row.from, &row.value))
    }

    fn post_changed<T>(&self, post: Key<Post>, pick: impl Fn(&'a PostRow) -> Option<(Date, T)>) -> Option<T> {
        let day = self.when().day;
        let changes = self.post_rows(post).filter_map(|(position, row)| {
            let (from, value) = pick(row).filter(|(from, _)| *from <= day)?;
            Some((from, position, value))
        });
        changes
            .max_by_key(|(from, position, _)| (*from, *position))
            .map(|(_, _, value)| value)
    }
}
