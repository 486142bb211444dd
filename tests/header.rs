//! The header is what `src/capi` says, keeps its promises about names and types, and its symbols are the frozen ones.
#![cfg(feature = "capi")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

use std::path::{Path, PathBuf};

/// The files of `src/capi` that declare something, in the order in which the header is read, with their banners.
const SECTIONS: &[(&str, &str)] = &[
    ("status", ""),
    ("library", "THE LIBRARY"),
    ("text", "TEXT"),
    ("error", "ERRORS"),
    ("progress", "PROGRESS OF LONG WORK: poll, cancel"),
    ("system", "THE SYSTEM: prepare, store, commit; follow; view"),
    ("ledger", "STORED LINES"),
    ("evidence", "EVIDENCE: checkpoints, proofs, signatures"),
    (
        "store",
        "A LEDGER IN A FILE, for hosts without a database: create or open; prepare, append, commit",
    ),
    ("scheme", "SCHEMES: parse, read back, score"),
    ("columns", "COLUMNS: many subjects at once"),
    ("table", ""),
    ("scored", ""),
    ("year", "THE YEAR: score rosters from the ledger, include results"),
    ("archive", "ARCHIVES: a subject and year in one file that proves itself"),
    ("paper", "PAPERS: letters, notices and results, for an audience"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(name: &str) -> PathBuf {
    root().join(format!("src/capi/{name}.rs"))
}

fn committed() -> String {
    std::fs::read_to_string(root().join("include/zeren.h")).unwrap_or_default()
}

/// What follows `extern "C" fn ` up to the parenthesis: the functions of a source file, in order.
fn functions(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(source(name)).unwrap();
    let after = text.split("extern \"C\" fn ").skip(1);
    after.map(|rest| rest.split('(').next().unwrap().to_owned()).collect()
}

fn all_functions() -> Vec<String> {
    SECTIONS.iter().flat_map(|(name, _)| functions(name)).collect()
}

fn generated() -> (String, Vec<String>) {
    let mut config = cbindgen::Config::from_file(root().join("include/cbindgen.toml")).unwrap();
    let part = |text: &str| text.parse::<u32>().unwrap();
    let (major, minor, patch) = (
        part(env!("CARGO_PKG_VERSION_MAJOR")),
        part(env!("CARGO_PKG_VERSION_MINOR")),
        part(env!("CARGO_PKG_VERSION_PATCH")),
    );
    let number = (major * 1_000_000 + minor * 1000 + patch).to_string();
    for text in [&mut config.header, &mut config.after_includes].into_iter().flatten() {
        *text = text
            .replace("@VERSION@", env!("CARGO_PKG_VERSION"))
            .replace("@NUMBER@", &number);
    }
    let mut builder = cbindgen::Builder::new().with_config(config);
    for (name, _) in SECTIONS {
        builder = builder.with_src(source(name));
    }
    let bindings = builder.generate().unwrap();
    let mut bytes = Vec::new();
    bindings.write(&mut bytes);
    let mut header = String::from_utf8(bytes).unwrap();
    for (name, banner) in SECTIONS.iter().filter(|(_, banner)| !banner.is_empty()) {
        let first = functions(name).first().unwrap().clone();
        let at = header.rfind(&format!(" {first}(")).unwrap();
        // The declaration begins after the last empty line before the name.
        let start = header.get(..at).unwrap().rfind("\n\n").unwrap() + 2;
        header.insert_str(start, &format!("/* ---- {banner} ---- */\n\n"));
    }
    (
        header,
        bindings.dynamic_symbols_names().map(ToOwned::to_owned).collect(),
    )
}

/// The part of the header after its opening comment, without comments and preprocessor lines.
fn code(header: &str) -> String {
    let body = header.split_once("*/").unwrap().1;
    let lines = body.lines().map(str::trim).filter(|line| {
        let aside = ["//", "#", "/*"];
        !aside.iter().any(|start| line.starts_with(start))
    });
    lines.collect::<Vec<_>>().join("\n").replace("extern \"C\"", "")
}

#[test]
fn the_header_is_what_the_sources_say() {
    let (header, symbols) = generated();
    let mut expected: Vec<_> = all_functions();
    expected.sort();
    let mut found = symbols;
    found.sort();
    assert_eq!(found, expected, "cbindgen saw other functions than the sources hold");
    let frozen = format!("{}\n", found.join("\n"));
    if std::env::var_os("ZEREN_BLESS").is_some() {
        std::fs::write(root().join("include/zeren.h"), &header).unwrap();
        std::fs::write(root().join("include/symbols.txt"), &frozen).unwrap();
    }
    let say = "run ZEREN_BLESS=1 cargo test --features capi --test header, and read the difference";
    assert!(
        committed() == header,
        "include/zeren.h is not what src/capi says: {say}"
    );
    let symbols = std::fs::read_to_string(root().join("include/symbols.txt")).unwrap_or_default();
    assert_eq!(symbols, frozen, "include/symbols.txt: {say}");
}

#[test]
fn the_versions_agree() {
    let header = committed();
    assert!(header.contains(&format!("#define ZEREN_VERSION \"{}\"\n", env!("CARGO_PKG_VERSION"))));
    assert!(header.contains("#define ZEREN_ABI_VERSION 0\n"));
    let python = std::fs::read_to_string(root().join("bindings/python/pyproject.toml")).unwrap();
    assert!(python.contains(&format!("\nversion = \"{}\"\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn every_name_is_ours_and_every_type_is_plain() {
    let header = committed();
    for line in header.lines() {
        if let Some(name) = line.strip_prefix("#define ") {
            assert!(name.starts_with("ZEREN_"), "{line}");
        }
    }
    let code = code(&header);
    for word in ["enum", "bool", "float", "double", "long", "union", "...", "(*"] {
        assert!(!code.contains(word), "the header uses {word}");
    }
    for function in all_functions() {
        assert!(function.starts_with("zeren_"), "{function}");
    }
    for tail in code.split("typedef struct ").skip(1) {
        assert!(tail.starts_with("zeren_"), "{tail}");
    }
    // A struct by value would be a name without a star behind it, after the type definitions.
    let (_, functions) = code.split_once("ZEREN_API").unwrap();
    assert!(!functions.contains("zeren_text zeren_"));
    for used in functions.split("struct ").skip(1) {
        let (_, behind) = used.split_once(' ').unwrap();
        assert!(behind.starts_with('*'), "a struct by value: {used}");
    }
}

#[test]
fn every_function_says_since_when() {
    let header = committed();
    for function in all_functions() {
        let at = header
            .rfind(&format!(" {function}("))
            .or_else(|| header.rfind(&format!("*{function}(")));
        let before = header.get(..at.unwrap()).unwrap();
        let comment = before.rsplit("\n\n").next().unwrap();
        assert!(
            comment.trim_start().starts_with("//") && comment.contains("Since"),
            "{function}: {comment}"
        );
    }
}

/// `tests/frozen/statuses.txt` is only ever added to.
#[test]
fn status_numbers_are_frozen() {
    let header = committed();
    let frozen = std::fs::read_to_string(root().join("tests/frozen/statuses.txt")).unwrap();
    for line in frozen.lines() {
        assert!(
            header.contains(&format!("#define {line}\n")),
            "{line} is gone or has changed"
        );
    }
    let statuses = std::fs::read_to_string(source("status")).unwrap();
    for constant in statuses.split("pub const ").skip(1) {
        let (name, rest) = constant.split_once(": i32 = ").unwrap();
        let line = format!("{name} {}", rest.split(';').next().unwrap());
        assert!(
            frozen.lines().any(|known| known == line),
            "add to tests/frozen/statuses.txt: {line}"
        );
    }
    let numbers: std::collections::BTreeSet<_> = frozen.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(numbers.len(), frozen.lines().count(), "two statuses with one number");
}
