//! The columns of a template.

use super::HINTS;
use super::check::PLACES;
use crate::fact::{Declaration, FieldDeclaration, FieldKind, Kind, ZeroRule};

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Host id of the subject.
    Subject,
    /// Its name, for those who fill the table in.
    Name,
    /// The value of a fact.
    Value(Box<Declaration>),
    /// What stands beside a value.
    Beside(String, Beside),
    /// Votes for a word.
    Votes(String, String),
    /// Whether nothing else happened.
    Complete,
    /// A field of an event.
    Field(FieldDeclaration),
}

crate::choice! {
    /// What stands beside a value in columns of its own.
    pub enum Beside {
        /// The post that declares a zero.
        ZeroPost = "zero_post" "零报告岗位",
        /// Who judged.
        By = "by" "评定人",
        /// Why so.
        Why = "why" "评定理由",
        /// Ballots given out.
        Issued = "issued" "发出票数",
        /// Ballots that came back.
        Returned = "returned" "收回票数",
        /// Valid ballots.
        Valid = "valid" "有效票数",
    }
}

/// The columns that a fact takes.
pub(super) fn of_fact(fact: &Declaration) -> Vec<Column> {
    let beside = |beside| Column::Beside(fact.name.clone(), beside);
    if fact.kind == Kind::Ballots {
        let counts = [Beside::Issued, Beside::Returned, Beside::Valid].map(beside);
        let votes = fact
            .words
            .iter()
            .map(|word| Column::Votes(fact.name.clone(), word.clone()));
        return counts.into_iter().chain(votes).collect();
    }
    let mut columns = vec![Column::Value(Box::new(fact.clone()))];
    if fact.zero == Some(ZeroRule::Declared) {
        columns.push(beside(Beside::ZeroPost));
    }
    if fact.judged {
        columns.extend([Beside::By, Beside::Why].map(beside));
    }
    columns
}

impl Column {
    /// The fact that it belongs to; none for those of every table, and for fields of events.
    pub(super) fn fact(&self) -> Option<&str> {
        match self {
            Column::Value(fact) => Some(&fact.name),
            Column::Beside(fact, _) | Column::Votes(fact, _) => Some(fact),
            Column::Subject | Column::Name | Column::Complete | Column::Field(_) => None,
        }
    }

    /// The head of the column. `·` and brackets stand in no name of a fact, so heads are never mixed up.
    pub(super) fn head(&self) -> String {
        match self {
            Column::Subject => "考核对象编号".to_owned(),
            Column::Name => "考核对象".to_owned(),
            Column::Value(fact) => match &fact.unit {
                Some(unit) => format!("{}（{unit}）", fact.name),
                None => fact.name.clone(),
            },
            Column::Beside(fact, beside) => format!("{fact}·{}", beside.zh()),
            Column::Votes(fact, word) => format!("{fact}·{word}"),
            Column::Complete => "清单是否报全".to_owned(),
            Column::Field(field) => field.name.clone(),
        }
    }

    /// How it is filled in.
    pub(super) fn hint(&self) -> String {
        match self {
            Column::Subject => HINTS.to_owned(),
            Column::Name => "勿改前两列".to_owned(),
            Column::Value(fact) => value_hint(fact),
            Column::Beside(_, Beside::ZeroPost) => "填“无”时写明申报岗位编号".to_owned(),
            Column::Beside(_, Beside::By | Beside::Why) => "必填".to_owned(),
            Column::Beside(_, _) | Column::Votes(_, _) => "整数".to_owned(),
            Column::Complete => "是 / 否；没有事件的填“是”，其余留空".to_owned(),
            Column::Field(field) => field_hint(field),
        }
    }
}

fn value_hint(fact: &Declaration) -> String {
    let (least, greatest) = (fact.least(), fact.greatest());
    let what = match fact.kind {
        Kind::Count => format!("整数，{least} 至 {greatest}"),
        Kind::Number => format!(
            "数字，{least} 至 {greatest}，至多 {} 位小数",
            fact.places.unwrap_or(PLACES)
        ),
        Kind::Money => format!("金额，{least} 至 {greatest}"),
        Kind::Date => "日期，如 2022-12-31".to_owned(),
        Kind::YesNo => "是 / 否".to_owned(),
        Kind::Choice => fact.words.join(" / "),
        Kind::Events | Kind::Ballots => String::new(),
    };
    let none = match fact.zero {
        Some(ZeroRule::Declared) => "；没有填“无”并写明零报告岗位",
        None => "",
    };
    format!("{what}；未报留空或填“未报”，不明填“不明”，不适用填“/”{none}")
}

fn field_hint(field: &FieldDeclaration) -> String {
    match field.kind {
        FieldKind::Choice => field.words.join(" / "),
        FieldKind::Matter => "同一事项写法相同".to_owned(),
        FieldKind::Date => "日期，如 2022-12-31".to_owned(),
        FieldKind::Number => format!("数字，{} 至 {}", field.least(), field.greatest()),
        FieldKind::YesNo => "是 / 否".to_owned(),
        FieldKind::Holder => crate::fact::Holder::ALL.map(crate::fact::Holder::zh).join(" / "),
    }
}
