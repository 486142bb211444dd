//! What the number in a cell says, by the format of the cell. Cells hold binary floating point; here it is only read and
//! written as the shortest decimal text that means the same, and never computed with.

use crate::calendar::Date;

/// How the numbers of a cell are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// As numbers.
    Plain,
    /// As a hundred times themselves, with a percent sign.
    Percent,
    /// As days or times.
    Day,
}

/// Why a number cannot be taken, in Chinese and English.
type Why = (&'static str, &'static str);

/// Digits beyond which spreadsheets show none: what has more comes from a computation.
const DIGITS: usize = 15;

impl Format {
    /// The format of a number that every spreadsheet knows.
    pub(super) fn built_in(number: u32) -> Self {
        match number {
            9 | 10 => Format::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Day,
            _ => Format::Plain,
        }
    }

    /// The format of a code such as `0.0%` or `yyyy"年"m"月"d"日"`.
    pub(super) fn of_code(code: &str) -> Self {
        // Only what is not literal counts, and of several sections the first, which is that of numbers above nought.
        let (mut percent, mut day) = (false, false);
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => characters.by_ref().take_while(|inner| *inner != '"').for_each(drop),
                '\\' | '_' | '*' => drop(characters.next()),
                '[' => {
                    let inner: String = characters.by_ref().take_while(|inner| *inner != ']').collect();
                    day |= matches!(
                        inner.to_ascii_lowercase().as_str(),
                        "h" | "hh" | "m" | "mm" | "s" | "ss"
                    );
                }
                ';' => break,
                '%' => percent = true,
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => day = true,
                _ => {}
            }
        }
        match (percent, day) {
            (true, _) => Format::Percent,
            (false, true) if !code.eq_ignore_ascii_case("standard") => Format::Day,
            _ => Format::Plain,
        }
    }
}

/// The text of a cell that holds this number: `93.2`, `12.5%`, `2022-03-05`. `later`: the first day is 1904-01-01.
///
/// # Errors
/// Why it cannot be taken: no number, more digits than a spreadsheet shows, a time of day, no such day.
pub(super) fn shown(raw: &str, format: Format, later: bool) -> Result<String, Why> {
    let number: f64 = raw.trim().parse().map_err(|_| NO_NUMBER)?;
    if !number.is_finite() {
        return Err(NO_NUMBER);
    }
    let text = match number.to_string() {
        zero if zero == "-0" => "0".to_owned(),
        text => text,
    };
    match format {
        Format::Day => day(&text, later),
        _ if digits(&text) > DIGITS => Err((
            "是公式算出的数，带有计算误差或位数过多，请用 ROUND 函数取整到所需小数位后重填",
            "is a computed number with more digits than a spreadsheet shows; round it with ROUND",
        )),
        Format::Plain => Ok(text),
        Format::Percent => Ok(format!("{}%", hundredfold(&text))),
    }
}

const NO_NUMBER: Why = ("不是数字", "is no number");

/// Digits between the first and the last that are not nought.
fn digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// The decimal text of a hundred times the number: the point moved.
fn hundredfold(text: &str) -> String {
    let (sign, unsigned) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let (moved, rest) = match decimals.len() {
        0 => (format!("{whole}00"), ""),
        1 => (format!("{whole}{decimals}0"), ""),
        _ => {
            let (first, rest) = decimals.split_at(2);
            (format!("{whole}{first}"), rest)
        }
    };
    let moved = match moved.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{moved}{point}{rest}")
}

/// The number of the day before that of number 1 (after February 1900, which they count a day too long).
const EARLIER: &str = "1899-12-30";
const LATER: &str = "1904-01-01";

fn day(text: &str, later: bool) -> Result<String, Why> {
    let no_day = (
        "的日期序号不是可以表示的日期，请按“2022-12-31”重填",
        "is the number of no day; write it as 2022-12-31",
    );
    let serial: i64 = text.parse().map_err(|_| {
        (
            "含有时刻，请只填日期，如“2022-12-31”",
            "has a time of day; write the day alone, as 2022-12-31",
        )
    })?;
    // The system from 1900 has a 29 February 1900, which is number 60; days before it are one number further.
    let number = match (later, serial) {
        (false, 60) => return Err(no_day),
        (true, 0..) | (false, 61..) => serial,
        (false, 1..) => serial.saturating_add(1),
        _ => return Err(no_day),
    };
    let first = Date::from_iso(if later { LATER } else { EARLIER }).ok_or(no_day)?;
    let day = Date::from_number(first.number().saturating_add(number)).ok_or(no_day)?;
    Ok(day.to_string())
}

/// The number of a day in the system from 1900; `None` for days before March 1900.
pub(super) fn serial(day: Date) -> Option<i64> {
    let first = Date::from_iso(EARLIER)?;
    day.number().checked_sub(first.number()).filter(|serial| *serial > 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_their_shortest_text() {
        for (raw, text) in [
            ("93.2", "93.2"),
            ("93.200000000000003", "93.2"),
            ("1.23E+05", "123000"),
            ("1e-3", "0.001"),
            ("-0", "0"),
            ("5", "5"),
            ("123456789012345", "123456789012345"),
        ] {
            assert_eq!(shown(raw, Format::Plain, false).as_deref(), Ok(text), "{raw}");
        }
        for raw in [
            "0.30000000000000004",
            "93.19999999999999",
            "1234567890123456",
            "",
            "x",
            "inf",
            "NaN",
        ] {
            assert!(shown(raw, Format::Plain, false).is_err(), "{raw}");
        }
    }

    #[test]
    fn percentages_move_the_point() {
        for (raw, text) in [
            ("0.125", "12.5%"),
            ("0.07", "7%"),
            ("1", "100%"),
            ("0", "0%"),
            ("-0.005", "-0.5%"),
            ("0.932", "93.2%"),
            ("0.5", "50%"),
            ("12", "1200%"),
        ] {
            assert_eq!(shown(raw, Format::Percent, false).as_deref(), Ok(text), "{raw}");
        }
    }

    #[test]
    fn days_are_numbered_in_two_systems() {
        for (raw, later, text) in [
            ("44625", false, "2022-03-05"),
            ("43163", true, "2022-03-05"),
            ("1", false, "1900-01-01"),
            ("59", false, "1900-02-28"),
            ("61", false, "1900-03-01"),
            ("0", true, "1904-01-01"),
        ] {
            assert_eq!(shown(raw, Format::Day, later).as_deref(), Ok(text), "{raw} {later}");
        }
        for (raw, later) in [
            ("60", false),
            ("0", false),
            ("-1", true),
            ("44625.5", false),
            ("9999999", false),
        ] {
            assert!(shown(raw, Format::Day, later).is_err(), "{raw}");
        }
        assert_eq!(Date::from_iso("2022-03-05").and_then(serial), Some(44625));
    }

    #[test]
    fn codes_tell_percentages_and_days() {
        for code in ["0.0%", "#,##0.00%;[Red]-0%", "0\\ %"] {
            assert_eq!(Format::of_code(code), Format::Percent, "{code}");
        }
        for code in [
            "yyyy\\-mm\\-dd",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy/m/d",
            "[h]:mm",
            "上午/下午hh\"时\"",
        ] {
            assert_eq!(Format::of_code(code), Format::Day, "{code}");
        }
        for code in ["General", "0.00", "#,##0 \"场 yd%\"", "[Red]0", "0.00E+00", "@", "0_d"] {
            assert_eq!(Format::of_code(code), Format::Plain, "{code}");
        }
    }
}
