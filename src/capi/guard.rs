//! The guard: every entry point runs inside it, so nothing unwinds into the host and nothing is printed.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::argument::slot;
use super::error::{Failure, zeren_error};
use super::handle::give;
use super::status::ZEREN_OK;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs a fallible entry point: clears the error output first, tells a failure there last, and gives the status.
///
/// # Safety
/// `error` is NULL or points to a place for one pointer.
pub(super) unsafe fn guard(error: *mut *mut zeren_error, body: impl FnOnce() -> Result<(), Failure>) -> i32 {
    // SAFETY: passed on from the caller. NULL means that the caller wants no error object.
    let place = unsafe { slot(error, "error") };
    match caught(body) {
        Ok(()) => ZEREN_OK,
        Err(failure) => {
            let status = failure.status();
            if let Ok(place) = place {
                place.fill(give(failure));
            }
            status
        }
    }
}

/// Runs the body with panics caught and silent.
///
/// Unwind safety: what a panic can leave half-changed is a system under its write lock, and that lock is then poisoned.
pub(super) fn caught(body: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    static HOOK: Once = Once::new();
    // A host written in Rust may call while it unwinds itself; the hook cannot be set then.
    if !std::thread::panicking() {
        HOOK.call_once(install);
    }
    let outer = INSIDE.try_with(|inside| inside.replace(true)).unwrap_or(false);
    let result = catch_unwind(AssertUnwindSafe(body));
    let _ = INSIDE.try_with(|inside| inside.set(outer));
    result.unwrap_or_else(|_| {
        let told = PANIC.try_with(RefCell::take).ok().flatten();
        Err(Failure::internal(told.as_deref().unwrap_or("panic")))
    })
}

/// The hook is set once and stays: swapping it with every call would race with the host's own threads.
fn install() {
    let previous = take_hook();
    set_hook(Box::new(move |panic| {
        if INSIDE.try_with(Cell::get).unwrap_or(false) {
            let _ = PANIC.try_with(|told| told.replace(Some(describe(panic))));
        } else {
            previous(panic);
        }
    }));
}

fn describe(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let payload = panic.payload();
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    format!("{place}: {}", text.unwrap_or("panic"))
}

#[cfg(test)]
mod tests {
    use super::super::error::zeren_error_free;
    use super::super::status::ZEREN_INTERNAL;
    use super::*;

    #[test]
    fn a_panic_becomes_a_status_and_the_next_call_works() {
        let mut error = std::ptr::null_mut();
        // SAFETY: the error output is a local variable.
        let status = unsafe { guard(&raw mut error, || panic!("on purpose")) };
        assert_eq!(status, ZEREN_INTERNAL);
        // SAFETY: the guard has just given this handle.
        let failure = unsafe { super::super::handle::borrow(error, "error") }.unwrap();
        let message = failure.message();
        assert!(
            message.contains("guard.rs:") && message.contains("on purpose"),
            "{message}"
        );
        // SAFETY: as above, and freed once.
        unsafe { zeren_error_free(error) };
        // SAFETY: NULL is allowed.
        assert_eq!(unsafe { guard(std::ptr::null_mut(), || Ok(())) }, ZEREN_OK);
    }
}
