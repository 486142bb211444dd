//! The cells of one sheet.

use std::collections::BTreeSet;

use super::book::Book;
use super::number::{Format, shown};
use super::xml::{Element, Piece, Xml};
use crate::error::{Finding, Result};
use crate::fact::template::grid::{Grid, MAX_CELLS, MAX_TEXT, address, too_much};

/// Of each sort of thing so many are told at most: whoever has more has something else to do first.
const MOST_TOLD: usize = 1_000;
/// Numbers of hidden rows or columns that a finding lists.
const LISTED: usize = 10;

/// The cells of a sheet as they are gathered.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) grid: Grid,
    cells: usize,
    bytes: usize,
    hidden_rows: Vec<usize>,
    hidden_columns: Vec<(usize, usize)>,
    formulas: Vec<String>,
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    value: Option<String>,
    inline: String,
    formula: bool,
}

/// Into what the text at hand goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Value,
    Inline,
}

impl Sheet {
    /// Reads a sheet.
    ///
    /// # Errors
    /// A document error for a sheet that is damaged or too large. What is wrong with single cells stands in the grid.
    pub(super) fn read(book: &Book<'_>, part: &[u8]) -> Result<Self> {
        let mut sheet = Sheet::default();
        let mut xml = Xml::of(part)?;
        let (mut cell, mut into, mut reading) = (Cell::default(), Into::Nothing, false);
        // Rows and cells may leave out where they stand: then each is behind the one before.
        let (mut row, mut next_row, mut next_column) = (0, 0, 0);
        while let Some(piece) = xml.next()? {
            match piece {
                Piece::Start(element) => match element.name() {
                    "col" if element.is_on("hidden") => sheet.hidden_column(&element),
                    "row" => {
                        let told = element.attribute("r").and_then(|number| number.parse::<usize>().ok());
                        row = told.and_then(|number| number.checked_sub(1)).unwrap_or(next_row);
                        (next_row, next_column) = (row.saturating_add(1), 0);
                        if element.is_on("hidden") {
                            sheet.hidden_rows.push(row);
                        }
                    }
                    "c" => {
                        let place = element.attribute("r").as_deref().and_then(place);
                        let (at, column) = place.unwrap_or((row, next_column));
                        next_column = column.saturating_add(1);
                        cell = Cell {
                            row: at,
                            column,
                            kind: element.attribute("t").unwrap_or_default(),
                            style: element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0),
                            ..Cell::default()
                        };
                    }
                    "f" => cell.formula = true,
                    "v" => {
                        into = Into::Value;
                        cell.value = Some(String::new());
                    }
                    "rPh" => reading = true,
                    "t" if !reading => into = Into::Inline,
                    "mergeCell" => sheet.merged(&element),
                    _ => {}
                },
                Piece::Text(text) => match into {
                    Into::Value => cell.value.get_or_insert_default().push_str(&text),
                    Into::Inline => cell.inline.push_str(&text),
                    Into::Nothing => {}
                },
                Piece::End(name) => match name.as_str() {
                    "v" | "t" => into = Into::Nothing,
                    "rPh" => reading = false,
                    "c" => sheet.put(book, std::mem::take(&mut cell))?,
                    _ => {}
                },
            }
        }
        sheet.tell_hidden();
        sheet.tell_formulas();
        Ok(sheet)
    }

    /// Whether the first cell holds this text.
    pub(super) fn begins_with(&self, text: &str) -> bool {
        self.grid.row(0).first().is_some_and(|first| first == text)
    }

    fn put(&mut self, book: &Book<'_>, cell: Cell) -> Result<()> {
        let at = address(cell.row, cell.column);
        if cell.formula && self.formulas.len() < MOST_TOLD {
            self.formulas.push(at.clone());
        }
        let text = match text(book, &cell) {
            Ok(text) => text,
            Err((code, zh, en)) => {
                let finding = Finding::error(code, at.clone(), format!("{at}：{zh}"), format!("{at}: {en}"));
                if self.grid.problems.len() < MOST_TOLD {
                    self.grid.problems.push(finding);
                }
                return Ok(());
            }
        };
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let rows = &mut self.grid.rows;
        let width = rows.get(cell.row).map_or(0, Vec::len);
        let more_rows = cell.row.saturating_add(1).saturating_sub(rows.len());
        let more = cell.column.saturating_add(1).saturating_sub(width);
        self.cells = self.cells.saturating_add(more).saturating_add(more_rows);
        self.bytes = self.bytes.saturating_add(text.len());
        if self.cells > MAX_CELLS || self.bytes > MAX_TEXT {
            return Err(too_much(&at));
        }
        if more_rows > 0 {
            rows.resize(cell.row.saturating_add(1), Vec::new());
        }
        if let Some(row) = rows.get_mut(cell.row) {
            if more > 0 {
                row.resize(cell.column.saturating_add(1), String::new());
            }
            if let Some(slot) = row.get_mut(cell.column) {
                text.clone_into(slot);
            }
        }
        Ok(())
    }

    fn hidden_column(&mut self, element: &Element<'_>) {
        let number = |name| element.attribute(name).and_then(|number| number.parse::<usize>().ok());
        if let (Some(first), Some(last)) = (number("min"), number("max")) {
            self.hidden_columns
                .push((first.saturating_sub(1), last.saturating_sub(1)));
        }
    }

    /// Cells that are one: only the first of them holds anything, and of the others nobody knows whether it is meant for
    /// them too. The mark and the hints may be merged; they are ours.
    fn merged(&mut self, element: &Element<'_>) {
        let area = element.attribute("ref").unwrap_or_default();
        let (first, last) = area.split_once(':').unwrap_or((&area, &area));
        let (Some((top, left)), Some((bottom, _))) = (place(first), place(last)) else {
            return;
        };
        if bottom == 0 || (top == 2 && bottom == 2) {
            return;
        }
        if self.grid.problems.len() >= MOST_TOLD {
            return;
        }
        let at = address(top, left);
        self.grid.problems.push(Finding::error(
            "fact.template_merged",
            at.clone(),
            format!("{at}：{area} 是合并单元格，请取消合并并逐格填写"),
            format!("{at}: {area} are merged; unmerge them and fill each in"),
        ));
    }

    /// Rows and columns that hold something and that nobody sees.
    fn tell_hidden(&mut self) {
        let rows = &self.grid.rows;
        let filled = |row: &usize| {
            rows.get(*row)
                .is_some_and(|cells| cells.iter().skip(2).any(|cell| !cell.is_empty()))
        };
        let hidden: Vec<usize> = self.hidden_rows.iter().copied().filter(filled).collect();
        let is_hidden = |column: usize| {
            let mut ranges = self.hidden_columns.iter();
            ranges.any(|(first, last)| (*first..=*last).contains(&column))
        };
        let mut columns = BTreeSet::new();
        for cells in rows.iter().skip(3) {
            let filled = cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
            columns.extend(filled.map(|(column, _)| column));
        }
        columns.retain(|column| is_hidden(*column));
        let columns: Vec<usize> = columns.into_iter().collect();
        if let Some(first) = hidden.first() {
            let list: Vec<String> = hidden
                .iter()
                .take(LISTED)
                .map(|row| row.saturating_add(1).to_string())
                .collect();
            let (list, count) = (list.join("、"), hidden.len());
            let zh = format!(
                "有 {count} 个隐藏的行（{list}{}）已照常读入，请取消隐藏核对",
                etc(count)
            );
            let en = format!("{count} hidden rows ({list}) were read as well; show and check them");
            self.hidden(address(*first, 0), zh, en);
        }
        if let Some(first) = columns.first() {
            let list: Vec<String> = columns.iter().take(LISTED).map(|column| letters(*column)).collect();
            let (list, count) = (list.join("、"), columns.len());
            let zh = format!(
                "有 {count} 个隐藏的列（{list}{}）已照常读入，请取消隐藏核对",
                etc(count)
            );
            let en = format!("{count} hidden columns ({list}) were read as well; show and check them");
            self.hidden(address(1, *first), zh, en);
        }
    }

    fn hidden(&mut self, at: String, zh: String, en: String) {
        let finding = Finding::warning("fact.template_hidden", format!("{at}：{zh}"), format!("{at}: {en}"));
        self.grid.notices.push(finding.at(at));
    }

    /// A spreadsheet keeps the result that a formula had when it was saved; nobody computes it anew here.
    fn tell_formulas(&mut self) {
        for at in std::mem::take(&mut self.formulas) {
            let told = Finding::notice(
                "fact.template_formula",
                format!("{at}：值由公式算出，按保存时的结果读取，请核对"),
                format!("{at}: the value comes from a formula and is read as it was when saved; check it"),
            );
            self.grid.notices.push(told.at(at));
        }
    }
}

fn etc(count: usize) -> &'static str {
    if count > LISTED { "等" } else { "" }
}

fn letters(column: usize) -> String {
    address(0, column).trim_end_matches('1').to_owned()
}

/// Why a cell cannot be taken: code, Chinese, English.
type Why = (&'static str, String, String);

/// What a cell says.
fn text(book: &Book<'_>, cell: &Cell) -> std::result::Result<String, Why> {
    let value = cell.value.as_deref();
    match cell.kind.as_str() {
        "inlineStr" => Ok(cell.inline.clone()),
        "s" => {
            let place = value.and_then(|place| place.trim().parse::<usize>().ok());
            let shared = place.and_then(|place| book.shared.get(place));
            shared
                .cloned()
                .ok_or_else(|| unreadable("引用的文字不存在", "it refers to a text that is not there"))
        }
        "str" => Ok(value.unwrap_or_default().to_owned()),
        // A day as ISO 8601 writes it; a time of day that is not midnight stays, and is refused as one.
        "d" => {
            let value = value.unwrap_or_default();
            Ok(value.split_once("T00:00:00").map_or(value, |(day, _)| day).to_owned())
        }
        "b" => Ok(if value == Some("1") { "是" } else { "否" }.to_owned()),
        "e" => {
            let value = value.unwrap_or("#N/A");
            Err((
                "fact.template_error_cell",
                format!("单元格是错误值 {value}，请改正公式或填写实际值"),
                format!("the cell holds the error {value}; mend the formula or write the value"),
            ))
        }
        "" | "n" => match value.filter(|value| !value.trim().is_empty()) {
            Some(value) => {
                let format = book.formats.get(cell.style).copied().unwrap_or(Format::Plain);
                shown(value, format, book.later).map_err(|(zh, en)| {
                    let (zh, en) = (format!("“{value}”{zh}"), format!("\"{value}\" {en}"));
                    ("fact.template_cell", zh, en)
                })
            }
            None if cell.formula => Err((
                "fact.template_formula_empty",
                "公式没有保存计算结果，请用 WPS 或 Excel 打开后保存一次，或粘贴为数值".to_owned(),
                "the formula was saved without its result; open and save it in a spreadsheet, or paste the value"
                    .to_owned(),
            )),
            None => Ok(String::new()),
        },
        other => Err(unreadable(
            &format!("单元格类型“{other}”不支持"),
            &format!("cells of type \"{other}\" are not known"),
        )),
    }
}

fn unreadable(zh: &str, en: &str) -> Why {
    (
        "fact.template_cell",
        format!("{zh}，请用 WPS 或 Excel 另存后重试"),
        format!("{en}; save it again"),
    )
}

/// Row and column of an address such as `C4` or `$C$4`; `None` for what is none.
fn place(address: &str) -> Option<(usize, usize)> {
    let address = address.replace('$', "");
    let digits = address.find(|character: char| character.is_ascii_digit())?;
    let (letters, digits) = address.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().try_fold(0_usize, |column, letter| {
        let place = letter
            .to_ascii_uppercase()
            .checked_sub(b'A')
            .filter(|place| *place < 26)?;
        column.checked_mul(26)?.checked_add(usize::from(place))?.checked_add(1)
    })?;
    Some((digits.parse::<usize>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_addresses() {
        for (row, column) in [(0, 0), (3, 25), (0, 26), (9, 701), (1_048_575, 16_383)] {
            assert_eq!(place(&address(row, column)), Some((row, column)));
        }
        assert_eq!(place("$C$4"), Some((3, 2)));
        for none in ["", "4", "C", "C0", "ABCD1", "C4x", "-1"] {
            assert_eq!(place(none), None, "{none}");
        }
    }
}
