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
//! primary    := number | "word" | true | false | fact | function | "(" expression ")"
//! function   := min(a, b, …) | max(a, b, …) | abs(a) | round(a, place, "mode")
//!             | count(events [, field == "word" && …]) | applicable(fact)
//! ```
//!
//! Arithmetic is exact; `/` never rounds. A condition over what is unknown gives the hull of both branches. A divisor
//! that may be nought is refused, unless a condition around it excludes that (`目标 > 0 ? 完成 / 目标 : 0`). A fact that
//! does not apply makes the item that reads it not applicable, unless `applicable(x)` guards it.

mod check;
mod lexer;
mod parser;

use super::Core;
use crate::document::Cursor;
use crate::fact::Declaration;

pub use check::is_whole;
pub use parser::Type;

/// The longest expression, in characters.
pub const MAX_CHARACTERS: usize = 4096;
/// The deepest nesting. Low, because hosts call from threads of 256 KiB.
pub const MAX_DEPTH: usize = 32;

/// Reads the expression at the cursor and checks that it has this type.
pub fn read(at: &Cursor<'_>, declarations: &[Declaration], expected: Type) -> Option<Core> {
    let text = at.text()?;
    let result = parser::parse(text, declarations).and_then(|(core, found)| {
        if found != expected {
            let zh = format!("此处应为{}，表达式得出{}", expected.zh(), found.zh());
            return Err(Fault {
                at: 1,
                zh,
                en: format!("expected {}, found {}", expected.en(), found.en()),
            });
        }
        check::divisors(&core, declarations)?;
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
