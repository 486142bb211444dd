//! Papers arrive late: drawn office years, entered in any order that keeps references after what they refer to and
//! same-day acts on one object in their order, end in the same present state.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

mod office;
mod random;

use office::{Act, STRUCTURE_VIEWS, VIEWS, year};
use random::Random;
use zeren::calendar::Timestamp;
use zeren::document::{Value, parse, read};
use zeren::system::{Query, Request, System};

/// Drawn years, and orders of arrival of each.
const YEARS: u64 = 60;
const ORDERS: u64 = 6;
/// Days on which the present state is looked at.
const DAYS: [&str; 6] = [
    "2022-01-15",
    "2022-04-30",
    "2022-07-01",
    "2022-09-20",
    "2022-12-31",
    "2023-02-10",
];

#[test]
fn the_order_of_arrival_does_not_matter() {
    for number in 0..YEARS {
        let mut random = Random(0x5eed_0001_0000_0000 + number * 7_919 + 1);
        let acts = year(&mut random);
        let as_it_happened: Vec<usize> = (0..acts.len()).collect();
        let expected = answers(&enter(&acts, &as_it_happened, &mut random));
        for _ in 0..ORDERS {
            let order = arrival(&acts, &mut random);
            let found = answers(&enter(&acts, &order, &mut random));
            for ((question, expected), (_, found)) in expected.iter().zip(&found) {
                if expected != found {
                    let (entered, late) = difference(expected, found);
                    panic!(
                        "year {number}, {question}\nas it happened: {entered}\nlate papers:    {late}\norder {:?}",
                        words(&acts, &order)
                    );
                }
            }
        }
    }
}

/// A drawn order: of the acts whose references have arrived and whose earlier same-day companions have, any comes next.
fn arrival(acts: &[Act], random: &mut Random) -> Vec<usize> {
    let mut waiting: Vec<usize> = (0..acts.len()).collect();
    let mut order = Vec::new();
    while !waiting.is_empty() {
        let ready: Vec<usize> = (0..waiting.len())
            .filter(|place| {
                waiting[..*place]
                    .iter()
                    .all(|earlier| !acts[waiting[*place]].follows(&acts[*earlier]))
            })
            .collect();
        let next = *random.pick(&ready);
        order.push(waiting.remove(next));
    }
    order
}

/// Enters the acts in batches of drawn sizes.
fn enter(acts: &[Act], order: &[usize], random: &mut Random) -> System {
    let mut system = System::new("示例新区");
    let mut rest = order;
    while !rest.is_empty() {
        let size = usize::try_from(1 + random.below(5)).unwrap().min(rest.len());
        let (batch, later) = rest.split_at(size);
        rest = later;
        let request = Request {
            head: system.head().clone(),
            time: Timestamp::parse("2023-03-01T09:00:00+08:00").unwrap(),
            operator: "录入员-1".into(),
            acts: batch.iter().map(|place| value(&acts[*place].text).into()).collect(),
        };
        let prepared = system
            .prepare(&request)
            .unwrap_or_else(|error| panic!("{error}\n{:?}", words(acts, order)));
        system.commit(prepared).unwrap();
    }
    system
}

/// What the present state answers, question by question.
fn answers(system: &System) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    for day in DAYS {
        for view in VIEWS.iter().chain(STRUCTURE_VIEWS) {
            let question = format!(r#"{{"day":"{day}",{view}}}"#);
            let query: Query = read(question.as_bytes()).unwrap_or_else(|error| panic!("{question}: {error}"));
            let answer = system.answer(&query).unwrap_or_else(|error| error.to_string());
            answers.push((question, answer));
        }
    }
    answers
}

/// Where two answers part, with a little of what follows.
fn difference(left: &str, right: &str) -> (String, String) {
    let same = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .count();
    let from = |text: &str| text.chars().skip(same.saturating_sub(80)).take(240).collect();
    (from(left), from(right))
}

fn value(text: &str) -> Value {
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn words<'a>(acts: &'a [Act], order: &[usize]) -> Vec<&'a str> {
    order.iter().map(|place| acts[*place].id.as_str()).collect()
}
