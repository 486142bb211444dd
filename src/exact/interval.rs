//! What a number may be.

use super::{Exact, Rounding};

/// All numbers from `low` to `high`, both included; `None` is an open end.
///
/// Each operation gives an interval that holds every result of the operation on members of its operands, and no wider
/// one when the operands are single numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// The lowest number; `None` when there is no lowest.
    pub low: Option<Exact>,
    /// The highest number; `None` when there is no highest.
    pub high: Option<Exact>,
}

impl Interval {
    /// A single number.
    pub fn point(number: Exact) -> Self {
        Interval {
            low: Some(number.clone()),
            high: Some(number),
        }
    }

    /// From the lower of the two to the higher.
    pub fn between(one: Exact, other: Exact) -> Self {
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        Interval {
            low: Some(low),
            high: Some(high),
        }
    }

    /// Every number there is.
    pub const ALL: Interval = Interval { low: None, high: None };

    /// The number, when there is only one.
    pub fn single(&self) -> Option<&Exact> {
        self.low.as_ref().filter(|_| self.low == self.high)
    }

    /// Whether the number lies inside.
    pub fn holds(&self, number: &Exact) -> bool {
        self.low.as_ref().is_none_or(|low| low <= number) && self.high.as_ref().is_none_or(|high| number <= high)
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(&self, other: &Interval) -> Interval {
        Interval {
            low: both(&self.low, &other.low, |a, b| a.min(b).clone()),
            high: both(&self.high, &other.high, |a, b| a.max(b).clone()),
        }
    }

    /// What lies in both; the first when they share nothing (what cannot happen is not narrowed).
    #[must_use]
    pub fn meet(&self, other: &Interval) -> Interval {
        let met = Interval {
            low: either(&self.low, &other.low, |a, b| a.max(b).clone()),
            high: either(&self.high, &other.high, |a, b| a.min(b).clone()),
        };
        match (&met.low, &met.high) {
            (Some(low), Some(high)) if low > high => self.clone(),
            _ => met,
        }
    }

    /// Sum.
    #[must_use]
    pub fn plus(&self, other: &Interval) -> Interval {
        Interval {
            low: both(&self.low, &other.low, |a, b| a + b),
            high: both(&self.high, &other.high, |a, b| a + b),
        }
    }

    /// Negation.
    #[must_use]
    pub fn negated(&self) -> Interval {
        Interval {
            low: self.high.as_ref().map(|high| -high),
            high: self.low.as_ref().map(|low| -low),
        }
    }

    /// Product.
    #[must_use]
    pub fn times(&self, other: &Interval) -> Interval {
        let nought = Interval::point(Exact::ZERO);
        if *self == nought || *other == nought {
            return nought;
        }
        if let (Some(a), Some(b), Some(c), Some(d)) = (&self.low, &self.high, &other.low, &other.high) {
            let corners = [a * c, a * d, b * c, b * d];
            let [first, ..] = &corners;
            return Interval {
                low: Some(corners.iter().fold(first, Ord::min).clone()),
                high: Some(corners.iter().fold(first, Ord::max).clone()),
            };
        }
        // With an open end only the common case is kept narrow: nothing below nought.
        match (&self.low, &other.low) {
            (Some(a), Some(b)) if !a.is_negative() && !b.is_negative() => Interval {
                low: Some(a * b),
                high: None,
            },
            _ => Interval::ALL,
        }
    }

    /// Quotient; nought in the divisor opens the end towards which the quotient grows.
    ///
    /// `None` when the divisor is nought and nothing else.
    pub fn over(&self, divisor: &Interval) -> Option<Interval> {
        let nought = Exact::ZERO;
        if divisor.single().is_some_and(Exact::is_zero) {
            return None;
        }
        let inverse = |end: &Option<Exact>| match end {
            None => Some(Exact::ZERO),
            Some(end) => Exact::ONE.checked_div(end),
        };
        let (low, high) = (divisor.low.as_ref(), divisor.high.as_ref());
        Some(
            if low.is_some_and(|low| *low >= nought) || high.is_some_and(|high| *high <= nought) {
                self.times(&Interval {
                    low: inverse(&divisor.high),
                    high: inverse(&divisor.low),
                })
            } else {
                Interval::ALL
            },
        )
    }

    /// The lower of the two.
    #[must_use]
    pub fn lower(&self, other: &Interval) -> Interval {
        Interval {
            low: both(&self.low, &other.low, |a, b| a.min(b).clone()),
            high: either(&self.high, &other.high, |a, b| a.min(b).clone()),
        }
    }

    /// The higher of the two.
    #[must_use]
    pub fn higher(&self, other: &Interval) -> Interval {
        Interval {
            low: either(&self.low, &other.low, |a, b| a.max(b).clone()),
            high: both(&self.high, &other.high, |a, b| a.max(b).clone()),
        }
    }

    /// The distance from nought.
    #[must_use]
    pub fn abs(&self) -> Interval {
        let highest = self.higher(&self.negated());
        Interval {
            low: Some(highest.low.unwrap_or(Exact::ZERO).max(Exact::ZERO)),
            high: highest.high,
        }
    }

    /// Rounded; rounding keeps order, so the ends are rounded.
    #[must_use]
    pub fn rounded(&self, rounding: &Rounding) -> Interval {
        Interval {
            low: self.low.as_ref().map(|low| rounding.round(low)),
            high: self.high.as_ref().map(|high| rounding.round(high)),
        }
    }
}

/// Open when either end is open.
fn both(one: &Option<Exact>, other: &Option<Exact>, join: fn(&Exact, &Exact) -> Exact) -> Option<Exact> {
    Some(join(one.as_ref()?, other.as_ref()?))
}

/// Open only when both ends are open.
fn either(one: &Option<Exact>, other: &Option<Exact>, join: fn(&Exact, &Exact) -> Exact) -> Option<Exact> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(one, other)),
        (one, other) => one.as_ref().or(other.as_ref()).cloned(),
    }
}
