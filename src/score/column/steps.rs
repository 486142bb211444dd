//! A column program: steps over blocks of rows, stage by stage, with gatherings between the stages.

use super::call::Called;
use crate::exact::Mode;
use crate::scheme::core::Gathering;

/// The most rows of a group for which bounds of sums and counts over a group are proven.
pub(super) const LARGEST_GROUP: usize = 1 << 20;

/// How many bits a value takes; a register has one width for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Width {
    /// 32
    Narrow,
    /// 64
    Middle,
    /// 128
    Wide,
}

impl Width {
    /// The least width that holds a value within these ends and its negative.
    pub(super) fn of((least, greatest): (i128, i128)) -> Width {
        let fits = |most: i128| least >= most.saturating_neg() && greatest <= most;
        if fits(i128::from(i32::MAX)) {
            Width::Narrow
        } else if fits(i128::from(i64::MAX)) {
            Width::Middle
        } else {
            Width::Wide
        }
    }

    /// Its bits.
    pub(super) fn bits(self) -> u32 {
        match self {
            Width::Narrow => 32,
            Width::Middle => 64,
            Width::Wide => 128,
        }
    }
}

/// What a step reads: a register of the block, or the same number for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Operand {
    Register(usize),
    Constant(i128),
}

/// An operator of two whole numbers; truths are 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Lower,
    Higher,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
}

/// Which way a quotient is rounded: [`Mode`] with an order, so that equal steps are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    HalfEven,
    HalfUp,
    Down,
    Up,
}

impl From<Mode> for Way {
    fn from(mode: Mode) -> Way {
        match mode {
            Mode::HalfEven => Way::HalfEven,
            Mode::HalfUp => Way::HalfUp,
            Mode::Down => Way::Down,
            Mode::Up => Way::Up,
        }
    }
}

/// What gives a register its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// An input of the table.
    Input(usize),
    /// A column that an earlier stage or a gathering has left.
    Kept(usize),
    Binary(Binary, Operand, Operand),
    /// The second where the first is true, else the third.
    Select(Operand, Operand, Operand),
    /// The first by the second (above nought), rounded to a whole number; near where both fit 51 bits.
    Quotient(Way, Operand, Operand, bool),
    /// A register of this other width.
    Resized(Width, Operand),
}

/// One step and the register that it fills.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filled {
    pub(super) step: Step,
    /// Among the registers of its width.
    pub(super) register: usize,
    /// Of its values, and of the registers that it reads.
    pub(super) width: Width,
    /// The column that keeps it beyond the block.
    pub(super) kept: Option<usize>,
}

/// A gathering over groups, before the steps of its stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gathered {
    pub(super) how: Gathering,
    pub(super) value: Source,
    pub(super) then: Source,
    pub(super) when: Source,
    /// The column with the result.
    pub(super) into: usize,
}

/// A whole column, or the same number for all rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Kept(usize),
    Constant(i128),
}

/// What can be worked out of rows by themselves once the gatherings before it are done.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    pub(super) gathered: Vec<Gathered>,
    /// What is worked out row by row, before the steps too.
    pub(super) called: Vec<Called>,
    pub(super) steps: Vec<Filled>,
    /// Registers that the steps need: narrow, middle, wide.
    pub(super) registers: [usize; 3],
}

/// How an input of the table becomes a whole number of its declared scale.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    /// Decimal places of its numbers.
    pub(super) places: u32,
    /// The least and the greatest, in units of that place.
    pub(super) least: i128,
    pub(super) greatest: i128,
    /// Of a word: the number of each declared word.
    pub(super) words: Vec<i128>,
}

/// One column of results: numerators over a constant, over further numerators where a quotient was never rounded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) numerators: Source,
    pub(super) denominators: Option<Source>,
    pub(super) per: i128,
}

/// A whole program.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub(super) stages: Vec<Stage>,
    /// Columns that are kept beyond a block, each with the width of its values.
    pub(super) kept: Vec<Width>,
    /// By place of the input; `None` where nothing reads it.
    pub(super) loaded: Vec<Option<Loaded>>,
    pub(super) points: Vec<Told>,
    pub(super) total: Told,
    pub(super) grade: Option<Told>,
    pub(super) earned: Option<Told>,
    pub(super) rank: Option<Told>,
    /// Every word, sorted: words of columns are places in it.
    pub(super) words: Vec<String>,
    /// The schemes whose results are read, sorted: two columns each behind the inputs.
    pub(super) results: Vec<String>,
    /// Why cells are worked out row by row: cell, reason.
    pub(super) rows_because: Vec<(usize, &'static str)>,
}
