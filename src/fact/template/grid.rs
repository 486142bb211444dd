//! Rows of cells in CSV (RFC 4180), written and read.
//!
//! Our own few lines instead of a library: people filled the table in by hand, and a stray quote must be told by the
//! address of its cell, which the libraries that forgive or skip it cannot do.

use crate::error::{Error, ErrorKind, Finding, Result};

/// Rows of a table at most: whoever has more has taken the wrong file.
const MAX_ROWS: usize = 200_000;

/// Writes a row. A cell that a spreadsheet would read as a formula is set behind an apostrophe, as such programs do.
pub(super) fn write<'t>(cells: impl Iterator<Item = &'t str>, text: &mut String) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        let guarded = if cell.starts_with(['=', '+', '@', '\t']) {
            "'"
        } else {
            ""
        };
        if cell.contains(['"', ',', '\n', '\r']) || cell.trim() != cell {
            text.push_str(&format!("\"{guarded}{}\"", cell.replace('"', "\"\"")));
        } else {
            text.push_str(guarded);
            text.push_str(cell);
        }
    }
    text.push_str("\r\n");
}

/// The rows of a table in CSV, cells without blanks around them.
///
/// # Errors
/// A document error for bytes that are not UTF-8, a quotation mark out of place or not closed (with the address of its
/// cell), and for more rows than any table of ours has.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        refuse(
            "fact.template_not_utf8",
            String::new(),
            format!("文件从第 {at} 字节起不是 UTF-8 编码，请另存为“CSV UTF-8（逗号分隔）”"),
            format!("from byte {at} on the file is not UTF-8; save it as \"CSV UTF-8\""),
        )
    })?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let (mut cell, mut state) = (String::new(), State::Start);
    let mut characters = text.trim_start_matches('\u{feff}').chars().peekable();
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
            (_, ',') => {
                row.push(take(&mut cell));
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

/// The address of a cell as spreadsheets tell it: `A1` for row 0, column 0.
pub fn address(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column.saturating_add(1);
    while rest > 0 {
        let digit = rest.saturating_sub(1).rem_euclid(26);
        letters.push(u8::try_from(digit).unwrap_or(0).saturating_add(b'A'));
        rest = rest.saturating_sub(1).div_euclid(26);
    }
    letters.reverse();
    let letters: String = letters.into_iter().map(char::from).collect();
    format!("{letters}{}", row.saturating_add(1))
}

pub(super) fn refuse(code: &'static str, at: String, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Document, Finding::error(code, at, zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        let places = [
            (0, 0, "A1"),
            (3, 25, "Z4"),
            (0, 26, "AA1"),
            (9, 701, "ZZ10"),
            (0, 702, "AAA1"),
        ];
        for (row, column, expected) in places {
            assert_eq!(address(row, column), expected);
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let rows = [vec!["a", "", "b,c", "d\"e", "f\ng"], vec!["", "'", "甲", "=1+1", "x"]];
        let mut text = String::new();
        rows.iter().for_each(|row| write(row.iter().copied(), &mut text));
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read[0], rows[0]);
        assert_eq!(read[1], ["", "", "甲", "=1+1", "x"]);
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
