//! What paper is asked for: one form for every kind, for every caller.

use super::asked::Asked;
use super::{Paper, appeal, approval, cascade_map, duty, leaders, letter, missing, notice, publicity, results};
use crate::assessment::Audience;
use crate::calendar::{Date, Period};
use crate::codes::DocumentNumber;
use crate::document::{Cursor, Read, Shape};
use crate::error::Result;
use crate::ledger::Position;
use crate::scheme::Scheme;
use crate::system::{System, answer_text};

crate::choice! {
    /// Which paper.
    pub enum PaperKind {
        /// A responsibility letter for signing, or as it was signed: `letter`.
        Letter = "letter" "责任书",
        /// The score as it is delivered: `subject`.
        ScoreFeedback = "score_feedback" "得分反馈单",
        /// That an objection or appeal was received, and by when it is decided: `appeal`.
        AppealReceipt = "appeal_receipt" "异议申诉受理回执",
        /// How an objection or appeal was decided, why, and what it moved: `appeal`.
        AppealAnswer = "appeal_answer" "异议申诉答复",
        /// What an inspection found and by when it is rectified: one `finding`, or all that are open of a `unit`.
        RectificationNotice = "rectification_notice" "整改通知书",
        /// What is missing, supplier by supplier: of one `unit`, or of all.
        MissingData = "missing_data" "缺报数据清单",
        /// The ranking of the roster.
        Ranking = "ranking" "排名表",
        /// Results made public.
        Publicity = "publicity" "公示",
        /// The result of a `subject`, or of the roster, with room for opinions and seals.
        Approval = "approval" "审批表",
        /// How far responsibility got down, as a picture.
        CascadeMap = "cascade_map" "层层落实图",
        /// The yearly report of a `unit`, reconciled with the records.
        DutyReport = "duty_report" "履责情况报告",
        /// What leaders must know, on one page: changes `since` their last look.
        LeadersPage = "leaders_page" "领导一页",
    }
}

crate::choice! {
    /// In which form.
    pub enum PaperFormat {
        /// The parts of the paper as JSON, for the host's own template.
        Data = "data" "数据",
        /// Markdown.
        Markdown = "markdown" "Markdown",
        /// One self-contained page that prints on A4.
        Html = "html" "网页",
    }
}

crate::record! {
    /// An earlier look at the records.
    pub struct Look {
        /// The day of that look; the day of the paper when missing.
        pub day: Option<Date>,
        /// What was known then: acts up to this position.
        pub known: Position,
    }
}

crate::record! {
    /// What people call a person. The ledger knows persons by host keys alone.
    pub struct PersonName {
        /// Host key of the person.
        pub person: String,
        /// The name to print.
        pub name: String,
    }
}

/// The text of a letter, byte for byte: its digest is over white space and line breaks as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullText(pub String);

impl Read for FullText {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.text().map(|text| FullText(text.to_owned()))
    }
    fn shape() -> Shape {
        Shape::Pattern("text, byte for byte", "")
    }
}

crate::record! {
    /// Asks for a paper.
    pub struct PaperRequest {
        /// Which paper.
        pub kind: PaperKind,
        /// In which form; data when missing.
        pub format: Option<PaperFormat>,
        /// For whom it is meant; the office when missing.
        pub audience: Option<Audience>,
        /// The day looked at, and printed unless `date` says another.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// The day to print.
        pub date: Option<Date>,
        /// Document number (发文字号); a paper that takes one leaves a blank for it when missing.
        pub number: Option<DocumentNumber>,
        /// Who issues it (落款), as printed.
        pub issuer: Option<String>,
        /// The assessed subject.
        pub subject: Option<String>,
        /// The subjects of a publicity, an approval or a ranking; the roster of the day when missing.
        pub subjects: Option<Vec<String>>,
        /// The letter.
        pub letter: Option<String>,
        /// The full text of the letter: printed when its SM3 digest is the one that the letter binds.
        pub text: Option<FullText>,
        /// Names of persons, to print in the place of their keys.
        pub names: Vec<PersonName>,
        /// The objection or appeal.
        pub appeal: Option<String>,
        /// The inspection finding.
        pub finding: Option<String>,
        /// The unit: the receiver of a notice, the supplier of data, the reporting unit.
        pub unit: Option<String>,
        /// The rule set of a cascade or a duty report; the live ones when missing.
        pub rule_set: Option<String>,
        /// The days of a publicity that is not in the ledger yet.
        pub period: Option<Period>,
        /// Who writes an opinion under an approval, in order; 考核办公室, 领导小组 and 审定机关 when empty.
        pub opinions: Vec<String>,
        /// The last look, for the page of leaders.
        pub since: Option<Look>,
        /// Scores from the facts of the ledger rather than the sheets that it holds, for feedback and ranking: the paper says
        /// that it is a trial (测算稿). For the office.
        pub trial: bool,
    }
}

/// The paper that is asked for. `scheme` is that of the papers about results and missing data.
///
/// Results are told from the sheets that the ledger holds: the approved one, else the one issued last. Nothing is scored
/// anew, unless the request asks for a trial.
///
/// ```
/// use zeren::report::{PaperRequest, paper};
/// use zeren::system::System;
/// let request = r#"{"kind": "letter", "letter": "l-1", "day": "2023-03-01"}"#;
/// let request: PaperRequest = zeren::document::read(request.as_bytes())?;
/// let refused = paper(&System::new("示例新区"), None, &request).unwrap_err();
/// assert_eq!(refused.findings()[0].code, "report.not_known");
/// # Ok::<(), zeren::error::Error>(())
/// ```
///
/// # Errors
/// A document error when the request does not name what the paper is about, or the scheme is missing; not found when the
/// ledger does not hold it on that day; a refusal of what is not for this audience, of an open result that was to be
/// published or approved, of a letter's text that is not the bound one, and of a paper before its time.
pub fn paper(system: &System, scheme: Option<&Scheme>, request: &PaperRequest) -> Result<Paper> {
    let asked = Asked::new(system, scheme, request)?;
    match request.kind {
        PaperKind::Letter => letter::paper(&asked),
        PaperKind::ScoreFeedback => results::feedback(&asked),
        PaperKind::AppealReceipt => appeal::receipt(&asked),
        PaperKind::AppealAnswer => appeal::answer(&asked),
        PaperKind::RectificationNotice => notice::paper(&asked),
        PaperKind::MissingData => missing::paper(&asked),
        PaperKind::Ranking => results::ranking(&asked),
        PaperKind::Publicity => publicity::paper(&asked),
        PaperKind::Approval => approval::paper(&asked),
        PaperKind::CascadeMap => cascade_map::paper(&asked),
        PaperKind::DutyReport => duty::paper(&asked),
        PaperKind::LeadersPage => leaders::paper(&asked),
    }
}

impl PaperRequest {
    /// The paper as text, in the form that the request names. The same state and request give the same bytes.
    ///
    /// # Errors
    /// As [`paper`].
    pub fn answer(&self, system: &System, scheme: Option<&Scheme>) -> Result<String> {
        let paper = paper(system, scheme, self)?;
        match self.format.unwrap_or(PaperFormat::Data) {
            PaperFormat::Data => answer_text(&paper),
            PaperFormat::Markdown => Ok(paper.markdown()),
            PaperFormat::Html => Ok(paper.html()),
        }
    }
}
