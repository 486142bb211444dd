//! Steps over registers: each step gets the least width that holds what it reads and gives, and a register of that
//! width, which is used again as soon as nobody reads it any more.

use std::collections::BTreeMap;

use super::build::Bounds;
use super::steps::{Binary, Filled, Operand, Stage, Step, Width};

/// The steps of a stage that lead to what is kept. Step n of the draft fills register n, within bounds n.
pub(super) fn placed(steps: &[Step], bounds: &[Bounds], kept: &BTreeMap<usize, usize>) -> Stage {
    let mut sized = Sized::default();
    let needed = needed(steps, kept);
    for (place, step) in steps.iter().enumerate() {
        if needed.get(place) == Some(&true) {
            sized.add(place, step, bounds, kept.get(&place).copied());
        }
    }
    allocated(&sized.steps)
}

/// What is kept is needed, and what that reads.
fn needed(steps: &[Step], kept: &BTreeMap<usize, usize>) -> Vec<bool> {
    let mut needed: Vec<bool> = (0..steps.len()).map(|place| kept.contains_key(&place)).collect();
    for (place, step) in steps.iter().enumerate().rev() {
        if needed.get(place) == Some(&true) {
            for register in read_by(step) {
                if let Some(needed) = needed.get_mut(register) {
                    *needed = true;
                }
            }
        }
    }
    needed
}

/// The registers that a step reads, each once.
fn read_by(step: &Step) -> Vec<usize> {
    let all = match *step {
        Step::Input(_) | Step::Kept(_) => vec![],
        Step::Resized(_, one) => vec![one],
        Step::Binary(_, one, other) | Step::Quotient(_, one, other, _) => vec![one, other],
        Step::Select(when, yes, no) => vec![when, yes, no],
    };
    let registers = all.into_iter().filter_map(|operand| match operand {
        Operand::Register(register) => Some(register),
        Operand::Constant(_) => None,
    });
    let mut registers: Vec<usize> = registers.collect();
    registers.sort_unstable();
    registers.dedup();
    registers
}

fn with_operands(step: Step, mut change: impl FnMut(Operand) -> Operand) -> Step {
    match step {
        Step::Binary(operator, one, other) => Step::Binary(operator, change(one), change(other)),
        Step::Select(when, yes, no) => Step::Select(change(when), change(yes), change(no)),
        Step::Quotient(way, one, other, near) => Step::Quotient(way, change(one), change(other), near),
        Step::Resized(from, one) => Step::Resized(from, change(one)),
        load @ (Step::Input(_) | Step::Kept(_)) => load,
    }
}

/// Steps with their widths; operands are places in this list.
#[derive(Default)]
struct Sized {
    steps: Vec<Filled>,
    /// Where each step of the draft stands.
    places: BTreeMap<usize, usize>,
    /// Where what another step gives stands in another width.
    resized: BTreeMap<(usize, Width), usize>,
}

impl Sized {
    fn add(&mut self, draft: usize, step: &Step, bounds: &[Bounds], kept: Option<usize>) {
        let ends = |operand: Operand| match operand {
            Operand::Constant(number) => (number, number),
            Operand::Register(register) => bounds.get(register).copied().unwrap_or((i128::MIN, i128::MAX)),
        };
        let of = |operand: Operand| Width::of(ends(operand));
        let own = of(Operand::Register(draft));
        let width = match *step {
            Step::Input(_) | Step::Kept(_) | Step::Resized(..) => own,
            // A condition is a truth, and any width holds it.
            Step::Select(_, yes, no) => of(yes).max(of(no)).max(own),
            Step::Binary(Binary::Equal | Binary::Unequal | Binary::Less | Binary::LessOrEqual, one, other) => {
                of(one).max(of(other))
            }
            Step::Binary(_, one, other) | Step::Quotient(_, one, other, _) => of(one).max(of(other)).max(own),
        };
        let step = with_operands(*step, |operand| match operand {
            Operand::Register(register) => Operand::Register(self.at(register, width)),
            constant @ Operand::Constant(_) => constant,
        });
        let place = self.push(step, width, kept);
        self.places.insert(draft, place);
    }

    fn push(&mut self, step: Step, width: Width, kept: Option<usize>) -> usize {
        self.steps.push(Filled {
            step,
            register: 0,
            width,
            kept,
        });
        self.steps.len().saturating_sub(1)
    }

    /// Where what a step of the draft gives stands in this width.
    fn at(&mut self, draft: usize, width: Width) -> usize {
        let place = self.places.get(&draft).copied().unwrap_or(0);
        let from = self.steps.get(place).map_or(width, |filled| filled.width);
        if from == width {
            return place;
        }
        if let Some(known) = self.resized.get(&(place, width)) {
            return *known;
        }
        let resized = self.push(Step::Resized(from, Operand::Register(place)), width, None);
        self.resized.insert((place, width), resized);
        resized
    }
}

/// The steps over registers.
fn allocated(steps: &[Filled]) -> Stage {
    let mut last_read = vec![0_usize; steps.len()];
    for (place, filled) in steps.iter().enumerate() {
        for read in read_by(&filled.step) {
            if let Some(last) = last_read.get_mut(read) {
                *last = place;
            }
        }
    }
    let mut stage = Stage::default();
    let mut free: BTreeMap<Width, Vec<usize>> = BTreeMap::new();
    let mut registers: Vec<usize> = Vec::with_capacity(steps.len());
    for (place, filled) in steps.iter().enumerate() {
        // The result never takes the register of an operand of the same step.
        let register = free.entry(filled.width).or_default().pop().unwrap_or_else(|| {
            let [narrow, middle, wide] = &mut stage.registers;
            let count = match filled.width {
                Width::Narrow => narrow,
                Width::Middle => middle,
                Width::Wide => wide,
            };
            *count = count.saturating_add(1);
            count.saturating_sub(1)
        });
        let mut ending: Vec<usize> = read_by(&filled.step);
        ending.retain(|read| last_read.get(*read) == Some(&place));
        for read in ending {
            if let (Some(width), Some(register)) = (steps.get(read).map(|read| read.width), registers.get(read)) {
                free.entry(width).or_default().push(*register);
            }
        }
        if last_read.get(place) == Some(&0) {
            free.entry(filled.width).or_default().push(register);
        }
        let step = with_operands(filled.step, |operand| match operand {
            Operand::Register(read) => Operand::Register(registers.get(read).copied().unwrap_or(0)),
            constant @ Operand::Constant(_) => constant,
        });
        registers.push(register);
        stage.steps.push(Filled {
            step,
            register,
            ..*filled
        });
    }
    stage
}
