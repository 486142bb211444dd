//! From the proposal of grades to the archive: the steps that many subjects take in one act.

use super::Assessment;
use super::course::{Detail, StepRow, Taking};
use super::procedure::Step;
use super::subject::SUBJECT;
use crate::calendar::Date;
use crate::registry::{Basis, Context, Registry};

crate::record! {
    /// The grade that is proposed for a subject.
    pub struct ProposedGrade {
        /// The subject.
        pub subject: String,
        /// The grade.
        pub grade: String,
        /// Why it is not that of the sheet, where it is another.
        pub reason: Option<String>,
    }
}

crate::record! {
    /// Proposes grades (拟定等次).
    pub struct GradesProposed {
        /// The scheme.
        pub scheme: String,
        /// The unit that proposes.
        pub unit: Option<String>,
        /// The grades.
        pub grades: Vec<ProposedGrade>,
    }
}

crate::record! {
    /// Results are public (公示) from the effective day to the last.
    pub struct PublicityHeld {
        /// The scheme.
        pub scheme: String,
        /// The unit that holds it.
        pub unit: Option<String>,
        /// The subjects.
        pub subjects: Vec<String>,
        /// The last day.
        pub to: Date,
    }
}

crate::record! {
    /// The competent body decides on results (研究决定).
    pub struct ResultDecided {
        /// The scheme.
        pub scheme: String,
        /// The unit that decides.
        pub unit: String,
        /// The subjects.
        pub subjects: Vec<String>,
        /// The document of the decision.
        pub document: Option<Basis>,
    }
}

crate::record! {
    /// Results are announced (通报).
    pub struct CircularIssued {
        /// The scheme.
        pub scheme: String,
        /// The unit that issues it.
        pub unit: Option<String>,
        /// The subjects.
        pub subjects: Vec<String>,
        /// The circular.
        pub document: Basis,
    }
}

crate::record! {
    /// The papers of results go to the archive (归档).
    pub struct ResultArchived {
        /// The scheme.
        pub scheme: String,
        /// The unit that archives.
        pub unit: Option<String>,
        /// The subjects.
        pub subjects: Vec<String>,
        /// Their number in the archive.
        pub number: Option<String>,
    }
}

/// A step that many subjects take together.
struct Together<'a> {
    scheme: &'a str,
    step: Step,
    unit: Option<&'a str>,
    until: Option<Date>,
}

impl Together<'_> {
    /// Takes the step for one of the subjects; `place` is where the act names it.
    fn take(&self, subject: &str, place: &str, detail: Detail, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&assessment.subjects, place, SUBJECT, subject);
        let id = Assessment::pair(self.scheme, subject);
        if let (Some(key), Some(corrected)) = (assessment.course.key(&id), act.corrects) {
            assessment.course.retract(key, corrected, act.at);
        }
        let taking = Taking {
            scheme: self.scheme,
            subject,
            step: self.step,
            unit: self.unit,
            place,
        };
        assessment.gate(&taking, act);
        let mut row = StepRow::new(self.step, act.effective, self.unit.map(str::to_owned), detail);
        row.until = self.until.unwrap_or(row.on);
        assessment.course.push(act.at, &id, row);
    }

    fn unit(&self, registry: &Registry, act: &Context<'_>) {
        if let Some(unit) = self.unit {
            act.reference(&registry.units, "/unit", ("单位", "unit"), unit);
        }
    }
}

impl GradesProposed {
    /// Keeps the proposal.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        let together = Together {
            scheme: &self.scheme,
            step: Step::Grades,
            unit: self.unit.as_deref(),
            until: None,
        };
        together.unit(registry, act);
        for (index, proposed) in self.grades.into_iter().enumerate() {
            let detail = Detail::Graded {
                grade: proposed.grade.into(),
                reason: proposed.reason.map(Into::into),
            };
            let place = format!("/grades/{index}/subject");
            together.take(&proposed.subject, &place, detail, assessment, act);
        }
    }
}

impl PublicityHeld {
    /// Records the publicity; refused while a result is open.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.in_order("/to", act.effective, Some(self.to));
        let together = Together {
            scheme: &self.scheme,
            step: Step::Publicity,
            unit: self.unit.as_deref(),
            until: Some(self.to),
        };
        together.unit(registry, act);
        for (index, subject) in self.subjects.iter().enumerate() {
            let place = format!("/subjects/{index}");
            let course = assessment.course_of(&self.scheme, subject, act.effective, act.at);
            if course.issued().is_some_and(|sheet| !sheet.value.settled) {
                act.refuse(
                    &place,
                    "assessment.result_open",
                    format!("“{subject}”的结果仍是区间或待定，不能公示；请先查明有关事实"),
                    format!("the result of \"{subject}\" is an interval or pending; settle its facts first"),
                );
            }
            together.take(subject, &place, Detail::None, assessment, act);
        }
    }
}

impl ResultDecided {
    /// Records the decision.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        let together = Together {
            scheme: &self.scheme,
            step: Step::Decision,
            unit: Some(&self.unit),
            until: None,
        };
        together.unit(registry, act);
        let paper = |document: &Option<Basis>| match document {
            Some(document) => Detail::Paper(document.zh().into()),
            None => Detail::None,
        };
        for (index, subject) in self.subjects.iter().enumerate() {
            let place = format!("/subjects/{index}");
            together.take(subject, &place, paper(&self.document), assessment, act);
        }
    }
}

impl CircularIssued {
    /// Records the circular.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        let together = Together {
            scheme: &self.scheme,
            step: Step::Circular,
            unit: self.unit.as_deref(),
            until: None,
        };
        together.unit(registry, act);
        for (index, subject) in self.subjects.iter().enumerate() {
            let detail = Detail::Paper(self.document.zh().into());
            together.take(subject, &format!("/subjects/{index}"), detail, assessment, act);
        }
    }
}

impl ResultArchived {
    /// Records the archiving.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        let together = Together {
            scheme: &self.scheme,
            step: Step::Archive,
            unit: self.unit.as_deref(),
            until: None,
        };
        together.unit(registry, act);
        for (index, subject) in self.subjects.iter().enumerate() {
            let number = self.number.as_deref();
            let detail = number.map_or(Detail::None, |number| Detail::Paper(number.into()));
            together.take(subject, &format!("/subjects/{index}"), detail, assessment, act);
        }
    }
}
