//! A county's ten years, as acts: what an office-automation system hands in, one act a paper.

use zeren::document::sm3_hex;
use zeren::ledger::Head;
use zeren::system::{Request, System};

/// Departments, towns and villages under the county.
const UNITS: usize = 200;
const YEARS: usize = 10;
/// Acts that are handed in together: a day's papers.
const TOGETHER: usize = 50;

pub const LEDGER: &str = "示例县";

/// The county's ledger: its state, and its lines.
pub struct Ledger {
    pub system: System,
    pub lines: Vec<String>,
}

/// So many lines: the units, their posts and each year's letters first, then records until there are enough.
pub fn ledger(lines: usize) -> Result<Ledger, String> {
    let mut ledger = Ledger {
        system: System::new(LEDGER),
        lines: Vec::with_capacity(lines),
    };
    ledger.enter(&founding())?;
    let a_year = lines.saturating_sub(ledger.lines.len()) / YEARS;
    for year in 2013..2013 + YEARS {
        let records = a_year.saturating_sub(1);
        ledger.enter(&[letters(year)])?;
        let numbers: Vec<usize> = (0..records).collect();
        for day in numbers.chunks(TOGETHER) {
            let acts: Vec<String> = day.iter().map(|number| record(year, *number, records)).collect();
            ledger.enter(&acts)?;
        }
    }
    Ok(ledger)
}

/// The bytes of a request for acts at a head.
pub fn request(head: &Head, acts: &[String]) -> String {
    let (position, digest) = (head.position, &head.digest);
    format!(
        r#"{{"head":{{"position":{position},"digest":"{digest}"}},"time":"2023-01-04T09:00:00+08:00","operator":"录入员-17","acts":[{}]}}"#,
        acts.join(",")
    )
}

impl Ledger {
    fn enter(&mut self, acts: &[String]) -> Result<(), String> {
        let text = request(self.system.head(), acts);
        let request = Request::parse(text.as_bytes()).map_err(told)?;
        let prepared = self.system.prepare(&request).map_err(told)?;
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared).map_err(told)
    }
}

fn founding() -> Vec<String> {
    let units: Vec<String> = (0..=UNITS)
        .map(|unit| {
            let superior = match unit {
                0 => String::new(),
                1..=20 => r#","superiors":[{"edge":"line","unit":"u-0"}]"#.to_owned(),
                _ => format!(r#","superiors":[{{"edge":"line","unit":"u-{}"}}]"#, unit % 20 + 1),
            };
            format!(r#"{{"id":"u-{unit}","name":"第{unit}单位","class":"乡镇"{superior}}}"#)
        })
        .collect();
    let posts: Vec<String> = (0..=UNITS)
        .map(|unit| format!(r#"{{"id":"p-{unit}","unit":"u-{unit}","name":"主要负责人"}}"#))
        .collect();
    vec![
        r#"{"act":"edges.declared","id":"edges","effective":"2013-01-01","edges":[{"id":"line","name":"隶属","single":true,"acyclic":true}]}"#.to_owned(),
        format!(
            r#"{{"act":"units.founded","id":"units","effective":"2013-01-01","units":[{}]}}"#,
            units.join(",")
        ),
        format!(
            r#"{{"act":"posts.founded","id":"posts","effective":"2013-01-01","posts":[{}]}}"#,
            posts.join(",")
        ),
    ]
}

fn letters(year: usize) -> String {
    let letters: Vec<String> = (1..=UNITS)
        .map(|unit| {
            let above = if unit <= 20 { 0 } else { unit % 20 + 1 };
            let digest = sm3_hex(format!("{year}-{unit}").as_bytes());
            format!(
                r#"{{"letter":{{"id":"l-{year}-{unit}","title":"{year}年度安全生产责任书","period":{{"from":"{year}-01-01","to":"{year}-12-31"}},"issuers":[{{"unit":"u-{above}","signatories":["p-{above}"]}}],"receivers":[{{"unit":"u-{unit}","signatories":["p-{unit}"]}}],"duties":[{{"id":"1","title":"按季度开展隐患排查并按期整改"}}],"text":{{"sm3":"{digest}"}}}},"signatures":[{{"post":"p-{above}","person":"k-{above}","capacity":"holder","on":"{year}-01-10"}},{{"post":"p-{unit}","person":"k-{unit}","capacity":"holder","on":"{year}-01-12"}}]}}"#
            )
        })
        .collect();
    format!(
        r#"{{"act":"letters.registered","id":"letters-{year}","effective":"{year}-01-02","letters":[{}]}}"#,
        letters.join(",")
    )
}

/// One of so many records of a year.
pub fn record(year: usize, number: usize, of: usize) -> String {
    let unit = number % UNITS + 1;
    let month = number * 12 / of.max(1) + 1;
    let day = number % 28 + 1;
    format!(
        r#"{{"act":"records.entered","id":"r-{year}-{number}","effective":"{year}-{month:02}-{day:02}","records":[{{"id":"r-{year}-{number}","kind":"隐患排查","unit":"u-{unit}","evidence":[{{"reference":"oa-{year}-{number}","kind":"检查记录"}}]}}]}}"#
    )
}

pub fn told(error: zeren::error::Error) -> String {
    error.to_string()
}
