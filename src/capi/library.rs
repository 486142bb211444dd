//! The library itself.

use std::ffi::c_char;

use serde::Serialize;

use super::argument::{slot, text};
use super::error::{Failure, zeren_error};
use super::guard::guard;
use super::text::zeren_text;
use crate::library::{BuildInfo, build_info, self_test};
use crate::schemas;

/// The ABI that this header describes, and the number in the SONAME. 0 until the ABI is frozen as 1: under 0 a function
/// may still change; from 1 on functions are only added.
pub const ZEREN_ABI_VERSION: i32 = 0;

/// The ABI of the library that was loaded. If it is not ZEREN_ABI_VERSION, call nothing else.
///
/// Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn zeren_abi_version() -> i32 {
    ZEREN_ABI_VERSION
}

/// The version of the library that was loaded, such as "0.1.0".
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_version(out: *mut zeren_text) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(std::ptr::null_mut(), || {
            let version = env!("CARGO_PKG_VERSION").to_owned();
            slot(out, "out").map(|out| out.fill(version.into()))
        })
    }
}

/// How the library that was loaded was built: a JSON object of `version`, `abi`, `editions` (of the scheme language),
/// `features` (the optional parts that are in), `arch`, `os` and `debug` (built with the checks of a debug build, slow).
/// For the first line of a log, and for reports to us.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_build_info(out: *mut zeren_text) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(std::ptr::null_mut(), || {
            let out = slot(out, "out")?;
            let (abi, info) = (ZEREN_ABI_VERSION, build_info());
            out.fill(serde_json::to_string(&Built { abi, info })?.into());
            Ok(())
        })
    }
}

#[derive(Serialize)]
struct Built {
    abi: i32,
    #[serde(flatten)]
    info: BuildInfo,
}

/// Computes what is known: digests, exact numbers, dates, a stored line, a sheet to its last byte. A library that was
/// spoilt on its way says so before it scores anybody: call this once at the start; it takes about a millisecond.
///
/// Returns ZEREN_OK, ZEREN_INTERNAL (the error names what differs; install the library again). Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_self_test(error: *mut *mut zeren_error) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let differs = self_test();
            if differs.is_empty() {
                return Ok(());
            }
            Err(Failure::spoilt(differs))
        })
    }
}

/// The JSON Schema (draft 2020-12) of a kind of document, for editors and for checks of your own. `kind` is act,
/// assess_query, calendar, checkpoint, facts, inclusion, paper_request, query, request, rule_set, scheme or template_query.
///
/// Returns ZEREN_OK, ZEREN_NOT_FOUND (another kind; the error names all), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8,
/// ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_schema(
    kind: *const c_char,
    kind_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            out.fill(schemas::schema(text(kind, kind_len, "kind")?)?.into());
            Ok(())
        })
    }
}
