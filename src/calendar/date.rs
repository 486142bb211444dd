//! A day.

use std::fmt;

use serde::{Serialize, Serializer};
use time::{Month, Weekday};

use crate::document::{Cursor, Read, Shape};

/// A civil day of the Gregorian calendar, from 0001-01-01 to 9999-12-31, without a zone.
///
/// ```
/// use zeren::calendar::Date;
/// let day = Date::from_iso("2022-12-31").unwrap();
/// assert_eq!(day.next().to_string(), "2023-01-01");
/// assert_eq!(day.zh(), "2022年12月31日");
/// assert_eq!(Date::from_iso("2022-02-30"), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(time::Date);

/// 0001-01-01.
const FIRST: time::Date = match time::Date::from_ordinal_date(1, 1) {
    Ok(day) => day,
    Err(_) => time::Date::MIN,
};

impl Date {
    /// The last day there is: what is open-ended lasts until then.
    pub const LAST: Date = Date(time::Date::MAX);

    /// The day of this year, month (1 to 12) and day of the month; `None` when there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if year == 0 || year > 9999 {
            return None;
        }
        let month = Month::try_from(month).ok()?;
        time::Date::from_calendar_date(i32::from(year), month, day)
            .ok()
            .map(Date)
    }

    /// The day written `2022-12-31` or `20221231`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let digits = match text.len() {
            10 => {
                let (year, rest) = text.split_once('-')?;
                let (month, day) = rest.split_once('-')?;
                (year.len() == 4 && month.len() == 2).then(|| [year, month, day].concat())?
            }
            8 => text.to_owned(),
            _ => return None,
        };
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        Date::new(
            digits.get(..4)?.parse().ok()?,
            digits.get(4..6)?.parse().ok()?,
            digits.get(6..8)?.parse().ok()?,
        )
    }

    /// The year.
    pub fn year(self) -> u16 {
        u16::try_from(self.0.year()).unwrap_or(0)
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        u8::from(self.0.month())
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The day after; the last day is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        Date(self.0.next_day().unwrap_or(time::Date::MAX))
    }

    /// The day before, if there is one.
    pub fn previous(self) -> Option<Self> {
        self.0.previous_day().map(Date).filter(|day| day.0.year() >= 1)
    }

    /// The day so many days later; `None` beyond the last day.
    pub fn days_later(self, days: u32) -> Option<Self> {
        self.0.checked_add(time::Duration::days(i64::from(days))).map(Date)
    }

    /// Whether the day is a Saturday or a Sunday. Whether it is a day off, a working calendar says.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The number of the day, 0001-01-01 being 1: days are compared and subtracted as numbers.
    ///
    /// ```
    /// use zeren::calendar::Date;
    /// let day = Date::from_iso("2023-03-31").unwrap();
    /// assert_eq!(day.number(), 738_610);
    /// assert_eq!(Date::from_number(738_611), Some(day.next()));
    /// assert_eq!(Date::from_number(0), None);
    /// ```
    pub fn number(self) -> i64 {
        Date(FIRST).days_until(self).saturating_add(1)
    }

    /// The day of this number, when there is one.
    pub fn from_number(number: i64) -> Option<Self> {
        let days = u32::try_from(number.checked_sub(1)?).ok()?;
        Date(FIRST).days_later(days)
    }

    /// How many days later `other` is; negative when it is earlier.
    pub fn days_until(self, other: Date) -> i64 {
        i64::from(other.0.to_julian_day()).saturating_sub(i64::from(self.0.to_julian_day()))
    }

    /// The Chinese form of documents, 2022年12月31日 (GB/T 9704: no padding).
    pub fn zh(self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Read for Date {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let text = at.text()?;
        Date::from_iso(text).or_else(|| {
            at.problem(
                "calendar.no_such_day",
                format!("“{text}”不是有效日期，应写作 2022-12-31"),
                format!("\"{text}\" is not a day; write it as 2022-12-31"),
            )
        })
    }
    fn shape() -> Shape {
        Shape::Pattern(
            "date, 2022-12-31",
            "^[0-9]{4}(-[01][0-9]-[0-3][0-9]|[01][0-9][0-3][0-9])$",
        )
    }
}

impl crate::document::Keep for Date {
    fn keep(&self, to: &mut crate::document::Keeper) {
        let (year, day) = self.0.to_ordinal_date();
        to.raw(&u16::try_from(year).unwrap_or(0).to_le_bytes());
        to.raw(&day.to_le_bytes());
    }
    fn kept(from: &mut crate::document::Kept<'_>) -> Option<Self> {
        let (year, day) = (u16::from_le_bytes(from.array()?), u16::from_le_bytes(from.array()?));
        time::Date::from_ordinal_date(i32::from(year), day).ok().map(Date)
    }
}
