//! The spans of a period in which something is owed again and again.

use crate::calendar::{Date, Period};

crate::choice! {
    /// How often an obligation returns.
    pub enum Every {
        /// In each calendar month.
        Month = "month" "每月",
        /// In each calendar quarter.
        Quarter = "quarter" "每季度",
        /// In each half of a calendar year.
        HalfYear = "half_year" "每半年",
        /// In each calendar year.
        Year = "year" "每年",
        /// Once in the whole period.
        Period = "period" "全周期",
    }
}
crate::document::kept!(enum Every { 0 Month, 1 Quarter, 2 HalfYear, 3 Year, 4 Period });

impl Every {
    fn months(self) -> Option<u8> {
        match self {
            Every::Month => Some(1),
            Every::Quarter => Some(3),
            Every::HalfYear => Some(6),
            Every::Year => Some(12),
            Every::Period => None,
        }
    }

    /// The spans of the period, in order. The first and the last are as much of a calendar span as the period holds; a
    /// period without an end has the spans that begin by the day.
    pub fn spans(self, period: Period, day: Date) -> Vec<Period> {
        let Some(months) = self.months() else {
            return vec![period];
        };
        let last = if period.to() == Date::LAST {
            day.max(period.from())
        } else {
            period.to()
        };
        let mut spans = Vec::new();
        let mut from = period.from();
        while from <= last {
            let end = end_of_span(from, months);
            spans.extend(Period::new(from, end.min(period.to())));
            if end == Date::LAST {
                break;
            }
            from = end.next();
        }
        spans
    }
}

/// The last day of the calendar span of so many months (a divisor of 12) that holds the day.
fn end_of_span(day: Date, months: u8) -> Date {
    let within = day.month().saturating_sub(1).checked_rem(months).unwrap_or(0);
    let last = day
        .month()
        .saturating_sub(within)
        .saturating_add(months)
        .saturating_sub(1);
    let end = [31, 30, 29, 28]
        .into_iter()
        .find_map(|end| Date::new(day.year(), last, end));
    end.unwrap_or(Date::LAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn spans(every: Every, from: &str, to: &str) -> Vec<String> {
        let period = Period::new(day(from), day(to)).unwrap();
        let spans = every.spans(period, day("2022-06-01")).into_iter();
        spans.map(|span| format!("{}..{}", span.from(), span.to())).collect()
    }

    #[test]
    fn spans_are_those_of_the_calendar_within_the_period() {
        assert_eq!(
            spans(Every::Quarter, "2022-02-10", "2022-08-15"),
            [
                "2022-02-10..2022-03-31",
                "2022-04-01..2022-06-30",
                "2022-07-01..2022-08-15"
            ]
        );
        assert_eq!(
            spans(Every::HalfYear, "2022-01-01", "2022-12-31"),
            ["2022-01-01..2022-06-30", "2022-07-01..2022-12-31"]
        );
        assert_eq!(
            spans(Every::Month, "2024-02-01", "2024-03-31"),
            ["2024-02-01..2024-02-29", "2024-03-01..2024-03-31"]
        );
        assert_eq!(spans(Every::Year, "2022-01-01", "2023-12-31").len(), 2);
        assert_eq!(
            spans(Every::Period, "2022-01-01", "2023-12-31"),
            ["2022-01-01..2023-12-31"]
        );
    }

    #[test]
    fn an_open_period_has_the_spans_that_have_begun() {
        let open = Period::since(day("2022-01-01"));
        assert_eq!(Every::Month.spans(open, day("2022-03-15")).len(), 3);
        assert_eq!(Every::Month.spans(open, day("2021-01-01")).len(), 1);
        let far = Period::since(day("9999-12-01"));
        assert_eq!(Every::Month.spans(far, Date::LAST).len(), 1);
    }
}
