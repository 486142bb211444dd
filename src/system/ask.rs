//! Questions about units, groups and who answers.

use serde::Serialize;

use super::query::text;
use super::{Query, RuleSetBody, Topic, View};
use crate::cascade::HeldRole;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Key;
use crate::registry::{Answers, UnitRow, answers, answers_for_decision, group_portrait, unit_lines, unit_portrait};

/// Who answers for a unit, and for which duties of its letters it leads or supports others.
#[derive(Serialize)]
struct AnswersWithRoles<'a> {
    #[serde(flatten)]
    answers: Answers<'a>,
    /// Told where letters say so, and not of a single field of work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<HeldRole<'a>>,
}

pub(super) fn ask_registry(view: &View<'_>, query: &Query, rule_sets: &[&RuleSetBody]) -> Result<String> {
    let registry = view.registry();
    let rules = rule_sets.first().map_or(&[][..], |rules| &rules.responsibilities);
    match (query.view, &query.decision, &query.group) {
        (Topic::Units, ..) => text(&unit_lines(&registry, query.class.as_deref())),
        (Topic::Group, _, Some(id)) => {
            let groups = &registry.registry().groups;
            let known = groups
                .key(id)
                .filter(|key| groups.rows(*key, view.when().known).next().is_some());
            let key = known.ok_or_else(|| unknown("/group", ("领导小组", "leadership group"), id))?;
            text(&group_portrait(&registry, key))
        }
        (Topic::Group, _, None) => Err(of_whom(
            "/group",
            "查询领导小组须给出 group",
            "to ask for a leadership group, give group",
        )),
        (Topic::Answers, Some(id), _) => {
            let found = answers_for_decision(&registry, rules, id);
            text(&found.ok_or_else(|| unknown("/decision", ("集体决策", "decision"), id))?)
        }
        (Topic::Answers, None, _) => {
            let unit = asked_unit(view, query)?;
            let index = &view.system().state().cascade;
            text(&AnswersWithRoles {
                answers: answers(&registry, rules, unit, query.field.as_deref()),
                roles: match query.field {
                    Some(_) => Vec::new(),
                    None => index.roles(&registry, &view.letters(), unit),
                },
            })
        }
        _ => text(&unit_portrait(&registry, asked_unit(view, query)?)),
    }
}

/// The unit of a question, by its id or by that of another system.
pub(super) fn asked_unit(view: &View<'_>, query: &Query) -> Result<Key<UnitRow>> {
    let registry = view.registry();
    let units = &registry.registry().units;
    match (&query.unit, &query.system, &query.id) {
        (Some(id), None, None) => {
            let known = units
                .key(id)
                .filter(|key| units.rows(*key, view.when().known).next().is_some());
            known.ok_or_else(|| unknown("/unit", ("单位", "unit"), id))
        }
        (None, Some(system), Some(id)) => match registry.units_called(system, id).as_slice() {
            [unit] => Ok(*unit),
            [] => Err(unknown("/id", ("单位", "unit"), id)),
            several => {
                let ids: Vec<&str> = several.iter().map(|unit| units.id(*unit)).collect();
                Err(Error::one(
                    ErrorKind::Document,
                    Finding::error(
                        "system.alias_ambiguous",
                        "/id",
                        format!(
                            "“{system}”的编号“{id}”当日指向多个单位：{}，请用 unit 查询",
                            ids.join("、")
                        ),
                        format!(
                            "id \"{id}\" of \"{system}\" names several units on the day: {}; ask by unit",
                            ids.join(", ")
                        ),
                    ),
                ))
            }
        },
        _ => Err(of_whom(
            "",
            "查询须给出 unit，或同时给出 system 和 id",
            "give unit, or both system and id",
        )),
    }
}

/// The unit to which a question keeps, when it names one.
pub(super) fn narrowed(view: &View<'_>, query: &Query) -> Result<Option<Key<UnitRow>>> {
    match (&query.unit, &query.system, &query.id) {
        (None, None, None) => Ok(None),
        _ => asked_unit(view, query).map(Some),
    }
}

pub(super) fn of_whom(pointer: &str, zh: &str, en: &str) -> Error {
    Error::one(
        ErrorKind::Document,
        Finding::error("system.asked_of_whom", pointer, zh, en),
    )
}

pub(super) fn unknown(pointer: &str, (zh, en): (&str, &str), id: &str) -> Error {
    Error::one(
        ErrorKind::NotFound,
        Finding::error(
            "system.not_known",
            pointer,
            format!("截至所查的日期和账本位置，没有{zh}“{id}”"),
            format!("no {en} \"{id}\" is known on that day at that position"),
        ),
    )
}
