//! A day of every year, such as 31 March.

use serde::{Serialize, Serializer};

use super::Date;
use crate::document::{Cursor, Read, Shape};

/// A month and a day of the month, in whatever year: how a rule writes a yearly deadline.
///
/// ```
/// use zeren::calendar::MonthDay;
/// let by = MonthDay::parse("02-29").unwrap();
/// assert_eq!(by.of(2024).unwrap().to_string(), "2024-02-29");
/// // In a year without that day it is the last one of the month.
/// assert_eq!(by.of(2023).unwrap().to_string(), "2023-02-28");
/// assert_eq!(MonthDay::parse("04-31"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthDay {
    month: u8,
    day: u8,
}
crate::document::kept!(struct MonthDay { month, day });

/// A leap year: it has every month and day that there is.
const LONGEST_YEAR: u16 = 2000;

impl MonthDay {
    /// The month and day written `03-31`; `None` when no year has it.
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.split_once('-')?;
        let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|digit| digit.is_ascii_digit());
        if !two_digits(month) || !two_digits(day) {
            return None;
        }
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        Date::new(LONGEST_YEAR, month, day).map(|_| MonthDay { month, day })
    }

    /// The month and day of a date.
    pub fn in_year(day: Date) -> Self {
        MonthDay {
            month: day.month(),
            day: day.day(),
        }
    }

    /// The day in this year, 1 to 9999; 29 February is the 28th where the year has none.
    pub fn of(self, year: u16) -> Option<Date> {
        Date::new(year, self.month, self.day).or_else(|| Date::new(year, self.month, 28))
    }

    /// 3月31日.
    pub fn zh(self) -> String {
        format!("{}月{}日", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}-{:02}", self.month, self.day))
    }
}

impl Read for MonthDay {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.text()?;
        MonthDay::parse(text).or_else(|| {
            at.problem(
                "calendar.no_such_month_day",
                format!("“{text}”不是有效的月日，应写作 03-31"),
                format!("\"{text}\" is no month and day; write it as 03-31"),
            )
        })
    }
    fn shape() -> Shape {
        Shape::Pattern("month and day, 03-31", "^[01][0-9]-[0-3][0-9]$")
    }
}
