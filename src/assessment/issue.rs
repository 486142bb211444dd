//! The preliminary sheet: issued, delivered, answered, looked at again.

use super::Assessment;
use super::course::{Course, Detail, StepRow, Taking, bytes, member};
use super::facts::{FactValues, settle};
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::document::{Value, sm3_hex};
use crate::ledger::{Position, Row};
use crate::registry::{Context, Registry};

crate::record! {
    /// Issues the preliminary sheet of a subject (初评). After a decision that changes something it may be issued again:
    /// that is a new version, and the earlier ones stay.
    pub struct PreliminaryIssued {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that issues it.
        pub unit: Option<String>,
        /// SM3 digest of the canonical sheet.
        pub digest: String,
        /// The sheet.
        pub sheet: Value,
    }
}

crate::record! {
    /// The sheet reached the subject (送达) on the effective day, which starts its clocks.
    pub struct SheetDelivered {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// SM3 digest of the sheet: that of the one issued last.
        pub digest: String,
        /// The unit that delivered it.
        pub unit: Option<String>,
        /// The post that received it.
        pub to: Option<String>,
    }
}

crate::record! {
    /// A subject states its view of its sheet (陈述). The statement stays with the host.
    pub struct StatementSubmitted {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that hands it in: one that the subject covers.
        pub unit: String,
        /// The lines of the sheet that it speaks of, by their ids.
        pub lines: Vec<String>,
        /// References of the statement and of further evidence.
        pub references: Vec<String>,
    }
}

crate::choice! {
    /// What a second look gives.
    pub enum Verdict {
        /// Everything stays.
        Kept = "kept" "维持",
        /// Something changes.
        Changed = "changed" "变更",
    }
}
crate::document::kept!(enum Verdict { 0 Kept, 1 Changed });

crate::record! {
    /// Records the review of a preliminary result (复核).
    pub struct ReviewRecorded {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// The unit that reviewed.
        pub unit: Option<String>,
        /// What it gave.
        pub outcome: Verdict,
        /// The facts that change.
        pub facts: Option<FactValues>,
        /// Why so.
        pub reason: String,
    }
}

/// A sheet as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The day.
    pub on: Date,
    /// Digest of the sheet.
    pub digest: Box<str>,
    /// The sheet's canonical bytes.
    pub sheet: Box<str>,
    /// Whether nothing in it is open: one total, at most one grade, no open facts.
    pub settled: bool,
    /// The grade, when there is one.
    pub grade: Option<Box<str>>,
    /// The ids of its lines.
    pub lines: Vec<Box<str>>,
}
crate::document::kept!(struct Issued { on, digest, sheet, settled, grade, lines });

crate::choice! {
    /// What may move results of a scheme after sheets were issued.
    pub enum Cause {
        /// A review that changes something.
        Review = "review" "复核",
        /// The decision of an objection or appeal that changes something.
        Appeal = "appeal" "异议申诉处理",
        /// A redetermination after the approval.
        Redetermination = "redetermination" "重新评定",
    }
}
crate::document::kept!(enum Cause { 0 Review, 1 Appeal, 2 Redetermination });

/// A decision that may move results of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it was.
    pub cause: Cause,
    /// Its own id, for a redetermination.
    pub id: Option<Box<str>>,
    /// The subject that it is about.
    pub subject: Box<str>,
    /// The day.
    pub on: Date,
}
crate::document::kept!(struct Decision { cause, id, subject, on });

/// The digest of a sheet, which must be the one that the act states; and the sheet must be that of the scheme and subject.
pub(super) fn checked(sheet: &Value, digest: &str, whose: (&str, &str), act: &Context<'_>) -> Box<str> {
    let text = bytes(sheet);
    let own = sm3_hex(text.as_bytes());
    if own != digest {
        act.refuse(
            "/digest",
            "assessment.other_sheet",
            format!("得分表摘要不符，应为 {own}"),
            format!("the digest is not that of the sheet; it is {own}"),
        );
    }
    for (name, expected) in [("scheme", whose.0), ("subject", whose.1)] {
        if let Some(found) = member(sheet, name).filter(|found| *found != expected) {
            act.refuse(
                format!("/sheet/{name}"),
                "assessment.sheet_of_another",
                format!("得分表属于“{found}”，不是“{expected}”"),
                format!("the sheet is that of \"{found}\", not of \"{expected}\""),
            );
        }
    }
    text
}

impl PreliminaryIssued {
    /// Keeps the sheet.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(unit) = &self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
        }
        let sheet = checked(&self.sheet, &self.digest, (&self.scheme, &self.subject), act);
        let id = Assessment::pair(&self.scheme, &self.subject);
        if let Some(key) = assessment.issued.key(&id) {
            act.supersede(&mut assessment.issued, key);
        }
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Preliminary,
            unit: self.unit.as_deref(),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        let course = assessment.course_of(&self.scheme, &self.subject, Date::LAST, act.at);
        if let Some(former) = course.issued()
            && !assessment.moved_since(&self.scheme, former.from, act.at)
        {
            act.refuse(
                "/subject",
                "assessment.issued_already",
                format!(
                    "初评得分表已于 {} 印发，此后没有变更结果的复核、处理或重新评定",
                    former.value.on
                ),
                format!(
                    "a sheet was issued on {}, and nothing has been decided since that could change it",
                    former.value.on
                ),
            );
        }
        let row = Issued {
            on: act.effective,
            digest: self.digest.into(),
            settled: is_settled(&self.sheet),
            grade: texts(&self.sheet, "grades").next().map(Into::into),
            lines: line_ids(&self.sheet),
            sheet,
        };
        assessment.issued.push(act.at, &id, row);
    }
}

/// One total, at most one grade, no open facts.
pub(super) fn is_settled(sheet: &Value) -> bool {
    let end = |name| sheet.get("total").and_then(|total| total.get(name));
    end("lowest").is_some()
        && end("lowest") == end("highest")
        && texts(sheet, "grades").count() <= 1
        && texts(sheet, "open").next().is_none()
}

/// The texts of a list of the sheet.
pub(super) fn texts<'v>(sheet: &'v Value, name: &str) -> impl Iterator<Item = &'v str> {
    let items = match sheet.get(name) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(Value::as_text)
}

fn line_ids(sheet: &Value) -> Vec<Box<str>> {
    match sheet.get("lines") {
        Some(Value::List(lines)) => lines
            .iter()
            .filter_map(|line| member(line, "id"))
            .map(Into::into)
            .collect(),
        _ => Vec::new(),
    }
}

impl SheetDelivered {
    /// Records the delivery.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(post) = &self.to {
            act.reference(&registry.posts, "/to", ("职务", "post"), post);
        }
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Delivery,
            unit: self.unit.as_deref(),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
        let issued = course.issued().map(|row| &row.value.digest);
        if issued.is_none_or(|digest| **digest != *self.digest) {
            act.refuse(
                "/digest",
                "assessment.not_as_issued",
                "不是最近一次印发的得分表，请核对摘要",
                "this is not the sheet that was issued last; check the digest",
            );
        }
        let detail = Detail::Delivered(self.digest.into());
        let row = StepRow::new(Step::Delivery, act.effective, self.unit, detail);
        assessment.course.push(act.at, &id, row);
    }
}

impl StatementSubmitted {
    /// Records the statement.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Statement,
            unit: Some(&self.unit),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        let course = assessment.course_of(&self.scheme, &self.subject, act.effective, act.at);
        for (index, line) in self.lines.iter().enumerate() {
            course.has_line(line, &format!("/lines/{index}"), act);
        }
        let row = StepRow::new(Step::Statement, act.effective, Some(self.unit), Detail::None);
        assessment.course.push(act.at, &id, row);
    }
}

impl ReviewRecorded {
    /// Records the review, and what it changes.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        if let Some(unit) = &self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
            assessment.not_its_own(&self.subject, unit, "/unit", act);
        }
        let id = assessment.supersede_step(&self.scheme, &self.subject, act);
        let taking = Taking {
            scheme: &self.scheme,
            subject: &self.subject,
            step: Step::Review,
            unit: self.unit.as_deref(),
            place: "/subject",
        };
        assessment.gate(&taking, act);
        let facts = self.facts.map_or_else(Vec::new, |facts| facts.0);
        if self.outcome == Verdict::Kept && !facts.is_empty() {
            act.refuse(
                "/facts",
                "assessment.kept_but_changed",
                "维持原结果的，不能同时变更事实",
                "what is kept changes no facts",
            );
        }
        if self.outcome == Verdict::Changed {
            assessment.decide(&self.scheme, &self.subject, Cause::Review, None, act);
        }
        settle(&mut assessment.facts, &id, facts, act.at);
        let row = StepRow::new(Step::Review, act.effective, self.unit, Detail::Reviewed(self.outcome));
        assessment.course.push(act.at, &id, row);
    }
}

impl Assessment {
    /// Notes a decision that may move results.
    pub(super) fn decide(&mut self, scheme: &str, subject: &str, cause: Cause, id: Option<&str>, act: &Context<'_>) {
        if let (Some(key), Some(corrected)) = (self.decisions.key(scheme), act.corrects) {
            self.decisions.retract(key, corrected, act.at);
        }
        let row = Decision {
            cause,
            id: id.map(Into::into),
            subject: subject.into(),
            on: act.effective,
        };
        self.decisions.push(act.at, scheme, row);
    }

    /// The decisions that may have moved results of a scheme, in the order of the ledger.
    pub fn decisions_of(&self, scheme: &str, known: Position) -> impl Iterator<Item = &Row<Decision>> {
        let key = self.decisions.key(scheme);
        key.into_iter().flat_map(move |key| self.decisions.rows(key, known))
    }

    /// Whether a decision behind this position may have moved results of the scheme.
    pub(super) fn moved_since(&self, scheme: &str, since: Position, known: Position) -> bool {
        self.decisions_of(scheme, known).any(|row| row.from > since)
    }
}

impl<'a> Course<'a> {
    /// The sheets that were issued up to the day, version by version.
    pub fn versions(self) -> impl DoubleEndedIterator<Item = &'a Row<Issued>> {
        let table = &self.assessment.issued;
        let key = table.key(&Assessment::pair(self.scheme, self.subject));
        key.into_iter()
            .flat_map(move |key| table.rows(key, self.known))
            .filter(move |row| row.value.on <= self.day)
    }

    /// The sheet that was issued last: by its day, then by its position.
    pub fn issued(self) -> Option<&'a Row<Issued>> {
        self.versions().max_by_key(|row| (row.value.on, row.from))
    }

    pub(super) fn first_issued(self) -> Option<&'a Row<Issued>> {
        self.versions().min_by_key(|row| (row.value.on, row.from))
    }

    /// Refuses a line that the sheet issued last does not have. Without a sheet there is nothing to compare with.
    pub(super) fn has_line(self, line: &str, place: &str, act: &Context<'_>) {
        let missing = |sheet: &Row<Issued>| !sheet.value.lines.iter().any(|own| **own == *line);
        if self.issued().is_some_and(missing) {
            act.refuse(
                place,
                "assessment.no_such_line",
                format!("最近一次印发的得分表没有编号为“{line}”的行"),
                format!("the sheet that was issued last has no line \"{line}\""),
            );
        }
    }
}
