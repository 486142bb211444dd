//! What earlier versions wrote is still good: ledgers open to the same head, schemes have the same digests, and the same
//! facts give the same sheets to the last byte. One folder a version under `tests/past`; none is ever changed, but under
//! ABI 0, before the first release, `ZEREN_RECORD=1` writes that of this version anew (docs/abi.md).
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

use std::path::{Path, PathBuf};

use zeren::document::{Value, parse, read_value};
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::score_cohort;
use zeren::system::{Request, System};

const LEDGER: &str = "示例新区";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The versions, and that there is one.
fn versions() -> Vec<PathBuf> {
    let mut versions = listed(&root().join("tests/past"));
    versions.retain(|path| path.is_dir());
    assert!(!versions.is_empty());
    versions
}

/// The head of the ledger that the lines of a version lead to, as JSON.
fn head(folder: &Path) -> String {
    let lines = read(&folder.join("ledger.jsonl"));
    let system = System::open(LEDGER, lines.lines()).unwrap();
    assert_eq!(zeren::ledger::verify(LEDGER, lines.lines()).unwrap(), *system.head());
    serde_json::to_string(system.head()).unwrap() + "\n"
}

/// The digests of a scheme and of its table, and the sheets of the facts that stand beside it, one a line.
fn told(scheme: &Path) -> (String, String) {
    let scheme_read = Scheme::parse(read(scheme).as_bytes()).unwrap();
    let facts = scheme.with_extension("facts");
    let facts = if facts.is_dir() { listed(&facts) } else { Vec::new() };
    let facts: Vec<Facts> = facts
        .iter()
        .map(|path| Facts::read(&parse(read(path).as_bytes()).unwrap()).unwrap())
        .collect();
    let sheets = score_cohort(&scheme_read, &facts).unwrap();
    let sheets: String = sheets.iter().map(|sheet| sheet.to_json().unwrap() + "\n").collect();
    let digests = format!("{}\n{}\n", scheme_read.digest(), scheme_read.table_digest());
    (digests, sheets)
}

fn schemes(folder: &Path) -> Vec<PathBuf> {
    let mut schemes = listed(&folder.join("schemes"));
    schemes.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    assert!(!schemes.is_empty());
    schemes
}

#[test]
fn ledgers_of_earlier_versions_open_to_the_same_head() {
    record();
    for version in versions() {
        assert_eq!(
            head(&version),
            read(&version.join("head.json")),
            "{}",
            version.display()
        );
    }
}

#[test]
fn schemes_and_facts_of_earlier_versions_give_the_same_digests_and_sheets() {
    record();
    for version in versions() {
        for scheme in schemes(&version) {
            let (digests, sheets) = told(&scheme);
            assert_eq!(digests, read(&scheme.with_extension("digests")), "{}", scheme.display());
            assert_eq!(sheets, read(&scheme.with_extension("sheets")), "{}", scheme.display());
        }
    }
}

#[test]
fn this_version_is_recorded() {
    record();
    let own = root().join("tests/past").join(env!("CARGO_PKG_VERSION"));
    assert!(
        own.is_dir(),
        "record it: ZEREN_RECORD=1 cargo test --all-features --test past --test abi"
    );
}

/// Writes what this version writes, when asked to, once.
fn record() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        if std::env::var_os("ZEREN_RECORD").is_none() {
            return;
        }
        let folder = root().join("tests/past").join(env!("CARGO_PKG_VERSION"));
        std::fs::create_dir_all(folder.join("schemes")).unwrap();
        std::fs::write(folder.join("ledger.jsonl"), district()).unwrap();
        std::fs::write(folder.join("head.json"), head(&folder)).unwrap();
        let examples = root().join("examples/safety");
        let facts = listed(&examples).into_iter();
        let facts = facts.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("facts-"));
        take("safety", &examples.join("scheme.json"), facts, &folder);
        for name in ["2022-trial", "2023"] {
            let scheme = root().join(format!("examples/district/schemes/{name}.json"));
            take(name, &scheme, std::iter::empty(), &folder);
        }
        let asked = r#"{"view": "facts", "day": "2022-12-31", "scheme": "xinqu-zrz-2022", "subject": "s-xinqu"}"#;
        let system = System::open(LEDGER, read(&folder.join("ledger.jsonl")).lines()).unwrap();
        let facts = system
            .answer(&zeren::document::read(asked.as_bytes()).unwrap())
            .unwrap();
        let beside = folder.join("schemes/2022-trial.facts");
        std::fs::create_dir_all(&beside).unwrap();
        std::fs::write(beside.join("s-xinqu.json"), facts).unwrap();
        for scheme in schemes(&folder) {
            let (digests, sheets) = told(&scheme);
            std::fs::write(scheme.with_extension("digests"), digests).unwrap();
            std::fs::write(scheme.with_extension("sheets"), sheets).unwrap();
        }
    });
}

/// Copies a scheme with its facts.
fn take(name: &str, scheme: &Path, facts: impl Iterator<Item = PathBuf>, folder: &Path) {
    let place = folder.join(format!("schemes/{name}.json"));
    let beside = place.with_extension("facts");
    std::fs::copy(scheme, &place).unwrap();
    for path in facts {
        std::fs::create_dir_all(&beside).unwrap();
        std::fs::copy(&path, beside.join(path.file_name().unwrap())).unwrap();
    }
}

/// The lines of the case in `examples/district`.
fn district() -> String {
    let (mut system, mut stored) = (System::new(LEDGER), String::new());
    for year in ["2022", "2023"] {
        for file in listed(&root().join("examples/district").join(year)) {
            let Value::Object(mut members) = parse(read(&file).as_bytes()).unwrap() else {
                panic!("{} is no request", file.display());
            };
            let head = parse(serde_json::to_string(system.head()).unwrap().as_bytes()).unwrap();
            members.push(("head".into(), head));
            let request: Request = read_value(&Value::Object(members)).unwrap();
            let prepared = system.prepare(&request).unwrap();
            for line in prepared.lines() {
                stored.push_str(line);
                stored.push('\n');
            }
            system.commit(prepared).unwrap();
        }
    }
    stored
}
