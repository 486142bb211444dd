//! How the subjects of a scheme stand, cohort by cohort (排名).

use serde::Serialize;

use super::pool::assessment;
use super::query::not_for;
use super::{Year, YearTopic};
use crate::assessment::Looking;
use crate::error::Result;
use crate::scheme::Scheme;
use crate::score::{Range, Rank, Standing};
use crate::system::View;

/// How one subject stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// The subject.
    pub subject: String,
    /// Its name.
    pub name: String,
    /// Its cohort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    /// The rank within the cohort, when the scheme ranks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
    /// The total.
    pub total: Range,
    /// The grades that it may have.
    pub grades: Vec<String>,
    /// Whether the result is approved.
    pub approved: bool,
}

/// How the subjects of a scheme stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// The scheme.
    pub scheme: String,
    /// Those that the audience may see, by cohort, rank and total, then in the order of the roster.
    pub subjects: Vec<Ranked>,
    /// Of how many others there are results.
    pub others: usize,
}

impl Year {
    /// How the subjects of the roster stand: by their approved or published sheets as they were stored, else by what their
    /// facts give. A subject sees its own place, everybody those in publicity or approved.
    ///
    /// # Errors
    /// As [`Year::assess`]; not found without a roster; a refusal when a scorer asks.
    pub fn ranks(&self, view: &View<'_>, scheme: &Scheme, looking: Looking<'_>) -> Result<Ranking> {
        if matches!(looking, Looking::Scorer(_)) {
            return Err(not_for(YearTopic::Ranks));
        }
        let (assessment, when) = (assessment(view), view.when());
        let roster = Year::roster(view, scheme.id())?;
        let sheets = self.scored(view, scheme, &roster)?;
        let mut subjects = Vec::new();
        for (place, sheet) in sheets.iter().enumerate() {
            let held = super::baseline::public(view, scheme.id(), &sheet.subject);
            let course = assessment.course_of(scheme.id(), &sheet.subject, when.day, when.known);
            let is_public = assessment.is_public(scheme.id(), &sheet.subject, when);
            let standing = held.map_or_else(|| Standing::of(sheet), |kept| kept.standing);
            let known = assessment.subject(&sheet.subject, when.known);
            let ranked = Ranked {
                subject: sheet.subject.clone(),
                name: known.map_or_else(String::new, |subject| subject.name.clone()),
                cohort: sheet.cohort.clone(),
                rank: standing.rank,
                total: standing.total,
                grades: standing.grades,
                approved: course.approved().is_some(),
            };
            subjects.push((place, is_public, ranked));
        }
        subjects.sort_by(|(one, _, a), (other, _, b)| {
            let rank = |ranked: &Ranked| ranked.rank.map(|rank| (rank.best, rank.worst));
            let by_total = b.total.highest.cmp(&a.total.highest);
            (&a.cohort, rank(a))
                .cmp(&(&b.cohort, rank(b)))
                .then(by_total)
                .then(one.cmp(other))
        });
        let all = subjects.len();
        subjects.retain(|(_, is_public, ranked)| match looking {
            Looking::Subject(own) => ranked.subject == own,
            Looking::Public => *is_public,
            _ => true,
        });
        let subjects: Vec<Ranked> = subjects.into_iter().map(|(.., ranked)| ranked).collect();
        Ok(Ranking {
            scheme: scheme.id().to_owned(),
            others: all.saturating_sub(subjects.len()),
            subjects,
        })
    }
}
