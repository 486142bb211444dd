//! Functions over the events of a fact.

use super::functions::Over;
use super::lexer::Token;
use super::parser::{Parsed, Parser, need};
use super::{Fault, Type};
use crate::fact::{Declaration, Kind};
use crate::scheme::core::{Compare, Core, Group, Key, Tally, Together, Within};

impl Parser<'_> {
    pub(super) fn over_events(&mut self, name: &str, over: Over, given: usize, at: usize) -> Parsed {
        if self.events.is_some() {
            return Err(Fault::new(
                at,
                format!("事件的筛选和取值里不能再用“{name}”"),
                format!("\"{name}\" cannot stand inside a filter or value over events"),
            ));
        }
        let (fact, declaration) = self.events_name()?;
        let mut tally = Tally {
            fact,
            filter: Core::Truth(true),
            value: Core::whole(1),
            group: None,
            how: Together::Sum,
        };
        match over {
            Over::Count | Over::Any => {
                if given > 1 {
                    tally.filter = self.filter(&declaration)?;
                }
                let count = Core::Tally(Box::new(tally));
                if matches!(over, Over::Count) {
                    return Ok((count, Type::Number));
                }
                Ok((count.compared(Compare::Greater, Core::ZERO), Type::Truth))
            }
            Over::Sum => {
                self.expect(",")?;
                tally.value = self.over(&declaration, Parser::number)?;
                if given > 2 {
                    tally.filter = self.filter(&declaration)?;
                }
                Ok((Core::Tally(Box::new(tally)), Type::Number))
            }
            Over::Distinct => {
                self.expect(",")?;
                tally.group = Some(Group {
                    key: Key::Field(self.field_name(&declaration)?),
                    within: Within::Highest,
                });
                if given > 2 {
                    tally.filter = self.filter(&declaration)?;
                }
                Ok((Core::Tally(Box::new(tally)), Type::Number))
            }
            Over::Mean | Over::Highest | Over::Lowest => self.one_of_them(over, given, &declaration, tally),
        }
    }

    /// The mean, the highest or the lowest; days too have a highest and a lowest.
    fn one_of_them(&mut self, over: Over, given: usize, declaration: &Declaration, mut tally: Tally) -> Parsed {
        self.expect(",")?;
        let (value, kind) = match over {
            Over::Mean => (self.over(declaration, Parser::number)?, Type::Number),
            _ => self.over(declaration, Parser::ordered)?,
        };
        tally.value = value;
        if given > 3 {
            tally.filter = self.filter(declaration)?;
        }
        self.expect(",")?;
        let at = self.at();
        let otherwise = self.expression()?;
        let otherwise = need(otherwise, kind, at)?;
        tally.how = match over {
            Over::Highest => Together::Highest { otherwise },
            Over::Lowest => Together::Lowest { otherwise },
            _ => Together::Mean {
                highest: 0,
                lowest: 0,
                from: 1,
                otherwise,
            },
        };
        Ok((Core::Tally(Box::new(tally)), kind))
    }

    fn filter(&mut self, declaration: &Declaration) -> Parsed<Core> {
        self.expect(",")?;
        self.over(declaration, Parser::truth)
    }

    /// Reads something with the fields of these events at hand.
    fn over<T>(&mut self, declaration: &Declaration, read: fn(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.events = Some(declaration.clone());
        let read = read(self);
        self.events = None;
        read
    }

    fn events_name(&mut self) -> Parsed<(usize, Declaration)> {
        let Some(Token::Name(name)) = self.peek().cloned() else {
            return Err(self.fault(
                "此处应为事件清单的名称",
                "the name of a list of events is expected here",
            ));
        };
        let at = self.at();
        let fact = self.place(&name)?;
        let declaration = self.names.inputs.declaration(fact);
        match declaration.filter(|declaration| declaration.kind == Kind::Events) {
            Some(declaration) => Ok((fact, declaration)),
            None => Err(Fault::new(
                at,
                format!("“{name}”不是事件清单"),
                format!("\"{name}\" is no list of events"),
            )),
        }
    }

    fn field_name(&mut self, declaration: &Declaration) -> Parsed<usize> {
        let field = match self.peek() {
            Some(Token::Name(name)) => declaration.field(name),
            _ => None,
        };
        let Some(field) = field else {
            let names: Vec<&str> = declaration.fields.iter().map(|field| field.name.as_str()).collect();
            let names = names.join("、");
            return Err(self.fault(
                format!("此处应为事件的字段：{names}"),
                format!("expected a field: {names}"),
            ));
        };
        self.step();
        Ok(field)
    }
}
