//! The expressions of section 3 as trees; every production of the grammar is one function.

use super::fraction::Fraction;

#[derive(Debug)]
pub enum Expression {
    Number(Fraction),
    Word(String),
    Truth(bool),
    Name(String),
    Call(String, Vec<Expression>),
    Not(Box<Expression>),
    Minus(Box<Expression>),
    And(Box<[Expression; 2]>),
    Or(Box<[Expression; 2]>),
    /// `==` and its like.
    Compare(String, Box<[Expression; 2]>),
    /// `+ - * /`
    Arithmetic(char, Box<[Expression; 2]>),
    /// Condition, when it holds, when it does not.
    Choose(Box<[Expression; 3]>),
}

pub fn parse(text: &str) -> Expression {
    let mut parser = Parser {
        tokens: tokens(text),
        at: 0,
    };
    let whole = parser.expression();
    assert_eq!(parser.at, parser.tokens.len(), "left over in {text}");
    whole
}

/// Numbers, quoted words (with their opening quote), names and symbols.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let name = |next: char| next.is_alphanumeric() || next == '_';
        let length = if first == ' ' {
            rest = &rest[1..];
            continue;
        } else if first.is_ascii_digit() {
            rest.find(|next: char| !next.is_ascii_digit() && next != '.')
                .unwrap_or(rest.len())
        } else if first == '"' {
            rest[1..]
                .find('"')
                .unwrap_or_else(|| panic!("no end of a word in {text}"))
                + 2
        } else if name(first) {
            rest.find(|next| !name(next)).unwrap_or(rest.len())
        } else if ["==", "!=", "<=", ">=", "&&", "||"]
            .iter()
            .any(|symbol| rest.starts_with(symbol))
        {
            2
        } else {
            first.len_utf8()
        };
        tokens.push(rest[..length].trim_end_matches('"').to_owned());
        rest = &rest[length..];
    }
    tokens
}

struct Parser {
    tokens: Vec<String>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> String {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    fn take(&mut self, symbol: &str) -> bool {
        let there = self.peek() == symbol;
        self.at += usize::from(there);
        there
    }

    fn expect(&mut self, symbol: &str) {
        assert!(
            self.take(symbol),
            "{symbol} expected in {:?} at {}",
            self.tokens,
            self.at
        );
    }

    /// or [ "?" expression ":" expression ]
    fn expression(&mut self) -> Expression {
        let condition = self.or();
        if !self.take("?") {
            return condition;
        }
        let yes = self.expression();
        self.expect(":");
        let no = self.expression();
        Expression::Choose(Box::new([condition, yes, no]))
    }

    /// and { "||" and }
    fn or(&mut self) -> Expression {
        let mut left = self.and();
        while self.take("||") {
            left = Expression::Or(Box::new([left, self.and()]));
        }
        left
    }

    /// compare { "&&" compare }
    fn and(&mut self) -> Expression {
        let mut left = self.compare();
        while self.take("&&") {
            left = Expression::And(Box::new([left, self.compare()]));
        }
        left
    }

    /// sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum ]
    fn compare(&mut self) -> Expression {
        let left = self.sum();
        if !["==", "!=", "<", "<=", ">", ">="].contains(&self.peek()) {
            return left;
        }
        let operator = self.next();
        Expression::Compare(operator, Box::new([left, self.sum()]))
    }

    /// product { ("+" | "-") product }
    fn sum(&mut self) -> Expression {
        let mut left = self.product();
        while ["+", "-"].contains(&self.peek()) {
            let operator = self.next().chars().next().unwrap();
            left = Expression::Arithmetic(operator, Box::new([left, self.product()]));
        }
        left
    }

    /// unary { ("*" | "/") unary }
    fn product(&mut self) -> Expression {
        let mut left = self.unary();
        while ["*", "/"].contains(&self.peek()) {
            let operator = self.next().chars().next().unwrap();
            left = Expression::Arithmetic(operator, Box::new([left, self.unary()]));
        }
        left
    }

    /// ("-" | "!") unary | primary
    fn unary(&mut self) -> Expression {
        if self.take("-") {
            return Expression::Minus(Box::new(self.unary()));
        }
        if self.take("!") {
            return Expression::Not(Box::new(self.unary()));
        }
        self.primary()
    }

    /// number | "word" | true | false | name | function | "(" expression ")"
    fn primary(&mut self) -> Expression {
        let token = self.next();
        if token == "(" {
            let inner = self.expression();
            self.expect(")");
            return inner;
        }
        if let Some(word) = token.strip_prefix('"') {
            return Expression::Word(word.to_owned());
        }
        if token.starts_with(|first: char| first.is_ascii_digit()) {
            return Expression::Number(Fraction::parse(&token).unwrap());
        }
        if token == "true" || token == "false" {
            return Expression::Truth(token == "true");
        }
        if !self.take("(") {
            return Expression::Name(token);
        }
        let mut arguments = Vec::new();
        while !self.take(")") {
            arguments.push(self.expression());
            if !self.take(",") {
                self.expect(")");
                break;
            }
        }
        Expression::Call(token, arguments)
    }
}
