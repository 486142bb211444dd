//! The first case from end to end: `cargo run --release --example district [FOLDER]`.
#![allow(clippy::disallowed_macros, reason = "a program prints")]

use std::path::Path;
use zeren::calendar::Date;
use zeren::document::{Value, canonical, parse, read_value};
use zeren::system::{Request, System};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/district");
    let mut system = System::new("示例新区");
    for year in ["2022", "2023"] {
        let mut files: Vec<_> = std::fs::read_dir(root.join(year))?
            .map(|e| e.map(|e| e.path()))
            .collect::<Result<_, _>>()?;
        files.sort();
        for file in files {
            let Value::Object(mut members) = parse(&std::fs::read(&file)?)? else {
                continue;
            };
            let head = parse(serde_json::to_string(system.head())?.as_bytes())?;
            members.push(("head".into(), head));
            let request: Request = read_value(&Value::Object(members)).map_err(|e| format!("{file:?}\n{e}"))?;
            let prepared = system.prepare(&request).map_err(|e| format!("{file:?}\n{e}"))?;
            system.commit(prepared)?;
        }
        let day = Date::from_iso(&format!("{year}-12-31")).unwrap();
        let view = system.view(day, None);
        println!("== {year}");
        for f in view.findings() {
            println!("{} {} {}", f.code, f.subject.unwrap_or_default(), f.zh);
        }
        if let Some(c) = view.cascade() {
            println!("{:?} {}", c.levels, c.proven_depth);
        }
    }
    let _ = canonical;
    Ok(())
}
