//! What a step does to the rows of a block.

use super::steps::{Binary, Operand, Step};
use super::whole::{Registers, Whole};

/// A register's rows, or one number.
#[derive(Clone, Copy)]
pub(super) enum Read<'r, W> {
    Rows(&'r [W]),
    One(W),
}

fn read<W: Whole>(operand: Operand, registers: &Registers) -> Read<'_, W> {
    match operand {
        Operand::Register(register) => {
            Read::Rows(W::file(registers).get(register).map(Vec::as_slice).unwrap_or_default())
        }
        Operand::Constant(number) => Read::One(W::of(number)),
    }
}

/// One loop for each mixture of rows and constants.
#[inline(always)]
pub(super) fn each<W: Whole>(out: &mut [W], one: Read<'_, W>, other: Read<'_, W>, with: impl Fn(W, W) -> W) {
    match (one, other) {
        (Read::Rows(one), Read::Rows(other)) => {
            for ((out, one), other) in out.iter_mut().zip(one).zip(other) {
                *out = with(*one, *other);
            }
        }
        (Read::Rows(one), Read::One(other)) => {
            for (out, one) in out.iter_mut().zip(one) {
                *out = with(*one, other);
            }
        }
        (Read::One(one), Read::Rows(other)) => {
            for (out, other) in out.iter_mut().zip(other) {
                *out = with(one, *other);
            }
        }
        (Read::One(one), Read::One(other)) => out.fill(with(one, other)),
    }
}

/// Fills a register by an operator over other registers.
pub(super) fn compute<W: Whole>(step: Step, out: &mut [W], registers: &Registers) {
    match step {
        Step::Input(_) | Step::Kept(_) => {}
        Step::Resized(from, Operand::Register(register)) => W::resized(out, from, register, registers),
        Step::Resized(_, Operand::Constant(number)) => out.fill(W::of(number)),
        Step::Binary(operator, one, other) => binary(operator, out, read(one, registers), read(other, registers)),
        Step::Select(when, yes, no) => {
            if let Read::Rows(when) = read(when, registers) {
                select(out, when, read(yes, registers), read(no, registers));
            }
        }
        Step::Quotient(way, number, by, near) => {
            W::quotients(way, out, read(number, registers), read(by, registers), near);
        }
    }
}

fn binary<W: Whole>(operator: Binary, out: &mut [W], one: Read<'_, W>, other: Read<'_, W>) {
    match operator {
        Binary::Add => each(out, one, other, W::plus),
        Binary::Subtract => each(out, one, other, W::minus),
        Binary::Multiply => each(out, one, other, W::times),
        Binary::Lower => each(out, one, other, |one, other| if other < one { other } else { one }),
        Binary::Higher => each(out, one, other, |one, other| if other > one { other } else { one }),
        Binary::Equal => each(out, one, other, |one, other| W::truth(one == other)),
        Binary::Unequal => each(out, one, other, |one, other| W::truth(one != other)),
        Binary::Less => each(out, one, other, |one, other| W::truth(one < other)),
        Binary::LessOrEqual => each(out, one, other, |one, other| W::truth(one <= other)),
    }
}

fn select<W: Whole>(out: &mut [W], when: &[W], yes: Read<'_, W>, no: Read<'_, W>) {
    let chosen = |when: W, yes: W, no: W| if when != W::ZERO { yes } else { no };
    match (yes, no) {
        (Read::Rows(yes), Read::Rows(no)) => {
            for (((out, when), yes), no) in out.iter_mut().zip(when).zip(yes).zip(no) {
                *out = chosen(*when, *yes, *no);
            }
        }
        (Read::Rows(yes), Read::One(no)) => {
            for ((out, when), yes) in out.iter_mut().zip(when).zip(yes) {
                *out = chosen(*when, *yes, no);
            }
        }
        (Read::One(yes), Read::Rows(no)) => {
            for ((out, when), no) in out.iter_mut().zip(when).zip(no) {
                *out = chosen(*when, yes, *no);
            }
        }
        (Read::One(yes), Read::One(no)) => {
            for (out, when) in out.iter_mut().zip(when) {
                *out = chosen(*when, yes, no);
            }
        }
    }
}
