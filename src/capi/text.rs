//! Text out.

use std::ffi::c_char;

use super::argument::{Output, slot, text};
use super::error::zeren_error;
use super::guard::{caught, guard};
use crate::document::private_use_in;

/// Text that the library gave: UTF-8 (or, where a function says so, the bytes of a file), `len` bytes, and a NUL behind them
/// that `len` does not count.
/// Read both fields, change neither, and free the text with `zeren_text_free`. After a failure it is `{NULL, 0}`.
#[repr(C)]
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_text {
    /// The bytes; NULL only when there is no text.
    pub data: *mut c_char,
    /// How many, without the NUL behind them.
    pub len: usize,
}

impl From<String> for zeren_text {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

impl From<Vec<u8>> for zeren_text {
    fn from(mut bytes: Vec<u8>) -> Self {
        let len = bytes.len();
        bytes.push(0);
        zeren_text {
            data: Box::into_raw(bytes.into_boxed_slice()).cast(),
            len,
        }
    }
}

/// Frees a text and clears it, so that a second call does nothing. `text` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_text_free(text: *mut zeren_text) {
    let _ = caught(|| {
        if text.is_null() {
            return Ok(());
        }
        // SAFETY: the caller points to a text; it is cleared before anything else.
        let zeren_text { data, len } = unsafe { text.replace(zeren_text::EMPTY) };
        if !data.is_null() {
            let bytes = std::ptr::slice_from_raw_parts_mut(data.cast::<u8>(), len.saturating_add(1));
            // SAFETY: made by `From<Vec<u8>>` with these bytes and the NUL; the caller has not changed the fields.
            drop(unsafe { Box::from_raw(bytes) });
        }
        Ok(())
    });
}

/// Looks at a text that stays with you, such as the name of a person or the text of a letter, as the checks look at every text
/// that they meet. `out` receives an array of findings, empty when there is nothing to say: "document.private_use" names
/// private-use characters, which converters of older encodings leave, and the characters that are meant.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_text_check(
    data: *const c_char,
    len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let findings: Vec<_> = private_use_in(text(data, len, "data")?).into_iter().collect();
            out.fill(serde_json::to_string(&findings)?.into());
            Ok(())
        })
    }
}
