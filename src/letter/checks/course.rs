//! The course of a letter's life: amendments, suspension, what comes after its end.

use std::collections::BTreeSet;

use super::Check;
use crate::calendar::Date;
use crate::error::Finding;
use crate::ledger::Key;
use crate::letter::{Amendment, AmendmentSigners, Event, LetterRow, LetterState};
use crate::registry::Post;

pub(super) fn findings(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    if !check.letter.state.is_dead() {
        for (on, amendment) in check.letter.amendments() {
            amended(check, on, amendment, found);
        }
        suspension(check, found);
        closing(check, found);
    }
    after_the_end(check, found);
    rests_on_void(check, found);
}

fn amended(check: &Check<'_, '_>, on: Date, amendment: &Amendment, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let id = &amendment.id;
    if letter.signed_up().is_none_or(|signed| on < signed) {
        let zh = format!("在签齐之前即有修订“{id}”；签署前的改动应更正草案");
        let en = format!("has amendment \"{id}\" of a day before all had signed; before that, correct the draft");
        found.push(check.warning("letter.amended_before_signing", &zh, &en));
    }
    let Some(kind) = letter.kind else { return };
    if let Some(window) = kind.window.as_ref().filter(|window| !window.holds(on)) {
        let zh = format!("于{}修订（“{id}”），不在规定的 {} 之内", on.zh(), window.zh());
        let en = format!("was amended on {on} (\"{id}\"), outside the window for amendments");
        found.push(check.warning("letter.amended_outside_window", &zh, &en));
    }
    let (issuers, receivers) = (letter.issuers(), letter.receivers());
    let asked = match kind.amendment_signed_by {
        None | Some(AmendmentSigners::Nobody) => return,
        Some(AmendmentSigners::Issuers) => [&*issuers, &[]],
        Some(AmendmentSigners::Both) => [&*issuers, &*receivers],
    };
    let signed = |post: Key<Post>| {
        let later = letter.events().any(|event| match event {
            Event::AmendmentSigned { amendment, signing } => *amendment == *id && signing.post == post,
            _ => false,
        });
        later || amendment.signatures.iter().any(|signing| signing.post == post)
    };
    let posts = &check.registry.registry().posts;
    let missing: Vec<&str> = asked
        .into_iter()
        .flatten()
        .flat_map(|side| side.signatories.iter().copied())
        .filter(|post| !signed(*post))
        .map(|post| posts.id(post))
        .collect();
    if !missing.is_empty() {
        let zh = format!("的修订“{id}”未经规定的签署人签署，尚缺：{}", missing.join("、"));
        let en = format!(
            "has amendment \"{id}\" without the signatures of: {}",
            missing.join(", ")
        );
        found.push(check.warning("letter.amendment_unsigned", &zh, &en));
    }
}

/// Suspended for too long, or resumed without having been suspended.
fn suspension(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let allowed = letter.kind.and_then(|kind| kind.suspended_days).map(i64::from);
    if let (Some(since), Some(allowed)) = (letter.suspended, allowed)
        && letter.state == LetterState::InForce
    {
        let days = since.days_until(check.day()).saturating_add(1);
        if days > allowed {
            let zh = format!("自{}起中止，已 {days} 天，超过 {allowed} 天", since.zh());
            let en = format!("is suspended since {since}, for {days} days; {allowed} are allowed");
            found.push(check.warning("letter.suspended_too_long", &zh, &en));
        }
    }
    let mut running = false;
    for happening in &letter.happenings {
        match happening.event {
            Event::Suspended { .. } => running = true,
            Event::Resumed if !running => {
                let on = happening.on;
                let zh = format!("于{}恢复，但此前没有中止", on.zh());
                let en = format!("was resumed on {on} without having been suspended");
                found.push(check.notice("letter.resumed_without_suspension", &zh, &en));
            }
            Event::Resumed => running = false,
            _ => {}
        }
    }
}

/// What must follow the end of the period: scoring and the archive.
fn closing(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let end = letter.period().to();
    let day_of = |wanted: fn(&Event) -> bool| {
        let mut happenings = letter.happenings.iter();
        happenings
            .find(|happening| wanted(happening.event))
            .map(|happening| happening.on)
    };
    let scored = day_of(|event| matches!(event, Event::Scored { .. }));
    let archived = day_of(|event| matches!(event, Event::Archived { .. }));
    if let Some(on) = archived.filter(|on| *on <= end) {
        let zh = format!("于{}归档，而期限至{}才届满", on.zh(), end.zh());
        let en = format!("was put into the archive on {on}, before its end on {end}");
        found.push(check.warning("letter.archived_early", &zh, &en));
    }
    if !letter.state.is_over() {
        return;
    }
    let overdue = |days: Option<u32>| {
        let last = days.and_then(|days| end.days_later(days))?;
        Some(last).filter(|last| *last < check.day())
    };
    let Some(kind) = letter.kind else { return };
    if let Some(last) = overdue(kind.scored_within).filter(|_| scored.is_none()) {
        let zh = format!("已到期，应于{}前考核，没有考核记录", last.zh());
        let en = format!("is over and was to be scored by {last}; no scoring is recorded");
        found.push(check.warning("letter.not_scored", &zh, &en));
    }
    if let Some(last) = overdue(kind.archived_within).filter(|_| archived.is_none()) {
        let zh = format!("已到期，应于{}前归档，没有归档记录", last.zh());
        let en = format!("is over and was to be in the archive by {last}; no archiving is recorded");
        found.push(check.warning("letter.not_archived", &zh, &en));
    }
}

/// An act of a day on which the letter was withdrawn or void already: it was entered before that was known.
fn after_the_end(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    let known = check.letters.when().known;
    let letters = check.letters.letters();
    let Some(end) = letters.ended(letter.key, known).filter(|end| *end <= check.day()) else {
        return;
    };
    let mut acts = letters
        .letters
        .rows(letter.key, known)
        .filter_map(|row| match &row.value {
            LetterRow::Signed(signing) => Some(signing.on),
            LetterRow::Happened(on, event) => Some(*on).filter(|_| !event.may_follow_the_end()),
            LetterRow::Drafted(_) => None,
        });
    if let Some(on) = acts.find(|on| *on >= end) {
        let zh = format!("已于{}撤回或作废，仍记载有其后（{}）的行为", end.zh(), on.zh());
        let en = format!("ended on {end}, and an act of {on} is recorded");
        found.push(check.warning("letter.act_after_end", &zh, &en));
    }
}

/// What was done under a letter that turns out never to have bound.
fn rests_on_void(check: &Check<'_, '_>, found: &mut Vec<Finding>) {
    let letter = check.letter;
    if letter.state != LetterState::Void {
        return;
    }
    let (mut zh, mut en) = (BTreeSet::new(), BTreeSet::new());
    for event in letter.events() {
        let (done, word) = match event {
            Event::Scored { .. } => ("考核", "scored"),
            Event::Amended(_) => ("修订", "amended"),
            Event::Succeeded { .. } | Event::PartySucceeded { .. } => ("承接", "taken over"),
            _ => continue,
        };
        zh.insert(done);
        en.insert(word);
    }
    if !zh.is_empty() {
        let done = |words: BTreeSet<&str>, between| words.into_iter().collect::<Vec<_>>().join(between);
        let zh = format!("已作废（自始无效），但曾据以：{}，请核实", done(zh, "、"));
        let en = format!("never bound, but was {}; look at what rests on it", done(en, ", "));
        found.push(check.warning("letter.void_relied_on", &zh, &en));
    }
}
