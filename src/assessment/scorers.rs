//! Who scores which item, and who is recused.

use std::collections::BTreeMap;

use super::Assessment;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::ledger::Position;
use crate::registry::{Context, Registry};

crate::record! {
    /// The scorer of an item (牵头部门).
    pub struct ItemScorer {
        /// The item of the scheme.
        pub item: String,
        /// The unit that scores it.
        pub scorer: String,
        /// The day by which it must report, when that is not the day of the act.
        pub by: Option<Date>,
    }
}

crate::record! {
    /// Says who scores which item of a scheme, from the effective day on. An item that is assigned again changes hands.
    pub struct ScorersAssigned {
        /// The scheme.
        pub scheme: String,
        /// The items.
        pub items: Vec<ItemScorer>,
        /// The day by which every scorer must report.
        pub by: Option<Date>,
    }
}

crate::record! {
    /// A scorer does not act for a subject (回避); another unit does.
    pub struct RecusalRecorded {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that is recused.
        pub scorer: String,
        /// The unit that acts instead.
        pub instead: String,
        /// Why.
        pub reason: String,
    }
}

/// The scorer of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scorer {
    /// The item.
    pub item: Box<str>,
    /// The unit.
    pub unit: Box<str>,
    /// The day by which it must report.
    pub by: Option<Date>,
    /// First day.
    pub from: Date,
}
crate::document::kept!(struct Scorer { item, unit, by, from });

/// Who acts instead of a scorer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recusal {
    /// The unit that is recused.
    pub scorer: Box<str>,
    /// The unit that acts.
    pub instead: Box<str>,
    /// First day.
    pub from: Date,
}
crate::document::kept!(struct Recusal { scorer, instead, from });

const UNIT: (&str, &str) = ("单位", "unit");

impl ScorersAssigned {
    /// Assigns the scorers.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        if let Some(key) = assessment.scorers.key(&self.scheme) {
            act.supersede(&mut assessment.scorers, key);
        }
        for (index, item) in self.items.into_iter().enumerate() {
            act.reference(&registry.units, format!("/items/{index}/scorer"), UNIT, &item.scorer);
            let row = Scorer {
                item: item.item.into(),
                unit: item.scorer.into(),
                by: item.by.or(self.by),
                from: act.effective,
            };
            assessment.scorers.push(act.at, &self.scheme, row);
        }
    }
}

impl RecusalRecorded {
    /// Records the recusal.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        act.reference(&registry.units, "/scorer", UNIT, &self.scorer);
        act.reference(&registry.units, "/instead", UNIT, &self.instead);
        let subject = assessment.subject(&self.subject, act.at);
        if self.instead == self.scorer || subject.is_some_and(|subject| subject.covers(&self.instead)) {
            act.refuse(
                "/instead",
                "assessment.recusal_instead",
                "代行评分的单位不能是被回避的单位，也不能属于考核对象",
                "who acts instead is another unit, and none that the subject covers",
            );
        }
        let id = Assessment::pair(&self.scheme, &self.subject);
        if let Some(key) = assessment.recusals.key(&id) {
            act.supersede(&mut assessment.recusals, key);
        }
        let row = Recusal {
            scorer: self.scorer.into(),
            instead: self.instead.into(),
            from: act.effective,
        };
        assessment.recusals.push(act.at, &id, row);
    }
}

impl Assessment {
    /// The scorers of a scheme on a day, as known at a position: of several for one item that of the latest day, then of
    /// the later act. In the order of the items' ids.
    pub fn scorers_of(&self, scheme: &str, day: Date, known: Position) -> Vec<&Scorer> {
        let Some(key) = self.scorers.key(scheme) else {
            return Vec::new();
        };
        let mut rows: Vec<_> = self
            .scorers
            .rows(key, known)
            .filter(|row| row.value.from <= day)
            .collect();
        rows.sort_by_key(|row| (row.value.from, row.from));
        let held: BTreeMap<&str, &Scorer> = rows
            .into_iter()
            .map(|row| (row.value.item.as_ref(), &row.value))
            .collect();
        held.into_values().collect()
    }

    /// The items of a scheme that have a scorer.
    pub(super) fn items_scored(&self, scheme: &str, day: Date, known: Position) -> impl Iterator<Item = &str> {
        let scorers = self.scorers_of(scheme, day, known);
        scorers.into_iter().map(|scorer| scorer.item.as_ref())
    }

    /// The unit that acts for a subject in the place of this scorer: another one where it is recused.
    pub fn acts_for<'a>(&'a self, scorer: &'a str, scheme: &str, subject: &str, day: Date, known: Position) -> &'a str {
        let key = self.recusals.key(&Assessment::pair(scheme, subject));
        let rows = key.into_iter().flat_map(|key| self.recusals.rows(key, known));
        let recused = rows.filter(|row| *row.value.scorer == *scorer && row.value.from <= day);
        let last = recused.max_by_key(|row| (row.value.from, row.from));
        last.map_or(scorer, |row| row.value.instead.as_ref())
    }
}
