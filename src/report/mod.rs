//! Reports: what people read, from what the rooms below found. papers as data, as Markdown, and as pages of HTML that
//! print on A4.

mod cascade;
mod cascade_map;
mod certificate_request;
mod feedback;
mod findings;
mod letter_certificate;
mod paper;
mod ranking;
mod sheet;

pub use cascade::cascade_markdown;
pub use cascade_map::cascade_map;
pub use certificate_request::{CertificateForm, CertificateRequest, KnownAs};
pub use feedback::Feedback;
pub use findings::findings_markdown;
pub use letter_certificate::{Names, letter_certificate};
pub use paper::{Column, Paper, Part, Place};
pub use ranking::ranking;
pub use sheet::sheet_markdown;

/// A cell of a Markdown table: no bars, no line breaks.
pub(crate) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
