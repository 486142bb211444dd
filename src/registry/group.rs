//! Leadership groups (领导小组).

use serde::Serialize;

use super::ring::{referred_by_seats, refuse_ring};
use super::{Context, Post, Registry, UnitRow};
use crate::calendar::Date;
use crate::codes::DocumentNumber;
use crate::document::{Cursor, Read, Shape};
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
        /// Works in its office.
        Staff = "staff" "办公室成员",
    }
}
crate::document::kept!(enum GroupRole { 0 Head, 1 Deputy, 2 Member, 3 Staff });

crate::choice! {
    /// How the members of a role change (成员调整办法).
    pub enum ChangePolicy {
        /// The head approves the change.
        HeadApproved = "head_approved" "组长批准",
        /// The change is filed with the office.
        Filed = "filed" "报办公室备案",
        /// Whoever follows in the post follows in the seat.
        Automatic = "automatic" "继任者自行接替",
        /// The group is issued anew.
        Reissued = "reissued" "重新发文",
    }
}
crate::document::kept!(enum ChangePolicy { 0 HeadApproved, 1 Filed, 2 Automatic, 3 Reissued });

crate::record! {
    /// How the members of one role change.
    #[derive(Serialize)]
    pub struct RolePolicy {
        /// The role; every role that is not named elsewhere when missing.
        pub role: Option<GroupRole>,
        /// How they change.
        pub policy: ChangePolicy,
    }
}
crate::document::kept!(struct RolePolicy { role, policy });

crate::choice! {
    /// A span of time in which something recurs.
    pub enum Span {
        /// A calendar month.
        Month = "month" "月",
        /// A quarter.
        Quarter = "quarter" "季度",
        /// Half a year.
        HalfYear = "half_year" "半年",
        /// A year.
        Year = "year" "年",
    }
}
crate::document::kept!(enum Span { 0 Month, 1 Quarter, 2 HalfYear, 3 Year });

crate::record! {
    /// How often a group meets.
    #[derive(Serialize)]
    pub struct Meetings {
        /// At least so many times
        pub times: u32,
        /// in each of these.
        pub every: Span,
    }
}
crate::document::kept!(struct Meetings { times, every });

crate::record! {
    /// The office of a group with its head.
    pub struct OfficeHeaded {
        /// The unit in which it is placed.
        pub unit: String,
        /// The post that heads it.
        pub head: Option<String>,
    }
}

/// The office of a group (办公室): the unit in which it is placed as text, or an object with its head besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office(pub OfficeHeaded);

impl Read for Office {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if at.is_text() {
            return String::read(at).map(|unit| Office(OfficeHeaded { unit, head: None }));
        }
        OfficeHeaded::read(at).map(Office)
    }
    fn shape() -> Shape {
        Shape::Either(&[String::shape, OfficeHeaded::shape])
    }
}

crate::record! {
    /// The document that founded or re-issued a group, or that records a decision.
    #[derive(Serialize)]
    pub struct FoundingDocument {
        /// Document number (文号).
        pub number: Option<DocumentNumber>,
        /// The day of the document.
        pub issued: Option<Date>,
    }
}
crate::document::kept!(struct FoundingDocument { number, issued });

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
        /// The unit in which its office is placed, and who heads it.
        pub office: Option<Office>,
        /// How its members change, role by role; nothing is checked of a role of which nothing is said.
        pub changes: Vec<RolePolicy>,
        /// How often it meets.
        pub meetings: Option<Meetings>,
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
crate::document::kept!(enum Seat { 0 Post(a), 1 Person(a), 2 Group(a), 3 Described(a) });

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
    /// The post that heads its office.
    pub office_head: Option<Key<Post>>,
    /// How its members change.
    pub changes: Vec<RolePolicy>,
    /// How often it meets.
    pub meetings: Option<Meetings>,
    /// Its seats as issued.
    pub members: Vec<(GroupRole, Seat)>,
}
crate::document::kept!(struct Group { name, unit, from, document, office, office_head, changes, meetings, members });

impl Group {
    /// How the members of a role change, when the papers say so.
    pub fn policy(&self, role: GroupRole) -> Option<ChangePolicy> {
        let of = |wanted: Option<GroupRole>| self.changes.iter().find(move |row| row.role == wanted);
        of(Some(role)).or_else(|| of(None)).map(|row| row.policy)
    }
}

pub(super) const GROUP: (&str, &str) = ("领导小组", "leadership group");

impl GroupsFounded {
    /// Enters the groups.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, group) in self.groups.into_iter().enumerate() {
            act.introduce(
                &mut registry.groups,
                format_args!("/groups/{index}/id"),
                GROUP,
                &group.id,
            );
            issue(registry, act, &format!("/groups/{index}"), group);
        }
    }
}

impl GroupsReissued {
    /// Issues the groups anew.
    pub fn apply(self, registry: &mut Registry, act: &Context<'_>) {
        for (index, group) in self.groups.into_iter().enumerate() {
            let place = format!("/groups/{index}");
            let Some(key) = act.reference(&registry.groups, format_args!("{place}/id"), GROUP, &group.id) else {
                continue;
            };
            act.supersede(&mut registry.groups, key);
            issue(registry, act, &place, group);
        }
    }
}

fn issue(registry: &mut Registry, act: &Context<'_>, place: &str, group: GroupFounded) {
    let unit = act.reference(
        &registry.units,
        format_args!("{place}/unit"),
        ("单位", "unit"),
        &group.unit,
    );
    let (office, office_head) = match &group.office {
        Some(Office(office)) => {
            let place = format!("{place}/office");
            let head = office.head.as_deref();
            (
                act.reference(&registry.units, &place, ("单位", "unit"), &office.unit),
                head.and_then(|head| {
                    act.reference(&registry.posts, format_args!("{place}/head"), ("职务", "post"), head)
                }),
            )
        }
        None => (None, None),
    };
    if !group.members.iter().any(|member| member.role == GroupRole::Head) {
        act.refuse(
            format_args!("{place}/members"),
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
        office_head,
        changes: group.changes,
        meetings: group.meetings,
        members,
    };
    let referred = referred_by_seats(&row.members);
    let key = registry.groups.push(act.at, &group.id, row);
    registry.groups_of.push(unit, key);
    refuse_ring(registry, act, &format!("{place}/members"), key, referred);
}

pub(super) fn seat(
    registry: &Registry,
    act: &Context<'_>,
    place: &str,
    own: &str,
    member: GroupMember,
) -> Option<Seat> {
    match (member.post, member.person, member.group, member.described) {
        (Some(post), None, None, None) => act
            .reference(&registry.posts, format_args!("{place}/post"), ("职务", "post"), &post)
            .map(Seat::Post),
        (None, Some(person), None, None) => Some(Seat::Person(person.into())),
        (None, None, Some(group), None) => {
            if group == own {
                act.refuse(
                    format_args!("{place}/group"),
                    "registry.group_refers_to_itself",
                    "领导小组不能引用自身成员",
                    "a group cannot refer to its own members",
                );
                return None;
            }
            act.reference(&registry.groups, format_args!("{place}/group"), GROUP, &group)
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
