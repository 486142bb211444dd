//! Stored lines, apart from any system.

use std::ffi::c_char;

use super::argument::{slot, text};
use super::error::{Failure, zeren_error};
use super::guard::guard;
use super::handle::borrow;
use super::progress::zeren_progress;
use super::text::zeren_text;
use crate::document::{Value, read_value};
use crate::ledger;

/// The id of a ledger: text that a stored line can carry, so that what is written can be opened again.
pub(super) fn id(text: &str) -> Result<String, Failure> {
    Ok(read_value(&Value::Text(text.to_owned()))?)
}

/// Checks stored lines from the first, as `zeren_system_open` does, but looks at the chain alone and not at the acts.
/// `lines` as for `zeren_system_open`. `out_head` receives {"position": last line, "digest": its SM3 digest}: this
/// finds accidents and partial edits, while a cut tail or a chain written anew cannot be seen in the lines themselves. For
/// that, and for words that say which of the two was done, see `zeren_ledger_verify_against`.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
/// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_ledger_verify(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    out_head: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out_head = slot(out_head, "out_head")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            let head = ledger::verify(&ledger, lines.lines())?;
            out_head.fill(serde_json::to_string(&head)?.into());
            Ok(())
        })
    }
}

/// As `zeren_ledger_verify`, moving a counter: a step a line.
///
/// Returns as `zeren_ledger_verify`; ZEREN_WRONG_HANDLE, ZEREN_CANCELLED. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_ledger_verify_watched(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    progress: *const zeren_progress,
    out_head: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out_head = slot(out_head, "out_head")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            let progress = borrow(progress, "progress")?;
            let head = ledger::verify_watched(&ledger, lines.lines(), progress)?;
            out_head.fill(serde_json::to_string(&head)?.into());
            Ok(())
        })
    }
}
