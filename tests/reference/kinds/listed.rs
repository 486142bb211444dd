//! Kinds that look up points: conditions, bands, words, options.

use super::{Raw, Rule};
use crate::reference::documents::{Known, members};
use crate::reference::fraction::Fraction;

/// Points = `when` ? pass : fail.
pub fn all_or_nothing(rule: &Rule<'_>) -> Fraction {
    if rule.truth("when") {
        rule.amount_or("pass", rule.full.clone())
    } else {
        rule.amount_or("fail", Fraction::zero())
    }
}

/// P × min(max(done, 0), of) / of; or Σ points of the parts that hold.
pub fn checklist(rule: &Rule<'_>) -> Fraction {
    if rule.json.get("parts").is_some() {
        let held = rule.parts("parts").into_iter().filter(|part| part.truth("when"));
        return held.map(|part| part.number("points")).sum();
    }
    let of = rule.number("of");
    rule.full.clone() * rule.number("done").max(Fraction::zero()).min(of.clone()) / of
}

/// Whether a value lies in a band.
fn within(band: &Rule<'_>, value: &Fraction) -> bool {
    band.amount("from").is_none_or(|from| *value >= from)
        && band.amount("above").is_none_or(|above| *value > above)
        && band.amount("to").is_none_or(|to| *value <= to)
        && band.amount("below").is_none_or(|below| *value < below)
}

/// The points of the band that holds the value, or what is given within the band's discretion.
pub fn bands(rule: &Rule<'_>) -> Fraction {
    let value = rule.number("value");
    match rule.parts("bands").into_iter().find(|band| within(band, &value)) {
        Some(band) => match band.amount("points") {
            Some(points) => points,
            None => band.number("given").max(band.number("least")).min(band.number("most")),
        },
        None => rule.number("otherwise"),
    }
}

/// The points of the word.
pub fn choice(rule: &Rule<'_>) -> Fraction {
    match rule.at.value(&rule.at.cohort.scheme.parse(rule.word("value").unwrap())) {
        Known::Word(word) => rule.by_word("points", &word).unwrap(),
        other => panic!("{other:?} is no word"),
    }
}

/// The points of the first row that holds.
pub fn decision(rule: &Rule<'_>) -> Fraction {
    match rule.parts("rows").into_iter().find(|row| row.truth("when")) {
        Some(row) => row.number("points"),
        None => rule.number("otherwise"),
    }
}

/// The rows are read one after the other, like `first ? … : second ? … : otherwise`: where `applicable` alone says that a
/// row holds, nothing behind it is read.
pub fn decision_applies(rule: &Rule<'_>) -> bool {
    for row in rule.parts("rows") {
        let when = row.at.cohort.scheme.parse(row.word("when").unwrap());
        let settled = row.at.settled(&when);
        if !row.at.applies(&when) || (settled != Some(false) && !row.at.amount_applies(row.json.get("points").unwrap()))
        {
            return false;
        }
        if settled == Some(true) {
            return true;
        }
    }
    rule.at.amount_applies(rule.json.get("otherwise").unwrap())
}

/// Each option as its own rule; the higher, the lower, or the one that is named.
pub fn better_of(rule: &Rule<'_>) -> Fraction {
    let options = rule.parts("options");
    let score = |option: &Rule<'_>| option.raw().whole();
    let points = || options.iter().map(score);
    match rule.word("choose").unwrap() {
        "higher" => points().max().unwrap(),
        "lower" => points().min().unwrap(),
        _ => {
            let given = rule.word("given").unwrap();
            let Known::Word(title) = rule.at.value(&rule.at.cohort.scheme.parse(given)) else {
                panic!("{given} is no word")
            };
            options
                .iter()
                .find(|option| option.is("title", &title))
                .map(score)
                .unwrap()
        }
    }
}

/// The value, within floor and cap.
pub fn formula(rule: &Rule<'_>) -> Raw {
    Raw {
        points: rule.number("value"),
        floor: rule.limit("floor"),
        cap: rule.limit("cap"),
    }
}

/// The points of a grade; of grades that are not named none.
pub fn grade_points(rule: &Rule<'_>, grade: &str) -> Fraction {
    let named = members(rule.json.get("grade_points"))
        .iter()
        .find(|(word, _)| word == grade);
    named.map_or(Fraction::zero(), |(_, points)| rule.at.amount(points))
}
