//! Holding reported values against their declarations.

use std::collections::{BTreeMap, BTreeSet};

use super::events::admit_events;
use super::held::{Judged, shown_day};
use super::{
    Admitted, Declaration, FactValue, Facts, FieldValue, Held, HeldEvents, Input, Kind, Source, State, ZeroRule,
    ballots,
};
use crate::calendar::Date;
use crate::document::{extend, nearest, private_use_in};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::exact::{Exact, Interval};

/// The facts of one subject, admitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// Host id of the subject.
    pub subject: String,
    /// Id of the scheme that the facts name.
    pub scheme: String,
    /// Every input: the declared facts in declared order, then what is derived from them.
    pub facts: Vec<Admitted>,
    /// What admission found, in the same order.
    pub findings: Vec<Finding>,
}

impl Admission {
    /// The admitted input of this name.
    pub fn get(&self, name: &str) -> Option<&Admitted> {
        self.facts.iter().find(|fact| fact.name == name)
    }
}

/// Admits what a scheme reads of a subject.
///
/// `year` is the year that the scheme assesses: the value of n years before is looked for n years before it. What is
/// unknown, pending or approximate is admitted as what it may be, with a finding; what is derived has one only when it is
/// missing. The order of facts and findings is that of the inputs.
///
/// # Errors
/// All at once: facts that are not declared, values of the wrong kind, out of range, not whole, or of an unknown word,
/// ballots that do not add up, a judged value without who and why, a class that the scheme does not know.
pub fn admit(inputs: &[Input], year: u32, facts: &Facts) -> Result<Admission> {
    let mut desk = Desk::default();
    let declared: BTreeSet<&str> = inputs
        .iter()
        .filter(|input| input.source == Source::Now)
        .map(|input| input.declaration.name.as_str())
        .collect();
    let reported: BTreeMap<&str, &FactValue> = facts
        .values
        .iter()
        .map(|(name, value)| (name.as_str(), value))
        .collect();
    for (name, _) in &facts.values {
        if !declared.contains(name.as_str()) {
            let near = nearest(name, declared.iter().copied());
            desk.errors.push(undeclared(name, near));
        }
    }
    let mut admitted: Vec<Admitted> = Vec::with_capacity(inputs.len());
    for input in inputs {
        let declaration = &input.declaration;
        let of = inputs
            .get(input.of)
            .map_or(declaration.name.as_str(), |of| of.declaration.name.as_str());
        let fact = match &input.source {
            Source::Now => desk.fact(declaration, reported.get(of).copied()),
            Source::Last(years) => {
                let before = year.saturating_sub(*years);
                let values = facts.history.iter().find(|(year, _)| *year == before);
                let value = values.and_then(|(_, values)| values.iter().find(|(name, _)| name == of));
                desk.here = extend(&extend("/history", &before.to_string()), of);
                desk.derived(declaration, value.map(|(_, value)| value))
                    .unwrap_or_else(|| {
                        desk.missing(
                            "fact.no_history",
                            declaration,
                            format!("没有“{of}”{before}年的值，得分按取值范围计为区间，请在 history 中补报"),
                            format!("\"{of}\" of {before} is not given in history: it makes the score an interval"),
                        )
                    })
            }
            Source::Target => {
                let value = facts.targets.iter().find(|(name, _)| name == of);
                desk.here = extend("/targets", of);
                desk.derived(declaration, value.map(|(_, value)| value))
                    .unwrap_or_else(|| {
                        desk.missing(
                            "fact.no_target",
                            declaration,
                            format!("没有“{of}”的目标值，得分按取值范围计为区间，请在 targets 中补报或由责任书下达"),
                            format!("the target of \"{of}\" is not given: it makes the score an interval"),
                        )
                    })
            }
            Source::Issued | Source::Returned | Source::Valid | Source::Votes(_) => {
                let poll = admitted.get(input.of);
                Admitted {
                    name: declaration.name.clone(),
                    kind: declaration.kind,
                    state: poll.map_or(State::Unknown, |poll| poll.state),
                    held: poll.map_or_else(|| anything(declaration), |poll| ballots::part(&poll.held, input)),
                    judged: None,
                }
            }
            Source::Class => desk.class(declaration, facts.class.as_deref()),
        };
        admitted.push(fact);
    }
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
    /// The pointer of the value at hand.
    pub(super) here: String,
    /// Whether the value at hand is derived: then nothing but errors is said of it.
    quiet: bool,
}

impl Desk {
    pub(super) fn error(&mut self, code: &'static str, pointer: String, zh: String, en: String) {
        self.errors.push(Finding::error(code, pointer, zh, en));
    }

    pub(super) fn warn(&mut self, code: &'static str, name: &str, zh: String, en: String) {
        self.found(Finding::warning(code, zh, en), name);
    }

    fn notice(&mut self, code: &'static str, name: &str, zh: String, en: String) {
        self.found(Finding::notice(code, zh, en), name);
    }

    fn found(&mut self, finding: Finding, name: &str) {
        if !self.quiet {
            self.findings.push(finding.about(name).at(self.here.clone()));
        }
    }

    /// A declared fact, as reported.
    fn fact(&mut self, declaration: &Declaration, value: Option<&FactValue>) -> Admitted {
        self.here = extend("/facts", &declaration.name);
        for text in value.into_iter().flat_map(FactValue::texts) {
            if let Some(finding) = private_use_in(text) {
                self.found(finding, &declaration.name);
            }
        }
        if declaration.judged
            && matches!(
                value,
                Some(
                    FactValue::Number(_)
                        | FactValue::Text(_)
                        | FactValue::Truth(_)
                        | FactValue::Zero(_)
                        | FactValue::AtLeast(_)
                )
            )
        {
            let (name, form) = (
                &declaration.name,
                r#"{"state":"judged","value":…,"by":"…","reason":"…"}"#,
            );
            self.error(
                "fact.not_judged",
                self.here.clone(),
                format!("“{name}”由人评定，须写明评定人和理由：{form}"),
                format!("\"{name}\" is judged by somebody: say who and why: {form}"),
            );
            return Admitted::anything(declaration);
        }
        self.admitted(declaration, value)
    }

    /// What is derived from a declared fact; `None` when it is not known.
    fn derived(&mut self, declaration: &Declaration, value: Option<&FactValue>) -> Option<Admitted> {
        if matches!(value?, FactValue::Unknown | FactValue::Pending) {
            return None;
        }
        self.quiet = true;
        let admitted = self.admitted(declaration, value);
        self.quiet = false;
        Some(admitted)
    }

    fn missing(&mut self, code: &'static str, declaration: &Declaration, zh: String, en: String) -> Admitted {
        self.warn(code, &declaration.name, zh, en);
        Admitted::anything(declaration)
    }

    fn class(&mut self, declaration: &Declaration, class: Option<&str>) -> Admitted {
        let words = &declaration.words;
        let known = class.filter(|class| words.iter().any(|word| word == class));
        if known.is_none() {
            let (zh, en) = match class {
                Some(class) => (
                    format!("没有对象类别“{class}”"),
                    format!("there is no class \"{class}\""),
                ),
                None => (
                    "没有写明对象类别 class".to_owned(),
                    "the class of the subject is missing".to_owned(),
                ),
            };
            self.error(
                "fact.class",
                "/class".to_owned(),
                format!("{zh}，应为：{}", words.join("、")),
                format!("{en}; it is one of: {}", words.join(", ")),
            );
        }
        Admitted {
            name: declaration.name.clone(),
            kind: declaration.kind,
            state: State::Known,
            held: Held::Word(known.map(str::to_owned)),
            judged: None,
        }
    }

    fn admitted(&mut self, declaration: &Declaration, value: Option<&FactValue>) -> Admitted {
        let (state, held) = self.value(declaration, value);
        let judged = match value {
            Some(FactValue::Judged { by, reason, .. }) => Some(Judged {
                by: by.clone(),
                reason: reason.clone(),
            }),
            _ => None,
        };
        Admitted {
            name: declaration.name.clone(),
            kind: declaration.kind,
            state,
            held,
            judged,
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
            (Some(FactValue::AtLeast(bound)), kind) if kind.is_number() => self.at_least(declaration, bound),
            (Some(FactValue::Judged { value, .. }), _) => match self.plain(declaration, value) {
                Some(held) => (State::Judged, held),
                None => (State::Unknown, anything),
            },
            (Some(FactValue::Number(number)), _) => self.reported(declaration, &FieldValue::Number(number.clone())),
            (Some(FactValue::Text(text)), _) => self.reported(declaration, &FieldValue::Text(text.clone())),
            (Some(FactValue::Truth(truth)), _) => self.reported(declaration, &FieldValue::Truth(*truth)),
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
            (
                Some(FactValue::Ballots {
                    issued,
                    returned,
                    valid,
                    votes,
                }),
                Kind::Ballots,
            ) => ballots::admit_ballots(self, declaration, [*issued, *returned, *valid], votes),
            (Some(_), _) => {
                let _: Option<Held> = self.wrong_kind(declaration);
                (State::Unknown, anything)
            }
        }
    }

    /// A value without a state of its own. A zero that nobody declared may not count.
    fn reported(&mut self, declaration: &Declaration, value: &FieldValue) -> (State, Held) {
        let Some(held) = self.plain(declaration, value) else {
            return (State::Unknown, anything(declaration));
        };
        let nought = matches!(&held, Held::Number(number) if number.single().is_some_and(Exact::is_zero));
        if !nought {
            return (State::Known, held);
        }
        if self.zero_counts(declaration) {
            (State::ZeroUndeclared, held)
        } else {
            (State::Unknown, anything(declaration))
        }
    }

    /// What is held of a number, a truth, a word or a day.
    fn plain(&mut self, declaration: &Declaration, value: &FieldValue) -> Option<Held> {
        let number = |number: &Exact| Some(Held::Number(Interval::point(number.clone())));
        match (value, declaration.kind) {
            (FieldValue::Number(given), kind) if kind.is_number() => {
                self.in_range(declaration, given);
                number(given)
            }
            (FieldValue::Text(text), kind) if kind.is_number() => match Exact::from_text(text) {
                Some(given) => {
                    self.in_range(declaration, &given);
                    number(&given)
                }
                None => self.wrong_kind(declaration),
            },
            (FieldValue::Truth(truth), Kind::YesNo) => Some(Held::Truth(Some(*truth))),
            (FieldValue::Text(text), Kind::Choice) => {
                if !declaration.words.contains(text) {
                    self.unknown_word(self.here.clone(), text, &declaration.words);
                }
                Some(Held::Word(Some(text.clone())))
            }
            (FieldValue::Text(text), Kind::Date) => match Date::from_iso(text) {
                Some(day) => {
                    let day = Exact::from(day.number());
                    self.in_range(declaration, &day);
                    number(&day)
                }
                None => self.wrong_kind(declaration),
            },
            _ => self.wrong_kind(declaration),
        }
    }

    fn at_least(&mut self, declaration: &Declaration, bound: &Exact) -> (State, Held) {
        let name = &declaration.name;
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

    /// Whether a zero that nobody declared counts; says which.
    fn zero_counts(&mut self, declaration: &Declaration) -> bool {
        let name = &declaration.name;
        let counts = self.quiet || declaration.zero != Some(ZeroRule::Declared);
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
            let shown = if declaration.kind == Kind::Date {
                shown_day
            } else {
                Exact::to_string
            };
            let (number, low, high) = (shown(number), shown(&low), shown(&high));
            self.error(
                "fact.out_of_range",
                self.here.clone(),
                format!("“{name}”为 {number}，超出声明的范围 {low} 至 {high}"),
                format!("\"{name}\" is {number}, outside its declared range {low} to {high}"),
            );
        }
        if declaration.kind == Kind::Count && !number.is_whole() {
            self.error(
                "fact.not_whole",
                self.here.clone(),
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

    fn wrong_kind<T>(&mut self, declaration: &Declaration) -> Option<T> {
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
            Kind::Ballots => (
                "票数 {\"issued\":…,\"returned\":…,\"valid\":…,\"votes\":{…}}",
                "ballots: {\"issued\":…,\"returned\":…,\"valid\":…,\"votes\":{…}}",
            ),
        };
        self.error(
            "fact.wrong_kind",
            self.here.clone(),
            format!("“{name}”声明为{}，应报{zh}", kind.zh()),
            format!("\"{name}\" is declared as {}: give {en}", kind.word()),
        );
        None
    }
}

/// All that the declaration allows.
fn anything(declaration: &Declaration) -> Held {
    match declaration.kind {
        Kind::Count | Kind::Number | Kind::Money | Kind::Date => {
            Held::Number(Interval::between(declaration.least(), declaration.greatest()))
        }
        Kind::YesNo => Held::Truth(None),
        Kind::Choice => Held::Word(None),
        Kind::Events => Held::Events(HeldEvents {
            list: Vec::new(),
            unseen: declaration.greatest(),
        }),
        Kind::Ballots => ballots::anything(declaration),
    }
}

impl Admitted {
    /// A fact of which only its declaration is known.
    pub fn anything(declaration: &Declaration) -> Self {
        Admitted {
            name: declaration.name.clone(),
            kind: declaration.kind,
            state: State::Unknown,
            held: anything(declaration),
            judged: None,
        }
    }
}

fn no_events() -> Held {
    Held::Events(HeldEvents {
        list: Vec::new(),
        unseen: Exact::ZERO,
    })
}
