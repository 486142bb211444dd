//! Facts from a table: a row a subject, a column a declared fact. Blank is never zero.

use std::collections::BTreeMap;

use zeren::document::{Value, canonical, parse};
use zeren::error::Finding;
use zeren::exact::Exact;
use zeren::fact::{Declaration, Facts, Kind};
use zeren::scheme::Scheme;

/// Where the cells of a table stand, by subject and fact.
#[derive(Default)]
pub(crate) struct Cells(BTreeMap<(String, String), String>);

impl Cells {
    /// The cell that a finding is about, with the name of its fact.
    pub(crate) fn address(&self, finding: &Finding) -> Option<String> {
        let name = finding.pointer.as_deref()?.strip_prefix("/facts/")?;
        let name = name.split('/').next()?.replace("~1", "/").replace("~0", "~");
        let address = self.0.get(&(finding.subject.clone()?, name.clone()))?;
        Some(format!("{address}（{name}）"))
    }
}

/// Rows of cells (RFC 4180): quotes, doubled quotes, line breaks inside quotes; `None` where a quote is not closed.
fn rows(text: &str) -> Option<Vec<Vec<String>>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(character) = characters.next() {
        let Some(row) = rows.last_mut() else { break };
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                if let Some(cell) = row.last_mut() {
                    cell.push('"');
                }
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => {
                if let Some(cell) = row.last_mut() {
                    cell.push(other);
                }
            }
        }
    }
    (!quoted).then_some(rows)
}

/// A number with its thousands set apart by commas, or without any; `None` where commas stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, decimals) = text
        .split_once('.')
        .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().unwrap_or("");
    let fits = !whole.contains(',') || (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    let decimals_fit = decimals.is_none_or(|decimals| !decimals.contains(','));
    (fits && decimals_fit).then(|| text.replace(',', ""))
}

/// `A1` and so on.
fn address(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column;
    loop {
        let letter = u32::try_from(rest.rem_euclid(26))
            .ok()
            .and_then(|place| char::from_u32(65_u32.saturating_add(place)));
        letters.insert(0, letter.unwrap_or('?'));
        rest = rest.div_euclid(26);
        if rest == 0 {
            break;
        }
        rest = rest.saturating_sub(1);
    }
    format!("{letters}{}", row.saturating_add(1))
}

/// The JSON text of a cell; `None` for one that is left out, an error for one that cannot be.
fn cell(text: &str, fact: &Declaration) -> Result<Option<String>, String> {
    let quoted = |text: &str| canonical(&Value::Text(text.to_owned()));
    match text {
        "" | "未报" => return Ok(None),
        "不明" => return Ok(Some(r#"{"state":"unknown"}"#.to_owned())),
        "/" | "不适用" => return Ok(Some(r#"{"state":"not_applicable","reason":"表中填不适用"}"#.to_owned())),
        _ => {}
    }
    match fact.kind {
        Kind::YesNo => match text {
            "是" => Ok(Some("true".to_owned())),
            "否" => Ok(Some("false".to_owned())),
            _ => Err("应填 是 或 否".to_owned()),
        },
        Kind::Choice | Kind::Date => Ok(Some(quoted(text))),
        Kind::Count | Kind::Number | Kind::Money => {
            let plain = match text.strip_suffix('%') {
                Some(rate) if fact.unit.as_deref() == Some("%") => rate,
                Some(_) => return Err("该事实的单位不是 %".to_owned()),
                None => text,
            };
            match ungrouped(plain).filter(|plain| Exact::from_text(plain).is_some()) {
                Some(plain) => Ok(Some(quoted(&plain))),
                None => Err(format!("“{text}”不是数字；没有数据的请留空，不明填“不明”，不适用填“/”")),
            }
        }
        Kind::Events | Kind::Ballots => Err("事件清单和票数不能用表格填报，请用 JSON".to_owned()),
    }
}

/// The facts of every row, or everything that is wrong with the table.
pub(crate) fn facts(text: &str, scheme: &Scheme) -> Result<(Vec<Facts>, Cells), Vec<String>> {
    let Some(rows) = rows(text) else {
        return Err(vec!["表格中有一处引号没有闭合，请检查".to_owned()]);
    };
    let mut problems = Vec::new();
    let Some((head, body)) = rows.split_first() else {
        return Err(vec!["表格是空的；第一行应为：考核对象、各事实名称".to_owned()]);
    };
    if !head.iter().any(|name| name.trim() == "考核对象") {
        problems.push("A1：第一行缺少“考核对象”一列".to_owned());
    }
    for (column, name) in head.iter().enumerate() {
        let name = name.trim();
        let known = scheme.facts().iter().any(|fact| fact.name == name);
        if !known && !["考核对象", "对象类别", "同类组", "上级对象"].contains(&name) {
            problems.push(format!("{}：办法没有声明事实“{name}”", address(0, column)));
        }
    }
    let subject_column = head.iter().position(|name| name.trim() == "考核对象");
    let (mut all, mut cells) = (Vec::new(), Cells::default());
    for (number, row) in body.iter().enumerate() {
        let line = number.saturating_add(1);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        for (column, cell) in row.iter().enumerate().skip(head.len()) {
            if !cell.trim().is_empty() {
                problems.push(format!("{}：超出表头的列，请删除或补上表头", address(line, column)));
            }
        }
        let (mut members, mut values) = (Vec::new(), Vec::new());
        let subject = subject_column
            .and_then(|column| row.get(column))
            .map_or("", |cell| cell.trim());
        for (column, name) in head.iter().enumerate() {
            let (name, text) = (name.trim(), row.get(column).map_or("", |cell| cell.trim()));
            let member = match name {
                "考核对象" => Some("subject"),
                "对象类别" => Some("class"),
                "同类组" => Some("cohort"),
                "上级对象" => Some("parent"),
                _ => None,
            };
            if let Some(member) = member {
                if !text.is_empty() {
                    members.push(format!("\"{member}\":{}", canonical(&Value::Text(text.to_owned()))));
                } else if member == "subject" {
                    problems.push(format!("{}：缺少考核对象", address(line, column)));
                }
                continue;
            }
            let Some(fact) = scheme.facts().iter().find(|fact| fact.name == name) else {
                continue;
            };
            let place = (subject.to_owned(), name.to_owned());
            cells.0.insert(place, address(line, column));
            match cell(text, fact) {
                Ok(None) => {}
                Ok(Some(value)) => values.push(format!("{}:{value}", canonical(&Value::Text(name.to_owned())))),
                Err(problem) => problems.push(format!("{}（{name}）：{problem}", address(line, column))),
            }
        }
        let id = canonical(&Value::Text(scheme.id().to_owned()));
        let document = format!(
            r#"{{"kind":"facts","format":1,"scheme":{id},{},"facts":{{{}}}}}"#,
            members.join(","),
            values.join(",")
        );
        match parse(document.as_bytes()).and_then(|document| Facts::read(&document)) {
            Ok(facts) => all.push(facts),
            Err(error) => {
                let told = error
                    .findings()
                    .iter()
                    .map(|finding| format!("第 {} 行：{}", line.saturating_add(1), finding.zh));
                problems.extend(told);
            }
        }
    }
    if problems.is_empty() {
        Ok((all, cells))
    } else {
        Err(problems)
    }
}
