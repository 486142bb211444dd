//! The order of application (`docs/scheme-reference.md`, section 5): for each pair of neighbouring steps a score that
//! would be another if they were swapped. Where two neighbours commute (coefficient and conversion are both products),
//! the order of their lines is held instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Entrant, Outcome, Results, Sheet, score_together};

/// A scheme of these members; facts are 甲 and 乙 (numbers) and 有 (yes or no).
fn scheme(members: &str) -> Scheme {
    let rounding = if members.contains("\"rounding\"") {
        ""
    } else {
        r#","rounding":{"when":"total","place":2,"mode":"half_up"}"#
    };
    let policy = if members.contains("\"not_applicable\"") {
        ""
    } else {
        r#","not_applicable":"renormalise""#
    };
    let text = format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"次序","year":2023,"status":"adopted",
        "redetermination":"subject_only","facts":[{{"name":"甲","kind":"number","min":-100,"max":100}},
        {{"name":"乙","kind":"number","min":-100,"max":100}},{{"name":"有","kind":"yes_no"}}]{policy}{rounding},{members}}}"#
    );
    Scheme::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// An item whose points are what an expression says.
fn item(id: &str, points: &str, value: &str, more: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"项{id}","points":{points},"rule":{{"kind":"formula","value":"{value}","floor":"none","cap":"none"}}{more}}}"#
    )
}

fn sheets(scheme: &Scheme, subjects: &[(&str, &str)], results: &[Results]) -> Vec<Sheet> {
    let facts: Vec<Facts> = subjects
        .iter()
        .map(|(id, facts)| {
            let text = format!(r#"{{"kind":"facts","format":1,"subject":"{id}","scheme":"s","facts":{facts}}}"#);
            Facts::read(&parse(text.as_bytes()).unwrap()).unwrap()
        })
        .collect();
    let none = Results::new();
    let entrants: Vec<Entrant<'_>> = facts
        .iter()
        .enumerate()
        .map(|(place, facts)| Entrant {
            facts,
            results: results.get(place).unwrap_or(&none),
        })
        .collect();
    score_together(scheme, &entrants).unwrap_or_else(|error| panic!("{error}"))
}

const FACTS: &str = r#"{"甲":3,"乙":{"state":"not_applicable","reason":"无"},"有":true}"#;

fn total(members: &str) -> String {
    sheets(&scheme(members), &[("x", FACTS)], &[]).remove(0).total.zh()
}

fn items(list: &[String]) -> String {
    format!(r#""items":[{}]"#, list.join(","))
}

#[test]
fn within_an_item() {
    let limited = |floor: &str, cap: &str, value: &str, more: &str| {
        format!(
            r#"{{"id":"1","title":"项","points":10,"rule":{{"kind":"formula","value":"{value}","floor":{floor},"cap":{cap}}}{more}}}"#
        )
    };
    let one = |item: String, more: &str| total(&format!("{}{more}", items(&[item])));
    let rounds = r#","rounding":{"when":"item","place":0,"mode":"half_up"}"#;
    // zero_when, then the floor: the floor lifts the nought.
    assert_eq!(one(limited("2", "\"none\"", "甲", r#","zero_when":"有""#), ""), "2");
    // The floor, then the cap.
    assert_eq!(one(limited("5", "3", "甲", ""), ""), "3");
    // The cap, then rounding: 2.5 becomes 3.
    assert_eq!(one(limited("\"none\"", "2.5", "甲", ""), rounds), "3");
    // Rounding, then what does not apply: its full points are not rounded.
    let full = format!(r#"{rounds},"not_applicable":"full""#);
    assert_eq!(one(item("1", "2.5", "乙", ""), &full), "2.5");
    // What does not apply, then gates: they hold its full points too.
    let gate = r#","gates":[{"title":"门槛","when":"有","at_most":4}]"#;
    assert_eq!(one(item("1", "10", "乙", gate), r#","not_applicable":"full""#), "4");
    // Gates, then the coefficient.
    let both = format!(r#"{gate},"coefficient":0.5"#);
    assert_eq!(one(item("1", "10", "甲 + 7", &both), ""), "2");
    // Coefficient, then conversion: they commute, so their lines tell.
    let converted = item(
        "1",
        "10",
        "甲 + 7",
        r#","coefficient":0.5,"convert":{"from":10,"to":4}"#,
    );
    let sheet = sheets(&scheme(&items(&[converted])), &[("x", FACTS)], &[]).remove(0);
    let ids: Vec<&str> = sheet.lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids, ["1#1", "1#coefficient", "1#convert"]);
}

#[test]
fn from_items_to_groups() {
    let group = |parts: &[String], more: &str| {
        total(&items(&[format!(
            r#"{{"id":"g","title":"组","items":[{}]{more}}}"#,
            parts.join(",")
        )]))
    };
    // An item's tail, then the group: the lowest is taken of halved points.
    let parts = [item("1", "10", "10", r#","coefficient":0.5"#), item("2", "10", "7", "")];
    assert_eq!(group(&parts, r#","combine":"lowest""#), "5");
    let ten = [item("1", "10", "10", "")];
    // Combined, then zero_when.
    assert_eq!(group(&parts, r#","combine":"highest","zero_when":"有""#), "0");
    // zero_when, then the floor.
    assert_eq!(group(&ten, r#","zero_when":"有","floor":3"#), "3");
    // The floor, then the cap.
    assert_eq!(group(&ten, r#","floor":5,"cap":3"#), "3");
    // The cap, then the coefficient.
    assert_eq!(group(&ten, r#","cap":6,"coefficient":0.5"#), "3");
    // Groups with their caps, then renormalising the total: 5 × 10 / 7, not 8.
    let open = format!(
        r#"{{"id":"g","title":"组","cap":8,"items":[{},{}]}}"#,
        item("1", "5", "5", ""),
        item("2", "5", "乙", "")
    );
    assert_eq!(total(&items(&[open, item("3", "2", "0", "")])), "7.14");
}

#[test]
fn from_items_to_the_total() {
    let base = [item("1", "5", "5", ""), item("2", "5", "乙", "")];
    let pool = |name: &str, cap: &str, value: &str| {
        format!(
            r#","{name}":{{"cap":{cap},"items":[{}]}}"#,
            item(name.get(..1).unwrap(), "9", value, "")
        )
    };
    let with = |base: &[String], more: &str| total(&format!("{}{more}", items(base)));
    // Renormalised, then the bonus: 10 + 2, not (5 + 2) × 2.
    assert_eq!(with(&base, &pool("bonus", "\"none\"", "2")), "12");
    // The bonus with its cap, then the penalties: 10 + 3 − 2, not 10 + min(3, 5 − 2).
    let ten = [item("1", "10", "10", "")];
    let pools = format!("{}{}", pool("bonus", "3", "5"), pool("penalties", "\"none\"", "2"));
    assert_eq!(with(&ten, &pools), "11");
    // Penalties, then vetoes to nought: nothing is left below it.
    let veto = |effects: &str| format!(r#","vetoes":[{effects}]"#);
    let zero = r#"{"id":"v1","title":"否决","when":"有","score_zero":true}"#;
    let most = |points: &str| format!(r#"{{"id":"v2","title":"限高","when":"有","score_at_most":{points}}}"#);
    let taken = format!("{}{}", pool("penalties", "\"none\"", "3"), veto(zero));
    assert_eq!(with(&ten, &taken), "0");
    // To nought, then at most: in the order of the steps, not of the list.
    assert_eq!(with(&ten, &veto(&format!("{},{zero}", most("-5")))), "-5");
    // Vetoes of the score, then the floor of the total.
    assert_eq!(
        with(&ten, &format!(r#"{},"total":{{"floor":8}}"#, veto(&most("5")))),
        "8"
    );
    // The floor, then the cap.
    assert_eq!(with(&ten, r#","total":{"floor":12,"cap":6}"#), "6");
    // The cap, then rounding.
    let whole = r#","rounding":{"when":"total","place":0,"mode":"half_up"},"total":{"cap":9.5}"#;
    assert_eq!(with(&[item("1", "12", "12", "")], whole), "10");
}

const GRADES: &str = r#","grades":{"compare":"full","bands":[{"grade":"A","from":90},{"grade":"B","from":80},{"grade":"C","from":60},{"grade":"D"}]}"#;

#[test]
fn from_the_total_to_the_grade() {
    // Rounding, then ranks: 9.4 and 9.2 are both 9.
    let ranked = format!(
        r#"{},"ranking":{{"ties":"shared"}},"rounding":{{"when":"total","place":0,"mode":"half_up"}}"#,
        items(&[item("1", "10", "甲", "")])
    );
    let two = [("a", r#"{"甲":9.4}"#), ("b", r#"{"甲":9.2}"#)];
    let ranks = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.rank.unwrap().zh()).collect::<Vec<_>>();
    assert_eq!(ranks(&sheets(&scheme(&ranked), &two, &[])), ["1", "1"]);
    // Ranks, then grades: a band may ask for a place.
    let by_rank = format!(
        r#"{},"ranking":{{"ties":"shared"}},"grades":{{"compare":"rounded","bands":[{{"grade":"A","from":5,"needs":"rank(total) <= 1"}},{{"grade":"B"}}]}}"#,
        items(&[item("1", "10", "甲", "")])
    );
    let graded = sheets(&scheme(&by_rank), &two, &[]);
    assert_eq!(
        (&graded[0].grades[0], &graded[1].grades[0]),
        (&"A".to_owned(), &"B".to_owned())
    );
    // Vetoes of the grade: is, at least, down, at most, whatever their order in the list.
    let grade = |effects: &[(&str, &str)]| {
        let vetoes: Vec<String> = effects
            .iter()
            .enumerate()
            .map(|(place, (effect, to))| format!(r#"{{"id":"v{place}","title":"否决","when":"有","{effect}":{to}}}"#))
            .collect();
        let members = format!(
            r#"{}{GRADES},"vetoes":[{}]"#,
            items(&[item("1", "95", "95", "")]),
            vetoes.join(",")
        );
        sheets(&scheme(&members), &[("x", FACTS)], &[])
            .remove(0)
            .grades
            .join("")
    };
    assert_eq!(grade(&[("grade_at_least", "\"B\""), ("grade_is", "\"C\"")]), "B");
    assert_eq!(
        grade(&[("grade_down", "1"), ("grade_is", "\"C\""), ("grade_at_least", "\"B\"")]),
        "C"
    );
    assert_eq!(grade(&[("grade_at_most", "\"C\""), ("grade_down", "1")]), "C");
}

#[test]
fn grades_that_pass_up_come_before_quotas() {
    // The better of two loses its A to another scheme's grade, so the quota of one A is free for the other.
    let included = r#"{"id":"2","title":"另一办法","points":0,"rule":{"kind":"included","scheme":"t","out_of":100,"over_full":"lost","passes":[{"grade":"差","at_most":"B"}]}}"#;
    let members = format!(
        r#"{}{GRADES},"quotas":[{{"grade":"A","count":1,"ties":"keep"}}]"#,
        items(&[item("1", "100", "甲", ""), included.to_owned()])
    );
    let outcome = |grade: &str| {
        let outcome = Outcome {
            lowest: Exact::from(50),
            highest: Exact::from(50),
            grades: vec![grade.to_owned()],
        };
        Results::from([("t".to_owned(), outcome)])
    };
    let two = [("a", r#"{"甲":99}"#), ("b", r#"{"甲":95}"#)];
    let graded = sheets(&scheme(&members), &two, &[outcome("差"), outcome("好")]);
    assert_eq!(
        (graded[0].grades.join(""), graded[1].grades.join("")),
        ("B".to_owned(), "A".to_owned())
    );
}
