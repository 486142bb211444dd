//! Errors: what a status cannot say.

use serde::Serialize;

use super::argument::slot;
use super::guard::{caught, guard};
use super::handle::{Handle, borrow, free};
use super::status::{ZEREN_INTERNAL, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, of_kind};
use super::text::zeren_text;
use crate::error::{Error, Finding};

/// Why a call failed. Owned by the caller, tied to no thread; free it with `zeren_error_free`.
#[allow(non_camel_case_types, reason = "the name in the header")]
pub struct zeren_error {
    _opaque: (),
}

impl Handle for zeren_error {
    const MAGIC: u32 = u32::from_be_bytes(*b"zErr");
    type Value = Failure;
}

/// Why a call failed; also the document that `zeren_error_json` writes.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    kind: &'static str,
    status: i32,
    findings: Vec<Finding>,
}

impl Failure {
    /// A call that the rules of the header do not allow.
    pub(super) fn misuse(status: i32, kind: &'static str, code: &'static str, zh: String, en: String) -> Self {
        let mut finding = Finding::error(code, "", zh, en);
        finding.pointer = None;
        Failure {
            kind,
            status,
            findings: vec![finding],
        }
    }

    pub(super) fn null(name: &str) -> Self {
        let (zh, en) = (format!("参数 {name} 不得为 NULL"), format!("argument {name} is NULL"));
        Failure::misuse(ZEREN_NULL_ARGUMENT, "null_argument", "capi.null_argument", zh, en)
    }

    pub(super) fn wrong_handle(name: &str) -> Self {
        let zh = format!("参数 {name} 不是所要求类型的句柄，或已释放");
        let en = format!("argument {name} is not a handle of the type asked for, or was freed");
        Failure::misuse(ZEREN_WRONG_HANDLE, "wrong_handle", "capi.wrong_handle", zh, en)
    }

    pub(super) fn internal(told: &str) -> Self {
        let zh = format!("程序库内部错误，请报告：{told}");
        let en = format!("a fault of the library, please report it: {told}");
        Failure::misuse(ZEREN_INTERNAL, "internal", "capi.internal", zh, en)
    }

    /// A library that fails its self-test.
    pub(super) fn spoilt(findings: Vec<Finding>) -> Self {
        Failure {
            kind: "internal",
            status: ZEREN_INTERNAL,
            findings,
        }
    }

    pub(super) fn status(&self) -> i32 {
        self.status
    }

    /// A line for each finding. A NUL out of the caller's text stands as `\0`: C would print nothing behind it.
    pub(super) fn message(&self) -> String {
        let message = Error::new(crate::error::ErrorKind::Refused, self.findings.clone()).to_string();
        message.replace('\0', "\\0")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let (status, kind) = of_kind(error.kind());
        Failure {
            kind,
            status,
            findings: error.findings().to_vec(),
        }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::internal(&error.to_string())
    }
}

/// The error as a JSON object: `kind` (a word), `status` (the number that the call returned) and `findings`, each with
/// `code`, `severity`, `zh`, `en` and, where they apply, `pointer` (where in the document), `subject`, `basis`.
/// Codes are stable and may be compared; sentences are for people and may change.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_error_json(error: *const zeren_error, out: *mut zeren_text) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(std::ptr::null_mut(), || {
            let out = slot(out, "out")?;
            let failure = borrow(error, "error")?;
            out.fill(serde_json::to_string(failure)?.into());
            Ok(())
        })
    }
}

/// The error for a log or a message box: one line a finding, with code, place, Chinese and English sentence.
///
/// Returns ZEREN_OK, ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_error_message(error: *const zeren_error, out: *mut zeren_text) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(std::ptr::null_mut(), || {
            let out = slot(out, "out")?;
            out.fill(borrow(error, "error")?.message().into());
            Ok(())
        })
    }
}

/// Frees an error. `error` may be NULL.
///
/// Since 0.1.0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_error_free(error: *mut zeren_error) {
    let _ = caught(|| {
        // SAFETY: the rules of the header: a live error or NULL, given up by the caller.
        unsafe { free(error) };
        Ok(())
    });
}
