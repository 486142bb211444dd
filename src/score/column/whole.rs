//! The widths in which columns are computed.

#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "values are proven to fit before they are made narrow; a checked conversion would cost more than the step"
)]

use super::kept::Kept;
use super::kernel::Read;
use super::quotient::{divided, middle, narrow};
use super::steps::{Way, Width};

/// The registers of a stage, by width.
pub(super) struct Registers {
    narrow: Vec<Vec<i32>>,
    middle: Vec<Vec<i64>>,
    wide: Vec<Vec<i128>>,
}

impl Registers {
    /// So many of each width, of so many rows.
    pub(super) fn new([narrow, middle, wide]: [usize; 3], rows: usize) -> Registers {
        Registers {
            narrow: vec![vec![0; rows]; narrow],
            middle: vec![vec![0; rows]; middle],
            wide: vec![vec![0; rows]; wide],
        }
    }
}

/// A whole number of a fixed width.
///
/// Operations wrap: before a block is computed, the compiler has proven from the declared ranges that no result leaves
/// the width, and inputs are clamped to their declared ranges when they are loaded.
pub(super) trait Whole: Copy + Ord + std::fmt::Debug {
    const ZERO: Self;
    const ONE: Self;
    /// Of a constant or bound, which the compiler has proven to fit.
    fn of(number: i128) -> Self;
    fn from_i64(number: i64) -> Self;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn negated(self) -> Self;
    /// Quotient and rest of what is not negative by what is above nought.
    fn split(self, by: Self) -> (Self, Self);
    fn is_odd(self) -> bool;
    fn truth(truth: bool) -> Self {
        if truth { Self::ONE } else { Self::ZERO }
    }
    /// The registers of this width.
    fn file(registers: &Registers) -> &Vec<Vec<Self>>;
    fn file_mut(registers: &mut Registers) -> &mut Vec<Vec<Self>>;
    /// A register of another width, whose values fit this one.
    fn resized(out: &mut [Self], from: Width, register: usize, registers: &Registers);
    /// Rounded quotients; near where numbers and divisors are below 2^51.
    fn quotients(way: Way, out: &mut [Self], number: Read<'_, Self>, by: Read<'_, Self>, near: bool);
    /// Puts rows behind a column.
    fn append(rows: &[Self], column: &mut Kept);
    /// Reads rows of a column.
    fn fetch(out: &mut [Self], column: &Kept, rows: std::ops::Range<usize>);
    /// Numbers held within their range, which this width holds; whether one was outside.
    fn held(out: &mut [Self], values: &[i64], least: i64, greatest: i64) -> bool {
        let mut beyond = false;
        for (out, value) in out.iter_mut().zip(values) {
            let held = (*value).max(least).min(greatest);
            beyond |= held != *value;
            *out = Self::from_i64(held);
        }
        beyond
    }
    /// The same of numbers of 32 bits.
    fn held_narrow(out: &mut [Self], values: &[i32], least: i64, greatest: i64) -> bool {
        let mut beyond = false;
        for (out, value) in out.iter_mut().zip(values) {
            let value = i64::from(*value);
            let held = value.max(least).min(greatest);
            beyond |= held != value;
            *out = Self::from_i64(held);
        }
        beyond
    }
}

/// Whether numbers of 32 bits lie outside of these ends; perhaps too where the ends are more than 31 bits apart.
fn any_outside(values: &[i32], least: i32, greatest: i32) -> bool {
    let sign = |value: &i32| value.wrapping_sub(least) | greatest.wrapping_sub(*value);
    values.iter().fold(0, |signs, value| signs | sign(value)) < 0
}

fn convert<A: Copy, B>(out: &mut [B], from: Option<&[A]>, with: impl Fn(A) -> B) {
    for (out, from) in out.iter_mut().zip(from.unwrap_or_default()) {
        *out = with(*from);
    }
}

fn register<A>(file: &[Vec<A>], register: usize) -> Option<&[A]> {
    file.get(register).map(Vec::as_slice)
}

impl Whole for i32 {
    const ZERO: i32 = 0;
    const ONE: i32 = 1;
    fn of(number: i128) -> i32 {
        number as i32
    }
    fn from_i64(number: i64) -> i32 {
        number as i32
    }
    fn plus(self, other: i32) -> i32 {
        self.wrapping_add(other)
    }
    fn minus(self, other: i32) -> i32 {
        self.wrapping_sub(other)
    }
    fn times(self, other: i32) -> i32 {
        self.wrapping_mul(other)
    }
    fn negated(self) -> i32 {
        self.wrapping_neg()
    }
    fn split(self, by: i32) -> (i32, i32) {
        let quotient = self.checked_div(by).unwrap_or(0);
        (quotient, self.wrapping_sub(quotient.wrapping_mul(by)))
    }
    fn is_odd(self) -> bool {
        self & 1 == 1
    }
    fn truth(truth: bool) -> i32 {
        i32::from(truth)
    }
    fn file(registers: &Registers) -> &Vec<Vec<i32>> {
        &registers.narrow
    }
    fn file_mut(registers: &mut Registers) -> &mut Vec<Vec<i32>> {
        &mut registers.narrow
    }
    fn resized(out: &mut [i32], from: Width, place: usize, registers: &Registers) {
        match from {
            Width::Narrow => convert(out, register(&registers.narrow, place), |value| value),
            Width::Middle => convert(out, register(&registers.middle, place), |value| value as i32),
            Width::Wide => convert(out, register(&registers.wide, place), |value| value as i32),
        }
    }
    fn quotients(way: Way, out: &mut [i32], number: Read<'_, i32>, by: Read<'_, i32>, _: bool) {
        narrow(way, out, number, by);
    }
    fn append(rows: &[i32], column: &mut Kept) {
        match column {
            Kept::Middle(column) => column.extend(rows.iter().map(|value| i64::from(*value))),
            Kept::Wide(column) => column.extend(rows.iter().map(|value| i128::from(*value))),
        }
    }
    fn fetch(out: &mut [i32], column: &Kept, rows: std::ops::Range<usize>) {
        match column {
            Kept::Middle(column) => convert(out, column.get(rows), |value| value as i32),
            Kept::Wide(column) => convert(out, column.get(rows), |value| value as i32),
        }
    }
    fn held(out: &mut [i32], values: &[i64], least: i64, greatest: i64) -> bool {
        // The sign says whether one of the two differences is below nought. Where one of them leaves 64 bits, the other
        // is below nought: the ends fit 32 bits.
        let mut beyond = 0;
        for (out, value) in out.iter_mut().zip(values) {
            beyond |= value.wrapping_sub(least) | greatest.wrapping_sub(*value);
            *out = *value as i32;
        }
        if beyond < 0 {
            for (out, value) in out.iter_mut().zip(values) {
                *out = (*value).max(least).min(greatest) as i32;
            }
        }
        beyond < 0
    }
    fn held_narrow(out: &mut [i32], values: &[i32], least: i64, greatest: i64) -> bool {
        let (least, greatest) = (least as i32, greatest as i32);
        let values = values.get(..out.len()).unwrap_or(values);
        convert(out, Some(values), |value| value);
        let beyond = any_outside(values, least, greatest);
        if beyond {
            out.iter_mut().for_each(|out| *out = (*out).max(least).min(greatest));
        }
        beyond
    }
}

impl Whole for i64 {
    const ZERO: i64 = 0;
    const ONE: i64 = 1;
    fn of(number: i128) -> i64 {
        i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
    }
    fn from_i64(number: i64) -> i64 {
        number
    }
    fn plus(self, other: i64) -> i64 {
        self.wrapping_add(other)
    }
    fn minus(self, other: i64) -> i64 {
        self.wrapping_sub(other)
    }
    fn times(self, other: i64) -> i64 {
        self.wrapping_mul(other)
    }
    fn negated(self) -> i64 {
        self.wrapping_neg()
    }
    fn split(self, by: i64) -> (i64, i64) {
        let quotient = self.checked_div(by).unwrap_or(0);
        (quotient, self.wrapping_sub(quotient.wrapping_mul(by)))
    }
    fn is_odd(self) -> bool {
        self & 1 == 1
    }
    fn file(registers: &Registers) -> &Vec<Vec<i64>> {
        &registers.middle
    }
    fn file_mut(registers: &mut Registers) -> &mut Vec<Vec<i64>> {
        &mut registers.middle
    }
    fn resized(out: &mut [i64], from: Width, place: usize, registers: &Registers) {
        match from {
            Width::Narrow => convert(out, register(&registers.narrow, place), i64::from),
            Width::Middle => convert(out, register(&registers.middle, place), |value| value),
            Width::Wide => convert(out, register(&registers.wide, place), |value| value as i64),
        }
    }
    fn quotients(way: Way, out: &mut [i64], number: Read<'_, i64>, by: Read<'_, i64>, near: bool) {
        if near {
            middle(way, out, number, by);
        } else {
            divided(way, out, number, by);
        }
    }
    fn append(rows: &[i64], column: &mut Kept) {
        match column {
            Kept::Middle(column) => column.extend_from_slice(rows),
            Kept::Wide(column) => column.extend(rows.iter().map(|value| i128::from(*value))),
        }
    }
    fn fetch(out: &mut [i64], column: &Kept, rows: std::ops::Range<usize>) {
        match column {
            Kept::Middle(column) => convert(out, column.get(rows), |value| value),
            Kept::Wide(column) => convert(out, column.get(rows), |value| value as i64),
        }
    }
}

impl Whole for i128 {
    const ZERO: i128 = 0;
    const ONE: i128 = 1;
    fn of(number: i128) -> i128 {
        number
    }
    fn from_i64(number: i64) -> i128 {
        i128::from(number)
    }
    fn plus(self, other: i128) -> i128 {
        self.wrapping_add(other)
    }
    fn minus(self, other: i128) -> i128 {
        self.wrapping_sub(other)
    }
    fn times(self, other: i128) -> i128 {
        self.wrapping_mul(other)
    }
    fn negated(self) -> i128 {
        self.wrapping_neg()
    }
    fn split(self, by: i128) -> (i128, i128) {
        let quotient = self.checked_div(by).unwrap_or(0);
        (quotient, self.wrapping_sub(quotient.wrapping_mul(by)))
    }
    fn is_odd(self) -> bool {
        self & 1 == 1
    }
    fn file(registers: &Registers) -> &Vec<Vec<i128>> {
        &registers.wide
    }
    fn file_mut(registers: &mut Registers) -> &mut Vec<Vec<i128>> {
        &mut registers.wide
    }
    fn resized(out: &mut [i128], from: Width, place: usize, registers: &Registers) {
        match from {
            Width::Narrow => convert(out, register(&registers.narrow, place), i128::from),
            Width::Middle => convert(out, register(&registers.middle, place), i128::from),
            Width::Wide => convert(out, register(&registers.wide, place), |value| value),
        }
    }
    fn quotients(way: Way, out: &mut [i128], number: Read<'_, i128>, by: Read<'_, i128>, _: bool) {
        divided(way, out, number, by);
    }
    fn append(rows: &[i128], column: &mut Kept) {
        match column {
            Kept::Middle(column) => column.extend(rows.iter().map(|value| i64::of(*value))),
            Kept::Wide(column) => column.extend_from_slice(rows),
        }
    }
    fn fetch(out: &mut [i128], column: &Kept, rows: std::ops::Range<usize>) {
        match column {
            Kept::Middle(column) => convert(out, column.get(rows), i128::from),
            Kept::Wide(column) => convert(out, column.get(rows), |value| value),
        }
    }
}
