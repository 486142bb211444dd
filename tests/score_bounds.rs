//! Large and deep schemes: bounded in time and in stack.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails should fail loudly"
)]

use zeren::document::parse;
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Results, score};

fn scheme(items: &str) -> String {
    format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
        "facts":[{{"name":"甲","kind":"count","max":9}}],"items":{items},"not_applicable":"renormalise",
        "rounding":{{"when":"total","place":2,"mode":"half_up"}}}}"#
    )
}

fn total(text: &str) -> Result<String, String> {
    let facts = r#"{"kind":"facts","format":1,"subject":"x","scheme":"s","facts":{"甲":2}}"#;
    let facts = Facts::read(&parse(facts.as_bytes()).unwrap()).unwrap();
    let scheme = Scheme::parse(text.as_bytes()).map_err(|error| error.code().to_owned())?;
    assert!(!scheme.read_back().is_empty() && scheme == scheme.clone());
    let sheet = score(&scheme, &facts, &Results::new()).map_err(|error| error.code().to_owned())?;
    Ok(sheet.total.zh())
}

fn leaf(id: &str, expression: &str) -> String {
    format!(
        r#"{{"id":"{id}","title":"项","points":4,"rule":{{"kind":"checklist","title":"清单","done":"{expression}","of":4}}}}"#
    )
}

const GROUPS: usize = 256;

fn on_a_stack(kilobytes: usize, text: String) -> Result<String, String> {
    std::thread::Builder::new()
        .stack_size(kilobytes << 10)
        .spawn(move || total(&text))
        .unwrap()
        .join()
        .unwrap()
}

#[test]
fn groups_as_deep_as_documents_may_be() {
    let nested = |depth: usize| {
        let open: String = (0..depth)
            .map(|level| format!(r#"{{"id":"g{level}","title":"组","cap":3,"items":["#))
            .collect();
        scheme(&format!("[{open}{}{}]", leaf("1", "甲 + 2"), "]}".repeat(depth)))
    };
    assert_eq!(on_a_stack(GROUPS, nested(60)), Ok("3".to_owned()));
    assert_eq!(on_a_stack(GROUPS, nested(70)), Err("document.too_deep".to_owned()));
}

/// Frames of a debug build are several times those of a release build, which fits 256 KiB.
const EXPRESSIONS: usize = if cfg!(debug_assertions) { 1_024 } else { 256 };

#[test]
fn expressions_as_deep_as_they_may_be() {
    let deep = |inner: &str, open: &str, close: &str, times: usize| {
        let expression = format!("{}{inner}{}", open.repeat(times), close.repeat(times));
        on_a_stack(EXPRESSIONS, scheme(&format!("[{}]", leaf("1", &expression))))
    };
    let refused = Err("scheme.expression".to_owned());
    assert_eq!(deep("甲", "(", ")", 30), Ok("2".to_owned()));
    assert_eq!(deep("甲", "(", ")", 1_000), refused);
    assert_eq!(deep("甲", "1*(", ")", 30), Ok("2".to_owned()));
    assert_eq!(deep("甲", "0+1*min(4,", ")", 60), refused);
    assert_eq!(deep("甲", "true?", ":0", 1_000), refused);
    assert_eq!(deep("甲", "true||1<-abs(1*(", "))?1:0", 60), refused);
    assert_eq!(deep("甲", "0+", "", 2_000), Ok("2".to_owned()));
    assert_eq!(deep("甲", "-", "", 4_000), Ok("2".to_owned()));
    assert_eq!(deep("甲", "1*", "", 2_000), refused);
}

/// Seconds; what grew with the square of the items would take many minutes.
#[test]
fn a_hundred_thousand_items() {
    let items: Vec<String> = (0..100_000).map(|id| leaf(&format!("i{id}"), "甲")).collect();
    let text = scheme(&format!("[{}]", items.join(",")));
    assert_eq!(total(&text), Ok("200000".to_owned()));
}
