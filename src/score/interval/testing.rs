//! Subjects for the tests of the evaluators.

use super::{Possible, possible};
use crate::calendar::{Date, WorkCalendars};
use crate::exact::{Exact, Interval};
use crate::fact::{
    Admitted, Declaration, FieldDeclaration, FieldKind, Held, HeldEvent, HeldEvents, Input, Kind, Scalar, Source, State,
};
use crate::scheme::Core;
use crate::score::{Inputs, MissingYears, Outcome, Results};

/// One subject with everything that evaluators read of it.
pub(in crate::score) struct Subject {
    pub(in crate::score) facts: Vec<Admitted>,
    pub(in crate::score) declared: Vec<Input>,
    pub(in crate::score) results: Results,
    pub(in crate::score) cells: Vec<Possible>,
    pub(in crate::score) calendars: WorkCalendars,
    pub(in crate::score) missing: MissingYears,
}

pub(in crate::score) fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

pub(in crate::score) fn number_of(text: &str) -> Core {
    Core::Number(Exact::from(day(text).number()))
}

/// A count within bounds.
pub(in crate::score) fn count(low: i64, high: i64) -> (Kind, Held) {
    (Kind::Count, Held::Number(Interval::between(low.into(), high.into())))
}

/// A number within bounds.
pub(in crate::score) fn number(low: i64, high: i64) -> (Kind, Held) {
    (Kind::Number, Held::Number(Interval::between(low.into(), high.into())))
}

/// A day between two days.
pub(in crate::score) fn days(from: &str, to: &str) -> (Kind, Held) {
    let number = |text| Exact::from(day(text).number());
    (Kind::Date, Held::Number(Interval::between(number(from), number(to))))
}

/// One of 高, 中, 低.
pub(in crate::score) fn word(word: Option<&str>) -> (Kind, Held) {
    (Kind::Choice, Held::Word(word.map(str::to_owned)))
}

/// An event: level, matter and day; `""` and `None` are unknown. Its number and whether it is grave are unknown.
pub(in crate::score) fn event(sure: bool, level: &str, matter: &str, date: Option<&str>) -> HeldEvent {
    let text = |text: &str| (!text.is_empty()).then(|| Scalar::Text(text.to_owned()));
    HeldEvent {
        sure,
        fields: vec![
            text(level),
            text(matter),
            date.map(|date| Scalar::Day(day(date))),
            None,
            None,
        ],
    }
}

/// The same event with a number.
pub(in crate::score) fn with_number(mut event: HeldEvent, number: i64) -> HeldEvent {
    event.fields[3] = Some(Scalar::Number(number.into()));
    event
}

/// All events.
pub(in crate::score) fn events(list: Vec<HeldEvent>) -> (Kind, Held) {
    open_events(list, 0)
}

/// Events, and up to so many more.
pub(in crate::score) fn open_events(list: Vec<HeldEvent>, unseen: i64) -> (Kind, Held) {
    let unseen = unseen.into();
    (Kind::Events, Held::Events(HeldEvents { list, unseen }))
}

fn field(name: &str, kind: FieldKind) -> FieldDeclaration {
    let number = |number: i64| (kind == FieldKind::Number).then(|| Exact::from(number));
    let date = |text| (kind == FieldKind::Date).then(|| day(text));
    FieldDeclaration {
        name: name.to_owned(),
        kind,
        words: if kind == FieldKind::Choice { words() } else { Vec::new() },
        min: number(0),
        max: number(10),
        earliest: date("2023-01-01"),
        latest: date("2023-06-30"),
    }
}

fn words() -> Vec<String> {
    ["高", "中", "低"].map(str::to_owned).to_vec()
}

fn declared(kind: Kind, place: usize) -> Declaration {
    let fields = [
        ("级别", FieldKind::Choice),
        ("事项", FieldKind::Matter),
        ("日期", FieldKind::Date),
        ("人数", FieldKind::Number),
        ("重大", FieldKind::YesNo),
    ];
    Declaration {
        kind,
        words: if kind == Kind::Choice { words() } else { Vec::new() },
        fields: fields.map(|(name, kind)| field(name, kind)).to_vec(),
        ..Declaration::choice(&format!("事实{place}"), &[])
    }
}

impl Subject {
    /// A subject of which this is known.
    pub(in crate::score) fn of(facts: Vec<(Kind, Held)>) -> Subject {
        let declared = |(place, (kind, _)): (usize, &(Kind, Held))| Input {
            declaration: declared(*kind, place),
            of: place,
            source: Source::Now,
        };
        let admitted = |(place, (kind, held)): (usize, &(Kind, Held))| Admitted {
            name: format!("事实{place}"),
            kind: *kind,
            state: State::Known,
            held: held.clone(),
            judged: None,
        };
        Subject {
            declared: facts.iter().enumerate().map(declared).collect(),
            facts: facts.iter().enumerate().map(admitted).collect(),
            results: Results::new(),
            cells: Vec::new(),
            calendars: WorkCalendars::new(),
            missing: MissingYears::default(),
        }
    }

    /// With the outcome of another scheme.
    pub(in crate::score) fn with_result(mut self, scheme: &str, lowest: i64, highest: i64, grades: &[&str]) -> Self {
        let outcome = Outcome {
            lowest: lowest.into(),
            highest: highest.into(),
            grades: grades.iter().map(|grade| (*grade).to_owned()).collect(),
        };
        self.results.insert(scheme.to_owned(), outcome);
        self
    }

    pub(in crate::score) fn inputs(&self) -> Inputs<'_> {
        Inputs {
            facts: &self.facts,
            declared: &self.declared,
            results: &self.results,
            cells: &self.cells,
            calendars: &self.calendars,
            missing: &self.missing,
        }
    }

    /// What the value may be: `3`, `0 至 5`, `true`, `true?` for either, `?` for any word, `-` where it does not apply.
    pub(in crate::score) fn tells(&self, core: &Core) -> String {
        match possible(core, &self.inputs()) {
            Possible::Number(interval) => crate::fact::shown_interval(&interval),
            Possible::Truth(Some(truth)) => truth.to_string(),
            Possible::Truth(None) => "true?".to_owned(),
            Possible::Word(word) => word.unwrap_or_else(|| "?".to_owned()),
            Possible::NotApplicable => "-".to_owned(),
        }
    }
}
