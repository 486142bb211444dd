//! Questions to a year as documents: the one path for callers that speak JSON.

use super::{DraftChange, Year};
use crate::assessment::{Audience, Looking};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Position;
use crate::progress::{Progress, Watch};
use crate::scheme::Scheme;
use crate::system::{System, answer_text};

crate::choice! {
    /// What is asked of a year.
    pub enum YearTopic {
        /// The sheets, from the facts of the ledger.
        Sheets = "sheets" "得分表",
        /// How subjects stand, cohort by cohort.
        Ranks = "ranks" "排名",
        /// What subjects claim beside what was verified.
        Compare = "compare" "自评与核验对照",
        /// What is missing, from whom, by when.
        Missing = "missing" "缺报清单",
        /// What a decision would move.
        Draft = "draft" "处理意见测算",
        /// The versions of sheets, and what led from one to the next.
        Versions = "versions" "得分表版本",
        /// Which scores moved behind the position `since`, and because of which acts.
        Changes = "changes" "得分变动",
        /// What is found of the results that the ledger holds.
        Findings = "findings" "结果检查",
    }
}

crate::record! {
    /// What is asked, of whom, and as of when.
    pub struct AssessQuery {
        /// The day looked at.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// What is asked; the sheets when missing.
        pub view: Option<YearTopic>,
        /// Of whom; the roster that the ledger holds on that day when missing. A draft asks of its own subject.
        pub subjects: Option<Vec<String>>,
        /// For whom the answer is meant; when missing, the office, and the sheets are given as they are.
        pub audience: Option<Audience>,
        /// What the decision would change, for a draft.
        pub draft: Option<DraftChange>,
        /// What was known before, for changes.
        pub since: Option<Position>,
    }
}

impl Year {
    /// Answers a question as JSON text: [`Assessed`](super::Assessed) for sheets, [`Shown`](super::Shown) when an
    /// audience is named; [`Ranking`](super::Ranking); a list of [`ComparedFor`](super::ComparedFor);
    /// [`MissingFor`](super::MissingFor); [`Draft`](super::Draft); a list of [`Versions`](super::Versions);
    /// [`FoundFor`](super::FoundFor). The same ledger, scheme, question and earlier answers give the same bytes.
    ///
    /// # Errors
    /// Not found when no subjects are given and no roster was adopted by that day; a refusal of what an audience may not
    /// ask; else as the question itself: [`Year::assess`], [`Year::ranks`], [`Year::compare`], [`Year::missing`], [`Year::draft`],
    /// [`Year::versions`], [`Year::findings`].
    pub fn answer(&mut self, system: &System, scheme: &Scheme, query: &AssessQuery) -> Result<String> {
        self.answered(system, scheme, query, Watch::NOBODY)
    }

    /// As [`Year::answer`], under the eyes of whoever waits: scoring for sheets is counted, other questions are not.
    ///
    /// # Errors
    /// As [`Year::answer`]; a refusal when the work was asked to stop.
    pub fn answer_watched(
        &mut self,
        system: &System,
        scheme: &Scheme,
        query: &AssessQuery,
        progress: &Progress,
    ) -> Result<String> {
        self.answered(system, scheme, query, Watch::by(progress))
    }

    fn answered(&mut self, system: &System, scheme: &Scheme, query: &AssessQuery, watch: Watch<'_>) -> Result<String> {
        let view = system.view(query.day, query.known);
        let looking = query.audience.as_ref().map(Audience::looking).transpose()?;
        let subjects = || match &query.subjects {
            Some(subjects) => Ok(subjects.clone()),
            None => Year::roster(&view, scheme.id()),
        };
        let topic = query.view.unwrap_or(YearTopic::Sheets);
        let audience = looking.unwrap_or(Looking::Office);
        match topic {
            YearTopic::Sheets => {
                let assessed = self.assessed(&view, scheme, &subjects()?, watch)?;
                match looking {
                    Some(looking) => answer_text(&assessed.shown_to(looking, &view)),
                    None => answer_text(&assessed),
                }
            }
            YearTopic::Ranks => answer_text(&self.ranks(&view, scheme, audience)?),
            YearTopic::Compare => {
                let compared = self.compare(&view, scheme, &subjects()?)?.into_iter();
                let shown: Result<Vec<_>> = compared
                    .map(|compared| compared.shown_to(audience, &view, scheme.id()))
                    .collect();
                answer_text(&shown?.into_iter().flatten().collect::<Vec<_>>())
            }
            YearTopic::Missing => answer_text(&Year::missing(&view, scheme, &subjects()?)?.shown_to(audience)?),
            YearTopic::Versions => {
                let mut shown = Vec::new();
                let subjects = subjects()?.into_iter();
                // What this audience will not see is not worked out.
                for subject in subjects.filter(|own| !matches!(audience, Looking::Subject(only) if only != own)) {
                    shown.extend(self.versions(&view, scheme, &subject)?.shown_to(audience)?);
                }
                answer_text(&shown)
            }
            YearTopic::Draft | YearTopic::Changes if audience != Looking::Office => Err(not_for(topic)),
            YearTopic::Draft => match &query.draft {
                Some(change) => answer_text(&self.draft(&view, scheme, change)?),
                None => Err(Error::one(
                    ErrorKind::Document,
                    Finding::error(
                        "year.draft_of_what",
                        "",
                        "测算处理意见须在 draft 中写明考核对象和拟变更的事实",
                        "a draft says in \"draft\" whose facts would change, and to what",
                    ),
                )),
            },
            YearTopic::Findings => answer_text(&self.findings_for(&view, scheme, audience)?),
            YearTopic::Changes => {
                let since = query.since.unwrap_or_default();
                answer_text(&self.changes(&view, scheme, &subjects()?, since)?)
            }
        }
    }
}

/// Refuses a question that is not for the audience.
pub(super) fn not_for(topic: YearTopic) -> Error {
    let zh = format!("“{}”不在该查看范围之内", topic.zh());
    let en = format!("\"{}\" is not for this audience", topic.word());
    Error::one(
        ErrorKind::Refused,
        Finding::error("year.not_for_audience", "/audience", zh, en),
    )
}
