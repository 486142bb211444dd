//! What a name stands for.

use super::functions::FUNCTIONS;
use super::lexer::Token;
use super::parser::{Parsed, Parser};
use super::{Fault, Type};
use crate::fact::{Declaration, FieldDeclaration, FieldKind, Holder, Kind};
use crate::scheme::core::Core;

/// Functions that people know from spreadsheets, and how they are written here.
const SPREADSHEET: [(&str, &str); 9] = [
    ("if", "条件 ? 甲 : 乙"),
    ("and", "甲 && 乙"),
    ("or", "甲 || 乙"),
    ("average", "(甲 + 乙) / 2，事件用 mean(事件, 值, 没有时)"),
    ("sumif", "sum(事件, 值, 条件)"),
    ("countif", "count(事件, 条件)"),
    ("int", "round(x, 0, \"down\")"),
    ("ceil", "round(x, 0, \"up\")"),
    ("days", "两个日期相减"),
];

impl Parser<'_> {
    /// A constant, a function, a field, a fact or a named value. Fields come first.
    pub(super) fn named(&mut self, name: &str) -> Parsed {
        match name {
            "true" | "false" => return self.taken((Core::Truth(name == "true"), Type::Truth)),
            "class" => return self.class(),
            "total" => return self.total(),
            _ => {}
        }
        if let Some(function) = FUNCTIONS.iter().find(|function| function.name == name) {
            return self.function(function);
        }
        if matches!(self.peek_behind(), Some(Token::Symbol("("))) {
            return Err(self.no_function(name));
        }
        let field = self.events.as_ref().and_then(|events| {
            let place = events.field(name)?;
            Some((place, events.fields.get(place)?))
        });
        if let Some((place, field)) = field {
            let kind = self.field_type(field)?;
            return self.taken((Core::Field(place), kind));
        }
        let defined = self.names.defined.iter().find(|named| named.name == name);
        match (self.names.inputs.named(name), defined) {
            (None, Some(named)) => self.taken((Core::Defined(name.to_owned()), named.kind)),
            _ => {
                let at = self.at();
                let place = self.place(name)?;
                Ok((Core::Fact(place), self.fact_type(place, at)?))
            }
        }
    }

    /// The place of the declared fact that comes next.
    pub(super) fn place(&mut self, name: &str) -> Parsed<usize> {
        match self.names.inputs.named(name) {
            Some(place) => {
                self.step();
                Ok(place)
            }
            None => Err(self.unknown(name)),
        }
    }

    #[cold]
    fn unknown(&self, name: &str) -> Fault {
        let mut names = self.names.inputs.names();
        let fields = self.events.iter().flat_map(|events| &events.fields);
        names.extend(fields.map(|field| field.name.clone()));
        names.extend(self.names.defined.iter().map(|named| named.name.clone()));
        if self.is_word(name) {
            return self.fault(
                format!("“{name}”是选项，须加引号，写作 \"{name}\""),
                format!("\"{name}\" is a word of a choice: put it in quotes"),
            );
        }
        let (zh, en) = Parser::near(name, &names);
        self.fault(
            format!("没有声明事实“{name}”{zh}"),
            format!("no fact \"{name}\" is declared{en}"),
        )
    }

    /// Whether it is a word of a declared choice, of the class or of a field at hand.
    #[cold]
    fn is_word(&self, name: &str) -> bool {
        let inputs = self.names.inputs;
        let declared = (0..inputs.names().len()).filter_map(|place| inputs.declaration(place));
        let fields = self.events.iter().flat_map(|events| &events.fields);
        declared
            .flat_map(|declaration| declaration.words)
            .any(|word| word == name)
            || fields.flat_map(|field| &field.words).any(|word| word == name)
    }

    #[cold]
    fn no_function(&self, name: &str) -> Fault {
        if let Some((_, written)) = SPREADSHEET.iter().find(|(other, _)| name.eq_ignore_ascii_case(other)) {
            return self.fault(
                format!("没有函数“{name}”，请写作 {written}"),
                format!("there is no function \"{name}\"; write {written}"),
            );
        }
        let names: Vec<String> = FUNCTIONS.iter().map(|function| function.name.to_owned()).collect();
        let (zh, en) = Parser::near(name, &names);
        self.fault(
            format!("没有函数“{name}”{zh}"),
            format!("there is no function \"{name}\"{en}"),
        )
    }

    /// The type of a fact's value.
    pub(super) fn fact_type(&self, place: usize, at: usize) -> Parsed<Type> {
        let Some(declaration) = self.names.inputs.declaration(place) else {
            return Err(Fault::new(at, "没有这个事实", "there is no such fact"));
        };
        match declaration.kind {
            Kind::Count | Kind::Number | Kind::Money => Ok(Type::Number),
            Kind::YesNo => Ok(Type::Truth),
            Kind::Choice => Ok(Type::Word),
            Kind::Date if declaration.is_bounded() => Ok(Type::Day),
            Kind::Date => Err(unbounded(&declaration.name, at)),
            Kind::Events | Kind::Ballots => Err(no_value(&declaration, at)),
        }
    }

    fn field_type(&self, field: &FieldDeclaration) -> Parsed<Type> {
        match field.kind {
            FieldKind::Number => Ok(Type::Number),
            FieldKind::YesNo => Ok(Type::Truth),
            FieldKind::Choice | FieldKind::Matter | FieldKind::Holder => Ok(Type::Word),
            FieldKind::Date if field.is_bounded() => Ok(Type::Day),
            FieldKind::Date => Err(unbounded(&field.name, self.at())),
        }
    }

    fn class(&mut self) -> Parsed {
        match self.names.inputs.class() {
            Some(place) => self.taken((Core::Fact(place), Type::Word)),
            None => Err(self.fault(
                "办法没有列出 classes，不能用 class",
                "the scheme lists no classes, so there is no class",
            )),
        }
    }

    fn total(&mut self) -> Parsed {
        if !self.names.totals {
            return Err(self.fault(
                "此处不能用 total，只有等次及其否决、名额和排名可以用",
                "total is for grades, vetoes of grades, quotas and ranking only",
            ));
        }
        let total = if self.names.full_total {
            Core::FullTotal
        } else {
            Core::Total
        };
        self.taken((total, Type::Number))
    }

    /// A choice is compared with one of its own words.
    pub(super) fn same_words(&self, left: &Core, right: &Core, at: usize) -> Parsed<()> {
        let Core::Word(word) = right else { return Ok(()) };
        let Some((name, words)) = self.words(left) else {
            return Ok(());
        };
        if words.contains(word) {
            return Ok(());
        }
        let words = words.join("、");
        Err(Fault::new(
            at,
            format!("“{name}”没有选项“{word}”，应为：{words}"),
            format!("\"{name}\" has no word \"{word}\": {words}"),
        ))
    }

    /// The words that something may be, with its name, when they are declared.
    fn words(&self, core: &Core) -> Option<(String, Vec<String>)> {
        match core {
            Core::Fact(place) => self
                .names
                .inputs
                .declaration(*place)
                .map(|declaration| (declaration.name, declaration.words)),
            Core::Field(place) => {
                let field = self.events.as_ref()?.fields.get(*place)?;
                let words = match field.kind {
                    FieldKind::Choice => field.words.clone(),
                    FieldKind::Holder => Holder::ALL.map(|holder| holder.word().to_owned()).to_vec(),
                    _ => return None,
                };
                Some((field.name.clone(), words))
            }
            _ => None,
        }
    }
}

#[cold]
fn unbounded(name: &str, at: usize) -> Fault {
    Fault::new(
        at,
        format!("日期“{name}”须在声明中写明 earliest 和 latest，才能用在表达式里"),
        format!("the day \"{name}\" needs earliest and latest in its declaration before an expression can read it"),
    )
}

#[cold]
fn no_value(declaration: &Declaration, at: usize) -> Fault {
    let name = &declaration.name;
    let (zh, en) = match declaration.kind {
        Kind::Ballots => (
            "票数请用 votes(…)、issued(…)、returned(…)、valid(…)",
            "read ballots with votes(…), issued(…), returned(…), valid(…)",
        ),
        _ => ("事件清单请用 count(…)", "count events with count(…)"),
    };
    Fault::new(
        at,
        format!("“{name}”不能直接参与运算，{zh}"),
        format!("\"{name}\" is no value; {en}"),
    )
}
