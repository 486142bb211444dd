//! Functions over other subjects: the cohort, and those below.

use super::Type;
use super::lexer::Token;
use super::parser::{Parsed, Parser};
use crate::scheme::core::{Core, Gathered, Gathering, Scope};

impl Parser<'_> {
    pub(super) fn gathered(&mut self, scope: Scope, how: Gathering) -> Parsed {
        let (value, kind) = match how {
            Gathering::Highest | Gathering::Lowest => self.of_each(Parser::ordered)?,
            _ => (self.of_each(Parser::number)?, Type::Number),
        };
        Ok((gathered(scope, how, value), kind))
    }

    /// How many subjects a condition holds for.
    pub(super) fn how_many(&mut self, scope: Scope) -> Parsed {
        let condition = self.of_each(Parser::truth)?;
        let value = condition.select(Core::whole(1), Core::ZERO);
        Ok((gathered(scope, Gathering::Sum, value), Type::Number))
    }

    /// One more than how many are better.
    pub(super) fn rank(&mut self, given: usize) -> Parsed {
        let (value, _) = self.of_each(Parser::ordered)?;
        let mut better = Gathering::Higher;
        if given > 1 {
            self.expect(",")?;
            match self.peek() {
                Some(Token::Text(word)) if word == "ascending" => better = Gathering::Lower,
                Some(Token::Text(word)) if word == "descending" => {}
                _ => {
                    return Err(self.fault(
                        "此处应为名次方向：\"ascending\"（小者居前）或 \"descending\"（大者居前）",
                        "expected \"ascending\" (the least comes first) or \"descending\"",
                    ));
                }
            }
            self.step();
        }
        let rank = Core::whole(1).plus(gathered(Scope::Cohort, better, value));
        Ok((rank, Type::Number))
    }

    /// Reads the value of each subject: fields of an event at hand are not its own.
    fn of_each<T>(&mut self, read: fn(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let outer = self.events.take();
        let read = read(self);
        self.events = outer;
        read
    }
}

fn gathered(scope: Scope, how: Gathering, value: Core) -> Core {
    Core::Gathered(Box::new(Gathered {
        how,
        scope,
        value,
        then: None,
        when: None,
    }))
}
