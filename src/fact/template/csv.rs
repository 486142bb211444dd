//! Rows of cells in CSV (RFC 4180), written and read.
//!
//! Our own few lines instead of a library: people filled the table in by hand, and a stray quote must be told by the
//! address of its cell, which the libraries that forgive or skip it cannot do.

use super::encoding::decoded;
use super::grid::{MAX_CELLS, MAX_TEXT, address, refuse, too_much};
use crate::error::Result;

/// Rows of a table at most: whoever has more has taken the wrong file.
const MAX_ROWS: usize = 200_000;

/// Cells may be set apart by these; spreadsheets choose by the settings of the country or by the name of the format.
const SEPARATORS: [char; 3] = [',', '\t', ';'];

/// Writes a row. A cell that a spreadsheet would read as a formula is set behind an apostrophe, as such programs do.
pub(super) fn write<'t>(cells: impl Iterator<Item = &'t str>, text: &mut String) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        let guarded = if is_guarded(cell) { "'" } else { "" };
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            text.push_str(&format!("\"{guarded}{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(guarded);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// Whether a spreadsheet might run the cell, or the reader take its apostrophe for a guard.
fn is_guarded(cell: &str) -> bool {
    let number = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match cell.chars().next() {
        Some('=' | '+' | '@' | '\t' | '\r' | '\'') => true,
        Some('-') => !cell.strip_prefix('-').is_some_and(number),
        _ => false,
    }
}

/// The rows of a table in CSV, cells without blanks around them. They may be set apart by commas, tabs or semicolons: by
/// what stands first in the first row.
///
/// # Errors
/// A document error for bytes that are not UTF-8 (with the encoding that it looks like), a quotation mark out of place or
/// not closed (with the address of its cell), and for more than any table of ours holds.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    if bytes.len() > MAX_TEXT {
        return Err(too_much(""));
    }
    let text = decoded(bytes)?;
    let separator = separator(text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let (mut cell, mut state, mut cells) = (String::new(), State::Start, 0_usize);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        state = match (state, character) {
            (State::Quoted, '"') if characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
                State::Quoted
            }
            (State::Quoted, '"') => State::Closed,
            (State::Quoted, other) => {
                cell.push(other);
                State::Quoted
            }
            (State::Start, '"') => State::Quoted,
            (_, other) if other == separator => {
                row.push(take(&mut cell));
                cells = cells.saturating_add(1);
                if cells > MAX_CELLS {
                    return Err(too_much(&address(rows.len(), row.len())));
                }
                State::Start
            }
            (_, '\n') => {
                row.push(take(&mut cell));
                rows.push(std::mem::take(&mut row));
                if rows.len() > MAX_ROWS {
                    return Err(refuse(
                        "fact.template_too_long",
                        String::new(),
                        format!("表格超过 {MAX_ROWS} 行"),
                        format!("the table has more than {MAX_ROWS} rows"),
                    ));
                }
                State::Start
            }
            (state, '\r') if characters.peek() == Some(&'\n') => state,
            (State::Closed, _) | (State::Plain, '"') => {
                let at = address(rows.len(), row.len());
                return Err(refuse(
                    "fact.template_stray_quote",
                    at.clone(),
                    format!("{at}：引号位置不对，请重新另存为 CSV"),
                    format!("{at}: a quotation mark out of place; save the table as CSV again"),
                ));
            }
            (State::Start | State::Plain, other) => {
                cell.push(other);
                State::Plain
            }
        };
    }
    if matches!(state, State::Quoted) {
        let at = address(rows.len(), row.len());
        return Err(refuse(
            "fact.template_open_quote",
            at.clone(),
            format!("{at}：引号没有闭合，请重新另存为 CSV"),
            format!("{at}: a quotation mark is not closed; save the table as CSV again"),
        ));
    }
    if !row.is_empty() || !cell.is_empty() {
        row.push(take(&mut cell));
        rows.push(row);
    }
    Ok(rows)
}

/// What sets the cells of the first row apart.
fn separator(text: &str) -> char {
    let mut quoted = false;
    for character in text.chars().take_while(|character| *character != '\n') {
        if character == '"' {
            quoted = !quoted;
        } else if !quoted && SEPARATORS.contains(&character) {
            return character;
        }
    }
    ','
}

/// Where the reader stands in a cell.
#[derive(Clone, Copy)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

fn take(cell: &mut String) -> String {
    let text = std::mem::take(cell);
    let text = text.trim();
    text.strip_prefix('\'').unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let rows = [
            vec!["a", "", "b,c", "d\"e", "f\ng"],
            vec!["", "'", "甲", "=1+1", "-2"],
            vec!["-1+1", "-0.5"],
        ];
        let mut text = String::new();
        rows.iter().for_each(|row| write(row.iter().copied(), &mut text));
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read[0], rows[0]);
        assert_eq!(read[1], rows[1]);
        assert_eq!(read[2], rows[2]);
    }

    #[test]
    fn cells_may_be_set_apart_by_tabs_and_semicolons() {
        for text in ["甲\t\"乙,丙\"\t1\r\n", "\u{feff}甲;\"乙,丙\";1", "甲,\"乙,丙\",1\n"] {
            assert_eq!(read(text.as_bytes()).unwrap(), [["甲", "乙,丙", "1"]], "{text:?}");
        }
        assert_eq!(read("\"甲;乙\",丙".as_bytes()).unwrap(), [["甲;乙", "丙"]]);
        assert_eq!(read("甲,\"一\r\n二\"\r\n丙".as_bytes()).unwrap()[0][1], "一\r\n二");
    }

    #[test]
    fn what_is_too_much_is_refused() {
        for text in [
            ",".repeat(MAX_CELLS + 2),
            "\n".repeat(MAX_ROWS + 2),
            "甲".repeat(MAX_TEXT / 3 + 1),
        ] {
            let code = read(text.as_bytes()).unwrap_err().code();
            assert!(["fact.template_too_large", "fact.template_too_long"].contains(&code));
        }
    }

    #[test]
    fn a_quote_out_of_place_is_told_by_its_cell() {
        for (text, code, at) in [
            ("a,b\r\nc,\"d", "fact.template_open_quote", "B2"),
            ("a\"b", "fact.template_stray_quote", "A1"),
            ("\"a\"b", "fact.template_stray_quote", "A1"),
        ] {
            let error = read(text.as_bytes()).unwrap_err();
            assert_eq!((error.code(), error.findings()[0].pointer.as_deref()), (code, Some(at)));
        }
    }
}
