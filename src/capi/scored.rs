//! Results of many subjects, column by column.

use std::ffi::c_char;
use std::sync::Arc;

use super::argument::{Places, array_out, slot, text};
use super::compiled::Compiled;
use super::error::{Failure, zeren_error};
use super::filled::{Filled, sized};
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free};
use super::text::zeren_text;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::progress::Progress;
use crate::score::column::{Amounts, Scored};

/// The results of a table, as it was when it was scored. They never change.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_scored {
    _opaque: (),
}

impl Handle for zeren_scored {
    const MAGIC: u32 = u32::from_be_bytes(*b"zSco");
    type Value = Told;
}

/// Results with the names of their columns.
pub(super) struct Told {
    compiled: Arc<Compiled>,
    rows: usize,
    scored: Scored,
}

impl Drop for Told {
    fn drop(&mut self) {
        self.compiled.give_spare(std::mem::take(&mut self.scored));
    }
}

impl Told {
    pub(super) fn of(table: &Filled, progress: Option<&Progress>) -> Result<Self> {
        Ok(Told {
            compiled: Arc::clone(&table.compiled),
            rows: table.rows,
            scored: table.score(progress)?,
        })
    }

    fn points(&self, item: &str) -> Result<&Amounts> {
        let place = self.compiled.plan().items().position(|id| id == item);
        place.and_then(|place| self.scored.points.get(place)).ok_or_else(|| {
            let (zh, en) = (
                format!("办法没有项目“{item}”"),
                format!("the scheme has no item \"{item}\""),
            );
            Error::one(
                ErrorKind::NotFound,
                Finding::error("capi.item_unknown", "", zh, en).about(item),
            )
        })
    }

    /// Writes a column and its denominators into the arrays of a caller.
    fn write(
        &self,
        amounts: &Amounts,
        out: Places<'_, i64>,
        denominators: Option<Places<'_, i64>>,
    ) -> std::result::Result<(), Failure> {
        sized("out", out.len(), self.rows)?;
        match (&amounts.denominators, denominators) {
            (None, None) => {}
            (None, Some(place)) => place.fill(std::iter::repeat(1)),
            (Some(all), Some(place)) => place.fill(all.iter().copied()),
            (Some(_), None) => {
                let (zh, en) = (
                    "该列各行另有分母，请提供 out_denominators",
                    "each row of this column has a denominator: give a place for out_denominators",
                );
                let finding = Finding::error("capi.fractions", "", zh, en);
                return Err(Error::one(ErrorKind::Refused, finding).into());
            }
        }
        out.fill(amounts.numerators.iter().copied());
        Ok(())
    }
}

fn there<'t>(amounts: Option<&'t Amounts>, zh: &str, en: &str) -> Result<&'t Amounts> {
    amounts.ok_or_else(|| Error::one(ErrorKind::NotFound, Finding::error("capi.column_not_given", "", zh, en)))
}

/// An array of results that may be missing: `None` for NULL; without rows it is never missing.
///
/// # Safety
/// As for [`array_out`].
unsafe fn optional_out<'a>(data: *mut i64, len: usize) -> std::result::Result<Option<Places<'a, i64>>, Failure> {
    if data.is_null() && len > 0 {
        return Ok(None);
    }
    // SAFETY: passed on from the caller.
    unsafe { array_out(data, len, "out_denominators") }.map(Some)
}

/// Writes the points of an item, bonus or penalty (penalties are negative) into `out`: whole numbers over the `per` that
/// `zeren_columns_about` tells, and over `out_denominators` where it says that they are fractions; there it must not be
/// NULL, elsewhere it may be, or receives 1 in every row. ZEREN_SEE_SHEET stands where there is no single number, or none
/// that fits. `rows` is the length of both arrays; they must not overlap. On failure they are left as they were.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (no such item), ZEREN_REFUSED (fractions and no place for denominators),
/// ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_points(
    scored: *const zeren_scored,
    item: *const c_char,
    item_len: usize,
    out: *mut i64,
    out_denominators: *mut i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let amounts = told.points(text(item, item_len, "item")?)?;
            let denominators = optional_out(out_denominators, rows)?;
            told.write(amounts, array_out(out, rows, "out")?, denominators)
        })
    }
}

/// Writes the totals into `out`. The rest as for `zeren_scored_points`.
///
/// Returns ZEREN_OK, ZEREN_REFUSED (fractions and no place for denominators), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_total(
    scored: *const zeren_scored,
    out: *mut i64,
    out_denominators: *mut i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let denominators = optional_out(out_denominators, rows)?;
            told.write(&told.scored.total, array_out(out, rows, "out")?, denominators)
        })
    }
}

/// Writes the grades after quotas into `out`, each the place of its word in what `zeren_columns_about` tells, best first,
/// from 0. The rest as for `zeren_scored_points`.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme grants no grades), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_grade(
    scored: *const zeren_scored,
    out: *mut i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let amounts = there(
                told.scored.grade.as_ref(),
                "办法不评等次",
                "the scheme grants no grades",
            )?;
            told.write(amounts, array_out(out, rows, "out")?, None)
        })
    }
}

/// Writes the grades before quotas into `out`. The rest as for `zeren_scored_grade`.
///
/// Returns as `zeren_scored_grade`; ZEREN_NOT_FOUND also where the scheme has no quotas. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_earned_grade(
    scored: *const zeren_scored,
    out: *mut i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let earned = told.scored.earned_grade.as_ref();
            let amounts = there(earned, "办法没有等次名额", "the scheme has no quotas")?;
            told.write(amounts, array_out(out, rows, "out")?, None)
        })
    }
}

/// Writes the ranks within the cohorts into `out`, the best 1. The rest as for `zeren_scored_points`.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (the scheme does not rank), ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_rank(
    scored: *const zeren_scored,
    out: *mut i64,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let amounts = there(told.scored.rank.as_ref(), "办法不排名次", "the scheme does not rank")?;
            told.write(amounts, array_out(out, rows, "out")?, None)
        })
    }
}

/// Tells the rows that were left to the exact run: 1 in `out` where there is a sheet, else 0.
///
/// Returns ZEREN_OK, ZEREN_WRONG_ARRAY, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_by_sheet(
    scored: *const zeren_scored,
    out: *mut u8,
    rows: usize,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let told = borrow(scored, "scored")?;
            let out = array_out(out, rows, "out")?;
            sized("out", out.len(), told.rows)?;
            let sheets = &told.scored.sheets;
            out.fill((0..told.rows).map(|row| u8::from(sheets.contains_key(&row))));
            Ok(())
        })
    }
}

/// The sheet of a row that was left to the exact run, as `zeren_scheme_score` gives it; its subject is the number of the row.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (the row was computed in columns, or there is no such row), ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_sheet(
    scored: *const zeren_scored,
    row: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let told = borrow(scored, "scored")?;
            let sheet = told.scored.sheets.get(&row).ok_or_else(|| {
                let (zh, en) = (format!("第 {row} 行没有得分表"), format!("row {row} has no sheet"));
                Error::one(ErrorKind::NotFound, Finding::error("capi.no_sheet", "", zh, en))
            })?;
            out.fill(sheet.to_json()?.into());
            Ok(())
        })
    }
}

/// Frees results. Their memory serves the next ones, and goes with the last handle of the compiled scheme, its tables and
/// results. `scored` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_scored_free(scored: *mut zeren_scored) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live handle or NULL, given up by the caller.
        unsafe { free(scored) };
        Ok(())
    });
}
