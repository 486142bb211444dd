//! Kinds that look at other subjects or at other schemes.

use std::rc::Rc;

use super::curves::most;
use super::listed::grade_points;
use super::{Raw, Rule, text};
use crate::reference::evaluate::{At, mean};
use crate::reference::expression::Expression;
use crate::reference::fraction::Fraction;

fn expression(rule: &Rule<'_>, name: &str) -> Option<Rc<Expression>> {
    text(rule.json.get(name)).map(|text| rule.at.cohort.scheme.parse(text))
}

/// What a subject is ranked by: its value, more is better, and what breaks ties.
type Standing = (Fraction, Option<Fraction>);

fn standing(rule: &Rule<'_>, at: At<'_>) -> Option<Standing> {
    let value = expression(rule, "value").unwrap();
    let takes_part =
        at.applies(&value) && expression(rule, "when").is_none_or(|when| at.applies(&when) && at.truth(&when));
    takes_part.then(|| {
        let number = at.number(&value);
        let number = if rule.is("order", "ascending") { -number } else { number };
        (number, expression(rule, "then").map(|then| at.number(&then)))
    })
}

/// Everybody of the cohort who is ranked.
fn ranked(rule: &Rule<'_>) -> Vec<Standing> {
    rule.at
        .peers()
        .into_iter()
        .filter_map(|at| standing(rule, at))
        .collect()
}

/// Whether a tie anywhere makes the item not applicable for all.
pub fn is_void(rule: &Rule<'_>) -> bool {
    let ranked = ranked(rule);
    let tied = |one: &Standing| ranked.iter().filter(|other| *other == one).count() > 1;
    rule.is("ties", "void") && ranked.iter().any(tied)
}

/// The points of a place, with so many behind it.
fn points_of(rule: &Rule<'_>, place: usize, behind: usize) -> Fraction {
    if rule.json.get("first").is_some() {
        let points = rule.number("first") - Fraction::whole(place as i64 - 1) * rule.number("step");
        return points.max(rule.amount_or("at_least", Fraction::zero()));
    }
    let listed = rule
        .list("points")
        .get(place - 1)
        .or_else(|| rule.list("from_last").get(behind));
    match listed {
        Some(points) => rule.at.amount(points),
        None => rule.amount_or("beyond", Fraction::zero()),
    }
}

/// The points of the place: at a tie of the place that all of them share, counted from the first as from the last, or the
/// mean of the places that they take.
pub fn rank(rule: &Rule<'_>) -> Fraction {
    let Some(own) = standing(rule, rule.at) else {
        return rule.amount_or("otherwise", Fraction::zero());
    };
    let ranked = ranked(rule);
    let place = 1 + ranked.iter().filter(|other| **other > own).count();
    let behind = ranked.iter().filter(|other| **other < own).count();
    if !rule.is("ties", "mean") {
        return points_of(rule, place, behind);
    }
    let level = ranked.iter().filter(|other| **other == own).count();
    let points: Vec<Fraction> = (0..level)
        .map(|next| points_of(rule, place + next, behind + level - 1 - next))
        .collect();
    mean(&points).unwrap()
}

/// P × value / benchmark.
pub fn benchmark(rule: &Rule<'_>) -> Raw {
    let value = expression(rule, "value").unwrap();
    let all = || rule.at.gathered(rule.at.peers(), &value);
    let lower = rule.flag("lower_is_better");
    let benchmark = match rule.word("against") {
        Some("best") if lower => all().into_iter().min().unwrap(),
        Some("best") => all().into_iter().max().unwrap(),
        Some("mean") => mean(&all()).unwrap(),
        _ => rule.number("against"),
    };
    let own = rule.number("value");
    let rate = if lower { benchmark / own } else { own / benchmark };
    Raw {
        points: rule.full.clone() * rate,
        floor: None,
        cap: most(rule),
    }
}

/// base + (P − base) × (value − worst) / (best − worst), from 0 to P.
pub fn minmax(rule: &Rule<'_>) -> Fraction {
    let value = expression(rule, "value").unwrap();
    let all = || rule.at.gathered(rule.at.peers(), &value);
    let worst = if rule.is("worst", "cohort") {
        all().into_iter().min().unwrap()
    } else {
        rule.number("worst")
    };
    let best = if rule.is("best", "cohort") {
        all().into_iter().max().unwrap()
    } else {
        rule.number("best")
    };
    let points = if best == worst {
        rule.number("equal")
    } else {
        let (base, share) = (
            rule.number("base"),
            (rule.number("value") - worst.clone()) / (best - worst),
        );
        base.clone() + (rule.full.clone() - base) * share
    };
    points.max(Fraction::zero()).min(rule.full.clone())
}

/// The subjects below to whom the value (and its weight) applies, each with both.
fn below(rule: &Rule<'_>) -> Vec<(Fraction, Fraction)> {
    let value = expression(rule, "value").unwrap();
    let weight = expression(rule, "weight");
    let applies = |at: &At<'_>| at.applies(&value) && weight.as_ref().is_none_or(|weight| at.applies(weight));
    let all = rule.at.below().into_iter().filter(applies);
    let one = |at: At<'_>| {
        let weight = weight.as_ref().map_or(Fraction::whole(1), |weight| at.number(weight));
        (at.number(&value), weight)
    };
    all.map(one).collect()
}

/// Whether there is somebody below to whom the value applies.
pub fn somebody_below(rule: &Rule<'_>) -> bool {
    rule.at.rule_applies(rule.json, &["value", "weight"]) && !below(rule).is_empty()
}

/// A rank reads its value unless `applicable` alone says that the subject is not ranked.
pub fn is_ranked(rule: &Rule<'_>) -> bool {
    let never = expression(rule, "when").is_some_and(|when| rule.at.settled(&when) == Some(false));
    let unread: &[&str] = if never { &["value", "then"] } else { &[] };
    rule.at.rule_applies(rule.json, unread) && !is_void(rule)
}

/// P × combined / out_of, from 0 to P.
pub fn subordinates(rule: &Rule<'_>) -> Fraction {
    let below = below(rule);
    let values = || below.iter().map(|(value, _)| value.clone());
    let combined = match rule.word("combine").unwrap() {
        "mean" => mean(&values().collect::<Vec<_>>()).unwrap(),
        "lowest" => values().min().unwrap(),
        "highest" => values().max().unwrap(),
        "sum" => values().sum(),
        _ => {
            let weights: Fraction = below.iter().map(|(_, weight)| weight.clone()).sum();
            below.iter().map(|(value, weight)| value * weight).sum::<Fraction>() / weights
        }
    };
    let points = rule.full.clone() * combined / rule.number("out_of");
    points.max(Fraction::zero()).min(rule.full.clone())
}

/// P × score / out_of, or the points of the grade.
pub fn included(rule: &Rule<'_>) -> Raw {
    let (score, grade) = &rule.at.own().results[rule.word("scheme").unwrap()];
    match rule.json.get("grade_points") {
        Some(_) => Raw::free(grade_points(rule, grade)),
        None => Raw {
            points: rule.full.clone() * score.clone() / rule.number("out_of"),
            floor: None,
            cap: most(rule),
        },
    }
}
