//! Reports: what people read, from what the rooms below found. Markdown first; the host prints or converts it.

mod cascade;
mod findings;
mod sheet;

pub use cascade::cascade_markdown;
pub use findings::findings_markdown;
pub use sheet::sheet_markdown;

/// A cell of a Markdown table: no bars, no line breaks.
pub(crate) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}
