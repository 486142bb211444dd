//! The answer to "who answered for this on that day, and what did we know then?"

use std::collections::BTreeSet;

use serde::Serialize;

use super::decision::{Attended, Present};
use super::{
    Capacity, Carrier, Decision, FoundingDocument, Member, RegistryView, ResponsibilityRule, ResponsibilityType,
    Source, TenureView, UnitRow, When,
};
use crate::calendar::Date;
use crate::ledger::Key;

/// Who answers for a unit, or for a decision of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answers<'a> {
    /// The unit.
    pub unit: &'a str,
    /// Its name on the day.
    pub name: &'a str,
    /// The field of work, when one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The day, and what was known.
    #[serde(flatten)]
    pub when: When,
    /// The decision, when one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionShown<'a>>,
    /// Who carries on for the unit, when it has ended: nobody answers for it any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<&'a str>,
    /// Who answers, by type, then by post.
    pub carriers: Vec<CarrierShown<'a>>,
}

/// A collective decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DecisionShown<'a> {
    /// Host id.
    pub id: &'a str,
    /// What records it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<&'a FoundingDocument>,
    /// Who attended.
    pub attended: Vec<Attended<'a>>,
    /// Who objected: none of them stands among the carriers.
    pub dissented: Vec<Attended<'a>>,
}

/// Somebody who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CarrierShown<'a> {
    /// The type.
    pub responsibility: ResponsibilityType,
    /// Its Chinese name.
    pub zh: &'static str,
    /// The unit whose body or team member it is.
    pub team: &'a str,
    /// The post; none for the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub post: Option<&'a str>,
    /// Its name on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// Who was in the post; nobody when it was vacant.
    pub persons: Vec<PersonShown<'a>>,
    /// `assigned`, or derived from a `rule` or the `division` of work.
    pub source: &'static str,
    /// The responsibility, the rule or the unit whose division it follows from.
    pub by: &'a str,
    /// The rule's basis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<&'a str>,
    /// What it is limited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within<'a>>,
}

/// What a member of a team leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Within<'a> {
    /// Units.
    pub units: Vec<&'a str>,
    /// Fields of work.
    pub fields: &'a [Box<str>],
}

impl<'a> Within<'a> {
    pub(super) fn of(registry: &RegistryView<'a>, member: &'a Member) -> Self {
        let units = &registry.registry().units;
        Within {
            units: member.units.iter().map(|unit| units.id(*unit)).collect(),
            fields: &member.fields,
        }
    }
}

/// Somebody in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonShown<'a> {
    /// Host key of the person.
    pub person: &'a str,
    /// In which capacity.
    pub capacity: Capacity,
    /// The first day of the tenure.
    pub since: Date,
    /// Host id of the tenure.
    pub tenure: &'a str,
}

impl<'a> PersonShown<'a> {
    pub(super) fn of(held: &TenureView<'a>) -> Self {
        PersonShown {
            person: &held.tenure.person,
            capacity: held.tenure.capacity,
            since: held.period.from(),
            tenure: held.id,
        }
    }
}

/// Who answers for a unit, or for one field of its work, on the day of the view.
pub fn answers<'a>(
    registry: &RegistryView<'a>,
    rules: &'a [ResponsibilityRule],
    unit: Key<UnitRow>,
    field: Option<&str>,
) -> Answers<'a> {
    let carriers = registry.carriers(rules, unit, field);
    let units = &registry.registry().units;
    let successors = if registry.exists(unit) {
        Vec::new()
    } else {
        registry.successors(unit)
    };
    Answers {
        unit: units.id(unit),
        name: registry.name(unit),
        field: field.map(str::to_owned),
        when: registry.when(),
        decision: None,
        successors: successors.into_iter().map(|unit| units.id(unit)).collect(),
        carriers: carriers.iter().map(|carrier| shown(registry, carrier)).collect(),
    }
}

/// Who answers for a decision, on the day on which it was taken: whoever objected does not. Nothing when no such decision
/// was taken by the day of the view.
pub fn answers_for_decision<'a>(
    registry: &RegistryView<'a>,
    rules: &'a [ResponsibilityRule],
    id: &str,
) -> Option<Answers<'a>> {
    let (tables, known) = (registry.registry(), registry.when().known);
    let key = tables.decisions.key(id)?;
    let decision: &'a Decision = &tables.decisions.last(key, known)?.value;
    if registry.when().day < decision.on {
        return None;
    }
    let then = tables.view(decision.on, known);
    let mut answers = answers(&then, rules, decision.unit, decision.field.as_deref());
    let told = |present: &'a [Present]| present.iter().map(|present| attended(&then, present)).collect();
    let dissented: Vec<Attended<'a>> = told(&decision.dissented);
    let objected: BTreeSet<&str> = dissented
        .iter()
        .flat_map(|present| present.persons.iter().copied())
        .collect();
    answers.carriers.retain_mut(|carrier| {
        let before = carrier.persons.len();
        carrier.persons.retain(|held| !objected.contains(held.person));
        // A vacant post stays; one whose every holder objected does not answer.
        before == 0 || !carrier.persons.is_empty()
    });
    answers.decision = Some(DecisionShown {
        id: tables.decisions.id(key),
        document: decision.document.as_ref(),
        attended: told(&decision.attended),
        dissented,
    });
    Some(answers)
}

/// Who somebody at a meeting was, on the day of the view.
pub(super) fn attended<'a>(registry: &RegistryView<'a>, present: &'a Present) -> Attended<'a> {
    let persons = match (&present.person, present.post) {
        (Some(person), _) => vec![person.as_ref()],
        (None, Some(post)) => {
            let held = registry.in_office(post);
            held.into_iter().map(|held| held.tenure.person.as_ref()).collect()
        }
        (None, None) => Vec::new(),
    };
    Attended {
        post: present.post.map(|post| registry.registry().posts.id(post)),
        persons,
    }
}

fn shown<'a>(registry: &RegistryView<'a>, carrier: &Carrier<'a>) -> CarrierShown<'a> {
    let tables = registry.registry();
    let (source, by, basis) = match carrier.source {
        Source::Assigned(id) => ("assigned", id, None),
        Source::Rule(rule) => ("rule", rule.id.as_str(), rule.basis.as_deref()),
        Source::Division(division) => ("division", tables.units.id(division.unit), None),
    };
    let held = carrier.post.map(|post| registry.in_office(post)).unwrap_or_default();
    CarrierShown {
        responsibility: carrier.responsibility,
        zh: carrier.responsibility.zh(),
        team: tables.units.id(carrier.team),
        post: carrier.post.map(|post| tables.posts.id(post)),
        name: carrier.post.map(|post| registry.post_name(post)),
        persons: held.iter().map(PersonShown::of).collect(),
        source,
        by,
        basis,
        within: carrier.within.map(|member| Within::of(registry, member)),
    }
}
