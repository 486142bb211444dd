//! What the C ABI promises, tried on every function of the header: the calls are written from the header itself and from
//! `calls.json`, so a function without a test is a failure, not a gap. What stands where: docs/abi.md.
#![cfg(all(feature = "capi", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails should fail loudly")]

mod header;
#[path = "../support/mod.rs"]
mod support;
mod table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use header::{Header, Role, names};
use support::{has, library, root, run};
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
        let table = table::written(&Header::read(&committed()), &calls());
        std::fs::write(place.join("table.h"), table).unwrap();
        place
    })
}

/// A program of `tests/abi/c` over the shared library.
fn program(name: &str) -> PathBuf {
    let library = library().parent().unwrap();
    let program = place().join(name);
    run(Command::new("cc")
        .args(["-std=c11", "-D_GNU_SOURCE", "-O1", "-g", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread"])
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
        run(Command::new(PROGRAM.get_or_init(|| program("every_call"))).args(arguments));
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
    every_call(&["--small-stack", "good", "nulls", "texts", "numbers", "deep"]);
}
