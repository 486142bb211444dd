//! The ranking of a cohort (排名表).

use super::told::Told;
use super::{Column, Paper, Part};
use crate::calendar::Date;
use crate::score::Sheet;

/// The ranking of subjects that were scored together: rank, name, total and grade; as ranges while facts are unknown.
///
/// Sheets come with the names of their subjects. They are told by their best possible rank, those without one last, and
/// of one rank as they were given.
pub fn ranking(scheme: &str, sheets: &[(&str, &Sheet)], issuer: Option<&str>, date: Option<Date>) -> Paper {
    let told = sheets
        .iter()
        .map(|(name, sheet)| ((*name).to_owned(), Told::from(*sheet)))
        .collect();
    Paper {
        kind: "ranking",
        number: None,
        title: format!("《{scheme}》排名表"),
        to: None,
        wide: false,
        dense: false,
        parts: ranked(told),
        issuer: issuer.map(str::to_owned),
        date,
        note: None,
    }
}

/// The table of a ranking, and what is said of open results.
pub(super) fn ranked(mut sheets: Vec<(String, Told)>) -> Vec<Part> {
    sheets.sort_by_key(|(_, sheet)| sheet.rank.map_or((u32::MAX, u32::MAX), |rank| (rank.best, rank.worst)));
    let rows = sheets.iter().map(|(name, sheet)| {
        vec![
            sheet.rank.map(|rank| rank.zh()).unwrap_or_default(),
            name.clone(),
            sheet.cohort.clone().unwrap_or_default(),
            sheet.total.zh(),
            sheet.grade(),
        ]
    });
    let mut parts = vec![Part::Table {
        caption: format!("排名（{} 个考核对象）", sheets.len()),
        columns: vec![
            Column::figures("名次"),
            Column::text("考核对象"),
            Column::text("同类组"),
            Column::figures("得分"),
            Column::text("等次"),
        ],
        rows: rows.collect(),
    }];
    let open = sheets.iter().filter(|(_, sheet)| !sheet.total.is_single()).count();
    if open > 0 {
        parts.push(Part::Paragraph {
            text: format!("其中 {open} 个考核对象尚有事实未查明，得分与名次为区间，不作公示。"),
        });
    }
    parts
}
