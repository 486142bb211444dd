//! `docs/acts.md` is written from the shapes and from the checks in the source; `ZEREN_BLESS=1 cargo test --test docs`
//! writes it anew.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::path::Path;

use zeren::document::{FieldShape, Read, RecordShape, Shape, VariantShape};
use zeren::system::{ACTS, Envelope, Query, Request};

/// What each code means, one sentence. A code of the source that is missing here, or the other way round, fails.
const CHECKS: &str = include_str!("data/checks.txt");

/// The rooms whose codes stand in the document.
const ROOMS: &[&str] = &[
    "assessment",
    "calendar",
    "cascade",
    "document",
    "ledger",
    "letter",
    "plan",
    "registry",
    "report",
    "supervision",
    "system",
    "year",
];

/// Records that are still to be described, each once.
#[derive(Default)]
struct Nested {
    seen: BTreeSet<&'static str>,
    open: VecDeque<&'static RecordShape>,
}

impl Nested {
    fn words(&mut self, shape: Shape) -> String {
        match shape {
            Shape::Text("") => "文字".to_owned(),
            Shape::Text(form) | Shape::Pattern(form, _) => format!("文字（{form}）"),
            Shape::Number => "数字".to_owned(),
            Shape::Whole => "非负整数".to_owned(),
            Shape::Format(number) => format!("数字 {number}"),
            Shape::Boolean => "true / false".to_owned(),
            Shape::Choice(words) => {
                let words: Vec<String> = words.iter().map(|(word, zh)| format!("`{word}` {zh}")).collect();
                words.join("；")
            }
            Shape::List(inner) => format!("数组：{}", self.words(inner())),
            Shape::Map(inner) => format!("对象，名称自定，值：{}", self.words(inner())),
            Shape::Record(record) => {
                if self.seen.insert(record.name) {
                    self.open.push_back(record);
                }
                format!("[{0}](#{1})", record.name, record.name.to_lowercase())
            }
            Shape::Tagged(tag, variants) => {
                let variant = |variant: &VariantShape| format!("`{}` {}", variant.tag, self.words((variant.shape)()));
                let words: Vec<String> = variants.iter().map(variant).collect();
                format!("对象，由 `{tag}` 区分：{}", words.join("；"))
            }
            // The acts have a chapter of their own.
            Shape::Enveloped(_, tag, _) => format!("对象，由 `{tag}` 区分"),
            Shape::Either(shapes) => {
                let words: Vec<String> = shapes.iter().map(|shape| self.words(shape())).collect();
                words.join("，或 ")
            }
            Shape::Any => "任意 JSON".to_owned(),
        }
    }

    fn table(&mut self, out: &mut String, fields: &[FieldShape]) {
        out.push_str("| Field 字段 | 必填 | Holds 内容 | Meaning |\n|---|---|---|---|\n");
        for field in fields {
            let words = self.words((field.shape)());
            let required = if (field.required)() { "是" } else { "" };
            writeln!(
                out,
                "| `{}` | {required} | {words} | {} |",
                field.name,
                one_line(field.doc)
            )
            .unwrap();
        }
        out.push('\n');
    }
}

fn one_line(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn record(shape: Shape) -> &'static RecordShape {
    match shape {
        Shape::Record(record) => record,
        other => panic!("not a record: {other:?}"),
    }
}

fn acts() -> String {
    let mut out = String::from(
        "# Acts and checks 行为与检查\n\n\
         Written by `tests/docs.rs` from the source; do not edit. 本页由源码生成，请勿手改。\n\n\
         ## The request 请求\n\nWhat `prepare` reads.\n\n",
    );
    let mut nested = Nested::default();
    for top in ["Request", "Query"] {
        nested.seen.insert(top);
    }
    nested.table(&mut out, record(Request::shape()).fields);
    out.push_str("## The question 查询\n\nWhat `answer` reads.\n\n");
    nested.table(&mut out, record(Query::shape()).fields);
    out.push_str("## The envelope of every act 每个行为的共同字段\n\n");
    let envelope = record(Envelope::shape());
    writeln!(out, "{}\n", one_line(envelope.doc)).unwrap();
    nested.table(&mut out, envelope.fields);
    out.push_str("## The acts 行为\n\nThe fields beside the envelope.\n\n");
    for act in ACTS {
        let shape = record((act.shape)());
        writeln!(out, "### `{}`\n\n{}\n", act.tag, one_line(shape.doc)).unwrap();
        nested.table(&mut out, shape.fields);
    }
    out.push_str("## What the fields hold 字段内容\n\n");
    while let Some(shape) = nested.open.pop_front() {
        writeln!(out, "### {}\n\n{}\n", shape.name, one_line(shape.doc)).unwrap();
        nested.table(&mut out, shape.fields);
    }
    out
}

/// Every code in the source with its severities: the literals, and the constructor or helper that they are given to.
fn codes() -> BTreeMap<String, &'static str> {
    let mut codes = BTreeMap::new();
    for room in ROOMS {
        let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            if path.ends_with("tests.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or("");
            for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
                // The odd parts between quotation marks are the literals.
                for literal in line.split('"').skip(1).step_by(2) {
                    if is_code(literal) {
                        codes.insert(literal.to_owned(), severity(text, literal));
                    }
                }
            }
        }
    }
    codes
}

/// A code is `room.what`; the words of acts, and prefixes, are none.
fn is_code(literal: &str) -> bool {
    let Some((room, what)) = literal.split_once('.') else {
        return false;
    };
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    (room == "act" || ROOMS.contains(&room)) && plain(what) && !ACTS.iter().any(|act| act.tag == literal)
}

/// Whatever says it nearest before the code.
fn severity(text: &str, code: &str) -> &'static str {
    let before = text.split(&format!("\"{code}\"")).next().unwrap_or("");
    let words = [
        ("Finding::error(", "错误"),
        ("Finding::warning(", "问题"),
        ("Finding::notice(", "提示"),
        (".refuse(", "错误"),
        (".problem(", "错误"),
        (".warning(", "问题"),
        (".notice(", "提示"),
        ("let mut say =", "问题"),
    ];
    words
        .iter()
        .filter_map(|(word, zh)| before.rfind(word).map(|at| (at, *zh)))
        .max()
        .map_or("错误", |(_, zh)| zh)
}

fn checks() -> String {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for line in CHECKS.lines().filter(|line| !line.is_empty()) {
        let (code, sentence) = line.split_once(' ').expect("a code, a space, a sentence");
        assert!(
            known.insert(code, sentence).is_none(),
            "{code} twice in tests/data/checks.txt"
        );
    }
    let found = codes();
    let missing: Vec<&String> = found.keys().filter(|code| !known.contains_key(code.as_str())).collect();
    assert!(missing.is_empty(), "add to tests/data/checks.txt: {missing:#?}");
    let gone: Vec<&&str> = known.keys().filter(|code| !found.contains_key(**code)).collect();
    assert!(gone.is_empty(), "nothing raises: {gone:#?}");
    let mut out = String::from(
        "## Checks 检查\n\n\
         错误（error）: the document or act is refused and the state stays as it was. \
         问题（warning）and 提示（notice）: findings of a view, switched off, weighed and based by the rule set (`checks`, [rule-sets.md](rule-sets.md)).\n\n\
         | Code 代码 | Severity 级别 | Says 含义 |\n|---|---|---|\n",
    );
    for (code, severity) in found {
        writeln!(out, "| `{code}` | {severity} | {} |", known.get(code.as_str()).unwrap()).unwrap();
    }
    out
}

#[test]
fn acts_md_is_current() {
    let text = acts() + &checks();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/acts.md");
    if std::env::var_os("ZEREN_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "docs/acts.md is out of date: ZEREN_BLESS=1 cargo test --test docs"
    );
}

/// An act and its envelope are one object, so a shared name is read twice: only what means the same may be shared.
#[test]
fn acts_share_only_what_they_must_with_their_envelope() {
    let names = |shape: &'static RecordShape| shape.fields.iter().map(|field| field.name);
    let envelope: BTreeSet<_> = names(record(Envelope::shape())).collect();
    let mut shared = BTreeSet::new();
    for act in ACTS {
        shared.extend(
            names(record((act.shape)()))
                .filter(|name| envelope.contains(name))
                .map(|name| (act.tag, name)),
        );
    }
    let expected = [
        ("inspection.planned", "id"),
        ("letter.amended", "id"),
        ("letter.approved", "basis"),
        ("letter.drafted", "basis"),
        ("letter.drafted", "id"),
        ("letter.suspended", "basis"),
        ("letter.voided", "basis"),
    ];
    assert_eq!(shared.into_iter().collect::<Vec<_>>(), expected);
}
