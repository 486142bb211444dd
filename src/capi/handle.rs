//! Opaque handles: a boxed value behind a type tag.

use super::error::Failure;

/// A type of the header. The C type itself is never instantiated: its pointers point to a [`Tagged`] value.
pub(super) trait Handle {
    /// The first word behind the pointer. It tells handles apart where the host's language has only one pointer type;
    /// it is a diagnosis, not a promise: a freed or foreign pointer stays the caller's error.
    const MAGIC: u32;
    /// Handles may be used from any thread.
    type Value: Send + Sync;
}

#[repr(C)]
struct Tagged<T> {
    magic: u32,
    value: T,
}

/// Gives a value away; [`free`] takes it back.
pub(super) fn give<H: Handle>(value: H::Value) -> *mut H {
    let magic = H::MAGIC;
    Box::into_raw(Box::new(Tagged { magic, value })).cast()
}

/// The value behind a handle.
///
/// # Safety
/// `handle` is NULL or points to a live handle of any type, which stays alive for `'a`.
pub(super) unsafe fn borrow<'a, H: Handle>(handle: *const H, name: &str) -> Result<&'a H::Value, Failure> {
    if handle.is_null() {
        return Err(Failure::null(name));
    }
    // SAFETY: passed on from the caller.
    if unsafe { !is::<H>(handle) } {
        return Err(Failure::wrong_handle(name));
    }
    // SAFETY: a live handle whose tag says that `give::<H>` made it.
    Ok(unsafe { &(*handle.cast::<Tagged<H::Value>>()).value })
}

/// Frees a handle. NULL and handles of another type are left alone.
///
/// # Safety
/// As for [`borrow`], and nobody uses the handle any more.
pub(super) unsafe fn free<H: Handle>(handle: *mut H) {
    // SAFETY: passed on from the caller.
    if handle.is_null() || unsafe { !is::<H>(handle) } {
        return;
    }
    let tagged = handle.cast::<Tagged<H::Value>>();
    // SAFETY: `give::<H>` made it. Volatile, since the compiler would drop a store to memory that is about to go.
    unsafe { (&raw mut (*tagged).magic).write_volatile(0) };
    // SAFETY: it came from a box, and the caller gives it up.
    drop(unsafe { Box::from_raw(tagged) });
}

/// # Safety
/// `handle` points to at least one word.
unsafe fn is<H: Handle>(handle: *const H) -> bool {
    let tagged = handle.cast::<Tagged<H::Value>>();
    // SAFETY: passed on from the caller, and aligned; only the first word is read.
    tagged.is_aligned() && unsafe { tagged.cast::<u32>().read() } == H::MAGIC
}
