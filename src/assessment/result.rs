//! Approved results, and what determines one anew.

use super::Assessment;
use super::course::{Course, Taking};
use super::facts::{FactValues, settle};
use super::issue::{Cause, checked};
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::Value;
use crate::ledger::{Position, Row};
use crate::registry::{Basis, Context, Registry};

crate::record! {
    /// Approves the result of a subject (审定): the sheet as it was approved, which nothing rescores in silence. A second
    /// approval needs a redetermination, and is a new version; the first one stays.
    pub struct ResultApproved {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that approves.
        pub unit: Option<String>,
        /// SM3 digest of the canonical sheet.
        pub digest: String,
        /// The sheet.
        pub sheet: Value,
        /// The redetermination that this approval follows; it may be that of another subject, whose change moves this one.
        pub redetermination: Option<String>,
    }
}

crate::record! {
    /// Decides that an approved result is determined anew (重新评定).
    pub struct RedeterminationDecided {
        /// Host id of the redetermination.
        pub redetermination: String,
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that decides.
        pub unit: String,
        /// The facts that change.
        pub facts: Option<FactValues>,
        /// Why so.
        pub reason: String,
        /// The document of the decision.
        pub document: Option<Basis>,
    }
}

/// An approved result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// The day.
    pub on: Date,
    /// Digest of the sheet.
    pub digest: Box<str>,
    /// The sheet's canonical bytes.
    pub sheet: Box<str>,
    /// The redetermination that it follows.
    pub redetermination: Option<Box<str>>,
}
crate::document::kept!(struct Approved { on, digest, sheet, redetermination });

impl ResultApproved {
    /// Keeps the sheet and its digest.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(unit) = &self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
        }
        let sheet = checked(&self.sheet, &self.digest, (&self.scheme, &self.subject), act);
        let id = Assessment::pair(&self.scheme, &self.subject);
        match &self.redetermination {
            None => {
                act.introduce(&mut assessment.results, "", ("审定结果", "approved result"), &id);
            }
            Some(decision) => assessment.follows(&self.scheme, &id, decision, act),
        }
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Approval,
            unit: self.unit.as_deref(),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        let issues = assessment
            .procedure(&self.scheme, act.at)
            .is_some_and(|procedure| procedure.rule(Step::Preliminary).is_some());
        let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
        if issues
            && course
                .issued()
                .is_some_and(|issued| *issued.value.digest != *self.digest)
        {
            act.refuse(
                "/digest",
                "assessment.not_as_issued",
                "不是最近一次印发的得分表；结果有变的，请先重新印发并送达",
                "this is not the sheet that was issued last; where the result has changed, issue and deliver it first",
            );
        }
        let row = Approved {
            on: act.effective,
            digest: self.digest.into(),
            sheet,
            redetermination: self.redetermination.map(Into::into),
        };
        assessment.results.push(act.at, &id, row);
    }
}

impl RedeterminationDecided {
    /// Records the decision, and what it changes.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        act.reference(&registry.units, "/unit", ("单位", "unit"), &self.unit);
        assessment.not_its_own(&self.subject, &self.unit, "/unit", act);
        let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
        if course.approved().is_none() {
            act.refuse(
                "/subject",
                "assessment.not_approved",
                format!("截至 {} 没有审定结果，不存在重新评定", act.effective),
                format!(
                    "nothing is approved by {}, so nothing can be determined anew",
                    act.effective
                ),
            );
        }
        let id = Assessment::pair(&self.scheme, &self.subject);
        assessment.decide(
            &self.scheme,
            &self.subject,
            Cause::Redetermination,
            Some(&self.redetermination),
            act,
        );
        let same = assessment.decisions_of(&self.scheme, act.at);
        if same
            .filter(|row| row.value.id.as_deref() == Some(&self.redetermination))
            .count()
            > 1
        {
            act.refuse(
                "/redetermination",
                "act.already_exists",
                format!(
                    "重新评定“{}”已经登记；更正请用 corrects 注明原行为",
                    self.redetermination
                ),
                format!(
                    "redetermination \"{}\" exists already; to correct it, cite the act in \"corrects\"",
                    self.redetermination
                ),
            );
        }
        let facts = self.facts.map_or_else(Vec::new, |facts| facts.0);
        settle(&mut assessment.facts, &id, facts, act.at);
    }
}

impl Assessment {
    /// Refuses an approval after a redetermination that does not exist by then, or that was followed already.
    fn follows(&mut self, scheme: &str, id: &str, decision: &str, act: &Context<'_>) {
        let named = |row: &Row<super::issue::Decision>| row.value.id.as_deref() == Some(decision);
        let known = self.decisions_of(scheme, act.at).find(|row| named(row));
        if known.is_none_or(|row| row.value.on > act.effective) {
            act.refuse(
                "/redetermination",
                "act.unknown_reference",
                format!("截至当日账本中没有重新评定“{decision}”，请先登记"),
                format!("the ledger holds no redetermination \"{decision}\" by that day; enter it first"),
            );
        }
        let Some(key) = self.results.key(id) else { return };
        if let Some(corrected) = act.corrects {
            self.results.retract(key, corrected, act.at);
        }
        let mut rows = self.results.rows(key, act.at);
        if rows.any(|row| row.value.redetermination.as_deref() == Some(decision)) {
            act.refuse(
                "/redetermination",
                "act.already_exists",
                "这次重新评定的结果已经审定；更正请用 corrects 注明原行为",
                "the result of this redetermination is approved already; to correct it, cite the act in \"corrects\"",
            );
        }
    }
}

impl<'a> Course<'a> {
    /// The approved results up to the day, version by version.
    pub fn approvals(self) -> impl DoubleEndedIterator<Item = &'a Row<Approved>> {
        let table = &self.assessment.results;
        let key = table.key(&Assessment::pair(self.scheme, self.subject));
        key.into_iter()
            .flat_map(move |key| table.rows(key, self.known))
            .filter(move |row| row.value.on <= self.day)
    }

    /// The approved result that holds: by its day, then by its position.
    pub fn approved(self) -> Option<&'a Row<Approved>> {
        self.approvals().max_by_key(|row| (row.value.on, row.from))
    }

    /// Whether a redetermination was decided behind this position.
    pub(super) fn redetermined_since(self, since: Position) -> bool {
        let decisions = self.assessment.decisions_of(self.scheme, self.known);
        let mut later = decisions.filter(|row| row.from > since && row.value.on <= self.day);
        later.any(|row| row.value.cause == Cause::Redetermination)
    }
}
