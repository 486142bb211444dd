//! `zeren`: the command-line program of those who write schemes, and of those who try a ledger out. All it says is Chinese; errors go to standard error.

mod csv;
mod html;
mod ledger;
mod place;
mod show;
mod template;

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Write};
use std::path::Path;
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
  zeren template 办法.json 名单.csv 目录 [--xlsx] [--opening 年]
                                               给每个填报单位写出填报表（CSV 或 Excel；--opening：往年数值）
  zeren read 办法.json [名单.csv] 填报表…       读回填好的表，逐行输出事实文档
  zeren schema [文档种类]                      文档的 JSON Schema；不写种类时列出全部种类
  zeren ledger new 账本.jsonl 账本标识          建立账本文件（已有的不覆盖）
  zeren ledger add 账本.jsonl 账本标识 请求.json  记入一批行为（time、operator、acts），写妥后才返回
  zeren ledger check 账本.jsonl 账本标识        逐行核对；有问题的，说明到哪一行为止完好
  zeren ledger ask 账本.jsonl 账本标识 问题     按日查询；问题为 JSON（含 view、day）或其文件
  zeren --help                                 本说明
退出码：0 没有需要改正的；1 有；2 命令写错了
";

/// What a command prints, and whether there is nothing to mend.
struct Told {
    text: String,
    sound: bool,
}

impl Told {
    fn sound(text: String) -> Self {
        Told { text, sound: true }
    }
}

/// What goes wrong, as it is told.
enum Failure {
    Usage,
    Told(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Told(lines(error.findings().iter().map(told)))
    }
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
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

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::Told(format!("读不到 {}：{error}", path.display())))
}

/// Errors with the line of the document on which each stands.
fn scheme(path: &Path) -> Result<Scheme, Failure> {
    let bytes = bytes(path)?;
    Scheme::parse(&bytes).map_err(|error| {
        let text = String::from_utf8_lossy(&bytes);
        Failure::Told(lines(error.findings().iter().map(|finding| {
            let pointer = finding.pointer.as_deref().filter(|pointer| !pointer.is_empty());
            let line = pointer.and_then(|pointer| place::line_of(&text, pointer));
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{}{line}: {}", path.display(), told(finding))
        })))
    })
}

/// Facts, and where the cells of a table stand.
struct Given {
    facts: Vec<Facts>,
    cells: csv::Cells,
}

impl Given {
    /// An error of scoring, each finding with the cell that it is about.
    fn failure(&self, error: &Error) -> Failure {
        Failure::Told(lines(error.findings().iter().map(
            |finding| match self.cells.address(finding) {
                Some(address) => format!("{address}：{} [{}]", finding.zh, finding.code),
                None => told(finding),
            },
        )))
    }
}

/// The facts of a file: CSV, one document, an array of documents, or one document a line.
fn facts(path: &Path, scheme: &Scheme) -> Result<Given, Failure> {
    let bytes = bytes(path)?;
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"))
    {
        let text = String::from_utf8(bytes)
            .map_err(|_| Failure::Told(format!("{} 不是 UTF-8 编码，请另存为 UTF-8", path.display())))?;
        let (facts, cells) = csv::facts(&text, scheme).map_err(|problems| Failure::Told(problems.join("\n")))?;
        return Ok(Given { facts, cells });
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
    Ok(Given {
        facts: read?,
        cells: csv::Cells::default(),
    })
}

fn run_check(path: &Path) -> Result<Told, Failure> {
    let scheme = scheme(path)?;
    let (mut told_lines, mut to_mend, mut doubts) = (Vec::new(), 0_usize, 0_usize);
    for question in effects(&scheme) {
        told_lines.push(show::question(&question));
        to_mend = to_mend.saturating_add(1);
    }
    for finding in check(&scheme) {
        told_lines.push(told(&finding));
        let count = if finding.code.starts_with("lint.") {
            &mut doubts
        } else {
            &mut to_mend
        };
        *count = count.saturating_add(1);
    }
    let text = scheme.text();
    told_lines.push(format!(
        "办法“{}”（{}）：{} 个项目，{} 个算例",
        text.title,
        text.status.zh(),
        scheme.rules().len(),
        text.examples.len()
    ));
    told_lines.push(match (to_mend, doubts) {
        (0, 0) => "没有发现问题".to_owned(),
        (0, doubts) => format!("没有必须改正的；{doubts} 处疑点请核对"),
        (to_mend, 0) => format!("{to_mend} 处须答复或改正"),
        (to_mend, doubts) => format!("{to_mend} 处须答复或改正；{doubts} 处疑点请核对"),
    });
    Ok(Told {
        text: lines(told_lines.into_iter()),
        sound: to_mend == 0,
    })
}

fn run_try(path: &Path, given: &Path) -> Result<Told, Failure> {
    let scheme = scheme(path)?;
    let given = facts(given, &scheme)?;
    let sheets = score_cohort(&scheme, &given.facts).map_err(|error| given.failure(&error))?;
    Ok(Told::sound(show::sheets(&scheme, &sheets)))
}

fn run_diff(arguments: &[OsString]) -> Result<Told, Failure> {
    let [one, facts_one, other, facts_other, subject] = arguments else {
        return Err(Failure::Usage);
    };
    let (one, other) = (scheme(Path::new(one))?, scheme(Path::new(other))?);
    let first = facts(Path::new(facts_one), &one)?;
    let second = facts(Path::new(facts_other), &other)?;
    let none = Results::new();
    let entrants = |facts| -> Vec<Entrant<'_>> {
        let facts: &[Facts] = facts;
        facts.iter().map(|facts| Entrant { facts, results: &none }).collect()
    };
    let (of_first, of_second) = (entrants(&first.facts), entrants(&second.facts));
    let before = Run {
        scheme: &one,
        entrants: &of_first,
    };
    let after = Run {
        scheme: &other,
        entrants: &of_second,
    };
    let found = difference(before, after, &subject.to_string_lossy())?;
    Ok(Told::sound(show::difference(&found)))
}

fn run_schema(kind: Option<&OsStr>) -> Result<Told, Failure> {
    let all = zeren::schemas::schemas();
    let Some(kind) = kind else {
        return Ok(Told::sound(lines(all.into_iter().map(|(name, _)| name.to_owned()))));
    };
    match all.into_iter().find(|(name, _)| kind == *name) {
        Some((_, schema)) => Ok(Told::sound(schema.trim_end().to_owned())),
        None => Err(Failure::Told(format!(
            "没有名为“{}”的文档种类；zeren schema 列出全部种类",
            kind.to_string_lossy()
        ))),
    }
}

fn run_ledger(rest: &[OsString]) -> Result<Told, Failure> {
    let words: Vec<Option<&str>> = rest.iter().map(|word| word.to_str()).collect();
    match (rest, words.as_slice()) {
        ([_, path, _], [Some("new"), _, Some(ledger)]) => ledger::new(Path::new(path), ledger),
        ([_, path, _, request], [Some("add"), _, Some(ledger), _]) => {
            ledger::add(Path::new(path), ledger, Path::new(request))
        }
        ([_, path, _], [Some("check"), _, Some(ledger)]) => ledger::check(Path::new(path), ledger),
        ([_, path, _, _], [Some("ask"), _, Some(ledger), Some(question)]) => {
            ledger::ask(Path::new(path), ledger, question)
        }
        _ => Err(Failure::Usage),
    }
}

/// Paths need not be UTF-8; commands are.
fn run(arguments: &[OsString]) -> Result<Told, Failure> {
    let (command, rest) = arguments.split_first().ok_or(Failure::Usage)?;
    let html = OsStr::new("--html");
    match (command.to_str(), rest) {
        (Some("--help" | "-h" | "help"), _) => Ok(Told::sound(USAGE.trim_end().to_owned())),
        (Some("check"), [path]) => run_check(Path::new(path)),
        (Some("table"), [path]) => Ok(Told::sound(show::table(&scheme(Path::new(path))?))),
        (Some("table"), [path, option] | [option, path]) if option == html => {
            Ok(Told::sound(html::page(&scheme(Path::new(path))?)))
        }
        (Some("try"), [path, given]) => run_try(Path::new(path), Path::new(given)),
        (Some("diff"), rest) => run_diff(rest),
        (Some("ledger"), rest) => run_ledger(rest),
        (Some("template"), rest) => match template::Wanted::of(rest) {
            Some((wanted, paths)) => match paths.as_slice() {
                [path, subjects, folder] => template::write(path, subjects, folder, &wanted),
                _ => Err(Failure::Usage),
            },
            None => Err(Failure::Usage),
        },
        (Some("read"), [path, tables @ ..]) if !tables.is_empty() => {
            let tables: Vec<&Path> = tables.iter().map(Path::new).collect();
            template::read(path.as_ref(), &tables)
        }
        (Some("schema"), []) => run_schema(None),
        (Some("schema"), [kind]) => run_schema(Some(kind)),
        _ => Err(Failure::Usage),
    }
}

/// Prints and tells how it went. A reader that has gone away, such as `head`, has seen what it wanted.
fn print(mut to: impl Write, text: &str) -> bool {
    let printed = to.write_all(text.as_bytes()).and_then(|()| to.write_all(b"\n"));
    match printed.and_then(|()| to.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            // Where standard error is gone as well, the exit code is all that is left to say it.
            let _ = writeln!(std::io::stderr(), "写不出结果：{error}");
            false
        }
        _ => true,
    }
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let wrong = ExitCode::from(2);
    match run(&arguments) {
        Ok(told) if print(std::io::stdout(), &told.text) && told.sound => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(Failure::Usage) => {
            print(std::io::stderr(), USAGE.trim_end());
            wrong
        }
        Err(Failure::Told(text)) => {
            print(std::io::stderr(), &text);
            ExitCode::FAILURE
        }
    }
}
