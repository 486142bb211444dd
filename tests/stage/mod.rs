//! An assessment that has come so far: files of acts under `tests/cases`, entered one after another.
//!
//! A file of `given` is an object with `acts`, and where wanted `schemes` and `after`, the file that is entered first: a name
//! in the same folder, or a path below `tests/cases`. In an act `"sheet": "<scored>"` is the sheet that the recorded facts
//! give, and `"digest": "<digest>"` that of the act's sheet, else of the one issued last.

#![allow(dead_code, reason = "not every test uses all of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use zeren::calendar::{Date, Timestamp};
use zeren::document::{Value, canonical, parse, sm3_hex};
use zeren::error::Error;
use zeren::scheme::Scheme;
use zeren::system::{Request, System};
use zeren::year::{Year, sheet_value};

/// `tests/cases`.
pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// The cases of a folder of `tests/cases`, in order.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(cases().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut files: Vec<_> = entries
        .map(|entry| entry.unwrap_or_else(|error| panic!("{folder}: {error}")).path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
}

pub fn document(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub fn members<'v>(value: &'v Value, allowed: &[&str]) -> Vec<(&'v str, &'v Value)> {
    let Value::Object(members) = value else {
        panic!("expected an object with {allowed:?}, found {}", canonical(value));
    };
    for (name, _) in members {
        assert!(
            allowed.contains(&name.as_str()),
            "unknown key {name:?}; known are {allowed:?}"
        );
    }
    members.iter().map(|(name, value)| (name.as_str(), value)).collect()
}

pub fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(other) => panic!("expected a list, found {}", canonical(other)),
    }
}

pub fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_text)
}

/// An assessment under way.
pub struct Stage {
    pub system: System,
    pub schemes: BTreeMap<String, Scheme>,
    folder: String,
}

impl Stage {
    /// Nothing has happened; files are those of this folder of `tests/cases`.
    pub fn new(folder: &str) -> Self {
        Stage {
            system: System::new("示例新区"),
            schemes: BTreeMap::new(),
            folder: format!("{folder}/given"),
        }
    }

    /// Enters a file of `given`, after what it comes after.
    pub fn enter(&mut self, name: &str) {
        let own = self.folder.clone();
        let (folder, name) = name.rsplit_once('/').unwrap_or((&own, name));
        self.folder = folder.to_owned();
        let file = document(&cases().join(format!("{}/{name}.json", self.folder)));
        members(&file, &["after", "schemes", "acts"]);
        if let Some(before) = text(&file, "after") {
            self.enter(before);
        }
        for scheme in list(file.get("schemes")) {
            let scheme = Scheme::read(&scheme).unwrap_or_else(|error| panic!("{name}: {error}"));
            self.schemes.insert(scheme.id().to_owned(), scheme);
        }
        self.take(list(file.get("acts")))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        // What a snapshot brings back is the same, and goes on the same.
        let restored = System::from_snapshot("示例新区", &self.system.snapshot()).unwrap();
        assert!(restored == self.system, "{name}: a snapshot brings back another state");
        self.system = restored;
        self.folder = own;
    }

    /// Acts one by one, so that what is scored rests on those before.
    pub fn take(&mut self, acts: Vec<Value>) -> Result<(), Error> {
        for act in acts {
            let act = self.completed(act);
            let request = Request {
                head: self.system.head().clone(),
                time: Timestamp::parse("2024-12-31T09:00:00+08:00").unwrap(),
                operator: "录入员-1".into(),
                acts: vec![act.into()],
            };
            let prepared = self.system.prepare(&request)?;
            self.system
                .commit(prepared)
                .expect("what was prepared can be committed");
        }
        Ok(())
    }

    /// The act with its sheet and digest filled in.
    fn completed(&self, act: Value) -> Value {
        let Value::Object(mut members) = act.clone() else {
            return act;
        };
        let scored = text(&act, "sheet") == Some("<scored>");
        let sheet = if scored {
            Some(self.scored(&act))
        } else {
            act.get("sheet").cloned()
        };
        for (name, value) in &mut members {
            if name == "sheet" {
                *value = sheet.clone().unwrap();
            }
            if name == "digest" && value.as_text() == Some("<digest>") {
                *value = Value::Text(match &sheet {
                    Some(sheet) => sm3_hex(canonical(sheet).as_bytes()),
                    None => self.issued(&act),
                });
            }
        }
        Value::Object(members)
    }

    fn scored(&self, act: &Value) -> Value {
        let scheme = &self.schemes[text(act, "scheme").unwrap()];
        let day = Date::from_iso(text(act, "effective").unwrap()).unwrap();
        let subject = text(act, "subject").unwrap().to_owned();
        let view = self.system.view(day, None);
        let assessed = Year::new().assess(&view, scheme, &[subject]);
        sheet_value(&assessed.unwrap_or_else(|error| panic!("{error}")).sheets[0]).unwrap()
    }

    fn issued(&self, act: &Value) -> String {
        let assessment = &self.system.state().assessment;
        let (scheme, subject) = (text(act, "scheme").unwrap(), text(act, "subject").unwrap());
        let course = assessment.course_of(scheme, subject, Date::LAST, zeren::ledger::Position::END.before());
        course.issued().expect("no sheet was issued").value.digest.to_string()
    }
}
