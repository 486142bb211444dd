use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};

use super::{Exact, Interval, Mode, Rounding};
use crate::document::{self, Value};

/// A small deterministic source of numbers (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A whole number on either side of the i128 boundary, small as often as not.
    fn whole(&mut self) -> BigInt {
        let high = match self.next() % 4 {
            0 => BigInt::zero(),
            1 => BigInt::from(self.next() % 1_000),
            2 => BigInt::from(i128::MAX) - BigInt::from(self.next() % 3),
            _ => BigInt::from(self.next()) * BigInt::from(self.next()),
        };
        let low = high + BigInt::from(self.next() % 50);
        if self.next().is_multiple_of(2) { low } else { -low }
    }

    fn pair(&mut self) -> (BigInt, BigInt) {
        let denominator = self.whole();
        let denominator = if denominator.is_zero() {
            BigInt::from(7)
        } else {
            denominator
        };
        (self.whole(), denominator)
    }
}

fn exact(pair: &(BigInt, BigInt)) -> Exact {
    Exact::big(pair.0.clone(), pair.1.clone()).unwrap()
}

/// The reduced ratio that big integers give.
fn oracle(numerator: BigInt, denominator: BigInt) -> (BigInt, BigInt) {
    let common = numerator.gcd(&denominator) * denominator.signum();
    (numerator / &common, denominator / common)
}

#[test]
fn arithmetic_is_that_of_big_integers_on_both_sides_of_the_boundary() {
    let mut random = Random(0x1234_5678_9abc_def1);
    let mut outgrown = 0;
    for _ in 0..4_000 {
        let (left, right) = (random.pair(), random.pair());
        let (a, b) = &left;
        let (c, d) = &right;
        let (x, y) = (exact(&left), exact(&right));
        assert_eq!((&x + &y).parts(), oracle(a * d + c * b, b * d));
        assert_eq!((&x - &y).parts(), oracle(a * d - c * b, b * d));
        assert_eq!((&x * &y).parts(), oracle(a * c, b * d));
        match x.checked_div(&y) {
            None => assert!(c.is_zero()),
            Some(quotient) => assert_eq!(quotient.parts(), oracle(a * d, b * c)),
        }
        let (p, q) = x.parts();
        let (r, s) = y.parts();
        assert_eq!(x.cmp(&y), (&p * &s).cmp(&(&r * &q)));
        assert_eq!(x.floor().parts().0, p.div_floor(&q));
        assert_eq!(x.abs().parts().0, p.abs());
        assert_eq!(Exact::from_text(&x.to_string()).unwrap(), x);
        // Coming back over the boundary gives the same value, not a second form of it.
        assert_eq!(&(&x + &y) - &y, x);
        outgrown += usize::from((&x * &y).to_i128().is_none());
    }
    assert!(outgrown > 100, "the generator must reach beyond i128");
}

#[test]
fn the_least_i128_is_no_trap() {
    let least = Exact::ratio(i128::MIN, 1).unwrap();
    assert_eq!((-&least).to_string(), "170141183460469231731687303715884105728");
    assert_eq!(&least + &(-&least), Exact::ZERO);
    assert_eq!(Exact::ratio(i128::MIN, i128::MIN), Some(Exact::ONE));
    assert_eq!(Exact::ratio(1, 0), None);
}

#[test]
fn text_goes_in_and_out() {
    for (text, shown) in [
        ("2.50", "2.5"),
        ("-0.050", "-0.05"),
        ("257/3", "257/3(≈85.67)"),
        ("-1/3", "-1/3(≈-0.33)"),
        ("1/1024", "0.0009765625"),
        ("6/3", "2"),
        ("1.5/0.5", "3"),
        ("007", "7"),
    ] {
        assert_eq!(Exact::from_text(text).unwrap().shown(), shown, "{text}");
    }
    for text in ["", "-", "1.", ".5", "1/0", "1/-2", "1e3", "１", "+1", "1/2/3", " 1"] {
        assert_eq!(Exact::from_text(text), None, "{text}");
    }
}

#[test]
fn every_published_rounding_holds_in_all_modes() {
    let vectors = document::parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
    let Some(Value::List(rows)) = vectors.get("rounding") else {
        panic!("vectors.json has no rounding rows");
    };
    assert!(rows.len() > 20);
    for row in rows {
        let number = |name: &str| Exact::from_text(row.get(name).unwrap().as_text().unwrap()).unwrap();
        for mode in [Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up] {
            let rounding = Rounding::new(mode, number("interval")).unwrap();
            assert_eq!(
                rounding.round(&number("value")),
                number(mode.word()),
                "{row:?} {}",
                mode.word()
            );
        }
    }
}

#[test]
fn rounding_keeps_order_and_stays_within_one_interval() {
    let mut random = Random(99);
    for _ in 0..2_000 {
        let (x, y) = (exact(&random.pair()), exact(&random.pair()));
        let interval = exact(&random.pair()).abs();
        for mode in [Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up] {
            let Some(rounding) = Rounding::new(mode, interval.clone()) else {
                continue;
            };
            let (rx, ry) = (rounding.round(&x), rounding.round(&y));
            assert_eq!(rx <= ry, x <= y || rx == ry);
            assert!((&rx - &x).abs() < interval);
            assert!(rx.checked_div(&interval).unwrap().is_whole());
        }
    }
}

#[test]
fn an_interval_holds_every_result() {
    let mut random = Random(7);
    let mut number = || {
        let size = i64::try_from(random.next() % 41).unwrap() - 20;
        Exact::from(size).checked_div(&Exact::from(4)).unwrap()
    };
    for _ in 0..3_000 {
        let (x, y) = (
            Interval::between(number(), number()),
            Interval::between(number(), number()),
        );
        let inside = |interval: &Interval, share: i64| {
            let (low, high) = (interval.low.clone().unwrap(), interval.high.clone().unwrap());
            &low + &(&(&high - &low) * &Exact::from(share))
                .checked_div(&Exact::from(3))
                .unwrap()
        };
        for (i, j) in [(0, 0), (0, 3), (1, 2), (3, 1), (3, 3), (2, 0)] {
            let (a, b) = (inside(&x, i), inside(&y, j));
            assert!(x.plus(&y).holds(&(&a + &b)));
            assert!(x.times(&y).holds(&(&a * &b)));
            assert!(x.lower(&y).holds((&a).min(&b)));
            assert!(x.higher(&y).holds((&a).max(&b)));
            assert!(x.abs().holds(&a.abs()));
            assert!(x.hull(&y).holds(&a) && x.hull(&y).holds(&b));
            if let Some(quotient) = a.checked_div(&b) {
                let bounds = x.over(&y).unwrap();
                assert!(bounds.holds(&quotient), "{x:?} / {y:?} = {bounds:?} without {quotient}");
                assert!(bounds.times(&y).holds(&a));
            }
        }
    }
}
