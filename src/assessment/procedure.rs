//! The procedure of a scheme: its steps in order, and their clocks. Data of a rule set.

use serde::Serialize;

use super::Assessment;
use crate::calendar::{Date, FirstDay, WorkCalendars, last_day_within};
use crate::error::Result;
use crate::ledger::Position;
use crate::registry::{Basis, Context, Registry};

crate::choice! {
    /// A step of an assessment.
    pub enum Step {
        /// The subject hands in what it claims of itself.
        SelfAssessment = "self_assessment" "自评",
        /// Whether what was handed in is complete.
        FormalCheck = "formal_check" "形式审查",
        /// The scorers confirm facts and points, item by item.
        Verification = "verification" "核验",
        /// The preliminary sheet is issued.
        Preliminary = "preliminary" "初评",
        /// The sheet reaches the subject.
        Delivery = "delivery" "送达",
        /// The subject states its view.
        Statement = "statement" "陈述",
        /// The preliminary result is looked at once more.
        Review = "review" "复核",
        /// Grades are proposed.
        Grades = "grades" "拟定等次",
        /// The results are made public.
        Publicity = "publicity" "公示",
        /// Somebody objects to a published result.
        Objection = "objection" "异议",
        /// The subject appeals.
        Appeal = "appeal" "申诉",
        /// Objections and appeals are decided.
        AppealDecision = "appeal_decision" "异议申诉处理",
        /// The competent body decides on the results.
        Decision = "decision" "研究决定",
        /// The sheet is approved.
        Approval = "approval" "审定",
        /// The results are announced.
        Circular = "circular" "通报",
        /// The papers go to the archive.
        Archive = "archive" "归档",
    }
}
crate::document::kept!(enum Step {
    0 SelfAssessment, 1 FormalCheck, 2 Verification, 3 Preliminary, 4 Delivery, 5 Statement, 6 Review, 7 Grades,
    8 Publicity, 9 Objection, 10 Appeal, 11 AppealDecision, 12 Decision, 13 Approval, 14 Circular, 15 Archive
});

impl Step {
    /// Rights of a subject or of others: nobody is late who does not use them.
    pub fn is_right(self) -> bool {
        matches!(self, Step::Statement | Step::Objection | Step::Appeal)
    }

    /// Whether the subject takes it, through a unit that it covers.
    pub fn is_of_subject(self) -> bool {
        matches!(self, Step::SelfAssessment | Step::Statement | Step::Appeal)
    }
}

crate::choice! {
    /// How the days of a clock are counted.
    pub enum Counting {
        /// Every day.
        Calendar = "calendar" "自然日",
        /// Working days, by the calendars of the ledger.
        Working = "working" "工作日",
    }
}
crate::document::kept!(enum Counting { 0 Calendar, 1 Working });

crate::choice! {
    /// What becomes of a step that is taken after its last day.
    pub enum Late {
        /// It is not taken.
        Refused = "refused" "逾期不予受理",
        /// It is taken, and found late.
        Found = "found" "逾期予以提示",
    }
}
crate::document::kept!(enum Late { 0 Refused, 1 Found });

crate::record! {
    /// A clock: so many days after a step.
    #[derive(Serialize)]
    pub struct Clock {
        /// How many days.
        pub days: u32,
        /// Which days count.
        pub counting: Counting,
        /// The step that starts it.
        pub after: Step,
        /// Whether the day of that step counts.
        pub first: FirstDay,
    }
}
crate::document::kept!(struct Clock { days, counting, after, first });

crate::record! {
    /// A step of a procedure.
    #[derive(Serialize)]
    pub struct StepRule {
        /// The step.
        pub step: Step,
        /// Whether the next step may be taken without it.
        pub optional: bool,
        /// Its last day, where that is fixed.
        pub by: Option<Date>,
        /// The clock that gives its last day.
        pub within: Option<Clock>,
        /// What becomes of it after its last day; without it statements, objections and appeals are refused, and
        /// everything else is found late.
        pub late: Option<Late>,
        /// The units that may take it; anybody whom the act allows when empty.
        pub units: Vec<String>,
    }
}
crate::document::kept!(struct StepRule { step, optional, by, within, late, units });

impl StepRule {
    /// What becomes of it after its last day.
    pub fn late(&self) -> Late {
        self.late.unwrap_or(match self.step.is_right() {
            true => Late::Refused,
            false => Late::Found,
        })
    }

    /// Whether the steps behind it must wait for it.
    pub fn is_awaited(&self) -> bool {
        !self.optional && !self.step.is_right()
    }
}

crate::record! {
    /// The procedure of one or more schemes.
    #[derive(Serialize)]
    pub struct Procedure {
        /// The schemes that it governs.
        pub schemes: Vec<String>,
        /// Its steps, in order.
        pub steps: Vec<StepRule>,
        /// What it rests on.
        pub basis: Vec<Basis>,
    }
}
crate::document::kept!(struct Procedure { schemes, steps, basis });

impl Procedure {
    /// A step with its place in the order.
    pub fn rule(&self, step: Step) -> Option<(usize, &StepRule)> {
        self.steps.iter().enumerate().find(|(_, rule)| rule.step == step)
    }

    /// Whether the first step is listed before the second; not when one of them is not listed.
    pub fn before(&self, first: Step, second: Step) -> bool {
        match (self.rule(first), self.rule(second)) {
            (Some((first, _)), Some((second, _))) => first < second,
            _ => false,
        }
    }

    /// The first document that it rests on.
    pub fn basis_zh(&self) -> Option<String> {
        self.basis.first().map(Basis::zh)
    }

    /// Enters the procedure for its schemes; `place` is where it stands in the act that adopts it.
    pub fn adopt(&self, registry: &Registry, assessment: &mut Assessment, place: &str, act: &Context<'_>) {
        for (index, rule) in self.steps.iter().enumerate() {
            let place = format!("{place}/steps/{index}");
            for (number, unit) in rule.units.iter().enumerate() {
                let place = format!("{place}/units/{number}");
                act.reference(&registry.units, &place, ("单位", "unit"), unit);
            }
            if self.rule(rule.step).is_some_and(|(first, _)| first < index) {
                act.refuse(
                    format!("{place}/step"),
                    "assessment.step_twice",
                    format!("“{}”在程序中出现两次", rule.step.zh()),
                    format!("step \"{}\" stands twice in the procedure", rule.step.word()),
                );
            }
            if rule.by.is_some() && rule.within.is_some() {
                act.refuse(
                    &place,
                    "assessment.two_last_days",
                    "by 与 within 只能填写一项",
                    "give \"by\" or \"within\", not both",
                );
            }
            let starts = rule.within.as_ref().map(|clock| clock.after);
            if let Some(after) = starts.filter(|after| self.rule(*after).is_none_or(|(start, _)| start >= index)) {
                act.refuse(
                    format!("{place}/within/after"),
                    "assessment.clock_without_start",
                    format!("期限起算于“{}”，但程序中在此之前没有这一步", after.zh()),
                    format!(
                        "the clock starts with \"{}\", which the procedure does not list before",
                        after.word()
                    ),
                );
            }
        }
        for scheme in &self.schemes {
            assessment.procedures.push(act.at, scheme, self.clone());
        }
    }
}

impl Assessment {
    /// Withdraws the procedures that the act at `said` adopted: its correction says what holds instead.
    pub fn withdraw_procedures(&mut self, said: Position, now: Position) {
        let keys: Vec<_> = self.procedures.keys(now).collect();
        for key in keys {
            self.procedures.retract(key, said, now);
        }
    }
}

impl Clock {
    /// The last day, when the step that starts the clock was taken on `start`.
    ///
    /// # Errors
    /// `calendar.year_not_covered` for working days of a year without a calendar; `calendar.beyond_last_day`.
    pub fn last_day(&self, start: Date, calendars: &WorkCalendars) -> Result<Date> {
        match self.counting {
            Counting::Calendar => last_day_within(start, self.days, self.first),
            Counting::Working => calendars.last_day_within(start, self.days, self.first),
        }
    }
}
