//! Rare characters of personal and place names go through every layer as they came: four bytes long in UTF-8, two units in
//! UTF-16, or outside of GBK.

#![allow(clippy::unwrap_used, reason = "a test that fails should fail loudly")]

mod names;

use names::{Office, scheme, sheet};
use serde_json::{Value, json};
use zeren::fact::Template;
use zeren::report::{Feedback, findings_markdown, ranking, sheet_markdown};

/// 䶮 U+4DAE, 㙍 U+364D, 𬱖 U+2CC56, 𫘦 U+2B626, 𨱔 U+28C54, 𠮷 U+20BB7, 𰻝 U+30EDD, and the last of the basic plane's.
const NAMES: [&str; 8] = ["䶮", "㙍", "𬱖", "𫘦", "𨱔", "𠮷", "𰻝", "\u{9FFC}"];

fn all() -> String {
    NAMES.concat()
}

#[test]
fn the_names_are_what_they_are_said_to_be() {
    let points: Vec<u32> = all().chars().map(u32::from).collect();
    assert_eq!(
        points,
        [0x4DAE, 0x364D, 0x2CC56, 0x2B626, 0x28C54, 0x20BB7, 0x30EDD, 0x9FFC]
    );
}

#[test]
fn ids_and_names_go_through_ledger_replay_and_views() {
    let mut office = Office::new();
    for (index, name) in NAMES.iter().enumerate() {
        office.enter(&[
            json!({"act": "units.founded", "id": format!("建-{index}"), "effective": "2023-02-01",
                   "units": [{"id": format!("u-{name}"), "name": format!("{name}镇"), "class": "镇"}]}),
            json!({"act": "posts.founded", "id": format!("职-{name}"), "effective": "2023-02-01",
                   "posts": [{"id": format!("p-{name}"), "unit": format!("u-{name}"), "name": format!("{name}镇书记")}]}),
            json!({"act": "tenures.begun", "id": format!("任-{name}"), "effective": "2023-02-01",
                   "tenures": [{"id": format!("t-{name}"), "person": name, "post": format!("p-{name}"), "capacity": "holder"}]}),
        ]);
    }
    assert_eq!(office.replayed(), office.system);
    for name in NAMES {
        // As they are, not escaped.
        assert!(office.lines.concat().contains(&format!(r#""name":"{name}镇""#)));
        let unit = office.ask(&json!({"view": "unit", "day": "2023-06-30", "unit": format!("u-{name}")}));
        let unit: Value = serde_json::from_str(&unit).unwrap();
        assert_eq!(unit.get("name").unwrap(), &format!("{name}镇"));
        let answers = office.ask(&json!({"view": "unit", "day": "2023-06-30", "unit": format!("u-{name}")}));
        assert!(answers.contains(&format!("p-{name}")), "{answers}");
    }
    // Escapes of JSON, which Java and JavaScript write as surrogate pairs, mean the same characters.
    let escaped = r#"{"view":"unit","day":"2023-06-30","unit":"u-\ud873\udc56"}"#;
    let asked = zeren::document::read(escaped.as_bytes()).unwrap();
    assert!(office.system.answer(&asked).unwrap().contains("𬱖镇"));
}

#[test]
fn they_go_through_schemes_sheets_and_papers() {
    let title = format!("{}通报", all());
    let scheme = scheme(&title, &all());
    assert!(scheme.read_back().contains(&title));
    let sheet = sheet(&scheme, &all());
    assert!(serde_json::to_string(&sheet).unwrap().contains("s-𬱖"));
    let subject = format!("{}镇", all());
    let markdown = sheet_markdown(&sheet, &title, &subject);
    assert!(markdown.contains(&title) && markdown.contains(&subject), "{markdown}");
    let feedback = Feedback {
        scheme: &title,
        subject: &subject,
        reply_by: None,
        appeal_by: None,
        issuer: Some(&subject),
        date: None,
    };
    for paper in [
        feedback.paper(&sheet),
        ranking(&title, &[(&subject, &sheet)], Some(&subject), None),
    ] {
        for text in [paper.html(), paper.markdown()] {
            assert!(text.contains(&title) && text.contains(&subject), "{text}");
        }
    }
    let told = findings_markdown(&sheet.findings);
    assert!(!told.contains('\u{FFFD}'));
}

#[test]
fn they_go_through_tables_out_and_in() {
    let scheme = scheme("通报", &all());
    let template = Template::events("办法", "1", scheme.facts().first().unwrap());
    let subject = format!("{}镇", all());
    let csv = template.csv(&[("s-𬱖", &subject)]);
    assert!(csv.contains(&subject) && csv.contains(&all()));
    let head = template.csv(&[]);
    let filled = format!("{head}s-𬱖,{subject},是,{},{}事项\r\n", all(), all());
    let read = template.read(filled.as_bytes());
    let read = read.unwrap_or_else(|error| panic!("{error}\n{csv}"));
    let told = format!("{read:?}");
    assert!(
        told.contains("s-𬱖") && told.contains(&format!("{}事项", all())),
        "{told}"
    );
}
