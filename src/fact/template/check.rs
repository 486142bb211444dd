//! Holding what was filled in against the declarations, cell by cell.

use std::collections::BTreeMap;

use super::Filled;
use crate::document::{Cursor, Problems, Read};
use crate::error::Finding;
use crate::exact::Exact;
use crate::fact::{Declaration, FactValue, Facts, FieldValue, Inputs, Kind, admit};

/// Decimal places of a number of which the declaration states none.
pub(super) const PLACES: u32 = 2;

/// Where the values of subjects stand, by JSON pointer.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<String, BTreeMap<String, String>>);

impl Places {
    /// Notes where a value stands; of several cells the first.
    pub(super) fn put(&mut self, subject: &str, pointer: &str, address: String) {
        let own = match self.0.get_mut(subject) {
            Some(own) => own,
            None => self.0.entry(subject.to_owned()).or_default(),
        };
        own.entry(pointer.to_owned()).or_insert(address);
    }

    /// The cell of what stands at a pointer, or of what holds it: of a fact that stands in no cell none.
    fn find(&self, subject: &str, pointer: &str) -> Option<&str> {
        let own = self.0.get(subject)?;
        let mut pointer = pointer;
        while !pointer.is_empty() {
            if let Some(address) = own.get(pointer) {
                return Some(address);
            }
            (pointer, _) = pointer.rsplit_once('/')?;
        }
        None
    }
}

/// Tells what the declarations do not allow, and what admission finds, each with its cell. Of facts whose column was
/// left out nothing is found.
pub(super) fn check(
    declarations: &[Declaration],
    subjects: &[Filled],
    places: &Places,
    problems: &mut Vec<Finding>,
    findings: &mut Vec<Finding>,
) {
    // The year matters to nothing but values of earlier years, of which a table has none.
    let inputs = Inputs::new(declarations, &[]).list();
    for filled in subjects {
        let mut values = Vec::with_capacity(filled.facts.len());
        for (name, value) in &filled.facts {
            let read = Problems::new();
            if let Some(value) = FactValue::read(&Cursor::root(value, &read)) {
                values.push((name.clone(), value));
            }
            let pointer = crate::document::extend("/facts", name);
            let told = read.into_findings().into_iter().map(|mut finding| {
                finding.pointer = finding.pointer.map(|inner| format!("{pointer}{inner}"));
                finding
            });
            problems.extend(told.map(|finding| placed_or_told(finding, &filled.subject, places)));
        }
        for declaration in declarations {
            let finding = finer(declaration, &values);
            problems.extend(finding.map(|finding| placed_or_told(finding, &filled.subject, places)));
        }
        let facts = Facts {
            subject: filled.subject.clone(),
            values,
            ..Facts::default()
        };
        match admit(&inputs, 0, &facts) {
            Ok(admission) => {
                let found = admission.findings.into_iter();
                findings.extend(found.filter_map(|finding| placed(finding, &filled.subject, places)));
            }
            Err(error) => {
                let found = error.findings().iter().cloned();
                problems.extend(found.map(|finding| placed_or_told(finding, &filled.subject, places)));
            }
        }
    }
}

/// A number with more decimal places than are reported.
fn finer(declaration: &Declaration, values: &[(String, FactValue)]) -> Option<Finding> {
    if declaration.kind != Kind::Number {
        return None;
    }
    let (name, value) = values.iter().find(|(name, _)| *name == declaration.name)?;
    let number = match value {
        FactValue::Number(number) | FactValue::AtLeast(number) => number,
        FactValue::Judged {
            value: FieldValue::Number(number),
            ..
        } => number,
        _ => return None,
    };
    let most = declaration.places.unwrap_or(PLACES);
    let scale = Exact::ratio(10_i128.checked_pow(most)?, 1)?;
    if (number * &scale).is_whole() {
        return None;
    }
    Some(Finding::error(
        "fact.template_finer",
        crate::document::extend("/facts", name),
        format!("“{name}”按 {most} 位小数填报，{number} 的位数过多；公式结果请用 ROUND(…,{most}) 后重填"),
        format!("\"{name}\" is reported to {most} decimal places and {number} has more; round it"),
    ))
}

/// The problem at its cell, else about its subject: a problem is never left out.
fn placed_or_told(finding: Finding, subject: &str, places: &Places) -> Finding {
    placed(finding.clone(), subject, places).unwrap_or_else(|| finding.about(subject))
}

/// The finding at its cell; `None` where what it is about stands in none.
fn placed(mut finding: Finding, subject: &str, places: &Places) -> Option<Finding> {
    let at = places.find(subject, finding.pointer.as_deref()?)?;
    finding.zh = format!("{at}：{}", finding.zh);
    finding.en = format!("{at}: {}", finding.en);
    finding.pointer = Some(at.to_owned());
    Some(finding)
}
