//! Progress: how far long work has come.

use super::argument::slot;
use super::error::zeren_error;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use crate::progress::Progress;

/// A counter that long work moves and another thread reads: no callback, so nothing of yours runs inside the library. The
/// functions that take one end in `_watched`, and do what those without it do.
///
/// The way: `zeren_progress_new`; start a `_watched` function on one thread; on another call `zeren_progress_read` as often
/// as the screen wants, and `zeren_progress_cancel` when the user does; free it when both are through.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_progress {
    _opaque: (),
}

impl Handle for zeren_progress {
    const MAGIC: u32 = u32::from_be_bytes(*b"zPro");
    type Value = Progress;
}

/// Makes a counter of work that has not begun.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_progress_new(out: *mut *mut zeren_progress, error: *mut *mut zeren_error) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            slot(out, "out")?.fill(give(Progress::new()));
            Ok(())
        })
    }
}

/// Tells how far the work has come: steps done, and steps that there are (0 before the work has begun). Both only grow, and
/// are equal once the work has succeeded; of several calls one after another under one counter the total grows with each.
/// What a step is differs; only the share of the total means something. Never waits.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_progress_read(
    progress: *const zeren_progress,
    out_done: *mut i64,
    out_total: *mut i64,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let (out_done, out_total) = (slot(out_done, "out_done"), slot(out_total, "out_total"));
            let (out_done, out_total) = (out_done?, out_total?);
            let reading = borrow(progress, "progress")?.read();
            out_done.fill(i64::try_from(reading.done).unwrap_or(i64::MAX));
            out_total.fill(i64::try_from(reading.total).unwrap_or(i64::MAX));
            Ok(())
        })
    }
}

/// Asks the work to stop: its function returns ZEREN_CANCELLED soon after, with the state as it was, or ZEREN_OK where it was
/// as good as done. Whatever begins under this counter later is cancelled at once.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_progress_cancel(progress: *const zeren_progress, error: *mut *mut zeren_error) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            borrow(progress, "progress")?.cancel();
            Ok(())
        })
    }
}

/// Frees a counter that nobody uses any more. `progress` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_progress_free(progress: *mut zeren_progress) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(progress) };
        Ok(())
    });
}
