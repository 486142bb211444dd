//! What a scheme reads of a subject: its declared facts, and what expressions derive from them.

use std::cell::RefCell;

use super::{Declaration, Kind};
use crate::exact::Exact;

/// Where a derived input comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The declared fact itself, as reported.
    Now,
    /// The value of so many years before.
    Last(u32),
    /// The target that a letter sets.
    Target,
    /// The ballots issued.
    Issued,
    /// The ballots returned.
    Returned,
    /// The valid ballots.
    Valid,
    /// The votes for a word.
    Votes(String),
    /// The class of the subject.
    Class,
}

/// One thing that is read of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The declaration that bounds it; of a derived input, its name says what it is: `会议次数（上年）`.
    pub declaration: Declaration,
    /// The declared fact behind it.
    pub of: usize,
    /// Where it comes from.
    pub source: Source,
}

/// The inputs of a scheme: the declared facts in declared order, then what is derived, in the order of first use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    list: RefCell<Vec<Input>>,
    declared: usize,
}

impl Inputs {
    /// The inputs of these declarations, and the class when there are classes.
    pub fn new(declarations: &[Declaration], classes: &[String]) -> Self {
        let mut list: Vec<Input> = declarations
            .iter()
            .enumerate()
            .map(|(of, declaration)| Input {
                declaration: declaration.clone(),
                of,
                source: Source::Now,
            })
            .collect();
        let declared = list.len();
        if !classes.is_empty() {
            list.push(Input {
                declaration: Declaration::choice("class", classes),
                of: declared,
                source: Source::Class,
            });
        }
        Inputs {
            list: RefCell::new(list),
            declared,
        }
    }

    /// All of them.
    pub fn list(&self) -> Vec<Input> {
        self.list.borrow().clone()
    }

    /// How many are declared facts.
    pub fn declared(&self) -> usize {
        self.declared
    }

    /// The declaration of an input.
    pub fn declaration(&self, place: usize) -> Option<Declaration> {
        self.list.borrow().get(place).map(|input| input.declaration.clone())
    }

    /// The place of a declared fact.
    pub fn named(&self, name: &str) -> Option<usize> {
        let list = self.list.borrow();
        list.iter()
            .take(self.declared)
            .position(|input| input.declaration.name == name)
    }

    /// The names of the declared facts.
    pub fn names(&self) -> Vec<String> {
        let list = self.list.borrow();
        let declared = list.iter().take(self.declared);
        declared.map(|input| input.declaration.name.clone()).collect()
    }

    /// The place of the subject's class, when the scheme has classes.
    pub fn class(&self) -> Option<usize> {
        self.list
            .borrow()
            .iter()
            .position(|input| input.source == Source::Class)
    }

    /// The place of what is derived from a declared fact; new when nobody asked for it before.
    pub fn derived(&self, of: usize, source: Source) -> Option<usize> {
        let mut list = self.list.borrow_mut();
        if let Some(place) = list.iter().position(|input| input.of == of && input.source == source) {
            return Some(place);
        }
        let base = list.get(of)?.declaration.clone();
        let name = base.name.clone();
        let declaration = match &source {
            Source::Last(1) => Declaration {
                name: format!("{name}（上年）"),
                ..base
            },
            Source::Last(years) => Declaration {
                name: format!("{name}（{years}年前）"),
                ..base
            },
            Source::Target => Declaration {
                name: format!("{name}（目标）"),
                ..base
            },
            Source::Issued => part(&base, format!("{name}（发出）")),
            Source::Returned => part(&base, format!("{name}（收回）")),
            Source::Valid => part(&base, format!("{name}（有效）")),
            Source::Votes(word) => part(&base, format!("{name}（{word}）")),
            Source::Now | Source::Class => return None,
        };
        list.push(Input {
            declaration,
            of,
            source,
        });
        list.len().checked_sub(1)
    }
}

/// A count of ballots.
fn part(base: &Declaration, name: String) -> Declaration {
    Declaration {
        name,
        kind: Kind::Count,
        min: Some(Exact::ZERO),
        words: Vec::new(),
        ..base.clone()
    }
}
