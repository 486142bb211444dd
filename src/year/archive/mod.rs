//! The archive package (归档包) of a subject and year: what a dispute years later needs, in one file that proves itself.
//!
//! Its form is text: one JSON object a line, each ended by a line feed and sealed as the lines of the ledger are (the last
//! member is the SM3 digest of all the bytes before it; `previous` is that of the entry before; `number` runs from 1
//! without gaps). A container would need a tool to open; this can be read with any, for as long as text can be read. The
//! acts stand in it byte for byte as the ledger stores them, each with its path to the root of a checkpoint, so that each
//! is proven without the rest of the ledger. The form is described, with a program that checks it, in `docs/archive.md`.

mod check;
mod select;
mod write;

pub use check::{ArchiveVerified, verify_archive};
pub use write::ArchiveQuery;

use crate::document::{Value, parse};

/// The act of a stored line.
fn act_of(line: &str) -> Option<Value> {
    let Value::Object(members) = parse(line.as_bytes()).ok()? else {
        return None;
    };
    members
        .into_iter()
        .find_map(|(name, value)| (name.as_str() == "payload").then_some(value))
}
