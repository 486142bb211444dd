//! Schemes: rules as data, and what they make of facts.

use std::ffi::c_char;

use super::argument::{slot, text};
use super::error::zeren_error;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::text::zeren_text;
use crate::document::parse;
use crate::fact::Facts;
use crate::scheme::Scheme;
use crate::score::{Results, score};

/// A scheme that was read and checked. It never changes.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_scheme {
    _opaque: (),
}

impl Handle for zeren_scheme {
    const MAGIC: u32 = u32::from_be_bytes(*b"zSch");
    type Value = Scheme;
}

/// Reads and checks a scheme document. `scheme` is its JSON text.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the error names every problem), ZEREN_REFUSED (an adopted scheme leaves questions
/// open; the error names each), ZEREN_UNSUPPORTED (another kind, format or edition), ZEREN_NULL_ARGUMENT,
/// ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_parse(
    scheme: *const c_char,
    scheme_len: usize,
    out: *mut *mut zeren_scheme,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme = Scheme::parse(text(scheme, scheme_len, "scheme")?.as_bytes())?;
            out.fill(give(scheme));
            Ok(())
        })
    }
}

/// What a scheme says of itself: a JSON object of `id`, `version`, `title`, `year`, `status` (draft, adopted), `digest`
/// (SM3, of the document), `table_digest` (SM3, of what `zeren_scheme_read_back` gives) and `questions` (findings: what a
/// draft leaves open).
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_about(
    scheme: *const zeren_scheme,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            out.fill(serde_json::to_string(&scheme.about())?.into());
            Ok(())
        })
    }
}

/// The scheme as the table that its adopters approve, Chinese, in Markdown.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_read_back(
    scheme: *const zeren_scheme,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            out.fill(scheme.read_back().into());
            Ok(())
        })
    }
}

/// Scores one facts document, apart from any ledger. `facts` is a JSON object: `kind` "facts", `format` 1, `subject`,
/// `scheme` (the id), `facts` (values by name), as the view facts of `zeren_system_view` gives it. `out_sheet` receives
/// the sheet as JSON. An item that includes another scheme's result counts as pending; `zeren_year_assess` knows results.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme, or a value that has no bound while facts are
/// unknown), ZEREN_UNSUPPORTED (another kind or format), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8,
/// ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_score(
    scheme: *const zeren_scheme,
    facts: *const c_char,
    facts_len: usize,
    out_sheet: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out_sheet = slot(out_sheet, "out_sheet")?;
            let scheme = borrow(scheme, "scheme")?;
            let facts = Facts::read(&parse(text(facts, facts_len, "facts")?.as_bytes())?)?;
            out_sheet.fill(score(scheme, &facts, &Results::new())?.to_json()?.into());
            Ok(())
        })
    }
}

/// Frees a scheme. What it scored stays good. `scheme` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_free(scheme: *mut zeren_scheme) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(scheme) };
        Ok(())
    });
}
