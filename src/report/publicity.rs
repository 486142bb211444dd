//! The publicity notice (公示): results that are settled, for how long, and how to object.

use super::asked::{Asked, refused};
use super::results::clock_zh;
use super::told::Held;
use super::{Column, Paper, Part};
use crate::assessment::{Course, Detail, Looking, Step};
use crate::calendar::Period;
use crate::error::Result;
use crate::scheme::Scheme;

pub(super) fn paper(asked: &Asked<'_>) -> Result<Paper> {
    let scheme = asked.scheme()?;
    let when = asked.view.when();
    let drafts = matches!(asked.looking, Looking::Office | Looking::Leaders);
    let mut subjects = asked.scored_subjects(scheme)?;
    if !drafts {
        subjects.retain(|subject| asked.assessment().is_public(scheme.id(), subject, when));
        asked.only_for(!subjects.is_empty())?;
    }
    let held: Result<Vec<Held>> = subjects
        .iter()
        .map(|subject| asked.must_hold(scheme, subject))
        .collect();
    let held = held?;
    asked.must_be_settled(&held)?;
    let period = period(asked, scheme, &subjects)?;
    let mut paper = asked.numbered(format!("关于《{}》考核结果的公示", scheme.text().title));
    let basis = asked
        .assessment()
        .procedure(scheme.id(), when.known)
        .and_then(|procedure| procedure.basis_zh())
        .map_or_else(String::new, |basis| format!("根据{basis}，"));
    paper.parts.push(Part::Paragraph {
        text: format!(
            "{basis}现将 {} 年度考核结果予以公示，公示期为{}。",
            scheme.text().year,
            period.zh()
        ),
    });
    paper.parts.push(results(asked, scheme, &held));
    paper.parts.push(Part::Paragraph {
        text: format!(
            "对公示结果有异议的，{}书面提出，写明所涉考核对象和理由，并附佐证。异议只涉及单位考核结果，不涉及个人评价。",
            objection(asked, scheme, &subjects)?
        ),
    });
    Ok(paper)
}

/// The days of the publicity: those that the ledger holds, else those that the request names.
fn period(asked: &Asked<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Period> {
    let held = subjects.iter().find_map(|subject| {
        let when = asked.view.when();
        let course = asked.assessment().course_of(scheme.id(), subject, when.day, when.known);
        let row = course.last(Step::Publicity)?;
        Period::new(row.value.on, row.value.until)
    });
    held.or(asked.request.period).ok_or_else(|| {
        refused(
            "report.publicity_of_when",
            "/period",
            "账本中还没有公示记录，请在 period 中写明公示的起止日期",
            "no publicity is in the ledger yet; say its first and last day in \"period\"",
        )
    })
}

fn results(asked: &Asked<'_>, scheme: &Scheme, held: &[Held]) -> Part {
    let ranked = held.iter().any(|held| held.told.rank.is_some());
    let row = |(index, held): (usize, &Held)| {
        let told = &held.told;
        let when = asked.view.when();
        let subject = &told.subject;
        let course = asked.assessment().course_of(scheme.id(), subject, when.day, when.known);
        let mut row = vec![
            index.saturating_add(1).to_string(),
            asked.subject_name(subject),
            told.total.zh(),
            proposed(course).unwrap_or_else(|| told.grade()),
        ];
        if ranked {
            row.push(told.rank.map(|rank| rank.zh()).unwrap_or_default());
        }
        row
    };
    let mut columns = vec![
        Column::figures("序号"),
        Column::text("考核对象"),
        Column::figures("得分"),
        Column::text("等次"),
    ];
    if ranked {
        columns.push(Column::figures("名次"));
    }
    Part::Table {
        caption: format!("{}年度考核结果", scheme.text().year),
        columns,
        rows: held.iter().enumerate().map(row).collect(),
    }
}

/// The grade that was proposed, which may be another than that of the sheet.
pub(super) fn proposed(course: Course<'_>) -> Option<String> {
    match &course.last(Step::Grades)?.value.detail {
        Detail::Graded { grade, .. } => Some(grade.to_string()),
        _ => None,
    }
}

/// `可在2024年2月23日前（含当日）`.
fn objection(asked: &Asked<'_>, scheme: &Scheme, subjects: &[String]) -> Result<String> {
    let when = asked.view.when();
    let procedure = asked.assessment().procedure(scheme.id(), when.known);
    let rule = procedure.and_then(|procedure| procedure.rule(Step::Objection));
    let Some((_, rule)) = rule else {
        return Ok("可在公示期内".to_owned());
    };
    for subject in subjects {
        let course = asked.assessment().course_of(scheme.id(), subject, when.day, when.known);
        if course.last(Step::Publicity).is_some()
            && let Some(day) = course.last_day(rule)?
        {
            return Ok(format!("可在{}前（含当日）", day.zh()));
        }
    }
    Ok(match (&rule.within, rule.by) {
        (Some(clock), _) => format!("可在{}", clock_zh(clock)),
        (None, Some(by)) => format!("可在{}前（含当日）", by.zh()),
        (None, None) => "可在公示期内".to_owned(),
    })
}
