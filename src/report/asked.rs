//! A request with what it looks at: names, refusals, and what every paper bears.

use super::{Paper, PaperRequest};
use crate::assessment::{Assessment, Audience, Course, Looking, RosterEntry};
use crate::calendar::Date;
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::Key;
use crate::registry::{RegistryView, UnitRow};
use crate::scheme::Scheme;
use crate::system::{RuleSetBody, System, View};

/// A request on its way to a paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) request: &'a PaperRequest,
    pub(super) view: View<'a>,
    pub(super) looking: Looking<'a>,
    scheme: Option<&'a Scheme>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(system: &'a System, scheme: Option<&'a Scheme>, request: &'a PaperRequest) -> Result<Self> {
        let looking = request.audience.as_ref().map(Audience::looking).transpose()?;
        Ok(Asked {
            request,
            view: system.view(request.day, request.known),
            looking: looking.unwrap_or(Looking::Office),
            scheme,
        })
    }

    /// An empty paper of the kind that was asked for.
    pub(super) fn paper(&self, title: impl Into<String>) -> Paper {
        let when = self.view.when();
        let known = when.known.min(self.view.system().head().position);
        Paper {
            kind: self.request.kind.word(),
            number: self.request.number.as_ref().map(ToString::to_string),
            title: title.into(),
            to: None,
            wide: false,
            dense: false,
            parts: Vec::new(),
            issuer: self.request.issuer.clone(),
            date: Some(self.date()),
            note: self.audience_zh().map(|audience| {
                let day = when.day.zh();
                format!("本件依据截至{day}、账本第 {known} 行的记录生成，供{audience}查看")
            }),
        }
    }

    /// The same with a place for its document number.
    pub(super) fn numbered(&self, title: impl Into<String>) -> Paper {
        let mut paper = self.paper(title);
        let year = self.date().year();
        paper.number = paper.number.or_else(|| Some(format!("　　　　〔{year}〕　　号")));
        paper
    }

    /// The day to print.
    pub(super) fn date(&self) -> Date {
        self.request.date.unwrap_or(self.request.day)
    }

    /// Those who look, except everybody: what is posted says nothing of the ledger.
    fn audience_zh(&self) -> Option<String> {
        match self.looking {
            Looking::Subject(subject) => Some(format!("考核对象“{}”", self.subject_name(subject))),
            Looking::Scorer(unit) => Some(format!("评分单位“{}”", self.unit_name(unit))),
            Looking::Office => Some("考核办公室".to_owned()),
            Looking::Leaders => Some("领导".to_owned()),
            Looking::Public => None,
        }
    }

    pub(super) fn assessment(&self) -> &'a Assessment {
        &self.view.system().state().assessment
    }

    pub(super) fn registry(&self) -> RegistryView<'a> {
        self.view.registry()
    }

    /// The scheme of a paper about results.
    pub(super) fn scheme(&self) -> Result<&'a Scheme> {
        self.scheme.ok_or_else(|| {
            let zh = format!("“{}”须同时给出考核办法", self.request.kind.zh());
            let en = format!("a paper of kind \"{}\" needs a scheme", self.request.kind.word());
            Error::one(ErrorKind::Document, Finding::error("report.scheme_missing", "", zh, en))
        })
    }

    /// The scheme, where the paper can do without.
    pub(super) fn perhaps_scheme(&self) -> Option<&'a Scheme> {
        self.scheme
    }

    /// The course of a subject under the scheme.
    pub(super) fn course(&self, scheme: &'a Scheme, subject: &'a str) -> Course<'a> {
        let when = self.view.when();
        self.assessment().course_of(scheme.id(), subject, when.day, when.known)
    }

    /// The rule sets that the request names, else those of the day.
    pub(super) fn rule_sets(&self) -> Result<Vec<&'a RuleSetBody>> {
        match &self.request.rule_set {
            None => Ok(self.view.rule_sets()),
            Some(name) => {
                let rules = self.view.rule_set_named(name);
                Ok(vec![
                    rules.ok_or_else(|| not_known("/rule_set", ("规则集", "rule set"), name))?,
                ])
            }
        }
    }

    pub(super) fn subject_name(&self, id: &str) -> String {
        let known = self.assessment().subject(id, self.view.when().known);
        known.map_or_else(|| id.to_owned(), |subject| subject.name.clone())
    }

    /// What people call a unit; what is no unit of the ledger stands as it is, as suppliers may.
    pub(super) fn unit_name(&self, id: &str) -> String {
        let registry = self.registry();
        let key = registry.registry().units.key(id);
        let name = key.map(|key| registry.name(key)).filter(|name| !name.is_empty());
        name.unwrap_or(id).to_owned()
    }

    pub(super) fn person_name(&self, person: &str) -> String {
        let mut names = self.request.names.iter();
        let name = names.find(|named| named.person == person);
        name.map_or(person, |named| named.name.as_str()).to_owned()
    }

    /// The unit that the request names.
    pub(super) fn unit(&self) -> Result<(&'a str, Key<UnitRow>)> {
        let id = self.field("unit", self.request.unit.as_deref())?;
        let tables = self.registry().registry();
        let known = self.view.when().known;
        let key = tables
            .units
            .key(id)
            .filter(|key| tables.units.rows(*key, known).next().is_some());
        let key = key.ok_or_else(|| not_known("/unit", ("单位", "unit"), id))?;
        Ok((id, key))
    }

    /// The subject that the request names, else the one that looks; and it is in the ledger.
    pub(super) fn subject(&self) -> Result<&'a str> {
        let own = match self.looking {
            Looking::Subject(own) => Some(own),
            _ => None,
        };
        let id = self.field("subject", self.request.subject.as_deref().or(own))?;
        match self.assessment().subject(id, self.view.when().known) {
            Some(_) => Ok(id),
            None => Err(not_known("/subject", ("考核对象", "subject"), id)),
        }
    }

    /// The subjects that the request names, else those of the roster.
    pub(super) fn subjects(&self, scheme: &Scheme) -> Result<Vec<String>> {
        match &self.request.subjects {
            None => crate::year::Year::roster(&self.view, scheme.id()),
            Some(subjects) => {
                let known = self.view.when().known;
                let unknown = subjects
                    .iter()
                    .find(|id| self.assessment().subject(id, known).is_none());
                match unknown {
                    Some(id) => Err(not_known("/subjects", ("考核对象", "subject"), id)),
                    None => Ok(subjects.clone()),
                }
            }
        }
    }

    /// Those of them that get a sheet of their own, as the roster says; whoever is named by the request is asked for.
    pub(super) fn scored_subjects(&self, scheme: &Scheme) -> Result<Vec<String>> {
        let mut subjects = self.subjects(scheme)?;
        if self.request.subjects.is_none() {
            let roster = self.assessment().roster(scheme.id(), self.view.when());
            let entry = |subject: &str| roster.and_then(|roster| roster.entry(subject));
            subjects.retain(|subject| entry(subject).is_none_or(RosterEntry::has_sheet));
        }
        Ok(subjects)
    }

    /// A field without which the paper is about nothing.
    pub(super) fn field(&self, name: &str, value: Option<&'a str>) -> Result<&'a str> {
        value.ok_or_else(|| {
            let kind = self.request.kind;
            let zh = format!("“{}”须写明 {name}", kind.zh());
            let en = format!("a paper of kind \"{}\" must name \"{name}\"", kind.word());
            Error::one(
                ErrorKind::Document,
                Finding::error("report.field_missing", format!("/{name}"), zh, en),
            )
        })
    }

    /// Whether those who look are a subject that covers the unit, or the unit itself as a scorer.
    pub(super) fn is_own_unit(&self, unit: &str) -> bool {
        match self.looking {
            Looking::Subject(own) => {
                let known = self.assessment().subject(own, self.view.when().known);
                known.is_some_and(|subject| subject.covers(unit))
            }
            Looking::Scorer(own) => own == unit,
            Looking::Office | Looking::Leaders => true,
            Looking::Public => false,
        }
    }

    /// Refuses what is not for those who look.
    pub(super) fn only_for(&self, may: bool) -> Result<()> {
        if may { Ok(()) } else { Err(self.not_for()) }
    }

    pub(super) fn not_for(&self) -> Error {
        let kind = self.request.kind;
        let zh = format!("“{}”不在该查看范围之内", kind.zh());
        let en = format!(
            "a paper of kind \"{}\" about this is not for this audience",
            kind.word()
        );
        refused("report.not_for_audience", "/audience", zh, en)
    }
}

pub(super) fn refused(code: &'static str, pointer: &str, zh: impl Into<String>, en: impl Into<String>) -> Error {
    Error::one(ErrorKind::Refused, Finding::error(code, pointer, zh, en))
}

pub(super) fn not_known(pointer: &str, (zh, en): (&str, &str), id: &str) -> Error {
    Error::one(
        ErrorKind::NotFound,
        Finding::error(
            "report.not_known",
            pointer,
            format!("截至所查的日期和账本位置，没有{zh}“{id}”"),
            format!("no {en} \"{id}\" is known on that day at that position"),
        ),
    )
}
