//! Questions to a system as documents: the one path for callers that speak JSON.

use serde::Serialize;

use super::System;
use super::ask::ask_registry;
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Position;

crate::choice! {
    /// What is asked for.
    pub enum Topic {
        /// What the checks find.
        Findings = "findings" "检查提示",
        /// How far responsibility got down.
        Cascade = "cascade" "层层落实",
        /// How far responsibility got down, level by level: of the whole tree, or of the branch of a unit.
        Coverage = "coverage" "覆盖",
        /// How far obligations are proven.
        Obligations = "obligations" "规定动作",
        /// The recorded facts of a subject under a scheme.
        Facts = "facts" "事实",
        /// All that is known of a unit: `unit`, or `system` and `id`.
        Unit = "unit" "单位",
        /// The units of the day, of one `class` when it is given.
        Units = "units" "单位名单",
        /// Who answers: for a `unit` or a `field` of its work, or for a `decision`.
        Answers = "answers" "责任承担",
        /// All that is known of a leadership `group`.
        Group = "group" "领导小组",
        /// Where the ledger ends.
        Head = "head" "账本末行",
    }
}

crate::record! {
    /// A question.
    pub struct Query {
        /// What is asked for.
        pub view: Topic,
        /// The day looked at.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// The scheme, for facts.
        pub scheme: Option<String>,
        /// The subject, for facts.
        pub subject: Option<String>,
        /// The unit; of coverage, the one whose branch is asked for.
        pub unit: Option<String>,
        /// The other system whose id names the unit.
        pub system: Option<String>,
        /// The id of the unit in that system.
        pub id: Option<String>,
        /// The class of units.
        pub class: Option<String>,
        /// The field of work.
        pub field: Option<String>,
        /// The collective decision.
        pub decision: Option<String>,
        /// The leadership group.
        pub group: Option<String>,
    }
}

impl System {
    /// Answers a question as JSON text. The same state and question give the same bytes.
    ///
    /// # Errors
    /// A document error when facts are asked for without a scheme and a subject; not found when no rule set of that day
    /// describes a cascade, or none that leads to the unit.
    pub fn answer(&self, query: &Query) -> Result<String> {
        let view = self.view(query.day, query.known);
        match query.view {
            Topic::Findings => text(&view.findings()),
            Topic::Obligations => text(&view.obligations()),
            Topic::Head => text(self.head()),
            Topic::Unit | Topic::Units | Topic::Answers | Topic::Group => ask_registry(&view, query),
            Topic::Cascade => view
                .cascade()
                .map_or_else(|| Err(no_cascade(query.day)), |cascade| text(&cascade)),
            Topic::Coverage => match &query.unit {
                None => view
                    .coverage()
                    .map_or_else(|| Err(no_cascade(query.day)), |coverage| text(&coverage)),
                Some(unit) => view
                    .branch(unit)
                    .map_or_else(|| Err(no_branch(query.day, unit)), |branch| text(&branch)),
            },
            Topic::Facts => match (&query.scheme, &query.subject) {
                (Some(scheme), Some(subject)) => text(&view.facts(scheme, subject)),
                _ => Err(Error::one(
                    ErrorKind::Document,
                    Finding::error(
                        "system.facts_of_whom",
                        "",
                        "查询事实须同时给出 scheme 和 subject",
                        "to ask for facts, give both scheme and subject",
                    ),
                )),
            },
        }
    }
}

fn no_cascade(day: Date) -> Error {
    Error::one(
        ErrorKind::NotFound,
        Finding::error(
            "system.no_cascade_rule",
            "/day",
            format!("{}没有规定层级链条（cascade）的规则集", day.zh()),
            format!("no rule set of {day} describes the cascade"),
        ),
    )
}

fn no_branch(day: Date, unit: &str) -> Error {
    Error::one(
        ErrorKind::NotFound,
        Finding::error(
            "system.no_branch",
            "/unit",
            format!("{}没有规则集的层级链条（cascade）经过单位“{unit}”", day.zh()),
            format!("no cascade that a rule set of {day} describes leads to the unit \"{unit}\""),
        ),
    )
}

/// An answer as JSON text.
pub(crate) fn text(answer: &impl Serialize) -> Result<String> {
    serde_json::to_string(answer).map_err(|error| {
        let error = error.to_string();
        Error::one(
            ErrorKind::Document,
            Finding::error("system.answer", "", error.clone(), error),
        )
    })
}
