//! Civil dates, periods, counts and working days (GB/T 7408.1-2023, ISO 8601-1:2019). No clock, no zone: dates and
//! calendars come in as data.

mod count;
mod date;
mod month_day;
mod period;
mod timestamp;
mod work;
mod written;

pub use count::{FirstDay, days_counted, days_late, last_day_within, months_later};
pub use date::Date;
pub use month_day::MonthDay;
pub use period::Period;
pub use timestamp::Timestamp;
pub use work::{WorkCalendar, WorkCalendars};
