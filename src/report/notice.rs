//! The rectification notice (整改通知书): what was found at a unit, and by when it is put right.

use super::asked::{Asked, not_known, refused};
use super::{Column, FormRow, Paper, Part};
use crate::assessment::Looking;
use crate::error::Result;
use crate::supervision::{FindingStanding, InspectionPlanned, InspectionRow};

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(asked.looking != Looking::Public)?;
    let open = open(asked)?;
    let Some(first) = open.first() else {
        let (zh, en) = (
            "没有尚未销号的督查问题，不必整改",
            "no finding is open, so there is nothing to rectify",
        );
        return Err(refused("report.nothing_open", "", zh, en));
    };
    asked.only_for(asked.is_own_unit(&first.unit))?;
    let mut paper = asked.numbered("整改通知书");
    paper.to = Some(asked.unit_name(&first.unit));
    let inspection = planned(asked, &first.inspection);
    paper.issuer = paper
        .issuer
        .or_else(|| inspection.map(|planned| asked.unit_name(&planned.unit)));
    let mut titles: Vec<String> = open
        .iter()
        .filter_map(|standing| planned(asked, &standing.inspection))
        .map(|planned| format!("“{}”", planned.title))
        .collect();
    titles.dedup();
    let count = open.len();
    paper.parts.push(Part::Paragraph {
        text: format!(
            "经{}，发现你单位存在下列 {count} 个问题。请逐项查明原因，明确措施、牵头领导和完成时限，按期整改。",
            titles.join("、")
        ),
    });
    paper.parts.push(findings(&open));
    for standing in open.iter().filter(|standing| standing.measure.is_some()) {
        paper.parts.push(plan(asked, standing));
    }
    paper.parts.push(Part::Heading {
        text: "整改要求".to_owned(),
    });
    paper.parts.push(Part::List {
        entries: vec![
            "一、整改期限届满前报送整改情况和佐证；确需延期的，须在期限届满前报整改单位以外的批准单位同意。".to_owned(),
            "二、整改完成后，由整改单位以外的单位核实并确认销号；未经确认的，不视为完成。".to_owned(),
            "三、销号后同一问题反弹的，恢复原问题并重新计算期限。".to_owned(),
        ],
    });
    Ok(paper)
}

/// The open findings that the request is about: one, or all of a unit.
fn open(asked: &Asked<'_>) -> Result<Vec<FindingStanding>> {
    let (when, supervision) = (asked.view.when(), &asked.view.system().state().supervision);
    let mut standings = match asked.request.finding.as_deref() {
        Some(id) => {
            let mut all = supervision.standings(None, when).into_iter();
            let one = all.find(|standing| standing.finding == id);
            vec![one.ok_or_else(|| not_known("/finding", ("督查问题", "inspection finding"), id))?]
        }
        None => supervision.standings(Some(asked.unit()?.0), when),
    };
    standings.retain(|standing| standing.written_off.is_none());
    Ok(standings)
}

/// The inspection as it was planned.
fn planned<'a>(asked: &Asked<'a>, id: &str) -> Option<&'a InspectionPlanned> {
    let table = &asked.view.system().state().supervision.inspections;
    let mut rows = table.rows(table.key(id)?, asked.view.when().known);
    rows.find_map(|row| match &row.value {
        InspectionRow::Planned(planned) => Some(planned.as_ref()),
        InspectionRow::Held { .. } => None,
    })
}

fn findings(open: &[FindingStanding]) -> Part {
    let row = |(index, standing): (usize, &FindingStanding)| {
        let mut remarks = Vec::new();
        if standing.late > 0 {
            remarks.push(format!("已逾期 {} 天", standing.late));
        }
        if standing.extended > 0 {
            remarks.push(format!("已延期 {} 次", standing.extended));
        }
        if standing.recurred > 0 {
            remarks.push(format!("反弹 {} 次", standing.recurred));
        }
        vec![
            index.saturating_add(1).to_string(),
            standing.title.clone(),
            standing.found.zh(),
            standing.deadline.map_or_else(|| "未定".to_owned(), |by| by.zh()),
            remarks.join("；"),
        ]
    };
    Part::Table {
        caption: "问题清单".to_owned(),
        columns: vec![
            Column::figures("序号"),
            Column::text("问题"),
            Column::text("发现日期"),
            Column::text("整改期限"),
            Column::text("备注"),
        ],
        rows: open.iter().enumerate().map(row).collect(),
    }
}

/// What was planned against a finding so far.
fn plan(asked: &Asked<'_>, standing: &FindingStanding) -> Part {
    let mut rows = Vec::new();
    if let Some(unit) = &standing.rectifier {
        rows.push(FormRow::filled("整改单位", asked.unit_name(unit)));
    }
    if let Some(leader) = &standing.leader {
        let registry = asked.registry();
        let key = registry.registry().posts.key(leader);
        let name = key.map_or(leader.as_str(), |post| registry.post_name(post));
        rows.push(FormRow::filled("牵头职务", name));
    }
    let planned = [("原因", &standing.cause), ("措施", &standing.measure)];
    for (label, text) in planned {
        rows.extend(text.as_ref().map(|text| FormRow::filled(label, text.clone())));
    }
    for stage in &standing.stages {
        let state = match stage.reached {
            Some(on) => format!("已于{}完成", on.zh()),
            None if stage.late > 0 => format!("已逾期 {} 天", stage.late),
            None => "未完成".to_owned(),
        };
        let text = format!("{}前完成，{state}", stage.by.zh());
        rows.push(FormRow::filled(&stage.title, text));
    }
    Part::Form {
        caption: format!("“{}”的整改方案", standing.title),
        rows,
    }
}
