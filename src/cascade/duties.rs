//! What units say of duties: how they break down those of their letters, and which lie in their duty list at all.

use std::collections::BTreeSet;

use crate::calendar::Date;
use crate::ledger::{Key, Mark, Position, Table};
use crate::letter::{Event, LetterRow, Letters, party_unit};
use crate::registry::{Context, Registry, RegistryView, UnitRow, When};

crate::choice! {
    /// How the receiver of a duty passes it on.
    pub enum How {
        /// The targets below add up to the target.
        Sum = "sum" "合计完成",
        /// Each of those below must reach the target.
        Each = "each" "逐一达到",
        /// Each of those below takes a share; the shares make 100 %.
        Share = "share" "按比例分担",
        /// It is kept at this level.
        Kept = "kept" "本级承担",
    }
}
crate::document::kept!(enum How { 0 Sum, 1 Each, 2 Share, 3 Kept });

crate::choice! {
    /// On which side of the target lies what is wanted.
    pub enum Bound {
        /// The target or more.
        AtLeast = "at_least" "不低于",
        /// The target or less.
        AtMost = "at_most" "不超过",
    }
}
crate::document::kept!(enum Bound { 0 AtLeast, 1 AtMost });

crate::record! {
    /// How one duty of the letter is passed on.
    pub struct DutyPassed {
        /// Its id within the letter.
        pub duty: String,
        /// How.
        pub how: How,
        /// On which side of the target lies what is wanted; the target or more when missing.
        pub bound: Option<Bound>,
        /// The post that carries it where it is kept.
        pub by: Option<String>,
    }
}
crate::document::kept!(struct DutyPassed { duty, how, bound, by });

crate::record! {
    /// The receiver of a letter files how it breaks the duties down (分解); a later filing takes the place of an earlier one.
    pub struct BreakdownFiled {
        /// The letter.
        pub letter: String,
        /// The receiving unit that files; needed only where the letter has several.
        pub unit: Option<String>,
        /// The duties.
        pub duties: Vec<DutyPassed>,
    }
}

crate::record! {
    /// A duty that a unit's duty list holds.
    pub struct ListedDuty {
        /// Its title, as letters word it.
        pub title: String,
        /// Other wordings of the same duty.
        pub also: Vec<String>,
    }
}
crate::document::kept!(struct ListedDuty { title, also });

crate::record! {
    /// Publishes the duty list of a unit (职责清单): from the effective day on it takes the place of the list before.
    pub struct DutiesListed {
        /// The unit.
        pub unit: String,
        /// The duties.
        pub duties: Vec<ListedDuty>,
    }
}

/// A breakdown as filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreakdownRow {
    /// The receiving unit that filed it; nothing where the letter has one alone, whichever that is on a day.
    pub unit: Option<Key<UnitRow>>,
    /// The day on which it was filed.
    pub on: Date,
    /// The duties.
    pub duties: Vec<DutyPassed>,
}
crate::document::kept!(struct BreakdownRow { unit, on, duties });

/// A duty list as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyListRow {
    /// First day.
    pub from: Date,
    /// The duties.
    pub duties: Vec<ListedDuty>,
}
crate::document::kept!(struct DutyListRow { from, duties });

/// Everything the ledger has said of breakdowns and duty lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Breakdowns, by letter.
    pub breakdowns: Table<BreakdownRow>,
    /// Duty lists, by unit.
    pub lists: Table<DutyListRow>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct DutiesMark([Mark; 2]);

impl Duties {
    /// How far the tables are filled.
    pub fn mark(&self) -> DutiesMark {
        DutiesMark([self.breakdowns.mark(), self.lists.mark()])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: DutiesMark) {
        let DutiesMark([breakdowns, lists]) = mark;
        self.breakdowns.rollback(breakdowns);
        self.lists.rollback(lists);
    }

    /// What a receiver filed last by the day, and the day of its first filing.
    pub fn filed(&self, letter: &str, unit: Key<UnitRow>, when: When) -> Option<(&BreakdownRow, Date)> {
        let key = self.breakdowns.key(letter)?;
        let rows = self.breakdowns.rows(key, when.known);
        let by_day = rows.filter(|row| row.value.unit.is_none_or(|own| own == unit) && row.value.on <= when.day);
        let mut first: Option<Date> = None;
        let mut last: Option<(Date, Position, &BreakdownRow)> = None;
        for row in by_day {
            first = Some(first.map_or(row.value.on, |first| first.min(row.value.on)));
            if last.is_none_or(|(on, at, _)| (on, at) < (row.value.on, row.from)) {
                last = Some((row.value.on, row.from, &row.value));
            }
        }
        last.zip(first).map(|((_, _, row), first)| (row, first))
    }

    /// The duty list of a unit on the day.
    pub fn list(&self, unit: &str, when: When) -> Option<&DutyListRow> {
        let key = self.lists.key(unit)?;
        let rows = self.lists.rows(key, when.known);
        rows.filter(|row| row.value.from <= when.day)
            .max_by_key(|row| (row.value.from, row.from))
            .map(|row| &row.value)
    }
}

const UNIT: (&str, &str) = ("单位", "unit");

impl BreakdownFiled {
    /// Files the breakdown.
    pub fn apply(self, registry: &Registry, letters: &Letters, duties: &mut Duties, act: &Context<'_>) {
        let named = self
            .unit
            .as_deref()
            .map(|unit| act.reference(&registry.units, "/unit", UNIT, unit));
        for (index, passed) in self.duties.iter().enumerate() {
            if let Some(post) = &passed.by {
                let place = format!("/duties/{index}/by");
                act.reference(&registry.posts, &place, ("职务", "post"), post);
            }
        }
        let Some(letter) = act.reference(&letters.letters, "/letter", ("责任书", "letter"), &self.letter) else {
            return;
        };
        let (drafted, later) = receivers(&registry.view(act.effective, act.at), letters, letter, act.at);
        match named {
            None if drafted.len() > 1 => act.refuse(
                "/unit",
                "cascade.which_receiver",
                "该责任书有多个接受单位，请用 unit 写明由谁报送",
                "the letter has several receiving units; say in \"unit\" which one files",
            ),
            Some(Some(unit)) if !drafted.contains(&unit) && !later.contains(&unit) => act.refuse(
                "/unit",
                "cascade.not_a_receiver",
                format!("该单位不是责任书“{}”的接受方，不能报送其分解", self.letter),
                format!(
                    "the unit does not receive letter \"{}\" and cannot file its breakdown",
                    self.letter
                ),
            ),
            _ => {}
        }
        if let Some(key) = duties.breakdowns.key(&self.letter) {
            act.supersede(&mut duties.breakdowns, key);
        }
        let row = BreakdownRow {
            unit: named.flatten(),
            on: act.effective,
            duties: self.duties,
        };
        duties.breakdowns.push(act.at, &self.letter, row);
    }
}

/// The units that receive a letter: those of the draft, and those that took the place of one.
fn receivers(
    registry: &RegistryView<'_>,
    letters: &Letters,
    letter: Key<LetterRow>,
    known: Position,
) -> (BTreeSet<Key<UnitRow>>, BTreeSet<Key<UnitRow>>) {
    let (mut drafted, mut later) = (BTreeSet::new(), BTreeSet::new());
    for row in letters.letters.rows(letter, known) {
        match &row.value {
            LetterRow::Drafted(letter) => {
                let sides = letter.receivers.iter();
                drafted = sides.filter_map(|side| party_unit(registry, side.party)).collect();
            }
            LetterRow::Happened(_, event) => {
                if let Event::PartySucceeded { by, .. } = event.as_ref() {
                    later.extend(party_unit(registry, by.party));
                }
            }
            LetterRow::Signed(_) => {}
        }
    }
    (drafted, later)
}

impl DutiesListed {
    /// Publishes the list.
    pub fn apply(self, registry: &Registry, duties: &mut Duties, act: &Context<'_>) {
        act.reference(&registry.units, "/unit", UNIT, &self.unit);
        if let Some(key) = duties.lists.key(&self.unit) {
            act.supersede(&mut duties.lists, key);
        }
        let row = DutyListRow {
            from: act.effective,
            duties: self.duties,
        };
        duties.lists.push(act.at, &self.unit, row);
    }
}

crate::document::kept!(struct Duties { breakdowns, lists });
