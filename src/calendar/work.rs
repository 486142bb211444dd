//! Working days: what the host's calendar says, never a guess.

use std::collections::{BTreeMap, BTreeSet};

use super::count::{backwards, beyond, steps};
use super::{Date, FirstDay};
use crate::document::{Cursor, Read, Shape};
use crate::error::{self, Error, ErrorKind, Finding};

/// The only format so far.
const FORMAT: u32 = 1;

/// The working calendar of one year (工作日历): which days off the State Council's notice adds to the weekends, and on
/// which weekend days work is made up.
///
/// ```
/// use zeren::calendar::{Date, FirstDay, WorkCalendar, WorkCalendars};
/// let year: WorkCalendar = zeren::document::read(r#"{
///     "kind": "calendar", "format": 1, "year": 2022, "basis": "国办发明电〔2021〕11号",
///     "holidays": ["2022-10-03", "2022-10-04", "2022-10-05", "2022-10-06", "2022-10-07"],
///     "workdays": ["2022-10-08", "2022-10-09"]
/// }"#.as_bytes()).unwrap();
/// let mut calendars = WorkCalendars::new();
/// calendars.add(year).unwrap();
/// let delivered = Date::from_iso("2022-09-30").unwrap();
/// let last = calendars.last_day_within(delivered, 3, FirstDay::DoesNotCount).unwrap();
/// assert_eq!(last.to_string(), "2022-10-10");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    year: u16,
    basis: String,
    holidays: BTreeSet<Date>,
    workdays: BTreeSet<Date>,
}
crate::document::kept!(struct WorkCalendar { year, basis, holidays, workdays });

impl WorkCalendar {
    /// The year that it covers, 1 to 9999.
    pub fn year(&self) -> u16 {
        self.year
    }

    /// The notice that it rests on (依据).
    pub fn basis(&self) -> &str {
        &self.basis
    }

    /// What is unusual about it, as warnings: `calendar.no_holidays` for a year without any, and
    /// `calendar.workday_on_weekday` for a make-up day that is a working day anyhow, most likely a slip.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.holidays.is_empty() {
            findings.push(Finding::warning(
                "calendar.no_holidays",
                format!("{}年工作日历没有列出任何节假日，请核对", self.year),
                format!("the calendar of {} lists no holiday at all; please check", self.year),
            ));
        }
        for day in self.workdays.iter().filter(|day| !day.is_weekend()) {
            findings.push(Finding::warning(
                "calendar.workday_on_weekday",
                format!("调休上班日 {day} 不是周末，本来就是工作日，请核对"),
                format!("the make-up day {day} is not on a weekend and is a working day anyhow; please check"),
            ));
        }
        findings
    }

    fn is_working_day(&self, day: Date) -> bool {
        self.workdays.contains(&day) || !(day.is_weekend() || self.holidays.contains(&day))
    }
}

/// The kind of this document, so that another kind is not taken for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind;

impl Read for Kind {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        match at.text()? {
            "calendar" => Some(Kind),
            other => at.problem(
                "calendar.wrong_kind",
                format!("文档类型“{other}”不是工作日历，应为 calendar"),
                format!("the document is of kind \"{other}\"; a working calendar is of kind \"calendar\""),
            ),
        }
    }
    fn shape() -> Shape {
        Shape::Choice(&[("calendar", "工作日历")])
    }
}

/// Days, which must be listed even when there are none: a list forgotten would be a guess.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days(Vec<Date>);

impl Read for Days {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.items(Date::read).map(Days)
    }
    fn shape() -> Shape {
        Shape::List(Date::shape)
    }
}

crate::record! {
    /// The working calendar of one year.
    pub struct CalendarDocument {
        /// Always `calendar`.
        pub kind: Kind,
        /// Always 1.
        pub format: u32 => || Shape::Format(FORMAT),
        /// The year that it covers.
        pub year: u32,
        /// The notice that it rests on.
        pub basis: String,
        /// The days off. Weekends need not be listed, but may be.
        pub holidays: Days,
        /// The weekend days on which work is made up.
        pub workdays: Days,
    }
}

/// `{"kind": "calendar", "format": 1, "year": 2022, "basis": "…", "holidays": [days off], "workdays": [make-up days]}`
impl Read for WorkCalendar {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        let written = CalendarDocument::read(at)?;
        let fields = at.fields()?;
        if written.format != FORMAT {
            return fields.cursor("format")?.problem(
                "calendar.unknown_format",
                format!("工作日历格式 {} 不受支持，本版本只读格式 {FORMAT}", written.format),
                format!(
                    "format {} of calendars is not known; this version reads format {FORMAT}",
                    written.format
                ),
            );
        }
        let Some((year, _)) = u16::try_from(written.year)
            .ok()
            .and_then(|year| Some((year, Date::new(year, 1, 1)?)))
        else {
            return fields.cursor("year")?.problem(
                "calendar.no_such_year",
                format!("年份 {} 无效，应为 1 至 9999", written.year),
                format!("{} is not a year from 1 to 9999", written.year),
            );
        };
        let (mut holidays, mut workdays) = (BTreeSet::new(), BTreeSet::new());
        let day_off = fields
            .cursor("holidays")?
            .items(|at| listed(at, year, &mut holidays, &BTreeSet::new()));
        let make_up = fields
            .cursor("workdays")?
            .items(|at| listed(at, year, &mut workdays, &holidays));
        day_off.and(make_up)?;
        Some(WorkCalendar {
            year,
            basis: written.basis,
            holidays,
            workdays,
        })
    }
    fn shape() -> Shape {
        CalendarDocument::shape()
    }
}

/// One more day of a list: of this year, not twice, and not in the other list too.
fn listed(at: &Cursor<'_>, year: u16, list: &mut BTreeSet<Date>, other: &BTreeSet<Date>) -> Option<()> {
    let day = Date::read(at)?;
    if day.year() != year {
        return at.problem(
            "calendar.other_year",
            format!("{day} 不在 {year} 年内，请写入该年份的工作日历"),
            format!("{day} is not in {year}; list it in the calendar of its own year"),
        );
    }
    if other.contains(&day) || !list.insert(day) {
        return at.problem(
            "calendar.listed_twice",
            format!("{day} 重复列出，请在节假日和调休上班日中只保留一处"),
            format!("{day} is listed twice; keep it once, among the holidays or among the workdays"),
        );
    }
    Some(())
}

/// The working calendars of several years. A period often runs over the end of the year, so each year has its own.
///
/// A count that touches a year without a calendar is refused with `calendar.year_not_covered`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendars(BTreeMap<u16, WorkCalendar>);

impl WorkCalendars {
    /// No year yet.
    pub fn new() -> Self {
        WorkCalendars::default()
    }

    /// Takes in the calendar of a year; the same one again changes nothing.
    ///
    /// # Errors
    /// `calendar.year_taken` when another calendar of that year is here already: days counted by it stay as they were
    /// counted.
    pub fn add(&mut self, calendar: WorkCalendar) -> error::Result<()> {
        let year = calendar.year;
        if *self.0.entry(year).or_insert_with(|| calendar.clone()) == calendar {
            return Ok(());
        }
        Err(refuse(
            "calendar.year_taken",
            format!("{year}年工作日历已经存在且内容不同，不能替换"),
            format!("there is another calendar of {year} already; it cannot be replaced"),
        ))
    }

    /// The calendar of a year, when there is one.
    pub fn of_year(&self, year: u16) -> Option<&WorkCalendar> {
        self.0.get(&year)
    }

    /// Whether a day is a working day: one listed to make up work, or from Monday to Friday and not a holiday.
    ///
    /// # Errors
    /// `calendar.year_not_covered`.
    pub fn is_working_day(&self, day: Date) -> error::Result<bool> {
        let year = day.year();
        match self.0.get(&year) {
            Some(calendar) => Ok(calendar.is_working_day(day)),
            None => Err(refuse(
                "calendar.year_not_covered",
                format!("没有 {year} 年的工作日历，无法计算工作日（{day}），请先提供该年度的日历"),
                format!(
                    "there is no working calendar of {year}, so working days cannot be counted ({day}); provide it"
                ),
            )),
        }
    }

    /// How many working days the count from one day to another holds, the last one included. The first day counts
    /// only when the count says so, and like every other only when it is a working day.
    ///
    /// # Errors
    /// `calendar.end_before_start` when `to` lies before `from`; `calendar.year_not_covered`.
    pub fn days_counted(&self, from: Date, to: Date, first: FirstDay) -> error::Result<u32> {
        if to < from {
            return Err(backwards(from, to));
        }
        let mut count = u32::from(self.is_working_day(from)? && first == FirstDay::Counts);
        let mut day = from;
        while day < to {
            day = day.next();
            count = count.saturating_add(u32::from(self.is_working_day(day)?));
        }
        Ok(count)
    }

    /// The last day of "within `days` working days" from a day: itself a working day, unless `days` is zero, which
    /// ends on the day itself.
    ///
    /// Where the first day counts but is no working day, the first working day after it is the first of the count.
    ///
    /// # Errors
    /// `calendar.year_not_covered`; `calendar.beyond_last_day` when that day lies after 9999-12-31.
    pub fn last_day_within(&self, from: Date, days: u32, first: FirstDay) -> error::Result<Date> {
        if days == 0 {
            return Ok(from);
        }
        let (mut day, left) = match first {
            FirstDay::Counts => (self.working_day_from(from)?, steps(days, first)),
            FirstDay::DoesNotCount => (from, days),
        };
        for _ in 0..left {
            if day == Date::LAST {
                return Err(beyond(from));
            }
            day = self.working_day_from(day.next())?;
        }
        Ok(day)
    }

    /// The day itself when it is a working day, else the next one: where a period of calendar days ends when its last
    /// day is a day off (Civil Code, article 203), if the rule says that it moves.
    ///
    /// # Errors
    /// `calendar.year_not_covered`; `calendar.beyond_last_day` when that day lies after 9999-12-31.
    pub fn working_day_from(&self, day: Date) -> error::Result<Date> {
        let mut candidate = day;
        while !self.is_working_day(candidate)? {
            if candidate == Date::LAST {
                return Err(beyond(day));
            }
            candidate = candidate.next();
        }
        Ok(candidate)
    }

    /// How many working days after the deadline something was done: nothing on the deadline or before, for the
    /// deadline day is not late. Done on the day off that follows the deadline is no working day late either.
    ///
    /// # Errors
    /// `calendar.year_not_covered` for any day from the deadline to the day it was done.
    pub fn days_late(&self, deadline: Date, done: Date) -> error::Result<u32> {
        if done <= deadline {
            return Ok(0);
        }
        self.days_counted(deadline, done, FirstDay::DoesNotCount)
    }
}

fn refuse(code: &'static str, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Refused, Finding::error(code, "", zh, en))
}

#[cfg(test)]
mod tests {
    use super::{WorkCalendar, WorkCalendars};
    use crate::calendar::{Date, FirstDay};
    use crate::document::read;

    fn day(text: &str) -> Date {
        Date::from_iso(text).unwrap()
    }

    fn written(year: &str, holidays: &str, workdays: &str) -> crate::error::Result<WorkCalendar> {
        let text = format!(
            r#"{{"kind":"calendar","format":1,"year":{year},"basis":"放假通知","holidays":[{holidays}],"workdays":[{workdays}]}}"#
        );
        read(text.as_bytes())
    }

    /// The national day of 2022: off from 1 to 7 October, made up on Saturday 8 and Sunday 9.
    fn october() -> WorkCalendars {
        let holidays = (1..=7)
            .map(|day| format!("\"2022-10-0{day}\""))
            .collect::<Vec<_>>()
            .join(",");
        let mut calendars = WorkCalendars::new();
        calendars
            .add(written("2022", &holidays, "\"2022-10-08\",\"2022-10-09\"").unwrap())
            .unwrap();
        calendars
    }

    #[test]
    fn weekends_are_off_unless_made_up() {
        let calendars = october();
        for (text, works) in [
            ("2022-09-29", true),
            ("2022-09-25", false),
            ("2022-10-03", false),
            ("2022-10-08", true),
            ("2022-10-09", true),
            ("2022-10-15", false),
        ] {
            assert_eq!(calendars.is_working_day(day(text)).unwrap(), works, "{text}");
        }
    }

    #[test]
    fn counts_say_whether_the_first_day_counts() {
        let calendars = october();
        let count = |from, to, first| calendars.days_counted(day(from), day(to), first).unwrap();
        assert_eq!(count("2022-09-30", "2022-10-10", FirstDay::Counts), 4);
        assert_eq!(count("2022-09-30", "2022-10-10", FirstDay::DoesNotCount), 3);
        // A day off does not count even where the first day does.
        assert_eq!(count("2022-10-01", "2022-10-10", FirstDay::Counts), 3);
        assert_eq!(count("2022-10-01", "2022-10-01", FirstDay::Counts), 0);
        let last = |from, days, first| calendars.last_day_within(day(from), days, first).unwrap().to_string();
        assert_eq!(last("2022-09-30", 1, FirstDay::Counts), "2022-09-30");
        assert_eq!(last("2022-09-30", 1, FirstDay::DoesNotCount), "2022-10-08");
        assert_eq!(last("2022-10-02", 1, FirstDay::Counts), "2022-10-08");
        assert_eq!(last("2022-10-02", 5, FirstDay::DoesNotCount), "2022-10-12");
        assert_eq!(last("2022-10-02", 0, FirstDay::DoesNotCount), "2022-10-02");
        for first in [FirstDay::Counts, FirstDay::DoesNotCount] {
            for days in 1..60 {
                let last = calendars.last_day_within(day("2022-09-29"), days, first).unwrap();
                assert_eq!(calendars.days_counted(day("2022-09-29"), last, first).unwrap(), days);
            }
        }
    }

    #[test]
    fn late_is_only_after_the_deadline() {
        let calendars = october();
        let late = |deadline, done| calendars.days_late(day(deadline), day(done)).unwrap();
        assert_eq!(late("2022-09-30", "2022-09-30"), 0);
        assert_eq!(late("2022-09-30", "2022-10-07"), 0);
        assert_eq!(late("2022-09-30", "2022-10-08"), 1);
        assert_eq!(
            calendars.working_day_from(day("2022-10-01")).unwrap(),
            day("2022-10-08")
        );
    }

    #[test]
    fn a_year_without_a_calendar_is_refused() {
        let calendars = october();
        let code = |refused: crate::error::Result<u32>| refused.unwrap_err().code();
        let (from, to) = (day("2022-12-28"), day("2023-01-04"));
        assert_eq!(
            code(calendars.days_counted(from, to, FirstDay::Counts)),
            "calendar.year_not_covered"
        );
        assert_eq!(code(calendars.days_late(from, to)), "calendar.year_not_covered");
        assert_eq!(
            code(calendars.days_counted(to, from, FirstDay::Counts)),
            "calendar.end_before_start"
        );
        assert!(calendars.last_day_within(from, 10, FirstDay::DoesNotCount).is_err());
        assert!(calendars.working_day_from(day("2022-12-31")).is_err());
        // Even a first day that does not count must be covered: the calendar may not be guessed from either end.
        assert!(
            WorkCalendars::new()
                .days_counted(from, from, FirstDay::DoesNotCount)
                .is_err()
        );
    }

    #[test]
    fn the_end_of_time_is_an_end() {
        let mut calendars = WorkCalendars::new();
        calendars.add(written("9999", "", "").unwrap()).unwrap();
        let refused = calendars.last_day_within(Date::LAST, u32::MAX, FirstDay::DoesNotCount);
        assert_eq!(refused.unwrap_err().code(), "calendar.beyond_last_day");
    }

    #[test]
    fn the_same_year_is_not_replaced() {
        let mut calendars = october();
        let same = calendars.of_year(2022).unwrap().clone();
        assert_eq!((same.year(), same.basis()), (2022, "放假通知"));
        calendars.add(same).unwrap();
        let other = written("2022", "", "").unwrap();
        let before = calendars.clone();
        assert_eq!(calendars.add(other).unwrap_err().code(), "calendar.year_taken");
        assert_eq!(calendars, before);
    }

    #[test]
    fn problems_of_a_calendar_are_told_at_their_place() {
        let error = written("2022", r#""2023-01-01","2022-10-01","2022-10-01""#, r#""2022-10-01""#).unwrap_err();
        let told: Vec<_> = error
            .findings()
            .iter()
            .map(|finding| (finding.code, finding.pointer.clone().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("calendar.other_year", "/holidays/0".to_owned()),
                ("calendar.listed_twice", "/holidays/2".to_owned()),
                ("calendar.listed_twice", "/workdays/0".to_owned()),
            ]
        );
        assert_eq!(written("0", "", "").unwrap_err().code(), "calendar.no_such_year");
        let error = read::<WorkCalendar>(r#"{"kind":"calender","format":2,"year":2022,"basis":"x"}"#.as_bytes());
        let told: Vec<_> = error
            .unwrap_err()
            .findings()
            .iter()
            .map(|finding| finding.code)
            .collect();
        assert_eq!(
            told,
            [
                "calendar.wrong_kind",
                "document.missing_field",
                "document.missing_field"
            ]
        );
        let other = r#"{"kind":"calendar","format":2,"year":2022,"basis":"x","holidays":[],"workdays":[]}"#;
        assert_eq!(
            read::<WorkCalendar>(other.as_bytes()).unwrap_err().code(),
            "calendar.unknown_format"
        );
    }

    #[test]
    fn what_looks_like_a_slip_is_told() {
        let calendar = written("2022", "", r#""2022-10-10""#).unwrap();
        let told: Vec<_> = calendar.findings().into_iter().map(|finding| finding.code).collect();
        assert_eq!(told, ["calendar.no_holidays", "calendar.workday_on_weekday"]);
        assert_eq!(october().of_year(2022).unwrap().findings(), []);
    }
}
