//! Tokens into the core form, with types.

use super::lexer::{Token, tokens};
use super::{Fault, MAX_DEPTH};
use crate::document::nearest;
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::{Declaration, FieldKind, Holder, Kind};
use crate::scheme::core::{Arithmetic, Compare, Core, Filter};

/// The type of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A number.
    Number,
    /// True or false.
    Truth,
    /// A word of a choice.
    Word,
}

impl Type {
    pub(super) fn zh(self) -> &'static str {
        match self {
            Type::Number => "数值",
            Type::Truth => "条件",
            Type::Word => "选项",
        }
    }

    pub(super) fn en(self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Truth => "a condition",
            Type::Word => "a word",
        }
    }
}

type Typed = (Core, Type);
type Parsed<T = Typed> = Result<T, Fault>;

/// Parses an expression over these facts.
pub(super) fn parse(text: &str, declarations: &[Declaration]) -> Parsed {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        declarations,
    };
    let typed = parser.expression()?;
    match parser.peek() {
        None if deep(&typed.0, MAX_DEPTH) => Err(Fault {
            at: 1,
            zh: format!("运算嵌套超过 {MAX_DEPTH} 层"),
            en: format!("operators nest deeper than {MAX_DEPTH}"),
        }),
        None => Ok(typed),
        Some(_) => Err(parser.fault("此处应为运算符或结尾", "an operator or the end is expected here")),
    }
}

/// Whether operators nest deeper than this: everything that walks an expression recurses as deep.
fn deep(core: &Core, left: usize) -> bool {
    let Some(left) = left.checked_sub(1) else { return true };
    match core {
        Core::Arithmetic(_, pair) | Core::Compare(_, pair) | Core::And(pair) | Core::Or(pair) => {
            deep(&pair.0, left) || deep(&pair.1, left)
        }
        Core::Absolute(inner) | Core::Not(inner) | Core::Round(inner, _) => deep(inner, left),
        Core::Select(parts) => deep(&parts.0, left) || deep(&parts.1, left) || deep(&parts.2, left),
        _ => false,
    }
}

/// Operands of one associative operator as a tree that is as flat as it can be, in their order: a thousand operands
/// nest ten deep.
fn flat(mut parts: Vec<Core>, join: impl Fn(Core, Core) -> Core) -> Option<Core> {
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

fn minus(core: Core) -> Core {
    Core::arithmetic(Arithmetic::Subtract, Core::Number(Exact::ZERO), core)
}

struct Parser<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    declarations: &'a [Declaration],
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        let end = self.tokens.last().map_or(1, |(at, _)| at.saturating_add(1));
        self.tokens.get(self.next).map_or(end, |(at, _)| *at)
    }

    fn fault(&self, zh: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault {
            at: self.at(),
            zh: zh.into(),
            en: en.into(),
        }
    }

    fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol);
        if found {
            self.next = self.next.saturating_add(1);
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(self.fault(format!("此处应为“{symbol}”"), format!("\"{symbol}\" is expected here")))
    }

    /// Which of the symbols comes next.
    fn one_of<'s>(&mut self, symbols: &[&'s str]) -> Option<&'s str> {
        symbols.iter().find(|symbol| self.eat(symbol)).copied()
    }

    fn need(&self, typed: Typed, expected: Type, at: usize) -> Parsed<Core> {
        if typed.1 == expected {
            return Ok(typed.0);
        }
        let zh = format!("此处应为{}，实际是{}", expected.zh(), typed.1.zh());
        Err(Fault {
            at,
            zh,
            en: format!("expected {}, found {}", expected.en(), typed.1.en()),
        })
    }

    fn expression(&mut self) -> Parsed {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(self.fault(
                format!("嵌套超过 {MAX_DEPTH} 层"),
                format!("nested deeper than {MAX_DEPTH}"),
            ));
        }
        let at = self.at();
        let first = self.or()?;
        let typed = if self.eat("?") {
            let condition = self.need(first, Type::Truth, at)?;
            let (yes, kind) = self.expression()?;
            self.expect(":")?;
            let at = self.at();
            let no = self.expression()?;
            let no = self.need(no, kind, at)?;
            (Core::Select(Box::new((condition, yes, no))), kind)
        } else {
            first
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(typed)
    }

    fn or(&mut self) -> Parsed {
        self.joined("||", Self::and, Core::Or)
    }

    fn and(&mut self) -> Parsed {
        self.joined("&&", Self::compare, Core::And)
    }

    fn joined(&mut self, symbol: &str, part: fn(&mut Self) -> Parsed, join: fn(Box<(Core, Core)>) -> Core) -> Parsed {
        let at = self.at();
        let first = part(self)?;
        if !matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol) {
            return Ok(first);
        }
        let mut parts = vec![self.need(first, Type::Truth, at)?];
        while self.eat(symbol) {
            let at = self.at();
            let next = part(self)?;
            parts.push(self.need(next, Type::Truth, at)?);
        }
        let whole = flat(parts, |left, right| join(Box::new((left, right))));
        Ok((whole.unwrap_or(Core::Truth(false)), Type::Truth))
    }

    fn compare(&mut self) -> Parsed {
        let at = self.at();
        let left = self.sum()?;
        let Some(symbol) = self.one_of(&["==", "!=", "<=", ">=", "<", ">"]) else {
            return Ok(left);
        };
        let compare = match symbol {
            "==" => Compare::Equal,
            "!=" => Compare::Unequal,
            "<=" => Compare::LessOrEqual,
            ">=" => Compare::GreaterOrEqual,
            "<" => Compare::Less,
            _ => Compare::Greater,
        };
        let right_at = self.at();
        let right = self.sum()?;
        let words = left.1 == Type::Word && matches!(compare, Compare::Equal | Compare::Unequal);
        let kind = if words { Type::Word } else { Type::Number };
        if words {
            self.same_words(&left.0, &right.0, right_at)?;
            self.same_words(&right.0, &left.0, at)?;
        }
        let pair = (self.need(left, kind, at)?, self.need(right, kind, right_at)?);
        Ok((Core::Compare(compare, Box::new(pair)), Type::Truth))
    }

    /// A choice is compared with one of its own words.
    fn same_words(&self, left: &Core, right: &Core, at: usize) -> Parsed<()> {
        let (Core::Fact(fact), Core::Word(word)) = (left, right) else {
            return Ok(());
        };
        let Some(declaration) = self.declarations.get(*fact) else {
            return Ok(());
        };
        if declaration.words.contains(word) {
            return Ok(());
        }
        let words = declaration.words.join("、");
        let zh = format!("“{}”没有选项“{word}”，应为：{words}", declaration.name);
        Err(Fault {
            at,
            zh,
            en: format!("\"{}\" has no word \"{word}\": {words}", declaration.name),
        })
    }

    fn sum(&mut self) -> Parsed {
        let at = self.at();
        let first = self.product()?;
        if !matches!(self.peek(), Some(Token::Symbol("+" | "-"))) {
            return Ok(first);
        }
        let mut parts = vec![self.need(first, Type::Number, at)?];
        while let Some(symbol) = self.one_of(&["+", "-"]) {
            let at = self.at();
            let next = self.product()?;
            let next = self.need(next, Type::Number, at)?;
            parts.push(if symbol == "-" { minus(next) } else { next });
        }
        let whole = flat(parts, |left, right| Core::arithmetic(Arithmetic::Add, left, right));
        Ok((whole.unwrap_or(Core::Number(Exact::ZERO)), Type::Number))
    }

    fn product(&mut self) -> Parsed {
        let at = self.at();
        let mut left = self.unary()?;
        let mut factors = 0_usize;
        while let Some(symbol) = self.one_of(&["*", "/"]) {
            factors = factors.saturating_add(1);
            if factors >= MAX_DEPTH {
                return Err(self.fault(
                    format!("连乘连除超过 {MAX_DEPTH} 次"),
                    format!("more than {MAX_DEPTH} factors"),
                ));
            }
            let number = self.need(left, Type::Number, at)?;
            let at = self.at();
            let right = self.unary()?;
            let right = self.need(right, Type::Number, at)?;
            let operator = if symbol == "*" {
                Arithmetic::Multiply
            } else {
                Arithmetic::Divide
            };
            left = (Core::arithmetic(operator, number, right), Type::Number);
        }
        Ok(left)
    }

    /// Signs cancel in pairs, so a run of them nests nothing.
    fn unary(&mut self) -> Parsed {
        let at = self.at();
        let (mut minuses, mut nots) = (0_usize, 0_usize);
        while let Some(sign) = self.one_of(&["-", "!"]) {
            let count = if sign == "-" { &mut minuses } else { &mut nots };
            *count = count.saturating_add(1);
        }
        let (core, kind) = self.primary()?;
        let odd = |count: usize| count & 1 == 1;
        match (minuses, nots) {
            (0, 0) => Ok((core, kind)),
            (_, 0) => {
                let number = self.need((core, kind), Type::Number, at)?;
                Ok((if odd(minuses) { minus(number) } else { number }, Type::Number))
            }
            (0, _) => {
                let truth = self.need((core, kind), Type::Truth, at)?;
                Ok((if odd(nots) { Core::Not(Box::new(truth)) } else { truth }, Type::Truth))
            }
            _ => Err(Fault {
                at,
                zh: "“-”用于数值，“!”用于条件，不能一起用".into(),
                en: "- is for numbers and ! for conditions: they do not go together".into(),
            }),
        }
    }

    fn primary(&mut self) -> Parsed {
        let token = self.peek().cloned();
        match token {
            Some(Token::Number(number)) => self.taken((Core::Number(number), Type::Number)),
            Some(Token::Text(word)) => self.taken((Core::Word(word), Type::Word)),
            Some(Token::Symbol("(")) => {
                self.expect("(")?;
                let typed = self.expression()?;
                self.expect(")")?;
                Ok(typed)
            }
            Some(Token::Name(name)) => match name.as_str() {
                "true" | "false" => self.taken((Core::Truth(name == "true"), Type::Truth)),
                "min" | "max" | "abs" | "round" | "count" | "applicable" => self.function(&name),
                _ => self.fact(&name),
            },
            _ => Err(self.fault("此处应为数值、条件或事实", "a value is expected here")),
        }
    }

    fn taken(&mut self, typed: Typed) -> Parsed {
        self.next = self.next.saturating_add(1);
        Ok(typed)
    }

    fn place(&mut self, name: &str) -> Parsed<usize> {
        if let Some(place) = self
            .declarations
            .iter()
            .position(|declaration| declaration.name == name)
        {
            self.next = self.next.saturating_add(1);
            return Ok(place);
        }
        let near = nearest(
            name,
            self.declarations.iter().map(|declaration| declaration.name.as_str()),
        );
        Err(match near {
            Some(near) => self.fault(
                format!("没有声明事实“{name}”，是否应为“{near}”？"),
                format!("no fact \"{name}\" is declared; did you mean \"{near}\"?"),
            ),
            None => self.fault(
                format!("没有声明事实“{name}”"),
                format!("no fact \"{name}\" is declared"),
            ),
        })
    }

    fn fact(&mut self, name: &str) -> Parsed {
        let at = self.at();
        let place = self.place(name)?;
        let kind = self.declarations.get(place).map(|declaration| declaration.kind);
        let kind = match kind {
            Some(Kind::Count | Kind::Number | Kind::Money) => Type::Number,
            Some(Kind::YesNo) => Type::Truth,
            Some(Kind::Choice) => Type::Word,
            _ => {
                let zh = format!("“{name}”不能直接参与运算，事件清单请用 count(…)");
                return Err(Fault {
                    at,
                    zh,
                    en: format!("\"{name}\" is no value; count events with count(…)"),
                });
            }
        };
        Ok((Core::Fact(place), kind))
    }

    fn function(&mut self, name: &str) -> Parsed {
        self.next = self.next.saturating_add(1);
        self.expect("(")?;
        let typed = match name {
            "min" | "max" => {
                let operator = if name == "min" {
                    Arithmetic::Lower
                } else {
                    Arithmetic::Higher
                };
                let mut values = vec![self.number()?];
                while self.eat(",") {
                    values.push(self.number()?);
                }
                let whole = flat(values, |left, right| Core::arithmetic(operator, left, right));
                (whole.unwrap_or(Core::Number(Exact::ZERO)), Type::Number)
            }
            "abs" => (Core::Absolute(Box::new(self.number()?)), Type::Number),
            "round" => {
                let value = self.number()?;
                self.expect(",")?;
                (Core::Round(Box::new(value), self.rounding()?), Type::Number)
            }
            "applicable" => {
                let Some(Token::Name(fact)) = self.peek().cloned() else {
                    return Err(self.fault("此处应为事实名称", "the name of a fact is expected here"));
                };
                (Core::Applicable(self.place(&fact)?), Type::Truth)
            }
            _ => self.count()?,
        };
        self.expect(")")?;
        Ok(typed)
    }

    fn number(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        self.need(typed, Type::Number, at)
    }

    fn rounding(&mut self) -> Parsed<Rounding> {
        let negative = self.eat("-");
        let place = match self.peek() {
            Some(Token::Number(number)) => number.to_i128().and_then(|place| i32::try_from(place).ok()),
            _ => None,
        };
        let place = place.and_then(|place| if negative { place.checked_neg() } else { Some(place) });
        let Some(place) = place else {
            return Err(self.fault("此处应为小数位数", "a number of decimal places is expected here"));
        };
        self.next = self.next.saturating_add(1);
        self.expect(",")?;
        let mode = match self.peek() {
            Some(Token::Text(word)) => [Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up]
                .into_iter()
                .find(|mode| mode.word() == word),
            _ => None,
        };
        let rounding = mode.and_then(|mode| Rounding::to_place(mode, place));
        let Some(rounding) = rounding else {
            let words = "\"half_even\", \"half_up\", \"down\", \"up\"";
            return Err(self.fault(
                format!("此处应为修约方式：{words}"),
                format!("expected a mode: {words}"),
            ));
        };
        self.next = self.next.saturating_add(1);
        Ok(rounding)
    }

    fn count(&mut self) -> Parsed {
        let Some(Token::Name(name)) = self.peek().cloned() else {
            return Err(self.fault(
                "此处应为事件清单的名称",
                "the name of a list of events is expected here",
            ));
        };
        let at = self.at();
        let fact = self.place(&name)?;
        let declarations = self.declarations;
        let Some(declaration) = declarations
            .get(fact)
            .filter(|declaration| declaration.kind == Kind::Events)
        else {
            return Err(Fault {
                at,
                zh: format!("“{name}”不是事件清单"),
                en: format!("\"{name}\" is no list of events"),
            });
        };
        let mut filters = Vec::new();
        if self.eat(",") {
            filters.push(self.filter(declaration)?);
            while self.eat("&&") {
                filters.push(self.filter(declaration)?);
            }
        }
        Ok((Core::Count(fact, filters), Type::Number))
    }

    fn filter(&mut self, declaration: &Declaration) -> Parsed<Filter> {
        let field = match self.peek() {
            Some(Token::Name(name)) => declaration.field(name),
            _ => None,
        };
        let Some((field, shape)) = field.and_then(|place| Some((place, declaration.fields.get(place)?))) else {
            let names: Vec<&str> = declaration.fields.iter().map(|field| field.name.as_str()).collect();
            let names = names.join("、");
            return Err(self.fault(
                format!("此处应为事件的字段：{names}"),
                format!("expected a field: {names}"),
            ));
        };
        if matches!(shape.kind, FieldKind::Date | FieldKind::Number) {
            let (name, kind) = (&shape.name, shape.kind);
            return Err(self.fault(
                format!("“{name}”是{}，筛选只用选项、事项和归属", kind.zh()),
                format!("\"{name}\" is a {}: filter by choice, matter or holder", kind.word()),
            ));
        }
        self.next = self.next.saturating_add(1);
        let equal = match self.one_of(&["==", "!="]) {
            Some(symbol) => symbol == "==",
            None => return Err(self.fault("此处应为 == 或 !=", "== or != is expected here")),
        };
        let Some(Token::Text(word)) = self.peek().cloned() else {
            return Err(self.fault("此处应为带引号的选项", "a quoted word is expected here"));
        };
        let holders = || Holder::ALL.map(|holder| holder.word().to_owned()).to_vec();
        let words = match shape.kind {
            FieldKind::Choice => Some(shape.words.clone()),
            FieldKind::Holder => Some(holders()),
            _ => None,
        };
        if let Some(words) = words.filter(|words| !words.contains(&word)) {
            let words = words.join("、");
            let zh = format!("“{}”没有选项“{word}”，应为：{words}", shape.name);
            return Err(self.fault(zh, format!("\"{}\" has no word \"{word}\": {words}", shape.name)));
        }
        self.next = self.next.saturating_add(1);
        Ok(Filter { field, equal, word })
    }
}
