//! Templates for data entry, one for each supplier and one for each list of events.

use std::collections::BTreeSet;

use super::Scheme;
use crate::document::{Cursor, Read, Shape, Value, nearest, read};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::{Content, Declaration, Entered, FactValue, Kind, Mark, SubjectRow, Template};

crate::choice! {
    /// The form of a table.
    pub enum TemplateFormat {
        /// Text: UTF-8 with a byte order mark, commas.
        Csv = "csv" "CSV",
        /// A workbook, in builds with the feature `xlsx`.
        Xlsx = "xlsx" "工作簿",
    }
}

crate::record! {
    /// A subject that a table is made for.
    pub struct TemplateSubject {
        /// Host id.
        pub id: String,
        /// Its name, for those who fill the table in; the id when missing.
        pub name: Option<String>,
        /// What is known already and stands in the cells, by the name of the fact.
        pub facts: Option<Known>,
    }
}

crate::record! {
    /// Which table is wanted, and for whom. Without `events` it is the table of plain facts.
    pub struct TemplateQuery {
        /// The form; CSV when missing.
        pub format: Option<TemplateFormat>,
        /// Whose facts; those of everybody when missing, those that name no supplier when empty.
        pub supplier: Option<String>,
        /// The fact whose events are wanted, a row an event.
        pub events: Option<String>,
        /// The earlier year whose values are wanted, from before the ledger, 1 to 9999.
        pub opening: Option<u32>,
        /// The subjects, in the order of the rows.
        pub subjects: Vec<TemplateSubject>,
    }
}

/// Values by name, as a facts document writes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known(pub Vec<(String, Value)>);

impl Read for Known {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        at.members(|name, value| {
            FactValue::read(value)?;
            Some((name.to_owned(), value.value().into_owned()))
        })
        .map(Known)
    }
    fn shape() -> Shape {
        Shape::Map(FactValue::shape)
    }
}

impl Scheme {
    /// All tables that the scheme needs filled in: the plain facts of each supplier in the order in which they are
    /// declared, then the events of each fact.
    pub fn templates(&self) -> Vec<Template> {
        let mut seen = BTreeSet::new();
        let plain = self.facts().iter().filter(|fact| fact.kind != Kind::Events);
        let suppliers = plain.map(|fact| fact.supplier.as_deref().unwrap_or(""));
        let suppliers = suppliers.filter(|supplier| seen.insert(*supplier));
        let values = suppliers.map(|supplier| self.of_values(Some(supplier), None));
        let events = self.facts().iter().filter(|fact| fact.kind == Kind::Events);
        values.chain(events.map(|fact| self.of_events(fact))).collect()
    }

    /// The table of the plain facts of a supplier; of everybody's when none is named.
    ///
    /// # Errors
    /// Not found where no plain fact is that supplier's.
    pub fn template(&self, supplier: Option<&str>) -> Result<Template> {
        self.known_supplier(self.of_values(supplier, None), supplier)
    }

    /// The table of the values that a supplier's facts had in an earlier year.
    ///
    /// # Errors
    /// As [`Scheme::template`].
    pub fn opening_template(&self, supplier: Option<&str>, year: u32) -> Result<Template> {
        self.known_supplier(self.of_values(supplier, Some(year)), supplier)
    }

    /// The table of the events of a fact.
    ///
    /// # Errors
    /// Not found where the scheme declares no such list of events.
    pub fn events_template(&self, fact: &str) -> Result<Template> {
        let mut events = self.facts().iter().filter(|fact| fact.kind == Kind::Events);
        let found = events.clone().find(|declared| declared.name == fact);
        found.map(|fact| self.of_events(fact)).ok_or_else(|| {
            let known: Vec<&str> = events.by_ref().map(|fact| fact.name.as_str()).collect();
            not_declared("/events", "事件清单", "list of events", fact, &known)
        })
    }

    /// What a filled table says: CSV or, with the feature `xlsx`, a workbook. The table itself says which of the scheme's
    /// templates it is.
    ///
    /// # Errors
    /// As [`Template::read`].
    pub fn read_template(&self, table: &[u8]) -> Result<Entered> {
        Entered::read(table, |mark| self.template_of(mark))
    }

    /// Answers a [`TemplateQuery`] with the bytes of the table.
    ///
    /// # Errors
    /// The problems of the query; not found for a supplier or list that is not there; unsupported for a workbook in a build
    /// without the feature `xlsx`.
    pub fn answer_template(&self, query: &[u8]) -> Result<Vec<u8>> {
        let query: TemplateQuery = read(query)?;
        let template = match (&query.events, query.opening) {
            (None, None) => self.template(query.supplier.as_deref())?,
            (None, Some(year)) if (1..=9999).contains(&year) => {
                self.opening_template(query.supplier.as_deref(), year)?
            }
            (Some(fact), None) => self.events_template(fact)?,
            (None, Some(year)) => {
                let (zh, en) = (
                    format!("{year} 不是年份，应为 1 至 9999"),
                    format!("{year} is no year from 1 to 9999"),
                );
                return Err(refuse(ErrorKind::Document, "scheme.template_year", "/opening", zh, en));
            }
            (Some(_), Some(_)) => {
                let (zh, en) = (
                    "往年数值没有事件清单",
                    "values of earlier years have no lists of events",
                );
                return Err(refuse(
                    ErrorKind::Document,
                    "scheme.template_of_what",
                    "/events",
                    zh,
                    en,
                ));
            }
        };
        let subjects: Vec<SubjectRow> = query.subjects.into_iter().map(row).collect();
        match query.format.unwrap_or(TemplateFormat::Csv) {
            TemplateFormat::Csv => template.csv_with(&subjects).map(String::into_bytes),
            TemplateFormat::Xlsx => template.xlsx(&subjects),
        }
    }

    /// What a filled table says, as JSON text: [`Entered`].
    ///
    /// # Errors
    /// As [`Scheme::read_template`].
    pub fn answer_filled(&self, table: &[u8]) -> Result<String> {
        let entered = self.read_template(table)?;
        serde_json::to_string(&entered).map_err(|error| {
            let text = error.to_string();
            refuse(ErrorKind::Integrity, "scheme.not_written", "", text.clone(), text)
        })
    }

    /// The template that a table with this mark was made of; for a table of something else one that refuses it.
    fn template_of(&self, mark: &Mark) -> Result<Template> {
        let own = mark.scheme == self.id() && mark.version == self.text().version;
        let supplier = mark.supplier.as_deref();
        match &mark.content {
            _ if !own => Ok(self.of_values(None, None)),
            Content::Values => self.template(supplier),
            Content::Opening(year) => self.opening_template(supplier, *year),
            Content::Events(fact) => self.events_template(fact),
        }
    }

    fn of_values(&self, supplier: Option<&str>, year: Option<u32>) -> Template {
        let (id, version) = (self.id(), self.text().version.as_str());
        let template = match year {
            None => Template::values(id, version, self.facts(), supplier),
            Some(year) => Template::opening(id, version, self.facts(), supplier, year),
        };
        template.bound_to(self.digest())
    }

    fn of_events(&self, fact: &Declaration) -> Template {
        Template::events(self.id(), &self.text().version, fact).bound_to(self.digest())
    }

    fn known_supplier(&self, template: Template, supplier: Option<&str>) -> Result<Template> {
        match supplier {
            Some(supplier) if template.facts().is_empty() => {
                let plain = self.facts().iter().filter(|fact| fact.kind != Kind::Events);
                let known: BTreeSet<&str> = plain.filter_map(|fact| fact.supplier.as_deref()).collect();
                let known: Vec<&str> = known.into_iter().collect();
                Err(not_declared("/supplier", "填报单位", "supplier", supplier, &known))
            }
            _ => Ok(template),
        }
    }
}

fn row(subject: TemplateSubject) -> SubjectRow {
    SubjectRow {
        name: subject.name.unwrap_or_else(|| subject.id.clone()),
        id: subject.id,
        facts: subject.facts.map(|known| known.0).unwrap_or_default(),
    }
}

fn not_declared(pointer: &str, zh: &str, en: &str, asked: &str, known: &[&str]) -> Error {
    let near = nearest(asked, known.iter().copied());
    let (listed_zh, listed_en) = match (near, known) {
        (Some(near), _) => (format!("，是否应为“{near}”？"), format!("; did you mean \"{near}\"?")),
        (None, []) => ("，办法没有声明".to_owned(), "; the scheme declares none".to_owned()),
        (None, known) => (
            format!("，应为：{}", known.join("、")),
            format!("; it is one of: {}", known.join(", ")),
        ),
    };
    refuse(
        ErrorKind::NotFound,
        "scheme.no_template",
        pointer,
        format!("没有{zh}“{asked}”的填报表{listed_zh}"),
        format!("there is no table of the {en} \"{asked}\"{listed_en}"),
    )
}

fn refuse(kind: ErrorKind, code: &'static str, pointer: &str, zh: impl Into<String>, en: impl Into<String>) -> Error {
    Error::one(kind, Finding::error(code, pointer, zh, en))
}
