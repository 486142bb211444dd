//! Verification (核验): item by item, by the item's scorer.

use super::Assessment;
use super::course::{Course, Detail, StepRow, Taking};
use super::facts::{FactValues, settle};
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::{Cursor, Read, Shape, Value};
use crate::exact::Exact;
use crate::fact::FieldValue;
use crate::ledger::Row;
use crate::registry::{Context, Registry};

crate::record! {
    /// What became of a piece of evidence.
    pub struct EvidenceVerdict {
        /// The host's reference.
        pub reference: String,
        /// Whether it counts.
        pub accepted: bool,
        /// Why it does not count; needed then.
        pub reason: Option<String>,
    }
}

/// What was judged, kept as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedValue(pub Value);

impl Read for JudgedValue {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        FieldValue::read(at)?;
        Some(JudgedValue(at.value().into_owned()))
    }
    fn shape() -> Shape {
        FieldValue::shape()
    }
}

crate::record! {
    /// Something judged within a range that the scheme sets: what, who and why. It becomes the value of a judged fact.
    pub struct Discretion {
        /// The fact.
        pub fact: String,
        /// What was judged.
        pub value: JudgedValue,
        /// The post that judged.
        pub post: String,
        /// Why so.
        pub reason: String,
    }
}

crate::record! {
    /// A sample that stands for a whole.
    pub struct Sample {
        /// How many there are.
        pub of: u32,
        /// How it was drawn, in a few words.
        pub method: String,
        /// The host's references of what was drawn.
        pub drawn: Vec<String>,
    }
}
crate::document::kept!(struct Sample { of, method, drawn });

crate::record! {
    /// What was verified of an item.
    pub struct VerifiedItem {
        /// The item.
        pub item: String,
        /// The points that the scorer confirms. They do not make the score, which comes from the facts; where they differ,
        /// that is found.
        pub points: Option<Exact>,
        /// The facts that were confirmed. They take the place of what was reported.
        pub facts: Option<FactValues>,
        /// What was judged.
        pub discretion: Vec<Discretion>,
        /// What became of the evidence.
        pub evidence: Vec<EvidenceVerdict>,
        /// The sample that was looked at.
        pub sample: Option<Sample>,
    }
}

crate::record! {
    /// Records the verification of items of a subject by their scorer.
    pub struct VerificationRecorded {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that verified: the scorer of each item, or who acts instead.
        pub scorer: String,
        /// The items.
        pub items: Vec<VerifiedItem>,
    }
}

/// A verified item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The item.
    pub item: Box<str>,
    /// The unit that verified.
    pub scorer: Box<str>,
    /// The day.
    pub on: Date,
    /// The points that it confirms.
    pub points: Option<Exact>,
    /// The evidence with what became of it: the reason where it does not count.
    pub evidence: Vec<(Box<str>, Option<Box<str>>)>,
    /// The sample.
    pub sample: Option<Box<Sample>>,
}
crate::document::kept!(struct Verified { item, scorer, on, points, evidence, sample });

impl VerificationRecorded {
    /// Keeps what was verified.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        act.reference(&registry.units, "/scorer", ("单位", "unit"), &self.scorer);
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Verification,
            unit: Some(&self.scorer),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        assessment.not_its_own(&self.subject, &self.scorer, "/scorer", act);
        for (index, item) in self.items.into_iter().enumerate() {
            let place = format!("/items/{index}");
            assessment.scores(&self.scheme, &self.subject, &item.item, &self.scorer, &place, act);
            if let (Some(key), Some(corrected)) = (assessment.verified.key(&id), act.corrects) {
                let verified = &mut assessment.verified;
                verified.retract_where(key, corrected, act.at, |row| *row.item == *item.item);
            }
            let course = assessment.course_of(&self.scheme, &self.subject, Date::LAST, act.at);
            if course.verified(&item.item).is_some() {
                act.refuse(
                    format!("{place}/item"),
                    "assessment.item_verified",
                    format!("项目“{}”已经核验；更正请用 corrects 注明原行为", item.item),
                    format!(
                        "item \"{}\" is verified already; to correct it, cite the act in \"corrects\"",
                        item.item
                    ),
                );
            }
            item.keep(&self.scorer, &id, &place, registry, assessment, act);
        }
        let row = StepRow::new(Step::Verification, act.effective, Some(self.scorer), Detail::None);
        assessment.course.push(act.at, &id, row);
    }
}

impl VerifiedItem {
    fn keep(
        self,
        scorer: &str,
        id: &str,
        place: &str,
        registry: &Registry,
        assessment: &mut Assessment,
        act: &Context<'_>,
    ) {
        for (index, paper) in self.evidence.iter().enumerate() {
            if !paper.accepted && paper.reason.is_none() {
                act.refuse(
                    format!("{place}/evidence/{index}/reason"),
                    "assessment.reason_missing",
                    format!("佐证“{}”不予采信，须写明理由", paper.reference),
                    format!("evidence \"{}\" is refused: say why", paper.reference),
                );
            }
        }
        if let Some(sample) = &self.sample
            && usize::try_from(sample.of).is_ok_and(|of| of < sample.drawn.len())
        {
            act.refuse(
                format!("{place}/sample/of"),
                "assessment.sample_over_whole",
                format!("抽取 {} 件，多于总数 {} 件", sample.drawn.len(), sample.of),
                format!("{} were drawn of {}", sample.drawn.len(), sample.of),
            );
        }
        let mut facts = self.facts.map_or_else(Vec::new, |facts| facts.0);
        for (index, judged) in self.discretion.into_iter().enumerate() {
            let place = format!("{place}/discretion/{index}/post");
            act.reference(&registry.posts, &place, ("职务", "post"), &judged.post);
            facts.push(judged.into_fact());
        }
        settle(&mut assessment.facts, id, facts, act.at);
        let evidence = self.evidence.into_iter();
        let row = Verified {
            item: self.item.into(),
            scorer: scorer.into(),
            on: act.effective,
            points: self.points,
            evidence: evidence
                .map(|paper| {
                    let refused = paper.reason.filter(|_| !paper.accepted);
                    (paper.reference.into(), refused.map(Into::into))
                })
                .collect(),
            sample: self.sample.map(Box::new),
        };
        assessment.verified.push(act.at, id, row);
    }
}

impl Discretion {
    /// As the value of a judged fact.
    fn into_fact(self) -> (String, Value) {
        let text = |text: &str| Value::Text(text.to_owned());
        let members = [
            ("state", text("judged")),
            ("value", self.value.0),
            ("by", text(&self.post)),
            ("reason", text(&self.reason)),
        ];
        let members = members.map(|(name, value)| (name.into(), value));
        (self.fact, Value::Object(members.into()))
    }
}

impl Assessment {
    /// Refuses that a unit acts in the assessment of a subject that covers it.
    pub(super) fn not_its_own(&self, subject: &str, unit: &str, place: &str, act: &Context<'_>) {
        let own = self
            .subject(subject, act.at)
            .is_some_and(|subject| subject.covers(unit));
        if own {
            act.refuse(
                place,
                "assessment.own_unit",
                format!("“{unit}”属于该考核对象，须回避；请以 recusal.recorded 指定代行单位"),
                format!("\"{unit}\" belongs to the subject; record with recusal.recorded who acts instead"),
            );
        }
    }

    /// Refuses a unit that is not the one to score an item for a subject, where scorers are assigned.
    fn scores(&self, scheme: &str, subject: &str, item: &str, unit: &str, place: &str, act: &Context<'_>) {
        let scorers = self.scorers_of(scheme, act.effective, act.at);
        if scorers.is_empty() {
            return;
        }
        let place = format!("{place}/item");
        let Some(scorer) = scorers.iter().find(|scorer| *scorer.item == *item) else {
            return act.refuse(
                &place,
                "assessment.item_unassigned",
                format!("项目“{item}”没有评分单位，请先以 scorers.assigned 指定"),
                format!("item \"{item}\" has no scorer; assign one with scorers.assigned"),
            );
        };
        let entitled = self.acts_for(&scorer.unit, scheme, subject, act.effective, act.at);
        if entitled != unit {
            act.refuse(
                &place,
                "assessment.not_the_scorer",
                format!("项目“{item}”由“{entitled}”评分，不是“{unit}”"),
                format!("item \"{item}\" is scored by \"{entitled}\", not by \"{unit}\""),
            );
        }
    }
}

impl<'a> Course<'a> {
    /// What was verified up to the day, in the order of the ledger.
    pub fn verifications(self) -> impl Iterator<Item = &'a Row<Verified>> {
        let table = &self.assessment.verified;
        let key = table.key(&Assessment::pair(self.scheme, self.subject));
        key.into_iter()
            .flat_map(move |key| table.rows(key, self.known))
            .filter(move |row| row.value.on <= self.day)
    }

    /// The verification of an item.
    pub fn verified(self, item: &str) -> Option<&'a Verified> {
        self.verifications()
            .map(|row| &row.value)
            .find(|verified| *verified.item == *item)
    }
}
