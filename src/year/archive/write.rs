//! Writing an archive.

use std::collections::BTreeSet;

use serde::Serialize;

use super::act_of;
use super::select::Selection;
use crate::assessment::Subject;
use crate::calendar::{Date, Period};
use crate::document::{Value, canonical, parse};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::{Head, Inclusion, Position, inclusions, seal, unseal};
use crate::plan::Doer;
use crate::scheme::Scheme;
use crate::system::{View, answer_text};
use crate::year::Year;
use crate::year::assess::{as_adopted, known};
use crate::year::pool::assessment;

crate::record! {
    /// Which archive is wanted.
    pub struct ArchiveQuery {
        /// The subject.
        pub subject: String,
        /// The day looked at: letters and sheets are told as of it, acts that take effect later are left out.
        pub day: Date,
    }
}

/// The entries so far, each sealed.
struct Entries {
    text: String,
    previous: String,
    count: u32,
}

/// Writes values as the library prints them.
fn value(what: &impl Serialize) -> Result<Value> {
    parse(answer_text(what)?.as_bytes())
}

impl Entries {
    fn add(&mut self, entry: &str, members: &[(&str, Value)]) {
        self.count = self.count.saturating_add(1);
        let mut open = format!("{{\"number\":{},\"entry\":\"{entry}\"", self.count);
        for (name, value) in members {
            open.push_str(&format!(",\"{name}\":{}", canonical(value)));
        }
        open.push_str(&format!(",\"previous\":\"{}\"", self.previous));
        let sealed = seal(open);
        if let Some((_, digest)) = unseal(&sealed) {
            digest.clone_into(&mut self.previous);
        }
        self.text.push_str(&sealed);
        self.text.push('\n');
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn number(number: u32) -> Value {
    Value::Number(i64::from(number).into())
}

impl Year {
    /// The archive of a subject under a scheme, as of a day, from the lines of the ledger: the same lines, scheme and
    /// question give the same bytes.
    ///
    /// The lines are those that the view's system stands at, from the first; the scheme is the text that was adopted.
    ///
    /// # Errors
    /// As [`Year::assess`] for scheme and subject; an integrity error that names the first line that does not hold;
    /// `year.archive_other_lines` when the lines lead elsewhere than to the head of the system.
    pub fn archive<'t>(
        view: &View<'_>,
        scheme: &Scheme,
        query: &ArchiveQuery,
        lines: impl IntoIterator<Item = &'t str>,
    ) -> Result<String> {
        as_adopted(view, scheme)?;
        let asked = [query.subject.clone()];
        known(view, &asked)?;
        let position = view.system().head().position;
        let Some(subject) = assessment(view).subject(&query.subject, position) else {
            // Said by `known` already.
            return Ok(String::new());
        };
        let year = year_of(scheme, query.day);
        let (letters, posts) = letters(view, subject, year);
        let mut ids: BTreeSet<String> = subject.units.iter().cloned().collect();
        ids.extend(letters.iter().cloned().chain(posts));
        ids.extend([subject.id.clone(), scheme.id().to_owned()]);
        let mut selection = Selection {
            ids,
            letters: letters.iter().cloned().collect(),
            scheme: scheme.id(),
            subject: &subject.id,
            year,
            until: query.day,
        };
        let (checkpoint, acts) = inclusions(view.system().ledger(), lines, |line| {
            act_of(line.text()).is_some_and(|act| selection.wants(&act))
        })?;
        let head = view.system().head();
        if checkpoint.position != head.position || checkpoint.digest != head.digest {
            return Err(other_lines(checkpoint.position, head.position));
        }
        let mut entries = Entries {
            text: String::new(),
            previous: Head::empty().digest,
            count: 0,
        };
        let year_number = scheme.text().year;
        entries.add(
            "archive",
            &[
                ("format", number(1)),
                ("ledger", text(view.system().ledger())),
                ("subject", value(subject)?),
                ("scheme", text(scheme.id())),
                ("year", number(year_number)),
                ("day", text(&query.day.to_string())),
                ("checkpoint", value(&checkpoint)?),
            ],
        );
        entries.add(
            "scheme",
            &[
                ("scheme", text(scheme.id())),
                ("version", text(&scheme.text().version)),
                ("edition", text(&scheme.text().edition)),
                ("sm3", text(scheme.digest())),
                ("document", text(&canonical(scheme.document()))),
            ],
        );
        for act in &acts {
            entries.act(act);
        }
        for letter in &letters {
            let page = view.certificate_page(letter, &view.rule_sets(), &[])?;
            entries.add("letter", &[("letter", text(letter)), ("page", value(&page)?)]);
        }
        sheets(view, scheme, &query.subject, &mut entries);
        evidence(view, subject, year, &mut entries)?;
        let count = entries.count.saturating_add(1);
        entries.add("end", &[("entries", number(count))]);
        Ok(entries.text)
    }
}

impl Entries {
    fn act(&mut self, act: &Inclusion) {
        let path = act.path.iter().map(|hash| text(hash)).collect();
        self.add("act", &[("line", text(&act.line)), ("path", Value::List(path))]);
    }
}

/// The year that the scheme assesses.
fn year_of(scheme: &Scheme, day: Date) -> Period {
    let year = u16::try_from(scheme.text().year).unwrap_or(day.year());
    Period::year(year).unwrap_or(Period::since(day))
}

/// The letters to which a unit of the subject is a party, itself or by a group or post of it, and that cover a day of the
/// year, in the order of their ids; and the posts that sign them.
fn letters(view: &View<'_>, subject: &Subject, year: Period) -> (Vec<String>, BTreeSet<String>) {
    let (registry, all) = (view.registry(), view.letters());
    let (mut letters, mut posts) = (Vec::new(), BTreeSet::new());
    let tables = registry.registry();
    for letter in all.all().filter(|letter| letter.period().meets(year)) {
        let (issuers, receivers) = (letter.issuers(), letter.receivers());
        let of_subject = issuers.iter().chain(receivers.iter()).any(|side| {
            let unit = crate::letter::party_unit(&registry, side.party);
            unit.is_some_and(|unit| subject.covers(tables.units.id(unit)))
        });
        if of_subject {
            letters.push(letter.id.to_owned());
            posts.extend(
                letter
                    .signatories()
                    .iter()
                    .map(|post| tables.posts.id(*post).to_owned()),
            );
        }
    }
    (letters, posts)
}

/// The sheets as they were issued and approved.
fn sheets(view: &View<'_>, scheme: &Scheme, subject: &str, entries: &mut Entries) {
    let when = view.when();
    let course = assessment(view).course_of(scheme.id(), subject, when.day, when.known);
    let mut add = |step: &str, line: Position, on: Date, digest: &str, sheet: &str| {
        entries.add(
            "sheet",
            &[
                ("step", text(step)),
                ("on", text(&on.to_string())),
                ("line", number(line.sequence())),
                ("sm3", text(digest)),
                ("sheet", text(sheet)),
            ],
        );
    };
    for row in course.versions() {
        add(
            "preliminary",
            row.from,
            row.value.on,
            &row.value.digest,
            &row.value.sheet,
        );
    }
    for row in course.approvals() {
        add("approval", row.from, row.value.on, &row.value.digest, &row.value.sheet);
    }
}

/// What proves the records of the subject's units and their groups in the year; the evidence itself stays with the host.
fn evidence(view: &View<'_>, subject: &Subject, year: Period, entries: &mut Entries) -> Result<()> {
    let (registry, known) = (view.registry(), view.when().known);
    let (tables, records) = (registry.registry(), &view.system().state().plan.records);
    for key in records.keys(known) {
        let Some(row) = records.last(key, known).filter(|row| year.holds(row.value.on)) else {
            continue;
        };
        let unit = match row.value.doer {
            Doer::Unit(unit) => Some(unit),
            Doer::Group(group) => tables.groups.last(group, known).map(|row| row.value.unit),
        };
        let own = unit.is_some_and(|unit| subject.covers(tables.units.id(unit)));
        if own && !row.value.evidence.is_empty() {
            entries.add(
                "evidence",
                &[
                    ("record", text(records.id(key))),
                    ("kind", text(&row.value.kind)),
                    ("on", text(&row.value.on.to_string())),
                    ("line", number(row.from.sequence())),
                    ("evidence", value(&row.value.evidence.to_vec())?),
                ],
            );
        }
    }
    Ok(())
}

fn other_lines(given: Position, head: Position) -> Error {
    let zh = format!("所给账本行止于第 {given} 行，与系统当前所在的第 {head} 行不是同一账本状态；请给出全部账本行");
    let en = format!(
        "the lines given end at line {given} and do not lead to the system's head, line {head}; give all lines"
    );
    Error::one(
        ErrorKind::Integrity,
        Finding::error("year.archive_other_lines", "", zh, en),
    )
}
