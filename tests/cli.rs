//! The command-line program, run as its users run it. Only with the feature `cli`.
#![cfg(feature = "cli")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Exit code, what it printed, what it said of errors.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_zeren"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

const SCHEME: &str = "examples/district/schemes/2023.json";

#[test]
fn a_good_scheme_has_nothing_to_mend() {
    let (code, out, _) = run(&["check", SCHEME]);
    assert_eq!((code, out.contains("没有发现问题")), (0, true), "{out}");
}

#[test]
fn problems_come_with_their_lines() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEME)).unwrap();
    let bad = text.replace("12 - 宣讲场次", "12 - 宣讲场");
    let line = bad.lines().position(|line| line.contains("12 - 宣讲场\"")).unwrap() + 1;
    let path = file("bad.json", &bad);
    let (code, _, told) = run(&["check", path.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(
        told.contains(&format!("bad.json:{line}:")) && told.contains("是否应为“宣讲场次”"),
        "{told}"
    );
}

#[test]
fn a_draft_is_asked() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEME)).unwrap();
    let draft = text
        .replace("\"adopted\"", "\"draft\"")
        .replacen("\"floor\": 0,", "", 1);
    let path = file("draft.json", &draft);
    let (code, out, _) = run(&["check", path.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(out.contains("待明确：扣分扣到多少为止"), "{out}");
}

#[test]
fn tables_and_schemas() {
    let (code, out, _) = run(&["table", SCHEME]);
    assert!(
        code == 0 && out.contains("| 1.2 宣讲 | 全年不少于12场，每少一场扣2分，扣完为止 |"),
        "{out}"
    );
    let (code, page, _) = run(&["table", SCHEME, "--html"]);
    assert!(
        code == 0 && page.starts_with("<!doctype html>") && !page.contains("<script"),
        "{page}"
    );
    let (code, kinds, _) = run(&["schema"]);
    assert!(code == 0 && kinds.lines().any(|kind| kind == "scheme"));
    let (code, schema, _) = run(&["schema", "facts"]);
    assert!(code == 0 && zeren::document::parse(schema.as_bytes()).is_ok());
}

#[test]
fn a_table_of_facts_is_scored() {
    let rows =
        "\u{feff}考核对象,专题学习完成项,迟报次数,网络安全事件数,宣讲场次\r\n\"甲\",4,0,2,10\r\n乙,3,1,不明,\r\n";
    let path = file("facts.csv", rows);
    let (code, out, told) = run(&["try", SCHEME, path.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("| 甲 | 76 至 81 | 良好 / 合格 |"), "{out}");
    assert!(out.contains("宣讲不足12场的部分：2 场，每场扣 2 分，扣 4 分"), "{out}");
}

#[test]
fn a_bad_cell_is_refused_with_its_address() {
    let path = file(
        "bad.csv",
        "考核对象,专题学习完成项,宣讲\n甲,四,1\n\n,3,1\n乙,\"1,0\",1,9\n",
    );
    let (code, _, told) = run(&["try", SCHEME, path.to_str().unwrap()]);
    assert_eq!(code, 1);
    for part in [
        "B2（专题学习完成项）：“四”不是数字",
        "C1：办法没有声明事实“宣讲”",
        "A4：缺少考核对象",
        "B5（专题学习完成项）：“1,0”不是数字",
        "D5：超出表头的列",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn an_open_quote_is_refused() {
    let path = file("quote.csv", "考核对象,专题学习完成项\n\"甲,4\n");
    let (code, _, told) = run(&["try", SCHEME, path.to_str().unwrap()]);
    assert!(code == 1 && told.contains("引号没有闭合"), "{told}");
}

#[test]
fn two_runs_are_compared() {
    let before = file(
        "before.csv",
        "考核对象,专题学习完成项,迟报次数,网络安全事件数,宣讲场次\n甲,4,1,1,10\n",
    );
    let after = file(
        "after.csv",
        "考核对象,专题学习完成项,迟报次数,网络安全事件数,宣讲场次\n甲,4,1,1,12\n",
    );
    let (code, out, told) = run(&[
        "diff",
        SCHEME,
        before.to_str().unwrap(),
        SCHEME,
        after.to_str().unwrap(),
        "甲",
    ]);
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("宣讲场次"), "{out}");
}

#[test]
fn anything_else_is_told_how() {
    let (code, _, told) = run(&["tyr"]);
    assert!(code == 2 && told.contains("用法"), "{told}");
}
