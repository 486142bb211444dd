//! Steps under construction: every register has proven bounds, equal steps are one, constants fold.

use std::collections::BTreeMap;

use super::steps::{Binary, Filled, Operand, Stage, Step, Way};

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
    pub(super) kept: usize,
    /// No value is further from nought.
    pub(super) limit: i128,
}

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
        if least < self.limit.saturating_neg() || greatest > self.limit {
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
    pub(super) fn new_kept(&mut self) -> usize {
        let kept = self.kept;
        self.kept = self.kept.saturating_add(1);
        kept
    }

    /// The column that keeps a register beyond its block.
    pub(super) fn keep(&mut self, stage: usize, register: usize) -> usize {
        let known = self.stages.get(stage).and_then(|drafted| drafted.kept.get(&register));
        if let Some(kept) = known {
            return *kept;
        }
        let kept = self.new_kept();
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
        let narrow = i128::from(u32::MAX);
        let narrow =
            a.unsigned_abs() <= narrow.unsigned_abs() && b.unsigned_abs() <= narrow.unsigned_abs() && most <= narrow;
        // Rounding keeps order: the ends of the number over the divisor that takes them furthest.
        let low = super::quotient::<i128>(way, a, if a < 0 { least } else { most }, false);
        let high = super::quotient::<i128>(way, b, if b < 0 { most } else { least }, false);
        self.step(stage, Step::Quotient(way, number, by, narrow), (low, high))
    }

    /// The stages with few registers: one is used again as soon as nobody reads it any more.
    pub(super) fn finished(self) -> Vec<Stage> {
        self.stages.into_iter().map(Drafted::finished).collect()
    }
}

fn operands(step: &Step) -> Vec<usize> {
    let all = match *step {
        Step::Input(_) | Step::Kept(_) => vec![],
        Step::Binary(_, one, other) | Step::Quotient(_, one, other, _) => vec![one, other],
        Step::Select(when, yes, no) => vec![when, yes, no],
    };
    all.into_iter()
        .filter_map(|operand| match operand {
            Operand::Register(register) => Some(register),
            Operand::Constant(_) => None,
        })
        .collect()
}

impl Drafted {
    fn finished(self) -> Stage {
        // What is kept is needed, and what that reads.
        let mut needed = vec![false; self.steps.len()];
        let mut last_read = vec![0_usize; self.steps.len()];
        for (place, step) in self.steps.iter().enumerate().rev() {
            let wanted = self.kept.contains_key(&place) || needed.get(place) == Some(&true);
            if !wanted {
                continue;
            }
            if let Some(needed) = needed.get_mut(place) {
                *needed = true;
            }
            for operand in operands(step) {
                if let (Some(needed), Some(last)) = (needed.get_mut(operand), last_read.get_mut(operand)) {
                    *needed = true;
                    *last = place.max(*last);
                }
            }
        }
        let mut stage = Stage::default();
        let mut free: Vec<usize> = Vec::new();
        let mut placed: Vec<usize> = Vec::with_capacity(self.steps.len());
        for (place, step) in self.steps.iter().enumerate() {
            if needed.get(place) != Some(&true) {
                placed.push(0);
                continue;
            }
            let at = |operand: Operand| match operand {
                Operand::Register(register) => Operand::Register(placed.get(register).copied().unwrap_or(0)),
                constant => constant,
            };
            let step_placed = match *step {
                Step::Binary(operator, one, other) => Step::Binary(operator, at(one), at(other)),
                Step::Select(when, yes, no) => Step::Select(at(when), at(yes), at(no)),
                Step::Quotient(way, one, other, narrow) => Step::Quotient(way, at(one), at(other), narrow),
                load => load,
            };
            // The result never takes the register of an operand of the same step.
            let register = free.pop().unwrap_or_else(|| {
                stage.registers = stage.registers.saturating_add(1);
                stage.registers.saturating_sub(1)
            });
            let mut ending = operands(step);
            ending.sort_unstable();
            ending.dedup();
            for operand in ending {
                if last_read.get(operand) == Some(&place) {
                    free.extend(placed.get(operand));
                }
            }
            if last_read.get(place) == Some(&0) {
                free.push(register);
            }
            placed.push(register);
            stage.steps.push(Filled {
                step: step_placed,
                register,
                kept: self.kept.get(&place).copied(),
            });
        }
        stage
    }
}
