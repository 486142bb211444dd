//! Rule kinds, one file each. To add one: write its file, add its line to the table below, add its case file.

mod all_or_nothing;
mod award;
mod checklist;
mod deduct;
mod included;
mod ratio;

use super::Core;
use super::Questions;
use super::core::Lowered;
use super::expression::{self, Type};
use crate::document::{Cursor, Fields, nearest};
use crate::exact::Exact;
use crate::fact::Declaration;

/// What a rule kind knows while it is read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The declared facts.
    pub declarations: &'a [Declaration],
    /// The full points of the item.
    pub points: &'a Exact,
    /// Where open questions go.
    pub questions: &'a Questions,
}

impl Reading<'_> {
    /// A required expression field of this type.
    pub fn expression(&self, fields: &Fields<'_>, name: &'static str, expected: Type) -> Option<Core> {
        match fields.cursor(name) {
            Some(at) => expression::read(&at, self.declarations, expected),
            None => fields.at().problem(
                "document.missing_field",
                format!("缺少必填字段“{name}”"),
                format!("field \"{name}\" is missing"),
            ),
        }
    }
}

/// A rule that has been read: its core form and its read-back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRule {
    /// Word of the kind.
    pub kind: &'static str,
    /// Chinese name of the kind.
    pub zh: &'static str,
    /// Its core form.
    pub lowered: Lowered,
    /// The rule in one Chinese sentence.
    pub read_back: String,
    /// The scheme whose result it includes, with the grade caps that pass up.
    pub includes: Option<(String, Vec<super::GradeCap>)>,
}

/// Reads the fields of a rule; `None` after a problem.
type ReadKind = fn(&Fields<'_>, &Reading<'_>) -> Option<(Lowered, String)>;

/// Every rule kind: its word, its Chinese name, its reader.
const KINDS: &[(&str, &str, ReadKind)] = &[
    ("all_or_nothing", "达标得分", all_or_nothing::read),
    ("checklist", "逐项计分", checklist::read),
    ("ratio", "按比例得分", ratio::read),
    ("deduct", "逐次扣分", deduct::read),
    ("award", "分级计分", award::read),
    ("included", "结果折算", included::read),
];

/// Reads the rule at the cursor.
pub fn read(at: &Cursor<'_>, reading: &Reading<'_>) -> Option<ReadRule> {
    let fields = at.fields()?;
    let word: String = fields.field("kind")?;
    let Some((kind, zh, read)) = KINDS.iter().find(|(kind, ..)| *kind == word).copied() else {
        let near = nearest(&word, KINDS.iter().map(|(kind, ..)| *kind));
        let all: Vec<String> = KINDS.iter().map(|(kind, zh, _)| format!("{kind}（{zh}）")).collect();
        let hint = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
        return at.problem(
            "scheme.unknown_kind",
            format!("没有名为“{word}”的评分规则{hint}可用：{}", all.join("、")),
            format!("there is no rule kind \"{word}\"; there are: {}", all.join(", ")),
        );
    };
    let includes = if kind == "included" {
        included::includes(&fields)
    } else {
        None
    };
    let read = read(&fields, reading);
    fields.finish();
    read.map(|(lowered, read_back)| ReadRule {
        kind,
        zh,
        lowered,
        read_back,
        includes,
    })
}
