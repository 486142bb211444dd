//! What holds of every score, over schemes and facts drawn by a small deterministic generator.

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
use zeren::fact::{Facts, admit};
use zeren::scheme::{Cell, Scheme};
use zeren::score::{Inputs, Line, MissingYears, Outcome, Possible, Results, Sheet, point, possible, score};

/// Drawn cases of each of the four seeds in an ordinary run.
const CASES: u64 = 5_000;
/// Cases that share a scheme.
const PER_SCHEME: u64 = 10;

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
    fn often(&mut self, of: u64) -> bool {
        self.below(of) > 0
    }
    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.below(texts.len() as u64)).unwrap()]
    }
}

/// What is declared: counts 甲 乙 (乙 asks who declares a zero), a number 丙 of quarters, 丁 yes or no, a choice 戊, and
/// events 己 (attribution open) and 庚 (own only).
const FACTS: &str = r#"[
 {"name":"甲","kind":"count","max":6},
 {"name":"乙","kind":"count","max":4,"zero":"declared"},
 {"name":"丙","kind":"number","min":-5,"max":10},
 {"name":"丁","kind":"yes_no"},
 {"name":"戊","kind":"choice","words":["高","低"]},
 {"name":"己","kind":"events","max":4,"fields":[{"name":"级","kind":"choice","words":["上","下"]},
   {"name":"事","kind":"matter"},{"name":"属","kind":"holder"}]},
 {"name":"庚","kind":"events","max":3,"attribution":["own"],"fields":[{"name":"级","kind":"choice","words":["上","下"]},
   {"name":"事","kind":"matter"},{"name":"属","kind":"holder"}]}]"#;
const NAMES: [&str; 7] = ["甲", "乙", "丙", "丁", "戊", "己", "庚"];

fn number(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return match random.below(5) {
            0 => random.below(8).to_string(),
            1 => format!("{}.{}", random.below(3), random.below(10)),
            _ => random
                .pick(&[
                    "甲",
                    "乙",
                    "丙",
                    "count(己)",
                    "count(庚)",
                    "count(己, 级 == \"上\")",
                    "count(己, 属 == \"own\" && 级 != \"上\")",
                    "count(庚, 级 != \"下\" && 事 == \"一\")",
                ])
                .to_owned(),
        };
    }
    let (a, b) = (number(random, depth - 1), number(random, depth - 1));
    match random.below(11) {
        0 => format!("{a} + {b}"),
        1 => format!("{a} - ({b})"),
        2 => format!("({a}) * ({b})"),
        3 => format!("({a}) / {}", 1 + random.below(4)),
        4 => format!("min({a}, {b})"),
        5 => format!("max({a}, {b})"),
        6 => format!("abs({a})"),
        7 => {
            let mode = random.pick(&["half_even", "half_up", "down", "up"]);
            format!("round({a}, {}, \"{mode}\")", random.below(3))
        }
        8 => {
            let fact = random.pick(&["甲", "乙", "丙"]);
            format!("(applicable({fact}) ? {fact} : {b})")
        }
        9 => format!("(甲 > 0 ? min(abs({a}) / 甲, 9) : {b})"),
        _ => format!("({} ? {a} : {b})", condition(random, depth - 1)),
    }
}

fn condition(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return match random.below(4) {
            0 => "丁".to_owned(),
            1 => random.pick(&["戊 == \"高\"", "戊 != \"低\""]).to_owned(),
            2 => format!("applicable({})", random.pick(&NAMES)),
            _ => {
                let compare = random.pick(&["==", "!=", "<", "<=", ">", ">="]);
                format!("{} {compare} {}", number(random, 0), number(random, 0))
            }
        };
    }
    let (a, b) = (condition(random, depth - 1), condition(random, depth - 1));
    match random.below(3) {
        0 => format!("({a} && {b})"),
        1 => format!("({a} || {b})"),
        _ => format!("!({a})"),
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn rule(random: &mut Random) -> String {
    let depth = u32::try_from(random.below(3)).unwrap();
    let value = quoted(&number(random, depth));
    match random.below(6) {
        0 => format!(
            r#"{{"kind":"all_or_nothing","when":{}}}"#,
            quoted(&condition(random, depth))
        ),
        1 => format!(
            r#"{{"kind":"checklist","title":"清单","done":{value},"of":{}}}"#,
            1 + random.below(5)
        ),
        2 => format!(
            r#"{{"kind":"ratio","title":"比例","over_full":"lost","value":{value},"target":{}}}"#,
            1 + random.below(9)
        ),
        3 => {
            let cap = if random.often(2) { ",\"cap\":2.5" } else { "" };
            let whole = random.often(2);
            let (floor, other) = (random.pick(&["0", "-3", "1"]), quoted(&number(random, 0)));
            format!(
                r#"{{"kind":"deduct","floor":{floor},"channels":[
                {{"title":"甲项","measure":"次","count":{value},"each":0.3,"whole":{whole}{cap}}},
                {{"title":"乙项","measure":"次","count":{other},"each":1,"whole":{whole}}}]}}"#
            )
        }
        4 => {
            let (events, same) = (random.pick(&["己", "庚"]), random.pick(&["highest", "stacked"]));
            format!(
                r#"{{"kind":"award","events":"{events}","level":"级","levels":{{"上":3,"下":{}}},"matter":"事","same_matter":"{same}"}}"#,
                random.below(5)
            )
        }
        _ => r#"{"kind":"included","scheme":"他","title":"他","out_of":100,"over_full":"lost","passes":[{"grade":"劣","at_most":"中"}]}"#
            .to_owned(),
    }
}

fn items(random: &mut Random, prefix: &str, depth: u32) -> String {
    let count = 1 + random.below(3);
    let item = |random: &mut Random, index: u64| {
        let id = format!("{prefix}{index}");
        if depth > 0 && random.below(3) == 0 {
            let cap = if random.often(2) {
                format!(",\"cap\":{}", 1 + random.below(9))
            } else {
                String::new()
            };
            let inner = items(random, &format!("{id}."), depth - 1);
            return format!(r#"{{"id":"{id}","title":"组"{cap},"items":{inner}}}"#);
        }
        format!(
            r#"{{"id":"{id}","title":"项","points":{},"rule":{}}}"#,
            random.below(12),
            rule(random)
        )
    };
    let list: Vec<String> = (0..count).map(|index| item(random, index)).collect();
    format!("[{}]", list.join(","))
}

fn scheme(random: &mut Random) -> Scheme {
    let bonus = if random.often(2) {
        format!(r#""bonus":{{"cap":3,"items":{}}},"#, items(random, "b", 0))
    } else {
        String::new()
    };
    let vetoes = format!(
        r#"[{{"id":"v1","title":"否决","when":{},"score_zero":true}},{{"id":"v2","title":"降等","when":{},"grade_at_most":"中"}}]"#,
        quoted(&format!("丁 && {}", condition(random, 1))),
        quoted(&condition(random, 1))
    );
    let text = format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
        "facts":{FACTS},"items":{},{bonus}"vetoes":{vetoes},"not_applicable":"{}",
        "rounding":{{"when":"{}","place":{},"mode":"{}"}},
        "grades":{{"compare":"{}","bands":[{{"grade":"优","from":12}},{{"grade":"中","from":5}},{{"grade":"差"}}]}}}}"#,
        items(random, "i", 2),
        random.pick(&["full", "zero", "renormalise"]),
        random.pick(&["item", "total"]),
        random.below(3),
        random.pick(&["half_even", "half_up", "down", "up"]),
        random.pick(&["full", "rounded"]),
    );
    Scheme::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// One event: the value of its three fields, none where it is not known, and whether it may be dropped.
#[derive(Clone)]
struct Happened {
    level: Option<&'static str>,
    matter: Option<&'static str>,
    holder: Option<&'static str>,
}

/// One fact as it is drawn.
#[derive(Clone)]
enum Drawn {
    Plain(String),
    Missing,
    Unknown,
    AtLeast(u64),
    NotApplicable,
    Zero,
    Events(Vec<Happened>, bool),
}

fn event(random: &mut Random, known: bool) -> Happened {
    let mut field = |words: &[&'static str]| (known || random.often(4)).then(|| random.pick(words));
    Happened {
        level: field(&["上", "下"]),
        matter: field(&["一", "二", "三"]),
        holder: field(&["own", "own", "own", "subordinate", "vertical"]),
    }
}

fn most(name: &str) -> u64 {
    match name {
        "甲" => 6,
        "乙" | "己" => 4,
        "丙" => 10,
        _ => 3,
    }
}

fn plain(random: &mut Random, name: &str) -> Drawn {
    match name {
        "丙" => Drawn::Plain(format!("\"{}/4\"", i64::try_from(random.below(61)).unwrap() - 20)),
        "丁" => Drawn::Plain(random.pick(&["true", "false"]).to_owned()),
        "戊" => Drawn::Plain(random.pick(&["\"高\"", "\"低\""]).to_owned()),
        "己" | "庚" => {
            let count = random.below(most(name) + 1);
            let list = (0..count).map(|_| own(event(random, true))).collect();
            Drawn::Events(list, true)
        }
        _ => match random.below(most(name) + 1) {
            0 => Drawn::Zero,
            some => Drawn::Plain(some.to_string()),
        },
    }
}

fn own(mut event: Happened) -> Happened {
    event.holder = Some("own");
    event
}

fn draw(random: &mut Random, name: &str, known: bool) -> Drawn {
    let numeric = matches!(name, "甲" | "乙" | "丙");
    let events = matches!(name, "己" | "庚");
    match random.below(if known { 6 } else { 12 }) {
        0 => Drawn::NotApplicable,
        1 if numeric || events => Drawn::Zero,
        6 => Drawn::Unknown,
        7 => Drawn::Missing,
        8 | 9 if numeric => Drawn::AtLeast(random.below(most(name) + 1)),
        8..=11 if events => {
            let count = random.below(most(name) + 1);
            let list = (0..count).map(|_| event(random, false)).collect();
            Drawn::Events(list, random.often(2))
        }
        // A zero that nobody declares: 乙 does not take it, 甲 does.
        10 if numeric => Drawn::Plain("0".to_owned()),
        _ => plain(random, name),
    }
}

/// What the fact may turn out to be, all of it known.
fn settle(random: &mut Random, name: &str, drawn: &Drawn) -> Drawn {
    match drawn {
        Drawn::Missing | Drawn::Unknown => plain(random, name),
        Drawn::Plain(text) if text == "0" && name == "乙" => plain(random, name),
        Drawn::AtLeast(low) => match low + random.below(most(name) - low + 1) {
            0 => Drawn::Zero,
            some => Drawn::Plain(some.to_string()),
        },
        Drawn::Events(list, complete) => {
            let mut kept = Vec::new();
            for event in list {
                let mut event = event.clone();
                event.level = event.level.or_else(|| Some(random.pick(&["上", "下"])));
                event.matter = event.matter.or_else(|| Some(random.pick(&["一", "二", "四"])));
                event.holder = event.holder.or(Some("own"));
                // 己 leaves attribution open; what does not belong to 庚 stays and does not count. An event that is
                // kept becomes the subject's own, unless a filter looks at the holder: then only dropping is drawn.
                if name == "己" && event.holder != Some("own") {
                    continue;
                }
                kept.push(event);
            }
            if !complete {
                let room = most(name).saturating_sub(list.len() as u64);
                for _ in 0..random.below(room + 1) {
                    kept.push(own(event(random, true)));
                }
            }
            Drawn::Events(kept, true)
        }
        other => other.clone(),
    }
}

fn written(name: &str, drawn: &Drawn) -> Option<String> {
    let value = match drawn {
        Drawn::Missing => return None,
        Drawn::Plain(text) => text.clone(),
        Drawn::Unknown => r#"{"state":"unknown"}"#.to_owned(),
        Drawn::AtLeast(low) => format!(r#"{{"state":"at_least","value":{low}}}"#),
        Drawn::NotApplicable => r#"{"state":"not_applicable","reason":"无"}"#.to_owned(),
        Drawn::Zero => r#"{"state":"zero","declared_by":"p"}"#.to_owned(),
        Drawn::Events(list, complete) => {
            let one = |event: &Happened| {
                let field = |name: &str, value: Option<&str>| value.map(|value| format!(r#""{name}":"{value}""#));
                let fields = [
                    field("级", event.level),
                    field("事", event.matter),
                    field("属", event.holder),
                ];
                format!("{{{}}}", fields.into_iter().flatten().collect::<Vec<_>>().join(","))
            };
            let list: Vec<String> = list.iter().map(one).collect();
            // No events at all and complete is a zero that nobody declares; that is drawn as such elsewhere.
            format!(r#"{{"events":[{}],"complete":{complete}}}"#, list.join(","))
        }
    };
    Some(format!("\"{name}\":{value}"))
}

fn facts(drawn: &[Drawn]) -> Facts {
    let values: Vec<String> = NAMES
        .iter()
        .zip(drawn)
        .filter_map(|(name, drawn)| written(name, drawn))
        .collect();
    let text = format!(
        r#"{{"kind":"facts","format":1,"subject":"x","scheme":"s","facts":{{{}}}}}"#,
        values.join(",")
    );
    Facts::read(&parse(text.as_bytes()).unwrap()).unwrap()
}

/// The other scheme's outcome: missing, open, or known; with what it may turn out to be.
fn results(random: &mut Random, known: bool) -> (Results, Results) {
    let outcome = |low: u64, high: u64, grades: &[&str]| {
        let points = |points: u64| Exact::from(i64::try_from(points).unwrap());
        let grades = grades.iter().map(|grade| (*grade).to_owned()).collect();
        let (lowest, highest) = (points(low), points(high));
        Results::from([(
            "他".to_owned(),
            Outcome {
                lowest,
                highest,
                grades,
            },
        )])
    };
    let (low, grade) = (random.below(101), random.pick(&["好", "劣"]));
    let high = low + random.below(101 - low);
    let (middle, settled) = (low + random.below(high - low + 1), outcome(low, low, &[grade]));
    match random.below(3) {
        0 if !known => (Results::new(), settled),
        1 if !known => (outcome(low, high, &["好", "劣"]), outcome(middle, middle, &[grade])),
        _ => (settled.clone(), settled),
    }
}

fn within(points: &zeren::score::Range, range: &zeren::score::Range) -> bool {
    range.lowest <= points.lowest && points.highest <= range.highest
}

fn sum<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> (Exact, Exact) {
    (
        lines.clone().map(|line| &line.points.lowest).sum(),
        lines.map(|line| &line.points.highest).sum(),
    )
}

/// Lines sum to the total and to their items, in both columns; ids are unique.
fn adds_up(sheet: &Sheet) {
    let total = (sheet.total.lowest.clone(), sheet.total.highest.clone());
    assert_eq!(sum(sheet.lines.iter()), total);
    for item in &sheet.items {
        let own = sum(sheet.lines.iter().filter(|line| line.item == item.id));
        assert_eq!(
            own,
            (item.points.lowest.clone(), item.points.highest.clone()),
            "{}",
            item.id
        );
        assert!(item.points.lowest <= item.points.highest, "{}", item.id);
    }
    let ids: BTreeSet<&str> = sheet.lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), sheet.lines.len());
    assert!(sheet.total.lowest <= sheet.total.highest);
}

/// The same input gives the same bytes, and they are a document.
fn bytes(scheme: &Scheme, facts: &Facts, results: &Results, sheet: &Sheet) {
    let text = sheet.to_json().unwrap();
    assert_eq!(text, score(scheme, facts, results).unwrap().to_json().unwrap());
    assert!(parse(text.as_bytes()).is_ok());
}

/// With nothing unknown both evaluators say the same single number.
fn exact(scheme: &Scheme, facts: &Facts, results: &Results, sheet: &Sheet) {
    assert!(sheet.total.is_single() && sheet.grades.len() == 1, "{sheet:?}");
    let program = scheme.program();
    let admission = admit(&program.inputs, scheme.text().year, facts).unwrap();
    let missing = MissingYears::default();
    let mut cells = Vec::new();
    for cell in &program.cells {
        let Cell::Map(core) = cell else {
            panic!("these schemes compare nobody")
        };
        let inputs = Inputs {
            facts: &admission.facts,
            declared: &program.inputs,
            results,
            cells: &cells,
            calendars: &program.calendars,
            missing: &missing,
        };
        let value = possible(core, &inputs);
        match point(core, &inputs) {
            Some(point) => assert_eq!(Possible::from(point), value, "{core:?}"),
            None => assert_eq!(value, Possible::NotApplicable, "{core:?}"),
        }
        cells.push(value);
    }
}

/// Lines that change when one fact does: those that name it, and the steps after them.
fn local(before: &Sheet, after: &Sheet, name: &str) {
    let steps = [
        "floor",
        "cap",
        "rounding",
        "not_applicable",
        "bounds",
        "base",
        "veto",
        "passes",
        "quota",
    ];
    for (one, other) in [(before, after), (after, before)] {
        for line in &one.lines {
            let names = line.facts.iter().any(|fact| fact.name == name);
            let same = other.lines.iter().any(|known| known == line);
            let elsewhere = one.items.iter().chain(&other.items).any(|item| {
                item.id == line.item
                    && (item.applicable != other.items.iter().find(|i| i.id == item.id).unwrap().applicable)
            });
            assert!(
                same || names || elsewhere || steps.contains(&line.rule.as_str()),
                "{} changed with {name}",
                line.id
            );
            // A step of an item moves only with a channel of that item.
            let of_item = one.items.iter().any(|item| item.id == line.item);
            if !same && of_item && steps.contains(&line.rule.as_str()) && !elsewhere {
                let moved =
                    |line: &&Line| !other.lines.contains(line) || line.facts.iter().any(|fact| fact.name == name);
                assert!(
                    one.lines
                        .iter()
                        .chain(&other.lines)
                        .filter(|own| own.item == line.item && !steps.contains(&own.rule.as_str()))
                        .any(|own| moved(&own)),
                    "{} moved alone with {name}",
                    line.id
                );
            }
        }
    }
}

/// One seed a test, so that they run side by side.
#[test]
fn every_score_is_sound_and_adds_up_1() {
    every_score_is_sound_and_adds_up(0x2023_0409_1234_5678);
}

#[test]
fn every_score_is_sound_and_adds_up_2() {
    every_score_is_sound_and_adds_up(0x0f1e_2d3c_4b5a_6978);
}

#[test]
fn every_score_is_sound_and_adds_up_3() {
    every_score_is_sound_and_adds_up(0x1357_9bdf_0246_8ace);
}

#[test]
fn every_score_is_sound_and_adds_up_4() {
    every_score_is_sound_and_adds_up(0x7777_1234_aaaa_4321);
}

fn every_score_is_sound_and_adds_up(seed: u64) {
    let mut random = Random(seed);
    let (mut scored, mut open) = (0_u64, 0_u64);
    for _ in 0..CASES / PER_SCHEME {
        let scheme = scheme(&mut random);
        for _ in 0..PER_SCHEME {
            let known = random.below(4) == 0;
            let drawn: Vec<Drawn> = NAMES.iter().map(|name| draw(&mut random, name, known)).collect();
            let (given, turned_out) = results(&mut random, known);
            let reported = facts(&drawn);
            let sheet = score(&scheme, &reported, &given).unwrap_or_else(|error| panic!("{error}"));
            adds_up(&sheet);
            bytes(&scheme, &reported, &given, &sheet);
            if known {
                exact(&scheme, &reported, &given, &sheet);
            }
            open += u64::from(!sheet.total.is_single());
            {
                let settled: Vec<Drawn> = NAMES
                    .iter()
                    .zip(&drawn)
                    .map(|(name, drawn)| settle(&mut random, name, drawn))
                    .collect();
                let settled = facts(&settled);
                let truth = score(&scheme, &settled, &turned_out).unwrap();
                exact(&scheme, &settled, &turned_out, &truth);
                let story = || {
                    format!(
                        "{reported:?}\n{settled:?}\n{}\n{}\n{}",
                        sheet.to_json().unwrap(),
                        truth.to_json().unwrap(),
                        scheme.read_back()
                    )
                };
                assert!(within(&truth.total, &sheet.total), "{}", story());
                assert!(sheet.grades.contains(&truth.grades[0]), "{}", story());
                for (item, range) in truth.items.iter().zip(&sheet.items) {
                    assert!(within(&item.points, &range.points), "{}: {}", item.id, story());
                    assert_eq!(item.applicable, range.applicable, "{}: {}", item.id, story());
                }
            }
            let place = usize::try_from(random.below(7)).unwrap();
            let mut other = drawn.clone();
            other[place] = draw(&mut random, NAMES[place], false);
            let after = score(&scheme, &facts(&other), &given).unwrap();
            local(&sheet, &after, NAMES[place]);
            scored += 1;
        }
    }
    assert!(scored >= CASES && open > scored / 4, "{open} of {scored} were open");
}
