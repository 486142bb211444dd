//! Tokens into the core form, with types.

use super::lexer::{Token, tokens};
use super::{Fault, MAX_DEPTH, Names};
use crate::document::nearest;
use crate::exact::{Mode, Rounding};
use crate::fact::{Declaration, FieldKind, Holder, Kind};
use crate::scheme::core::{Arithmetic, Compare, Core};

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
    pub(super) fn zh(self) -> &'static str {
        match self {
            Type::Number => "数值",
            Type::Truth => "条件",
            Type::Word => "选项",
            Type::Day => "日期",
        }
    }

    pub(super) fn en(self) -> &'static str {
        match self {
            Type::Number => "a number",
            Type::Truth => "a condition",
            Type::Word => "a word",
            Type::Day => "a day",
        }
    }
}

pub(super) type Typed = (Core, Type);
pub(super) type Parsed<T = Typed> = Result<T, Fault>;

/// Parses an expression over these names; with `events`, over the fields of those events too.
pub(super) fn parse(text: &str, names: &Names<'_>, events: Option<usize>) -> Parsed {
    let mut parser = Parser {
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
        names,
        events: None,
    };
    parser.events = match events {
        Some(place) => names.inputs.declaration(place),
        None => None,
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
    core.parts().into_iter().any(|part| deep(part, left))
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

fn minus(core: Core) -> Core {
    Core::arithmetic(Arithmetic::Subtract, Core::ZERO, core)
}

pub(super) struct Parser<'a> {
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    pub(super) names: &'a Names<'a>,
    /// The events whose fields come first, inside their filters and values.
    pub(super) events: Option<Declaration>,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    pub(super) fn at(&self) -> usize {
        let end = self.tokens.last().map_or(1, |(at, _)| at.saturating_add(1));
        self.tokens.get(self.next).map_or(end, |(at, _)| *at)
    }

    pub(super) fn fault(&self, zh: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault {
            at: self.at(),
            zh: zh.into(),
            en: en.into(),
        }
    }

    pub(super) fn eat(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(next)) if *next == symbol);
        if found {
            self.next = self.next.saturating_add(1);
        }
        found
    }

    pub(super) fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.eat(symbol) {
            return Ok(());
        }
        Err(self.fault(format!("此处应为“{symbol}”"), format!("\"{symbol}\" is expected here")))
    }

    /// Which of the symbols comes next.
    fn one_of<'s>(&mut self, symbols: &[&'s str]) -> Option<&'s str> {
        symbols.iter().find(|symbol| self.eat(symbol)).copied()
    }

    pub(super) fn need(&self, typed: Typed, expected: Type, at: usize) -> Parsed<Core> {
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

    pub(super) fn expression(&mut self) -> Parsed {
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
        let equality = matches!(compare, Compare::Equal | Compare::Unequal);
        let kind = match left.1 {
            Type::Word | Type::Truth if equality => left.1,
            Type::Day => Type::Day,
            _ => Type::Number,
        };
        if kind == Type::Word {
            self.same_words(&left.0, &right.0, right_at)?;
            self.same_words(&right.0, &left.0, at)?;
        }
        let pair = (self.need(left, kind, at)?, self.need(right, kind, right_at)?);
        Ok((Core::Compare(compare, Box::new(pair)), Type::Truth))
    }

    /// A choice is compared with one of its own words.
    fn same_words(&self, left: &Core, right: &Core, at: usize) -> Parsed<()> {
        let Core::Word(word) = right else { return Ok(()) };
        let (name, words) = match left {
            Core::Fact(fact) => match self.names.inputs.declaration(*fact) {
                Some(declaration) => (declaration.name, declaration.words),
                None => return Ok(()),
            },
            Core::Field(field) => match self.events.as_ref().and_then(|events| events.fields.get(*field)) {
                Some(field) => match field.kind {
                    FieldKind::Choice => (field.name.clone(), field.words.clone()),
                    FieldKind::Holder => (
                        field.name.clone(),
                        Holder::ALL.map(|holder| holder.word().to_owned()).to_vec(),
                    ),
                    _ => return Ok(()),
                },
                None => return Ok(()),
            },
            _ => return Ok(()),
        };
        if words.contains(word) {
            return Ok(());
        }
        let words = words.join("、");
        let zh = format!("“{name}”没有选项“{word}”，应为：{words}");
        Err(Fault {
            at,
            zh,
            en: format!("\"{name}\" has no word \"{word}\": {words}"),
        })
    }

    fn sum(&mut self) -> Parsed {
        let at = self.at();
        let first = self.product()?;
        if !matches!(self.peek(), Some(Token::Symbol("+" | "-"))) {
            return Ok(first);
        }
        if first.1 == Type::Day {
            return self.days(first.0);
        }
        let mut parts = vec![self.need(first, Type::Number, at)?];
        while let Some(symbol) = self.one_of(&["+", "-"]) {
            let at = self.at();
            let next = self.product()?;
            let next = self.need(next, Type::Number, at)?;
            parts.push(if symbol == "-" { minus(next) } else { next });
        }
        let whole = flat(parts, |left, right| Core::arithmetic(Arithmetic::Add, left, right));
        Ok((whole.unwrap_or(Core::ZERO), Type::Number))
    }

    /// A day plus or minus days is a day; a day minus a day is the number of days between them, and then it is a number.
    fn days(&mut self, first: Core) -> Parsed {
        let mut days = first;
        while let Some(symbol) = self.one_of(&["+", "-"]) {
            let at = self.at();
            let next = self.product()?;
            if symbol == "-" && next.1 == Type::Day {
                let mut parts = vec![days.minus(next.0)];
                while let Some(symbol) = self.one_of(&["+", "-"]) {
                    let at = self.at();
                    let next = self.product()?;
                    let next = self.need(next, Type::Number, at)?;
                    parts.push(if symbol == "-" { minus(next) } else { next });
                }
                let whole = flat(parts, |left, right| Core::arithmetic(Arithmetic::Add, left, right));
                return Ok((whole.unwrap_or(Core::ZERO), Type::Number));
            }
            let next = self.need(next, Type::Number, at)?;
            days = days.plus(if symbol == "-" { minus(next) } else { next });
        }
        Ok((days, Type::Day))
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
            Some(Token::Name(name)) => self.name(&name),
            _ => Err(self.fault("此处应为数值、条件或事实", "a value is expected here")),
        }
    }

    /// A field of the event at hand, a word of the language, a definition, a fact: in this order.
    fn name(&mut self, name: &str) -> Parsed {
        if let Some(typed) = self.field(name)? {
            return self.taken(typed);
        }
        match name {
            "true" | "false" => self.taken((Core::Truth(name == "true"), Type::Truth)),
            "class" => match self.names.inputs.class() {
                Some(place) => self.taken((Core::Fact(place), Type::Word)),
                None => Err(self.fault("办法没有列出对象类别（classes）", "the scheme lists no classes")),
            },
            "total" if self.names.totals => {
                let total = if self.names.full_total {
                    Core::FullTotal
                } else {
                    Core::Total
                };
                self.taken((total, Type::Number))
            }
            "total" => Err(self.fault(
                "total 只能用在等次、等次否决、限额和排名中",
                "total stands in grades, vetoes of grades, quotas and ranking only",
            )),
            _ if self.is_function(name) => self.function(name),
            _ => {
                if let Some((_, kind)) = self.names.defined.iter().find(|(known, _)| known == name) {
                    let kind = *kind;
                    return self.taken((Core::Defined(name.to_owned()), kind));
                }
                self.fact(name)
            }
        }
    }

    /// The field of this name of the event at hand.
    fn field(&mut self, name: &str) -> Parsed<Option<Typed>> {
        let Some(events) = &self.events else { return Ok(None) };
        let Some((place, field)) = events.fields.iter().enumerate().find(|(_, field)| field.name == name) else {
            return Ok(None);
        };
        let kind = match field.kind {
            FieldKind::Choice | FieldKind::Matter | FieldKind::Holder => Type::Word,
            FieldKind::Number => Type::Number,
            FieldKind::YesNo => Type::Truth,
            FieldKind::Date if field.is_bounded() => Type::Day,
            FieldKind::Date => {
                return Err(self.fault(
                    format!("日期字段“{name}”要参与运算，须声明 earliest 和 latest"),
                    format!("to be read here, the day \"{name}\" needs earliest and latest"),
                ));
            }
        };
        Ok(Some((Core::Field(place), kind)))
    }

    pub(super) fn taken(&mut self, typed: Typed) -> Parsed {
        self.next = self.next.saturating_add(1);
        Ok(typed)
    }

    /// The place of a declared fact, whose name is next.
    pub(super) fn place(&mut self, name: &str) -> Parsed<usize> {
        if let Some(place) = self.names.inputs.named(name) {
            self.next = self.next.saturating_add(1);
            return Ok(place);
        }
        let names = self.names.inputs.names();
        let fields = self
            .events
            .iter()
            .flat_map(|events| events.fields.iter().map(|field| field.name.as_str()));
        let defined = self.names.defined.iter().map(|(name, _)| name.as_str());
        let near = nearest(name, names.iter().map(String::as_str).chain(defined).chain(fields));
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
        Ok((Core::Fact(place), self.kind_of(place, at)?))
    }

    /// The type of an input that can be read as a value.
    pub(super) fn kind_of(&self, place: usize, at: usize) -> Parsed<Type> {
        let Some(declaration) = self.names.inputs.declaration(place) else {
            return Err(self.fault("此处应为事实", "a fact is expected here"));
        };
        let name = &declaration.name;
        let fault = |zh: String, en: String| Err(Fault { at, zh, en });
        match declaration.kind {
            Kind::Count | Kind::Number | Kind::Money => Ok(Type::Number),
            Kind::YesNo => Ok(Type::Truth),
            Kind::Choice => Ok(Type::Word),
            Kind::Date if declaration.is_bounded() => Ok(Type::Day),
            Kind::Date => fault(
                format!("日期“{name}”要参与运算，须声明 earliest 和 latest"),
                format!("to be read here, the day \"{name}\" needs earliest and latest"),
            ),
            Kind::Events => fault(
                format!("“{name}”不能直接参与运算，事件清单请用 count(…)"),
                format!("\"{name}\" is no value; count events with count(…)"),
            ),
            Kind::Ballots => fault(
                format!("“{name}”不能直接参与运算，票数请用 votes(…)、valid(…) 等"),
                format!("\"{name}\" is no value; read ballots with votes(…), valid(…)"),
            ),
        }
    }

    /// The next name, not taken.
    pub(super) fn next_name(&self) -> Parsed<String> {
        match self.peek() {
            Some(Token::Name(name)) => Ok(name.clone()),
            _ => Err(self.fault("此处应为事实名称", "the name of a fact is expected here")),
        }
    }

    /// The next quoted text, taken.
    pub(super) fn quoted(&mut self, zh: &str, en: &str) -> Parsed<String> {
        match self.peek().cloned() {
            Some(Token::Text(text)) => {
                self.next = self.next.saturating_add(1);
                Ok(text)
            }
            _ => Err(self.fault(zh, en)),
        }
    }

    /// The next whole number, taken.
    pub(super) fn whole(&mut self, zh: &str, en: &str) -> Parsed<u32> {
        let whole = match self.peek() {
            Some(Token::Number(number)) => number.to_i128().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        match whole {
            Some(whole) => {
                self.next = self.next.saturating_add(1);
                Ok(whole)
            }
            None => Err(self.fault(zh, en)),
        }
    }

    /// Skips the name of a function.
    pub(super) fn skip(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    pub(super) fn number(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        self.need(typed, Type::Number, at)
    }

    pub(super) fn rounding(&mut self) -> Parsed<Rounding> {
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
}
