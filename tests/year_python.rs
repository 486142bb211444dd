//! The ledger of `examples/year` through the shared library and Python: the same state and the same sheets, to the last byte.
#![cfg(feature = "capi")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

mod support;

use std::path::Path;
use std::process::Command;

use support::{has, library, root, run};
use zeren::document::{read, sm3_hex};
use zeren::scheme::Scheme;
use zeren::system::System;
use zeren::year::{AssessQuery, Year};

/// What Python is asked to do: replay the lines, assess, and tell the bytes of the state and of the answer.
const PROGRAM: &str = r#"
import sys
from ctypes import byref
from pathlib import Path
import zeren
from zeren import _native

folder, schemes = map(Path, sys.argv[1:])
system = zeren.System("示例区", (folder / "ledger.jsonl").read_text(encoding="utf-8"))
sys.stdout.buffer.write(system.snapshot())
scheme = zeren.Scheme((schemes / "zrz-2023.json").read_text(encoding="utf-8"))
text = _native.Text()
with zeren.Year()._handle as year, system._handle as state, scheme._handle as rules:
    query = _native.utf8('{"day": "2024-04-30"}')
    _native.call(_native.LIBRARY.zeren_year_assess, year, state, rules, *query, byref(text))
sys.stdout.buffer.write(_native.take_bytes(text))
"#;

#[test]
fn python_replays_the_year_to_the_same_bytes() {
    if !has("python3") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("year-python");
    run(Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "year"])
        .arg(&folder)
        .current_dir(root()));
    let lines = std::fs::read_to_string(folder.join("ledger.jsonl")).unwrap();
    let schemes = root().join("examples/year/schemes");
    let system = System::open("示例区", lines.lines()).unwrap();
    let scheme = Scheme::parse(&std::fs::read(schemes.join("zrz-2023.json")).unwrap()).unwrap();
    let query: AssessQuery = read(br#"{"day": "2024-04-30"}"#).unwrap();
    let mut expected = system.snapshot();
    expected.extend(Year::new().answer(&system, &scheme, &query).unwrap().into_bytes());

    let output = Command::new("python3")
        .env("ZEREN_LIBRARY", library())
        .env("PYTHONPATH", root().join("bindings/python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["-c", PROGRAM])
        .args([&folder, &schemes])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        (output.stdout.len(), sm3_hex(&output.stdout)),
        (expected.len(), sm3_hex(&expected))
    );
}
