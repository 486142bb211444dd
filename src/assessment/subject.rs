//! Subjects and the schemes that were adopted.

use serde::Serialize;

use super::Assessment;
use crate::calendar::WorkCalendar;
use crate::document::is_sm3_hex;
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
crate::document::kept!(struct Subject { id, name, class, units });

impl Subject {
    /// Whether it covers the unit.
    pub fn covers(&self, unit: &str) -> bool {
        self.units.iter().any(|own| own == unit)
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
crate::document::kept!(struct SchemeAdopted { scheme, version, year, digest, table, includes });

crate::record! {
    /// Enters the working calendar of a year, by which the clocks of procedures count working days. The calendar that is
    /// in the ledger for a year is replaced only by a correction.
    pub struct CalendarAdopted {
        /// The document.
        pub calendar: WorkCalendar,
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
                    format!("{place}/units/{number}"),
                    ("单位", "unit"),
                    unit,
                );
            }
            act.introduce(&mut assessment.subjects, format!("{place}/id"), SUBJECT, &subject.id);
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

impl CalendarAdopted {
    /// Enters the calendar.
    pub fn apply(self, assessment: &mut Assessment, act: &Context<'_>) {
        let year = self.calendar.year().to_string();
        // A correction may be of the year itself: what the corrected act entered goes, whatever year it named.
        if let Some(corrected) = act.corrects {
            let keys: Vec<_> = assessment.calendars.keys(act.at).collect();
            for key in keys {
                assessment.calendars.retract(key, corrected, act.at);
            }
        }
        act.introduce(
            &mut assessment.calendars,
            "/calendar/year",
            ("工作日历", "working calendar of"),
            &year,
        );
        assessment.calendars.push(act.at, &year, self.calendar);
    }
}
