//! Tables for data entry: written for each supplier, and read back into facts documents.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use zeren::document::{Value, canonical};
use zeren::fact::{Content, Entered, Mark, SubjectRow, cell_address, table_rows};
use zeren::scheme::Scheme;

use super::{Failure, Told, bytes, lines, scheme, told};

/// Columns of a list of subjects, and the members of a facts document that the later ones become.
const COLUMNS: [(&str, &str); 5] = [
    ("考核对象编号", "subject"),
    ("考核对象", ""),
    ("对象类别", "class"),
    ("同类组", "cohort"),
    ("上级对象", "parent"),
];

/// A row of a list of subjects, by column.
type Listed = BTreeMap<&'static str, String>;

/// What is asked of the tables.
#[derive(Default)]
pub(crate) struct Wanted {
    /// Workbooks instead of CSV.
    workbooks: bool,
    /// The values of this earlier year instead of those of the scheme's own.
    opening: Option<u32>,
}

impl Wanted {
    /// Takes the options out of the arguments; `None` for one that there is not.
    pub(crate) fn of(arguments: &[OsString]) -> Option<(Self, Vec<&Path>)> {
        let (mut wanted, mut paths) = (Wanted::default(), Vec::new());
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--xlsx") => wanted.workbooks = true,
                Some("--opening") => {
                    let year = arguments.next()?.to_str()?.parse().ok()?;
                    wanted.opening = Some(year).filter(|year| (1..=9999).contains(year));
                    wanted.opening?;
                }
                Some(option) if option.starts_with("--") => return None,
                _ => paths.push(Path::new(argument)),
            }
        }
        Some((wanted, paths))
    }
}

/// Writes all tables of a scheme for these subjects into a folder, and tells which.
pub(crate) fn write(path: &Path, subjects: &Path, folder: &Path, wanted: &Wanted) -> Result<Told, Failure> {
    let scheme = scheme(path)?;
    let listed = list(subjects, &bytes(subjects)?)?;
    let of = |row: &Listed, column: &str| row.get(column).cloned().unwrap_or_default();
    let rows: Vec<SubjectRow> = listed
        .iter()
        .map(|row| SubjectRow::blank(&of(row, "考核对象编号"), &of(row, "考核对象")))
        .collect();
    let mut templates = scheme.templates();
    if let Some(year) = wanted.opening {
        let suppliers = templates
            .iter()
            .filter(|template| template.mark().content == Content::Values);
        let suppliers = suppliers.map(|template| template.mark().supplier.clone().unwrap_or_default());
        let opening: Result<Vec<_>, _> = suppliers
            .map(|supplier| scheme.opening_template(Some(&supplier), year))
            .collect();
        templates = opening?;
    }
    if templates.is_empty() {
        return Err(Failure::Told("办法没有声明事实，不需要填报表".to_owned()));
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    let mut written = Vec::new();
    for template in templates {
        let (extension, table) = if wanted.workbooks {
            ("xlsx", template.xlsx(&rows)?)
        } else {
            ("csv", template.csv_with(&rows)?.into_bytes())
        };
        let file = folder.join(format!("{}.{extension}", name(template.mark())));
        std::fs::write(&file, table).map_err(|error| unwritten(&file, &error))?;
        written.push(file.display().to_string());
    }
    Ok(Told::sound(lines(written.into_iter())))
}

/// Reads filled tables and gives a facts document a line for each subject. A list of subjects among them gives class,
/// cohort and the subject above.
pub(crate) fn read(path: &Path, tables: &[&Path]) -> Result<Told, Failure> {
    let scheme = scheme(path)?;
    let mut documents = Documents::default();
    let (mut problems, mut doubts) = (Vec::new(), Vec::new());
    for table in tables {
        let content = bytes(table)?;
        let here = table.display();
        match list(table, &content) {
            Ok(listed) => documents.list(&listed),
            // Not a list of subjects, so a table; whatever is wrong with it is told as of a table.
            Err(_) => match scheme.read_template(&content) {
                Ok(entered) => {
                    doubts.extend(
                        entered
                            .findings
                            .iter()
                            .map(|finding| format!("{here}: {}", told(finding))),
                    );
                    problems.extend(documents.add(&entered).into_iter().map(|why| format!("{here}: {why}")));
                }
                Err(error) => problems.extend(
                    error
                        .findings()
                        .iter()
                        .map(|finding| format!("{here}: {}", told(finding))),
                ),
            },
        }
    }
    if problems.is_empty() {
        super::print(std::io::stderr(), &lines(doubts.into_iter()));
        Ok(Told::sound(lines(documents.written(&scheme))))
    } else {
        Err(Failure::Told(problems.join("\n")))
    }
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Told(format!("写不出 {}：{error}", path.display()))
}

/// The name of the file of a table, of characters that every file system takes.
fn name(mark: &Mark) -> String {
    let supplier = mark.supplier.as_deref().unwrap_or("未指定填报单位");
    let name = match &mark.content {
        Content::Values => supplier.to_owned(),
        Content::Events(fact) => format!("{supplier}-{fact}"),
        Content::Opening(year) => format!("{supplier}-{year}年"),
    };
    let forbidden = |character: char| character.is_control() || r#"<>:"/\|?*"#.contains(character);
    name.replace(forbidden, "_")
}

/// The rows of a list of subjects.
fn list(path: &Path, content: &[u8]) -> Result<Vec<Listed>, Failure> {
    let rows = table_rows(content)?;
    let told = |why: String| Failure::Told(format!("{}: {why}", path.display()));
    let (heads, body) = rows.split_first().ok_or_else(|| told("名单是空的".to_owned()))?;
    let id = heads.iter().position(|head| head == "考核对象编号");
    let id = id.ok_or_else(|| told("A1：名单第一行应有“考核对象编号”一列".to_owned()))?;
    let (mut listed, mut problems) = (Vec::new(), Vec::new());
    for (number, cells) in body.iter().enumerate() {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if cells.get(id).is_none_or(String::is_empty) {
            let at = cell_address(number.saturating_add(1), id);
            problems.push(format!("{at}：缺少考核对象编号"));
        }
        let row = COLUMNS.iter().filter_map(|(column, _)| {
            let place = heads.iter().position(|head| head == column)?;
            let cell = cells.get(place).filter(|cell| !cell.is_empty())?;
            Some((*column, cell.clone()))
        });
        listed.push(row.collect());
    }
    if problems.is_empty() {
        Ok(listed)
    } else {
        Err(told(problems.join("\n")))
    }
}

/// What several tables say of each subject.
#[derive(Default)]
struct Documents {
    /// In the order in which subjects came up.
    order: Vec<String>,
    of: BTreeMap<String, Document>,
}

#[derive(Default)]
struct Document {
    members: Vec<(&'static str, String)>,
    facts: Vec<(String, Value)>,
    history: BTreeMap<u32, Vec<(String, Value)>>,
}

impl Documents {
    fn subject(&mut self, id: &str) -> &mut Document {
        if !self.of.contains_key(id) {
            self.order.push(id.to_owned());
        }
        self.of.entry(id.to_owned()).or_default()
    }

    fn list(&mut self, listed: &[Listed]) {
        for row in listed {
            let Some(id) = row.get("考核对象编号") else {
                continue;
            };
            let members = COLUMNS.iter().skip(2).filter_map(|(column, member)| {
                let text = row.get(column)?;
                Some((*member, text.clone()))
            });
            let members: Vec<(&str, String)> = members.collect();
            self.subject(id).members.extend(members);
        }
    }

    /// Adds what a table says; what another has said already is a problem.
    fn add(&mut self, entered: &Entered) -> Vec<String> {
        let mut problems = Vec::new();
        for filled in &entered.subjects {
            let document = self.subject(&filled.subject);
            let into = match &entered.mark.content {
                Content::Opening(year) => document.history.entry(*year).or_default(),
                Content::Values | Content::Events(_) => &mut document.facts,
            };
            for (fact, value) in &filled.facts {
                if into.iter().any(|(known, _)| known == fact) {
                    let subject = &filled.subject;
                    problems.push(format!("“{subject}”的“{fact}”在前面的表中已经填报，请只保留一处"));
                }
                into.push((fact.clone(), value.clone()));
            }
        }
        problems
    }

    fn written<'d>(&'d self, scheme: &'d Scheme) -> impl Iterator<Item = String> + 'd {
        let object = |facts: &[(String, Value)]| {
            let members = facts.iter().map(|(name, value)| (name.as_str().into(), value.clone()));
            Value::Object(members.collect())
        };
        let text = |text: &str| Value::Text(text.to_owned());
        self.order.iter().filter_map(move |id| {
            let document = self.of.get(id)?;
            let whole = |format: &[u8]| zeren::document::parse(format).unwrap_or(Value::Null);
            let mut members = vec![
                ("kind", text("facts")),
                ("format", whole(b"1")),
                ("subject", text(id)),
                ("scheme", text(scheme.id())),
                ("facts", object(&document.facts)),
            ];
            members.extend(document.members.iter().map(|(name, value)| (*name, text(value))));
            if !document.history.is_empty() {
                let years = document.history.iter();
                let years = years.map(|(year, facts)| (format!("{year:04}").as_str().into(), object(facts)));
                members.push(("history", Value::Object(years.collect())));
            }
            let members = members.into_iter().map(|(name, value)| (name.into(), value));
            Some(canonical(&Value::Object(members.collect())))
        })
    }
}
