//! Nobody sees another subject's facts, every line that a subject sees explains its score, and the same ledger gives the
//! same bytes: over drawn years.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test that fails should fail loudly"
)]

mod random;

use random::Random;
use zeren::document::{Read, Shape, Value, canonical, parse, read, read_value, sm3_hex};
use zeren::exact::Exact;
use zeren::report::PaperRequest;
use zeren::scheme::Scheme;
use zeren::system::{System, Topic};
use zeren::year::{Year, sheet_value};

const SCHEME: &str = r#"{"kind": "scheme", "format": 1, "edition": "1", "id": "z", "version": "1", "title": "办法", "year": 2023,
  "status": "draft",
  "facts": [{"name": "甲数", "kind": "count", "max": 9999999, "supplier": "a"}, {"name": "乙数", "kind": "count", "max": 9999999}],
  "items": [
    {"id": "1", "title": "一", "points": 40, "rule": {"kind": "ratio", "value": "甲数", "target": 9999991, "over_full": "lost"}},
    {"id": "2", "title": "二", "points": 60, "rule": {"kind": "ratio", "value": "乙数", "target": 9999973, "over_full": "lost"}}],
  "ranking": {"ties": "shared"}, "redetermination": "rerank_all"}"#;

/// A drawn year: as many subjects, each with two facts that nobody else has, a claim, an objection, perhaps a referral; for
/// one of them a review that changes a fact, after which sheets are issued anew.
struct Drawing {
    system: System,
    lines: Vec<String>,
    scheme: Scheme,
    facts: Vec<[String; 2]>,
    /// What each subject claims of the first fact.
    claims: Vec<String>,
}

impl Drawing {
    fn new(seed: u64) -> Self {
        let mut drawn = Random(seed + 1);
        let count = 2 + usize::try_from(drawn.below(6)).unwrap();
        let facts: Vec<[String; 2]> = (0..count)
            .map(|_| [0, 1].map(|_| (7_000_000 + drawn.below(2_900_000)).to_string()))
            .collect();
        let claims: Vec<String> = (0..count)
            .map(|_| (6_000_000 + drawn.below(900_000)).to_string())
            .collect();
        let mut drawing = Drawing {
            system: System::new("示例新区"),
            lines: Vec::new(),
            scheme: Scheme::parse(SCHEME.as_bytes()).unwrap_or_else(|error| panic!("{error}")),
            facts,
            claims,
        };
        let own_units: String = (0..count)
            .map(|index| format!(r#", {{"id": "u{index}", "name": "单位-{index}", "class": "镇"}}"#))
            .collect();
        drawing.enter(&[
            format!(
                r#"{{"act": "units.founded", "id": "u", "effective": "2023-01-01", "units": [
                {{"id": "a", "name": "甲部", "class": "部门"}}, {{"id": "b", "name": "乙部", "class": "部门"}}{own_units}]}}"#
            ),
            r#"{"act": "scorers.assigned", "id": "s", "effective": "2023-01-01", "scheme": "z", "items": [
                {"item": "1", "scorer": "a"}, {"item": "2", "scorer": "b"}]}"#
                .to_owned(),
        ]);
        let subjects: Vec<String> = (0..count).map(id).collect();
        // The first subject is the unit that scores item 1: it must not see its own assessment as a scorer.
        let registered: Vec<String> = subjects
            .iter()
            .enumerate()
            .map(|(index, id)| {
                let units = if index == 0 {
                    format!(r#"["a", "u{index}"]"#)
                } else {
                    format!(r#"["u{index}"]"#)
                };
                format!(r#"{{"id": "{id}", "name": "对象-{id}", "class": "镇", "units": {units}}}"#)
            })
            .collect();
        drawing.enter(&[
            format!(
                r#"{{"act": "subjects.registered", "id": "r", "effective": "2023-01-01", "subjects": [{}]}}"#,
                registered.join(",")
            ),
            format!(
                r#"{{"act": "roster.adopted", "id": "n", "effective": "2023-01-01", "scheme": "z", "subjects": {}}}"#,
                serde_json::to_string(&subjects).unwrap()
            ),
        ]);
        for index in 0..count {
            let (own, [first, second]) = (id(index), drawing.facts[index].clone());
            let claim = drawing.claims[index].clone();
            drawing.enter(&[format!(
                r#"{{"act": "self_assessment.submitted", "id": "c{index}", "effective": "2023-12-30", "scheme": "z",
                    "subject": "{own}", "unit": "u{index}", "facts": {{"甲数": {claim}}}}}"#
            )]);
            drawing.enter(&[format!(
                r#"{{"act": "facts.recorded", "id": "f{index}", "effective": "2023-12-31", "scheme": "z", "subject": "{own}",
                    "facts": {{"甲数": {first}, "乙数": {second}}}}}"#
            )]);
        }
        for index in 0..count {
            let own = id(index);
            let sheet = sheet_value(&drawing.sheets()[index]).unwrap();
            let (sheet, digest) = (canonical(&sheet), sm3_hex(canonical(&sheet).as_bytes()));
            let about = format!(r#""effective": "2024-02-01", "scheme": "z", "subject": "{own}""#);
            drawing.enter(&[
                format!(r#"{{"act": "preliminary.issued", "id": "p{index}", {about}, "digest": "{digest}", "sheet": {sheet}}}"#),
                format!(r#"{{"act": "objection.filed", "id": "o{index}", {about}, "objection": "异-{own}", "grounds": "理由-{own}"}}"#),
            ]);
            if *drawn.pick(&[true, false]) {
                drawing.enter(&[format!(
                    r#"{{"act": "publicity.held", "id": "q{index}", "effective": "2024-02-02", "scheme": "z", "subjects": ["{own}"], "to": "2024-02-09"}}"#
                )]);
            }
        }
        drawing.review(drawn.below(u64::try_from(count).unwrap()), &mut drawn);
        drawing
    }

    /// A review changes a fact of one subject; sheets that are no longer the same are issued anew, ranks of others too.
    fn review(&mut self, whose: u64, drawn: &mut Random) {
        let index = usize::try_from(whose).unwrap();
        self.facts[index][1] = (7_000_000 + drawn.below(2_900_000)).to_string();
        let (own, value) = (id(index), self.facts[index][1].clone());
        let about = format!(r#""effective": "2024-02-03", "scheme": "z", "subject": "{own}""#);
        self.enter(&[
            format!(
                r#"{{"act": "review.recorded", "id": "w", {about}, "unit": "b", "outcome": "changed", "facts": {{"乙数": {value}}}, "reason": "复核-{own}"}}"#
            ),
            format!(
                r#"{{"act": "referral.made", "id": "x", {about}, "referral": "移-{own}", "unit": "b", "clause": {{"title": "办法"}}, "rests_on": ["甲数"], "to": "去向-{own}"}}"#
            ),
        ]);
        for (index, sheet) in self.sheets().iter().enumerate() {
            let own = id(index);
            let sheet = canonical(&sheet_value(sheet).unwrap());
            let digest = sm3_hex(sheet.as_bytes());
            self.enter(&[format!(
                r#"{{"act": "preliminary.issued", "id": "again{index}", "effective": "2024-02-04", "scheme": "z", "subject": "{own}", "digest": "{digest}", "sheet": {sheet}}}"#
            )]);
        }
    }

    fn enter(&mut self, acts: &[String]) {
        let head = serde_json::to_string(self.system.head()).unwrap();
        let acts = acts.join(",");
        let request =
            format!(r#"{{"head": {head}, "time": "2024-03-01T09:00:00+08:00", "operator": "u", "acts": [{acts}]}}"#);
        let prepared = read(request.as_bytes()).and_then(|request| self.system.prepare(&request));
        let prepared = prepared.unwrap_or_else(|error| panic!("{error}"));
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared).unwrap();
    }

    fn sheets(&self) -> Vec<zeren::score::Sheet> {
        let view = self.system.view(zeren::calendar::Date::new(2024, 2, 1).unwrap(), None);
        let roster = Year::roster(&view, "z").unwrap();
        Year::new().assess(&view, &self.scheme, &roster).unwrap().sheets
    }

    /// Everything that an audience may ask, as one text; what is refused says nothing.
    fn everything(&self, audience: &str) -> String {
        let mut told = String::new();
        let drafted = r#", "draft": {"subject": "对象1号", "facts": {"甲数": 1}}"#;
        for view in ["sheets", "ranks", "compare", "missing", "versions", "draft", "findings"] {
            let draft = if view == "draft" { drafted } else { "" };
            let query = format!(r#"{{"day": "2024-02-05", "view": "{view}", "audience": {audience}{draft}}}"#);
            let answer = Year::new().answer(&self.system, &self.scheme, &read(query.as_bytes()).unwrap());
            told.push_str(&answer.unwrap_or_default());
        }
        // Every question to the system that there is, about everybody.
        let Shape::Choice(topics) = Topic::shape() else {
            panic!("topics are words")
        };
        for (view, _) in topics {
            for index in 0..self.facts.len() {
                let subject = id(index);
                let query = format!(
                    r#"{{"view": "{view}", "day": "2024-02-05", "scheme": "z", "subject": "{subject}", "audience": {audience}}}"#
                );
                told.push_str(&self.system.answer(&read(query.as_bytes()).unwrap()).unwrap_or_default());
            }
        }
        let query = format!(r#"{{"view": "assessment", "day": "2024-02-05", "scheme": "z", "audience": {audience}}}"#);
        told.push_str(&self.system.answer(&read(query.as_bytes()).unwrap()).unwrap());
        told
    }

    /// Every paper that an audience may have of some kinds: of every subject, objection and unit, also as a trial.
    fn papers(&self, audience: &str, kinds: &[&str]) -> String {
        let mut about = vec![String::new()];
        about.extend(["a", "b"].map(|unit| format!(r#", "unit": "{unit}""#)));
        about.push(r#", "period": {"from": "2024-02-05", "to": "2024-02-09"}, "since": {"known": 1}"#.to_owned());
        for index in 0..self.facts.len() {
            let own = id(index);
            about.push(format!(
                r#", "subject": "{own}", "subjects": ["{own}"], "appeal": "异-{own}""#
            ));
        }
        let mut told = String::new();
        for kind in kinds {
            for about in &about {
                for trial in ["", r#", "trial": true"#] {
                    let request = format!(
                        r#"{{"kind": "{kind}", "day": "2024-02-05", "format": "markdown", "audience": {audience}{about}{trial}}}"#
                    );
                    let request: PaperRequest = read(request.as_bytes()).unwrap();
                    told.push_str(&request.answer(&self.system, Some(&self.scheme)).unwrap_or_default());
                }
            }
        }
        told
    }
}

/// Papers about somebody. What is made public names everybody whom it is about.
const PAPERS: [&str; 10] = [
    "score_feedback",
    "appeal_receipt",
    "appeal_answer",
    "rectification_notice",
    "missing_data",
    "ranking",
    "approval",
    "cascade_map",
    "duty_report",
    "leaders_page",
];

fn id(index: usize) -> String {
    format!("对象{index}号")
}

#[test]
fn no_audience_sees_the_facts_of_another_subject() {
    for seed in 0..40 {
        let drawing = Drawing::new(seed);
        for (index, own) in drawing.facts.iter().enumerate() {
            let told = drawing.everything(&format!(r#"{{"who": "subject", "subject": "{}"}}"#, id(index)));
            assert!(
                told.contains(&own[0]) && told.contains(&own[1]),
                "{seed}: its own facts are missing"
            );
            assert!(
                told.contains(&format!("理由-{}", id(index))),
                "{seed}: what is said about it is missing"
            );
            for (other, facts) in drawing.facts.iter().enumerate().filter(|(other, _)| *other != index) {
                let claim = &drawing.claims[other];
                for hidden in [&facts[0], &facts[1], claim, &id(other), &format!("理由-{}", id(other))] {
                    assert!(
                        !told.contains(hidden.as_str()),
                        "{seed}: {} sees {hidden}: {told}",
                        id(index)
                    );
                }
            }
        }
        let scorer = drawing.everything(r#"{"who": "scorer", "unit": "a"}"#);
        let (leaders, public) = (
            drawing.everything(r#"{"who": "leaders"}"#),
            drawing.everything(r#"{"who": "public"}"#),
        );
        for (index, facts) in drawing.facts.iter().enumerate() {
            assert_eq!(
                scorer.contains(&facts[0]),
                index != 0,
                "{seed}: a scorer sees what it scores, never its own"
            );
            assert!(
                !scorer.contains(&facts[1]),
                "{seed}: a scorer sees the fact of another item"
            );
        }
        for told in [&scorer, &leaders, &public] {
            assert!(
                !told.contains("理由-") && !told.contains("去向-"),
                "{seed}: grounds are seen by those who do not decide"
            );
        }
        for told in [&leaders, &public] {
            assert!(
                !told.contains("\"lines\"") && !told.contains("\"facts\":[{"),
                "{seed}: {told}"
            );
        }
        for told in [&leaders, &public] {
            let all = drawing.facts.iter().flatten().chain(&drawing.claims);
            for fact in all {
                assert!(!told.contains(fact.as_str()), "{seed}: {fact} in {told}");
            }
        }
        let office = drawing.everything(r#"{"who": "office"}"#);
        assert!(drawing.facts.iter().flatten().all(|fact| office.contains(fact)));
    }
}

#[test]
fn no_paper_shows_an_audience_the_facts_of_another_subject() {
    for seed in 0..8 {
        let drawing = Drawing::new(seed);
        let facts: Vec<&String> = drawing.facts.iter().flatten().collect();
        for (index, own) in drawing.facts.iter().enumerate() {
            let audience = format!(r#"{{"who": "subject", "subject": "{}"}}"#, id(index));
            let told = drawing.papers(&audience, &PAPERS);
            assert!(
                told.contains(&own[0]) && told.contains(&format!("理由-{}", id(index))),
                "{seed}: {told}"
            );
            for (other, theirs) in drawing.facts.iter().enumerate().filter(|(other, _)| *other != index) {
                for hidden in [&theirs[0], &theirs[1], &id(other), &format!("理由-{}", id(other))] {
                    assert!(
                        !told.contains(hidden.as_str()),
                        "{seed}: {} sees {hidden}: {told}",
                        id(index)
                    );
                }
            }
            let public = drawing.papers(&audience, &["publicity"]);
            assert!(
                !facts.iter().any(|fact| public.contains(fact.as_str())),
                "{seed}: {public}"
            );
        }
        let scorer = drawing.papers(r#"{"who": "scorer", "unit": "a"}"#, &PAPERS);
        for (index, facts) in drawing.facts.iter().enumerate() {
            assert_eq!(scorer.contains(&facts[0]), index != 0, "{seed}: {scorer}");
            assert!(!scorer.contains(&facts[1]), "{seed}: {scorer}");
        }
        for who in ["leaders", "public"] {
            let audience = format!(r#"{{"who": "{who}"}}"#);
            let told = drawing.papers(&audience, &PAPERS) + &drawing.papers(&audience, &["publicity"]);
            assert!(!told.contains("理由-"), "{seed}: {told}");
            assert!(!facts.iter().any(|fact| told.contains(fact.as_str())), "{seed}: {told}");
        }
        let office = drawing.papers(r#"{"who": "office"}"#, &PAPERS);
        assert!(facts.iter().all(|fact| office.contains(fact.as_str())));
    }
}

#[test]
fn every_line_that_a_subject_sees_explains_its_score() {
    for seed in 0..20 {
        let drawing = Drawing::new(seed);
        for index in 0..drawing.facts.len() {
            let query = format!(
                r#"{{"day": "2024-02-05", "audience": {{"who": "subject", "subject": "{}"}}}}"#,
                id(index)
            );
            let answer = Year::new().answer(&drawing.system, &drawing.scheme, &read(query.as_bytes()).unwrap());
            let answer = parse(answer.unwrap().as_bytes()).unwrap();
            let Some(Value::List(sheets)) = answer.get("sheets") else {
                panic!("no sheets")
            };
            let [sheet] = sheets.as_slice() else {
                panic!("one sheet, its own")
            };
            let Some(Value::List(lines)) = sheet.get("lines") else {
                panic!("no lines")
            };
            let number = |value: &Value| -> Exact { read_value(value.get("lowest").unwrap()).unwrap() };
            let mut sum = Exact::from(0);
            for line in lines {
                assert!(!line.get("reason").and_then(Value::as_text).unwrap().is_empty());
                sum = &sum + &number(line.get("points").unwrap());
            }
            assert_eq!(sum, number(sheet.get("total").unwrap()));
        }
    }
}

#[test]
fn the_year_scored_from_its_ledger_gives_the_same_bytes() {
    for seed in 0..20 {
        let drawing = Drawing::new(seed);
        let mut again = System::new("示例新区");
        again
            .follow(drawing.lines.iter().map(String::as_str))
            .unwrap_or_else(|error| panic!("{error}"));
        let replayed = Drawing {
            system: again,
            ..Drawing::new(seed)
        };
        let office = r#"{"who": "office"}"#;
        assert_eq!(drawing.everything(office), replayed.everything(office));
    }
}
