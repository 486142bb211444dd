//! The store: a ledger in one file.

use std::ffi::c_char;
use std::sync::{Mutex, MutexGuard, RwLock};

use super::argument::{slot, text};
use super::error::{Failure, zeren_error};
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::ledger::id;
use super::system::{reading, zeren_prepared, zeren_system};
use super::text::zeren_text;
use crate::store::{Opened, Store, read};

/// A ledger's file, open for writing: for hosts without a database. The file holds the lines as `zeren_system_prepare`
/// gives them and nothing else. These functions alone open a file, the one that you name.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_store {
    _opaque: (),
}

impl Handle for zeren_store {
    const MAGIC: u32 = u32::from_be_bytes(*b"zSto");
    type Value = Mutex<Store>;
}

/// A poisoned lock: a panic may have left the file half-written.
fn lock(store: &Mutex<Store>) -> Result<MutexGuard<'_, Store>, Failure> {
    store
        .lock()
        .map_err(|_| Failure::internal("the store failed in an earlier call; free it and open the file again"))
}

/// Makes a new file for an empty ledger. `path` is UTF-8; `ledger` is the ledger's id. `out_system` receives the state to
/// prepare on, as from `zeren_system_new`.
///
/// Returns ZEREN_OK, ZEREN_STORAGE (the file is there already, or cannot be made), ZEREN_DOCUMENT (the id is blank),
/// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_create(
    path: *const c_char,
    path_len: usize,
    ledger: *const c_char,
    ledger_len: usize,
    out_store: *mut *mut zeren_store,
    out_system: *mut *mut zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (out_store, out_system) = (slot(out_store, "out_store"), slot(out_system, "out_system"));
            let (out_store, out_system) = (out_store?, out_system?);
            let path = text(path, path_len, "path")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let (store, system) = Store::create(path, ledger)?;
            out_store.fill(give(Mutex::new(store)));
            out_system.fill(give(RwLock::new(system)));
            Ok(())
        })
    }
}

/// Opens a file and replays its lines into `out_system`; the file is not changed. It has one writer at a time.
/// `out_findings` receives a JSON array: empty, or what was noticed, such as a last batch that a crash left unfinished
/// (nobody was told that it is there; the next batch replaces it).
///
/// Returns ZEREN_OK, ZEREN_STORAGE (no such file, not writable, another writer has it), ZEREN_INTEGRITY (the error names the
/// first line that does not hold; `zeren_store_read` gives what stands before it), ZEREN_UNSUPPORTED (a newer version wrote
/// a line), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_open(
    path: *const c_char,
    path_len: usize,
    ledger: *const c_char,
    ledger_len: usize,
    out_store: *mut *mut zeren_store,
    out_system: *mut *mut zeren_system,
    out_findings: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (out_store, out_system) = (slot(out_store, "out_store"), slot(out_system, "out_system"));
            let out_findings = slot(out_findings, "out_findings");
            let (out_store, out_system, out_findings) = (out_store?, out_system?, out_findings?);
            let path = text(path, path_len, "path")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let Opened {
                store,
                system,
                findings,
            } = Store::open(path, ledger)?;
            out_findings.fill(serde_json::to_string(&findings)?.into());
            out_store.fill(give(Mutex::new(store)));
            out_system.fill(give(RwLock::new(system)));
            Ok(())
        })
    }
}

/// Reads a file as far as it holds, without writing to it and whoever else has it. `out_system` receives the state up to
/// the last whole batch that holds, `out_findings` a JSON array of what is wrong behind it: empty, an unfinished batch, or
/// the first line that does not hold.
///
/// Returns ZEREN_OK, ZEREN_STORAGE (no such file, not readable), ZEREN_DOCUMENT (the id is blank), ZEREN_NULL_ARGUMENT,
/// ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_read(
    path: *const c_char,
    path_len: usize,
    ledger: *const c_char,
    ledger_len: usize,
    out_system: *mut *mut zeren_system,
    out_findings: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (out_system, out_findings) = (slot(out_system, "out_system"), slot(out_findings, "out_findings"));
            let (out_system, out_findings) = (out_system?, out_findings?);
            let path = text(path, path_len, "path")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let reading = read(path, ledger)?;
            out_findings.fill(serde_json::to_string(&reading.findings)?.into());
            out_system.fill(give(RwLock::new(reading.system)));
            Ok(())
        })
    }
}

/// Writes a prepared batch to the file and returns once it is synced to the disk; then commit it. Where this fails, free the
/// batch: nothing has happened, and the same acts may be handed in again.
///
/// Returns ZEREN_OK, ZEREN_CONFLICT (the batch does not continue the file: it was prepared on another state),
/// ZEREN_STORAGE (the disk is full, or the file was changed or replaced by others; the error says what to do),
/// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_append(
    store: *const zeren_store,
    prepared: *const zeren_prepared,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (store, prepared) = (borrow(store, "store")?, borrow(prepared, "prepared")?);
            Ok(lock(store)?.append(prepared)?)
        })
    }
}

/// Leaves a snapshot of the state beside the file, under its name with ".snapshot" behind it, so that the next
/// `zeren_store_open` replays only what came since. `system` is the one that was opened with the file and stands at its end.
/// A snapshot proves nothing, is of use to this version of the library only, and may be deleted at any time.
///
/// Returns ZEREN_OK, ZEREN_CONFLICT (the state is not that of the file), ZEREN_STORAGE, ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_save_snapshot(
    store: *const zeren_store,
    system: *const zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (store, system) = (borrow(store, "store")?, borrow(system, "system")?);
            let system = reading(system)?;
            Ok(lock(store)?.save_snapshot(&system)?)
        })
    }
}

/// Closes the file and frees the store; the state that was opened with it stays good. `store` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_store_free(store: *mut zeren_store) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(store) };
        Ok(())
    });
}
