//! The examples on the pages of the scheme language are read by the library, and where expected results follow, scored.
//!
//! | fence | holds |
//! |---|---|
//! | `json facts` | declarations of facts, one or a list; they stand until the end of the page, a later one of a name replaces it |
//! | `json item` | an item or group, or a list |
//! | `json rule` | a rule; the test puts an item of 10 points around it |
//! | `json members` | further members of the scheme: grades, vetoes, … |
//! | `json draft` | an item that leaves something open; `text` lists the questions |
//! | `json scheme` | a whole scheme, with worked examples that must come out |
//! | `text` after these | `{facts} → points，grade，第 n 名`, in a cohort `甲：{facts} → …`; a line `· …` is a reason of the sheet before |
//!
//! A heading starts anew, but for the facts. Any other fence marked json fails.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use std::path::Path;

use zeren::document::{Name, Value, canonical, parse};
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Sheet, check, score_cohort};

struct Fence {
    line: usize,
    heading: String,
    kind: String,
    text: String,
}

fn fences(page: &str) -> Vec<Fence> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let (mut all, mut open, mut heading) = (Vec::new(), None::<Fence>, String::new());
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (Some(_), Some(_)) => all.extend(open.take()),
            (Some(fence), None) => {
                fence.text.push_str(line);
                fence.text.push('\n');
            }
            (None, Some(kind)) => {
                open = Some(Fence {
                    line: number + 1,
                    heading: heading.clone(),
                    kind: kind.trim().to_owned(),
                    text: String::new(),
                });
            }
            (None, None) if line.starts_with('#') => heading = format!("{number} {line}"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{page}: a fence stays open");
    all
}

fn members(value: Value) -> Vec<(Name, Value)> {
    match value {
        Value::Object(members) => members,
        other => panic!("expected an object, found {}", canonical(&other)),
    }
}

fn several(value: Value) -> Vec<Value> {
    match value {
        Value::List(items) => items,
        one => vec![one],
    }
}

/// What the fences since the last heading say.
#[derive(Default)]
struct Example {
    facts: Vec<Value>,
    items: Vec<Value>,
    members: Vec<(Name, Value)>,
    whole: Option<Scheme>,
}

impl Example {
    fn declare(&mut self, declared: Value) {
        for fact in several(declared) {
            let name = |fact: &Value| fact.get("name").map(canonical);
            self.facts.retain(|known| name(known) != name(&fact));
            self.facts.push(fact);
        }
    }

    /// The scheme with the frame that every scheme needs.
    fn document(&self, status: &str) -> Value {
        let frame = r#"{"kind":"scheme","format":1,"edition":"1","id":"办法","version":"1","title":"示例办法","year":2023,
            "not_applicable":"renormalise","rounding":{"when":"total","place":2,"mode":"half_up"}}"#;
        let mut whole = members(parse(frame.as_bytes()).unwrap());
        whole.retain(|(name, _)| self.members.iter().all(|(own, _)| own != name));
        whole.push(("status".into(), Value::Text(status.to_owned())));
        whole.push(("facts".into(), Value::List(self.facts.clone())));
        whole.push(("items".into(), Value::List(self.items.clone())));
        whole.extend(self.members.iter().cloned());
        Value::Object(whole)
    }

    fn scheme(&self) -> Scheme {
        match &self.whole {
            Some(scheme) => scheme.clone(),
            None => Scheme::read(&self.document("adopted")).unwrap_or_else(|error| panic!("{error}")),
        }
    }
}

/// `{facts}`, or `{"facts": {…}, "class": …}`, as the facts document of a subject.
fn subject(scheme: &Scheme, id: &str, given: &str) -> Facts {
    let given = parse(given.as_bytes()).unwrap_or_else(|error| panic!("{given}: {error}"));
    let text = |text: &str| Value::Text(text.to_owned());
    let mut whole = vec![
        ("kind".into(), text("facts")),
        ("format".into(), parse(b"1").unwrap()),
        ("subject".into(), text(id)),
        ("scheme".into(), text(scheme.id())),
    ];
    if given.get("facts").is_some() {
        whole.extend(members(given));
    } else {
        whole.push(("facts".into(), given));
    }
    Facts::read(&Value::Object(whole)).unwrap_or_else(|error| panic!("{error}"))
}

fn compare(sheet: &Sheet, expected: &str) {
    let mut parts = expected.split('，');
    assert_eq!(Some(sheet.total.zh().as_str()), parts.next(), "points");
    for part in parts {
        match part.strip_prefix("第 ").and_then(|part| part.strip_suffix(" 名")) {
            Some(rank) => assert_eq!(sheet.rank.map(|rank| rank.zh()).as_deref(), Some(rank), "rank"),
            None => assert_eq!(sheet.grades.join(" / "), part, "grade"),
        }
    }
}

/// Scores the lines of a block of results; how many there are.
fn results(scheme: &Scheme, block: &str) -> usize {
    let lines: Vec<&str> = block.lines().filter(|line| !line.trim().is_empty()).collect();
    let rows: Vec<(&str, &str, &str)> = lines
        .iter()
        .filter(|line| !line.starts_with('·'))
        .map(|line| {
            let (given, expected) = line.rsplit_once(" → ").unwrap_or_else(|| panic!("no arrow in {line}"));
            let at = given.find('{').unwrap_or_else(|| panic!("no facts in {line}"));
            (given[..at].trim_end_matches('：'), &given[at..], expected)
        })
        .collect();
    let together = rows.iter().all(|(id, _, _)| !id.is_empty());
    let all: Vec<Facts> = rows
        .iter()
        .map(|(id, given, _)| subject(scheme, if together { id } else { "某单位" }, given))
        .collect();
    let runs: Vec<&[Facts]> = if together {
        vec![&all[..]]
    } else {
        all.chunks(1).collect()
    };
    let sheets: Vec<Sheet> = runs
        .into_iter()
        .flat_map(|run| score_cohort(scheme, run).unwrap_or_else(|error| panic!("{error}")))
        .collect();
    let mut row = 0;
    for line in lines {
        if let Some(reason) = line.strip_prefix("· ") {
            let told: Vec<&str> = sheets[row - 1].lines.iter().map(|line| line.reason.as_str()).collect();
            assert!(told.contains(&reason), "no reason {reason:?} in {told:?}");
            continue;
        }
        compare(&sheets[row], rows[row].2);
        row += 1;
    }
    row
}

/// Runs one fence; how many results were compared.
fn run(example: &mut Example, fence: &Fence) -> usize {
    let json = || parse(fence.text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    match fence.kind.as_str() {
        "json facts" => example.declare(json()),
        "json item" => example.items.extend(several(json())),
        "json rule" => {
            let item = r#"{"id":"1","title":"项目","points":10}"#;
            let mut item = members(parse(item.as_bytes()).unwrap());
            item.push(("rule".into(), json()));
            example.items.push(Value::Object(item));
        }
        "json members" => example.members.extend(members(json())),
        "json draft" => {
            example.items.push(json());
            let refused = Scheme::read(&example.document("adopted"));
            assert!(refused.is_err(), "an adopted scheme leaves nothing open");
            example.whole = Some(Scheme::read(&example.document("draft")).unwrap_or_else(|error| panic!("{error}")));
        }
        "json scheme" => {
            let scheme = Scheme::read(&json()).unwrap_or_else(|error| panic!("{error}"));
            let found = check(&scheme);
            assert!(found.is_empty(), "{found:?}");
            example.whole = Some(scheme);
        }
        "text" if example.whole.is_none() && example.items.is_empty() => {}
        "text" => {
            let scheme = example.scheme();
            if !scheme.questions().is_empty() {
                let asked: Vec<&str> = scheme
                    .questions()
                    .iter()
                    .map(|asked| asked.finding.zh.as_str())
                    .collect();
                assert_eq!(asked, fence.text.lines().collect::<Vec<_>>(), "questions");
                return asked.len();
            }
            return results(&scheme, &fence.text);
        }
        other => assert!(!other.contains("json"), "an example says what it is, not {other:?}"),
    }
    if !example.items.is_empty() && example.whole.is_none() {
        example.scheme();
    }
    0
}

/// Reads a page; the headings whose examples were scored.
fn scored(page: &str) -> Vec<String> {
    let mut example = Example::default();
    let (mut heading, mut done, mut failed) = (String::new(), Vec::new(), Vec::new());
    for fence in fences(page) {
        if fence.heading != heading {
            heading.clone_from(&fence.heading);
            example = Example {
                facts: example.facts,
                ..Example::default()
            };
        }
        let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&mut example, &fence)));
        match tried {
            Ok(0) => {}
            Ok(_) if done.contains(&heading) => {}
            Ok(_) => done.push(heading.clone()),
            Err(_) => failed.push(format!("docs/{page}:{} {}", fence.line, fence.heading)),
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    done
}

#[test]
fn the_tutorial() {
    assert!(scored("scheme.md").len() >= 8, "every part of the tutorial is scored");
}

#[test]
fn the_cookbook() {
    let done = scored("scheme-cookbook.md");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scheme-cookbook.md");
    let text = std::fs::read_to_string(path).unwrap();
    let recipes: Vec<&str> = text.lines().filter(|line| line.starts_with("### ")).collect();
    for recipe in &recipes {
        assert!(
            done.iter().any(|done| done.ends_with(recipe)),
            "{recipe} has no results"
        );
    }
    assert!(recipes.len() >= 30);
}

#[test]
fn the_reference() {
    let done = scored("scheme-reference.md");
    for (kind, zh) in zeren::scheme::kinds::words() {
        let heading = format!("### {kind} {zh}");
        assert!(
            done.iter().any(|done| done.ends_with(&heading)),
            "{kind} has no example in the reference"
        );
    }
}
