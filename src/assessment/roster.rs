//! Rosters (考核名单): who is assessed under a scheme, with whom it is compared, and for which part of the year.

use std::collections::BTreeSet;

use super::Assessment;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::{Cursor, Read, Shape};
use crate::exact::Exact;
use crate::registry::{Context, When};

crate::choice! {
    /// How a subject is assessed that did not stand unchanged through the whole year. The roster says it; nothing is
    /// inferred from mergers or dates.
    pub enum How {
        /// Like everybody.
        Whole = "whole" "全年考核",
        /// Its part of the year is scored by itself.
        Apart = "apart" "分段单独考核",
        /// It has no sheet: the subject that follows it carries its record.
        BySuccessor = "by_successor" "并入承接对象考核",
        /// Its result counts by the stated share.
        Prorated = "prorated" "按比例折算",
        /// It has no sheet.
        NotAssessed = "not_assessed" "不予考核",
    }
}
crate::document::kept!(enum How { 0 Whole, 1 Apart, 2 BySuccessor, 3 Prorated, 4 NotAssessed });

crate::record! {
    /// An entry of a roster.
    pub struct RosterEntry {
        /// The subject.
        pub subject: String,
        /// Its class under this scheme; that of the subject when missing.
        pub class: Option<String>,
        /// The cohort: subjects of one cohort are ranked together.
        pub cohort: Option<String>,
        /// The subject above.
        pub parent: Option<String>,
        /// The first day for which it is assessed, when that is not the first of the period.
        pub from: Option<Date>,
        /// The last day for which it is assessed, when that is not the last of the period.
        pub to: Option<Date>,
        /// How it is assessed; `whole` when missing.
        pub how: Option<How>,
        /// The subject that carries its record, for `by_successor`.
        pub successor: Option<String>,
        /// The share by which its result counts, above 0 and at most 1 such as "7/12", for `prorated`.
        pub share: Option<Exact>,
        /// Why it is not assessed like everybody.
        pub reason: Option<String>,
    }
}
crate::document::kept!(struct RosterEntry {
    subject, class, cohort, parent, from, to, how, successor, share, reason
});

impl RosterEntry {
    /// An entry that says nothing but who.
    pub fn plain(subject: String) -> Self {
        RosterEntry {
            subject,
            class: None,
            cohort: None,
            parent: None,
            from: None,
            to: None,
            how: None,
            successor: None,
            share: None,
            reason: None,
        }
    }

    /// How it is assessed.
    pub fn how(&self) -> How {
        self.how.unwrap_or(How::Whole)
    }

    /// Whether it gets a sheet.
    pub fn has_sheet(&self) -> bool {
        !matches!(self.how(), How::BySuccessor | How::NotAssessed)
    }
}

/// An entry as it is written: the id of a subject alone, or an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry(pub RosterEntry);

impl Read for Entry {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        if at.is_text() {
            return String::read(at).map(|subject| Entry(RosterEntry::plain(subject)));
        }
        RosterEntry::read(at).map(Entry)
    }
    fn shape() -> Shape {
        Shape::Either(&[String::shape, RosterEntry::shape])
    }
}

crate::record! {
    /// Sets who is assessed under a scheme (考核名单); what is said here takes the place of what was said before.
    pub struct RosterAdopted {
        /// The scheme.
        pub scheme: String,
        /// The subjects: ids, or entries that say more.
        pub subjects: Vec<Entry>,
    }
}

/// A roster on the day of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// First day.
    pub from: Date,
    /// The entries, in the order of the roster.
    pub entries: Vec<RosterEntry>,
}
crate::document::kept!(struct Roster { from, entries });

impl Roster {
    /// The entry of a subject.
    pub fn entry(&self, subject: &str) -> Option<&RosterEntry> {
        self.entries.iter().find(|entry| entry.subject == subject)
    }
}

impl RosterAdopted {
    /// Sets the roster.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        let entries: Vec<RosterEntry> = self.subjects.into_iter().map(|entry| entry.0).collect();
        let mut seen = BTreeSet::new();
        for (index, entry) in entries.iter().enumerate() {
            let place = format!("/subjects/{index}");
            act.reference(&assessment.subjects, &place, SUBJECT, &entry.subject);
            for (field, id) in [("parent", &entry.parent), ("successor", &entry.successor)] {
                if let Some(id) = id {
                    act.reference(&assessment.subjects, format!("{place}/{field}"), SUBJECT, id);
                }
            }
            if let Some(from) = entry.from {
                act.in_order(format!("{place}/to"), from, entry.to);
            }
            if !seen.insert(entry.subject.as_str()) {
                act.refuse(
                    &place,
                    "assessment.roster_twice",
                    format!("考核对象“{}”在名单中出现两次，请只保留一处", entry.subject),
                    format!("subject \"{}\" stands twice in the roster; keep it once", entry.subject),
                );
            }
            says_what_it_needs(entry, &entries, &place, act);
        }
        if let Some(key) = assessment.rosters.key(&self.scheme) {
            act.supersede(&mut assessment.rosters, key);
        }
        let roster = Roster {
            from: act.effective,
            entries,
        };
        assessment.rosters.push(act.at, &self.scheme, roster);
    }
}

/// A successor in the same roster, a share, a reason: whatever the way of assessing asks for, and nothing else.
fn says_what_it_needs(entry: &RosterEntry, entries: &[RosterEntry], place: &str, act: &Context<'_>) {
    let how = entry.how();
    let carried = |id: &String| {
        let found = entries.iter().find(|other| other.subject == *id);
        found.is_some_and(RosterEntry::has_sheet)
    };
    let fits = match how {
        How::BySuccessor => entry.successor.as_ref().is_some_and(carried),
        _ => entry.successor.is_none(),
    };
    if !fits {
        act.refuse(
            format!("{place}/successor"),
            "assessment.roster_successor",
            "并入承接对象考核的，须写明名单中另有得分表的承接对象；其他方式不写",
            "by_successor, and only that, names a successor that has a sheet in the same roster",
        );
    }
    let share = |share: &Exact| share.is_positive() && *share <= Exact::from(1);
    let fits = match how {
        How::Prorated => entry.share.as_ref().is_some_and(share),
        _ => entry.share.is_none(),
    };
    if !fits {
        act.refuse(
            format!("{place}/share"),
            "assessment.roster_share",
            "按比例折算的，须写明大于 0 且不超过 1 的比例；其他方式不写",
            "prorated, and only that, states a share above 0 and at most 1",
        );
    }
    if how != How::Whole && entry.reason.is_none() {
        act.refuse(
            format!("{place}/reason"),
            "assessment.roster_reason",
            format!("“{}”须写明理由", how.zh()),
            format!("\"{}\" needs a reason", how.word()),
        );
    }
}

impl Assessment {
    /// The roster of a scheme on the day, as known at the position: of several for one day the later act.
    pub fn roster(&self, scheme: &str, when: When) -> Option<&Roster> {
        let key = self.rosters.key(scheme)?;
        let adopted = self.rosters.rows(key, when.known);
        adopted
            .filter(|row| row.value.from <= when.day)
            .max_by_key(|row| (row.value.from, row.from))
            .map(|row| &row.value)
    }

    /// The schemes that have a roster on the day, in the order of their ids.
    pub fn rosters_on(&self, when: When) -> impl Iterator<Item = (&str, &Roster)> {
        self.rosters.keys(when.known).filter_map(move |key| {
            let scheme = self.rosters.id(key);
            Some((scheme, self.roster(scheme, when)?))
        })
    }
}
