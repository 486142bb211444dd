//! Who is scored together, and from which facts.

use super::Year;
use crate::assessment::{Assessment, RosterEntry};
use crate::document::parse;
use crate::error::Result;
use crate::exact::Exact;
use crate::fact::Facts;
use crate::progress::Watch;
use crate::scheme::Scheme;
use crate::score::{Entrant, Kept, Outcome, Results, Sheet, score_under};
use crate::system::View;

/// The facts of a subject under a scheme, as the ledger holds them: with class, cohort, parent, history and targets.
///
/// # Errors
/// A document error when a recorded value is not one that any scheme could score.
pub fn facts_of(view: &View<'_>, scheme: &str, subject: &str) -> Result<Facts> {
    read(view, subject, serde_json::to_string(&view.facts(scheme, subject)))
}

/// The same with what the subject claims of itself in the place of what is recorded.
///
/// # Errors
/// As [`facts_of`].
pub fn claims_of(view: &View<'_>, scheme: &str, subject: &str) -> Result<Facts> {
    read(view, subject, serde_json::to_string(&view.claims(scheme, subject)))
}

fn read(view: &View<'_>, subject: &str, text: serde_json::Result<String>) -> Result<Facts> {
    let mut facts = Facts::read(&parse(text.unwrap_or_default().as_bytes())?)?;
    if facts.class.is_none() {
        let known = assessment(view).subject(subject, view.when().known);
        facts.class = known.map(|subject| subject.class.clone());
    }
    Ok(facts)
}

/// What the ledger keeps of assessments.
pub(super) fn assessment<'a>(view: &View<'a>) -> &'a Assessment {
    &view.system().state().assessment
}

/// Those who are scored when these are asked for: a scheme that compares subjects scores its whole roster with them.
/// Entries without a sheet stay out.
pub(super) fn pool(view: &View<'_>, scheme: &Scheme, asked: &[String]) -> Vec<RosterEntry> {
    let roster = assessment(view).roster(scheme.id(), view.when());
    let entry = |subject: &String| match roster.and_then(|roster| roster.entry(subject)) {
        Some(entry) => entry.clone(),
        None => RosterEntry::plain(subject.clone()),
    };
    let mut pool: Vec<RosterEntry> = match roster.filter(|_| scheme.needs_cohort()) {
        Some(roster) => {
            let others = asked.iter().filter(|subject| roster.entry(subject).is_none());
            roster.entries.iter().cloned().chain(others.map(entry)).collect()
        }
        None => asked.iter().map(entry).collect(),
    };
    pool.retain(RosterEntry::has_sheet);
    pool
}

/// A sheet for each, in the order given: together where the scheme compares subjects, else one by one.
pub(super) fn run(year: &Year, view: &View<'_>, scheme: &Scheme, facts: &[Facts]) -> Result<Vec<Sheet>> {
    run_under(year, view, scheme, facts, Watch::NOBODY)
}

/// The same under the eyes of whoever waits, its steps expected already.
pub(super) fn run_under(
    year: &Year,
    view: &View<'_>,
    scheme: &Scheme,
    facts: &[Facts],
    watch: Watch<'_>,
) -> Result<Vec<Sheet>> {
    let results = results(year, view, scheme, facts);
    scored_under(scheme, &entrants(facts, &results), watch)
}

/// The same over facts that stand with what other schemes gave.
pub(super) fn score_run(scheme: &Scheme, entrants: &[Entrant<'_>]) -> Result<Vec<Sheet>> {
    scored_under(scheme, entrants, Watch::NOBODY)
}

fn scored_under(scheme: &Scheme, entrants: &[Entrant<'_>], watch: Watch<'_>) -> Result<Vec<Sheet>> {
    if scheme.needs_cohort() {
        return score_under(scheme, entrants, watch);
    }
    let alone = |entrant: &Entrant<'_>| score_under(scheme, std::slice::from_ref(entrant), watch);
    let mut sheets = Vec::with_capacity(entrants.len());
    for entrant in entrants {
        sheets.extend(alone(entrant)?);
    }
    Ok(sheets)
}

/// Facts with what other schemes gave the same subject.
pub(super) fn entrants<'a>(facts: &'a [Facts], results: &'a [Results]) -> Vec<Entrant<'a>> {
    let pairs = facts.iter().zip(results);
    pairs.map(|(facts, results)| Entrant { facts, results }).collect()
}

/// What other schemes gave each subject: in this year, else as the ledger approved it.
pub(super) fn results(year: &Year, view: &View<'_>, scheme: &Scheme, facts: &[Facts]) -> Vec<Results> {
    let of = |subject: &str| {
        let mut results = year.outcomes.get(subject).cloned().unwrap_or_default();
        for (_, included) in scheme.includes() {
            if !results.contains_key(&included.scheme) {
                let approved = approved(view, &included.scheme, subject);
                results.extend(approved.map(|outcome| (included.scheme.clone(), outcome)));
            }
        }
        results
    };
    facts.iter().map(|facts| of(&facts.subject)).collect()
}

/// The outcome of the result that the ledger approved, by its share where the roster prorates it.
fn approved(view: &View<'_>, scheme: &str, subject: &str) -> Option<Outcome> {
    let when = view.when();
    let course = assessment(view).course_of(scheme, subject, when.day, when.known);
    let kept = Kept::read(&parse(course.approved()?.value.sheet.as_bytes()).ok()?)?;
    let share = assessment(view)
        .roster(scheme, when)
        .and_then(|roster| roster.entry(subject))
        .and_then(|entry| entry.share.clone());
    let outcome = Outcome {
        lowest: kept.standing.total.lowest,
        highest: kept.standing.total.highest,
        grades: kept.standing.grades,
    };
    Some(shared(outcome, share.as_ref()))
}

/// The outcome by its share, exactly; the grade stays.
pub(super) fn shared(outcome: Outcome, share: Option<&Exact>) -> Outcome {
    match share {
        Some(share) => Outcome {
            lowest: &outcome.lowest * share,
            highest: &outcome.highest * share,
            grades: outcome.grades,
        },
        None => outcome,
    }
}
