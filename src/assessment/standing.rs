//! Where every subject of a roster stands: what is behind it, what comes next, who must act and by when.

use serde::Serialize;

use super::audience::Looking;
use super::course::Course;
use super::procedure::{Procedure, Step, StepRule};
use super::roster::{How, RosterEntry};
use super::{Assessment, Audience, ReferralStanding, Ruling};
use crate::calendar::{Date, days_late};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::registry::When;

/// A step that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TakenStep {
    /// The step.
    pub step: Step,
    /// Its day.
    pub on: Date,
    /// Its last day, when it lasts longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The unit that took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A step that is to be taken, or may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextStep {
    /// The step.
    pub step: Step,
    /// What people call it.
    pub zh: &'static str,
    /// The units that may take it; empty when the procedure leaves it open.
    pub who: Vec<String>,
    /// Its last day, when a clock runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// How many days it is overdue; 0 on its last day and before.
    pub overdue: u32,
}

/// An objection or appeal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppealStanding {
    /// Its id.
    pub id: String,
    /// Objection or appeal.
    pub kind: Step,
    /// The line that it is about; the whole result when missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The grounds.
    pub grounds: String,
    /// The day on which it was filed.
    pub filed: Date,
    /// How it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Date>,
    /// The last day for its decision, when a clock runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
}

/// Where one subject stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The subject.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// How the roster assesses it.
    pub how: How,
    /// The last step of the procedure that is behind it; missing at the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Step>,
    /// The next step that somebody waits for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextStep>,
    /// The rights that may be used now.
    pub open: Vec<NextStep>,
    /// The steps that were taken, in the order of their days.
    pub steps: Vec<TakenStep>,
    /// How many sheets were issued: each is a version.
    pub versions: usize,
    /// Objections and appeals about it, for those who may see them.
    pub appeals: Vec<AppealStanding>,
    /// How many there are.
    pub appeals_filed: usize,
    /// Referrals about it, for the subject and the office.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub referrals: Vec<ReferralStanding>,
}

/// Where the subjects of a scheme stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Standings {
    /// The scheme.
    pub scheme: String,
    /// Those that the audience may see, in the order of the roster.
    pub subjects: Vec<Standing>,
    /// How many others are on the roster.
    pub others: usize,
}

impl Assessment {
    /// Where the subjects of a scheme stand on a day, one or all, as an audience may see it.
    ///
    /// # Errors
    /// Not found without a roster of that day, or when the subject is not on it; a document error of the audience; a
    /// calendar error when a clock counts working days of a year without a calendar.
    pub fn standings(
        &self,
        scheme: &str,
        subject: Option<&str>,
        audience: Option<&Audience>,
        when: When,
    ) -> Result<Standings> {
        let looking = audience.map_or(Ok(Looking::Office), Audience::looking)?;
        let roster = self.roster(scheme, when).ok_or_else(|| no_roster(scheme))?;
        if let Some(subject) = subject
            && roster.entry(subject).is_none()
        {
            let (zh, en) = (
                format!("考核对象“{subject}”不在办法“{scheme}”的考核名单中"),
                format!("subject \"{subject}\" is not on the roster of scheme \"{scheme}\""),
            );
            let finding = Finding::error("assessment.not_in_roster", "/subject", zh, en);
            return Err(Error::one(ErrorKind::NotFound, finding));
        }
        let mut subjects = Vec::new();
        let asked = |entry: &&RosterEntry| subject.is_none_or(|subject| subject == entry.subject);
        for entry in roster.entries.iter().filter(asked) {
            if self.may_see(looking, scheme, &entry.subject, when) {
                let standing = self.standing(scheme, entry, when)?;
                subjects.push(standing.shown_to(looking));
            }
        }
        let others = roster.entries.len().saturating_sub(subjects.len());
        let scheme = scheme.to_owned();
        Ok(Standings {
            scheme,
            subjects,
            others,
        })
    }

    fn may_see(&self, looking: Looking<'_>, scheme: &str, subject: &str, when: When) -> bool {
        match looking {
            Looking::Office | Looking::Leaders => true,
            Looking::Subject(own) => own == subject,
            Looking::Scorer(unit) => !self.items_of(unit, scheme, subject, when).is_empty(),
            Looking::Public => self.is_public(scheme, subject, when),
        }
    }

    fn standing(&self, scheme: &str, entry: &RosterEntry, when: When) -> Result<Standing> {
        let course = self.course_of(scheme, &entry.subject, when.day, when.known);
        let procedure = self.procedure(scheme, when.known).filter(|_| entry.has_sheet());
        let mut steps: Vec<TakenStep> = course.taken();
        steps.sort_by_key(|taken| (taken.on, taken.step));
        let (mut next, mut open) = (None, Vec::new());
        if let Some(procedure) = procedure {
            if let Some(rule) = course.next(procedure) {
                next = Some(course.next_step(rule)?);
            }
            for rule in procedure.steps.iter().filter(|rule| rule.step.is_right()) {
                if course.awaited(procedure, rule.step).is_none() && course.approved().is_none() {
                    let right = course.next_step(rule)?;
                    open.extend((right.overdue == 0 && right.by.is_some()).then_some(right));
                }
            }
        }
        let decision = procedure.and_then(|procedure| procedure.rule(Step::AppealDecision));
        let mut appeals = Vec::new();
        for appeal in course.objections() {
            let by = match decision {
                Some((_, rule)) => course.decided_by(rule, appeal.filed.on)?,
                None => None,
            };
            appeals.push(AppealStanding {
                id: appeal.id.to_owned(),
                kind: appeal.filed.step,
                line: appeal.filed.line.as_deref().map(str::to_owned),
                grounds: appeal.filed.grounds.to_string(),
                filed: appeal.filed.on,
                ruling: appeal.decided.map(|(ruling, _)| ruling),
                decided: appeal.decided.map(|(_, on)| on),
                by,
            });
        }
        let subject = self.subject(&entry.subject, when.known);
        Ok(Standing {
            subject: entry.subject.clone(),
            name: subject.map_or_else(String::new, |subject| subject.name.clone()),
            how: entry.how(),
            state: procedure.map_or_else(
                || steps.last().map(|taken| taken.step),
                |procedure| course.state(procedure),
            ),
            next,
            open,
            steps,
            versions: course.versions().count(),
            appeals_filed: appeals.len(),
            referrals: course.referrals(),
            appeals,
        })
    }
}

impl Standing {
    /// Without what the audience may not see.
    fn shown_to(mut self, looking: Looking<'_>) -> Self {
        match looking {
            Looking::Office => {}
            // An objection of somebody else to one's own result is one's own business, its grounds too.
            Looking::Subject(_) => {}
            Looking::Scorer(_) | Looking::Leaders => {
                self.appeals.clear();
                self.referrals.clear();
            }
            Looking::Public => {
                self.appeals.clear();
                self.referrals.clear();
                self.appeals_filed = 0;
                self.steps.clear();
                self.open.clear();
                self.next = None;
                self.versions = 0;
            }
        }
        self
    }
}

fn no_roster(scheme: &str) -> Error {
    let zh = format!("办法“{scheme}”没有考核名单，请先以 roster.adopted 登记");
    let en = format!("scheme \"{scheme}\" has no roster; enter one with roster.adopted");
    Error::one(
        ErrorKind::NotFound,
        Finding::error("assessment.no_roster", "/scheme", zh, en),
    )
}

impl<'a> Course<'a> {
    /// The steps that were taken, also those that have tables of their own.
    fn taken(self) -> Vec<TakenStep> {
        let plain = |step: Step, on: Date| TakenStep {
            step,
            on,
            until: None,
            unit: None,
        };
        let mut taken: Vec<TakenStep> = self
            .steps()
            .map(|row| TakenStep {
                step: row.value.step,
                on: row.value.on,
                until: Some(row.value.until).filter(|until| *until != row.value.on),
                unit: row.value.unit.as_deref().map(str::to_owned),
            })
            .collect();
        taken.extend(self.versions().map(|row| plain(Step::Preliminary, row.value.on)));
        for appeal in self.objections() {
            taken.push(plain(appeal.filed.step, appeal.filed.on));
            taken.extend(appeal.decided.map(|(_, on)| plain(Step::AppealDecision, on)));
        }
        taken.extend(self.approvals().map(|row| plain(Step::Approval, row.value.on)));
        taken
    }

    /// The last step of the procedure that somebody waited for and that is behind the subject.
    fn state(self, procedure: &Procedure) -> Option<Step> {
        let taken = self.taken();
        let mut behind = procedure.steps.iter().rev();
        behind
            .find(|rule| taken.iter().any(|own| own.step == rule.step) && self.done(rule.step))
            .map(|rule| rule.step)
    }

    /// The first step that somebody waits for.
    pub(super) fn next(self, procedure: &Procedure) -> Option<&StepRule> {
        procedure
            .steps
            .iter()
            .find(|rule| rule.is_awaited() && !self.done(rule.step))
    }

    fn next_step(self, rule: &StepRule) -> Result<NextStep> {
        let by = match self.last(rule.step) {
            Some(row) if rule.step == Step::Publicity => Some(row.value.until),
            _ => self.last_day(rule)?,
        };
        Ok(NextStep {
            step: rule.step,
            zh: rule.step.zh(),
            who: self.who(rule),
            by,
            overdue: by.map_or(0, |by| days_late(by, self.day)),
        })
    }

    /// The units that may take a step.
    fn who(self, rule: &StepRule) -> Vec<String> {
        if rule.step == Step::Verification {
            let mut scorers: Vec<String> = self.unverified().map(|(_, unit, _)| unit.to_owned()).collect();
            scorers.sort_unstable();
            scorers.dedup();
            return scorers;
        }
        if rule.units.is_empty() && rule.step.is_of_subject() {
            let subject = self.assessment.subject(self.subject, self.known);
            return subject.map_or_else(Vec::new, |subject| subject.units.clone());
        }
        rule.units.clone()
    }

    /// The items that nobody verified, with who must and by when as far as the assignment says.
    pub fn unverified(self) -> impl Iterator<Item = (&'a str, &'a str, Option<Date>)> {
        let scorers = self.assessment.scorers_of(self.scheme, self.day, self.known);
        let open = scorers
            .into_iter()
            .filter(move |scorer| self.verified(&scorer.item).is_none());
        open.map(move |scorer| {
            let unit = self
                .assessment
                .acts_for(&scorer.unit, self.scheme, self.subject, self.day, self.known);
            (scorer.item.as_ref(), unit, scorer.by)
        })
    }

    /// The last day for the decision of what was filed on a day.
    ///
    /// # Errors
    /// As [`Course::last_day`].
    pub fn decided_by(self, rule: &StepRule, filed: Date) -> Result<Option<Date>> {
        match &rule.within {
            Some(clock) if matches!(clock.after, Step::Objection | Step::Appeal) => {
                let calendars = self.assessment.working_days(self.known);
                clock.last_day(filed, &calendars).map(Some)
            }
            _ => self.last_day(rule),
        }
    }
}
