//! Papers for people.

use std::ffi::c_char;

use super::argument::{slot, text};
use super::error::zeren_error;
use super::guard::guard;
use super::handle::borrow;
use super::scheme::zeren_scheme;
use super::system::{reading, zeren_system};
use super::text::zeren_text;
use crate::document::read;
use crate::report::PaperRequest;

/// Makes a paper (文书) from the ledger, for an audience; nothing is written. `scheme` is that of the papers about results
/// and missing data, and may be NULL for the others. `request` is a JSON object: `kind`, `day` ("2024-02-21"), `format`, and
/// where wanted `audience` (as for `zeren_year_assess`; when missing, the office), `known` (acts up to this position),
/// `number` (发文字号), `issuer`, `date`, and what the paper is about:
///
/// - "letter": `letter`; `text` (printed when its digest is the one that the letter binds), `names` of persons.
/// - "score_feedback": `subject`. "ranking", "publicity": `subjects`, or the roster. "approval": `subject`, or the roster.
/// - "appeal_receipt", "appeal_answer": `appeal`.
/// - "rectification_notice": `finding`, or `unit` for all that are open.
/// - "missing_data": `unit`, or every supplier. "duty_report": `unit`.
/// - "cascade_map". "leaders_page": `since` (an earlier look: `known`, and `day` where it was another).
///
/// `out` receives text by `format`: "data", or none, JSON with the parts of the paper for a template of your own;
/// "markdown"; "html", one page that holds all it needs, runs no script and prints on A4. Results are told from the sheets
/// that the ledger holds; nothing is scored anew unless `trial` is true. The whole form: zeren_schema "paper_request", and
/// docs/papers.md.
///
/// Returns ZEREN_OK, ZEREN_DOCUMENT (a field or the scheme is missing), ZEREN_NOT_FOUND, ZEREN_REFUSED (not for this
/// audience, an open result was to be published or approved, a text that is not the bound one), ZEREN_NULL_ARGUMENT,
/// ZEREN_WRONG_HANDLE, ZEREN_NOT_UTF8, ZEREN_TOO_LONG. Since 0.1.0.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn zeren_system_paper(
    system: *const zeren_system,
    scheme: *const zeren_scheme,
    request: *const c_char,
    request_len: usize,
    out: *mut zeren_text,
    error: *mut *mut zeren_error,
) -> i32 {
    // SAFETY: the rules of the header, here and below.
    unsafe {
        guard(error, || {
            let out = slot(out, "out")?;
            let system = borrow(system, "system")?;
            let scheme = match scheme.is_null() {
                true => None,
                false => Some(borrow(scheme, "scheme")?),
            };
            let request: PaperRequest = read(text(request, request_len, "request")?.as_bytes())?;
            out.fill(
                request
                    .answer(&*reading(system)?, scheme.map(|scheme| &**scheme))?
                    .into(),
            );
            Ok(())
        })
    }
}
