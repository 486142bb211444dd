//! Facts from a table: a row a subject, a column a declared fact. Blank is never zero.

use std::collections::BTreeMap;

use zeren::document::{Value, canonical, parse};
use zeren::error::Finding;
use zeren::fact::{Facts, cell_address, cell_value, table_rows};
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

/// The facts of every row, or everything that is wrong with the table.
pub(crate) fn facts(text: &str, scheme: &Scheme) -> Result<(Vec<Facts>, Cells), Vec<String>> {
    let rows = match table_rows(text.as_bytes()) {
        Ok(rows) => rows,
        Err(error) => return Err(error.findings().iter().map(|finding| finding.zh.clone()).collect()),
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
            problems.push(format!("{}：办法没有声明事实“{name}”", cell_address(0, column)));
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
                problems.push(format!(
                    "{}：超出表头的列，请删除或补上表头",
                    cell_address(line, column)
                ));
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
                    problems.push(format!("{}：缺少考核对象", cell_address(line, column)));
                }
                continue;
            }
            let Some(fact) = scheme.facts().iter().find(|fact| fact.name == name) else {
                continue;
            };
            let place = (subject.to_owned(), name.to_owned());
            cells.0.insert(place, cell_address(line, column));
            match cell_value(text, fact) {
                Ok(None) => {}
                Ok(Some(value)) => values.push((name.into(), value)),
                Err((problem, _)) => problems.push(format!("{}（{name}）：{problem}", cell_address(line, column))),
            }
        }
        let id = canonical(&Value::Text(scheme.id().to_owned()));
        let document = format!(
            r#"{{"kind":"facts","format":1,"scheme":{id},{},"facts":{}}}"#,
            members.join(","),
            canonical(&Value::Object(values))
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
