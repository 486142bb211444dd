//! Questions to a year as documents: the one path for callers that speak JSON.

use super::{DraftChange, Versions, Year};
use crate::assessment::{Audience, Looking};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Position;
use crate::scheme::Scheme;
use crate::system::{System, answer_text};

crate::choice! {
    /// What is asked of a year.
    pub enum YearTopic {
        /// The sheets, from the facts of the ledger.
        Sheets = "sheets" "得分表",
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
    /// audience is named; a list of [`Compared`](super::Compared); [`Missing`](super::Missing);
    /// [`Draft`](super::Draft); a list of [`Versions`]; a list of findings. The same ledger, scheme, question and earlier answers give the same
    /// bytes.
    ///
    /// # Errors
    /// Not found when no subjects are given and no roster was adopted by that day; a refusal of what an audience may not
    /// ask; else as the question itself: [`Year::assess`], [`Year::compare`], [`Year::missing`], [`Year::draft`],
    /// [`Year::versions`], [`Year::findings`].
    pub fn answer(&mut self, system: &System, scheme: &Scheme, query: &AssessQuery) -> Result<String> {
        let view = system.view(query.day, query.known);
        let looking = query.audience.as_ref().map(Audience::looking).transpose()?;
        let subjects = || match &query.subjects {
            Some(subjects) => Ok(subjects.clone()),
            None => Year::roster(&view, scheme.id()),
        };
        let topic = query.view.unwrap_or(YearTopic::Sheets);
        let office = looking.is_none_or(|looking| looking == Looking::Office);
        match topic {
            YearTopic::Sheets => {
                let assessed = self.assess(&view, scheme, &subjects()?)?;
                match looking {
                    Some(looking) => answer_text(&assessed.shown_to(looking, &view)),
                    None => answer_text(&assessed),
                }
            }
            YearTopic::Compare => {
                let mut compared = self.compare(&view, scheme, &subjects()?)?;
                match looking {
                    Some(Looking::Subject(own)) => compared.retain(|compared| compared.subject == own),
                    _ if office => {}
                    _ => return Err(not_for(topic)),
                }
                answer_text(&compared)
            }
            YearTopic::Missing => {
                let mut missing = Year::missing(&view, scheme, &subjects()?)?;
                match looking {
                    Some(Looking::Subject(own)) => missing.only_of(own),
                    Some(Looking::Scorer(unit)) => missing.only_from(unit),
                    _ if office => {}
                    _ => return Err(not_for(topic)),
                }
                answer_text(&missing)
            }
            YearTopic::Versions => {
                let mut subjects = subjects()?;
                match looking {
                    Some(Looking::Subject(own)) => subjects.retain(|subject| subject == own),
                    _ if office => {}
                    _ => return Err(not_for(topic)),
                }
                let versions: Result<Vec<Versions>> = subjects
                    .iter()
                    .map(|subject| self.versions(&view, scheme, subject))
                    .collect();
                let mut versions = versions?;
                if !office {
                    versions.iter_mut().for_each(Versions::own_facts_only);
                }
                answer_text(&versions)
            }
            YearTopic::Draft | YearTopic::Findings | YearTopic::Changes if !office => Err(not_for(topic)),
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
            YearTopic::Findings => answer_text(&self.findings(&view, scheme)?),
            YearTopic::Changes => {
                let since = query.since.unwrap_or_default();
                answer_text(&self.changes(&view, scheme, &subjects()?, since)?)
            }
        }
    }
}

fn not_for(topic: YearTopic) -> Error {
    let zh = format!("“{}”不在该查看范围之内", topic.zh());
    let en = format!("\"{}\" is not for this audience", topic.word());
    Error::one(
        ErrorKind::Refused,
        Finding::error("year.not_for_audience", "/audience", zh, en),
    )
}
