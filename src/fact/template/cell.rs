//! What a cell says.

use crate::calendar::Date;
use crate::codes::half_width;
use crate::document::{Value, parse};
use crate::fact::{Declaration, FieldDeclaration, FieldKind, Holder, Kind};

/// Why a cell cannot be taken, in Chinese and English.
pub(super) type Why = (String, String);

/// A cell of a fact's own column.
pub(super) enum Cell {
    /// Nothing reported.
    Blank,
    /// `无`: nothing happened, if somebody declares it.
    Nought,
    /// A value or a state, as a facts document writes it.
    Value(Value),
}

/// The value of a cell in the column of a fact, as a facts document writes it; nothing when it is blank.
///
/// # Errors
/// Why it cannot be taken, in Chinese and English. `无` needs a column beside it for the post that declares the zero,
/// which a single cell has not.
pub fn cell_value(text: &str, fact: &Declaration) -> Result<Option<Value>, (String, String)> {
    match value(text, fact)? {
        Cell::Blank => Ok(None),
        Cell::Value(value) => Ok(Some(value)),
        Cell::Nought => Err((
            "“无”没有写明申报岗位；请填 0，或用带“零报告岗位”一列的填报表".to_owned(),
            "无 names no post that declares it; write 0, or use the template with a column for the post".to_owned(),
        )),
    }
}

/// Reads a cell in the column of a fact.
pub(super) fn value(text: &str, fact: &Declaration) -> Result<Cell, Why> {
    let plain: String = text.chars().map(half_width).collect();
    let state = |members: &[(&str, &str)]| {
        let members = members
            .iter()
            .map(|(name, text)| ((*name).into(), Value::Text((*text).to_owned())));
        Ok(Cell::Value(Value::Object(members.collect())))
    };
    match plain.as_str() {
        "" => return Ok(Cell::Blank),
        "未报" => return state(&[("state", "pending")]),
        "不明" => return state(&[("state", "unknown")]),
        "/" | "不适用" => return state(&[("state", "not_applicable"), ("reason", "填报表填写不适用")]),
        "无" if fact.kind.is_number() => return Ok(Cell::Nought),
        _ => {}
    }
    if let Some(reason) = plain
        .strip_prefix("不适用:")
        .map(str::trim)
        .filter(|reason| !reason.is_empty())
    {
        return state(&[("state", "not_applicable"), ("reason", reason)]);
    }
    match fact.kind {
        Kind::Count | Kind::Number | Kind::Money => amount(&plain, fact).map(Cell::Value),
        Kind::Date => date(text).map(Cell::Value),
        Kind::YesNo => truth(&plain).map(Cell::Value),
        Kind::Choice => word(text, &fact.words).map(Cell::Value),
        Kind::Events | Kind::Ballots => Err((
            "事件清单和票数不填在一个单元格里，请用填报表或 JSON".to_owned(),
            "events and ballots do not fit into one cell; use their template or JSON".to_owned(),
        )),
    }
}

/// Reads a cell in the column of an event's field.
pub(super) fn field(text: &str, field: &FieldDeclaration) -> Result<Option<Value>, Why> {
    let plain: String = text.chars().map(half_width).collect();
    if plain.is_empty() || plain == "不明" {
        return Ok(None);
    }
    let value = match field.kind {
        FieldKind::Choice => word(text, &field.words),
        FieldKind::Matter => Ok(Value::Text(text.to_owned())),
        FieldKind::Date => date(text),
        FieldKind::Number => number(&plain),
        FieldKind::YesNo => truth(&plain),
        FieldKind::Holder => {
            let holder = Holder::ALL
                .into_iter()
                .find(|holder| holder.zh() == text || holder.word() == text);
            match holder {
                Some(holder) => Ok(Value::Text(holder.word().to_owned())),
                None => word(text, &Holder::ALL.map(|holder| holder.zh().to_owned())),
            }
        }
    };
    value.map(Some)
}

/// A whole number of ballots.
pub(super) fn ballots(text: &str) -> Result<Option<Value>, Why> {
    let plain: String = text.chars().map(half_width).collect();
    if plain.is_empty() || plain == "未报" {
        return Ok(None);
    }
    number(&plain).map(Some)
}

fn amount(plain: &str, fact: &Declaration) -> Result<Value, Why> {
    let least = ["≥", ">=", "不少于", "至少"]
        .iter()
        .find_map(|mark| plain.strip_prefix(mark))
        .or_else(|| plain.strip_suffix("以上"));
    if let Some(least) = least {
        let value = rate(least.trim(), fact)?;
        return Ok(Value::Object(vec![
            ("state".into(), Value::Text("at_least".to_owned())),
            ("value".into(), value),
        ]));
    }
    rate(plain, fact)
}

/// A number, or a percentage where the unit is one.
fn rate(plain: &str, fact: &Declaration) -> Result<Value, Why> {
    match (plain.strip_suffix('%'), fact.unit.as_deref()) {
        (None, _) => number(plain),
        (Some(rate), Some("%")) => number(rate),
        (Some(_), unit) => {
            let unit = unit.unwrap_or("（无单位）");
            Err((
                format!("“{plain}”写成百分数，但该事实的单位是 {unit}，请按该单位填写"),
                format!("\"{plain}\" is a percentage, but the unit of the fact is {unit}"),
            ))
        }
    }
}

/// A plain decimal number, perhaps with its thousands set apart.
fn number(plain: &str) -> Result<Value, Why> {
    let ungrouped = ungrouped(plain).filter(|text| is_plain(text));
    ungrouped.and_then(|text| parse(text.as_bytes()).ok()).ok_or_else(|| {
        let zh = if plain.contains(['E', 'e']) {
            format!("“{plain}”是科学记数，原数可能已丢失，请把单元格设为文本后重填")
        } else {
            format!("“{plain}”不是数字；未报请留空或填“未报”，不明填“不明”，不适用填“/”")
        };
        (
            zh,
            format!("\"{plain}\" is no plain number; leave blank what is not reported"),
        )
    })
}

/// The number without the commas between its thousands; `None` where commas stand elsewhere.
fn ungrouped(plain: &str) -> Option<String> {
    if !plain.contains(',') {
        return Some(plain.to_owned());
    }
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut groups = digits.split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let fits = first && groups.all(|group| group.len() == 3) && !decimals.contains(',');
    let point = if plain.contains('.') { "." } else { "" };
    fits.then(|| format!("{sign}{}{point}{decimals}", digits.replace(',', "")))
}

/// Whether the text is `-?digits(.digits)?`, as JSON writes it.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    all_digits(whole) && all_digits(decimals) && (whole == "0" || !whole.starts_with('0'))
}

fn date(text: &str) -> Result<Value, Why> {
    match Date::from_written(text) {
        Ok(day) => Ok(Value::Text(day.to_string())),
        Err(error) => {
            let finding = error.findings().first();
            let told = finding.map(|finding| (finding.zh.clone(), finding.en.clone()));
            Err(told.unwrap_or_default())
        }
    }
}

fn truth(plain: &str) -> Result<Value, Why> {
    match plain {
        "是" | "√" => Ok(Value::Bool(true)),
        "否" | "×" => Ok(Value::Bool(false)),
        _ => Err((
            format!("“{plain}”不是“是”或“否”"),
            format!("\"{plain}\" is neither 是 nor 否"),
        )),
    }
}

fn word(text: &str, words: &[String]) -> Result<Value, Why> {
    if words.iter().any(|word| word == text) {
        return Ok(Value::Text(text.to_owned()));
    }
    Err((
        format!("“{text}”不在可选值之内，应为：{}", words.join("、")),
        format!("\"{text}\" is not one of: {}", words.join(", ")),
    ))
}
