//! The ledger (账本): hash-chained lines with an opaque payload, and rows that know in which positions they held.
//!
//! Lines belong to the host, which stores them byte for byte in its own database (as text, not as a JSON type that
//! rewrites them), unique by ledger and sequence. A line, once made, is never written again in another form.

mod checkpoint;
mod ids;
mod index;
mod keep;
mod line;
mod merkle;
mod peek;
mod position;
mod seal;
mod table;
mod verify;

pub use checkpoint::{Checkpoint, Inclusion, Verified, checkpoint, inclusion, inclusions, verify_against};
pub use index::Index;
pub use line::{Line, LineBody, Place, SealedLine, ends_batch};
pub use position::{Head, Position};
pub use seal::{seal, unseal};
pub use table::{Key, Mark, Row, Table, pair};
pub(crate) use verify::Followed;
pub use verify::{Chain, verify, verify_watched};
