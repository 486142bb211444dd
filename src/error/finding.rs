//! What a check says.

use serde::Serialize;

/// How much a finding weighs. Nothing but an [`Severity::Error`] stops anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Refused: the document or act cannot be taken (错误).
    Error,
    /// A rule set asks for something that the records do not show (问题).
    Warning,
    /// Worth knowing before an inspector asks (提示).
    Notice,
}

impl Severity {
    /// The word that a report prints.
    pub fn zh(self) -> &'static str {
        match self {
            Severity::Error => "错误",
            Severity::Warning => "问题",
            Severity::Notice => "提示",
        }
    }
}

/// One thing that a check found.
///
/// `code` is stable: programs may compare it. The sentences are for people and may be improved at any time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Stable code, `room.what`, for example `document.duplicate_key`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Host id of what the finding is about (a unit, group, letter, fact), when it is about a thing rather than a place in a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// JSON pointer (RFC 6901) into the document that was read, when there is one; the empty pointer is the whole document.
    /// In a filled table it is the address of the cell, such as `C4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
    /// The rule that asks for it: document number and article, when a rule set gives one (依据).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

impl Finding {
    /// A refusal at a place in a document.
    pub fn error(code: &'static str, pointer: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, zh, en).at(pointer)
    }

    /// A breach of what a rule set asks for.
    pub fn warning(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, zh, en)
    }

    /// Something worth knowing.
    pub fn notice(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::new(code, Severity::Notice, zh, en)
    }

    fn new(code: &'static str, severity: Severity, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Finding {
            code,
            severity,
            subject: None,
            pointer: None,
            zh: zh.into(),
            en: en.into(),
            basis: None,
        }
    }

    /// The same finding about this thing.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// The same finding at this place of the document.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The same finding resting on this rule.
    #[must_use]
    pub fn resting_on(mut self, basis: Option<impl Into<String>>) -> Self {
        self.basis = basis.map(Into::into);
        self
    }
}
