//! One stored line.

use serde::Serialize;

use super::Position;
use super::peek::{Peeked, peek};
use crate::calendar::Timestamp;
use crate::document::{Sm3Digest, Written, sm3_hex, write_canonical_text};
use crate::error::Result;

crate::record! {
    /// What a line says, without its own digest.
    #[derive(Serialize)]
    pub struct LineBody {
        /// The ledger that the line belongs to; one ledger a tenant.
        pub ledger: String,
        /// Its place in that ledger, from 1 without gaps.
        pub sequence: Position,
        /// The batch that it was written with, from 1 without gaps. A batch applies whole or not at all.
        pub batch: u32,
        /// Whether it ends its batch.
        pub last: bool,
        /// The moment that the host told.
        pub time: Timestamp,
        /// Who entered it: an opaque id of the host.
        pub operator: String,
        /// The act, in canonical form; the ledger does not look inside.
        pub payload: Written,
        /// Digest of the line before; 64 zeros for the first.
        pub previous: String,
    }
}

/// Between the body and the digest of a stored line.
pub(super) const SEAM: &str = ",\"digest\":\"";
/// What closes a stored line.
pub(super) const END: &str = "\"}";

/// A line with the text that is stored and the digest over it.
///
/// The text is one JSON object without line breaks; its last member is the SM3 digest of all the bytes before that
/// member. So a change of any byte is seen in the line itself, and a line put elsewhere is seen by its neighbour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    body: LineBody,
    text: String,
}

/// Where a line stands: all that it says besides its act and its own digest.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The ledger.
    pub ledger: &'a str,
    /// Its place in the ledger.
    pub sequence: Position,
    /// Its batch.
    pub batch: u32,
    /// Whether it ends its batch.
    pub last: bool,
    /// The moment that the host told.
    pub time: &'a Timestamp,
    /// Who entered it.
    pub operator: &'a str,
    /// Digest of the line before.
    pub previous: &'a str,
}

impl Place<'_> {
    /// The line at this place with this payload, which is written in canonical form.
    pub fn seal(&self, payload: &Written) -> SealedLine {
        let mut text = String::with_capacity(payload.length().saturating_add(1_024));
        text.push_str("{\"ledger\":");
        write_canonical_text(self.ledger, &mut text);
        let (sequence, batch, last) = (self.sequence.sequence(), self.batch, self.last);
        text.push_str(&format!(
            ",\"sequence\":{sequence},\"batch\":{batch},\"last\":{last},\"time\":"
        ));
        write_canonical_text(&self.time.to_string(), &mut text);
        text.push_str(",\"operator\":");
        write_canonical_text(self.operator, &mut text);
        text.push_str(",\"payload\":");
        payload.write_canonical(&mut text);
        text.push_str(",\"previous\":\"");
        text.push_str(self.previous);
        text.push('"');
        let digest = sm3_hex(text.as_bytes());
        text.push_str(SEAM);
        text.push_str(&digest);
        text.push_str(END);
        SealedLine(text)
    }
}

/// The text of a line as it is stored, just sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedLine(String);

impl SealedLine {
    /// The bytes to store.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The digest, 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        digest(&self.0)
    }
}

/// What a line says before its digest, and the digest; `None` when the one is not that of the other.
fn sealed(text: &str) -> Option<(&str, Digest<'_>)> {
    let sealed = text.strip_suffix(END)?;
    let (rest, hex) = sealed.split_at_checked(sealed.len().checked_sub(64)?)?;
    let body = rest.strip_suffix(SEAM)?;
    let value = Sm3Digest::of(body.as_bytes());
    (Some(value) == Sm3Digest::from_hex(hex)).then_some((body, Digest { hex, value }))
}

/// The digest of a line, as it is written there and as a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digest<'t> {
    pub(super) hex: &'t str,
    pub(super) value: Sm3Digest,
}

/// Where a line stands, as its text says, and its digest, which was checked; the act is not looked at. `None` when the
/// bytes are not those that were sealed, or do not have the form of a line.
pub(super) fn place_of(text: &str) -> Option<(Peeked<'_>, Digest<'_>)> {
    let (body, digest) = sealed(text)?;
    Some((peek(body)?, digest))
}

/// Whether a line ends its batch, as its text says; nothing is checked.
pub fn ends_batch(text: &str) -> bool {
    let body = text
        .strip_suffix(END)
        .and_then(|text| text.get(..text.len().checked_sub(64)?))
        .and_then(|text| text.strip_suffix(SEAM));
    body.and_then(peek).is_some_and(|peeked| peeked.last)
}

fn digest(text: &str) -> &str {
    text.strip_suffix(END)
        .and_then(|text| text.get(text.len().saturating_sub(64)..))
        .unwrap_or("")
}

impl Line {
    /// Seals a body: writes its canonical text and digest.
    pub fn seal(body: LineBody) -> Self {
        let place = Place {
            ledger: &body.ledger,
            sequence: body.sequence,
            batch: body.batch,
            last: body.last,
            time: &body.time,
            operator: &body.operator,
            previous: &body.previous,
        };
        let SealedLine(text) = place.seal(&body.payload);
        Line { body, text }
    }

    /// Reads a stored line and checks its digest; `None` when the bytes are not those that were sealed.
    ///
    /// # Errors
    /// A document error when the bytes carry a fitting digest but are no line: they were sealed by something else.
    pub fn open(text: &str) -> Option<Result<Self>> {
        let (body, _) = sealed(text)?;
        let object = [body, "}"].concat();
        Some(crate::document::read::<LineBody>(object.as_bytes()).map(|body| Line {
            body,
            text: text.to_owned(),
        }))
    }

    /// What the line says.
    pub fn body(&self) -> &LineBody {
        &self.body
    }

    /// What the line says, without its text.
    pub fn into_body(self) -> LineBody {
        self.body
    }

    /// The bytes to store.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The digest, 64 hexadecimal digits.
    pub fn digest(&self) -> &str {
        digest(&self.text)
    }
}
