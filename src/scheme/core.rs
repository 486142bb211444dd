//! The core form: what every expression and rule kind comes down to.
//!
//! Evaluators know these operators and nothing of rule kinds. Every operator has one meaning over exact numbers
//! (`score::point`), one over what is not known exactly (`score::interval`) and one over columns (`score::column`). A day
//! is its number (days since 0001-01-01, that day being 1), so days are compared and subtracted like numbers.

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

/// An operator with its operands. Inputs are named by their place in [`Inputs`](crate::fact::Inputs), cells by their place in
/// the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Core {
    /// A number, or a day as its number.
    Number(Exact),
    /// True or false.
    Truth(bool),
    /// A word.
    Word(String),
    /// An input's number, truth, word or day.
    Fact(usize),
    /// Whether an input applies to the subject.
    Applicable(usize),
    /// A field of the event at hand; stands only inside the parts of a [`Tally`] that are about one event.
    Field(usize),
    /// The value of an earlier cell of the program, for the same subject.
    Cell(usize),
    /// Arithmetic.
    Arithmetic(Arithmetic, Box<(Core, Core)>),
    /// Distance from nought.
    Absolute(Box<Core>),
    /// Rounding.
    Round(Box<Core>, Rounding),
    /// The root of this degree (2 to 9) of what is not negative, rounded; of what is below nought, nought.
    Root(Box<Core>, u32, Rounding),
    /// Comparison of numbers, or of words by `==` and `!=`.
    Compare(Compare, Box<(Core, Core)>),
    /// Both.
    And(Box<(Core, Core)>),
    /// Either.
    Or(Box<(Core, Core)>),
    /// Not.
    Not(Box<Core>),
    /// The second when the first is true, else the third; the other is not evaluated.
    Select(Box<(Core, Core, Core)>),
    /// The day so many months (the second, rounded down to a whole number) after a day, clamped to the month's end.
    MonthsAfter(Box<(Core, Core)>),
    /// Working days after the first day, up to and with the second; nought when it is not later.
    WorkDays(Box<(Core, Core)>),
    /// Something over the events of a fact.
    Tally(Box<Tally>),
    /// Points lost by events that are in force for a while.
    Expiring(Box<Expiring>),
    /// The mean of the places of a ladder that a subject takes.
    Ladder(Box<Ladder>),
    /// The score of another scheme for the same subject, nought to this many points.
    Result(String, Exact),
    /// The grade of another scheme for the same subject.
    Grade(String),
    /// The number that goes with the grade of another scheme; nought for a grade that is not listed.
    ByGrade(String, Vec<(String, Exact)>),

    // What stands only until a program is linked; then it is a cell.
    /// The points of an item or group of this id, before its tail.
    Item(String),
    /// The total, rounded.
    Total,
    /// The total before rounding.
    FullTotal,
    /// A named value.
    Defined(String),
    /// Something over other subjects.
    Gathered(Box<Gathered>),
}

/// Something over the events of a fact: events that pass the filter give their value; events of one group are joined;
/// what they give is put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The events.
    pub fact: usize,
    /// A condition over the fields of one event.
    pub filter: Core,
    /// A number over the fields of one event.
    pub value: Core,
    /// How events are grouped before they are put together.
    pub group: Option<Group>,
    /// How they are put together.
    pub how: Together,
}

/// Events that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub key: Key,
    /// What a group gives.
    pub within: Within,
}

/// What events of one group have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The value of a field.
    Field(usize),
    /// The month of a day field.
    Month(usize),
    /// The quarter of a day field.
    Quarter(usize),
}

/// What a group of events gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Within {
    /// Its highest value.
    Highest,
    /// The sum of its values, no more than this (a number over no fields).
    Capped(Core),
}

/// How the values of events, or of their groups, are put together. `otherwise` is what stands when there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Together {
    /// Their sum; nought when there is none.
    Sum,
    /// The highest.
    Highest {
        /// When there is none.
        otherwise: Core,
    },
    /// The lowest.
    Lowest {
        /// When there is none.
        otherwise: Core,
    },
    /// The arithmetic mean, the extremes left out.
    Mean {
        /// How many of the highest are left out.
        highest: usize,
        /// How many of the lowest are left out.
        lowest: usize,
        /// Only with at least so many values is anything left out (more than `highest + lowest`).
        from: usize,
        /// When there is none.
        otherwise: Core,
    },
}

/// Points lost by events that are in force for a while: from their day until `months` later, that day excluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiring {
    /// The events.
    pub fact: usize,
    /// The field with the day.
    pub date: usize,
    /// The field with the level.
    pub level: usize,
    /// Of each level: points, and months in force.
    pub levels: Vec<(String, Exact, u32)>,
    /// The day on which is counted: events of that day and before, still in force.
    pub on: Core,
    /// The multiplier of an event that happened while an earlier listed one (by day, then by place in the list) was in force.
    pub repeat: Core,
}

/// Points by place: the mean of `points[place-1 .. place-1+width]`, where a place behind the list gives `beyond`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ladder {
    /// The best place taken, from 1.
    pub place: Core,
    /// How many places are taken, from 1.
    pub width: Core,
    /// Points of the places.
    pub points: Vec<Core>,
    /// Points of every place behind.
    pub beyond: Core,
}

/// Something over other subjects, as it stands in an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// What is gathered.
    pub how: Gathering,
    /// From whom.
    pub scope: Scope,
    /// The value of each of them.
    pub value: Core,
    /// What breaks ties of a rank: more is better.
    pub then: Option<Core>,
    /// Whether a subject takes part.
    pub when: Option<Core>,
}

/// What is gathered over subjects. Subjects to whom the value does not apply take no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gathering {
    /// The highest value; not applicable when nobody takes part.
    Highest,
    /// The lowest value; not applicable when nobody takes part.
    Lowest,
    /// The mean; not applicable when nobody takes part.
    Mean,
    /// The sum; nought when nobody takes part.
    Sum,
    /// How many who take part have a higher value than this subject (or an equal one and more of `then`).
    Higher,
    /// How many who take part have a lower value than this subject (or an equal one and more of `then`).
    Lower,
    /// How many others who take part have the same value (and the same `then`) as this subject.
    Equal,
    /// How many subjects that take part share their value (and `then`) with another that does.
    Tied,
}

/// Over whom is gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everybody of the subject's cohort, the subject included.
    Cohort,
    /// The subjects whose parent the subject is.
    Below,
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
    /// 可能, where the condition is neither sure nor excluded.
    Perhaps(Core),
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
    pub start: Core,
    /// What changes it.
    pub channels: Vec<Channel>,
    /// The least.
    pub floor: Option<Core>,
    /// The most.
    pub cap: Option<Core>,
    /// A further condition for the item to apply, always known: `None` is always.
    pub applies: Option<Core>,
    /// Another scheme whose result it includes.
    pub includes: Option<Includes>,
    /// What the reader of the scheme is told, in one Chinese sentence.
    pub read_back: String,
}

/// Another scheme whose result is included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Includes {
    /// Its id.
    pub scheme: String,
    /// Grades there that cap the grade here: the grade earned, the highest that is left.
    pub passes: Vec<(String, String)>,
}

impl Lowered {
    /// Points that are earned: from nought, without limits.
    pub fn earned(channels: Vec<Channel>, read_back: String) -> Self {
        Lowered {
            start: Core::ZERO,
            channels,
            floor: None,
            cap: None,
            applies: None,
            includes: None,
            read_back,
        }
    }

    /// Points that are taken off a start.
    pub fn taken(start: Core, channels: Vec<Channel>, floor: Option<Core>, read_back: String) -> Self {
        Lowered {
            start,
            floor,
            ..Lowered::earned(channels, read_back)
        }
    }

    /// Its points as one value: start and channels, floor, cap.
    pub fn whole(&self) -> Core {
        let channels = self.channels.iter().map(|channel| channel.points.clone());
        let mut points = self.start.clone().plus(Core::sum(channels));
        if let Some(floor) = &self.floor {
            points = points.at_least(floor.clone());
        }
        if let Some(cap) = &self.cap {
            points = points.at_most(cap.clone());
        }
        points
    }
}

impl Core {
    /// Nought.
    pub const ZERO: Core = Core::Number(Exact::ZERO);

    /// A whole number.
    pub fn whole(number: i64) -> Core {
        Core::Number(Exact::from(number))
    }

    /// An operator of two numbers; of two constants their result.
    pub fn arithmetic(operator: Arithmetic, left: Core, right: Core) -> Core {
        if let (Core::Number(one), Core::Number(other)) = (&left, &right) {
            let known = match operator {
                Arithmetic::Add => Some(one + other),
                Arithmetic::Subtract => Some(one - other),
                Arithmetic::Multiply => Some(one * other),
                Arithmetic::Divide => one.checked_div(other),
                Arithmetic::Lower => Some(one.min(other).clone()),
                Arithmetic::Higher => Some(one.max(other).clone()),
            };
            if let Some(known) = known {
                return Core::Number(known);
            }
        }
        Core::Arithmetic(operator, Box::new((left, right)))
    }

    /// Sum.
    #[must_use]
    pub fn plus(self, other: Core) -> Core {
        match (&self, &other) {
            (Core::Number(nought), _) if nought.is_zero() => other,
            (_, Core::Number(nought)) if nought.is_zero() => self,
            _ => Core::arithmetic(Arithmetic::Add, self, other),
        }
    }

    /// The sum of many as a tree that is as flat as it can be: a thousand terms nest ten deep.
    pub fn sum(terms: impl IntoIterator<Item = Core>) -> Core {
        let mut terms: Vec<Core> = terms.into_iter().collect();
        while terms.len() > 1 {
            let mut pairs = terms.into_iter();
            let mut joined = Vec::new();
            while let Some(left) = pairs.next() {
                joined.push(match pairs.next() {
                    Some(right) => left.plus(right),
                    None => left,
                });
            }
            terms = joined;
        }
        terms.pop().unwrap_or(Core::ZERO)
    }

    /// Difference.
    #[must_use]
    pub fn minus(self, other: Core) -> Core {
        Core::arithmetic(Arithmetic::Subtract, self, other)
    }

    /// Product.
    #[must_use]
    pub fn times(self, other: Core) -> Core {
        match (&self, &other) {
            (Core::Number(one), _) if *one == Exact::ONE => other,
            (_, Core::Number(one)) if *one == Exact::ONE => self,
            _ => Core::arithmetic(Arithmetic::Multiply, self, other),
        }
    }

    /// Quotient.
    #[must_use]
    pub fn over(self, other: Core) -> Core {
        match &other {
            Core::Number(one) if *one == Exact::ONE => self,
            _ => Core::arithmetic(Arithmetic::Divide, self, other),
        }
    }

    /// The lower of the two.
    #[must_use]
    pub fn at_most(self, other: Core) -> Core {
        Core::arithmetic(Arithmetic::Lower, self, other)
    }

    /// The higher of the two.
    #[must_use]
    pub fn at_least(self, other: Core) -> Core {
        Core::arithmetic(Arithmetic::Higher, self, other)
    }

    /// Comparison.
    #[must_use]
    pub fn compared(self, operator: Compare, other: Core) -> Core {
        Core::Compare(operator, Box::new((self, other)))
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Core) -> Core {
        match (self, other) {
            (Core::Truth(true), core) | (core, Core::Truth(true)) => core,
            (Core::Truth(false), _) | (_, Core::Truth(false)) => Core::Truth(false),
            (one, other) => Core::And(Box::new((one, other))),
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Core) -> Core {
        match (self, other) {
            (Core::Truth(false), core) | (core, Core::Truth(false)) => core,
            (Core::Truth(true), _) | (_, Core::Truth(true)) => Core::Truth(true),
            (one, other) => Core::Or(Box::new((one, other))),
        }
    }

    /// Not.
    #[must_use]
    pub fn negated(self) -> Core {
        match self {
            Core::Truth(truth) => Core::Truth(!truth),
            Core::Not(inner) => *inner,
            core => Core::Not(Box::new(core)),
        }
    }

    /// `yes` where this condition holds, else `no`.
    #[must_use]
    pub fn select(self, yes: Core, no: Core) -> Core {
        match self {
            Core::Truth(true) => yes,
            Core::Truth(false) => no,
            condition => Core::Select(Box::new((condition, yes, no))),
        }
    }

    /// Whole steps: rounded towards nought.
    #[must_use]
    pub fn whole_steps(self) -> Core {
        self.rounded_whole(crate::exact::Mode::Down)
    }

    /// Started steps: rounded away from nought.
    #[must_use]
    pub fn started_steps(self) -> Core {
        self.rounded_whole(crate::exact::Mode::Up)
    }

    fn rounded_whole(self, mode: crate::exact::Mode) -> Core {
        match Rounding::to_place(mode, 0) {
            Some(rounding) => Core::Round(Box::new(self), rounding),
            None => self,
        }
    }
}
