use super::*;
use crate::document::{self, Cursor, Problems};
use crate::exact::{Exact, Interval};

pub(crate) fn declarations(text: &str) -> Vec<Declaration> {
    let value = document::parse(text.as_bytes()).unwrap();
    let problems = Problems::new();
    let list = read_declarations(&Cursor::root(&value, &problems));
    problems.settle(crate::error::ErrorKind::Document, list).unwrap()
}

fn facts(text: &str) -> Facts {
    let document = format!("{{\"kind\":\"facts\",\"format\":1,\"subject\":\"s\",\"scheme\":\"x\",\"facts\":{text}}}");
    Facts::read(&document::parse(document.as_bytes()).unwrap()).unwrap()
}

const COUNT: &str = r#"[{"name":"次数","kind":"count","max":10,"supplier":"宣传部"}]"#;

#[test]
fn unknown_is_the_range_and_not_zero() {
    for (text, state, code) in [
        ("{}", State::Pending, "fact.pending"),
        (r#"{"次数":{"state":"unknown"}}"#, State::Unknown, "fact.unknown"),
    ] {
        let admission = admit(&declarations(COUNT), &facts(text)).unwrap();
        let fact = admission.get("次数").unwrap();
        assert_eq!(fact.state, state);
        assert_eq!(fact.held, Held::Number(Interval::between(0.into(), 10.into())));
        assert_eq!(admission.findings[0].code, code);
    }
    let admission = admit(&declarations(COUNT), &facts("{}")).unwrap();
    assert!(admission.findings[0].zh.contains("宣传部"));
}

#[test]
fn a_zero_needs_somebody_who_declares_it() {
    let insisting = COUNT.replace("\"max\"", "\"zero\":\"declared\",\"max\"");
    let bare = facts(r#"{"次数":0}"#);
    let taken = admit(&declarations(COUNT), &bare).unwrap();
    assert_eq!(taken.facts[0].state, State::ZeroUndeclared);
    assert_eq!(taken.facts[0].held, Held::Number(Interval::point(Exact::ZERO)));
    let refused = admit(&declarations(&insisting), &bare).unwrap();
    assert_eq!(refused.facts[0].state, State::Unknown);
    assert_eq!(refused.findings[0].code, "fact.zero_undeclared");
    let declared = admit(
        &declarations(&insisting),
        &facts(r#"{"次数":{"state":"zero","declared_by":"p1"}}"#),
    )
    .unwrap();
    assert_eq!(declared.facts[0].state, State::Zero);
    assert!(declared.findings.is_empty());
}

#[test]
fn all_errors_come_at_once_with_their_places() {
    let error = admit(&declarations(COUNT), &facts(r#"{"次":1,"次数":2.5,"x":true}"#)).unwrap_err();
    let found: Vec<_> = error
        .findings()
        .iter()
        .map(|f| (f.code, f.pointer.clone().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("fact.undeclared", "/facts/次".into()),
            ("fact.undeclared", "/facts/x".into()),
            ("fact.not_whole", "/facts/次数".into())
        ]
    );
}
