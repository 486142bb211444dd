//! Kinds that count what happened.

use std::collections::BTreeMap;

use super::{Raw, Rule, day_in, word_in};
use crate::reference::day;
use crate::reference::documents::{Event, Known};
use crate::reference::fraction::Fraction;

/// Σ min(cap, times × count × each) over the channels.
fn channels(rule: &Rule<'_>) -> Fraction {
    rule.parts("channels").iter().map(channel).sum()
}

fn channel(channel: &Rule<'_>) -> Fraction {
    let count = match channel.word("when") {
        Some(_) => Fraction::whole(i64::from(channel.truth("when"))),
        None => channel.number("count").max(Fraction::zero()),
    };
    let count = if channel.flag("whole") { count.floor() } else { count };
    let escalate = channel.list("escalate");
    let points = if escalate.is_empty() {
        count * channel.number("each")
    } else {
        // The last amount goes on.
        let of = |place: i64| &escalate[usize::try_from(place).unwrap().min(escalate.len() - 1)];
        (0..count.to_i64()).map(|place| channel.at.amount(of(place))).sum()
    };
    let points = channel.amount_or("times", Fraction::whole(1)) * points;
    match channel.json.get("cap").and_then(|_| channel.limit("cap")) {
        Some(cap) => points.min(cap),
        None => points,
    }
}

/// start − Σ over channels.
pub fn deduct(rule: &Rule<'_>) -> Raw {
    Raw {
        points: rule.amount_or("start", rule.full.clone()) - channels(rule),
        floor: rule.limit("floor"),
        cap: None,
    }
}

/// The cap of what is earned, P when missing.
fn earned_cap(rule: &Rule<'_>) -> Option<Fraction> {
    match rule.json.get("cap") {
        Some(_) => rule.limit("cap"),
        None => Some(rule.full.clone()),
    }
}

/// min(cap, start + Σ over channels).
pub fn earn(rule: &Rule<'_>) -> Raw {
    Raw {
        points: rule.amount_or("start", Fraction::zero()) + channels(rule),
        floor: None,
        cap: earned_cap(rule),
    }
}

/// The points of one event: its level × factor, and every extra that holds.
fn awarded(rule: &Rule<'_>, event: &Event) -> Fraction {
    let level = rule
        .by_word("levels", word_in(event, rule.word("level").unwrap()))
        .unwrap();
    let extra = rule.parts("extra").into_iter().filter(|extra| extra.truth("where"));
    level * rule.amount_or("factor", Fraction::whole(1)) + extra.map(|extra| extra.number("points")).sum()
}

/// min(cap, Σ over events), of each matter the event with most points, of each period no more than its cap; or P less that.
pub fn award(rule: &Rule<'_>) -> Raw {
    let each: Vec<(&Event, Fraction)> = rule
        .events(Some("where"))
        .into_iter()
        .map(|(rule, event)| (event, awarded(&rule, event)))
        .collect();
    let points: Fraction = if rule.is("same_matter", "highest") {
        let mut best: BTreeMap<&Known, Fraction> = BTreeMap::new();
        for (event, points) in &each {
            let matter = &event[rule.word("matter").unwrap()];
            let so_far = best.get(matter).unwrap_or(points).clone();
            best.insert(matter, so_far.max(points.clone()));
        }
        best.into_values().sum()
    } else if let Some(period) = rule.json.get("per_period") {
        let period = rule.part(period);
        let mut sums: BTreeMap<(i64, i64), Fraction> = BTreeMap::new();
        for (event, points) in &each {
            let (year, month, _) = day::parts(day_in(event, period.word("date").unwrap()));
            let months = if period.is("period", "quarter") { 3 } else { 1 };
            let sum = sums.entry((year, (month - 1) / months)).or_insert_with(Fraction::zero);
            *sum = &*sum + points;
        }
        sums.into_values().map(|sum| sum.min(period.number("cap"))).sum()
    } else {
        each.into_iter().map(|(_, points)| points).sum()
    };
    if rule.is("direction", "deduct") {
        let most = rule.json.get("cap").and_then(|_| rule.limit("cap"));
        let lost = most.map_or(points.clone(), |most| points.min(most));
        return Raw {
            points: rule.full.clone() - lost,
            floor: rule.limit("floor"),
            cap: None,
        };
    }
    Raw {
        points,
        floor: None,
        cap: earned_cap(rule),
    }
}

/// P − Σ each × (direct ? 1 : share).
pub fn joint(rule: &Rule<'_>) -> Raw {
    let borne = |(event, _): (Rule<'_>, &Event)| {
        let direct = event.word("direct").is_some() && event.truth("direct");
        let share = if direct {
            Fraction::whole(1)
        } else {
            event.number("share")
        };
        event.number("each") * share
    };
    Raw {
        points: rule.full.clone() - rule.events(Some("where")).into_iter().map(borne).sum(),
        floor: rule.limit("floor"),
        cap: None,
    }
}

/// An event with its level, in force from its day until so many months later, that day excluded.
struct Force {
    points: Fraction,
    from: i64,
    until: i64,
}

/// start − Σ over the events in force on the day, `repeat_times` for those within the force of an earlier one.
pub fn expiring(rule: &Rule<'_>) -> Raw {
    let on = rule.at.day(&rule.at.cohort.scheme.parse(rule.word("on").unwrap()));
    let repeat = rule.amount_or("repeat_times", Fraction::whole(1));
    let force = |(own, event): (Rule<'_>, &Event)| {
        let level = word_in(event, rule.word("level").unwrap());
        let level = own.part(rule.json.get("levels").unwrap().get(level).unwrap());
        let from = day_in(event, rule.word("date").unwrap());
        Force {
            points: level.number("points"),
            from,
            until: day::months_after(from, level.number("months").to_i64()),
        }
    };
    let mut events: Vec<Force> = rule.events(Some("where")).into_iter().map(force).collect();
    // By day; those of one day stay as they are listed.
    events.sort_by_key(|event| event.from);
    let lost = |(place, event): (usize, &Force)| {
        let again = events[..place].iter().any(|earlier| event.from < earlier.until);
        let times = if again { repeat.clone() } else { Fraction::whole(1) };
        let counts = event.from <= on && on < event.until;
        if counts {
            times * event.points.clone()
        } else {
            Fraction::zero()
        }
    };
    Raw {
        points: rule.amount_or("start", rule.full.clone()) - events.iter().enumerate().map(lost).sum(),
        floor: rule.limit("floor"),
        cap: None,
    }
}
