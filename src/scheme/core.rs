//! The core form: what every expression and rule kind comes down to.
//!
//! Evaluators know these operators and nothing of rule kinds. Every operator has one meaning over exact numbers
//! (`score::point`) and one over what is not known exactly (`score::interval`).

use crate::exact::{Exact, Rounding};

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// An operator of two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Exact quotient.
    Divide,
    /// The lower.
    Lower,
    /// The higher.
    Higher,
}

/// Which events count: those whose field is (or is not) one of the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Place of the field in its declaration.
    pub field: usize,
    /// Whether the words are those that count, or those that do not.
    pub equal: bool,
    /// The word.
    pub word: String,
}

/// An operator with its operands. Facts are named by their place among the declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Core {
    /// A number.
    Number(Exact),
    /// True or false.
    Truth(bool),
    /// A word.
    Word(String),
    /// A fact's number, truth or word.
    Fact(usize),
    /// Whether a fact applies to the subject.
    Applicable(usize),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<(Core, Core)>),
    /// Distance from nought.
    Absolute(Box<Core>),
    /// Rounding.
    Round(Box<Core>, Rounding),
    /// Comparison of numbers, or of words by `==` and `!=`.
    Compare(Compare, Box<(Core, Core)>),
    /// Both.
    And(Box<(Core, Core)>),
    /// Either.
    Or(Box<(Core, Core)>),
    /// Not.
    Not(Box<Core>),
    /// The second when the first is true, else the third.
    Select(Box<(Core, Core, Core)>),
    /// How many events pass all filters.
    Count(usize, Vec<Filter>),
    /// The sum of the points of events by their level; of one matter only the highest when a matter field is given.
    Levels {
        /// The events.
        fact: usize,
        /// The field that holds the level.
        level: usize,
        /// Points of each level, nought or more.
        points: Vec<(String, Exact)>,
        /// The field that holds the matter.
        matter: Option<usize>,
    },
    /// The score of another scheme for the same subject, nought to this many points.
    Result(String, Exact),
}

impl Core {
    /// An operator of two numbers.
    pub fn arithmetic(operator: Arithmetic, left: Core, right: Core) -> Core {
        Core::Arithmetic(operator, Box::new((left, right)))
    }

    /// The facts that this reads, in declared order, each once.
    pub fn facts(&self) -> Vec<usize> {
        let mut facts = std::collections::BTreeSet::new();
        let mut open = vec![self];
        while let Some(core) = open.pop() {
            match core {
                Core::Fact(fact) | Core::Applicable(fact) | Core::Count(fact, _) | Core::Levels { fact, .. } => {
                    facts.insert(*fact);
                }
                Core::Arithmetic(_, pair) | Core::Compare(_, pair) | Core::And(pair) | Core::Or(pair) => {
                    open.extend([&pair.0, &pair.1]);
                }
                Core::Absolute(inner) | Core::Not(inner) | Core::Round(inner, _) => open.push(inner),
                Core::Select(parts) => open.extend([&parts.0, &parts.1, &parts.2]),
                Core::Number(_) | Core::Truth(_) | Core::Word(_) | Core::Result(..) => {}
            }
        }
        facts.into_iter().collect()
    }
}

/// A piece of a reason line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Words.
    Text(String),
    /// A value at the time of scoring.
    Value(Core),
    /// The points of the line, without sign.
    Points,
}

/// One way to win or lose points: it gives one line on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Points won (positive) or lost (negative).
    pub points: Core,
    /// The arithmetic, as the sheet prints it.
    pub arithmetic: Vec<Phrase>,
    /// The reason, as the sheet prints it.
    pub reason: Vec<Phrase>,
}

/// A rule in its core form. Points of the item: `start`, plus the channels, then not below `floor`, then not above `cap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lowered {
    /// What is there before anything counts: full points where points are deducted, nought where they are earned.
    pub start: Exact,
    /// What changes it.
    pub channels: Vec<Channel>,
    /// The least.
    pub floor: Option<Exact>,
    /// The most.
    pub cap: Option<Exact>,
}
