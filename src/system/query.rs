//! Questions to a system as documents: the one path for callers that speak JSON.

use serde::Serialize;

use super::System;
use super::ask::{ask_registry, asked_unit, narrowed, of_whom, unknown};
use super::ask_letter::{letter, letters};
use super::ask_signing::{certificate, statement};
use crate::assessment::{Audience, Looking};
use crate::calendar::Date;
use crate::cascade;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Position;
use crate::letter::LetterState;
use crate::registry::Capacity;

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
        /// What is due, overdue and proven, span by span.
        Due = "due" "到期事项",
        /// What became of each duty of the letters in force.
        Duties = "duties" "责任分解",
        /// The letters and duties from a unit up to the top.
        Path = "path" "逐级路径",
        /// How deep letters lead in each branch below the top.
        Branches = "branches" "分支深度",
        /// What is laid on each unit.
        Burden = "burden" "负担",
        /// Campaigns with their stages.
        Campaigns = "campaigns" "专项行动",
        /// Checklists with their items.
        Checklists = "checklists" "清单",
        /// The recorded facts of a subject under a scheme.
        Facts = "facts" "事实",
        /// Where the findings of inspections stand, of one `unit` or of all.
        Rectification = "rectification" "整改进度",
        /// Where the subjects of a scheme stand: what is behind them, what comes next, who must act and by when.
        Assessment = "assessment" "考核进度",
        /// All that is known of a unit: `unit`, or `system` and `id`.
        Unit = "unit" "单位",
        /// The units of the day, of one `class` when it is given.
        Units = "units" "单位名单",
        /// Who answers: for a `unit` or a `field` of its work, or for a `decision`.
        Answers = "answers" "责任承担",
        /// All that is known of a leadership `group`.
        Group = "group" "领导小组",
        /// The letters, with their states: of a unit, of a post, in a state.
        Letters = "letters" "责任书一览",
        /// The whole life of one letter.
        Letter = "letter" "责任书",
        /// The signing statement: what a signer outside signs for a `letter`.
        Statement = "statement" "签署陈述",
        /// Who signed which manifestation of a `letter`, what was verified by whom, and what became of it.
        CertificatePage = "certificate_page" "签署证明页",
        /// The acts behind the position `since`.
        Changes = "changes" "账本变动",
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
        /// The rule set, by its id, or by its id and version with a space between; the live ones when missing.
        pub rule_set: Option<String>,
        /// The duty, for paths: its id or its title; all of the unit's when missing.
        pub duty: Option<String>,
        /// For what is due: everything of which the last day comes by then, in place of what has begun.
        pub until: Option<Date>,
        /// The scheme, for facts and assessment.
        pub scheme: Option<String>,
        /// The subject, for facts; for assessment everybody on the roster when missing.
        pub subject: Option<String>,
        /// For whom the answer is meant, the office when missing. Assessment is told to each in its own way, its own facts to a
        /// subject, everything else to the office alone.
        pub audience: Option<Audience>,
        /// The unit; questions about all tell of this one alone.
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
        /// The post, for letters.
        pub post: Option<String>,
        /// The state, for letters.
        pub state: Option<LetterState>,
        /// The letter, for its life, its certificate page or a signing statement.
        pub letter: Option<String>,
        /// The amendment, for a signing statement of it.
        pub amendment: Option<String>,
        /// The manifestation that is signed, for a signing statement.
        pub manifestation: Option<String>,
        /// Host key of the person who signs, for a signing statement; the day is that of signing.
        pub person: Option<String>,
        /// In which capacity, for a signing statement; as holder of the post when missing.
        pub capacity: Option<Capacity>,
        /// What was known before, for changes.
        pub since: Option<Position>,
    }
}

impl System {
    /// Answers a question as JSON text. The same state and question give the same bytes.
    ///
    /// # Errors
    /// A document error when the question does not name what it is about (facts without a scheme and a subject, a path
    /// without a unit, a letter without its id); a refusal of what an audience may not ask; not found when nothing is known of what it names, or no rule set of that
    /// day describes a cascade, or none that leads to the unit.
    pub fn answer(&self, query: &Query) -> Result<String> {
        let view = self.view(query.day, query.known);
        for_audience(query)?;
        let rule_sets = match &query.rule_set {
            None => view.rule_sets(),
            Some(name) => {
                let rules = view.rule_set_named(name);
                vec![rules.ok_or_else(|| unknown("/rule_set", ("规则集", "rule set"), name))?]
            }
        };
        match query.view {
            Topic::Findings => text(&view.findings_under(&rule_sets)),
            Topic::Obligations => text(&view.obligations_under(&rule_sets)),
            Topic::Due => text(&view.due(&rule_sets, query.until, narrowed(&view, query)?)),
            Topic::Burden => text(&view.burden(&rule_sets, narrowed(&view, query)?)),
            Topic::Campaigns => text(&view.campaigns(narrowed(&view, query)?)),
            Topic::Checklists => text(&view.checklists(narrowed(&view, query)?)),
            Topic::Head => text(self.head()),
            Topic::Statement => text(&statement(&view, query)?),
            Topic::CertificatePage => text(&certificate(&view, query, &rule_sets)?),
            Topic::Changes => text(&self.changes(query.since.unwrap_or_default(), view.when().known)),
            Topic::Letters => text(&letters(&view, query)?),
            Topic::Letter => text(&letter(&view, query, &rule_sets)?),
            Topic::Unit | Topic::Units | Topic::Answers | Topic::Group => ask_registry(&view, query, &rule_sets),
            Topic::Rectification => text(&self.state().supervision.standings(query.unit.as_deref(), view.when())),
            Topic::Assessment => {
                let scheme = query.scheme.as_deref().ok_or_else(|| {
                    let zh = "查询考核进度须给出 scheme";
                    of_whom("/scheme", zh, "to ask where an assessment stands, give its scheme")
                })?;
                let assessment = &self.state().assessment;
                let (subject, audience) = (query.subject.as_deref(), query.audience.as_ref());
                text(&assessment.standings(scheme, subject, audience, view.when())?)
            }
            Topic::Cascade => text(&view.cascade_under(&rule_sets).ok_or_else(|| no_cascade(query.day))?),
            Topic::Coverage => match &query.unit {
                None => text(&view.coverage_under(&rule_sets).ok_or_else(|| no_cascade(query.day))?),
                Some(unit) => {
                    let branch = view.branch_under(&rule_sets, unit);
                    text(&branch.ok_or_else(|| no_branch(query.day, unit))?)
                }
            },
            Topic::Branches => {
                let cascade = view.cascade_under(&rule_sets).ok_or_else(|| no_cascade(query.day))?;
                text(&cascade::branches(&cascade))
            }
            Topic::Duties => {
                let duties = view.duties(&rule_sets, narrowed(&view, query)?);
                text(&duties.ok_or_else(|| no_cascade(query.day))?)
            }
            Topic::Path => {
                let path = view.path(&rule_sets, asked_unit(&view, query)?, query.duty.as_deref());
                text(&path.ok_or_else(|| no_cascade(query.day))?)
            }
            Topic::Facts => match (&query.scheme, &query.subject) {
                (Some(scheme), Some(subject)) => text(&view.facts(scheme, subject)),
                _ => Err(refuse(
                    ErrorKind::Document,
                    "system.facts_of_whom",
                    "",
                    "查询事实须同时给出 scheme 和 subject",
                    "to ask for facts, give both scheme and subject",
                )),
            },
        }
    }
}

/// Refuses a question that tells more than the audience may see: where an assessment stands is told to each in its own way,
/// its own facts to a subject, everything else to the office alone.
fn for_audience(query: &Query) -> Result<()> {
    let Some(audience) = &query.audience else { return Ok(()) };
    let allowed = match (audience.looking()?, query.view) {
        (Looking::Office, _) | (_, Topic::Assessment) => true,
        (Looking::Subject(own), Topic::Facts) => query.subject.as_deref() == Some(own),
        _ => false,
    };
    if allowed {
        return Ok(());
    }
    Err(refuse(
        ErrorKind::Refused,
        "system.not_for_audience",
        "/audience",
        format!("“{}”不在该查看范围之内", query.view.zh()),
        format!("\"{}\" is not for this audience", query.view.word()),
    ))
}

fn refuse(kind: ErrorKind, code: &'static str, pointer: &str, zh: impl Into<String>, en: impl Into<String>) -> Error {
    Error::one(kind, Finding::error(code, pointer, zh, en))
}

fn no_cascade(day: Date) -> Error {
    refuse(
        ErrorKind::NotFound,
        "system.no_cascade_rule",
        "/day",
        format!("{}没有规定层级链条（cascade）的规则集", day.zh()),
        format!("no rule set of {day} describes the cascade"),
    )
}

fn no_branch(day: Date, unit: &str) -> Error {
    refuse(
        ErrorKind::NotFound,
        "system.no_branch",
        "/unit",
        format!("{}没有规则集的层级链条（cascade）经过单位“{unit}”", day.zh()),
        format!("no cascade that a rule set of {day} describes leads to the unit \"{unit}\""),
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
