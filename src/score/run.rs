//! A run: one scheme over the subjects that are scored together, cell by cell.

use std::collections::BTreeSet;

use super::enumerate::{FEW, MOST};
use super::gather::{Member, gather};
use super::tighten::{branch, tighten};
use super::write::write;
use super::{Inputs, MissingYears, Possible, Results, Sheet, point, possible};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::{Admission, Facts, admit};
use crate::progress::{Progress, Watch};
use crate::scheme::{Cell, Program, Scheme};

/// One subject of a run.
#[derive(Clone, Copy, Debug)]
pub struct Entrant<'a> {
    /// Its facts.
    pub facts: &'a Facts,
    /// What other schemes gave it.
    pub results: &'a Results,
}

/// A subject with everything that was worked out.
pub(super) struct Worked<'a> {
    pub(super) admission: Admission,
    pub(super) facts: &'a Facts,
    pub(super) results: &'a Results,
    pub(super) cells: Vec<Possible>,
    /// Cells whose unknown facts were tried one by one.
    pub(super) tried: BTreeSet<usize>,
    pub(super) missing: MissingYears,
}

impl<'a> Worked<'a> {
    pub(super) fn new(admission: Admission, facts: &'a Facts, results: &'a Results) -> Self {
        Worked {
            admission,
            facts,
            results,
            cells: Vec::new(),
            tried: BTreeSet::new(),
            missing: MissingYears::default(),
        }
    }

    /// The value of a cell, in place of an earlier one.
    fn keep(&mut self, place: usize, value: Possible) {
        match self.cells.get_mut(place) {
            Some(slot) => *slot = value,
            None => self.cells.push(value),
        }
    }

    pub(super) fn inputs<'s>(&'s self, program: &'s Program) -> Inputs<'s> {
        Inputs {
            facts: &self.admission.facts,
            declared: &program.inputs,
            results: self.results,
            cells: &self.cells,
            calendars: &program.calendars,
            missing: &self.missing,
        }
    }
}

/// Scores the facts of one subject by itself.
///
/// # Errors
/// All problems of the facts at once; a refusal when the scheme looks at other subjects, or when a value has no bound
/// while facts are unknown.
pub fn score(scheme: &Scheme, facts: &Facts, results: &Results) -> Result<Sheet> {
    if scheme.needs_cohort() {
        let (zh, en) = (
            "办法含有名次、限额等同类组比较，须把同类对象一起评分",
            "the scheme compares subjects: score them together",
        );
        return Err(Error::one(
            ErrorKind::Refused,
            Finding::error("score.needs_cohort", "", zh, en).about(facts.subject.as_str()),
        ));
    }
    let mut sheets = score_together(scheme, &[Entrant { facts, results }])?;
    sheets.pop().ok_or_else(|| Error::new(ErrorKind::Refused, Vec::new()))
}

/// Scores subjects that are compared with each other, without results of other schemes.
///
/// # Errors
/// As [`score_together`].
pub fn score_cohort(scheme: &Scheme, facts: &[Facts]) -> Result<Vec<Sheet>> {
    let none = Results::new();
    let entrants: Vec<Entrant<'_>> = facts.iter().map(|facts| Entrant { facts, results: &none }).collect();
    score_together(scheme, &entrants)
}

/// As [`score_cohort`], under the eyes of whoever waits.
///
/// # Errors
/// As [`score_cohort`]; a refusal when the work was asked to stop.
pub fn score_cohort_watched(scheme: &Scheme, facts: &[Facts], progress: &Progress) -> Result<Vec<Sheet>> {
    let none = Results::new();
    let entrants: Vec<Entrant<'_>> = facts.iter().map(|facts| Entrant { facts, results: &none }).collect();
    score_together_watched(scheme, &entrants, progress)
}

/// Scores subjects that are compared with each other: those of one `cohort` are ranked together, and `parent` says who
/// stands below whom. One sheet each, in the order given.
///
/// # Errors
/// All problems of all facts at once, each about its subject; a refusal when two subjects have one id, when a value has
/// no bound while facts are unknown, or when a calendar lacks a year.
pub fn score_together(scheme: &Scheme, entrants: &[Entrant<'_>]) -> Result<Vec<Sheet>> {
    scored(scheme, entrants, Watch::NOBODY)
}

/// As [`score_together`], under the eyes of whoever waits.
///
/// # Errors
/// As [`score_together`]; a refusal when the work was asked to stop.
pub fn score_together_watched(scheme: &Scheme, entrants: &[Entrant<'_>], progress: &Progress) -> Result<Vec<Sheet>> {
    let watch = Watch::by(progress);
    watch.expect(steps_each(scheme).saturating_mul(entrants.len()));
    scored(scheme, entrants, watch)
}

/// Steps of a subject: it is admitted, every cell is worked out, its sheet is written.
pub(crate) fn steps_each(scheme: &Scheme) -> usize {
    scheme.program().cells.len().saturating_add(2)
}

/// The sheets of a run whose steps are expected already.
pub(crate) fn scored(scheme: &Scheme, entrants: &[Entrant<'_>], watch: Watch<'_>) -> Result<Vec<Sheet>> {
    let mut subjects = admitted(scheme, entrants, watch)?;
    work_out(scheme, &mut subjects, watch)?;
    sheets(scheme, &subjects, entrants.len() > 1 || scheme.needs_cohort(), watch)
}

/// One sheet each.
pub(super) fn sheets(scheme: &Scheme, subjects: &[Worked<'_>], together: bool, watch: Watch<'_>) -> Result<Vec<Sheet>> {
    let mut problems = Vec::new();
    let mut sheets = Vec::with_capacity(subjects.len());
    for worked in subjects {
        match write(scheme, worked, together) {
            Ok(sheet) => sheets.push(sheet),
            Err(findings) => problems.extend(findings),
        }
        watch.step(1)?;
    }
    if problems.is_empty() {
        Ok(sheets)
    } else {
        Err(Error::new(ErrorKind::Refused, problems))
    }
}

/// Works out every cell for every subject, and narrows what few unknown facts leave open.
pub(super) fn work_out(scheme: &Scheme, subjects: &mut [Worked<'_>], watch: Watch<'_>) -> Result<()> {
    let program = scheme.program();
    let leaves = scheme.layout().nodes.iter().filter(|node| !node.group);
    let leaves: BTreeSet<usize> = leaves.map(|node| node.own).collect();
    for place in 0..program.cells.len() {
        work_cell(program, place, subjects, |_| true);
        if leaves.contains(&place) {
            for worked in subjects.iter_mut() {
                tighten(program, place, worked, MOST);
            }
        } else if place == scheme.layout().full_total {
            for worked in subjects.iter_mut() {
                branch(scheme, worked);
                tighten(program, place, worked, FEW);
            }
        }
        watch.step(subjects.len())?;
    }
    Ok(())
}

/// Works out one cell: a gathered one for everybody, a mapped one for the subjects in the places that are wanted.
pub(super) fn work_cell(program: &Program, place: usize, subjects: &mut [Worked<'_>], wanted: impl Fn(usize) -> bool) {
    match program.cells.get(place) {
        None => {}
        Some(Cell::Map(core)) => {
            let asked = subjects.iter_mut().enumerate().filter(|(number, _)| wanted(*number));
            for (_, worked) in asked {
                let inputs = worked.inputs(program);
                let value = match point(core, &inputs) {
                    Some(point) => Possible::from(point),
                    None => possible(core, &inputs),
                };
                worked.keep(place, value);
            }
        }
        Some(Cell::Gather(what)) => {
            let members: Vec<Member<'_>> = subjects
                .iter()
                .map(|worked| Member {
                    id: &worked.facts.subject,
                    cohort: worked.facts.cohort.as_deref().unwrap_or(""),
                    parent: worked.facts.parent.as_deref(),
                    cells: &worked.cells,
                })
                .collect();
            let values = gather(what, &members);
            for (worked, value) in subjects.iter_mut().zip(values) {
                worked.keep(place, value);
            }
        }
    }
}

fn admitted<'a>(scheme: &Scheme, entrants: &[Entrant<'a>], watch: Watch<'_>) -> Result<Vec<Worked<'a>>> {
    let mut problems = Vec::new();
    let mut kind = ErrorKind::Document;
    let mut seen = BTreeSet::new();
    let mut subjects = Vec::with_capacity(entrants.len());
    for entrant in entrants {
        watch.step(1)?;
        let facts = entrant.facts;
        if facts.scheme != scheme.id() {
            kind = ErrorKind::Refused;
            let zh = format!("事实属于办法“{}”，不是“{}”", facts.scheme, scheme.id());
            let finding = Finding::error("score.other_scheme", "/scheme", zh, "the facts name another scheme");
            problems.push(finding.about(facts.subject.as_str()));
            continue;
        }
        if !seen.insert(facts.subject.as_str()) {
            kind = ErrorKind::Refused;
            let zh = format!("考核对象“{}”在同一次评分中出现两次", facts.subject);
            let en = format!("subject \"{}\" stands twice in one run", facts.subject);
            problems.push(Finding::error("score.subject_twice", "/subject", zh, en).about(facts.subject.as_str()));
            continue;
        }
        match admit(&scheme.program().inputs, scheme.text().year, facts) {
            Ok(admission) => subjects.push(Worked::new(admission, facts, entrant.results)),
            Err(error) => {
                let several = entrants.len() > 1;
                problems.extend(error.findings().iter().cloned().map(|finding| match several {
                    true => finding.about(facts.subject.as_str()),
                    false => finding,
                }));
            }
        }
    }
    if problems.is_empty() {
        Ok(subjects)
    } else {
        Err(Error::new(kind, problems))
    }
}
