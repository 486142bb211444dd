//! Where in the text of a document a JSON pointer leads.

use zeren::document::{Value, parse};

/// The line (from 1) on which what the pointer names stands: a member at its name, an item where it begins. Where a step
/// leads nowhere, as for a member that is missing, the line of what holds it. `None` for a text that is no JSON so far.
pub(crate) fn line_of(text: &str, pointer: &str) -> Option<usize> {
    let mut scan = Scan { text, at: 0 };
    scan.blanks();
    let mut found = scan.at;
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        match scan.enter(&step) {
            Some(place) => found = place,
            None => break,
        }
    }
    let before = text.get(..found)?;
    Some(before.matches('\n').count().saturating_add(1))
}

/// A place in the text, always at the beginning of a value.
struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn next(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn step(&mut self, length: usize) {
        self.at = self.at.saturating_add(length);
    }

    fn blanks(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        // A byte order mark may stand before the document.
        let blank = |character: char| character.is_whitespace() || character == '\u{feff}';
        self.step(rest.len().saturating_sub(rest.trim_start_matches(blank).len()));
    }

    /// Goes to the value of a member or item of the value here; where that member's name, or the item, begins.
    fn enter(&mut self, step: &str) -> Option<usize> {
        let names = match self.next()? {
            '{' => true,
            '[' => false,
            _ => return None,
        };
        self.step(1);
        let mut number = 0_usize;
        loop {
            self.blanks();
            let place = self.at;
            let here = match self.next()? {
                '}' | ']' => return None,
                '"' if names => {
                    let name = self.string()?;
                    self.blanks();
                    if self.next()? != ':' {
                        return None;
                    }
                    self.step(1);
                    self.blanks();
                    name == step
                }
                _ if names => return None,
                _ => step.parse() == Ok(number),
            };
            if here {
                return Some(place);
            }
            self.value()?;
            self.blanks();
            if self.next()? != ',' {
                return None;
            }
            self.step(1);
            number = number.saturating_add(1);
        }
    }

    /// Passes a string; what it says.
    fn string(&mut self) -> Option<String> {
        let rest = self.text.get(self.at..)?;
        let mut escaped = true;
        for (place, character) in rest.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    let length = place.saturating_add(1);
                    self.step(length);
                    return match parse(rest.get(..length)?.as_bytes()) {
                        Ok(Value::Text(text)) => Some(text),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        None
    }

    /// Passes a value.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.next()? {
                '"' => {
                    self.string()?;
                }
                '{' | '[' => {
                    depth = depth.saturating_add(1);
                    self.step(1);
                }
                '}' | ']' if depth > 0 => {
                    depth = depth.saturating_sub(1);
                    self.step(1);
                }
                ',' | '}' | ']' if depth == 0 => return Some(()),
                other => {
                    self.step(other.len_utf8());
                    continue;
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const TEXT: &str = "{\n \"title\": \"items\",\n \"a/b\": [1, {\"x\": \"}],\\\"\"},\n  {\"x\": 1,\n   \"y\": 2}],\n \"items\": [\n  7,\n  8]\n}\n";

    #[test]
    fn steps_are_followed_through_the_structure() {
        for (pointer, line) in [
            ("/title", 2),
            ("/a~1b", 3),
            ("/a~1b/1/x", 3),
            ("/a~1b/2", 4),
            ("/a~1b/2/y", 5),
            ("/items", 6),
            ("/items/1", 8),
        ] {
            assert_eq!(line_of(TEXT, pointer), Some(line), "{pointer}");
        }
    }

    #[test]
    fn what_is_missing_is_told_where_it_should_stand() {
        assert_eq!(line_of(TEXT, "/a~1b/2/z"), Some(4));
        assert_eq!(line_of(TEXT, "/nowhere/else"), Some(1));
        assert_eq!(line_of("{\n\"a\": [1, 2", "/a/1"), Some(2));
    }
}
