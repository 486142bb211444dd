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
        code == 0 && page.starts_with("<!DOCTYPE html>") && !page.contains("<script"),
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
fn help_is_a_result() {
    for ask in ["--help", "-h", "help"] {
        let (code, out, told) = run(&[ask]);
        assert!(code == 0 && out.starts_with("用法") && told.is_empty(), "{out}{told}");
    }
}

#[test]
fn doubts_alone_leave_nothing_to_mend() {
    let scheme = r#"{"kind":"scheme","format":1,"edition":"1","id":"例","version":"1","title":"例","year":2023,"status":"adopted",
        "facts":[{"name":"甲","kind":"count","max":9},{"name":"乙","kind":"count","max":9}],
        "items":[{"id":"1","title":"项","points":9,"rule":{"kind":"ratio","value":"甲","target":9,"over_full":"lost"}}],
        "not_applicable":"full","rounding":{"when":"total","place":2,"mode":"half_up"}}"#;
    let path = file("doubts.json", scheme);
    let (code, out, _) = run(&["check", path.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("lint.unused_fact") && out.contains("1 处疑点请核对"),
        "{out}"
    );
}

#[test]
fn a_draft_without_examples_is_tried_on_what_is_unreported() {
    let draft = r#"{"kind":"scheme","format":1,"edition":"1","id":"例","version":"1","title":"例","year":2023,"status":"draft",
        "facts":[{"name":"甲","kind":"count","max":9}],
        "items":[{"id":"1","title":"项","points":9,"rule":{"kind":"deduct","channels":[{"title":"甲","count":"甲","measure":"次","each":2}]}}],
        "not_applicable":"full","rounding":{"when":"total","place":2,"mode":"half_up"}}"#;
    let path = file("bare_draft.json", draft);
    let (code, out, _) = run(&["check", path.to_str().unwrap()]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("0（扣完为止）：全部事实未报 0 至 9"), "{out}");
    assert!(out.contains("\"none\"（不设下限）：全部事实未报 -9 至 9"), "{out}");
}

#[test]
fn a_value_out_of_range_is_refused_with_its_address() {
    let path = file(
        "range.csv",
        "考核对象,专题学习完成项,迟报次数\n甲,4,0\n乙,4,100000\n丙,2.5,0\n",
    );
    let (code, _, told) = run(&["try", SCHEME, path.to_str().unwrap()]);
    assert_eq!(code, 1);
    for part in [
        "C3（迟报次数）：",
        "[fact.out_of_range]",
        "B4（专题学习完成项）：",
        "[fact.not_whole]",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn the_page_is_html_throughout() {
    let (code, page, _) = run(&["table", SCHEME, "--html"]);
    assert_eq!(code, 0);
    assert!(
        !page.contains("<pre") && !page.contains("**") && !page.contains("|---"),
        "{page}"
    );
    assert!(page.contains("<td>1.2</td><td>宣讲</td>"), "{page}");
    for tag in [
        "table", "thead", "tbody", "tr", "td", "p", "h1", "caption", "body", "html",
    ] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let open = page.matches(&open).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(open, page.matches(&close).count(), "{tag}");
    }
}

#[test]
fn the_line_is_that_of_the_place_not_of_the_word() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEME)).unwrap();
    // The words that the pointer is made of stand in a title before the place.
    let bad = text
        .replacen("\"title\": \"", "\"title\": \"\\\"items\\\" \\\"rule\\\" ", 1)
        .replace("12 - 宣讲场次", "12 - 宣讲场");
    let line = bad.lines().position(|line| line.contains("12 - 宣讲场\"")).unwrap() + 1;
    let path = file("words.json", &bad);
    let (_, _, told) = run(&["check", path.to_str().unwrap()]);
    assert!(told.contains(&format!("words.json:{line}:")), "{told}");
}

/// What only such systems have: arguments that are no text, full disks, pipes that are closed.
#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::io::Read;
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};

    use super::*;

    fn zeren() -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zeren"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command
    }

    #[test]
    fn an_argument_need_not_be_text() {
        let odd = OsStr::from_bytes(b"\xff.json");
        let done = zeren().arg("check").arg(odd).output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&done.stderr).contains("读不到"));
        assert_eq!(zeren().arg(odd).output().unwrap().status.code(), Some(2));
        let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(SCHEME)).unwrap();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(odd);
        // Some file systems take text only.
        if std::fs::write(&path, text).is_ok() {
            assert_eq!(zeren().arg("check").arg(path).output().unwrap().status.code(), Some(0));
        }
    }

    #[test]
    fn a_reader_that_goes_away_is_no_failure() {
        let mut child = zeren()
            .args(["schema", "scheme"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_result_that_cannot_be_written_is_a_failure() {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let done = zeren().args(["schema"]).stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&done.stderr).contains("写不出结果"));
    }
}

#[test]
fn anything_else_is_told_how() {
    let (code, _, told) = run(&["tyr"]);
    assert!(code == 2 && told.contains("用法"), "{told}");
}

/// What a supplier gets, fills in and gives back: facts that `try` takes.
#[test]
fn tables_are_written_for_each_supplier_and_read_back() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables");
    let _ = std::fs::remove_dir_all(&folder);
    let list = file(
        "list.csv",
        "考核对象编号,考核对象,对象类别\n甲镇,甲镇人民政府,\n乙镇,乙镇人民政府,\n",
    );
    let (list, into) = (list.to_str().unwrap(), folder.to_str().unwrap());
    let (code, out, told) = run(&["template", SCHEME, list, into]);
    assert_eq!(code, 0, "{told}");
    let tables: Vec<&str> = out.lines().collect();
    assert!(
        !tables.is_empty() && tables.iter().all(|table| table.ends_with(".csv")),
        "{out}"
    );
    // The first fact that can be counted is filled in for everybody.
    let path = tables
        .iter()
        .find(|table| std::fs::read_to_string(table).unwrap().contains("宣讲场次"))
        .unwrap();
    let table = std::fs::read_to_string(path).unwrap();
    let heads: Vec<&str> = table.lines().nth(1).unwrap().split(',').collect();
    let place = heads.iter().position(|head| head.starts_with("宣讲场次")).unwrap();
    let filled = |value: &str| {
        let lines = table.lines().map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if line.starts_with("甲镇,") || line.starts_with("乙镇,") {
                *cells.get_mut(place).unwrap() = value.to_owned();
            }
            cells.join(",")
        });
        lines.collect::<Vec<_>>().join("\r\n")
    };
    let good = file("good.csv", &filled("12"));
    let (code, out, told) = run(&["read", SCHEME, list, good.to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    let documents: Vec<&str> = out.lines().collect();
    assert_eq!(documents.len(), 2, "{out}");
    assert!(
        documents.iter().all(|document| document.contains("\"宣讲场次\":12")),
        "{out}"
    );
    assert!(told.contains("尚未报送"), "{told}");
    let facts = file("read.jsonl", &out);
    let (code, out, told) = run(&["try", SCHEME, facts.to_str().unwrap()]);
    assert!(code == 0 && out.contains("甲镇"), "{told}");
    let bad = file("bad.csv", &filled("十二"));
    let (code, out, told) = run(&["read", SCHEME, bad.to_str().unwrap()]);
    let cell = zeren::fact::cell_address(3, place);
    assert!(
        code == 1 && out.is_empty() && told.contains(&format!("{cell}：“十二”不是数字")),
        "{told}"
    );
    let (code, _, told) = run(&["read", SCHEME, good.to_str().unwrap(), good.to_str().unwrap()]);
    assert!(code == 1 && told.contains("已经填报"), "{told}");
    let (code, out, told) = run(&["template", SCHEME, list, into, "--opening", "2022"]);
    assert_eq!(code, 0, "{told}");
    let path = out
        .lines()
        .find(|table| std::fs::read_to_string(table).unwrap().contains("宣讲场次"))
        .unwrap();
    let table = std::fs::read_to_string(path).unwrap();
    assert!(table.contains("往年数值：2022"), "{table}");
    let earlier = file(
        "earlier.csv",
        &table.replace("甲镇,甲镇人民政府,", "甲镇,甲镇人民政府,不明"),
    );
    let (code, out, told) = run(&["read", SCHEME, good.to_str().unwrap(), earlier.to_str().unwrap()]);
    assert!(code == 0 && out.contains("\"history\":{\"2022\":{"), "{told}{out}");
    assert_eq!(run(&["template", SCHEME, list, into, "--opening"]).0, 2);
    assert_eq!(run(&["template", SCHEME, list, into, "--pdf"]).0, 2);
    let (code, out, told) = run(&["template", SCHEME, list, into, "--xlsx"]);
    if cfg!(feature = "xlsx") {
        assert!(code == 0 && out.lines().all(|table| table.ends_with(".xlsx")), "{told}");
        let (code, _, told) = run(&["read", SCHEME, out.lines().next().unwrap()]);
        assert_eq!(code, 0, "{told}");
    } else {
        assert!(code == 1 && told.contains("xlsx"), "{told}");
    }
}

/// A ledger in a folder of its own: its file, and a request that founds one unit.
fn ledger(folder: &str, unit: &str) -> (String, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let request = folder.join("request.json");
    let name = unit.repeat(200);
    let text = format!(
        r#"{{"time": "2022-01-04T09:00:00+08:00", "operator": "u-17", "acts": [{{"act": "units.founded", "id": "a-{unit}",
           "effective": "2022-01-01", "units": [{{"id": "{unit}", "name": "{name}", "class": "街道"}}]}}]}}"#
    );
    std::fs::write(&request, text).unwrap();
    let path = |path: PathBuf| path.to_str().unwrap().to_owned();
    (path(folder.join("ledger.jsonl")), path(request))
}

#[test]
fn a_ledger_is_made_filled_asked_and_checked() {
    let (file, request) = ledger("cli-ledger", "甲街道");
    let (code, _, told) = run(&["ledger", "add", &file, "示例", &request]);
    assert_eq!((code, told.contains("store.not_found")), (1, true), "{told}");
    assert_eq!(run(&["ledger", "new", &file, "示例"]).0, 0);
    let (code, _, told) = run(&["ledger", "new", &file, "示例"]);
    assert_eq!((code, told.contains("store.exists")), (1, true), "{told}");
    let (code, out, _) = run(&["ledger", "add", &file, "示例", &request]);
    assert_eq!((code, out.contains("a-甲街道 已记入第 1 行")), (0, true), "{out}");
    let (_, out, _) = run(&["ledger", "add", &file, "示例", &request]);
    assert!(out.contains("早已记入第 1 行"), "{out}");
    let question = r#"{"view": "unit", "day": "2022-03-01", "unit": "甲街道"}"#;
    let (code, out, told) = run(&["ledger", "ask", &file, "示例", question]);
    assert_eq!((code, out.contains("甲街道")), (0, true), "{out}{told}");
    let (code, out, _) = run(&["ledger", "check", &file, "示例"]);
    assert_eq!((code, out.contains("共 1 行")), (0, true), "{out}");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("u-17", "u-18")).unwrap();
    let (code, out, _) = run(&["ledger", "check", &file, "示例"]);
    assert_eq!((code, out.contains("ledger.line_changed")), (1, true), "{out}");
}

/// A file that may not grow is what a full disk is to a program: the write ends before its last byte.
#[test]
#[cfg(unix)]
fn a_file_that_cannot_grow_keeps_what_it_held() {
    let (file, request) = ledger("cli-full", "乙街道");
    assert_eq!(run(&["ledger", "new", &file, "示例"]).0, 0);
    let before = std::fs::read(&file).unwrap();
    // The shell's blocks have 512 or 1,024 bytes; the line is longer than one of them and shorter than the file may be later.
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"])
        .args([env!("CARGO_BIN_EXE_zeren"), "ledger", "add", &file, "示例", &request])
        .output()
        .unwrap();
    let told = String::from_utf8(limited.stderr).unwrap();
    assert!(!limited.status.success() && told.contains("store.full"), "{told}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert_eq!(run(&["ledger", "add", &file, "示例", &request]).0, 0);
}
