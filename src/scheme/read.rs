//! Reading a scheme document: fields first, then meaning, then the order of what uses what.

use std::collections::BTreeMap;

use super::core::{Core, Phrase};
use super::expression::{Named, Names, Type};
use super::layout::{Change, Layout, Shown};
use super::link::{Cells, renumber};
use super::order::{Build, Place};
use super::program::Program;
use super::text::{SchemeText, Status};
use super::{Question, Questions, Rule};
use crate::calendar::WorkCalendars;
use crate::document::{Cursor, Problems, Read, Value, canonical, expect_kind, parse, sm3_hex};
use crate::error::{Error, ErrorKind, Finding, Result, Severity};
use crate::fact::{Declaration, Inputs, is_name};

/// A scheme (考核办法) that was read, checked and linked. It never changes.
#[derive(Clone, Debug)]
pub struct Scheme {
    text: SchemeText,
    document: Value,
    program: Program,
    layout: Layout,
    rules: Vec<(String, Rule)>,
    /// Places of the rules by id.
    places: BTreeMap<String, usize>,
    questions: Vec<Question>,
    digest: String,
}

/// The same document means the same scheme.
impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.digest == other.digest
    }
}

impl Eq for Scheme {}

/// The editions of the language that this version of the library knows.
pub const EDITIONS: &[&str] = &["1"];

impl Scheme {
    /// Reads a scheme document.
    ///
    /// # Errors
    /// Unsupported for another kind, format or edition; else all problems at once, and for an adopted scheme also every
    /// question that it leaves open.
    pub fn parse(text: &[u8]) -> Result<Scheme> {
        Scheme::read(&parse(text)?)
    }

    /// Reads a scheme from a tree.
    ///
    /// # Errors
    /// As [`Scheme::parse`].
    pub fn read(document: &Value) -> Result<Scheme> {
        expect_kind(document, "scheme")?;
        let edition = document.get("edition").and_then(Value::as_text);
        if !edition.is_some_and(|edition| EDITIONS.contains(&edition)) {
            let (zh, en) = (
                "本版本只认识语言版本（edition）\"1\"",
                "this version of the library knows edition \"1\" only",
            );
            return Err(Error::one(
                ErrorKind::Unsupported,
                Finding::error("scheme.edition", "/edition", zh, en),
            ));
        }
        let problems = Problems::new();
        let text = SchemeText::read(&Cursor::root(document, &problems));
        let questions = Questions::default();
        let linked = match &text {
            Some(text) => link(text, document, &problems, &questions),
            None => None,
        };
        let read = text.zip(linked);
        let (text, linked) = problems.settle(ErrorKind::Document, read)?;
        let questions = questions.into_list();
        if text.status == Status::Adopted && !questions.is_empty() {
            let open = questions.into_iter().map(|question| {
                let mut finding = question.finding;
                finding.severity = Severity::Error;
                finding
            });
            return Err(Error::new(ErrorKind::Refused, open.collect()));
        }
        let (program, layout, rules) = linked;
        Ok(Scheme {
            text,
            document: document.clone(),
            program,
            layout,
            places: rules
                .iter()
                .enumerate()
                .map(|(place, (id, _))| (id.clone(), place))
                .collect(),
            rules,
            questions,
            digest: sm3_hex(canonical(document).as_bytes()),
        })
    }

    /// What the document says, field by field.
    pub fn text(&self) -> &SchemeText {
        &self.text
    }

    /// The document itself.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Id.
    pub fn id(&self) -> &str {
        &self.text.id
    }

    /// The declared facts.
    pub fn facts(&self) -> &[Declaration] {
        &self.text.facts.0
    }

    /// What is worked out.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What the sheet shows.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The rules of all items, by id, in document order, those of pools last.
    pub fn rules(&self) -> &[(String, Rule)] {
        &self.rules
    }

    /// The rule of an item.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        let place = self.places.get(id)?;
        self.rules.get(*place).map(|(_, rule)| rule)
    }

    /// The grades, best first.
    pub fn grades(&self) -> Vec<&str> {
        let grades = self.text.grades.iter();
        grades
            .flat_map(|grades| grades.bands.iter().map(|band| band.grade.as_str()))
            .collect()
    }

    /// Whether a score depends on other subjects of the same run.
    pub fn needs_cohort(&self) -> bool {
        self.program
            .cells
            .iter()
            .any(|cell| matches!(cell, super::program::Cell::Gather(_)))
    }

    /// The schemes whose results it includes.
    pub fn includes(&self) -> impl Iterator<Item = (&str, &super::core::Includes)> {
        self.rules
            .iter()
            .filter_map(|(id, rule)| Some((id.as_str(), rule.lowered.includes.as_ref()?)))
    }

    /// The questions that a draft leaves open (待明确事项).
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// SM3 digest of the canonical document.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

type LinkedScheme = (Program, Layout, Vec<(String, Rule)>);

/// Meaning and order of a scheme; `None` after a problem.
fn link(text: &SchemeText, document: &Value, problems: &Problems, questions: &Questions) -> Option<LinkedScheme> {
    let before = problems.count();
    let inputs = Inputs::new(&text.facts.0, &text.classes);
    let mut calendars = WorkCalendars::new();
    for (number, calendar) in text.calendar.iter().enumerate() {
        if let Err(error) = calendars.add(calendar.clone()) {
            for finding in error.within(&format!("/calendar/{number}")).findings() {
                problems.push(finding.clone());
            }
        }
    }
    let base = Names {
        inputs: &inputs,
        defined: &[],
        totals: false,
        full_total: false,
        calendars: !text.calendar.is_empty(),
    };
    let (defined, named) = definitions(text, &base, problems);
    let names = Names {
        defined: &named,
        ..base
    };
    let mut build = Build::new(text, &names, problems, questions);
    build.cells = Cells::of(document);
    for (name, core) in &defined {
        let (cell, condition) = build.cells.define(name, core);
        build.defined.insert(name.clone(), condition);
        build.layout.definitions.push((name.clone(), cell));
    }
    let top = build.list(
        &text.items,
        Place {
            pointer: "/items",
            pool: false,
            negative: false,
        },
    );
    top_questions(text, problems, questions);
    build.finish(&top);
    build.finish_mean_rate();
    if problems.count() > before {
        return None;
    }
    let (mut layout, rules) = (build.layout, build.rules);
    // What lines print stands in cells too, so that it is worked out once for each subject.
    let mut cells = build.cells;
    for line in &mut layout.lines {
        for phrase in line.arithmetic.iter_mut().chain(&mut line.reason) {
            if let Phrase::Value(core) | Phrase::Perhaps(core) = phrase {
                *core = cells.resolve(core, problems);
            }
        }
    }
    for node in &mut layout.nodes {
        node.full = cells.resolve(&node.full, problems);
    }
    let linked = cells.link(problems)?;
    let layout = moved(layout, &linked.moved);
    let program = Program {
        inputs: inputs.list(),
        cells: linked.cells,
        calendars,
    };
    Some((program, layout, rules))
}

/// What the scheme as a whole must answer before its grades.
fn top_questions(text: &SchemeText, problems: &Problems, questions: &Questions) {
    if text.rounding.is_none() {
        let (zh, en) = (
            "得分如何修约？写明 when（item 或 total）、place、mode",
            "how and when are points rounded?",
        );
        const ROUNDING: &[(&str, &str)] = &[(
            "{\"when\":\"total\",\"place\":2,\"mode\":\"half_up\"}",
            "总分四舍五入保留两位小数",
        )];
        questions.ask("", "rounding", zh, en, ROUNDING);
    }
    if text.rounding.as_ref().is_some_and(|rule| rule.rounding().is_none()) {
        let finding = Finding::error(
            "scheme.rounding_place",
            "/rounding",
            "place 应为 0 至 18",
            "place is 0 to 18",
        );
        problems.push(finding);
    }
    if text.not_applicable.is_none() {
        let (zh, en) = ("不适用的项目如何计分？", "what does an item that does not apply do?");
        const MISSING: &[(&str, &str)] = &[
            ("\"renormalise\"", "剔除后按比例折算"),
            ("\"full\"", "计满分"),
            ("\"zero\"", "计零分"),
            ("\"mean\"", "按其余项目的平均得分率计"),
        ];
        questions.ask("", "not_applicable", zh, en, MISSING);
    }
}

/// The named values in their order, each of which may name those before it.
fn definitions(text: &SchemeText, base: &Names<'_>, problems: &Problems) -> (Vec<(String, Core)>, Vec<Named>) {
    let (mut defined, mut named) = (Vec::new(), Vec::<Named>::new());
    for (number, definition) in text.definitions.iter().enumerate() {
        let name = &definition.name;
        let pointer = format!("/definitions/{number}/name");
        let taken = base.inputs.named(name).is_some() || named.iter().any(|known| known.name == *name);
        if !is_name(name) || taken {
            let zh = format!("“{name}”不能用作定义的名称：应符合事实名称的写法，且不与事实或其他定义重名");
            let en = format!("\"{name}\" is no name for a definition, or is taken");
            problems.push(Finding::error("scheme.definition_name", pointer, zh, en));
            continue;
        }
        let names = Names {
            defined: &named,
            ..*base
        };
        let read = definition.value.any(&names, problems);
        let (core, kind) = read.unwrap_or((Core::ZERO, Type::Number));
        let one = Named::new(name, &core, kind, &names);
        named.push(one);
        defined.push((name.clone(), core));
    }
    (defined, named)
}

/// The layout over moved cells.
fn moved(mut layout: Layout, moved: &[usize]) -> Layout {
    let to = |cell: usize| moved.get(cell).copied().unwrap_or(cell);
    for line in &mut layout.lines {
        line.change = match line.change {
            Change::Value(cell) => Change::Value(to(cell)),
            Change::Step { from, to: after } => Change::Step {
                from: to(from),
                to: to(after),
            },
        };
        line.applies = line.applies.map(to);
        if let Shown::Unless(cell) = line.shown {
            line.shown = Shown::Unless(to(cell));
        }
        for phrase in line.arithmetic.iter_mut().chain(&mut line.reason) {
            if let Phrase::Value(core) | Phrase::Perhaps(core) = phrase {
                *core = renumber(core, moved);
            }
        }
    }
    for node in &mut layout.nodes {
        node.full = renumber(&node.full, moved);
        node.own = to(node.own);
        node.points = to(node.points);
        node.applies = to(node.applies);
        node.region = node.region.iter().map(|cell| to(*cell)).collect();
    }
    layout.total = to(layout.total);
    layout.full_total = to(layout.full_total);
    layout.rank = layout.rank.map(to);
    layout.grade = layout.grade.map(to);
    layout.earned_grade = layout.earned_grade.map(to);
    layout.applicable = layout.applicable.map(|(full, applicable)| (to(full), to(applicable)));
    for (_, cell) in &mut layout.definitions {
        *cell = to(*cell);
    }
    layout
}
