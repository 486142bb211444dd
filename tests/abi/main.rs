//! What the C ABI promises, tried on every function of the header: the calls are written from the header itself and from
//! `calls.json`, so a function without a test is a failure, not a gap. What stands where: docs/abi.md.
#![cfg(all(feature = "capi", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

mod comments;
mod header;
mod previous;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use header::Header;
use support::{has, library, library_with, root, run};
use table::Calls;

fn committed() -> String {
    std::fs::read_to_string(root().join("include/zeren.h")).unwrap()
}

fn calls() -> Calls {
    Calls::read(&std::fs::read_to_string(root().join("tests/abi/calls.json")).unwrap())
}

/// Where the table and the programs are made.
fn place() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("abi");
        std::fs::create_dir_all(&place).unwrap();
        let header = Header::read(&committed());
        std::fs::write(place.join("table.h"), table::written(&header, &calls())).unwrap();
        std::fs::write(place.join("hollow.c"), table::hollow(&header)).unwrap();
        place
    })
}

/// Where the programs run: a folder for what they write, empty at first.
fn files() -> &'static Path {
    static FILES: OnceLock<PathBuf> = OnceLock::new();
    FILES.get_or_init(|| {
        let files = place().join("files");
        let _ = std::fs::remove_dir_all(&files);
        std::fs::create_dir_all(&files).unwrap();
        files
    })
}

/// A program of `tests/abi/c` over the shared library.
fn program(name: &str) -> PathBuf {
    program_over(library(), name)
}

fn program_over(library: &Path, name: &str) -> PathBuf {
    let library = library.parent().unwrap();
    let program = place().join(name);
    run(Command::new("cc")
        .args([
            "-std=c11",
            "-D_GNU_SOURCE",
            "-O1",
            "-g",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-pthread",
        ])
        .args(["-Wno-unused-function", "-fno-builtin", "-I"])
        .arg(root().join("include"))
        .arg("-I")
        .arg(place())
        .arg(root().join(format!("tests/abi/c/{name}.c")))
        .arg("-o")
        .arg(&program)
        .arg("-L")
        .arg(library)
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .args(["-lzeren", "-lm", "-ldl"]));
    program
}

fn every_call(arguments: &[&str]) {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    if has("cc") {
        let program = PROGRAM.get_or_init(|| program("every_call"));
        run(Command::new(program).current_dir(files()).args(arguments));
    }
}

#[test]
fn good_calls_succeed_and_say_the_same_again() {
    every_call(&["good"]);
}

#[test]
fn null_for_each_pointer_in_turn_is_told() {
    every_call(&["nulls"]);
}

#[test]
fn a_handle_of_another_type_is_told() {
    every_call(&["wrong_handles"]);
}

#[test]
fn impossible_texts_are_told_with_the_byte() {
    every_call(&["texts"]);
}

#[test]
fn impossible_numbers_are_told() {
    every_call(&["numbers"]);
}

#[test]
fn handles_are_freed_in_every_order() {
    every_call(&["frees"]);
}

#[test]
fn everything_runs_with_floating_point_traps() {
    every_call(&["--traps", "good", "nulls", "wrong_handles", "texts", "numbers"]);
}

#[test]
fn everything_runs_on_a_small_stack() {
    every_call(&["--small-stack", "good", "nulls", "texts", "numbers", "deep", "language"]);
}

#[test]
fn a_freed_handle_is_told_as_long_as_its_memory_is_there() {
    if has("cc") {
        run(Command::new(program("freed")).current_dir(files()));
    }
}

#[test]
fn sixteen_threads_on_one_handle_get_the_same_answers() {
    if has("cc") {
        run(Command::new(program("threads")).current_dir(files()));
    }
}

#[test]
fn no_call_keeps_memory() {
    if has("cc") {
        run(Command::new(program("growth")).current_dir(files()));
    }
}

#[test]
fn the_library_is_a_guest() {
    if !has("cc") {
        return;
    }
    let program = program("guest");
    run(Command::new(&program).current_dir(files()));
    // The test is able to fail.
    let broken = Command::new(&program).arg("--break").output().unwrap();
    assert!(
        String::from_utf8_lossy(&broken.stderr).contains("calls time"),
        "{broken:?}"
    );
    assert!(!broken.status.success());
}

#[test]
fn the_library_is_loaded_and_let_go_a_thousand_times() {
    if has("cc") {
        run(Command::new(program("loads")).arg(library()).arg("1000"));
    }
}

#[test]
fn a_panic_is_a_status_and_prints_nothing() {
    if !has("cc") {
        return;
    }
    let library = library_with("zeren_forced_panic");
    let program = program_over(&library, "panics");
    run(Command::new(program).current_dir(files()).arg(place().join("said.txt")));
}

/// What `.ci/abi` compares with include/abi.xml is what the header declares: C refuses another definition.
#[test]
fn the_hollow_library_has_every_function() {
    if !has("cc") || !has("nm") {
        return;
    }
    let hollow = place().join("libhollow.so");
    run(Command::new("cc")
        .args([
            "-std=c11",
            "-g",
            "-Wall",
            "-Wextra",
            "-Wpedantic",
            "-Werror",
            "-shared",
            "-fPIC",
            "-I",
        ])
        .arg(root().join("include"))
        .arg(place().join("hollow.c"))
        .arg("-o")
        .arg(&hollow));
    let listed = run(Command::new("nm").args(["-D", "--defined-only"]).arg(hollow));
    let mut symbols: Vec<_> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    symbols.sort_unstable();
    let frozen = std::fs::read_to_string(root().join("include/symbols.txt")).unwrap();
    assert_eq!(symbols, frozen.lines().collect::<Vec<_>>());
}

#[test]
fn the_symbols_that_panic_are_not_in_what_is_shipped() {
    let symbols = std::fs::read_to_string(root().join("include/symbols.txt")).unwrap();
    assert!(!symbols.contains("forced") && !committed().contains("forced"));
}

#[test]
fn every_good_call_is_one_of_the_header() {
    let (header, calls) = (Header::read(&committed()), calls());
    for name in calls.names() {
        let function = header.function(name);
        for argument in calls.arguments(name) {
            let known = function.parameters.iter().any(|parameter| parameter.name == argument);
            assert!(known, "tests/abi/calls.json: {name} has no parameter {argument}");
        }
    }
    for place in calls.marks() {
        let (name, argument) = place.split_once('.').unwrap_or((place, ""));
        let function = header.function(name);
        let known = function.parameters.iter().any(|parameter| parameter.name == argument);
        assert!(
            known || argument.is_empty(),
            "tests/abi/calls.json: {name} has no parameter {argument}"
        );
    }
}

#[test]
fn the_library_tells_its_features_and_passes_its_own_test() {
    let info = zeren::library::build_info();
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, features) = manifest.split_once("\n[features]\n").unwrap();
    let features = features.split("\n[").next().unwrap();
    let named = features.lines().filter(|line| !line.starts_with('#'));
    let named = named
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim());
    let source = std::fs::read_to_string(root().join("src/library/mod.rs")).unwrap();
    for name in named.filter(|name| *name != "default") {
        assert!(
            source.contains(&format!("cfg!(feature = \"{name}\")")),
            "src/library/mod.rs does not tell the feature {name}"
        );
    }
    assert!(info.features.contains(&"capi"));
    assert_eq!(zeren::library::self_test(), []);
}
