//! The score as it is delivered to the assessed unit (得分反馈单).

use super::{Column, Paper, Part};
use crate::calendar::Date;
use crate::score::{Line, Sheet};

/// What a feedback says beside the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback<'a> {
    /// Title of the scheme.
    pub scheme: &'a str,
    /// Name of the assessed subject.
    pub subject: &'a str,
    /// The last day for a statement and further evidence (陈述申辩), when the clock has started.
    pub reply_by: Option<Date>,
    /// Who issues it.
    pub issuer: Option<&'a str>,
    /// Its day.
    pub date: Option<Date>,
}

impl Feedback<'_> {
    /// The feedback of a sheet: the total, what leaves it open, items, and every point won or lost with its reason and
    /// the id by which the subject may object to it.
    pub fn paper(&self, sheet: &Sheet) -> Paper {
        let mut parts = vec![Part::Paragraph {
            text: self.opening(sheet),
        }];
        if !sheet.open.is_empty() {
            parts.push(Part::Paragraph {
                text: format!("得分为区间，待查明：{}。", sheet.open.join("、")),
            });
        }
        parts.push(items(sheet));
        parts.push(lines(sheet));
        if let Some(day) = self.reply_by {
            parts.push(Part::Paragraph {
                text: format!(
                    "如有异议，请于{}前（含当日）书面陈述理由并补充佐证，逐条写明行号。",
                    day.zh()
                ),
            });
        }
        Paper {
            kind: "score_feedback",
            number: None,
            title: format!("{}得分反馈单", self.scheme),
            to: Some(self.subject.to_owned()),
            wide: false,
            parts,
            issuer: self.issuer.map(str::to_owned),
            date: self.date,
        }
    }

    fn opening(&self, sheet: &Sheet) -> String {
        let mut text = format!("你单位依据《{}》考核得分 {} 分", self.scheme, sheet.total.zh());
        if !sheet.grades.is_empty() {
            text.push_str(&format!("，等次为{}", sheet.grades.join("或")));
        }
        if let Some(rank) = &sheet.rank {
            text.push_str(&format!("，同类第 {} 名", rank.zh()));
        }
        text.push('。');
        text
    }
}

fn items(sheet: &Sheet) -> Part {
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

fn lines(sheet: &Sheet) -> Part {
    let row = |line: &Line| {
        let article = line.article.clone().unwrap_or_default();
        vec![line.id.clone(), line.points.zh(), line.reason.clone(), article]
    };
    Part::Table {
        caption: "得失分明细".to_owned(),
        columns: vec![
            Column::text("行号"),
            Column::figures("得失分"),
            Column::text("理由"),
            Column::text("依据"),
        ],
        rows: sheet.lines.iter().map(row).collect(),
    }
}
