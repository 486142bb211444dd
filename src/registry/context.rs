//! What surrounds an act while it is tried on the state.

use std::fmt::Display;

use serde::Serialize;

use crate::calendar::Date;
use crate::codes::DocumentNumber;
use crate::document::Problems;
use crate::error::Finding;
use crate::ledger::{Key, Position, Table};

crate::record! {
    /// What something rests on (依据).
    #[derive(Serialize)]
    pub struct Basis {
        /// Title of the document.
        pub title: String,
        /// Document number (文号), when it has one.
        pub number: Option<DocumentNumber>,
        /// The article.
        pub article: Option<String>,
    }
}
crate::document::kept!(struct Basis { title, number, article });

impl Basis {
    /// 《title》（number）article.
    pub fn zh(&self) -> String {
        let mut text = format!("《{}》", self.title);
        if let Some(number) = &self.number {
            text.push_str(&format!("（{number}）"));
        }
        text.push_str(self.article.as_deref().unwrap_or(""));
        text
    }
}

/// The day and the position of a view: the state of affairs on that day, as known at that position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// The day looked at.
    pub day: Date,
    /// What was known: acts up to and including this position.
    pub known: Position,
}

/// One act on its way into the state: where it stands, when it takes effect, and where its problems go.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The position that the act takes in the ledger.
    pub at: Position,
    /// The day from which it takes effect.
    pub effective: Date,
    /// The position of the act that this one corrects.
    pub corrects: Option<Position>,
    /// JSON pointer of the act in the document that brought it.
    pub pointer: &'a str,
    /// Where problems are collected.
    pub problems: &'a Problems,
}

impl Context<'_> {
    /// Refuses the act for something at this place inside it.
    pub fn refuse(&self, place: impl Display, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.problems
            .push(Finding::error(code, format!("{}{place}", self.pointer), zh, en));
    }

    /// The object that the act refers to; refuses the act when the ledger has not named it.
    pub fn reference<V>(&self, table: &Table<V>, place: impl Display, what: (&str, &str), id: &str) -> Option<Key<V>> {
        let key = table.key(id).filter(|key| table.knows(*key, self.at));
        if key.is_none() {
            self.refuse(
                place,
                "act.unknown_reference",
                format!("账本中没有{}“{id}”，请先登记", what.0),
                format!("the ledger holds no {} \"{id}\"; enter it first", what.1),
            );
        }
        key
    }

    /// Makes room for an object that this act introduces: a correction of the act that introduced it closes what that
    /// act said of it, and what other acts said of it stays; any other act is refused when the object exists.
    ///
    /// Gives the object when the ledger has named it, for [`Table::push_found`].
    pub fn introduce<V>(
        &self,
        table: &mut Table<V>,
        place: impl Display,
        what: (&str, &str),
        id: &str,
    ) -> Option<Key<V>> {
        let key = table.key(id)?;
        if let Some(corrected) = self.corrects
            && table.retract(key, corrected, self.at)
        {
            return Some(key);
        }
        if table.rows(key, self.at).next().is_some() {
            self.refuse(
                place,
                "act.already_exists",
                format!("{}“{id}”已经登记；更正请用 corrects 注明原行为", what.0),
                format!(
                    "{} \"{id}\" exists already; to correct it, cite the act in \"corrects\"",
                    what.1
                ),
            );
        }
        Some(key)
    }

    /// Closes what the corrected act said of an object, when this act is a correction. It is refused when there is
    /// nothing to close: the corrected act spoke of something else, or was corrected already, and what it said would
    /// stay beside the correction.
    pub fn supersede<V>(&self, table: &mut Table<V>, key: Key<V>) {
        let Some(corrected) = self.corrects else { return };
        if !table.retract(key, corrected, self.at) {
            let id = table.id(key);
            self.refuse(
                "/corrects",
                "act.corrects_nothing",
                format!("被更正的行为没有记载“{id}”，或已被更正；请注明现行的那一行为"),
                format!(
                    "the corrected act says nothing of \"{id}\", or was corrected already; cite the act that holds"
                ),
            );
        }
    }

    /// Closes everything that the corrected act said of objects of this kind, when this act is a correction: for acts
    /// that say one thing of several objects. It is refused when there is nothing to close.
    pub fn supersede_all<V>(&self, table: &mut Table<V>) {
        let Some(corrected) = self.corrects else { return };
        if !table.retract_act(corrected, self.at) {
            self.refuse(
                "/corrects",
                "act.corrects_nothing",
                "被更正的行为已被更正；请注明现行的那一行为",
                "the corrected act was corrected already; cite the act that holds",
            );
        }
    }

    /// Refuses an end before its start.
    pub fn in_order(&self, place: impl Display, from: Date, to: Option<Date>) {
        if let Some(to) = to.filter(|to| *to < from) {
            self.refuse(
                place,
                "act.end_before_start",
                format!("结束日期 {to} 早于开始日期 {from}"),
                format!("the end {to} lies before the start {from}"),
            );
        }
    }
}
