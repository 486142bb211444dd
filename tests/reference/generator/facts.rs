//! The declared facts, and random values for them.

use std::collections::BTreeMap;

use super::Random;
use crate::reference::Fraction;
use crate::reference::library::Given;

/// What is declared. 己, 庚, 辛, 办, 报 and 榜 may not apply to a subject; all others always do.
pub const DECLARED: &str = r#"[
 {"name":"甲","kind":"count","max":6},
 {"name":"乙","kind":"count","max":10},
 {"name":"丙","kind":"number","min":-5,"max":10},
 {"name":"完成","kind":"number","min":0,"max":20},
 {"name":"目标","kind":"number","min":1,"max":10},
 {"name":"款","kind":"money","max":50},
 {"name":"丁","kind":"yes_no"},
 {"name":"戊","kind":"choice","words":["优","良","差"]},
 {"name":"限","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
 {"name":"交","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
 {"name":"判","kind":"number","min":0,"max":10,"judged":true},
 {"name":"己","kind":"count","max":8},
 {"name":"庚","kind":"yes_no"},
 {"name":"辛","kind":"number","min":0,"max":10},
 {"name":"办","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
 {"name":"事","kind":"events","max":5,"attribution":["own","subordinate"],"fields":[
   {"name":"级","kind":"choice","words":["上","中","下"]},{"name":"题","kind":"matter"},
   {"name":"日","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
   {"name":"数","kind":"number","min":0,"max":9},{"name":"急","kind":"yes_no"},{"name":"属","kind":"holder"}]},
 {"name":"报","kind":"events","max":4,"fields":[
   {"name":"级","kind":"choice","words":["上","中","下"]},{"name":"题","kind":"matter"},
   {"name":"日","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},{"name":"数","kind":"number","min":0,"max":9},{"name":"急","kind":"yes_no"}]},
 {"name":"评","kind":"events","max":7,"fields":[
   {"name":"类","kind":"choice","words":["领导","群众"]},{"name":"分","kind":"number","min":0,"max":10}]},
 {"name":"票","kind":"ballots","max":20,"words":["优","中","差"]},
 {"name":"榜","kind":"ballots","max":20,"words":["优","中","差"]}]"#;

const MAY_NOT_APPLY: [&str; 6] = ["己", "庚", "辛", "办", "报", "榜"];
const NAMES: [&str; 20] = [
    "甲", "乙", "丙", "完成", "目标", "款", "丁", "戊", "限", "交", "判", "己", "庚", "辛", "办", "事", "报", "评",
    "票", "榜",
];

/// Quarters, mostly whole.
fn quarters(random: &mut Random, low: i64, high: i64) -> String {
    let low = low * 4;
    let span = u64::try_from(high * 4 - low + 1).unwrap();
    let number = low + i64::try_from(random.below(span)).unwrap();
    let number = if random.once_in(3) {
        number
    } else {
        number.div_euclid(4) * 4
    };
    format!("\"{}\"", Fraction::parse(&format!("{number}/4")).unwrap())
}

fn date(random: &mut Random) -> String {
    // Few days, so that they meet: ends of months, and the days around working weeks.
    random
        .pick(&[
            "\"2023-01-31\"",
            "\"2023-03-31\"",
            "\"2023-04-01\"",
            "\"2023-06-30\"",
            "\"2023-07-01\"",
            "\"2023-09-28\"",
            "\"2023-10-07\"",
            "\"2023-10-08\"",
            "\"2023-12-31\"",
        ])
        .to_owned()
}

fn event(random: &mut Random, name: &str) -> String {
    if name == "评" {
        let score = quarters(random, 0, 10);
        return format!(r#"{{"类":"{}","分":{score}}}"#, random.pick(&["领导", "群众"]));
    }
    let holder = match name {
        "事" => random.pick(&[r#","属":"own""#, r#","属":"subordinate""#, r#","属":"vertical""#, ""]),
        _ => "",
    };
    format!(
        r#"{{"级":"{}","题":"{}","日":{},"数":{},"急":{}{holder}}}"#,
        random.pick(&["上", "中", "下"]),
        random.pick(&["一", "二"]),
        date(random),
        quarters(random, 0, 9),
        random.pick(&["true", "false"])
    )
}

fn ballots(random: &mut Random) -> String {
    let issued = random.below(21);
    let returned = issued - random.below(3).min(issued);
    let valid = returned - random.below(3).min(returned);
    let best = random.below(valid + 1);
    let middle = random.below(valid - best + 1);
    let worst = if random.once_in(2) { valid - best - middle } else { 0 };
    format!(
        r#"{{"issued":{issued},"returned":{returned},"valid":{valid},"votes":{{"优":{best},"中":{middle},"差":{worst}}}}}"#
    )
}

fn value(random: &mut Random, name: &str) -> String {
    if MAY_NOT_APPLY.contains(&name) && random.once_in(4) {
        return r#"{"state":"not_applicable","reason":"无"}"#.to_owned();
    }
    let zero = r#"{"state":"zero","declared_by":"岗"}"#;
    match name {
        "甲" | "乙" | "己" | "款" if random.once_in(5) => zero.to_owned(),
        "甲" => (1 + random.below(6)).to_string(),
        "乙" => (1 + random.below(10)).to_string(),
        "己" => (1 + random.below(8)).to_string(),
        "款" => (1 + random.below(50)).to_string(),
        "丙" => quarters(random, -5, 10),
        "完成" => quarters(random, 0, 20),
        "目标" => quarters(random, 1, 10),
        "辛" => quarters(random, 0, 10),
        "判" => {
            let judged = quarters(random, 0, 10);
            format!(r#"{{"state":"judged","value":{judged},"by":"组","reason":"评"}}"#)
        }
        "丁" | "庚" => random.pick(&["true", "false"]).to_owned(),
        "戊" => random.pick(&["\"优\"", "\"良\"", "\"差\""]).to_owned(),
        "限" | "交" | "办" => date(random),
        "票" | "榜" => ballots(random),
        _ => match random.below(if name == "评" { 8 } else { 5 }) {
            0 => zero.to_owned(),
            count => {
                let list: Vec<String> = (0..count).map(|_| event(random, name)).collect();
                format!(r#"{{"events":[{}],"complete":true}}"#, list.join(","))
            }
        },
    }
}

/// A subject of this number with further members of its document, and what the scheme 他 gave it.
pub fn subject(random: &mut Random, number: u64, members: &str) -> Given {
    let facts: Vec<String> = NAMES
        .iter()
        .map(|name| format!("\"{name}\":{}", value(random, name)))
        .collect();
    let document = format!(
        r#"{{"kind":"facts","format":1,"subject":"s{number}","scheme":"s","class":"{}"{members},
        "history":{{"2022":{{"完成":{}}},"2021":{{"完成":{}}}}},"targets":{{"完成":{}}},"facts":{{{}}}}}"#,
        random.pick(&["镇", "街道"]),
        quarters(random, 0, 20),
        quarters(random, 0, 20),
        quarters(random, 0, 20),
        facts.join(",")
    );
    let result = (
        Fraction::whole(random.below(121) as i64),
        random.pick(&["好", "劣"]).to_owned(),
    );
    Given {
        facts: document,
        results: BTreeMap::from([("他".to_owned(), result)]),
    }
}

/// One to six subjects, in one cohort or two, some of them below the first.
pub fn subjects(random: &mut Random) -> Vec<Given> {
    let count = 1 + random.below(6);
    let two_cohorts = random.once_in(4);
    let one = |number: u64| {
        let cohort = if two_cohorts && random.once_in(2) {
            r#","cohort":"丙组""#
        } else {
            ""
        };
        let parent = if number > 0 && random.once_in(2) {
            r#","parent":"s0""#
        } else {
            ""
        };
        subject(random, number, &format!("{cohort}{parent}"))
    };
    (0..count).map(one).collect()
}
