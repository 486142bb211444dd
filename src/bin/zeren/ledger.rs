//! `zeren ledger`: a ledger in one file, tried out without a database or a program.

use std::path::Path;

use zeren::document::{Value, parse, read, read_value};
use zeren::ledger::{Head, verify};
use zeren::store::{self, Opened, Store};
use zeren::system::{Query, Request, System};

use super::{Failure, Told, bytes, lines, told};

/// Makes a file for an empty ledger.
pub(super) fn new(path: &Path, ledger: &str) -> Result<Told, Failure> {
    let (store, _) = Store::create(path, ledger)?;
    Ok(Told::sound(format!("已建立账本“{ledger}”：{}", store.path().display())))
}

/// Enters the acts of a request: an object with `time`, `operator` and `acts`; the head is that of the file.
pub(super) fn add(path: &Path, ledger: &str, request: &Path) -> Result<Told, Failure> {
    let Opened {
        mut store,
        mut system,
        findings,
    } = Store::open(path, ledger)?;
    let request = with_head(&bytes(request)?, system.head())?;
    let prepared = system.prepare(&request)?;
    store.append(&prepared)?;
    let receipts = prepared.receipts().to_vec();
    system.commit(prepared)?;
    let mut said: Vec<String> = findings.iter().map(told).collect();
    said.extend(receipts.iter().map(|receipt| {
        let how = if receipt.repeated { "早已记入" } else { "已记入" };
        format!("{} {how}第 {} 行", receipt.act, receipt.position)
    }));
    said.push(standing(&system));
    Ok(Told::sound(lines(said.into_iter())))
}

/// Checks every line: whether they hold together, and whether the acts can be taken.
pub(super) fn check(path: &Path, ledger: &str) -> Result<Told, Failure> {
    let reading = store::read(path, ledger)?;
    let sound = reading.findings.is_empty();
    let mut said: Vec<String> = reading.findings.iter().map(told).collect();
    if sound {
        let text = String::from_utf8(bytes(path)?)
            .map_err(|_| Failure::Told(format!("{} 不是 UTF-8 编码", path.display())))?;
        verify(ledger, text.lines())?;
    }
    said.push(standing(&reading.system));
    Ok(Told {
        text: lines(said.into_iter()),
        sound,
    })
}

/// Answers a question, a file or the question itself as JSON.
pub(super) fn ask(path: &Path, ledger: &str, question: &str) -> Result<Told, Failure> {
    let reading = store::read(path, ledger)?;
    let query: Query = if question.trim_start().starts_with('{') {
        read(question.as_bytes())?
    } else {
        read(&bytes(Path::new(question))?)?
    };
    let answer = reading.system.answer(&query)?;
    if reading.findings.is_empty() {
        return Ok(Told::sound(answer));
    }
    // An answer from a part of the file is told as such, apart from it.
    Err(Failure::Told(lines(
        reading
            .findings
            .iter()
            .map(told)
            .chain([standing(&reading.system), answer]),
    )))
}

fn standing(system: &System) -> String {
    let head = system.head();
    format!(
        "账本“{}”共 {} 行，末行摘要 {}",
        system.ledger(),
        head.position,
        head.digest
    )
}

fn with_head(request: &[u8], head: &Head) -> Result<Request, Failure> {
    let mut document = parse(request)?;
    if let Value::Object(members) = &mut document
        && !members.iter().any(|(name, _)| *name == "head")
    {
        let head = parse(format!(r#"{{"position": {}, "digest": "{}"}}"#, head.position, head.digest).as_bytes())?;
        members.push(("head".into(), head));
    }
    Ok(read_value(&document)?)
}
