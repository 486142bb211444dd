//! Stands in for an OA system with its database: it reads the acts of a file, stores the lines that `prepare` gives, commits.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use zeren::assessment::Course;
use zeren::calendar::Date;
use zeren::document::read;
use zeren::error::{Error as Refusal, Finding};
use zeren::scheme::Scheme;
use zeren::score::Sheet;
use zeren::system::{Request, System, View};
use zeren::year::{Year, sheet_digest, sheet_value};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// The office that runs the assessment.
pub const OFFICE: &str = "kaohe";

pub struct Host {
    folder: PathBuf,
    pub system: System,
    /// What the host's table of lines holds.
    pub lines: Vec<String>,
    operator: String,
}

impl Host {
    pub fn new(folder: PathBuf) -> Self {
        Host {
            folder,
            system: System::new("示例区"),
            lines: Vec::new(),
            operator: "kaohe-1".to_owned(),
        }
    }

    pub fn scheme(&self, name: &str) -> Outcome<Scheme> {
        let file = self.folder.join(format!("schemes/{name}.json"));
        Ok(Scheme::parse(&fs::read(&file)?).map_err(|error| format!("{}:\n{error}", file.display()))?)
    }

    /// Enters a file of acts: its first line says when, by whom, and what the story is; gives the story.
    pub fn enter(&mut self, name: &str) -> Outcome<String> {
        let (head, acts) = self.file(name)?;
        self.transact(&head, acts)
            .map_err(|error| format!("{name}:\n{error}"))?;
        Ok(text(&head, "story"))
    }

    /// Tries to enter a file that the library must refuse, and gives the story with what is said. The state stays.
    pub fn refused(&mut self, name: &str) -> Outcome<(String, Vec<Finding>)> {
        let (head, acts) = self.file(name)?;
        let before = self.system.head().clone();
        match self.transact(&head, acts) {
            Err(error) if *self.system.head() == before => Ok((text(&head, "story"), error.findings().to_vec())),
            _ => Err(format!("{name} was not refused").into()),
        }
    }

    /// Enters acts that the host itself makes.
    pub fn act(&mut self, day: &str, acts: Vec<Value>) -> Outcome<()> {
        let head = json!({"time": format!("{day}T17:00:00+08:00"), "operator": self.operator});
        Ok(self.transact(&head, acts)?)
    }

    /// Tries acts that the library must refuse.
    pub fn try_act(&mut self, day: &str, acts: Vec<Value>) -> Outcome<Vec<Finding>> {
        match self.act(day, acts) {
            Ok(()) => Err("these acts were not refused".into()),
            Err(error) => match error.downcast::<Refusal>() {
                Ok(refusal) => Ok(refusal.findings().to_vec()),
                Err(other) => Err(other),
            },
        }
    }

    fn file(&self, name: &str) -> Outcome<(Value, Vec<Value>)> {
        let path = self.folder.join(format!("acts/{name}.jsonl"));
        let content = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut lines = content.lines().map(serde_json::from_str);
        let head = lines.next().ok_or_else(|| format!("{name} is empty"))??;
        Ok((head, lines.collect::<Result<_, _>>()?))
    }

    /// Prepare, store, commit. Between the last two a real host writes the lines in a transaction of its own.
    fn transact(&mut self, head: &Value, acts: Vec<Value>) -> Result<(), Refusal> {
        let request =
            json!({"head": self.system.head(), "time": head["time"], "operator": head["operator"], "acts": acts});
        let prepared = self.system.prepare(&read::<Request>(request.to_string().as_bytes())?)?;
        let lines: Vec<String> = prepared.lines().map(str::to_owned).collect();
        self.system.commit(prepared)?;
        self.lines.extend(lines);
        Ok(())
    }

    pub fn view(&self, day: &str) -> Outcome<View<'_>> {
        Ok(self.system.view(self::day(day)?, None))
    }

    /// The sheets of a roster as its facts give them on a day. What another scheme gave is taken as it was approved.
    pub fn sheets(&self, scheme: &Scheme, day: &str) -> Outcome<Vec<Sheet>> {
        let view = self.view(day)?;
        let roster = Year::roster(&view, scheme.id())?;
        Ok(Year::new().assess(&view, scheme, &roster)?.sheets)
    }

    /// The sheet of a subject as it was made when it was issued: scored again as known at that position. Its bytes are those
    /// that the ledger holds, or the host says so.
    pub fn sheet_as_issued(&self, scheme: &Scheme, subject: &str, on: &str) -> Outcome<Sheet> {
        let row = self
            .course(scheme.id(), subject, on)?
            .issued()
            .ok_or("nothing was issued")?;
        let view = self.system.view(row.value.on, Some(row.from));
        let sheets = Year::new().assess(&view, scheme, &[subject.to_owned()])?.sheets;
        let sheet = sheets.into_iter().next().ok_or("no sheet")?;
        if sheet_digest(&sheet)? != *row.value.digest {
            return Err(format!("{subject}: the sheet cannot be scored again as it was issued").into());
        }
        Ok(sheet)
    }

    /// Issues the sheets that are not as they were issued last, of all subjects or of these, and delivers them the same
    /// day; gives whose they are.
    pub fn issue(&mut self, scheme: &Scheme, on: &str, only: Option<&[String]>, deliver: bool) -> Outcome<Vec<String>> {
        let (mut acts, mut issued) = (Vec::new(), Vec::new());
        for sheet in self.sheets(scheme, on)? {
            let digest = sheet_digest(&sheet)?;
            let subject = &sheet.subject;
            let course = self.course(scheme.id(), subject, on)?;
            let version = course.versions().count() + 1;
            let same = course.issued().is_some_and(|row| *row.value.digest == *digest);
            if same || only.is_some_and(|only| !only.contains(subject)) {
                continue;
            }
            let about = |act: &str, id: &str| {
                json!({"act": act, "id": format!("{id}-{}-{subject}-{version}", scheme.id()), "effective": on,
                       "scheme": scheme.id(), "subject": subject, "unit": OFFICE, "digest": digest})
            };
            let mut preliminary = about("preliminary.issued", "issue");
            preliminary["sheet"] = serde_json::to_value(sheet_value(&sheet)?)?;
            acts.push(preliminary);
            if deliver {
                acts.push(about("sheet.delivered", "deliver"));
            }
            issued.push(subject.clone());
        }
        self.act(on, acts)?;
        Ok(issued)
    }

    /// The acts that propose the grade of the sheet issued last, and hold it public.
    pub fn publicity(&self, scheme: &Scheme, grades_on: &str, from: &str, to: &str, turn: &str) -> Outcome<Vec<Value>> {
        let subjects = self.scored(scheme.id(), from)?;
        let mut grades = Vec::new();
        for subject in &subjects {
            let issued = self.course(scheme.id(), subject, from)?.issued();
            let grade = issued.and_then(|row| row.value.grade.as_deref()).ok_or("no grade")?;
            grades.push(json!({"subject": subject, "grade": grade}));
        }
        let id = scheme.id();
        Ok(vec![
            json!({"act": "grades.proposed", "id": format!("grades-{id}-{turn}"), "effective": grades_on, "scheme": id,
                   "unit": OFFICE, "grades": grades}),
            json!({"act": "publicity.held", "id": format!("publicity-{id}-{turn}"), "effective": from, "scheme": id,
                   "unit": OFFICE, "subjects": subjects, "to": to}),
        ])
    }

    /// The act by which the body decides, and those by which the sheets that were issued last are approved.
    pub fn approval(&self, scheme: &Scheme, decided: &str, on: &str) -> Outcome<Vec<Value>> {
        let subjects = self.scored(scheme.id(), on)?;
        let id = scheme.id();
        let mut acts = vec![
            json!({"act": "result.decided", "id": format!("decided-{id}"), "effective": decided, "scheme": id, "unit": "qu",
                   "subjects": subjects, "document": {"title": "区委常委会会议纪要", "number": "示委纪〔2024〕4号"}}),
        ];
        acts.extend(self.approve(scheme, on, &subjects, None)?);
        Ok(acts)
    }

    /// The acts that approve the sheets issued last of these subjects, byte by byte as they were issued.
    pub fn approve(&self, scheme: &Scheme, on: &str, subjects: &[String], after: Option<&str>) -> Outcome<Vec<Value>> {
        let mut acts = Vec::new();
        for subject in subjects {
            let row = self
                .course(scheme.id(), subject, on)?
                .issued()
                .ok_or("nothing was issued")?;
            let turn = after.unwrap_or("1");
            let mut act = json!({"act": "result.approved", "id": format!("approve-{}-{subject}-{turn}", scheme.id()),
                   "effective": on, "scheme": scheme.id(), "subject": subject, "unit": OFFICE,
                   "digest": row.value.digest, "sheet": serde_json::from_str::<Value>(&row.value.sheet)?});
            if let Some(after) = after {
                act["redetermination"] = json!(after);
            }
            acts.push(act);
        }
        Ok(acts)
    }

    pub fn course<'a>(&'a self, scheme: &'a str, subject: &'a str, on: &str) -> Outcome<Course<'a>> {
        let known = self.system.head().position;
        Ok(self
            .system
            .state()
            .assessment
            .course_of(scheme, subject, day(on)?, known))
    }

    /// The subjects of a roster that get a sheet.
    pub fn scored(&self, scheme: &str, on: &str) -> Outcome<Vec<String>> {
        let view = self.view(on)?;
        let roster = self
            .system
            .state()
            .assessment
            .roster(scheme, view.when())
            .ok_or("no roster")?;
        let entries = roster.entries.iter().filter(|entry| entry.has_sheet());
        Ok(entries.map(|entry| entry.subject.clone()).collect())
    }

    /// A sentence of the library with names in the place of the host's ids.
    pub fn readable(&self, sentence: &str) -> String {
        let mut text = sentence.to_owned();
        for (at, _) in sentence.match_indices('“') {
            let id = sentence[at..]
                .trim_start_matches('“')
                .split('”')
                .next()
                .unwrap_or_default();
            text = text.replace(&format!("“{id}”"), &format!("“{}”", self.name(id)));
        }
        text
    }

    /// The name under which the ledger knows a subject or a unit.
    pub fn name(&self, id: &str) -> String {
        let state = self.system.state();
        let known = self.system.head().position;
        if let Some(subject) = state.assessment.subject(id, known) {
            return subject.name.clone();
        }
        let registry = state.registry.view(Date::LAST, known);
        let unit = state.registry.units.key(id);
        unit.map_or_else(|| id.to_owned(), |unit| registry.name(unit).to_owned())
    }
}

pub fn day(text: &str) -> Outcome<Date> {
    Date::from_iso(text).ok_or_else(|| format!("{text} is no day").into())
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// Where the data of the example lies.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/year")
}
