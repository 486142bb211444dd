//! Rounded quotients.
//!
//! A quotient is guessed in floating point, which is several times as fast as dividing whole numbers, and settled by the
//! exact remainder: a guess that is less than 1 away is put right, and where a remainder then still lies outside of
//! nought to the divisor, the block is divided in whole numbers. So no result depends on how floats are rounded.

#![allow(
    clippy::float_arithmetic,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "guesses only, settled by the exact remainder; bits are moved, not values changed"
)]

use super::kernel::{Read, each};
use super::steps::Way;
use super::whole::Whole;

/// 2^52: a float of this size has no places behind the point, so adding it leaves the nearest whole number in the low
/// bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;
const LOW: u64 = (1 << 52) - 1;

/// Whether the whole part moves up by one.
#[inline(always)]
fn carries<W: Whole>(way: Way, whole: W, rest: W, by: W) -> bool {
    let left = by.minus(rest);
    match way {
        Way::HalfUp => rest >= left,
        Way::HalfEven => rest > left || (rest == left && whole.is_odd()),
        Way::Down => false,
        Way::Up => rest > W::ZERO,
    }
}

/// The quotient by what is above nought, rounded: the absolute value is, and the sign restored.
#[inline(always)]
pub(super) fn quotient<W: Whole>(way: Way, number: W, by: W) -> W {
    let negative = number < W::ZERO;
    let size = if negative { number.negated() } else { number };
    let (whole, rest) = size.split(by);
    let rounded = whole.plus(W::truth(carries(way, whole, rest, by)));
    if negative { rounded.negated() } else { rounded }
}

/// The quotients of rows, divided in whole numbers.
pub(super) fn divided<W: Whole>(way: Way, out: &mut [W], number: Read<'_, W>, by: Read<'_, W>) {
    each(out, number, by, |number, by| quotient(way, number, by));
}

/// The quotients of rows of 32 bits.
pub(super) fn narrow(way: Way, out: &mut [i32], number: Read<'_, i32>, by: Read<'_, i32>) {
    let settled = match way {
        Way::HalfUp => guessed_narrow(Way::HalfUp, out, number, by),
        Way::HalfEven => guessed_narrow(Way::HalfEven, out, number, by),
        Way::Down => guessed_narrow(Way::Down, out, number, by),
        Way::Up => guessed_narrow(Way::Up, out, number, by),
    };
    if !settled {
        divided(way, out, number, by);
    }
}

/// The quotients of rows of 64 bits, numbers and divisors below 2^51.
pub(super) fn middle(way: Way, out: &mut [i64], number: Read<'_, i64>, by: Read<'_, i64>) {
    let settled = match way {
        Way::HalfUp => guessed_middle(Way::HalfUp, out, number, by),
        Way::HalfEven => guessed_middle(Way::HalfEven, out, number, by),
        Way::Down => guessed_middle(Way::Down, out, number, by),
        Way::Up => guessed_middle(Way::Up, out, number, by),
    };
    if !settled {
        divided(way, out, number, by);
    }
}

/// A guess settled by its remainder, and what is below nought where that fails.
#[inline(always)]
fn settled_narrow(way: Way, number: i32, by: i32, guess: impl Fn(f64) -> f64) -> (i32, i32) {
    let sign = number >> 31;
    let size = (number ^ sign).wrapping_sub(sign);
    let near = (guess(f64::from(size)) + WHOLE).to_bits() as u32 as i32;
    let rest = size.wrapping_sub(near.wrapping_mul(by));
    let below = rest >> 31;
    let (whole, rest) = (near.wrapping_add(below), rest.wrapping_add(by & below));
    let off = rest | by.wrapping_sub(1).wrapping_sub(rest);
    let rounded = whole.wrapping_add(i32::from(carries(way, whole, rest, by)));
    ((rounded ^ sign).wrapping_sub(sign), off)
}

#[inline(always)]
fn guessed_narrow(way: Way, out: &mut [i32], number: Read<'_, i32>, by: Read<'_, i32>) -> bool {
    let mut off = 0;
    match (number, by) {
        (Read::Rows(number), Read::Rows(by)) => {
            for ((out, number), by) in out.iter_mut().zip(number).zip(by) {
                let divisor = f64::from(*by);
                let (result, failed) = settled_narrow(way, *number, *by, |size| size / divisor);
                *out = result;
                off |= failed;
            }
        }
        (Read::Rows(number), Read::One(by)) => {
            let inverse = 1.0 / f64::from(by);
            for (out, number) in out.iter_mut().zip(number) {
                let (result, failed) = settled_narrow(way, *number, by, |size| size * inverse);
                *out = result;
                off |= failed;
            }
        }
        (Read::One(number), Read::Rows(by)) => {
            for (out, by) in out.iter_mut().zip(by) {
                let divisor = f64::from(*by);
                let (result, failed) = settled_narrow(way, number, *by, |size| size / divisor);
                *out = result;
                off |= failed;
            }
        }
        (Read::One(number), Read::One(by)) => out.fill(quotient(way, number, by)),
    }
    off >= 0
}

/// A guess settled by its remainder, and what is below nought where that fails.
#[inline(always)]
fn settled_middle(way: Way, number: i64, by: i64) -> (i64, i64) {
    // A whole number below 2^52 in the low bits is a float of that size more.
    let float = |whole: i64| f64::from_bits(whole as u64 | WHOLE.to_bits()) - WHOLE;
    let sign = number >> 63;
    let size = (number ^ sign).wrapping_sub(sign);
    let near = ((float(size) / float(by) + WHOLE).to_bits() & LOW) as i64;
    let rest = size.wrapping_sub(near.wrapping_mul(by));
    let below = rest >> 63;
    let (whole, rest) = (near.wrapping_add(below), rest.wrapping_add(by & below));
    let off = rest | by.wrapping_sub(1).wrapping_sub(rest);
    let rounded = whole.wrapping_add(i64::from(carries(way, whole, rest, by)));
    ((rounded ^ sign).wrapping_sub(sign), off)
}

#[inline(always)]
fn guessed_middle(way: Way, out: &mut [i64], number: Read<'_, i64>, by: Read<'_, i64>) -> bool {
    let mut off = 0;
    let mut settled = |number: i64, by: i64| {
        let (result, failed) = settled_middle(way, number, by);
        off |= failed;
        result
    };
    match (number, by) {
        (Read::Rows(number), Read::Rows(by)) => {
            for ((out, number), by) in out.iter_mut().zip(number).zip(by) {
                *out = settled(*number, *by);
            }
        }
        (Read::Rows(number), Read::One(by)) => {
            for (out, number) in out.iter_mut().zip(number) {
                *out = settled(*number, by);
            }
        }
        (Read::One(number), Read::Rows(by)) => {
            for (out, by) in out.iter_mut().zip(by) {
                *out = settled(number, *by);
            }
        }
        (Read::One(number), Read::One(by)) => out.fill(quotient(way, number, by)),
    }
    off >= 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAYS: [Way; 4] = [Way::HalfEven, Way::HalfUp, Way::Down, Way::Up];

    /// Numbers next to every multiple and half of divisors of all sizes, up to the ends of both widths.
    fn pairs(most: i64) -> Vec<(i64, i64)> {
        let mut divisors: Vec<i64> = (1..40).collect();
        let mut size = 40_i64;
        while size < most {
            divisors.extend([size - 1, size, size + 1]);
            size = size * 3 / 2;
        }
        divisors.extend([most - 1, most]);
        let mut pairs = Vec::new();
        for by in divisors {
            let multiples = [0, 1, 2, 3, 7, 1000, most / by / 3, most / by - 1, most / by];
            for times in multiples.into_iter().filter(|times| *times >= 0) {
                for around in [0, by / 2, (by - 1) / 2, 1, by - 1] {
                    let number = times.saturating_mul(by).saturating_add(around).min(most);
                    pairs.extend([(number, by), (-number, by)]);
                }
            }
        }
        pairs
    }

    #[test]
    fn guessed_quotients_are_exact() {
        for way in WAYS {
            let pairs: Vec<(i32, i32)> = pairs(i64::from(i32::MAX))
                .into_iter()
                .map(|(number, by)| (number as i32, by as i32))
                .collect();
            let (numbers, bys): (Vec<i32>, Vec<i32>) = pairs.iter().copied().unzip();
            let mut out = vec![0; pairs.len()];
            assert!(guessed_narrow(way, &mut out, Read::Rows(&numbers), Read::Rows(&bys)));
            for ((out, number), by) in out.iter().zip(&numbers).zip(&bys) {
                assert_eq!(*out, quotient(way, *number, *by), "{number} / {by} {way:?}");
                let mut one = [0];
                assert!(guessed_narrow(way, &mut one, Read::Rows(&[*number]), Read::One(*by)));
                assert_eq!(one[0], *out, "{number} / {by} {way:?} by the inverse");
                assert!(guessed_narrow(way, &mut one, Read::One(*number), Read::Rows(&[*by])));
                assert_eq!(one[0], *out);
            }
        }
    }

    #[test]
    fn guessed_quotients_of_64_bits_are_exact() {
        for way in WAYS {
            let (numbers, bys): (Vec<i64>, Vec<i64>) = pairs((1 << 51) - 1).into_iter().unzip();
            let mut out = vec![0; numbers.len()];
            assert!(guessed_middle(way, &mut out, Read::Rows(&numbers), Read::Rows(&bys)));
            for ((out, number), by) in out.iter().zip(&numbers).zip(&bys) {
                assert_eq!(*out, quotient(way, *number, *by), "{number} / {by} {way:?}");
            }
        }
    }

    #[test]
    fn a_guess_that_is_far_off_is_not_settled() {
        assert!(settled_narrow(Way::Down, 100, 7, |_| 12.0).1 < 0);
        assert!(settled_narrow(Way::Down, 100, 7, |_| 16.0).1 < 0);
        assert_eq!(settled_narrow(Way::Down, 100, 7, |_| 15.0).0, 14);
    }
}
