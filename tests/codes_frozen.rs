//! Codes of errors and findings are promised for ever: hosts compare them.
//!
//! Every text of the form `room.words` in the library is such a code, however it reaches a finding; the list of them is
//! kept in `tests/frozen/codes.txt`. A code may be added; one that is there may neither go nor change its meaning.

mod source;

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use source::{Piece, Source, sources, without_tests};

/// First parts of codes that are no room: what is wrong with an act whichever room takes it, and what lint says, told apart
/// from what the scheme room refuses.
const FAMILIES: [&str; 2] = ["act", "lint"];

const LIST: &str = "tests/frozen/codes.txt";

#[test]
fn the_codes_are_those_of_the_frozen_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST);
    let found = codes(&sources());
    if env::var_os("ZEREN_BLESS").is_some_and(|bless| bless == "1") {
        let lines: String = found.iter().map(|code| format!("{code}\n")).collect();
        fs::write(&path, lines).unwrap();
        return;
    }
    let listed = fs::read_to_string(&path).unwrap();
    let verdict = verdict(&listed, &found);
    assert!(verdict.is_empty(), "{}", verdict.join("\n"));
}

/// What stands between the list and the codes of the source, as sentences that say what to do.
fn verdict(listed: &str, found: &BTreeSet<String>) -> Vec<String> {
    let lines: Vec<&str> = listed.lines().collect();
    let mut verdict = Vec::new();
    if !lines.windows(2).all(|pair| pair[0] < pair[1]) {
        verdict.push(format!(
            "{LIST} is not sorted, one code a line without repetition: run the test with ZEREN_BLESS=1 and look at the difference"
        ));
    }
    for code in lines.iter().filter(|code| !found.contains(**code)) {
        verdict.push(format!(
            "`{code}` is promised in {LIST} but no longer in src/: hosts compare it, so put it back; only a code that was never released may be taken from the list with ZEREN_BLESS=1"
        ));
    }
    for code in found.iter().filter(|code| !lines.contains(&code.as_str())) {
        verdict.push(format!(
            "`{code}` is new: if its name is one to keep for ever, add it to {LIST} by running the test with ZEREN_BLESS=1"
        ));
    }
    verdict
}

/// Every text `room.words` outside of tests whose first part is a room of the library.
fn codes(sources: &[Source]) -> BTreeSet<String> {
    let mut rooms: BTreeSet<&str> = sources.iter().filter_map(Source::room).collect();
    rooms.extend(FAMILIES);
    let is_code = |text: &str| {
        text.split_once('.').is_some_and(|(room, words)| {
            rooms.contains(room)
                && !words.is_empty()
                && words
                    .bytes()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_')
        })
    };
    sources
        .iter()
        .filter(|source| !source.path.ends_with("/tests.rs") && !source.path.contains("/tests/"))
        .flat_map(|source| without_tests(&source.tokens()))
        .filter_map(|token| match token.piece {
            Piece::Text(text) if is_code(&text) => Some(text),
            _ => None,
        })
        .collect()
}

// The detection itself.

fn made_up(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn codes_are_found_however_they_reach_a_finding() {
    let text = r#"
        const CODE: &str = "codes.constant"; // "codes.comment"
        /// "codes.documentation"
        fn f() { refuse("codes.refused", x("other.room", "codes", "codes.Upper", "codes.a b", "codes.", "no codes.x")) }
        #[cfg(test)] mod tests { const T: &str = "codes.in_a_test"; }
    "#;
    let sources = [
        made_up("src/codes/a.rs", text),
        made_up("src/codes/a/tests.rs", "\"codes.in_a_test_file\""),
        made_up("src/error.rs", "\"codes.from_another_room\""),
    ];
    let found: Vec<String> = codes(&sources).into_iter().collect();
    assert_eq!(found, ["codes.constant", "codes.from_another_room", "codes.refused"]);
}

#[test]
fn the_verdict_names_what_is_missing_new_and_unsorted() {
    let found = BTreeSet::from(["a.one".to_owned(), "a.two".to_owned()]);
    assert!(verdict("a.one\na.two\n", &found).is_empty());
    let missing = verdict("a.gone\na.one\na.two\n", &found);
    assert!(missing.len() == 1 && missing[0].contains("`a.gone` is promised"));
    let new = verdict("a.one\n", &found);
    assert!(new.len() == 1 && new[0].contains("`a.two` is new"));
    assert!(verdict("a.two\na.one\n", &found)[0].contains("not sorted"));
}
