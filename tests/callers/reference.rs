//! The first case through the Rust API: what every other language has to write.

use std::path::Path;

use zeren::document::read;
use zeren::error::Result;
use zeren::scheme::Scheme;
use zeren::system::{Request, System};
use zeren::year::Year;

const NAMES: &str = r#"{"time":"2023-01-04T09:00:00+08:00","operator":"u-17","acts":[{"act":"units.founded","id":"a-1",
    "effective":"2023-01-01","units":[{"id":"u-𬱖","name":"䶮㙍𬱖𫘦𨱔镇","class":"镇"}]}]}"#;
const NOBODY: &str = r#"{"time":"2024-01-31T09:00:00+08:00","operator":"office-1","acts":[{"act":"unit.ended","id":"x",
    "effective":"2024-01-01","unit":"无此单位"}]}"#;

/// Runs the district's two years and writes what they give.
pub fn write(district: &Path, out: &Path) {
    let file = |name: &str, text: &str| std::fs::write(out.join(name), text).unwrap();
    let scheme = |name: &str| Scheme::parse(&std::fs::read(district.join("schemes").join(name)).unwrap()).unwrap();
    let mut system = System::new("示例新区");
    let mut ledger = enter(&mut system, &district.join("2022"));
    file(
        "findings-2022.json",
        &view(&system, r#"{"view":"findings","day":"2022-12-31"}"#),
    );
    file(
        "cascade-2022.json",
        &view(&system, r#"{"view":"cascade","day":"2022-12-31"}"#),
    );
    let query = read(br#"{"day":"2022-12-31","subjects":["s-xinqu"]}"#).unwrap();
    let trial = Year::new().answer(&system, &scheme("2022-trial.json"), &query);
    file("trial-2022.json", &trial.unwrap());

    ledger.push_str(&enter(&mut system, &district.join("2023")));
    let (own, annual) = (scheme("2023.json"), scheme("2023-annual.json"));
    file("table-2023.md", &own.read_back());
    let mut year = Year::new();
    let query = read(br#"{"day":"2024-01-31"}"#).unwrap();
    file("sheets-2023.json", &year.answer(&system, &own, &query).unwrap());
    file("annual-2023.json", &year.answer(&system, &annual, &query).unwrap());
    file("ledger.jsonl", &ledger);

    let refused = request(&mut system, NOBODY).unwrap_err();
    let findings = serde_json::to_string(refused.findings()).unwrap();
    let told = format!(r#"{{"kind":"refused","status":11,"findings":{findings}}}"#);
    file("refused.json", &told);

    let mut rare = System::new("生僻字");
    file("names.jsonl", &request(&mut rare, NAMES).unwrap());
    file(
        "names.json",
        &view(&rare, r#"{"view":"unit","day":"2023-06-30","unit":"u-𬱖"}"#),
    );
}

/// Enters every request of a folder, in the order of their names, and gives the lines to store.
fn enter(system: &mut System, folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let requests = files.iter().map(|file| std::fs::read_to_string(file).unwrap());
    requests.map(|document| request(system, &document).unwrap()).collect()
}

/// Prepares a request that has no head yet, stores its lines and commits it.
fn request(system: &mut System, document: &str) -> Result<String> {
    let head = serde_json::to_string(system.head()).unwrap();
    let (_, inside) = document.split_once('{').unwrap();
    let request = Request::parse(format!(r#"{{"head":{head},{inside}"#).as_bytes())?;
    let prepared = system.prepare(&request)?;
    let lines = prepared.lines().flat_map(|line| [line, "\n"]).collect();
    system.commit(prepared)?;
    Ok(lines)
}

fn view(system: &System, query: &str) -> String {
    system.answer(&read(query.as_bytes()).unwrap()).unwrap()
}
