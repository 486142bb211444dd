//! The first case, as the README's first command runs it.

mod page;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// Runs the example once and gives the folder that it wrote.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("district-files");
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--example", "district"])
            .arg(&folder)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let report = std::fs::read_to_string(folder.join("report.md")).expect("report.md");
        assert!(printed.contains(&report), "what is printed is the report");
        folder
    })
}

fn json(name: &str) -> Value {
    let text = std::fs::read_to_string(folder().join(name)).expect(name);
    serde_json::from_str(&text).expect(name)
}

/// The findings of a year as (code, subject).
fn findings(year: &str) -> BTreeSet<(String, String)> {
    let all = json("findings.json");
    let all = all.as_array().expect("an array");
    for finding in all {
        assert!(finding["severity"].is_string() && !finding["zh"].as_str().expect("zh").is_empty());
        assert!(
            finding["subject"].is_string() || finding["pointer"].is_string(),
            "{finding}"
        );
    }
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let of_year = all.iter().filter(|finding| finding["year"] == year);
    of_year
        .map(|finding| (text(&finding["code"]), text(&finding["subject"])))
        .collect()
}

#[test]
fn the_report_of_2022_raises_its_twelve_findings() {
    let found = findings("2022");
    let subjects = |code: &str| -> Vec<&str> {
        found
            .iter()
            .filter(|(found, _)| found == code)
            .map(|(_, subject)| subject.as_str())
            .collect()
    };
    // 1: inspection goes over units without a letter
    assert_eq!(subjects("cascade.inspected_without_letter"), ["s-2023"]);
    // 2: "level by level" is shown one level deep
    assert_eq!(subjects("cascade.depth_unproven"), ["xinqu"]);
    // 3: what the group's papers leave out
    for code in ["number", "date", "office"] {
        assert_eq!(subjects(&format!("registry.group_without_{code}")), ["g-lead"]);
    }
    assert_eq!(subjects("registry.group_member_unnamed"), ["g-lead"]);
    // 4: obligations without evidence
    assert_eq!(subjects("plan.obligation_unproven"), ["g-lead", "xinqu"]);
    // 5: the loop is open at two places
    assert_eq!(subjects("system.loop_open"), ["assessment", "inspection"]);
    // 6: seven unknown counts, one of them a list that is not complete
    assert_eq!(subjects("fact.unknown").len() + subjects("fact.incomplete").len(), 7);
    // 7: possible double counting
    assert_eq!(subjects("system.may_overlap"), ["支部会议次数", "稿件"]);
    // 8: plan items
    assert_eq!(
        subjects("plan.item_without_problem"),
        ["i-activity", "i-title", "i-venue"]
    );
    assert_eq!(subjects("plan.item_without_owner").len(), 5);
    assert_eq!(subjects("plan.item_without_deadline").len(), 4);
    // 9: problems without a cause
    assert_eq!(subjects("plan.problem_without_cause"), ["q-innovation", "q-study"]);
    // 10: a zero that nobody declared
    assert_eq!(subjects("fact.zero_undeclared"), ["网络安全事件数"]);
    // 11: honours of others
    assert_eq!(subjects("fact.attribution_open"), ["荣誉"]);
    // 12: an approximate value
    assert_eq!(subjects("fact.approximate"), ["参观人次"]);
}

#[test]
fn the_trial_score_of_2022_is_an_interval_and_each_column_adds_up() {
    let sheets = json("sheets.json");
    let trial = &sheets[0];
    assert_eq!(trial["scheme"], "xinqu-zrz-2022");
    assert_eq!(trial["total"], serde_json::json!({"lowest": "56.8", "highest": "101"}));
    assert!(trial["open"].as_array().expect("open").contains(&"道德讲堂场次".into()));
    for sheet in sheets
        .as_array()
        .expect("sheets")
        .iter()
        .chain(json("annual.json").as_array().expect("annual"))
    {
        for column in ["lowest", "highest"] {
            let exact = |value: &Value| {
                zeren::exact::Exact::from_text(value[column].as_str().expect("points")).expect("a number")
            };
            let lines = sheet["lines"].as_array().expect("lines");
            let sum = lines
                .iter()
                .fold(zeren::exact::Exact::ZERO, |sum, line| &sum + &exact(&line["points"]));
            assert_eq!(sum, exact(&sheet["total"]));
        }
    }
}

#[test]
fn what_was_planned_has_happened_in_2023() {
    let found = findings("2023");
    let codes: BTreeSet<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, BTreeSet::from(["letter.signed_late", "fact.zero_undeclared"]));
    let cascades = json("cascade.json");
    assert_eq!(cascades[0]["cascade"]["proven_depth"], 1);
    assert_eq!(cascades[1]["cascade"]["proven_depth"], 2);
    let annual = json("annual.json");
    let line = annual[2]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .find(|line| line["rule"] == "included");
    let line = line.expect("the included result");
    assert_eq!(
        (&annual[2]["subject"], &line["points"]["lowest"]),
        (&"s-bing".into(), &"3.625".into())
    );
    // 丙镇 has the highest total, but its own grade caps the annual one.
    assert_eq!(annual[2]["grades"], serde_json::json!(["良好"]));
}

/// The ledger that the example wrote, opened once more.
fn ledger() -> zeren::system::System {
    let lines = std::fs::read_to_string(folder().join("ledger.jsonl")).expect("ledger.jsonl");
    zeren::system::System::open("示例新区", lines.lines()).expect("a ledger that replays")
}

fn ask(system: &zeren::system::System, question: &str) -> Value {
    let query = zeren::document::read(question.as_bytes()).expect("a question");
    serde_json::from_str(&system.answer(&query).expect("an answer")).expect("JSON")
}

#[test]
fn the_letter_of_a_town_is_broken_down_taken_over_and_amended() {
    let system = ledger();
    let duty = |day: &str| {
        let duties = ask(
            &system,
            &format!(r#"{{"view": "duties", "day": "{day}", "unit": "jia"}}"#),
        );
        let found = duties
            .as_array()
            .expect("duties")
            .iter()
            .find(|duty| duty["duty"] == "d3");
        found.expect("d3").clone()
    };
    for (day, target) in [("2023-06-30", "12"), ("2023-07-20", "14")] {
        let duty = duty(day);
        assert_eq!((&duty["target"]["value"], &duty["sum"]), (&target.into(), &"14".into()));
        assert_eq!((&duty["how"], &duty["state"]), (&"sum".into(), &"whole".into()));
    }
    let group = ask(&system, r#"{"view": "group", "day": "2023-06-30", "group": "g-jia"}"#);
    assert_eq!(group["seats"][0]["persons"][0]["person"], "p-029");
    assert_eq!(group["seats"][0]["recorded"], "2023-05-16");
}

#[test]
fn the_texts_are_those_that_were_signed() {
    let case = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/district");
    let read = |name: &str| std::fs::read(case.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let acts = |name: &str| -> Value { serde_json::from_slice(&read(name)).expect(name) };
    let letters = acts("2023/03-letters.json");
    let letters = letters["acts"][0]["letters"].as_array().expect("letters");
    let mut texts: Vec<(String, Value)> = letters
        .iter()
        .map(|entered| {
            let id = entered["letter"]["id"].as_str().expect("id");
            (format!("letters/{id}.txt"), entered["letter"]["text"]["sm3"].clone())
        })
        .collect();
    let amendment = acts("2023/06-amendment.json");
    let digest = amendment["acts"][0]["text"]["sm3"].clone();
    texts.push(("letters/l-2023-jia-xiuding.txt".to_owned(), digest));
    assert_eq!(texts.len(), 16);
    for (name, digest) in texts {
        assert_eq!(zeren::document::sm3_hex(&read(&name)), digest, "{name}");
    }
}

#[test]
fn who_leads_a_town_follows_from_the_division_of_work() {
    let answers = ask(&ledger(), r#"{"view": "answers", "day": "2023-06-30", "unit": "jia"}"#);
    let carriers = answers["carriers"].as_array().expect("carriers");
    let of = |responsibility: &str| {
        let mut found = carriers
            .iter()
            .filter(|carrier| carrier["responsibility"] == responsibility);
        found.next().map(|carrier| carrier["post"].clone())
    };
    assert_eq!(of("first"), Some("jia-shuji".into()));
    assert_eq!(of("direct"), Some("xinqu-xuanchuan".into()));
}

#[test]
fn the_accounts_of_2023_stay_open_and_find_nothing_overdue() {
    let system = ledger();
    let due = ask(&system, r#"{"view": "due", "day": "2024-01-31"}"#);
    let due = due.as_array().expect("spans");
    assert_eq!(due.len(), 4, "two obligations in two halves of the year");
    assert!(due.iter().all(|span| span["state"] == "proven"), "{due:?}");
    let findings = ask(&system, r#"{"view": "findings", "day": "2024-02-29"}"#);
    assert_eq!(findings, serde_json::json!([]));
    // The day after the accounts are closed no rule set asks for anything.
    let closed = ask(&system, r#"{"view": "due", "day": "2024-03-01"}"#);
    assert_eq!(closed, serde_json::json!([]));
    let burden = ask(&system, r#"{"view": "burden", "day": "2023-12-31", "unit": "jia"}"#);
    assert_eq!(burden[0]["letters"], serde_json::json!(["l-2023-jia"]));
    assert_eq!(burden[0]["inspections"], serde_json::json!(["s-2023"]));
}

#[test]
fn the_ledger_that_was_written_holds() {
    let lines = std::fs::read_to_string(folder().join("ledger.jsonl")).expect("ledger.jsonl");
    let head = zeren::ledger::verify("示例新区", lines.lines()).expect("a whole ledger");
    let system = zeren::system::System::open("示例新区", lines.lines()).expect("a ledger that replays");
    assert_eq!(
        (system.head(), usize::try_from(head.position.sequence()).ok()),
        (&head, Some(lines.lines().count()))
    );
}

#[test]
fn one_fact_changes_the_lines_it_should() {
    use zeren::{document::parse, fact::Facts, scheme::Scheme, score};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/district");
    let scheme = std::fs::read(format!("{root}/schemes/2023.json")).expect("the scheme");
    let scheme = Scheme::parse(&scheme).expect("a scheme");
    let sheet = |sessions: u32| {
        let facts = format!(
            r#"{{"kind":"facts","format":1,"subject":"s","scheme":"xinqu-zrz-2023","facts":{{"专题学习完成项":4,"迟报次数":1,
               "网络安全事件数":1,"宣讲场次":{sessions},"稿件":{{"events":[{{"层级":"省级","事项":"甲"}}],"complete":true}}}}}}"#
        );
        let facts = Facts::read(&parse(facts.as_bytes()).expect("JSON")).expect("facts");
        score::score(&scheme, &facts, &score::Results::new()).expect("a sheet")
    };
    let (before, after) = (sheet(11), sheet(9));
    let changed: Vec<&str> = before
        .lines
        .iter()
        .zip(&after.lines)
        .filter(|(before, after)| before != after)
        .map(|(line, _)| line.id.as_str())
        .collect();
    assert_eq!(changed, ["1.2#1"]);
    assert_eq!(before.lines.len(), after.lines.len());
    assert_eq!((&before.total.lowest - &after.total.lowest).to_string(), "4");
}

#[test]
fn every_paper_is_a_page_that_anybody_can_read() {
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder().join("papers"))
        .expect("papers")
        .map(|entry| entry.expect("a file").path())
        .collect();
    pages.sort();
    assert_eq!(pages.len(), 11, "{pages:?}");
    for path in pages {
        let faults = page::faults(&std::fs::read_to_string(&path).expect("a page"));
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}
