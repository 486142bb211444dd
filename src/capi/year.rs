//! The assessment year: schemes in the order in which they include each other.

use std::ffi::c_char;
use std::sync::{Mutex, MutexGuard};

use super::argument::{slot, text};
use super::error::{Failure, zeren_error};
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::progress::zeren_progress;
use super::scheme::zeren_scheme;
use super::system::{reading, zeren_system};
use super::text::zeren_text;
use crate::document::read;
use crate::year::{AssessQuery, Year};

/// A year under way: it keeps what each scheme gave each subject, for the schemes that include it. Calls wait for one
/// another.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_year {
    _opaque: (),
}

impl Handle for zeren_year {
    const MAGIC: u32 = u32::from_be_bytes(*b"zYea");
    type Value = Mutex<Year>;
}

/// A poisoned lock: a panic may have left the results half-written.
fn lock(year: &Mutex<Year>) -> Result<MutexGuard<'_, Year>, Failure> {
    year.lock()
        .map_err(|_| Failure::internal("the year failed in an earlier call; make a new one and assess again"))
}

/// Makes a year in which nothing is scored yet.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_year_new(out: *mut *mut zeren_year, error: *mut *mut zeren_error) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            slot(out, "out")?.fill(give(Mutex::new(Year::new())));
            Ok(())
        })
    }
}

/// Scores subjects under a scheme from the facts of the ledger, and keeps the results. A scheme that another includes
/// must be assessed before it, or its results be approved in the ledger. A scheme that compares subjects scores its whole
/// roster together. `query` is a JSON object: `day` ("2024-01-31"), and where wanted `known` (acts up to this position),
/// `subjects` (an array of ids; when missing, the roster that the ledger holds on that day), `view` (what is asked) and
/// `audience` (an object that says for whom the answer is: `who` is "subject" with `subject`, "scorer" with `unit`,
/// "office", "leaders" or "public"; when missing, the office). `out` receives JSON, by `view`:
///
/// - "sheets", or no `view`: an object with `scheme` (its id), `sheets` (one a subject, in the order of the roster),
///   `findings` (facts that may count the same things twice), and where there are any `prorated` and `left_out` (entries of
///   the roster that count by a share, or have no sheet). With an `audience` an object with `scheme`, `audience`, `sheets`
///   (as much of each as it may see), `others` (of how many more there are sheets), `findings`.
/// - "compare": an array, what subjects claim of themselves beside what was verified, item by item.
/// - "missing": an object with `items` and `facts`, what is missing, from whom, by when.
/// - "draft": what changed facts would move; `draft` in the query has `subject` and `facts`. For the office.
/// - "versions": an array, the sheets that were issued to each subject and what led from one to the next.
/// - "findings": an array, results that are no longer what the ledger's facts give. For the office.
///
/// Only "sheets" keeps results. After a failure the year is as it was.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no subjects are given, and no roster was adopted by that day),
/// ZEREN_REFUSED (the facts of a subject cannot be scored, a calendar lacks a year, or the audience may not ask this),
/// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_year_assess(
    year: *const zeren_year,
    system: *const zeren_system,
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
            let (year, system) = (borrow(year, "year")?, borrow(system, "system")?);
            let scheme = borrow(scheme, "scheme")?;
            let query: AssessQuery = read(text(query, query_len, "query")?.as_bytes())?;
            // The year first, then the system: nobody takes them the other way round.
            let mut year = lock(year)?;
            let answer = year.answer(&*reading(system)?, scheme, &query)?;
            out.fill(answer.into());
            Ok(())
        })
    }
}

/// As `zeren_year_assess`, moving a counter while sheets are scored; other views are not counted.
///
/// Returns as `zeren_year_assess`; ZEREN_CANCELLED (the year is as it was). Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_year_assess_watched(
    year: *const zeren_year,
    system: *const zeren_system,
    scheme: *const zeren_scheme,
    query: *const c_char,
    query_len: usize,
    progress: *const zeren_progress,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let (year, system) = (borrow(year, "year")?, borrow(system, "system")?);
            let (scheme, progress) = (borrow(scheme, "scheme")?, borrow(progress, "progress")?);
            let query: AssessQuery = read(text(query, query_len, "query")?.as_bytes())?;
            // In the same order as above.
            let mut year = lock(year)?;
            let answer = year.answer_watched(&*reading(system)?, scheme, &query, progress)?;
            out.fill(answer.into());
            Ok(())
        })
    }
}

/// Frees a year. `year` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_year_free(year: *mut zeren_year) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(year) };
        Ok(())
    });
}
