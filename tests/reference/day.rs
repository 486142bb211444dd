//! Days as whole numbers, by a calendar of the oracle's own.

use std::collections::BTreeSet;

use zeren::document::Value;

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 2000-01-01, a Saturday; years from 2000 are enough for a test.
pub fn number(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = (2000..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months: i64 = (1..month).map(|month| days_in(year, month)).sum();
    years + months + day - 1
}

pub fn parse(text: &str) -> i64 {
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().unwrap()).collect();
    number(parts[0], parts[1], parts[2])
}

/// Year, month, day.
pub fn parts(day: i64) -> (i64, i64, i64) {
    let (mut year, mut month, mut left) = (2000, 1, day);
    while left >= if is_leap(year) { 366 } else { 365 } {
        left -= if is_leap(year) { 366 } else { 365 };
        year += 1;
    }
    while left >= days_in(year, month) {
        left -= days_in(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

/// The day so many months later, clamped to the month's end.
pub fn months_after(day: i64, months: i64) -> i64 {
    let (year, month, date) = parts(day);
    let months = year * 12 + month - 1 + months;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    number(year, month, date.min(days_in(year, month)))
}

/// The working days of the calendars of a scheme.
#[derive(Default)]
pub struct WorkCalendar {
    holidays: BTreeSet<i64>,
    made_up: BTreeSet<i64>,
}

impl WorkCalendar {
    pub fn read(documents: &[Value]) -> Self {
        let days = |name: &str| {
            let lists = documents.iter().filter_map(|document| match document.get(name) {
                Some(Value::List(days)) => Some(days),
                _ => None,
            });
            lists.flatten().filter_map(Value::as_text).map(parse).collect()
        };
        WorkCalendar {
            holidays: days("holidays"),
            made_up: days("workdays"),
        }
    }

    /// Working days after the first day, up to and with the second.
    pub fn between(&self, first: i64, second: i64) -> i64 {
        // 2000-01-01 was a Saturday.
        let weekend = |day: &i64| day.rem_euclid(7) < 2;
        let works = |day: &i64| self.made_up.contains(day) || !(weekend(day) || self.holidays.contains(day));
        i64::try_from((first + 1..=second).filter(works).count()).unwrap()
    }
}
