//! Records of work (台账) as acts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Plan;
use crate::calendar::Date;
use crate::document::Word;
use crate::ledger::{Key, Position};
use crate::letter::{Few, Letters};
use crate::registry::{Context, Group, Registry, UnitRow, When};

crate::record! {
    /// A reference to evidence (佐证), which stays with the host.
    #[derive(Serialize)]
    pub struct Evidence {
        /// The host's reference.
        pub reference: Word,
        /// What it is, such as 会议纪要; an obligation names the kinds that count.
        pub kind: Word,
    }
}
crate::document::kept!(struct Evidence { reference, kind });

crate::record! {
    /// A dated fact of the record of work (台账): what was done, when, by whom. No content.
    pub struct Record {
        /// Host id.
        pub id: String,
        /// What was done, in the words of the rule set, such as 专题会议.
        pub kind: String,
        /// The unit that did it.
        pub unit: Option<String>,
        /// The leadership group that did it.
        pub group: Option<String>,
        /// The day; the effective day of the act when missing.
        pub on: Option<Date>,
        /// A day of the span that it is for, when that is not the day itself: the report of the first quarter is made in April.
        pub covers: Option<Date>,
        /// The letter that it answers.
        pub letter: Option<String>,
        /// What proves it.
        pub evidence: Few<Evidence>,
    }
}

crate::record! {
    /// Enters records.
    pub struct RecordsEntered {
        /// The records.
        pub records: Vec<Record>,
    }
}

/// Who owes or did something: a unit or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doer {
    /// A unit.
    Unit(Key<UnitRow>),
    /// A leadership group.
    Group(Key<Group>),
}
crate::document::kept!(enum Doer { 0 Unit(a), 1 Group(a) });

/// A record as entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// What was done.
    pub kind: Word,
    /// Who did it.
    pub doer: Doer,
    /// The day.
    pub on: Date,
    /// A day of the span that it is for.
    pub covers: Date,
    /// The letter that it answers.
    pub letter: Option<Box<str>>,
    /// What proves it.
    pub evidence: Few<Evidence>,
}
crate::document::kept!(struct RecordRow { kind, doer, on, covers, letter, evidence });

/// Refuses a letter that the ledger does not hold, and gives its id.
pub(super) fn answered(letters: &Letters, act: &Context<'_>, place: &str, letter: Option<String>) -> Option<Box<str>> {
    let letter = letter?;
    act.reference(&letters.letters, format_args!("{place}/letter"), super::LETTER, &letter);
    Some(letter.into())
}

/// Exactly one of unit and group.
pub(super) fn doer(
    registry: &Registry,
    act: &Context<'_>,
    place: &str,
    unit: Option<&str>,
    group: Option<&str>,
) -> Option<Doer> {
    match (unit, group) {
        (Some(unit), None) => act
            .reference(&registry.units, format_args!("{place}/unit"), super::UNIT, unit)
            .map(Doer::Unit),
        (None, Some(group)) => act
            .reference(&registry.groups, format_args!("{place}/group"), super::GROUP, group)
            .map(Doer::Group),
        _ => {
            let (zh, en) = ("unit、group 两项须且只须填一项", "give exactly one of unit, group");
            act.refuse(place, "plan.doer_not_single", zh, en);
            None
        }
    }
}

impl RecordsEntered {
    /// Enters the records.
    pub fn apply(self, registry: &Registry, letters: &Letters, plan: &mut Plan, act: &Context<'_>) {
        for (index, record) in self.records.into_iter().enumerate() {
            let place = format!("/records/{index}");
            let doer = doer(registry, act, &place, record.unit.as_deref(), record.group.as_deref());
            let letter = answered(letters, act, &place, record.letter);
            act.introduce(
                &mut plan.records,
                format_args!("{place}/id"),
                ("台账记录", "record"),
                &record.id,
            );
            let Some(doer) = doer else { continue };
            let on = record.on.unwrap_or(act.effective);
            let row = RecordRow {
                kind: record.kind.into(),
                doer,
                on,
                covers: record.covers.unwrap_or(on),
                letter,
                evidence: record.evidence,
            };
            plan.records.push(act.at, &record.id, row);
        }
    }
}

/// Records with their ids.
type Records<'a> = Vec<(&'a str, &'a RecordRow)>;

/// The records up to a day, by what was done and who did it.
#[derive(Clone, Debug, Default)]
pub struct Done<'a>(BTreeMap<&'a str, BTreeMap<Doer, Records<'a>>>);

impl<'a> Done<'a> {
    /// Sorts the records once, so that each question about a doer is a look-up.
    pub fn new(plan: &'a Plan, when: When) -> Self {
        let mut done: BTreeMap<&str, BTreeMap<Doer, Records<'_>>> = BTreeMap::new();
        for (id, record) in by_day(plan, when.known, when.day) {
            let of_kind = done.entry(record.kind.as_ref()).or_default();
            of_kind.entry(record.doer).or_default().push((id, record));
        }
        Done(done)
    }

    /// The records of this kind by this doer, in the order of ids.
    pub fn of(&self, kind: &str, doer: Doer) -> &[(&'a str, &'a RecordRow)] {
        let of_kind = self.0.get(kind);
        of_kind.and_then(|doers| doers.get(&doer)).map_or(&[], Vec::as_slice)
    }
}

fn by_day(plan: &Plan, known: Position, day: Date) -> impl Iterator<Item = (&str, &RecordRow)> {
    plan.records.latest(known).filter(move |(_, record)| record.on <= day)
}
