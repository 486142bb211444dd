//! Status numbers: frozen, in decades, written once and never used again for something else.

use crate::error::ErrorKind;

/// Done.
pub const ZEREN_OK: i32 = 0;
/// A document is not what it should be. Mend the document; the error names every place.
pub const ZEREN_DOCUMENT: i32 = 10;
/// The document is well formed, but what it asks for is impossible in this state.
pub const ZEREN_REFUSED: i32 = 11;
/// The ledger has moved on. Follow the new lines, then try again.
pub const ZEREN_CONFLICT: i32 = 12;
/// The thing asked for does not exist on that day, as known at that position.
pub const ZEREN_NOT_FOUND: i32 = 13;
/// Stored lines do not hold together. Nothing was taken over.
pub const ZEREN_INTEGRITY: i32 = 14;
/// A format, edition or version that this library does not know, or that it was built without.
pub const ZEREN_UNSUPPORTED: i32 = 15;
/// A store's file could not be read or written; the error says why and what to do.
pub const ZEREN_STORAGE: i32 = 16;
/// You asked the work to stop, through its zeren_progress. The state is as it was.
pub const ZEREN_CANCELLED: i32 = 17;
/// A pointer that is no handle of the type that the function asks for.
pub const ZEREN_WRONG_HANDLE: i32 = 20;
/// NULL where something is needed.
pub const ZEREN_NULL_ARGUMENT: i32 = 21;
/// Text that is not UTF-8.
pub const ZEREN_NOT_UTF8: i32 = 22;
/// A length that no text can have: half of the address space or more.
pub const ZEREN_TOO_LONG: i32 = 23;
/// An array of another length than there are rows, or at an address where no such number can stand.
pub const ZEREN_WRONG_ARRAY: i32 = 24;
/// A fault of this library; please report it. Other handles go on working. A system or a year that was being
/// changed answers nothing but this from then on: free it, and open the system again from its lines.
pub const ZEREN_INTERNAL: i32 = 90;

/// The number and the word of each class of refusal.
pub(super) fn of_kind(kind: ErrorKind) -> (i32, &'static str) {
    match kind {
        ErrorKind::Document => (ZEREN_DOCUMENT, "document"),
        ErrorKind::Refused => (ZEREN_REFUSED, "refused"),
        ErrorKind::Conflict => (ZEREN_CONFLICT, "conflict"),
        ErrorKind::NotFound => (ZEREN_NOT_FOUND, "not_found"),
        ErrorKind::Integrity => (ZEREN_INTEGRITY, "integrity"),
        ErrorKind::Unsupported => (ZEREN_UNSUPPORTED, "unsupported"),
        ErrorKind::Cancelled => (ZEREN_CANCELLED, "cancelled"),
        ErrorKind::Storage => (ZEREN_STORAGE, "storage"),
    }
}
