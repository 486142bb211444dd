//! Steps under construction: every register has proven bounds, equal steps are one, constants fold.

use std::collections::BTreeMap;

use super::quotient::quotient;
use super::registers::placed;
use super::steps::{Binary, Operand, Stage, Step, Way, Width};

/// Why something cannot be computed in columns; the exact run does it then.
pub(super) type Refused = &'static str;

pub(super) const TOO_LARGE: Refused = "values may leave 128 bits";

/// The least and the greatest value.
pub(super) type Bounds = (i128, i128);

/// The steps of one stage, each into a register of its own.
#[derive(Default)]
pub(super) struct Drafted {
    steps: Vec<Step>,
    bounds: Vec<Bounds>,
    known: BTreeMap<Step, usize>,
    kept: BTreeMap<usize, usize>,
}

/// All stages.
pub(super) struct Build {
    pub(super) stages: Vec<Drafted>,
    /// The width of each kept column.
    pub(super) kept: Vec<Width>,
}

/// No value is further from nought: half of 128 bits, so that twice a rest is still inside.
const LIMIT: i128 = i128::MAX >> 1;

/// Of numbers below this the float nearest to a quotient is less than 1 from it: [`Step::Quotient`] is near.
const NEAR: u128 = 1 << 51;

impl Build {
    pub(super) fn bounds(&self, stage: usize, operand: Operand) -> Bounds {
        match operand {
            Operand::Constant(number) => (number, number),
            Operand::Register(register) => {
                let bounds = self.stages.get(stage).and_then(|stage| stage.bounds.get(register));
                bounds.copied().unwrap_or((i128::MIN, i128::MAX))
            }
        }
    }

    /// A register with this step; a constant where the bounds leave nothing else.
    pub(super) fn step(&mut self, stage: usize, step: Step, bounds: Bounds) -> Result<Operand, Refused> {
        let (least, greatest) = bounds;
        if least < LIMIT.saturating_neg() || greatest > LIMIT {
            return Err(TOO_LARGE);
        }
        if least == greatest {
            return Ok(Operand::Constant(least));
        }
        let drafted = self.stages.get_mut(stage).ok_or("no such stage")?;
        if let Some(register) = drafted.known.get(&step) {
            return Ok(Operand::Register(*register));
        }
        let register = drafted.steps.len();
        drafted.steps.push(step);
        drafted.bounds.push(bounds);
        drafted.known.insert(step, register);
        Ok(Operand::Register(register))
    }

    /// A new column beyond blocks.
    pub(super) fn new_kept(&mut self, bounds: Bounds) -> usize {
        let kept = self.kept.len();
        self.kept.push(Width::of(bounds));
        kept
    }

    /// The column that keeps a register beyond its block.
    pub(super) fn keep(&mut self, stage: usize, register: usize) -> usize {
        let known = self.stages.get(stage).and_then(|drafted| drafted.kept.get(&register));
        if let Some(kept) = known {
            return *kept;
        }
        let kept = self.new_kept(self.bounds(stage, Operand::Register(register)));
        if let Some(drafted) = self.stages.get_mut(stage) {
            drafted.kept.insert(register, kept);
        }
        kept
    }

    /// The same value in a later stage.
    pub(super) fn carried(&mut self, operand: Operand, home: usize, stage: usize) -> Result<Operand, Refused> {
        match operand {
            Operand::Register(register) if home != stage => {
                let bounds = self.bounds(home, operand);
                let kept = self.keep(home, register);
                self.step(stage, Step::Kept(kept), bounds)
            }
            operand => Ok(operand),
        }
    }

    pub(super) fn binary(
        &mut self,
        stage: usize,
        operator: Binary,
        one: Operand,
        other: Operand,
    ) -> Result<Operand, Refused> {
        let ((a, b), (c, d)) = (self.bounds(stage, one), self.bounds(stage, other));
        let truth = |sure: bool, excluded: bool| match (sure, excluded) {
            (true, _) => (1, 1),
            (_, true) => (0, 0),
            _ => (0, 1),
        };
        let checked = |number: Option<i128>| number.ok_or(TOO_LARGE);
        let apart = b < c || d < a;
        let single = a == b && c == d && a == c;
        let bounds = match operator {
            Binary::Add if other == Operand::Constant(0) => return Ok(one),
            Binary::Add if one == Operand::Constant(0) => return Ok(other),
            Binary::Subtract if other == Operand::Constant(0) => return Ok(one),
            Binary::Multiply if other == Operand::Constant(1) => return Ok(one),
            Binary::Multiply if one == Operand::Constant(1) => return Ok(other),
            Binary::Lower if b <= c => return Ok(one),
            Binary::Lower if d <= a => return Ok(other),
            Binary::Higher if a >= d => return Ok(one),
            Binary::Higher if c >= b => return Ok(other),
            Binary::Add => (checked(a.checked_add(c))?, checked(b.checked_add(d))?),
            Binary::Subtract => (checked(a.checked_sub(d))?, checked(b.checked_sub(c))?),
            Binary::Multiply => {
                let corners = [a.checked_mul(c), a.checked_mul(d), b.checked_mul(c), b.checked_mul(d)];
                let corners: Option<Vec<i128>> = corners.into_iter().collect();
                let corners = corners.ok_or(TOO_LARGE)?;
                let least = corners.iter().copied().min().unwrap_or(0);
                (least, corners.into_iter().max().unwrap_or(0))
            }
            Binary::Lower => (a.min(c), b.min(d)),
            Binary::Higher => (a.max(c), b.max(d)),
            Binary::Equal => truth(one == other || single, apart),
            Binary::Unequal => truth(apart, one == other || single),
            Binary::Less => truth(b < c, a >= d),
            Binary::LessOrEqual => truth(b <= c, a > d),
        };
        self.step(stage, Step::Binary(operator, one, other), bounds)
    }

    pub(super) fn select(
        &mut self,
        stage: usize,
        when: Operand,
        yes: Operand,
        no: Operand,
    ) -> Result<Operand, Refused> {
        match when {
            Operand::Constant(0) => return Ok(no),
            Operand::Constant(_) => return Ok(yes),
            Operand::Register(_) if yes == no => return Ok(yes),
            Operand::Register(_) => {}
        }
        if (yes, no) == (Operand::Constant(1), Operand::Constant(0)) {
            return Ok(when);
        }
        let ((a, b), (c, d)) = (self.bounds(stage, yes), self.bounds(stage, no));
        self.step(stage, Step::Select(when, yes, no), (a.min(c), b.max(d)))
    }

    /// The quotient, rounded to a whole number; the divisor is above nought.
    pub(super) fn quotient(
        &mut self,
        stage: usize,
        way: Way,
        number: Operand,
        by: Operand,
    ) -> Result<Operand, Refused> {
        let ((a, b), (least, most)) = (self.bounds(stage, number), self.bounds(stage, by));
        if by == Operand::Constant(1) {
            return Ok(number);
        }
        if least < 1 {
            return Err("a divisor may be nought");
        }
        let near = [a, b, most].iter().all(|number| number.unsigned_abs() < NEAR);
        // Rounding keeps order: the ends of the number over the divisor that takes them furthest.
        let low = quotient::<i128>(way, a, if a < 0 { least } else { most });
        let high = quotient::<i128>(way, b, if b < 0 { most } else { least });
        self.step(stage, Step::Quotient(way, number, by, near), (low, high))
    }

    /// The stages over few registers.
    pub(super) fn finished(self) -> Vec<Stage> {
        let stages = self.stages.into_iter();
        stages
            .map(|drafted| placed(&drafted.steps, &drafted.bounds, &drafted.kept))
            .collect()
    }
}
