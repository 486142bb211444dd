//! The first case from end to end: `cargo run --release --example district [FOLDER]`.
//!
//! Two years of a district work committee under invented names: 2022 as its duty report tells it, and an invented 2023
//! in which what the report planned has happened. What the program does is what a host does: it reads acts, stores the
//! lines that `prepare` gives, commits, asks, scores, and enters the approved results.

#![allow(clippy::disallowed_macros, reason = "a program prints")]

use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::json;
use zeren::calendar::Date;
use zeren::cascade::Cascade;
use zeren::document::{Value, parse, read_value};
use zeren::error::Finding;
use zeren::report::{Feedback, Paper, PaperRequest, Until, cascade_map, cascade_markdown, findings_markdown};
use zeren::report::{paper, ranking, sheet_markdown};
use zeren::scheme::Scheme;
use zeren::score::Sheet;
use zeren::system::{Request, System, View};
use zeren::year::{Year, sheet_value};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/district");
    let mut host = Host {
        system: System::new("示例新区"),
        lines: Vec::new(),
    };

    host.enter_folder(&case.join("2022"))?;
    let trial = scheme(&case, "2022-trial")?;
    let first = {
        let view = host.system.view(day("2022-12-31")?, None);
        let trial = Year::new().assess(&view, &trial, &["s-xinqu".to_owned()])?;
        let mut findings = view.findings();
        findings.extend(trial.findings);
        findings.extend(trial.sheets.iter().flat_map(|sheet| sheet.findings.clone()));
        Told {
            year: "2022",
            title: "2022 年（按履职报告）",
            findings,
            cascade: cascade(&view)?,
            sheets: trial.sheets,
            annual: Vec::new(),
        }
    };

    host.enter_folder(&case.join("2023"))?;
    let (own, annual) = (scheme(&case, "2023")?, scheme(&case, "2023-annual")?);
    let adopted: Vec<_> = [(&own, Vec::new()), (&annual, vec![own.id()])]
        .map(|(scheme, includes)| {
            json!({"act": "scheme.adopted", "id": format!("adopt-{}", scheme.id()), "effective": "2023-03-01",
                   "scheme": scheme.id(), "version": scheme.text().version, "year": scheme.text().year,
                   "digest": scheme.digest(), "table": scheme.table_digest(), "includes": includes})
        })
        .into();
    host.enter("2024-01-16T09:00:00+08:00", &adopted)?;
    let (sheets, annual_sheets, mut findings) = {
        let view = host.system.view(day("2024-01-31")?, None);
        let mut year = Year::new();
        let results = year.assess(&view, &own, &Year::roster(&view, own.id())?)?;
        let annual = year.assess(&view, &annual, &Year::roster(&view, annual.id())?)?;
        (
            results.sheets,
            annual.sheets,
            [results.findings, annual.findings].concat(),
        )
    };
    let mut approved = Vec::new();
    for sheet in sheets.iter().chain(&annual_sheets) {
        let value = sheet_value(sheet)?;
        let digest = zeren::document::sm3_hex(zeren::document::canonical(&value).as_bytes());
        approved.push(
            json!({"act": "result.approved", "id": format!("approve-{}-{}", sheet.scheme, sheet.subject),
                             "effective": "2024-02-20", "scheme": sheet.scheme, "subject": sheet.subject,
                             "digest": digest, "sheet": serde_json::to_value(&value)?}),
        );
    }
    host.enter("2024-02-21T09:00:00+08:00", &approved)?;
    let second = {
        let view = host.system.view(day("2023-12-31")?, None);
        let mut all = view.findings();
        all.append(&mut findings);
        all.extend(
            sheets
                .iter()
                .chain(&annual_sheets)
                .flat_map(|sheet| sheet.findings.clone()),
        );
        Told {
            year: "2023",
            title: "2023 年（虚构）",
            findings: all,
            cascade: cascade(&view)?,
            sheets,
            annual: annual_sheets,
        }
    };

    let names = [&trial, &own, &annual];
    let report = [
        "# 示例新区责任制：两个年度\n".to_owned(),
        first.report(&names, &host),
        second.report(&names, &host),
    ]
    .concat();
    println!("{report}");
    println!(
        "账本共 {} 行，末行摘要 {}。",
        host.lines.len(),
        host.system.head().digest
    );
    if let Some(folder) = std::env::args().nth(1) {
        write(Path::new(&folder), &[&first, &second], &report, &host)?;
        papers(&Path::new(&folder).join("papers"), &second, &annual, &host)?;
        println!("已写入 {folder}。");
    }
    Ok(())
}

/// Stands in for an OA system with its database: the lines are its table.
struct Host {
    system: System,
    lines: Vec<String>,
}

impl Host {
    /// Enters every request file of a folder, in the order of their names.
    fn enter_folder(&mut self, folder: &Path) -> Outcome<()> {
        let mut files = fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<Vec<_>, _>>()?;
        files.sort();
        for file in files {
            let request = parse(&fs::read(&file)?)?;
            self.transact(request)
                .map_err(|error| format!("{}:\n{error}", file.display()))?;
        }
        Ok(())
    }

    /// Enters acts that the program made.
    fn enter(&mut self, time: &str, acts: &[serde_json::Value]) -> Outcome<()> {
        let request = json!({"time": time, "operator": "office-1", "acts": acts}).to_string();
        self.transact(parse(request.as_bytes())?)
    }

    /// Prepare, store, commit.
    fn transact(&mut self, mut request: Value) -> Outcome<()> {
        let head = parse(serde_json::to_string(self.system.head())?.as_bytes())?;
        if let Value::Object(members) = &mut request {
            members.push(("head".into(), head));
        }
        let prepared = self.system.prepare(&read_value::<Request>(&request)?)?;
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared)?;
        Ok(())
    }

    /// The name under which the ledger knows a subject.
    fn subject(&self, id: &str) -> String {
        let known = self.system.head().position;
        let subjects = &self.system.state().assessment.subjects;
        subjects
            .latest(known)
            .find(|(key, _)| *key == id)
            .map_or_else(|| id.to_owned(), |(_, subject)| subject.name.clone())
    }
}

/// What is told of a year.
struct Told {
    year: &'static str,
    title: &'static str,
    findings: Vec<Finding>,
    cascade: Cascade,
    sheets: Vec<Sheet>,
    annual: Vec<Sheet>,
}

impl Told {
    fn report(&self, schemes: &[&Scheme], host: &Host) -> String {
        let mut text = format!(
            "\n## {}\n\n### 层层落实\n\n{}",
            self.title,
            cascade_markdown(&self.cascade)
        );
        text.push_str(&format!(
            "\n### 检查提示（{} 条）\n\n{}",
            self.findings.len(),
            findings_markdown(&self.findings)
        ));
        text.push_str("\n### 得分\n\n| 考核对象 | 办法 | 得分 | 等次 |\n|---|---|---|---|\n");
        let title = |id: &str| {
            let known = schemes.iter().find(|scheme| scheme.id() == id);
            known.map_or_else(|| id.to_owned(), |scheme| scheme.text().title.clone())
        };
        for sheet in self.sheets.iter().chain(&self.annual) {
            let (subject, grades) = (host.subject(&sheet.subject), sheet.grades.join(" / "));
            text.push_str(&format!(
                "| {subject} | {} | {} | {grades} |\n",
                title(&sheet.scheme),
                sheet.total.zh()
            ));
        }
        for sheet in self.sheets.iter().chain(&self.annual) {
            let subject = host.subject(&sheet.subject);
            text.push_str(&format!("\n{}", sheet_markdown(sheet, &title(&sheet.scheme), &subject)));
        }
        text
    }
}

fn scheme(case: &Path, name: &str) -> Outcome<Scheme> {
    let file = case.join(format!("schemes/{name}.json"));
    Ok(Scheme::parse(&fs::read(&file)?).map_err(|error| format!("{}:\n{error}", file.display()))?)
}

fn day(text: &str) -> Outcome<Date> {
    Date::from_iso(text).ok_or_else(|| format!("{text} is no day").into())
}

fn cascade(view: &View<'_>) -> Outcome<Cascade> {
    view.cascade().ok_or_else(|| "no rule set describes the cascade".into())
}

fn write(folder: &Path, years: &[&Told], report: &str, host: &Host) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let findings: Vec<_> = years
        .iter()
        .flat_map(|told| {
            told.findings.iter().map(|finding| {
                json!({"year": told.year, "code": finding.code, "severity": finding.severity,
                       "subject": finding.subject, "pointer": finding.pointer, "zh": finding.zh})
            })
        })
        .collect();
    let cascades: Vec<_> = years
        .iter()
        .map(|told| json!({"year": told.year, "cascade": told.cascade}))
        .collect();
    let sheets: Vec<&Sheet> = years.iter().flat_map(|told| &told.sheets).collect();
    let annual: Vec<&Sheet> = years.iter().flat_map(|told| &told.annual).collect();
    fs::write(folder.join("findings.json"), serde_json::to_string_pretty(&findings)?)?;
    fs::write(folder.join("cascade.json"), serde_json::to_string_pretty(&cascades)?)?;
    fs::write(folder.join("sheets.json"), serde_json::to_string_pretty(&sheets)?)?;
    fs::write(folder.join("annual.json"), serde_json::to_string_pretty(&annual)?)?;
    fs::write(
        folder.join("ledger.jsonl"),
        host.lines.iter().map(|line| format!("{line}\n")).collect::<String>(),
    )?;
    fs::write(folder.join("report.md"), report)?;
    Ok(())
}

/// Papers that are asked for as a host asks: a letter with its text, the reconciled report of the committee, what goes to
/// be made public and approved, one page for leaders.
fn requests() -> Outcome<[(&'static str, serde_json::Value); 5]> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/district/letters/l-2023-jia.txt"))?;
    let office = "示例新区考核办公室";
    Ok([
        (
            "letter-jia",
            json!({"kind": "letter", "day": "2023-06-30", "letter": "l-2023-jia", "text": text}),
        ),
        (
            "duty-xinqu",
            json!({"kind": "duty_report", "day": "2023-12-31", "unit": "xinqu"}),
        ),
        (
            "publicity",
            json!({"kind": "publicity", "day": "2024-02-21", "issuer": office, "period": {"from": "2024-02-22", "to": "2024-02-28"}}),
        ),
        ("approval", json!({"kind": "approval", "day": "2024-02-21"})),
        (
            "leaders",
            json!({"kind": "leaders_page", "day": "2023-12-31", "issuer": office, "audience": {"who": "leaders"},
                   "since": {"day": "2022-12-31", "known": 20}}),
        ),
    ])
}

/// The papers of a year as pages that print: what each subject is told, the ranking, the map of the cascade, and what else
/// is asked for.
fn papers(folder: &Path, told: &Told, annual: &Scheme, host: &Host) -> Outcome<()> {
    const ISSUER: Option<&str> = Some("示例新区考核办公室");
    let title = annual.text().title.as_str();
    let date = Some(day("2024-02-21")?);
    let named: Vec<(String, &Sheet)> = told
        .annual
        .iter()
        .map(|sheet| (host.subject(&sheet.subject), sheet))
        .collect();
    let named: Vec<(&str, &Sheet)> = named.iter().map(|(name, sheet)| (name.as_str(), *sheet)).collect();
    let mut papers: Vec<(String, Paper)> = vec![
        ("ranking".to_owned(), ranking(title, &named, ISSUER, date)),
        ("cascade".to_owned(), cascade_map(&told.cascade, ISSUER, date)),
    ];
    for (subject, sheet) in &named {
        let feedback = Feedback {
            scheme: title,
            subject,
            reply_by: Some(Until::Day(day("2024-03-01")?)),
            appeal_by: None,
            issuer: ISSUER,
            date,
        };
        papers.push((format!("feedback-{}", sheet.subject), feedback.paper(sheet)));
    }
    for (name, request) in requests()? {
        let request: PaperRequest = read_value(&parse(request.to_string().as_bytes())?)?;
        let paper = paper(&host.system, Some(annual), &request).map_err(|error| format!("{name}:\n{error}"))?;
        papers.push((name.to_owned(), paper));
    }
    fs::create_dir_all(folder)?;
    for (name, paper) in papers {
        fs::write(folder.join(format!("{name}.html")), paper.html())?;
    }
    Ok(())
}
