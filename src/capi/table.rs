//! Facts of many subjects, column by column.

use std::ffi::c_char;
use std::sync::{Arc, Mutex, MutexGuard};

use super::argument::{array, optional_array, slot, text};
use super::columns::zeren_columns;
use super::error::{Failure, zeren_error};
use super::filled::Filled;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free, give};
use super::progress::zeren_progress;
use super::scored::{Told, zeren_scored};
use super::text::zeren_text;

/// Facts of many subjects, column by column: one row a subject. Columns may be set again and the table scored again.
/// Calls wait for one another.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_table {
    _opaque: (),
}

impl Handle for zeren_table {
    const MAGIC: u32 = u32::from_be_bytes(*b"zTab");
    type Value = Mutex<Filled>;
}

/// A poisoned lock: a panic may have left a column half-set.
fn lock(table: &Mutex<Filled>) -> Result<MutexGuard<'_, Filled>, Failure> {
    table
        .lock()
        .map_err(|_| Failure::internal("the table failed in an earlier call; make a new one"))
}

/// The state of a value: it is there, and exact.
pub const ZEREN_KNOWN: u8 = 0;
/// The state of a value: nobody knows it.
pub const ZEREN_UNKNOWN: u8 = 1;
/// The state of a value: it does not apply to the subject.
pub const ZEREN_NOT_APPLICABLE: u8 = 2;

/// Makes a table without columns of so many rows, a hundred million at most.
///
/// Returns ZEREN_OK, ZEREN_WRONG_ARRAY (more rows), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_new(
    columns: *const zeren_columns,
    rows: usize,
    out: *mut *mut zeren_table,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let filled = Filled::new(Arc::clone(borrow(columns, "columns")?), rows)?;
            out.fill(give(Mutex::new(filled)));
            Ok(())
        })
    }
}

/// Sets a column of counts, numbers or money. `places` says of how many decimals the values are whole numbers: at 2, 1250 is
/// 12.50. A count has 0, others may have other than the declared places; fewer cost nothing, and a value with more is left
/// to the exact run. `states` has one of ZEREN_KNOWN, ZEREN_UNKNOWN, ZEREN_NOT_APPLICABLE a row, and what stands in
/// `values` where it is not ZEREN_KNOWN does not matter; it may be NULL: all are known. `rows` is the length of both.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme reads no such column), ZEREN_REFUSED (a column of another kind),
/// ZEREN_DOCUMENT (a value outside of the declared range, a state or places that cannot be), ZEREN_WRONG_ARRAY,
/// ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_numbers(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    values: *const i64,
    places: i32,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let states = optional_array(states, rows, "states")?;
            table.numbers(name, array(values, rows, "values")?, places, states)
        })
    }
}

/// Sets a column of days, each yyyymmdd: 20230331. The rest as for `zeren_table_set_numbers`.
///
/// Returns as `zeren_table_set_numbers`. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_days(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    values: *const i32,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let states = optional_array(states, rows, "states")?;
            table.days(name, array(values, rows, "values")?, states)
        })
    }
}

/// Sets a column of yes (not 0) and no (0). The rest as for `zeren_table_set_numbers`.
///
/// Returns as `zeren_table_set_numbers`. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_truths(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    values: *const u8,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let states = optional_array(states, rows, "states")?;
            table.truths(name, array(values, rows, "values")?, states)
        })
    }
}

/// Sets a column of a choice, each value the place of its word in what `zeren_columns_about` tells, from 0. The rest as for
/// `zeren_table_set_numbers`.
///
/// Returns as `zeren_table_set_numbers`. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_words(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    values: *const i32,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let states = optional_array(states, rows, "states")?;
            table.words(name, array(values, rows, "values")?, states)
        })
    }
}

/// Sets a column of events: those of a row, all of them and only those that count, go from the end of the row before to its
/// own end in `ends`. Then every field is a column of its own with one value an event: `name` is 事件/级别, and its values
/// are set as those of other columns are (a matter by `zeren_table_set_texts`, a holder as a word). Setting the events again
/// forgets the fields.
///
/// Returns as `zeren_table_set_numbers`. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_events(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    ends: *const i64,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let states = optional_array(states, rows, "states")?;
            table.events(name, array(ends, rows, "ends")?, states)
        })
    }
}

/// Sets a column of texts: a field of events, or grades of another scheme. They stand one behind another in `texts`: each
/// goes from the end of the one before to its own end in `ends`, in bytes. `rows` is the length of `ends` and `states`. The
/// rest as for `zeren_table_set_numbers`.
///
/// Returns as `zeren_table_set_numbers`. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_texts(
    table: *const zeren_table,
    name: *const c_char,
    name_len: usize,
    texts: *const c_char,
    texts_len: usize,
    ends: *const i64,
    states: *const u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            let name = text(name, name_len, "name")?;
            let all = text(texts, texts_len, "texts")?;
            let states = optional_array(states, rows, "states")?;
            table.texts(name, all, array(ends, rows, "ends")?, states)
        })
    }
}

/// Sets who is compared with whom: rows with the same number, 0 or above, are one cohort. NULL: all rows are one, as when
/// nothing is set.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (a number below 0), ZEREN_WRONG_ARRAY, ZEREN_WRONG_HANDLE, ZEREN_NULL_ARGUMENT.
/// Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_cohorts(
    table: *const zeren_table,
    cohorts: *const i32,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            table.cohorts(optional_array(cohorts, rows, "cohorts")?)
        })
    }
}

/// Sets who stands below whom: the row above each row, -1 where there is none. NULL: nobody told, as when nothing is set.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (no such row, or the row itself), ZEREN_WRONG_ARRAY, ZEREN_WRONG_HANDLE,
/// ZEREN_NULL_ARGUMENT. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_set_parents(
    table: *const zeren_table,
    parents: *const i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let mut table = lock(borrow(table, "table")?)?;
            table.parents(optional_array(parents, rows, "parents")?)
        })
    }
}

/// Scores the table. Rows in which something is unknown or does not apply are left to the exact run, with their cohort
/// where subjects are compared: `zeren_scored_by_sheet` tells them, and `zeren_scored_sheet` gives their sheets.
///
/// Returns ZEREN_OK, ZEREN_REFUSED (columns that are needed and were not set; or a value has no bound while facts are
/// unknown), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_score(
    table: *const zeren_table,
    out: *mut *mut zeren_scored,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let table = lock(borrow(table, "table")?)?;
            out.fill(give(Told::of(&table, None)?));
            Ok(())
        })
    }
}

/// As `zeren_table_score`, moving a counter.
///
/// Returns as `zeren_table_score`; ZEREN_CANCELLED (the table is as it was). Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_score_watched(
    table: *const zeren_table,
    progress: *const zeren_progress,
    out: *mut *mut zeren_scored,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let table = lock(borrow(table, "table")?)?;
            let progress = borrow(progress, "progress")?;
            out.fill(give(Told::of(&table, Some(progress))?));
            Ok(())
        })
    }
}

/// The sheet of any row, with the reason of every point, as `zeren_scheme_score_cohort` gives it; its subject is the number
/// of the row. All who are compared with it are scored exactly for that, so ask for few rows of large cohorts.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (no such row), ZEREN_REFUSED (as `zeren_table_score`), ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_sheet(
    table: *const zeren_table,
    row: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let table = lock(borrow(table, "table")?)?;
            out.fill(table.sheet(row)?.to_json()?.into());
            Ok(())
        })
    }
}

/// Frees a table. Its results stay good. `table` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_table_free(table: *mut zeren_table) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(table) };
        Ok(())
    });
}
