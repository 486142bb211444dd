//! What a plan says of itself: the columns that it wants, and those that it gives.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::ColumnPlan;
use super::steps::Told;
use crate::calendar::Date;
use crate::exact::Exact;
use crate::fact::{FieldDeclaration, FieldKind, Holder, Kind};
use crate::scheme::{Cell, Core};

/// A column that a plan wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted<'s> {
    /// Its name: that of the fact, with what is derived from it in brackets: `会议次数（上年）`; of the results of another
    /// scheme, its id behind `result:` for the scores and behind `grade:` for the grades.
    pub name: Cow<'s, str>,
    /// What sort of values: that of the fact; `text` for the grades of another scheme.
    pub kind: &'static str,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'s str>,
    /// Whether anything reads it; a column that nothing reads may be left out.
    pub needed: bool,
    /// Decimal places that are declared of a number: at two places 12.50 is 1250.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
    /// The least number, or the earliest day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<String>,
    /// The greatest number, or the latest day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub greatest: Option<String>,
    /// The words of a choice; a column holds their places, from 0.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub words: &'s [String],
    /// The fields of events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<WantedField<'s>>,
}

/// A field of the events of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WantedField<'s> {
    /// Its name.
    pub name: &'s str,
    /// What it holds.
    pub kind: FieldKind,
    /// The words of a choice, and to whom an event may belong; a column holds their places, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<&'s str>,
}

/// A column that a plan gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Given<'s> {
    /// `points` (of an item, bonus or penalty), `total`, `grade`, `earned_grade` (before quotas) or `rank`.
    pub what: &'static str,
    /// The item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<&'s str>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'s str>,
    /// What all numerators are over: 100 where they are hundredths.
    pub per: i64,
    /// Whether each row has a denominator of its own besides.
    pub fractions: bool,
    /// The grades, best first; a column holds their places, from 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<&'s str>,
}

/// What a plan wants and gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About<'s> {
    /// The scheme.
    pub scheme: &'s str,
    /// Its version.
    pub version: &'s str,
    /// The columns that it wants, in the order of [`Table::columns`](super::Table::columns).
    pub columns: Vec<Wanted<'s>>,
    /// The columns that it gives: points in the order of the sheet, then the others.
    pub results: Vec<Given<'s>>,
    /// Whether subjects are compared with those of their cohort.
    pub cohorts: bool,
    /// Whether subjects are looked at through those above them.
    pub parents: bool,
    /// The width in bits in which columns are computed; missing where they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<u32>,
    /// Why cells are worked out row by row, each reason once; the rest is computed in columns.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub rows_because: BTreeSet<&'static str>,
    /// Why all rows are left to the exact run, where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exact_because: Option<&'static str>,
}

impl<'s> ColumnPlan<'s> {
    /// What it wants and gives.
    pub fn about(&self) -> About<'s> {
        let scheme = self.scheme;
        let program = scheme.program();
        let read: BTreeSet<usize> = program
            .cells
            .iter()
            .filter_map(|cell| match cell {
                Cell::Map(core) => Some(core.facts()),
                Cell::Gather(_) => None,
            })
            .flatten()
            .collect();
        let inputs = program.inputs.iter().enumerate();
        About {
            scheme: scheme.id(),
            version: &scheme.text().version,
            columns: inputs
                .map(|(place, input)| {
                    let declaration = &input.declaration;
                    let kind = declaration.kind;
                    let day = |number: &Exact| {
                        let number = number.to_i128().and_then(|number| i64::try_from(number).ok());
                        number.and_then(Date::from_number).map(|day| day.to_string())
                    };
                    let end = |number: Exact| match kind {
                        Kind::YesNo | Kind::Choice => None,
                        Kind::Date => day(&number),
                        _ => Some(number.to_string()),
                    };
                    Wanted {
                        name: Cow::Borrowed(&declaration.name),
                        kind: kind.word(),
                        unit: declaration.unit.as_deref(),
                        needed: read.contains(&place),
                        places: match kind {
                            Kind::Count => Some(0),
                            Kind::Number | Kind::Money => Some(declaration.places.unwrap_or(2)),
                            _ => None,
                        },
                        least: end(declaration.least()),
                        greatest: end(declaration.greatest()),
                        words: if kind == Kind::Choice { &declaration.words } else { &[] },
                        fields: declaration.fields.iter().map(field).collect(),
                    }
                })
                .chain(self.results().flat_map(|id| {
                    let scores = self.reads(|core| matches!(core, Core::Result(other, _) if other == id));
                    let grades =
                        self.reads(|core| matches!(core, Core::Grade(other) | Core::ByGrade(other, _) if other == id));
                    [
                        result(format!("result:{id}"), "number", scores),
                        result(format!("grade:{id}"), "text", grades),
                    ]
                }))
                .collect(),
            results: self.given(),
            cohorts: self.compares,
            parents: self.looks_below,
            bits: self.bits(),
            rows_because: self.rows_because().collect(),
            exact_because: self.exact_because(),
        }
    }

    /// Whether some part of a cell is such.
    fn reads(&self, wanted: impl Fn(&Core) -> bool) -> bool {
        let cells = self.scheme.program().cells.iter();
        let mut open: Vec<&Core> = cells
            .filter_map(|cell| match cell {
                Cell::Map(core) => Some(core),
                Cell::Gather(_) => None,
            })
            .collect();
        while let Some(core) = open.pop() {
            if wanted(core) {
                return true;
            }
            open.extend(core.parts());
        }
        false
    }

    fn given(&self) -> Vec<Given<'s>> {
        let layout = self.scheme.layout();
        let steps = self.steps.as_ref().ok();
        // Without steps every row is a fraction of its own.
        let form = |told: Option<Told>| {
            let form = told.and_then(|told| Some((i64::try_from(told.per).ok()?, told.denominators.is_some())));
            form.unwrap_or((1, true))
        };
        let mut given: Vec<Given<'s>> = Vec::new();
        for (place, node) in layout.nodes.iter().filter(|node| !node.group).enumerate() {
            let (per, fractions) = form(steps.and_then(|steps| steps.points.get(place)).copied());
            given.push(Given {
                what: "points",
                item: Some(&node.id),
                title: Some(&node.title),
                per,
                fractions,
                words: Vec::new(),
            });
        }
        let (per, fractions) = form(steps.map(|steps| steps.total));
        let other = |what: &'static str, words: Vec<&'s str>| Given {
            what,
            item: None,
            title: None,
            per: 1,
            fractions: false,
            words,
        };
        given.push(Given {
            per,
            fractions,
            ..other("total", Vec::new())
        });
        given.extend(layout.grade.map(|_| other("grade", self.scheme.grades())));
        given.extend(layout.earned_grade.map(|_| other("earned_grade", self.scheme.grades())));
        given.extend(layout.rank.map(|_| other("rank", Vec::new())));
        given
    }
}

/// A column with scores or grades of another scheme.
fn result<'s>(name: String, kind: &'static str, needed: bool) -> Wanted<'s> {
    Wanted {
        name: Cow::Owned(name),
        kind,
        unit: None,
        needed,
        places: None,
        least: None,
        greatest: None,
        words: &[],
        fields: Vec::new(),
    }
}

fn field(field: &FieldDeclaration) -> WantedField<'_> {
    WantedField {
        name: &field.name,
        kind: field.kind,
        words: match field.kind {
            FieldKind::Holder => Holder::ALL.into_iter().map(Holder::word).collect(),
            _ => field.words.iter().map(String::as_str).collect(),
        },
    }
}
