//! Which signs a number may have: what an interval with closed ends cannot say (`目标 > 0` leaves nought out).

use crate::exact::{Exact, Interval};

/// The signs that a number may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs {
    /// It may be below nought.
    pub(super) negative: bool,
    /// It may be nought.
    pub(super) nought: bool,
    /// It may be above nought.
    pub(super) positive: bool,
}

impl Signs {
    pub(super) const ALL: Signs = Signs::new(true, true, true);
    pub(super) const NEGATIVE: Signs = Signs::new(true, false, false);
    pub(super) const POSITIVE: Signs = Signs::new(false, false, true);
    pub(super) const UNEQUAL: Signs = Signs::new(true, false, true);

    pub(super) const fn new(negative: bool, nought: bool, positive: bool) -> Self {
        Signs {
            negative,
            nought,
            positive,
        }
    }

    /// The signs of the numbers of an interval.
    pub(super) fn of(interval: &Interval) -> Self {
        Signs {
            negative: interval.low.as_ref().is_none_or(Exact::is_negative),
            nought: interval.holds(&Exact::ZERO),
            positive: interval.high.as_ref().is_none_or(Exact::is_positive),
        }
    }

    pub(super) fn and(self, other: Signs) -> Signs {
        Signs {
            negative: self.negative && other.negative,
            nought: self.nought && other.nought,
            positive: self.positive && other.positive,
        }
    }

    pub(super) fn or(self, other: Signs) -> Signs {
        Signs {
            negative: self.negative || other.negative,
            nought: self.nought || other.nought,
            positive: self.positive || other.positive,
        }
    }

    pub(super) fn negated(self) -> Signs {
        Signs::new(self.positive, self.nought, self.negative)
    }

    pub(super) fn absolute(self) -> Signs {
        Signs::new(false, self.nought, self.negative || self.positive)
    }

    pub(super) fn plus(self, other: Signs) -> Signs {
        Signs {
            negative: self.negative || other.negative,
            nought: (self.nought && other.nought)
                || (self.negative && other.positive)
                || (self.positive && other.negative),
            positive: self.positive || other.positive,
        }
    }

    pub(super) fn times(self, other: Signs) -> Signs {
        Signs {
            negative: (self.negative && other.positive) || (self.positive && other.negative),
            nought: self.nought || other.nought,
            positive: (self.negative && other.negative) || (self.positive && other.positive),
        }
    }

    /// Of a quotient: nought only when the dividend is.
    pub(super) fn over(self, divisor: Signs) -> Signs {
        Signs {
            nought: self.nought,
            ..self.times(divisor)
        }
    }

    pub(super) fn higher(self, other: Signs) -> Signs {
        Signs {
            negative: self.negative && other.negative,
            nought: (self.nought && (other.nought || other.negative)) || (other.nought && self.negative),
            positive: self.positive || other.positive,
        }
    }

    pub(super) fn lower(self, other: Signs) -> Signs {
        self.negated().higher(other.negated()).negated()
    }
}
