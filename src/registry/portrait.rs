//! All that is known of a unit, and the list of units.

use serde::Serialize;

use super::{Alias, PersonShown, Place, Post, RegistryView, UnitRow, When, Within};
use crate::calendar::{Date, Period};
use crate::codes::CreditCode;
use crate::ledger::{Key, Position};

/// A unit in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitLine<'a> {
    /// Host id.
    pub unit: &'a str,
    /// Its name on the day.
    pub name: &'a str,
    /// Its class on the day.
    pub class: &'a str,
    /// Its superiors.
    pub superiors: Vec<EdgeShown<'a>>,
}

/// An edge and who stands at its other end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EdgeShown<'a> {
    /// The kind.
    pub edge: &'a str,
    /// The other unit.
    pub unit: &'a str,
}

/// A post with those in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PostShown<'a> {
    /// Host id.
    pub post: &'a str,
    /// Its name on the day.
    pub name: &'a str,
    /// Its seats on the day.
    pub seats: u32,
    /// Who is in it.
    pub persons: Vec<PersonShown<'a>>,
}

/// An id of another system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AliasShown<'a> {
    /// The other system.
    pub system: &'a str,
    /// The id there.
    pub id: &'a str,
    /// While it is the unit's.
    pub period: Period,
}

/// What a member of the unit's own team leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberShown<'a> {
    /// The member's post.
    pub post: &'a str,
    /// What it leads.
    #[serde(flatten)]
    pub leads: Within<'a>,
}

/// Who leads a unit by the division of work of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeaderShown<'a> {
    /// The unit whose team it is.
    pub team: &'a str,
    /// The member's post.
    pub post: &'a str,
}

/// What an act said of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event<'a> {
    /// The day from which it holds; of an end or a detachment the last day.
    pub day: Date,
    /// The line that said it.
    pub position: Position,
    /// `founded`, `named`, `reclassified`, `placed`, `detached`, `split` or `ended`.
    pub what: &'static str,
    /// The class or the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// The kind of edge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edge: Option<&'a str>,
    /// The superior, or the units to which functions went.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<&'a str>,
}

/// All that is known of a unit, seen from the day of the view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitPortrait<'a> {
    /// Host id, name, class, superiors.
    #[serde(flatten)]
    pub line: UnitLine<'a>,
    /// The day, and what was known.
    #[serde(flatten)]
    pub when: When,
    /// Whether it exists on the day.
    pub exists: bool,
    /// Its whole life as far as it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub life: Option<Period>,
    /// Who carries on for it, when it has ended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<&'a str>,
    /// Unified social credit code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a CreditCode>,
    /// Its ids in other systems.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<AliasShown<'a>>,
    /// Where it is.
    #[serde(skip_serializing_if = "<[Place]>::is_empty")]
    pub places: &'a [Place],
    /// The units directly below it.
    pub subordinates: Vec<EdgeShown<'a>>,
    /// Its posts.
    pub posts: Vec<PostShown<'a>>,
    /// How its team divides the work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub division: Vec<MemberShown<'a>>,
    /// Its leadership groups.
    pub groups: Vec<&'a str>,
    /// Who leads it.
    pub led_by: Vec<LeaderShown<'a>>,
    /// What was said of it, by day and position, later days too.
    pub history: Vec<Event<'a>>,
}

/// The units that exist on the day, of a class when one is given, in the order of their ids.
pub fn unit_lines<'a>(registry: &RegistryView<'a>, class: Option<&str>) -> Vec<UnitLine<'a>> {
    let of_class = |unit: &Key<UnitRow>| class.is_none_or(|class| registry.class(*unit) == class);
    let units = registry.units().filter(of_class);
    units.map(|unit| line(registry, unit)).collect()
}

/// All that is known of a unit.
pub fn unit_portrait<'a>(registry: &RegistryView<'a>, unit: Key<UnitRow>) -> UnitPortrait<'a> {
    let tables = registry.registry();
    let exists = registry.exists(unit);
    let successors = if exists { Vec::new() } else { registry.successors(unit) };
    let mut code = None;
    for row in tables.units.rows(unit, registry.when().known) {
        if let UnitRow::Founded { founding, .. } = &row.value {
            code = founding.code.as_ref();
        }
    }
    let mut subordinates = Vec::new();
    for edge in tables.edges.keys(registry.when().known) {
        let below = registry.subordinates(edge, unit).into_iter();
        subordinates.extend(below.map(|lower| edge_shown(registry, edge, lower)));
    }
    UnitPortrait {
        line: line(registry, unit),
        when: registry.when(),
        exists,
        life: registry.life(unit),
        successors: successors.into_iter().map(|unit| tables.units.id(unit)).collect(),
        code,
        aliases: registry.aliases(unit).into_iter().map(alias).collect(),
        places: registry.places(unit),
        subordinates,
        posts: registry
            .posts(unit)
            .into_iter()
            .map(|post| shown(registry, post))
            .collect(),
        division: division(registry, unit),
        groups: registry
            .groups_of(unit)
            .into_iter()
            .map(|group| tables.groups.id(group))
            .collect(),
        led_by: leaders(registry, unit),
        history: history(registry, unit),
    }
}

fn line<'a>(registry: &RegistryView<'a>, unit: Key<UnitRow>) -> UnitLine<'a> {
    let tables = registry.registry();
    let mut superiors = Vec::new();
    for edge in tables.edges.keys(registry.when().known) {
        let above = registry.superiors(edge, unit).into_iter();
        superiors.extend(above.map(|upper| edge_shown(registry, edge, upper)));
    }
    superiors.sort_by(|left, right| (left.edge, left.unit).cmp(&(right.edge, right.unit)));
    UnitLine {
        unit: tables.units.id(unit),
        name: registry.name(unit),
        class: registry.class(unit),
        superiors,
    }
}

fn edge_shown<'a>(registry: &RegistryView<'a>, edge: Key<super::EdgeKind>, unit: Key<UnitRow>) -> EdgeShown<'a> {
    let tables = registry.registry();
    EdgeShown {
        edge: tables.edges.id(edge),
        unit: tables.units.id(unit),
    }
}

fn alias(alias: &Alias) -> AliasShown<'_> {
    AliasShown {
        system: &alias.system,
        id: &alias.id,
        period: alias.period,
    }
}

fn shown<'a>(registry: &RegistryView<'a>, post: Key<Post>) -> PostShown<'a> {
    let held = registry.in_office(post);
    PostShown {
        post: registry.registry().posts.id(post),
        name: registry.post_name(post),
        seats: registry.post_seats(post),
        persons: held.iter().map(PersonShown::of).collect(),
    }
}

fn division<'a>(registry: &RegistryView<'a>, unit: Key<UnitRow>) -> Vec<MemberShown<'a>> {
    let members = registry.division(unit).map_or(&[][..], |division| &division.members);
    let shown = members.iter().map(|member| MemberShown {
        post: registry.registry().posts.id(member.post),
        leads: Within::of(registry, member),
    });
    shown.collect()
}

fn leaders<'a>(registry: &RegistryView<'a>, unit: Key<UnitRow>) -> Vec<LeaderShown<'a>> {
    let tables = registry.registry();
    let mut leaders = Vec::new();
    for division in registry.divisions_that_lead(unit) {
        let members = division.members.iter().filter(|member| member.units.contains(&unit));
        leaders.extend(members.map(|member| LeaderShown {
            team: tables.units.id(division.unit),
            post: tables.posts.id(member.post),
        }));
    }
    leaders
}

fn history<'a>(registry: &RegistryView<'a>, unit: Key<UnitRow>) -> Vec<Event<'a>> {
    let tables = registry.registry();
    let ids = |units: &[Key<UnitRow>]| units.iter().map(|unit| tables.units.id(*unit)).collect();
    let rows = tables.units.rows(unit, registry.when().known);
    let mut history: Vec<Event<'a>> = rows
        .map(|row| {
            let (day, what, text, edge, units) = match &row.value {
                UnitRow::Founded { from, founding } => {
                    (*from, "founded", Some(founding.class.as_ref()), None, Vec::new())
                }
                UnitRow::Reclassified { from, class } => {
                    (*from, "reclassified", Some(class.as_ref()), None, Vec::new())
                }
                UnitRow::Named { from, name } => (*from, "named", Some(name.as_ref()), None, Vec::new()),
                UnitRow::Placed { from, edge, superior } => {
                    (*from, "placed", None, Some(tables.edges.id(*edge)), ids(&[*superior]))
                }
                UnitRow::Detached { on, edge, superior } => {
                    (*on, "detached", None, Some(tables.edges.id(*edge)), ids(&[*superior]))
                }
                UnitRow::Split { from, into } => (*from, "split", None, None, ids(into)),
                UnitRow::Ended { on, into } => (*on, "ended", None, None, ids(into)),
            };
            Event {
                day,
                position: row.from,
                what,
                text,
                edge,
                units,
            }
        })
        .collect();
    history.sort_by_key(|event| (event.day, event.position));
    history
}
