//! Questions to a system as documents: the one path for callers that speak JSON.

use serde::Serialize;

use super::System;
use crate::assessment::Audience;
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
        /// How far obligations are proven.
        Obligations = "obligations" "规定动作",
        /// The recorded facts of a subject under a scheme.
        Facts = "facts" "事实",
        /// Where the subjects of a scheme stand: what is behind them, what comes next, who must act and by when.
        Assessment = "assessment" "考核进度",
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
        /// The scheme, for facts and assessment.
        pub scheme: Option<String>,
        /// The subject, for facts; for assessment everybody on the roster when missing.
        pub subject: Option<String>,
        /// For whom the answer is meant, for assessment; the office when missing.
        pub audience: Option<Audience>,
    }
}

impl System {
    /// Answers a question as JSON text. The same state and question give the same bytes.
    ///
    /// # Errors
    /// A document error when facts are asked for without a scheme and a subject; not found when no rule set of that day
    /// describes a cascade.
    pub fn answer(&self, query: &Query) -> Result<String> {
        let view = self.view(query.day, query.known);
        match query.view {
            Topic::Findings => text(&view.findings()),
            Topic::Obligations => text(&view.obligations()),
            Topic::Head => text(self.head()),
            Topic::Cascade => match view.cascade() {
                Some(cascade) => text(&cascade),
                None => Err(Error::one(
                    ErrorKind::NotFound,
                    Finding::error(
                        "system.no_cascade_rule",
                        "/day",
                        format!("{}没有规定层级链条（cascade）的规则集", query.day.zh()),
                        format!("no rule set of {} describes the cascade", query.day),
                    ),
                )),
            },
            Topic::Assessment => {
                let Some(scheme) = &query.scheme else {
                    return Err(Error::one(
                        ErrorKind::Document,
                        Finding::error(
                            "system.assessment_of_what",
                            "",
                            "查询考核进度须给出 scheme",
                            "to ask where an assessment stands, give its scheme",
                        ),
                    ));
                };
                let assessment = &self.state().assessment;
                let (subject, audience) = (query.subject.as_deref(), query.audience.as_ref());
                text(&assessment.standings(scheme, subject, audience, view.when())?)
            }
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
