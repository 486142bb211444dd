//! What a subject hands in of itself, and the formal check of it.

use super::Assessment;
use super::course::{Detail, StepRow, Taking};
use super::facts::{FactValues, settle};
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::exact::Exact;
use crate::registry::{Context, Registry};

crate::record! {
    /// The points that a subject claims for an item.
    pub struct ClaimedPoints {
        /// The item.
        pub item: String,
        /// The points.
        pub points: Exact,
    }
}

crate::record! {
    /// Evidence (佐证) that is handed in for an item; it stays with the host.
    pub struct ClaimedEvidence {
        /// The item.
        pub item: String,
        /// The host's reference.
        pub reference: String,
        /// The day that it proves something of.
        pub on: Option<Date>,
    }
}

crate::record! {
    /// A subject hands in its self-assessment (自评). It is locked then: it can be handed in again only when the formal
    /// check gave it back, or by a correction.
    pub struct SelfAssessmentSubmitted {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that hands it in: one that the subject covers.
        pub unit: String,
        /// The facts that it claims. What it does not speak of is taken as recorded.
        pub facts: Option<FactValues>,
        /// The points that it claims, item by item.
        pub points: Vec<ClaimedPoints>,
        /// The evidence that it hands in.
        pub evidence: Vec<ClaimedEvidence>,
    }
}

crate::choice! {
    /// What a formal check gives.
    pub enum Check {
        /// Everything is there.
        Complete = "complete" "材料齐全",
        /// It is given back, to be completed.
        Returned = "returned" "退回补正",
    }
}

crate::record! {
    /// Records the formal check (形式审查) of a self-assessment.
    pub struct FormalCheckRecorded {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that checked.
        pub unit: Option<String>,
        /// What it gave.
        pub outcome: Check,
        /// Why it was given back.
        pub reason: Option<String>,
    }
}

impl SelfAssessmentSubmitted {
    /// Keeps what is claimed.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
        if course.done(Step::SelfAssessment) {
            act.refuse(
                "",
                "assessment.self_assessment_locked",
                "自评已经提交并锁定；退回（formal_check.recorded）后方可重新提交",
                "the self-assessment is handed in and locked; it can be handed in again once it is given back",
            );
        }
        assessment.gate(
            &Taking {
                scheme: &self.scheme,
                subject: &self.subject,
                step: Step::SelfAssessment,
                unit: Some(&self.unit),
                place: "/subject",
            },
            act,
        );
        settle(
            &mut assessment.claims,
            &id,
            self.facts.map_or_else(Vec::new, |facts| facts.0),
            act.at,
        );
        let points = self.points.into_iter();
        let evidence = self.evidence.into_iter();
        let detail = Detail::Claimed {
            points: points.map(|claim| (claim.item.into(), claim.points)).collect(),
            evidence: evidence
                .map(|paper| (paper.item.into(), paper.reference.into(), paper.on))
                .collect(),
        };
        let row = StepRow::new(Step::SelfAssessment, act.effective, Some(self.unit), detail);
        assessment.course.push(act.at, &id, row);
    }
}

impl FormalCheckRecorded {
    /// Keeps the outcome.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(unit) = &self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
        }
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        assessment.gate(
            &Taking {
                scheme: &self.scheme,
                subject: &self.subject,
                step: Step::FormalCheck,
                unit: self.unit.as_deref(),
                place: "/subject",
            },
            act,
        );
        let returned = self.outcome == Check::Returned;
        if returned && self.reason.is_none() {
            act.refuse(
                "/reason",
                "assessment.reason_missing",
                "退回须写明理由",
                "giving it back needs a reason",
            );
        }
        let detail = Detail::Checked { returned };
        let row = StepRow::new(Step::FormalCheck, act.effective, self.unit, detail);
        assessment.course.push(act.at, &id, row);
    }
}

impl Assessment {
    /// The key of what a step says of a subject; a correction closes what the corrected act said first.
    pub(super) fn supersede_step(&mut self, scheme: &str, subject: &str, act: &Context<'_>) -> String {
        let id = Assessment::pair(scheme, subject);
        if let Some(key) = self.course.key(&id) {
            act.supersede(&mut self.course, key);
        }
        id
    }

    /// The points that a subject claims, by item, in its last self-assessment up to the day.
    pub fn claimed_points(&self, course: super::Course<'_>) -> Vec<(String, Exact)> {
        match course.last(Step::SelfAssessment).map(|row| &row.value.detail) {
            Some(Detail::Claimed { points, .. }) => {
                let points = points.iter();
                points
                    .map(|(item, points)| (item.to_string(), points.clone()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}
