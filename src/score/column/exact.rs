//! Rows that are not computed in columns: the exact run, with facts from the table.

use super::table::{Column, Presence, Table, Values};
use crate::calendar::Date;
use crate::error::Result;
use crate::exact::{Exact, Interval};
use crate::fact::{Admission, Admitted, Facts, FieldDeclaration, Held, HeldEvent, HeldEvents, Holder, Scalar, State};
use crate::progress::Watch;
use crate::scheme::Scheme;
use crate::score::run::{Worked, sheets, work_out};
use crate::score::{Outcome, Results, Sheet};

/// The sheets of these rows, which are scored together.
pub(super) fn exact(
    scheme: &Scheme,
    included: &[String],
    table: &Table<'_>,
    rows: &[usize],
    watch: Watch<'_>,
) -> Result<Vec<Sheet>> {
    let facts: Vec<Facts> = rows.iter().map(|row| facts(scheme, table, *row)).collect();
    let results: Vec<Results> = rows.iter().map(|row| outcomes(scheme, included, table, *row)).collect();
    let mut subjects = Vec::with_capacity(rows.len());
    for ((row, facts), results) in rows.iter().zip(&facts).zip(&results) {
        let inputs = 0..scheme.program().inputs.len();
        let admission = Admission {
            subject: facts.subject.clone(),
            scheme: facts.scheme.clone(),
            facts: inputs
                .filter_map(|place| admitted(scheme, table, place, *row))
                .collect(),
            findings: Vec::new(),
        };
        subjects.push(Worked::new(admission, facts, results));
        watch.step(1)?;
    }
    work_out(scheme, &mut subjects, watch)?;
    sheets(scheme, &subjects, true, watch)
}

/// What other schemes gave the subject of a row; a scheme of which the score is not known gave nothing.
pub(super) fn outcomes(scheme: &Scheme, included: &[String], table: &Table<'_>, row: usize) -> Results {
    let columns = table.columns.get(scheme.program().inputs.len()..).unwrap_or_default();
    let outcome = |pair: &[Column<'_>]| {
        let [score, grade] = pair else { return None };
        let known = |column: &Column<'_>| column.presence(row) == Presence::Known;
        let grades = match &grade.values {
            Values::Text(grades) if known(grade) => grades.get(row).map(|grade| (*grade).to_owned()),
            _ => None,
        };
        let score = number(&score.values, row).filter(|_| known(score))?;
        Some(Outcome {
            lowest: score.clone(),
            highest: score,
            grades: grades.into_iter().collect(),
        })
    };
    let outcomes = included.iter().zip(columns.chunks(2));
    outcomes
        .filter_map(|(id, pair)| Some((id.clone(), outcome(pair)?)))
        .collect()
}

fn facts(scheme: &Scheme, table: &Table<'_>, row: usize) -> Facts {
    let cohort = table.cohorts.and_then(|cohorts| cohorts.get(row));
    let parent = table.parents.and_then(|parents| parents.get(row)).copied().flatten();
    Facts {
        subject: row.to_string(),
        scheme: scheme.id().to_owned(),
        cohort: cohort.map(u32::to_string),
        parent: parent.map(|parent| parent.to_string()),
        ..Facts::default()
    }
}

/// An input of a row.
pub(super) fn admitted(scheme: &Scheme, table: &Table<'_>, place: usize, row: usize) -> Option<Admitted> {
    let declaration = &scheme.program().inputs.get(place)?.declaration;
    let column = table.columns.get(place)?;
    let unknown = Admitted::anything(declaration);
    Some(match column.presence(row) {
        Presence::Unknown => unknown,
        Presence::NotApplicable => Admitted {
            state: State::NotApplicable,
            held: Held::NotApplicable,
            ..unknown
        },
        Presence::Known => match held(column, row, &declaration.words, &declaration.fields) {
            None => unknown,
            Some(held) => Admitted {
                state: State::Known,
                held,
                ..unknown
            },
        },
    })
}

fn number(values: &Values<'_>, row: usize) -> Option<Exact> {
    let scale = 10_i128.checked_pow(values.scale()?)?;
    Exact::ratio(i128::from(values.number(row)?), scale)
}

fn held(column: &Column<'_>, row: usize, words: &[String], fields: &[FieldDeclaration]) -> Option<Held> {
    Some(match &column.values {
        Values::Absent | Values::Text(_) => return None,
        values @ (Values::Number { .. } | Values::Narrow { .. }) => Held::Number(Interval::point(number(values, row)?)),
        Values::Truth(values) => Held::Truth(Some(*values.get(row)? != 0)),
        Values::Word(values) => Held::Word(Some(words.get(usize::try_from(*values.get(row)?).ok()?)?.clone())),
        Values::Events { ends, fields: columns } => {
            let before = row.checked_sub(1).and_then(|before| ends.get(before));
            let events = before.copied().unwrap_or(0)..*ends.get(row)?;
            let event = |event: usize| HeldEvent {
                sure: true,
                fields: columns
                    .iter()
                    .zip(fields)
                    .map(|(column, field)| scalar(column, field, event))
                    .collect(),
            };
            Held::Events(HeldEvents {
                list: events.map(event).collect(),
                unseen: Exact::ZERO,
            })
        }
    })
}

fn scalar(column: &Column<'_>, field: &FieldDeclaration, event: usize) -> Option<Scalar> {
    if column.presence(event) != Presence::Known {
        return None;
    }
    Some(match &column.values {
        Values::Absent | Values::Events { .. } => return None,
        values @ (Values::Number { .. } | Values::Narrow { .. }) if field.kind == crate::fact::FieldKind::Date => {
            Scalar::Day(Date::from_number(values.number(event)?)?)
        }
        values @ (Values::Number { .. } | Values::Narrow { .. }) => Scalar::Number(number(values, event)?),
        Values::Truth(values) => Scalar::Truth(*values.get(event)? != 0),
        Values::Word(values) => {
            let word = usize::try_from(*values.get(event)?).ok()?;
            let holder = |holder: &Holder| holder.word().to_owned();
            match field.kind {
                crate::fact::FieldKind::Holder => Scalar::Text(Holder::ALL.get(word).map(holder)?),
                _ => Scalar::Text(field.words.get(word)?.clone()),
            }
        }
        Values::Text(values) => Scalar::Text((*values.get(event)?).to_owned()),
    })
}
