//! Many documents, one after the other, in the room of one.

use std::sync::Arc;

use super::Written;
use super::parse::source_into;
use super::written::Source;
use crate::error::Result;

/// Reads documents. Each takes the room of the one before it, unless somebody still holds a part of that.
#[derive(Debug, Default)]
pub(crate) struct Rereader(Arc<Source>);

impl Rereader {
    /// Reads JSON text, as [`Written::parse`] does.
    pub(crate) fn parse(&mut self, bytes: &[u8]) -> Result<Written> {
        match Arc::get_mut(&mut self.0) {
            Some(source) => *source = source_into(bytes, std::mem::take(source))?,
            None => self.0 = Arc::new(source_into(bytes, Source::default())?),
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
        let texts = ["{\"a\":\"\\u4e2d\"}", "[1.50,2]", "{\"b\":{\"c\":[]}}", "[", "\"x\\ny\"", "7"];
        let mut held = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            match (reader.parse(text.as_bytes()), Written::parse(text.as_bytes())) {
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
