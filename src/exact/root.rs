//! Roots, rounded.

use super::{Exact, Rounding};

impl Exact {
    /// The root of this degree of what is not negative, rounded once; nought of what is below nought.
    ///
    /// ```
    /// use zeren::exact::{Exact, Mode, Rounding};
    /// let hundredths = Rounding::to_place(Mode::HalfUp, 2).unwrap();
    /// assert_eq!(Exact::from(2).root(2, &hundredths).to_string(), "1.41");
    /// assert_eq!(Exact::from(27).root(3, &hundredths), Exact::from(3));
    /// ```
    ///
    /// Found among multiples of the rounding's interval by comparing whole powers, so it is exact.
    #[must_use]
    pub fn root(&self, degree: u32, rounding: &Rounding) -> Exact {
        let unit = rounding.interval();
        let power = |base: &Exact| (1..degree).fold(base.clone(), |product, _| &product * base);
        if !self.is_positive() {
            return Exact::ZERO;
        }
        // The greatest multiple that is not above the root: doubling, then halving.
        let (mut low, mut high) = (Exact::ZERO, Exact::ONE);
        while power(&(&high * unit)) <= *self {
            low = high.clone();
            high = &high + &high;
        }
        let two = Exact::from(2);
        while &high - &low > Exact::ONE {
            let middle = (&high + &low)
                .checked_div(&two)
                .map_or_else(|| low.clone(), |middle| middle.floor());
            if power(&(&middle * unit)) <= *self {
                low = middle;
            } else {
                high = middle;
            }
        }
        let below = &low * unit;
        if power(&below) == *self {
            return below;
        }
        // Anything on the same side of the middle between two multiples rounds the same way.
        let Some(quarter) = unit.checked_div(&Exact::from(4)) else {
            return below;
        };
        let middle = &below + &(&quarter + &quarter);
        let stand_in = match power(&middle).cmp(self) {
            std::cmp::Ordering::Greater => &below + &quarter,
            std::cmp::Ordering::Equal => middle,
            std::cmp::Ordering::Less => &middle + &quarter,
        };
        rounding.round(&stand_in)
    }
}
