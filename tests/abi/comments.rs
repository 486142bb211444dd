//! Every function says what it does, what it returns and since when, and says it rightly.

use super::header::{Header, Role, names};
use super::{calls, committed};

#[test]
fn every_function_says_what_it_returns_and_since_when() {
    let header = Header::read(&committed());
    for function in &header.functions {
        let (name, comment) = (&function.name, &function.comment);
        let (meaning, rest) = comment
            .split_once("\n\n")
            .unwrap_or_else(|| panic!("{name} has no second part: {comment}"));
        assert!(meaning.len() > 20, "{name} says too little: {meaning}");
        assert!(
            rest.contains("Since 0.") || rest.contains("Since 1."),
            "{name} does not say since when"
        );
        assert!(
            !comment.contains("SAFETY") && !comment.contains("Rust"),
            "{name} does not speak to a reader of C"
        );
        let returns_status = function.returns == "int32_t" && !function.parameters.is_empty();
        assert_eq!(comment.contains("Returns "), returns_status, "{name}: what it returns");
        for word in names(comment) {
            if word.starts_with("ZEREN_") {
                let known =
                    header.numbers.contains_key(&word) || ["ZEREN_NUL", "ZEREN_SEE_SHEET"].contains(&word.as_str());
                assert!(known, "{name} names {word}, which is no constant");
            }
            if word.starts_with("zeren_") && !word.ends_with('_') {
                let is_type = header.handles.contains(&word) || word == "zeren_text";
                assert!(
                    is_type || header.functions.iter().any(|other| other.name == word),
                    "{name} names {word}"
                );
            }
        }
    }
}

#[test]
fn the_statuses_are_those_of_the_parameters() {
    let (header, calls) = (Header::read(&committed()), calls());
    for function in header.functions.iter().filter(|function| function.returns == "int32_t") {
        let documented = header.documented(function);
        let says = |status: &str| documented.iter().any(|one| one == status);
        let name = &function.name;
        assert!(says("ZEREN_OK"), "{name}: ZEREN_OK");
        let pointers = [
            Role::Handle,
            Role::Text,
            Role::OutText,
            Role::OutHandle,
            Role::OutArray,
            Role::OutNumber,
        ];
        let needs_pointer = pointers.iter().any(|role| function.has(*role));
        assert!(
            !needs_pointer || says("ZEREN_NULL_ARGUMENT"),
            "{name}: ZEREN_NULL_ARGUMENT"
        );
        assert_eq!(
            says("ZEREN_WRONG_HANDLE"),
            function.has(Role::Handle),
            "{name}: ZEREN_WRONG_HANDLE"
        );
        let texts = function
            .parameters
            .iter()
            .filter(|parameter| parameter.role == Role::Text);
        let bytes = |text: &&super::header::Parameter| calls.marked("bytes", &format!("{name}.{}", text.name));
        assert!(
            texts.clone().all(|text| bytes(&text)) || says("ZEREN_NOT_UTF8"),
            "{name}: ZEREN_NOT_UTF8"
        );
        assert!(texts.count() == 0 || says("ZEREN_TOO_LONG"), "{name}: ZEREN_TOO_LONG");
        let arrays = function.has(Role::Array) || function.has(Role::OutArray);
        assert!(!arrays || says("ZEREN_WRONG_ARRAY"), "{name}: ZEREN_WRONG_ARRAY");
    }
}

#[test]
fn every_handle_is_freed_by_one_function_of_its_name() {
    let header = Header::read(&committed());
    for handle in &header.handles {
        let frees: Vec<_> = header
            .functions
            .iter()
            .filter(|function| function.frees() == Some(handle))
            .collect();
        assert_eq!(frees.len(), 1, "{handle}");
        assert!(
            frees.iter().all(|function| function.name == format!("{handle}_free")),
            "{handle}"
        );
    }
}

#[test]
fn the_five_rules_stand_first() {
    let header = committed();
    let mut last = 0;
    for rule in [
        "FIVE RULES",
        " 1. ",
        " 2. ",
        " 3. ",
        " 4. ",
        " 5. ",
        "THE ORDER OF THIS FILE",
        "A COMPLETE PROGRAM",
        "A SECOND ONE",
        "#ifndef ZEREN_H",
    ] {
        let at = header.find(rule).unwrap_or_else(|| panic!("{rule} is missing"));
        assert!(at > last, "{rule} stands too early");
        last = at;
    }
}

#[test]
fn the_sections_stand_in_the_order_that_is_told() {
    let header = committed();
    let (_, told) = header.split_once("THE ORDER OF THIS FILE").unwrap();
    let (told, _) = told.split_once("A COMPLETE PROGRAM").unwrap();
    let mut last = 0;
    for banner in header.lines().filter_map(|line| line.strip_prefix("/* ---- ")) {
        let name = banner.split([':', '-', ',']).next().unwrap().trim();
        let at = told
            .find(name)
            .unwrap_or_else(|| panic!("{name} is not told at the top: include/cbindgen.toml"));
        assert!(at > last, "{name} stands elsewhere than told");
        last = at;
    }
}
