//! Rational numbers.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

/// An exact rational number of any size.
///
/// Kept as a reduced ratio of two `i128` with a positive denominator whenever both parts fit, else as big integers;
/// so equal numbers are equal values, with equal hashes. Operators work on references and never fail.
///
/// ```
/// use zeren::exact::Exact;
/// let mean = Exact::from_text("257/3").unwrap();
/// assert_eq!(mean.shown(), "257/3(≈85.67)");
/// assert_eq!((&mean * &Exact::from(3)).to_string(), "257");
/// assert_eq!(Exact::from_text("0.1").unwrap().checked_div(&Exact::from(4)).unwrap().to_string(), "0.025");
/// assert_eq!(mean.checked_div(&Exact::from(0)), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    /// Reduced, `1 <= .1`, and neither part is `i128::MIN`.
    Small(i128, i128),
    /// Reduced, positive denominator, and at least one part does not fit the other form.
    Big(Box<(BigInt, BigInt)>),
}

/// Nought.
impl Default for Exact {
    fn default() -> Self {
        Exact::ZERO
    }
}

impl Exact {
    /// Nought.
    pub const ZERO: Exact = Exact(Repr::Small(0, 1));
    /// One.
    pub const ONE: Exact = Exact(Repr::Small(1, 1));

    /// The ratio of two whole numbers; `None` when the denominator is zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        Self::small(numerator, denominator).or_else(|| Self::big(numerator.into(), denominator.into()))
    }

    /// Reduced, when it stays small.
    fn small(numerator: i128, denominator: i128) -> Option<Self> {
        if numerator == i128::MIN || denominator == i128::MIN || denominator == 0 {
            return None;
        }
        let common = i128::try_from(numerator.unsigned_abs().gcd(&denominator.unsigned_abs())).ok()?;
        let signed = if denominator < 0 { common.checked_neg()? } else { common };
        Some(Exact(Repr::Small(
            numerator.checked_div(signed)?,
            denominator.checked_div(signed)?,
        )))
    }

    /// Reduced and brought to its canonical form; `None` when the denominator is zero.
    pub(super) fn big(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        if denominator.is_zero() {
            return None;
        }
        let common = numerator.gcd(&denominator);
        let signed = if denominator.is_negative() { -common } else { common };
        let (numerator, denominator) = (&numerator / &signed, &denominator / &signed);
        let fits = |part: &BigInt| part.to_i128().filter(|part| *part != i128::MIN);
        Some(Exact(match (fits(&numerator), fits(&denominator)) {
            (Some(numerator), Some(denominator)) => Repr::Small(numerator, denominator),
            _ => Repr::Big(Box::new((numerator, denominator))),
        }))
    }

    /// Numerator and denominator.
    pub(super) fn parts(&self) -> (BigInt, BigInt) {
        match &self.0 {
            Repr::Small(numerator, denominator) => ((*numerator).into(), (*denominator).into()),
            Repr::Big(parts) => (parts.0.clone(), parts.1.clone()),
        }
    }

    /// An operation on small numbers, with the same operation on big ones for when the result outgrows them.
    fn combine(
        &self,
        other: &Exact,
        small: impl FnOnce(i128, i128, i128, i128) -> Option<Exact>,
        big: impl FnOnce(BigInt, BigInt, BigInt, BigInt) -> (BigInt, BigInt),
    ) -> Option<Exact> {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let Some(done) = small(*a, *b, *c, *d)
        {
            return Some(done);
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        let (numerator, denominator) = big(a, b, c, d);
        Exact::big(numerator, denominator)
    }

    /// The quotient; `None` when the divisor is zero.
    pub fn checked_div(&self, divisor: &Exact) -> Option<Exact> {
        self.combine(
            divisor,
            |a, b, c, d| Exact::small(a.checked_mul(d)?, b.checked_mul(c)?),
            |a, b, c, d| (a * d, b * c),
        )
    }

    /// Whether it is nought.
    pub fn is_zero(&self) -> bool {
        *self == Exact::ZERO
    }

    /// Whether it is below nought.
    pub fn is_negative(&self) -> bool {
        *self < Exact::ZERO
    }

    /// Whether it is above nought.
    pub fn is_positive(&self) -> bool {
        *self > Exact::ZERO
    }

    /// Whether it is a whole number.
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Repr::Small(_, denominator) => *denominator == 1,
            Repr::Big(parts) => parts.1 == BigInt::from(1),
        }
    }

    /// The whole number, when it is one and fits.
    pub fn to_i128(&self) -> Option<i128> {
        match &self.0 {
            Repr::Small(numerator, 1) => Some(*numerator),
            Repr::Small(..) => None,
            Repr::Big(parts) => self.is_whole().then(|| parts.0.to_i128()).flatten(),
        }
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(&self) -> Exact {
        match &self.0 {
            Repr::Small(numerator, denominator) => Exact(Repr::Small(Integer::div_floor(numerator, denominator), 1)),
            Repr::Big(parts) => Exact::big(parts.0.div_floor(&parts.1), BigInt::from(1)).unwrap_or(Exact::ZERO),
        }
    }

    /// Its distance from nought.
    #[must_use]
    pub fn abs(&self) -> Exact {
        if self.is_negative() { -self } else { self.clone() }
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Exact(Repr::Small(whole.into(), 1))
    }
}

impl From<i32> for Exact {
    fn from(whole: i32) -> Self {
        Exact(Repr::Small(whole.into(), 1))
    }
}

impl From<u32> for Exact {
    fn from(whole: u32) -> Self {
        Exact(Repr::Small(whole.into(), 1))
    }
}

/// How many things there are.
impl From<usize> for Exact {
    fn from(count: usize) -> Self {
        Exact::big(BigInt::from(count), BigInt::from(1)).unwrap_or(Exact::ZERO)
    }
}

impl Add for &Exact {
    type Output = Exact;
    fn add(self, other: &Exact) -> Exact {
        self.combine(
            other,
            |a, b, c, d| Exact::small(a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?),
            |a, b, c, d| (a * &d + c * &b, b * d),
        )
        .unwrap_or(Exact::ZERO) // denominators are positive, so there is always a sum
    }
}

impl Sub for &Exact {
    type Output = Exact;
    fn sub(self, other: &Exact) -> Exact {
        self + &(-other)
    }
}

impl Mul for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        self.combine(
            other,
            |a, b, c, d| Exact::small(a.checked_mul(c)?, b.checked_mul(d)?),
            |a, b, c, d| (a * c, b * d),
        )
        .unwrap_or(Exact::ZERO) // denominators are positive, so there is always a product
    }
}

impl Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(match &self.0 {
            // Neither part is i128::MIN, so this never saturates.
            Repr::Small(numerator, denominator) => Repr::Small(numerator.saturating_neg(), *denominator),
            Repr::Big(parts) => Repr::Big(Box::new((-&parts.0, parts.1.clone()))),
        })
    }
}

impl<'a> std::iter::Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::ZERO, |sum, number| &sum + number)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Small(a, b), Repr::Small(c, d)) = (&self.0, &other.0)
            && let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b))
        {
            return left.cmp(&right);
        }
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        (a * d).cmp(&(c * b))
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As text: numbers in the state are few, and most of them are short.
impl crate::document::Keep for Exact {
    fn keep(&self, to: &mut crate::document::Keeper) {
        self.to_string().keep(to);
    }
    fn kept(from: &mut crate::document::Kept<'_>) -> Option<Self> {
        Exact::from_text(from.text()?)
    }
}
