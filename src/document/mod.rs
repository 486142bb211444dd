//! The one reader for every document: acts, rule sets, schemes, facts, ledger lines.
//!
//! JSON text is read once, within bounds, into [`Written`]: where each value stands in it, with the text of numbers. A
//! [`Value`] is the same as a tree, for what is made or changed in memory. A [`Cursor`] walks either, collects every
//! problem with its JSON pointer instead of stopping at the first, and refuses fields that nobody asked for. The types
//! that documents are made of are declared with [`record!`](crate::record) and [`choice!`](crate::choice); the same
//! declarations give their [`Shape`], from which reference tables and JSON Schema are written.

mod canonical;
mod cursor;
mod digest;
mod header;
mod keep;
mod names;
mod number;
mod parse;
mod plain;
mod private_use;
mod read;
mod record;
mod rereader;
mod schema;
mod seen;
mod shape;
mod value;
mod word;
mod written;

pub use canonical::canonical;
pub(crate) use canonical::write_text as write_canonical_text;
pub use cursor::{Cursor, Fields, Problems};
pub(crate) use cursor::{extend, nearest};
pub use digest::{Sm3Digest, is_sm3_hex, sm3_hex};
pub use header::expect_kind;
pub(crate) use keep::{Keep, Keeper, Kept, kept};
pub use names::Name;
pub use number::NumberText;
pub use parse::{MAX_BYTES, MAX_DEPTH, MAX_VALUES, parse};
pub(crate) use private_use::holds as holds_private_use;
pub use private_use::{private_use, private_use_in};
pub(crate) use read::is_field_text;
pub use read::{Read, read, read_value};
pub(crate) use rereader::Rereader;
pub use schema::{json_schema, pretty};
pub use shape::{FieldShape, RecordShape, Shape, VariantShape};
pub use value::Value;
pub use word::Word;
pub use written::Written;
