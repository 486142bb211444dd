//! The JSON Schema (draft 2020-12) of every document that the library reads.
//!
//! They are for editors and for the checks of a host; the library itself reads by the declarations that the schemas are
//! written from. The texts are committed as `schema/*.json`; how an editor finds them: `docs/schemas.md`.

use crate::calendar::WorkCalendar;
use crate::document::{Read, Shape, json_schema, pretty};
use crate::fact::Facts;
use crate::ledger::{Checkpoint, Inclusion};
use crate::scheme;
use crate::system::{Act, Query, Request, RuleSet};
use crate::year::AssessQuery;

/// Name, title, shape.
type Document = (&'static str, &'static str, fn() -> Shape);

/// Every document, by name.
const DOCUMENTS: &[Document] = &[
    ("act", "行为", Act::shape),
    ("assess_query", "评分请求", AssessQuery::shape),
    ("calendar", "工作日历", WorkCalendar::shape),
    ("checkpoint", "存证点", Checkpoint::shape),
    ("facts", "事实", Facts::shape),
    ("inclusion", "单行证明", Inclusion::shape),
    ("query", "查询", Query::shape),
    ("request", "行为批次", Request::shape),
    ("rule_set", "规则集", RuleSet::shape),
    ("scheme", "考核办法", scheme::shape),
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
