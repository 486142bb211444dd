//! All that is known of a leadership group.

use serde::Serialize;

use super::{
    ChangePolicy, FoundingDocument, Group, GroupRole, GroupRow, Meetings, PersonShown, RegistryView, RolePolicy, Seat,
    When,
};
use crate::calendar::Date;
use crate::ledger::{Key, Position};

/// A leadership group, seen from the day of the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupPortrait<'a> {
    /// Host id.
    pub group: &'a str,
    /// The day, and what was known.
    #[serde(flatten)]
    pub when: When,
    /// Whether it exists on the day; else it shows the history alone.
    pub exists: bool,
    /// As it stands on the day.
    #[serde(flatten)]
    pub standing: Option<Standing<'a>>,
    /// The group into which it was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<&'a str>,
    /// Issues, changes, confirmations and ends, by day and position, later days too.
    pub history: Vec<GroupEvent<'a>>,
}

/// A group as it stands on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing<'a> {
    /// Its name.
    pub name: &'a str,
    /// The unit whose group it is.
    pub unit: &'a str,
    /// The first day of its last issue.
    pub issued: Date,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<&'a FoundingDocument>,
    /// The unit in which its office is placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<&'a str>,
    /// The post that heads its office.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_head: Option<&'a str>,
    /// How its members change.
    pub changes: &'a [RolePolicy],
    /// How often it meets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meetings: Option<&'a Meetings>,
    /// Since when nobody fills the head seat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head_vacant_since: Option<Date>,
    /// Its seats.
    pub seats: Vec<SeatShown<'a>>,
}

/// A seat and who fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatShown<'a> {
    /// The role.
    pub role: GroupRole,
    /// How it is filled.
    #[serde(flatten)]
    pub by: SeatBy<'a>,
    /// Since when it is there.
    pub since: Date,
    /// The day up to which its holder is on record.
    pub recorded: Date,
    /// How its holder changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<ChangePolicy>,
    /// Who is in the post, when it is filled by post.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<PersonShown<'a>>,
}

/// How a seat is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatBy<'a> {
    /// By whoever is in this post.
    Post(&'a str),
    /// By this person.
    Person(&'a str),
    /// By the members of this group.
    Group(&'a str),
    /// By nobody who is named.
    Described(&'a str),
}

/// A seat that a change names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SeatNamed<'a> {
    /// The role.
    pub role: GroupRole,
    /// How it is filled.
    #[serde(flatten)]
    pub by: SeatBy<'a>,
}

/// What an act said of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupEvent<'a> {
    /// The day from which it holds; of an end the last day.
    pub day: Date,
    /// The line that said it.
    pub position: Position,
    /// `issued`, `changed`, `confirmed`, `merged` or `abolished`.
    pub what: &'static str,
    /// The document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<&'a FoundingDocument>,
    /// Seats that were added or renewed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<SeatNamed<'a>>,
    /// Seats that were taken away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<SeatNamed<'a>>,
    /// The post that approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_by: Option<&'a str>,
    /// The unit with which it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed_with: Option<&'a str>,
    /// The unit that proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<&'a str>,
    /// The group that carries on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub into: Option<&'a str>,
}

/// All that is known of a group.
pub fn group_portrait<'a>(registry: &RegistryView<'a>, group: Key<Group>) -> GroupPortrait<'a> {
    let groups = &registry.registry().groups;
    let standing = registry.group(group).map(|issued| standing(registry, group, issued));
    let merged_into = registry.group_ended(group).and_then(|(_, into)| into);
    GroupPortrait {
        group: groups.id(group),
        when: registry.when(),
        exists: standing.is_some(),
        standing,
        merged_into: merged_into.map(|into| groups.id(into)),
        history: history(registry, group),
    }
}

fn standing<'a>(registry: &RegistryView<'a>, key: Key<Group>, group: &'a Group) -> Standing<'a> {
    let tables = registry.registry();
    let seats = registry.seats(key).into_iter();
    let seats = seats.map(|seat| SeatShown {
        role: seat.role,
        by: by(registry, seat.seat),
        since: seat.since,
        recorded: seat.recorded,
        policy: group.policy(seat.role),
        persons: match seat.seat {
            Seat::Post(post) => registry.in_office(*post).iter().map(PersonShown::of).collect(),
            Seat::Person(_) | Seat::Group(_) | Seat::Described(_) => Vec::new(),
        },
    });
    Standing {
        name: &group.name,
        unit: tables.units.id(group.unit),
        issued: group.from,
        document: group.document.as_ref(),
        office: group.office.map(|unit| tables.units.id(unit)),
        office_head: group.office_head.map(|post| tables.posts.id(post)),
        changes: &group.changes,
        meetings: group.meetings.as_ref(),
        head_vacant_since: registry.head_vacant_since(key),
        seats: seats.collect(),
    }
}

fn by<'a>(registry: &RegistryView<'a>, seat: &'a Seat) -> SeatBy<'a> {
    let tables = registry.registry();
    match seat {
        Seat::Post(post) => SeatBy::Post(tables.posts.id(*post)),
        Seat::Person(person) => SeatBy::Person(person),
        Seat::Group(group) => SeatBy::Group(tables.groups.id(*group)),
        Seat::Described(words) => SeatBy::Described(words),
    }
}

fn history<'a>(registry: &RegistryView<'a>, group: Key<Group>) -> Vec<GroupEvent<'a>> {
    let tables = registry.registry();
    let issues = tables.groups.rows(group, registry.when().known);
    let mut history: Vec<GroupEvent<'a>> = issues
        .map(|row| {
            let named = named(registry, &row.value.members);
            GroupEvent {
                document: row.value.document.as_ref(),
                added: named,
                ..event(row.value.from, row.from, "issued")
            }
        })
        .collect();
    for (position, row) in registry.group_rows(group) {
        history.push(match row {
            GroupRow::Changed(change) => GroupEvent {
                document: change.document.as_ref(),
                added: named(registry, &change.added),
                removed: named(registry, &change.removed),
                approved_by: change.approved_by.map(|post| tables.posts.id(post)),
                filed_with: change.filed_with.map(|unit| tables.units.id(unit)),
                proposed_by: change.proposed_by.map(|unit| tables.units.id(unit)),
                ..event(change.from, position, "changed")
            },
            GroupRow::Confirmed(on) => event(*on, position, "confirmed"),
            GroupRow::Ended { on, into, document } => GroupEvent {
                document: document.as_ref(),
                into: into.map(|into| tables.groups.id(into)),
                ..event(*on, position, if into.is_some() { "merged" } else { "abolished" })
            },
        });
    }
    history.sort_by_key(|event| (event.day, event.position));
    history
}

fn named<'a>(registry: &RegistryView<'a>, seats: &'a [(GroupRole, Seat)]) -> Vec<SeatNamed<'a>> {
    let named = |(role, seat): &'a (GroupRole, Seat)| SeatNamed {
        role: *role,
        by: by(registry, seat),
    };
    seats.iter().map(named).collect()
}

fn event<'a>(day: Date, position: Position, what: &'static str) -> GroupEvent<'a> {
    GroupEvent {
        day,
        position,
        what,
        document: None,
        added: Vec::new(),
        removed: Vec::new(),
        approved_by: None,
        filed_with: None,
        proposed_by: None,
        into: None,
    }
}
