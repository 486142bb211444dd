//! Who signed, when, and whether he could.

use super::Check;
use crate::error::Finding;
use crate::letter::{Event, LetterState, Signing, party_name};

pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    late(check, found);
    without_capacity(check, found);
    overdue(check, found);
    retroactive(check, found);
    absent(check, found);
}

/// Signed after the period began: a fact to measure.
fn late(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let begin = letter.letter.period.from();
    let Some(last) = letter
        .signatures
        .last()
        .map(|signing| signing.on)
        .filter(|last| *last > begin)
    else {
        return;
    };
    let days = begin.days_until(last);
    let title = letter.title();
    // Whoever is still missing will only make it later.
    let signed = match letter.signed_up() {
        None => "仍在签署",
        Some(_) => "才签齐",
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
fn without_capacity(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let amendments = letter.events().flat_map(|event| match event {
        Event::Amended(amendment) => amendment.signatures.as_slice(),
        Event::AmendmentSigned { signing, .. } => std::slice::from_ref(signing),
        _ => &[],
    });
    for signing in letter.signatures.iter().copied().chain(amendments) {
        if !covered(check, signing) {
            found.push(uncovered(check, signing));
        }
    }
}

fn covered(check: &Check<'_, '_>, signing: &Signing) -> bool {
    let tenures = check.registry.tenures(signing.post);
    tenures.iter().any(|held| signing.is_covered_by(held))
}

fn uncovered(check: &Check<'_, '_>, signing: &Signing) -> Finding {
    let (title, on) = (check.letter.title(), signing.on);
    let post = check.registry.registry().posts.id(signing.post);
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
    Finding::warning("letter.signer_without_capacity", zh, en).about(check.letter.id)
}

/// The last day for signing is over and somebody is missing.
fn overdue(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let last = letter.kind.and_then(|kind| kind.last_day_to_sign(letter.letter.period));
    let Some(last) = last.filter(|_| letter.state == LetterState::Overdue) else {
        return;
    };
    let posts = &check.registry.registry().posts;
    let missing: Vec<&str> = letter
        .signatories()
        .into_iter()
        .filter(|post| !letter.signatures.iter().any(|signing| signing.post == *post))
        .map(|post| posts.id(post))
        .collect();
    let days = last.days_until(check.day());
    let zh = format!(
        "应于{}前签齐，已逾期 {days} 天，尚缺：{}",
        last.zh(),
        missing.join("、")
    );
    let en = format!(
        "was to be signed by {last} and is {days} days overdue; missing: {}",
        missing.join(", ")
    );
    found.push(check.warning("letter.overdue_for_signature", &zh, &en));
}

/// Signed after its first day, and its text does not say that it reaches back.
fn retroactive(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let begin = letter.letter.period.from();
    let Some(last) = letter.signatures.last().filter(|signing| signing.on > begin) else {
        return;
    };
    if letter.kind.is_some_and(|kind| kind.retroactive_explicit) && !letter.letter.retroactive {
        let zh = format!("于{}签署而自{}起算，未明确溯及既往", last.on.zh(), begin.zh());
        let en = format!(
            "was signed on {} and runs from {begin}, without saying that it reaches back",
            last.on
        );
        found.push(check.warning("letter.retroactive_not_explicit", &zh, &en));
    }
}

/// A party that did not exist when the letter was signed: its founding or its end was entered or corrected later.
fn absent(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let Some(signed) = letter.signatures.last().map(|signing| signing.on) else {
        return;
    };
    let gone = |party| {
        letter.happenings.iter().any(|happening| {
            happening.on <= signed
                && matches!(happening.event, Event::PartySucceeded { party: gone, .. } if *gone == party)
        })
    };
    for side in letter.letter.issuers.iter().chain(&letter.letter.receivers) {
        let Some(life) = check.unit(side.party).and_then(|unit| check.registry.life(unit)) else {
            continue;
        };
        if !life.holds(signed) && !gone(side.party) {
            let name = party_name(check.registry, side.party);
            let zh = format!("于{}签署，当日“{name}”并不存在（{}）", signed.zh(), life.zh());
            let en = format!(
                "was signed on {signed}, when \"{name}\" did not exist ({} to {})",
                life.from(),
                life.to()
            );
            found.push(check.warning("letter.party_absent_when_signed", &zh, &en));
        }
    }
}
