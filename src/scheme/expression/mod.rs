//! Expressions: short strings over declared facts.
//!
//! ```text
//! expression := or [ "?" expression ":" expression ]
//! or         := and { "||" and }
//! and        := compare { "&&" compare }
//! compare    := sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
//! sum        := product { ("+" | "-") product }
//! product    := unary { ("*" | "/") unary }
//! unary      := ("-" | "!") unary | primary
//! primary    := number | "word" | true | false | name | function | "(" expression ")"
//! ```
//!
//! The functions are those of [`FUNCTIONS`]; `docs/scheme-reference.md` says what each gives.
//!
//! Arithmetic is exact; `/` never rounds. A condition over what is unknown gives the hull of both branches. A divisor
//! that may be nought is refused, unless a condition around it excludes that (`目标 > 0 ? 完成 / 目标 : 0`). A fact that
//! does not apply makes the item that reads it not applicable, unless `applicable(x)` guards it.

mod assume;
mod divisor;
mod events;
mod functions;
mod gather;
mod lexer;
mod name;
mod operator;
mod parser;
mod range;
mod signs;

#[cfg(test)]
mod tests;

use super::Core;
use crate::document::Cursor;
use crate::fact::Inputs;

pub use functions::FUNCTIONS;
pub use range::{Named, bounds, is_whole};

/// The longest expression, in characters.
pub const MAX_CHARACTERS: usize = 4096;
/// The deepest nesting. Low, because hosts call from threads of 256 KiB.
pub const MAX_DEPTH: usize = 32;
/// How many years back `last` reaches.
pub const MAX_YEARS: u32 = 50;

/// What an expression may name.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The declared facts, the class, and what expressions derive from them.
    pub inputs: &'a Inputs,
    /// Named intermediate values.
    pub defined: &'a [Named],
    /// Whether it may name the total.
    pub totals: bool,
    /// Whether the total is the one before rounding.
    pub full_total: bool,
    /// Whether there are calendars to count working days by.
    pub calendars: bool,
}

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// A word of a choice.
    Word,
    /// A day.
    Day,
}

impl Type {
    fn zh(self) -> &'static str {
        match self {
            Type::Number => "数值",
            Type::Truth => "条件",
            Type::Word => "选项",
            Type::Day => "日期",
        }
    }

    fn en(self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Truth => "a condition",
            Type::Word => "a word",
            Type::Day => "a day",
        }
    }
}

/// Reads the expression at the cursor and checks that it has this type.
pub fn read(at: &Cursor<'_>, names: &Names<'_>, expected: Type) -> Option<Core> {
    read_text(at.text()?, at, names, expected)
}

/// Reads an expression that is at hand already; the cursor says where problems are recorded.
pub fn read_text(text: &str, at: &Cursor<'_>, names: &Names<'_>, expected: Type) -> Option<Core> {
    settle(at, whole(text, names, None, expected))
}

/// Reads a filter or value over the fields of the events of this input. Names of fields come before those of facts.
pub fn read_over(at: &Cursor<'_>, names: &Names<'_>, events: usize, expected: Type) -> Option<Core> {
    settle(at, whole(at.text()?, names, Some(events), expected))
}

/// Reads an expression of whatever type it has.
pub fn read_any(at: &Cursor<'_>, names: &Names<'_>) -> Option<(Core, Type)> {
    let text = at.text()?;
    let typed = parser::parse(text, names, None).and_then(|(core, found)| {
        divisor::check(&core, names, None)?;
        Ok((core, found))
    });
    settle(at, typed)
}

fn whole(text: &str, names: &Names<'_>, events: Option<usize>, expected: Type) -> Result<Core, Fault> {
    let (core, found) = parser::parse(text, names, events)?;
    if found != expected {
        let hint = if expected == Type::Day { parser::DAY_ZH } else { "" };
        let zh = format!("此处应为{}，表达式得出{}{hint}", expected.zh(), found.zh());
        let en = format!("expected {}, found {}", expected.en(), found.en());
        return Err(Fault { at: 1, zh, en });
    }
    divisor::check(&core, names, events)?;
    Ok(core)
}

fn settle<T>(at: &Cursor<'_>, result: Result<T, Fault>) -> Option<T> {
    match result {
        Ok(read) => Some(read),
        Err(Fault { at: place, zh, en }) => at.problem(
            "scheme.expression",
            format!("表达式第 {place} 个字符：{zh}"),
            format!("expression, character {place}: {en}"),
        ),
    }
}

/// What is wrong with an expression, and at which character (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    /// The character.
    at: usize,
    /// In Chinese.
    zh: String,
    /// In English.
    en: String,
}

impl Fault {
    fn new(at: usize, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Fault {
            at,
            zh: zh.into(),
            en: en.into(),
        }
    }
}
