//! One page for leaders (领导一页): who has no letter, what is overdue, which supplier is missing, and what has changed since
//! the last look. Counts first, then the few names that matter; no facts, no grounds of appeals.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::Asked;
use super::{Column, Paper, Part};
use crate::assessment::{Looking, Step};
use crate::error::{Finding, Result};
use crate::letter::LetterState;
use crate::plan::DueState;
use crate::system::View;
use crate::year::Year;

/// Lines that the lists may take together, so that the page stays one.
const LINES: usize = 32;
/// Signs in a line, and the most that an entry may have: two lines.
const SIGNS: usize = 42;
const LONGEST: usize = 84;
/// Entries of one list, as many as there is room for. What is more is counted.
const MOST: usize = 9;
/// Names in an entry.
const NAMES: usize = 5;

/// A matter of the page: what it is called, how many there are, and what each is.
struct Matter {
    title: &'static str,
    count: usize,
    /// What is said where nothing was counted, and why.
    none: &'static str,
    entries: Vec<String>,
}

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(matches!(asked.looking, Looking::Office | Looking::Leaders))?;
    let mut matters = vec![without_letter(asked)?, overdue(asked)?];
    matters.extend(missing(asked)?);
    matters.extend(appeals(asked));
    matters.extend(changed(asked)?);
    let mut paper = asked.paper("责任落实情况（领导一页）");
    paper.dense = true;
    paper.parts.push(Part::Table {
        caption: format!("截至{}", asked.request.day.zh()),
        columns: matters.iter().map(|matter| Column::figures(matter.title)).collect(),
        rows: vec![matters.iter().map(|matter| matter.count.to_string()).collect()],
    });
    let most = room(&matters);
    for matter in matters {
        paper.parts.push(Part::Heading {
            text: format!("{}（{}）", matter.title, matter.count),
        });
        paper.parts.push(match matter.count {
            0 => Part::Paragraph {
                text: matter.none.to_owned(),
            },
            _ => Part::List {
                entries: shortened(&matter.entries, most),
            },
        });
    }
    Ok(paper)
}

/// The first entries, and how many more there are.
fn shortened(entries: &[String], most: usize) -> Vec<String> {
    let cut = |entry: &String| match entry.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", entry.get(..end).unwrap_or(entry)),
        None => entry.clone(),
    };
    let mut first: Vec<String> = entries.iter().take(most).map(cut).collect();
    let more = entries.len().saturating_sub(most);
    if more > 0 {
        first.push(format!("另有 {more} 项，详见相应清单"));
    }
    first
}

/// How many entries of each list there is room for.
fn room(matters: &[Matter]) -> usize {
    let lines = |entry: &String| entry.chars().count().div_ceil(SIGNS).max(1);
    let taken = |most: usize| -> usize {
        let of_one = |matter: &Matter| -> usize {
            let entries = shortened(&matter.entries, most);
            entries.iter().map(lines).sum::<usize>().max(1).saturating_add(1)
        };
        matters.iter().map(of_one).sum()
    };
    (1..=MOST).rev().find(|most| taken(*most) <= LINES).unwrap_or(1)
}

fn without_letter(asked: &Asked<'_>) -> Result<Matter> {
    let cascade = asked.view.cascade_under(&asked.rule_sets()?);
    let known = cascade.is_some();
    let links = cascade.map(|cascade| cascade.links).unwrap_or_default();
    let mut by_class: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut count = 0_usize;
    for link in links.into_iter().filter(|link| link.letters.is_empty()) {
        count = count.saturating_add(1);
        by_class.entry(link.class).or_default().push(link.name);
    }
    let entries = by_class.into_iter().map(|(class, names)| {
        let first: Vec<&str> = names.iter().take(NAMES).map(String::as_str).collect();
        let rest = if names.len() > NAMES { "等" } else { "" };
        format!("{class} {} 个：{}{rest}", names.len(), first.join("、"))
    });
    Ok(Matter {
        title: "未签责任书单位",
        count,
        none: match known {
            true => "层级链条上的单位均有上级责任书。",
            false => "规则集没有规定层级链条，无从核对。",
        },
        entries: entries.collect(),
    })
}

/// Letters, obligations, rectifications and steps of the assessment after their last day.
fn overdue(asked: &Asked<'_>) -> Result<Matter> {
    let when = asked.view.when();
    let mut entries = Vec::new();
    for letter in asked.view.letters().all() {
        if letter.state == LetterState::Overdue {
            entries.push(format!("“{}”逾期未签", letter.title()));
        }
    }
    for due in asked.view.due(&asked.rule_sets()?, None, None) {
        if due.state == DueState::Overdue {
            entries.push(format!("{}：{}应于{}前完成", due.name, due.record, due.due.zh()));
        }
    }
    let supervision = &asked.view.system().state().supervision;
    for standing in supervision.standings(None, when) {
        if standing.written_off.is_none() && standing.late > 0 {
            let unit = asked.unit_name(&standing.unit);
            entries.push(format!("{unit}：督查问题整改已逾期 {} 天", standing.late));
        }
    }
    if let Some(scheme) = asked.perhaps_scheme()
        && asked.assessment().roster(scheme.id(), when).is_some()
    {
        let standings = asked.assessment().standings(scheme.id(), None, None, when)?;
        let mut late: BTreeMap<Step, (usize, u32)> = BTreeMap::new();
        let steps = standings.subjects.iter().filter_map(|standing| standing.next.as_ref());
        for next in steps.filter(|next| next.overdue > 0) {
            let (count, longest) = late.entry(next.step).or_default();
            (*count, *longest) = (count.saturating_add(1), (*longest).max(next.overdue));
        }
        for (step, (count, longest)) in late {
            entries.push(format!("考核“{}”：{count} 个对象逾期，最长 {longest} 天", step.zh()));
        }
    }
    Ok(Matter {
        title: "逾期事项",
        count: entries.len(),
        none: "没有逾期事项。",
        entries,
    })
}

/// The suppliers that have not reported.
fn missing(asked: &Asked<'_>) -> Result<Option<Matter>> {
    let Some(scheme) = asked.perhaps_scheme() else {
        return Ok(None);
    };
    let missing = Year::missing(&asked.view, scheme, &asked.subjects(scheme)?)?;
    let mut owing: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let facts = missing.facts.into_iter().map(|fact| (fact.supplier, fact.overdue));
    let items = missing.items.into_iter().map(|item| (item.scorer, item.overdue));
    for (supplier, overdue) in facts.chain(items) {
        let name = supplier.map_or_else(|| "未指定报送单位".to_owned(), |unit| asked.unit_name(&unit));
        let (all, late) = owing.entry(name).or_default();
        (*all, *late) = (all.saturating_add(1), late.saturating_add(usize::from(overdue > 0)));
    }
    let entries: Vec<String> = owing
        .iter()
        .map(|(name, (all, late))| format!("{name}：缺报 {all} 项，其中逾期 {late} 项"))
        .collect();
    Ok(Some(Matter {
        title: "缺报单位",
        count: entries.len(),
        none: "应报数据均已报送。",
        entries,
    }))
}

/// How many objections and appeals are open.
fn appeals(asked: &Asked<'_>) -> Option<Matter> {
    let scheme = asked.perhaps_scheme()?;
    let when = asked.view.when();
    let all = asked.assessment().appeals_on(when.day, when.known);
    let open = all.filter(|appeal| *appeal.filed.scheme == *scheme.id() && appeal.decided.is_none());
    let count = open.count();
    Some(Matter {
        title: "待处理异议申诉",
        count,
        none: "没有待处理的异议和申诉。",
        entries: vec![format!("{count} 件尚未处理")],
    })
}

/// What is found now and was not found at the last look, and what is no longer found.
fn changed(asked: &Asked<'_>) -> Result<Option<Matter>> {
    let Some(look) = &asked.request.since else {
        return Ok(None);
    };
    let system = asked.view.system();
    let before = system.view(look.day.unwrap_or(asked.request.day), Some(look.known));
    let (then, now) = (findings(asked, &before)?, findings(asked, &asked.view)?);
    let key = |finding: &Finding| (finding.code, finding.subject.clone());
    let (old, current): (BTreeSet<_>, BTreeSet<_>) = (then.iter().map(key).collect(), now.iter().map(key).collect());
    let gone = old.difference(&current).count();
    let mut new: Vec<&Finding> = now.iter().filter(|finding| !old.contains(&key(finding))).collect();
    new.sort_by_key(|finding| finding.severity);
    let signed = in_force(&asked.view).difference(&in_force(&before)).count();
    let known = asked.view.when().known.min(system.head().position).sequence();
    let lines = known.saturating_sub(look.known.sequence());
    let count = new.len().saturating_add(gone).saturating_add(signed);
    let mut entries = vec![format!(
        "新增检查提示 {} 条，消除 {gone} 条；新生效责任书 {signed} 份；账本新增 {lines} 行",
        new.len()
    )];
    // What is said of assessments may name evidence and grounds: it is counted above, and told to the office alone.
    let told = new
        .iter()
        .filter(|finding| asked.looking == Looking::Office || !finding.code.starts_with("assessment."));
    // The like together: one of them, and how many there are.
    let mut alike: Vec<(&Finding, usize)> = Vec::new();
    for finding in told {
        match alike.iter_mut().find(|(first, _)| first.code == finding.code) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => alike.push((finding, 1)),
        }
    }
    entries.extend(alike.into_iter().map(|(first, count)| match count {
        1 => format!("新增：{}", first.zh),
        count => format!("新增同类 {count} 条，如：{}", first.zh),
    }));
    Ok(Some(Matter {
        title: "较上次查看的变化",
        count,
        none: "检查提示和责任书没有变化。",
        entries,
    }))
}

/// What the checks find in a view, under the rule set that the request names, else under those of its day.
fn findings(asked: &Asked<'_>, view: &View<'_>) -> Result<Vec<Finding>> {
    Ok(match asked.request.rule_set {
        Some(_) => view.findings_under(&asked.rule_sets()?),
        None => view.findings(),
    })
}

fn in_force(view: &View<'_>) -> BTreeSet<String> {
    view.letters().in_force().map(|letter| letter.id.to_owned()).collect()
}
