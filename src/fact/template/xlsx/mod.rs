//! Workbooks (.xlsx): the table as one sheet, written and read (feature `xlsx`).
//!
//! Our own few files instead of the libraries there are. What writes workbooks best (rust_xlsxwriter) starts threads, asks
//! the clock for the day of creation and seeds its maps at random, which a guest in somebody's process does not do. What
//! reads them (calamine) unpacks whatever an archive holds without a bound, and tells neither which rows are hidden nor that
//! a number is shown as a percentage. A workbook is a ZIP archive (`zip`, `pack`) of XML parts (`xml`); `book` and `sheet`
//! read it, `write` writes it, `number` says what the number in a cell means.

#[cfg(feature = "xlsx")]
use super::grid::refuse;
#[cfg(feature = "xlsx")]
use crate::error::Error;

#[cfg(feature = "xlsx")]
mod book;
#[cfg(feature = "xlsx")]
mod entry;
#[cfg(feature = "xlsx")]
mod number;
#[cfg(feature = "xlsx")]
mod pack;
#[cfg(feature = "xlsx")]
mod read;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(all(test, feature = "xlsx"))]
mod tests;
#[cfg(not(feature = "xlsx"))]
mod without;
#[cfg(feature = "xlsx")]
mod write;
#[cfg(feature = "xlsx")]
mod xml;
#[cfg(feature = "xlsx")]
mod zip;

#[cfg(feature = "xlsx")]
pub(super) use read::read;
#[cfg(not(feature = "xlsx"))]
pub(super) use without::{read, write};
#[cfg(feature = "xlsx")]
pub(super) use write::write;

/// Whether the bytes are a ZIP archive, as every .xlsx is.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A workbook that cannot be read, and why.
#[cfg(feature = "xlsx")]
fn broken(zh: &str, en: &str) -> Error {
    refuse(
        "fact.template_not_workbook",
        String::new(),
        format!("工作簿无法读取：{zh}"),
        format!("the workbook cannot be read: {en}"),
    )
}
