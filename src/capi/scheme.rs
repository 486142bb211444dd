//! Schemes: rules as data, and what they make of facts.

use std::ffi::c_char;
use std::sync::Arc;

use super::argument::{bytes, slot, text};
use super::error::zeren_error;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::progress::zeren_progress;
use super::text::zeren_text;
use crate::document::parse;
use crate::fact::Facts;
use crate::scheme::Scheme;
use crate::score::{Results, check, score};

/// A scheme that was read and checked. It never changes.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_scheme {
    _opaque: (),
}

impl Handle for zeren_scheme {
    const MAGIC: u32 = u32::from_be_bytes(*b"zSch");
    /// Shared with the plans that are made of it, so that handles are freed in any order.
    type Value = Arc<Scheme>;
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
            out.fill(give(Arc::new(scheme)));
            Ok(())
        })
    }
}

/// What a scheme says of itself: a JSON object of `id`, `version`, `title`, `year`, `status` (draft, adopted), `digest`
/// (SM3, of the document), `table_digest` (SM3, of what `zeren_scheme_read_back` gives), `questions` (what a
/// draft leaves open: objects of a `finding` and its `answers`) and `templates` (the tables for data entry: objects of a
/// `supplier` and, for a list of events, `events`).
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
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme; a scheme that compares subjects, which
/// `zeren_scheme_score_cohort` scores; or a value that has no bound while facts are unknown), ZEREN_UNSUPPORTED (another kind or format), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8,
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

/// Scores subjects that are compared with each other, apart from any ledger. `facts` is a JSON array of facts documents;
/// those of one `cohort` are ranked together, and `parent` says who stands below whom. `out` receives an array of sheets
/// in the same order. Everybody's problems come at once.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (facts of another scheme, a subject twice, a value without bound while
/// facts are unknown, a year that the scheme's calendar lacks), ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_score_cohort(
    scheme: *const zeren_scheme,
    facts: *const c_char,
    facts_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            let facts = text(facts, facts_len, "facts")?;
            out.fill(scheme.answer_cohort(facts.as_bytes())?.into());
            Ok(())
        })
    }
}

/// As `zeren_scheme_score_cohort`, moving a counter.
///
/// Returns as `zeren_scheme_score_cohort`; ZEREN_CANCELLED. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_score_cohort_watched(
    scheme: *const zeren_scheme,
    facts: *const c_char,
    facts_len: usize,
    progress: *const zeren_progress,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            let facts = text(facts, facts_len, "facts")?;
            let progress = borrow(progress, "progress")?;
            out.fill(scheme.answer_cohort_watched(facts.as_bytes(), progress)?.into());
            Ok(())
        })
    }
}

/// Looks a scheme over: its worked examples are scored and compared, and what is most likely a slip is named (rates above
/// the item, grades that nobody can reach, facts that nothing uses). `out` receives an array of findings, empty when there
/// is nothing to say; what a draft leaves open stands in `zeren_scheme_about`.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_check(
    scheme: *const zeren_scheme,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            out.fill(serde_json::to_string(&check(scheme))?.into());
            Ok(())
        })
    }
}

/// What it would take: for each fact that is declared improvable, everything else fixed, the nearest value that reaches a
/// goal. `query` is a JSON object: `facts` (an array of facts documents: everybody who is scored together), `subject` (its
/// id), and either `total` (at least this) or `grade` (this or a better one). `out` receives a JSON object.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (no such subject among the facts; else as `zeren_scheme_score_cohort`),
/// ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_would_take(
    scheme: *const zeren_scheme,
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            let query = text(query, query_len, "query")?;
            out.fill(scheme.answer_would_take(query.as_bytes())?.into());
            Ok(())
        })
    }
}

/// What leads from one run to another, for one subject: first the rules (`scheme` to `after`), then its own facts, then those
/// of others; the steps sum exactly. `query` is a JSON object: `before` and `after` (arrays of facts documents) and
/// `subject`. `out` receives a JSON object. The two schemes may be the same handle.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_REFUSED (no such subject among the facts; else as `zeren_scheme_score_cohort`),
/// ZEREN_UNSUPPORTED, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_difference(
    scheme: *const zeren_scheme,
    after: *const zeren_scheme,
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            let after: &Scheme = borrow(after, "after")?;
            let query = text(query, query_len, "query")?;
            out.fill(scheme.answer_difference(after, query.as_bytes())?.into());
            Ok(())
        })
    }
}

/// A table for data entry, to be filled in with a spreadsheet. `query` is a JSON object: `subjects` (an array of objects of
/// an `id` and, where wanted, a `name` and `facts` that stand in the cells already), and where wanted `supplier` (whose
/// facts), `events` (the fact whose events are wanted, a row an event) or `opening` (the earlier year whose values are
/// wanted), and `format`: "csv" (UTF-8 with a byte order mark) or "xlsx". `out` receives the bytes of the file: those of a
/// workbook are no text and may hold NUL, so `len` alone says where they end.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such supplier or list of events; `zeren_scheme_about` tells them),
/// ZEREN_UNSUPPORTED (a workbook, and the library was built without the feature xlsx), ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_template(
    scheme: *const zeren_scheme,
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            let query = text(query, query_len, "query")?;
            out.fill(scheme.answer_template(query.as_bytes())?.into());
            Ok(())
        })
    }
}

/// Reads a table that was made by `zeren_scheme_template` and filled in. `table` is the file as it is, CSV or workbook: the
/// table itself says which one it is. `out` receives a JSON object: `scheme`, `version`, `content` ("values", "events" with
/// `fact`, "opening" with `year`), `supplier`, `subjects` (objects of a `subject` and its `facts`, which the act
/// facts.recorded takes as they are; of an opening the `values` of opening_values.imported) and `findings` (what is worth a
/// look). In findings and in the error `pointer` is the address of the cell, such as "C4".
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the error names every cell that cannot be read; nothing of such a table is taken),
/// ZEREN_NOT_FOUND (a supplier or list of events that the scheme does not have), ZEREN_UNSUPPORTED (a workbook, and the
/// library was built without the feature xlsx), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scheme_read_template(
    scheme: *const zeren_scheme,
    table: *const c_char,
    table_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let scheme: &Scheme = borrow(scheme, "scheme")?;
            out.fill(scheme.answer_filled(bytes(table, table_len, "table")?)?.into());
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
