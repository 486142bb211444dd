//! What a rule kind knows while it is read, and how it asks for what is missing.

use crate::document::Problems;
use crate::error::Finding;
use crate::exact::Interval;
use crate::fact::{FieldKind, Kind};
use crate::scheme::Questions;
use crate::scheme::amount::{Amount, Formula, Limit};
use crate::scheme::applies::Defined;
use crate::scheme::core::{Channel, Core, Phrase};
use crate::scheme::expression::{Names, Type, bounds, is_whole};

/// What a rule kind knows while it is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// What expressions may name.
    pub names: &'a Names<'a>,
    /// When definitions apply.
    pub(in crate::scheme) defined: &'a Defined,
    /// Where problems go.
    pub problems: &'a Problems,
    /// Where open questions go.
    pub questions: &'a Questions,
    /// The full points of the item.
    pub points: &'a Core,
    /// The full points as people read them.
    pub points_zh: &'a str,
    /// The item's title.
    pub title: &'a str,
    /// Where the rule stands.
    pub pointer: &'a str,
}

/// The answers to a question about a floor.
pub(super) const TO_NOUGHT: &[(&str, &str)] = &[("0", "扣完为止"), ("\"none\"", "不设下限")];
/// The answers to a question about a cap.
pub(super) const NO_CAP: &[(&str, &str)] = &[("\"none\"", "不封顶")];
/// The answers to a question about parts of a step.
pub(super) const PARTS: &[(&str, &str)] = &[
    ("\"whole\"", "不足一档不计"),
    ("\"proportional\"", "按比例计"),
    ("\"up\"", "不足一档按一档计"),
];

impl Reading<'_> {
    /// Records a problem at a place below the rule.
    pub(super) fn problem<T>(
        &self,
        place: &str,
        code: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) -> Option<T> {
        let pointer = if place.is_empty() {
            self.pointer.to_owned()
        } else {
            format!("{}/{place}", self.pointer)
        };
        self.problems.push(Finding::error(code, pointer, zh, en));
        None
    }

    /// The rule's own title, else the item's.
    pub(super) fn titled(&self, title: &Option<String>) -> String {
        title.clone().unwrap_or_else(|| self.title.to_owned())
    }

    /// A number.
    pub(super) fn number(&self, formula: &Formula) -> Option<Core> {
        formula.core(self.names, self.problems, Type::Number)
    }

    /// A condition.
    pub(super) fn truth(&self, formula: &Formula) -> Option<Core> {
        formula.core(self.names, self.problems, Type::Truth)
    }

    /// A word.
    pub(super) fn word(&self, formula: &Formula) -> Option<Core> {
        formula.core(self.names, self.problems, Type::Word)
    }

    /// A day.
    pub(super) fn day(&self, formula: &Formula) -> Option<Core> {
        formula.core(self.names, self.problems, Type::Day)
    }

    /// An expression over the fields of events.
    pub(super) fn over(&self, formula: &Formula, events: usize, expected: Type) -> Option<Core> {
        formula.over(self.names, self.problems, events, expected)
    }

    /// A filter over the fields of events; everything when there is none.
    pub(super) fn filter(&self, formula: &Option<Formula>, events: usize) -> Option<Core> {
        match formula {
            None => Some(Core::Truth(true)),
            Some(formula) => self.over(formula, events, Type::Truth),
        }
    }

    /// An amount.
    pub(super) fn amount(&self, amount: &Amount) -> Option<Core> {
        amount.core(self.names, self.problems)
    }

    /// An amount, or what stands when it is missing.
    pub(super) fn amount_or(&self, amount: &Option<Amount>, missing: Core) -> Option<Core> {
        match amount {
            None => Some(missing),
            Some(amount) => self.amount(amount),
        }
    }

    /// An amount that the clause must give.
    pub(super) fn forced_amount(&self, field: &str, amount: &Option<Amount>, zh: &str, en: &str) -> Option<Core> {
        if amount.is_none() {
            self.questions.ask(self.pointer, field, zh, en, &[("0", "不得分")]);
        }
        self.amount_or(amount, Core::ZERO)
    }

    /// A limit that the clause must give, at least as none.
    pub(super) fn limit(
        &self,
        field: &str,
        limit: &Option<Limit>,
        zh: &str,
        en: &str,
        answers: &[(&'static str, &'static str)],
    ) -> Option<Option<Core>> {
        match limit {
            None => {
                self.questions.ask(self.pointer, field, zh, en, answers);
                Some(None)
            }
            Some(limit) => self.stated(limit),
        }
    }

    /// A limit that is stated.
    pub(super) fn stated(&self, limit: &Limit) -> Option<Option<Core>> {
        match limit.amount() {
            None => Some(None),
            Some(amount) => self.amount(amount).map(Some),
        }
    }

    /// The floor of a rule that takes points off.
    pub(super) fn floor(&self, limit: &Option<Limit>) -> Option<Option<Core>> {
        self.limit(
            "floor",
            limit,
            "扣分扣到多少为止？",
            "where does the deduction stop?",
            TO_NOUGHT,
        )
    }

    /// A word that the clause must give; meanwhile it is taken as `meanwhile`.
    pub(super) fn forced<T: Copy>(
        &self,
        field: &str,
        given: Option<T>,
        meanwhile: T,
        zh: &str,
        en: &str,
        answers: &[(&'static str, &'static str)],
    ) -> T {
        given.unwrap_or_else(|| {
            self.questions.ask(self.pointer, field, zh, en, answers);
            meanwhile
        })
    }

    /// Whether the value is whole whatever the facts are.
    pub(super) fn is_whole(&self, core: &Core) -> bool {
        is_whole(core, self.names)
    }

    /// The range of a value within the declared ranges.
    pub(super) fn range(&self, core: &Core) -> Interval {
        bounds(core, self.names)
    }

    /// The declared list of events of this name.
    pub(super) fn events(&self, place: &str, name: &str) -> Option<usize> {
        self.fact(place, name, Kind::Events, "scheme.no_events", "事件清单")
    }

    /// The declared fact of this name and kind.
    pub(super) fn fact(&self, place: &str, name: &str, kind: Kind, code: &'static str, zh: &str) -> Option<usize> {
        let inputs = self.names.inputs;
        let found = inputs.named(name).filter(|found| {
            inputs
                .declaration(*found)
                .is_some_and(|declaration| declaration.kind == kind)
        });
        found.or_else(|| {
            let names = inputs.names();
            let near = crate::document::nearest(name, names.iter().map(String::as_str));
            let hint = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
            let (zh, en) = (
                format!("没有声明{zh}“{name}”{hint}"),
                format!("no fact \"{name}\" of kind {} is declared", kind.word()),
            );
            self.problem(place, code, zh, en)
        })
    }

    /// A field of events, of one of these kinds.
    pub(super) fn field(&self, place: &str, events: usize, name: &str, kinds: &[FieldKind]) -> Option<usize> {
        let declaration = self.names.inputs.declaration(events)?;
        let found = declaration.fields.iter().position(|field| field.name == name);
        let Some(found) = found else {
            let zh = format!("“{}”没有字段“{name}”", declaration.name);
            return self.problem(place, "scheme.no_field", zh, format!("there is no field \"{name}\""));
        };
        let fits = declaration
            .fields
            .get(found)
            .is_some_and(|field| kinds.contains(&field.kind));
        if fits {
            return Some(found);
        }
        let wanted: Vec<&str> = kinds.iter().map(|kind| kind.zh()).collect();
        let zh = format!("字段“{name}”应为{}字段", wanted.join("或"));
        let en = format!("field \"{name}\" is of another kind than this rule reads");
        self.problem(place, "scheme.no_field", zh, en)
    }

    /// The words of a choice field.
    pub(super) fn words(&self, events: usize, field: usize) -> Vec<String> {
        let declaration = self.names.inputs.declaration(events);
        declaration
            .and_then(|declaration| declaration.fields.get(field).map(|field| field.words.clone()))
            .unwrap_or_default()
    }
}

/// Words of a reason.
pub(super) fn text(text: impl Into<String>) -> Phrase {
    Phrase::Text(text.into())
}

/// A value in a reason.
pub(super) fn value(core: &Core) -> Phrase {
    Phrase::Value(core.clone())
}

/// A line of the sheet.
pub(super) fn channel(points: Core, arithmetic: Vec<Phrase>, reason: Vec<Phrase>) -> Channel {
    Channel {
        points,
        arithmetic,
        reason,
    }
}

/// `field == word`-style chain: the value of the row whose word it is; the last row where none is.
pub(super) fn by_word(word: &Core, rows: &[(String, Core)]) -> Core {
    let mut rows = rows.iter().rev();
    let Some((_, last)) = rows.next() else {
        return Core::ZERO;
    };
    rows.fold(last.clone(), |rest, (name, value)| {
        word.clone()
            .compared(crate::scheme::core::Compare::Equal, Core::Word(name.clone()))
            .select(value.clone(), rest)
    })
}
