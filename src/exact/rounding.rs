//! Rounding (数值修约).

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;
use serde::Serialize;

use super::Exact;
use super::text::ten_to;
use crate::document::{Cursor, Read, Shape};

crate::choice! {
    /// Which neighbour a number is brought to. Each mode rounds the absolute value and restores the sign.
    pub enum Mode {
        /// To the nearer; from the middle to the even one (GB/T 8170).
        HalfEven = "half_even" "四舍六入五成双（GB/T 8170）",
        /// To the nearer; from the middle away from nought.
        HalfUp = "half_up" "四舍五入",
        /// Towards nought.
        Down = "down" "只舍不入",
        /// Away from nought.
        Up = "up" "只入不舍",
    }
}

/// How a number is rounded: once, to a multiple of an interval (修约间隔).
///
/// ```
/// use zeren::exact::{Exact, Mode, Rounding};
/// let rounding = Rounding::to_place(Mode::HalfEven, 2).unwrap();
/// assert_eq!(rounding.round(&Exact::from_text("28.165").unwrap()).to_string(), "28.16");
/// let halves: Rounding = zeren::document::read(br#"{"mode":"half_up","interval":0.5}"#).unwrap();
/// assert_eq!(halves.round(&Exact::from_text("60.25").unwrap()).to_string(), "60.5");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rounding {
    mode: Mode,
    interval: Exact,
}

impl Rounding {
    /// To a multiple of this interval; `None` unless it is above nought.
    pub fn new(mode: Mode, interval: Exact) -> Option<Self> {
        interval.is_positive().then_some(Rounding { mode, interval })
    }

    /// To this decimal place, -18 to 18: 2 is hundredths, 0 is whole numbers, -2 is hundreds.
    pub fn to_place(mode: Mode, place: i32) -> Option<Self> {
        let power = ten_to(Some(place.unsigned_abs()).filter(|place| *place <= 18)?);
        let interval = if place < 0 {
            Exact::big(power, BigInt::from(1))
        } else {
            Exact::big(BigInt::from(1), power)
        };
        Rounding::new(mode, interval?)
    }

    /// The mode.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// What results are multiples of.
    pub fn interval(&self) -> &Exact {
        &self.interval
    }

    /// The rounded number.
    #[must_use]
    pub fn round(&self, number: &Exact) -> Exact {
        let (numerator, denominator) = number.parts();
        let (unit, per) = self.interval.parts();
        // |x| / u = whole + rest / by
        let by = denominator * &unit;
        let (mut whole, rest) = (BigInt::from(numerator.magnitude().clone()) * &per).div_rem(&by);
        let twice = &rest + &rest;
        let carry = match self.mode {
            Mode::HalfEven => twice > by || (twice == by && whole.is_odd()),
            Mode::HalfUp => twice >= by,
            Mode::Down => false,
            Mode::Up => !rest.is_zero(),
        };
        if carry {
            whole += 1;
        }
        let rounded = Exact::big(whole * unit, per).unwrap_or(Exact::ZERO); // the interval is above nought
        if number.is_negative() { -&rounded } else { rounded }
    }

    /// What a rule says: 保留2位小数（四舍五入）.
    pub fn zh(&self) -> String {
        let place = (0..=18).find(|place| Rounding::to_place(self.mode, *place).as_ref() == Some(self));
        match place {
            Some(0) => format!("取整数（{}）", self.mode.zh()),
            Some(place) => format!("保留{place}位小数（{}）", self.mode.zh()),
            None => format!("按{}的整数倍修约（{}）", self.interval, self.mode.zh()),
        }
    }
}

crate::record! {
    /// How a number is rounded: with `place` or with `interval`, not both.
    pub struct Written {
        /// The mode.
        pub mode: Mode,
        /// Decimal places, -18 to 18.
        pub place: Option<Exact>,
        /// What results are multiples of, above nought.
        pub interval: Option<Exact>,
    }
}

/// `{"mode": "half_up", "place": 2}` or `{"mode": "half_up", "interval": 0.5}`.
impl Read for Rounding {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let written = Written::read(at)?;
        let rounding = match (&written.place, &written.interval) {
            (Some(place), None) => place
                .to_i128()
                .and_then(|place| i32::try_from(place).ok())
                .and_then(|place| Rounding::to_place(written.mode, place)),
            (None, Some(interval)) => Rounding::new(written.mode, interval.clone()),
            _ => None,
        };
        rounding.or_else(|| {
            at.problem(
                "exact.rounding",
                "修约应写明 place（小数位数，-18 至 18）或 interval（修约间隔，大于零），且只写一个",
                "state either place (-18 to 18) or interval (above nought) of the rounding, and only one",
            )
        })
    }
    fn shape() -> Shape {
        Written::shape()
    }
}
