//! The way of a duty from the bottom to the top, what became of each duty below, and how deep each branch goes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::breakdown::exact;
use super::duties::{Duties, How};
use super::flow::{Flow, Flowing};
use super::{Cascade, CascadeRule};
use crate::exact::Exact;
use crate::ledger::Key;
use crate::letter::{Duty, DutyRole, LettersView, Target};
use crate::registry::{RegistryView, UnitRow};

/// One letter on the way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The letter.
    pub letter: String,
    /// Its title.
    pub title: String,
    /// The unit that asks, nearest the top.
    pub issuer: String,
    /// The unit that answers.
    pub receiver: String,
    /// The duty on the way, when a duty is followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duty: Option<StepDuty>,
}

/// A duty on the way up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepDuty {
    /// Its id within the letter.
    pub id: String,
    /// What is asked.
    pub title: String,
    /// The figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Its part of the duty above, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// Whether the unit that answers leads or supports, where the letter says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<DutyRole>,
}

/// The way from a unit up, letter by letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The letters, from the bottom to the top.
    pub steps: Vec<Step>,
    /// Whether the way ends at the top.
    pub reaches_top: bool,
    /// The unit at which it ends.
    pub ends_at: String,
}

/// The ways from a unit to the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The shortest way of letters to the top, or the longest that there is when none leads there.
    pub letters: Way,
    /// The way of each duty of its letters.
    pub duties: Vec<Way>,
}

/// The ways from a unit to the top of the rule; of its duties all, or the ones of this title or id.
pub fn path(
    registry: &RegistryView<'_>,
    letters: &LettersView<'_>,
    rule: &CascadeRule,
    unit: Key<UnitRow>,
    duty: Option<&str>,
) -> Option<Path> {
    let top = registry.registry().units.key(&rule.top)?;
    let flow = Flow::new(registry, letters, None);
    let mut duties = Vec::new();
    for letter in flow.received(unit) {
        let asked = |own: &&Duty| duty.is_none_or(|duty| own.id == duty || own.title == duty);
        for own in letter.duties.iter().filter(asked) {
            duties.push(duty_way(registry, &flow, letter, own, unit, top));
        }
    }
    Some(Path {
        unit: registry.registry().units.id(unit).to_owned(),
        name: registry.name(unit).to_owned(),
        letters: letter_way(registry, &flow, unit, top),
        duties,
    })
}

/// Upwards by what each duty says it comes from.
fn duty_way(
    registry: &RegistryView<'_>,
    flow: &Flow<'_>,
    letter: &Flowing<'_>,
    duty: &Duty,
    unit: Key<UnitRow>,
    top: Key<UnitRow>,
) -> Way {
    let mut steps = Vec::new();
    let mut seen = BTreeSet::new();
    let mut now = Some((letter, duty, unit));
    let mut at = unit;
    while let Some((letter, duty, receiver)) = now.take() {
        if !seen.insert((letter.id, duty.id.as_str())) {
            break;
        }
        let above = duty.from.as_ref().and_then(|from| {
            let above = flow.letter(&from.letter)?;
            let unit = letter.issuers.iter().find(|unit| above.receivers.contains(*unit))?;
            Some((above, above.duty(&from.duty)?, unit))
        });
        let issuer = above.map(|(_, _, unit)| unit);
        let issuer = issuer.or_else(|| {
            let top = letter.issuers.contains(top).then_some(top);
            top.or_else(|| letter.issuers.iter().next())
        });
        at = issuer.unwrap_or(receiver);
        steps.push(step(registry, letter, at, receiver, Some(duty)));
        now = above;
    }
    way(registry, steps, at, top)
}

/// Upwards from receiver to issuer, the shortest way.
fn letter_way(registry: &RegistryView<'_>, flow: &Flow<'_>, unit: Key<UnitRow>, top: Key<UnitRow>) -> Way {
    let mut from: BTreeMap<Key<UnitRow>, (Key<UnitRow>, &Flowing<'_>)> = BTreeMap::new();
    let mut level = vec![unit];
    let mut at = unit;
    while !level.is_empty() && at != top {
        let mut next = Vec::new();
        for below in level {
            for letter in flow.received(below) {
                for issuer in letter.issuers.iter() {
                    if issuer != unit && !from.contains_key(&issuer) {
                        from.insert(issuer, (below, letter));
                        next.push(issuer);
                    }
                }
            }
        }
        at = match next.first() {
            _ if from.contains_key(&top) => top,
            Some(first) => *first,
            None => break,
        };
        level = next;
    }
    let mut steps = Vec::new();
    let end = at;
    while at != unit {
        let Some((below, letter)) = from.get(&at) else { break };
        steps.push(step(registry, letter, at, *below, None));
        at = *below;
    }
    steps.reverse();
    way(registry, steps, end, top)
}

fn step(
    registry: &RegistryView<'_>,
    letter: &Flowing<'_>,
    issuer: Key<UnitRow>,
    receiver: Key<UnitRow>,
    duty: Option<&Duty>,
) -> Step {
    let id = |unit| registry.registry().units.id(unit).to_owned();
    Step {
        letter: letter.id.to_owned(),
        title: letter.title.to_owned(),
        issuer: id(issuer),
        receiver: id(receiver),
        duty: duty.map(|duty| StepDuty {
            id: duty.id.clone(),
            title: duty.title.clone(),
            target: duty.target.clone(),
            share: duty.share.as_ref().map(ToString::to_string),
            role: letter.role(&duty.id, receiver),
        }),
    }
}

fn way(registry: &RegistryView<'_>, steps: Vec<Step>, end: Key<UnitRow>, top: Key<UnitRow>) -> Way {
    Way {
        steps,
        reaches_top: end == top,
        ends_at: registry.registry().units.id(end).to_owned(),
    }
}

crate::choice! {
    /// What became of a duty at the unit that received it.
    pub enum Passing {
        /// Nobody stands below the unit.
        Bottom = "bottom" "末级",
        /// It is kept at this level.
        Kept = "kept" "本级承担",
        /// Everybody below carries it.
        Whole = "whole" "已全部分解",
        /// Some of those below carry it.
        Partly = "partly" "部分分解",
        /// Nobody below carries it, and it is not kept.
        Stopped = "stopped" "未分解",
    }
}

/// A duty of a letter at one unit that received it, and how many below carry it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyCoverage {
    /// The letter.
    pub letter: String,
    /// The duty's id within it.
    pub duty: String,
    /// What is asked.
    pub title: String,
    /// The unit that received it.
    pub unit: String,
    /// How many levels below the top the unit stands; nothing when it is not in the tree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<u32>,
    /// Whether the unit leads or supports, where the letter says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<DutyRole>,
    /// How it is passed on, as the unit filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<How>,
    /// The figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// The figures of the letters below added up, where all of those that state one state it in the same unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    /// How many units stand directly below.
    pub below: usize,
    /// How many of them received a letter that carries it on.
    pub carried: usize,
    /// What became of it.
    pub state: Passing,
}

/// What became of each duty of each letter in force, in the order of letters; of one unit when it is named.
pub fn duty_coverage(
    registry: &RegistryView<'_>,
    letters: &LettersView<'_>,
    duties: &Duties,
    rule: &CascadeRule,
    only: Option<Key<UnitRow>>,
) -> Vec<DutyCoverage> {
    let flow = Flow::new(registry, letters, Some(rule));
    let top = registry.registry().units.key(&rule.top);
    let depths = top.map(|top| flow.depths(top)).unwrap_or_default();
    let mut all = Vec::new();
    for letter in &flow.letters {
        for unit in letter
            .receivers
            .iter()
            .filter(|unit| only.is_none_or(|only| only == *unit))
        {
            let filed = duties.filed(letter.id, unit, registry.when()).map(|(row, _)| row);
            let below: BTreeSet<_> = flow.below(unit).iter().copied().collect();
            for duty in letter.duties {
                let parts = flow.parts(letter.id, &duty.id, unit);
                let carrying: BTreeSet<_> = parts
                    .iter()
                    .flat_map(|part| part.letter.receivers.iter())
                    .filter(|unit| below.contains(unit))
                    .collect();
                let how = filed.and_then(|row| row.duties.iter().find(|passed| passed.duty == duty.id));
                let how = how.map(|passed| passed.how);
                let state = match (how, carrying.len()) {
                    (Some(How::Kept), _) => Passing::Kept,
                    _ if below.is_empty() => Passing::Bottom,
                    (_, 0) => Passing::Stopped,
                    (_, carried) if carried == below.len() => Passing::Whole,
                    _ => Passing::Partly,
                };
                let targets = parts.iter().filter_map(|part| part.duty.target.as_ref());
                all.push(DutyCoverage {
                    letter: letter.id.to_owned(),
                    duty: duty.id.clone(),
                    title: duty.title.clone(),
                    unit: registry.registry().units.id(unit).to_owned(),
                    depth: depths.get(&unit).copied(),
                    role: letter.role(&duty.id, unit),
                    how,
                    target: duty.target.clone(),
                    sum: sum(targets),
                    below: below.len(),
                    carried: carrying.len(),
                    state,
                });
            }
        }
    }
    all
}

fn sum<'t>(targets: impl Iterator<Item = &'t Target>) -> Option<String> {
    let mut sum: Option<(Exact, &str)> = None;
    for target in targets {
        let own = exact(&target.value);
        sum = match sum {
            None => Some((own, &target.unit)),
            Some((sum, unit)) if unit == target.unit => Some((&sum + &own, unit)),
            Some(_) => return None,
        };
    }
    sum.map(|(sum, _)| sum.to_string())
}

/// How deep letters lead below one of the units directly under the top.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The unit directly under the top.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// How many levels the branch has, its own included.
    pub levels: u32,
    /// How many of them letters reach without a break, at the deepest.
    pub proven: u32,
}

/// How deep each branch goes, in the order of ids.
pub fn branches(cascade: &Cascade) -> Vec<Branch> {
    let mut branches: BTreeMap<&str, Branch> = BTreeMap::new();
    // Superiors come before those below them, so the branch of a superior is known.
    let mut of: BTreeMap<&str, &str> = BTreeMap::new();
    for link in &cascade.links {
        let branch = if link.depth == 1 {
            link.unit.as_str()
        } else {
            of.get(link.superior.as_str()).copied().unwrap_or("")
        };
        of.insert(&link.unit, branch);
        let row = branches.entry(branch).or_insert_with(|| Branch {
            unit: link.unit.clone(),
            name: link.name.clone(),
            levels: 0,
            proven: 0,
        });
        row.levels = row.levels.max(link.depth);
        if link.unbroken {
            row.proven = row.proven.max(link.depth);
        }
    }
    branches.into_values().collect()
}
