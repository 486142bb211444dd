//! What goes in and out besides handles: text in, places for outputs.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::ptr::NonNull;

use super::error::Failure;
use super::status::{ZEREN_NOT_UTF8, ZEREN_TOO_LONG, ZEREN_WRONG_ARRAY};
use super::text::zeren_text;

/// The length that means "up to the NUL"; `SIZE_MAX` in the header, where it is written by hand.
const NUL: usize = usize::MAX;

/// Text of the caller, for the time of the call.
///
/// # Safety
/// `data` is NULL, or `len` bytes can be read there (up to and with a NUL, for `ZEREN_NUL`) for `'a`.
pub(super) unsafe fn text<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a str, Failure> {
    // SAFETY: passed on from the caller.
    let bytes = unsafe { bytes(data, len, name) }?;
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        Failure::misuse(
            ZEREN_NOT_UTF8,
            "not_utf8",
            "capi.not_utf8",
            format!("参数 {name} 自第 {at} 字节（从 0 起）不是 UTF-8 编码，请先转换编码（如由 GBK 转换）"),
            format!("argument {name} is not UTF-8 from byte {at} (from 0) on; convert it first"),
        )
    })
}

/// Bytes of the caller that need not be text, for the time of the call.
///
/// # Safety
/// As for [`text`].
pub(super) unsafe fn bytes<'a>(data: *const c_char, len: usize, name: &str) -> Result<&'a [u8], Failure> {
    Ok(match (data.is_null(), len) {
        (true, 0) => &[],
        (true, _) => return Err(Failure::null(name)),
        // SAFETY: the caller says that a NUL ends it.
        (false, NUL) => unsafe { CStr::from_ptr(data) }.to_bytes(),
        (false, len) if isize::try_from(len).is_err() => {
            return Err(Failure::misuse(
                ZEREN_TOO_LONG,
                "too_long",
                "capi.too_long",
                format!("参数 {name} 的长度 {len} 不可能成立"),
                format!("argument {name}: no text can be {len} bytes long"),
            ));
        }
        // SAFETY: the caller says that so many bytes can be read, and the length fits a slice.
        (false, len) => unsafe { std::slice::from_raw_parts(data.cast(), len) },
    })
}

/// An array of the caller, for the time of the call.
///
/// # Safety
/// `data` is NULL, or `len` numbers can be read there for `'a`.
pub(super) unsafe fn array<'a, T>(data: *const T, len: usize, name: &str) -> Result<&'a [T], Failure> {
    if let Some(failure) = misplaced(data, len, name) {
        return failure.map(|()| -> &[T] { &[] });
    }
    // SAFETY: the caller says that so many can be read; the address is aligned, and the length fits a slice.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// An array of the caller that may be missing: `None` for NULL.
///
/// # Safety
/// As for [`array`].
pub(super) unsafe fn optional_array<'a, T>(data: *const T, len: usize, name: &str) -> Result<Option<&'a [T]>, Failure> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: passed on from the caller.
    unsafe { array(data, len, name) }.map(Some)
}

/// An array that the caller wants filled.
///
/// # Safety
/// `data` is NULL, or `len` numbers can be written there for `'a`, and nobody else reads or writes them meanwhile.
pub(super) unsafe fn array_out<'a, T>(data: *mut T, len: usize, name: &str) -> Result<Places<'a, T>, Failure> {
    if let Some(failure) = misplaced(data, len, name) {
        return failure.map(|()| Places(&mut []));
    }
    // SAFETY: as in `array`, and the caller says that it is nobody else's for the time. Nothing is read there.
    Ok(Places(unsafe { std::slice::from_raw_parts_mut(data.cast(), len) }))
}

/// An array that the caller wants filled, and that may never have been written.
pub(super) struct Places<'a, T>(&'a mut [MaybeUninit<T>]);

impl<T> Places<'_, T> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Writes values into the places, one each; as many as there are of both.
    pub(super) fn fill(self, values: impl Iterator<Item = T>) {
        for (place, value) in self.0.iter_mut().zip(values) {
            place.write(value);
        }
    }
}

/// What makes a slice impossible: an empty array is fine and has no address, other places are not.
fn misplaced<T>(data: *const T, len: usize, name: &str) -> Option<Result<(), Failure>> {
    let bytes = len.checked_mul(size_of::<T>());
    if data.is_null() {
        return Some(if len == 0 { Ok(()) } else { Err(Failure::null(name)) });
    }
    if data.is_aligned() && bytes.is_some_and(|bytes| isize::try_from(bytes).is_ok()) {
        return None;
    }
    let size = size_of::<T>();
    Some(Err(Failure::misuse(
        ZEREN_WRONG_ARRAY,
        "wrong_array",
        "capi.wrong_array",
        format!("参数 {name} 的地址或长度不可能是每个 {size} 字节的数组"),
        format!("argument {name}: no array of {size}-byte numbers can be {len} long at that address"),
    )))
}

/// A type of output, and what stands there after a failure.
pub(super) trait Output {
    const EMPTY: Self;
}
impl<H> Output for *mut H {
    const EMPTY: Self = std::ptr::null_mut();
}
impl Output for i64 {
    const EMPTY: Self = 0;
}
impl Output for zeren_text {
    const EMPTY: Self = zeren_text {
        data: std::ptr::null_mut(),
        len: 0,
    };
}

/// A place for an output, cleared.
pub(super) struct Slot<T>(NonNull<T>);

/// Clears the place for an output. Make the slots of all outputs before anything can fail.
///
/// # Safety
/// `out` is NULL or a place for one `T` until the slot is filled.
pub(super) unsafe fn slot<T: Output>(out: *mut T, name: &str) -> Result<Slot<T>, Failure> {
    let place = NonNull::new(out).ok_or_else(|| Failure::null(name))?;
    // SAFETY: passed on from the caller; what stood there is not ours to drop.
    unsafe { place.write(T::EMPTY) };
    Ok(Slot(place))
}

impl<T> Slot<T> {
    /// Writes the output.
    pub(super) fn fill(self, value: T) {
        // SAFETY: `slot` was promised that the place is good until now.
        unsafe { self.0.write(value) };
    }
}
