//! Holding reported values against their declarations.

use std::collections::{BTreeMap, BTreeSet};

use super::events::admit_events;
use super::{Admitted, Declaration, FactValue, Facts, Held, HeldEvents, Kind, State, ZeroRule};
use crate::calendar::Date;
use crate::document::{extend, nearest};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::{Exact, Interval};

/// The facts of one subject, admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Host id of the subject.
    pub subject: String,
    /// Id of the scheme that the facts name.
    pub scheme: String,
    /// Every declared fact, in declared order.
    pub facts: Vec<Admitted>,
    /// What admission found, in declared order.
    pub findings: Vec<Finding>,
}

impl Admission {
    /// The admitted fact of this name.
    pub fn get(&self, name: &str) -> Option<&Admitted> {
        self.facts.iter().find(|fact| fact.name == name)
    }
}

/// Admits the facts of a subject under the declarations of a scheme.
///
/// What is unknown, pending or approximate is admitted as what it may be, with a finding. The order of facts and
/// findings is that of the declarations.
///
/// # Errors
/// All at once: facts that are not declared, values of the wrong kind, out of range, not whole, or of an unknown word.
pub fn admit(declarations: &[Declaration], facts: &Facts) -> Result<Admission> {
    let mut desk = Desk::default();
    let declared: BTreeSet<&str> = declarations
        .iter()
        .map(|declaration| declaration.name.as_str())
        .collect();
    let reported: BTreeMap<&str, &FactValue> = facts
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    for (name, _) in &facts.values {
        if !declared.contains(name.as_str()) {
            let near = nearest(name, declarations.iter().map(|declaration| declaration.name.as_str()));
            desk.errors.push(undeclared(name, near));
        }
    }
    let admitted: Vec<Admitted> = declarations
        .iter()
        .map(|declaration| desk.fact(declaration, reported.get(declaration.name.as_str()).copied()))
        .collect();
    if desk.errors.is_empty() {
        Ok(Admission {
            subject: facts.subject.clone(),
            scheme: facts.scheme.clone(),
            facts: admitted,
            findings: desk.findings,
        })
    } else {
        Err(Error::new(ErrorKind::Document, desk.errors))
    }
}

fn undeclared(name: &str, near: Option<&str>) -> Finding {
    Finding::error(
        "fact.undeclared",
        extend("/facts", name),
        match near {
            Some(near) => format!("办法没有声明事实“{name}”，是否应为“{near}”？"),
            None => format!("办法没有声明事实“{name}”，请删除或更正"),
        },
        match near {
            Some(near) => format!("the scheme declares no fact \"{name}\"; did you mean \"{near}\"?"),
            None => format!("the scheme declares no fact \"{name}\"; remove or correct it"),
        },
    )
}

/// Where errors and findings of one admission gather.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) errors: Vec<Finding>,
    pub(super) findings: Vec<Finding>,
}

impl Desk {
    pub(super) fn error(&mut self, code: &'static str, pointer: String, zh: String, en: String) {
        self.errors.push(Finding::error(code, pointer, zh, en));
    }

    pub(super) fn warn(&mut self, code: &'static str, name: &str, zh: String, en: String) {
        self.findings
            .push(Finding::warning(code, zh, en).about(name).at(extend("/facts", name)));
    }

    fn notice(&mut self, code: &'static str, name: &str, zh: String, en: String) {
        self.findings
            .push(Finding::notice(code, zh, en).about(name).at(extend("/facts", name)));
    }

    fn fact(&mut self, declaration: &Declaration, value: Option<&FactValue>) -> Admitted {
        let (state, held) = self.value(declaration, value);
        Admitted {
            name: declaration.name.clone(),
            state,
            held,
        }
    }

    fn value(&mut self, declaration: &Declaration, value: Option<&FactValue>) -> (State, Held) {
        let name = &declaration.name;
        let anything = anything(declaration);
        match (value, declaration.kind) {
            (None | Some(FactValue::Pending), _) => {
                let (zh, en) = match &declaration.supplier {
                    Some(supplier) => (format!("（报送单位：{supplier}）"), format!(" by {supplier}")),
                    None => (String::new(), String::new()),
                };
                self.warn(
                    "fact.pending",
                    name,
                    format!("“{name}”尚未报送{zh}，得分按取值范围计为区间，不按零计"),
                    format!("\"{name}\" has not been reported{en}; the score is an interval until it is"),
                );
                (State::Pending, anything)
            }
            (Some(FactValue::Unknown), _) => {
                self.warn(
                    "fact.unknown",
                    name,
                    format!("“{name}”不明，得分按取值范围计为区间，不按零计"),
                    format!("\"{name}\" is unknown: it makes the score an interval, it is not zero"),
                );
                (State::Unknown, anything)
            }
            (Some(FactValue::NotApplicable(_)), _) => (State::NotApplicable, Held::NotApplicable),
            (Some(FactValue::Zero(_)), Kind::Events) => (State::Zero, no_events()),
            (Some(FactValue::Zero(_)), kind) if kind.is_number() => {
                self.in_range(declaration, &Exact::ZERO);
                (State::Zero, Held::Number(Interval::point(Exact::ZERO)))
            }
            (Some(FactValue::AtLeast(bound)), kind) if kind.is_number() => {
                self.in_range(declaration, bound);
                if declaration.exact {
                    self.warn(
                        "fact.approximate",
                        name,
                        format!("“{name}”只报了概数（不少于 {bound}），办法要求准确数，请核实"),
                        format!("\"{name}\" is given as at least {bound}; the scheme asks for the exact value"),
                    );
                }
                let high = declaration.greatest();
                let state = if *bound == high { State::Known } else { State::AtLeast };
                (state, Held::Number(Interval::between(bound.clone(), high)))
            }
            (Some(FactValue::Number(number)), kind) if kind.is_number() => self.number(declaration, number),
            (Some(FactValue::Text(text)), kind) if kind.is_number() && Exact::from_text(text).is_some() => {
                self.number(declaration, &Exact::from_text(text).unwrap_or(Exact::ZERO))
            }
            (Some(FactValue::Truth(truth)), Kind::YesNo) => (State::Known, Held::Truth(Some(*truth))),
            (Some(FactValue::Text(text)), Kind::Choice) => {
                if !declaration.words.contains(text) {
                    self.unknown_word(extend("/facts", name), text, &declaration.words);
                }
                (State::Known, Held::Word(Some(text.clone())))
            }
            (Some(FactValue::Text(text)), Kind::Date) => {
                let day = Date::from_iso(text);
                if day.is_none() {
                    self.wrong_kind(declaration);
                }
                (State::Known, Held::Day(day))
            }
            (Some(FactValue::Events { events, complete }), Kind::Events) => {
                if events.is_empty() && *complete {
                    return if self.zero_counts(declaration) {
                        (State::ZeroUndeclared, no_events())
                    } else {
                        (State::Unknown, anything)
                    };
                }
                admit_events(self, declaration, events, *complete)
            }
            (Some(_), _) => {
                self.wrong_kind(declaration);
                (State::Unknown, anything)
            }
        }
    }

    fn number(&mut self, declaration: &Declaration, number: &Exact) -> (State, Held) {
        if number.is_zero() && !self.zero_counts(declaration) {
            return (State::Unknown, anything(declaration));
        }
        self.in_range(declaration, number);
        let state = if number.is_zero() {
            State::ZeroUndeclared
        } else {
            State::Known
        };
        (state, Held::Number(Interval::point(number.clone())))
    }

    /// Whether a zero that nobody declared counts; says which.
    fn zero_counts(&mut self, declaration: &Declaration) -> bool {
        let name = &declaration.name;
        let counts = declaration.zero != Some(ZeroRule::Declared);
        if counts {
            self.notice(
                "fact.zero_undeclared",
                name,
                format!("“{name}”报为零，但没有写明由哪个岗位申报，暂按零计"),
                format!("\"{name}\" is zero without a declaring post; it is taken as zero"),
            );
        } else {
            self.warn(
                "fact.zero_undeclared",
                name,
                format!("“{name}”报为零，办法要求写明申报岗位，未写明前按不明处理"),
                format!("\"{name}\" is zero, but the scheme asks who declares it; until then it is unknown"),
            );
        }
        counts
    }

    fn in_range(&mut self, declaration: &Declaration, number: &Exact) {
        let name = &declaration.name;
        let (low, high) = (declaration.least(), declaration.greatest());
        if *number < low || *number > high {
            self.error(
                "fact.out_of_range",
                extend("/facts", name),
                format!("“{name}”为 {number}，超出声明的范围 {low} 至 {high}"),
                format!("\"{name}\" is {number}, outside its declared range {low} to {high}"),
            );
        }
        if declaration.kind == Kind::Count && !number.is_whole() {
            self.error(
                "fact.not_whole",
                extend("/facts", name),
                format!("“{name}”是数量，应为整数，实际是 {number}"),
                format!("\"{name}\" counts things: {number} is not a whole number"),
            );
        }
    }

    pub(super) fn unknown_word(&mut self, pointer: String, text: &str, words: &[String]) {
        self.error(
            "fact.unknown_word",
            pointer,
            format!("“{text}”不在选项之内，应为：{}", words.join("、")),
            format!("\"{text}\" is not one of: {}", words.join(", ")),
        );
    }

    fn wrong_kind(&mut self, declaration: &Declaration) {
        let (name, kind) = (&declaration.name, declaration.kind);
        let (zh, en) = match kind {
            Kind::Count | Kind::Number | Kind::Money => ("数字", "a number"),
            Kind::Date => ("日期，如 \"2022-12-31\"", "a day such as \"2022-12-31\""),
            Kind::YesNo => ("true 或 false", "true or false"),
            Kind::Choice => ("选项之一", "one of the declared words"),
            Kind::Events => (
                "事件清单 {\"events\":[…],\"complete\":…}",
                "events: {\"events\":[…],\"complete\":…}",
            ),
        };
        self.error(
            "fact.wrong_kind",
            extend("/facts", name),
            format!("“{name}”声明为{}，应报{zh}", kind.zh()),
            format!("\"{name}\" is declared as {}: give {en}", kind.word()),
        );
    }
}

/// All that the declaration allows.
fn anything(declaration: &Declaration) -> Held {
    match declaration.kind {
        Kind::Count | Kind::Number | Kind::Money => {
            Held::Number(Interval::between(declaration.least(), declaration.greatest()))
        }
        Kind::Date => Held::Day(None),
        Kind::YesNo => Held::Truth(None),
        Kind::Choice => Held::Word(None),
        Kind::Events => Held::Events(HeldEvents {
            list: Vec::new(),
            unseen: declaration.greatest(),
        }),
    }
}

impl Admitted {
    /// A fact of which only its declaration is known.
    pub fn anything(declaration: &Declaration) -> Self {
        Admitted {
            name: declaration.name.clone(),
            state: State::Unknown,
            held: anything(declaration),
        }
    }
}

fn no_events() -> Held {
    Held::Events(HeldEvents {
        list: Vec::new(),
        unseen: Exact::ZERO,
    })
}
