//! Panics on purpose, for `tests/abi/c/panics.c`. Built with `--cfg zeren_forced_panic` alone: a feature could be turned on
//! by `--all-features` in what somebody ships.

use super::error::zeren_error;
use super::guard::guard;
use super::handle::borrow;
use super::system::{writing, zeren_system};

/// Panics, and changes nothing.
#[must_use]
#[unsafe(no_mangle)]
#[allow(clippy::panic, reason = "what it is for")]
pub unsafe extern "C" fn zeren_forced_panic(error: *mut *mut zeren_error) -> i32 {
    // SAFETY: the rules of the header.
    unsafe { guard(error, || panic!("on purpose")) }
}

/// Panics while the system is being changed.
#[must_use]
#[unsafe(no_mangle)]
#[allow(clippy::panic, reason = "what it is for")]
pub unsafe extern "C" fn zeren_forced_panic_while_changing(
    system: *const zeren_system,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let _lock = writing(borrow(system, "system")?)?;
            panic!("on purpose")
        })
    }
}
