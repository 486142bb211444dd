//! What a scheme says of itself.

use serde::Serialize;

use super::{Question, Scheme, Status};
use crate::fact::{Content, Template};

/// A scheme's name, what its adoption binds, and what it leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About<'a> {
    /// Id.
    pub id: &'a str,
    /// Version.
    pub version: &'a str,
    /// Title.
    pub title: &'a str,
    /// The year assessed.
    pub year: u32,
    /// Draft or adopted.
    pub status: Status,
    /// SM3 digest of the canonical document.
    pub digest: &'a str,
    /// SM3 digest of the table that is read back.
    pub table_digest: String,
    /// The questions that a draft leaves open.
    pub questions: &'a [Question],
    /// The tables for data entry that the scheme needs filled in.
    pub templates: Vec<AboutTemplate>,
}

/// A table for data entry: what a [`TemplateQuery`](super::TemplateQuery) asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AboutTemplate {
    /// Who fills it in; empty where the facts name nobody.
    pub supplier: String,
    /// The fact whose events it lists; a table of plain facts has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub events: Option<String>,
}

impl AboutTemplate {
    fn of(template: &Template) -> Self {
        let mark = template.mark();
        AboutTemplate {
            supplier: mark.supplier.clone().unwrap_or_default(),
            events: match &mark.content {
                Content::Events(fact) => Some(fact.clone()),
                Content::Values | Content::Opening(_) => None,
            },
        }
    }
}

impl Scheme {
    /// What the scheme says of itself.
    pub fn about(&self) -> About<'_> {
        let text = self.text();
        About {
            id: &text.id,
            version: &text.version,
            title: &text.title,
            year: text.year,
            status: text.status,
            digest: self.digest(),
            table_digest: self.table_digest(),
            questions: self.questions(),
            templates: self.templates().iter().map(AboutTemplate::of).collect(),
        }
    }
}
