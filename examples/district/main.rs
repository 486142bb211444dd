#![allow(clippy::disallowed_macros, clippy::unwrap_used, reason = "a program prints")]
use std::path::Path;
use zeren::calendar::Date;
use zeren::document::{Value, parse, read_value};
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::score;
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
    }
    let day = Date::from_iso("2024-01-31").unwrap();
    let view = system.view(day, None);
    let mut results = std::collections::BTreeMap::new();
    for (file, subjects) in [
        ("2022-trial", vec!["s-xinqu"]),
        ("2023", vec!["s-jia", "s-yi", "s-bing", "s-xuanchuan"]),
    ] {
        let scheme =
            Scheme::parse(&std::fs::read(root.join(format!("schemes/{file}.json")))?).map_err(|e| format!("{e}"))?;
        println!("{}", scheme.read_back());
        for s in subjects {
            let facts = serde_json::to_string(&view.facts(&scheme.id, s))?;
            let sheet =
                score(&scheme, &Facts::read(&parse(facts.as_bytes())?)?, &results).map_err(|e| format!("{e}"))?;
            println!("{s}: {} {:?} {:?}", sheet.total.zh(), sheet.grades, sheet.open);
            for l in &sheet.lines {
                println!("   {} {} | {} | {}", l.id, l.points.zh(), l.arithmetic, l.reason);
            }
            for f in &sheet.findings {
                println!("   {} {}", f.code, f.zh);
            }
            results.clear();
        }
    }
    Ok(())
}
