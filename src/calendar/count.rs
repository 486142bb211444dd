//! Counting days and months: a count says whether its first day counts.

use super::Date;
use crate::error::{self, Error, ErrorKind, Finding};

crate::choice! {
    /// Whether a count of days begins with the day itself. Published rules differ, so whoever counts must say it.
    pub enum FirstDay {
        /// The day itself is the first: from the 1st to the 3rd are three days.
        Counts = "counts" "当日计入",
        /// The day after is the first: from the 1st to the 3rd are two days. What the law takes when a rule is silent
        /// (Civil Code, article 201: the day on which a period begins is not counted).
        DoesNotCount = "does_not_count" "次日起算",
    }
}
crate::document::kept!(enum FirstDay { 0 Counts, 1 DoesNotCount });

/// How many days the count from one day to another holds, the last one included.
///
/// ```
/// use zeren::calendar::{Date, FirstDay, days_counted};
/// let day = |text| Date::from_iso(text).unwrap();
/// assert_eq!(days_counted(day("2022-03-01"), day("2022-03-03"), FirstDay::Counts).unwrap(), 3);
/// assert_eq!(days_counted(day("2022-03-01"), day("2022-03-03"), FirstDay::DoesNotCount).unwrap(), 2);
/// ```
///
/// # Errors
/// `calendar.end_before_start` when `to` lies before `from`: a count does not run backwards.
pub fn days_counted(from: Date, to: Date, first: FirstDay) -> error::Result<u32> {
    let after_first = u32::try_from(from.days_until(to)).map_err(|_| backwards(from, to))?;
    Ok(match first {
        FirstDay::Counts => after_first.saturating_add(1),
        FirstDay::DoesNotCount => after_first,
    })
}

/// The last day of "within `days` days" from a day. Zero days end on the day itself, whether or not it counts.
///
/// ```
/// use zeren::calendar::{Date, FirstDay, last_day_within};
/// let delivered = Date::from_iso("2022-12-28").unwrap();
/// assert_eq!(last_day_within(delivered, 5, FirstDay::DoesNotCount).unwrap().to_string(), "2023-01-02");
/// assert_eq!(last_day_within(delivered, 5, FirstDay::Counts).unwrap().to_string(), "2023-01-01");
/// ```
///
/// # Errors
/// `calendar.beyond_last_day` when that day lies after 9999-12-31.
pub fn last_day_within(from: Date, days: u32, first: FirstDay) -> error::Result<Date> {
    from.days_later(steps(days, first)).ok_or_else(|| beyond(from))
}

/// The same day some months later; where that month is shorter, its last day (Civil Code, article 202).
///
/// ```
/// use zeren::calendar::{Date, months_later};
/// let day = Date::from_iso("2024-01-31").unwrap();
/// assert_eq!(months_later(day, 1).unwrap().to_string(), "2024-02-29");
/// assert_eq!(months_later(day, 12).unwrap().to_string(), "2025-01-31");
/// ```
///
/// # Errors
/// `calendar.beyond_last_day` when that day lies after 9999-12-31.
pub fn months_later(from: Date, months: u32) -> error::Result<Date> {
    let since_january = u32::from(from.month()).saturating_sub(1).saturating_add(months);
    let year = u32::from(from.year()).saturating_add(since_january.div_euclid(12));
    let month = since_january.rem_euclid(12).saturating_add(1);
    let (Ok(year), Ok(month)) = (u16::try_from(year), u8::try_from(month)) else {
        return Err(beyond(from));
    };
    // A day up to the 28th is in every month; a later one falls back to the last day that the month has.
    (28..=from.day())
        .rev()
        .chain([from.day()])
        .find_map(|day| Date::new(year, month, day))
        .ok_or_else(|| beyond(from))
}

/// How many days after the deadline something was done: nothing on the deadline or before, for the deadline day is
/// not late.
///
/// ```
/// use zeren::calendar::{Date, days_late};
/// let deadline = Date::from_iso("2022-12-31").unwrap();
/// assert_eq!(days_late(deadline, deadline), 0);
/// assert_eq!(days_late(deadline, deadline.next()), 1);
/// ```
pub fn days_late(deadline: Date, done: Date) -> u32 {
    u32::try_from(deadline.days_until(done)).unwrap_or(0)
}

/// How many steps lead from the start of a period to its last day.
pub(super) fn steps(days: u32, first: FirstDay) -> u32 {
    match first {
        FirstDay::Counts => days.saturating_sub(1),
        FirstDay::DoesNotCount => days,
    }
}

pub(super) fn backwards(from: Date, to: Date) -> Error {
    refuse(
        "calendar.end_before_start",
        format!("截止日期 {to} 早于起算日期 {from}，请核对两个日期"),
        format!("the end {to} lies before the start {from}; check both"),
    )
}

pub(super) fn beyond(from: Date) -> Error {
    refuse(
        "calendar.beyond_last_day",
        format!("自 {from} 起算的期限超出 9999-12-31，请核对期限长度"),
        format!("the period from {from} ends after 9999-12-31; check its length"),
    )
}

fn refuse(code: &'static str, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Refused, Finding::error(code, "", zh, en))
}

#[cfg(test)]
mod tests {
    use super::{FirstDay, days_counted, days_late, last_day_within, months_later};
    use crate::calendar::Date;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    #[test]
    fn counts_and_deadlines_agree() {
        for start in ["2022-12-30", "2024-02-27", "2023-02-27"] {
            for first in [FirstDay::Counts, FirstDay::DoesNotCount] {
                for days in 1..400 {
                    let last = last_day_within(day(start), days, first).unwrap();
                    assert_eq!(days_counted(day(start), last, first).unwrap(), days);
                }
            }
        }
        assert_eq!(
            last_day_within(day("2022-12-30"), 0, FirstDay::Counts).unwrap(),
            day("2022-12-30")
        );
        let error = days_counted(day("2022-03-02"), day("2022-03-01"), FirstDay::Counts).unwrap_err();
        assert_eq!(error.code(), "calendar.end_before_start");
        let error = last_day_within(day("9999-12-30"), 2, FirstDay::DoesNotCount).unwrap_err();
        assert_eq!(error.code(), "calendar.beyond_last_day");
        assert!(last_day_within(Date::LAST, u32::MAX, FirstDay::DoesNotCount).is_err());
    }

    #[test]
    fn a_month_later_clamps_to_the_end_of_the_month() {
        for (from, months, to) in [
            ("2023-01-28", 1, "2023-02-28"),
            ("2023-01-29", 1, "2023-02-28"),
            ("2023-01-31", 1, "2023-02-28"),
            ("2024-01-30", 1, "2024-02-29"),
            ("2022-10-31", 1, "2022-11-30"),
            ("2022-11-30", 1, "2022-12-30"),
            ("2022-12-05", 1, "2023-01-05"),
            ("2022-12-05", 0, "2022-12-05"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2024-02-29", 48, "2028-02-29"),
        ] {
            assert_eq!(months_later(day(from), months).unwrap(), day(to), "{from} + {months}");
        }
        assert_eq!(
            months_later(day("9999-12-01"), 1).unwrap_err().code(),
            "calendar.beyond_last_day"
        );
        assert!(months_later(day("2022-01-01"), u32::MAX).is_err());
    }

    #[test]
    fn the_deadline_day_is_not_late() {
        assert_eq!(days_late(day("2022-12-31"), day("2022-12-30")), 0);
        assert_eq!(days_late(day("2022-12-31"), day("2022-12-31")), 0);
        assert_eq!(days_late(day("2022-12-31"), day("2023-01-02")), 2);
    }
}
