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

/// The program of the header's opening comment that stands below a title.
fn from_header(title: &str, name: &str) -> String {
    let header = std::fs::read_to_string(root().join("include/zeren.h")).unwrap();
    let (_, after) = header.split_once(&format!(" * {title}")).unwrap();
    let lines = after
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with(" *     ") || *line == " *");
    let lines = lines.map(|line| line.strip_prefix(" *     ").unwrap_or(""));
    let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&source, lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    compile_and_run(&source)
}

#[test]
fn the_programs_in_the_header_run() {
    if !has("cc") {
        return;
    }
    let said = from_header("A COMPLETE PROGRAM", "first_from_header.c");
    assert!(said.contains(r#""total":{"lowest":"7.5","highest":"7.5"}"#), "{said}");
    assert!(said.contains("会议次数"), "{said}");
    let said = from_header("A SECOND ONE", "second_from_header.c");
    let said: Vec<_> = said.lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.first().unwrap().contains("\"payload\""), "{said:?}");
    assert!(said.last().unwrap().starts_with("{\"position\":1,"), "{said:?}");
}

#[test]
fn the_c_programs_in_the_readme_run() {
    if !has("cc") {
        return;
    }
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<_> = readme.split("```c\n").skip(1).collect();
    assert!(!blocks.is_empty());
    for (at, block) in blocks.into_iter().enumerate() {
        let (program, _) = block.split_once("```").unwrap();
        let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("readme_{at}.c"));
        std::fs::write(&source, program).unwrap();
        assert!(!compile_and_run(&source).is_empty());
    }
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

/// Included twice in each of two units that are linked together, as C and as C++, with every warning an error.
#[test]
fn the_header_stands_alone_in_every_standard() {
    if !has("cc") {
        return;
    }
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let twice = "#include \"zeren.h\"\n#include \"zeren.h\"\n";
    let one = format!("{twice}size_t one(void);\nsize_t one(void) {{ return sizeof(zeren_text); }}\n");
    let two = format!("{twice}size_t one(void);\nint main(void) {{ return one() == sizeof(zeren_text) ? 0 : 1; }}\n");
    std::fs::write(place.join("one.c"), one).unwrap();
    std::fs::write(place.join("two.c"), two).unwrap();
    let mut standards = vec![("c", "c99"), ("c", "c11"), ("c", "c17"), ("c", "c2x")];
    if has("c++") {
        standards.extend([("c++", "c++11"), ("c++", "c++17"), ("c++", "c++20")]);
    }
    for (language, standard) in standards {
        let program = place.join(format!("alone-{standard}"));
        run(Command::new(if language == "c" { "cc" } else { "c++" })
            .args(["-x", language, &format!("-std={standard}")])
            .args(["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wundef", "-Werror", "-I"])
            .arg(root().join("include"))
            .args([place.join("one.c"), place.join("two.c")])
            .arg("-o")
            .arg(&program));
        run(&mut Command::new(program));
    }
}
