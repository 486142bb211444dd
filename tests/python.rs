//! The Python package over the shared library.
#![cfg(feature = "capi")]
#![allow(clippy::panic, reason = "a test that fails should fail loudly")]

mod support;

use std::process::Command;

use support::{has, library, root, run};

#[test]
fn the_python_tests_pass() {
    if !has("python3") {
        return;
    }
    run(Command::new("python3")
        .current_dir(root().join("bindings/python"))
        .env("ZEREN_LIBRARY", library())
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-W", "error", "-m", "unittest", "discover", "-s", "tests"]));
}
