//! Where something stands in the ledger.

use std::fmt;

use serde::Serialize;

use crate::document::{Cursor, Read, Shape, is_sm3_hex};

/// The sequence number of a line; 0 stands before the first line. Positions alone are ordered, not times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Position(u32);

crate::document::kept!(struct Position(sequence));

impl Position {
    /// Before the first line.
    pub const START: Position = Position(0);
    /// After every line: what still holds, holds until then.
    pub const END: Position = Position(u32::MAX);

    /// The last position that a line can have: what is known there is all that is known.
    pub const LAST: Position = Position(u32::MAX.saturating_sub(1));

    /// The position of the line with this sequence number.
    pub fn new(sequence: u32) -> Self {
        Position(sequence)
    }

    /// The sequence number.
    pub fn sequence(self) -> u32 {
        self.0
    }

    /// The position of the line before; [`Position::START`] is its own.
    #[must_use]
    pub fn before(self) -> Self {
        Position(self.0.saturating_sub(1))
    }

    /// The position of the line that follows; [`Position::END`] has none.
    pub fn next(self) -> Option<Self> {
        self.0.checked_add(1).filter(|next| *next < u32::MAX).map(Position)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Read for Position {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        u32::read(at).map(Position)
    }
    fn shape() -> Shape {
        Shape::Whole
    }
}

crate::record! {
    /// The end of a ledger as somebody knows it: enough to continue it, and to notice that it has moved.
    #[derive(Serialize)]
    pub struct Head {
        /// Sequence number of the last line; 0 for an empty ledger.
        pub position: Position,
        /// Digest of the last line, 64 hexadecimal digits; 64 zeros for an empty ledger.
        pub digest: String,
    }
}

impl Head {
    /// The head of an empty ledger.
    pub fn empty() -> Self {
        Head {
            position: Position::START,
            digest: "0".repeat(64),
        }
    }

    /// Whether the digest has the form of one.
    pub fn is_well_formed(&self) -> bool {
        is_sm3_hex(&self.digest)
    }
}
