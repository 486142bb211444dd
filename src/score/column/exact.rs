//! Rows that are not computed in columns: the exact run, with facts from the table.

use std::collections::BTreeSet;

use super::table::{Column, Presence, Table, Values};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Result};
use crate::exact::{Exact, Interval};
use crate::fact::{Admission, Admitted, Facts, FieldDeclaration, Held, HeldEvent, HeldEvents, Holder, Scalar, State};
use crate::scheme::{Cell, Scheme};
use crate::score::enumerate::{FEW, MOST};
use crate::score::gather::{Member, gather};
use crate::score::run::Worked;
use crate::score::tighten::tighten;
use crate::score::write::write;
use crate::score::{MissingYears, Possible, Results, Sheet, point, possible};

/// The sheets of these rows, which are scored together.
pub(super) fn exact(scheme: &Scheme, table: &Table<'_>, rows: &[usize]) -> Result<Vec<Sheet>> {
    let results = Results::new();
    let facts: Vec<Facts> = rows.iter().map(|row| facts(scheme, table, *row)).collect();
    let program = scheme.program();
    let mut subjects: Vec<Worked<'_>> = rows
        .iter()
        .zip(&facts)
        .map(|(row, facts)| Worked {
            admission: Admission {
                subject: facts.subject.clone(),
                scheme: facts.scheme.clone(),
                facts: admitted(scheme, table, *row),
                findings: Vec::new(),
            },
            facts,
            results: &results,
            cells: Vec::with_capacity(program.cells.len()),
            tried: BTreeSet::new(),
            missing: MissingYears::default(),
        })
        .collect();
    let leaves = scheme.layout().nodes.iter().filter(|node| !node.group);
    let leaves: BTreeSet<usize> = leaves.map(|node| node.own).collect();
    for (place, cell) in program.cells.iter().enumerate() {
        match cell {
            Cell::Map(core) => {
                for worked in &mut subjects {
                    let inputs = worked.inputs(program);
                    let value = point(core, &inputs).map_or_else(|| possible(core, &inputs), Possible::from);
                    worked.cells.push(value);
                }
            }
            Cell::Gather(what) => {
                let members = subjects.iter().map(|worked| Member {
                    id: &worked.facts.subject,
                    cohort: worked.facts.cohort.as_deref().unwrap_or(""),
                    parent: worked.facts.parent.as_deref(),
                    cells: &worked.cells,
                });
                let values = gather(what, &members.collect::<Vec<_>>());
                for (worked, value) in subjects.iter_mut().zip(values) {
                    worked.cells.push(value);
                }
            }
        }
        let most = if leaves.contains(&place) {
            MOST
        } else if place == scheme.layout().full_total {
            FEW
        } else {
            continue;
        };
        for worked in &mut subjects {
            tighten(program, place, worked, most);
        }
    }
    let mut problems = Vec::new();
    let mut sheets = Vec::with_capacity(rows.len());
    for worked in &subjects {
        match write(scheme, worked, true) {
            Ok(sheet) => sheets.push(sheet),
            Err(findings) => problems.extend(findings),
        }
    }
    if problems.is_empty() {
        Ok(sheets)
    } else {
        Err(Error::new(ErrorKind::Refused, problems))
    }
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

fn admitted(scheme: &Scheme, table: &Table<'_>, row: usize) -> Vec<Admitted> {
    let inputs = scheme.program().inputs.iter().zip(&table.columns);
    inputs
        .map(|(input, column)| {
            let declaration = &input.declaration;
            let unknown = Admitted::anything(declaration);
            match column.presence(row) {
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
            }
        })
        .collect()
}

fn number(values: &[i64], scale: u32, row: usize) -> Option<Exact> {
    let scale = 10_i128.checked_pow(scale)?;
    Exact::ratio(i128::from(*values.get(row)?), scale)
}

fn held(column: &Column<'_>, row: usize, words: &[String], fields: &[FieldDeclaration]) -> Option<Held> {
    Some(match &column.values {
        Values::Absent | Values::Text(_) => return None,
        Values::Number { values, scale } => Held::Number(Interval::point(number(values, *scale, row)?)),
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
        Values::Number { values, .. } if field.kind == crate::fact::FieldKind::Date => {
            Scalar::Day(Date::from_number(*values.get(event)?)?)
        }
        Values::Number { values, scale } => Scalar::Number(number(values, *scale, event)?),
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
