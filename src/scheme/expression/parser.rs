//! Tokens into the core form, with types.
//!
//! Operators wait on a list, not on the stack of the host, so that only brackets, branches and arguments nest.

use super::lexer::{Token, tokens};
use super::operator::{Part, level, reduce};
use super::{Fault, MAX_DEPTH, Names, Type};
use crate::document::nearest;
use crate::fact::Declaration;
use crate::scheme::core::Core;

/// How people and other languages join conditions, longer words first.
const JOINING: [(&str, &str); 8] = [
    ("并且", "&&"),
    ("and", "&&"),
    ("AND", "&&"),
    ("或者", "||"),
    ("or", "||"),
    ("OR", "||"),
    ("且", "&&"),
    ("或", "||"),
];

pub(super) type Typed = (Core, Type);
pub(super) type Parsed<T = Typed> = Result<T, Fault>;

/// Parses an expression, over the fields of these events when there are any.
pub(super) fn parse(text: &str, names: &Names<'_>, events: Option<usize>) -> Parsed {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        names,
        events: events.and_then(|events| names.inputs.declaration(events)),
    };
    let typed = parser.expression()?;
    match parser.peek() {
        None if deep(&typed.0, MAX_DEPTH) => Err(Fault::new(
            1,
            format!("运算嵌套超过 {MAX_DEPTH} 层"),
            format!("operators nest deeper than {MAX_DEPTH}"),
        )),
        None => Ok(typed),
        Some(_) => Err(parser
            .foreign()
            .unwrap_or_else(|| parser.fault("此处应为运算符或结尾", "an operator or the end is expected here"))),
    }
}

/// Whether operators nest deeper than this: everything that walks an expression recurses as deep.
fn deep(core: &Core, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return true };
    core.parts().into_iter().any(|part| deep(part, left))
}

/// How a day is written.
pub(super) const DAY_ZH: &str = "；日期写作 date(\"2023-03-31\")";

pub(super) fn need(typed: Typed, expected: Type, at: usize) -> Parsed<Core> {
    if typed.1 == expected {
        return Ok(typed.0);
    }
    Err(mismatch(expected.zh(), expected.en(), typed.1, at))
}

#[cold]
pub(super) fn mismatch(zh: &str, en: &str, found: Type, at: usize) -> Fault {
    let hint = if zh == Type::Day.zh() { DAY_ZH } else { "" };
    Fault::new(
        at,
        format!("此处应为{zh}，实际是{}{hint}", found.zh()),
        format!("expected {en}, found {}", found.en()),
    )
}

pub(super) struct Parser<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    pub(super) names: &'a Names<'a>,
    /// The events whose fields are at hand.
    pub(super) events: Option<Declaration>,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// The token behind the next one.
    pub(super) fn peek_behind(&self) -> Option<&Token> {
        self.tokens.get(self.next.saturating_add(1)).map(|(_, token)| token)
    }

    /// The tokens that are left.
    pub(super) fn rest(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().skip(self.next).map(|(_, token)| token)
    }

    /// The character at which the next token begins.
    pub(super) fn at(&self) -> usize {
        let end = self.tokens.last().map_or(1, |(at, _)| at.saturating_add(1));
        self.tokens.get(self.next).map_or(end, |(at, _)| *at)
    }

    #[cold]
    pub(super) fn fault(&self, zh: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault::new(self.at(), zh, en)
    }

    pub(super) fn step(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol);
        if found {
            self.step();
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(self
            .foreign()
            .unwrap_or_else(|| self.fault(format!("此处应为“{symbol}”"), format!("\"{symbol}\" is expected here"))))
    }

    /// What stands where an operator should, when it is how people or other languages write one.
    #[cold]
    fn foreign(&self) -> Option<Fault> {
        let before = self.next.checked_sub(1).and_then(|before| self.tokens.get(before));
        let after_number = matches!(before, Some((_, Token::Number(_))));
        match self.peek()? {
            Token::Name(name) if after_number && !JOINING.iter().any(|(word, _)| name.starts_with(word)) => {
                Some(self.fault(
                    format!("数字后面不写单位，请删去“{name}”"),
                    format!("numbers carry no unit: leave out \"{name}\""),
                ))
            }
            Token::Name(name) => {
                let (word, symbol) = JOINING.iter().find(|(word, _)| name.starts_with(word))?;
                Some(self.fault(
                    format!("“{word}”请写作 {symbol}，前后各空一格"),
                    format!("write {symbol} for \"{word}\""),
                ))
            }
            Token::Symbol(",") if after_number && self.depth <= 1 => Some(self.fault(
                "数字不写千分位，如 1,000 写作 1000",
                "numbers have no thousands separator: 1,000 is 1000",
            )),
            _ => None,
        }
    }

    pub(super) fn expression(&mut self) -> Parsed {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(self.fault(
                format!("嵌套超过 {MAX_DEPTH} 层"),
                format!("nested deeper than {MAX_DEPTH}"),
            ));
        }
        let at = self.at();
        let first = self.chain()?;
        let typed = if self.eat("?") {
            self.branches(first, at)?
        } else {
            first
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(typed)
    }

    fn branches(&mut self, first: Typed, at: usize) -> Parsed {
        let condition = need(first, Type::Truth, at)?;
        let (yes, kind) = self.expression()?;
        self.expect(":")?;
        let at = self.at();
        let no = self.expression()?;
        let no = need(no, kind, at)?;
        // Both branches stay, even when they are the same: what the condition reads must apply.
        Ok((Core::Select(Box::new((condition, yes, no))), kind))
    }

    /// Operands and the operators between them.
    fn chain(&mut self) -> Parsed {
        let mut parts = vec![self.part()?];
        let mut symbols: Vec<&'static str> = Vec::new();
        while let Some(Token::Symbol(symbol)) = self.peek() {
            let symbol = *symbol;
            let Some(level) = level(symbol) else { break };
            self.close(&mut parts, &mut symbols, level.saturating_add(1))?;
            self.operator(symbol, level, &mut symbols)?;
            parts.push(self.part()?);
        }
        self.close(&mut parts, &mut symbols, 0)?;
        match parts.pop() {
            Some(part) => Ok(part.typed),
            None => Err(self.expected_value()),
        }
    }

    fn operator(&mut self, symbol: &'static str, of: usize, symbols: &mut Vec<&'static str>) -> Parsed<()> {
        let same = symbols
            .iter()
            .rev()
            .take_while(|before| level(before) == Some(of))
            .count();
        if same > 0 && level("<") == Some(of) {
            return Err(self.fault(
                "比较不能连写，请用 && 连接",
                "comparisons do not chain; join them with &&",
            ));
        }
        self.step();
        if same.saturating_add(1) >= MAX_DEPTH && level("*") == Some(of) {
            return Err(self.fault(
                format!("连乘连除超过 {MAX_DEPTH} 次"),
                format!("more than {MAX_DEPTH} factors"),
            ));
        }
        symbols.push(symbol);
        Ok(())
    }

    /// Joins what waits for operators that bind at least so tightly.
    fn close(&self, parts: &mut Vec<Part>, symbols: &mut Vec<&'static str>, tightly: usize) -> Parsed<()> {
        while let Some(of) = symbols.last().and_then(|last| level(last)).filter(|of| *of >= tightly) {
            let run = symbols
                .iter()
                .rev()
                .take_while(|symbol| level(symbol) == Some(of))
                .count();
            let run_symbols = symbols.split_off(symbols.len().saturating_sub(run));
            let run_parts = parts.split_off(parts.len().saturating_sub(run.saturating_add(1)));
            parts.push(reduce(self, run_parts, &run_symbols)?);
        }
        Ok(())
    }

    /// An operand with its signs. Signs cancel in pairs, so a run of them nests nothing.
    fn part(&mut self) -> Parsed<Part> {
        let at = self.at();
        let (mut minuses, mut nots) = (0_usize, 0_usize);
        loop {
            let count = if self.eat("-") {
                &mut minuses
            } else if self.eat("!") {
                &mut nots
            } else {
                break;
            };
            *count = count.saturating_add(1);
        }
        let typed = self.primary()?;
        let typed = if minuses == 0 && nots == 0 {
            typed
        } else {
            signed(typed, minuses, nots, at)?
        };
        Ok(Part { typed, at })
    }

    fn primary(&mut self) -> Parsed {
        match self.peek() {
            Some(Token::Number(number)) => {
                let core = Core::Number(number.clone());
                self.taken((core, Type::Number))
            }
            Some(Token::Text(word)) => {
                let core = Core::Word(word.clone());
                self.taken((core, Type::Word))
            }
            Some(Token::Symbol("(")) => {
                self.step();
                let typed = self.expression()?;
                self.expect(")")?;
                Ok(typed)
            }
            Some(Token::Name(name)) => {
                let name = name.clone();
                self.named(&name)
            }
            _ => Err(self.expected_value()),
        }
    }

    #[cold]
    fn expected_value(&self) -> Fault {
        self.fault("此处应为数值、条件或事实", "a value is expected here")
    }

    pub(super) fn taken(&mut self, typed: Typed) -> Parsed {
        self.step();
        Ok(typed)
    }

    /// The nearest of these names, as the end of a sentence.
    #[cold]
    pub(super) fn near(name: &str, names: &[String]) -> (String, String) {
        match nearest(name, names.iter().map(String::as_str)) {
            Some(near) => (format!("，是否应为“{near}”？"), format!("; did you mean \"{near}\"?")),
            None => (String::new(), String::new()),
        }
    }
}

fn signed(typed: Typed, minuses: usize, nots: usize, at: usize) -> Parsed {
    let odd = |count: usize| count & 1 == 1;
    match (minuses, nots) {
        (_, 0) => {
            let number = need(typed, Type::Number, at)?;
            let signed = if odd(minuses) { Core::ZERO.minus(number) } else { number };
            Ok((signed, Type::Number))
        }
        (0, _) => {
            let truth = need(typed, Type::Truth, at)?;
            Ok((if odd(nots) { truth.negated() } else { truth }, Type::Truth))
        }
        _ => Err(Fault::new(
            at,
            "“-”用于数值，“!”用于条件，不能一起用",
            "- is for numbers and ! for conditions: they do not go together",
        )),
    }
}
