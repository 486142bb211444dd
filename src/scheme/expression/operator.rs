//! Operands of one level of operators, joined.

use super::parser::{Parsed, Parser, Typed, mismatch, need};
use super::{Fault, Type};
use crate::scheme::core::{Compare, Core};

/// An operand and the character at which it begins.
pub(super) struct Part {
    pub(super) typed: Typed,
    pub(super) at: usize,
}

/// How tightly an operator binds; `None` when it is none.
pub(super) fn level(symbol: &str) -> Option<usize> {
    Some(match symbol {
        "||" => 1,
        "&&" => 2,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => 3,
        "+" | "-" => 4,
        "*" | "/" => 5,
        _ => return None,
    })
}

/// Joins operands by the operators between them, all of one level.
pub(super) fn reduce(parser: &Parser<'_>, parts: Vec<Part>, symbols: &[&str]) -> Parsed<Part> {
    let at = parts.first().map_or(1, |part| part.at);
    let typed = match symbols.first() {
        Some(&"||") => joined(parts, Core::Or)?,
        Some(&"&&") => joined(parts, Core::And)?,
        Some(&("+" | "-")) => sum(parts, symbols)?,
        Some(&("*" | "/")) => product(parts, symbols)?,
        _ => compare(parser, parts, symbols)?,
    };
    Ok(Part { typed, at })
}

/// Operands of one associative operator as a tree that is as flat as it can be, in their order: a thousand operands
/// nest ten deep.
pub(super) fn flat(mut parts: Vec<Core>, join: impl Fn(Core, Core) -> Core) -> Option<Core> {
    while parts.len() > 1 {
        let mut pairs = parts.into_iter();
        let mut joined = Vec::new();
        while let Some(left) = pairs.next() {
            joined.push(match pairs.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        parts = joined;
    }
    parts.pop()
}

/// Nothing is left out of them, not even behind a constant: what is read must apply.
fn joined(parts: Vec<Part>, join: fn(Box<(Core, Core)>) -> Core) -> Parsed {
    let truths = parts.into_iter().map(|part| need(part.typed, Type::Truth, part.at));
    let truths = truths.collect::<Parsed<Vec<Core>>>()?;
    Ok((
        flat(truths, |one, other| join(Box::new((one, other)))).unwrap_or(Core::Truth(false)),
        Type::Truth,
    ))
}

/// Days and numbers. What is added and what is subtracted are summed apart.
fn sum(parts: Vec<Part>, symbols: &[&str]) -> Parsed {
    let (mut added, mut subtracted) = (Vec::new(), Vec::new());
    let mut kind = None;
    for (index, part) in parts.into_iter().enumerate() {
        let (core, of) = part.typed;
        let minus = index.checked_sub(1).and_then(|before| symbols.get(before)) == Some(&"-");
        kind = Some(match (kind, of) {
            (_, Type::Truth | Type::Word) => return Err(mismatch("数值", "a number", of, part.at)),
            (None, of) => of,
            (Some(Type::Day), Type::Day) if minus => Type::Number,
            (Some(Type::Day), Type::Day) => {
                return Err(Fault::new(part.at, "两个日期不能相加", "days are not added"));
            }
            (Some(_), Type::Day) if minus => {
                return Err(Fault::new(
                    part.at,
                    "数值不能减去日期",
                    "a day is not subtracted from a number",
                ));
            }
            (Some(Type::Day), _) | (Some(_), Type::Day) => Type::Day,
            (Some(_), _) => Type::Number,
        });
        if minus { &mut subtracted } else { &mut added }.push(core);
    }
    let added = flat(added, Core::plus).unwrap_or(Core::ZERO);
    let whole = match flat(subtracted, Core::plus) {
        Some(subtracted) => added.minus(subtracted),
        None => added,
    };
    Ok((whole, kind.unwrap_or(Type::Number)))
}

fn product(parts: Vec<Part>, symbols: &[&str]) -> Parsed {
    let mut whole: Option<Core> = None;
    for (index, part) in parts.into_iter().enumerate() {
        let number = need(part.typed, Type::Number, part.at)?;
        let divided = index.checked_sub(1).and_then(|before| symbols.get(before)) == Some(&"/");
        whole = Some(match whole {
            None => number,
            Some(left) if divided => left.over(number),
            Some(left) => left.times(number),
        });
    }
    Ok((whole.unwrap_or(Core::ZERO), Type::Number))
}

fn compare(parser: &Parser<'_>, parts: Vec<Part>, symbols: &[&str]) -> Parsed {
    let compare = match symbols.first() {
        Some(&"==") => Compare::Equal,
        Some(&"!=") => Compare::Unequal,
        Some(&"<=") => Compare::LessOrEqual,
        Some(&">=") => Compare::GreaterOrEqual,
        Some(&"<") => Compare::Less,
        _ => Compare::Greater,
    };
    let mut parts = parts.into_iter();
    let (Some(left), Some(right)) = (parts.next(), parts.next()) else {
        return Ok((Core::Truth(false), Type::Truth));
    };
    let kind = match left.typed.1 {
        Type::Word if matches!(compare, Compare::Equal | Compare::Unequal) => Type::Word,
        Type::Day => Type::Day,
        _ => Type::Number,
    };
    if kind == Type::Word {
        parser.same_words(&left.typed.0, &right.typed.0, right.at)?;
        parser.same_words(&right.typed.0, &left.typed.0, left.at)?;
    }
    let (one, other) = (need(left.typed, kind, left.at)?, need(right.typed, kind, right.at)?);
    Ok((one.compared(compare, other), Type::Truth))
}
