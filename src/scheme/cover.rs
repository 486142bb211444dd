//! Whether bands cover a range without a hole and without an overlap.

use crate::exact::{Exact, Interval};

/// One side of a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    at: Exact,
    included: bool,
}

impl Side {
    /// A side that belongs to the band.
    pub fn included(at: &Exact) -> Self {
        Side {
            at: at.clone(),
            included: true,
        }
    }

    /// A side that does not.
    pub fn excluded(at: &Exact) -> Self {
        Side {
            at: at.clone(),
            included: false,
        }
    }
}

/// A band: `None` is open, and then reaches the next band or the end of the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The lower side.
    pub low: Option<Side>,
    /// The upper side.
    pub high: Option<Side>,
}

/// What is wrong with bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing lies in a band from here to there.
    Hole(String),
    /// Two bands share something.
    Overlap(String),
    /// Bands are not in order.
    Order,
    /// A side is stated nowhere.
    Open,
    /// The outermost sides leave out what lies beyond them, in a range without ends.
    Ends,
}

impl Fault {
    /// The sentences.
    pub fn told(&self) -> (String, String) {
        match self {
            Fault::Hole(place) => (
                format!("档次之间留有空档：{place} 没有归属，请补上该档或改界限"),
                format!("the bands leave a hole at {place}; add a band or move a side"),
            ),
            Fault::Overlap(place) => (
                format!("档次重叠：{place} 属于两个档次，请写明含与不含"),
                format!("two bands overlap at {place}; say which side is included"),
            ),
            Fault::Order => (
                "档次应由高到低或由低到高排列".to_owned(),
                "list the bands from the highest down or from the lowest up".to_owned(),
            ),
            Fault::Ends => (
                "最高档的上限或最低档的下限之外没有归属，请去掉该界限".to_owned(),
                "what lies beyond the outermost sides is left out; remove those sides".to_owned(),
            ),
            Fault::Open => (
                "相邻两档之间至少应写明一个界限".to_owned(),
                "between two bands at least one side must be stated".to_owned(),
            ),
        }
    }
}

/// Whether bands that follow each other without a hole fall (`true`) or rise, each telling its side towards the next:
/// then one side of each decides. `None` where both sides are needed.
pub fn one_side(spans: &[Span]) -> Option<bool> {
    let open = |spans: &[Span]| uncovered(spans, &Interval::ALL, false).is_some_and(|fault| fault != Fault::Ends);
    if open(spans) {
        return None;
    }
    let (_, before) = spans.split_last()?;
    match falls(spans) {
        Some(true) => before.iter().all(|span| span.low.is_some()).then_some(true),
        Some(false) => before.iter().all(|span| span.high.is_some()).then_some(false),
        None => None,
    }
}

/// Whether bands fall; `None` where their sides do not tell.
fn falls(spans: &[Span]) -> Option<bool> {
    let start = |span: &Span| span.low.as_ref().map(|side| side.at.clone());
    let ends = |span: &Span| span.high.as_ref().map(|side| side.at.clone());
    spans.windows(2).find_map(|pair| match pair {
        [first, second] => match (start(first), start(second), ends(first), ends(second)) {
            (Some(one), Some(other), ..) if one != other => Some(one > other),
            (_, _, Some(one), Some(other)) if one != other => Some(one > other),
            (Some(one), _, _, Some(other)) => Some(one >= other),
            (_, Some(other), Some(one), _) => Some(one > other),
            (Some(_), None, None, None) => Some(true),
            (None, Some(_), None, None) => Some(false),
            _ => None,
        },
        _ => None,
    })
}

/// The first fault of bands over a range; `whole` when only whole numbers occur.
///
/// A side that is not stated follows from its neighbour's stated one.
pub fn uncovered(spans: &[Span], range: &Interval, whole: bool) -> Option<Fault> {
    let mut rising = spans.to_vec();
    // Falling order is turned round.
    if falls(spans) == Some(true) {
        rising.reverse();
    }
    if rising
        .windows(2)
        .any(|pair| matches!(pair, [lower, upper] if steps_back(lower, upper)))
    {
        return Some(Fault::Order);
    }
    // The ends of the range.
    let (first, last) = (rising.first()?, rising.last()?);
    if let (Some(side), Some(low)) = (&first.low, &range.low)
        && (side.at > *low || (side.at == *low && !side.included))
    {
        return Some(Fault::Hole(format!("{low} 至 {}", side.at)));
    }
    if let (Some(side), Some(high)) = (&last.high, &range.high)
        && (side.at < *high || (side.at == *high && !side.included))
    {
        return Some(Fault::Hole(format!("{} 至 {high}", side.at)));
    }
    if (first.low.is_some() && range.low.is_none()) || (last.high.is_some() && range.high.is_none()) {
        return rising
            .windows(2)
            .find_map(|pair| match pair {
                [lower, upper] => between(lower, upper, whole),
                _ => None,
            })
            .or(Some(Fault::Ends));
    }
    rising.windows(2).find_map(|pair| match pair {
        [lower, upper] => between(lower, upper, whole),
        _ => None,
    })
}

/// Whether the second of two bands that should rise begins or ends before the first begins.
fn steps_back(lower: &Span, upper: &Span) -> bool {
    let before = |side: &Option<Side>| match (&lower.low, side) {
        (Some(low), Some(side)) => low.at > side.at,
        _ => false,
    };
    before(&upper.low) || before(&upper.high)
}

fn between(lower: &Span, upper: &Span, whole: bool) -> Option<Fault> {
    match (&lower.high, &upper.low) {
        (None, None) => Some(Fault::Open),
        (None, Some(side)) => lower
            .low
            .as_ref()
            .is_some_and(|low| low.at > side.at)
            .then_some(Fault::Order),
        (Some(side), None) => upper
            .high
            .as_ref()
            .is_some_and(|high| high.at < side.at)
            .then_some(Fault::Order),
        (Some(end), Some(start)) if end.at == start.at => match (end.included, start.included) {
            (true, true) => Some(Fault::Overlap(end.at.to_string())),
            (false, false) => Some(Fault::Hole(end.at.to_string())),
            _ => None,
        },
        (Some(end), Some(start)) if end.at > start.at => Some(Fault::Overlap(format!("{} 至 {}", start.at, end.at))),
        (Some(end), Some(start)) => {
            // With whole numbers 79 and 80 are neighbours.
            let next = if end.included {
                &end.at.floor() + &Exact::ONE
            } else {
                ceil(&end.at)
            };
            let touches = whole && next >= start.at && (start.included || next > start.at);
            (!touches).then(|| Fault::Hole(format!("{} 与 {} 之间", end.at, start.at)))
        }
    }
}

fn ceil(number: &Exact) -> Exact {
    -&(-number).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(low: Option<(i64, bool)>, high: Option<(i64, bool)>) -> Span {
        let side = |(at, included): (i64, bool)| Side {
            at: at.into(),
            included,
        };
        Span {
            low: low.map(side),
            high: high.map(side),
        }
    }

    #[test]
    fn holes_and_overlaps_are_found() {
        let range = Interval::between(0.into(), 100.into());
        let open = [
            span(Some((90, true)), None),
            span(Some((80, true)), None),
            span(None, None),
        ];
        assert_eq!(uncovered(&open, &range, false), None);
        let hole = [span(Some((80, true)), None), span(None, Some((79, true)))];
        assert!(matches!(uncovered(&hole, &range, false), Some(Fault::Hole(_))));
        assert_eq!(uncovered(&hole, &range, true), None);
        let both = [span(Some((80, true)), None), span(None, Some((80, true)))];
        assert!(matches!(uncovered(&both, &range, false), Some(Fault::Overlap(_))));
        let neither = [span(None, Some((80, false))), span(Some((80, false)), None)];
        assert!(matches!(uncovered(&neither, &range, false), Some(Fault::Hole(_))));
        let short = [span(None, Some((60, false))), span(Some((60, true)), Some((90, true)))];
        assert!(matches!(uncovered(&short, &range, false), Some(Fault::Hole(_))));
        let rising = [
            span(None, Some((60, false))),
            span(Some((60, true)), Some((90, false))),
            span(Some((90, true)), None),
        ];
        assert_eq!(uncovered(&rising, &range, false), None);
        let mixed = [
            span(Some((5, true)), Some((9, true))),
            span(Some((10, true)), None),
            span(None, Some((4, true))),
        ];
        assert_eq!(uncovered(&mixed, &range, true), Some(Fault::Order));
    }
}
