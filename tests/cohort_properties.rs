//! What holds of cohorts scored together, over a scheme with every rule kind and facts drawn by a small deterministic
//! generator: whatever the unknown turns out to be, points, ranks and grades lie in what was given; known facts give
//! single values; lines add up; the same input gives the same bytes, and the order of subjects changes nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeSet;

use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::Facts;
use zeren::scheme::{Scheme, kinds};
use zeren::score::{Entrant, Outcome, Range, Results, Sheet, score_together};

/// Drawn cohorts.
const COHORTS: u64 = 4_000;

/// Xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }
    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.below(texts.len() as u64)).unwrap()]
    }
}

/// A scheme with every rule kind, pools, vetoes, grades, a quota and ranks.
const SCHEME: &str = include_str!("data/every_kind.json");

/// What is told of a fact, and what it turns out to be.
type Drawn = (String, String);

fn known(text: String) -> Drawn {
    (text.clone(), text)
}

fn unknown(truth: String) -> Drawn {
    (r#"{"state":"unknown"}"#.to_owned(), truth)
}

fn number(random: &mut Random, low: u64, high: u64) -> String {
    let whole = low + random.below(high - low + 1);
    match random.below(3) {
        0 if whole < high => format!("{whole}.{}", random.pick(&["5", "25", "1"])),
        _ => whole.to_string(),
    }
}

fn event(random: &mut Random) -> Drawn {
    let (level, matter) = (random.pick(&["上", "下"]), random.pick(&["一", "二"]));
    let day = format!("2023-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
    let score = number(random, 0, 10);
    let whole = format!(r#"{{"级":"{level}","件":"{matter}","日":"{day}","分":{score}}}"#);
    // Sometimes one field is not known.
    let told = match random.below(6) {
        0 => format!(r#"{{"件":"{matter}","日":"{day}","分":{score}}}"#),
        1 => format!(r#"{{"级":"{level}","日":"{day}","分":{score}}}"#),
        2 => format!(r#"{{"级":"{level}","件":"{matter}","日":"{day}"}}"#),
        _ => whole.clone(),
    };
    (told, whole)
}

fn events(random: &mut Random, open: bool) -> Drawn {
    let count = random.below(4);
    let drawn: Vec<Drawn> = (0..count).map(|_| event(random)).collect();
    let unseen = if open && random.below(2) == 0 {
        random.below(5 - count)
    } else {
        0
    };
    let complete = unseen == 0;
    let list =
        |texts: Vec<&str>, complete: bool| format!(r#"{{"events":[{}],"complete":{complete}}}"#, texts.join(","));
    let more: Vec<String> = (0..unseen).map(|_| event(random).1).collect();
    let told = drawn
        .iter()
        .map(|(told, whole)| if open { told.as_str() } else { whole.as_str() });
    let truth = drawn
        .iter()
        .map(|(_, whole)| whole.as_str())
        .chain(more.iter().map(String::as_str));
    (list(told.collect(), complete), list(truth.collect(), true))
}

/// The facts of a subject: told, and as they turn out.
fn facts(random: &mut Random, open: u64) -> (String, String) {
    let mut drawn: Vec<(&str, Drawn)> = Vec::new();
    let maybe = |random: &mut Random, truth: String| {
        if random.below(6) < open {
            unknown(truth)
        } else {
            known(truth)
        }
    };
    for (name, most) in [("数", 6), ("次", 4)] {
        let truth = random.below(most + 1);
        let at_least = random.below(8) == 0 && open > 0;
        let told = if at_least {
            let least = random.below(truth + 1);
            (format!(r#"{{"state":"at_least","value":{least}}}"#), truth.to_string())
        } else {
            maybe(random, truth.to_string())
        };
        drawn.push((name, told));
    }
    let value = number(random, 1, 20);
    drawn.push(("值", maybe(random, value)));
    let rate = number(random, 0, 100);
    let rate = if random.below(8) == 0 {
        known(r#"{"state":"not_applicable","reason":"无"}"#.to_owned())
    } else {
        maybe(random, rate)
    };
    drawn.push(("率", rate));
    let truth = random.pick(&["true", "false"]).to_owned();
    drawn.push(("成", maybe(random, truth)));
    let word = format!("\"{}\"", random.pick(&["优", "良", "差"]));
    drawn.push(("档", maybe(random, word)));
    for name in ["应报", "报出"] {
        let day = format!("\"2023-01-{:02}\"", 1 + random.below(20));
        drawn.push((name, maybe(random, day)));
    }
    drawn.push(("事", events(random, open > 0)));
    let issued = random.below(11);
    let returned = random.below(issued + 1);
    let valid = random.below(returned + 1);
    let good = random.below(valid + 1);
    let bad = random.below(valid - good + 1);
    let poll =
        format!(r#"{{"issued":{issued},"returned":{returned},"valid":{valid},"votes":{{"好":{good},"差":{bad}}}}}"#);
    drawn.push(("票", maybe(random, poll)));
    let side = |truth: bool| {
        let all = drawn
            .iter()
            .map(|(name, (told, whole))| format!("\"{name}\":{}", if truth { whole } else { told }));
        all.collect::<Vec<_>>().join(",")
    };
    (side(false), side(true))
}

fn document(id: &str, cohort: &str, parent: Option<&str>, facts: &str) -> Facts {
    let parent = parent
        .map(|parent| format!(r#""parent":"{parent}","#))
        .unwrap_or_default();
    let text = format!(
        r#"{{"kind":"facts","format":1,"subject":"{id}","scheme":"s","cohort":"{cohort}",{parent}"facts":{{{facts}}}}}"#
    );
    Facts::read(&parse(text.as_bytes()).unwrap()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn run(scheme: &Scheme, facts: &[Facts], results: &[Results]) -> Vec<Sheet> {
    let entrants = facts
        .iter()
        .zip(results)
        .map(|(facts, results)| Entrant { facts, results });
    score_together(scheme, &entrants.collect::<Vec<_>>()).unwrap_or_else(|error| panic!("{error}"))
}

fn within(truth: &Range, range: &Range) -> bool {
    range.lowest <= truth.lowest && truth.highest <= range.highest
}

fn adds_up(sheet: &Sheet) {
    let lowest: Exact = sheet.lines.iter().map(|line| &line.points.lowest).sum();
    let highest: Exact = sheet.lines.iter().map(|line| &line.points.highest).sum();
    assert_eq!(
        (&lowest, &highest),
        (&sheet.total.lowest, &sheet.total.highest),
        "{}",
        sheet.to_json().unwrap()
    );
    let ids: BTreeSet<&str> = sheet.lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), sheet.lines.len());
}

#[test]
fn the_scheme_has_every_kind() {
    let scheme = Scheme::parse(SCHEME.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let used: BTreeSet<&str> = scheme.rules().iter().map(|(_, rule)| rule.kind).collect();
    // The options of better_of are rules too, and are not listed.
    let all: BTreeSet<&str> = kinds::words().map(|(word, _)| word).collect();
    assert_eq!(used, all);
}

#[test]
fn cohorts_are_sound_and_add_up() {
    let scheme = Scheme::parse(SCHEME.as_bytes()).unwrap();
    let mut random = Random(0x5eed_0001_7a7a_7a7a);
    let (mut open, mut scored) = (0_u64, 0_u64);
    for number in 0..COHORTS {
        let size = 1 + random.below(6);
        let unknown = number % 3;
        let (mut told, mut truth, mut results) = (Vec::new(), Vec::new(), Vec::new());
        for subject in 0..size {
            let (id, cohort) = (format!("x{subject}"), random.pick(&["一", "一", "二"]));
            let above = format!("x{}", random.below(size));
            let parent = (random.below(2) == 0 && above != id).then_some(above.as_str());
            let (seen, whole) = facts(&mut random, unknown);
            told.push(document(&id, cohort, parent, &seen));
            truth.push(document(&id, cohort, parent, &whole));
            let score = Exact::from(i64::try_from(random.below(101)).unwrap());
            let outcome = Outcome {
                lowest: score.clone(),
                highest: score,
                grades: Vec::new(),
            };
            results.push(Results::from([("别".to_owned(), outcome)]));
        }
        let sheets = run(&scheme, &told, &results);
        let exact = run(&scheme, &truth, &results);
        for (sheet, exact) in sheets.iter().zip(&exact) {
            adds_up(sheet);
            adds_up(exact);
            let story = || format!("{}\n{}", sheet.to_json().unwrap(), exact.to_json().unwrap());
            assert!(
                exact.total.is_single() && exact.grades.len() == 1 && !exact.loose,
                "{}",
                story()
            );
            assert!(
                within(&exact.total, &sheet.total),
                "total of {}: {}",
                sheet.subject,
                story()
            );
            assert!(
                sheet.grades.contains(&exact.grades[0]),
                "grade of {}: {}",
                sheet.subject,
                story()
            );
            let (rank, place) = (sheet.rank.unwrap(), exact.rank.unwrap());
            assert!(place.best == place.worst, "{}", story());
            assert!(
                rank.best <= place.best && place.worst <= rank.worst,
                "rank of {}: {}",
                sheet.subject,
                story()
            );
            let pairs = exact
                .items
                .iter()
                .zip(&sheet.items)
                .chain(exact.groups.iter().zip(&sheet.groups));
            for (item, range) in pairs {
                assert!(
                    within(&item.points, &range.points),
                    "{} of {}: {}",
                    item.id,
                    sheet.subject,
                    story()
                );
            }
            open += u64::from(!sheet.total.is_single());
            scored += 1;
        }
        // The order in which subjects are given changes no sheet.
        let turned: Vec<Facts> = told.iter().rev().cloned().collect();
        let others: Vec<Results> = results.iter().rev().cloned().collect();
        let again = run(&scheme, &turned, &others);
        for (one, other) in sheets.iter().zip(again.iter().rev()) {
            assert_eq!(one.to_json().unwrap(), other.to_json().unwrap());
        }
    }
    assert!(open > scored / 3, "{open} of {scored} were open");
}
