//! Subjects, schemes, rosters and results as acts.

use serde::Serialize;

use super::FactRow;
use crate::calendar::Date;
use crate::document::{Value, canonical, is_sm3_hex, sm3_hex};
use crate::ledger::{Mark, Table};
use crate::registry::{Context, Registry};

crate::record! {
    /// What is assessed (考核对象): one or more units together, such as the committee and the government of a town.
    #[derive(Serialize)]
    pub struct Subject {
        /// Host id.
        pub id: String,
        /// Name.
        pub name: String,
        /// Class; a scheme may set other parameters for each.
        pub class: String,
        /// The units that it covers.
        pub units: Vec<String>,
    }
}

crate::record! {
    /// Enters subjects.
    pub struct SubjectsRegistered {
        /// The subjects.
        pub subjects: Vec<Subject>,
    }
}

crate::record! {
    /// Adopts a scheme. The scheme stays a host document, bound by its digest and that of the table its adopters read.
    #[derive(Serialize)]
    pub struct SchemeAdopted {
        /// Id of the scheme.
        pub scheme: String,
        /// Its version.
        pub version: String,
        /// The year assessed.
        pub year: u32,
        /// SM3 digest of the canonical scheme document.
        pub digest: String,
        /// SM3 digest of the Chinese table that was approved.
        pub table: String,
        /// Schemes whose results this one includes.
        pub includes: Vec<String>,
    }
}

crate::record! {
    /// Sets who is assessed under a scheme (考核名单); what is said here takes the place of what was said before.
    #[derive(Serialize)]
    pub struct RosterAdopted {
        /// The scheme.
        pub scheme: String,
        /// The subjects.
        pub subjects: Vec<String>,
    }
}

crate::record! {
    /// Approves the result of a subject (审定): the sheet as it was approved, which nothing rescores in silence.
    pub struct ResultApproved {
        /// The scheme.
        pub scheme: String,
        /// The subject.
        pub subject: String,
        /// SM3 digest of the canonical sheet.
        pub digest: String,
        /// The sheet.
        pub sheet: Value,
    }
}

/// A roster on the day of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster {
    /// First day.
    pub from: Date,
    /// The subjects.
    pub subjects: Vec<String>,
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
}

/// Everything the ledger has said of assessments. Facts and results are keyed by scheme and subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Subjects.
    pub subjects: Table<Subject>,
    /// Adopted schemes, by id and version.
    pub schemes: Table<(Date, SchemeAdopted)>,
    /// Rosters, by scheme.
    pub rosters: Table<Roster>,
    /// Facts.
    pub facts: Table<FactRow>,
    /// Approved results.
    pub results: Table<Approved>,
}

/// How far the tables were filled at some moment.
#[derive(Clone, Copy, Debug)]
pub struct AssessmentMark([Mark; 5]);

impl Assessment {
    /// How far the tables are filled.
    pub fn mark(&self) -> AssessmentMark {
        AssessmentMark([
            self.subjects.mark(),
            self.schemes.mark(),
            self.rosters.mark(),
            self.facts.mark(),
            self.results.mark(),
        ])
    }

    /// Takes back everything since the mark.
    pub fn rollback(&mut self, mark: AssessmentMark) {
        let AssessmentMark([subjects, schemes, rosters, facts, results]) = mark;
        self.subjects.rollback(subjects);
        self.schemes.rollback(schemes);
        self.rosters.rollback(rosters);
        self.facts.rollback(facts);
        self.results.rollback(results);
    }

    /// The key of what belongs to a scheme and a subject. Line breaks of the scheme are escaped, so the first one in the
    /// key ends it.
    pub fn pair(scheme: &str, subject: &str) -> String {
        crate::ledger::pair(scheme, subject)
    }
}

pub(super) const SUBJECT: (&str, &str) = ("考核对象", "subject");
const SCHEME: (&str, &str) = ("考核办法", "scheme");

impl SubjectsRegistered {
    /// Enters the subjects.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        for (index, subject) in self.subjects.into_iter().enumerate() {
            let place = format!("/subjects/{index}");
            for (number, unit) in subject.units.iter().enumerate() {
                act.reference(
                    &registry.units,
                    format_args!("{place}/units/{number}"),
                    ("单位", "unit"),
                    unit,
                );
            }
            act.introduce(
                &mut assessment.subjects,
                format_args!("{place}/id"),
                SUBJECT,
                &subject.id,
            );
            let id = subject.id.clone();
            assessment.subjects.push(act.at, &id, subject);
        }
    }
}

impl SchemeAdopted {
    /// Adopts the scheme.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        for (place, digest) in [("/digest", &self.digest), ("/table", &self.table)] {
            if !is_sm3_hex(digest) {
                act.refuse(
                    place,
                    "assessment.not_a_digest",
                    format!("“{digest}”不是 SM3 摘要，应为 64 位小写十六进制"),
                    format!("\"{digest}\" is no SM3 digest: 64 lower-case hexadecimal digits"),
                );
            }
        }
        let id = Assessment::pair(&self.scheme, &self.version);
        act.introduce(&mut assessment.schemes, "/version", SCHEME, &id);
        assessment.schemes.push(act.at, &id, (act.effective, self));
    }
}

impl RosterAdopted {
    /// Sets the roster.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        for (index, subject) in self.subjects.iter().enumerate() {
            act.reference(
                &assessment.subjects,
                format_args!("/subjects/{index}"),
                SUBJECT,
                subject,
            );
        }
        if let Some(key) = assessment.rosters.key(&self.scheme) {
            act.supersede(&mut assessment.rosters, key);
        }
        assessment.rosters.push(
            act.at,
            &self.scheme,
            Roster {
                from: act.effective,
                subjects: self.subjects,
            },
        );
    }
}

impl ResultApproved {
    /// Keeps the sheet and its digest.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, "/subject", SUBJECT, &self.subject);
        let sheet = canonical(&self.sheet);
        let digest = sm3_hex(sheet.as_bytes());
        if digest != self.digest {
            act.refuse(
                "/digest",
                "assessment.other_sheet",
                format!("得分表摘要不符，应为 {digest}"),
                format!("the digest is not that of the sheet; it is {digest}"),
            );
        }
        let id = Assessment::pair(&self.scheme, &self.subject);
        act.introduce(&mut assessment.results, "", ("审定结果", "approved result"), &id);
        let row = Approved {
            on: act.effective,
            digest: digest.into(),
            sheet: sheet.into(),
        };
        assessment.results.push(act.at, &id, row);
    }
}
