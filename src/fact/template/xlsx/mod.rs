//! Workbooks (.xlsx).

use super::Template;
use super::grid::Grid;
use crate::error::{Error, ErrorKind, Finding, Result};

/// Whether the bytes are a ZIP archive, as every .xlsx is.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// What a build without the feature says.
fn built_without() -> Error {
    Error::one(
        ErrorKind::Unsupported,
        Finding::error(
            "fact.template_no_xlsx",
            "",
            "本程序库未启用 xlsx 功能，请改用 CSV（在 WPS 或 Excel 中另存为“CSV UTF-8”）",
            "this library was built without the feature xlsx; use CSV (save as \"CSV UTF-8\")",
        ),
    )
}

/// The cells of a workbook.
pub(super) fn read(_bytes: &[u8]) -> Result<Grid> {
    Err(built_without())
}

/// The workbook of a table.
pub(super) fn write(_template: &Template, _lines: &[Vec<String>]) -> Result<Vec<u8>> {
    Err(built_without())
}
