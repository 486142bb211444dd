//! Kinds that measure how far a value lies from something.

use super::{Raw, Rule, stepped};
use crate::reference::documents::text;
use crate::reference::fraction::Fraction;

/// The most that is left of points above P: P when they are lost, `at_most` when they are carried.
pub fn most(rule: &Rule<'_>) -> Option<Fraction> {
    match rule.word("over_full").unwrap() {
        "lost" => Some(rule.full.clone()),
        _ => rule.json.get("at_most").and_then(|_| rule.limit("at_most")),
    }
}

/// r = value / target (or target / value); points = P × r, or what the cliff gives; not below `at_least`, then what is over full.
pub fn ratio(rule: &Rule<'_>) -> Raw {
    let (value, target) = (rule.number("value"), rule.number("target"));
    let rate = if rule.flag("lower_is_better") {
        target / value
    } else {
        value / target
    };
    let cliff = rule.json.get("cliff").map(|cliff| rule.part(cliff));
    let points = match cliff {
        Some(cliff) if rate < cliff.number("under") => cliff.number("gives"),
        _ => rule.full.clone() * rate,
    };
    Raw {
        points,
        floor: Some(rule.amount_or("at_least", Fraction::zero())),
        cap: most(rule),
    }
}

/// Linear between two nodes; outside the end node's points, or 0 below the lowest.
pub fn interpolate(rule: &Rule<'_>) -> Fraction {
    let value = rule.number("value");
    let nodes = rule.parts("nodes");
    let nodes: Vec<_> = nodes
        .iter()
        .map(|node| (node.number("at"), node.number("points")))
        .collect();
    let (first, last) = (&nodes[0], &nodes[nodes.len() - 1]);
    if value < first.0 {
        return if rule.is("outside", "flat") {
            first.1.clone()
        } else {
            Fraction::zero()
        };
    }
    if value >= last.0 {
        return last.1.clone();
    }
    let pair = nodes.windows(2).find(|pair| value < pair[1].0).unwrap();
    let ((low, from), (high, to)) = (&pair[0], &pair[1]);
    from + &(&(to - from) * &(&(&value - low) / &(high - low)))
}

/// Σ over brackets of what lies within the bracket × its rate.
fn climbed(brackets: &[Rule<'_>], distance: &Fraction) -> Fraction {
    let (mut low, mut points) = (Fraction::zero(), Fraction::zero());
    for bracket in brackets {
        let high = bracket
            .amount("to")
            .map_or(distance.clone(), |to| to.min(distance.clone()));
        if high > low {
            points = points + bracket.number("rate") * (&high - &low);
            low = high;
        }
    }
    points
}

/// The base at 0, brackets above, below the mirror, nothing, or brackets of their own.
pub fn slope(rule: &Rule<'_>) -> Raw {
    let (value, base) = (rule.number("value"), rule.number("base"));
    let above = rule.parts("brackets");
    let points = if !value.is_negative() {
        base + climbed(&above, &value)
    } else {
        match rule.word("below") {
            Some("mirror") => base - climbed(&above, &value.abs()),
            Some(_) => base,
            None => base - climbed(&rule.parts("below"), &value.abs()),
        }
    };
    Raw {
        points,
        floor: rule.limit("floor"),
        cap: rule.limit("cap"),
    }
}

/// min(cap, steps × each) of one side, for so much over or under.
fn side(side: &Rule<'_>, distance: &Fraction) -> Fraction {
    let starts = side.amount_or("starts", Fraction::zero());
    if *distance < starts {
        return Fraction::zero();
    }
    let first = Fraction::whole(i64::from(side.flag("first")));
    let steps = stepped(side, &(distance - &starts) / &side.number("every")) + first;
    let points = steps * side.number("each");
    side.limit("cap").map_or(points.clone(), |cap| points.min(cap))
}

/// base + min(cap, steps(d) × each) when d ≥ 0, base − min(cap, steps(−d) × each) when d < 0.
pub fn steps(rule: &Rule<'_>) -> Raw {
    let (value, target) = (rule.number("value"), rule.number("target"));
    let distance = if rule.is("measure", "percent") {
        (value / target - Fraction::whole(1)) * Fraction::whole(100)
    } else {
        value - target
    };
    let base = rule.amount_or("base", rule.full.clone());
    let over = || rule.part(rule.json.get("over").unwrap());
    let under = || rule.part(rule.json.get("under").unwrap());
    let points = if !distance.is_negative() {
        if rule.is("over", "none") {
            base
        } else {
            base + side(&over(), &distance)
        }
    } else if rule.is("under", "none") {
        base
    } else if let Some(gives) = under().amount("gives") {
        gives
    } else {
        base - side(&under(), &distance.abs())
    };
    Raw {
        points,
        floor: rule.limit("floor"),
        cap: rule.limit("cap"),
    }
}

/// P − steps(gap) × each, the gap being how far the value is on the wrong side of the target.
pub fn gap(rule: &Rule<'_>) -> Raw {
    let (value, target) = (rule.number("value"), rule.number("target"));
    let behind = if rule.is("better", "lower") {
        value - target
    } else {
        target - value
    };
    let gap = behind.max(Fraction::zero()) / rule.amount_or("every", Fraction::whole(1));
    Raw {
        points: rule.full.clone() - stepped(rule, gap) * rule.number("each"),
        floor: rule.limit("floor"),
        cap: None,
    }
}

/// P − steps(late) × each, late being the days after due and grace; or all lost.
pub fn late(rule: &Rule<'_>) -> Raw {
    let day = |name: &str| {
        rule.at
            .day(&rule.at.cohort.scheme.parse(text(rule.json.get(name)).unwrap()))
    };
    let (due, done) = (day("due"), day("done"));
    let days = match rule.word("days").unwrap() {
        "calendar" => done - due,
        _ => rule.at.cohort.scheme.calendar.between(due, done),
    };
    let grace = rule.amount_or("grace", Fraction::zero());
    let late = (Fraction::whole(days.max(0)) - grace).max(Fraction::zero());
    if rule.flag("all") {
        return Raw::free(if late.is_zero() {
            rule.full.clone()
        } else {
            Fraction::zero()
        });
    }
    let steps = stepped(rule, late / rule.amount_or("every", Fraction::whole(1)));
    Raw {
        points: rule.full.clone() - steps * rule.number("each"),
        floor: rule.limit("floor"),
        cap: None,
    }
}
