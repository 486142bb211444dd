//! Walking a tree and collecting every problem on the way.

use std::borrow::Cow;
use std::cell::RefCell;

use super::seen::Seen;
use super::{Read, Value, Written};
use crate::error::{Error, ErrorKind, Finding, Result};

/// At most this many problems of one document are kept; a thousand more would help nobody.
const MAX_PROBLEMS: usize = 1_000;

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Finding>>);

impl Problems {
    /// Nothing found yet.
    pub fn new() -> Self {
        Problems::default()
    }

    /// One more.
    pub fn push(&self, finding: Finding) {
        let mut found = self.0.borrow_mut();
        if found.len() < MAX_PROBLEMS {
            found.push(finding);
        }
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// How many were found: two counts tell whether a step in between found any.
    pub fn count(&self) -> usize {
        self.0.borrow().len()
    }

    /// The value when there was no problem, else all problems as one error of this kind.
    ///
    /// # Errors
    /// All problems, when there are any or when there is no value.
    pub fn settle<T>(self, kind: ErrorKind, value: Option<T>) -> Result<T> {
        let findings = self.0.into_inner();
        match value {
            Some(value) if findings.is_empty() => Ok(value),
            _ => Err(Error::new(kind, findings)),
        }
    }

    /// All problems.
    pub fn into_findings(self) -> Vec<Finding> {
        self.0.into_inner()
    }
}

/// A pointer one step further down (RFC 6901: `~` and `/` are escaped).
pub(crate) fn extend(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// A place in a document. Cheap to copy; its pointer is written out only when a problem needs it.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    seen: Seen<'a>,
    step: Step<'a>,
    problems: &'a Problems,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Placed(&'a str),
    Member(&'a Cursor<'a>, &'a str),
    Item(&'a Cursor<'a>, usize),
}

impl<'a> Cursor<'a> {
    /// The top of a document.
    pub fn root(value: &'a Value, problems: &'a Problems) -> Self {
        Cursor {
            seen: Seen::Tree(value),
            step: Step::Root,
            problems,
        }
    }

    /// The top of a document as it was written.
    pub fn written(written: &'a Written, problems: &'a Problems) -> Self {
        Cursor {
            seen: Seen::Written(written.part()),
            step: Step::Root,
            problems,
        }
    }

    /// A value that was put aside while its document was read, at the place where it stood.
    pub fn placed(value: &'a Value, pointer: &'a str, problems: &'a Problems) -> Self {
        Cursor {
            seen: Seen::Tree(value),
            step: Step::Placed(pointer),
            problems,
        }
    }

    /// The value at this place, as a tree. Of a large one in the text of a document that is a copy.
    pub fn value(&self) -> Cow<'a, Value> {
        self.seen.value()
    }

    /// The value at this place, as it was written.
    pub fn as_written(&self) -> Written {
        self.seen.written()
    }

    /// Whether an object stands here.
    pub fn is_object(&self) -> bool {
        self.seen.is_object()
    }

    /// Whether a string stands here.
    pub fn is_text(&self) -> bool {
        self.seen.text().is_some()
    }

    /// Whether an object with a member of this name stands here.
    pub fn has(&self, name: &str) -> bool {
        self.seen.member(name).is_some()
    }

    /// The text in the member of this name, when it is a string.
    pub fn text_of(&self, name: &str) -> Option<&'a str> {
        self.seen.member(name)?.1.text()
    }

    /// The plain form of the number in the member of this name, when it is one.
    pub fn number_of(&self, name: &str) -> Option<&'a str> {
        self.seen.member(name)?.1.number()
    }

    /// The truth here, when it is a boolean.
    pub fn truth(&self) -> Option<bool> {
        self.seen.truth()
    }

    /// The plain form of the number here, when it is one.
    pub fn number(&self) -> Option<&'a str> {
        self.seen.number()
    }

    /// The JSON pointer of this place.
    pub fn pointer(&self) -> String {
        match self.step {
            Step::Root => String::new(),
            Step::Placed(pointer) => pointer.to_owned(),
            Step::Member(parent, name) => extend(&parent.pointer(), name),
            Step::Item(parent, index) => extend(&parent.pointer(), &index.to_string()),
        }
    }

    /// Records a problem at this place. Always `None`, so that a reader can end with it.
    pub fn problem<T>(&self, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Option<T> {
        self.problems.push(Finding::error(code, self.pointer(), zh, en));
        None
    }

    /// Where the problems of this document are collected.
    pub fn problems(&self) -> &'a Problems {
        self.problems
    }

    /// Records that something else was expected here.
    pub fn expected<T>(&self, zh: &str, en: &str) -> Option<T> {
        let (found_zh, found_en) = self.seen.kind();
        self.problem(
            "document.wrong_type",
            format!("此处应为{zh}，实际是{found_zh}"),
            format!("expected {en}, found {found_en}"),
        )
    }

    /// The text here.
    pub fn text(&self) -> Option<&'a str> {
        self.seen.text().or_else(|| self.expected("字符串", "a string"))
    }

    /// The fields of the object here.
    pub fn fields(&'a self) -> Option<Fields<'a>> {
        if !self.is_object() {
            return self.expected("对象", "an object");
        }
        Some(Fields {
            at: self,
            known: RefCell::new(Known::default()),
        })
    }

    /// The item of an array that has only one.
    pub fn only(&'a self) -> Option<Cursor<'a>> {
        let mut items = self.seen.items()?;
        let seen = items.next()?;
        items.next().is_none().then_some(Cursor {
            seen,
            step: Step::Item(self, 0),
            problems: self.problems,
        })
    }

    /// Reads every item of the array here; `None` when one of them could not be read.
    pub fn items<T>(&'a self, mut read: impl FnMut(&Cursor<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Some(items) = self.seen.items() else {
            return self.expected("数组", "an array");
        };
        let mut whole = true;
        let mut list = Vec::with_capacity(items.clone().count());
        for (index, seen) in items.enumerate() {
            let cursor = Cursor {
                seen,
                step: Step::Item(self, index),
                problems: self.problems,
            };
            match read(&cursor) {
                Some(item) => list.push(item),
                None => whole = false,
            }
        }
        whole.then_some(list)
    }

    /// Reads every member of the object here, whatever its name.
    pub fn members<T>(&'a self, mut read: impl FnMut(&str, &Cursor<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Some(members) = self.seen.members() else {
            return self.expected("对象", "an object");
        };
        let mut whole = true;
        let mut list = Vec::new();
        for (name, seen) in members {
            let cursor = Cursor {
                seen,
                step: Step::Member(self, name),
                problems: self.problems,
            };
            match read(name, &cursor) {
                Some(item) => list.push(item),
                None => whole = false,
            }
        }
        whole.then_some(list)
    }
}

/// The fields of one object. Reading a field makes its name known; [`Fields::finish`] refuses the others.
#[derive(Debug)]
pub struct Fields<'a> {
    at: &'a Cursor<'a>,
    known: RefCell<Known>,
}

/// Names of fields; few objects have more than stand here without an allocation.
#[derive(Debug, Default)]
struct Known {
    few: [&'static str; 16],
    count: usize,
    more: Vec<&'static str>,
    /// One bit for each of the first 64 members that was asked for.
    met: u64,
}

impl Known {
    fn push(&mut self, name: &'static str) {
        match self.few.get_mut(self.count) {
            Some(place) => {
                *place = name;
                self.count = self.count.saturating_add(1);
            }
            None => self.more.push(name),
        }
    }

    fn meet(&mut self, place: usize) {
        self.met |= bit(place);
    }

    fn has_met(&self, place: usize) -> bool {
        self.met & bit(place) != 0
    }

    fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.few.iter().take(self.count).chain(&self.more).copied()
    }
}

/// The bit of a member; members behind the first 64 have none.
fn bit(place: usize) -> u64 {
    u32::try_from(place)
        .ok()
        .and_then(|place| 1_u64.checked_shl(place))
        .unwrap_or(0)
}

impl<'a> Fields<'a> {
    /// The place of the object itself.
    pub fn at(&self) -> &'a Cursor<'a> {
        self.at
    }

    /// The field as a `T`. A missing field is what `T` says it is when absent, else a problem.
    pub fn field<T: Read>(&self, name: &'static str) -> Option<T> {
        match self.cursor(name) {
            Some(cursor) => T::read(&cursor),
            None => T::absent().or_else(|| {
                self.at.problem(
                    "document.missing_field",
                    format!("缺少必填字段“{name}”"),
                    format!("field \"{name}\" is missing"),
                )
            }),
        }
    }

    /// The place of a field, when it is there.
    pub fn cursor(&self, name: &'static str) -> Option<Cursor<'_>> {
        let mut known = self.known.borrow_mut();
        known.push(name);
        let (place, seen) = self.at.seen.member(name)?;
        known.meet(place);
        Some(Cursor {
            seen,
            step: Step::Member(self.at, name),
            problems: self.at.problems,
        })
    }

    /// Makes a name known without reading it.
    pub fn allow(&self, name: &'static str) {
        self.known.borrow_mut().push(name);
    }

    /// Refuses every field that was neither read nor allowed, with the nearest known name.
    pub fn finish(self) {
        let known = self.known.into_inner();
        for (name, seen) in self.at.seen.members_but(|place| known.has_met(place)) {
            if known.iter().any(|known| name == known) {
                continue;
            }
            let cursor = Cursor {
                seen,
                step: Step::Member(self.at, name),
                problems: self.at.problems,
            };
            let hint = nearest(name, known.iter());
            let _: Option<()> = cursor.problem(
                "document.unknown_field",
                match hint {
                    Some(near) => format!("未知字段“{name}”，是否应为“{near}”？"),
                    None => format!("未知字段“{name}”，请删除或更正"),
                },
                match hint {
                    Some(near) => format!("unknown field \"{name}\"; did you mean \"{near}\"?"),
                    None => format!("unknown field \"{name}\"; remove or correct it"),
                },
            );
        }
    }
}

/// The candidate that differs in the fewest characters, when it differs in no more than a third of them (at least one).
pub(crate) fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = name.chars().count();
    if length > 64 {
        return None;
    }
    let allowed = length.div_euclid(3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, by characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (done, character) in left.chars().enumerate() {
        let mut diagonal = done;
        let mut before = done.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(&right) {
            let above = *cell;
            let replaced = diagonal.saturating_add(usize::from(character != *other));
            before = replaced.min(above.saturating_add(1)).min(before.saturating_add(1));
            *cell = before;
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or(0)
}
