//! Leadership groups (领导小组).

use super::{Context, Post, Registry, UnitRow};
use crate::calendar::Date;
use crate::codes::DocumentNumber;
use crate::ledger::Key;

crate::choice! {
    /// A role in a leadership group.
    pub enum GroupRole {
        /// Leads it.
        Head = "head" "组长",
        /// Stands in for the head.
        Deputy = "deputy" "副组长",
        /// Belongs to it.
        Member = "member" "成员",
    }
}

crate::record! {
    /// The document that founded or re-issued a group.
    pub struct FoundingDocument {
        /// Document number (文号).
        pub number: Option<DocumentNumber>,
        /// The day of the document.
        pub issued: Option<Date>,
    }
}

crate::record! {
    /// A seat in a group: held by a post, by a person, or by whoever belongs to another body. A seat that only a
    /// description fills is open: it is kept, and a finding says so.
    pub struct GroupMember {
        /// The role.
        pub role: GroupRole,
        /// By post: whoever holds it.
        pub post: Option<String>,
        /// By person: host key.
        pub person: Option<String>,
        /// By reference: the members of this other group.
        pub group: Option<String>,
        /// What the papers say when they name nobody.
        pub described: Option<String>,
    }
}

crate::record! {
    /// A leadership group.
    pub struct GroupFounded {
        /// Host id.
        pub id: String,
        /// Name.
        pub name: String,
        /// The unit whose group it is.
        pub unit: String,
        /// What founded it, as far as the papers say.
        pub document: Option<FoundingDocument>,
        /// The unit in which its office is placed.
        pub office: Option<String>,
        /// Whose seats it has; the head seat must be among them.
        pub members: Vec<GroupMember>,
    }
}

crate::record! {
    /// Enters groups.
    pub struct GroupsFounded {
        /// The groups.
        pub groups: Vec<GroupFounded>,
    }
}

crate::record! {
    /// Issues groups anew, from the effective day on: what is said here takes the place of what was said before.
    pub struct GroupsReissued {
        /// The groups.
        pub groups: Vec<GroupFounded>,
    }
}

/// Who fills a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seat {
    /// Whoever holds the post.
    Post(Key<Post>),
    /// This person.
    Person(Box<str>),
    /// The members of this group.
    Group(Key<Group>),
    /// Nobody named.
    Described(Box<str>),
}

/// A group as issued on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Name.
    pub name: Box<str>,
    /// The unit whose group it is.
    pub unit: Key<UnitRow>,
    /// First day of this issue.
    pub from: Date,
    /// The document, as far as the papers say.
    pub document: Option<FoundingDocument>,
    /// The unit in which its office is placed.
    pub office: Option<Key<UnitRow>>,
    /// Its seats.
    pub members: Vec<(GroupRole, Seat)>,
}

const GROUP: (&str, &str) = ("领导小组", "leadership group");

impl GroupsFounded {
    /// Enters the groups.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, group) in self.groups.into_iter().enumerate() {
            act.introduce(&mut registry.groups, &format!("/groups/{index}/id"), GROUP, &group.id);
            issue(registry, act, &format!("/groups/{index}"), group);
        }
    }
}

impl GroupsReissued {
    /// Issues the groups anew.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, group) in self.groups.into_iter().enumerate() {
            let place = format!("/groups/{index}");
            let Some(key) = act.reference(&registry.groups, &format!("{place}/id"), GROUP, &group.id) else {
                continue;
            };
            act.supersede(&mut registry.groups, key);
            issue(registry, act, &place, group);
        }
    }
}

fn issue(registry: &mut Registry, act: &Context<'_>, place: &str, group: GroupFounded) {
    let unit = act.reference(&registry.units, &format!("{place}/unit"), ("单位", "unit"), &group.unit);
    let office = group
        .office
        .as_deref()
        .and_then(|office| act.reference(&registry.units, &format!("{place}/office"), ("单位", "unit"), office));
    if !group.members.iter().any(|member| member.role == GroupRole::Head) {
        act.refuse(
            &format!("{place}/members"),
            "registry.group_without_head_seat",
            "领导小组没有组长席位，请补上 role 为 head 的成员",
            "the group has no head seat; add a member with role \"head\"",
        );
    }
    let mut members = Vec::with_capacity(group.members.len());
    for (number, member) in group.members.into_iter().enumerate() {
        let role = member.role;
        if let Some(seat) = seat(registry, act, &format!("{place}/members/{number}"), &group.id, member) {
            members.push((role, seat));
        }
    }
    let Some(unit) = unit else { return };
    let row = Group {
        name: group.name.into(),
        unit,
        from: act.effective,
        document: group.document,
        office,
        members,
    };
    registry.groups.push(act.at, &group.id, row);
}

fn seat(registry: &Registry, act: &Context<'_>, place: &str, own: &str, member: GroupMember) -> Option<Seat> {
    match (member.post, member.person, member.group, member.described) {
        (Some(post), None, None, None) => act
            .reference(&registry.posts, &format!("{place}/post"), ("职务", "post"), &post)
            .map(Seat::Post),
        (None, Some(person), None, None) => Some(Seat::Person(person.into())),
        (None, None, Some(group), None) => {
            if group == own {
                act.refuse(
                    &format!("{place}/group"),
                    "registry.group_refers_to_itself",
                    "领导小组不能引用自身成员",
                    "a group cannot refer to its own members",
                );
                return None;
            }
            act.reference(&registry.groups, &format!("{place}/group"), GROUP, &group)
                .map(Seat::Group)
        }
        (None, None, None, Some(words)) => Some(Seat::Described(words.into())),
        _ => {
            act.refuse(
                place,
                "registry.seat_not_single",
                "post、person、group、described 四项须且只须填一项",
                "give exactly one of post, person, group, described",
            );
            None
        }
    }
}
