//! Random schemes and facts: the same ones everywhere, with few digits, so that values fall on thresholds and totals tie.

mod expressions;
mod facts;
mod rules;
mod scheme;

pub use facts::{DECLARED, subject, subjects};
pub use rules::KINDS;
pub use scheme::scheme;

/// Xorshift: the same numbers everywhere.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 16) % bound
    }

    /// Once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.below(texts.len() as u64)).unwrap()]
    }
}

/// What is known while a scheme is drawn.
pub struct Draw<'r> {
    pub random: &'r mut Random,
    /// Items that may be read: those drawn earlier.
    pub ids: Vec<String>,
    /// Whether no item may be read, because the rate of all items may hang on it.
    pub closed: bool,
    /// Whether what does not apply is left out, the scheme over.
    pub leaving_out: bool,
}

impl Draw<'_> {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.random.below(bound)
    }

    pub fn once_in(&mut self, times: u64) -> bool {
        self.random.once_in(times)
    }

    pub fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        self.random.pick(texts)
    }

    /// A field of an object with its comma before it, once in so many times.
    pub fn sometimes(&mut self, times: u64, field: impl FnOnce(&mut Self) -> String) -> String {
        if self.once_in(times) {
            format!(",{}", field(self))
        } else {
            String::new()
        }
    }
}

/// A JSON string.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}
