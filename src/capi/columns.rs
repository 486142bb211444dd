//! A scheme compiled for columns.

use std::sync::Arc;

use super::argument::slot;
use super::compiled::Compiled;
use super::error::zeren_error;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::scheme::zeren_scheme;
use super::text::zeren_text;

/// A scheme compiled for columns: many subjects at once, as exact as one by one. It never changes, and outlives the scheme.
///
/// The way: `zeren_columns_new`, `zeren_columns_about`; then for each run `zeren_table_new`, a `zeren_table_set_...` for
/// every column that is needed, `zeren_table_score`, and `zeren_scored_...` for every column of results that is wanted.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_columns {
    _opaque: (),
}

impl Handle for zeren_columns {
    const MAGIC: u32 = u32::from_be_bytes(*b"zCol");
    type Value = Arc<Compiled>;
}

/// Compiles a scheme. Do it once and score many tables.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_columns_new(
    scheme: *const zeren_scheme,
    out: *mut *mut zeren_columns,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let compiled = Compiled::new(borrow(scheme, "scheme")?)?;
            out.fill(give(Arc::new(compiled)));
            Ok(())
        })
    }
}

/// What goes in and what comes out, as a JSON object.
///
/// `columns` are wanted: `name`, `kind` (count, number, money, date, yes_no, choice, events, ballots), `needed` (false:
/// nothing reads it, leave it out), and where they apply `unit`, `places` (of declared decimals), `least` and `greatest`,
/// `words` (of a choice), `fields` (of events: `name`, `kind`, `words`). Of another scheme whose result is included,
/// "result:" and its id are the scores (numbers) and "grade:" and its id the grades (texts). `cohorts` and `parents` say
/// whether the table has to tell them.
///
/// `results` are given: `what` (points, total, grade, earned_grade, rank), `item` and `title` (of points), `per` (what all
/// numbers of the column are over: 100 where they are hundredths), `fractions` (whether each row has a denominator
/// besides), `words` (of grades).
///
/// `bits` is the width that was proven enough. `rows_because` says why some values are worked out row by row, which takes
/// longer. `exact_because` says why nothing is computed in columns: every row has a sheet then, which takes a thousand times
/// longer.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_columns_about(
    columns: *const zeren_columns,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let compiled = borrow(columns, "columns")?;
            out.fill(serde_json::to_string(compiled.about())?.into());
            Ok(())
        })
    }
}

/// Frees a compiled scheme. Its tables stay good. `columns` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_columns_free(columns: *mut zeren_columns) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(columns) };
        Ok(())
    });
}
