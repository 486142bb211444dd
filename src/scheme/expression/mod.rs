//! Expressions: short strings over declared facts. Grammar and functions stand in `docs/scheme-reference.md`, section 3.
//!
//! Arithmetic is exact; `/` never rounds. A condition over what is unknown gives the hull of both branches. A divisor
//! that may be nought is refused, unless a condition around it excludes that (`目标 > 0 ? 完成 / 目标 : 0`). A fact that
//! does not apply makes the item that reads it not applicable, unless `applicable(x)` guards it.

mod check;
mod function;
mod lexer;
mod parser;

use super::Core;
use crate::document::Cursor;
use crate::fact::Inputs;

pub use check::{bounds, is_whole};
pub use parser::Type;

/// The longest expression, in characters.
pub const MAX_CHARACTERS: usize = 4096;
/// The deepest nesting. Low, because hosts call from threads of 256 KiB.
pub const MAX_DEPTH: usize = 32;

/// What an expression may name.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Facts, and what is derived from them.
    pub inputs: &'a Inputs,
    /// Named values.
    pub defined: &'a [(String, Type)],
    /// Whether it may read the total.
    pub totals: bool,
    /// Whether `total` is the total before rounding.
    pub full_total: bool,
    /// Whether working days can be counted.
    pub calendars: bool,
}

/// Reads the expression at the cursor and checks that it has this type.
pub fn read(at: &Cursor<'_>, names: &Names<'_>, expected: Type) -> Option<Core> {
    read_within(at, names, None, expected)
}

/// Reads an expression over the fields of these events: names of fields come first.
pub fn read_over(at: &Cursor<'_>, names: &Names<'_>, events: usize, expected: Type) -> Option<Core> {
    read_within(at, names, Some(events), expected)
}

fn read_within(at: &Cursor<'_>, names: &Names<'_>, events: Option<usize>, expected: Type) -> Option<Core> {
    let text = at.text()?;
    let result = parser::parse(text, names, events).and_then(|(core, found)| {
        if found != expected {
            let zh = format!("此处应为{}，表达式得出{}", expected.zh(), found.zh());
            return Err(Fault {
                at: 1,
                zh,
                en: format!("expected {}, found {}", expected.en(), found.en()),
            });
        }
        check::divisors(&core, names.inputs)?;
        Ok(core)
    });
    match result {
        Ok(core) => Some(core),
        Err(Fault { at: place, zh, en }) => at.problem(
            "scheme.expression",
            format!("表达式第 {place} 个字符：{zh}"),
            format!("expression, character {place}: {en}"),
        ),
    }
}

/// What is wrong with an expression, and at which character (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The character.
    pub at: usize,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}
