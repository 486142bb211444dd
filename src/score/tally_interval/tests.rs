//! Bounds over events, by hand.

use crate::fact::HeldEvent;
use crate::scheme::Core;
use crate::scheme::core::{Compare, Group, Key, Tally, Together, Within};
use crate::score::interval::testing::{Subject, event, events, open_events, with_number};

fn level(word: &str) -> Core {
    Core::Field(0).compared(Compare::Equal, Core::Word(word.to_owned()))
}

/// 高 3, 中 2, 低 1.
fn by_level() -> Core {
    level("高").select(Core::whole(3), level("中").select(Core::whole(2), Core::whole(1)))
}

fn tally(filter: Core, value: Core, group: Option<Group>, how: Together) -> Core {
    let fact = 0;
    Core::Tally(Box::new(Tally {
        fact,
        filter,
        value,
        group,
        how,
    }))
}

fn sum(value: Core, group: Option<Group>) -> Core {
    tally(Core::Truth(true), value, group, Together::Sum)
}

fn highest_of(key: Key) -> Option<Group> {
    let within = Within::Highest;
    Some(Group { key, within })
}

fn capped(key: Key, cap: i64) -> Option<Group> {
    let within = Within::Capped(Core::whole(cap));
    Some(Group { key, within })
}

fn of(list: Vec<HeldEvent>) -> Subject {
    Subject::of(vec![events(list)])
}

fn sure(level: &str, matter: &str) -> HeldEvent {
    event(true, level, matter, Some("2023-02-01"))
}

#[test]
fn what_is_unknown_of_one_event_opens_only_that_event() {
    let subject = of(vec![sure("高", "甲"), sure("", "乙"), event(false, "中", "丙", None)]);
    assert_eq!(subject.tells(&sum(by_level(), None)), "4 至 8");
    let not_low = level("低").negated();
    assert_eq!(
        subject.tells(&tally(not_low.clone(), Core::whole(1), None, Together::Sum)),
        "1 至 3"
    );
    // Where the filter lets the unknown one pass, it is not 低.
    assert_eq!(
        subject.tells(&tally(not_low, by_level(), None, Together::Sum)),
        "3 至 8"
    );
    let open = Subject::of(vec![open_events(vec![sure("低", "甲")], 4)]);
    assert_eq!(open.tells(&sum(by_level(), None)), "1 至 13");
    assert_eq!(
        open.tells(&tally(level("中"), by_level(), None, Together::Sum)),
        "0 至 8"
    );
}

#[test]
fn of_every_matter_the_highest() {
    let by_matter = || sum(by_level(), highest_of(Key::Field(1)));
    let known = of(vec![sure("高", "甲"), sure("中", "甲"), sure("低", "乙")]);
    assert_eq!(known.tells(&by_matter()), "4");
    // One of unknown matter repeats another or stands alone.
    assert_eq!(
        of(vec![sure("低", "甲"), sure("中", "乙"), sure("高", "")]).tells(&by_matter()),
        "4 至 6"
    );
    assert_eq!(
        of(vec![sure("", "甲"), event(false, "高", "甲", None)]).tells(&by_matter()),
        "1 至 3"
    );
    // There are only three levels to be different.
    let distinct = sum(Core::whole(1), highest_of(Key::Field(0)));
    assert_eq!(
        Subject::of(vec![open_events(vec![sure("高", "甲")], 9)]).tells(&distinct),
        "1 至 3"
    );
    // And six months in half a year, of which one is taken.
    let by_month = sum(Core::Field(3), highest_of(Key::Month(2)));
    let taken = with_number(sure("高", "甲"), 4);
    assert_eq!(
        Subject::of(vec![open_events(vec![taken.clone()], 5)]).tells(&by_month),
        "4 至 54"
    );
    assert_eq!(
        Subject::of(vec![open_events(vec![taken], 99)]).tells(&by_month),
        "4 至 60"
    );
}

#[test]
fn a_cap_of_every_month_and_quarter() {
    let on = |date: &str, number: i64| with_number(event(true, "低", "甲", Some(date)), number);
    let list = vec![
        on("2023-01-05", 3),
        on("2023-01-31", 4),
        on("2023-02-01", 2),
        on("2023-06-30", 9),
    ];
    let known = of(list.clone());
    assert_eq!(known.tells(&sum(Core::Field(3), capped(Key::Month(2), 5))), "12");
    assert_eq!(known.tells(&sum(Core::Field(3), capped(Key::Quarter(2), 8))), "16");
    // One of unknown day is cut off where its month is full already.
    let mut open = list.clone();
    open.push(with_number(event(true, "低", "甲", None), 4));
    assert_eq!(
        of(open).tells(&sum(Core::Field(3), capped(Key::Month(2), 5))),
        "12 至 16"
    );
    // More cannot be earned than both quarters hold.
    let more = Subject::of(vec![open_events(list, 50)]);
    assert_eq!(
        more.tells(&sum(Core::Field(3), capped(Key::Quarter(2), 10))),
        "18 至 20"
    );
}

#[test]
fn means_and_extremes() {
    let judges = |numbers: &[i64]| {
        numbers
            .iter()
            .map(|number| with_number(sure("低", "甲"), *number))
            .collect::<Vec<_>>()
    };
    let mean = |highest, lowest, from| {
        let otherwise = Core::whole(1);
        tally(
            Core::Truth(true),
            Core::Field(3),
            None,
            Together::Mean {
                highest,
                lowest,
                from,
                otherwise,
            },
        )
    };
    assert_eq!(of(judges(&[9, 7, 2, 8])).tells(&mean(1, 1, 4)), "7.5");
    assert_eq!(of(judges(&[9, 7, 2])).tells(&mean(1, 1, 4)), "6");
    assert_eq!(of(Vec::new()).tells(&mean(1, 1, 3)), "1");
    let mut late = judges(&[9, 7, 2]);
    late.push(sure("低", "甲"));
    assert_eq!(of(late).tells(&mean(1, 1, 4)), "4.5 至 8");
    assert_eq!(
        Subject::of(vec![open_events(judges(&[6, 8]), 1)]).tells(&mean(0, 0, 0)),
        "14/3(≈4.67) 至 8"
    );
    assert_eq!(
        Subject::of(vec![open_events(Vec::new(), 1)]).tells(&mean(0, 0, 0)),
        "0 至 10"
    );
    let otherwise = || Core::whole(5);
    let highest = tally(
        Core::Truth(true),
        by_level(),
        None,
        Together::Highest { otherwise: otherwise() },
    );
    let lowest = tally(
        Core::Truth(true),
        by_level(),
        None,
        Together::Lowest { otherwise: otherwise() },
    );
    let list = of(vec![
        sure("中", "甲"),
        event(false, "高", "甲", None),
        event(false, "低", "甲", None),
    ]);
    assert_eq!(
        (list.tells(&highest), list.tells(&lowest)),
        ("2 至 3".to_owned(), "1 至 2".to_owned())
    );
    let perhaps = of(vec![event(false, "低", "甲", None)]);
    assert_eq!(perhaps.tells(&highest), "1 至 5");
}

#[test]
fn many_unseen_events_are_counted_without_being_listed() {
    let subject = Subject::of(vec![open_events(vec![sure("高", "甲")], 1_000_000)]);
    assert_eq!(subject.tells(&sum(by_level(), None)), "3 至 3000003");
    let otherwise = Core::ZERO;
    let how = Together::Mean {
        highest: 1,
        lowest: 1,
        from: 3,
        otherwise,
    };
    assert_eq!(
        subject.tells(&tally(Core::Truth(true), Core::Field(3), None, how)),
        "0 至 10"
    );
    let by_day = sum(Core::Field(3), highest_of(Key::Month(2)));
    assert_eq!(subject.tells(&by_day), "0 至 60");
}
