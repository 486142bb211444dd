//! Questions about letters.

use super::ask::{of_whom, unknown};
use super::{Query, RuleSetBody, View};
use crate::error::Result;
use crate::ledger::{Key, Table};
use crate::letter::{self, LetterLife, LetterLine, Wanted};

/// The letters, with their states: of a unit, of a post, in a state.
pub(super) fn letters<'a>(view: &View<'a>, query: &Query) -> Result<Vec<LetterLine<'a>>> {
    let registry = view.registry();
    let tables = registry.registry();
    let unit = known(view, &tables.units, "/unit", ("单位", "unit"), query.unit.as_deref())?;
    let post = known(view, &tables.posts, "/post", ("职务", "post"), query.post.as_deref())?;
    let state = query.state;
    Ok(letter::lines(&registry, &view.letters(), Wanted { unit, post, state }))
}

/// The whole life of a letter, with its findings as the first of the rule sets wants them.
pub(super) fn letter<'a>(view: &View<'a>, query: &Query, rule_sets: &[&RuleSetBody]) -> Result<LetterLife<'a>> {
    let Some(id) = query.letter.as_deref() else {
        let (zh, en) = (
            "查询一份责任书须给出 letter",
            "to ask for a letter, give its id as letter",
        );
        return Err(of_whom("/letter", zh, en));
    };
    let mut life = letter::life(&view.registry(), &view.letters(), id)
        .ok_or_else(|| unknown("/letter", ("责任书", "letter"), id))?;
    if let Some(rules) = rule_sets.first() {
        life.findings = rules.wanted(life.findings);
    }
    Ok(life)
}

/// The object that a question names, when it names one.
fn known<V>(
    view: &View<'_>,
    table: &Table<V>,
    pointer: &str,
    what: (&str, &str),
    id: Option<&str>,
) -> Result<Option<Key<V>>> {
    let Some(id) = id else { return Ok(None) };
    let key = table
        .key(id)
        .filter(|key| table.rows(*key, view.when().known).next().is_some());
    key.map(Some).ok_or_else(|| unknown(pointer, what, id))
}
