//! The library against the reference carried out: whatever a scheme says, both say the same, to the last digit.
//!
//! An ordinary run scores a hundred thousand subjects; `ZEREN_DIFFERENTIAL=10000000` (in a release build) so many.
//! Corners that the generator keeps away from (its comments say "held apart") have tests of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test that fails should fail loudly"
)]

mod reference;

use reference::generator::{DECLARED, Random, scheme, subject, subjects};
use reference::library::{self, Given};
use reference::{Scheme, Subject, score};
use zeren::document::parse;

/// Scored subjects of an ordinary run, over all seeds.
const CASES: u64 = 100_000;
/// Cohorts that share a scheme.
const PER_SCHEME: u64 = 8;

/// One seed a test, so that they run side by side.
#[test]
fn the_library_agrees_with_the_reference_1() {
    agree_on_drawn_schemes(0x2023_0409_1234_5678);
}

#[test]
fn the_library_agrees_with_the_reference_2() {
    agree_on_drawn_schemes(0x0f1e_2d3c_4b5a_6978);
}

#[test]
fn the_library_agrees_with_the_reference_3() {
    agree_on_drawn_schemes(0x1357_9bdf_0246_8ace);
}

#[test]
fn the_library_agrees_with_the_reference_4() {
    agree_on_drawn_schemes(0x7777_1234_aaaa_4321);
}

fn agree_on_drawn_schemes(seed: u64) {
    let cases = std::env::var("ZEREN_DIFFERENTIAL").map_or(CASES, |cases| cases.parse().unwrap()) / 4;
    let mut random = Random(seed);
    let mut scored = 0;
    while scored < cases {
        let text = scheme(&mut random);
        let cohorts: Vec<Vec<Given>> = (0..PER_SCHEME).map(|_| subjects(&mut random)).collect();
        agree(&text, &cohorts);
        scored += cohorts.iter().map(|cohort| cohort.len() as u64).sum::<u64>();
    }
}

/// Scores the cohorts both ways.
fn agree(text: &str, cohorts: &[Vec<Given>]) {
    let read = library::read(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let plain = Scheme::read(parse(text.as_bytes()).unwrap());
    for given in cohorts {
        let subject =
            |given: &Given| Subject::read(&plain, &parse(given.facts.as_bytes()).unwrap(), given.results.clone());
        let expected = score(&plain, given.iter().map(subject).collect());
        let found = library::score(&read, given);
        for (place, (expected, found)) in expected.iter().zip(&found).enumerate() {
            let facts: Vec<&str> = given.iter().map(|given| given.facts.as_str()).collect();
            assert_eq!(found, expected, "subject {place} of:\n{text}\n{}", facts.join("\n"));
        }
    }
}

/// Scores many drawn cohorts of four, two below the first, by a scheme with these members.
fn agree_on(members: &str) {
    let text = format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
        "classes":["镇","街道"],"facts":{DECLARED},"ranking":{{"ties":"shared"}},"redetermination":"subject_only",
        "rounding":{{"when":"total","place":2,"mode":"half_up"}},{members}}}"#
    );
    let mut random = Random(0x2023);
    let place = |place: u64| if place > 1 { r#","parent":"s0""# } else { "" };
    let cohorts: Vec<Vec<Given>> = (0..100)
        .map(|_| {
            (0..4)
                .map(|number| subject(&mut random, number, place(number)))
                .collect()
        })
        .collect();
    agree(&text, &cohorts);
}

/// One item of ten points under this rule.
fn agree_on_rule(rule: &str) {
    agree_on(&format!(
        r#""not_applicable":"renormalise","items":[{{"id":"1","title":"项","points":10,"rule":{{{rule}}}}}]"#
    ));
}

#[test]
fn a_weighted_mean_is_over_those_to_whom_the_value_applies() {
    agree_on_rule(r#""kind":"subordinates","value":"辛","combine":"weighted","weight":"目标","out_of":10"#);
}

#[test]
fn a_group_with_a_least_number_leaves_out_what_is_left_out() {
    agree_on(
        r#""not_applicable":"zero","items":[{"id":"0","title":"项","points":5,"rule":{"kind":"all_or_nothing","when":"丁"}},
        {"id":"g","title":"组","least_applicable":1,"items":[
        {"id":"1","title":"项","points":5,"rule":{"kind":"all_or_nothing","when":"丁"}},
        {"id":"2","title":"项","points":5,"not_applicable":"renormalise","rule":{"kind":"by_hand","given":"辛","out_of":10}}]}]"#,
    );
}

#[test]
fn a_cap_that_reads_what_does_not_apply_changes_nothing() {
    agree_on(
        r#""not_applicable":"renormalise","items":[{"id":"g","title":"组","cap":"己","items":[
        {"id":"1","title":"项","points":9,"rule":{"kind":"by_hand","given":"完成","out_of":20}}]}]"#,
    );
}

#[test]
fn a_mean_of_places_is_the_mean_of_their_points() {
    agree_on_rule(r#""kind":"rank","value":"丁 ? 1 : 0","order":"descending","first":5,"step":3,"ties":"mean""#);
}

#[test]
fn ties_are_broken_from_the_last_too() {
    agree_on_rule(
        r#""kind":"rank","value":"丁 ? 1 : 0","order":"descending","from_last":[0,1,2],"beyond":5,"ties":"broken","then":"丙""#,
    );
}

#[test]
fn a_tie_over_the_end_of_the_list_takes_the_points_of_all_its_places() {
    agree_on_rule(
        r#""kind":"rank","value":"丁 ? 1 : 0","order":"descending","points":[9],"from_last":[1],"beyond":4,"ties":"mean""#,
    );
}

#[test]
fn whoever_the_condition_does_not_apply_to_is_not_ranked() {
    agree_on_rule(
        r#""kind":"rank","value":"丙","order":"descending","first":9,"step":1,"ties":"shared","when":"丁 || 庚","otherwise":2"#,
    );
}
