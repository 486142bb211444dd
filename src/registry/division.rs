//! The division of work (班子分工): which member of a leading team leads which units and fields.

use std::collections::BTreeSet;

use super::{Context, Post, Registry, RegistryView, UnitRow};
use crate::calendar::Date;
use crate::ledger::Key;

crate::record! {
    /// What one member of the team leads.
    pub struct DivisionMember {
        /// The member's post.
        pub post: String,
        /// The units that it leads.
        pub units: Vec<String>,
        /// The fields of work that it leads, in the words of the place.
        pub fields: Vec<String>,
    }
}

crate::record! {
    /// Divides the work of a unit's leading team: what is said here takes the place of the division before.
    pub struct WorkDivided {
        /// The unit whose team it is.
        pub unit: String,
        /// The members; none when the team is dissolved.
        pub members: Vec<DivisionMember>,
    }
}

/// What a member leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's post.
    pub post: Key<Post>,
    /// The units that it leads.
    pub units: Vec<Key<UnitRow>>,
    /// The fields of work that it leads.
    pub fields: Vec<Box<str>>,
}
crate::document::kept!(struct Member { post, units, fields });

/// The division of a unit's work from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The unit whose team it is.
    pub unit: Key<UnitRow>,
    /// First day.
    pub from: Date,
    /// The members.
    pub members: Vec<Member>,
}
crate::document::kept!(struct Division { unit, from, members });

const UNIT: (&str, &str) = ("单位", "unit");

impl WorkDivided {
    /// Divides the work.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let unit = act.reference(&registry.units, "/unit", UNIT, &self.unit);
        act.supersede_all(&mut registry.divisions);
        let mut members = Vec::with_capacity(self.members.len());
        for (index, member) in self.members.into_iter().enumerate() {
            let place = format!("/members/{index}");
            let post = act.reference(
                &registry.posts,
                format_args!("{place}/post"),
                ("职务", "post"),
                &member.post,
            );
            let mut units = Vec::with_capacity(member.units.len());
            for (number, unit) in member.units.iter().enumerate() {
                units.extend(act.reference(&registry.units, format_args!("{place}/units/{number}"), UNIT, unit));
            }
            let fields = member.fields.into_iter().map(Into::into).collect();
            members.extend(post.map(|post| Member { post, units, fields }));
        }
        let Some(unit) = unit else { return };
        let led: BTreeSet<Key<UnitRow>> = members.iter().flat_map(|member| member.units.iter().copied()).collect();
        let from = act.effective;
        let key = registry
            .divisions
            .push(act.at, &self.unit, Division { unit, from, members });
        for unit in led {
            registry.led_by.push(unit, key);
        }
    }
}

impl<'a> RegistryView<'a> {
    /// How a unit's team divides its work on the day; nothing when nothing is said of it.
    pub fn division(&self, unit: Key<UnitRow>) -> Option<&'a Division> {
        let tables = self.registry();
        self.division_of(tables.divisions.key(tables.units.id(unit))?)
    }

    /// Every division of work on the day, in the order of the units' ids.
    pub fn divisions(&self) -> impl Iterator<Item = &'a Division> + use<'a> {
        let view = *self;
        view.registry()
            .divisions
            .keys(view.when().known)
            .filter_map(move |key| view.division_of(key))
    }

    /// The divisions of work in which some member leads the unit on the day, in the order of the units' ids.
    pub fn divisions_that_lead(&self, unit: Key<UnitRow>) -> Vec<&'a Division> {
        let tables = self.registry();
        let keys: BTreeSet<Key<Division>> = tables.led_by.of(unit).collect();
        let mut divisions: Vec<&'a Division> = keys
            .into_iter()
            .filter_map(|key| self.division_of(key))
            .filter(|division| division.members.iter().any(|member| member.units.contains(&unit)))
            .collect();
        divisions.sort_by(|left, right| tables.units.id(left.unit).cmp(tables.units.id(right.unit)));
        divisions
    }

    fn division_of(&self, key: Key<Division>) -> Option<&'a Division> {
        let rows = self.registry().divisions.rows(key, self.when().known);
        rows.filter(|row| row.value.from <= self.when().day)
            .max_by_key(|row| (row.value.from, row.from))
            .map(|row| &row.value)
            .filter(|division| self.exists(division.unit))
    }
}
