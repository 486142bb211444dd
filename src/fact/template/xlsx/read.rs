//! Reading the table of a workbook.

use super::book::Book;
use super::sheet::Sheet;
use crate::error::{Finding, Result};
use crate::fact::template::grid::Grid;
use crate::fact::template::mark::SCHEME;

/// The cells of the table: of the sheet that begins with the mark, else of the first that is shown.
pub(in crate::fact::template) fn read(bytes: &[u8]) -> Result<Grid> {
    let book = Book::open(bytes)?;
    let (mut first, mut marked): (Option<Grid>, Option<(String, Grid)>) = (None, None);
    for sheet in book.sheets() {
        let (name, part) = sheet?;
        let sheet = Sheet::read(&book, &part)?;
        match &mut marked {
            Some((other, grid)) if sheet.begins_with(SCHEME) => grid.problems.push(Finding::error(
                "fact.template_two_tables",
                "A1",
                format!("工作表“{other}”和“{name}”都是填报表，请分成两个文件"),
                format!("the sheets \"{other}\" and \"{name}\" are both tables; make two files of them"),
            )),
            None if sheet.begins_with(SCHEME) => marked = Some((name.to_owned(), sheet.grid)),
            _ => first = first.or(Some(sheet.grid)),
        }
    }
    Ok(marked.map(|(_, grid)| grid).or(first).unwrap_or_default())
}
