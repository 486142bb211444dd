//! Dates as papers write them.

use super::Date;
use crate::codes::{half_width, is_blank};
use crate::error::{Error, ErrorKind, Finding, Result};

impl Date {
    /// The day that a paper writes: `2022年12月31日`, `二○○七年六月九日`, `二00六年元月一日`, `2022-12-31`, `2022.12.31`,
    /// `2022/12/31`, `20221231`.
    ///
    /// Full-width characters and blanks are understood, and so is every way of typing the zero of a Chinese year
    /// (〇 ○ ◯ 零 0 O). The year always has four digits: nothing guesses a century. Documents that programs exchange
    /// write [`Date::from_iso`]; this is for reading what people wrote.
    ///
    /// ```
    /// use zeren::calendar::Date;
    /// let day = Date::from_written("二○○七年六月二十三日").unwrap();
    /// assert_eq!(day.to_string(), "2007-06-23");
    /// let error = Date::from_written("2024年3月上旬").unwrap_err();
    /// assert_eq!(error.code(), "calendar.not_one_day");
    /// ```
    ///
    /// # Errors
    /// `calendar.not_one_day` for a month, a third of a month or a year; `calendar.lunar_date` for 农历, 正月, 腊月, 初一;
    /// `calendar.short_year` for a year that is not four digits; `calendar.no_such_day` for 2月30日;
    /// `calendar.unreadable_date` for anything else.
    pub fn from_written(text: &str) -> Result<Self> {
        let plain: String = text
            .chars()
            .map(half_width)
            .filter(|character| !is_blank(*character))
            .take(LONGEST)
            .collect();
        let plain = plain.strip_prefix("公元").unwrap_or(&plain);
        let (year, month, day) = if plain.contains('年') {
            in_words(plain)?
        } else {
            in_figures(plain).ok_or_else(|| unreadable(plain))?
        };
        Date::new(year, month, day).ok_or_else(|| {
            refuse(
                "calendar.no_such_day",
                format!("“{plain}”不是有效日期：该年该月没有这一天，请核对"),
                format!("\"{plain}\" is not a day: that month of that year has no such day; please check"),
            )
        })
    }
}

/// No date is longer; what is cut off makes the text unreadable anyway.
const LONGEST: usize = 40;

fn in_words(plain: &str) -> Result<(u16, u8, u8)> {
    if ["农历", "正月", "腊月", "初", "闰"]
        .iter()
        .any(|word| plain.contains(word))
    {
        return Err(refuse(
            "calendar.lunar_date",
            format!("“{plain}”是农历日期，请改写为公历，例如 2022年12月31日"),
            format!("\"{plain}\" is a date of the lunar calendar; write the civil day, such as 2022年12月31日"),
        ));
    }
    let (year, rest) = plain.split_once('年').ok_or_else(|| unreadable(plain))?;
    let year = year_of(year).ok_or_else(|| {
        refuse(
            "calendar.short_year",
            format!("“{plain}”的年份应写四位数字，例如 2022年 或 二〇二二年"),
            format!("the year of \"{plain}\" should have four digits, as in 2022年 or 二〇二二年"),
        )
    })?;
    let not_one_day = || {
        refuse(
            "calendar.not_one_day",
            format!("“{plain}”没有写明哪一天，请补全到日，例如 2022年12月31日"),
            format!("\"{plain}\" does not say which day; complete it, as in 2022年12月31日"),
        )
    };
    let (month, rest) = match rest.split_once('月') {
        Some(("元", rest)) => (1, rest),
        Some((month, rest)) => (small_number(month).ok_or_else(|| unreadable(plain))?, rest),
        None if ["", "底", "末", "初", "度", "内", "上半年", "下半年"].contains(&rest) => {
            return Err(not_one_day());
        }
        None => return Err(unreadable(plain)),
    };
    if ["", "份", "底", "末", "初", "上旬", "中旬", "下旬"].contains(&rest) {
        return Err(not_one_day());
    }
    let day = rest
        .strip_suffix(['日', '号'])
        .and_then(small_number)
        .ok_or_else(|| unreadable(plain))?;
    Ok((year, month, day))
}

/// `2022-12-31`, `2022.12.31`, `2022/12/31` with or without padding, or `20221231`.
fn in_figures(plain: &str) -> Option<(u16, u8, u8)> {
    let figures = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    if plain.len() == 8 && figures(plain) {
        return Some((
            plain.get(..4)?.parse().ok()?,
            plain.get(4..6)?.parse().ok()?,
            plain.get(6..)?.parse().ok()?,
        ));
    }
    ['-', '.', '/'].into_iter().find_map(|mark| {
        let (year, rest) = plain.split_once(mark)?;
        let (month, day) = rest.split_once(mark)?;
        let whole =
            year.len() == 4 && month.len() <= 2 && day.len() <= 2 && [year, month, day].into_iter().all(figures);
        whole.then_some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
    })
}

/// A year of four digits, in figures, Chinese figures or a mixture of both.
fn year_of(text: &str) -> Option<u16> {
    if text.chars().count() != 4 {
        return None;
    }
    let figures: Option<String> = text
        .chars()
        .map(|character| match character {
            // The zero of a Chinese year is typed as whatever looks round.
            '零' | '○' | '◯' | 'O' | 'o' => Some('0'),
            '〇' => Some('0'),
            _ if character.is_ascii_digit() => Some(character),
            _ => char::from_digit(u32::from(one_to_nine(character)?), 10),
        })
        .collect();
    figures?.parse().ok()
}

/// A month or day: one or two figures, or Chinese figures up to ninety-nine (十, 二十三, 廿三, 卅一).
fn small_number(text: &str) -> Option<u8> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) {
        return (1..=2).contains(&text.len()).then(|| text.parse().ok())?;
    }
    let (tens, ones) = match text.split_once('十') {
        Some(("", ones)) => (1, ones),
        Some((tens, ones)) => (single(tens)?, ones),
        None => match (text.strip_prefix('廿'), text.strip_prefix('卅')) {
            (Some(ones), _) => (2, ones),
            (_, Some(ones)) => (3, ones),
            _ => (0, text),
        },
    };
    let ones = match (tens, ones) {
        (1.., "") => 0,
        _ => single(ones)?,
    };
    tens.checked_mul(10)?.checked_add(ones)
}

fn single(text: &str) -> Option<u8> {
    let mut characters = text.chars();
    let only = one_to_nine(characters.next()?)?;
    characters.next().is_none().then_some(only)
}

fn one_to_nine(character: char) -> Option<u8> {
    Some(match character {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unreadable(plain: &str) -> Error {
    refuse(
        "calendar.unreadable_date",
        format!("无法识别日期“{plain}”，请写作 2022年12月31日 或 2022-12-31"),
        format!("cannot read the date \"{plain}\"; write it as 2022年12月31日 or 2022-12-31"),
    )
}

fn refuse(code: &'static str, zh: String, en: String) -> Error {
    Error::one(ErrorKind::Document, Finding::error(code, "", zh, en))
}

#[cfg(test)]
mod tests {
    use crate::calendar::Date;
    use crate::document::{Value, parse};

    #[test]
    fn every_vector_is_read() {
        let document = parse(include_bytes!("../../tests/data/vectors.json")).unwrap();
        let Some(Value::List(rows)) = document.at("/written_dates") else {
            panic!("no rows")
        };
        assert_eq!(rows.len(), 5);
        for row in rows {
            let text = row.get("text").unwrap().as_text().unwrap();
            let day = Date::from_written(text).unwrap();
            assert_eq!(Some(day.to_string().as_str()), row.get("iso").unwrap().as_text());
        }
    }

    #[test]
    fn what_is_really_written_is_read() {
        for (text, iso) in [
            ("2022-12-31", "2022-12-31"),
            ("2022.1.5", "2022-01-05"),
            ("２０２２／０１／０５", "2022-01-05"),
            ("２０２２年１２月３１日", "2022-12-31"),
            (" 2022 年 1 月 05 日 ", "2022-01-05"),
            ("公元二〇二二年十月十日", "2022-10-10"),
            ("二零二二年十二月二十三日", "2022-12-23"),
            ("二OO七年元月三十一日", "2007-01-31"),
            ("二ＯＯ七年十一月廿三日", "2007-11-23"),
            ("二〇二四年二月廿九日", "2024-02-29"),
            ("二〇二四年一月卅一日", "2024-01-31"),
            ("二〇二四年一月卅日", "2024-01-30"),
            ("2022年5月1号", "2022-05-01"),
            ("2022年十月20日", "2022-10-20"),
        ] {
            assert_eq!(Date::from_written(text).unwrap().to_string(), iso, "{text}");
        }
    }

    /// Every day of a leap year, in both hands that papers write.
    #[test]
    fn every_day_of_a_year_comes_back() {
        let ones = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
        let chinese = |number: usize| match (number / 10, number % 10) {
            (0, one) => ones[one].to_owned(),
            (1, one) => format!("十{}", ones[one]),
            (ten, one) => format!("{}十{}", ones[ten], ones[one]),
        };
        let mut day = Date::new(2024, 1, 1).unwrap();
        while day.year() == 2024 {
            assert_eq!(Date::from_written(&day.zh()).unwrap(), day);
            let written = format!(
                "二〇二四年{}月{}日",
                chinese(day.month().into()),
                chinese(day.day().into())
            );
            assert_eq!(Date::from_written(&written).unwrap(), day, "{written}");
            day = day.next();
        }
    }

    #[test]
    fn what_is_no_day_is_refused_with_the_reason() {
        for (text, code) in [
            ("2022年2月30日", "calendar.no_such_day"),
            ("20220230", "calendar.no_such_day"),
            ("2022年13月1日", "calendar.no_such_day"),
            ("0000年1月1日", "calendar.no_such_day"),
            ("2024年3月上旬", "calendar.not_one_day"),
            ("2024年3月", "calendar.not_one_day"),
            ("2024年底", "calendar.not_one_day"),
            ("22年3月1日", "calendar.short_year"),
            ("二千零七年六月九日", "calendar.short_year"),
            ("二〇二二年正月初一", "calendar.lunar_date"),
            ("农历二〇二二年八月十五日", "calendar.lunar_date"),
            ("", "calendar.unreadable_date"),
            ("2022-12", "calendar.unreadable_date"),
            ("2022-12.31", "calendar.unreadable_date"),
            ("2022-+1-31", "calendar.unreadable_date"),
            ("22-12-31", "calendar.unreadable_date"),
            ("2022年12月31日前", "calendar.unreadable_date"),
            ("2022年2十月1日", "calendar.unreadable_date"),
            ("2022年十二三月1日", "calendar.unreadable_date"),
            ("2022年〇月1日", "calendar.unreadable_date"),
            ("2022年1月001日", "calendar.unreadable_date"),
            ("2022年月日", "calendar.unreadable_date"),
        ] {
            assert_eq!(Date::from_written(text).unwrap_err().code(), code, "{text}");
        }
        assert!(
            Date::from_written(&"年".repeat(1_000_000))
                .unwrap_err()
                .to_string()
                .len()
                < 1_000
        );
    }
}
