//! The Python package over the shared library.
#![cfg(feature = "capi")]
#![allow(clippy::panic, reason = "a test that fails should fail loudly")]

mod support;

use std::process::Command;

use support::{has, library, root, run};

/// `ZEREN_PYTHON` names another interpreter, such as one of an environment that has NumPy.
#[test]
fn the_python_tests_pass() {
    let python = std::env::var("ZEREN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !has(&python) {
        return;
    }
    run(Command::new(python)
        .current_dir(root().join("bindings/python"))
        .env("ZEREN_LIBRARY", library())
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-W", "error", "-m", "unittest", "discover", "-s", "tests"]));
}
