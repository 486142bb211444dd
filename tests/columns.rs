//! Columns give what the run over single subjects gives: over schemes and tables drawn by a small deterministic generator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "a test that fails should fail loudly"
)]

use zeren::document::parse;
use zeren::exact::Exact;
use zeren::fact::{Facts, Kind};
use zeren::scheme::Scheme;
use zeren::score::column::{Amounts, Column, ColumnPlan, Presence, Table, Values};
use zeren::score::{Sheet, score_cohort};

/// Drawn schemes in an ordinary run.
const SCHEMES: u64 = 400;

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

/// Small ranges, so that ties are common.
const FACTS: &str = r#"[
 {"name":"甲","kind":"count","max":6},
 {"name":"乙","kind":"money","min":1,"max":4},
 {"name":"丙","kind":"number","min":-5,"max":10},
 {"name":"丁","kind":"yes_no"},
 {"name":"戊","kind":"choice","words":["高","低"]},
 {"name":"日","kind":"date","earliest":"2023-03-01","latest":"2023-03-20"}]"#;

fn number(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return match random.below(5) {
            0 => random.below(8).to_string(),
            1 => format!("{}.{}", random.below(3), random.below(10)),
            _ => random
                .pick(&["甲", "乙", "丙", "(日 - date(\"2023-03-07\"))"])
                .to_owned(),
        };
    }
    let (a, b) = (number(random, depth - 1), number(random, depth - 1));
    match random.below(14) {
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
        8 => format!("({a}) / 乙"),
        9 => format!("(甲 > 0 ? min(abs({a}) / 甲, 9) : {b})"),
        10 => format!("(丙 < 0 ? ({a}) / 丙 : {b})"),
        11 => {
            let over = random.pick(&["cohort_max", "cohort_min", "cohort_mean", "cohort_sum", "rank"]);
            format!("{over}({})", random.pick(&["甲", "丙", "乙 + 甲", "甲 - 丙"]))
        }
        12 => format!("cohort_count({})", condition(random, 0)),
        _ => format!("({} ? {a} : {b})", condition(random, depth - 1)),
    }
}

fn condition(random: &mut Random, depth: u32) -> String {
    if depth == 0 {
        return match random.below(4) {
            0 => "丁".to_owned(),
            1 => random.pick(&["戊 == \"高\"", "戊 != \"低\""]).to_owned(),
            2 => format!("applicable({})", random.pick(&["甲", "丙", "戊"])),
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
    match random.below(9) {
        0 => format!(
            r#"{{"kind":"all_or_nothing","when":{}}}"#,
            quoted(&condition(random, depth))
        ),
        1 => format!(r#"{{"kind":"checklist","done":{value},"of":{}}}"#, 1 + random.below(5)),
        2 => format!(
            r#"{{"kind":"ratio","over_full":"carried","at_most":7.5,"value":{value},"target":{}}}"#,
            random.pick(&["3", "\"乙\"", "7", "\"乙 + 甲\""])
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
        4 => format!(
            r#"{{"kind":"decision","rows":[{{"when":{},"points":3,"title":"一"}},{{"when":{},"points":"甲 / 4","title":"二"}}],"otherwise":1}}"#,
            quoted(&condition(random, 1)),
            quoted(&condition(random, depth))
        ),
        5 => format!(
            r#"{{"kind":"rank","value":{},"order":"{}","points":[5,4,2.5],"beyond":1,{}}}"#,
            quoted(random.pick(&["甲", "丙", "甲 + 丙", "甲 / 乙"])),
            random.pick(&["ascending", "descending"]),
            random.pick(&[
                r#""ties":"shared""#,
                r#""ties":"mean""#,
                r#""ties":"broken","then":"丙 - 甲""#
            ])
        ),
        6 => r#"{"kind":"minmax","value":"丙","worst":"cohort","best":"cohort","base":2,"equal":3}"#.to_owned(),
        7 => r#"{"kind":"choice","value":"戊","points":{"高":3,"低":1.25}}"#.to_owned(),
        _ => format!(r#"{{"kind":"formula","value":{value},"floor":-2,"cap":9}}"#),
    }
}

fn items(random: &mut Random, prefix: &str, depth: u32) -> String {
    let count = 1 + random.below(3);
    let item = |random: &mut Random, index: u64| {
        let id = format!("{prefix}{index}");
        if depth > 0 && random.below(3) == 0 {
            let inner = items(random, &format!("{id}."), depth - 1);
            return format!(
                r#"{{"id":"{id}","title":"组","cap":{},"items":{inner}}}"#,
                1 + random.below(9)
            );
        }
        let (points, rule) = (random.below(12), rule(random));
        format!(r#"{{"id":"{id}","title":"项","points":{points},"rule":{rule}}}"#)
    };
    let list: Vec<String> = (0..count).map(|index| item(random, index)).collect();
    format!("[{}]", list.join(","))
}

fn pool(random: &mut Random, name: &str) -> String {
    if random.often(2) {
        format!(r#""{name}":{{"cap":3,"items":{}}},"#, items(random, &name[..1], 0))
    } else {
        String::new()
    }
}

fn scheme(random: &mut Random) -> Scheme {
    // A drawn expression may be refused (a divisor that may be nought, or a rank with itself): draw another.
    for _ in 0..100 {
        let vetoes = format!(
            r#"[{{"id":"v1","title":"否决","when":{},"score_zero":true}},{{"id":"v2","title":"封顶","when":{},"score_at_most":7.25}},{{"id":"v3","title":"降等","when":{},"grade_at_most":"中"}}]"#,
            quoted(&format!("丁 && {}", condition(random, 1))),
            quoted(&condition(random, 1)),
            quoted(&condition(random, 1))
        );
        let text = format!(
            r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
            "facts":{FACTS},"items":{},{}{}"vetoes":{vetoes},"not_applicable":"{}",
            "rounding":{{"when":"{}","place":{},"mode":"{}"}},"ranking":{},"redetermination":"rerank_all",
            "quotas":[{{"grade":"优","share":"1/5","rounding":"{}","ties":"{}"}}],
            "grades":{{"compare":"{}","bands":[{{"grade":"优","from":12}},{{"grade":"中","from":5}},{{"grade":"差"}}]}}}}"#,
            items(random, "i", 2),
            pool(random, "bonus"),
            pool(random, "penalties"),
            random.pick(&["full", "zero", "renormalise"]),
            random.pick(&["item", "total", "total"]),
            random.below(3),
            random.pick(&["half_even", "half_up", "down", "up"]),
            random.pick(&[r#"{"ties":"shared"}"#, r#"{"ties":"broken","then":"丙"}"#]),
            random.pick(&["down", "half_up", "up"]),
            random.pick(&["keep", "drop"]),
            random.pick(&["full", "rounded"]),
        );
        if let Ok(scheme) = Scheme::parse(text.as_bytes()) {
            return scheme;
        }
    }
    panic!("no scheme of a hundred is accepted")
}

/// A table as it is drawn, and what of it is missing.
struct Drawn {
    numbers: Vec<Vec<i64>>,
    scales: Vec<u32>,
    /// The first of the numbers again, in 32 bits.
    narrow: Vec<i32>,
    truths: Vec<u8>,
    words: Vec<u32>,
    presence: Vec<Vec<Presence>>,
    cohorts: Vec<u32>,
}

fn draw(random: &mut Random, rows: usize, missing: bool, finer: bool) -> Drawn {
    let mut columns = |least: i64, width: u64| -> Vec<i64> {
        (0..rows)
            .map(|_| least + i64::try_from(random.below(width)).unwrap())
            .collect()
    };
    // 丙 in quarters; where `finer`, money has one place more than is declared.
    let spring = 738_580;
    let days = columns(0, 20);
    let numbers = vec![
        columns(0, 7),
        columns(if finer { 1_000 } else { 1 }, if finer { 5 } else { 4 }),
        columns(-20, 61).into_iter().map(|quarter| quarter * 25).collect(),
        days.into_iter().map(|day| spring + day).collect(),
    ];
    let bits = columns(0, 2);
    let words = columns(0, 2);
    let shuffled = random.often(2);
    let cohorts = (0..rows)
        .map(|row| {
            if shuffled {
                u32::try_from(random.below(3)).unwrap()
            } else {
                u32::try_from(row / 14).unwrap()
            }
        })
        .collect();
    let presence = (0..6)
        .map(|_| {
            let state = |random: &mut Random| match random.below(60) {
                0 if missing => Presence::Unknown,
                1 if missing => Presence::NotApplicable,
                _ => Presence::Known,
            };
            (0..rows).map(|_| state(random)).collect()
        })
        .collect();
    Drawn {
        narrow: numbers[0]
            .iter()
            .map(|number| i32::try_from(*number).unwrap())
            .collect(),
        numbers,
        scales: vec![0, if finer { 3 } else { 0 }, 2, 0],
        truths: bits.into_iter().map(|bit| u8::try_from(bit).unwrap()).collect(),
        words: words.into_iter().map(|word| u32::try_from(word).unwrap()).collect(),
        presence,
        cohorts,
    }
}

/// Which column of numbers each input is; 丁 and 戊 are none.
const NUMBERS: [Option<usize>; 6] = [Some(0), Some(1), Some(2), None, None, Some(3)];

impl Drawn {
    fn table(&self, missing: bool) -> Table<'_> {
        let values = |place: usize| match (place, NUMBERS[place]) {
            (0, _) => Values::Narrow {
                values: &self.narrow,
                scale: 0,
            },
            (_, Some(number)) => Values::Number {
                values: &self.numbers[number],
                scale: self.scales[number],
            },
            (3, None) => Values::Truth(&self.truths),
            _ => Values::Word(&self.words),
        };
        let columns = (0..6).map(|place| Column {
            values: values(place),
            presence: missing.then(|| self.presence[place].as_slice()),
        });
        Table {
            rows: self.cohorts.len(),
            columns: columns.collect(),
            cohorts: Some(&self.cohorts),
            parents: None,
        }
    }

    fn facts(&self, scheme: &Scheme, row: usize) -> Facts {
        let mut values = Vec::new();
        for (place, input) in scheme.facts().iter().enumerate() {
            let value = match self.presence[place][row] {
                Presence::Unknown => r#"{"state":"unknown"}"#.to_owned(),
                Presence::NotApplicable => r#"{"state":"not_applicable","reason":"无"}"#.to_owned(),
                Presence::Known => match (input.kind, NUMBERS[place]) {
                    (Kind::YesNo, _) => (self.truths[row] != 0).to_string(),
                    (Kind::Choice, _) => quoted(&input.words[self.words[row] as usize]),
                    (Kind::Date, Some(number)) => {
                        let day = zeren::calendar::Date::from_number(self.numbers[number][row]).unwrap();
                        quoted(&day.to_string())
                    }
                    (_, Some(number)) => {
                        let scale = 10_i128.pow(self.scales[number]);
                        let value = Exact::ratio(i128::from(self.numbers[number][row]), scale).unwrap();
                        quoted(&value.to_string())
                    }
                    _ => unreachable!(),
                },
            };
            values.push(format!("{}:{value}", quoted(&input.name)));
        }
        let text = format!(
            r#"{{"kind":"facts","format":1,"subject":"{row}","scheme":"s","cohort":"{}","facts":{{{}}}}}"#,
            self.cohorts[row],
            values.join(",")
        );
        Facts::read(&parse(text.as_bytes()).unwrap()).unwrap()
    }
}

fn place(scheme: &Scheme, grades: &[String]) -> Exact {
    let found = scheme.grades().iter().position(|grade| *grade == grades[0]).unwrap();
    Exact::from(found)
}

/// What the columns say of a row is what its sheet says.
fn agrees(scheme: &Scheme, scored: &zeren::score::column::Scored, row: usize, sheet: &Sheet) {
    let at = |amounts: &Amounts| amounts.value(row).unwrap();
    assert!(sheet.total.is_single());
    assert_eq!(at(&scored.total), sheet.total.lowest, "total of row {row}");
    assert_eq!(scored.points.len(), sheet.items.len());
    for (amounts, item) in scored.points.iter().zip(&sheet.items) {
        assert_eq!(at(amounts), item.points.lowest, "{} of row {row}", item.id);
    }
    let rank = sheet.rank.as_ref().unwrap();
    assert_eq!(
        at(scored.rank.as_ref().unwrap()),
        Exact::from(rank.best),
        "rank of row {row}"
    );
    assert_eq!(
        at(scored.grade.as_ref().unwrap()),
        place(scheme, &sheet.grades),
        "grade of row {row}"
    );
    let earned = if sheet.earned_grades.is_empty() {
        &sheet.grades
    } else {
        &sheet.earned_grades
    };
    assert_eq!(
        at(scored.earned_grade.as_ref().unwrap()),
        place(scheme, earned),
        "earned grade of row {row}"
    );
}

#[test]
fn columns_are_the_run_over_single_subjects() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut by_columns, mut by_exact, mut wide, mut by_rows) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut used = None;
    for number in 0..SCHEMES {
        let scheme = scheme(&mut random);
        let (missing, finer) = (number % 4 == 1, number % 8 == 2);
        let rows = if number % 50 == 0 { 1_300 } else { 42 };
        let drawn = draw(&mut random, rows, missing, finer);
        let facts: Vec<Facts> = (0..rows).map(|row| drawn.facts(&scheme, row)).collect();
        let sheets = score_cohort(&scheme, &facts);
        let plan = ColumnPlan::new(&scheme).unwrap();
        wide += usize::from(plan.bits() == Some(128));
        assert_eq!(plan.exact_because(), None);
        by_rows += usize::from(plan.rows_because().count() > 0);
        // Every second one in memory that other results have used.
        let scored = match used.take() {
            Some(used) => plan.score_again(&drawn.table(missing), used),
            None => plan.score(&drawn.table(missing)),
        };
        // What has no bound while facts are unknown is refused either way.
        let (sheets, scored) = match (sheets, scored) {
            (Ok(sheets), Ok(scored)) => (sheets, scored),
            (Err(sheets), Err(scored)) if missing => {
                assert_eq!(sheets.findings()[0].code, scored.findings()[0].code);
                continue;
            }
            (sheets, scored) => panic!("{:?} but {:?}", sheets.err(), scored.err()),
        };
        for (row, sheet) in sheets.iter().enumerate() {
            match scored.sheets.get(&row) {
                None => {
                    agrees(&scheme, &scored, row, sheet);
                    by_columns += 1;
                }
                Some(own) => {
                    assert_eq!(own.total, sheet.total, "total of row {row}");
                    assert_eq!(own.items, sheet.items, "items of row {row}");
                    assert_eq!(
                        (&own.grades, &own.rank),
                        (&sheet.grades, &sheet.rank),
                        "grade of row {row}"
                    );
                    by_exact += 1;
                }
            }
        }
        used = Some(scored).filter(|_| number % 2 == 0);
    }
    // The test would say nothing if one of the ways were never taken.
    assert!(
        by_columns > 8_000 && by_exact > 1_000,
        "{by_columns} by columns, {by_exact} exactly"
    );
    assert!(
        wide > 0 && by_rows > 0,
        "{wide} schemes in 128 bits, {by_rows} with cells row by row"
    );
}
