//! What the tests about names share: an office that enters acts, and a scheme whose events have a matter.

#![allow(clippy::unwrap_used, reason = "a test that fails should fail loudly")]
#![allow(dead_code, reason = "not every test uses all of it")]

use serde_json::{Value, json};
use zeren::calendar::Date;
use zeren::document::read;
use zeren::error::Finding;
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Results, Sheet, score};
use zeren::system::{Prepared, Request, System};

/// A ledger with its lines, as a host keeps them.
pub struct Office {
    pub system: System,
    pub lines: Vec<String>,
}

impl Office {
    pub fn new() -> Self {
        Office {
            system: System::new("示例"),
            lines: Vec::new(),
        }
    }

    pub fn prepare(&mut self, acts: &[Value]) -> Prepared {
        let request =
            json!({"head": self.system.head(), "time": "2023-02-01T09:00:00+08:00", "operator": "u", "acts": acts});
        let request = Request::parse(request.to_string().as_bytes()).unwrap();
        self.system.prepare(&request).unwrap()
    }

    pub fn enter(&mut self, acts: &[Value]) {
        let prepared = self.prepare(acts);
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared).unwrap();
    }

    pub fn findings(&self, day: &str, known: Option<u32>) -> Vec<Finding> {
        let known = known.map(|known| read(known.to_string().as_bytes()).unwrap());
        self.system.view(Date::from_iso(day).unwrap(), known).findings()
    }

    /// The state that the stored lines lead to.
    pub fn replayed(&self) -> System {
        System::open("示例", self.lines.iter().map(String::as_str)).unwrap()
    }

    pub fn ask(&self, query: &Value) -> String {
        self.system
            .answer(&read(query.to_string().as_bytes()).unwrap())
            .unwrap()
    }
}

/// A draft with one item of this title, which deducts a point for each matter of a level.
pub fn scheme(title: &str, level: &str) -> Scheme {
    let document = json!({
        "kind": "scheme", "format": 1, "edition": "1", "id": "办法", "version": "1", "title": "示例办法", "year": 2023,
        "status": "draft",
        "facts": [{"name": "通报", "kind": "events", "max": 9, "supplier": "督查室", "fields": [
            {"name": "级别", "kind": "choice", "words": [level, "市级"]}, {"name": "事项", "kind": "matter"}]}],
        "items": [{"id": "1", "title": title, "points": 10, "rule":
            {"kind": "deduct", "floor": 0, "channels": [{"title": title, "count": "count(通报)", "measure": "次", "each": 1}]}}]
    });
    Scheme::parse(document.to_string().as_bytes()).unwrap()
}

/// The sheet of a subject with one event of this matter.
pub fn sheet(scheme: &Scheme, matter: &str) -> Sheet {
    let level = "市级";
    let facts = json!({"kind": "facts", "format": 1, "subject": "s-𬱖", "scheme": "办法", "facts":
        {"通报": {"events": [{"级别": level, "事项": matter}], "complete": true}}});
    let facts = Facts::read(&zeren::document::parse(facts.to_string().as_bytes()).unwrap()).unwrap();
    score(scheme, &facts, &Results::new()).unwrap()
}
