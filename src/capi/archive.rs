//! Archive packages of a subject and year.

use std::ffi::c_char;

use super::argument::{slot, text};
use super::error::zeren_error;
use super::guard::guard;
use super::handle::borrow;
use super::scheme::zeren_scheme;
use super::system::{reading, zeren_system};
use super::text::zeren_text;
use crate::document::{parse, read};
use crate::ledger::Checkpoint;
use crate::year::{ArchiveQuery, Year, verify_archive};

/// Writes the archive of a subject under a scheme: acts with their proofs, letters, the scheme, sheets, references to
/// evidence, continuously numbered; one JSON object a line (docs/archive.md). `query` is a JSON object: `subject`, `day`.
/// `lines` are all lines that the system stands at, as for `zeren_system_open`. The same state and question give the same
/// bytes.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such subject), ZEREN_REFUSED (the ledger adopted another text of
/// the scheme), ZEREN_INTEGRITY (the error names the first line that does not hold, or the lines lead elsewhere),
/// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_archive_write(
    system: *const zeren_system,
    scheme: *const zeren_scheme,
    query: *const c_char,
    query_len: usize,
    lines: *const c_char,
    lines_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let (system, scheme) = (borrow(system, "system")?, borrow(scheme, "scheme")?);
            let query = text(query, query_len, "query")?;
            let lines = text(lines, lines_len, "lines")?;
            let query: ArchiveQuery = read(query.as_bytes())?;
            let system = reading(system)?;
            let view = system.view(query.day, None);
            out.fill(Year::archive(&view, scheme, &query, lines.lines())?.into());
            Ok(())
        })
    }
}

/// Checks an archive by itself and, with `checkpoint` (what `zeren_ledger_checkpoint` gave when the archive was made, kept
/// elsewhere; or the empty text), that its acts stand in that ledger. `out` receives a JSON object that says how far the
/// proof reaches: `entries`, `acts`, `proven`, `checkpoint`, `zh`, `en`.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a checkpoint of another kind or format), ZEREN_INTEGRITY (the error
/// names the first entry that does not hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_archive_verify(
    archive: *const c_char,
    archive_len: usize,
    checkpoint: *const c_char,
    checkpoint_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let archive = text(archive, archive_len, "archive")?;
            let kept = match text(checkpoint, checkpoint_len, "checkpoint")? {
                "" => None,
                text => Some(Checkpoint::read(&parse(text.as_bytes())?)?),
            };
            let verified = verify_archive(archive, kept.as_ref())?;
            out.fill(serde_json::to_string(&verified)?.into());
            Ok(())
        })
    }
}
