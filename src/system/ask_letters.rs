//! Questions about letters.

use super::ask::{of_whom, unknown};
use super::query::text;
use super::rule_set::RuleSetBody;
use super::{Query, Topic, View};
use crate::error::Result;
use crate::ledger::{Key, Table};
use crate::letter::{self, LetterLife, LetterLine, Wanted};

/// Findings are told as the first of the rule sets wants them.
pub(super) fn ask_letters(view: &View<'_>, query: &Query, rule_sets: &[&RuleSetBody]) -> Result<String> {
    match query.view {
        Topic::Letter => text(&life(view, query, rule_sets)?),
        _ => text(&lines(view, query)?),
    }
}

fn lines<'a>(view: &View<'a>, query: &Query) -> Result<Vec<LetterLine<'a>>> {
    let registry = view.registry();
    let tables = registry.registry();
    let wanted = Wanted {
        unit: known(view, &tables.units, "/unit", ("单位", "unit"), query.unit.as_deref())?,
        post: known(view, &tables.posts, "/post", ("职务", "post"), query.post.as_deref())?,
        state: query.state,
    };
    Ok(letter::lines(&registry, &view.letters(), wanted))
}

fn life<'a>(view: &View<'a>, query: &Query, rule_sets: &[&RuleSetBody]) -> Result<LetterLife<'a>> {
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
