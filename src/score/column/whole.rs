//! The two widths in which columns are computed.

/// A whole number of a fixed width.
///
/// Operations wrap: before a block is computed, `compile` has proven from the declared ranges that no result leaves the
/// width, and inputs are clamped to their declared ranges when they are loaded.
pub(super) trait Whole: Copy + Ord + std::fmt::Debug {
    const ZERO: Self;
    const ONE: Self;
    /// Of a constant or bound, which the compiler has proven to fit.
    fn of(number: i128) -> Self;
    fn from_i64(number: i64) -> Self;
    /// A column to fill, with the memory of an old one where it has the same width.
    fn reused(old: Vec<i64>) -> Vec<Self>;
    /// A column of results, each of which fits 64 bits.
    fn told(column: Vec<Self>) -> Vec<i64>;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn negated(self) -> Self;
    /// Quotient and rest of what is not negative by what is above nought.
    fn split(self, by: Self) -> (Self, Self);
    /// The same where both fit 32 bits.
    fn split_narrow(self, by: Self) -> (Self, Self);
    fn is_odd(self) -> bool;
    fn truth(truth: bool) -> Self {
        if truth { Self::ONE } else { Self::ZERO }
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
    fn reused(mut old: Vec<i64>) -> Vec<i64> {
        old.clear();
        old
    }
    fn told(column: Vec<i64>) -> Vec<i64> {
        column
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
    #[allow(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "proven to fit 32 bits; a checked conversion here costs as much as the division that it spares"
    )]
    fn split_narrow(self, by: i64) -> (i64, i64) {
        let quotient = i64::from((self as u32).checked_div(by as u32).unwrap_or(0));
        (quotient, self.wrapping_sub(quotient.wrapping_mul(by)))
    }
    fn is_odd(self) -> bool {
        self & 1 == 1
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
    fn reused(_: Vec<i64>) -> Vec<i128> {
        Vec::new()
    }
    fn told(column: Vec<i128>) -> Vec<i64> {
        column.into_iter().map(i64::of).collect()
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
    fn split_narrow(self, by: i128) -> (i128, i128) {
        self.split(by)
    }
    fn is_odd(self) -> bool {
        self & 1 == 1
    }
}
