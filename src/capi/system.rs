//! The system: a ledger's state in memory.

use std::ffi::c_char;
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::argument::{bytes, slot, text};
use super::error::{Failure, zeren_error};
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::ledger::id;
use super::progress::zeren_progress;
use super::text::zeren_text;
use crate::document::read;
use crate::system::{Prepared, Query, Request, System};

/// The state that a ledger leads to. Views run side by side; prepare, commit and follow wait for one another.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_system {
    _opaque: (),
}

impl Handle for zeren_system {
    const MAGIC: u32 = u32::from_be_bytes(*b"zSys");
    type Value = RwLock<System>;
}

/// A batch that was checked and has not happened yet. It never changes, and outlives the system that prepared it.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_prepared {
    _opaque: (),
}

impl Handle for zeren_prepared {
    const MAGIC: u32 = u32::from_be_bytes(*b"zPre");
    type Value = Prepared;
}

/// A poisoned lock: a panic may have left the state half-changed, so it answers nothing any more.
fn poisoned<T>(_: T) -> Failure {
    Failure::internal("the system failed in an earlier call; open it again from its lines")
}

pub(super) fn reading(system: &RwLock<System>) -> Result<RwLockReadGuard<'_, System>, Failure> {
    system.read().map_err(poisoned)
}

pub(super) fn writing(system: &RwLock<System>) -> Result<RwLockWriteGuard<'_, System>, Failure> {
    system.write().map_err(poisoned)
}

/// Makes the system of an empty ledger. `ledger` is its id; one ledger a tenant.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_new(
    ledger: *const c_char,
    ledger_len: usize,
    out: *mut *mut zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            out.fill(give(RwLock::new(System::new(ledger))));
            Ok(())
        })
    }
}

/// Makes the system that stored lines lead to. `lines` holds them byte for byte as `zeren_system_prepare` gave them, in
/// order, one a line of text: each ended by a line feed (CR LF does no harm; after the last it may be missing).
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
/// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_open(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    out: *mut *mut zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            let system = System::open(ledger, lines.lines())?;
            out.fill(give(RwLock::new(system)));
            Ok(())
        })
    }
}

/// Gives the state as bytes for `zeren_system_open_snapshot`: `out` holds any bytes, NULs too, and is no text. The same
/// state gives the same bytes. A snapshot saves the time of a replay and proves nothing: keep the lines.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_snapshot(
    system: *const zeren_system,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let system = borrow(system, "system")?;
            out.fill(reading(system)?.snapshot().into());
            Ok(())
        })
    }
}

/// Makes the system that a snapshot holds, `snapshot_len` bytes; then follow the lines that came since. Where this fails,
/// open it from its lines.
///
/// Returns ZEREN_OK, ZEREN_UNSUPPORTED (another version of the library wrote it), ZEREN_INTEGRITY (it was cut or changed, or
/// is of another ledger), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG.
/// Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_open_snapshot(
    ledger: *const c_char,
    ledger_len: usize,
    snapshot: *const c_char,
    snapshot_len: usize,
    out: *mut *mut zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let snapshot = bytes(snapshot, snapshot_len, "snapshot")?;
            out.fill(give(RwLock::new(System::from_snapshot(&ledger, snapshot)?)));
            Ok(())
        })
    }
}

/// Checks a batch of acts against the state, and changes nothing. `request` is a JSON object: `head` (the head that your
/// database shows: position and digest), `time` (of the ledger), `operator` (an opaque id of yours), `acts`.
/// `out_lines` receives the lines to store, each ended by a line feed, so that they can be appended to what is stored;
/// it is empty when the ledger holds every act already. Store them in a transaction of your own, unique by ledger and
/// sequence; then commit `out_prepared`, or free it and nothing has happened.
///
/// Returns ZEREN_OK, ZEREN_CONFLICT (the head has moved: follow, then prepare again), ZEREN_DOCUMENT, ZEREN_REFUSED (the
/// error names every problem of every act), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG.
/// Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_prepare(
    system: *const zeren_system,
    request: *const c_char,
    request_len: usize,
    out_prepared: *mut *mut zeren_prepared,
    out_lines: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (out_prepared, out_lines) = (slot(out_prepared, "out_prepared"), slot(out_lines, "out_lines"));
            let (out_prepared, out_lines) = (out_prepared?, out_lines?);
            let system = borrow(system, "system")?;
            let request = Request::parse(text(request, request_len, "request")?.as_bytes())?;
            let prepared = writing(system)?.prepare(&request)?;
            let lines: String = prepared.lines().flat_map(|line| [line, "\n"]).collect();
            out_prepared.fill(give(prepared));
            out_lines.fill(lines.into());
            Ok(())
        })
    }
}

/// Where each act of a prepared batch stands or will stand: a JSON array of {"act": id, "position": number,
/// "repeated": whether the ledger held it before}.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_prepared_receipts(
    prepared: *const zeren_prepared,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let prepared: &Prepared = borrow(prepared, "prepared")?;
            out.fill(serde_json::to_string(prepared.receipts())?.into());
            Ok(())
        })
    }
}

/// Frees a prepared batch, committed or not. `prepared` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_prepared_free(prepared: *mut zeren_prepared) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(prepared) };
        Ok(())
    });
}

/// Takes a prepared batch over, once its lines are stored. The batch stays yours to free.
///
/// Returns ZEREN_OK, ZEREN_CONFLICT (the system has moved on since: other lines came first, or another thread has
/// followed these very lines), ZEREN_INTEGRITY (a batch of another ledger), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE.
/// Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_commit(
    system: *const zeren_system,
    prepared: *const zeren_prepared,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (system, prepared) = (borrow(system, "system")?, borrow(prepared, "prepared")?);
            // The handle may be committed to another node's system too, so the batch is copied, not taken.
            let prepared: Prepared = Clone::clone(prepared);
            Ok(writing(system)?.commit(prepared)?)
        })
    }
}

/// Takes over lines that others have stored since this system's head: all of them or none. `lines` as for
/// `zeren_system_open`.
///
/// Returns ZEREN_OK, ZEREN_INTEGRITY (the error names the first line that does not hold), ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_follow(
    system: *const zeren_system,
    lines: *const c_char,
    lines_len: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let system = borrow(system, "system")?;
            let lines = text(lines, lines_len, "lines")?;
            Ok(writing(system)?.follow(lines.lines())?)
        })
    }
}

/// As `zeren_system_follow`, moving a counter: a step a line. A long ledger is opened so from `zeren_system_new`; others wait
/// for the system meanwhile, readers of the counter do not.
///
/// Returns as `zeren_system_follow`; ZEREN_CANCELLED (the system is as it was). Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_follow_watched(
    system: *const zeren_system,
    lines: *const c_char,
    lines_len: usize,
    progress: *const zeren_progress,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let system = borrow(system, "system")?;
            let lines = text(lines, lines_len, "lines")?;
            let progress = borrow(progress, "progress")?;
            Ok(writing(system)?.follow_watched(lines.lines(), progress)?)
        })
    }
}

/// Answers a question about a day, as JSON; the same state and question give the same bytes. `query` is a JSON object:
/// `view` (what is asked for: findings, cascade, due, facts, head, ...), `day` ("2022-03-01"), and where wanted `known`
/// (acts up to this position) and what narrows the question; every topic and field stands in docs/acts.md.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (what the question names is not there, or no rule set of that day
/// describes a cascade), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_view(
    system: *const zeren_system,
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let system = borrow(system, "system")?;
            let query: Query = read(text(query, query_len, "query")?.as_bytes())?;
            out.fill(reading(system)?.answer(&query)?.into());
            Ok(())
        })
    }
}

/// Frees a system. Batches that it prepared stay good. `system` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_free(system: *mut zeren_system) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(system) };
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::super::status::{ZEREN_INTERNAL, ZEREN_OK};
    use super::super::text::{zeren_text, zeren_text_free};
    use super::*;

    const HEAD: &str = r#"{"view": "head", "day": "2022-03-01"}"#;

    fn new() -> *mut zeren_system {
        give(RwLock::new(System::new("a")))
    }

    fn view(system: *const zeren_system) -> i32 {
        let mut text = zeren_text {
            data: std::ptr::null_mut(),
            len: 0,
        };
        let out = &raw mut text;
        // SAFETY: a live handle, text that outlives the call, a local output.
        unsafe {
            let status = zeren_system_view(system, HEAD.as_ptr().cast(), HEAD.len(), out, std::ptr::null_mut());
            zeren_text_free(out);
            status
        }
    }

    #[test]
    fn a_system_that_failed_while_it_changed_answers_nothing_more_and_others_do() {
        let (failed, other) = (new(), new());
        // SAFETY: live handles; no error object is asked for.
        let status = unsafe {
            guard(std::ptr::null_mut(), || {
                let _lock = writing(borrow(failed, "system")?)?;
                panic!("on purpose")
            })
        };
        assert_eq!(status, ZEREN_INTERNAL);
        assert_eq!((view(failed), view(other)), (ZEREN_INTERNAL, ZEREN_OK));
        // SAFETY: freed once each.
        unsafe {
            zeren_system_free(failed);
            zeren_system_free(other);
        }
    }
}
