//! Audiences (查看范围): who looks decides what is shown.

use super::Assessment;
use super::procedure::Step;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::registry::When;

crate::choice! {
    /// Who looks.
    pub enum Viewer {
        /// The assessed subject.
        Subject = "subject" "考核对象",
        /// A unit that scores items.
        Scorer = "scorer" "评分单位",
        /// The office that runs the assessment.
        Office = "office" "考核办公室",
        /// Those who lead.
        Leaders = "leaders" "领导",
        /// Everybody.
        Public = "public" "公开",
    }
}

crate::record! {
    /// For whom an answer is meant.
    pub struct Audience {
        /// Who looks.
        pub who: Viewer,
        /// The subject that looks, for `subject`.
        pub subject: Option<String>,
        /// The unit that looks, for `scorer`.
        pub unit: Option<String>,
    }
}

/// For whom an answer is meant, with who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looking<'a> {
    /// This subject.
    Subject(&'a str),
    /// This scoring unit.
    Scorer(&'a str),
    /// The office.
    Office,
    /// The leaders.
    Leaders,
    /// Everybody.
    Public,
}

impl Audience {
    /// Who looks, when the audience says of whom it speaks.
    ///
    /// # Errors
    /// A document error when a subject or scorer looks and is not named, or somebody else is named.
    pub fn looking(&self) -> Result<Looking<'_>> {
        match (self.who, self.subject.as_deref(), self.unit.as_deref()) {
            (Viewer::Subject, Some(subject), None) => Ok(Looking::Subject(subject)),
            (Viewer::Scorer, None, Some(unit)) => Ok(Looking::Scorer(unit)),
            (Viewer::Office, None, None) => Ok(Looking::Office),
            (Viewer::Leaders, None, None) => Ok(Looking::Leaders),
            (Viewer::Public, None, None) => Ok(Looking::Public),
            _ => Err(Error::one(
                ErrorKind::Document,
                Finding::error(
                    "assessment.audience_of_whom",
                    "/audience",
                    "查看范围为 subject 时只写 subject，为 scorer 时只写 unit，其他两项都不写",
                    "an audience of who \"subject\" names a subject, of \"scorer\" a unit, any other neither",
                ),
            )),
        }
    }
}

impl Assessment {
    /// The items that a unit scores for a subject on the day: in its own right or in the place of a recused scorer, and
    /// never of a subject that covers it. Where no scorers are assigned there are none.
    pub fn items_of(&self, unit: &str, scheme: &str, subject: &str, when: When) -> Vec<&str> {
        if self
            .subject(subject, when.known)
            .is_some_and(|subject| subject.covers(unit))
        {
            return Vec::new();
        }
        self.scorers_of(scheme, when.day, when.known)
            .into_iter()
            .filter(|scorer| self.acts_for(&scorer.unit, scheme, subject, when.day, when.known) == unit)
            .map(|scorer| scorer.item.as_ref())
            .collect()
    }

    /// Whether the result of a subject is public on the day: published or approved.
    pub fn is_public(&self, scheme: &str, subject: &str, when: When) -> bool {
        let course = self.course_of(scheme, subject, when.day, when.known);
        course.last(Step::Publicity).is_some() || course.approved().is_some()
    }
}
