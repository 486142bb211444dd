//! The bindings that no C compiler reads declare every function with as many parameters as the header does.
//!
//! C++ and Go are compiled against the header, and Python's table has a test of its own. A Java, C#, Pascal or JavaScript
//! declaration that has fallen behind would pass garbage without a word.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

use std::collections::BTreeMap;

fn text(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between the parentheses that follow.
fn parameters(after: &str) -> &str {
    let (inside, _) = after.split_once('(').unwrap().1.split_once(')').unwrap();
    inside.trim()
}

/// How many parameters, each ended by a comma but the last.
fn by_commas(parameters: &str) -> usize {
    match parameters {
        "" | "void" => 0,
        _ => parameters.split(',').count(),
    }
}

/// The functions of a text: each name that follows this word, with the number of its parameters.
fn declared(text: &str, word: &str, count: impl Fn(&str) -> usize) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (at, _) in text.match_indices(&format!("{word}zeren_")) {
        let after = text.get(at..).unwrap().strip_prefix(word).unwrap();
        let name: String = after
            .chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect();
        found.insert(name, count(parameters(after)));
    }
    found
}

fn header() -> BTreeMap<String, usize> {
    let text = text("include/zeren.h");
    let code: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let (_, code) = code
        .join("\n")
        .split_once("#endif // __cplusplus")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let found: BTreeMap<String, usize> = ["int32_t ", "void "]
        .into_iter()
        .flat_map(|word| declared(&code, word, by_commas))
        .collect();
    let symbols = self::text("include/symbols.txt");
    assert_eq!(
        found.keys().map(String::as_str).collect::<Vec<_>>(),
        symbols.lines().collect::<Vec<_>>()
    );
    found
}

fn fits(binding: &str, found: &BTreeMap<String, usize>) {
    let header = header();
    assert!(
        found.len() > 10,
        "{binding}: the declarations are not read as they are written"
    );
    for (name, count) in found {
        let wanted = header
            .get(name)
            .unwrap_or_else(|| panic!("{binding}: the header has no {name}"));
        assert_eq!(count, wanted, "{binding}: {name}");
    }
}

#[test]
fn java() {
    let text = text("bindings/java/src/zeren/Native.java");
    let mut found = declared(&text, "static native int ", by_commas);
    found.extend(declared(&text, "static native void ", by_commas));
    assert_eq!(found.len(), text.matches("static native ").count());
    fits("java", &found);
    // Its wrapper is the whole library, the others are a program's worth.
    assert_eq!(found.len(), header().len());
}

#[test]
fn csharp() {
    let text = text("bindings/csharp/Zeren.cs");
    let mut found = declared(&text, "static extern int ", by_commas);
    found.extend(declared(&text, "static extern void ", by_commas));
    assert_eq!(found.len(), text.matches("static extern ").count());
    fits("csharp", &found);
}

#[test]
fn pascal() {
    let text = text("bindings/pascal/Zeren.pas");
    // `out System, Error: Pointer; Len: NativeUInt`: names before a colon.
    let count = |parameters: &str| {
        let groups = parameters.split(';').filter_map(|group| group.split_once(':'));
        groups.map(|(names, _)| names.split(',').count()).sum()
    };
    // One without parameters has no parentheses of its own.
    let with_parentheses = text.replace("zeren_abi_version:", "zeren_abi_version():");
    let mut found = declared(&with_parentheses, "\nfunction ", count);
    found.extend(declared(&with_parentheses, "\nprocedure ", count));
    assert_eq!(found.len(), text.matches("cdecl;").count());
    fits("pascal", &found);
}

#[test]
fn node() {
    let text = text("bindings/node/zeren.mjs");
    let written = text
        .replace("declare(\"", "declare(")
        .replace("\", ", "(")
        .replace("${IN}", "data, size");
    let found = declared(&written, "declare(", |parameters| {
        by_commas(parameters.trim_matches(['`', '"']))
    });
    assert_eq!(found.len(), text.matches("declare(\"").count());
    fits("node", &found);
}
