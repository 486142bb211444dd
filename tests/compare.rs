//! Differences, trials, what it would take, checks, effects of open questions.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::{FactValue, Facts};
use zeren::scheme::{Scheme, lint};
use zeren::score::{
    Cause, Entrant, Goal, Range, Results, Run, Verdict, check, difference, effects, score_together, trial, would_take,
};

/// Xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % bound
    }
}

fn exact(text: &str) -> Exact {
    Exact::from_text(text).unwrap()
}

fn scheme(text: &str) -> Scheme {
    Scheme::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A scheme of this status around items and further members.
fn around(status: &str, facts: &str, items: &str, more: &str) -> String {
    format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"{status}",
        "facts":{facts},"items":{items},"not_applicable":"renormalise"{more}}}"#
    )
}

const ROUNDED: &str = r#","rounding":{"when":"total","place":2,"mode":"half_up"}"#;

fn facts(subject: &str, values: &str) -> Facts {
    let text =
        format!(r#"{{"kind":"facts","format":1,"subject":"{subject}","scheme":"s","cohort":"c","facts":{values}}}"#);
    Facts::read(&parse(text.as_bytes()).unwrap()).unwrap()
}

fn entrants<'a>(facts: &'a [Facts], results: &'a Results) -> Vec<Entrant<'a>> {
    facts.iter().map(|facts| Entrant { facts, results }).collect()
}

const BASE: &str = r#"{"name":"完成","kind":"count","max":12,"improvable":true,"unit":"项"},
    {"name":"率","kind":"number","min":0,"max":5,"places":1,"improvable":true},
    {"name":"达标","kind":"yes_no","improvable":true},
    {"name":"档","kind":"choice","words":["高","中","低"],"improvable":true},
    {"name":"报送","kind":"date","earliest":"2023-03-01","latest":"2023-04-30","improvable":true}"#;

/// A scheme that compares: ranks, the highest of the cohort, thresholds in both directions, one unknown read twice.
fn comparing(each: &str, points: &str, extra_fact: &str, extra_item: &str) -> Scheme {
    let items = format!(
        r#"[{{"id":"a","title":"甲","points":{points},"rule":{{"kind":"deduct","floor":0,"channels":[
            {{"title":"缺项","count":"abs(8 - 完成)","each":{each}}}]}}}},
        {{"id":"b","title":"乙","points":20,"rule":{{"kind":"formula","value":"20 * 率 / max(1, cohort_max(率)) - (率 > 4 ? 6 : 0)","floor":0,"cap":20}}}},
        {{"id":"c","title":"丙","points":10,"rule":{{"kind":"rank","value":"完成","order":"descending","ties":"shared","points":[10,6],"beyond":2}}}},
        {{"id":"d","title":"丁","points":6,"rule":{{"kind":"choice","value":"档","points":{{"高":6,"中":4,"低":1}}}}}},
        {{"id":"e","title":"戊","points":5,"rule":{{"kind":"all_or_nothing","when":"达标 && 率 >= 1"}}}},
        {{"id":"f","title":"己","points":8,"rule":{{"kind":"late","due":"date(\"2023-03-31\")","done":"报送","days":"calendar","each":0.5,"floor":0}}}}
        {extra_item}]"#
    );
    let more = format!(
        r#"{ROUNDED},"ranking":{{"ties":"shared"}},"redetermination":"subject_only",
        "grades":{{"compare":"full","bands":[{{"grade":"优","from":45}},{{"grade":"中","from":30}},{{"grade":"差"}}]}}"#
    );
    scheme(&around("adopted", &format!("[{BASE}{extra_fact}]"), &items, &more))
}

fn drawn(random: &mut Random, subject: &str, known: bool) -> Facts {
    let mut values = Vec::new();
    let mut put = |random: &mut Random, name: &str, value: String| {
        if known || random.below(5) > 0 {
            values.push(format!("\"{name}\":{value}"));
        }
    };
    let done = random.below(13);
    let done = if !known && random.below(4) == 0 {
        format!(r#"{{"state":"at_least","value":{done}}}"#)
    } else {
        done.to_string()
    };
    put(random, "完成", done);
    let rate = random.below(51);
    put(random, "率", format!("{}.{}", rate / 10, rate % 10));
    let met = random.below(2) == 0;
    put(random, "达标", met.to_string());
    let word = ["高", "中", "低"][random.below(3) as usize];
    put(random, "档", format!("\"{word}\""));
    let day = 1 + random.below(30);
    let month = 3 + random.below(2);
    put(random, "报送", format!("\"2023-0{month}-{day:02}\""));
    facts(subject, &format!("{{{}}}", values.join(",")))
}

fn cohort(random: &mut Random, known: bool) -> Vec<Facts> {
    ["x", "y", "z"]
        .iter()
        .map(|subject| drawn(random, subject, known))
        .collect()
}

fn plus(one: &Range, other: &Range) -> Range {
    Range {
        lowest: &one.lowest + &other.lowest,
        highest: &one.highest + &other.highest,
    }
}

fn sum<'r>(ranges: impl Iterator<Item = &'r Range>) -> Range {
    ranges.fold(Range::nought(), |sum, range| plus(&sum, range))
}

#[test]
fn the_steps_of_a_difference_sum_exactly() {
    let mut random = Random(7);
    let none = Results::new();
    let old = comparing("2", "20", "", "");
    let new = comparing(
        "\"7/3\"",
        "22",
        r#",{"name":"新增","kind":"count","max":3}"#,
        r#",{"id":"g","title":"庚","points":3,"rule":{"kind":"checklist","done":"新增","of":3}}"#,
    );
    for round in 0..150_u64 {
        let known = round % 3 == 0;
        let (first, mut second) = (cohort(&mut random, known), cohort(&mut random, known));
        if round % 4 == 0 {
            second[0]
                .values
                .push(("新增".to_owned(), FactValue::Number(exact("2"))));
        }
        if round % 7 == 0 {
            second.pop();
        }
        let (first, second) = (entrants(&first, &none), entrants(&second, &none));
        let before = Run {
            scheme: &old,
            entrants: &first,
        };
        let after = Run {
            scheme: &new,
            entrants: &second,
        };
        let told = difference(before, after, "x").unwrap();
        let sheets = (
            score_together(&old, &first).unwrap(),
            score_together(&new, &second).unwrap(),
        );
        assert_eq!(told.before.total, sheets.0[0].total);
        assert_eq!(told.after.total, sheets.1[0].total);
        assert_eq!(
            plus(&told.before.total, &sum(told.steps.iter().map(|step| &step.total))),
            told.after.total
        );
        for step in &told.steps {
            assert_eq!(
                sum(step.items.iter().map(|item| &item.points)),
                step.total,
                "{}",
                step.zh
            );
        }
        for id in ["a", "b", "c", "d", "e", "f", "g"] {
            let changes = told
                .steps
                .iter()
                .flat_map(|step| &step.items)
                .filter(|item| item.id == id);
            let points = |sheet: &zeren::score::Sheet| {
                let found = sheet.items.iter().find(|item| item.id == id);
                found.map_or_else(Range::nought, |item| item.points.clone())
            };
            let changed = sum(changes.map(|item| &item.points));
            assert_eq!(plus(&points(&sheets.0[0]), &changed), points(&sheets.1[0]));
        }
    }
}

#[test]
fn a_difference_names_its_causes_and_facts() {
    let none = Results::new();
    let items = |each: u32| {
        format!(
            r#"[{{"id":"a","title":"甲","points":10,"rule":{{"kind":"deduct","floor":0,"channels":[{{"title":"缺","count":"缺项","each":{each}}}]}}}},
            {{"id":"b","title":"乙","points":10,"rule":{{"kind":"rank","value":"旧","order":"ascending","ties":"shared","points":[10,5]}}}}]"#
        )
    };
    let declared = r#"[{"name":"缺项","kind":"count","max":9},{"name":"旧","kind":"count","max":9}]"#;
    let old = scheme(&around("adopted", declared, &items(1), ROUNDED));
    let new = scheme(&around("adopted", declared, &items(2), ROUNDED));
    let first = [facts("x", r#"{"缺项":1,"旧":2}"#), facts("y", r#"{"缺项":0,"旧":3}"#)];
    let second = [facts("x", r#"{"缺项":2,"旧":2}"#), facts("y", r#"{"缺项":0,"旧":1}"#)];
    let (first, second) = (entrants(&first, &none), entrants(&second, &none));
    let run = |scheme, entrants| Run { scheme, entrants };
    let told = difference(run(&old, &first), run(&new, &second), "x").unwrap();
    let steps: Vec<(Cause, Exact)> = told
        .steps
        .iter()
        .map(|step| (step.cause, step.total.lowest.clone()))
        .collect();
    // Twice the rate on one miss; one more miss at the new rate; overtaken by y.
    let expected = [
        (Cause::Scheme, "-1"),
        (Cause::OwnFacts, "-2"),
        (Cause::OtherFacts, "-5"),
    ];
    assert_eq!(steps, expected.map(|(cause, points)| (cause, exact(points))));
    let named: Vec<(&str, &str)> = told
        .facts
        .iter()
        .map(|fact| (fact.subject.as_str(), fact.name.as_str()))
        .collect();
    assert_eq!(named, [("x", "缺项"), ("y", "旧")]);
    assert_eq!(told.facts[0].zh, "“缺项”由 1（已核实） 变为 2（已核实）");
    assert!(serde_json::to_string(&told).unwrap().contains("\"own_facts\""));
    // A fact that the second scheme cannot take is pending, not an error: its declared range is another.
    let narrow = scheme(&around(
        "adopted",
        &declared.replace(
            "\"缺项\",\"kind\":\"count\",\"max\":9",
            "\"缺项\",\"kind\":\"count\",\"max\":0",
        ),
        &items(1),
        ROUNDED,
    ));
    let told = difference(run(&old, &first), run(&narrow, &first[1..]), "y").unwrap();
    assert_eq!(told.before.total.lowest, exact("15"));
    assert!(difference(run(&old, &first), run(&narrow, &first[1..]), "x").is_err());
}

/// All values of an improvable fact, as they are reported, each with its number or place.
fn values(name: &str) -> Vec<(i64, FactValue)> {
    let number = |tenths: i64, text: String| match tenths {
        0 => (0, FactValue::Zero("岗".to_owned())),
        tenths => (tenths, FactValue::Number(exact(&text))),
    };
    match name {
        "完成" => (0..=12).map(|count| number(count, count.to_string())).collect(),
        "率" => (0..=50)
            .map(|tenths| number(tenths, format!("{}.{}", tenths / 10, tenths % 10)))
            .collect(),
        "达标" => vec![(0, FactValue::Truth(false)), (1, FactValue::Truth(true))],
        "档" => (0..3)
            .map(|place| (place, FactValue::Text(["高", "中", "低"][place as usize].to_owned())))
            .collect(),
        _ => (0..61)
            .map(|day: i64| {
                let (month, day_of) = if day < 31 { (3, day + 1) } else { (4, day - 30) };
                (day, FactValue::Text(format!("2023-{month:02}-{day_of:02}")))
            })
            .collect(),
    }
}

fn as_written(value: &FactValue) -> String {
    match value {
        FactValue::Zero(_) => "0".to_owned(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Truth(truth) => truth.to_string(),
        FactValue::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_it_would_take_is_what_brute_force_finds() {
    let mut random = Random(11);
    let none = Results::new();
    let scheme = comparing("2", "20", "", "");
    let mut found = [0_u32; 3];
    for round in 0..40_u64 {
        let people = cohort(&mut random, round % 2 == 0);
        let run = entrants(&people, &none);
        let goal = match random.below(3) {
            0 => Goal::Grade("优".to_owned()),
            1 => Goal::Grade("中".to_owned()),
            _ => Goal::Total(Exact::from(25 + random.below(30) as i64)),
        };
        let reaches = |sheet: &zeren::score::Sheet| match &goal {
            Goal::Total(total) => sheet.total.lowest >= *total,
            Goal::Grade(grade) if grade == "优" => sheet.grades == ["优"],
            Goal::Grade(_) => !sheet.grades.iter().any(|grade| grade == "差"),
        };
        let told = would_take(&scheme, &run, "x", &goal).unwrap();
        let now = &score_together(&scheme, &run).unwrap()[0];
        assert_eq!(told.reached, reaches(now));
        assert_eq!(told.facts.len(), 5);
        for fact in &told.facts {
            if told.reached {
                assert_eq!(fact.verdict, Verdict::AlreadyReached);
                found[0] += 1;
                continue;
            }
            // Every value of the fact, scored.
            let all = values(&fact.name);
            let reported = people[0].get(&fact.name);
            let (from, least) = match reported {
                None => (None, 0),
                Some(FactValue::AtLeast(bound)) => (None, bound.to_i128().unwrap() as i64),
                Some(value) => {
                    let same = |other: &&(i64, FactValue)| as_written(&other.1) == as_written(value);
                    (Some(all.iter().find(same).unwrap().0), 0)
                }
            };
            let mut good: Vec<(i64, String, Range)> = Vec::new();
            for (place, value) in all.into_iter().filter(|(place, _)| *place >= least) {
                let mut people = people.clone();
                let text = as_written(&value);
                people[0].values.retain(|(name, _)| *name != fact.name);
                people[0].values.push((fact.name.clone(), value));
                let sheet = score_together(&scheme, &entrants(&people, &none)).unwrap().remove(0);
                if reaches(&sheet) {
                    good.push((place, text, sheet.total));
                }
            }
            let unknown_word = from.is_none() && fact.name == "档";
            let far = |place: i64| match from {
                Some(from) => (place - from).abs(),
                None if unknown_word => 2 - place,
                None => place,
            };
            match good.iter().map(|(place, ..)| far(*place)).min() {
                None => {
                    assert_eq!(fact.verdict, Verdict::OutOfReach, "{}", fact.zh);
                    found[1] += 1;
                }
                Some(nearest) => {
                    assert_eq!(fact.verdict, Verdict::Reachable, "{}", fact.zh);
                    let value = fact.value.clone().unwrap();
                    let (place, _, total) = good.iter().find(|(_, text, _)| *text == value).expect(&fact.zh);
                    assert_eq!(
                        (far(*place), Some(total)),
                        (nearest, fact.total.as_ref()),
                        "{}",
                        fact.zh
                    );
                    found[2] += 1;
                }
            }
        }
    }
    assert!(found.iter().all(|count| *count > 15), "{found:?}: every verdict is met");
}

#[test]
fn a_wide_range_is_searched_in_few_steps() {
    let declared = r#"[{"name":"投入","kind":"money","max":1000000000,"improvable":true}]"#;
    let items = r#"[{"id":"a","title":"甲","points":10,"rule":{"kind":"ratio","value":"投入","target":999999999.99,"over_full":"lost"}}]"#;
    let scheme = scheme(&around(
        "adopted",
        declared,
        items,
        r#","rounding":{"when":"total","place":12,"mode":"down"}"#,
    ));
    let none = Results::new();
    let people = [facts("x", r#"{"投入":7}"#)];
    let told = would_take(&scheme, &entrants(&people, &none), "x", &Goal::Total(exact("10"))).unwrap();
    assert_eq!(told.facts[0].value.as_deref(), Some("999999999.99"));
    assert_eq!(told.facts[0].by, Some(exact("999999992.99")));
    let told = would_take(&scheme, &entrants(&people, &none), "x", &Goal::Total(exact("10.01"))).unwrap();
    assert_eq!(told.facts[0].verdict, Verdict::OutOfReach);
    assert!(would_take(&scheme, &entrants(&people, &none), "y", &Goal::Total(exact("1"))).is_err());
    assert!(would_take(&scheme, &entrants(&people, &none), "x", &Goal::Grade("优".to_owned())).is_err());
}

#[test]
fn a_trial_tells_who_moves_and_why() {
    let none = Results::new();
    let (old, new) = (comparing("2", "20", "", ""), comparing("4", "20", "", ""));
    let values = |done: u32| format!(r#"{{"完成":{done},"率":3,"达标":true,"档":"高","报送":"2023-03-05"}}"#);
    let people = [facts("x", &values(8)), facts("y", &values(6)), facts("z", &values(11))];
    let told = trial(&old, &new, &entrants(&people, &none)).unwrap();
    let changes: Vec<Exact> = told.subjects.iter().map(|tried| tried.total.lowest.clone()).collect();
    assert_eq!(changes, [exact("0"), exact("-4"), exact("-6")]);
    let worst = told.worst.as_ref().unwrap();
    assert_eq!(Some(worst), told.best.as_ref());
    assert_eq!(
        (&worst.least, &worst.most, &worst.median),
        (&exact("-6"), &exact("0"), &exact("-4"))
    );
    assert_eq!(worst.mean, exact("-10/3"));
    let bins: Vec<(String, usize)> = worst
        .histogram
        .iter()
        .map(|bin| (bin.from.to_string(), bin.count))
        .collect();
    assert_eq!(bins, [("-6".to_owned(), 1), ("-4".to_owned(), 1), ("0".to_owned(), 1)]);
    let ids = |at: usize| {
        told.subjects[at]
            .items
            .iter()
            .map(|item| item.id.as_str())
            .collect::<Vec<_>>()
    };
    assert!(ids(0).is_empty() && ids(1) == ["a"] && ids(2) == ["a"]);
    for tried in &told.subjects {
        assert_eq!(tried.grade_changes, tried.before.grades != tried.after.grades);
        assert_eq!(tried.rank_changes, tried.before.rank != tried.after.rank);
    }
    assert!(told.zh.starts_with("共 3 个对象"), "{}", told.zh);
}

fn codes(findings: &[zeren::error::Finding]) -> Vec<(&str, &str)> {
    findings
        .iter()
        .map(|finding| (finding.code, finding.pointer.as_deref().unwrap()))
        .collect()
}

#[test]
fn each_lint_is_raised_at_its_place() {
    let item = |points: &str, rule: &str| format!(r#"[{{"id":"a","title":"甲","points":{points},"rule":{rule}}}]"#);
    let declared = r#"[{"name":"次数","kind":"count","max":9}]"#;
    let deduct =
        |floor: &str, channels: &str| format!(r#"{{"kind":"deduct","floor":{floor},"channels":[{channels}]}}"#);
    let one = |more: &str| format!(r#"{{"title":"一","count":"次数",{more}}}"#);
    let cases = vec![
        (
            item("5", &deduct("0", &one("\"each\":6"))),
            "",
            vec![("lint.rate_above_points", "/items/0/rule/channels/0/each")],
        ),
        (item("5", &deduct("\"none\"", &one("\"each\":6"))), "", vec![]),
        (item("5", &deduct("0", &one("\"each\":5"))), "", vec![]),
        (
            item("5", &deduct("0", &one("\"escalate\":[1,7]"))),
            "",
            vec![("lint.rate_above_points", "/items/0/rule/channels/0/escalate/1")],
        ),
        (
            item("5", &deduct("0", &one("\"each\":1,\"cap\":6"))),
            "",
            vec![("lint.cap_above_points", "/items/0/rule/channels/0/cap")],
        ),
        (
            item(
                "5",
                &deduct(
                    "0",
                    &[one("\"each\":1,\"cap\":3"), one("\"each\":1,\"cap\":3")].join(","),
                ),
            ),
            "",
            vec![("lint.caps_above_points", "/items/0/rule/channels")],
        ),
        (
            item(
                "5",
                &deduct(
                    "0",
                    &[one("\"each\":1,\"cap\":3"), one("\"each\":1,\"cap\":2")].join(","),
                ),
            ),
            "",
            vec![],
        ),
        (
            item(
                "5",
                r#"{"kind":"bands","value":"次数","bands":[{"from":10,"points":5},{"from":2,"points":3},{"below":2,"points":0}]}"#,
            ),
            "",
            vec![("lint.band_unreachable", "/items/0/rule/bands/0")],
        ),
        (
            item("5", &deduct("0", &one("\"each\":1"))),
            r#","grades":{"compare":"full","bands":[{"grade":"优","from":6},{"grade":"良","from":5},{"grade":"差"}]}"#,
            vec![("lint.grade_unreachable", "/grades/bands/0")],
        ),
        (
            item("5", &deduct("0", &one("\"each\":1"))),
            r#","bonus":{"cap":3,"items":[{"id":"b","title":"乙","points":2,"rule":{"kind":"all_or_nothing","when":"次数 > 9"}}]}"#,
            vec![("lint.bonus_unreachable", "/bonus/items/0")],
        ),
        (
            format!(
                r#"[{{"id":"g","title":"组","combine":"weighted","items":[
                {{"id":"a","title":"甲","points":5,"weight":0.5,"rule":{0}}},{{"id":"b","title":"乙","points":5,"weight":0.4,"rule":{0}}}]}}]"#,
                deduct("0", &one("\"each\":1"))
            ),
            "",
            vec![("lint.weights", "/items/0/items")],
        ),
        (
            item("5", r#"{"kind":"formula","value":"3","floor":0,"cap":5}"#),
            "",
            vec![("lint.unused_fact", "/facts/0")],
        ),
    ];
    for (items, more, expected) in cases {
        let scheme = scheme(&around("adopted", declared, &items, &format!("{ROUNDED}{more}")));
        let findings = check(&scheme);
        assert_eq!(codes(&findings), expected, "{items}{more}");
        assert!(
            findings
                .iter()
                .all(|finding| finding.severity == zeren::error::Severity::Warning)
        );
        for (_, pointer) in expected {
            assert!(scheme.document().at(pointer).is_some(), "{pointer}");
        }
    }
}

#[test]
fn the_schemes_of_the_first_case_have_nothing_but_unused_facts() {
    for name in ["2022-trial", "2023", "2023-annual"] {
        let path = format!("{}/examples/district/schemes/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let scheme = Scheme::parse(&std::fs::read(path).unwrap()).unwrap();
        // The trial of 2022 collects four facts that no rule of it scores: true findings.
        let unused: &[&str] = match name {
            "2022-trial" => &["/facts/3", "/facts/4", "/facts/8", "/facts/13"],
            _ => &[],
        };
        let expected: Vec<(&str, &str)> = unused.iter().map(|pointer| ("lint.unused_fact", *pointer)).collect();
        assert_eq!(codes(&lint(&scheme)), expected, "{name}");
        assert_eq!(codes(&check(&scheme)), expected, "{name}");
    }
}

#[test]
fn worked_examples_are_held_against_the_scheme() {
    let declared = r#"[{"name":"次数","kind":"count","max":9}]"#;
    let items = r#"[{"id":"a","title":"甲","points":5,"rule":{"kind":"deduct","floor":0,"channels":[{"title":"一","count":"次数","each":2}]}}]"#;
    let examples = |example: &str| {
        let more = format!(
            r#"{ROUNDED},"penalties":{{"cap":"none","items":[{{"id":"p","title":"罚","points":1,"rule":{{"kind":"all_or_nothing","when":"次数 > 1"}}}}]}},
            "grades":{{"compare":"full","bands":[{{"grade":"优","from":4}},{{"grade":"差"}}]}},"examples":[{example}]"#
        );
        let scheme = scheme(&around("adopted", declared, items, &more));
        check(&scheme)
    };
    let right = r#"{"title":"对","facts":{"次数":2},"items":{"a":1,"p":1},"total":0,"grade":"差"}"#;
    assert_eq!(examples(right), []);
    let wrong = r#"{"title":"错","facts":{"次数":2},"items":{"a":3,"q":1},"total":2,"grade":"优"}"#;
    let findings = examples(&format!("{right},{wrong}"));
    let expected = [
        ("score.example_item", "/examples/1/items/a"),
        ("score.example_item", "/examples/1/items/q"),
        ("score.example_total", "/examples/1/total"),
        ("score.example_grade", "/examples/1/grade"),
    ];
    assert_eq!(codes(&findings), expected);
    assert!(
        findings[0].zh.contains("手算为 3，按办法计算为 1"),
        "{}",
        findings[0].zh
    );
    let refused = examples(r#"{"title":"坏","facts":{"次数":99},"total":5}"#);
    assert_eq!(codes(&refused), [("fact.out_of_range", "/examples/0/facts/次数")]);
}

#[test]
fn every_answer_to_an_open_question_is_tried() {
    let declared = r#"[{"name":"量","kind":"number","min":0,"max":9}]"#;
    let items = r#"[{"id":"a","title":"甲","points":5,"rule":{"kind":"deduct","channels":[{"title":"一","count":"量","each":2}]}}]"#;
    let examples = r#","examples":[{"title":"半次","facts":{"量":1.5}},{"title":"多次","facts":{"量":4}}]"#;
    let draft = scheme(&around("draft", declared, items, examples));
    let told = effects(&draft);
    assert_eq!(told.len(), draft.questions().len());
    let of = |end: &str| {
        let ends = |effect: &&zeren::score::QuestionEffect| effect.question.pointer.as_deref().unwrap().ends_with(end);
        told.iter().find(ends).unwrap_or_else(|| panic!("{end} is asked for"))
    };
    let whole = of("/whole");
    let totals = |effect: &zeren::score::QuestionEffect, answer: &str| -> Vec<String> {
        let answer = effect.answers.iter().find(|known| known.value == answer).unwrap();
        assert_eq!(answer.problems, []);
        answer
            .examples
            .iter()
            .map(|example| example.total.as_ref().unwrap().zh())
            .collect()
    };
    assert!(whole.matters);
    // A part of an occurrence counts nothing, or in proportion; below nought everything is lost or owed.
    assert_eq!(totals(whole, "true"), ["3", "0"]);
    assert_eq!(totals(whole, "false"), ["2", "0"]);
    let floor = of("/floor");
    assert!(floor.matters && totals(floor, "0") == ["3", "0"] && totals(floor, "\"none\"") == ["3", "-3"]);
    assert!(!of("/rounding").matters);
    let adopted = comparing("2", "20", "", "");
    assert_eq!(effects(&adopted), []);
}
