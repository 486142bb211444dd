//! The library's source text for tests about it: its files, cut into words, texts and marks.
//!
//! Comments and documentation are left out, so what is said about a name is not taken for its use.

#![allow(dead_code, reason = "each test that shares this file uses a part of it")]

use std::fs;
use std::path::Path;

/// One source file.
pub struct Source {
    /// Its path below the package, with `/`: `src/codes/credit.rs`.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// The room it stands in; `None` for the front doors `src/lib.rs` and `src/main.rs`.
    pub fn room(&self) -> Option<&str> {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = below.split('/').next().unwrap_or(below);
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(below, "lib.rs" | "main.rs")).then_some(room)
    }

    /// Its tokens.
    pub fn tokens(&self) -> Vec<Token> {
        tokens(&self.text)
    }
}

/// Every source file of the library, in the order of their paths.
pub fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")), "src", &mut sources);
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    assert!(sources.len() > 10, "src/ was not found");
    sources
}

fn collect(package: &Path, folder: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(package.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(package, &path, sources);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            sources.push(Source { path, text });
        }
    }
}

/// A piece of source text and the line it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub piece: Piece,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A name, keyword or figure.
    Word(String),
    /// What stands between the quotes of a string, escapes as written.
    Text(String),
    /// Any other character.
    Mark(char),
}

impl Token {
    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        matches!(&self.piece, Piece::Word(own) if own == word)
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.piece == Piece::Mark(mark)
    }

    /// The word, when it is one.
    pub fn word(&self) -> Option<&str> {
        match &self.piece {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// Source text without its comments.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader {
        characters: text.chars().collect(),
        at: 0,
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(first) = reader.peek(0) {
        let line = reader.line;
        let piece = match first {
            '/' if reader.peek(1) == Some('/') => {
                reader.take_while(|character| character != '\n');
                continue;
            }
            '/' if reader.peek(1) == Some('*') => {
                reader.block_comment();
                continue;
            }
            '"' => Piece::Text(reader.string()),
            '\'' => {
                reader.character_or_lifetime();
                continue;
            }
            _ if first.is_alphanumeric() || first == '_' => {
                let word = reader.take_while(|character| character.is_alphanumeric() || character == '_');
                let prefix = matches!(word.as_str(), "r" | "b" | "c" | "br" | "cr");
                match (prefix, reader.hashes_before_quote()) {
                    (true, Some(hashes)) if word.contains('r') => Piece::Text(reader.raw_string(hashes)),
                    (true, Some(0)) => Piece::Text(reader.string()),
                    _ => Piece::Word(word),
                }
            }
            _ => {
                reader.next();
                if first.is_whitespace() {
                    continue;
                }
                Piece::Mark(first)
            }
        };
        tokens.push(Token { line, piece });
    }
    tokens
}

/// The tokens that are built into the library: without what stands under `#[cfg(test)]`.
pub fn without_tests(all: &[Token]) -> Vec<Token> {
    let attribute = tokens("#[cfg(test)]");
    let mut kept = Vec::new();
    let mut rest = all;
    while let Some((first, after)) = rest.split_first() {
        let here = rest
            .iter()
            .zip(&attribute)
            .filter(|(own, other)| own.piece == other.piece);
        if here.count() < attribute.len() {
            kept.push(first.clone());
            rest = after;
            continue;
        }
        // The item ends with its first semicolon, or with the bracket that closes its first block.
        let mut depth = 0_usize;
        let end = rest.iter().position(|token| {
            match token.piece {
                Piece::Mark('{') => depth += 1,
                Piece::Mark('}') => depth -= 1,
                _ => {}
            }
            depth == 0 && (token.is_mark('}') || token.is_mark(';'))
        });
        rest = &rest[end.map_or(rest.len(), |end| end + 1)..];
    }
    kept
}

struct Reader {
    characters: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(character == '\n');
        Some(character)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(character) = self.peek(0).filter(|character| wanted(*character)) {
            taken.push(character);
            self.next();
        }
        taken
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.next(), self.peek(0)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => continue,
            }
            self.next();
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while let Some(character) = self.next().filter(|character| *character != '"') {
            text.push(character);
            if character == '\\' {
                text.extend(self.next());
            }
        }
        text
    }

    /// The number of `#` between here and a quote, when nothing else stands in between.
    fn hashes_before_quote(&self) -> Option<usize> {
        let hashes = (0..).take_while(|ahead| self.peek(*ahead) == Some('#')).count();
        (self.peek(hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self, hashes: usize) -> String {
        for _ in 0..=hashes {
            self.next();
        }
        let mut text = String::new();
        while let Some(character) = self.next() {
            if character == '"' && (0..hashes).all(|ahead| self.peek(ahead) == Some('#')) {
                for _ in 0..hashes {
                    self.next();
                }
                break;
            }
            text.push(character);
        }
        text
    }

    fn character_or_lifetime(&mut self) {
        self.next();
        if self.peek(0) == Some('\\') {
            self.next();
            self.next();
            self.take_while(|character| character != '\'');
            self.next();
        } else if self.peek(1) == Some('\'') {
            self.next();
            self.next();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Source, Token, tokens, without_tests};

    fn shown(tokens: &[Token]) -> Vec<String> {
        tokens
            .iter()
            .map(|token| match &token.piece {
                Piece::Word(word) => word.clone(),
                Piece::Text(text) => format!("\"{text}\""),
                Piece::Mark(mark) => mark.to_string(),
            })
            .collect()
    }

    #[test]
    fn comments_and_texts_are_not_words() {
        let text = "a /* crate::x /* y */ */ \"b \\\" // c\" // d\n'e' '\\'' '\\u{41}' &'f r#\"g \"h\"# br\"i\" b'j' é";
        let read = tokens(text);
        assert_eq!(
            shown(&read),
            ["a", "\"b \\\" // c\"", "&", "f", "\"g \"h\"", "\"i\"", "b", "é"]
        );
        assert_eq!((read[0].line, read[2].line), (1, 2));
    }

    #[test]
    fn what_is_only_for_tests_is_left_out() {
        let text = "a #[cfg(test)] mod tests; b #[cfg(test)] #[x] mod tests { fn c() { d; } e } f #[cfg(unix)] g;";
        let kept = shown(&without_tests(&tokens(text)));
        assert_eq!(kept.concat(), "abf#[cfg(unix)]g;");
    }

    #[test]
    fn a_file_knows_its_room() {
        let room = |path: &str| {
            let source = Source {
                path: path.to_owned(),
                text: String::new(),
            };
            source.room().map(str::to_owned)
        };
        assert_eq!(room("src/lib.rs"), None);
        assert_eq!(room("src/fact.rs").as_deref(), Some("fact"));
        assert_eq!(room("src/document/parse/tests.rs").as_deref(), Some("document"));
    }
}
