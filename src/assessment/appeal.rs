//! Objections (异议) and appeals (申诉), line by line, and their decision.

use super::Assessment;
use super::course::{Course, Taking};
use super::facts::{FactValues, settle};
use super::issue::Cause;
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::Value;
use crate::ledger::Position;
use crate::registry::{Context, Registry};

crate::record! {
    /// Files an objection to a published result. No person is named: a unit, or nobody.
    pub struct ObjectionFiled {
        /// Host id of the objection; objections and appeals share their ids.
        pub objection: String,
        /// The scheme.
        pub scheme: String,
        /// The subject whose result is objected to.
        pub subject: String,
        /// The unit that objects, when it is one.
        pub unit: Option<String>,
        /// The line of the sheet, by its id; the whole result when missing.
        pub line: Option<String>,
        /// The grounds, in a few words.
        pub grounds: String,
        /// References of the evidence.
        pub evidence: Vec<String>,
    }
}

crate::record! {
    /// Files an appeal of a subject against its own result.
    pub struct AppealFiled {
        /// Host id of the appeal; objections and appeals share their ids.
        pub appeal: String,
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that appeals: one that the subject covers.
        pub unit: String,
        /// The line of the sheet, by its id; the whole result when missing.
        pub line: Option<String>,
        /// The grounds, in a few words.
        pub grounds: String,
        /// References of the evidence.
        pub evidence: Vec<String>,
    }
}

crate::choice! {
    /// How an objection or appeal is decided.
    pub enum Ruling {
        /// It is right.
        Upheld = "upheld" "成立",
        /// It is right in part.
        Partly = "partly" "部分成立",
        /// It is not right.
        Rejected = "rejected" "不成立",
    }
}
crate::document::kept!(enum Ruling { 0 Upheld, 1 Partly, 2 Rejected });

crate::record! {
    /// Decides an objection or appeal.
    pub struct AppealDecided {
        /// The objection or appeal.
        pub appeal: String,
        /// The unit that decides.
        pub unit: String,
        /// How.
        pub ruling: Ruling,
        /// The facts that change.
        pub facts: Option<FactValues>,
        /// Why so.
        pub reason: String,
    }
}

/// What one act said of an objection or appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppealRow {
    /// It was filed.
    Filed(Box<Filed>),
    /// It was decided.
    Decided {
        /// How.
        ruling: Ruling,
        /// The unit that decided.
        unit: Box<str>,
        /// The day.
        on: Date,
        /// Why so.
        reason: Box<str>,
        /// The facts that it changed.
        facts: Box<[(String, Value)]>,
    },
}
crate::document::kept!(enum AppealRow { 0 Filed(a), 1 Decided { ruling, unit, on, reason, facts } });

/// An objection or appeal as it was filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// Which of the two.
    pub step: Step,
    /// The scheme.
    pub scheme: Box<str>,
    /// The subject.
    pub subject: Box<str>,
    /// The unit that filed it.
    pub unit: Option<Box<str>>,
    /// The line of the sheet.
    pub line: Option<Box<str>>,
    /// The grounds.
    pub grounds: Box<str>,
    /// References of the evidence.
    pub evidence: Vec<String>,
    /// The day.
    pub on: Date,
}
crate::document::kept!(struct Filed { step, scheme, subject, unit, line, grounds, evidence, on });

/// An objection or appeal with its decision, up to a day.
#[derive(Clone, Copy, Debug)]
pub struct Appeal<'a> {
    /// Its id.
    pub id: &'a str,
    /// As it was filed.
    pub filed: &'a Filed,
    /// How and when it was decided.
    pub decided: Option<(Ruling, Date)>,
    /// What was answered to it, once it is decided.
    pub answer: Option<Answer<'a>>,
}

/// The answer to an objection or appeal.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The unit that decided.
    pub unit: &'a str,
    /// Why so.
    pub reason: &'a str,
    /// The facts that it changed.
    pub facts: &'a [(String, Value)],
    /// Where the ledger says so.
    pub at: Position,
}

const APPEAL: (&str, &str) = ("异议或申诉", "objection or appeal");

impl ObjectionFiled {
    /// Files the objection.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        if let Some(unit) = &self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
        }
        let filed = Filed {
            step: Step::Objection,
            scheme: self.scheme.into(),
            subject: self.subject.into(),
            unit: self.unit.map(Into::into),
            line: self.line.map(Into::into),
            grounds: self.grounds.into(),
            evidence: self.evidence,
            on: act.effective,
        };
        filed.file(&self.objection, "/objection", assessment, act);
    }
}

impl AppealFiled {
    /// Files the appeal.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        let filed = Filed {
            step: Step::Appeal,
            scheme: self.scheme.into(),
            subject: self.subject.into(),
            unit: Some(self.unit.into()),
            line: self.line.map(Into::into),
            grounds: self.grounds.into(),
            evidence: self.evidence,
            on: act.effective,
        };
        filed.file(&self.appeal, "/appeal", assessment, act);
    }
}

impl Filed {
    fn file(self, id: &str, place: &str, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        act.introduce(&mut assessment.appeals, place, APPEAL, id);
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: self.step,
            unit: self.unit.as_deref(),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        if let Some(line) = &self.line {
            let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
            course.has_line(line, "/line", act);
        }
        assessment.appeals.push(act.at, id, AppealRow::Filed(Box::new(self)));
    }
}

impl AppealDecided {
    /// Decides it.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&registry.units, "/unit", ("单位", "unit"), &self.unit);
        let Some(key) = act.reference(&assessment.appeals, "/appeal", APPEAL, &self.appeal) else {
            return;
        };
        act.supersede(&mut assessment.appeals, key);
        let (mut filed, mut decided) = (None, false);
        for row in assessment.appeals.rows(key, act.at) {
            match &row.value {
                AppealRow::Filed(own) => filed = Some(own.clone()),
                AppealRow::Decided { .. } => decided = true,
            }
        }
        if decided {
            act.refuse(
                "/appeal",
                "assessment.appeal_decided",
                format!("“{}”已经处理；更正请用 corrects 注明原行为", self.appeal),
                format!(
                    "\"{}\" is decided already; to correct it, cite the act in \"corrects\"",
                    self.appeal
                ),
            );
        }
        let Some(filed) = filed else { return };
        act.in_order("/effective", filed.on, Some(act.effective));
        assessment.not_its_own(&filed.subject, &self.unit, "/unit", act);
        let taking = Taking {
            scheme: &filed.scheme,
            subject: &filed.subject,
            step: Step::AppealDecision,
            unit: Some(&self.unit),
            place: "/appeal",
        };
        assessment.gate(&taking, act);
        let facts = self.facts.map_or_else(Vec::new, |facts| facts.0);
        if self.ruling == Ruling::Rejected && !facts.is_empty() {
            act.refuse(
                "/facts",
                "assessment.kept_but_changed",
                "不成立的，不能同时变更事实",
                "what is rejected changes no facts",
            );
        }
        if self.ruling != Ruling::Rejected {
            assessment.decide(&filed.scheme, &filed.subject, Cause::Appeal, None, act);
        }
        let pair = Assessment::pair(&filed.scheme, &filed.subject);
        settle(&mut assessment.facts, &pair, facts.clone(), act.at);
        let row = AppealRow::Decided {
            ruling: self.ruling,
            unit: self.unit.into(),
            on: act.effective,
            reason: self.reason.into(),
            facts: facts.into(),
        };
        assessment.appeals.push(act.at, &self.appeal, row);
    }
}

impl Assessment {
    /// The objections and appeals up to a day, as known at a position, in the order of their ids.
    pub fn appeals_on(&self, day: Date, known: Position) -> impl Iterator<Item = Appeal<'_>> {
        self.appeals.keys(known).filter_map(move |key| {
            let (mut filed, mut decided, mut answer) = (None, None, None);
            for row in self.appeals.rows(key, known) {
                match &row.value {
                    AppealRow::Filed(own) if own.on <= day => filed = Some(own.as_ref()),
                    AppealRow::Decided {
                        ruling,
                        unit,
                        on,
                        reason,
                        facts,
                    } if *on <= day => {
                        decided = Some((*ruling, *on));
                        answer = Some(Answer {
                            unit,
                            reason,
                            facts,
                            at: row.from,
                        });
                    }
                    _ => {}
                }
            }
            let id = self.appeals.id(key);
            filed.map(|filed| Appeal {
                id,
                filed,
                decided,
                answer,
            })
        })
    }

    pub(super) fn has_open_appeal(&self, scheme: &str, subject: &str, day: Date, known: Position) -> bool {
        self.course_of(scheme, subject, day, known)
            .objections()
            .any(|appeal| appeal.decided.is_none())
    }
}

impl<'a> Course<'a> {
    /// The objections and appeals about the subject up to the day, in the order of their ids.
    pub fn objections(self) -> impl Iterator<Item = Appeal<'a>> {
        let all = self.assessment.appeals_on(self.day, self.known);
        all.filter(move |appeal| *appeal.filed.scheme == *self.scheme && *appeal.filed.subject == *self.subject)
    }

    /// Those of one kind, as they were filed.
    pub(super) fn appeals(self, step: Step) -> impl Iterator<Item = &'a Filed> {
        self.objections()
            .map(|appeal| appeal.filed)
            .filter(move |filed| filed.step == step)
    }
}
