//! Questions to a system as documents: the one path for callers that speak JSON.

use serde::Serialize;

use super::ask::ask_registry;
use super::{System, View};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::{Key, Position, Table};
use crate::letter::{self, LetterLife, LetterLine, LetterState, Wanted};

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
        /// The unit.
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
        /// The letter, for its life.
        pub letter: Option<String>,
    }
}

impl System {
    /// Answers a question as JSON text. The same state and question give the same bytes.
    ///
    /// # Errors
    /// A document error when facts are asked for without a scheme and a subject, or a letter without its id; not found
    /// when no rule set of that day describes a cascade, and when nothing is known of what the question names.
    pub fn answer(&self, query: &Query) -> Result<String> {
        let view = self.view(query.day, query.known);
        match query.view {
            Topic::Findings => text(&view.findings()),
            Topic::Obligations => text(&view.obligations()),
            Topic::Head => text(self.head()),
            Topic::Unit | Topic::Units | Topic::Answers | Topic::Group => ask_registry(&view, query),
            Topic::Letters => text(&letters(&view, query)?),
            Topic::Letter => text(&letter(&view, query)?),
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

fn letters<'a>(view: &View<'a>, query: &Query) -> Result<Vec<LetterLine<'a>>> {
    let registry = view.registry();
    let tables = registry.registry();
    let unit = known(&tables.units, "unit", ("单位", "unit"), query.unit.as_deref())?;
    let post = known(&tables.posts, "post", ("职务", "post"), query.post.as_deref())?;
    let state = query.state;
    Ok(letter::lines(&registry, &view.letters(), Wanted { unit, post, state }))
}

fn letter<'a>(view: &View<'a>, query: &Query) -> Result<LetterLife<'a>> {
    let Some(id) = query.letter.as_deref() else {
        return Err(Error::one(
            ErrorKind::Document,
            Finding::error(
                "system.which_letter",
                "",
                "查询一份责任书须给出 letter",
                "to ask for a letter, give its id as letter",
            ),
        ));
    };
    let mut life = letter::life(&view.registry(), &view.letters(), id)
        .ok_or_else(|| nothing_known("letter", ("责任书", "letter"), id))?;
    if let Some(rules) = view.rule_set() {
        life.findings
            .retain(|finding| !rules.switched_off.iter().any(|code| code == finding.code));
    }
    Ok(life)
}

/// The object that a question names, when it names one.
fn known<V>(table: &Table<V>, field: &str, what: (&str, &str), id: Option<&str>) -> Result<Option<Key<V>>> {
    match id {
        None => Ok(None),
        Some(id) => table.key(id).map(Some).ok_or_else(|| nothing_known(field, what, id)),
    }
}

fn nothing_known(field: &str, what: (&str, &str), id: &str) -> Error {
    Error::one(
        ErrorKind::NotFound,
        Finding::error(
            "system.nothing_known",
            format!("/{field}"),
            format!("当日没有{}“{id}”", what.0),
            format!("nothing is known of {} \"{id}\" on that day", what.1),
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
