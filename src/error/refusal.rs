//! Why a call was refused.

use std::fmt;

use super::Finding;

/// What a refused call gives back.
pub type Result<T> = std::result::Result<T, Error>;

/// The class of a refusal: it decides what the caller should do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not a document of the expected shape. Mend the document.
    Document,
    /// The document is well formed, but what it asks for is impossible in this state. Mend what it refers to.
    Refused,
    /// The ledger has moved on since the caller looked. Follow the new lines, then try again.
    Conflict,
    /// The thing asked for does not exist as of that day and position.
    NotFound,
    /// Stored lines do not hold together. Nothing was taken over.
    Integrity,
    /// A format, edition or version that this library does not know, or that it was built without.
    Unsupported,
    /// A file of a store could not be read or written. What was acknowledged is there as soon as it is opened again.
    Storage,
    /// The caller asked the work to stop. The state is as it was.
    Cancelled,
}

/// A refusal, with every reason for it. The state is as it was before the call.
///
/// ```
/// let error = zeren::document::parse(b"{\"a\": 1, \"a\": 2}").unwrap_err();
/// assert!(error.is_document());
/// assert_eq!(error.findings()[0].code, "document.duplicate_key");
/// assert_eq!(error.findings()[0].pointer.as_deref(), Some("/a"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    findings: Vec<Finding>,
}

impl Error {
    /// A refusal for these reasons.
    pub fn new(kind: ErrorKind, findings: Vec<Finding>) -> Self {
        Error { kind, findings }
    }

    /// A refusal for one reason.
    pub fn one(kind: ErrorKind, finding: Finding) -> Self {
        Error {
            kind,
            findings: vec![finding],
        }
    }

    /// The class of the refusal.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Every reason, in document order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The code of the first reason.
    pub fn code(&self) -> &'static str {
        self.findings.first().map_or("error", |finding| finding.code)
    }

    /// The text is not a document of the expected shape.
    pub fn is_document(&self) -> bool {
        self.kind == ErrorKind::Document
    }

    /// The ledger has moved on: follow, then try again.
    pub fn is_conflict(&self) -> bool {
        self.kind == ErrorKind::Conflict
    }

    /// The caller asked the work to stop.
    pub fn is_cancelled(&self) -> bool {
        self.kind == ErrorKind::Cancelled
    }

    /// The same refusal, its places told from the outside: `prefix` is where the document that was read stands in a larger one.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        for finding in &mut self.findings {
            if let Some(pointer) = &mut finding.pointer {
                pointer.insert_str(0, prefix);
            }
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, finding) in self.findings.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "[{}]", finding.code)?;
            if let Some(pointer) = finding.pointer.as_deref().filter(|pointer| !pointer.is_empty()) {
                write!(f, " {pointer}")?;
            }
            write!(f, " {} / {}", finding.zh, finding.en)?;
        }
        Ok(())
    }
}
