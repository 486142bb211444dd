//! A period of days.

use serde::Serialize;

use super::Date;
use crate::document::{Cursor, Read, Shape};

/// The days from the first to the last, both included. An open end is [`Date::LAST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period {
    from: Date,
    to: Date,
}
crate::document::kept!(struct Period { from, to });

impl Period {
    /// From the first day to the last; `None` when the end lies before the start.
    pub fn new(from: Date, to: Date) -> Option<Self> {
        (from <= to).then_some(Period { from, to })
    }

    /// From this day on, without an end.
    pub fn since(from: Date) -> Self {
        Period { from, to: Date::LAST }
    }

    /// A calendar year, 1 to 9999.
    pub fn year(year: u16) -> Option<Self> {
        Some(Period {
            from: Date::new(year, 1, 1)?,
            to: Date::new(year, 12, 31)?,
        })
    }

    /// The first day.
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day.
    pub fn to(self) -> Date {
        self.to
    }

    /// Whether the day lies inside.
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether the two share a day.
    pub fn meets(self, other: Period) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// 2022年1月1日至2022年12月31日; an open end is 起.
    pub fn zh(self) -> String {
        if self.to == Date::LAST {
            return format!("{}起", self.from.zh());
        }
        format!("{}至{}", self.from.zh(), self.to.zh())
    }
}

/// `{"from": "2022-01-01", "to": "2022-12-31"}`; without `to` the period is open.
impl Read for Period {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let written = Written::read(at)?;
        let to = written.to.unwrap_or(Date::LAST);
        Period::new(written.from, to).or_else(|| {
            at.problem(
                "calendar.end_before_start",
                format!("结束日期 {to} 早于开始日期 {}", written.from),
                format!("the end {to} lies before the start {}", written.from),
            )
        })
    }
    fn shape() -> Shape {
        Written::shape()
    }
}

crate::record! {
    /// A period of days, both ends included.
    pub struct Written {
        /// First day.
        pub from: Date,
        /// Last day; missing when the period is open.
        pub to: Option<Date>,
    }
}
