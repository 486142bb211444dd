//! Reports: what people read, from what the rooms below found. Papers as data, as Markdown, and as pages of HTML that
//! print on A4; one request form asks for every kind, and an audience decides what stands in it (`docs/papers.md`).
//!
//! To add a kind of paper: its word in `request.rs`, and one file that makes it from what was asked.

mod appeal;
mod approval;
mod asked;
mod cascade;
mod cascade_map;
mod certificate_request;
mod duty;
mod feedback;
mod findings;
mod leaders;
mod letter;
mod letter_certificate;
mod missing;
mod notice;
mod paper;
mod publicity;
mod ranking;
mod request;
mod results;
mod sheet;
mod told;

pub use cascade::cascade_markdown;
pub use cascade_map::cascade_map;
pub use certificate_request::CertificateRequest;
pub use feedback::{Feedback, Until};
pub use findings::findings_markdown;
pub use letter_certificate::{Names, letter_certificate};
pub use paper::{Column, FormRow, Paper, Part, Place};
pub use ranking::ranking;
pub use request::{FullText, Look, PaperFormat, PaperKind, PaperRequest, PersonName, paper};
pub use sheet::sheet_markdown;

/// A cell of a Markdown table: no bars, no line breaks.
pub(crate) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
