//! The yearly report of a unit on its responsibility (履责情况报告), reconciled with the records: what the ledger shows, what
//! the unit's own reports say, and where the two contradict each other.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::{Column, Paper, Part};
use crate::assessment::Looking;
use crate::calendar::{Date, Period};
use crate::error::Result;
use crate::ledger::Key;
use crate::letter::{Wanted, lines};
use crate::registry::UnitRow;
use crate::system::Counted;

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    let (id, unit) = asked.unit()?;
    let may = asked.is_own_unit(id) && !matches!(asked.looking, Looking::Scorer(_));
    asked.only_for(may)?;
    let rule_sets = asked.rule_sets()?;
    let period = rule_sets
        .first()
        .map(|rules| rules.period)
        .or_else(|| Period::year(asked.request.day.year()));
    let period = period.unwrap_or_else(|| Period::since(asked.request.day));
    let name = asked.unit_name(id);
    let mut paper = asked.numbered(format!("{name}履行责任情况报告"));
    paper.issuer = paper.issuer.or(Some(name));
    let opening = format!("报告期间：{}。下列内容按账本记录汇总，并与所报汇报核对。", period.zh());
    paper.parts.push(Part::Paragraph { text: opening });
    let sections: [(&str, Vec<Part>); 5] = [
        ("责任书和领导小组", structure(asked, unit, period)),
        ("规定动作", vec![obligations(asked, unit)?]),
        ("汇报与台账核对", reconciled(asked, unit, period)),
        ("存在问题和计划事项", problems(asked, id, period)),
        ("督查问题整改", vec![rectification(asked, id)]),
    ];
    for ((title, parts), number) in sections.into_iter().zip(["一", "二", "三", "四", "五"]) {
        paper.parts.push(Part::Heading {
            text: format!("{number}、{title}"),
        });
        paper.parts.extend(parts);
    }
    Ok(paper)
}

fn paragraph(text: impl Into<String>) -> Part {
    Part::Paragraph { text: text.into() }
}

/// The letters of the period to which the unit is a party, and its leadership groups.
fn structure(asked: &Asked<'_>, unit: Key<UnitRow>, period: Period) -> Vec<Part> {
    let (registry, letters) = (asked.registry(), asked.view.letters());
    let wanted = Wanted {
        unit: Some(unit),
        ..Wanted::default()
    };
    let own = registry.registry().units.id(unit);
    let rows: Vec<Vec<String>> = lines(&registry, &letters, wanted)
        .into_iter()
        .filter(|line| line.period.meets(period))
        .map(|line| {
            let asks = line.issuers.iter().any(|party| party.id == own);
            let others = if asks { &line.receivers } else { &line.issuers };
            let others: Vec<&str> = others.iter().map(|party| party.name.as_str()).collect();
            vec![
                line.title.to_owned(),
                if asks { "下达" } else { "承担" }.to_owned(),
                others.join("、"),
                line.state.zh().to_owned(),
            ]
        })
        .collect();
    let groups: Vec<String> = registry
        .groups_of(unit)
        .into_iter()
        .filter_map(|group| registry.group(group))
        .map(|group| group.name.to_string())
        .collect();
    let groups = match groups.as_slice() {
        [] => "未设领导小组。".to_owned(),
        names => format!("领导小组：{}。", names.join("、")),
    };
    if rows.is_empty() {
        return vec![paragraph("没有责任书。"), paragraph(groups)];
    }
    let table = Part::Table {
        caption: "责任书".to_owned(),
        columns: vec![
            Column::text("责任书"),
            Column::text("本单位"),
            Column::text("对方"),
            Column::text("状态"),
        ],
        rows,
    };
    vec![table, paragraph(groups)]
}

fn obligations(asked: &Asked<'_>, unit: Key<UnitRow>) -> Result<Part> {
    let due = asked.view.due(&asked.rule_sets()?, None, Some(unit));
    if due.is_empty() {
        return Ok(paragraph("规则集没有规定本单位的规定动作，或尚未开始。"));
    }
    let rows = due.iter().map(|due| {
        let mut state = due.state.zh().to_owned();
        if due.late > 0 {
            state.push_str(&format!("，其中逾期 {} 次", due.late));
        }
        if due.unproven > 0 {
            state.push_str(&format!("，另有 {} 次无有效佐证", due.unproven));
        }
        vec![
            due.name.clone(),
            due.record.clone(),
            due.span.zh(),
            due.owed.to_string(),
            due.proven.saturating_add(due.late).to_string(),
            state,
        ]
    });
    Ok(Part::Table {
        caption: "规定动作完成情况".to_owned(),
        columns: vec![
            Column::text("责任主体"),
            Column::text("事项"),
            Column::text("期间"),
            Column::figures("应开展"),
            Column::figures("有佐证"),
            Column::text("情况"),
        ],
        rows: rows.collect(),
    })
}

/// What the unit's reports count beside what the records show, and what contradicts.
fn reconciled(asked: &Asked<'_>, unit: Key<UnitRow>, period: Period) -> Vec<Part> {
    let counted = asked.view.counted(unit, period);
    if counted.is_empty() {
        return vec![paragraph("报告期间没有登记汇报次数，无可核对。")];
    }
    let rows = counted.iter().map(|count| {
        let least = if count.at_least { "至少 " } else { "" };
        vec![
            match count.period == period {
                true => count.report.clone(),
                false => format!("{}（{}）", count.report, count.period.zh()),
            },
            count.record.clone(),
            count
                .stated
                .map_or_else(|| "未填".to_owned(), |stated| format!("{least}{stated}")),
            count.shown.to_string(),
            match count.agrees() {
                Some(true) => "一致",
                Some(false) => "不一致",
                None => "无法核对",
            }
            .to_owned(),
        ]
    });
    let table = Part::Table {
        caption: "汇报次数与台账次数".to_owned(),
        columns: vec![
            Column::text("汇报"),
            Column::text("事项"),
            Column::figures("汇报次数"),
            Column::figures("台账次数"),
            Column::text("结论"),
        ],
        rows: rows.collect(),
    };
    let own =
        |subject: Option<&str>| subject.is_some_and(|id| counted.iter().any(|count: &Counted| count.report == id));
    let found = asked.view.contradictions(period).into_iter();
    let entries: Vec<String> = found
        .filter(|finding| own(finding.subject.as_deref()))
        .map(|finding| format!("{}。", finding.zh))
        .collect();
    match entries.as_slice() {
        [] => vec![table, paragraph("汇报与台账没有矛盾。")],
        _ => vec![
            table,
            paragraph(format!("以下 {} 处须核对更正：", entries.len())),
            Part::List { entries },
        ],
    }
}

fn problems(asked: &Asked<'_>, unit: &str, period: Period) -> Vec<Part> {
    let (plan, when) = (&asked.view.system().state().plan, asked.view.when());
    let state = |closed: Option<Date>, deadline: Option<Date>| match (closed, deadline) {
        (Some(on), _) => format!("已于{}办结", on.zh()),
        (None, Some(by)) if by < when.day => "逾期未办结".to_owned(),
        (None, _) => "办理中".to_owned(),
    };
    let here = |closed: Option<Date>| closed.is_none_or(|on| on >= period.from());
    let by = |deadline: Option<Date>| deadline.map_or_else(|| "未定".to_owned(), Date::zh);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let titles: BTreeMap<&str, &str> = plan
        .problems_on(when)
        .map(|view| (view.item.id.as_str(), view.item.title.as_str()))
        .collect();
    for view in plan
        .problems_on(when)
        .filter(|view| view.item.unit == unit && here(view.closed))
    {
        let item = view.item;
        let measure = item.measure.clone().unwrap_or_default();
        let (by, state) = (by(view.deadline), state(view.closed, view.deadline));
        rows.push(vec!["存在问题".to_owned(), item.title.clone(), measure, by, state]);
    }
    for view in plan
        .items_on(when)
        .filter(|view| view.item.unit == unit && here(view.closed))
    {
        let title = |id: &String| titles.get(id.as_str()).map_or(id.clone(), |title| (*title).to_owned());
        let answers: Vec<String> = view.item.problems.iter().map(title).collect();
        let measure = match answers.as_slice() {
            [] => String::new(),
            problems => format!("针对“{}”", problems.join("”“")),
        };
        let (by, state) = (by(view.deadline), state(view.closed, view.deadline));
        rows.push(vec!["计划事项".to_owned(), view.item.title.clone(), measure, by, state]);
    }
    if rows.is_empty() {
        return vec![paragraph("没有登记存在问题和计划事项。")];
    }
    vec![Part::Table {
        caption: "存在问题和计划事项".to_owned(),
        columns: vec![
            Column::text("类别"),
            Column::text("内容"),
            Column::text("措施"),
            Column::text("期限"),
            Column::text("情况"),
        ],
        rows,
    }]
}

fn rectification(asked: &Asked<'_>, unit: &str) -> Part {
    let supervision = &asked.view.system().state().supervision;
    let standings = supervision.standings(Some(unit), asked.view.when());
    if standings.is_empty() {
        return paragraph("没有督查发现的问题。");
    }
    let rows = standings.iter().map(|standing| {
        let state = match standing.written_off {
            Some(on) => format!("已于{}销号", on.zh()),
            None if standing.late > 0 => format!("未销号，已逾期 {} 天", standing.late),
            None => "未销号".to_owned(),
        };
        vec![
            standing.title.clone(),
            standing.found.zh(),
            standing.deadline.map_or_else(|| "未定".to_owned(), Date::zh),
            state,
        ]
    });
    Part::Table {
        caption: "督查问题整改情况".to_owned(),
        columns: vec![
            Column::text("问题"),
            Column::text("发现日期"),
            Column::text("整改期限"),
            Column::text("情况"),
        ],
        rows: rows.collect(),
    }
}
