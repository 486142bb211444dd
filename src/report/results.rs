//! Feedback and ranking from what the ledger holds.

use super::asked::Asked;
use super::feedback::{items, lines};
use super::publicity::proposed;
use super::ranking::ranked;
use super::told::Told;
use super::{Feedback, Paper, Part, Until};
use crate::assessment::{Clock, Counting, Course, Looking, Step};
use crate::calendar::FirstDay;
use crate::error::Result;
use crate::scheme::Scheme;
use crate::year::Year;

/// The feedback sheet of a subject: whole for itself and the office, its items for a scorer, totals and items for leaders.
pub(super) fn feedback(asked: &Asked<'_>) -> Result<Paper> {
    let (scheme, subject) = (asked.scheme()?, asked.subject()?);
    let may = match asked.looking {
        Looking::Subject(own) => own == subject,
        Looking::Public => false,
        Looking::Scorer(_) | Looking::Office | Looking::Leaders => true,
    };
    asked.only_for(may)?;
    let (mut told, trial) = match asked.request.trial {
        true => (scored(asked, scheme, &[subject.to_owned()])?, true),
        false => (vec![asked.must_hold(scheme, subject)?.told], false),
    };
    let Some(mut told) = told.pop() else {
        return Err(asked.not_for());
    };
    let (name, course) = (asked.subject_name(subject), asked.course(scheme, subject));
    let title = &scheme.text().title;
    let mut paper = match asked.looking {
        Looking::Scorer(_) | Looking::Leaders => asked.paper(format!("《{title}》得分情况：{name}")),
        _ => asked.numbered(format!("《{title}》得分反馈单{}", trial_mark(trial))),
    };
    paper.to = Some(name.clone());
    match asked.looking {
        Looking::Scorer(unit) => {
            let own = asked
                .assessment()
                .items_of(unit, scheme.id(), subject, asked.view.when());
            asked.only_for(!own.is_empty())?;
            told.items.retain(|item| own.contains(&item.id.as_str()));
            told.lines.retain(|line| own.contains(&line.item.as_str()));
            paper.to = Some(asked.unit_name(unit));
            let text = format!("你单位评分的“{name}”各项得分如下。");
            paper.parts = vec![Part::Paragraph { text }, items(&told), lines(&told.lines)];
        }
        Looking::Leaders => {
            paper.to = None;
            let text = format!("“{name}”{}。", standing(&told));
            paper.parts = vec![Part::Paragraph { text }, items(&told)];
        }
        _ => {
            // Nobody answers to a trial.
            let until = |right| match trial {
                true => Ok(None),
                false => until(asked, scheme, course, right),
            };
            let feedback = Feedback {
                scheme: title,
                subject: &name,
                reply_by: until(Step::Statement)?,
                appeal_by: until(Step::Appeal)?,
                issuer: None,
                date: None,
            };
            paper.parts = feedback.parts(&told);
        }
    }
    Ok(paper)
}

/// `得分 85 分，等次为合格，同类第 2 名`.
fn standing(told: &Told) -> String {
    let mut text = format!("得分 {} 分", told.total.zh());
    if !told.grades.is_empty() {
        text.push_str(&format!("，等次为{}", told.grade()));
    }
    if let Some(rank) = &told.rank {
        text.push_str(&format!("，同类第 {} 名", rank.zh()));
    }
    if !told.open.is_empty() {
        text.push_str(&format!("，另有 {} 项事实待查明", told.open.len()));
    }
    text
}

/// Until when a right may be used: nothing where the procedure does not give it.
fn until(asked: &Asked<'_>, scheme: &Scheme, course: Course<'_>, right: Step) -> Result<Option<Until>> {
    let known = asked.view.when().known;
    let procedure = asked.assessment().procedure(scheme.id(), known);
    let Some((_, rule)) = procedure.and_then(|procedure| procedure.rule(right)) else {
        return Ok(None);
    };
    // A clock that an earlier version started does not run for a sheet that has not reached the subject.
    let delivered = course.done(Step::Delivery);
    let after_delivery = rule.within.as_ref().filter(|clock| clock.after == Step::Delivery);
    match after_delivery.filter(|_| !delivered) {
        Some(clock) => Ok(Some(Until::Within(clock_zh(clock)))),
        None => Ok(match course.last_day(rule)? {
            Some(day) => Some(Until::Day(day)),
            None => rule.within.as_ref().map(|clock| Until::Within(clock_zh(clock))),
        }),
    }
}

/// `送达后 5 个工作日内（送达当日不计）`.
pub(super) fn clock_zh(clock: &Clock) -> String {
    let days = match clock.counting {
        Counting::Calendar => "日",
        Counting::Working => "个工作日",
    };
    let first = match clock.first {
        FirstDay::Counts => "计入",
        FirstDay::DoesNotCount => "不计",
    };
    let after = clock.after.zh();
    format!("{after}后 {} {days}内（{after}当日{first}）", clock.days)
}

/// The ranking of the roster: all for office and leaders, its own row for a subject, what is public for the public.
pub(super) fn ranking(asked: &Asked<'_>) -> Result<Paper> {
    asked.only_for(!matches!(asked.looking, Looking::Scorer(_)))?;
    let scheme = asked.scheme()?;
    let subjects = asked.scored_subjects(scheme)?;
    let all = subjects.len();
    let when = asked.view.when();
    let mut told = match asked.request.trial {
        true => scored(asked, scheme, &subjects)?,
        false => {
            let held = subjects.iter().filter_map(|subject| asked.held(scheme, subject));
            held.map(|held| held.told).collect()
        }
    };
    let held = told.len();
    match asked.looking {
        Looking::Subject(own) => told.retain(|told| told.subject == own),
        Looking::Public => {
            told.retain(|told| asked.assessment().is_public(scheme.id(), &told.subject, when) && told.is_settled())
        }
        _ => {}
    }
    asked.only_for(asked.looking != Looking::Public || !told.is_empty())?;
    let trial = asked.request.trial;
    let mut paper = asked.paper(format!("《{}》排名表{}", scheme.text().title, trial_mark(trial)));
    let shown = told.len();
    let named = told
        .into_iter()
        .map(|told| {
            let name = asked.subject_name(&told.subject);
            (name, with_proposal(asked, scheme, told))
        })
        .collect();
    paper.parts = ranked(named);
    let (without, hidden) = (all.saturating_sub(held), held.saturating_sub(shown));
    let mut rest = Vec::new();
    if hidden > 0 {
        rest.push(format!("另有 {hidden} 个考核对象不在查看范围之内"));
    }
    if without > 0 {
        rest.push(format!("名单中 {without} 个考核对象尚无印发的得分表"));
    }
    if !rest.is_empty() {
        let text = format!("{}。", rest.join("；"));
        paper.parts.push(Part::Paragraph { text });
    }
    Ok(paper)
}

/// With the grade that was proposed, once those who look may know it.
fn with_proposal(asked: &Asked<'_>, scheme: &Scheme, mut told: Told) -> Told {
    let when = asked.view.when();
    let early = matches!(asked.looking, Looking::Office | Looking::Leaders);
    if !asked.request.trial && (early || asked.assessment().is_public(scheme.id(), &told.subject, when)) {
        let course = asked
            .assessment()
            .course_of(scheme.id(), &told.subject, when.day, when.known);
        if let Some(grade) = proposed(course) {
            told.grades = vec![grade];
        }
    }
    told
}

fn trial_mark(trial: bool) -> &'static str {
    if trial { "（测算稿）" } else { "" }
}

/// Sheets scored from the facts of the ledger, for the office alone.
fn scored(asked: &Asked<'_>, scheme: &Scheme, subjects: &[String]) -> Result<Vec<Told>> {
    asked.only_for(asked.looking == Looking::Office)?;
    let assessed = Year::new().assess(&asked.view, scheme, subjects)?;
    Ok(assessed.sheets.iter().map(Told::from).collect())
}
