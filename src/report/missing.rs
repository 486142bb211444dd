//! What is missing, supplier by supplier (缺报数据清单).

use std::collections::BTreeMap;

use super::asked::Asked;
use super::{Column, Paper, Part};
use crate::assessment::Looking;
use crate::calendar::Date;
use crate::error::Result;
use crate::year::{Missing, Year};

/// One thing that a supplier owes.
#[derive(Debug)]
struct Owed {
    subject: String,
    what: String,
    by: Option<Date>,
    overdue: u32,
}

/// What each supplier owes, by its name; what nobody owes stands under nobody.
type Owing = BTreeMap<Option<String>, Vec<Owed>>;

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(asked.looking != Looking::Public)?;
    let scheme = asked.scheme()?;
    let subjects = asked.subjects(scheme)?;
    let mut missing = Year::missing(&asked.view, scheme, &subjects)?;
    narrow(asked, &mut missing);
    let owing = owing(asked, missing);
    let mut paper = asked.paper(format!("《{}》缺报数据清单", scheme.text().title));
    if let Some(unit) = asked.request.unit.as_deref() {
        paper.to = Some(asked.unit_name(unit));
    }
    let (all, overdue) = owing.values().flatten().fold((0_usize, 0_usize), |(all, late), owed| {
        let late = late.saturating_add(usize::from(owed.overdue > 0));
        (all.saturating_add(1), late)
    });
    let day = asked.request.day.zh();
    paper.parts.push(Part::Paragraph {
        text: match all {
            0 => format!("截至{day}，应报数据均已报送，没有缺报。"),
            _ => {
                let late = match overdue {
                    0 => "均未到期".to_owned(),
                    late => format!("其中逾期 {late} 项"),
                };
                format!("截至{day}，下列 {all} 项数据尚未报送，{late}。未报数据按待报处理，不按零计分。")
            }
        },
    });
    if all == 0 {
        return Ok(paper);
    }
    if asked.looking == Looking::Leaders {
        paper.parts.push(counts(&owing));
        return Ok(paper);
    }
    // What nobody was named for stands last.
    let (nobody, named): (Vec<_>, Vec<_>) = owing.iter().partition(|(supplier, _)| supplier.is_none());
    for (supplier, owed) in named.into_iter().chain(nobody) {
        let supplier = supplier.as_deref().unwrap_or("未指定报送单位");
        paper.parts.push(list(supplier, owed));
    }
    paper.parts.push(Part::Paragraph {
        text: "确无该事项的，请按零报告由负责职务申报；不适用的，请写明理由；暂不能提供的，请说明预计报送时间。"
            .to_owned(),
    });
    Ok(paper)
}

/// Only what those who look may see, and what the request names.
fn narrow(asked: &Asked<'_>, missing: &mut Missing) {
    if let Looking::Subject(own) = asked.looking {
        missing.items.retain(|missing| missing.subject == own);
        missing.facts.retain(|missing| missing.subject == own);
    }
    let scorer = match asked.looking {
        Looking::Scorer(unit) => Some(unit),
        _ => None,
    };
    for unit in [scorer, asked.request.unit.as_deref()].into_iter().flatten() {
        missing.items.retain(|missing| missing.scorer.as_deref() == Some(unit));
        missing
            .facts
            .retain(|missing| missing.supplier.as_deref() == Some(unit));
    }
}

fn owing(asked: &Asked<'_>, missing: Missing) -> Owing {
    let mut owing = Owing::new();
    let name = |unit: Option<String>| unit.map(|unit| asked.unit_name(&unit));
    for fact in missing.facts {
        owing.entry(name(fact.supplier)).or_default().push(Owed {
            subject: asked.subject_name(&fact.subject),
            what: fact.fact,
            by: fact.by,
            overdue: fact.overdue,
        });
    }
    for item in missing.items {
        owing.entry(name(item.scorer)).or_default().push(Owed {
            subject: asked.subject_name(&item.subject),
            what: format!("项目 {}“{}”的核验", item.item, item.title),
            by: item.by,
            overdue: item.overdue,
        });
    }
    owing
}

fn list(supplier: &str, owed: &[Owed]) -> Part {
    let row = |(index, owed): (usize, &Owed)| {
        vec![
            index.saturating_add(1).to_string(),
            owed.subject.clone(),
            owed.what.clone(),
            owed.by.map_or_else(|| "未规定".to_owned(), Date::zh),
            match owed.overdue {
                0 => String::new(),
                days => days.to_string(),
            },
        ]
    };
    Part::Table {
        caption: format!("{supplier}（{} 项）", owed.len()),
        columns: vec![
            Column::figures("序号"),
            Column::text("考核对象"),
            Column::text("缺报内容"),
            Column::text("报送期限"),
            Column::figures("逾期天数"),
        ],
        rows: owed.iter().enumerate().map(row).collect(),
    }
}

/// How much each supplier owes.
fn counts(owing: &Owing) -> Part {
    let row = |(supplier, owed): (&Option<String>, &Vec<Owed>)| {
        let late = owed.iter().filter(|owed| owed.overdue > 0).count();
        let longest = owed.iter().map(|owed| owed.overdue).max().unwrap_or(0);
        vec![
            supplier.clone().unwrap_or_else(|| "未指定报送单位".to_owned()),
            owed.len().to_string(),
            late.to_string(),
            longest.to_string(),
        ]
    };
    Part::Table {
        caption: "各报送单位缺报情况".to_owned(),
        columns: vec![
            Column::text("报送单位"),
            Column::figures("缺报项数"),
            Column::figures("其中逾期"),
            Column::figures("最长逾期天数"),
        ],
        rows: owing.iter().map(row).collect(),
    }
}
