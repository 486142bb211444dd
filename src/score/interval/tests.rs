//! Each operator over what is not known, and the evaluators against each other over drawn expressions.

mod drawn;

use super::testing::{Subject, count, day, days, number, number_of, word};
use crate::calendar::WorkCalendar;
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::{Held, Kind};
use crate::scheme::Core;
use crate::scheme::core::{Compare, Ladder};

fn fact(place: usize) -> Core {
    Core::Fact(place)
}

fn whole(number: i64) -> Core {
    Core::whole(number)
}

fn is(operator: Compare, left: Core, right: Core) -> Core {
    left.compared(operator, right)
}

fn above(left: Core, right: i64) -> Core {
    is(Compare::Greater, left, whole(right))
}

fn called(place: usize, word: &str) -> Core {
    is(Compare::Equal, fact(place), Core::Word(word.to_owned()))
}

#[test]
fn a_guard_narrows_what_it_guards() {
    let subject = Subject::of(vec![count(0, 4), number(0, 8), number(-3, 5)]);
    let share = |guard: Core| guard.select(fact(1).over(fact(0)), Core::ZERO);
    // A count above nought is at least one, a number need not be.
    assert_eq!(subject.tells(&share(above(fact(0), 0))), "0 至 8");
    assert_eq!(
        subject.tells(&share(is(Compare::Unequal, fact(0), Core::ZERO))),
        "0 至 8"
    );
    assert_eq!(subject.tells(&share(is(Compare::Less, Core::ZERO, fact(0)))), "0 至 8");
    assert_eq!(
        subject.tells(&is(Compare::Equal, fact(0), Core::ZERO).select(Core::ZERO, fact(1).over(fact(0)))),
        "0 至 8"
    );
    let open = above(fact(2), 0).select(fact(1).over(fact(2)).at_most(whole(9)), Core::ZERO);
    assert_eq!(subject.tells(&open), "0 至 9");
    // max and abs, written by hand.
    assert_eq!(subject.tells(&above(fact(2), 0).select(fact(2), Core::ZERO)), "0 至 5");
    assert_eq!(
        subject.tells(&above(fact(2), 0).select(fact(2), Core::ZERO.minus(fact(2)))),
        "0 至 5"
    );
    // Both sides of a comparison are narrowed, through && on the one side and || on the other.
    let lower = is(Compare::Less, fact(1), fact(2));
    assert_eq!(subject.tells(&lower.clone().select(fact(1), Core::ZERO)), "0 至 5");
    assert_eq!(
        subject.tells(&lower.clone().and(above(fact(1), 2)).select(fact(1), whole(3))),
        "2 至 5"
    );
    let beyond = above(fact(1), 6).or(is(Compare::Less, fact(1), whole(2)));
    assert_eq!(subject.tells(&beyond.select(whole(3), fact(1))), "2 至 6");
    // Within a condition too: the right side is read only where the left holds.
    let guarded = above(fact(0), 0).and(is(Compare::Less, fact(1).over(fact(0)), whole(9)));
    assert_eq!(subject.tells(&guarded.clone().select(whole(1), Core::ZERO)), "0 至 1");
    assert_eq!(
        subject.tells(&guarded.or(is(Compare::LessOrEqual, fact(0), Core::ZERO))),
        "true?"
    );
}

#[test]
fn what_is_known_of_an_expression_is_known_wherever_it_stands() {
    // 完成 / 目标 between 60% and 80% linearly, below 0, above 10.
    let subject = Subject::of(vec![number(30, 90), count(100, 100)]);
    let rate = || fact(0).over(fact(1));
    let sixty = || whole(3).over(whole(5));
    let line = rate().minus(sixty()).times(whole(50));
    let eighty = whole(4).over(whole(5));
    let curve = is(Compare::Less, rate(), sixty())
        .select(Core::ZERO, is(Compare::Less, rate(), eighty).select(line, whole(10)));
    assert_eq!(subject.tells(&curve), "0 至 10");
}

#[test]
fn words_that_a_branch_rules_out_are_not_there() {
    let subject = Subject::of(vec![word(None), word(Some("中"))]);
    let table = called(0, "高").select(
        whole(3),
        called(0, "中").select(whole(2), called(0, "低").select(whole(1), whole(-9))),
    );
    assert_eq!(subject.tells(&table), "1 至 3");
    assert_eq!(subject.tells(&called(0, "无")), "false");
    assert_eq!(subject.tells(&called(1, "中")), "true");
    assert_eq!(subject.tells(&is(Compare::Unequal, fact(0), fact(1))), "true?");
    let not_highest = is(Compare::Unequal, fact(0), Core::Word("高".to_owned()));
    assert_eq!(
        subject.tells(&not_highest.select(called(0, "高").select(whole(7), whole(1)), whole(2))),
        "1 至 2"
    );
}

#[test]
fn what_does_not_apply_takes_the_whole_with_it_unless_it_is_not_read() {
    let subject = Subject::of(vec![(Kind::Count, Held::NotApplicable), count(0, 3)]);
    for (core, expected) in [
        (fact(0).plus(whole(1)), "-"),
        (Core::Applicable(0).select(fact(0), whole(4)), "4"),
        (Core::Applicable(0).and(above(fact(0), 1)), "false"),
        (Core::Applicable(0).negated().or(above(fact(0), 1)), "true"),
        (above(fact(0), 1).and(Core::Applicable(0)), "-"),
        (above(fact(1), 1).select(fact(0), whole(1)), "-"),
        (above(fact(1), 9).select(fact(0), whole(1)), "1"),
        (Core::Cell(0), "-"),
    ] {
        assert_eq!(subject.tells(&core), expected, "{core:?}");
    }
}

#[test]
fn days_months_and_working_days() {
    let mut subject = Subject::of(vec![days("2022-09-30", "2022-10-10"), count(0, 2)]);
    let text = r#"{"kind":"calendar","format":1,"year":2022,"basis":"通知","holidays":["2022-10-03","2022-10-04",
        "2022-10-05","2022-10-06","2022-10-07"],"workdays":["2022-10-08","2022-10-09"]}"#;
    let calendar: WorkCalendar = crate::document::read(text.as_bytes()).unwrap();
    subject.calendars.add(calendar).unwrap();
    let between = |from: Core, to: Core| Core::WorkDays(Box::new((from, to)));
    assert_eq!(subject.tells(&between(number_of("2022-09-30"), fact(0))), "0 至 3");
    assert_eq!(
        subject.tells(&between(number_of("2022-09-30"), number_of("2022-10-10"))),
        "3"
    );
    assert_eq!(subject.tells(&between(fact(0), number_of("2022-09-30"))), "0");
    assert!(subject.missing.list().is_empty());
    subject.tells(&between(number_of("2022-12-30"), number_of("2023-01-03")));
    assert_eq!(subject.missing.list(), [2023]);
    let later = |from: Core, months: Core| Core::MonthsAfter(Box::new((from, months)));
    let elapsed = later(number_of("2022-12-31"), fact(1)).minus(number_of("2022-12-31"));
    assert_eq!(subject.tells(&elapsed), "0 至 59");
    let leap = later(number_of("2024-01-31"), whole(1)).minus(number_of("2024-01-31"));
    assert_eq!(subject.tells(&leap), "29");
    // Numbers beyond the calendar are its ends.
    let first = later(whole(-7), Core::ZERO);
    assert_eq!(subject.tells(&first), "1");
    assert_eq!(day("0001-01-01").number(), 1);
}

#[test]
fn a_root_keeps_order() {
    let subject = Subject::of(vec![number(-4, 10)]);
    let root = |core: Core| Core::Root(Box::new(core), 2, Rounding::to_place(Mode::HalfUp, 2).unwrap());
    assert_eq!(subject.tells(&root(fact(0))), "0 至 3.16");
    assert_eq!(subject.tells(&root(whole(2))), "1.41");
}

#[test]
fn places_of_a_ladder() {
    let subject = Subject::of(vec![count(1, 2), count(2, 9), count(1, 3)]);
    let ladder = |place: Core, width: Core| {
        Core::Ladder(Box::new(Ladder {
            place,
            width,
            points: [10, 8, 5].map(Core::whole).to_vec(),
            beyond: whole(1),
        }))
    };
    for (core, expected) in [
        (ladder(whole(1), whole(1)), "10"),
        (ladder(whole(2), whole(2)), "6.5"),
        (ladder(whole(3), whole(2)), "3"),
        (ladder(whole(40), whole(4)), "1"),
        (ladder(fact(0), whole(1)), "8 至 10"),
        (ladder(fact(1), whole(1)), "1 至 8"),
        (ladder(whole(2), fact(2)), "14/3(≈4.67) 至 8"),
    ] {
        assert_eq!(subject.tells(&core), expected, "{core:?}");
    }
}

#[test]
fn outcomes_of_other_schemes() {
    let subject = Subject::of(Vec::new())
        .with_result("known", 80, 80, &["良好"])
        .with_result("open", 70, 90, &["优秀", "良好"]);
    let grade = |scheme: &str, word: &str| {
        is(
            Compare::Equal,
            Core::Grade(scheme.to_owned()),
            Core::Word(word.to_owned()),
        )
    };
    let result = |scheme: &str| Core::Result(scheme.to_owned(), Exact::from(100));
    let by_grade = |scheme: &str| {
        let numbers = [("优秀", 10), ("良好", 8), ("合格", 6)].map(|(word, number)| (word.to_owned(), number.into()));
        Core::ByGrade(scheme.to_owned(), numbers.to_vec())
    };
    for (core, expected) in [
        (result("known"), "80"),
        (result("open"), "70 至 90"),
        (result("none"), "0 至 100"),
        (grade("known", "良好"), "true"),
        (grade("open", "良好"), "true?"),
        (grade("open", "合格"), "false"),
        (grade("none", "合格"), "true?"),
        (by_grade("known"), "8"),
        (by_grade("open"), "8 至 10"),
        (by_grade("none"), "0 至 10"),
    ] {
        assert_eq!(subject.tells(&core), expected, "{core:?}");
    }
}

#[test]
fn conditions_within_conditions_take_no_longer_at_every_level() {
    // Each level compares the level before; looked at twice a level this would take 2^40 steps.
    let subject = Subject::of(vec![count(0, 9)]);
    let mut core = fact(0);
    for level in 0..40 {
        core = above(core, level % 3).and(above(fact(0), 1)).select(whole(4), fact(0));
    }
    assert_eq!(subject.tells(&core), "0 至 9");
}
