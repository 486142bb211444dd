//! Kinds that score what people gave: panels, polls, discretion.

use super::{Rule, word_in};
use crate::reference::documents::{Event, Held, members};
use crate::reference::evaluate::mean;
use crate::reference::fraction::Fraction;

/// The mean of scores, the highest and lowest left out where there are enough.
fn trimmed(rule: &Rule<'_>, mut scores: Vec<Fraction>) -> Option<Fraction> {
    scores.sort();
    if let Some(trim) = rule.json.get("trim") {
        let trim = rule.part(trim);
        let count = |name: &str| usize::try_from(trim.amount_or(name, Fraction::zero()).to_i64()).unwrap();
        let (highest, lowest) = (count("highest"), count("lowest"));
        let from = count("from").max(highest + lowest + 1);
        if scores.len() >= from {
            scores = scores[lowest..scores.len() - highest].to_vec();
        }
    }
    mean(&scores)
}

/// P × mean / out_of, or P × Σ weight × mean of the class / out_of.
pub fn panel(rule: &Rule<'_>) -> Fraction {
    let given = rule.events(Some("where"));
    let score = |(event, _): &(Rule<'_>, &Event)| event.number("score");
    if given.is_empty() {
        return rule.number("none");
    }
    let Some(field) = rule.word("class") else {
        let mean = trimmed(rule, given.iter().map(score).collect()).unwrap();
        return rule.full.clone() * mean / rule.number("out_of");
    };
    let (mut sum, mut present, mut all) = (Fraction::zero(), Fraction::zero(), Fraction::zero());
    for (class, weight) in members(rule.json.get("weights")) {
        let weight = rule.at.amount(weight);
        let own = given.iter().filter(|(_, event)| *class == word_in(event, field));
        if let Some(mean) = trimmed(rule, own.map(score).collect()) {
            sum = sum + weight.clone() * mean;
            present = present + weight.clone();
        }
        all = all + weight;
    }
    // A class without scores gives nothing, or the others carry its weight.
    if rule.is("absent", "renormalise") {
        sum = sum * all / present;
    }
    rule.full.clone() * sum / rule.number("out_of")
}

/// P × Σ weight × votes / denominator / out_of; `void` without ballots or below the quorum.
pub fn vote(rule: &Rule<'_>) -> Fraction {
    let Held::Ballots {
        issued,
        returned,
        valid,
        votes,
    } = rule.at.held(rule.word("ballots").unwrap())
    else {
        panic!("no ballots")
    };
    let denominator = match rule.word("denominator").unwrap() {
        "valid" => valid,
        "returned" => returned,
        _ => issued,
    };
    let quorate = rule
        .amount("quorum")
        .is_none_or(|share| !issued.is_zero() && returned / issued >= share);
    if denominator.is_zero() || !quorate {
        return rule.number("void");
    }
    let of = |(word, votes): (&String, &Fraction)| &rule.by_word("weights", word).unwrap() * votes;
    let sum: Fraction = votes.iter().map(of).sum();
    rule.full.clone() * sum / denominator.clone() / rule.number("out_of")
}

/// What is given, clamped; added or taken off P.
pub fn discretion(rule: &Rule<'_>) -> Fraction {
    let given = rule.number("given").max(rule.number("least")).min(rule.number("most"));
    if rule.is("direction", "deduct") {
        rule.full.clone() - given
    } else {
        given
    }
}

/// P × given / out_of, from 0 to P.
pub fn by_hand(rule: &Rule<'_>) -> Fraction {
    let points = rule.full.clone() * rule.number("given") / rule.number("out_of");
    points.max(Fraction::zero()).min(rule.full.clone())
}
