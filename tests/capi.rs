//! C programs over the shared library, and the symbols that it gives.
#![cfg(feature = "capi")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{compile, has, library, root, run};

fn compile_and_run(source: &Path) -> String {
    run(&mut Command::new(compile(source)))
}

#[test]
fn the_program_in_the_header_runs() {
    if !has("cc") {
        return;
    }
    let header = std::fs::read_to_string(root().join("include/zeren.h")).unwrap();
    let (_, after) = header.split_once("A COMPLETE PROGRAM").unwrap();
    let comment = after.split("\n */").next().unwrap();
    let lines = comment
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix(" *     ").unwrap_or(""));
    let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("from_header.c");
    std::fs::write(&source, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    let said = compile_and_run(&source);
    let said: Vec<_> = said.lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.first().unwrap().contains("\"payload\""), "{said:?}");
    assert!(said.last().unwrap().starts_with("{\"position\":1,"), "{said:?}");
}

#[test]
fn the_c_programs_pass() {
    if !has("cc") {
        return;
    }
    let mut sources: Vec<_> = std::fs::read_dir(root().join("tests/c"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "c"))
        .collect();
    sources.sort();
    assert!(!sources.is_empty());
    for source in sources {
        compile_and_run(&source);
    }
}

#[test]
fn the_library_gives_the_frozen_symbols() {
    if !has("nm") {
        return;
    }
    let listed = run(Command::new("nm").args(["-D", "--defined-only"]).arg(library()));
    let mut symbols: Vec<_> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    symbols.sort_unstable();
    let frozen = std::fs::read_to_string(root().join("include/symbols.txt")).unwrap();
    assert_eq!(symbols, frozen.lines().collect::<Vec<_>>());
}

#[test]
fn the_header_stands_alone_in_every_standard() {
    if !has("cc") {
        return;
    }
    let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("twice.c");
    std::fs::write(&source, "#include \"zeren.h\"\n#include \"zeren.h\"\nextern int one;\n").unwrap();
    let mut standards = vec![("c", "c99"), ("c", "c11"), ("c", "c17")];
    if has("c++") {
        standards.extend([("c++", "c++11"), ("c++", "c++17"), ("c++", "c++20")]);
    }
    for (language, standard) in standards {
        run(Command::new(if language == "c" { "cc" } else { "c++" })
            .args(["-x", language, &format!("-std={standard}")])
            .args(["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I"])
            .arg(root().join("include"))
            .arg(&source));
    }
}
