//! The course of an assessment: the steps that were taken for a subject, and whether one more may be.

use super::procedure::{Late, Procedure, Step, StepRule};
use super::{Assessment, Verdict};
use crate::calendar::Date;
use crate::document::{Value, canonical};
use crate::error::Result;
use crate::exact::Exact;
use crate::ledger::{Position, Row};
use crate::registry::Context;

/// A step that was taken for a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The step.
    pub step: Step,
    /// Its day, the first one of a publicity.
    pub on: Date,
    /// Its last day: that of the publicity, else the same day.
    pub until: Date,
    /// The unit that took it.
    pub unit: Option<Box<str>>,
    /// What else it says.
    pub detail: Detail,
}
crate::document::kept!(struct StepRow { step, on, until, unit, detail });

/// What a step says besides that it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// The points that the subject claims by item, and the evidence that it hands in.
    Claimed {
        /// Points by item.
        points: Vec<(Box<str>, Exact)>,
        /// Evidence: item, reference and day.
        evidence: Vec<(Box<str>, Box<str>, Option<Date>)>,
    },
    /// Whether the self-assessment was given back.
    Checked {
        /// Given back, to be handed in again.
        returned: bool,
    },
    /// The digest of the sheet that reached the subject.
    Delivered(Box<str>),
    /// The outcome of a review.
    Reviewed(Verdict),
    /// The grade that is proposed, with the reason where it is not that of the sheet.
    Graded {
        /// The grade.
        grade: Box<str>,
        /// Why it is not that of the sheet.
        reason: Option<Box<str>>,
    },
    /// A paper: the document of a decision or circular, or the number in the archive.
    Paper(Box<str>),
}
crate::document::kept!(enum Detail {
    0 None, 1 Claimed { points, evidence }, 2 Checked { returned }, 3 Delivered(a), 4 Reviewed(a), 5 Graded {
    grade, reason }, 6 Paper(a)
});

impl StepRow {
    /// A step of one day.
    pub(super) fn new(step: Step, on: Date, unit: Option<String>, detail: Detail) -> Self {
        StepRow {
            step,
            on,
            until: on,
            unit: unit.map(Into::into),
            detail,
        }
    }

    fn returned(&self) -> bool {
        matches!(self.detail, Detail::Checked { returned: true })
    }
}

/// Whose assessment, up to which day, as known at which position.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) scheme: &'a str,
    pub(super) subject: &'a str,
    pub(super) day: Date,
    pub(super) known: Position,
}

impl Assessment {
    /// The course of a subject under a scheme up to a day, as known at a position.
    pub fn course_of<'a>(&'a self, scheme: &'a str, subject: &'a str, day: Date, known: Position) -> Course<'a> {
        Course {
            assessment: self,
            scheme,
            subject,
            day,
            known,
        }
    }
}

impl<'a> Course<'a> {
    /// The steps that were taken up to the day, in the order of the ledger.
    pub fn steps(self) -> impl DoubleEndedIterator<Item = &'a Row<StepRow>> {
        let table = &self.assessment.course;
        let key = table.key(&Assessment::pair(self.scheme, self.subject));
        key.into_iter()
            .flat_map(move |key| table.rows(key, self.known))
            .filter(move |row| row.value.on <= self.day)
    }

    /// The last time that a step was taken: by its day, then by its position.
    pub fn last(self, step: Step) -> Option<&'a Row<StepRow>> {
        self.steps()
            .filter(|row| row.value.step == step)
            .max_by_key(|row| (row.value.on, row.from))
    }

    /// The day on which a step began, for the clocks that it starts.
    pub fn began(self, step: Step) -> Option<Date> {
        match step {
            Step::Preliminary => self.issued().map(|row| row.value.on),
            Step::Approval => self.approved().map(|row| row.value.on),
            Step::Objection | Step::Appeal => self.appeals(step).map(|filed| filed.on).max(),
            _ => self.last(step).map(|row| row.value.on),
        }
    }

    /// Whether a step is behind the subject on the day.
    pub fn done(self, step: Step) -> bool {
        match step {
            Step::SelfAssessment => {
                let given_back = self.steps().filter(|row| row.value.returned());
                let given_back = given_back.map(|row| (row.value.on, row.from)).max();
                let handed_in = self.last(step).map(|row| (row.value.on, row.from));
                handed_in > given_back
            }
            Step::FormalCheck => self.last(step).is_some_and(|row| !row.value.returned()),
            Step::Verification => {
                let mut assigned = self
                    .assessment
                    .items_scored(self.scheme, self.day, self.known)
                    .peekable();
                match assigned.peek() {
                    Some(_) => assigned.all(|item| self.verified(item).is_some()),
                    None => self.verifications().next().is_some(),
                }
            }
            Step::Preliminary => self.issued().is_some(),
            Step::Delivery => self.issued().is_some_and(|sheet| {
                let delivered = |row: &Row<StepRow>| match &row.value.detail {
                    Detail::Delivered(digest) => *digest == sheet.value.digest,
                    _ => false,
                };
                self.steps().any(delivered)
            }),
            Step::Publicity => self.last(step).is_some_and(|row| row.value.until < self.day),
            Step::AppealDecision => !self
                .assessment
                .has_open_appeal(self.scheme, self.subject, self.day, self.known),
            Step::Approval => self.approved().is_some(),
            Step::Statement | Step::Review | Step::Grades | Step::Decision | Step::Circular | Step::Archive => {
                self.last(step).is_some()
            }
            Step::Objection | Step::Appeal => self.appeals(step).next().is_some(),
        }
    }

    /// Whether the steps behind `later` may go on over this one: it is done, or nobody waits for it. An objection is made
    /// while publicity lasts.
    fn clears(self, rule: &StepRule, later: Step) -> bool {
        match (rule.step, later) {
            (Step::Publicity, Step::Objection) => self.last(rule.step).is_some(),
            (step, _) => !rule.is_awaited() || self.done(step),
        }
    }

    /// The first step that must come before `step` and has not: `None` when nothing stands in its way.
    pub(super) fn awaited(self, procedure: &Procedure, step: Step) -> Option<Step> {
        // What was filed may be decided at once: its place says what must wait for the decision.
        if step == Step::AppealDecision {
            return None;
        }
        let (place, _) = procedure.rule(step)?;
        let earlier = procedure.steps.iter().take(place);
        earlier
            .filter(|rule| !self.clears(rule, step))
            .map(|rule| rule.step)
            .next()
    }

    /// The last day of a step, as far as one runs.
    ///
    /// # Errors
    /// A calendar error when working days of a year without a calendar are counted.
    pub fn last_day(self, rule: &StepRule) -> Result<Option<Date>> {
        let Some(clock) = &rule.within else {
            return Ok(rule.by);
        };
        match self.began(clock.after) {
            Some(start) => {
                let calendars = self.assessment.working_days(self.known);
                clock.last_day(start, &calendars).map(Some)
            }
            None => Ok(None),
        }
    }

    /// The day that closed a step, when it lies before the day of the course.
    fn closed(self, step: Step) -> Option<(Step, Date)> {
        let closing = match step {
            Step::SelfAssessment | Step::FormalCheck | Step::Verification => {
                (Step::Preliminary, self.first_issued().map(|row| row.value.on))
            }
            Step::Preliminary | Step::Delivery | Step::Grades | Step::Publicity | Step::Decision => {
                let approved = self.approved();
                let reopened = approved.is_some_and(|row| self.redetermined_since(row.from));
                (Step::Approval, approved.filter(|_| !reopened).map(|row| row.value.on))
            }
            _ => return None,
        };
        closing.1.filter(|on| *on < self.day).map(|on| (closing.0, on))
    }
}

/// A step that an act takes for a subject, as far as the procedure looks at it.
pub(super) struct Taking<'a> {
    pub(super) scheme: &'a str,
    pub(super) subject: &'a str,
    pub(super) step: Step,
    /// The unit that takes it, when the act names one.
    pub(super) unit: Option<&'a str>,
    /// Where the act names the subject.
    pub(super) place: &'a str,
}

impl Assessment {
    /// Refuses an act that the procedure makes impossible: not listed, out of order, passed, after its clock, taken by
    /// somebody else. Without a procedure everything goes.
    pub(super) fn gate(&self, taking: &Taking<'_>, act: &Context<'_>) {
        let step = taking.step;
        self.of_subject(taking, act);
        let Some(procedure) = self.procedure(taking.scheme, act.at) else {
            return;
        };
        let (zh, en) = (step.zh(), step.word());
        let Some((_, rule)) = procedure.rule(step) else {
            return act.refuse(
                taking.place,
                "assessment.step_not_in_procedure",
                format!("办法“{}”的程序没有“{zh}”这一步", taking.scheme),
                format!("the procedure of scheme \"{}\" has no step \"{en}\"", taking.scheme),
            );
        };
        let course = self.course_of(taking.scheme, taking.subject, act.effective, act.at);
        if let Some(missing) = course.awaited(procedure, step) {
            act.refuse(
                taking.place,
                "assessment.step_out_of_order",
                format!("“{zh}”之前须先完成“{}”，截至 {} 没有记录", missing.zh(), act.effective),
                format!(
                    "\"{en}\" comes after \"{}\", which has not happened by {}",
                    missing.word(),
                    act.effective
                ),
            );
        }
        if let Some((closing, on)) = course.closed(step) {
            act.refuse(
                "/effective",
                "assessment.step_passed",
                format!("“{}”已于 {on} 进行，此后不能再“{zh}”", closing.zh()),
                format!("\"{}\" took place on {on}; \"{en}\" cannot follow it", closing.word()),
            );
        }
        if rule.late() == Late::Refused {
            in_time(course, rule, act);
        }
        let entitled = |unit: &str| rule.units.is_empty() || rule.units.iter().any(|own| own == unit);
        if !rule.units.is_empty() && !taking.unit.is_some_and(entitled) {
            act.refuse(
                "/unit",
                "assessment.not_entitled",
                format!("“{zh}”须由 {} 办理", rule.units.join("、")),
                format!("\"{en}\" is for {}", rule.units.join(", ")),
            );
        }
    }

    /// What a subject does for itself is done by a unit that it covers.
    fn of_subject(&self, taking: &Taking<'_>, act: &Context<'_>) {
        let Some(subject) = self.subject(taking.subject, act.at) else {
            return;
        };
        if let Some(unit) = taking.unit.filter(|_| taking.step.is_of_subject())
            && !subject.covers(unit)
        {
            act.refuse(
                "/unit",
                "assessment.not_of_subject",
                format!("“{}”须由考核对象所含的单位提交，“{unit}”不在其中", taking.step.zh()),
                format!(
                    "\"{}\" is for a unit that the subject covers; \"{unit}\" is not one",
                    taking.step.word()
                ),
            );
        }
    }
}

/// Refuses a step after its last day, and one whose last day cannot be told.
fn in_time(course: Course<'_>, rule: &StepRule, act: &Context<'_>) {
    match course.last_day(rule) {
        Ok(Some(last)) if last < course.day => act.refuse(
            "/effective",
            "assessment.clock_run_out",
            format!("“{}”的期限已于 {last} 届满", rule.step.zh()),
            format!("the time for \"{}\" ran out on {last}", rule.step.word()),
        ),
        Ok(_) => {}
        Err(error) => {
            for finding in error.findings() {
                act.refuse("/effective", finding.code, finding.zh.clone(), finding.en.clone());
            }
        }
    }
}

/// A member of a sheet or another document as text.
pub(super) fn member<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_text)
}

/// The canonical bytes of a value.
pub(super) fn bytes(value: &Value) -> Box<str> {
    canonical(value).into()
}
