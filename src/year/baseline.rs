//! The result from which a draft starts: the approved sheet as its bytes were stored, not what its facts would give today.

use super::pool::{assessment, facts_of};
use crate::assessment::Step;
use crate::document::parse;
use crate::error::{Finding, Result};
use crate::fact::{FactValue, Facts};
use crate::scheme::Scheme;
use crate::score::Kept;
use crate::system::View;

/// An approved result as it was stored.
pub(super) struct Baseline {
    /// The sheet.
    pub(super) kept: Kept,
    /// That its facts or its scheme have moved since, and which.
    pub(super) moved: Option<Finding>,
}

/// The approved sheet of a subject; nothing where none is approved, or where it states no total.
///
/// # Errors
/// None in practice: the ledger took the sheet as a document.
pub(super) fn approved(view: &View<'_>, scheme: &str, subject: &str) -> Result<Option<Kept>> {
    let when = view.when();
    let course = assessment(view).course_of(scheme, subject, when.day, when.known);
    match course.approved() {
        Some(row) => Ok(Kept::read(&parse(row.value.sheet.as_bytes())?)),
        None => Ok(None),
    }
}

/// The sheet that everybody may see: the approved one, else the one that was issued last, once it is in publicity.
pub(super) fn public(view: &View<'_>, scheme: &str, subject: &str) -> Option<Kept> {
    let when = view.when();
    let course = assessment(view).course_of(scheme, subject, when.day, when.known);
    let held = match (course.approved(), course.issued()) {
        (Some(approved), _) => &approved.value.sheet,
        (None, Some(issued)) if course.last(Step::Publicity).is_some() => &issued.value.sheet,
        _ => return None,
    };
    Kept::read(&parse(held.as_bytes()).ok()?)
}

/// The approved result of a subject with what has moved since; nothing where none is approved.
///
/// # Errors
/// As [`facts_of`].
pub(super) fn baseline(view: &View<'_>, scheme: &Scheme, subject: &str) -> Result<Option<Baseline>> {
    let when = view.when();
    let course = assessment(view).course_of(scheme.id(), subject, when.day, when.known);
    let (Some(approved), Some(kept)) = (course.approved(), self::approved(view, scheme.id(), subject)?) else {
        return Ok(None);
    };
    // The sheet was made when it was issued; what was recorded between that day and the approval is not in it either.
    let mut issued = course.versions().rev();
    let issued = issued.find(|row| row.value.digest == approved.value.digest);
    let made = issued.map_or(approved.from, |row| row.from);
    let then = facts_of(&view.system().view(when.day, Some(made)), scheme.id(), subject)?;
    let changes = changes(&kept, scheme, &then, &facts_of(view, scheme.id(), subject)?);
    let moved = (!changes.is_empty()).then(|| {
        let (zh, en): (Vec<String>, Vec<String>) = changes.into_iter().unzip();
        let on = approved.value.on;
        let zh = format!(
            "“{subject}”的结果（{on} 审定）形成之后，{}；测算以审定时保存的得分表为准，这部分变化单列",
            zh.join("，")
        );
        let en = format!(
            "since the result of \"{subject}\", approved on {on}, was made, {}; the draft starts from the stored sheet and tells \
             this apart",
            en.join(", ")
        );
        Finding::warning("year.baseline_moved", zh, en).about(subject)
    });
    Ok(Some(Baseline { kept, moved }))
}

/// What is no longer as the sheet was made, in Chinese and English.
fn changes(kept: &Kept, scheme: &Scheme, then: &Facts, now: &Facts) -> Vec<(String, String)> {
    let mut changes = Vec::new();
    let (old, new) = (&kept.standing.version, &scheme.text().version);
    if old != new {
        changes.push((
            format!("办法由版本 {old} 变为版本 {new}"),
            format!("the scheme went from version {old} to {new}"),
        ));
    } else if !kept.scheme_digest.is_empty() && kept.scheme_digest != scheme.digest() {
        changes.push((
            "办法内容已变而版本未变".to_owned(),
            "the scheme changed under its version".to_owned(),
        ));
    }
    let names = moved_names(then, now);
    if !names.is_empty() {
        changes.push((
            format!("事实“{}”已有变动", names.join("、")),
            format!("these facts changed: {}", names.join(", ")),
        ));
    }
    let around = |facts: &Facts| {
        let Facts {
            class, cohort, parent, ..
        } = facts;
        (class.clone(), cohort.clone(), parent.clone())
    };
    if around(then) != around(now) || then.history != now.history || then.targets != now.targets {
        changes.push((
            "类别、分组、往年数或目标值已有变动".to_owned(),
            "its class, cohort, earlier values or targets changed".to_owned(),
        ));
    }
    changes
}

/// The facts that are not the same, in the order in which they stand now.
fn moved_names<'a>(then: &'a Facts, now: &'a Facts) -> Vec<&'a str> {
    let of = |facts: &'a Facts, name: &str| -> Option<&'a FactValue> {
        facts.values.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    };
    let gone = then.values.iter().filter(|(name, _)| of(now, name).is_none());
    let names = now.values.iter().chain(gone).map(|(name, _)| name.as_str());
    names.filter(|name| of(then, name) != of(now, name)).collect()
}
