//! What changed between two positions, and which scores moved because of it.

use serde_json::{Value as Json, json};
use zeren::document::read;
use zeren::year::Year;

use super::case::Case;

/// The position of an act.
fn line(case: &Case, id: &str) -> u32 {
    let changes = case.view(&json!({"view": "changes", "day": "2023-01-10"}));
    let acts = changes["acts"].as_array().unwrap();
    let act = acts.iter().find(|act| act["id"] == id).unwrap();
    u32::try_from(act["line"].as_u64().unwrap()).unwrap()
}

fn moved(case: &Case, since: u32, known: u32) -> Json {
    let query =
        json!({"view": "changes", "day": "2023-01-10", "subjects": ["s-甲", "s-乙"], "since": since, "known": known});
    let query = read(query.to_string().as_bytes()).unwrap();
    let answer = Year::new().answer(&case.system, &case.scheme, &query).unwrap();
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn the_acts_between_two_positions_with_what_they_correct() {
    let case = Case::new();
    let since = line(&case, "数甲");
    let changes = case.view(&json!({"view": "changes", "day": "2023-01-10", "since": since}));
    let told: Vec<_> = changes["acts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| (act["id"].as_str().unwrap(), act["corrects"].as_str()))
        .collect();
    assert_eq!(told, [("数乙", None), ("数甲改", Some("数甲")), ("审", None)]);
}

#[test]
fn a_score_moved_and_the_act_that_moved_it() {
    let case = Case::new();
    let answer = moved(&case, line(&case, "数乙"), line(&case, "审"));
    let moved = answer["moved"].as_array().unwrap();
    assert_eq!((moved.len(), &answer["unmoved"]), (1, &json!(1)));
    assert_eq!(moved[0]["subject"], "s-甲");
    assert_eq!(moved[0]["total"], json!({"lowest": "5", "highest": "5"}));
    assert_eq!(moved[0]["facts"][0]["name"], "会议次数");
    let because: Vec<_> = moved[0]["because"]
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["id"].clone())
        .collect();
    assert_eq!(because, ["数甲改"]);
}

#[test]
fn nothing_moved_where_nothing_was_said_and_who_came_since_is_new() {
    let case = Case::new();
    let last = line(&case, "审");
    let answer = moved(&case, line(&case, "数甲改"), last);
    assert_eq!((&answer["moved"], &answer["unmoved"]), (&json!([]), &json!(2)));
    let answer = moved(&case, line(&case, "承"), last);
    assert_eq!(answer["new"], json!(["s-甲", "s-乙"]));
}
