//! Every function and every error.

mod functions;
mod guards;
mod limits;
mod names;
mod ranges;

use super::*;
use crate::document::{Problems, Value, parse};
use crate::exact::{Exact, Interval};
use crate::fact::{Declaration, read_declarations};
use crate::scheme::core::*;

pub(super) const FACTS: &str = r#"[
    {"name": "会议次数", "kind": "count", "max": 10},
    {"name": "完成", "kind": "number", "min": 0, "max": 100},
    {"name": "目标", "kind": "number", "min": 0, "max": 100},
    {"name": "人数", "kind": "count", "min": 2, "max": 50},
    {"name": "已制定", "kind": "yes_no"},
    {"name": "层级", "kind": "choice", "words": ["省级", "市级"]},
    {"name": "报送日", "kind": "date", "earliest": "2023-01-01", "latest": "2023-12-31"},
    {"name": "开工日", "kind": "date"},
    {"name": "测评", "kind": "ballots", "max": 120, "words": ["优秀", "称职"]},
    {"name": "事故", "kind": "events", "max": 10, "fields": [
        {"name": "级别", "kind": "choice", "words": ["一般", "重大"]},
        {"name": "事项", "kind": "matter"},
        {"name": "归属", "kind": "holder"},
        {"name": "日期", "kind": "date", "earliest": "2023-01-01", "latest": "2023-12-31"},
        {"name": "死亡人数", "kind": "number", "min": 0, "max": 9},
        {"name": "瞒报", "kind": "yes_no"},
        {"name": "补报日", "kind": "date"},
        {"name": "人数", "kind": "number", "min": 1, "max": 3}
    ]}
]"#;

pub(super) fn declarations(text: &str) -> Vec<Declaration> {
    let value = parse(text.as_bytes()).unwrap();
    let problems = Problems::new();
    let list = read_declarations(&Cursor::root(&value, &problems));
    problems.settle(crate::error::ErrorKind::Document, list).unwrap()
}

pub(super) fn inputs() -> Inputs {
    Inputs::new(&declarations(FACTS), &["镇".into(), "街道".into()])
}

pub(super) fn names(inputs: &Inputs) -> Names<'_> {
    Names {
        inputs,
        defined: &[],
        totals: true,
        full_total: false,
        calendars: true,
    }
}

/// A named value: as a number the facts' 完成, from 0 to 100.
pub(super) fn defined(name: &str, kind: Type) -> Named {
    let inputs = inputs();
    let core = match kind {
        Type::Truth => Core::Truth(true),
        _ => fact("完成"),
    };
    Named::new(name, &core, kind, &names(&inputs))
}

/// What an expression reads as, or what is said of it.
pub(super) fn try_with(names: &Names<'_>, text: &str, expected: Type) -> std::result::Result<Core, String> {
    let value = Value::Text(text.to_owned());
    let problems = Problems::new();
    let core = read(&Cursor::root(&value, &problems), names, expected);
    said(core, problems)
}

pub(super) fn try_over(names: &Names<'_>, events: usize, text: &str, expected: Type) -> Result<Core, String> {
    let value = Value::Text(text.to_owned());
    let problems = Problems::new();
    let core = read_over(&Cursor::root(&value, &problems), names, events, expected);
    said(core, problems)
}

fn said(core: Option<Core>, problems: Problems) -> Result<Core, String> {
    let findings = problems.into_findings();
    assert_eq!(core.is_none(), findings.len() == 1);
    core.ok_or_else(|| {
        assert_eq!(findings[0].code, "scheme.expression");
        findings[0].zh.clone()
    })
}

pub(super) fn number(text: &str) -> Core {
    typed(text, Type::Number)
}

pub(super) fn typed(text: &str, expected: Type) -> Core {
    let inputs = inputs();
    try_with(&names(&inputs), text, expected).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The errors of these expressions.
pub(super) fn refused(expected: Type, cases: &[(&str, usize, &str)]) {
    let inputs = inputs();
    for (text, place, sentence) in cases {
        let error = try_with(&names(&inputs), text, expected).unwrap_err();
        assert_eq!(error, format!("表达式第 {place} 个字符：{sentence}"), "{text}");
    }
}

pub(super) fn fact(name: &str) -> Core {
    Core::Fact(inputs().named(name).unwrap())
}

pub(super) fn whole(number: i64) -> Core {
    Core::whole(number)
}

/// The declared class is the last of the inputs that are not derived.
pub(super) fn first_derived() -> usize {
    inputs().class().unwrap() + 1
}
