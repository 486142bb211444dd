//! Stored lines as evidence: checkpoints, proofs of one line, signatures.

use std::ffi::c_char;

use super::argument::{slot, text};
use super::error::{Failure, zeren_error};
use super::guard::guard;
use super::handle::borrow;
use super::ledger::id;
use super::system::{reading, zeren_system};
use super::text::zeren_text;
use crate::document::{parse, read};
use crate::ledger::{self, Checkpoint, Inclusion, Position};
use crate::letter::{DigestQuery, SignatureQuery};
use crate::report::CertificateRequest;

/// Reads the array of checkpoints; the empty text is an empty array.
fn checkpoints(text: &str) -> Result<Vec<Checkpoint>, Failure> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    Ok(read(text.as_bytes())?)
}

/// Makes a checkpoint of the end of a ledger, to be kept, signed or posted where its owner cannot reach it. `lines` as for
/// `zeren_system_open`. `out` receives a JSON object: `kind`, `format`, `ledger`, `position`, `digest`, `root`.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_INTEGRITY (the error names the first line that does not
/// hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_ledger_checkpoint(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            let checkpoint = ledger::checkpoint(&ledger, lines.lines())?;
            out.fill(serde_json::to_string(&checkpoint)?.into());
            Ok(())
        })
    }
}

/// Checks stored lines as `zeren_ledger_verify` does, and against `checkpoints` that were kept elsewhere: a JSON array of
/// what `zeren_ledger_checkpoint` gave, or the empty text. `out` receives what `zeren_ledger_verify` gives; `proven` is the
/// last line that a checkpoint vouches for.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank, a checkpoint is none or is of another ledger), ZEREN_INTEGRITY (the
/// error names the first line that does not hold, the lines between which everything was rewritten, or from which the
/// tail is cut off), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_ledger_verify_against(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    kept: *const c_char,
    kept_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            let kept = checkpoints(text(kept, kept_len, "kept")?)?;
            let verified = ledger::verify_against(&ledger, lines.lines(), &kept)?;
            out.fill(serde_json::to_string(&verified)?.into());
            Ok(())
        })
    }
}

/// Proves one line: `out` receives a JSON object that shows, together with a checkpoint of the same end, that the line at
/// `position` stands in the ledger, without showing any other. `lines` as for `zeren_system_open`.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (the id is blank), ZEREN_NOT_FOUND (there is no such line), ZEREN_INTEGRITY (the error
/// names the first line that does not hold), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_ledger_inclusion(
    ledger: *const c_char,
    ledger_len: usize,
    lines: *const c_char,
    lines_len: usize,
    position: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let ledger = id(text(ledger, ledger_len, "ledger")?)?;
            let lines = text(lines, lines_len, "lines")?;
            // No ledger is that long, and position 0 is no line: neither is found.
            let position = Position::new(u32::try_from(position).unwrap_or(0));
            let proof = ledger::inclusion(&ledger, lines.lines(), position)?;
            out.fill(serde_json::to_string(&proof)?.into());
            Ok(())
        })
    }
}

/// Checks what `zeren_ledger_inclusion` gave against a checkpoint that was kept elsewhere. `out` receives the line as a
/// JSON object: `ledger`, `sequence`, `time`, `operator`, `payload` (the act) and so on.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (another kind or format), ZEREN_INTEGRITY (nothing is proven),
/// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_inclusion_verify(
    inclusion: *const c_char,
    inclusion_len: usize,
    checkpoint: *const c_char,
    checkpoint_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let inclusion = text(inclusion, inclusion_len, "inclusion")?;
            let checkpoint = text(checkpoint, checkpoint_len, "checkpoint")?;
            let proof = Inclusion::read(&parse(inclusion.as_bytes())?)?;
            let checkpoint = Checkpoint::read(&parse(checkpoint.as_bytes())?)?;
            out.fill(serde_json::to_string(&proof.proves(&checkpoint)?)?.into());
            Ok(())
        })
    }
}

/// Tells what a signer outside signs with SM2: `out` receives {"z", "e"}, e = SM3(Z‖M). `query` is a JSON object: `key` (the
/// public key, raw or SPKI) or `certificate`, `message` (text) or `content` (base64), and where wanted `user_id`. The
/// message for a letter is what `zeren_system_view` gives for the view "statement".
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a certificate, in a library built without sign),
/// ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_signature_digest(
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let query: DigestQuery = read(text(query, query_len, "query")?.as_bytes())?;
            out.fill(serde_json::to_string(&query.answer()?)?.into());
            Ok(())
        })
    }
}

/// Verifies an SM2 signature with SM3. `query` as for `zeren_signature_digest`, with `signature` (hexadecimal or base64, DER
/// or r‖s) and where wanted `signed` (the day), `chain` (certificates of the issuers) and `revocation` (what you know).
/// `out` receives a JSON object with `mathematics`, `chain`, `validity`, `revocation`, each "holds", "fails" or
/// "not_checked". A signature that does not fit is an answer, not an error.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_UNSUPPORTED (a library built without sign), ZEREN_NULL_ARGUMENT, ZEREN_NOT_UTF8,
/// ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_signature_verify(
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let query: SignatureQuery = read(text(query, query_len, "query")?.as_bytes())?;
            out.fill(serde_json::to_string(&query.answer()?)?.into());
            Ok(())
        })
    }
}

/// Writes the certificate page of a letter: who signed which manifestation when in which capacity, what was verified by
/// whom, amendments and successions in order. `query` is a JSON object: `letter`, `day`, and where wanted `known`, `format`
/// ("data", "markdown" or "html"; data when missing), `names` (what people are called) and `keys` (keys of signers, with
/// which the library verifies; nothing of them is kept).
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT, ZEREN_NOT_FOUND (no such letter on that day), ZEREN_UNSUPPORTED (keys, in a library
/// built without sign), ZEREN_NULL_ARGUMENT, ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_letter_certificate(
    system: *const zeren_system,
    query: *const c_char,
    query_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let system = borrow(system, "system")?;
            let query: CertificateRequest = read(text(query, query_len, "query")?.as_bytes())?;
            out.fill(query.answer(&*reading(system)?)?.into());
            Ok(())
        })
    }
}
