//! The JSON Schema (draft 2020-12) of every document that the library reads.
//!
//! They are for editors and for the checks of a host; the library itself reads by the declarations that the schemas are
//! written from. The texts are committed as `schema/*.json`; how an editor finds them: `docs/schemas.md`.

use crate::calendar::WorkCalendar;
use crate::document::{Read, Shape, json_schema, pretty};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::fact::Facts;
use crate::ledger::{Checkpoint, Inclusion};
use crate::letter::{DigestQuery, SignatureQuery};
use crate::report::{CertificateRequest, PaperRequest};
use crate::scheme::{self, TemplateQuery};
use crate::system::{Act, Query, Request, RuleSet};
use crate::year::{ArchiveQuery, AssessQuery};

/// Name, title, shape.
type Document = (&'static str, &'static str, fn() -> Shape);

/// Every document, by name.
const DOCUMENTS: &[Document] = &[
    ("act", "行为", Act::shape),
    ("archive_query", "归档请求", ArchiveQuery::shape),
    ("assess_query", "评分请求", AssessQuery::shape),
    ("calendar", "工作日历", WorkCalendar::shape),
    ("certificate_request", "签署证明页请求", CertificateRequest::shape),
    ("checkpoint", "存证点", Checkpoint::shape),
    ("digest_query", "待签摘要请求", DigestQuery::shape),
    ("facts", "事实", Facts::shape),
    ("inclusion", "单行证明", Inclusion::shape),
    ("paper_request", "文书请求", PaperRequest::shape),
    ("query", "查询", Query::shape),
    ("request", "行为批次", Request::shape),
    ("rule_set", "规则集", RuleSet::shape),
    ("scheme", "考核办法", scheme::shape),
    ("signature_query", "签名核验请求", SignatureQuery::shape),
    ("template_query", "填报表请求", TemplateQuery::shape),
];

/// The name and the schema text of every document, by name.
///
/// ```
/// let (name, schema) = zeren::schemas::schemas().next().unwrap();
/// assert_eq!(name, "act");
/// assert!(schema.contains("\"$id\": \"urn:zeren:schema:act\""));
/// ```
pub fn schemas() -> impl Iterator<Item = (&'static str, String)> {
    DOCUMENTS.iter().map(|(name, title, shape)| {
        let id = format!("urn:zeren:schema:{name}");
        (*name, pretty(&json_schema(title, &id, shape())))
    })
}

/// The schema text of a document, and of nothing else.
///
/// # Errors
/// There is no document of this name; the error names all.
///
/// ```
/// assert!(zeren::schemas::schema("facts").unwrap().contains("urn:zeren:schema:facts"));
/// assert!(zeren::schemas::schema("fact").is_err());
/// ```
pub fn schema(name: &str) -> Result<String> {
    let found = schemas().find(|(known, _)| *known == name);
    found.map(|(_, schema)| schema).ok_or_else(|| {
        let names: Vec<&str> = DOCUMENTS.iter().map(|(name, ..)| *name).collect();
        let (zh, en) = (
            format!("没有“{name}”这种文档；有：{}", names.join("、")),
            format!("there is no document \"{name}\"; there are: {}", names.join(", ")),
        );
        let mut finding = Finding::error("schemas.unknown", "", zh, en);
        finding.pointer = None;
        Error::one(ErrorKind::NotFound, finding)
    })
}
