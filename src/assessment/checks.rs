//! What is late, missing or odd in the assessments of a day. Nothing here stops anything.

use super::course::{Course, Detail, member};
use super::procedure::{Procedure, Step};
use super::{Assessment, Standing, Standings};
use crate::calendar::{Date, days_late};
use crate::error::Finding;
use crate::registry::When;

/// What is found for the schemes that have a procedure and a roster, in the order of their ids and of the roster.
pub fn findings(assessment: &Assessment, when: When) -> Vec<Finding> {
    let mut found = Vec::new();
    for (scheme, _) in assessment.rosters_on(when) {
        let Some(procedure) = assessment.procedure(scheme, when.known) else {
            continue;
        };
        let standings = match assessment.standings(scheme, None, None, when) {
            Ok(standings) => standings,
            Err(error) => {
                // A calendar that is missing is told once, not for every subject.
                let told = error.findings().iter().map(|finding| {
                    Finding::warning("assessment.no_calendar", finding.zh.clone(), finding.en.clone()).about(scheme)
                });
                found.extend(told);
                continue;
            }
        };
        let own = Check {
            assessment,
            procedure,
            when,
        };
        own.scheme(&standings, &mut found);
    }
    found
}

struct Check<'a> {
    assessment: &'a Assessment,
    procedure: &'a Procedure,
    when: When,
}

impl Check<'_> {
    fn scheme(&self, standings: &Standings, found: &mut Vec<Finding>) {
        for standing in &standings.subjects {
            let course =
                self.assessment
                    .course_of(&standings.scheme, &standing.subject, self.when.day, self.when.known);
            let before = found.len();
            overdue(standing, found);
            self.late(course, found);
            self.papers(course, found);
            self.evidence(course, found);
            self.grades(course, found);
            self.judges(course, found);
            for finding in found.iter_mut().skip(before) {
                *finding = finding.clone().about(standing.subject.as_str());
            }
        }
        self.late_scorers(standings, found);
        let basis = self.procedure.basis_zh();
        for finding in found.iter_mut().filter(|finding| finding.basis.is_none()) {
            finding.basis.clone_from(&basis);
        }
    }

    /// Scorers that verified after the day by which they had to report, each told once with how many subjects waited.
    fn late_scorers(&self, standings: &Standings, found: &mut Vec<Finding>) {
        for scorer in self
            .assessment
            .scorers_of(&standings.scheme, self.when.day, self.when.known)
        {
            let Some(by) = scorer.by else { continue };
            let late = standings.subjects.iter().filter_map(|standing| {
                let course =
                    self.assessment
                        .course_of(&standings.scheme, &standing.subject, self.when.day, self.when.known);
                let verified = course.verified(&scorer.item).filter(|verified| verified.on > by);
                verified
                    .filter(|verified| verified.scorer == scorer.unit)
                    .map(|verified| verified.on)
            });
            let late: Vec<Date> = late.collect();
            let Some(last) = late.iter().max() else { continue };
            let (unit, item, subjects) = (&scorer.unit, &scorer.item, late.len());
            let days = days_late(by, *last);
            let zh = format!("“{unit}”对项目“{item}”的核验应于 {by} 前报送，有 {subjects} 个对象迟报，最迟 {days} 天");
            let en = format!(
                "\"{unit}\" was to verify item \"{item}\" by {by}; {subjects} subjects came later, up to {days} days"
            );
            found.push(Finding::warning("assessment.scorer_late", zh, en).about(unit.as_ref()));
        }
    }

    /// Steps that were taken after their last day, and publicity that was too short.
    fn late(&self, course: Course<'_>, found: &mut Vec<Finding>) {
        for row in course.steps().filter(|row| row.value.step != Step::Verification) {
            let (step, on) = (row.value.step, row.value.on);
            let then = self
                .assessment
                .course_of(course.scheme, course.subject, on, course.known);
            let Some((_, rule)) = self.procedure.rule(step) else {
                continue;
            };
            let Ok(Some(last)) = then.last_day(rule) else { continue };
            // The clock of a publicity is its length.
            if step == Step::Publicity {
                if row.value.until < last {
                    let zh = format!("公示至 {} 止，未满规定期限（{last}）", row.value.until);
                    let en = format!("publicity ended on {}, before its full time ({last})", row.value.until);
                    found.push(Finding::warning("assessment.publicity_short", zh, en));
                }
            } else if on > last {
                let zh = format!("“{}”于 {on} 进行，迟于 {last}", step.zh());
                let en = format!("\"{}\" took place on {on}, after {last}", step.word());
                found.push(Finding::warning("assessment.step_late", zh, en));
            }
        }
        for appeal in course.objections() {
            let Some((_, rule)) = self.procedure.rule(Step::AppealDecision) else {
                continue;
            };
            let Ok(Some(last)) = course.decided_by(rule, appeal.filed.on) else {
                continue;
            };
            let until = appeal.decided.map_or(self.when.day, |(_, on)| on);
            if until > last {
                let days = days_late(last, until);
                let zh = format!(
                    "{}“{}”应于 {last} 前处理，逾期 {days} 天",
                    appeal.filed.step.zh(),
                    appeal.id
                );
                let en = format!("\"{}\" was to be decided by {last}; {days} days late", appeal.id);
                found.push(Finding::warning("assessment.appeal_overdue", zh, en));
            }
        }
    }

    /// Papers that came after what they should have come before.
    fn papers(&self, course: Course<'_>, found: &mut Vec<Finding>) {
        let Some(first) = course.first_issued() else { return };
        let closed = [Step::SelfAssessment, Step::FormalCheck, Step::Verification];
        for row in course.steps() {
            let step = row.value.step;
            if closed.contains(&step) && row.from > first.from {
                let zh = format!(
                    "“{}”（{}）在初评得分表之后才入账，请核对得分表",
                    step.zh(),
                    row.value.on
                );
                let en = format!(
                    "\"{}\" of {} came into the ledger after the preliminary sheet; check the sheet",
                    step.word(),
                    row.value.on
                );
                found.push(Finding::notice("assessment.late_paper", zh, en));
            }
        }
    }

    /// Evidence of days outside the part of the year for which the subject is assessed, unless its scorer refused it.
    fn evidence(&self, course: Course<'_>, found: &mut Vec<Finding>) {
        let Some(year) = self.year(course.scheme) else { return };
        let roster = self.assessment.roster(course.scheme, self.when);
        let entry = roster.and_then(|roster| roster.entry(course.subject));
        let (from, to) = entry.map_or((None, None), |entry| (entry.from, entry.to));
        let outside = |on: Date| {
            u32::from(on.year()) != year || from.is_some_and(|from| on < from) || to.is_some_and(|to| on > to)
        };
        for row in course.steps() {
            let Detail::Claimed { evidence, .. } = &row.value.detail else {
                continue;
            };
            for (item, reference, on) in evidence {
                let verdict = course
                    .verified(item)
                    .and_then(|verified| verified.evidence.iter().find(|(own, _)| own == reference));
                let Some(day) = on.filter(|on| outside(*on)) else {
                    continue;
                };
                if verdict.is_some_and(|(_, refused)| refused.is_some()) {
                    continue;
                }
                let (taken_zh, taken_en) = match verdict {
                    Some(_) => ("，已被采信", " and was accepted"),
                    None => ("", ""),
                };
                let zh =
                    format!("项目“{item}”的佐证“{reference}”（{day}）不在该对象 {year} 年的考核期内{taken_zh}，请核对");
                let en = format!(
                    "evidence \"{reference}\" of item \"{item}\" is of {day}, outside the part of {year} that is assessed{taken_en}"
                );
                found.push(Finding::warning("assessment.evidence_outside_year", zh, en));
            }
        }
    }

    fn year(&self, scheme: &str) -> Option<u32> {
        let mut adopted = self.assessment.schemes.latest(self.when.known);
        adopted
            .find(|(_, (_, adopted))| adopted.scheme == scheme)
            .map(|(_, (_, adopted))| adopted.year)
    }

    /// A proposed grade that is not that of the sheet.
    fn grades(&self, course: Course<'_>, found: &mut Vec<Finding>) {
        let Some(row) = course.last(Step::Grades) else { return };
        let Detail::Graded { grade, reason } = &row.value.detail else {
            return;
        };
        let sheet = course.issued().and_then(|issued| issued.value.grade.as_deref());
        let Some(sheet) = sheet.filter(|sheet| *sheet != grade.as_ref()) else {
            return;
        };
        let why = reason.as_deref().unwrap_or("未写明理由");
        let zh = format!("拟定等次“{grade}”与得分表的“{sheet}”不同（{why}）");
        let en = format!("the proposed grade \"{grade}\" is not that of the sheet, \"{sheet}\"");
        found.push(Finding::warning("assessment.grade_differs", zh, en));
    }

    /// A line that was judged by the unit that scored its item, and a ruling that changes nothing.
    fn judges(&self, course: Course<'_>, found: &mut Vec<Finding>) {
        let scored = |line: &str, unit: &str| {
            let item = course.item_of(line);
            item.and_then(|item| course.verified(&item))
                .is_some_and(|verified| *verified.scorer == *unit)
        };
        for appeal in course.objections() {
            let decider = course.assessment.decider(appeal.id, course.known);
            let (Some(line), Some(unit)) = (&appeal.filed.line, decider) else {
                continue;
            };
            if scored(line, unit) {
                let zh = format!("“{}”由原评分单位“{unit}”自行处理", appeal.id);
                let en = format!("\"{}\" was decided by the unit that scored it, \"{unit}\"", appeal.id);
                found.push(Finding::warning("assessment.decided_by_scorer", zh, en));
            }
        }
    }
}

/// The next step, when its last day is over.
fn overdue(standing: &Standing, found: &mut Vec<Finding>) {
    let Some(next) = standing.next.as_ref().filter(|next| next.overdue > 0) else {
        return;
    };
    let Some(by) = next.by else { return };
    // A publicity that runs is not overdue; one that was not held is.
    let who = next.who.join("、");
    let by_whom = if who.is_empty() {
        String::new()
    } else {
        format!("（{who}）")
    };
    let zh = format!("“{}”{by_whom}应于 {by} 前完成，已逾期 {} 天", next.zh, next.overdue);
    let en = format!(
        "\"{}\" was due by {by}; {} days overdue",
        next.step.word(),
        next.overdue
    );
    found.push(Finding::warning("assessment.step_overdue", zh, en));
}

impl Course<'_> {
    /// The item that a line of the sheet issued last is about.
    fn item_of(self, line: &str) -> Option<String> {
        let issued = self.issued()?;
        let sheet = crate::document::parse(issued.value.sheet.as_bytes()).ok()?;
        let Some(crate::document::Value::List(lines)) = sheet.get("lines") else {
            return None;
        };
        let own = lines.iter().find(|own| member(own, "id") == Some(line))?;
        member(own, "item").map(str::to_owned)
    }
}

impl Assessment {
    /// The unit that decided an objection or appeal.
    fn decider(&self, id: &str, known: crate::ledger::Position) -> Option<&str> {
        let key = self.appeals.key(id)?;
        let mut rows = self.appeals.rows(key, known);
        rows.find_map(|row| match &row.value {
            super::AppealRow::Decided { unit, .. } => Some(unit.as_ref()),
            super::AppealRow::Filed(_) => None,
        })
    }
}
