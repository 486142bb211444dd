//! Errors and findings: one sentence type for everything the library has to say.
//!
//! A [`Finding`] (检查提示) says what is wrong or open, where, and what to do, in Chinese and English, under a code
//! that never changes its meaning. An [`Error`] is a refusal: it carries every finding that caused it, and the state
//! is as it was before the call.

mod finding;
mod refusal;

pub use finding::{Finding, Severity};
pub use refusal::{Error, ErrorKind, Result};
