//! Drawn expressions over drawn facts: whatever the facts turn out to be, the value lies within what was told, and of known
//! facts exactly the value is told.

use super::super::testing::{Subject, count, days, number, open_events, word};
use super::super::{Possible, possible};
use crate::calendar::Date;
use crate::exact::{Exact, Interval, Mode, Rounding};
use crate::fact::{Held, HeldEvent, Kind, Scalar};
use crate::scheme::Core;
use crate::scheme::core::{Arithmetic, Compare, Expiring, Group, Key, Ladder, Tally, Together, Within};
use crate::score::{Point, point};

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
    fn often(&mut self) -> bool {
        self.below(3) > 0
    }
    fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize].clone()
    }
    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }
}

const WORDS: [&str; 3] = ["高", "中", "低"];
const FROM: &str = "2023-01-01";
const TO: &str = "2023-06-30";

/// Facts: 0 and 1 counts, 2 and 3 numbers, 4 a truth, 5 a word, 6 a day, 7 events.
fn subject(random: &mut Random) -> Subject {
    let mut range = |low: i64, high: i64| {
        let (one, other) = (random.between(low, high), random.between(low, high));
        (one.min(other), one.max(other))
    };
    let (a, b, c, d) = (range(0, 5), range(0, 3), range(-4, 6), range(0, 9));
    let truth = random.pick(&[None, Some(true), Some(false)]);
    let level = random.pick(&[None, Some("高"), Some("低")]);
    let list = (0..random.below(4)).map(|_| an_event(random)).collect();
    let unseen = random.pick(&[0, 0, 1, 2]);
    Subject::of(vec![
        count(a.0, a.1),
        count(b.0, b.1),
        number(c.0, c.1),
        number(d.0, d.1),
        (Kind::YesNo, Held::Truth(truth)),
        word(level),
        days("2023-02-01", random.pick(&["2023-02-01", "2023-04-15"])),
        open_events(list, unseen),
    ])
}

fn an_event(random: &mut Random) -> HeldEvent {
    let mut event = full_event(random);
    for field in &mut event.fields {
        if !random.often() {
            *field = None;
        }
    }
    event.sure = random.often();
    event
}

fn full_event(random: &mut Random) -> HeldEvent {
    let fields = (0..5).map(|field| Some(a_field(random, field))).collect();
    HeldEvent { sure: true, fields }
}

fn a_field(random: &mut Random, field: usize) -> Scalar {
    match field {
        0 => Scalar::Text(random.pick(&WORDS).to_owned()),
        1 => Scalar::Text(random.pick(&["甲", "乙"]).to_owned()),
        2 => {
            let first = Date::from_iso(FROM).unwrap().number();
            let last = Date::from_iso(TO).unwrap().number();
            let any = random.between(first, last);
            let day = random.pick(&[first, last, any]);
            Scalar::Day(Date::from_number(day).unwrap())
        }
        3 => Scalar::Number(random.between(0, 10).into()),
        _ => Scalar::Truth(random.often()),
    }
}

/// One way in which everything may turn out.
fn turned_out(random: &mut Random, subject: &Subject) -> Subject {
    let facts = subject.facts.iter().map(|fact| {
        let held = match &fact.held {
            Held::Number(interval) => {
                let (low, high) = (interval.low.clone().unwrap(), interval.high.clone().unwrap());
                let eighths = Exact::ratio(random.between(0, 8).into(), 8).unwrap();
                let within = &low + &(&(&high - &low) * &eighths);
                let value = if fact.kind == Kind::Number {
                    within
                } else {
                    within.floor()
                };
                Held::Number(Interval::point(value))
            }
            Held::Truth(None) => Held::Truth(Some(random.often())),
            Held::Word(None) => Held::Word(Some(random.pick(&WORDS).to_owned())),
            Held::Events(events) => {
                let mut list = Vec::new();
                for event in &events.list {
                    if event.sure || random.often() {
                        let fields = event
                            .fields
                            .iter()
                            .enumerate()
                            .map(|(place, field)| Some(field.clone().unwrap_or_else(|| a_field(random, place))));
                        let fields = fields.collect();
                        list.push(HeldEvent { sure: true, fields });
                    }
                }
                let unseen = i64::try_from(events.unseen.to_i128().unwrap()).unwrap();
                for _ in 0..random.between(0, unseen) {
                    list.push(full_event(random));
                }
                return open_events(list, 0);
            }
            known => known.clone(),
        };
        (fact.kind, held)
    });
    let facts = facts.collect();
    Subject::of(facts)
}

fn a_number(random: &mut Random, depth: u32, event: bool) -> Core {
    if depth == 0 {
        return match random.below(if event { 8 } else { 6 }) {
            0 | 1 => Core::whole(random.between(-3, 6)),
            place @ 2..=5 => Core::Fact(place as usize - 2),
            6 => Core::Field(3),
            _ => Core::Field(2).minus(super::number_of("2023-01-31")),
        };
    }
    let next = depth - 1;
    let inner = |random: &mut Random| a_number(random, next, event);
    match random.below(if event { 9 } else { 13 }) {
        0..=2 => {
            let operators = [
                Arithmetic::Add,
                Arithmetic::Subtract,
                Arithmetic::Multiply,
                Arithmetic::Divide,
                Arithmetic::Lower,
                Arithmetic::Higher,
            ];
            let operator = random.pick(&operators);
            Core::arithmetic(operator, inner(random), inner(random))
        }
        3 => Core::Absolute(Box::new(inner(random))),
        4 => {
            let mode = random.pick(&[Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up]);
            let rounding = Rounding::to_place(mode, random.between(-1, 1) as i32).unwrap();
            match random.below(2) {
                0 => Core::Round(Box::new(inner(random)), rounding),
                _ => Core::Root(Box::new(inner(random)), 2, rounding),
            }
        }
        5 => inner(random),
        6..=8 => a_truth(random, next, event).select(inner(random), inner(random)),
        9 => {
            let later = Core::MonthsAfter(Box::new((Core::Fact(6), inner(random))));
            later.minus(super::number_of("2023-03-01"))
        }
        10 => {
            let (place, width) = (inner(random), inner(random));
            let points = (0..3).map(|_| a_number(random, 0, event)).collect();
            let beyond = a_number(random, 0, event);
            Core::Ladder(Box::new(Ladder {
                place,
                width,
                points,
                beyond,
            }))
        }
        11 if random.often() => a_tally(random, next),
        11 => Core::Expiring(Box::new(Expiring {
            fact: 7,
            date: 2,
            level: 0,
            levels: vec![
                ("高".into(), 4.into(), 5),
                ("中".into(), 2.into(), 2),
                ("低".into(), 1.into(), 0),
            ],
            on: random.pick(&[Core::Fact(6), super::number_of("2023-03-31")]),
            repeat: random.pick(&[Core::whole(2), Core::Fact(1)]),
        })),
        _ => a_tally(random, next),
    }
}

fn a_truth(random: &mut Random, depth: u32, event: bool) -> Core {
    let next = depth.saturating_sub(1);
    match random.below(if depth == 0 { 5 } else { 8 }) {
        0 => Core::Fact(4),
        1 if event => random.pick(&[Core::Field(4), level_is(Core::Field(0), "中")]),
        1 => level_is(Core::Fact(5), "高"),
        2 => level_is(if event { Core::Field(0) } else { Core::Fact(5) }, random.pick(&WORDS)).negated(),
        3..=5 => {
            let operators = [
                Compare::Equal,
                Compare::Unequal,
                Compare::Less,
                Compare::LessOrEqual,
                Compare::Greater,
                Compare::GreaterOrEqual,
            ];
            let operator = random.pick(&operators);
            a_number(random, next, event).compared(operator, a_number(random, 0, event))
        }
        6 => a_truth(random, next, event).and(a_truth(random, next, event)),
        _ => a_truth(random, next, event).or(a_truth(random, next, event)).negated(),
    }
}

fn level_is(core: Core, word: &str) -> Core {
    core.compared(Compare::Equal, Core::Word(word.to_owned()))
}

fn a_tally(random: &mut Random, depth: u32) -> Core {
    let otherwise = Core::whole(random.between(-2, 8));
    let (highest, lowest) = random.pick(&[(0, 0), (1, 1), (1, 0)]);
    let how = match random.below(6) {
        0..=2 => Together::Sum,
        3 => Together::Highest { otherwise },
        4 => Together::Lowest { otherwise },
        _ => Together::Mean {
            highest,
            lowest,
            from: highest + lowest + 1,
            otherwise,
        },
    };
    let group = random.often().then(|| Group {
        key: random.pick(&[
            Key::Field(0),
            Key::Field(1),
            Key::Field(4),
            Key::Month(2),
            Key::Quarter(2),
        ]),
        within: match random.below(2) {
            0 => Within::Highest,
            _ => Within::Capped(a_number(random, 0, false)),
        },
    });
    let (filter, value) = (a_truth(random, depth, true), a_number(random, depth, true));
    Core::Tally(Box::new(Tally {
        fact: 7,
        filter: random.pick(&[Core::Truth(true), filter]),
        value: random.pick(&[Core::Field(3), Core::whole(1), value]),
        group,
        how,
    }))
}

#[test]
fn whatever_turns_out_lies_within_what_was_told_and_what_is_known_is_told_exactly() {
    let mut random = Random(20_231_231);
    let (mut held, mut narrow) = (0_u32, 0_u32);
    for case in 0..1_500 {
        let subject = subject(&mut random);
        let depth = random.between(1, 4) as u32;
        let core = match random.below(3) {
            0 => a_truth(&mut random, depth, false),
            1 => a_tally(&mut random, depth),
            _ => a_number(&mut random, depth, false),
        };
        let told = possible(&core, &subject.inputs());
        if let Some(known) = point(&core, &subject.inputs()) {
            assert_eq!(
                Possible::from(known),
                told,
                "case {case}: known\n{core:?}\n{:?}",
                subject.facts
            );
        }
        for _ in 0..12 {
            let outcome = turned_out(&mut random, &subject);
            let Some(value) = point(&core, &outcome.inputs()) else {
                continue;
            };
            let context = || {
                format!(
                    "case {case}: {value:?} of {told:?}\n{core:?}\n{:?}\n{:?}",
                    subject.facts, outcome.facts
                )
            };
            assert_eq!(
                possible(&core, &outcome.inputs()),
                Possible::from(value.clone()),
                "{}",
                context()
            );
            match (&value, &told) {
                (Point::Number(value), Possible::Number(interval)) => assert!(interval.holds(value), "{}", context()),
                (Point::Truth(value), Possible::Truth(truth)) => {
                    assert!(truth.is_none_or(|truth| truth == *value), "{}", context());
                }
                _ => panic!("{}", context()),
            }
            held += 1;
            narrow += u32::from(told != Possible::Number(Interval::ALL) && told != Possible::Truth(None));
        }
    }
    // The test tests something.
    assert!(held > 12_000 && narrow > held / 2, "{held} {narrow}");
}
