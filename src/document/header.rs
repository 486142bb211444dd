//! What every document says of itself.

use super::Value;
use crate::error::{Error, ErrorKind, Finding, Result};

/// Checks that a document is of this kind and of format 1, before anything else of it is read.
///
/// # Errors
/// Unsupported, when it is of another kind or of a format that this library does not know.
pub fn expect_kind(document: &Value, kind: &str) -> Result<()> {
    let found = document.get("kind").and_then(Value::as_text);
    if found != Some(kind) {
        return Err(Error::one(
            ErrorKind::Unsupported,
            Finding::error(
                "document.other_kind",
                "/kind",
                format!(
                    "此处应为 kind 是“{kind}”的文档，实际是“{}”",
                    found.unwrap_or("（未写明）")
                ),
                format!(
                    "expected a document of kind \"{kind}\", found \"{}\"",
                    found.unwrap_or("(none)")
                ),
            ),
        ));
    }
    match document.get("format") {
        Some(Value::Number(format)) if format.as_str() == "1" => Ok(()),
        _ => Err(Error::one(
            ErrorKind::Unsupported,
            Finding::error(
                "document.other_format",
                "/format",
                "本版本只认识 format 为 1 的文档",
                "this version of the library knows format 1 only",
            ),
        )),
    }
}
