//! What a scheme says of itself.

use serde::Serialize;

use super::{Question, Scheme, Status};

/// A scheme's name, what its adoption binds, and what it leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About<'a> {
    /// Id.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// Title.
    pub title: &'a str,
    /// The year assessed.
    pub year: u32,
    /// Draft or adopted.
    pub status: Status,
    /// SM3 digest of the canonical document.
    pub digest: &'a str,
    /// SM3 digest of the table that is read back.
    pub table_digest: String,
    /// The questions that a draft leaves open.
    pub questions: &'a [Question],
}

impl Scheme {
    /// What the scheme says of itself.
    pub fn about(&self) -> About<'_> {
        let text = self.text();
        About {
            id: &text.id,
            version: &text.version,
            title: &text.title,
            year: text.year,
            status: text.status,
            digest: self.digest(),
            table_digest: self.table_digest(),
            questions: self.questions(),
        }
    }
}
