//! What a build without workbooks says of them.

use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::Template;
use crate::fact::template::grid::Grid;

/// Refuses a workbook.
pub(in crate::fact::template) fn read(_bytes: &[u8]) -> Result<Grid> {
    Err(built_without())
}

/// Refuses to write one.
pub(in crate::fact::template) fn write(_template: &Template, _lines: &[Vec<String>]) -> Result<Vec<u8>> {
    Err(built_without())
}

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
