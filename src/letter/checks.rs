//! What the letters themselves show.

use super::{LetterState, LetterView, LettersView};
use crate::error::Finding;
use crate::registry::RegistryView;

/// Findings about the letters on a day, in the order of their ids.
pub fn findings(registry: &RegistryView<'_>, letters: &LettersView<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for letter in letters.all().filter(|letter| {
        !matches!(
            letter.state,
            LetterState::Withdrawn | LetterState::Void | LetterState::Expired
        )
    }) {
        without_basis(&letter, &mut found);
        late(&letter, &mut found);
        without_capacity(registry, &letter, &mut found);
    }
    found
}

/// A letter needs a basis and an entry in the yearly plan (减负).
fn without_basis(letter: &LetterView<'_>, found: &mut Vec<Finding>) {
    let title = &letter.letter.title;
    if letter.letter.basis.is_empty() {
        let zh = format!("责任书“{title}”未注明签订依据");
        found.push(
            Finding::warning("letter.no_basis", zh, format!("letter \"{title}\" names no basis")).about(letter.id),
        );
    }
    if letter.letter.plan_entry.is_none() {
        let zh = format!("责任书“{title}”未列入年度计划");
        let en = format!("letter \"{title}\" has no entry in the yearly plan");
        found.push(Finding::notice("letter.no_plan_entry", zh, en).about(letter.id));
    }
}

/// Signed after the period began: a fact to measure.
fn late(letter: &LetterView<'_>, found: &mut Vec<Finding>) {
    let begin = letter.letter.period.from();
    let Some(last) = letter
        .signatures
        .iter()
        .map(|signing| signing.on)
        .max()
        .filter(|last| *last > begin)
    else {
        return;
    };
    let days = begin.days_until(last);
    let title = &letter.letter.title;
    // Whoever is still missing will only make it later.
    let signed = match letter.state {
        LetterState::PartlySigned => "仍在签署",
        _ => "才签齐",
    };
    let zh = format!(
        "责任书“{title}”自{}起算，至{}{signed}，迟 {days} 天",
        begin.zh(),
        last.zh()
    );
    let en = format!("letter \"{title}\" runs from {begin} but was signed up to {last}, {days} days later");
    found.push(Finding::notice("letter.signed_late", zh, en).about(letter.id));
}

/// Whoever signs for a post must have acted for it on that day, in that capacity.
fn without_capacity(registry: &RegistryView<'_>, letter: &LetterView<'_>, found: &mut Vec<Finding>) {
    for signing in &letter.signatures {
        let covered = registry.tenures(signing.post).iter().any(|held| {
            held.tenure.person == signing.person
                && held.tenure.capacity == signing.capacity
                && held.period.holds(signing.on)
        });
        if covered {
            continue;
        }
        let (title, post, on) = (
            &letter.letter.title,
            registry.registry().posts.id(signing.post),
            signing.on,
        );
        let zh = format!(
            "责任书“{title}”由“{}”以{}身份代表职务“{post}”于{}签署，但任职记录不涵盖当日",
            signing.person,
            signing.capacity.zh(),
            on.zh()
        );
        let en = format!(
            "letter \"{title}\" was signed for post \"{post}\" on {on} by \"{}\" ({}), whom no tenure covers on that day",
            signing.person,
            signing.capacity.word()
        );
        found.push(Finding::warning("letter.signer_without_capacity", zh, en).about(letter.id));
    }
}
