//! `zeren`: the command-line program of those who write schemes. All it says is Chinese; errors go to standard error.

#![allow(clippy::disallowed_macros, reason = "a program prints; the library does not")]

mod csv;
mod show;

use std::io::Write;
use std::process::ExitCode;

use zeren::document::{Value, parse};
use zeren::error::{Error, Finding};
use zeren::fact::Facts;
use zeren::scheme::Scheme;
use zeren::score::{Entrant, Results, Run, check, difference, effects, score_cohort};

const USAGE: &str = "\
用法：
  zeren check 办法.json                        检查办法：全部问题、待明确事项、算例与疑点
  zeren table 办法.json [--html]               办法对照表（Markdown 或 HTML）
  zeren try 办法.json 事实.json|事实.csv        评分：名次、得分表和理由（JSON 可为一份、数组或逐行多份）
  zeren diff 办法甲 事实甲 办法乙 事实乙 对象     两次评分之差：规则、本身事实、他人事实
  zeren schema [文档种类]                      文档的 JSON Schema；不写种类时列出全部种类";

/// Prints a line; a reader that has gone away, such as `head`, is no error.
macro_rules! say {
    ($($told:tt)*) => {
        let _ = writeln!(std::io::stdout(), $($told)*);
    };
}

/// What goes wrong, as it is told.
enum Failure {
    Usage,
    Told(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Told(error.findings().iter().map(told).collect::<Vec<_>>().join("\n"))
    }
}

fn told(finding: &Finding) -> String {
    let about = finding
        .subject
        .as_ref()
        .map(|subject| format!("（{subject}）"))
        .unwrap_or_default();
    let place = finding.pointer.as_deref().filter(|place| !place.is_empty());
    let place = place.map(|place| format!("{place} ")).unwrap_or_default();
    format!(
        "{}{about} {place}{} [{}]",
        finding.severity.zh(),
        finding.zh,
        finding.code
    )
}

fn bytes(path: &str) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Told(format!("读不到 {path}：{error}")))
}

/// Errors with the line of the document on which each stands.
fn scheme(path: &str) -> Result<Scheme, Failure> {
    let bytes = bytes(path)?;
    Scheme::parse(&bytes).map_err(|error| {
        let text = String::from_utf8_lossy(&bytes);
        let lines = error.findings().iter().map(|finding| {
            let line = finding
                .pointer
                .as_deref()
                .and_then(|pointer| show::line_of(&text, pointer));
            let place = line.map_or_else(|| path.to_owned(), |line| format!("{path}:{line}"));
            format!("{place}: {}", told(finding))
        });
        Failure::Told(lines.collect::<Vec<_>>().join("\n"))
    })
}

/// The facts of a file: CSV, one document, an array of documents, or one document a line.
fn facts(path: &str, scheme: &Scheme) -> Result<Vec<Facts>, Failure> {
    let bytes = bytes(path)?;
    if path.to_lowercase().ends_with(".csv") {
        let text =
            String::from_utf8(bytes).map_err(|_| Failure::Told(format!("{path} 不是 UTF-8 编码，请另存为 UTF-8")))?;
        return csv::facts(&text, scheme).map_err(|problems| Failure::Told(problems.join("\n")));
    }
    let documents = match parse(&bytes) {
        Ok(Value::List(documents)) => documents,
        Ok(document) => vec![document],
        Err(whole) => {
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let read: Result<Vec<Value>, Error> = lines.map(|line| parse(line.as_bytes())).collect();
            read.map_err(|_| whole)?
        }
    };
    let read: Result<Vec<Facts>, Error> = documents.iter().map(Facts::read).collect();
    Ok(read?)
}

fn run_check(path: &str) -> Result<bool, Failure> {
    let scheme = scheme(path)?;
    let mut sound = true;
    for question in effects(&scheme) {
        say!("{}", show::question(&question));
        sound = false;
    }
    for finding in check(&scheme) {
        say!("{}", told(&finding));
        sound = false;
    }
    let examples = scheme.text().examples.len();
    let text = scheme.text();
    say!(
        "办法“{}”（{}）：{} 个项目，{examples} 个算例",
        text.title,
        text.status.zh(),
        scheme.rules().len()
    );
    if sound {
        say!("没有发现问题");
    }
    Ok(sound)
}

fn run_try(path: &str, given: &str) -> Result<bool, Failure> {
    let scheme = scheme(path)?;
    let sheets = score_cohort(&scheme, &facts(given, &scheme)?)?;
    say!("{}", show::sheets(&scheme, &sheets));
    Ok(true)
}

fn run_diff(arguments: &[String]) -> Result<bool, Failure> {
    let [one, facts_one, other, facts_other, subject] = arguments else {
        return Err(Failure::Usage);
    };
    let (one, other) = (scheme(one)?, scheme(other)?);
    let (first, second) = (facts(facts_one, &one)?, facts(facts_other, &other)?);
    let none = Results::new();
    let entrants = |facts| -> Vec<Entrant<'_>> {
        let facts: &[Facts] = facts;
        facts.iter().map(|facts| Entrant { facts, results: &none }).collect()
    };
    let (first, second) = (entrants(&first), entrants(&second));
    let before = Run {
        scheme: &one,
        entrants: &first,
    };
    let after = Run {
        scheme: &other,
        entrants: &second,
    };
    say!("{}", show::difference(&difference(before, after, subject)?));
    Ok(true)
}

fn run(arguments: &[String]) -> Result<bool, Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["check", path] => run_check(path),
        ["table", path] => {
            say!("{}", show::table(&scheme(path)?));
            Ok(true)
        }
        ["table", path, "--html"] | ["table", "--html", path] => {
            say!("{}", show::page(&scheme(path)?));
            Ok(true)
        }
        ["try", path, given] => run_try(path, given),
        ["diff", ..] => run_diff(arguments.get(1..).unwrap_or(&[])),
        ["schema"] => {
            for (name, _) in zeren::schemas::schemas() {
                say!("{name}");
            }
            Ok(true)
        }
        ["schema", kind] => match zeren::schemas::schemas().into_iter().find(|(name, _)| name == kind) {
            Some((_, schema)) => {
                say!("{}", schema.trim_end());
                Ok(true)
            }
            None => Err(Failure::Told(format!(
                "没有名为“{kind}”的文档种类；zeren schema 列出全部种类"
            ))),
        },
        _ => Err(Failure::Usage),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(Failure::Usage) => {
            eprintln!("{USAGE}");
            ExitCode::from(2)
        }
        Err(Failure::Told(text)) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
