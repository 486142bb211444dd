//! The library against the oracle: drawn schemes over drawn facts, equal to the last digit, ties at rounding boundaries
//! included. `ZEREN_DIFFERENTIAL` gives another number of subjects than the hundred thousand of an ordinary run:
//! `ZEREN_DIFFERENTIAL=10000000 cargo test --release --test differential`.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test that fails should fail loudly; the oracle has parts that not every draw needs"
)]

mod oracle;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use oracle::fraction::Fraction;
use oracle::world::{Subject, World, text};
use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Entrant, Outcome, Results, Sheet, score_together};

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
    fn yes(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
    /// Few digits, so that values meet bounds and halves often.
    fn number(&mut self, most: u64) -> String {
        match self.below(4) {
            0 => format!("{}.5", self.below(most)),
            1 => format!("{}.25", self.below(most)),
            _ => self.below(most + 1).to_string(),
        }
    }
    fn some(&mut self, most: u64) -> String {
        format!("{}", 1 + self.below(most))
    }
}

const FACTS: &str = r#"[{"name":"数","kind":"count","max":6},{"name":"次","kind":"count","max":4},
 {"name":"值","kind":"number","min":1,"max":20},{"name":"率","kind":"number","min":0,"max":100},{"name":"成","kind":"yes_no"},
 {"name":"档","kind":"choice","words":["优","良","差"]},
 {"name":"应报","kind":"date","earliest":"2023-01-01","latest":"2023-01-31"},
 {"name":"报出","kind":"date","earliest":"2023-01-01","latest":"2023-01-31"},
 {"name":"事","kind":"events","max":5,"fields":[{"name":"级","kind":"choice","words":["上","下"]},{"name":"件","kind":"matter"},
  {"name":"日","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},{"name":"分","kind":"number","min":0,"max":10}]},
 {"name":"票","kind":"ballots","max":10,"words":["好","差"]}]"#;

/// A number over the facts.
fn value(random: &mut Random) -> String {
    match random.below(12) {
        0 => "率".into(),
        1 => "值".into(),
        2 => "数 * 3 - 次".into(),
        3 => format!("min(率, {})", random.some(90)),
        4 => "(成 ? 率 / 3 : 值 * 2)".into(),
        5 => format!(
            "round(率 / 7, 1, \\\"{}\\\")",
            random.pick(&["half_up", "half_even", "down", "up"])
        ),
        6 => "sum(事, 分, 级 == \\\"上\\\")".into(),
        7 => "count(事, 分 >= 5 || 件 == \\\"一\\\")".into(),
        8 => "(applicable(率) ? 率 : 值)".into(),
        9 => "root(值, 2, 2, \\\"half_up\\\") * 4".into(),
        10 => "abs(值 - 10) + 次".into(),
        _ => "报出 - 应报 + 31".into(),
    }
}

fn condition(random: &mut Random) -> String {
    match random.below(7) {
        0 => "成".into(),
        1 => format!("率 >= {}", random.number(100)),
        2 => format!("值 < {} && !成", random.number(20)),
        3 => "档 == \\\"优\\\" || 数 > 3".into(),
        4 => "报出 > 应报".into(),
        5 => format!("{} > {}", value(random), random.number(20)),
        _ => "applicable(率) && 率 > 50".into(),
    }
}

fn limits(random: &mut Random) -> String {
    let floor = random.pick(&["0", "0", "\"none\"", "-3"]);
    let cap = random.pick(&["10", "\"none\"", "8.5"]);
    format!(r#""floor":{floor},"cap":{cap}"#)
}

fn channels(random: &mut Random) -> String {
    let many = 1 + random.below(3);
    let one = |random: &mut Random| match random.below(4) {
        0 => format!(
            r#"{{"title":"少","count":"4 - 数","each":{},"cap":{}}}"#,
            random.some(3),
            random.some(6)
        ),
        1 => format!(r#"{{"title":"错","count":"次","escalate":[1,2.5,{}]}}"#, random.some(5)),
        2 => format!(
            r#"{{"title":"坏","when":"{}","each":{}}}"#,
            condition(random),
            random.some(4)
        ),
        _ => format!(
            r#"{{"title":"量","count":"{}","each":0.{},"whole":{},"times":{}}}"#,
            value(random),
            random.some(9),
            random.yes(2),
            random.some(2)
        ),
    };
    let all: Vec<String> = (0..many).map(|_| one(random)).collect();
    all.join(",")
}

fn rule(random: &mut Random, depth: u32) -> String {
    let kinds = if depth == 0 { 26 } else { 21 };
    match random.below(kinds) {
        0 => format!(r#""kind":"all_or_nothing","when":"{}","fail":{}"#, condition(random), random.number(4)),
        1 => format!(r#""kind":"checklist","done":"{}","of":{}"#, value(random), random.some(7)),
        2 => format!(
            r#""kind":"ratio","value":"{}","target":{},{}"#,
            value(random),
            random.some(90),
            random.pick(&[
                r#""over_full":"lost""#,
                r#""over_full":"carried","at_most":12"#,
                r#""over_full":"carried","at_most":"none","cliff":{"under":0.5,"gives":1}"#,
                r#""over_full":"lost","at_least":2"#
            ])
        ),
        3 => {
            let (high, low) = (50 + random.below(40), 10 + random.below(40));
            format!(
                r#""kind":"bands","value":"{}","bands":[{{"{}":{high},"points":10}},{{"from":{low},"{}":{high},"points":6.5}},{{"below":{low},"points":1}}]"#,
                value(random),
                "from",
                "below"
            )
        }
        4 => r#""kind":"choice","value":"档","points":{"优":10,"良":7.5,"差":2}"#.into(),
        5 => format!(
            r#""kind":"interpolate","value":"{}","nodes":[{{"at":2,"points":0}},{{"at":{},"points":6}},{{"at":60,"points":10}}],"outside":"{}""#,
            value(random),
            3 + random.below(50),
            random.pick(&["flat", "zero"])
        ),
        6 => format!(
            r#""kind":"slope","value":"{} - 10","base":5,"brackets":[{{"to":{},"rate":0.5}},{{"to":40,"rate":"1/3"}},{{"rate":0.1}}],"below":{},{}"#,
            value(random),
            random.some(20),
            random.pick(&["\"mirror\"", "\"flat\"", r#"[{"rate":1}]"#]),
            limits(random)
        ),
        7 => {
            let parts = random.pick(&["whole", "proportional"]);
            let under = random.pick(&[
                r#""none""#,
                r#"{"gives":2}"#,
                r#"{"every":4,"each":1,"parts":"whole","cap":5}"#,
                r#"{"every":3,"each":0.5,"parts":"proportional","cap":"none"}"#,
            ]);
            format!(
                r#""kind":"steps","value":"{}","target":{},"measure":"{}","base":{},"over":{{"every":{},"each":0.5,"parts":"{parts}","cap":4{}}},"under":{under},{}"#,
                value(random),
                random.some(50),
                random.pick(&["difference", "percent"]),
                random.number(9),
                random.some(10),
                random.pick(&["", r#","starts":5"#, r#","starts":10,"first":true"#]),
                limits(random)
            )
        }
        8 => format!(
            r#""kind":"gap","value":"{}","target":{},"better":"{}","every":{},"each":0.{},"parts":"{}","floor":0"#,
            value(random),
            random.number(80),
            random.pick(&["higher", "lower"]),
            random.some(3),
            random.some(9),
            random.pick(&["whole", "proportional"])
        ),
        9 => format!(r#""kind":"deduct","channels":[{}],"floor":{}"#, channels(random), random.pick(&["0", "\"none\"", "2"])),
        10 => format!(
            r#""kind":"late","due":"{}","done":"报出","days":"calendar",{}"#,
            random.pick(&["应报", "应报 + 3", "months_after(应报, 1) - 20"]),
            random.pick(&[r#""all":true"#, r#""each":0.5,"grace":1,"floor":0"#, r#""each":2,"every":3,"parts":"whole","floor":"none""#])
        ),
        11 => format!(r#""kind":"earn","channels":[{}]{}"#, channels(random), random.pick(&["", r#","cap":7"#, r#","cap":"none","start":1"#])),
        12 => format!(
            r#""kind":"award","events":"事","level":"级","levels":{{"上":3,"下":{}}},{}"#,
            random.number(2),
            random.pick(&[
                r#""matter":"件","same_matter":"highest""#,
                r#""same_matter":"stacked","factor":"分 / 10""#,
                r#""same_matter":"stacked","where":"分 > 2","extra":[{"title":"加","where":"件 == \"一\"","points":2}]"#,
                r#""same_matter":"stacked","per_period":{"date":"日","period":"month","cap":3},"cap":"none""#,
                r#""same_matter":"stacked","per_period":{"date":"日","period":"quarter","cap":4}"#
            ])
        ),
        13 => format!(
            r#""kind":"panel","events":"事","score":"分","out_of":10,"none":{}{}"#,
            random.number(3),
            random.pick(&["", r#","trim":{"highest":1,"lowest":1,"from":3}"#, r#","where":"级 == \"上\"""#])
        ),
        14 => format!(
            r#""kind":"vote","ballots":"票","weights":{{"好":100,"差":{}}},"out_of":100,"denominator":"{}","void":1{}"#,
            random.number(60),
            random.pick(&["valid", "returned", "issued"]),
            random.pick(&["", r#","quorum":0.5"#])
        ),
        15 => format!(r#""kind":"discretion","given":"{}","least":1,"most":8,"direction":"{}""#, value(random), random.pick(&["award", "deduct"])),
        16 => format!(r#""kind":"by_hand","given":"{}","out_of":{}"#, value(random), random.some(60)),
        17 => format!(
            r#""kind":"decision","rows":[{{"when":"{}","points":10}},{{"when":"{}","points":{}}}],"otherwise":1"#,
            condition(random),
            condition(random),
            random.number(9)
        ),
        18 => format!(
            r#""kind":"joint","events":"事","each":"分 / 2","share":0.{}{},"floor":{}"#,
            random.some(9),
            random.pick(&["", r#","direct":"级 == \"上\"""#]),
            random.pick(&["0", "\"none\""])
        ),
        19 => format!(
            r#""kind":"expiring","events":"事","level":"级","levels":{{"上":{{"points":4,"months":6}},"下":{{"points":1.5,"months":{}}}}},"date":"日","on":"date(\"2023-08-01\")","repeat_times":{},"floor":0"#,
            random.some(5),
            random.some(3)
        ),
        20 => format!(r#""kind":"formula","value":"{}",{}"#, value(random), limits(random)),
        21 => {
            let ties = random.pick(&["shared", "mean", "void"]);
            let points = random.pick(&[
                r#""points":[10,8,6.5],"beyond":1"#,
                r#""first":10,"step":3"#,
                r#""points":[5,3],"from_last":[-5,-3]"#,
            ]);
            let when = if random.yes(3) { r#","when":"成","otherwise":2"# } else { "" };
            format!(r#""kind":"rank","value":"{}","order":"{}",{points},"ties":"{ties}"{when}"#, value(random), random.pick(&["descending", "ascending"]))
        }
        22 => format!(
            r#""kind":"benchmark","value":"值","against":{},"over_full":"{}"{}"#,
            random.pick(&["\"best\"", "\"mean\"", "7"]),
            random.pick(&["lost"]),
            random.pick(&["", r#","lower_is_better":true"#])
        ),
        23 => format!(
            r#""kind":"minmax","value":"{}","worst":{},"best":{},"base":4,"equal":9"#,
            value(random),
            random.pick(&["\"cohort\"", "0"]),
            random.pick(&["\"cohort\"", "100"])
        ),
        24 => format!(
            r#""kind":"better_of","choose":"{}","options":[{{"title":"一",{}}},{{"title":"二",{}}}]"#,
            random.pick(&["higher", "lower"]),
            rule(random, 1),
            rule(random, 1)
        ),
        _ => match random.below(2) {
            0 => format!(r#""kind":"subordinates","value":"{}","combine":"{}","out_of":{}"#, value(random), random.pick(&["mean", "lowest", "highest", "sum"]), random.some(80)),
            _ => format!(r#""kind":"included","scheme":"别","out_of":100,{}"#, random.pick(&[r#""over_full":"lost""#, r#""over_full":"carried""#])),
        },
    }
}

fn tail(random: &mut Random) -> String {
    let mut more = String::new();
    if random.yes(6) {
        more.push_str(&format!(
            r#","gates":[{{"title":"门槛","when":"{}","at_most":{}}}]"#,
            condition(random),
            random.number(8)
        ));
    }
    if random.yes(6) {
        let factor = random.pick(&["0.9", "1.05", "\"成 ? 1 : 0.8\"", "\"率 / 100\""]);
        more.push_str(&format!(r#","coefficient":{factor}"#));
    }
    if random.yes(6) {
        more.push_str(&format!(r#","convert":{{"from":10,"to":{}}}"#, random.some(30)));
    }
    more
}

fn leaf(random: &mut Random, id: &str, weighted: bool, pool: bool) -> String {
    let mut more = tail(random);
    // With a floor above nought, zero_when would be lifted by it: held in tests/order.rs.
    let rule = rule(random, 0);
    if random.yes(8) && !rule.contains(r#""floor":2"#) && !rule.contains("at_least") && !rule.contains(r#""least""#) {
        more.push_str(&format!(r#","zero_when":"{}""#, condition(random)));
    }
    if random.yes(8) {
        more.push_str(&format!(r#","applies_when":"{}""#, condition(random)));
    }
    if random.yes(8) {
        let mode = random.pick(&["half_up", "half_even", "down", "up"]);
        more.push_str(&format!(
            r#","rounding":{{"mode":"{mode}","place":{}}}"#,
            random.below(2)
        ));
    }
    if random.yes(8) && !pool {
        more.push_str(&format!(
            r#","not_applicable":"{}""#,
            random.pick(&["full", "zero", "mean", "renormalise"])
        ));
    }
    if weighted {
        more.push_str(&format!(r#","weight":0.{}"#, random.some(9)));
    }
    let points = random.pick(&["10", "10", "12.5", "7"]);
    format!(r#"{{"id":"{id}","title":"项{id}","points":{points},"rule":{{{rule}}}{more}}}"#)
}

fn group(random: &mut Random, id: &str) -> String {
    let combine = random.pick(&["sum", "sum", "mean", "weighted", "lowest", "highest"]);
    let many = 1 + random.below(3);
    let items: Vec<String> = (0..many)
        .map(|place| leaf(random, &format!("{id}.{place}"), combine == "weighted", false))
        .collect();
    let mut more = tail(random);
    for (name, value) in [("cap", random.number(20)), ("floor", random.number(3))] {
        if random.yes(3) {
            more.push_str(&format!(r#","{name}":{value}"#));
        }
    }
    if random.yes(5) {
        more.push_str(&format!(r#","zero_when":"{}""#, condition(random)));
    }
    if random.yes(6) {
        more.push_str(&format!(r#","least_applicable":{}"#, random.some(3)));
    }
    if random.yes(6) {
        more.push_str(r#","not_applicable":"renormalise""#);
    }
    format!(
        r#"{{"id":"{id}","title":"组{id}","combine":"{combine}","items":[{}]{more}}}"#,
        items.join(",")
    )
}

fn scheme(random: &mut Random) -> String {
    let many = 1 + random.below(4);
    let mut items: Vec<String> = (0..many)
        .map(|place| {
            if random.yes(3) {
                group(random, &format!("g{place}"))
            } else {
                leaf(random, &format!("i{place}"), false, false)
            }
        })
        .collect();
    let first = if items[0].contains(r#""id":"g0""#) { "g0" } else { "i0" };
    if random.yes(3) {
        items.push(format!(
            r#"{{"id":"last","title":"末项","points":5,"rule":{{"kind":"formula","value":"item(\"{first}\") / 2 + 1","floor":0,"cap":5}}}}"#
        ));
    }
    let mut more = String::new();
    if random.yes(2) {
        let cap = random.pick(&["3", "\"none\"", "4.5"]);
        let when = if random.yes(4) {
            format!(r#","when":"{}""#, condition(random))
        } else {
            String::new()
        };
        more.push_str(&format!(
            r#","bonus":{{"cap":{cap}{when},"items":[{}]}}"#,
            leaf(random, "b0", false, true)
        ));
    }
    if random.yes(3) {
        more.push_str(&format!(
            r#","penalties":{{"cap":{},"items":[{}]}}"#,
            random.pick(&["3", "\"none\""]),
            leaf(random, "p0", false, true)
        ));
    }
    if random.yes(3) {
        more.push_str(random.pick(&[
            r#","total":{"floor":5}"#,
            r#","total":{"cap":20}"#,
            r#","total":{"floor":3,"cap":30}"#,
        ]));
    }
    let mut vetoes = Vec::new();
    for (id, effect) in [
        ("v1", r#""score_zero":true"#),
        ("v2", r#""score_at_most":12.5"#),
        ("v3", r#""grade_is":"中""#),
        ("v4", r#""grade_at_least":"良""#),
        ("v5", r#""grade_down":1"#),
        ("v6", r#""grade_at_most":"良""#),
    ] {
        if random.yes(5) {
            vetoes.push(format!(
                r#"{{"id":"{id}","title":"否决{id}","when":"{}",{effect}}}"#,
                condition(random)
            ));
        }
    }
    let needs = random.pick(&["", r#","needs":"rank(total) <= 2""#, r#","needs":"成 || total > 20""#]);
    let grades = format!(
        r#","grades":{{"compare":"{}","bands":[{{"grade":"优","{}":{}{needs}}},{{"grade":"良","from":10}},{{"grade":"中","from":5}},{{"grade":"差"}}]}}"#,
        random.pick(&["full", "rounded"]),
        random.pick(&["from", "above"]),
        15 + random.below(10)
    );
    let quotas = if random.yes(2) {
        let size = match random.below(2) {
            0 => format!(
                r#""share":0.{},"rounding":"{}""#,
                random.some(9),
                random.pick(&["down", "half_up", "half_even", "up"])
            ),
            _ => format!(r#""count":{}"#, random.below(3)),
        };
        let ties = random.pick(&["keep", "drop"]);
        format!(r#","quotas":[{{"grade":"优",{size},"ties":"{ties}"}},{{"grade":"良","count":2,"ties":"{ties}"}}]"#)
    } else {
        String::new()
    };
    let ranking = random.pick(&[r#""ties":"shared""#, r#""ties":"broken","then":"值""#]);
    let policy = random.pick(&["renormalise", "renormalise", "full", "zero", "mean"]);
    let (when, place) = (random.pick(&["total", "item"]), random.below(3));
    let mode = random.pick(&["half_up", "half_even", "down", "up"]);
    format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"抽样","year":2023,"status":"adopted",
        "redetermination":"subject_only","facts":{FACTS},"items":[{}],"vetoes":[{}],"not_applicable":"{policy}",
        "rounding":{{"when":"{when}","place":{place},"mode":"{mode}"}},"ranking":{{{ranking}}}{grades}{quotas}{more}}}"#,
        items.join(","),
        vetoes.join(",")
    )
}

fn facts(random: &mut Random) -> String {
    let rate = if random.yes(8) {
        r#"{"state":"not_applicable","reason":"无"}"#.to_owned()
    } else {
        random.number(100)
    };
    let many = random.below(5);
    let events: Vec<String> = (0..many)
        .map(|_| {
            format!(
                r#"{{"级":"{}","件":"{}","日":"2023-{:02}-{:02}","分":{}}}"#,
                random.pick(&["上", "下"]),
                random.pick(&["一", "二", "三"]),
                1 + random.below(12),
                1 + random.below(31).min(27),
                random.number(10)
            )
        })
        .collect();
    let issued = random.below(11);
    let returned = random.below(issued + 1);
    let valid = random.below(returned + 1);
    let good = random.below(valid + 1);
    let bad = random.below(valid - good + 1);
    format!(
        r#"{{"数":{},"次":{},"值":{},"率":{rate},"成":{},"档":"{}","应报":"2023-01-{:02}","报出":"2023-01-{:02}","事":{{"events":[{}],"complete":true}},
        "票":{{"issued":{issued},"returned":{returned},"valid":{valid},"votes":{{"好":{good},"差":{bad}}}}}}}"#,
        random.below(7),
        random.below(5),
        random.pick(&["1", "2.5", "4", "7.25", "10", "10", "12.5", "20"]),
        random.yes(2),
        random.pick(&["优", "良", "差"]),
        1 + random.below(31),
        1 + random.below(31),
        events.join(",")
    )
}

/// Exactly the same number.
fn same(library: &Exact, oracle: &Fraction) -> bool {
    library.to_string().split_once('/').map_or_else(
        || Fraction::parse(&library.to_string()),
        |_| Fraction::parse(&library.to_string()),
    ) == Some(oracle.clone())
}

fn compare(sheets: &[Sheet], world: &World<'_>, told: &dyn Fn() -> String) {
    let grades = world.grades();
    for (who, sheet) in sheets.iter().enumerate() {
        for (node, pool) in world.all_nodes() {
            let id = text(node, "id").unwrap();
            let part = world.node(node, who, pool);
            let item = sheet
                .items
                .iter()
                .chain(&sheet.groups)
                .find(|item| item.id == id)
                .unwrap();
            let points = if id == "p0" {
                -&item.points.lowest
            } else {
                item.points.lowest.clone()
            };
            assert!(item.points.is_single(), "{id} is open: {}", told());
            assert!(
                same(&points, &part.points),
                "{id} of {who}: library {points}, oracle {}
{}
{}",
                part.points,
                zeren::document::canonical(node),
                told()
            );
        }
        let total = world.total(who);
        assert!(
            same(&sheet.total.lowest, &total),
            "total of {who}: {} and {total}: {}",
            sheet.total.zh(),
            told()
        );
        let place = sheet.rank.map(|rank| rank.best as usize);
        assert_eq!(place, world.place(who), "rank of {who}: {}", told());
        assert_eq!(sheet.grades.first(), grades[who].as_ref(), "grade of {who}: {}", told());
    }
}

#[test]
fn the_library_equals_the_oracle() {
    let wanted = std::env::var("ZEREN_DIFFERENTIAL")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(100_000_u64);
    let mut random = Random(0x0dd_ba11_5eed);
    let (mut scored, mut refused) = (0_u64, 0_u64);
    while scored < wanted {
        let text = scheme(&mut random);
        let document = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let scheme = match Scheme::read(&document) {
            Ok(scheme) => scheme,
            Err(error) => {
                // Drawn bands may not cover what they measure, drawn divisors may be nought, items may go in a circle: refused.
                let known = ["scheme.open_question", "scheme.target", "scheme.bands", "scheme.cycle"];
                assert!(
                    error.findings().iter().all(|finding| known.contains(&finding.code)),
                    "{error}\n{text}"
                );
                refused += 1;
                continue;
            }
        };
        for _ in 0..4 {
            let size = 1 + random.below(6);
            let mut world = World {
                scheme: &document,
                subjects: Vec::new(),
                known: RefCell::new(BTreeMap::new()),
                in_full: Cell::new(false),
            };
            let (mut documents, mut results) = (Vec::new(), Vec::new());
            for who in 0..size {
                let (cohort, above) = (random.pick(&["一", "一", "二"]), random.below(size));
                let parent = (random.yes(2) && above != who).then(|| format!("x{above}"));
                let told = facts(&mut random);
                let named = parent
                    .as_ref()
                    .map(|parent| format!(r#""parent":"{parent}","#))
                    .unwrap_or_default();
                let whole = format!(
                    r#"{{"kind":"facts","format":1,"subject":"x{who}","scheme":"s","cohort":"{cohort}",{named}"facts":{told}}}"#
                );
                documents.push(Facts::read(&parse(whole.as_bytes()).unwrap()).unwrap());
                let score = random.number(110);
                let exact = Exact::from_text(&score).unwrap();
                let outcome = Outcome {
                    lowest: exact.clone(),
                    highest: exact,
                    grades: Vec::new(),
                };
                results.push(Results::from([("别".to_owned(), outcome)]));
                world.subjects.push(Subject {
                    id: format!("x{who}"),
                    cohort: cohort.to_owned(),
                    parent,
                    facts: parse(told.as_bytes()).unwrap(),
                    results: BTreeMap::from([("别".to_owned(), Fraction::parse(&score).unwrap())]),
                });
            }
            let entrants = documents
                .iter()
                .zip(&results)
                .map(|(facts, results)| Entrant { facts, results });
            let told = || {
                let facts: Vec<String> = world
                    .subjects
                    .iter()
                    .map(|subject| zeren::document::canonical(&subject.facts))
                    .collect();
                format!("{text}\n{}", facts.join("\n"))
            };
            let sheets = score_together(&scheme, &entrants.collect::<Vec<_>>())
                .unwrap_or_else(|error| panic!("{error}\n{}", told()));
            compare(&sheets, &world, &told);
            scored += size;
        }
    }
    assert!(
        refused < scored,
        "{refused} schemes refused for {scored} subjects scored"
    );
}
