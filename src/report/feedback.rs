//! The score as it is delivered to the assessed unit (得分反馈单).

use super::told::{Told, ToldLine};
use super::{Column, Paper, Part};
use crate::calendar::Date;
use crate::score::Sheet;

/// By when a right may be used (期限).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// Up to and with this day.
    Day(Date),
    /// The clock has not started: how long it will run, in words such as 送达后5个工作日内.
    Within(String),
}

impl Until {
    fn zh(&self) -> String {
        match self {
            Until::Day(day) => format!("{}前（含当日）", day.zh()),
            Until::Within(words) => words.clone(),
        }
    }
}

/// What a feedback says beside the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback<'a> {
    /// Title of the scheme.
    pub scheme: &'a str,
    /// Name of the assessed subject.
    pub subject: &'a str,
    /// Until when a statement and further evidence (陈述申辩) are taken.
    pub reply_by: Option<Until>,
    /// Until when the subject may appeal (申诉).
    pub appeal_by: Option<Until>,
    /// Who issues it.
    pub issuer: Option<&'a str>,
    /// Its day.
    pub date: Option<Date>,
}

impl Feedback<'_> {
    /// The feedback of a sheet: the total, what leaves it open, items, and every point won or lost with its reason and
    /// the id by which the subject may object to it.
    pub fn paper(&self, sheet: &Sheet) -> Paper {
        Paper {
            kind: "score_feedback",
            number: None,
            title: format!("《{}》得分反馈单", self.scheme),
            to: Some(self.subject.to_owned()),
            wide: false,
            dense: false,
            parts: self.parts(&Told::from(sheet)),
            issuer: self.issuer.map(str::to_owned),
            date: self.date,
            note: None,
        }
    }

    pub(super) fn parts(&self, sheet: &Told) -> Vec<Part> {
        let mut parts = vec![Part::Paragraph {
            text: self.opening(sheet),
        }];
        if !sheet.open.is_empty() {
            parts.push(Part::Paragraph {
                text: format!("得分为区间，待查明：{}。", sheet.open.join("、")),
            });
        }
        let rights = [
            ("书面陈述理由并补充佐证", &self.reply_by),
            ("提出申诉", &self.appeal_by),
        ];
        let rights: Vec<String> = rights
            .iter()
            .filter_map(|(what, until)| Some(format!("可在{}{what}", until.as_ref()?.zh())))
            .collect();
        if !rights.is_empty() {
            parts.push(Part::Paragraph {
                text: format!("如有异议，{}；请逐条写明“得失分明细”中的行号。", rights.join("，")),
            });
        }
        parts.push(items(sheet));
        parts.push(lines(&sheet.lines));
        parts
    }

    fn opening(&self, sheet: &Told) -> String {
        let mut text = format!("你单位依据《{}》考核得分 {} 分", self.scheme, sheet.total.zh());
        if !sheet.grades.is_empty() {
            text.push_str(&format!("，等次为{}", sheet.grade()));
        }
        if let Some(rank) = &sheet.rank {
            text.push_str(&format!("，同类第 {} 名", rank.zh()));
        }
        text.push('。');
        text
    }
}

/// The items with their points.
pub(super) fn items(sheet: &Told) -> Part {
    let rows = sheet.items.iter().map(|item| {
        let points = if item.applicable {
            item.points.zh()
        } else {
            "不适用".to_owned()
        };
        vec![item.id.clone(), item.title.clone(), item.full.shown(), points]
    });
    Part::Table {
        caption: "各项得分".to_owned(),
        columns: vec![
            Column::text("编号"),
            Column::text("项目"),
            Column::figures("满分"),
            Column::figures("得分"),
        ],
        rows: rows.collect(),
    }
}

/// The lines with their reasons.
pub(super) fn lines(lines: &[ToldLine]) -> Part {
    let row = |line: &ToldLine| {
        vec![
            line.id.clone(),
            line.points.zh(),
            line.reason.clone(),
            line.article.clone(),
        ]
    };
    Part::Table {
        caption: "得失分明细".to_owned(),
        columns: vec![
            Column::text("行号"),
            Column::figures("得失分"),
            Column::text("理由"),
            Column::text("依据"),
        ],
        rows: lines.iter().map(row).collect(),
    }
}
