//! Points lost by events that are in force for a while.

use super::Inputs;
use super::interval::Evaluator;
use super::point::{day, number};
use super::tally::known_events;
use crate::calendar::{Date, months_later};
use crate::exact::{Exact, Interval};
use crate::fact::{Held, HeldEvent, Scalar};
use crate::scheme::core::Expiring;

/// An event with what its level says.
struct Known<'e> {
    on: Date,
    until: Date,
    points: &'e Exact,
}

fn known<'e>(expiring: &'e Expiring, event: &HeldEvent) -> Option<Known<'e>> {
    let Some(Scalar::Day(on)) = event.fields.get(expiring.date)? else {
        return None;
    };
    let Some(Scalar::Text(level)) = event.fields.get(expiring.level)? else {
        return None;
    };
    let (_, points, months) = expiring.levels.iter().find(|(word, ..)| word == level)?;
    Some(Known {
        on: *on,
        until: until(*on, *months),
        points,
    })
}

/// The first day on which it is in force no longer.
fn until(on: Date, months: u32) -> Date {
    months_later(on, months).unwrap_or(Date::LAST)
}

/// The points lost; `None` when they are not known exactly.
pub(super) fn points(expiring: &Expiring, inputs: &Inputs<'_>) -> Option<Exact> {
    let today = day(&number(&expiring.on, inputs, &[])?);
    let repeat = number(&expiring.repeat, inputs, &[])?;
    let mut events = Vec::new();
    for event in known_events(inputs, expiring.fact)? {
        events.push(known(expiring, event)?);
    }
    // Stable: events of one day keep their place in the list.
    events.sort_by_key(|event| event.on);
    let mut lost = Exact::ZERO;
    // An earlier event is still in force on a day before the last of their ends.
    let mut ends: Option<Date> = None;
    for event in &events {
        if event.on <= today && today < event.until {
            let again = ends.is_some_and(|ends| event.on < ends);
            let points = if again {
                event.points * &repeat
            } else {
                event.points.clone()
            };
            lost = &lost + &points;
        }
        ends = ends.max(Some(event.until));
    }
    Some(lost)
}

/// An event as far as it is known.
struct Seen<'e> {
    sure: bool,
    /// Up to so many like this one.
    times: Exact,
    /// The first and the last day on which it may have been.
    first: Date,
    last: Date,
    /// What its level may say: points, months.
    levels: Vec<(&'e Exact, u32)>,
}

impl Seen<'_> {
    fn longest(&self) -> u32 {
        self.levels.iter().map(|(_, months)| *months).max().unwrap_or(0)
    }

    fn shortest(&self) -> u32 {
        self.levels.iter().map(|(_, months)| *months).min().unwrap_or(0)
    }
}

/// Everything that the points lost may be: what each event may cost by itself, added up. `None` where something does not
/// apply.
pub(super) fn possible_points<'c>(expiring: &'c Expiring, evaluator: &mut Evaluator<'c>) -> Option<Interval> {
    let on = evaluator.number(&expiring.on)?;
    let repeat = evaluator.number(&expiring.repeat)?;
    let seen = seen(expiring, evaluator)?;
    let earliest = Date::from_number(1).unwrap_or(Date::LAST);
    let today = (
        on.low.as_ref().map_or(earliest, day),
        on.high.as_ref().map_or(Date::LAST, day),
    );
    let mut lost = Interval::point(Exact::ZERO);
    for (place, event) in seen.iter().enumerate() {
        // Whether an earlier event was surely in force then, and whether one may have been.
        let (mut again, mut maybe_again) = (false, event.times > Exact::ONE && event.longest() > 0);
        for (other_place, other) in seen.iter().enumerate().filter(|(other, _)| *other != place) {
            let before = if other_place < place {
                other.last <= event.first
            } else {
                other.last < event.first
            };
            again |= other.sure && before && event.last < until(other.first, other.shortest());
            let before = if other_place < place {
                other.first <= event.last
            } else {
                other.first < event.last
            };
            maybe_again |= before && event.first < until(other.last, other.longest());
        }
        let factor = match (again, maybe_again) {
            (true, _) => repeat.clone(),
            (false, true) => repeat.hull(&Interval::point(Exact::ONE)),
            (false, false) => Interval::point(Exact::ONE),
        };
        let mut costs: Option<Interval> = None;
        let mut cost = |cost: Interval| {
            costs = Some(costs.take().map_or_else(|| cost.clone(), |costs| costs.hull(&cost)));
        };
        if !event.sure {
            cost(Interval::point(Exact::ZERO));
        }
        for (points, months) in &event.levels {
            if event.first <= today.1 && today.0 < until(event.last, *months) {
                cost(Interval::point((*points).clone()).times(&factor));
            }
            if !(event.last <= today.0 && today.1 < until(event.first, *months)) {
                cost(Interval::point(Exact::ZERO));
            }
        }
        let costs = costs.unwrap_or(Interval::point(Exact::ZERO));
        lost = lost.plus(&costs.times(&Interval::point(event.times.clone())));
    }
    Some(lost)
}

/// The events that may count, and one that stands for those which nobody has seen.
fn seen<'c>(expiring: &'c Expiring, evaluator: &Evaluator<'c>) -> Option<Vec<Seen<'c>>> {
    let Held::Events(events) = &evaluator.inputs.facts.get(expiring.fact)?.held else {
        return None;
    };
    let declared = &evaluator.inputs.declared.get(expiring.fact)?.declaration;
    let date = declared.fields.get(expiring.date)?;
    let anytime = (day(&date.least()), day(&date.greatest()));
    let levels = |level: Option<&Scalar>| {
        let fits = |word: &str| !matches!(level, Some(Scalar::Text(level)) if level != word);
        let levels = expiring.levels.iter().filter(|(word, ..)| fits(word));
        levels.map(|(_, points, months)| (points, *months)).collect()
    };
    let mut seen = Vec::new();
    for event in &events.list {
        let (first, last) = match event.fields.get(expiring.date)? {
            Some(Scalar::Day(day)) => (*day, *day),
            _ => anytime,
        };
        seen.push(Seen {
            sure: event.sure,
            times: Exact::ONE,
            first,
            last,
            levels: levels(event.fields.get(expiring.level)?.as_ref()),
        });
    }
    if events.unseen.is_positive() {
        seen.push(Seen {
            sure: false,
            times: events.unseen.clone(),
            first: anytime.0,
            last: anytime.1,
            levels: levels(None),
        });
    }
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::points;
    use crate::exact::{Exact, Interval};
    use crate::scheme::core::{Core, Expiring};
    use crate::score::interval::testing::{Subject, day, event, events, open_events};
    use crate::score::{Possible, possible};

    fn expiring(on: &str) -> Core {
        Core::Expiring(Box::new(Expiring {
            fact: 0,
            date: 2,
            level: 0,
            levels: vec![("高".into(), 4.into(), 6), ("低".into(), 1.into(), 3)],
            on: Core::Number(Exact::from(day(on).number())),
            repeat: Core::whole(2),
        }))
    }

    fn lost(on: &str, subject: &Subject) -> Interval {
        let core = expiring(on);
        let Core::Expiring(inner) = &core else {
            panic!("an expiring")
        };
        match (possible(&core, &subject.inputs()), points(inner, &subject.inputs())) {
            (Possible::Number(interval), Some(known)) => {
                assert_eq!(interval, Interval::point(known));
                interval
            }
            (Possible::Number(interval), None) => interval,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_event_is_in_force_from_its_day_until_the_same_day_months_later() {
        let subject = Subject::of(vec![events(vec![event(true, "高", "甲", Some("2023-01-31"))])]);
        for (on, expected) in [
            ("2023-01-30", 0),
            ("2023-01-31", 4),
            ("2023-07-30", 4),
            ("2023-07-31", 0),
        ] {
            assert_eq!(lost(on, &subject), Interval::point(expected.into()), "{on}");
        }
    }

    #[test]
    fn another_one_within_the_force_of_an_earlier_one_is_multiplied() {
        let (first, again) = (
            event(true, "低", "甲", Some("2023-03-01")),
            event(true, "高", "甲", Some("2023-05-31")),
        );
        let subject = Subject::of(vec![events(vec![again.clone(), first.clone()])]);
        assert_eq!(lost("2023-06-30", &subject), Interval::point(8.into()));
        // Of one day the one that is listed first is the earlier one.
        let subject = Subject::of(vec![events(vec![first.clone(), first.clone()])]);
        assert_eq!(lost("2023-03-01", &subject), Interval::point(3.into()));
        let later = event(true, "高", "甲", Some("2023-06-01"));
        let subject = Subject::of(vec![events(vec![first, later])]);
        assert_eq!(lost("2023-06-30", &subject), Interval::point(4.into()));
    }

    #[test]
    fn what_is_not_known_costs_what_it_may() {
        let sure = event(true, "高", "甲", Some("2023-03-01"));
        let unsure = event(false, "低", "甲", Some("2023-03-02"));
        let subject = Subject::of(vec![events(vec![sure.clone(), unsure])]);
        assert_eq!(lost("2023-04-01", &subject), Interval::between(4.into(), 6.into()));
        let undated = event(true, "低", "甲", None);
        let subject = Subject::of(vec![events(vec![sure.clone(), undated])]);
        assert_eq!(lost("2023-04-01", &subject), Interval::between(4.into(), 10.into()));
        let subject = Subject::of(vec![open_events(vec![sure], 2)]);
        assert_eq!(lost("2023-04-01", &subject), Interval::between(4.into(), 24.into()));
    }
}
