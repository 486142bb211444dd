//! The year of `examples/year`: what happened to whom, and that its ledger gives the same bytes again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::{Value, json};
use zeren::calendar::Date;
use zeren::document::{canonical, read};
use zeren::exact::Exact;
use zeren::ledger::Position;
use zeren::scheme::Scheme;
use zeren::system::System;
use zeren::year::{Year, sheet_digest, sheet_value};

const SCHEMES: [&str; 3] = ["zrz-2023", "aqsc-2023", "niandu-2023"];

/// Runs the example once and gives the folder that it wrote.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("year-files");
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--example", "year"])
            .arg(&folder)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let story = std::fs::read_to_string(folder.join("story.md")).expect("story.md");
        assert!(printed.contains(&story), "what is printed is the story");
        folder
    })
}

fn json(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(name)).expect(name);
    serde_json::from_str(&text).expect(name)
}

fn scheme(name: &str) -> Scheme {
    let file = format!("{}/examples/year/schemes/{name}.json", env!("CARGO_MANIFEST_DIR"));
    Scheme::parse(&std::fs::read(file).unwrap()).unwrap_or_else(|error| panic!("{error}"))
}

/// The ledger that the example wrote, opened once more.
fn system() -> &'static System {
    static SYSTEM: OnceLock<System> = OnceLock::new();
    SYSTEM.get_or_init(|| {
        let lines = std::fs::read_to_string(folder().join("ledger.jsonl")).expect("ledger.jsonl");
        System::open("示例区", lines.lines()).expect("a ledger that replays")
    })
}

fn day(text: &str) -> Date {
    Date::from_iso(text).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// Subject, best rank and grade of a cohort, in order.
fn ranks(scheme: &str, cohort: &str) -> Vec<(String, u64, String)> {
    let ranks = json(&format!("ranks-{scheme}.json"));
    let of = list(&ranks["subjects"])
        .iter()
        .filter(|ranked| ranked["cohort"] == cohort);
    of.map(|ranked| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        (
            text(&ranked["name"]),
            ranked["rank"]["best"].as_u64().unwrap(),
            text(&ranked["grades"][0]),
        )
    })
    .collect()
}

fn codes(findings: &Value) -> Vec<(&str, &str)> {
    let told = list(findings).iter();
    told.map(|finding| {
        (
            finding["code"].as_str().unwrap(),
            finding["subject"].as_str().unwrap_or(""),
        )
    })
    .collect()
}

#[test]
fn fifty_subjects_in_three_classes_become_forty_nine_sheets() {
    let system = system();
    let roster = |day: Date| {
        let view = system.view(day, None);
        Year::roster(&view, "zrz-2023").unwrap()
    };
    assert_eq!(roster(day("2023-03-01")).len(), 50);
    for scheme in SCHEMES {
        let sizes = ["镇", "街道", "部门"].map(|class| ranks(scheme, class).len());
        assert_eq!(sizes, [19, 12, 18], "{scheme}");
    }
    let view = system.view(day("2024-01-30"), None);
    let scorers = SCHEMES.map(|scheme| {
        let scorers = system
            .state()
            .assessment
            .scorers_of(scheme, view.when().day, view.when().known);
        scorers.len()
    });
    assert_eq!(scorers.iter().sum::<usize>(), 12);
}

#[test]
fn a_merged_town_is_scored_as_the_roster_says() {
    let view = system().view(day("2024-01-30"), None);
    let zrz = scheme("zrz-2023");
    let assessed = Year::new()
        .assess(&view, &zrz, &Year::roster(&view, zrz.id()).unwrap())
        .unwrap();
    let left: Vec<_> = assessed
        .left_out
        .iter()
        .map(|left| (left.subject.as_str(), left.how.word(), left.successor.as_deref()))
        .collect();
    assert_eq!(
        left,
        [
            ("s-qingshi", "by_successor", Some("s-qingbai")),
            ("s-baisha", "by_successor", Some("s-qingbai"))
        ]
    );
    assert!(assessed.sheets.iter().any(|sheet| sheet.subject == "s-qingbai"));
    // The young office counts by its months in the annual assessment, and there only.
    assert!(assessed.prorated.is_empty());
    let niandu = scheme("niandu-2023");
    let annual = Year::new().assess(&view, &niandu, &["s-shuju".to_owned()]).unwrap();
    assert_eq!(annual.prorated[0].share.to_string(), "7/12");
}

#[test]
fn a_seat_that_is_vacant_is_found_until_it_is_filled() {
    assert_eq!(
        codes(&json("vacancy.json")),
        [("registry.group_head_vacant", "g-nanqiao")]
    );
    let after = system().view(day("2023-08-10"), None).findings();
    assert!(after.iter().all(|finding| finding.code != "registry.group_head_vacant"));
}

#[test]
fn a_scorer_that_is_recused_is_replaced() {
    let refused = json("refused-own-unit.json");
    assert_eq!(list(&refused)[0]["code"], "assessment.own_unit");
    let system = system();
    let known = system.head().position;
    let scorer = |subject: &str| {
        let course = system
            .state()
            .assessment
            .course_of("aqsc-2023", subject, Date::LAST, known);
        course.verified("2.1").unwrap().scorer.to_string()
    };
    assert_eq!(
        (scorer("s-yingji"), scorer("s-yunxi")),
        ("ducha".into(), "yingji".into())
    );
}

#[test]
fn late_reporters_are_named_and_inspections_feed_facts() {
    let late = json("late.json");
    assert_eq!(
        codes(&late),
        [
            ("assessment.scorer_late", "zhujian"),
            ("assessment.step_late", "s-beigang"),
            ("assessment.step_late", "s-yinxing"),
        ]
    );
    let missing = json("missing.json");
    let owed = |scorer: &str| {
        list(&missing["items"])
            .iter()
            .filter(|item| item["scorer"] == scorer)
            .count()
    };
    assert_eq!((owed("zhujian"), owed("xiaofang")), (49, 0));
    // Late rectification, a recurrence, one still open, and none: counted from the ledger, with nobody recording them.
    let line = |subject: &str, id: &str| {
        let text = std::fs::read_to_string(folder().join(format!("sheets/zrz-2023/{subject}.json"))).unwrap();
        let sheet: Value = serde_json::from_str(&text).unwrap();
        let lines = list(&sheet["lines"]).iter().filter(|line| line["id"] == id);
        lines.map(|line| line["points"]["lowest"].clone()).next().unwrap()
    };
    assert_eq!(line("s-changpo", "1.7#1"), "-2");
    assert_eq!(line("s-xiwu", "1.7#1"), "-2");
    assert_eq!(line("s-chengxi", "1.7#2"), "-3");
    assert_eq!(line("s-yunxi", "1.7#1"), "0");
}

#[test]
fn an_interval_is_refused_publicity_until_its_data_come() {
    let refused = json("refused-publicity.json");
    let open: Vec<_> = list(&refused).iter().map(|finding| finding["code"].clone()).collect();
    assert_eq!(
        open,
        [
            json!("assessment.result_open"),
            json!("assessment.result_open"),
            json!("assessment.result_open")
        ]
    );
    let intervals = json("intervals.json");
    let named: Vec<&Value> = list(&intervals).iter().map(|sheet| &sheet["subject"]).collect();
    assert_eq!(named, ["s-xinfeng", "s-gudu", "s-taoyuan"]);
    let course = |on| {
        let known = system().head().position;
        system().state().assessment.course_of("aqsc-2023", "s-gudu", on, known)
    };
    let [first, second] = [day("2024-02-05"), day("2024-02-25")].map(|on| course(on).issued().unwrap());
    assert!(!first.value.settled && second.value.settled);
    assert!(course(Date::LAST).approved().is_some());
}

#[test]
fn three_appeals_of_which_one_moves_ranks() {
    let appeals = json("appeals.json");
    let moved: Vec<usize> = list(&appeals)
        .iter()
        .map(|appeal| list(&appeal["draft"]["others"]).len())
        .collect();
    assert_eq!(moved.len(), 3);
    let own = |index: usize| &appeals[index]["draft"]["difference"];
    let rank = |standing: &Value| standing["rank"]["best"].as_u64().unwrap();
    // Upheld: the twelfth becomes third, and the fifth loses its grade to the quota.
    assert_eq!((rank(&own(0)["before"]), rank(&own(0)["after"])), (12, 3));
    let others = list(&appeals[0]["draft"]["others"]);
    let lost = others.iter().find(|other| other["subject"] == "s-xinfeng").unwrap();
    assert_eq!(
        (&lost["before"]["grades"], &lost["after"]["grades"]),
        (&json!(["优秀"]), &json!(["良好"]))
    );
    // Partly upheld: two points, nobody else moves.
    assert_eq!((moved[2], rank(&own(2)["before"])), (0, rank(&own(2)["after"])));
    let known = system().head().position;
    let assessment = &system().state().assessment;
    let rulings: BTreeMap<String, &str> = assessment
        .appeals_on(Date::LAST, known)
        .map(|appeal| (appeal.id.to_owned(), appeal.decided.unwrap().0.word()))
        .collect();
    let expected = [("申-1", "upheld"), ("申-2", "rejected"), ("申-3", "partly")];
    assert_eq!(rulings, expected.map(|(id, ruling)| (id.to_owned(), ruling)).into());
    // What was rejected changed nothing.
    let course = assessment.course_of("aqsc-2023", "s-beiyuan", Date::LAST, known);
    assert_eq!(course.versions().count(), 1);
    assert_eq!(
        list(&json("refused-late-appeal.json"))[0]["code"],
        "assessment.clock_run_out"
    );
    // The difference between the versions is the change that the draft told.
    let versions = json("versions.json");
    assert_eq!(versions[0]["versions"][1]["difference"]["total"], own(0)["total"]);
    assert!(
        list(&versions[0]["versions"])
            .iter()
            .all(|version| version["reproduced"] == true)
    );
}

#[test]
fn a_redetermination_follows_the_answer_of_the_scheme() {
    let draft = json("redetermination.json");
    assert_eq!(
        (&draft["redetermination"], &draft["approved"]),
        (&json!("rerank_never_lower"), &json!(true))
    );
    let others: Vec<_> = list(&draft["others"])
        .iter()
        .map(|other| (&other["subject"], &other["takes_effect"]))
        .collect();
    assert_eq!(
        others,
        [(&json!("s-yunxi"), &json!(false)), (&json!("s-nanlu"), &json!(false))]
    );
    // Those that were passed keep their place: two stand second.
    let towns = ranks("zrz-2023", "镇");
    let first: Vec<(&str, u64)> = towns
        .iter()
        .take(4)
        .map(|(name, rank, _)| (name.as_str(), *rank))
        .collect();
    assert_eq!(first, [("清潭镇", 1), ("临江镇", 2), ("南麓镇", 2), ("云溪镇", 3)]);
    assert_eq!(codes(&json("stale.json")), [("year.stale", "s-linjiang")]);
    assert_eq!(json("stale-after.json"), json!([]));
    let known = system().head().position;
    for scheme in ["zrz-2023", "niandu-2023"] {
        let course = system()
            .state()
            .assessment
            .course_of(scheme, "s-linjiang", Date::LAST, known);
        assert_eq!(course.approvals().count(), 2, "{scheme}: the first approval stays");
    }
}

#[test]
fn two_schemes_go_into_the_annual_one_with_their_caps() {
    let annual = json("annual.json");
    let of = |subject: &str| list(&annual).iter().find(|sheet| sheet["subject"] == subject).unwrap();
    for sheet in list(&annual) {
        let lines = list(&sheet["lines"]).iter().filter(|line| line["rule"] == "included");
        assert_eq!(lines.count(), 2, "{}", sheet["subject"]);
    }
    let total = |sheet: &Value| Exact::from_text(sheet["total"]["lowest"].as_str().unwrap()).unwrap();
    let reason = |sheet: &Value, rule: &str| {
        let lines = list(&sheet["lines"]).iter().filter(|line| line["rule"] == rule);
        let told: Vec<String> = lines.map(|line| line["reason"].as_str().unwrap().to_owned()).collect();
        told.join("；")
    };
    for (subject, grade, why) in [
        (
            "s-songling",
            "不合格",
            "“安全生产”所折算的结果等次为“不合格”，本办法等次不高于“不合格”",
        ),
        (
            "s-jiaoyu",
            "良好",
            "“责任制落实”所折算的结果等次为“合格”，本办法等次不高于“良好”",
        ),
    ] {
        assert!(total(of(subject)) >= Exact::from(90));
        assert_eq!(of(subject)["grades"], json!([grade]), "{subject}");
        assert_eq!(reason(of(subject), "passes"), why);
    }
    assert_eq!(reason(of("s-yunxi"), "passes"), "", "who is not capped is told nothing");
    // The veto itself, and a grade that a quota took, say why as well.
    let approved = |scheme: &str, subject: &str| json(&format!("sheets/{scheme}/{subject}.json"));
    let veto = reason(&approved("aqsc-2023", "s-songling"), "veto");
    assert_eq!(veto, "触发“责任事故死亡 3 人以上”，等次不高于“不合格”");
    let quota = reason(&approved("zrz-2023", "s-xinfeng"), "quota");
    assert_eq!(quota, "“优秀”名额已满，按总分排序未列入，等次为“良好”");
    let referral = json("referral.json");
    let told = &referral["subjects"][0]["referrals"][0];
    assert_eq!(
        (&told["facts"], &told["decided"]["outcome"]),
        (&json!(["责任事故死亡人数"]), &json!("对单位通报批评"))
    );
}

#[test]
fn every_sheet_of_the_year_is_scored_again_to_the_same_bytes_on_any_thread() {
    let system = system();
    let schemes = SCHEMES.map(scheme);
    let known = system.head().position;
    let mut issued: Vec<(&Scheme, String, Date, Position, String, String)> = Vec::new();
    for scheme in &schemes {
        let view = system.view(day("2024-04-30"), None);
        for subject in Year::roster(&view, scheme.id()).unwrap() {
            let course = system
                .state()
                .assessment
                .course_of(scheme.id(), &subject, Date::LAST, known);
            for row in course.versions() {
                let (digest, sheet) = (row.value.digest.to_string(), row.value.sheet.to_string());
                issued.push((scheme, subject.clone(), row.value.on, row.from, digest, sheet));
            }
        }
    }
    assert!(issued.len() > 160, "only {} sheets", issued.len());
    std::thread::scope(|scope| {
        for part in 0..3 {
            let issued = &issued;
            scope.spawn(move || {
                for (scheme, subject, on, from, digest, text) in issued.iter().skip(part).step_by(3) {
                    let view = system.view(*on, Some(*from));
                    let assessed = Year::new()
                        .assess(&view, scheme, std::slice::from_ref(subject))
                        .unwrap();
                    let sheet = &assessed.sheets[0];
                    assert_eq!(sheet_digest(sheet).unwrap(), *digest, "{} {subject}", scheme.id());
                    assert_eq!(canonical(&sheet_value(sheet).unwrap()), *text);
                    let sum = sheet
                        .lines
                        .iter()
                        .fold(Exact::ZERO, |sum, line| &sum + &line.points.lowest);
                    assert_eq!(sum, sheet.total.lowest, "{} {subject}: lines add up", scheme.id());
                }
            });
        }
    });
}

#[test]
fn a_subject_is_told_nothing_of_another_all_through_the_year() {
    let system = system();
    let schemes = SCHEMES.map(scheme);
    let others = ["s-qingtan", "清潭镇", "s-xinfeng", "新丰镇", "s-linjiang", "临江镇"];
    for on in ["2024-01-30", "2024-02-06", "2024-02-25", "2024-03-20", "2024-04-30"] {
        for scheme in &schemes {
            let mut told = String::new();
            for view in ["sheets", "ranks", "compare", "missing", "versions", "findings"] {
                let query = json!({"day": on, "view": view, "audience": {"who": "subject", "subject": "s-yunxi"}});
                let query = read(query.to_string().as_bytes()).unwrap();
                told.push_str(&Year::new().answer(system, scheme, &query).unwrap());
            }
            assert!(told.contains("s-yunxi"));
            for other in others {
                assert!(!told.contains(other), "{on} {}: {other}", scheme.id());
            }
        }
    }
}
