//! What is known beforehand of a value that is not computed in columns: its kind, what all its values are multiples of,
//! and its ends.

use num_integer::Integer;

use super::build::Bounds;
use super::read::ratio;
use crate::exact::{Exact, Interval};
use crate::fact::{Admitted, Kind};
use crate::scheme::core::{Arithmetic, Core, Together, Within};
use crate::scheme::{Gather, Program, core::Gathering};
use crate::score::{Inputs, MissingYears, Possible, Results, possible};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Number,
    Truth,
    Word,
}

/// What is known of an earlier cell.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) of: Type,
    /// What its values are over; `None` where they are over a column.
    pub(super) per: Option<i128>,
    /// Everything that it may be.
    pub(super) possible: Possible,
}

/// Places of a number of an event or of another scheme's score. Rows with more are left to the exact run.
pub(super) const PLACES: u32 = 4;

/// What is known of earlier cells.
pub(super) trait Earlier {
    fn known(&self, cell: usize) -> Option<&Known>;
}

pub(super) fn kind(core: &Core, program: &Program, cells: &dyn Earlier) -> Type {
    match core {
        Core::Truth(_) | Core::Applicable(_) | Core::Compare(..) | Core::And(_) | Core::Or(_) | Core::Not(_) => {
            Type::Truth
        }
        Core::Word(_) | Core::Grade(_) => Type::Word,
        Core::Fact(fact) => match program.inputs.get(*fact).map(|input| input.declaration.kind) {
            Some(Kind::YesNo) => Type::Truth,
            Some(Kind::Choice) => Type::Word,
            _ => Type::Number,
        },
        Core::Cell(cell) => cells.known(*cell).map_or(Type::Number, |known| known.of),
        Core::Select(parts) => kind(&parts.1, program, cells),
        _ => Type::Number,
    }
}

/// A number of which 1 over it every value is a multiple; `None` where there is none.
pub(super) fn grid(core: &Core, program: &Program, cells: &dyn Earlier) -> Option<i128> {
    let of = |core: &Core| grid(core, program, cells);
    let common = |one: i128, other: i128| {
        let gcd = one.gcd(&other).max(1);
        one.checked_div(gcd)?.checked_mul(other)
    };
    let number = |number: &Exact| ratio(number).ok().map(|(_, per)| per);
    match core {
        Core::Number(value) => number(value),
        Core::Fact(fact) => {
            let declaration = &program.inputs.get(*fact)?.declaration;
            match declaration.kind {
                Kind::Count | Kind::Date => Some(1),
                _ => 10_i128.checked_pow(declaration.places.unwrap_or(2)),
            }
        }
        Core::Field(_) | Core::Result(..) => 10_i128.checked_pow(PLACES),
        Core::Cell(cell) => cells.known(*cell)?.per,
        Core::Arithmetic(operator, pair) => {
            let one = of(&pair.0)?;
            match (operator, &pair.1) {
                (Arithmetic::Divide, Core::Number(by)) => one.checked_mul(ratio(by).ok()?.0.checked_abs()?),
                (Arithmetic::Divide, _) => None,
                (Arithmetic::Multiply, other) => one.checked_mul(of(other)?),
                (_, other) => common(one, of(other)?),
            }
        }
        Core::Absolute(inner) => of(inner),
        Core::Round(_, rounding) | Core::Root(_, _, rounding) => number(rounding.interval()),
        Core::Select(parts) => common(of(&parts.1)?, of(&parts.2)?),
        Core::MonthsAfter(_) | Core::WorkDays(_) => Some(1),
        Core::Tally(tally) => {
            let mut per = of(&tally.value)?;
            if let Some(group) = &tally.group
                && let Within::Capped(cap) = &group.within
            {
                per = common(per, of(cap)?)?;
            }
            match &tally.how {
                Together::Sum => Some(per),
                Together::Highest { otherwise } | Together::Lowest { otherwise } => common(per, of(otherwise)?),
                Together::Mean { .. } => None,
            }
        }
        Core::Expiring(expiring) => {
            let levels = expiring.levels.iter();
            let points = levels.map(|(_, points, _)| number(points));
            let points = points.into_iter().try_fold(1, |per, points| common(per, points?))?;
            points.checked_mul(common(of(&expiring.repeat)?, 1)?)
        }
        Core::ByGrade(_, numbers) => {
            let mut numbers = numbers.iter();
            numbers.try_fold(1, |per, (_, value)| common(per, number(value)?))
        }
        // A mean of places, and what is no number.
        _ => None,
    }
}

/// What a gathered number is over.
pub(super) fn gathered_grid(what: &Gather, cells: &dyn Earlier) -> Option<i128> {
    match what.how {
        Gathering::Higher | Gathering::Lower | Gathering::Equal | Gathering::Tied => Some(1),
        Gathering::Highest | Gathering::Lowest | Gathering::Sum => cells.known(what.value)?.per,
        Gathering::Mean => None,
    }
}

/// Everything that a value may be while nothing of a subject is known.
pub(super) fn anything(core: &Core, program: &Program, cells: &dyn Earlier) -> Possible {
    let facts = program.inputs.iter();
    let facts: Vec<Admitted> = facts.map(|input| Admitted::anything(&input.declaration)).collect();
    let read = core.cells();
    let count = read.iter().max().map_or(0, |last| last.saturating_add(1));
    let known = |cell: usize| cells.known(cell).map(|known| known.possible.clone());
    let earlier: Vec<Possible> = (0..count)
        .map(|cell| known(cell).unwrap_or(Possible::Number(Interval::ALL)))
        .collect();
    let (results, missing) = (Results::new(), MissingYears::default());
    possible(
        core,
        &Inputs {
            facts: &facts,
            declared: &program.inputs,
            results: &results,
            cells: &earlier,
            calendars: &program.calendars,
            missing: &missing,
        },
    )
}

/// The ends of numerators over `per`, where they are known.
pub(super) fn ends(possible: &Possible, per: i128) -> Option<Bounds> {
    let Possible::Number(Interval {
        low: Some(low),
        high: Some(high),
    }) = possible
    else {
        return None;
    };
    let scale = Exact::ratio(per, 1)?;
    let least = (low * &scale).floor().to_i128()?;
    let below = (&Exact::ZERO - &(high * &scale)).floor().to_i128()?;
    Some((least, below.checked_neg()?))
}
