//! The arrows of the house: which room may know of which.
//!
//! Data goes one way, so a room imports only from rooms below it and, within its row, from rooms to its right. The two
//! wings, numbers and responsibility, know nothing of each other. This test reads the source text, because the
//! compiler lets every module of a crate see every other.

mod source;

use std::collections::BTreeMap;

use source::{Piece, Source, Token, sources, tokens};

/// The rooms, row by row from the roof to the ground floor. A new room gets its place here.
const HOUSE: &[&[&str]] = &[
    &["bin", "capi"],
    &["library"],
    &["schemas", "report"],
    &["store"],
    &["year"],
    &["system"],
    &["cascade", "plan", "supervision", "assessment"],
    &["score"],
    &["scheme"],
    &["letter", "registry"],
    &["ledger"],
    &["fact", "exact", "calendar", "codes", "document", "progress", "error"],
];

/// The wing of numbers.
const NUMBERS: &[&str] = &["scheme", "score"];
/// The wing of responsibility.
const RESPONSIBILITY: &[&str] = &["registry", "letter", "cascade", "plan", "supervision", "assessment"];

/// A file with more lines than this holds more than one idea.
const LONGEST_FILE: usize = 600;

#[test]
fn rooms_import_only_from_below_and_from_their_right() {
    let breaches = breaches(&sources());
    assert!(
        breaches.is_empty(),
        "{} import(s) against the arrows of the house; move what is shared to a room below both:\n{}",
        breaches.len(),
        breaches.join("\n")
    );
}

#[test]
fn unsafe_code_stands_only_in_capi() {
    let found = unsafe_outside_capi(&sources());
    assert!(
        found.is_empty(),
        "`unsafe` belongs in src/capi/ only:\n{}",
        found.join("\n")
    );
}

#[test]
fn no_file_is_longer_than_an_idea() {
    let long = long_files(&sources());
    assert!(
        long.is_empty(),
        "split what is over {LONGEST_FILE} lines, one idea a file:\n{}",
        long.join("\n")
    );
}

/// Every import that goes against the arrows, as a line that names file, rooms and rule.
fn breaches(sources: &[Source]) -> Vec<String> {
    let macros = exported_macros(sources);
    let mut breaches = Vec::new();
    for source in sources {
        let Some(room) = source.room() else { continue };
        if place(room).is_none() {
            breaches.push(format!("{}: room `{room}` has no place in HOUSE", source.path));
            continue;
        }
        for (line, reference) in references(&source.path, &source.tokens()) {
            let reason = match &reference {
                Reference::Whole => Some("names the whole crate, which hides the room; write the room out".to_owned()),
                Reference::To(name) => {
                    let other = macros.get(name).unwrap_or(name);
                    against(room, other).map(|rule| format!("`{room}` may not import `{other}`: {rule}"))
                }
            };
            if let Some(reason) = reason {
                breaches.push(format!("{}:{line}: {reason}", source.path));
            }
        }
    }
    breaches
}

/// The rule that an import breaks, if any.
fn against(from: &str, to: &str) -> Option<&'static str> {
    if from == to {
        return None;
    }
    let (Some(own), Some(other)) = (place(from), place(to)) else {
        return Some("it has no place in HOUSE");
    };
    let apart = |left: &[&str], right: &[&str]| left.contains(&from) && right.contains(&to);
    if apart(NUMBERS, RESPONSIBILITY) || apart(RESPONSIBILITY, NUMBERS) {
        return Some("the two wings know nothing of each other; they meet in `system` and `year`");
    }
    (other < own).then_some("it lies above or to the left")
}

/// Row and column; what is greater lies below or to the right.
fn place(room: &str) -> Option<(usize, usize)> {
    (0..)
        .zip(HOUSE)
        .find_map(|(row, rooms)| Some((row, rooms.iter().position(|other| *other == room)?)))
}

/// What a path that begins at the root of the crate names first.
#[derive(Debug, PartialEq, Eq)]
enum Reference {
    /// A room, or a macro that stands at the root.
    To(String),
    /// All rooms at once: `crate::*`, `crate::{self}`, `use crate as x`.
    Whole,
}

/// Every reference from the root of the crate, with its line.
fn references(path: &str, tokens: &[Token]) -> Vec<(usize, Reference)> {
    let mut found = Vec::new();
    let mut open_modules = Vec::new();
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let after = &tokens[at + 1..];
        match &token.piece {
            Piece::Mark('{') => {
                depth += 1;
                let before: Vec<_> = tokens[at.saturating_sub(2)..at]
                    .iter()
                    .filter_map(Token::word)
                    .collect();
                if before.first() == Some(&"mod") && before.len() == 2 {
                    open_modules.push(depth);
                }
            }
            Piece::Mark('}') => {
                if open_modules.last() == Some(&depth) {
                    open_modules.pop();
                }
                depth = depth.saturating_sub(1);
            }
            Piece::Word(word) if word == "crate" || word == "zeren" => {
                if let Some(rest) = path_goes_on(after) {
                    found.extend(heads(rest).into_iter().map(|head| (token.line, head)));
                } else if word == "crate" && after.first().is_some_and(|next| next.is_word("as")) {
                    found.push((token.line, Reference::Whole));
                }
            }
            // Only the first `super` of a chain: the others follow a `::`.
            Piece::Word(word) if word == "super" && !tokens[..at].last().is_some_and(|before| before.is_mark(':')) => {
                let (mut steps, mut rest) = (1, path_goes_on(after));
                while let Some([next, after @ ..]) = rest
                    && next.is_word("super")
                {
                    steps += 1;
                    rest = path_goes_on(after);
                }
                let heads = rest.map(heads).unwrap_or_default();
                let climbs_on = heads.contains(&Reference::To("super".to_owned()));
                if climbs_on {
                    found.push((token.line, Reference::Whole));
                } else if steps >= module_depth(path) + open_modules.len() {
                    found.extend(heads.into_iter().map(|head| (token.line, head)));
                }
            }
            _ => {}
        }
    }
    found
}

/// What follows a `::`; `None` when the path ends here.
fn path_goes_on(tokens: &[Token]) -> Option<&[Token]> {
    match tokens {
        [first, second, rest @ ..] if first.is_mark(':') && second.is_mark(':') && !rest.is_empty() => Some(rest),
        _ => None,
    }
}

/// The first names of a path or of every path in a `{…}`.
fn heads(tokens: &[Token]) -> Vec<Reference> {
    let head = |token: &Token| match &token.piece {
        Piece::Word(word) if word == "self" => Some(Reference::Whole),
        Piece::Word(word) => Some(Reference::To(word.clone())),
        Piece::Mark('*') => Some(Reference::Whole),
        _ => None,
    };
    if !tokens[0].is_mark('{') {
        return head(&tokens[0]).into_iter().collect();
    }
    let mut found = Vec::new();
    let (mut depth, mut begins) = (0_usize, false);
    for token in tokens {
        match token.piece {
            Piece::Mark('{') => {
                depth += 1;
                begins = depth == 1;
            }
            Piece::Mark('}') if depth == 1 => break,
            Piece::Mark('}') => depth -= 1,
            Piece::Mark(',') => begins = depth == 1,
            _ if begins => {
                found.extend(head(token));
                begins = false;
            }
            _ => {}
        }
    }
    found
}

/// How many `super` lead from a file to the root of the crate.
fn module_depth(path: &str) -> usize {
    let below = path.strip_prefix("src/").unwrap_or(path);
    below.split('/').filter(|step| *step != "mod.rs").count()
}

/// Exported macros stand at the root of the crate, whatever room declares them.
fn exported_macros(sources: &[Source]) -> BTreeMap<String, String> {
    let mut macros = BTreeMap::new();
    for source in sources {
        let tokens = source.tokens();
        for (at, token) in tokens.iter().enumerate() {
            let exported = token.is_word("macro_rules")
                && tokens[..at]
                    .iter()
                    .rev()
                    .take(2)
                    .any(|before| before.is_word("macro_export"));
            if let (true, Some(name), Some(room)) = (exported, tokens.get(at + 2).and_then(Token::word), source.room())
            {
                macros.insert(name.to_owned(), room.to_owned());
            }
        }
    }
    macros
}

fn unsafe_outside_capi(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .filter(|source| source.room() != Some("capi"))
        .flat_map(|source| {
            let lines = source.tokens().into_iter().filter(|token| token.is_word("unsafe"));
            lines
                .map(|token| format!("{}:{}", source.path, token.line))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn long_files(sources: &[Source]) -> Vec<String> {
    sources
        .iter()
        .map(|source| (source, source.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(source, lines)| format!("{}: {lines} lines", source.path))
        .collect()
}

// The detection itself.

fn made_up(path: &str, text: &str) -> Source {
    Source {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}

fn breaches_of(path: &str, text: &str) -> usize {
    let macros = made_up(
        "src/document/record.rs",
        "#[macro_export]\nmacro_rules! record { () => { $crate::document::x } }",
    );
    breaches(&[made_up(path, text), macros]).len()
}

#[test]
fn a_forbidden_import_is_found_however_it_is_written() {
    for text in [
        "use crate::system::State;",
        "use crate::{error::Result, system::State};",
        "use crate::{error::{Result, Error}, document::{Read, Cursor}, system};",
        "use crate::{\n    error::Result,\n    system::State,\n};",
        "fn f() -> crate::system::State {}",
        "macro_rules! m { () => { $crate::system::State }; }",
        "use crate :: system :: State;",
        "use super::super::system::State;",
        "mod inner { use super::super::super::system::State; }",
        "use super::{super::system::State};",
        "#[cfg(test)] mod tests { use crate::system::State; }",
        "use crate::*;",
        "use crate::{self};",
        "use crate::{self as zeren};",
        "use crate as zeren;",
        "use crate::no_such_room::State;",
        "use crate::calendar::Date;", // to the left within the row
    ] {
        assert_eq!(breaches_of("src/codes/credit.rs", text), 1, "{text}");
    }
    assert_eq!(breaches_of("src/codes/mod.rs", "use super::system::State;"), 1);
    assert_eq!(breaches_of("src/attic/mod.rs", ""), 1);
}

#[test]
fn a_permitted_import_is_not_found() {
    for text in [
        "use crate::error::Result;",
        "use crate::{document::{Cursor, Read}, error::Result};",
        "use crate::codes::half_width;",
        "use super::typed::plain;",
        "mod tests { use super::super::typed::plain; }",
        "crate::record! { }",
        "use crate::record;",
        "pub(crate) fn f() {}",
        "pub(in crate::codes) fn f() {}",
        "/// [`crate::system::State`]\n// use crate::system;\n/* use crate::system; */ fn f() {}",
        "const TEXT: &str = \"crate::system::State\";",
        "mod system; use self::system::State; use super::system::State;",
    ] {
        assert_eq!(breaches_of("src/codes/credit.rs", text), 0, "{text}");
    }
}

#[test]
fn the_table_says_who_may_import_whom() {
    for (from, to) in [
        ("capi", "error"),
        ("system", "score"),
        ("system", "cascade"),
        ("year", "system"),
        ("cascade", "plan"),
        ("cascade", "assessment"),
        ("plan", "supervision"),
        ("letter", "registry"),
        ("score", "scheme"),
        ("cascade", "letter"),
        ("scheme", "fact"),
        ("registry", "ledger"),
        ("fact", "error"),
    ] {
        assert_eq!(against(from, to), None, "{from} -> {to}");
    }
    for (from, to) in [
        ("error", "document"),
        ("ledger", "registry"),
        ("plan", "cascade"),
        ("registry", "letter"),
        ("system", "year"),
        ("store", "report"),
        // The wings, also where the rows alone would allow it.
        ("cascade", "score"),
        ("assessment", "scheme"),
        ("score", "letter"),
        ("scheme", "registry"),
        ("letter", "scheme"),
    ] {
        assert!(against(from, to).is_some(), "{from} -> {to}");
    }
    let mut rooms = HOUSE.concat();
    rooms.sort_unstable();
    rooms.dedup();
    assert_eq!(rooms.len(), HOUSE.concat().len(), "a room has one place");
    assert!(NUMBERS.iter().chain(RESPONSIBILITY).all(|room| place(room).is_some()));
}

#[test]
fn unsafe_code_and_long_files_are_found() {
    let code = "fn f() { unsafe { g() } }\n// unsafe\n#![deny(unsafe_code)]";
    assert_eq!(
        unsafe_outside_capi(&[made_up("src/score/kernel.rs", code)]),
        ["src/score/kernel.rs:1"]
    );
    assert!(unsafe_outside_capi(&[made_up("src/capi/text.rs", code)]).is_empty());
    assert_eq!(tokens(code).iter().filter(|token| token.is_word("unsafe")).count(), 1);
    assert_eq!(long_files(&[made_up("src/codes/a.rs", &"\n".repeat(601))]).len(), 1);
    assert!(long_files(&[made_up("src/codes/a.rs", &"\n".repeat(600))]).is_empty());
}
