//! Gathered values by hand, and against every way in which unknown values may turn out.

use std::collections::BTreeSet;

use super::{Member, gather};
use crate::exact::{Exact, Interval};
use crate::scheme::Gather;
use crate::scheme::core::{Gathering, Scope};
use crate::score::Possible;

const ALL: [Gathering; 8] = [
    Gathering::Highest,
    Gathering::Lowest,
    Gathering::Mean,
    Gathering::Sum,
    Gathering::Higher,
    Gathering::Lower,
    Gathering::Equal,
    Gathering::Tied,
];

fn what(how: Gathering, scope: Scope, then: bool, when: bool) -> Gather {
    Gather {
        how,
        scope,
        value: 0,
        then: then.then_some(1),
        when: when.then_some(2),
    }
}

fn number(low: i64, high: i64) -> Possible {
    Possible::Number(Interval::between(low.into(), high.into()))
}

fn cells(value: Possible, then: Possible, when: Option<bool>) -> Vec<Possible> {
    vec![value, then, Possible::Truth(when)]
}

fn values(what: &Gather, cells: &[Vec<Possible>]) -> Vec<Possible> {
    let members: Vec<Member<'_>> = cells.iter().map(|cells| member("", "一组", None, cells)).collect();
    gather(what, &members)
}

fn member<'a>(id: &'a str, cohort: &'a str, parent: Option<&'a str>, cells: &'a [Possible]) -> Member<'a> {
    Member {
        id,
        cohort,
        parent,
        cells,
    }
}

fn told(values: &[Possible]) -> String {
    let told = values.iter().map(|value| match value {
        Possible::Number(interval) => crate::fact::shown_interval(interval),
        Possible::NotApplicable => "-".to_owned(),
        other => panic!("{other:?}"),
    });
    told.collect::<Vec<_>>().join("，")
}

#[test]
fn places_with_ties_and_what_breaks_them() {
    let list: Vec<_> = [(9, 1), (7, 2), (7, 3), (4, 0)]
        .map(|(value, then)| cells(number(value, value), number(then, then), Some(true)))
        .to_vec();
    for (how, then, expected) in [
        (Gathering::Higher, false, "0，1，1，3"),
        (Gathering::Higher, true, "0，2，1，3"),
        (Gathering::Lower, false, "3，1，1，0"),
        (Gathering::Lower, true, "3，2，1，0"),
        (Gathering::Equal, false, "0，1，1，0"),
        (Gathering::Equal, true, "0，0，0，0"),
        (Gathering::Tied, false, "2，2，2，2"),
        (Gathering::Tied, true, "0，0，0，0"),
        (Gathering::Mean, false, "6.75，6.75，6.75，6.75"),
    ] {
        assert_eq!(
            told(&values(&what(how, Scope::Cohort, then, false), &list)),
            expected,
            "{how:?} {then}"
        );
    }
}

#[test]
fn everybody_looks_at_his_own_cohort_or_at_those_below() {
    let five = cells(number(5, 5), number(0, 0), Some(true));
    let three = cells(number(3, 3), number(0, 0), Some(true));
    let nothing = cells(Possible::NotApplicable, number(0, 0), Some(true));
    let members = [
        member("县", "县", None, &nothing),
        member("甲", "镇", Some("县"), &five),
        member("乙", "镇", Some("县"), &three),
        member("丙", "街道", Some("县"), &three),
    ];
    let gathered = |how, scope| told(&gather(&what(how, scope, false, false), &members));
    assert_eq!(gathered(Gathering::Highest, Scope::Cohort), "-，5，5，3");
    assert_eq!(gathered(Gathering::Sum, Scope::Cohort), "0，8，8，3");
    assert_eq!(gathered(Gathering::Higher, Scope::Cohort), "-，0，1，0");
    assert_eq!(gathered(Gathering::Lowest, Scope::Below), "3，-，-，-");
    assert_eq!(gathered(Gathering::Mean, Scope::Below), "11/3(≈3.67)，-，-，-");
    assert_eq!(gathered(Gathering::Sum, Scope::Below), "11，0，0，0");
    assert_eq!(gathered(Gathering::Tied, Scope::Below), "2，0，0，0");
}

#[test]
fn a_value_without_bound_may_have_any_place() {
    let list = vec![
        cells(Possible::Number(Interval::ALL), number(0, 0), Some(true)),
        cells(number(2, 2), number(0, 0), Some(true)),
        cells(number(4, 4), number(0, 0), Some(true)),
    ];
    assert_eq!(
        told(&values(&what(Gathering::Higher, Scope::Cohort, false, false), &list)),
        "0 至 2，1 至 2，0 至 1"
    );
    assert_eq!(
        told(&values(&what(Gathering::Lower, Scope::Cohort, false, false), &list)),
        "0 至 2，0 至 1，1 至 2"
    );
    assert_eq!(
        told(&values(&what(Gathering::Equal, Scope::Cohort, false, false), &list)),
        "0 至 2，0 至 1，0 至 1"
    );
}

#[test]
fn ten_thousand_are_placed_by_sorting() {
    let list: Vec<_> = (0..10_000)
        .map(|place| cells(number(place, place), number(0, 0), Some(true)))
        .collect();
    let higher = values(&what(Gathering::Higher, Scope::Cohort, false, false), &list);
    assert_eq!(higher[0], number(9_999, 9_999));
    assert_eq!(higher[9_999], number(0, 0));
}

#[test]
fn every_way_in_which_values_turn_out_lies_within_what_was_told_and_places_reach_their_ends() {
    let mut state = 11_u64;
    let mut next = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for _ in 0..250 {
        // Up to four members; values and tie-breakers are whole here, so that every way can be tried.
        let drawn: Vec<_> = (0..=next(4))
            .map(|_| {
                let mut range = |width: u64| {
                    let low = next(4) as i64;
                    (low, low + next(width) as i64)
                };
                let (value, then) = (range(3), range(2));
                (
                    value,
                    then,
                    [Some(true), Some(true), Some(false), None][next(4) as usize],
                )
            })
            .collect();
        let open: Vec<_> = drawn
            .iter()
            .map(|(value, then, when)| cells(number(value.0, value.1), number(then.0, then.1), *when))
            .collect();
        let mut ways: Vec<Vec<Vec<Possible>>> = vec![Vec::new()];
        for (value, then, when) in &drawn {
            let whens = when.map_or(vec![true, false], |when| vec![when]);
            let mut more = Vec::new();
            for way in &ways {
                for (v, t) in (value.0..=value.1).flat_map(|v| (then.0..=then.1).map(move |t| (v, t))) {
                    for when in &whens {
                        let mut way = way.clone();
                        way.push(cells(number(v, v), number(t, t), Some(*when)));
                        more.push(way);
                    }
                }
            }
            ways = more;
        }
        for how in ALL {
            for then in [false, true] {
                let what = what(how, Scope::Cohort, then, true);
                let told = values(&what, &open);
                let mut met: Vec<BTreeSet<Exact>> = vec![BTreeSet::new(); drawn.len()];
                for way in &ways {
                    for (met, value) in met.iter_mut().zip(values(&what, way)) {
                        if let Possible::Number(interval) = value {
                            met.insert(interval.single().expect("what is known gives one value").clone());
                        }
                    }
                }
                for (met, told) in met.iter().zip(&told) {
                    let (Some(least), Some(most)) = (met.first(), met.last()) else {
                        assert_eq!(*told, Possible::NotApplicable);
                        continue;
                    };
                    let Possible::Number(interval) = told else {
                        panic!("{told:?} {met:?}")
                    };
                    assert!(
                        interval.holds(least) && interval.holds(most),
                        "{how:?} {told:?} {met:?} {open:?}"
                    );
                    let places = matches!(how, Gathering::Higher | Gathering::Lower);
                    if places
                        || matches!(
                            how,
                            Gathering::Highest | Gathering::Lowest | Gathering::Mean | Gathering::Sum
                        )
                    {
                        let reached = Interval::between(least.clone(), most.clone());
                        assert_eq!(*interval, reached, "{how:?} {open:?}");
                    }
                }
            }
        }
    }
}
