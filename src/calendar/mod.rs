//! Civil dates and periods (GB/T 7408.1-2023, ISO 8601-1:2019). No clock, no zone: dates come in as data.

mod date;
mod period;
mod timestamp;

pub use date::Date;
pub use period::Period;
pub use timestamp::Timestamp;
