//! Many documents, one after the other, in the room of one.

use std::sync::Arc;

use super::Written;
use super::parse::{Around, source_into};
use super::written::Source;
use crate::error::Result;

/// Reads documents. Each takes the room of the one before it, unless somebody still holds a part of that.
#[derive(Debug, Default)]
pub(crate) struct Rereader(Arc<Source>);

impl Rereader {
    /// Reads JSON text that is a member of an object with so many others, as [`Written::parse`] reads it there.
    pub(crate) fn member(&mut self, bytes: &[u8], others: usize) -> Result<Written> {
        let around = Around {
            levels: 1,
            values: others.saturating_add(1),
        };
        match Arc::get_mut(&mut self.0) {
            Some(source) => *source = source_into(bytes, around, std::mem::take(source))?,
            None => self.0 = Arc::new(source_into(bytes, around, Source::default())?),
        }
        Ok(Written::shared(self.0.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_still_held_stays_as_it_was() {
        let mut reader = Rereader::default();
        let texts = [
            "{\"a\":\"\\u4e2d\"}",
            "[1.50,2]",
            "{\"b\":{\"c\":[]}}",
            "[",
            "\"x\\ny\"",
            "7",
        ];
        let mut held = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            match (reader.member(text.as_bytes(), 0), Written::parse(text.as_bytes())) {
                (Ok(read), Ok(alone)) => {
                    assert_eq!(read.canonical(), alone.canonical());
                    if index % 2 == 0 {
                        held.push((read, alone));
                    }
                }
                (read, alone) => assert_eq!(read.unwrap_err(), alone.unwrap_err()),
            }
        }
        assert_eq!(held.len(), 3);
        for (read, alone) in held {
            assert_eq!(read.canonical(), alone.canonical());
        }
    }
}
