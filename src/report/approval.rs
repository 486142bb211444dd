//! The approval table (审批表): what is to be approved, how it came about, and room for opinions and seals.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::publicity::proposed;
use super::told::Held;
use super::{Column, FormRow, Paper, Part};
use crate::assessment::{Course, Detail, How, Looking, Step};
use crate::error::Result;
use crate::scheme::Scheme;

/// Who writes an opinion, in order, where the request does not say.
const OPINIONS: [&str; 3] = ["考核办公室意见", "领导小组审核意见", "审定机关意见"];

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(matches!(asked.looking, Looking::Office | Looking::Leaders))?;
    let scheme = asked.scheme()?;
    match &asked.request.subject {
        Some(_) => of_one(asked, scheme, asked.subject()?),
        None => of_all(asked, scheme),
    }
}

fn of_one(asked: &Asked<'_>, scheme: &Scheme, subject: &str) -> Result<Paper> {
    let held = asked.must_hold(scheme, subject)?;
    asked.must_be_settled(std::slice::from_ref(&held))?;
    let when = asked.view.when();
    let course = asked.assessment().course_of(scheme.id(), subject, when.day, when.known);
    let mut paper = asked.paper(format!("《{}》考核结果审批表", scheme.text().title));
    paper.parts.push(Part::Form {
        caption: format!("{}年度", scheme.text().year),
        rows: result_rows(asked, scheme, course, &held, subject),
    });
    paper.parts.push(items(course, &held));
    paper.parts.push(steps(asked, scheme, subject)?);
    paper.parts.push(opinions(asked));
    Ok(paper)
}

fn result_rows(asked: &Asked<'_>, scheme: &Scheme, course: Course<'_>, held: &Held, subject: &str) -> Vec<FormRow> {
    let (assessment, when, told) = (asked.assessment(), asked.view.when(), &held.told);
    let mut rows = vec![FormRow::filled("考核对象", asked.subject_name(subject))];
    if let Some(known) = assessment.subject(subject, when.known) {
        let units: Vec<String> = known.units.iter().map(|unit| asked.unit_name(unit)).collect();
        rows.push(FormRow::filled("所含单位", units.join("、")));
        rows.push(FormRow::filled("类别", known.class.clone()));
    }
    let entry = assessment
        .roster(scheme.id(), when)
        .and_then(|roster| roster.entry(subject));
    if let Some(entry) = entry.filter(|entry| entry.how() != How::Whole) {
        let reason = entry.reason.as_deref().unwrap_or("");
        let share = entry
            .share
            .as_ref()
            .map_or_else(String::new, |share| format!("（{share}）"));
        let text = format!("{}{share}：{reason}", entry.how().zh());
        rows.push(FormRow::filled("考核方式", text));
    }
    rows.push(FormRow::filled("得分", format!("{} 分", told.total.zh())));
    rows.extend(
        told.rank
            .map(|rank| FormRow::filled("名次", format!("同类第 {} 名", rank.zh()))),
    );
    let (own, put) = (told.grade(), proposed(course));
    let grade = match put {
        Some(put) if put != own => {
            let reason = grade_reason(course).unwrap_or_else(|| "未写明".to_owned());
            format!("{put}（得分表等次为{own}；理由：{reason}）")
        }
        Some(put) => put,
        None => own,
    };
    rows.push(FormRow::filled("拟定等次", grade));
    let objections: Vec<_> = course.objections().collect();
    let open = objections.iter().filter(|appeal| appeal.decided.is_none()).count();
    let text = match objections.len() {
        0 => "无".to_owned(),
        all => format!("共 {all} 件，尚未处理 {open} 件"),
    };
    rows.push(FormRow::filled("异议申诉", text));
    let state = if held.approved { "审定" } else { "印发" };
    rows.push(FormRow::filled(
        "得分表",
        format!("{}{state}，SM3 摘要 {}", held.on.zh(), held.digest),
    ));
    rows
}

fn grade_reason(course: Course<'_>) -> Option<String> {
    match &course.last(Step::Grades)?.value.detail {
        Detail::Graded { reason, .. } => reason.as_deref().map(str::to_owned),
        _ => None,
    }
}

/// Items with the points that the subject claims beside those of the sheet.
fn items(course: Course<'_>, held: &Held) -> Part {
    let claimed: BTreeMap<&str, String> = match course.last(Step::SelfAssessment).map(|row| &row.value.detail) {
        Some(Detail::Claimed { points, .. }) => points
            .iter()
            .map(|(item, points)| (item.as_ref(), points.shown()))
            .collect(),
        _ => BTreeMap::new(),
    };
    let rows = held.told.items.iter().map(|item| {
        vec![
            item.id.clone(),
            item.title.clone(),
            item.full.shown(),
            claimed.get(item.id.as_str()).cloned().unwrap_or_default(),
            match item.applicable {
                true => item.points.zh(),
                false => "不适用".to_owned(),
            },
        ]
    });
    Part::Table {
        caption: "各项自评和考核得分".to_owned(),
        columns: vec![
            Column::text("编号"),
            Column::text("项目"),
            Column::figures("满分"),
            Column::figures("自评"),
            Column::figures("考核得分"),
        ],
        rows: rows.collect(),
    }
}

/// The steps behind the subject, with their days.
fn steps(asked: &Asked<'_>, scheme: &Scheme, subject: &str) -> Result<Part> {
    let assessment = asked.assessment();
    let mut standings = assessment.standings(scheme.id(), Some(subject), None, asked.view.when())?;
    let steps = standings
        .subjects
        .pop()
        .map(|standing| standing.steps)
        .unwrap_or_default();
    let row = |step: &crate::assessment::TakenStep| {
        let until = step.until.map_or_else(String::new, |until| format!("至{}", until.zh()));
        vec![
            step.step.zh().to_owned(),
            format!("{}{until}", step.on.zh()),
            step.unit
                .as_deref()
                .map(|unit| asked.unit_name(unit))
                .unwrap_or_default(),
        ]
    };
    Ok(Part::Table {
        caption: "考核过程".to_owned(),
        columns: vec![Column::text("步骤"), Column::text("日期"), Column::text("办理单位")],
        rows: steps.iter().map(row).collect(),
    })
}

fn opinions(asked: &Asked<'_>) -> Part {
    let given = asked.request.opinions.iter().map(String::as_str);
    let usual = OPINIONS.into_iter().filter(|_| asked.request.opinions.is_empty());
    let rows = given
        .chain(usual)
        .map(|label| FormRow::room(label, "（签字盖章）　　　　年　　月　　日"));
    Part::Form {
        caption: "审批意见".to_owned(),
        rows: rows.collect(),
    }
}

fn of_all(asked: &Asked<'_>, scheme: &Scheme) -> Result<Paper> {
    let when = asked.view.when();
    let roster = asked.assessment().roster(scheme.id(), when);
    let subjects = asked.subjects(scheme)?;
    let entry = |subject: &str| roster.and_then(|roster| roster.entry(subject));
    let (scored, left_out): (Vec<String>, Vec<String>) = subjects
        .into_iter()
        .partition(|subject| entry(subject).is_none_or(crate::assessment::RosterEntry::has_sheet));
    let held: Result<Vec<Held>> = scored.iter().map(|subject| asked.must_hold(scheme, subject)).collect();
    let held = held?;
    asked.must_be_settled(&held)?;
    let row = |(index, held): (usize, &Held)| {
        let told = &held.told;
        let course = asked
            .assessment()
            .course_of(scheme.id(), &told.subject, when.day, when.known);
        let objections = course.objections().count();
        vec![
            index.saturating_add(1).to_string(),
            asked.subject_name(&told.subject),
            told.cohort.clone().unwrap_or_default(),
            told.total.zh(),
            told.rank.map(|rank| rank.zh()).unwrap_or_default(),
            proposed(course).unwrap_or_else(|| told.grade()),
            objections.to_string(),
        ]
    };
    let mut paper = asked.paper(format!("《{}》考核结果审批表", scheme.text().title));
    paper.parts.push(Part::Table {
        caption: format!("{}年度考核结果（{} 个考核对象）", scheme.text().year, held.len()),
        columns: vec![
            Column::figures("序号"),
            Column::text("考核对象"),
            Column::text("同类组"),
            Column::figures("得分"),
            Column::figures("名次"),
            Column::text("拟定等次"),
            Column::figures("异议申诉件数"),
        ],
        rows: held.iter().enumerate().map(row).collect(),
    });
    let entries: Vec<String> = left_out
        .iter()
        .filter_map(|subject| {
            let entry = entry(subject)?;
            let reason = entry.reason.as_deref().unwrap_or("");
            Some(format!(
                "{}：{}。{reason}",
                asked.subject_name(subject),
                entry.how().zh()
            ))
        })
        .collect();
    if !entries.is_empty() {
        let text = "下列名单内对象不单独计分：".to_owned();
        paper.parts.extend([Part::Paragraph { text }, Part::List { entries }]);
    }
    paper.parts.push(opinions(asked));
    Ok(paper)
}
