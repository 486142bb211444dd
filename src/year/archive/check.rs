//! Checking an archive: by itself, and against a checkpoint that was kept elsewhere.

use std::collections::BTreeSet;

use serde::Serialize;

use super::act_of;

use crate::document::{Value, parse, read_value, sm3_hex};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::{Checkpoint, Head, Inclusion, unseal};

/// How far an archive that holds together was proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchiveVerified {
    /// The checkpoint that its acts are proven against.
    pub checkpoint: Checkpoint,
    /// How many entries it has.
    pub entries: u32,
    /// How many of them are acts.
    pub acts: u32,
    /// Whether the checkpoint is one that was kept elsewhere.
    pub proven: bool,
    /// What that means, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// Checks an archive; with a checkpoint that was kept elsewhere also that its acts stand in that ledger.
///
/// # Errors
/// An integrity error that names the first entry that does not hold.
pub fn verify_archive(archive: &str, kept: Option<&Checkpoint>) -> Result<ArchiveVerified> {
    let mut reading = Reading::default();
    let Some(body) = archive.strip_suffix('\n') else {
        let last = archive.lines().count().max(1);
        return Err(broken(last, "year.archive_cut", CUT));
    };
    for (index, text) in body.split('\n').enumerate() {
        let number = index.saturating_add(1);
        if reading.ended {
            return Err(broken(number, "year.archive_order", ORDER));
        }
        reading.entry(number, text)?;
    }
    let count = reading.count;
    if !reading.ended {
        return Err(broken(count.saturating_add(1), "year.archive_cut", CUT));
    }
    let Some(checkpoint) = reading.checkpoint else {
        return Err(broken(1, "year.archive_contradicts", CONTRADICTS));
    };
    if kept.is_some_and(|kept| *kept != checkpoint) {
        return Err(broken(1, "year.archive_other_checkpoint", OTHER));
    }
    let proven = kept.is_some();
    let at = checkpoint.position;
    let (zh, en) = if proven {
        (
            format!("归档包共 {count} 项，完整无改动；其中行为均在第 {at} 行的存证点所证明的账本之中"),
            format!(
                "all {count} entries are whole, and the acts stand in the ledger that the checkpoint of line {at} proves"
            ),
        )
    } else {
        (
            format!("归档包共 {count} 项，自身完整一致；未提供另行保存的存证点，不能排除整包连同账本被重新制作"),
            format!(
                "all {count} entries are whole and consistent; without a checkpoint kept elsewhere, a package made anew together with a ledger cannot be excluded"
            ),
        )
    };
    let bounded = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(ArchiveVerified {
        checkpoint,
        entries: bounded(count),
        acts: bounded(reading.acts),
        proven,
        zh,
        en,
    })
}

type Words = (&'static str, &'static str);
const CHANGED: Words = (
    "内容与其摘要不符，被改动、截断或重新排版",
    "its bytes do not match its digest: it was changed, cut or re-formatted",
);
const ORDER: Words = (
    "编号或前一项摘要不连续，有缺失、重复或错位",
    "its number or the digest of the entry before does not follow: an entry is missing, doubled or misplaced",
);
const CUT: Words = (
    "归档包没有结束项，末尾被截去",
    "the package has no end: its tail is cut off",
);
const NOT_PROVEN: Words = (
    "该账本行与所给路径不能推出存证点的根",
    "line and path do not lead to the root of the checkpoint",
);
const CONTRADICTS: Words = (
    "内容与归档包中的行为或摘要不一致",
    "it does not agree with the acts of the package or with its own digest",
);
const OTHER: Words = (
    "归档包的存证点与另行保存的存证点不一致",
    "the checkpoint of the package is not the one that was kept elsewhere",
);

/// What was read so far.
#[derive(Default)]
struct Reading {
    count: usize,
    previous: Option<String>,
    checkpoint: Option<Checkpoint>,
    /// Digests that acts state, and the lines at which acts stand.
    stated: BTreeSet<String>,
    lines: BTreeSet<String>,
    acts: usize,
    ended: bool,
}

impl Reading {
    fn entry(&mut self, number: usize, text: &str) -> Result<()> {
        let Some((object, digest)) = unseal(text) else {
            return Err(broken(number, "year.archive_changed", CHANGED));
        };
        let entry = parse(object.as_bytes()).map_err(|_| broken(number, "year.archive_changed", CHANGED))?;
        let previous = self.previous.get_or_insert_with(|| Head::empty().digest);
        let follows = entry.get("number").is_some_and(|told| is_number(told, number))
            && entry.get("previous").and_then(Value::as_text) == Some(previous);
        if !follows {
            return Err(broken(number, "year.archive_order", ORDER));
        }
        digest.clone_into(previous);
        self.count = number;
        let word = entry.get("entry").and_then(Value::as_text).unwrap_or("");
        let holds = match word {
            "archive" if number == 1 => self.head(&entry),
            "scheme" | "sheet" => Some(true),
            "act" => return self.act(number, &entry),
            "letter" | "evidence" => Some(true),
            "end" => {
                self.ended = true;
                entry.get("entries").map(|told| is_number(told, number))
            }
            _ => None,
        };
        let holds = holds == Some(true) && self.agrees(word, &entry);
        if holds {
            Ok(())
        } else {
            Err(broken(number, "year.archive_contradicts", CONTRADICTS))
        }
    }

    fn head(&mut self, entry: &Value) -> Option<bool> {
        let checkpoint: Checkpoint = read_value(entry.get("checkpoint")?).ok()?;
        let own = entry.get("ledger")?.as_text()? == checkpoint.ledger;
        let format = is_number(entry.get("format")?, 1);
        self.checkpoint = Some(checkpoint);
        Some(own && format)
    }

    fn act(&mut self, number: usize, entry: &Value) -> Result<()> {
        let not_proven = || broken(number, "year.archive_not_proven", NOT_PROVEN);
        let checkpoint = self.checkpoint.as_ref().ok_or_else(not_proven)?;
        let path = match entry.get("path") {
            Some(Value::List(path)) => path.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let line = entry.get("line").and_then(Value::as_text).unwrap_or("");
        let inclusion = Inclusion {
            kind: "inclusion".to_owned(),
            format: 1,
            of: checkpoint.position,
            line: line.to_owned(),
            path,
        };
        let body = inclusion.proves(checkpoint).map_err(|_| not_proven())?;
        let act = act_of(line).ok_or_else(not_proven)?;
        digests(&act, &mut self.stated);
        self.lines.insert(body.sequence.to_string());
        self.acts = self.acts.saturating_add(1);
        Ok(())
    }

    /// Whether what an entry holds has the digest that it states and, for a sheet, that its act states.
    fn agrees(&self, word: &str, entry: &Value) -> bool {
        let text = |name: &str| entry.get(name).and_then(Value::as_text);
        match word {
            "scheme" => text("document").map(|document| sm3_hex(document.as_bytes())).as_deref() == text("sm3"),
            "sheet" => {
                let own = text("sheet").map(|sheet| sm3_hex(sheet.as_bytes()));
                own.as_deref() == text("sm3") && own.is_some_and(|own| self.stated.contains(&own))
            }
            "evidence" => entry.get("line").is_some_and(|line| match line {
                Value::Number(line) => self.lines.contains(line.as_str()),
                _ => false,
            }),
            "letter" => {
                let own = entry
                    .get("page")
                    .and_then(|page| page.get("text"))
                    .and_then(Value::as_text);
                own.is_none_or(|own| self.stated.contains(own))
            }
            _ => true,
        }
    }
}

fn is_number(told: &Value, number: usize) -> bool {
    match told {
        Value::Number(told) => told.as_str() == number.to_string(),
        _ => false,
    }
}

/// Every text in an act that is a digest. Depth is bounded by the reader (128), so recursion is too.
fn digests(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Text(text) if crate::document::is_sm3_hex(text) => {
            found.insert(text.clone());
        }
        Value::List(items) => items.iter().for_each(|item| digests(item, found)),
        Value::Object(members) => members.iter().for_each(|(_, value)| digests(value, found)),
        _ => {}
    }
}

fn broken(number: usize, code: &'static str, (zh, en): Words) -> Error {
    let finding = Finding::error(
        code,
        format!("/{}", number.saturating_sub(1)),
        format!("归档包第 {number} 项：{zh}"),
        format!("entry {number} of the package: {en}"),
    );
    Error::one(ErrorKind::Integrity, finding.about(number.to_string()))
}
