//! The first row of a table: of which scheme it is, and what is asked in it.

use super::grid::{Grid, address, refuse};
use crate::error::Result;

/// What a table asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain facts: a row a subject.
    Values,
    /// The events of this fact: a row an event.
    Events(String),
    /// The values of this year, from before the ledger: a row a subject.
    Opening(u32),
}

impl Content {
    /// The words of the mark. `：` stands in no name of a fact, so tables are never mixed up.
    pub(super) fn zh(&self) -> String {
        match self {
            Content::Values => "事实数值".to_owned(),
            Content::Events(fact) => format!("{EVENTS}{fact}"),
            Content::Opening(year) => format!("{OPENING}{year}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        if text == "事实数值" {
            return Some(Content::Values);
        }
        if let Some(year) = text.strip_prefix(OPENING) {
            return year.parse().ok().map(Content::Opening);
        }
        let fact = text.strip_prefix(EVENTS)?;
        Some(Content::Events(fact.to_owned()))
    }
}

const EVENTS: &str = "事件清单：";
const OPENING: &str = "往年数值：";

/// Labels of the first row, each before its value.
pub(super) const SCHEME: &str = "办法";
const LABELS: [&str; 5] = [SCHEME, "版本", "填报内容", "填报单位", "办法摘要"];

/// Of which scheme a table is, and what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Id of the scheme.
    pub scheme: String,
    /// Its version.
    pub version: String,
    /// What is asked for.
    pub content: Content,
    /// Who fills it in; everybody when nobody is named.
    pub supplier: Option<String>,
    /// SM3 digest of the scheme document; not compared where it is missing.
    pub digest: Option<String>,
}

impl Mark {
    /// The cells of the first row.
    pub(super) fn cells(&self) -> Vec<String> {
        let supplier = self.supplier.clone().unwrap_or_default();
        let digest = self.digest.clone().unwrap_or_default();
        let values = [
            self.scheme.clone(),
            self.version.clone(),
            self.content.zh(),
            supplier,
            digest,
        ];
        let pairs = LABELS.iter().zip(values);
        pairs.flat_map(|(label, value)| [(*label).to_owned(), value]).collect()
    }

    /// The mark of a table.
    ///
    /// # Errors
    /// A document error where the first row is none.
    pub(super) fn of(grid: &Grid) -> Result<Self> {
        let row = grid.row(0);
        let cell = |place: usize| row.get(place).map_or("", String::as_str);
        let labelled = cell(0) == SCHEME;
        let content = Content::read(cell(5));
        let optional = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        match content {
            Some(content) if labelled => Ok(Mark {
                scheme: cell(1).to_owned(),
                version: cell(3).to_owned(),
                content,
                supplier: optional(cell(7)),
                digest: optional(cell(9)),
            }),
            None if labelled => Err(differs(
                "fact.template_other_content",
                5,
                "填报内容不是本程序下发的填报表",
                "事实数值",
                cell(5),
            )),
            _ => Err(differs(
                "fact.template_no_mark",
                0,
                "第一行不是填报表的标记行，请使用下发的模板，不要删除前三行",
                SCHEME,
                cell(0),
            )),
        }
    }

    /// Refuses a table of another scheme, version or content.
    pub(super) fn expect(&self, own: &Mark) -> Result<()> {
        let digests = match (&self.digest, &own.digest) {
            (Some(theirs), Some(own)) => (own.as_str(), theirs.as_str()),
            _ => ("", ""),
        };
        let (own_content, content) = (own.content.zh(), self.content.zh());
        let compared = [
            (
                "fact.template_other_scheme",
                1,
                "这是另一个考核办法的填报表",
                (own.scheme.as_str(), self.scheme.as_str()),
            ),
            (
                "fact.template_other_version",
                3,
                "这是考核办法另一版本的填报表，请重新下载模板",
                (own.version.as_str(), self.version.as_str()),
            ),
            (
                "fact.template_other_content",
                5,
                "这是另一张填报表",
                (own_content.as_str(), content.as_str()),
            ),
            (
                "fact.template_other_digest",
                9,
                "考核办法在模板下发后改过而版本号未变，请重新下载模板",
                digests,
            ),
        ];
        for (code, column, zh, (expected, found)) in compared {
            if expected != found {
                return Err(differs(code, column, zh, expected, found));
            }
        }
        Ok(())
    }
}

pub(super) fn differs(code: &'static str, column: usize, zh: &str, expected: &str, found: &str) -> crate::error::Error {
    let at = address(0, column);
    let zh = format!("{at}：{zh}（应为“{expected}”，实为“{found}”）");
    let en = format!("{at}: expected \"{expected}\", found \"{found}\": not a table of this template");
    refuse(code, at, zh, en)
}
