//! Groups that change between two issues: members, the yearly confirmation, merging, abolition.

use super::group::{GROUP, seat};
use super::ring::{referred_by_seats, refuse_ring};
use super::{Context, FoundingDocument, Group, GroupMember, GroupRole, Post, Registry, Seat, UnitRow};
use crate::calendar::Date;
use crate::ledger::Key;

crate::record! {
    /// Changes members of a group from the effective day on.
    pub struct GroupChanged {
        /// The group.
        pub group: String,
        /// Seats that are added. One that is there already is renewed: whoever fills it now is recorded.
        pub added: Vec<GroupMember>,
        /// Seats that are taken away, as they were written.
        pub removed: Vec<GroupMember>,
        /// The post that approved the change.
        pub approved_by: Option<String>,
        /// The unit with which the change was filed.
        pub filed_with: Option<String>,
        /// The unit that proposed the change.
        pub proposed_by: Option<String>,
        /// The document, when there is one.
        pub document: Option<FoundingDocument>,
    }
}

crate::record! {
    /// Confirms the members of groups as they are on the effective day.
    pub struct GroupsConfirmed {
        /// The groups.
        pub groups: Vec<String>,
    }
}

crate::record! {
    /// Merges groups: the effective day is the first of the merged group, and each of the others ends the day before.
    pub struct GroupsMerged {
        /// The groups that end; none in a correction that takes a merger back.
        pub groups: Vec<String>,
        /// The group that carries on; it is in the ledger and is none of them.
        pub into: String,
    }
}

crate::record! {
    /// Abolishes a group: the effective day is its last.
    pub struct GroupAbolished {
        /// The group.
        pub group: String,
        /// The document, when there is one.
        pub document: Option<FoundingDocument>,
    }
}

/// A change of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// First day.
    pub from: Date,
    /// Seats that are added or renewed.
    pub added: Vec<(GroupRole, Seat)>,
    /// Seats that are taken away.
    pub removed: Vec<(GroupRole, Seat)>,
    /// The post that approved it.
    pub approved_by: Option<Key<Post>>,
    /// The unit with which it was filed.
    pub filed_with: Option<Key<UnitRow>>,
    /// The unit that proposed it.
    pub proposed_by: Option<Key<UnitRow>>,
    /// The document.
    pub document: Option<FoundingDocument>,
}
crate::document::kept!(struct Change { from, added, removed, approved_by, filed_with, proposed_by, document });

/// What one act said of a group besides its issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupRow {
    /// Its members changed.
    Changed(Box<Change>),
    /// Its members were confirmed on this day.
    Confirmed(Date),
    /// It ended.
    Ended {
        /// Its last day.
        on: Date,
        /// The group into which it was merged.
        into: Option<Key<Group>>,
        /// The document.
        document: Option<FoundingDocument>,
    },
}
crate::document::kept!(enum GroupRow { 0 Changed(a), 1 Confirmed(a), 2 Ended { on, into, document } });

impl GroupRow {
    /// The first day on which it tells; for an end the last day of the group.
    pub fn day(&self) -> Date {
        match self {
            GroupRow::Changed(change) => change.from,
            GroupRow::Confirmed(on) | GroupRow::Ended { on, .. } => *on,
        }
    }
}

const UNIT: (&str, &str) = ("单位", "unit");

impl GroupChanged {
    /// Changes the members.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let group = act.reference(&registry.groups, "/group", GROUP, &self.group);
        act.supersede_all(&mut registry.group_rows);
        if self.added.is_empty() && self.removed.is_empty() && act.corrects.is_none() {
            act.refuse(
                "",
                "registry.changes_nothing",
                "没有写明变更的内容",
                "the act changes nothing; say what",
            );
        }
        let added = seats(registry, act, "/added", &self.group, self.added);
        let removed = seats(registry, act, "/removed", &self.group, self.removed);
        let unit = |place: &str, id: Option<&str>| id.and_then(|id| act.reference(&registry.units, place, UNIT, id));
        let change = Change {
            from: act.effective,
            added,
            removed,
            approved_by: (self.approved_by.as_deref())
                .and_then(|post| act.reference(&registry.posts, "/approved_by", ("职务", "post"), post)),
            filed_with: unit("/filed_with", self.filed_with.as_deref()),
            proposed_by: unit("/proposed_by", self.proposed_by.as_deref()),
            document: self.document,
        };
        let Some(group) = group else { return };
        let referred = referred_by_seats(&change.added);
        registry
            .group_rows
            .push(act.at, &self.group, GroupRow::Changed(Box::new(change)));
        let view = registry.view(act.effective, act.at);
        let seats = view.seats(group);
        if view.group(group).is_some() && !seats.iter().any(|seat| seat.role == GroupRole::Head) {
            act.refuse(
                "/removed",
                "registry.group_without_head_seat",
                "变更后领导小组没有组长席位，请在 added 中补上 role 为 head 的成员",
                "the change leaves the group without a head seat; add a member with role \"head\"",
            );
        }
        refuse_ring(registry, act, "/added", group, referred);
    }
}

fn seats(
    registry: &Registry,
    act: &Context<'_>,
    place: &str,
    own: &str,
    members: Vec<GroupMember>,
) -> Vec<(GroupRole, Seat)> {
    let mut seats = Vec::with_capacity(members.len());
    for (index, member) in members.into_iter().enumerate() {
        let role = member.role;
        let seat = seat(registry, act, &format!("{place}/{index}"), own, member);
        seats.extend(seat.map(|seat| (role, seat)));
    }
    seats
}

impl GroupsConfirmed {
    /// Confirms the groups.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.group_rows);
        for (index, id) in self.groups.iter().enumerate() {
            let place = format!("/groups/{index}");
            if act.reference(&registry.groups, &place, GROUP, id).is_some() {
                registry.group_rows.push(act.at, id, GroupRow::Confirmed(act.effective));
            }
        }
    }
}

impl GroupsMerged {
    /// Ends the groups in favour of the other.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        act.supersede_all(&mut registry.group_rows);
        let into = act.reference(&registry.groups, "/into", GROUP, &self.into);
        if self.groups.is_empty() && act.corrects.is_none() {
            act.refuse(
                "/groups",
                "registry.merges_nothing",
                "没有写明被合并的领导小组，请填写 groups",
                "no group is merged; name them in \"groups\"",
            );
        }
        for (index, id) in self.groups.iter().enumerate() {
            let place = format!("/groups/{index}");
            let group = act.reference(&registry.groups, &place, GROUP, id);
            if *id == self.into {
                act.refuse(
                    &place,
                    "registry.merged_into_itself",
                    format!("“{id}”不能并入自身；合并后沿用原领导小组的，不要把它列入 groups"),
                    format!("\"{id}\" cannot be merged into itself; leave the group that carries on out of \"groups\""),
                );
            }
            let (Some(group), Some(into)) = (group, into) else {
                continue;
            };
            match act.effective.previous() {
                Some(on) => end(registry, act, group, on, Some(into), None),
                None => act.in_order("/effective", act.effective.next(), Some(act.effective)),
            }
        }
    }
}

impl GroupAbolished {
    /// Abolishes the group.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        let Some(group) = act.reference(&registry.groups, "/group", GROUP, &self.group) else {
            return;
        };
        act.supersede_all(&mut registry.group_rows);
        end(registry, act, group, act.effective, None, self.document);
    }
}

fn end(
    registry: &mut Registry,
    act: &Context<'_>,
    group: Key<Group>,
    on: Date,
    into: Option<Key<Group>>,
    document: Option<FoundingDocument>,
) {
    let founded = registry.groups.rows(group, act.at).map(|row| row.value.from).min();
    act.in_order("/effective", founded.unwrap_or(on), Some(on));
    let id = registry.groups.id(group).to_owned();
    registry
        .group_rows
        .push(act.at, &id, GroupRow::Ended { on, into, document });
}
