//! Numeric parameters of rules: constants, expressions, tables by class or by a declared choice.

use super::core::{Compare, Core};
use super::expression::{self, Names, Type};
use crate::document::{Cursor, Problems, Read, Shape, Value};
use crate::exact::Exact;
use crate::fact::Kind;

/// An expression as it is written, with its place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The text.
    pub text: Value,
    /// Where it stands.
    pub pointer: String,
}

impl Formula {
    /// The text as people wrote it.
    pub fn zh(&self) -> &str {
        self.text.as_text().unwrap_or("")
    }

    /// Its core form, when it is of this type.
    pub(super) fn core(&self, names: &Names<'_>, problems: &Problems, expected: Type) -> Option<Core> {
        expression::read(&Cursor::placed(&self.text, &self.pointer, problems), names, expected)
    }

    /// Its core form, of whatever type it is.
    pub(super) fn any(&self, names: &Names<'_>, problems: &Problems) -> Option<(Core, Type)> {
        expression::read_any(&Cursor::placed(&self.text, &self.pointer, problems), names)
    }

    /// Its core form over the fields of these events.
    pub(super) fn over(&self, names: &Names<'_>, problems: &Problems, events: usize, expected: Type) -> Option<Core> {
        expression::read_over(
            &Cursor::placed(&self.text, &self.pointer, problems),
            names,
            events,
            expected,
        )
    }
}

impl Read for Formula {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.text()?;
        Some(Formula {
            text: at.value().into_owned(),
            pointer: at.pointer(),
        })
    }
    fn shape() -> Shape {
        Shape::Text("an expression over declared facts")
    }
}

/// A number of every word of a class or choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table(pub Vec<(String, Exact)>);

impl Table {
    /// `镇 5、街道 3`, each number with its unit.
    pub fn told(&self, unit: &str) -> String {
        let rows = self
            .0
            .iter()
            .map(|(word, number)| format!("{word} {}{unit}", number.shown()));
        rows.collect::<Vec<_>>().join("、")
    }
}

impl Read for Table {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|word, value| Some((word.to_owned(), Exact::read(value)?)))
            .map(Table)
    }
    fn shape() -> Shape {
        Shape::Map(Exact::shape)
    }
}

crate::record! {
    /// A number for each class of subjects.
    pub struct ByClass {
        /// The number of every class.
        pub by_class: Table,
    }
}

crate::record! {
    /// A number for each word of a declared choice.
    pub struct ByChoice {
        /// The choice.
        pub by: String,
        /// The number of every word.
        pub values: Table,
    }
}

/// A numeric parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A constant.
    Number(Exact),
    /// An expression.
    Formula(Formula),
    /// A table by class, with its place.
    Class(Table, String),
    /// A table by a choice, with its place.
    Choice(ByChoice, String),
}

impl Read for Amount {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Number(number) => Some(Amount::Number(Exact::from(number))),
            Value::Text(text) => match Exact::from_text(text) {
                Some(number) => Some(Amount::Number(number)),
                None => Formula::read(at).map(Amount::Formula),
            },
            object @ Value::Object(_) if object.get("by_class").is_some() => {
                ByClass::read(at).map(|read| Amount::Class(read.by_class, at.pointer()))
            }
            Value::Object(_) => ByChoice::read(at).map(|read| Amount::Choice(read, at.pointer())),
            _ => at.expected(
                "数字、表达式，或按类别取值的表（by_class，或 by 与 values）",
                "a number, an expression, or a table (by_class, or by and values)",
            ),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[
            || Shape::Number,
            || Shape::Text("an exact number such as 1/3, or an expression"),
            ByClass::shape,
            ByChoice::shape,
        ])
    }
}

impl Amount {
    /// What a reader of the scheme sees: `0.5`, `目标 * 0.8`, `镇 5、街道 3`.
    pub fn zh(&self) -> String {
        match self {
            Amount::Number(number) => number.shown(),
            Amount::Formula(formula) => formula.zh().to_owned(),
            Amount::Class(table, _) => table.told(""),
            Amount::Choice(choice, _) => format!("按{}：{}", choice.by, choice.values.told("")),
        }
    }

    /// The constant, when it is one.
    pub fn constant(&self) -> Option<&Exact> {
        match self {
            Amount::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Every number that it can be, when it is no expression.
    pub fn constants(&self) -> Option<Vec<&Exact>> {
        match self {
            Amount::Number(number) => Some(vec![number]),
            Amount::Formula(_) => None,
            Amount::Class(table, _) => Some(table.0.iter().map(|(_, number)| number).collect()),
            Amount::Choice(choice, _) => Some(choice.values.0.iter().map(|(_, number)| number).collect()),
        }
    }

    /// Its core form.
    pub(super) fn core(&self, names: &Names<'_>, problems: &Problems) -> Option<Core> {
        let (place, table, pointer) = match self {
            Amount::Number(number) => return Some(Core::Number(number.clone())),
            Amount::Formula(formula) => return formula.core(names, problems, Type::Number),
            Amount::Class(table, pointer) => match names.inputs.class() {
                Some(place) => (place, table, format!("{pointer}/by_class")),
                None => {
                    return refuse(
                        problems,
                        pointer,
                        "scheme.no_classes",
                        "办法没有列出 classes，不能按类别取值",
                        "the scheme lists no classes",
                    );
                }
            },
            Amount::Choice(choice, pointer) => match names.inputs.named(&choice.by) {
                Some(place)
                    if names
                        .inputs
                        .declaration(place)
                        .is_some_and(|fact| fact.kind == Kind::Choice) =>
                {
                    (place, &choice.values, format!("{pointer}/values"))
                }
                _ => {
                    let zh = format!("“{}”不是已声明的选项类事实，不能按其取值", choice.by);
                    let en = format!("\"{}\" is no declared choice", choice.by);
                    return refuse(problems, &format!("{pointer}/by"), "scheme.no_choice", &zh, &en);
                }
            },
        };
        let words = names
            .inputs
            .declaration(place)
            .map(|fact| fact.words)
            .unwrap_or_default();
        words_match(
            problems,
            &pointer,
            &words,
            table.0.iter().map(|(word, _)| word.as_str()),
            WORDS,
        )?;
        let mut rows = table.0.iter().rev();
        let (_, last) = rows.next()?;
        Some(rows.fold(Core::Number(last.clone()), |rest, (word, number)| {
            Core::Fact(place)
                .compared(Compare::Equal, Core::Word(word.clone()))
                .select(Core::Number(number.clone()), rest)
        }))
    }
}

fn refuse<T>(problems: &Problems, pointer: &str, code: &'static str, zh: &str, en: &str) -> Option<T> {
    problems.push(crate::error::Finding::error(code, pointer, zh, en));
    None
}

/// The code of a table whose words are not the declared ones.
pub(super) const WORDS: &str = "scheme.words";

/// Every declared word stands in a table, and no other does.
pub(super) fn words_match<'w>(
    problems: &Problems,
    pointer: &str,
    declared: &[String],
    listed: impl Iterator<Item = &'w str> + Clone,
    code: &'static str,
) -> Option<()> {
    let missing = declared
        .iter()
        .find(|word| !listed.clone().any(|listed| listed == *word));
    let extra = listed
        .clone()
        .find(|listed| !declared.iter().any(|word| word == listed));
    let (word, what) = match (missing, extra) {
        (Some(word), _) => (word.as_str(), "没有取值"),
        (None, Some(word)) => (word, "不在已声明的选项之内"),
        (None, None) => return Some(()),
    };
    let zh = format!("“{word}”{what}，应与声明一一对应：{}", declared.join("、"));
    let en = format!(
        "\"{word}\": the words must be the declared ones: {}",
        declared.join(", ")
    );
    refuse(problems, pointer, code, &zh, &en)
}

/// A floor or cap that may be none, but says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The clause gives none.
    None,
    /// This.
    Amount(Amount),
}

impl Read for Limit {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.value().as_ref() {
            Value::Text(text) if text == "none" => Some(Limit::None),
            _ => Amount::read(at).map(Limit::Amount),
        }
    }
    fn shape() -> Shape {
        Shape::Either(&[|| Shape::Choice(&[("none", "不设")]), Amount::shape])
    }
}

impl Limit {
    /// The amount, when there is one.
    pub fn amount(&self) -> Option<&Amount> {
        match self {
            Limit::None => None,
            Limit::Amount(amount) => Some(amount),
        }
    }
}
