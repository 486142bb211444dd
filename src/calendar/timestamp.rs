//! A moment that the host tells.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Date;
use crate::document::{Cursor, Keep, Keeper, Kept, Read, Shape};

/// A moment with its offset, `2022-12-31T09:00:00+08:00` (GB/T 7408.1-2023), kept as the host wrote it.
///
/// Moments are evidence, not an order: only ledger positions are ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    /// With zeros behind a shorter one, so that equal moments are held alike.
    text: [u8; LONGEST],
    length: u8,
}

/// With seconds and an offset.
const LONGEST: usize = 25;

impl Timestamp {
    /// The moment written so; `None` when the form or a number is wrong.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        Date::from_iso(day)?;
        let clock = rest.strip_prefix('T')?;
        let (time, offset) = clock.split_at_checked(8)?;
        let offset = match offset {
            "Z" => "00:00",
            signed => signed.strip_prefix(['+', '-'])?,
        };
        let within = |text: &str, limits: &[u8]| {
            let parts: Vec<&str> = text.split(':').collect();
            parts.len() == limits.len()
                && parts.iter().zip(limits).all(|(part, limit)| {
                    part.len() == 2
                        && part.bytes().all(|digit| digit.is_ascii_digit())
                        && part.parse::<u8>().is_ok_and(|number| number <= *limit)
                })
        };
        (within(time, &[23, 59, 59]) && within(offset, &[23, 59])).then_some(())?;
        let mut held = [0; LONGEST];
        held.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Timestamp {
            text: held,
            length: u8::try_from(text.len()).ok()?,
        })
    }

    /// As the host wrote it.
    pub fn as_str(&self) -> &str {
        let text = self.text.get(..usize::from(self.length));
        text.and_then(|text| std::str::from_utf8(text).ok()).unwrap_or("")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Read for Timestamp {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.text()?;
        Timestamp::parse(text).or_else(|| {
            at.problem(
                "calendar.no_such_moment",
                format!("“{text}”不是有效时刻，应写作 2022-12-31T09:00:00+08:00"),
                format!("\"{text}\" is not a moment; write it as 2022-12-31T09:00:00+08:00"),
            )
        })
    }
    fn shape() -> Shape {
        Shape::Pattern(
            "moment, 2022-12-31T09:00:00+08:00",
            "^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9](:[0-5][0-9]){2}(Z|[+-][0-2][0-9]:[0-5][0-9])$",
        )
    }
}

impl Keep for Timestamp {
    fn keep(&self, to: &mut Keeper) {
        to.raw(&self.text);
        self.length.keep(to);
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        let (text, length) = (from.array()?, u8::kept(from)?);
        Some(Timestamp { text, length })
    }
}
