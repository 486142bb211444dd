//! Exact fractions of the oracle's own: the library's numbers are what is tested.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Zero};

/// A fraction in lowest terms with a positive denominator.
#[derive(Clone, PartialEq, Eq)]
pub struct Fraction {
    top: BigInt,
    bottom: BigInt,
}

impl Fraction {
    pub fn new(top: BigInt, bottom: BigInt) -> Self {
        assert!(!bottom.is_zero(), "divided by nought");
        let divisor = top.gcd(&bottom);
        let divisor = if bottom.sign() == Sign::Minus {
            -divisor
        } else {
            divisor
        };
        Fraction {
            top: top / &divisor,
            bottom: bottom / divisor,
        }
    }

    pub fn whole(number: i64) -> Self {
        Fraction {
            top: BigInt::from(number),
            bottom: BigInt::one(),
        }
    }

    pub fn zero() -> Self {
        Fraction::whole(0)
    }

    /// `-12`, `0.25`, `257/3`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((top, bottom)) = text.split_once('/') {
            return Some(Fraction::new(top.parse().ok()?, bottom.parse().ok()?));
        }
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits: BigInt = format!("{whole}{decimals}").parse().ok()?;
        Some(Fraction::new(
            digits,
            BigInt::from(10).pow(u32::try_from(decimals.len()).ok()?),
        ))
    }

    pub fn is_zero(&self) -> bool {
        self.top.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.top.sign() == Sign::Minus
    }

    pub fn abs(&self) -> Self {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The greatest whole number that is not above it.
    pub fn floor(&self) -> Self {
        Fraction::new(self.top.div_floor(&self.bottom), BigInt::one())
    }

    /// As a small whole number; places, years, counts.
    pub fn to_i64(&self) -> i64 {
        assert!(self.bottom.is_one(), "{self} is not whole");
        i64::try_from(&self.top).unwrap()
    }

    /// Rounded to a multiple of `unit`: the absolute value is rounded and the sign restored.
    pub fn rounded_to(&self, unit: &Fraction, mode: &str) -> Self {
        let units = &self.abs() / unit;
        let (below, one) = (units.floor(), Fraction::whole(1));
        let rest = &units - &below;
        let half = Fraction::new(BigInt::one(), BigInt::from(2));
        let up = match mode {
            "down" => false,
            "up" => !rest.is_zero(),
            "half_up" => rest >= half,
            "half_even" => rest > half || (rest == half && below.top.is_odd()),
            other => panic!("no way of rounding: {other}"),
        };
        let rounded = if up { below + one } else { below } * unit.clone();
        if self.is_negative() { -rounded } else { rounded }
    }

    /// Rounded to a decimal place.
    pub fn rounded(&self, place: i64, mode: &str) -> Self {
        self.rounded_to(&unit(place), mode)
    }

    /// The n-th root of what is not negative, rounded to a decimal place.
    pub fn root(&self, n: u32, place: i64, mode: &str) -> Self {
        assert!(!self.is_negative(), "a root of {self}");
        // In units of the place: below ≤ root < below + 1, found by halving.
        let power = |number: &Fraction| (1..n).fold(number.clone(), |power, _| &power * number);
        let unit = unit(place);
        let target = self / &power(&unit);
        let (mut below, mut above) = (BigInt::zero(), BigInt::one());
        let whole = |number: &BigInt| Fraction::new(number.clone(), BigInt::one());
        while power(&whole(&above)) <= target {
            above *= 2;
        }
        while &above - &below > BigInt::one() {
            let middle: BigInt = (&below + &above) / 2;
            if power(&whole(&middle)) <= target {
                below = middle;
            } else {
                above = middle;
            }
        }
        let exact = power(&whole(&below)) == target;
        let middle = Fraction::new(&below * 2 + 1, BigInt::from(2));
        let against_half = target.cmp(&power(&middle));
        let up = match mode {
            "down" => false,
            "up" => !exact,
            "half_up" => against_half != Ordering::Less,
            "half_even" => against_half == Ordering::Greater || (against_half == Ordering::Equal && below.is_odd()),
            other => panic!("no way of rounding: {other}"),
        };
        whole(&if up { above } else { below }) * unit
    }
}

/// What a decimal place counts in.
fn unit(place: i64) -> Fraction {
    let power = BigInt::from(10).pow(u32::try_from(place.unsigned_abs()).unwrap());
    if place < 0 {
        Fraction::new(power, BigInt::one())
    } else {
        Fraction::new(BigInt::one(), power)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.top * &other.bottom).cmp(&(&other.top * &self.bottom))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! operator {
    ($trait:ident, $name:ident, |$a:ident, $b:ident| $result:expr) => {
        impl $trait for &Fraction {
            type Output = Fraction;
            fn $name(self, other: &Fraction) -> Fraction {
                let ($a, $b) = (self, other);
                $result
            }
        }
        impl $trait for Fraction {
            type Output = Fraction;
            fn $name(self, other: Fraction) -> Fraction {
                $trait::$name(&self, &other)
            }
        }
    };
}

operator!(Add, add, |a, b| Fraction::new(
    &a.top * &b.bottom + &b.top * &a.bottom,
    &a.bottom * &b.bottom
));
operator!(Sub, sub, |a, b| Fraction::new(
    &a.top * &b.bottom - &b.top * &a.bottom,
    &a.bottom * &b.bottom
));
operator!(Mul, mul, |a, b| Fraction::new(&a.top * &b.top, &a.bottom * &b.bottom));
operator!(Div, div, |a, b| Fraction::new(&a.top * &b.bottom, &a.bottom * &b.top));

impl Neg for &Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        Fraction {
            top: -&self.top,
            bottom: self.bottom.clone(),
        }
    }
}

impl Neg for Fraction {
    type Output = Fraction;
    fn neg(self) -> Fraction {
        -&self
    }
}

impl std::iter::Sum for Fraction {
    fn sum<I: Iterator<Item = Fraction>>(all: I) -> Fraction {
        all.fold(Fraction::zero(), |sum, one| sum + one)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bottom.is_one() {
            write!(f, "{}", self.top)
        } else {
            write!(f, "{}/{}", self.top, self.bottom)
        }
    }
}

impl fmt::Debug for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
